/* flow — the states of a case, the acts that lead from one to the next, and who may do
 * them.
 *
 *   received ─▶ in_work ─▶ (consulted) ─▶ proposed ─▶ submitted ─▶ decided ─▶ issued │
 *                 ▲            │             │ returned  │            collected ─▶ closed
 *                 └────────────┴─────────────┴───────────┘
 *   in_work ─▶ sent_back (the applicant supplies what was named) ─▶ in_work
 *   decided against: refused, or not admitted on formal grounds ─▶ closed, once the letter
 *   has number and date. By the applicant before the decision: withdrawn. To another
 *   agency: transferred. Into another case: merged. An end may be reopened.
 *
 * A proposal goes up level by level (陳核): each that passes it on is a seal (核章), and the
 * level of the authority table decides (決行). One table (flow.c) holds all of it; nothing
 * here reads a database. A case is the fold of its events: flow_fold applies one (fold.c).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FLOW_H
#define BIANMIN_KERNEL_FLOW_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "base/words.h"
#include "kernel/party/party.h"

enum case_state {
    CASE_RECEIVED, CASE_IN_WORK, CASE_SENT_BACK, CASE_CONSULTED, CASE_PROPOSED,
    CASE_SUBMITTED, CASE_DECIDED, CASE_REFUSED, CASE_NOT_ADMITTED, CASE_ISSUED,
    CASE_COLLECTED, CASE_CLOSED, CASE_WITHDRAWN, CASE_TRANSFERRED, CASE_MERGED, CASE_STATES
};
extern const str case_state_key[CASE_STATES];
extern const char *const case_state_name[CASE_STATES]; /* MSG ids, for staff */
bool case_state_from_key(str key, enum case_state *ret);
/* Closed, withdrawn, transferred and merged are the end; a refused case is open until its
 * letter went out. */
bool case_state_is_open(enum case_state s);
/* Nothing is decided yet: it can still be late. */
bool case_state_is_undecided(enum case_state s);
/* What the public sees: proposed, submitted and consulted are in_work. */
enum case_state case_state_outside(enum case_state s);
extern const char *const case_state_public_name[CASE_STATES];

enum case_channel {
    CHANNEL_ONLINE, CHANNEL_COUNTER, CHANNEL_POST, CHANNEL_API, CHANNEL_TELEPHONE,
    CHANNEL_HOME, CHANNEL_LIST, CHANNEL_CROSS_OFFICE, CHANNELS
};
extern const str case_channel_key[CHANNELS];
extern const char *const case_channel_name[CHANNELS]; /* MSG ids */

/* What is proposed, then decided. */
enum case_outcome {
    OUTCOME_NONE, OUTCOME_GRANTED, OUTCOME_REFUSED, OUTCOME_NOT_ADMITTED, OUTCOMES
};
extern const str case_outcome_key[OUTCOMES]; /* "" grant refuse not_admit */
bool case_outcome_from_key(str key, enum case_outcome *ret);

#define CONSULTS_MOST 8
/* Levels as bits: 1 << level. */
typedef unsigned level_set;

struct casefile {
    int64_t agency, id;
    str number;          /* DA-115-000123-6 */
    str service;
    int service_version;
    enum case_state state;
    enum case_channel channel;
    int64_t unit, officer; /* officer 0: not assigned */
    int64_t received_ms;
    day due;             /* statutory, as the public is told; DAY_NONE: no term */
    day control_due;     /* 管制期限, inside; DAY_NONE: none */
    /* The first instant that is too late: after terms in days the day's end; 0: no term. */
    int64_t due_ms, control_due_ms;
    bool paused, control_paused; /* the clock stands still */
    int64_t decided_ms, closed_ms; /* 0: not yet */
    enum level level;    /* who decides */
    enum level proposes; /* who proposes: the officer, or a level above him */
    enum level waits_level; /* proposed, submitted: whose turn it is */
    level_set path;      /* what a live proposal goes through; 0: there is none */
    int64_t proposer;    /* of the last proposal */
    bool four_eyes;      /* the proposer may not decide */
    int seals;           /* 核章 so far */
    enum case_outcome outcome;
    bool outcome_granted; /* outcome == OUTCOME_GRANTED */
    int64_t consults[CONSULTS_MOST]; /* units that have not answered yet */
    size_t consults_count;
    bool objected;       /* a unit asked in this round does not agree */
    bool asked;          /* a question is with the law study group, or above us */
    bool special;        /* its applicant is told state and date like an overdue one */
    str document_number; /* 發文字號 or the number of our own series; "" not issued */
    day document_day;    /* DAY_NONE: not issued */
    str applicant_masked;
    str applicant_sealed; /* lists and casefile_load: for casefile_applicant */
    str applicant_question; /* which answer that is */
    int64_t changes;     /* counts up; a stale page gets ERR_CONFLICT */
    bool is_open;
};

