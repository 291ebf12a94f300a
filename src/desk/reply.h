/* reply — the answer in the making. A handler calls exactly one of these.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_REPLY_H
#define BIANMIN_DESK_REPLY_H

#include "base/buf.h"
#include "base/err.h"
#include "base/words.h"
#include "host/html/html.h"

struct ask;
struct reply;

/* What the frame around a view needs. */
/* The row for seals (核章欄) under a list that is printed; not on the screen. */
enum page_seals {
    SEALS_NONE,
    SEALS_LIST, /* who made it, and up the levels that the office has */
    SEALS_MONEY /* who made it, cashier, accountant, head of agency */
};
struct page {
    struct words title;         /* also the <title>; SAY(…) or words of a label */
    struct words here;          /* the last crumb, where the title says more than it */
    const struct page_crumb *crumbs; /* without home and without this page */
    size_t crumbs_count;
    const char *current;        /* route name of the menu entry that is on */
    bool is_home;               /* the first page of an office or the city */
    bool wide;                  /* staff tables */
    bool on_hall_screen;
    bool asks;                  /* questions of a definition: form.js helps with them */
    enum page_seals seals;      /* staff */
    day updated;                /* 更新日期; 0: none */
};
struct page_crumb {
    struct words text;
    struct url link;
};

/* A page in the office's frame: `view` is a compiled view, `data` its struct. REPLY_VIEW
 * checks the type of `data` against the view. */
typedef void view_function(struct html_out *o, const void *data);
MUST_CHECK err reply_page(struct ask *q, struct reply *r, const struct page *page,
                          view_function *view, const void *data);
/* view `x` of struct T gives x_view(struct html_out *, const struct T *) and the untyped
 * x_view_v. */
#define REPLY_VIEW(q, r, page, view, data)                                       \
    reply_page((q), (r), (page), view##_view_v,                                  \
               (0 ? (view##_view((struct html_out *)0, (data)), (const void *)0) \
                  : (const void *)(data)))

/* 303. With a route name and up to two path values, or to a url. */
MUST_CHECK err reply_see(struct ask *q, struct reply *r, struct url u);
MUST_CHECK err reply_see_other(struct ask *q, struct reply *r, const char *route,
                               str value);
MUST_CHECK err reply_json(struct ask *q, struct reply *r, int status, str json);
/* Bytes to save: always as attachment, with nosniff. `inline_ok` only for pictures that
 * host/paper made. */
MUST_CHECK err reply_bytes(struct ask *q, struct reply *r, str media_type, str file_name,
                           str bytes, bool inline_ok);
/* A stored file, part by part. */
MUST_CHECK err reply_file(struct ask *q, struct reply *r, int64_t file_id, str media_type,
                          str file_name);
void reply_status(struct reply *r, int status); /* before reply_page; 200 unless said */
/* `max_age_seconds` 0 ends it. Always HttpOnly, SameSite=Lax, Secure under https. */
void reply_cookie(struct ask *q, struct reply *r, const char *name, str value,
                  const char *path, int64_t max_age_seconds);
/* The cookie of a session that has just begun; token "" ends it. */
void reply_session(struct ask *q, struct reply *r, str token);
/* Cached pages name what they depend on (at most eight). */
void reply_topic(struct reply *r, int64_t agency, const char *kind, str key);

#endif
