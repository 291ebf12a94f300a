/* act_closing — an office, or all of the city, is closed from the command line, with the
 * number of cases that move said before; and what was entered is listed and withdrawn.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/acts.h"
#include "base/arena.h"
#include "host/clock/clock.h"
#include "host/store/store.h"
#include "kernel/calendar/closure.h"
#include "kernel/casefile/slice/case_slice.h"

#define AT_ONCE 1000
#define SCRATCH_BYTES ((size_t)16 << 20)
#define LISTED_DAYS 730
#define HOUR 60

struct closing {
    struct closure closure;
    int64_t now_ms;
};

/* ---- what would move ---- */

struct count {
    int64_t moved, told;
};

static err count_of(struct arena *a, struct snap *snap, const struct calendar *cal,
                    int64_t agency, day d, int64_t now_ms, struct count *ret)
{
    const struct case_days days = { d, d };
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    struct case_slice slice = { 0 };
    err e = scratch == NULL ? err_no_memory : NULL;

    while (e == NULL && !slice.done) {
        struct case_move_line *lines = NULL;
        size_t count = 0;

        e = casefile_recompute_look(scratch, snap, cal, agency, &days, slice.last, AT_ONCE,
                                    now_ms, &lines, &count, &slice);
        for (size_t i = 0; e == NULL && i < count; i++) {
            ret->moved++;
            ret->told += lines[i].was != lines[i].will;
        }
        if (e == NULL) {
            arena_clear(scratch);
        } else if (e != err_no_memory) { /* its words lie in the scratch */
            e = err_make(a, e->kind, e->say, e->field, e->at, "%.*s", STR_ARG(e->why));
        }
    }
    arena_free(scratch);
    return e;
}

/* Each office that it reaches: all of them when it is the city's. */
static err moves_say(struct arena *a, struct snap *snap, const struct closing *x,
                     int64_t without, const struct out *o)
{
    const struct closure *c = &x->closure;
    struct agency *all = NULL;
    size_t count = 0;

    TRY(agency_list(a, snap, &all, &count));
    for (size_t i = 0; i < count; i++) {
        const struct calendar *would;
        struct count n = { 0 };

        if (all[i].id == AGENCY_CITY ||
            (c->agency != AGENCY_CITY && all[i].id != c->agency)) {
            continue;
        }
        TRY(calendar_load_with(a, snap, all[i].id, without == 0 ? &c->span : NULL, without,
                               &would));
        TRY(count_of(a, snap, would, all[i].id, c->span.day, x->now_ms, &n));
        out_line(o, "%.*s: %lld cases move, %lld applicants are told another day.",
                 STR_ARG(all[i].key), (long long)n.moved, (long long)n.told);
    }
    return NULL;
}

/* ---- calendar.close ---- */

static err close_run(void *context, struct arena *a, struct tx *tx)
{
    const struct closing *x = context;
    const struct actor who = { .agency = x->closure.agency };

    return closure_add(a, tx, &who, x->now_ms, &x->closure);
}

static err close_read(struct instance *i, struct arena *a, const struct json *request,
                      struct mistakes *m, struct closing *x)
{
    str from = json_text_of(request, STR("from")),
        until = json_text_of(request, STR("until"));
    struct closure_span *s = &x->closure.span;

    s->day = DAY_NONE;
    if (!day_parse(json_text_of(request, STR("day")), &s->day)) {
        s->day = DAY_NONE;
    }
    s->from_minute = from.len > 0 ? closure_minute(from) : 0;
    s->until_minute = until.len > 0 ? closure_minute(until) : CLOSURE_WHOLE;
    s->reason = json_text_of(request, STR("reason"));
    closure_check(s, day_at(x->now_ms), m);
    if (m->count > 0) {
        FAIL(a, ERR_INPUT, m->first->say, m->first->field, "%zu mistakes", m->count);
    }
    x->closure.id = id_next(&i->ids, x->now_ms);
    s->of_city = x->closure.agency == AGENCY_CITY;
    return NULL;
}

static err close_do(struct instance *i, struct arena *a, const struct json *request,
                    struct mistakes *m, const struct out *o)
{
    struct closing x = { .now_ms = clock_now_ms() };
    const struct json *dry = json_get(request, STR("dry"));
    struct agency agency;
    struct snap *snap = NULL;

