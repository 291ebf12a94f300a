/* clock — a term that runs: by when, how far, and why it is that day.
 *
 * Pure: a clock is reckoned from its rule, the instant it started and its spans (pauses and
 * extensions) on a calendar; the same lines that explain it have given the date.
 *
 * 行政程序法 (Administrative Procedure Act):
 *   §48 I    a term in hours runs at once.
 *   §48 II   days, weeks, months, years: the first day is left out …
 *   §48 III  … and months end on the day before the one that corresponds to the first day
 *            counted; where there is none, with the month.
 *   §48 IV   an end on a Sunday, holiday or other day of rest moves to the next open day,
 *            on a Saturday to Monday. A closure (停止上班) is such a day.
 *   §48 V    penalties and other burdens (`adverse`): the first day counts and a day of
 *            rest at the end counts, unless II and IV are kinder (`later_is_kinder`).
 *   §49      what comes by registered post was filed on its postmark (CLOCK_FROM_POSTMARK).
 *   §50      missed without fault: asked for within 10 days after the hindrance ended (a
 *            shorter term: within as many days), and within a year (clock_restore).
 *   §51 I    the published term; II none published: two months (clock_rule_default);
 *       III  extended once, at most by as much again; IV the applicant is told the reason
 *            before the end; V it stands still while a disaster or another cause not the
 *            office's lasts: missing papers are such a cause.
 * 文書流程管理作業規範 (document control):
 *   days of rest left out, from the day after receipt; done on the day of receipt is half a
 *   day; 最速件, 速件, 普通件 have a limit each (clock_rule_document); extended as often as
 *   the level that allows it says.
 *
 * A pause is told by instants; of terms in days both its first and its last day stand
 * still, of terms in hours exactly the time between.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CLOCK_H
#define BIANMIN_KERNEL_CLOCK_H

#include "base/err.h"
#include "kernel/calendar/calendar.h"

/* Statutory: what law and office promise the applicant. Control: inside, by document
 * control. They are never mixed in figures. */
enum clock_kind { CLOCK_STATUTORY, CLOCK_CONTROL, CLOCK_CONSULT, CLOCK_OTHER, CLOCK_KINDS };
extern const str clock_kind_key[CLOCK_KINDS]; /* statutory control consult other */

enum clock_unit {
    CLOCK_WORKING,
    CLOCK_CALENDAR,
    CLOCK_HOUR,
    CLOCK_MONTH,
    CLOCK_AT_ONCE, /* while you wait: the same day, or the next open one */
    CLOCK_NONE,
    CLOCK_WEEK,
    CLOCK_YEAR,
    CLOCK_UNITS
};
extern const str
    clock_unit_key[CLOCK_UNITS]; /* working calendar hour month at_once none … */
bool clock_unit_from_key(str key, enum clock_unit *ret);

enum clock_from {
    CLOCK_FROM_RECEIPT,
    CLOCK_FROM_COMPLETE, /* the day the papers were complete */
    CLOCK_FROM_POSTMARK,
    CLOCK_FROM_EVENT, /* a date in the answers: birth, death, move */
    CLOCK_FROMS
};
extern const str clock_from_key[CLOCK_FROMS]; /* receipt complete postmark event */

enum clock_ground {
    CLOCK_PAUSE_SUPPLY,       /* the applicant must supply something */
    CLOCK_PAUSE_OTHER_AGENCY, /* another agency must answer */
    CLOCK_PAUSE_DISASTER,
    CLOCK_PAUSE_OTHER,
    CLOCK_GROUNDS
};
extern const str clock_ground_key[CLOCK_GROUNDS]; /* supply other_agency disaster other */
#define CLOCK_GROUND(g) (1u << (g))
#define CLOCK_ALL_GROUNDS ((1u << CLOCK_GROUNDS) - 1)

#define CLOCK_VALUE_MOST 3660 /* nobody waits longer, in any unit */
struct clock_limit {
    int value;
    enum clock_unit unit;
};
struct clock_stage {
    struct clock_limit limit;
    struct label name; /* empty where there is one stage */
    str by;            /* "社會局"; "" the office itself */
};
struct clock_extend {
    int times;            /* 0: not at all */
    bool within_original; /* each at most as long as the term itself (§51 III) */
    str level;            /* who allows it: a key of the authority table's levels; "" */
    str law;
};
#define CLOCK_STAGES 4
/* 處理速別 of a document. */
enum clock_speed {
    CLOCK_SPEED_NONE,
    CLOCK_MOST_URGENT,
    CLOCK_URGENT,
    CLOCK_ORDINARY,
    CLOCK_SPEEDS
};
extern const str clock_speed_key[CLOCK_SPEEDS]; /* "" most_urgent urgent ordinary */
extern const char *const clock_speed_name[CLOCK_SPEEDS]; /* MSG ids; NULL */
bool clock_speed_from_key(str key, enum clock_speed *ret);

