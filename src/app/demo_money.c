/* demo_money — receipt series of the demo offices, the pads that people hold, and payments
 * through the simulator of a provider.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner_plan.h"
#include "host/store/store.h"
#include "kernel/casefile/casefile.h"
#include "kernel/fee/cash.h"
#include "kernel/fee/pay.h"

#define SERIES_LAST 20000
#define PAD_RECEIPTS 50
#define PROGRAM_RECEIPTS 500

#define MORNING INT64_C(29400000) /* 08:10 */

static err run_money(struct arena *a, struct tx *tx, struct demo *d,
                     const struct demo_step *s)
{
    const struct demo_office *o = s->office;
    const struct staff *cashier = demo_staff(o, DUTY_CASHIER, 0);
    const struct actor who = { .agency = o->agency.id,
                               .staff = cashier == NULL ? 0 : cashier->id };
    const duty_set takers = DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER);
    int year = day_roc_year(day_at(d->end_ms - 1));
    struct fee_series people = { .agency = o->agency.id, .id = id_next(&d->ids, s->at_ms),
                                 .code = str_format(a, "%dA", year), .first = 1,
                                 .last = SERIES_LAST };
    struct fee_series program = { .agency = o->agency.id, .id = id_next(&d->ids, s->at_ms),
                                  .code = str_format(a, "%dE", year), .first = 1,
                                  .last = SERIES_LAST, .for_program = true };
    struct fee_pad pad;

    TRY(fee_series_put(a, tx, &who, s->at_ms, &people));
    TRY(fee_series_put(a, tx, &who, s->at_ms, &program));
    TRY(fee_pad_issue(a, tx, &who, s->at_ms, id_next(&d->ids, s->at_ms), program.id,
                      PROGRAM_RECEIPTS, 0, &pad));
    for (size_t i = 0; i < o->staff_count; i++) {
        if ((o->staff[i].duties & takers) != 0) {
            TRY(fee_pad_issue(a, tx, &who, s->at_ms, id_next(&d->ids, s->at_ms), people.id,
                              PAD_RECEIPTS, o->staff[i].id, &pad));
        }
    }
    return NULL;
}

#define REFUSED_EVERY 4

/* One try: begun, and the word of the provider. */
static err pay_once(struct arena *a, struct tx *tx, struct demo *d,
                    const struct demo_step *s, const struct casefile *now,
                    const struct fee_account *account, enum pay_state end)
{
    struct fee_payment p = { .agency = now->agency, .id = id_next(&d->ids, s->at_ms),
                             .casefile = now->id, .way = PAY_ONLINE,
                             .provider = STR("simulator"), .dollars = account->open,
                             .until_ms = s->at_ms + PAY_ONLINE_MS };
    struct pay_word w = { .office = s->c->office->agency.key, .state = end,
                          .dollars = account->open, .at_ms = s->at_ms };
    struct fee_account then;
    struct fee_taking t;
    struct fee_payment after;
    bool needed, is_new;

    TRY(fee_payment_begin(a, tx, s->at_ms, account, &p, &p));
    w.order = p.id;
    w.reference = str_format(a, "SIM-%06d", ++d->payments);
    TRY(fee_payment_taking(a, tx_snap(tx), d->keyring, now->agency, &w,
                           id_next(&d->ids, s->at_ms), s->at_ms, &then, &t, &needed));
    return fee_payment_word(a, tx, s->at_ms, now->agency, &w, needed ? &t : NULL, &after,
                            &is_new);
}

err demo_pay_online(struct arena *a, struct tx *tx, struct demo *d,
                    const struct demo_step *s, const struct casefile *now,
                    const struct fee_account *account)
{
    if (d->payments % REFUSED_EVERY == 1) {
        TRY(pay_once(a, tx, d, s, now, account, PAY_FAILED));
    }
    return pay_once(a, tx, d, s, now, account, PAY_PAID);
}

/* Before the first receipt. */
void demo_money(struct demo *d, struct demo_plan *p, struct demo_office *o)
{
    day on = demo_open_before(d->wish->today, DEMO_MONEY_DAYS + 8);

    demo_step_add(d, p, (struct demo_step){ .at_ms = day_begins_ms(on) + MORNING,
                                            .what = DEMO_MORE, .office = o,
                                            .run = run_money });
}
