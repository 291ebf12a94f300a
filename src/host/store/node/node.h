/* node — the number that this process uses in ids, and the pulse by which it keeps it.
 *
 * Where one process owns the database each start takes the next number. Where several work
 * on one, a number is a lease of 20 s by the database's own clock, renewed every two
 * seconds by a thread. Who could not renew it in time by its own clock (which is let run a
 * tenth faster) writes nothing until it has; if somebody has taken the number meanwhile,
 * it takes another one, and its ids go on from there. A number is taken that was never
 * used, else the one that has been free for longest: what a paused process had in its hands
 * is long over by then. (Were it not, the writers' marks stop it: recover.c.)
 *
 * Each renewal raises the lease's `pulse`. What a standby shows of it says how far behind
 * that standby is, without comparing the clocks of two machines.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_NODE_NODE_H
#define BIANMIN_HOST_STORE_NODE_NODE_H

#include "base/err.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { NODE_PULSES = 64 }; /* remembered */

struct arena;
struct db;
struct id_source;
struct store;

struct node {
    _Atomic int number;
    const char *holder; /* host, process, and a number by chance */
    int lease_ms;
    _Atomic int64_t held_until_ns; /* steady clock; INT64_MAX: nobody else takes it */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t tick;
    bool is_ready, is_running, closing, is_wanted;
    struct id_source *ids;
    struct db *db;                /* the thread's */
    int64_t pulse;                /* the last that was sent */
    int64_t sent_ns[NODE_PULSES]; /* when, by its number */
};

/* `lease_ms` 0: 20 s. */
MUST_CHECK err node_open(struct arena *a, struct store *s, int lease_ms);
/* How many programs have a number just now. */
MUST_CHECK err node_count(struct arena *a, struct db *db, int64_t *ret_count);
/* Before the writers run. `db` is lent for this. */
MUST_CHECK err node_start(struct arena *a, struct store *s, struct db *db);
/* After them: the number is given back. */
void node_stop(struct store *s);
/* ERR_BUSY while the number may belong to somebody else. */
MUST_CHECK err node_check(struct arena *a, const struct store *s);
bool node_is_held(const struct store *s);
/* The number of the next pulse: a standby that shows it has all that is committed by now.
 * It comes soon. */
int64_t node_next_pulse(struct store *s);
/* How old a standby that shows pulse `number` may be, in ms; INT64_MAX: nobody knows. */
int64_t node_pulse_age_ms(struct store *s, int64_t number);

#endif
