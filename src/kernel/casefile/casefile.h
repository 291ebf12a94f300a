/* casefile — one matter from receipt to closure: what is kept of it, and how it is found.
 *
 * flow.h holds states, acts and who may do what; how it is received, acted on and listed,
 * in the rooms within this one. State is a fold over events, kept as a row in the same
 * transaction. Who decides comes from the authority table: the matter's level;
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

#include "kernel/clock/clock.h"
#include "kernel/flow/flow.h"
#include "kernel/form/form.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"

struct calendar;
struct keyring;
struct snap;
struct store;
struct tx;
struct query_list;
extern const struct query_list casefile_queries;
extern const struct query_list casefile_read_queries;
extern const struct query_list casefile_file_queries;
extern const struct query_list casefile_some_queries;

/* An answer as it is kept. */
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
/* Reading. */
MUST_CHECK err casefile_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                             struct casefile *ret);
MUST_CHECK err casefile_by_number(struct arena *a, struct snap *snap, int64_t agency,
                                  str number, struct casefile *ret);
/* ERR_MISSING alike for a wrong number and a wrong code. */
MUST_CHECK err casefile_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                                int64_t agency, str number, str code, struct casefile *ret);
/* The numbers of these cases, "" for an id that is none. */
MUST_CHECK err casefile_numbers(struct arena *a, struct snap *snap, int64_t agency,
                                const int64_t *ids, size_t count, str **ret_numbers);
/* These cases in this order; one with id 0 for an id that is none. */
MUST_CHECK err casefile_some(struct arena *a, struct snap *snap, int64_t agency,
                             const int64_t *ids, size_t count, struct casefile **ret);
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
/* The same with some of them corrected: `corrected` are sealed for this case. */
MUST_CHECK err casefile_given_corrected(struct arena *a, struct snap *snap,
                                        const struct keyring *k, const struct casefile *c,
                                        const struct form *form,
                                        const struct sealed_answer *corrected, size_t count,
                                        struct answers *ret);
/* The way of applying behind a channel. */
enum service_way case_channel_way(enum case_channel channel);
MUST_CHECK err casefile_files(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t id, struct case_file **ret, size_t *ret_count);

/* 回復原狀 (行政程序法 §50): days; all but `term_days` (0: ten days or more) are needed. */
struct case_restored {
    day missed;          /* the last day of the term that was missed */
    day hindrance_ended;
    day asked;
    day last;            /* until when it could be asked for; in a wish not needed */
    int term_days;
};

/* What an event was about, as its body tells it; empty where it tells nothing. */
struct case_what {
    enum case_clock_kind clock;      /* extended */
    int by;                          /* … by so much of `unit_of_term`; 0: not */
    enum clock_unit unit_of_term;
    day due_was, due;                /* the statutory end; alike: this did not move it */
    day control_was, control;        /* the control limit */
    enum clock_speed speed_was, speed;
    str ground;                      /* halted: "other_agency" "disaster" "other" */
    str reason;                      /* due moved: of the calendar */
    int64_t units[CONSULTS_MOST];    /* asked; or the one that answered */
    size_t units_count;
    bool objects;
    str document;                    /* issued, corrected */
    day document_day;
    int64_t other;                   /* split, merged: the other case */
    str other_number;
    bool split_from;                 /* received: out of the other one */
    str agency;                      /* passed on to */
    int version;                     /* moved to; 0 */
    int64_t called_ms;               /* telephone: when; 0: not said */
    bool sample_sent;
    struct case_restored restored;   /* .missed DAY_NONE: not */
};
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
    struct case_what what;
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

/* At start: marks the files that a case holds and that have no mark yet. */
MUST_CHECK err casefile_files_keep(struct arena *a, struct store *s, int *ret_kept);

#endif
