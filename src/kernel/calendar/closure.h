/* closure — the rows behind a calendar: closures and official years, and what changed.
 *
 * Rows of the city (agency 1) hold for all offices: official files, and closures of the
 * whole city (停止上班). An office adds its own, and never reaches another one: what it wants
 * to be closed everywhere it proposes to the others. Nothing is taken out: a closure is
 * withdrawn by a later step. Each change leaves an event and a `calendar_change` for every
 * office it reaches, after which its running cases are gone through in slices.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CALENDAR_CLOSURE_H
#define BIANMIN_KERNEL_CALENDAR_CLOSURE_H

#include "kernel/calendar/calendar.h"

struct actor;
struct snap;
struct tx;
struct query_list;
extern const struct query_list calendar_queries;
extern const struct query_list closure_queries;

/* The topic of a calendar is (agency, CALENDAR_TOPIC, ""); the city's counts for all. */
#define CALENDAR_TOPIC "calendar"

/* The generation of one office; the rows of the city are in it. */
MUST_CHECK err calendar_load(struct arena *a, struct snap *snap, int64_t agency,
                             const struct calendar **ret);
/* The same with one closure more or less, to see what it would do: `more` may be NULL, and
 * `without` 0. */
MUST_CHECK err calendar_load_with(struct arena *a, struct snap *snap, int64_t agency,
                                  const struct closure_span *more, int64_t without,
                                  const struct calendar **ret);

/* Without closures: what is official. */
MUST_CHECK err calendar_load_official(struct arena *a, struct snap *snap, int64_t agency,
                                      const struct calendar **ret);

enum closure_state {
    CLOSURE_PROPOSED, /* from a feed: waits for a person */
    CLOSURE_HOLDS,
    CLOSURE_WITHDRAWN,
    CLOSURE_REFUSED, /* a person said that the proposal is none of ours */
    CLOSURE_DOUBTED, /* holds, but the feed has taken it back: waits for a person */
    CLOSURE_STATES
};
extern const str closure_state_key[CLOSURE_STATES];

struct closure {
    int64_t agency, id; /* agency 1: of the whole city */
    struct closure_span span;
    bool from_feed;
    str source_key; /* what the feed calls it; "" by hand */
    int64_t at_ms;
    enum closure_state state;
    int64_t staff, state_ms; /* who brought it to this state, and when */
    str staff_name;          /* "" for the program */
};
/* Of an office and of the city, the latest day first; those that hold, wait or are
 * withdrawn alike. */
MUST_CHECK err closure_list(struct arena *a, struct snap *snap, int64_t agency, day from,
                            struct closure **ret, size_t *ret_count);
MUST_CHECK err closure_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                            struct closure *ret);
/* "12:00", "12", "24:00" as the minute of the day; -1 when it is no time. */
int closure_minute(str text);
/* "whole day" or hours that make sense, a reason, a day within reach of `today`; kind words
 * on the fields day, from, until, reason. */
void closure_check(const struct closure_span *s, day today, struct mistakes *m);

/* Commit. Adds one that holds, typed by a person. Fails: ERR_CONFLICT (the same hours of
 * the day are closed already). */
MUST_CHECK err closure_add(struct arena *a, struct tx *tx, const struct actor *who,
                           int64_t now_ms, const struct closure *c);
/* The door of a feed: one that waits for a person's key. The same source_key again changes
 * nothing; `*ret_new` tells. */
MUST_CHECK err closure_propose(struct arena *a, struct tx *tx, int64_t now_ms,
                               const struct closure *c, bool *ret_new);
/* The feed takes back what it said: a proposal from it for these hours is withdrawn; one
 * that a person confirmed holds on, doubted, until a person looks. Commit; `*ret_new`
 * false: nothing was there, or it was taken back before. */
MUST_CHECK err closure_taken_back(struct arena *a, struct tx *tx, int64_t now_ms,
                                  int64_t agency, const struct closure_span *s,
                                  bool *ret_new);
/* proposed → holds or refused, holds → withdrawn, doubted → holds or withdrawn. Fails:
 * ERR_CONFLICT (somebody was faster), ERR_MISSING. */
MUST_CHECK err closure_step(struct arena *a, struct tx *tx, const struct actor *who,
                            int64_t now_ms, int64_t agency, int64_t id,
                            enum closure_state to);

/* An official year as it was read from a file (import.h). */
struct official_year {
    int year;
    const struct office_day
        *days; /* those that differ from the plain week, or have a name */
    size_t count;
    bool is_revised; /* 修正版 */
};
/* Commit. On the city (agency 1) for all, else for one office. */
MUST_CHECK err calendar_year_put(struct arena *a, struct tx *tx, const struct actor *who,
                                 int64_t now_ms, int64_t agency, int64_t id, str file,
                                 str hash, const struct official_year *y,
                                 bool *ret_changed);
struct year_row {
    int year;
    str file;
    bool is_revised;
    str staff_name;
    int64_t at_ms;          /* 0: from the binary */
    int off, open, make_up; /* how many days */
};
/* All years that are official, ascending. */
MUST_CHECK err calendar_years(struct arena *a, struct snap *snap, int64_t agency,
                              struct year_row **ret, size_t *ret_count);

/* What must be gone through: the calendar of this office has changed between these days. */
struct calendar_change {
    int64_t agency, id;
    day first, last;
    str reason;
    int64_t staff, at_ms;
    int64_t after_id, seen, moved; /* how far it has come */
    int64_t done_ms;               /* 0: at it */
};
/* The oldest that is open, and the newest ones for the page. */
MUST_CHECK err calendar_change_next(struct arena *a, struct snap *snap, int64_t agency,
                                    bool *ret_found, struct calendar_change *ret);
MUST_CHECK err calendar_change_list(struct arena *a, struct snap *snap, int64_t agency,
                                    int most, struct calendar_change **ret,
                                    size_t *ret_count);
/* Commit: how far a slice has come; `done` ends it. */
MUST_CHECK err calendar_change_went(struct arena *a, struct tx *tx, int64_t now_ms,
                                    const struct calendar_change *c, bool done);

#endif
