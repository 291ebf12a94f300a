/* count — how often forms and sheets were taken, from the desk's memory to the database.
 *
 * Counted words are "download WHAT FORMAT".
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/day.h"
#include "desk/counted.h"
#include "feature/sheets/sheets.h"
#include "feature/sheets/sheets_store.h"
#include "host/job/job.h"

#define PERIOD_SECONDS 20
#define PREFIX STR("download ")

struct add {
    const struct counted_row *list;
    size_t count;
    int64_t agency;
    int month;
};

static err run(void *context, struct arena *a, struct tx *tx)
{
    const struct add *x = context;

    for (size_t i = 0; i < x->count; i++) {
        str rest = str_slice(x->list[i].what, PREFIX.len, x->list[i].what.len), what;

        if (x->list[i].agency == x->agency && str_cut(&rest, ' ', &what)) {
            TRY(downloads_add(a, tx, x->agency, what, rest, x->month, x->list[i].count));
        }
    }
    return NULL;
}

static bool came_before(const struct counted_row *list, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (list[k].agency == list[i].agency) {
            return true;
        }
    }
    return false;
}

static err slice(struct job_call *call, bool *ret_more)
{
    struct civil c = day_civil(day_at(call->now_ms));
    struct add x = { .month = c.year * 100 + c.month };
    struct counted_row *list;

    *ret_more = false;
    if (call->context == NULL) {
        return NULL;
    }
    TRY(counted_take(call->arena, call->context, PREFIX, &list, &x.count));
    x.list = list;
    for (size_t i = 0; i < x.count; i++) {
        if (came_before(list, i)) {
            continue;
        }
        x.agency = list[i].agency;
        err e = job_commit(call, x.agency, run, &x);
        if (e != NULL) {
            for (size_t k = i; k < x.count; k++) { /* of this office and those after it */
                if (list[k].agency == x.agency || !came_before(list, k)) {
                    counted_untake(call->context, &list[k], 1);
                }
            }
            return e;
        }
    }
    return NULL;
}

const struct job sheets_count_job = { "sheets.count", PERIOD_SECONDS, slice };
