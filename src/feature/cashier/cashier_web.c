/* cashier_web — routes, menu, panels, and what the pages share.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/cashier/cashier_web.h"

#include "base/arena.h"
#include "feature/cashier/cashier.h"
#include "host/lang/lang.h"

#define NUMBER_SIGNS 20

str cashier_dollars(struct ask *q, int64_t n)
{
    return lang_money(q->arena, q->lang, n);
}

str cashier_time(struct ask *q, int64_t ms)
{
    return ms == 0 ? STR("") : lang_time(q->arena, q->lang, ms);
}

str cashier_day_text(struct ask *q, day d)
{
    return d == DAY_NONE || d == 0 ? STR("") : day_text(q->arena, d, q->lang);
}

str cashier_label(struct ask *q, const struct label *l)
{
    return label_in(l, q->lang);
}

/* 1,200 too. */
int64_t cashier_number(struct ask *q, const char *field)
{
    str typed = ask_field(q, field);
    char digits[NUMBER_SIGNS];
    size_t n = 0;
    int64_t number;

    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] == ',') {
            continue;
        }
        if (typed.at[i] < '0' || typed.at[i] > '9' || n == sizeof digits) {
            return -1;
        }
        digits[n++] = typed.at[i];
    }
    return n > 0 && str_to_int((str){ digits, n }, &number) ? number : -1;
}

#define REVIEWERS                                                                    \
    (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) |                 \
     DUTY(DUTY_ACCOUNTANT) | DUTY(DUTY_CASHIER) | DUTY(DUTY_COORDINATOR))

