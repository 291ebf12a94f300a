/* casefile — one matter from receipt to closure.
 *
 * flow.h holds states, acts and who may do what. State is a fold over events, kept as a row
 * in the same transaction. Who decides comes from the authority table: the matter's level;
 * an officer decides himself where the table says so.
 *
 * Case number: prefix-ROC year-six digits-check digit (DA-115-000123-6), gaps allowed. The
 * code is 12 Crockford characters, kept as keyed hash: whoever has number and code reads.
 *
 * Personal answers are sealed one by one, notes too (free text of cases is personal). What
 * is shown opened is an event first: casefile_reading.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_H
#define BIANMIN_KERNEL_CASEFILE_H

#include "kernel/flow/flow.h"
#include "kernel/form/form.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"

struct calendar;
struct case_clock;
struct keyring;
struct snap;
struct store;
struct tx;
struct id_source;
struct query_list;
extern const struct query_list casefile_queries;
extern const struct query_list casefile_act_queries;
extern const struct query_list casefile_read_queries;
extern const struct query_list casefile_list_queries;
extern const struct query_list casefile_typed_queries;
extern const struct query_list casefile_check_queries;
extern const struct query_list casefile_file_queries;

/* What check makes of an application; commit only writes it. */
struct case_wish {
    int64_t agency, id;
    const struct service *service;
    enum case_channel channel;
    int64_t now_ms;
    day due;             /* statutory */
    const struct case_clock *clocks; /* case_clock.h; as they begin */
    size_t clocks_count;
    enum level level, proposes;
    int64_t unit;
    bool assigns;        /* by the rule of the definition, in the commit */
    str village;         /* as the tables write it, for that rule; "" not known */
    int64_t officer;     /* to whom; 0: as the rule says, else it waits in the unit */
    int64_t split_from;  /* 0: not */
    str number_prefix;
    str code, code_hash, code_sealed;
    str idempotency;     /* hash; "" none */
    str idempotency_body; /* hash of key and content where a key may be guessed; or "" */
    bool came_before;    /* check has seen this submission: commit looks for its case */
    str applicant_masked, applicant_question;
    str salt, answers_hash;
    const struct sealed_answer *answers;
    size_t answers_count;
    const struct sealed_answer *finds; /* cells of rows: question and blind only */
    size_t finds_count;
    const struct case_file *files;
    size_t files_count;
    int64_t draft;       /* 0: none */
    int64_t taken_by;    /* who took it in at the office; 0: it came by itself */
    const struct case_paper *papers; /* as they were seen then */
    size_t papers_count;
};
struct sealed_answer {
    str question;
    str plain;   /* JSON where it is not personal, or once opened */
    str masked;
    str sealed;  /* where it is */
    str blind;   /* 16 bytes or "" */
    const char *blind_kind;
};
struct case_file {
    int64_t file;
    str question;
};
/* A paper as it was seen: of the list, or in place of a file that the form asks for. */
enum case_paper_how {
    CASE_PAPER_ORIGINAL, CASE_PAPER_COPY, CASE_PAPER_BY_OFFICE, CASE_PAPER_NOT_THERE,
    CASE_PAPER_HOWS
};
extern const str case_paper_how_key[CASE_PAPER_HOWS]; /* original copy looked_up missing */
struct case_paper {
    bool is_question;
    str key;
    enum case_paper_how how;
};
struct case_receipt {
    int64_t agency, id;
    str number, code, service;
    day due;
    int64_t received_ms;
    bool again; /* the same submission came before: the first receipt */
};
MUST_CHECK err casefile_prepare(struct arena *a, const struct keyring *k,
                                struct id_source *ids, const struct catalog *c,
                                const struct calendar *cal, const struct agency *agency,
                                const struct unit *units, size_t units_count,
                                const struct service *service,
                                const struct answers *answers, enum case_channel channel,
                                int64_t now_ms, str idempotency,
                                struct case_wish *ret_wish);
/* What came by registered post was filed on its postmark (行政程序法 §49): a term that the
 * definition counts from there begins on that day. DAY_NONE changes nothing. */
MUST_CHECK err casefile_filed(struct arena *a, const struct calendar *cal, day filed,
                              struct case_wish *wish);
/* check: whether the same submission came before (`came_before`). It only spares the commit
 * a look: what came at the same moment is found there. */
MUST_CHECK err casefile_came_before(struct arena *a, struct snap *snap,
                                    struct case_wish *wish);
/* commit. Case, answers, event, idempotency in one; the same idempotency gives the first
 * receipt (its code is opened from its sealed copy). Fails: ERR_CONFLICT (the key came
 * before with another content: the receipt is somebody else's). */
MUST_CHECK err casefile_receive(struct arena *a, struct tx *tx, const struct keyring *k,
                                const struct case_wish *wish, struct case_receipt *ret);

/* Reading. */
MUST_CHECK err casefile_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                             struct casefile *ret);
MUST_CHECK err casefile_by_number(struct arena *a, struct snap *snap, int64_t agency,
                                  str number, struct casefile *ret);
