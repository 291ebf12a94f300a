/* pay — payments through a provider, behind one interface.
 *
 *   begun ─▶ paid | failed | expired | wrong (another amount came)
 *
 * Our page sends the payer to the provider with a signed address; the provider says what
 * became of it by a signed message (a callback, or its answer when a job asks: the payer's
 * way back proves nothing). The same message again changes nothing. A payment that comes
 * after its time is taken all the same: the money is there.
 *
 * The built-in simulator speaks the same messages to itself and says on every page that no
 * money moves.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FEE_PAY_H
#define BIANMIN_KERNEL_FEE_PAY_H

#include "kernel/fee/fee.h"

extern const struct query_list fee_payment_queries;

enum pay_by { PAY_NONE, PAY_SIMULATOR, PAY_PROVIDER };
/* Out of settings.yaml; lives as long as the program. */
struct pay_provider {
    enum pay_by by;
    str url;            /* https://pay.example/shop */
    str shop;           /* who we are to the provider */
    str secret;         /* for HMAC-SHA256 */
    str account_prefix; /* of virtual account numbers, digits; "" no transfers */
};

enum pay_way { PAY_ONLINE, PAY_TRANSFER };
enum pay_state { PAY_BEGUN, PAY_PAID, PAY_FAILED, PAY_EXPIRED, PAY_WRONG, PAY_STATES };
extern const str pay_state_key[PAY_STATES];
extern const char *const pay_state_name[PAY_STATES]; /* MSG ids */
struct fee_payment {
    int64_t agency, id, casefile;
    enum pay_way way;
    str provider;       /* "simulator", or the host of the address */
    int64_t dollars;
    str account;        /* of a transfer */
    enum pay_state state;
    str reference;      /* the provider's number */
    int64_t begun_ms, until_ms, ask_ms, ended_ms, receipt;
    int asked;
    str case_number;    /* of lists */
};
#define PAY_ONLINE_MS INT64_C(3600000)        /* an hour */
#define PAY_TRANSFER_MS INT64_C(604800000)    /* a week */
#define PAY_FIRST_ASK_MS INT64_C(120000)

MUST_CHECK err fee_payment_list(struct arena *a, struct snap *snap, int64_t agency,
                                int64_t casefile, struct fee_payment **ret,
                                size_t *ret_count);
MUST_CHECK err fee_payment_load(struct arena *a, struct snap *snap, int64_t agency,
                                int64_t id, struct fee_payment *ret);
/* All offices: those whose time to be asked has come. */
MUST_CHECK err fee_payment_due(struct arena *a, struct snap *snap, int64_t agency,
                               int64_t now_ms, int most, struct fee_payment **ret,
                               size_t *ret_count);
/* Commit. Keeps what is due. One at a time a case and way: one that is begun and still good
 * is given back instead (`ret`). Fails: ERR_CONFLICT (another sum is to be paid now). */
MUST_CHECK err fee_payment_begin(struct arena *a, struct tx *tx, int64_t now_ms,
                                 const struct fee_account *account,
                                 const struct fee_payment *p, struct fee_payment *ret);

/* What the provider says. */
struct pay_word {
    str shop;
    int64_t order;      /* our payment */
    str office;         /* key of its agency */
    enum pay_state state; /* PAY_BEGUN: it still waits */
    int64_t dollars;
    str reference;
    int64_t at_ms;
};
/* Out of its message; `sign` in it is the HMAC-SHA256, in hex, over its other fields in a
 * fixed order. Fails: ERR_DENIED (the signature is not the provider's), ERR_INPUT (no such
 * message). */
MUST_CHECK err pay_word_of(struct arena *a, const struct pay_provider *p,
                           const struct json *j, struct pay_word *ret);
/* The same out of bytes. */
MUST_CHECK err pay_word_read(struct arena *a, const struct pay_provider *p, str body,
                             struct pay_word *ret);
/* As the provider writes it: for the simulator and tests. */
str pay_word_write(struct arena *a, const struct pay_provider *p, const struct pay_word *w);
str pay_signature(struct arena *a, const struct pay_provider *p, str text);
/* Where the payer goes: order, amount and the way back, signed. */
str pay_address(struct arena *a, const struct pay_provider *p, str office,
                const struct fee_payment *x, str back);
/* What a job asks the provider: POST of this to `{url}/orders`. */
str pay_question(struct arena *a, const struct pay_provider *p, str office, int64_t order);

/* check: the receipt that this word would bring, with the applicant as payer; `*ret_needed`
 * false: it brings none. `receipt`: an id for it. `account` outlives the taking. */
MUST_CHECK err fee_payment_taking(struct arena *a, struct snap *snap,
                                  const struct keyring *k, int64_t agency,
                                  const struct pay_word *w, int64_t receipt,
                                  int64_t now_ms, struct fee_account *account,
                                  struct fee_taking *ret, bool *ret_needed);
/* Takes a word into account; `taking` NULL where it brings no receipt. Commit. `*ret_new`
 * false: nothing changed. */
MUST_CHECK err fee_payment_word(struct arena *a, struct tx *tx, int64_t now_ms,
                                int64_t agency, const struct pay_word *w,
                                const struct fee_taking *taking, struct fee_payment *ret,
                                bool *ret_new);
/* Commit: it is asked again later. Once its time is over it expires, but only where the
 * provider itself has said that it still waits (`waits`), or a month after: who could not
 * be asked may have taken the money. */
MUST_CHECK err fee_payment_later(struct arena *a, struct tx *tx, int64_t now_ms,
                                 int64_t agency, int64_t id, bool waits);
#define PAY_GIVE_UP_MS INT64_C(2592000000)
/* When to ask after the n-th time: 2, 4, 8 … at most 60 minutes later. */
int64_t pay_ask_after_ms(int asked);
/* A virtual account number: prefix, digits of the payment, check digit. */
str pay_account(struct arena *a, str prefix, int64_t id);
bool pay_account_is_valid(str account);

#endif