enum case_act {
    ACT_TAKE,   /* received → in_work, to me */
    ACT_ASSIGN, /* to a colleague of the unit (unit head, dispatcher) */
    ACT_NOTE,
    ACT_PROPOSE,   /* in_work → proposed (or straight to decided at officer level) */
    ACT_RETURN,    /* proposed → in_work */
    ACT_DECIDE,    /* proposed → decided / refused / not admitted */
    ACT_SEND_BACK, /* in_work → sent_back */
    ACT_RESUME,    /* sent_back → in_work: it came by hand, or not at all */
    ACT_ISSUE,   /* decided → issued, with document number and date; so does a refusal */
    ACT_COLLECT, /* decided or issued → collected */
    ACT_CLOSE,
    ACT_WITHDRAW, /* the applicant, by code; or in writing, and the officer records it */
    ACT_ENDORSE,  /* 核章上陳: proposed → submitted, to the next level */
    ACT_CONSULT,  /* 會辦: other units are asked, each with its own clock */
    ACT_ANSWER,   /* one of them answers */
    ACT_WAIVE,    /* its answer is not waited for, with the reason */
    ACT_SUPPLY,   /* the applicant hands in what was named: sent_back → in_work */
    ACT_EXTEND,   /* statutory (once, with reason) or control clock */
    ACT_HALT,     /* the clock stops for a cause that is not the office's (§51 V) */
    ACT_GO_ON,
    ACT_TRANSFER, /* to the agency that is competent */
    ACT_SPLIT,    /* a second case out of this one */
    ACT_MERGE,    /* into another one */
    ACT_CORRECT,  /* an obvious mistake after the decision (§101) */
    ACT_REOPEN,
    ACT_STUDY,        /* hard case: question and ground to the law study group */
    ACT_STUDY_ANSWER, /* its answer; the next clerk finds it */
    ACT_INSTRUCT,     /* it becomes a request for interpretation (請示) */
    ACT_SPECIAL,      /* marked special, or no more */
    ACT_TELEPHONE,    /* who was called, what was asked and answered */
    ACT_HAND_OVER,    /* with the whole desk of a colleague */
    ACT_GIVE,         /* 改分: to another unit of the office, where it is new again */
    ACT_MOVE,         /* to another version of its service */
    ACT_PAPERS,       /* papers came in later: at the counter, by post */
    ACT_SPEED,        /* another speed of the document (處理速別), with the reason */
    ACT_RESTORE,      /* 回復原狀: a term missed without fault counts as kept (§50) */
    ACT_COUNT
};
extern const str case_act_key[ACT_COUNT];
extern const char *const case_act_name[ACT_COUNT]; /* MSG ids of the buttons */
extern const str case_act_event[ACT_COUNT];        /* "case.taken" … */
extern const char *const case_act_done[ACT_COUNT]; /* MSG ids for the history */
bool case_act_from_key(str key, enum case_act *ret);
/* The words for an event of any kind in the history; NULL: not shown there. */
const char *case_event_done(str kind);

/* To whom of its unit a case may be assigned. */
bool casefile_may_work(const struct staff *s, const struct casefile *c);

/* May this actor see the case at all? Who works in its unit or in one that is consulted, to
 * whom it is assigned, whoever decides, secretary-general, head, coordinator, auditor; and
 * who stands in for one of them. */
bool casefile_may_see(const struct actor *who, const struct casefile *c);
/* May it be done now by this person? An actor with staff 0 is the owner, who has proved his
 * code: he may withdraw and supply, nothing else. */
bool casefile_may(const struct actor *who, const struct casefile *c, enum case_act act);
/* He may only because a colleague is away: prints 代. */
bool casefile_as_deputy(const struct actor *who, const struct casefile *c,
                        enum case_act act);
/* The colleague he stands in for in this act; 0 when he acts for himself. */
int64_t casefile_stands_for(const struct actor *who, const struct casefile *c,
                            enum case_act act);
/* Does the case wait for the decision of this duty (own unit where it is a unit head)? */
bool casefile_decides(const struct actor *who, const struct casefile *c);
/* Is it his turn to pass a proposal on or to decide it? */
bool casefile_waits_for(const struct actor *who, const struct casefile *c);
/* The consulted unit for which he may answer; 0: none. */
int64_t casefile_answers_for(const struct actor *who, const struct casefile *c);

