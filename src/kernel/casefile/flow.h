/* flow — the states of a case, the acts that lead from one to the next, and who may do
 * them.
 *
 *   received ─▶ in_work ─▶ proposed ─▶ decided ─▶ issued │ collected ─▶ closed
 *                 ▲           │  returned by the one who decides
 *                 └───────────┘
 *   in_work ─▶ sent_back (the applicant must supply something) ─▶ in_work
 *   decided against: refused ─▶ closed, once the letter has number and date.
 *   by the applicant before the decision: withdrawn.
 *
 * One table (flow.c) holds all of it; nothing here reads a database. A case is the fold of
 * its events: flow_fold applies one.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_FLOW_H
#define BIANMIN_KERNEL_CASEFILE_FLOW_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "base/words.h"
#include "kernel/party/party.h"

enum case_state {
    CASE_RECEIVED, CASE_IN_WORK, CASE_SENT_BACK, CASE_PROPOSED, CASE_DECIDED, CASE_REFUSED,
    CASE_ISSUED, CASE_COLLECTED, CASE_CLOSED, CASE_WITHDRAWN, CASE_STATES
};
extern const str case_state_key[CASE_STATES];
extern const char *const case_state_name[CASE_STATES]; /* MSG ids, for staff */
bool case_state_from_key(str key, enum case_state *ret);
/* Closed and withdrawn are the end; a refused case is open until its letter went out. */
bool case_state_is_open(enum case_state s);
/* What the public sees: proposed is in_work. */
enum case_state case_state_outside(enum case_state s);
extern const char *const case_state_public_name[CASE_STATES];

enum case_channel { CHANNEL_ONLINE, CHANNEL_COUNTER, CHANNEL_POST, CHANNEL_API, CHANNELS };
extern const str case_channel_key[CHANNELS];
extern const char *const case_channel_name[CHANNELS]; /* MSG ids */

struct casefile {
    int64_t agency, id;
    str number;          /* DA-115-000123-6 */
    str service;
    int service_version;
    enum case_state state;
    enum case_channel channel;
    int64_t unit, officer; /* officer 0: not assigned */
    int64_t received_ms;
    day due;             /* DAY_NONE: no term */
    int64_t decided_ms, closed_ms; /* 0: not yet */
    enum level level;    /* who decides */
    bool outcome_granted; /* what was proposed, then decided */
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
    ACT_DECIDE,    /* proposed → decided / refused */
    ACT_SEND_BACK, /* in_work → sent_back */
    ACT_RESUME,    /* sent_back → in_work */
    ACT_ISSUE,   /* decided → issued, with document number and date; so does a refusal */
    ACT_COLLECT, /* decided or issued → collected */
    ACT_CLOSE,
    ACT_WITHDRAW, /* the applicant, by code */
    ACT_COUNT
};
extern const str case_act_key[ACT_COUNT];
extern const char *const case_act_name[ACT_COUNT]; /* MSG ids of the buttons */
extern const str case_act_event[ACT_COUNT];        /* "case.taken" … */
extern const char *const case_act_done[ACT_COUNT]; /* MSG ids for the history */
bool case_act_from_key(str key, enum case_act *ret);

/* To whom of its unit a case may be assigned. */
bool casefile_may_work(const struct staff *s, const struct casefile *c);

/* May this actor see the case at all? Who works in its unit, to whom it is assigned,
 * whoever decides, secretary-general, head, coordinator, auditor; and who stands in for one
 * of them. */
bool casefile_may_see(const struct actor *who, const struct casefile *c);
/* May it be done now by this person? An actor with staff 0 is the owner, who has proved his
 * code: he may withdraw, nothing else. */
bool casefile_may(const struct actor *who, const struct casefile *c, enum case_act act);
/* He may only because a colleague is away: prints 代. */
bool casefile_as_deputy(const struct actor *who, const struct casefile *c,
                        enum case_act act);
/* The colleague he stands in for in this act; 0 when he acts for himself. */
int64_t casefile_stands_for(const struct actor *who, const struct casefile *c,
                            enum case_act act);
/* Does the case wait for the decision of this duty (own unit where it is a unit head)? */
bool casefile_decides(const struct actor *who, const struct casefile *c);

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

/* False: the table knows no such step. `granted` counts where something is decided. */
bool flow_next(enum case_state from, enum case_act act, enum level level, bool granted,
               enum case_state *ret_to);

/* One event of a case as the fold sees it. kind "case.received" begins; unknown kinds
 * (case.read) change nothing. */
struct case_fact {
    str kind;
    int64_t at_ms, actor;
    int64_t changes;
    /* case.received */
    int64_t unit;
    day due;
    enum level level;
    /* acts */
    int64_t officer;
    bool granted;
    str document_number;
    day document_day;
};
/* Applies it to `c` (zeroed before the first). False: the events do not fit the table. */
bool flow_fold(struct casefile *c, const struct case_fact *f);
/* Do the folded parts of two agree? */
bool flow_same(const struct casefile *a, const struct casefile *b);

/* Case numbers: prefix, ROC year, six digits, check digit (ISO 7064 MOD 11,10 over the
 * digits, letters as 10..35). */
str case_number(struct arena *a, str prefix, int roc_year, int64_t serial);
/* As a person typed it, tidied: da1150001236 → DA-115-000123-6; false when it is no number
 * or the check digit is wrong. */
bool case_number_tidy(struct arena *a, str typed, str *ret_number);

#endif