/* ERR_MISSING alike for a wrong number and a wrong code. */
MUST_CHECK err casefile_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                                int64_t agency, str number, str code, struct casefile *ret);
/* The lookup code from its sealed copy: to print the receipt of what one has just taken
 * in. */
MUST_CHECK err casefile_code(struct arena *a, struct snap *snap, const struct keyring *k,
                             const struct casefile *c, str *ret_code);
/* The name, whole; only after casefile_reading. */
MUST_CHECK err casefile_applicant(struct arena *a, const struct keyring *k,
                                  const struct casefile *c, str *ret_name);
/* With `open` also the sealed ones are in `plain`; only after casefile_reading. */
MUST_CHECK err casefile_answers(struct arena *a, struct snap *snap, const struct keyring *k,
                                const struct casefile *c, bool open,
                                struct sealed_answer **ret, size_t *ret_count);
/* The answers as they were given, for the rules of a definition; to be shown to nobody. */
MUST_CHECK err casefile_given(struct arena *a, struct snap *snap, const struct keyring *k,
                              const struct casefile *c, const struct form *form,
                              struct answers *ret);
/* The way of applying behind a channel. */
enum service_way case_channel_way(enum case_channel channel);
MUST_CHECK err casefile_files(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t id, struct case_file **ret, size_t *ret_count);

struct case_event {
    int64_t seq, at_ms, actor, changes;
    str kind, actor_name;
    const char *done; /* MSG id: what happened */
    bool as_deputy, granted;
    enum case_outcome outcome;
    bool decides;     /* the outcome was decided here: `granted` tells which */
    int64_t officer;  /* assigned: to whom */
    str officer_name;
    const str *questions; /* keys of what was supplied or corrected */
    size_t questions_count;
    str number, how;  /* of a letter that it tells of, and how it was sent; "" */
    bool has_note;
    str note_sealed, note_hash;
    str note;         /* "" until case_event_open */
};
/* Did nobody do it: clocks set or moved, a warning, the word about a late case? */
bool case_event_by_program(const struct case_event *e);
/* In order; readings are not among them. */
MUST_CHECK err casefile_events(struct arena *a, struct snap *snap, int64_t agency,
                               int64_t id, struct case_event **ret, size_t *ret_count);
/* Opens the note of one event; only where allowed (notes of a case are personal; the owner
 * sees what he must supply: kind case.sent_back). Fails: ERR_BROKEN (changed). */
MUST_CHECK err case_event_open(struct arena *a, const struct keyring *k, int64_t agency,
                               int64_t id, struct case_event *e);

/* The history as the public sees it. `label` is a MSG id. */
struct case_step {
    enum case_state state;
    const char *label;
    int64_t at_ms;
};
MUST_CHECK err casefile_steps(struct arena *a, struct snap *snap, const struct casefile *c,
                              struct case_step **ret, size_t *ret_count);

/* Worklists: what waits for `who`; a deputy has also what waits for a colleague who is
 * away. By due date, so that what is late comes first; LIST_ALL newest first. */
enum case_list {
    LIST_MINE, LIST_UNIT_NEW, LIST_TO_DECIDE, LIST_UNIT_OPEN, LIST_ALL,
    LIST_CONSULTED /* my unit was asked and has not answered */
};
struct case_query {
    enum case_list list;
    str service, number;  /* narrow; "" all; a running number alone will do: 123 */
    int state;            /* -1 all */
    bool late_only;
    day today;
    int64_t after;        /* paging: id of the last row seen, 0 first page */
    int most;
};
MUST_CHECK err casefile_list(struct arena *a, struct snap *snap, const struct actor *who,
                             const struct case_query *q, struct casefile **ret,
                             size_t *ret_count);
/* How many wait in a list; CASES_COUNTED + 1 where there are more: a page that counts them
 * all would be slow where many wait. */
#define CASES_COUNTED 200
MUST_CHECK err casefile_count(struct arena *a, struct snap *snap, const struct actor *who,
                              const struct case_query *q, size_t *ret_count);

/* What stands in a decision against the applicant (行政程序法 §96): all of it is needed. */
struct case_grounds {
    str facts, reasons, law, remedy, term, authority;
};
/* One thing that the applicant must supply: a question of the form or a paper of the
 * list. */
struct case_wanted {
    bool is_paper;
    str key;
};
#define CASE_WANTED_MOST 32

/* What must hold in the commit of an act, said by a room that this one does not know: that
 * the fees are paid (kernel/fee). */
struct case_must {
    err (*holds)(struct arena *a, struct tx *tx, const void *what);
    const void *what;
};

