/* fee — what is to be paid on a case, what was paid, and the receipts.
 *
 * What is due follows from the definition the case came under (規費法 §14) and its answers, as
 * of the day it came; a rule may waive it, or a clerk who sees the proof. Until somebody
 * acts on it, it is reckoned each time; the first act keeps it (fee_item). Fines stand
 * beside fees.
 *
 * A receipt is a pre-numbered form of the treasury: its number is the next of the pad that
 * its taker holds, without a gap, out of the commit that keeps it. A void one stays, with
 * its reason, and all parts of it are kept. No number is ever taken out.
 *
 * Money of a case = receipts that are not void − refunds paid.
 * Series, pads, sheets and refunds: cash.h. Payments through a provider: pay.h.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FEE_H
#define BIANMIN_KERNEL_FEE_H

#include "kernel/casefile/act/act.h"

extern const struct query_list fee_queries;

enum fee_kind { FEE_FEE, FEE_FINE, FEE_KINDS };
extern const str fee_kind_key[FEE_KINDS];
extern const char *const fee_kind_name[FEE_KINDS]; /* MSG ids */
enum fee_means { MEANS_CASH, MEANS_CARD, MEANS_TRANSFER, MEANS_ONLINE, FEE_MEANS };
extern const str fee_means_key[FEE_MEANS];
extern const char *const fee_means_name[FEE_MEANS]; /* MSG ids */

struct fee_item {
    int number;              /* of the case, from 1 */
    str key;
    enum fee_kind kind;
    struct label what, law;
    int64_t dollars, times;  /* each, how many */
    int64_t waived;          /* dollars */
    str waiver;              /* key; "" none */
    struct label waiver_what;
    int64_t waived_by;       /* 0: the rule of the definition */
    int64_t waived_ms;
    str note;                /* the ground, sealed */
};
#define FEE_ITEMS_MOST 40

struct fee_line {
    str key;
    enum fee_kind kind;
    struct label what;
    int64_t dollars;
};
enum receipt_state { RECEIPT_GIVEN, RECEIPT_VOID };
struct fee_receipt {
    int64_t agency, id, series, pad, number;
    str text;                /* 115A-00112 */
    int64_t casefile;        /* 0: of a stroke */
    int64_t stroke;          /* 0: of a case */
    enum fee_means means;
    int64_t dollars;
    str payer_masked, payer; /* payer sealed until fee_payer_open */
    int64_t staff;           /* who took the money; 0: the program */
    str staff_name;
    int64_t at_ms;
    day day;
    str reference;           /* of the card slip, the transfer, the payment */
    enum receipt_state state;
    int64_t void_by, void_ms;
    str void_why;            /* key of fee_void_why */
    int64_t sheet;           /* 0: on none yet */
    str case_number;         /* of lists; "" */
    const struct fee_line *lines;
    size_t lines_count;
};
#define FEE_VOID_WHYS 5
extern const str fee_void_why_key[FEE_VOID_WHYS];
extern const char *const fee_void_why_name[FEE_VOID_WHYS]; /* MSG ids */

/* How a case stands. */
struct fee_account {
    int64_t agency, casefile; /* casefile 0: of a stroke (stroke.h) */
    int64_t stroke;
    bool is_kept;            /* the items are rows, not reckoned just now */
    struct fee_item *items;
    size_t items_count;
    int64_t due, waived;     /* all that stands on it; of it waived */
    int64_t paid, refunded;
    int64_t open;            /* still to be paid: due − waived − paid + refunded; ≥ 0 */
    bool lapsed;             /* the case ended undecided: fees not paid are not asked for */
    int64_t fees_open;       /* what of `open` lapses so; fines stay */
    struct fee_receipt *receipts;
    size_t receipts_count;
};
/* Withdrawn, not admitted, transferred or merged: nothing was done that costs a fee. */
bool fee_lapses(const struct casefile *c);
/* Reckons what is not kept (`c` NULL: what is not kept is not there); sealed answers are
 * opened for the rules and shown to nobody. */