static const struct route routes[] = {
    { GET, "/staff/cashier", "cashier.counter", MAY_DUTY, TAKERS,
      .show = cashier_show_counter, .help = MSG("Take a fee and give the receipt") },
    { POST, "/staff/cashier/take/{id}", "cashier.take", MAY_DUTY, TAKERS,
      .beats = &cashier_take_beats, .again = cashier_show_counter,
      .help = MSG("Money is taken; the next receipt of the pad") },
    { GET, "/staff/cashier/strokes/{id}", "cashier.stroke", MAY_DUTY, TAKERS,
      .show = cashier_show_stroke, .help = MSG("The fee of what was done in two keys") },
    { POST, "/staff/cashier/strokes/{id}", "cashier.stroke_take", MAY_DUTY, TAKERS,
      .beats = &cashier_stroke_beats, .again = cashier_show_stroke,
      .help = MSG("Money is taken for what was done in two keys") },
    { POST, "/staff/cashier/strokes/{id}/refund", "cashier.stroke_refund", MAY_DUTY,
      TAKERS, .beats = &cashier_stroke_refund_beats, .again = cashier_show_stroke,
      .help = MSG("A refund is asked for") },
    { GET, "/staff/cashier/cases/{id}", "cashier.case", MAY_STAFF,
      .show = cashier_show_case, .help = MSG("Fees, fines and receipts of one case") },
    { POST, "/staff/cashier/cases/{id}/change", "cashier.change", MAY_STAFF,
      .beats = &cashier_change_beats, .again = cashier_show_case,
      .help = MSG("A fee is waived, or its number corrected") },
    { POST, "/staff/cashier/cases/{id}/fine", "cashier.fine", MAY_STAFF,
      .beats = &cashier_fine_beats, .again = cashier_show_case,
      .help = MSG("A fine is added") },
    { POST, "/staff/cashier/cases/{id}/refund", "cashier.refund", MAY_STAFF,
      .beats = &cashier_refund_beats, .again = cashier_show_case,
      .help = MSG("A refund is asked for") },
    { GET, "/staff/cashier/receipts/{id}", "cashier.receipt", MAY_DUTY, TAKERS | BOOKS,
      .show = cashier_show_receipt, .help = MSG("One receipt, for print") },
    { POST, "/staff/cashier/receipts/{id}/void", "cashier.void", MAY_DUTY, TAKERS,
      .beats = &cashier_void_beats, .again = cashier_show_receipt,
      .help = MSG("A receipt is made void; all its parts are kept") },
    { GET, "/staff/cashier/day", "cashier.day", MAY_DUTY, TAKERS | BOOKS,
      .show = cashier_show_day, .help = MSG("Daily sheet: what was taken since the last") },
    { POST, "/staff/cashier/day", "cashier.close", MAY_DUTY, TAKERS,
      .beats = &cashier_close_beats, .again = cashier_show_day,
      .help = MSG("The cash is counted and the sheet sealed") },
    { GET, "/staff/cashier/sheets/{id}", "cashier.sheet", MAY_DUTY, TAKERS | BOOKS,
      .show = cashier_show_sheet, .help = MSG("One daily sheet, for print") },
    { POST, "/staff/cashier/sheets/{id}/slip", "cashier.slip", MAY_DUTY,
      DUTY(DUTY_CASHIER), .beats = &cashier_slip_beats, .again = cashier_show_sheet,
      .help = MSG("The slip with which the money was paid in") },
    { GET, "/staff/cashier/month", "cashier.month", MAY_DUTY, BOOKS,
      .show = cashier_show_month, .lane = LANE_SLOW,
      .help = MSG("The month for the accountant") },
    { GET, "/staff/cashier/month.csv", "cashier.csv", MAY_DUTY, BOOKS,
      .show = cashier_show_csv, .lane = LANE_SLOW,
      .help = MSG("The month as a table for calculation") },
    { POST, "/staff/cashier/month", "cashier.month_take", MAY_DUTY, DUTY(DUTY_ACCOUNTANT),
      .beats = &cashier_month_beats, .again = cashier_show_month, .lane = LANE_SLOW,
      .help = MSG("The accountant takes the month over") },
    { GET, "/staff/cashier/series", "cashier.series", MAY_DUTY, TAKERS | BOOKS,
      .show = cashier_show_series, .help = MSG("Receipt series and who holds which pad") },
    { POST, "/staff/cashier/series", "cashier.series_put", MAY_DUTY, DUTY(DUTY_CASHIER),
      .beats = &cashier_series_beats, .again = cashier_show_series,
      .help = MSG("A new receipt series") },
    { POST, "/staff/cashier/pads", "cashier.pad", MAY_DUTY, DUTY(DUTY_CASHIER),
      .beats = &cashier_pad_beats, .again = cashier_show_series,
      .help = MSG("A pad is given to a colleague") },
    { POST, "/staff/cashier/pads/{id}/return", "cashier.return", MAY_DUTY,
      DUTY(DUTY_CASHIER), .beats = &cashier_return_beats, .again = cashier_show_series,
      .help = MSG("A pad comes back") },
    { GET, "/staff/cashier/refunds", "cashier.refunds", MAY_DUTY, REFUNDERS,
      .show = cashier_show_refunds, .help = MSG("Refunds asked for, decided and paid") },
    { POST, "/staff/cashier/refunds/{id}", "cashier.decide", MAY_DUTY, REFUNDERS,
      .beats = &cashier_decide_beats, .again = cashier_show_refunds,
      .help = MSG("A refund is approved, refused or paid") },
    { GET, "/staff/cashier/review", "cashier.review", MAY_DUTY, REVIEWERS,
      .show = cashier_show_review,
      .help = MSG("Which fees are to be reviewed, and by when") },
    { POST, "/{agency}/pay/{case}", "cashier.pay", MAY_OWNER, .beats = &cashier_begin_beats,
      .again = cashier_show_payment, .help = MSG("A payment begins") },
    { GET, "/{agency}/pay/{case}/{payment}", "cashier.payment", MAY_OWNER,
      .show = cashier_show_payment, .help = MSG("How a payment stands") },
    { GET, "/{agency}/pay/{case}/{payment}/simulator", "cashier.simulator", MAY_OWNER,
      .show = cashier_show_simulator, .help = MSG("The built-in payment simulation") },
    { POST, "/{agency}/pay/{case}/{payment}/simulator", "cashier.simulate", MAY_OWNER,
      .beats = &cashier_simulate_beats, .again = cashier_show_simulator,
      .help = MSG("The simulation pays or refuses") },
    { POST, "/api/v1/payments", "cashier.word", MAY_ANYONE, .beats = &cashier_word_beats,
      .is_api = true, .help = MSG("What the payment provider says, signed") },
};

static const struct menu_entry menu[] = {
    { "cashier.counter", MSG("Take fees"), true, TAKERS, "g f", false,
      .group = MENU_FEES },
    { "cashier.day", MSG("Daily sheet"), true, TAKERS | BOOKS, NULL, false,
      .group = MENU_FEES },
    { "cashier.month", MSG("Monthly sheet"), true, BOOKS, NULL, false,
      .group = MENU_FEES },
    { "cashier.series", MSG("Receipt series"), true, DUTY(DUTY_CASHIER), NULL, false,
      .group = MENU_FEES },
    { "cashier.refunds", MSG("Refunds"), true, REFUNDERS, NULL, false,
      .group = MENU_FEES },
    { "cashier.review", MSG("Review of fees"), true, REVIEWERS, NULL, false,
      .group = MENU_FEES },
};

static const struct panel panels[] = {
    { .place = "case", .show = cashier_panel_case },
    { .place = "progress", .show = cashier_panel_progress },
};

const struct feature cashier_feature = {
    .name = "cashier",
    .waits = cashier_waits,
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .panels = panels,
    .panels_count = sizeof panels / sizeof panels[0],
};