/* Acts. `changes` is what the page had seen; who makes a wish fills what its act needs. */
struct act_wish {
    enum case_act act;
    int64_t agency, id, changes, now_ms;
    struct actor who;
    const struct catalog *catalog;   /* NULL: the level of the case alone decides */
    const struct calendar *calendar; /* NULL: no clock is touched */
    bool grant;          /* propose, decide: granted or refused … */
    enum case_outcome outcome; /* … unless this says it */
    int64_t to;          /* assign, hand over */
    str document_number; /* issue: 發文字號, or the number of our own series */
    day document_day;
    struct case_grounds grounds; /* propose, decide against */
    int64_t units[CONSULTS_MOST]; /* consult, propose: who is asked; answer, waive, give:
                                   * one */
    size_t units_count;
    bool objects;        /* answer */
    bool off;            /* special: no more */
    struct case_wanted wanted[CASE_WANTED_MOST]; /* send back: exactly these */
    size_t wanted_count;
    day wanted_until;    /* send back: the term; special: the expected date; DAY_NONE */
    enum case_clock_kind clock; /* extend: statutory or control */
    int extend_by;       /* in the unit of its term */
    str ground;          /* halt: "other_agency" "disaster" "other" */
    int64_t other;       /* merge: into which */
    str other_number;    /* split, merge: of the other case, as the applicant is told */
    str agency_name;     /* transfer: to whom */
    str lesson; /* answer of the law study group: what the next clerk should know */
    struct case_must paid; /* issue, collect: fee_paid_prepare; refused without it where the
                            * definition says that nothing goes out unpaid */
    const struct case_wish *split; /* split: the second case */
    const struct case_wish *supplied; /* supply: sealed answers and files */
    int version;         /* move: to which of its service */
    struct case_paper papers[CASE_WANTED_MOST]; /* papers, resume: what came */
    size_t papers_count;
    /* made by casefile_act_prepare */
    bool as_deputy;
    enum level level, proposes; /* move: who decides and proposes then */
    const struct case_clock *clocks; /* move: statutory and control as they begin then */
    day due_before;      /* by casefile_act */
    level_set path;
    bool four_eyes;
    str note_sealed;     /* free text of cases is personal */
    str note_hash;
    str grounds_sealed, grounds_hash;
};
/* Fails as it says; ERR_BROKEN where nobody asked. */
MUST_CHECK err case_must_hold(struct arena *a, struct tx *tx,
                              const struct case_must *must);
/* What was supplied or corrected, sealed for this case; `answers` are those of a form of
 * casefile_wanted_form or casefile_field_form. Only the answers and files of it are
 * used. */
MUST_CHECK err casefile_supply_prepare(struct arena *a, const struct keyring *k,
                                       const struct casefile *c,
                                       const struct answers *answers,
                                       struct case_wish *ret);
/* Seals the note; checks who and state on the snapshot for good words. Fields of mistakes:
 * note, to, document_number, document_day, units, wanted, until, days, ground, other,
 * agency_name, version, facts, reasons, law, remedy, term, authority. */
MUST_CHECK err casefile_act_prepare(struct arena *a, struct snap *snap,
                                    const struct keyring *k, struct act_wish *wish,
                                    str note);
/* The same for a case that the commit receives just before the act: taken in although
 * something is missing, and asked for at once (先行收件並通知補正). */
MUST_CHECK err casefile_act_prepare_new(struct arena *a, const struct keyring *k,
                                        const struct case_wish *received,
                                        struct act_wish *wish, str note);
MUST_CHECK err casefile_act(struct arena *a, struct tx *tx, const struct act_wish *wish,
                            struct casefile *ret);

/* "Show": one event for all `ids`, and they are open in this session for 10 minutes. The
 * reason is a key; empty for cases assigned to `who`. `who->staff` 0: the owner, who needs
 * none. Fails: ERR_INPUT (reason missing), ERR_MISSING (not his to see). */
MUST_CHECK err casefile_reading(struct arena *a, struct tx *tx, const struct actor *who,
                                int64_t now_ms, const int64_t *ids, size_t count,
                                str reason, int64_t session);
/* The same for the applicants' names alone, as a worklist shows them: the cases stay
 * shut. */
MUST_CHECK err casefile_reading_names(struct arena *a, struct tx *tx,
                                      const struct actor *who, int64_t now_ms,
                                      const int64_t *ids, size_t count, str reason,
                                      int64_t session);
/* Is the whole case open? */
MUST_CHECK err casefile_is_shown(struct arena *a, struct snap *snap, int64_t session,
                                 int64_t agency, int64_t id, int64_t now_ms,
                                 bool *ret_shown);
/* All whose name is open in this session now, or the whole, in order of id. */
MUST_CHECK err casefile_shown(struct arena *a, struct snap *snap, int64_t session,
                              int64_t agency, int64_t now_ms, int64_t **ret_ids,
                              size_t *ret_count);

/* `bianmin check`: every case has its events and is their fold, every number is right and
 * its own, every linked file is there. One line a finding; `sound` false for a fault. */
typedef void case_say(void *context, bool sound, str line);
MUST_CHECK err casefile_check(struct arena *a, struct store *s, int64_t agency,
                              case_say *say, void *context);

/* At start: marks the files that a case holds and that have no mark yet. */
MUST_CHECK err casefile_files_keep(struct arena *a, struct store *s, int *ret_kept);

#endif
