/* receive — an application becomes a case (收件): made ready by check, written by one commit.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_RECEIVE_H
#define BIANMIN_KERNEL_CASEFILE_RECEIVE_H

#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_paper.h"

struct case_clock;
struct id_source;
extern const struct query_list casefile_receive_queries;

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

/* What was supplied or corrected, sealed for this case; `answers` are those of a form of
 * casefile_wanted_form or casefile_field_form. Only the answers and files of it are
 * used. */
MUST_CHECK err casefile_supply_prepare(struct arena *a, const struct keyring *k,
                                       const struct casefile *c,
                                       const struct answers *answers,
                                       struct case_wish *ret);

/* ---- for the store of this room ---- */

/* The body of the event of the receipt. */
str case_received_body(struct arena *a, const struct case_wish *w, str number);

#endif