    TRY(snap_begin(a, i->store, &snap));
    TRY(find_agency(a, snap, json_text_of(request, STR("agency")), &agency));
    x.closure.agency = agency.id;
    TRY(close_read(i, a, request, m, &x));
    TRY(moves_say(a, snap, &x, 0, o));
    snap_end(snap);
    if (dry != NULL && dry->truth) {
        out_line(o, "Nothing was changed: this was a trial.");
        return NULL;
    }
    TRY(store_commit(i->store, a, agency.id, close_run, &x));
    out_line(o, "The closure holds, number %.*s. Running cases are gone through now.",
             STR_ARG(id_text(a, x.closure.id)));
    return NULL;
}

static int end_of(struct arena *a, const struct mistakes *m, const struct out *o, err e)
{
    if (m != NULL && m->count > 0) {
        out_mistakes(o, a, m);
    } else if (e != NULL) {
        out_err(o, a, e);
    }
    return e != NULL;
}

int act_calendar_close(struct instance *i, struct arena *a, const struct json *request,
                       const struct out *o)
{
    struct mistakes m;

    mistakes_init(&m, a);
    return end_of(a, &m, o, close_do(i, a, request, &m, o));
}

/* ---- calendar.closures ---- */

static err closures_do(struct instance *i, struct arena *a, const struct json *request,
                       const struct out *o)
{
    struct agency agency;
    struct closure *list = NULL;
    struct snap *snap = NULL;
    size_t count = 0;

    TRY(snap_begin(a, i->store, &snap));
    TRY(find_agency(a, snap, json_text_of(request, STR("agency")), &agency));
    TRY(closure_list(a, snap, agency.id, day_at(clock_now_ms()) - LISTED_DAYS, &list,
                     &count));
    for (size_t k = 0; k < count; k++) {
        const struct closure_span *s = &list[k].span;

        out_line(o, "%.*s  %.*s %02d:%02d-%02d:%02d  %.*s  %s  %.*s",
                 STR_ARG(id_text(a, list[k].id)), STR_ARG(day_iso(a, s->day)),
                 s->from_minute / HOUR, s->from_minute % HOUR, s->until_minute / HOUR,
                 s->until_minute % HOUR, STR_ARG(closure_state_key[list[k].state]),
                 list[k].agency == AGENCY_CITY ? "city" : "office", STR_ARG(s->reason));
    }
    if (count == 0) {
        out_line(o, "No closure was entered in the last two years.");
    }
    snap_end(snap);
    return NULL;
}

int act_calendar_closures(struct instance *i, struct arena *a, const struct json *request,
                          const struct out *o)
{
    return end_of(a, NULL, o, closures_do(i, a, request, o));
}

/* ---- calendar.withdraw ---- */

static err withdraw_run(void *context, struct arena *a, struct tx *tx)
{
    const struct closing *x = context;
    const struct actor who = { .agency = x->closure.agency };

    return closure_step(a, tx, &who, x->now_ms, x->closure.agency, x->closure.id,
                        CLOSURE_WITHDRAWN);
}

static err withdraw_do(struct instance *i, struct arena *a, const struct json *request,
                       const struct out *o)
{
    struct closing x = { .now_ms = clock_now_ms() };
    struct agency agency;
    struct snap *snap = NULL;
    int64_t id = 0;

    TRY(snap_begin(a, i->store, &snap));
    TRY(find_agency(a, snap, json_text_of(request, STR("agency")), &agency));
    if (!id_parse(json_text_of(request, STR("closure")), &id)) {
        FAIL(a, ERR_MISSING, SAY("There is no such closure."), STR(""), "no id");
    }
    TRY(closure_load(a, snap, agency.id, id, &x.closure));
    TRY(moves_say(a, snap, &x, id, o));
    snap_end(snap);
    TRY(store_commit(i->store, a, agency.id, withdraw_run, &x));
    out_line(o, "The closure is withdrawn. Running cases are gone through now.");
    return NULL;
}

int act_calendar_withdraw(struct instance *i, struct arena *a, const struct json *request,
                          const struct out *o)
{
    return end_of(a, NULL, o, withdraw_do(i, a, request, o));
}
