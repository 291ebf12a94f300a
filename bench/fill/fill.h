/* fill — a city with as many cases as asked, for the bench: growth.
 *
 *   main.c  walks the days: who applies when, what happens; a commit every 250 cases
 *   pool.c  answers that the forms accept, with other people in them for each case
 *   story.c the way of one case up to today      put.c  its rows
 *
 * Offices and people are those of the demo city. Everything is as the program itself would
 * have written it: sealed, findable, events in order of time with a sound chain, rows the
 * fold of their events (`bianmin check` says so). What is left out: attached files,
 * consultations, grounds of refusals.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BENCH_FILL_H
#define BIANMIN_BENCH_FILL_H

#include "app/demo_inner.h"
#include "host/store/store.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/notice/notice.h"

#include <semaphore.h>

enum {
    FILL_BATCH = 250,      /* cases a commit */
    FILL_BATCH_STEPS = 8000,
    FILL_POOL = 48,        /* sets of answers a service */
    FILL_MOST_SERVICES = 32,
    FILL_MOST_ACTS = 16,
    FILL_DOCUMENT_BYTES = 48,
    FILL_CLOCKS = 2, /* statutory and control */
};

/* A service of an office, with answers for it. */
struct fill_service {
    struct demo_office *office;
    const struct service *service;
    struct flow_plan plan; /* through which levels a proposal goes */
    int64_t unit;
    int weight; /* its share of the cases */
    struct answers pool[FILL_POOL];
};

/* One thing that happens: a receipt, or an act. Without pointers into a batch. */
struct fill_step {
    int64_t at_ms, order;
    int64_t agency, id, actor, officer;
    int changes, notices;
    bool is_receipt, four_eyes;
    enum case_act act;
    enum case_outcome outcome;
    level_set path;
    struct clock_fact clocks[FILL_CLOCKS]; /* how they stand after it */
    size_t clocks_count;
    char document[FILL_DOCUMENT_BYTES];
    char note_hash[65]; /* "" none */
    str body;           /* receipt: in the batch */
};

/* A note of an act. */
struct fill_note {
    int64_t changes, staff, at_ms;
    str sealed;
};
struct fill_case {
    const struct fill_service *of;
    struct case_wish wish;
    struct casefile now; /* after its last act */
    str number;
    struct fill_step acts[FILL_MOST_ACTS];
    size_t acts_count;
    struct fill_note notes[FILL_MOST_ACTS];
    size_t notes_count;
    struct notice told[FILL_MOST_ACTS]; /* what the applicant was sent */
    size_t told_count;
    struct case_clock clocks[FILL_CLOCKS]; /* after its last act, like `now` */
    bool is_plain; /* granted without a detour, and closed */
};

/* What one commit writes. Two of them: while one is written the next is made. */
struct fill_batch {
    struct fill *fill;
    struct commit commit;
    struct arena *arena;
    struct arena_mark *mark;
    struct fill_case *cases[FILL_BATCH];
    size_t cases_count;
    struct fill_step *steps;
    size_t steps_count;
    sem_t free;
};

/* What will happen, the next first. */
struct fill_heap {
    struct fill_step *at;
    size_t count, room;
};

struct fill {
    struct arena *arena;
    struct demo *demo;
    int64_t cases, made, events, open;
    int days;
    uint64_t seed;
    struct fill_service services[FILL_MOST_SERVICES];
    size_t services_count;
    int weights;
    struct fill_heap heap;
    int64_t order;
    struct fill_batch batches[2];
    int turn;
    struct serial {
        int64_t agency;
        int year;
        int64_t last;
    } serials[DEMO_OFFICES * 32];
    size_t serials_count;
};

/* pool.c */
MUST_CHECK err fill_services(struct fill *f);
const struct fill_service *fill_pick(struct fill *f);
MUST_CHECK err fill_answers(struct fill *f, struct arena *a, const struct fill_service *of,
                            struct answers *ret);

/* story.c: made, told and folded. */
MUST_CHECK err fill_tell(struct fill *f, struct arena *a, int64_t at_ms,
                         struct fill_case *c);

/* put.c */
MUST_CHECK err fill_put_start(struct fill *f);
err fill_put_run(void *batch, struct arena *a, struct tx *tx);
MUST_CHECK err fill_serials_put(struct fill *f);
/* Who waits too long is told today, so that the server has nothing left to tell. */
MUST_CHECK err fill_late_tell(struct fill *f);

/* A pending act, in order of time. */
void heap_add(struct fill_heap *h, const struct fill_step *s);
bool heap_take(struct fill_heap *h, int64_t before_ms, struct fill_step *ret);

#endif
