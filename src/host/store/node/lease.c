/* lease — which program runs a job, where several work on one database.
 *
 * A job belongs to who ran it last, until `until_ms` or until that program's node number is
 * no longer its own: the jobs of a program that died go to another one within its lease.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"
#include "host/store/node/node.h"

#define TAKE(NOW)                                                                         \
    "INSERT INTO job_lease (agency_id, name, holder, until_ms) "                          \
    "VALUES (1, ?1, ?2, " NOW " + ?3) ON CONFLICT (agency_id, name) "                     \
    "DO UPDATE SET holder = ?2, until_ms = " NOW " + ?3 "                                 \
    "WHERE job_lease.holder = ?2 OR job_lease.until_ms <= " NOW " OR NOT EXISTS "         \
    "(SELECT 1 FROM node_lease AS n WHERE n.agency_id = 1 "                               \
    "AND n.holder = job_lease.holder AND n.until_ms > " NOW ")"

static const struct query take_sql = {
    TAKE(STORE_NOW),
    "tti",
    .postgres = TAKE(STORE_NOW_POSTGRES),
};
static const struct query give_back_sql = {
    "DELETE FROM job_lease WHERE agency_id = 1 AND holder = ?1",
    "t",
};

static const struct query *const queries[] = { &take_sql, &give_back_sql };
const struct query_list lease_queries = { "host/store lease", queries,
                                          sizeof(queries) / sizeof(queries[0]) };

struct take {
    str name, holder;
    int64_t for_ms, changed;
};

static err take_run(void *context, struct arena *a, struct tx *tx)
{
    struct take *t = context;

    return tx_change(a, tx, &take_sql,
                     BIND(bind_text(t->name), bind_text(t->holder), bind_int(t->for_ms)),
                     &t->changed);
}

err store_job_is_ours(struct arena *a, struct store *s, const char *name, int64_t for_ms,
                      bool *ret_ours)
{
    struct take t = { .name = str_of(name), .for_ms = for_ms };

    *ret_ours = true;
    if (!store_is_shared(s)) {
        return NULL;
    }
    t.holder = str_of(s->node->holder);
    TRY(store_commit_in(s, a, COMMIT_SLICE, 1, take_run, &t));
    *ret_ours = t.changed == 1;
    return NULL;
}

static err give_back_run(void *context, struct arena *a, struct tx *tx)
{
    const struct store *s = context;

    return tx_run(a, tx, &give_back_sql, BIND(bind_text(str_of(s->node->holder))));
}

err store_jobs_give_back(struct arena *a, struct store *s)
{
    return store_is_shared(s) ? store_commit_in(s, a, COMMIT_SLICE, 1, give_back_run, s)
                              : NULL;
}
