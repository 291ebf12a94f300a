/* calendar — an official file: what it would change, and then it holds.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "calendar_import.view.h"
#include "feature/calendar/calendar_web.h"
#include "host/text/text.h"
#include "kernel/calendar/import.h"

#define DAYS_SHOWN 400

struct sent {
    str file, text;
    struct official_year *years;
    size_t count;
};

/* The file as it comes, or its text as the page before carried it. */
static err sent_read(struct ask *q, struct sent *s)
{
    s->file = ask_field(q, "file");
    s->text = ask_field(q, "text");
    for (size_t i = 0; i < q->files_count; i++) {
        str bytes;

        if (q->files[i].size_bytes > 0) {
            s->file = q->files[i].name;
            TRY(calendar_file_bytes(q, q->files[i].id, &bytes));
            TRY(text_decode(q->arena, bytes, &s->text));
        }
    }
    if (s->text.len == 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose the file first."), STR("file"), "no file");
    }
    if (s->file.len == 0) {
        s->file = STR("calendar.csv");
    }
    return NULL;
}

/* Its years, and of these what would change something. */
static err sent_news(struct ask *q, struct sent *s, struct mistakes *m,
                     const struct calendar **ret_official)
{
    struct year_row *known;
    size_t known_count;

    TRY(sent_read(q, s));
    TRY(calendar_file_read(q->arena, s->file, s->text, m, &s->years, &s->count));
    TRY(calendar_years(q->arena, q->snap, q->agency->id, &known, &known_count));
    TRY(calendar_load_official(q->arena, q->snap, q->agency->id, ret_official));
    return calendar_file_news(q->arena, *ret_official, known, known_count, s->years,
                              &s->count);
}

static err days_fill(struct ask *q, const struct sent *s, const struct calendar *official,
                     struct calendar_import *p, day *ret_first, day *ret_last)
{
    struct calendar_difference *rows = ARENA_ARRAY(q->arena, DAYS_SHOWN,
                                                   struct calendar_difference);

    if (rows == NULL) {
        return err_no_memory;
    }
    *ret_first = day_of(s->years[0].year, 1, 1);
    *ret_last = day_of(s->years[s->count - 1].year, 12, 31);
    for (size_t i = 0; i < s->count; i++) {
        struct day_difference *list;
        size_t count;

        TRY(calendar_year_differs(q->arena, official, &s->years[i], &list, &count));
        for (size_t k = 0; k < count && p->days_count < DAYS_SHOWN; k++) {
            rows[p->days_count++] = (struct calendar_difference){
                .day = calendar_day_words(q, list[k].day),
                .becomes = list[k].opens ? SAY("Day of work") : SAY("Day off"),
                .name = list[k].name,
            };
        }
    }
    p->days = rows;
    return NULL;
}

/* The calendar as it would be: the new years, and the closures of today's. */
static err would_be(struct ask *q, const struct agency *office, const void *context,
                    const struct calendar **ret)
{
    const struct sent *s = context;
    size_t count = 0, k = 0;
    struct office_day *days;

    for (size_t i = 0; i < s->count; i++) {
        count += s->years[i].count;
    }
    days = ARENA_ARRAY(q->arena, count + 1, struct office_day);
    if (days == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->count; i++) {
        for (size_t n = 0; n < s->years[i].count; n++) {
            days[k++] = s->years[i].days[n];
        }
    }
    return calendar_over(q->arena, ask_calendar_of(q, office), days, count, ret);
}

static err mistakes_fill(struct ask *q, const struct mistakes *m, struct calendar_import *p)
{
    struct calendar_mistake *list = ARENA_ARRAY(q->arena, m->count + 1,
                                                struct calendar_mistake);

    if (list == NULL) {
        return err_no_memory;
    }
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        list[p->mistakes_count++] = (struct calendar_mistake){ x->place, x->say };
    }
    p->mistakes = list;
    p->count = (int64_t)p->mistakes_count;
    p->has_mistakes = p->count > 0;
    return NULL;
}

static err fine_fill(struct ask *q, const struct sent *s, const struct calendar *official,
                     struct calendar_import *p)
{
    struct calendar_would would = { would_be, s, DAY_NONE, DAY_NONE };

    p->nothing_new = s->count == 0;
    p->fine = s->count > 0;
    if (!p->fine) {
        return NULL;
    }
    TRY(days_fill(q, s, official, p, &would.first, &would.last));
    return calendar_moves_find(q, &would, &p->moves);
}

err calendar_import_page(struct ask *q, struct reply *r)
{
    const struct page page = calendar_page(q, SAY("Bring in an official calendar"));
    struct calendar_import p = {
        .to = link_to(q, "calendar.bring"),
        .back = link_to(q, "calendar.index"),
        .form_token = q->session.form_token,
    };
    const struct calendar *official = NULL;
    struct sent s = { 0 };
    struct mistakes m;
    err e;

    mistakes_init(&m, q->arena);
    e = sent_news(q, &s, &m, &official);
    if (e == NULL) {
        TRY(fine_fill(q, &s, official, &p));
    } else if (e->kind != ERR_INPUT && e->kind != ERR_CONFLICT) {
        return e;
    } else {
        TRY(mistakes_fill(q, &m, &p));
        p.has_refusal = !p.has_mistakes;
        p.refusal = e->say;
        reply_status(r, e->kind == ERR_INPUT ? 422 : 409);
    }
    p.file = s.file;
    p.text = s.text;
    return REPLY_VIEW(q, r, &page, calendar_import, &p);
}

struct bring_wish {
    struct sent sent;
    int64_t *ids;
};
struct bring_made {
    char nothing;
};

static err bring_check(struct ask *q, struct bring_wish *w)
{
    const struct calendar *official;

    TRY(sent_news(q, &w->sent, &q->mistakes, &official));
    w->ids = ARENA_ARRAY(q->arena, w->sent.count + 1, int64_t);
    if (w->ids == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < w->sent.count; i++) {
        w->ids[i] = ask_new_id(q);
    }
    return NULL;
}

static err bring_commit(struct ask *q, struct tx *tx, const struct bring_wish *wish,
                        struct bring_made *ret_made)
{
    bool ignored;

    ret_made->nothing = 0;
    for (size_t i = 0; i < wish->sent.count; i++) {
        const struct official_year *y = &wish->sent.years[i];

        TRY(calendar_year_put(q->arena, tx, &q->actor, q->now_ms, q->agency->id,
                              wish->ids[i], wish->sent.file,
                              calendar_year_hash(q->arena, y), y, &ignored));
    }
    return NULL;
}

static err bring_reply(struct ask *q, struct reply *r, const struct bring_made *made)
{
    (void)made;
    return reply_see(q, r, url_with(q, link_to(q, "calendar.index"), "done", STR("years")));
}

BEATS_OUT(bring, calendar_bring_beats, struct bring_wish, struct bring_made)