MUST_CHECK err fee_account_load(struct arena *a, struct snap *snap, const struct keyring *k,
                                const struct catalog *c, const struct casefile *file,
                                struct fee_account *ret);
/* Commit: ERR_CONFLICT while something is still to be paid and the definition says that the
 * case is issued only when paid (`flow: { paid_before_issue: true }`). */
MUST_CHECK err fee_must_be_paid(struct arena *a, struct tx *tx,
                                const struct fee_account *as_checked);
/* The same as a condition of the act with which a case goes out, or of its letter: loads
 * the account where the definition asks for it (`act_wish.paid`, `letter_issue.paid`). */
MUST_CHECK err fee_paid_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                                const struct catalog *c, const struct casefile *file,
                                struct case_must *ret);
/* The same as the snapshot has it, for good words before the commit. */
MUST_CHECK err fee_paid_check(struct arena *a, const struct case_must *must);
/* The refusal: so much is still to be paid. */
MUST_CHECK err fee_still_open(struct arena *a, int64_t open);

/* Acts on what is due; `account` is what the check had loaded. Commit; each leaves an event
 * on the case. Fails: ERR_CONFLICT (somebody was faster, or more was paid already than
 * would be left). */
struct fee_change {
    const struct fee_account *account;
    struct actor who;
    int64_t now_ms;
    int number;              /* of the item; 0: a new fine */
    struct fee_item item;    /* how it is to be */
    str why;                 /* for the event: "waived" "times" "fine" "unwaived" */
    str note_hash;
};
/* Seals the ground into change->item.note. Fails: ERR_INPUT (no ground; field note). */
MUST_CHECK err fee_change_prepare(struct arena *a, const struct keyring *k,
                                  struct fee_change *change, str ground);
MUST_CHECK err fee_change(struct arena *a, struct tx *tx, const struct fee_change *change);
/* The ground of an item, opened: only while the case is shown. */
MUST_CHECK err fee_note_open(struct arena *a, const struct keyring *k, int64_t agency,
                             int64_t casefile, const struct fee_item *item, str *ret);

/* Money is taken: one receipt. */
struct fee_taking {
    const struct fee_account *account;
    struct actor who;        /* staff 0: the program, for a payment */
    int64_t id, now_ms;      /* id: of the receipt */
    enum fee_means means;
    int64_t dollars;         /* at most what is open */
    str reference;
    str payer, payer_masked; /* payer: plain; prepare seals it */
    /* made by fee_taking_prepare */
    str payer_sealed;
    struct fee_line lines[FEE_ITEMS_MOST];
    size_t lines_count;
};
/* Fails: ERR_INPUT (fields dollars, reference, payer). */
MUST_CHECK err fee_taking_prepare(struct arena *a, const struct keyring *k,
                                  struct fee_taking *t);
/* Fails: ERR_CONFLICT (no pad, used up; less is open now than was seen). */
MUST_CHECK err fee_take(struct arena *a, struct tx *tx, const struct fee_taking *t,
                        struct fee_receipt *ret);
/* A receipt not yet on a sheet, by who took it or 出納; all parts are there. */
MUST_CHECK err fee_void(struct arena *a, struct tx *tx, const struct actor *who,
                        int64_t now_ms, int64_t receipt, str why);
MUST_CHECK err fee_receipt_load(struct arena *a, struct snap *snap, int64_t agency,
                                int64_t id, struct fee_receipt *ret);
MUST_CHECK err fee_payer_open(struct arena *a, const struct keyring *k,
                              const struct fee_receipt *r, str *ret);

/* Rules alone. */
/* Over the items in their order, what is not waived or paid first. */
size_t fee_spread(const struct fee_account *account, int64_t dollars, struct fee_line *ret,
                  size_t most);
void fee_account_sum(struct fee_account *account);
str fee_number_text(struct arena *a, str code, int digits, int64_t number);
/* 壹佰貳拾元整 */
str fee_in_words(struct arena *a, int64_t dollars);
/* Texts by language as JSON, and back. */
str fee_label_json(struct arena *a, const struct label *l);
struct label fee_label_read(struct arena *a, str json);

#endif
