/* cash — receipt series and pads, daily sheets, the month for the accountant, refunds.
 *
 *   series ─▶ pad given to a person ─▶ receipts ─▶ daily sheet, sealed ─▶ 繳庫 slip ─▶ month
 *
 * Who takes the money is not the one who books it: the slip is entered by another person
 * (出納) than the taker; a refund is asked for, decided and paid by three.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FEE_CASH_H
#define BIANMIN_KERNEL_FEE_CASH_H

#include "kernel/fee/fee.h"

extern const struct query_list fee_series_queries;
extern const struct query_list fee_sheet_queries;
extern const struct query_list fee_refund_queries;
extern const struct query_list fee_check_queries;

/* ---- series and pads ---- */

struct fee_series {
    int64_t agency, id;
    str code;              /* 115A */
    int digits;
    int64_t first, last;
    bool for_program;      /* its pads are the program's: money that came online */
    int64_t given_to;      /* last number given out in pads; first − 1: none */
};
struct fee_pad {
    int64_t agency, id, series;
    str code;
    int digits;
    int64_t first, last;
    int64_t next;          /* the next receipt; last + 1: used up */
    int64_t staff;         /* 0: the program */
    str staff_name;
    int64_t issued_ms, returned_ms;
    bool is_open, for_program;
};
MUST_CHECK err fee_series_list(struct arena *a, struct snap *snap, int64_t agency,
                               struct fee_series **ret, size_t *ret_count);
/* All, or (staff ≥ 0) the open ones of one person in the order they are used. */
MUST_CHECK err fee_pad_list(struct arena *a, struct snap *snap, int64_t agency,
                            int64_t staff, struct fee_pad **ret, size_t *ret_count);
/* Commit. Fails: ERR_CONFLICT (the code is taken). Fields: code, first, last. */
void fee_series_check(const struct fee_series *s, struct mistakes *m);
MUST_CHECK err fee_series_put(struct arena *a, struct tx *tx, const struct actor *who,
                              int64_t now_ms, const struct fee_series *s);
/* The next `count` numbers of the series, first what a returned pad has left over. Fails:
 * ERR_CONFLICT (none left). */
MUST_CHECK err fee_pad_issue(struct arena *a, struct tx *tx, const struct actor *who,
                             int64_t now_ms, int64_t id, int64_t series, int64_t count,
                             int64_t staff, struct fee_pad *ret);
MUST_CHECK err fee_pad_return(struct arena *a, struct tx *tx, const struct actor *who,
                              int64_t now_ms, int64_t pad);

/* ---- daily sheets ---- */

/* A run of numbers of one pad on a sheet. */
struct sheet_run {
    str code, first, last; /* as texts */
    int64_t count, voids;
};
struct sheet_sum {
    enum fee_kind kind;
    str key;
    struct label what;
    int64_t count, dollars;
};
struct fee_sheet {
    int64_t agency, id;    /* 0: not closed yet */
    int64_t staff;
    str staff_name;
    day day;
    int turn;              /* first, second … of that day */
    int64_t closed_by, closed_ms;
    int64_t cash_sum, other_sum, cash_counted;
    str difference_why;    /* "" cash counted equals */
    str slip_number;       /* 繳款書; "" not paid in yet */
    day slip_day;
    int64_t slip_by, slip_ms;
    str slip_by_name;
    str hash;              /* of the sealed copy, hex */
    struct fee_receipt *receipts;
    size_t receipts_count;
    struct sheet_run *runs;
    size_t runs_count;
    struct sheet_sum *sums;
    size_t sums_count;
    int64_t by_means[FEE_MEANS];
    int64_t voids;
};
/* What `staff` has taken and no sheet has yet. */
MUST_CHECK err fee_sheet_open(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t staff, day today, struct fee_sheet *ret);
MUST_CHECK err fee_sheet_load(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t id, struct fee_sheet *ret);
/* Without receipts and sums; by day. */
MUST_CHECK err fee_sheet_list(struct arena *a, struct snap *snap, int64_t agency, day from,
                              day until, struct fee_sheet **ret, size_t *ret_count);
/* The copy as it is sealed: canonical JSON; the same for the same receipts. */
str fee_sheet_content(struct arena *a, const struct fee_sheet *s);
void fee_sheet_reckon(struct arena *a, struct fee_sheet *s);

struct fee_closing {
    struct fee_sheet sheet;  /* as shown; id and cash_counted set */
    struct actor who;
    int64_t now_ms;
    str content_sealed;      /* by prepare */
};
/* Fails: ERR_INPUT: nothing to close; cash_counted differs and no reason is given
 * (difference_why). */
MUST_CHECK err fee_closing_prepare(struct arena *a, const struct keyring *k,
                                   struct fee_closing *c);
/* Commit. Fails: ERR_CONFLICT (a receipt came since, or was voided). */
MUST_CHECK err fee_closing_commit(struct arena *a, struct tx *tx,
                                  const struct fee_closing *c);