/* Why somebody looks at personal data of a case that is not assigned to him. */
enum reading_reason {
    READ_DECISION,
    READ_DEPUTY,
    READ_ENQUIRY,
    READ_CORRECTION,
    READ_AUDIT,
    READ_REASONS
};
extern const str reading_reason_key[READ_REASONS];
extern const char *const reading_reason_name[READ_REASONS]; /* MSG ids */

/* The clocks of a case. Statutory and control are one each; consultations and questions
 * have one each of their own (`number`). */
enum case_clock_kind {
    CASE_CLOCK_STATUTORY, CASE_CLOCK_CONTROL, CASE_CLOCK_CONSULT, CASE_CLOCK_STUDY,
    CASE_CLOCK_KINDS
};
extern const str case_clock_key[CASE_CLOCK_KINDS];
extern const char *const case_clock_name[CASE_CLOCK_KINDS]; /* MSG ids */
enum case_clock_state { CLOCK_RUNNING, CLOCK_PAUSED, CLOCK_ENDED, CASE_CLOCK_STATES };
extern const str case_clock_state_key[CASE_CLOCK_STATES];
bool case_clock_from_key(str key, enum case_clock_kind *ret);
bool case_clock_state_from_key(str key, enum case_clock_state *ret);

/* How a clock stands after an event. */
struct clock_fact {
    enum case_clock_kind kind;
    int number;           /* of a consultation or question; else 0 */
    enum case_clock_state state;
    day due;              /* DAY_NONE: no term */
    int64_t due_ms;       /* the first instant that is too late; 0: the day's end */
    int extended;         /* times */
    str rule;             /* canonical JSON where it begins here; "" */
    int64_t started_ms;   /* of one that begins here */
};
#define CLOCK_FACTS_MOST (2 + CONSULTS_MOST)

/* One event of a case as the fold sees it. kind "case.received" begins; unknown kinds
 * (case.read) change nothing. */
struct case_fact {
    str kind;
    int64_t at_ms, actor;
    int64_t changes;
    /* case.received; answer and waive: the unit that was asked */
    int64_t unit;
    day due;
    enum level level, proposes; /* also move: by the new version */
    int version;      /* case.received, move; 0: not said */
    /* acts */
    int64_t officer;
    bool granted;              /* events from before there were other outcomes */
    enum case_outcome outcome;
    level_set path;            /* propose; 0: events from before the path was kept */
    bool four_eyes;
    int64_t units[CONSULTS_MOST]; /* propose, consult: who is asked */
    size_t units_count;
    bool objects;              /* answer */
    bool off;                  /* special, study: no more */
    str document_number;
    day document_day;
    int notices;               /* rows that it put into the outbox */
    struct clock_fact clocks[CLOCK_FACTS_MOST];
    size_t clocks_count;
};
/* False: the table knows no such step. */
bool flow_next(const struct casefile *c, enum case_act act, const struct case_fact *f,
               enum case_state *ret_to);
/* Applies it to `c` (zeroed before the first). False: the events do not fit the table. */
bool flow_fold(struct casefile *c, const struct case_fact *f);
/* Is it undecided and past its term? A clock that stands still is not late. */
bool case_is_late(const struct casefile *c, int64_t now_ms);
/* The same of the control limit. */
bool case_control_is_late(const struct casefile *c, int64_t now_ms);
/* Does a term end within the day, not with it? */
bool case_ends_in_hours(day due, int64_t due_ms);
/* Do the folded parts of two agree? */
bool flow_same(const struct casefile *a, const struct casefile *b);

/* What a definition makes of the table: which levels a proposal passes. */
struct flow_plan {
    level_set levels;   /* that the office has, officer among them */
    level_set through;  /* that must pass it on below the deciding one; 0: all there are */
    enum level proposes, decides;
    size_t consults;
    bool four_eyes;
};
/* The levels whose seal a proposal needs, the deciding one last. */
level_set flow_path(const struct flow_plan *plan);
/* 核章數 as designed: the officer's, those asked, and the path. */
int flow_seals(const struct flow_plan *plan);
/* Why a flow of this plan could never end, or has a step without a way out: an English
 * sentence for `pack check` (MSG id); NULL: it can be walked to its end. */
const char *flow_fault(const struct flow_plan *plan);

/* Case numbers: prefix, ROC year, six digits, check digit (ISO 7064 MOD 11,10 over the
 * digits, letters as 10..35). */
str case_number(struct arena *a, str prefix, int roc_year, int64_t serial);
/* As a person typed it, tidied: da1150001236 → DA-115-000123-6; false when it is no number
 * or the check digit is wrong. */
bool case_number_tidy(struct arena *a, str typed, str *ret_number);

#endif
