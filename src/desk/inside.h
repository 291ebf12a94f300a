/* inside — what the files of the desk share: the desk itself, one turn (a request on its
 * way through), and the answer in the making. No feature includes this.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_INSIDE_H
#define BIANMIN_DESK_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "desk/ask.h"
#include "desk/desk.h"
#include "desk/feature.h"
#include "desk/guard/limit.h"
#include "desk/reply.h"
#include "desk/route.h"
#include "desk/router.h"
#include "desk/frame/shell.h"
#include "host/http/http.h"
#include "host/http/parse.h"
#include "host/store/store.h"

#define TURN_BODY_BYTES ((size_t)64 << 10)
#define TURN_PAGE_BYTES ((size_t)4 << 20)
#define TOPICS_MOST 8

/* house.c: the offices and their catalogs, one immutable generation. */
struct house {
    struct arena *arena;
    _Atomic int references;
    struct agency *agencies; /* in order of id; the city is first */
    size_t count;
    const struct catalog **catalogs; /* beside agencies; NULL while it could not be built */
    struct house_units {
        struct unit *list;
        size_t count;
    } *units; /* beside agencies */
    /* What it was built from, and the counters then. */
    size_t topics_count;
    uint32_t *topics;
    uint64_t *counts;
};
struct house_keeper {
    pthread_mutex_t lock;
    struct house *now;
};
MUST_CHECK err house_hold(struct desk *d, struct house **ret);
void house_release(struct house *h);
const struct agency *house_agency(const struct house *h, str key);
const struct agency *house_agency_by_id(const struct house *h, int64_t id);
const struct house_units *house_units(const struct house *h, const struct agency *agency);
const struct catalog *house_catalog(const struct house *h, const struct agency *agency);
/* The only office, or NULL when there are none or several. */
const struct agency *house_only_office(const struct house *h);

/* guard/seen.c: when each session was last used, in memory; a thread brings it to the
 * store. */
struct seen;
MUST_CHECK err seen_open(struct arena *a, struct desk *d, struct seen **ret);
void seen_close(struct seen *s);
/* False: idle for too long. */
bool seen_touch(struct seen *s, const struct session *session, int64_t now_ms);

/* guard/share_store.c: limits are shared with other programs on the database. */
struct share;
MUST_CHECK err share_open(struct arena *a, struct desk *d, struct share **ret);
void share_close(struct share *s);

/* cache.c: whole answers of public pages. */
struct cache;
MUST_CHECK err cache_open(struct arena *a, struct store *s, struct cache **ret);
void cache_close(struct cache *c);
struct cache_key {
    str address; /* path as asked */
    unsigned look;
    day today; /* a page may say what holds today: at midnight it is made anew */
};
struct cache_topics {
    size_t count;
    uint32_t slot[TOPICS_MOST];
    uint64_t was[TOPICS_MOST]; /* read before the page was made */
};
/* A page that is still true, in this encoding; NULL: make it. The caller drops it. */
struct http_answer *cache_find(struct cache *c, struct cache_key key,
                               enum http_encoding encoding, str if_none_match,
                               int *ret_status);
/* Keeps a page and gives the answer for this reader. */
struct http_answer *cache_keep(struct cache *c, struct arena *a, struct cache_key key,
                               const struct cache_topics *topics, str page, bool secure,
                               enum http_encoding encoding, str if_none_match,
                               int *ret_status);
struct cache_figures {
    uint64_t hits, misses, pages, bytes;
};
struct cache_figures cache_figures(const struct cache *c);

struct header {
    const char *name;
    str value;
};
#define HEADERS_MOST 16

struct reply {
    int status; /* 0: not said */
    bool answered;
    str body, media_type;
    bool is_page;
    bool is_const;              /* body lives as long as the program */
    enum http_encoding encoded; /* body is compressed already */
    const char *cache_control;  /* NULL: no-store */
    struct http_answer *stream; /* a file; instead of body */
    struct header headers[HEADERS_MOST];
    size_t headers_count;
    bool topics_lost; /* more than eight: the page is not kept */
    size_t topics_count;
    uint32_t topics[TOPICS_MOST];
};

enum turn_phase { TURN_BEGIN, TURN_COMMITTED, TURN_DONE };

