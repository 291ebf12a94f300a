/* month_store — the list of a month as it was drawn up: frozen, sealed, approved by
 * another.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_POINTS_MONTH_STORE_H
#define BIANMIN_FEATURE_POINTS_MONTH_STORE_H

#include "feature/points/points_rules.h"
#include "kernel/party/party.h"

struct keyring;
struct snap;
struct tx;

enum report_state { REPORT_NONE, REPORT_DRAWN, REPORT_APPROVED, REPORT_RETURNED };
struct points_report {
    int month;
    enum report_state state; /* REPORT_NONE: nobody has drawn it up */
    struct points_row *rows; /* in the order of the directory */
    size_t rows_count;
    str content, hash;       /* sealed; hex of what is in it */
    int64_t drawn_by, drawn_ms, decided_by, decided_ms, circulation;
    str note;
};
MUST_CHECK err points_report_load(struct arena *a, struct snap *snap,
                                  const struct keyring *k, int64_t agency, int month,
                                  struct points_report *ret);
/* check: seals the rows into `content`, with their hash; and the note of a return. */
MUST_CHECK err points_report_seal(struct arena *a, const struct keyring *k, int64_t agency,
                                  struct points_report *r);
MUST_CHECK err points_note_seal(struct arena *a, const struct keyring *k, int64_t agency,
                                struct points_report *r);
/* Commit. Draws it up, also anew after it was returned. Fails: ERR_CONFLICT (it is
 * there). */
MUST_CHECK err points_report_draw(struct arena *a, struct tx *tx, const struct actor *who,
                                  const struct points_report *r);
/* Commit. Fails: ERR_CONFLICT (decided, or drawn up anew, meanwhile). */
MUST_CHECK err points_report_decide(struct arena *a, struct tx *tx, const struct actor *who,
                                    const struct points_report *r);

#endif
