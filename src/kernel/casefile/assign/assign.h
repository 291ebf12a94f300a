/* assign — who takes up a new case (分案): by village, by duty roster, or who has the least;
 * a definition may leave it to the unit (by hand).
 *
 * Each unit has two tables: which officer handles which village (里), and who is on duty on
 * a weekday or on a single day. A line holds from a day on; the newest of its key that has
 * begun is in force.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_ASSIGN_H
#define BIANMIN_KERNEL_CASEFILE_ASSIGN_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_assign_queries;

enum assign_kind { ASSIGN_LINE_VILLAGE, ASSIGN_LINE_ROSTER, ASSIGN_LINES };
extern const str assign_kind_key[ASSIGN_LINES]; /* village roster */

struct assign_line {
    enum assign_kind kind;
    str key;        /* 公園里 · "1" Monday … "7" Sunday · 2026-03-02, before its weekday */
    day since;      /* a single day of the roster: 0 */
    int64_t staff;  /* 0: nobody from then on */
    int64_t by, at_ms; /* who entered it; 0: the program */
};
/* All lines of a unit, also those that are over or have not begun: by kind, key, since. */
MUST_CHECK err assign_list(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                           struct assign_line **ret, size_t *ret_count);
/* What holds on a day; NULL: nothing was ever said. */
const struct assign_line *assign_in_force(const struct assign_line *list, size_t count,
                                          enum assign_kind kind, str key, day on);
/* What is said for later; NULL: nothing. */
const struct assign_line *assign_next(const struct assign_line *list, size_t count,
                                      enum assign_kind kind, str key, day after);
int assign_weekday(day d); /* 1 Monday … 7 Sunday */
/* Who of these people may stand in the tables of a unit: its officers, and the village
 * officers (里幹事) of any unit, who do the round for all. */
bool assign_may_get(const struct staff *s, int64_t agency, int64_t unit);
/* Who may change the tables of a unit: its head and its dispatcher, the secretary-general,
 * the administrator; and who stands in for one of them. */
bool assign_may_edit(const struct actor *who, int64_t unit);

/* Commit: writes these lines (a line of the same key and day is replaced); one event each.
 * Fails: ERR_DENIED, ERR_INPUT (a colleague who cannot get cases of the unit). */
MUST_CHECK err assign_put(struct arena *a, struct tx *tx, const struct actor *who,
                          int64_t now_ms, int64_t unit, const struct assign_line *list,
                          size_t count);
/* Commit: takes back a line that has not begun; of the roster also a single day. An event.
 * Fails: ERR_DENIED, ERR_CONFLICT (it is in force already, or gone). */
MUST_CHECK err assign_take_back(struct arena *a, struct tx *tx, const struct actor *who,
                                int64_t now_ms, int64_t unit,
                                const struct assign_line *line);

/* The name of a village as the tables write it: 公園, 青埔區公園里, 公園里 3 鄰 → 公園里; "" of
 * nothing. */
str village_plain(struct arena *a, str typed);
/* Which village a matter belongs to: the question that the definition names under
 * `flow.village`, else the first address. "" when it is not answered, or lies in another
 * district than the office's. */
str village_of_answers(struct arena *a, const struct catalog *c, const struct service *s,
                       const struct answers *answers);

/* How many open cases each officer of a unit has, for who has the least. */
struct desk_load {
    int64_t officer, open;
};
MUST_CHECK err casefile_loads(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t unit, struct desk_load **ret, size_t *ret_count);

/* What there is to be assigned. */
struct assign_ask {
    int64_t agency, unit, now_ms;
    enum flow_assign by;    /* the rule of its definition */
    str village;            /* as the tables write it; "" not known */
};
/* Inside the commit that receives a case: the officer, 0 where it waits in the unit. Who is
 * away today is replaced by his deputy, where that one may get it. Where the table names
 * nobody, it is who of the unit has the fewest open cases. */
MUST_CHECK err casefile_assign(struct arena *a, struct tx *tx, const struct assign_ask *w,
                               int64_t *ret_officer);

/* Who handles a service, as the public may know: named by its definition, on the roster of
 * today, or the officers of its unit; at most SERVICE_HANDLERS. */
struct handler {
    struct staff staff, deputy; /* deputy.id 0: none */
    bool away;                  /* today: the deputy stands in */
};
MUST_CHECK err assign_handlers(struct arena *a, struct snap *snap, int64_t agency,
                               int64_t unit, const struct service *s, day today,
                               struct handler **ret, size_t *ret_count);
/* The same of one officer, the one of a case. Fails: ERR_MISSING. */
MUST_CHECK err assign_handler_of(struct arena *a, struct snap *snap, int64_t agency,
                                 int64_t officer, day today, struct handler *ret);

#endif
