/* inside — what the stores of this room share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FEE_INSIDE_H
#define BIANMIN_KERNEL_FEE_INSIDE_H

#include "base/buf.h"
#include "host/seal/seal.h"
#include "kernel/fee/cash.h"
#include "kernel/fee/pay.h"

#define FEE_SALT_BYTES 16
#define FEE_BODY_BYTES 8192

struct table;

/* A text sealed with random bytes before it; the hash of both stands in the event. */
MUST_CHECK err fee_text_seal(struct arena *a, const struct keyring *k,
                             struct seal_place place, str text, str *ret_sealed,
                             str *ret_hash);
MUST_CHECK err fee_text_open(struct arena *a, const struct keyring *k,
                             struct seal_place place, str sealed, str *ret_text);

/* Receipts by one of several conditions; their lines too where `lines`. */
#define RECEIPT_COLUMNS                                                                \
    "SELECT r.id, r.series_id, r.pad_id, r.number, r.casefile_id, r.means, r.dollars, " \
    "r.payer_masked, r.payer, r.staff_id, r.at_ms, r.receipt_day, r.reference, r.state, " \
    "r.void_by, r.void_ms, r.void_why, r.sheet_id, s.code, s.digits, p.name, c.number, " \
    "r.stroke_id "                                                                     \
    "FROM fee_receipt r "                                                              \
    "JOIN fee_series s ON s.agency_id = r.agency_id AND s.id = r.series_id "           \
    "LEFT JOIN staff p ON p.agency_id = r.agency_id AND p.id = r.staff_id "            \
    "LEFT JOIN casefile c ON c.agency_id = r.agency_id AND c.id = r.casefile_id "
MUST_CHECK err receipts_read(struct arena *a, const struct table *t, int64_t agency,
                             struct fee_receipt **ret, size_t *ret_count);
/* `t`: receipt_id, fee_key, kind, what, dollars in order of receipt_id and place. */
MUST_CHECK err receipts_lines(struct arena *a, const struct table *t,
                              struct fee_receipt *list, size_t count);
#define RECEIPT_LINE_COLUMNS \
    "SELECT l.receipt_id, l.fee_key, l.kind, l.what, l.dollars FROM fee_receipt_line l "

/* Commit. The next receipt of the taker's pad, with its lines and its event. */
MUST_CHECK err fee_receipt_write(struct arena *a, struct tx *tx,
                                 const struct fee_taking *t, struct fee_receipt *ret);
enum fee_kind fee_kind_of(str key);
/* The pad from which this person (0: the program) writes the next receipt, and its number.
 * Fails: ERR_CONFLICT. */
MUST_CHECK err fee_pad_next(struct arena *a, struct tx *tx, int64_t agency, int64_t staff,
                            struct fee_pad *ret, int64_t *ret_number);

/* Commit. The first act on a case keeps what was reckoned; `*ret_open`: what is to be paid
 * now (less than nothing: too much was paid). */
MUST_CHECK err fee_items_keep(struct arena *a, struct tx *tx, const struct fee_account *x,
                              int64_t *ret_open);

struct json_writer;
void fee_event_begin(struct arena *a, struct buf *b, struct json_writer *j);
MUST_CHECK err fee_event_end(struct tx *tx, struct buf *b, struct json_writer *j,
                             const struct actor *who, int64_t now_ms, str kind,
                             int64_t subject);

#endif
