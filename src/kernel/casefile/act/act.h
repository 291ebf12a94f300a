/* act — an act on a case (簽辦): made ready by check with good words, done by one commit.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_ACT_H
#define BIANMIN_KERNEL_CASEFILE_ACT_H

#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/receive/receive.h"

struct calendar;
struct case_clock;
extern const struct query_list casefile_act_queries, casefile_hand_over_queries;

/* What stands in a decision against the applicant (行政程序法 §96): all of it is needed. */
struct case_grounds {
    str facts, reasons, law, remedy, term, authority;
};
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
    int64_t called_ms;   /* telephone: when; 0: not said. May be before today */
    bool sample_sent;    /* telephone: a filled-in sample went to the applicant */
    int version;         /* move: to which of its service */
    enum clock_speed speed; /* speed: the new one */
    struct case_restored restored; /* restore */
    struct case_paper papers[CASE_WANTED_MOST]; /* papers, resume: what came */
    size_t papers_count;
    /* made by casefile_act_prepare */
    bool as_deputy;
    enum level level, proposes; /* move: who decides and proposes then */
    const struct case_clock *clocks; /* move, correction, supply: both as they begin then */
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
/* Seals the note; checks who and state on the snapshot for good words. Fields of mistakes:
 * note, to, document_number, document_day, units, wanted, until, days, ground, other,
 * agency_name, version, speed, missed, hindrance_ended, asked, facts, reasons, law, remedy,
 * term, authority. */
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

/* What an act does to the statutory and the control clock in `list`, with nothing written:
 * for who tells the way of a case before there is a row of it. Consultations and questions,
 * which begin clocks of their own, are not told so. */
MUST_CHECK err case_act_clocks_tell(struct arena *a, const struct act_wish *w,
                                    const struct casefile *c, struct case_clock *list,
                                    size_t count, struct case_fact *f);

/* The officers with open cases of a unit, and how many; also one who is in another unit
 * now, or has left. */
struct case_desk {
    int64_t officer, cases;
};
MUST_CHECK err casefile_desks(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t unit, struct case_desk **ret, size_t *ret_count);

/* Commit. The open cases of `from` in the unit of `who` go to `to`, at most `most` at once;
 * the acts of each are checked as if done one by one. `*ret_left` are still with him. */
MUST_CHECK err casefile_hand_over(struct arena *a, struct tx *tx, const struct actor *who,
                                  int64_t from, int64_t to, int64_t now_ms, int most,
                                  int64_t *ret_count, int64_t *ret_left);

#endif
