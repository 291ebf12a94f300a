/* records_draw — which readings of a month are drawn, so that nobody can choose and anybody
 * can recompute it.
 *
 * The seed names office, month and the hash of the chain's last event of that month, which
 * nobody knows before the month is over. A reading's lot is the SHA-256 of the line
 *   bianmin-draw-1 OFFICE YYYY-MM HASH SEQ
 * and the smallest lots are drawn: apart for readings outside the reader's own work, of
 * which more are taken, and for those of his own. Rules only: nothing here reads a
 * database.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_RECORDS_DRAW_H
#define BIANMIN_FEATURE_RECORDS_DRAW_H

#include "kernel/casefile/reading/reading.h"
#include "kernel/review/lot.h"

extern const struct lot_share draw_outside, draw_own;

/* Did somebody open a case that was not his? */
bool draw_is_outside(const struct case_reading *r);

/* "bianmin-draw-1 district 2026-02 5f0c…": `hash` are bytes. */
str draw_seed(struct arena *a, str office, str month, str hash);

/* The drawn ones as places in `list`: outside own work first, each part in order of
 * lots. */
MUST_CHECK err draw_make(struct arena *a, str seed, const struct case_reading *list,
                         size_t count, size_t **ret_places, size_t *ret_count);

/* A month of the calendar, from the first instant to the first of the next. */
struct draw_month {
    int year, month;
    int64_t from_ms, until_ms;
};
/* `back` months before the one of `today`. */
struct draw_month draw_month_back(day today, int back);
/* "2026-02" */
str draw_month_key(struct arena *a, const struct draw_month *m);
/* 民國115年2月 · February 2026 · 2026年2月 */
str draw_month_text(struct arena *a, const struct draw_month *m, enum lang lang);

/* Sums over a month: a row for each reason, the last for own work. */
#define DRAW_ROWS (READ_REASONS + 1)
struct draw_sums {
    struct {
        /* Whole cases; lists of names, and the names on them. */
        int64_t cases, lists, names;
    } row[DRAW_ROWS];
    int64_t own, outside; /* readings */
};
struct draw_sums draw_sum(const struct case_reading *list, size_t count);

#endif