struct clock_rule {
    enum clock_kind kind;
    enum clock_from from;
    struct clock_stage stages[CLOCK_STAGES]; /* one after the other */
    size_t stages_count;                     /* 0: no term */
    unsigned pauses;                         /* CLOCK_GROUND(…) | … that stop it */
    struct clock_extend extend;
    bool adverse, later_is_kinder;
    enum clock_speed speed; /* a control limit by the speed of the document */
};

/* One stage of `value` `unit`, statutory: stops for every ground, extended once, at most by
 * as much again. */
struct clock_rule clock_rule_of(int value, enum clock_unit unit);
/* §51 II: two months. */
struct clock_rule clock_rule_default(void);
/* Control: working days, extended three times. */
struct clock_rule clock_rule_control(int days);
/* The same of a document of this speed: how many days that is, the office says. */
struct clock_rule clock_rule_document(enum clock_speed speed, int days);

/* Canonical JSON: the same rule gives the same bytes. */
str clock_rule_json(struct arena *a, const struct clock_rule *r);
/* Fails: ERR_BROKEN (not of ours). */
MUST_CHECK err clock_rule_read(struct arena *a, str json, struct clock_rule *ret);

/* Instants are UTC milliseconds. */
struct clock_pause {
    int64_t from_ms, until_ms; /* until 0: it still stands */
    enum clock_ground ground;
};
struct clock_extension {
    struct clock_limit by;
    int64_t at_ms;
};
/* In the order in which they happened. */
struct clock_spans {
    const struct clock_pause *pauses;
    size_t pauses_count;
    const struct clock_extension *extensions;
    size_t extensions_count;
    int64_t done_ms; /* 0: it runs */
};

enum clock_state {
    CLOCK_OFF, /* no term */
    CLOCK_RUNS,
    CLOCK_STANDS, /* paused */
    CLOCK_LATE,   /* runs, and the end is past */
    CLOCK_DONE,
    CLOCK_DONE_LATE,
    CLOCK_STATES
};
extern const str clock_state_key[CLOCK_STATES]; /* off runs stands late done done_late */

struct clock {
    enum clock_state state;
    day start;      /* the day left out (or the first, where `adverse`) */
    day due;        /* DAY_NONE without a term; while it stands, what it would be if the
                       pause ended today */
    int64_t due_ms; /* the first instant that is too late: terms in days end with the day */
    day stage_due[CLOCK_STAGES];
    /* Days used so far, in halves (document control: done on the day of receipt is half a
     * day): working days, or days where the unit is one of the calendar. */
    int used_halves;
    int left;        /* such days from tomorrow to the end; negative when late */
    int64_t used_ms; /* for terms in hours */
};
/* `start_ms`: receipt, completion, postmark or event, as the rule says. `now_ms` is not
 * before it, or nothing is used. */
struct clock clock_reckon(const struct calendar *cal, const struct clock_rule *r,
                          int64_t start_ms, const struct clock_spans *s, int64_t now_ms);

/* One day of the explanation. */
struct clock_line {
    day day;
    bool counts;
    int number;       /* the how manieth day it is; 0 when it does not count */
    size_t stage;     /* of which stage; stages_count + n: of the n-th extension */
    struct words why; /* "Counts", "Saturday", "Closed: typhoon" … */
    const char *law;  /* MSG id; NULL */
    bool is_due;      /* the last one */
    bool is_special;  /* a make-up workday, a closure, a holiday: what people ask about */
};
/* Day by day, from the first to the due day. Where the term stands the last line is today.
 * At most CLOCK_LINES_MOST; a longer one is told by its first days and its last
 * (`*ret_left_out`). */
#define CLOCK_LINES_MOST 800
MUST_CHECK err clock_explain(struct arena *a, const struct calendar *cal,
                             const struct clock_rule *r, int64_t start_ms,
                             const struct clock_spans *s, int64_t now_ms,
                             struct clock_line **ret, size_t *ret_count, int *ret_left_out);

/* Whether it may be extended by `by` now: as often, as long and as early as the rule says,
 * with a ground. Fails: ERR_CONFLICT (not at all, too often, the end is past), ERR_INPUT
 * (fields days, ground). */
MUST_CHECK err clock_may_extend(struct arena *a, const struct calendar *cal,
                                const struct clock_rule *r, int64_t start_ms,
                                const struct clock_spans *s, int64_t now_ms,
                                struct clock_limit by, str ground);
/* §50: the last day to ask for restoration; DAY_NONE when a year has passed. `term_days`:
 * how long the term was; 0: ten days or more. */
day clock_restore(const struct calendar *cal, day missed, day hindrance_ended,
                  int term_days);

/* "3 working days" · "2 months" · "4 hours" · "While you wait". */
struct words clock_limit_words(struct clock_limit l);
/* "Half a day" · "3 days" · "2½ days". */
struct words clock_used_words(int halves);

#endif
