/* casefile — one matter from receipt to closure.
 *
 *   received ─▶ in_work ─▶ proposed ─▶ decided ─▶ issued │ collected ─▶ closed
 *                 ▲           │  returned by the one who decides
 *                 └───────────┘
 *   in_work ─▶ sent_back (the applicant must supply something) ─▶ in_work
 *   decided against: refused.   by the applicant before decision: withdrawn.
 *
 * State is a fold over events, kept as a row in the same transaction. Outside, `proposed` is
 * shown as in_work. Who decides comes from the authority table: the matter's level; an
 * officer decides himself where the table says so.
 *
 * Case number: prefix-ROC year-six digits-check digit (DA-115-000123-4), gaps allowed. The
 * code is 12 Crockford characters, kept as keyed hash: whoever has number and code reads.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_H
#define BIANMIN_KERNEL_CASEFILE_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "base/words.h"
#include "kernel/form/form.h"
#include "kernel/office/office.h"
#include "kernel/party/party.h"
#include "kernel/service/service.h"

struct keyring;
struct snap;
struct tx;
struct id_source;

enum case_state {
    CASE_RECEIVED, CASE_IN_WORK, CASE_SENT_BACK, CASE_PROPOSED, CASE_DECIDED, CASE_REFUSED,
    CASE_ISSUED, CASE_COLLECTED, CASE_CLOSED, CASE_WITHDRAWN, CASE_STATES
};
extern const str case_state_key[CASE_STATES];
extern const char *const case_state_name[CASE_STATES]; /* MSG ids, for staff */
enum case_state case_state_outside(enum case_state s);
extern const char *const case_state_public_name[CASE_STATES];

enum case_channel { CHANNEL_ONLINE, CHANNEL_COUNTER, CHANNEL_POST, CHANNEL_API, CHANNELS };

struct casefile {
    int64_t agency, id;
    str number;          /* DA-115-000123-4 */
    str service;
    int service_version;
    enum case_state state;
    enum case_channel channel;
    int64_t unit, officer; /* officer 0: not assigned */
    int64_t received_ms;
    day due;             /* DAY_NONE: no term */
    int64_t decided_ms, closed_ms; /* 0: not yet */
    enum level level;    /* who decides */
    bool outcome_granted; /* once decided */
    str applicant_masked;
    int64_t changes;     /* counts up; a stale page gets ERR_CONFLICT */
    bool is_open;
};
struct case_event {
    int64_t seq, at_ms, actor;
    str kind, actor_name;
    str note; /* opened only where allowed */
};

/* What check makes of an application; commit only writes it. */
struct case_wish {
    int64_t agency, id;
    const struct service *service;
    enum case_channel channel;
    int64_t now_ms;
    day due;
    enum level level;
    int64_t unit;
    str code, code_hash;
    str idempotency;     /* hash; "" none */
    str applicant_masked;
    const struct sealed_answer *answers;
    size_t answers_count;
    const int64_t *files;
    size_t files_count;
    int64_t draft;       /* 0: none */
};
struct sealed_answer {
    str question;
    str plain;   /* JSON where it is not personal */
    str masked;
    str sealed;  /* where it is */
    str blind;   /* 16 bytes or "" */
    const char *blind_kind;
};
struct case_receipt {
    int64_t agency, id;
    str number, code, service;
    day due;
    int64_t received_ms;
    bool again; /* the same submission came before: the first receipt */
};
MUST_CHECK err casefile_prepare(struct arena *a, const struct keyring *k, struct id_source *ids,
                                const struct catalog *c, const struct agency *agency,
                                const struct unit *units, size_t units_count,
                                const struct service *service, const struct answers *answers,
                                enum case_channel channel, int64_t now_ms, str idempotency,
                                struct case_wish *ret_wish);
/* commit. Case, answers, event, idempotency in one; the same idempotency gives the first
 * receipt (its code is opened from its sealed copy). */
