/* cashier_waits — what waits for those who take money and keep the books: receipts on no
 * daily sheet, sheets without a slip, the month to take over, refunds.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/waits.h"
#include "feature/cashier/cashier_web.h"

#define SHEET_DAYS 92

static bool serves(const struct ask *q, duty_set duties)
{
    return (actor_serves(&q->actor) & duties) != 0;
}

/* Late when a receipt of a day before today is among them: each day is closed. */
static err open_add(struct ask *q, struct waits *io, int64_t taker)
{
    struct url to = link_to(q, "cashier.day");
    struct fee_sheet s;
    bool late = false;

    TRY(fee_sheet_open(q->arena, q->snap, q->agency->id, taker, q->today, &s));
    for (size_t i = 0; i < s.receipts_count; i++) {
        late = late || day_at(s.receipts[i].at_ms) < q->today;
    }
    (late ? waits_add_late
          : waits_add)(io, (int64_t)s.receipts_count,
                       taker == 0 ? SAY("Receipts paid online, on no daily sheet yet")
                                  : SAY("Receipts of yours, on no daily sheet yet"),
                       taker == 0 ? url_with(q, to, "taker", STR("program")) : to);
    return NULL;
}

static err slips_add(struct ask *q, struct waits *io)
{
    struct fee_sheet *list;
    size_t count;
    int64_t open = 0;

    TRY(fee_sheet_list(q->arena, q->snap, q->agency->id, q->today - SHEET_DAYS, q->today,
                       &list, &count));
    for (size_t i = 0; i < count; i++) {
        open += list[i].slip_number.len == 0 && list[i].staff != q->actor.staff;
    }
    waits_add(io, open, SAY("Daily sheets to be paid in, without a slip"),
              link_to(q, "cashier.day"));
    return NULL;
}

static err month_add(struct ask *q, struct waits *io)
{
    struct civil c = day_civil(q->today);
    int months = c.year * 12 + c.month - 2;
    int year = months / 12, month = months % 12 + 1;
    struct fee_month m;

    TRY(fee_month_load(q->arena, q->snap, q->agency->id, year, month, &m));
    waits_add(io, m.taken_ms == 0 ? (int64_t)m.sheets_count : 0,
              SAY("Daily sheets of last month to take over"),
              url_with(q, link_to(q, "cashier.month"), "month",
                       fee_month_key(q->arena, year, month)));
    return NULL;
}

static err refunds_add(struct ask *q, struct waits *io)
{
    struct fee_refund *list;
    size_t count;
    int64_t decide = 0, pay = 0;

    TRY(fee_refund_list(q->arena, q->snap, q->agency->id, &list, &count));
    for (size_t i = 0; i < count; i++) {
        decide += fee_refund_may_decide(&q->actor, &list[i]);
        pay += fee_refund_may_pay(&q->actor, &list[i]);
    }
    waits_add(io, decide, SAY("Refunds to decide"), link_to(q, "cashier.refunds"));
    waits_add(io, pay, SAY("Refunds to pay"), link_to(q, "cashier.refunds"));
    return NULL;
}

err cashier_waits(struct ask *q, struct waits *io)
{
    if (serves(q, TAKERS)) {
        TRY(open_add(q, io, q->actor.staff));
    }
    if (actor_has(&q->actor, DUTY_CASHIER)) {
        TRY(open_add(q, io, 0));
        TRY(slips_add(q, io));
    }
    if (actor_has(&q->actor, DUTY_ACCOUNTANT)) {
        TRY(month_add(q, io));
    }
    return serves(q, REFUNDERS) ? refunds_add(q, io) : NULL;
}