/* The sealed copy, opened and compared with its hash. Fails: ERR_BROKEN. */
MUST_CHECK err fee_sheet_copy(struct arena *a, struct snap *snap, const struct keyring *k,
                              int64_t agency, int64_t id, str *ret_content);
/* Commit: 出納 enters the slip. Fails: ERR_DENIED (he took the money himself),
 * ERR_CONFLICT (entered already). */
MUST_CHECK err fee_slip(struct arena *a, struct tx *tx, const struct actor *who,
                        int64_t now_ms, int64_t sheet, str number, day on);

/* ---- the month ---- */

struct fee_month {
    int year, month;
    struct fee_sheet *sheets;      /* with sums, without receipts */
    size_t sheets_count;
    struct sheet_sum *sums;
    size_t sums_count;
    int64_t dollars, voids, refunded, not_paid_in;
    int64_t by_means[FEE_MEANS];
    int64_t taken_ms, taken_by;    /* 0: the accountant has not taken it over */
    str taken_name, hash;
};
MUST_CHECK err fee_month_load(struct arena *a, struct snap *snap, int64_t agency, int year,
                              int month, struct fee_month *ret);
str fee_month_key(struct arena *a, int year, int month); /* 2026-11 */
/* For a table calculation: quoted, and nothing that begins a formula. */
str fee_month_csv(struct arena *a, const struct fee_month *m, enum lang lang);
/* One field of it. */
str fee_csv_field(struct arena *a, str s);
MUST_CHECK err fee_month_take(struct arena *a, struct tx *tx, const struct actor *who,
                              int64_t now_ms, const struct fee_month *m, str sealed,
                              str hash);
MUST_CHECK err fee_month_seal(struct arena *a, const struct keyring *k, int64_t agency,
                              const struct fee_month *m, str *ret_sealed, str *ret_hash);

/* ---- refunds ---- */

enum refund_state {
    REFUND_ASKED,
    REFUND_APPROVED,
    REFUND_REFUSED,
    REFUND_PAID,
    REFUND_STATES
};
extern const str refund_state_key[REFUND_STATES];
extern const char *const refund_state_name[REFUND_STATES]; /* MSG ids */
#define REFUND_REASONS 4
extern const str refund_reason_key[REFUND_REASONS];
extern const char *const refund_reason_name[REFUND_REASONS]; /* MSG ids */
struct fee_refund {
    int64_t agency, id, receipt, casefile, dollars;
    str receipt_text, case_number;
    str reason;                /* key */
    str note, decision;        /* sealed */
    enum level level;          /* who decides */
    enum refund_state state;
    int64_t asked_by, asked_ms, decided_by, decided_ms, paid_by, paid_ms;
    str asked_name, decided_name, paid_name, paid_reference;
};
/* Who decides: the unit head up to this, above it the head. */
#define REFUND_UNIT_HEAD_MOST INT64_C(1000)
enum level fee_refund_level(int64_t dollars);
MUST_CHECK err fee_refund_list(struct arena *a, struct snap *snap, int64_t agency,
                               struct fee_refund **ret, size_t *ret_count);
MUST_CHECK err fee_refund_load(struct arena *a, struct snap *snap, int64_t agency,
                               int64_t id, struct fee_refund *ret);
/* Seals note or decision in place (salted); "" stays "". */
MUST_CHECK err fee_refund_seal(struct arena *a, const struct keyring *k, int64_t agency,
                               int64_t id, const char *column, str text, str *ret_sealed);
MUST_CHECK err fee_refund_text(struct arena *a, const struct keyring *k,
                               const struct fee_refund *r, const char *column, str sealed,
                               str *ret);
/* May this person decide it, pay it? */
bool fee_refund_may_decide(const struct actor *who, const struct fee_refund *r);
bool fee_refund_may_pay(const struct actor *who, const struct fee_refund *r);
/* Commit. Fails: ERR_CONFLICT (more than the receipt has left; state), ERR_DENIED. */
MUST_CHECK err fee_refund_ask(struct arena *a, struct tx *tx, const struct actor *who,
                              int64_t now_ms, const struct fee_refund *r);
MUST_CHECK err fee_refund_decide(struct arena *a, struct tx *tx, const struct actor *who,
                                 int64_t now_ms, int64_t id, bool approve, str decision);
MUST_CHECK err fee_refund_pay(struct arena *a, struct tx *tx, const struct actor *who,
                              int64_t now_ms, int64_t id, str reference);

/* ---- bianmin check ---- */

/* Receipt numbers without a gap, sums of sheets, sealed copies as they were. */
typedef void fee_say(void *context, bool sound, str line);
MUST_CHECK err fee_check(struct arena *a, struct store *s, const struct keyring *k,
                         int64_t agency, fee_say *say, void *context);

#endif
