/* demo_money — receipt series of the demo offices, and the pads that people hold.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner.h"
#include "host/store/store.h"
#include "kernel/fee/cash.h"

#define SERIES_LAST 20000
#define PAD_RECEIPTS 50
#define PROGRAM_RECEIPTS 500

struct money {
    const struct demo_office *office;
    struct fee_series people, program;
    int64_t ids[64], now_ms;
};

static err run_money(void *context, struct arena *a, struct tx *tx)
{
    const struct money *m = context;
    const struct demo_office *o = m->office;
    const struct staff *cashier = demo_staff(o, DUTY_CASHIER, 0);
    const struct actor who = { .agency = o->agency.id,
                               .staff = cashier == NULL ? 0 : cashier->id };
    const duty_set takers = DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER);
    struct fee_pad pad;
    size_t used = 1;

    TRY(fee_series_put(a, tx, &who, m->now_ms, &m->people));
    TRY(fee_series_put(a, tx, &who, m->now_ms, &m->program));
    TRY(fee_pad_issue(a, tx, &who, m->now_ms, m->ids[0], m->program.id, PROGRAM_RECEIPTS, 0,
                      &pad));
    for (size_t i = 0; i < o->staff_count && used < sizeof m->ids / sizeof m->ids[0]; i++) {
        if ((o->staff[i].duties & takers) != 0) {
            TRY(fee_pad_issue(a, tx, &who, m->now_ms, m->ids[used++], m->people.id,
                              PAD_RECEIPTS, o->staff[i].id, &pad));
        }
    }
    return NULL;
}

err demo_money(struct demo *d)
{
    int year = day_roc_year(day_at(d->end_ms - 1));

    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        struct money m = {
            .office = &d->offices[i],
            .now_ms = d->end_ms - 1,
            .people = { .id = id_next(&d->ids, d->end_ms - 1),
                        .code = str_format(d->arena, "%dA", year), .first = 1,
                        .last = SERIES_LAST },
            .program = { .id = id_next(&d->ids, d->end_ms - 1),
                         .code = str_format(d->arena, "%dE", year), .first = 1,
                         .last = SERIES_LAST, .for_program = true },
        };

        for (size_t k = 0; k < sizeof m.ids / sizeof m.ids[0]; k++) {
            m.ids[k] = id_next(&d->ids, d->end_ms - 1);
        }
        TRY(store_commit(d->store, d->arena, m.office->agency.id, run_money, &m));
    }
    return NULL;
}
