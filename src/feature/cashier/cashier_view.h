/* cashier_view — what the pages about money show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASHIER_VIEW_H
#define BIANMIN_FEATURE_CASHIER_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct cashier_option {
    str value, text;
    bool chosen;
};
/* One thing that is due. */
struct cashier_item {
    str number, what, law, each, times, waived, open, waiver, by, note;
    struct words kind;
    bool is_waived, by_rule, has_note, may_change;
    struct url to;
    str form_token;
    const struct cashier_option *waivers;
    size_t waivers_count;
};
struct cashier_receipt_row {
    str number, at, dollars, staff, payer, case_number;
    struct words means, state;
    bool is_void, may_refund;
    struct url link;
};
struct cashier_payment_row {
    str at, dollars, account, until, reference;
    struct words state;
    bool is_transfer, is_open, simulated;
    struct url link;
};
/* How a case stands. */
struct cashier_money {
    bool none, no_receipts, is_open, is_settled, must_be_first;
    bool is_lapsed; /* ended undecided: what was not paid is not asked for */
    str due, waived, paid, refunded, open;
    const struct cashier_item *items;
    size_t items_count;
    const struct cashier_receipt_row *receipts;
    size_t receipts_count;
    const struct cashier_payment_row *payments;
    size_t payments_count;
};

struct cashier_panel {
    struct cashier_money money;
    struct url all, take;
    bool may_take;
};
struct cashier_progress {
    struct cashier_money money;
    struct url online, transfer;
    bool may_pay, may_transfer, simulated;
};

/* The application for a refund. */
struct cashier_ask {
    str form_token;
    struct url to;
    const struct cashier_option *receipts, *reasons;
    size_t receipts_count, reasons_count;
    struct entry dollars, note;
};
struct cashier_case {
    str number, service, applicant, form_token, changes;
    struct url casefile, counter;
    struct cashier_money money;
    bool may_change, may_refund, may_take, may_see, shown, has_fines;
    struct entry fine_dollars, fine_note;
    struct url fine_to;
    const struct cashier_option *fines;
    size_t fines_count;
    struct cashier_ask refund;
    struct words stale;
    struct shell_mistakes mistakes;
};

/* One line of what a matter without a case costs, to be filled in. */
struct cashier_dues {
    str number, key, what, law, each, times, dollars, waived, waiver, open;
    bool is_fine, has_waivers, is_waived;
    const struct cashier_option *waivers;
    size_t waivers_count;
};
struct cashier_stroke {
    str service, at, form_token, pad, sum, open;
    bool paid, nobody_paid, taken_back, none, has_pad, may_take, free, has_waivers,
        may_refund;
    struct url to, back;
    const struct cashier_dues *dues;
    size_t dues_count;
    const struct cashier_receipt_row *receipts;
    size_t receipts_count;
    const struct cashier_option *means;
    size_t means_count;
    struct entry reference, payer;
    struct cashier_ask refund;
    struct words stale;
    struct shell_mistakes mistakes;
};
/* Done in two keys today, not paid. */
struct cashier_waiting {
    str service, at;
    bool mine;
    struct url link;
};

struct cashier_counter {
    struct url here, day, take;
    str typed, form_token, number, service, applicant, pad, left;
    bool found, missing, has_pad, pad_low, may_take, nothing_due;
    struct cashier_money money;
    struct entry dollars, reference, payer;
    const struct cashier_option *means;
    size_t means_count;
    struct words stale;
    struct shell_mistakes mistakes;
    const struct cashier_waiting *waiting;
    size_t waiting_count;
};

struct cashier_receipt_line {
    str what, dollars;
};
struct cashier_part {
    struct words name;
};
struct cashier_receipt {
    str office, number, day, payer, case_number, dollars, in_words, staff, reference, why,
        void_at, form_token;
    struct words means;
    bool is_void, may_void, may_take, has_case, may_see, of_stroke;
    const struct cashier_receipt_line *lines;
    size_t lines_count;
    const struct cashier_part *parts;
    size_t parts_count;
    const struct cashier_option *whys;
    size_t whys_count;
    struct url void_to, next, all, stroke;
    struct words stale;
    struct shell_mistakes mistakes;
};

struct cashier_run {
    str first, last, count, voids;
};
struct cashier_sum {
    struct words kind;
    str what, count, dollars;
};
struct cashier_means {
    struct words name;
    str dollars;
};
struct cashier_sheet {
    str office, day, turn, staff, cash_sum, other_sum, counted, difference, hash, slip,
        slip_day, slip_by, form_token, total;
    bool is_closed, none, differs, is_paid_in, may_slip, is_mine, intact;
    const struct cashier_run *runs;
    size_t runs_count;
    const struct cashier_sum *sums;
    size_t sums_count;
    const struct cashier_means *means;
    size_t means_count;
    const struct cashier_receipt_row *receipts;
    size_t receipts_count;
    struct entry cash_counted, difference_why, slip_number, slip_on;
    struct url to;
    struct words stale;
    struct shell_mistakes mistakes;
};
struct cashier_sheet_row {
    str day, staff, cash, other, slip, slip_day;
    bool is_paid_in, differs;
    struct url link;
};
struct cashier_day {
    struct cashier_sheet sheet;
    const struct cashier_sheet_row *sheets;
    size_t sheets_count;
    const struct cashier_option *takers;
    size_t takers_count;
    struct url here;
    bool chooses;
};

struct cashier_month {
    struct url here, csv, to;
    str month, key, dollars, refunded, waiting, voids, taken_by, taken_at, hash, form_token,
        office;
    bool none, is_taken, may_take, all_paid_in;
    const struct cashier_option *months;
    size_t months_count;
    const struct cashier_sum *sums;
    size_t sums_count;
    const struct cashier_means *means;
    size_t means_count;
    const struct cashier_sheet_row *sheets;
    size_t sheets_count;
    struct words stale;
    struct shell_mistakes mistakes;
};

struct cashier_series_row {
    str code, first, last, left;
    bool for_program, is_low;
};
struct cashier_pad_row {
    str code, first, last, next, left, holder, at, id, form_token;
    bool is_open, is_used_up, is_returned, for_program;
    struct url back;
};
struct cashier_series {
    str form_token;
    bool may_issue;
    const struct cashier_series_row *list;
    size_t list_count;
    const struct cashier_pad_row *pads;
    size_t pads_count;
    const struct cashier_option *series, *people;
    size_t series_count, people_count;
    struct entry code, first, last, count;
    struct url series_to, pad_to;
    struct words program_low; /* payments online wait for a pad, or soon will */
    struct words stale;
    struct shell_mistakes mistakes;
};

struct cashier_refund_row {
    str id, receipt, case_number, dollars, asked_by, at, note, decided_by, decision,
        paid_by, reference, form_token;
    struct words reason, state, level;
    bool may_decide, may_pay, has_note, has_decision, is_decided, is_paid;
    struct url to;
};
struct cashier_refunds {
    bool none;
    const struct cashier_refund_row *list;
    size_t list_count;
    struct words stale;
    struct shell_mistakes mistakes;
};

struct cashier_review_row {
    str service, what, dollars, law, review;
    bool is_late, is_soon, is_unknown, unconfirmed;
};
struct cashier_review {
    bool none;
    const struct cashier_review_row *list;
    size_t list_count;
    int64_t late;
};

struct cashier_payment {
    str dollars, provider, account, until, number;
    struct words state;
    bool is_begun, is_transfer, is_paid, simulated;
    struct url go, back, again;
};
struct cashier_simulator {
    str dollars, number, order;
    struct url to, back;
    struct words stale;
};

#endif
