/* case_job — what the program does to cases by itself: who waits too long is told, and
 * running cases from before there were clocks get theirs.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/case_job.h"

#include "app/lists.h"
#include "base/arena.h"
#include "kernel/calendar/closure.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/pack/pack.h"
#include "kernel/party/party.h"

#define TOLD_AT_ONCE 25
#define CLOCKED_AT_ONCE 25

/* One commit for one office. */
struct step {
    int64_t agency, after, now_ms;
    int warn_days;
    const struct calendar *calendar;
    const struct catalog *catalog;
    struct case_slice done;
};

static err run_tell(void *context, struct arena *a, struct tx *tx)
{
    struct step *s = context;

    return casefile_tell_slice(a, tx, s->calendar, s->agency, s->warn_days, TOLD_AT_ONCE,
                               s->now_ms, &s->done);
}

static err run_clocks(void *context, struct arena *a, struct tx *tx)
{
    struct step *s = context;

    return casefile_clock_slice(a, tx, s->calendar, s->catalog, s->agency, s->after,
                                CLOCKED_AT_ONCE, s->now_ms, &s->done);
}

static err offices(struct job_call *call, struct snap **ret_snap, struct agency **ret,
                   size_t *ret_count)
{
    TRY(snap_begin(call->arena, call->store, ret_snap));
    return agency_list(call->arena, *ret_snap, ret, ret_count);
}

/* How long before the end this office warns; of its definitions only these are read. */
static err warn_days_of(struct job_call *call, struct snap *snap, int64_t agency, int *ret)
{
    struct definition *definitions;
    struct catalog *catalog;
    struct mistakes m;
    size_t count;

    mistakes_init(&m, call->arena);
    TRY(definition_newest(call->arena, snap, agency, str_of(terms_kind.name), &definitions,
                          &count));
    TRY(catalog_build(app_kinds, app_kinds_count, agency, definitions, count, &m,
                      &catalog));
    *ret = usual_terms_of(catalog, NULL).warn;
    catalog_release(catalog);
    return NULL;
}

static err tell_slice(struct job_call *call, bool *ret_more)
{
    struct agency *list;
    struct snap *snap;
    size_t count;

    TRY(offices(call, &snap, &list, &count));
    for (size_t i = 0; i < count; i++) {
        struct step s = { .agency = list[i].id, .now_ms = call->now_ms };

        TRY(calendar_load(call->arena, snap, s.agency, &s.calendar));
        TRY(warn_days_of(call, snap, s.agency, &s.warn_days));
        TRY(job_commit(call, s.agency, run_tell, &s));
        *ret_more = *ret_more || !s.done.done;
    }
    return NULL;
}

/* The catalog of an office is made only where a case needs it: once, after an update. */
static err clocks_of(struct job_call *call, struct snap *snap, int64_t agency)
{
    struct mistakes m;
    struct definition *definitions;
    struct catalog *catalog;
    size_t count;
    struct step s = { .agency = agency, .now_ms = call->now_ms };
    err e = NULL;

    mistakes_init(&m, call->arena);
    TRY(definition_list(call->arena, snap, agency, &definitions, &count));
    TRY(catalog_build(app_kinds, app_kinds_count, agency, definitions, count, &m,
                      &catalog));
    s.catalog = catalog;
    e = calendar_load(call->arena, snap, agency, &s.calendar);
    while (e == NULL && !s.done.done) {
        e = job_commit(call, agency, run_clocks, &s);
        s.after = s.done.last;
    }
    catalog_release(catalog);
    return e;
}

static err clocks_slice(struct job_call *call, bool *ret_more)
{
    struct agency *list;
    struct snap *snap;
    size_t count;

    (void)ret_more;
    TRY(offices(call, &snap, &list, &count));
    for (size_t i = 0; i < count; i++) {
        bool missing;

        TRY(casefile_lacks_clocks(call->arena, snap, list[i].id, &missing));
        if (missing) {
            TRY(clocks_of(call, snap, list[i].id));
        }
    }
    return NULL;
}

const struct job case_tell_job = { "cases.tell", 300, tell_slice };
const struct job case_clocks_job = { "cases.clocks", 3600, clocks_slice };
