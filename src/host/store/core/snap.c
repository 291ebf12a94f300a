/* snap — reading: a pool of connections, each a consistent snapshot while it is held.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"

#include <time.h>

enum { WAIT_SECONDS = 5 };

void pool_init(struct store *s, struct pool *p, int readers, const char *address,
               enum db_use use)
{
    pthread_condattr_t steady;

    pthread_mutex_init(&p->mutex, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&p->freed, &steady);
    pthread_condattr_destroy(&steady);
    p->address = address;
    p->use = use;
    p->count = readers < 1 ? 4 : readers > STORE_READERS ? STORE_READERS : readers;
    for (int i = 0; i < p->count; i++) {
        p->reader[i] = (struct reader){ .store = s, .pool = p, .next = p->free };
        p->free = &p->reader[i];
    }
}

void pool_close(struct pool *p)
{
    if (p->count == 0) {
        return;
    }
    for (int i = 0; i < p->count; i++) {
        db_close(p->reader[i].db);
        p->reader[i].db = NULL;
    }
    p->count = 0;
    p->free = NULL;
    pthread_cond_destroy(&p->freed);
    pthread_mutex_destroy(&p->mutex);
}

static struct reader *reader_take(struct pool *p)
{
    struct timespec until;
    struct reader *r;
    int late = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&p->mutex);
    while (p->free == NULL && late == 0) {
        late = pthread_cond_timedwait(&p->freed, &p->mutex, &until);
    }
    r = p->free;
    if (r != NULL) {
        p->free = r->next;
    }
    pthread_mutex_unlock(&p->mutex);
    return r;
}

static void reader_give(struct reader *r)
{
    struct pool *p = r->pool;

    pthread_mutex_lock(&p->mutex);
    r->next = p->free;
    p->free = r;
    pthread_cond_signal(&p->freed);
    pthread_mutex_unlock(&p->mutex);
}

static err reader_begin(struct arena *a, struct reader *r)
{
    struct pool *p = r->pool;
    enum db_use use = r->store->read_only ? DB_STATIC : p->use;

    if (r->db == NULL) {
        TRY(store_connect(a, r->store, p->address, DB_KIND_MAIN, use, &r->db));
    }
    return db_begin(a, r->db, DB_BEGIN_READ);
}

void snap_end(struct snap *snap)
{
    struct reader *r = snap->reader;

    if (r == NULL) {
        return;
    }
    snap->reader = NULL;
    snap->db = NULL;
    if (r->store->closed) { /* which has closed the connection as well */
        return;
    }
    db_rollback(r->db);
    reader_give(r);
}

static void snap_end_v(void *snap)
{
    snap_end(snap);
}

err snap_begin(struct arena *a, struct store *s, struct snap **ret)
{
    return pool_begin(a, &s->pool, ret);
}

err pool_begin(struct arena *a, struct pool *p, struct snap **ret)
{
    struct snap *snap = ARENA_NEW(a, struct snap);
    struct reader *r = snap == NULL ? NULL : reader_take(p);
    err e;

    if (snap == NULL) {
        return err_no_memory;
    }
    if (r == NULL) {
        FAIL(a, ERR_BUSY,
             SAY("Very many people are using this just now. Please try again in a moment."),
             STR(""), "no connection for reading within %d s", WAIT_SECONDS);
    }
    e = reader_begin(a, r);
    if (e != NULL) {
        /* A connection that failed is not trusted with the next snapshot. */
        db_close(r->db);
        r->db = NULL;
        reader_give(r);
        return e;
    }
    *snap = (struct snap){ .db = r->db, .reader = r };
    if (!arena_defer(a, snap_end_v, snap)) {
        return err_no_memory;
    }
    *ret = snap;
    return NULL;
}

err snap_query(struct arena *a, struct snap *snap, const struct query *q,
               const struct value *values, size_t count, struct table *ret_table)
{
    return db_query(a, snap->db, q, values, count, ret_table);
}

err snap_one(struct arena *a, struct snap *snap, const struct query *q,
             const struct value *values, size_t count, struct table *ret_row)
{
    struct table t;

    TRY(db_query(a, snap->db, q, values, count, &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING, SAY("This could not be found."), STR(""), "no row: %.200s",
             q->sql);
    }
    t.rows = 1;
    *ret_row = t;
    return NULL;
}

err snap_prepare(struct arena *a, struct snap *snap, const struct query *q)
{
    return db_prepare(a, snap->db, q);
}