MUST_CHECK err casefile_receive(struct arena *a, struct tx *tx, const struct keyring *k,
                                const struct case_wish *wish, struct case_receipt *ret);

/* Reading. */
MUST_CHECK err casefile_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                             struct casefile *ret);
MUST_CHECK err casefile_by_number(struct arena *a, struct snap *snap, int64_t agency, str number,
                                  struct casefile *ret);
/* ERR_MISSING alike for a wrong number and a wrong code. */
MUST_CHECK err casefile_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                                int64_t agency, str number, str code, struct casefile *ret);
MUST_CHECK err casefile_events(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                               struct case_event **ret, size_t *ret_count);
MUST_CHECK err casefile_answers(struct arena *a, struct snap *snap, const struct keyring *k,
                                const struct casefile *c, bool open, struct sealed_answer **ret,
                                size_t *ret_count);

/* Worklists: what waits for `who`. */
enum case_list { LIST_MINE, LIST_UNIT_NEW, LIST_TO_DECIDE, LIST_UNIT_OPEN, LIST_ALL };
struct case_query {
    enum case_list list;
    str service, number;  /* narrow; "" all */
    int state;            /* -1 all */
    bool late_only;
    day today;
    int64_t after;        /* paging: id of the last row seen, 0 first page */
    int most;
};
MUST_CHECK err casefile_list(struct arena *a, struct snap *snap, const struct actor *who,
                             const struct case_query *q, struct casefile **ret, size_t *ret_count);
/* May this actor see the case at all? Own unit, own assignment, whoever decides, head,
 * coordinator, auditor. */
bool casefile_may_see(const struct actor *who, const struct casefile *c);

/* Acts. Each says whether it may be done now by this person (pure), and does it (commit).
 * `changes` is what the page had seen. */
enum case_act {
    ACT_TAKE,        /* received → in_work, to me */
    ACT_ASSIGN,      /* to a colleague (unit head, dispatcher) */
    ACT_NOTE,
    ACT_PROPOSE,     /* in_work → proposed (or straight to decided at officer level) */
    ACT_RETURN,      /* proposed → in_work */
    ACT_DECIDE,      /* proposed → decided / refused */
    ACT_SEND_BACK,   /* in_work → sent_back */
    ACT_RESUME,      /* sent_back → in_work */
    ACT_ISSUE,       /* decided → issued, with document number and date */
    ACT_COLLECT,     /* decided → collected */
    ACT_CLOSE,
    ACT_WITHDRAW,    /* the applicant, by code */
    ACT_COUNT
};
extern const str case_act_key[ACT_COUNT];
extern const char *const case_act_name[ACT_COUNT]; /* MSG ids of the buttons */
bool casefile_may(const struct actor *who, const struct casefile *c, enum case_act act);

struct act_wish {
    enum case_act act;
    int64_t agency, id, changes, now_ms;
    struct actor who;
    bool grant;          /* propose, decide: granted or refused */
    int64_t to;          /* assign */
    str note_sealed;     /* free text of cases is personal */
    str note_hash;
    str document_number; /* issue: 發文字號, or the number of our own series */
    day document_day;
    bool as_deputy;
};
/* Seals the note; checks who and state on the snapshot for good words. */
MUST_CHECK err casefile_act_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                                    struct act_wish *wish, str note);
MUST_CHECK err casefile_act(struct arena *a, struct tx *tx, const struct act_wish *wish,
                            struct casefile *ret);

/* "Show": an event per opening; the reason is empty for an assigned case. */
MUST_CHECK err casefile_reading(struct arena *a, struct tx *tx, const struct actor *who,
                                int64_t now_ms, const int64_t *ids, size_t count, str reason,
                                int64_t session);
MUST_CHECK err casefile_is_shown(struct arena *a, struct snap *snap, int64_t session,
                                 int64_t agency, int64_t id, int64_t now_ms, bool *ret_shown);

#endif
