/* job — periodic work beside the people: one thread, one slice at a time.
 *
 * A job is a row of a const table: a name, a period, a function that does one slice (20 ms
 * of work at most, kept through job_commit, which waits behind people). While a job says
 * that there is more, its next slice comes after those of the other jobs that are due. A
 * slice that fails is logged and tried again after a minute, or its period where that is
 * shorter. Periods are measured by a clock that never goes back; `now_ms` is the official
 * time.
 *
 * Where several programs work on one database, each job is run by one of them; the others
 * look each period, and at least once a minute, whether it still does.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_JOB_H
#define BIANMIN_HOST_JOB_H

#include "host/store/store.h"

struct job_call {
    struct arena *arena; /* of this slice */
    struct store *store;
    void *context; /* as given to job_start */
    int64_t now_ms;
};

struct job {
    const char *name; /* "files.sweep", for the log */
    int period_seconds;
    /* `*ret_more` is false before the call. */
    err (*slice)(struct job_call *call, bool *ret_more);
};

/* What a room brings; the program lists all of them. */
struct job_list {
    const struct job *const *jobs;
    size_t count;
};

struct job_runner;

/* Every job runs first one period after the start, at most a minute after it. Stopped by
 * job_stop or with the arena, which must go before the store. */
MUST_CHECK err job_start(struct arena *a, struct store *s, const struct job_list *lists,
                         size_t count, void *context, struct job_runner **ret);
/* Waits for the slice at work. */
void job_stop(struct job_runner *r);
/* Runs one slice after the other until the job has no more; for commands and tests. */
MUST_CHECK err job_run_whole(struct arena *a, struct store *s, const struct job *j,
                             void *context, int64_t now_ms);
/* store_commit in the queue behind people. */
MUST_CHECK err job_commit(struct job_call *call, int64_t agency,
                          err (*run)(void *context, struct arena *a, struct tx *tx),
                          void *context);

/* Takes out files that nobody kept within a day. */
extern const struct job file_sweep_job;
/* Takes out what was told to other programs on this database long ago. */
extern const struct job change_sweep_job;

#endif
