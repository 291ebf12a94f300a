/* carry_job — each step that waits is proved, kept at the other agency, and marked brought.
 *
 * Two commits in two agencies. Where the process dies between them the first one is done
 * again and finds its uid; so it is there exactly once.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/envelope/carry.h"

#include "base/arena.h"
#include "host/job/job.h"
#include "kernel/envelope/envelope.h"

#define AT_ONCE 10
#define PERIOD_SECONDS 2

static err run_put(void *context, struct arena *a, struct tx *tx)
{
    return envelope_step_put(a, tx, context);
}

static err run_carried(void *context, struct arena *a, struct tx *tx)
{
    return envelope_carried(a, tx, context);
}

static const struct envelope_done *step_of(const struct envelope_done *list, size_t count,
                                           enum envelope_step step)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].step == step && list[i].own) {
            return &list[i];
        }
    }
    return NULL;
}

static err bring(struct job_call *call, struct snap *snap, struct envelope_carry *c)
{
    const struct keyring *k = call->context;
    struct arena *a = call->arena;
    struct envelope e;
    struct envelope_done *list;
    const struct envelope_done *d;
    struct envelope_post post;
    size_t count;
    bool known;

    TRY(envelope_load(a, snap, c->agency, c->id, &e));
    TRY(envelope_steps(a, snap, k, &e, &list, &count));
    d = step_of(list, count, c->step);
    if (d == NULL) {
        return NULL;
    }
    /* The id is free there: it is this installation's own. */
    TRY(envelope_arrival(a, snap, k, c->other_agency, c->id, c->agency, d->body,
                         d->signature, d->message.from.public_key, call->now_ms, &post,
                         &known));
    if (!known) {
        TRY(job_commit(call, c->other_agency, run_put, &post));
    }
    return job_commit(call, c->agency, run_carried, c);
}

static err carry_slice(struct job_call *call, bool *ret_more)
{
    struct agency *offices;
    struct snap *snap;
    size_t offices_count;
    err first = NULL;

    TRY(snap_begin(call->arena, call->store, &snap));
    TRY(agency_list(call->arena, snap, &offices, &offices_count));
    for (size_t i = 0; i < offices_count; i++) {
        struct envelope_carry *list;
        size_t count;

        TRY(envelope_carry_list(call->arena, snap, offices[i].id, AT_ONCE, &list, &count));
        for (size_t n = 0; n < count; n++) {
            struct snap *now;
            err e;

            /* Each on what is there by then: a receipt comes behind what was sent. One that
             * cannot be brought does not hold up the others. */
            TRY(snap_begin(call->arena, call->store, &now));
            e = bring(call, now, &list[n]);
            snap_end(now);
            first = first == NULL ? e : first;
        }
        *ret_more = *ret_more || (count == AT_ONCE && first == NULL);
    }
    return first;
}

const struct job envelope_carry_job = { "envelopes.carry", PERIOD_SECONDS, carry_slice };
