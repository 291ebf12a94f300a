/* recompute — running cases follow the calendar: the changes of each office are gone
 * through in slices behind people, one office after the other.
 *
 * A slice takes some cases after the other until most of its 20 ms is over: as many as the
 * machine can, and nobody at the counter waits longer than that.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/calendar/calendar.h"
#include "host/clock/clock.h"
#include "host/job/job.h"
#include "kernel/calendar/closure.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/party/party.h"

#define CASES_AT_ONCE 50
#define SLICE_NS INT64_C(12000000)
#define PERIOD_SECONDS 2

struct work {
    struct calendar_change change;
    const struct calendar *calendar;
    int64_t now_ms;
    struct case_slice slice;
};

static err run(void *context, struct arena *a, struct tx *tx)
{
    struct work *w = context;
    struct calendar_change went = w->change;
    const struct case_days days = { w->change.first, w->change.last };
    int64_t until_ns = clock_steady_ns() + SLICE_NS;

    do {
        TRY(casefile_recompute_slice(a, tx, w->calendar, went.agency, &days, went.after_id,
                                     CASES_AT_ONCE, w->now_ms, went.reason, &w->slice));
        went.after_id = w->slice.last;
        went.seen += w->slice.seen;
        went.moved += w->slice.changed;
    } while (!w->slice.done && clock_steady_ns() < until_ns);
    return calendar_change_went(a, tx, w->now_ms, &went, w->slice.done);
}

/* The office that has something to do, and its calendar. */
static err work_find(struct job_call *call, struct work *w, bool *ret_found)
{
    struct agency *list = NULL;
    struct snap *snap;
    size_t count = 0;

    *ret_found = false;
    TRY(snap_begin(call->arena, call->store, &snap));
    TRY(agency_list(call->arena, snap, &list, &count));
    for (size_t i = 0; i < count && !*ret_found; i++) {
        TRY(calendar_change_next(call->arena, snap, list[i].id, ret_found, &w->change));
    }
    if (*ret_found) {
        TRY(calendar_load(call->arena, snap, w->change.agency, &w->calendar));
    }
    snap_end(snap);
    return NULL;
}

static err slice(struct job_call *call, bool *ret_more)
{
    struct work w = { .now_ms = call->now_ms };
    bool found;

    TRY(work_find(call, &w, &found));
    if (!found) {
        return NULL;
    }
    TRY(job_commit(call, w.change.agency, run, &w));
    *ret_more = true;
    return NULL;
}

const struct job calendar_recompute_job = { "calendar.recompute", PERIOD_SECONDS, slice };
