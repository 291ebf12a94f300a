/* Between the files of records that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_RECORDS_WEB_H
#define BIANMIN_FEATURE_RECORDS_WEB_H

#include "desk/route.h"
#include "feature/records/records_draw.h"

/* A month with its readings and what is drawn of them. */
struct records_drawn {
    struct draw_month month;
    str key; /* 2026-02 */
    bool over;
    struct case_reading *readings;
    size_t count;
    str seed;         /* "" while the month runs, or without readings */
    int64_t last_seq; /* of the chain in that month */
    size_t *places;   /* of what is drawn, in `readings` */
    size_t places_count;
};
/* How far back one may look, this month included. */
#define RECORDS_MONTHS 25
/* The month that `key` names, else the last full one. */
MUST_CHECK err records_load(struct ask *q, str key, struct records_drawn *ret);

struct waits;
err records_waits(struct ask *q, struct waits *io);
err records_month_show(struct ask *q, struct reply *r);
extern const struct beats records_look_beats;

#endif
