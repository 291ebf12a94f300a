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

struct cashier_receipt_row cashier_receipt_row_of(struct ask *q,
                                                  const struct fee_receipt *r);
/* The application for a refund: entries and reasons; receipts and address are the
 * caller's. */
MUST_CHECK err cashier_refund_form_of(struct ask *q, struct cashier_ask *ret);

/* cashier_change_web.c */
/* What the form says, sealed; which receipts it may be about, the caller looks at. */
MUST_CHECK err cashier_refund_read(struct ask *q, int64_t casefile,
                                   struct fee_refund *ret);
extern const struct beats cashier_change_beats, cashier_fine_beats, cashier_refund_beats;

/* cashier_counter_web.c */
err cashier_show_counter(struct ask *q, struct reply *r);
err cashier_show_receipt(struct ask *q, struct reply *r);
extern const struct beats cashier_take_beats, cashier_void_beats;

/* The ways of paying at the counter, as radios. */
MUST_CHECK err cashier_means_of(struct ask *q, const struct cashier_option **ret,
                                size_t *ret_count);
bool cashier_means_read(str key, enum fee_means *ret);
str cashier_masked(struct arena *a, str name); /* 王○ */

/* cashier_stroke_web.c: money of what is done in two keys. */
err cashier_show_stroke(struct ask *q, struct reply *r);
MUST_CHECK err cashier_waiting_of(struct ask *q, struct cashier_counter *p);
struct url cashier_back(struct ask *q); /* where the next person is served */
extern const struct beats cashier_stroke_beats, cashier_stroke_refund_beats;

/* cashier_day_web.c */
/* Who takes money, who keeps the books, who has to do with refunds. */
#define TAKERS (DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER))
#define BOOKS                                                                        \
    (DUTY(DUTY_CASHIER) | DUTY(DUTY_ACCOUNTANT) | DUTY(DUTY_HEAD) | DUTY(DUTY_AUDITOR))
#define REFUNDERS                                                                       \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_HEAD) | DUTY(DUTY_CASHIER) | \
     DUTY(DUTY_ACCOUNTANT) | DUTY(DUTY_AUDITOR))
struct waits;
err cashier_waits(struct ask *q, struct waits *io);
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