struct turn {
    struct ask ask; /* first: a turn is found from its ask */
    struct reply reply;
    struct http_request *request;
    struct house *house;
    enum turn_phase phase;
    bool head_only;
    int early;       /* a status known from the head: 308 400 401 403 404 405 414 */
    str early_to;    /* 308 */
    bool wants_json; /* API, or a reader that asks for JSON */
    /* Copied from the headers while the connection is ours. */
    str cookies, if_none_match, host;
    enum http_encoding encoding;
    str back; /* the address to come back to after sign-in */
    /* The three beats. */
    struct arena_mark *mark;
    void *wish, *made;
    struct commit commit;
    err result;
    uint64_t *topic_counts; /* all, read before a page that is kept is made */
    int64_t views;
    int64_t wait_ms;     /* 429: until this may be asked again */
    bool wants_sign_in;  /* a file for the staff area from nobody who is signed in */
    bool too_old;        /* the form's token is of another session; no page to show again */
    str allow;           /* 405: the methods that the address takes */
};
static inline struct turn *turn_of(const struct ask *q)
{
    return (struct turn *)(uintptr_t)q;
}

/* figures.c */
#define STATUS_CLASSES 6
#define WAIT_BUCKETS 8
struct route_figures {
    _Atomic uint64_t by_status[STATUS_CLASSES]; /* [2]: 2xx; [0]: the client left */
    _Atomic uint64_t within[WAIT_BUCKETS];
    _Atomic uint64_t micros;
};

struct desk {
    struct desk_options o;
    struct arena *arena;
    struct router router;
    struct http *http, *metrics;
    struct house_keeper house;
    struct seen *seen;
    struct cache *cache;
    struct limit *limit;
    struct share *share;
    struct route_figures *figures; /* beside router.by_name; last: no route */
    bool secure;                   /* people come by https */
    const char *session_cookie;
};

/* turn.c: the service of host/http. */
void turn_head(void *context, struct http_request *r);
enum http_step turn_step(void *context, struct http_request *r);
struct http_answer *turn_late(void *context, const struct http_request *r); /* late.c */
void turn_over(void *context, struct http_request *r, int status, int64_t bytes);
/* The snapshot of a turn, for as long as it reads. */
MUST_CHECK err turn_snap_open(struct turn *t);
void turn_snap_shut(struct turn *t);

/* turn_file.c: the files of a form. */
err turn_file_begin(void *context, struct http_request *r, struct http_file *f);
err turn_file_bytes(void *context, struct http_request *r, struct http_file *f, str bytes);
err turn_file_end(void *context, struct http_request *r, struct http_file *f, bool whole);

/* enter.c: what a turn knows before its functions run. The connection is ours only in head:
 * what is needed later is copied then. enter_head is enough for a kept page. */
void enter_head(struct desk *d, struct turn *t);
void enter_rest(struct turn *t);
MUST_CHECK err enter_body(struct turn *t);

/* guard/guard.c: may this be asked at all? ERR_DENIED, ERR_MISSING; `*ret_go` is
 * where to say who one is: the sign-in, or number and code of the case; else empty. */
bool guard_origin(const struct turn *t, str origin, str site);
MUST_CHECK err guard_session(struct turn *t);
MUST_CHECK err guard_may(struct turn *t, struct url *ret_go);
/* ERR_DENIED: the form is of another session. */
MUST_CHECK err guard_token(const struct turn *t);
/* The sign-in that leads back to this page. */
struct url guard_sign_in(const struct ask *q);

/* frame/resume.c: a staff form that came when its session had ended. */
bool resume_has(const struct ask *q); /* something typed in it that may be shown */
MUST_CHECK err resume_page(struct ask *q, struct reply *r, struct url sign_in);

/* frame/refuse.c: the answer when something did not go. */
#define REFUSE_TOO_OLD 409
int refuse_status(err e);
/* What to do next when nobody knows whether it was kept: the writer had it. */
struct words refuse_unsure(bool by_program);
void refuse(struct turn *t, err e);
void refuse_status_page(struct turn *t, int status);

/* send.c: the finished reply becomes an answer of host/http. */
void send_reply(struct turn *t);
void send_security_headers(struct http_answer *x, bool secure, bool is_page);

/* frame/frame.c: a view's markup in the office's frame. */
MUST_CHECK err frame_page(struct ask *q, struct reply *r, const struct page *page,
                          struct html main);

/* figures.c */
void figures_count(struct desk *d, const struct route *route, int status, int64_t micros);

extern const struct feature desk_feature; /* desk_web.c: look, site map, health, robots */

#endif
