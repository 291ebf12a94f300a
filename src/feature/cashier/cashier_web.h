/* Between the files of cashier that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASHIER_WEB_H
#define BIANMIN_FEATURE_CASHIER_WEB_H

#include "desk/ask.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/cashier/cashier_view.h"
#include "kernel/fee/cash.h"
#include "kernel/fee/pay.h"

/* cashier_case_web.c: the fees of one case; the case in the path ({id}). */
MUST_CHECK err cashier_case_load(struct ask *q, struct casefile *ret);
MUST_CHECK err cashier_account(struct ask *q, const struct casefile *c,
                               struct fee_account *ret);
MUST_CHECK err cashier_money_of(struct ask *q, const struct casefile *c,
                                const struct fee_account *x, struct cashier_money *ret);
err cashier_show_case(struct ask *q, struct reply *r);
err cashier_panel_case(struct ask *q, const struct panel_about *about, struct html *ret);
err cashier_panel_progress(struct ask *q, const struct panel_about *about,
                           struct html *ret);
/* Who works on the case or leads its unit says what is due. */
bool cashier_may_change(const struct ask *q, const struct casefile *c);
/* Who sits where fees are taken, and may be led there. */
bool cashier_may_take(const struct ask *q);
/* NULL when there is none (any more). */
const struct service *cashier_service_of(struct ask *q, const struct casefile *c);
const struct service_fee *cashier_fee_of(const struct service *s, str key);

/* cashier_change_web.c */
extern const struct beats cashier_change_beats, cashier_fine_beats, cashier_refund_beats;

/* cashier_counter_web.c */
err cashier_show_counter(struct ask *q, struct reply *r);
err cashier_show_receipt(struct ask *q, struct reply *r);
extern const struct beats cashier_take_beats, cashier_void_beats;

/* cashier_day_web.c */
err cashier_show_day(struct ask *q, struct reply *r);
err cashier_show_sheet(struct ask *q, struct reply *r);
extern const struct beats cashier_close_beats, cashier_slip_beats;

/* cashier_month_web.c */
err cashier_show_month(struct ask *q, struct reply *r);
err cashier_show_csv(struct ask *q, struct reply *r);
err cashier_show_review(struct ask *q, struct reply *r);
extern const struct beats cashier_month_beats;

/* cashier_series_web.c */
err cashier_show_series(struct ask *q, struct reply *r);
extern const struct beats cashier_series_beats, cashier_pad_beats, cashier_return_beats;

/* cashier_refund_web.c */
err cashier_show_refunds(struct ask *q, struct reply *r);
extern const struct beats cashier_decide_beats;

/* pay_web.c */
err cashier_show_payment(struct ask *q, struct reply *r);
err cashier_show_simulator(struct ask *q, struct reply *r);
extern const struct beats cashier_begin_beats, cashier_simulate_beats, cashier_word_beats;

/* Shared: money and instants as words of the reader; a whole number that was typed ("" and
 * nonsense: -1). */
str cashier_dollars(struct ask *q, int64_t n);
str cashier_time(struct ask *q, int64_t ms);
str cashier_day_text(struct ask *q, day d);
int64_t cashier_number(struct ask *q, const char *field);
str cashier_label(struct ask *q, const struct label *l);

#endif
