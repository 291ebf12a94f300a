/* worklist — which cases wait for a person, a unit, a level (待辦), and what is under
 * control (列管).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_WORKLIST_H
#define BIANMIN_KERNEL_CASEFILE_WORKLIST_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_list_queries, casefile_typed_queries;
extern const struct query_list casefile_control_queries, casefile_office_queries;

/* Worklists: what waits for `who`; a deputy has also what waits for a colleague who is
 * away. By the end of its term, so that what is late comes first; LIST_ALL newest first. */
enum case_list {
    LIST_MINE, LIST_UNIT_NEW, LIST_TO_DECIDE, LIST_UNIT_OPEN, LIST_ALL,
    LIST_CONSULTED /* my unit was asked and has not answered */
};
enum case_when { WHEN_ALL, WHEN_LATE, WHEN_SOON };
struct case_query {
    enum case_list list;
    str service, number;  /* narrow; "" all; a running number alone will do: 123 */
    int state;            /* -1 all */
    enum case_when when;  /* undecided, and past the term; or it ends until soon_ms */
    bool by_control;      /* the control limit instead of the statutory term */
    int64_t now_ms, soon_ms;
    int64_t after;        /* paging: id of the last row seen, 0 first page */
    int most;
};
MUST_CHECK err casefile_list(struct arena *a, struct snap *snap, const struct actor *who,
                             const struct case_query *q, struct casefile **ret,
                             size_t *ret_count);
/* Until when a term ends "soon": with the working day that comes `warn_days` after today
 * (the office's own, usual_terms_of). What ends within the day is soon from the
 * beginning. */
int64_t case_soon_ms(const struct calendar *cal, int warn_days, int64_t now_ms);
/* How many wait in a list; CASES_COUNTED + 1 where there are more: a page that counts them
 * all would be slow where many wait. */
#define CASES_COUNTED 200
MUST_CHECK err casefile_count(struct arena *a, struct snap *snap, const struct actor *who,
                              const struct case_query *q, size_t *ret_count);

/* The cases behind a figure of the head's page, of the whole office or of one unit. */
enum office_what {
    OFFICE_OPEN,
    OFFICE_LATE,     /* undecided and past the statutory term */
    OFFICE_SOON,
    OFFICE_CONTROL_LATE,
    OFFICE_CONTROL_SOON,
    OFFICE_PAUSED,
    OFFICE_SPECIAL,
    OFFICE_WAITS,    /* for the decision or seal of `level` */
    OFFICE_DECIDED,  /* since since_ms, the newest first */
    OFFICE_DECIDED_LATE,
    OFFICE_WHATS
};
extern const str office_what_key[OFFICE_WHATS];
bool office_what_from_key(str key, enum office_what *ret);
struct office_query {
    enum office_what what;
    int64_t unit;   /* 0: the whole office */
    enum level level;
    int state;      /* late: only those that are there; -1 all; CASE_PROPOSED is the
                     * submitted ones too */
    int64_t now_ms, soon_ms, since_ms;
    int64_t after;  /* paging: id of the last row seen */
    int most;
};
MUST_CHECK err casefile_of_office(struct arena *a, struct snap *snap, int64_t agency,
                                  const struct office_query *q, struct casefile **ret,
                                  size_t *ret_count);

/* Under control (列管), of the office or of one unit (0: all): undecided and past the
 * statutory term, with the law study group, special, or past the control limit; in this
 * order, the oldest first. `*ret_more`: there are more than `most`. */
MUST_CHECK err casefile_controlled(struct arena *a, struct snap *snap, int64_t agency,
                                   int64_t unit, int64_t now_ms, int most,
                                   struct casefile **ret,
                                   size_t *ret_count, bool *ret_more);

#endif
