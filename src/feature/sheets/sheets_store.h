/* sheets_store — postings, the shelf, and counts of downloads.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SHEETS_STORE_H
#define BIANMIN_FEATURE_SHEETS_STORE_H

#include "base/day.h"
#include "base/err.h"
#include "base/words.h"

struct snap;
struct store;
struct tx;

/* 張貼紀錄: a sheet that hangs, or hung, somewhere. */
struct posting {
    int64_t agency, id;
    /* "", "own": a poster of the office's own, by its title; id of a form, "shelf" */
    str service, sheet;
    str title;
    int version;
    str prices;                  /* what it says about money (sheets_prices); "" nothing */
    str place;
    int64_t staff, at_ms, photo; /* photo 0: none */
    int64_t down_by, down_ms;    /* down_ms 0: it hangs */
    int replaced_by;             /* postings_done: the version there now; 0 none */
};
/* What hangs now, by service and sheet. */
MUST_CHECK err postings_load(struct arena *a, struct snap *snap, int64_t agency,
                             struct posting **ret, size_t *ret_count);
/* What came down since then, the newest first. */
MUST_CHECK err postings_done(struct arena *a, struct snap *snap, int64_t agency,
                             int64_t since_ms, int most, struct posting **ret,
                             size_t *ret_count);
MUST_CHECK err posting_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                            struct posting *ret);
MUST_CHECK err posting_put(struct arena *a, struct tx *tx, const struct posting *p);
/* Fails: ERR_CONFLICT (taken down meanwhile). */
MUST_CHECK err posting_down(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                            int64_t staff, int64_t now_ms);

struct shelf_form {
    int64_t agency, id;
    str number;
    int version;
    struct label name;
    str unit, law;
    day checked, next_check; /* DAY_NONE: not said */
    int64_t odt, pdf;        /* files; 0: not in this format */
    bool on_shelf;
    int64_t staff, at_ms;
};
/* In order of number. */
MUST_CHECK err shelf_load(struct arena *a, struct snap *snap, int64_t agency,
                          bool on_shelf_only, struct shelf_form **ret, size_t *ret_count);
MUST_CHECK err shelf_one(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                         struct shelf_form *ret);
/* A new form (version 1), or the next version of one. Fails: ERR_CONFLICT (its number is
 * another form's; changed meanwhile). */
MUST_CHECK err shelf_put(struct arena *a, struct tx *tx, const struct shelf_form *f);

struct download {
    str what, format;
    int64_t this_month, total;
};
MUST_CHECK err downloads_load(struct arena *a, struct snap *snap, int64_t agency, int month,
                              struct download **ret, size_t *ret_count);
MUST_CHECK err downloads_add(struct arena *a, struct tx *tx, int64_t agency, str what,
                             str format, int month, int64_t count);

#endif
