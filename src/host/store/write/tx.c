/* tx — what a commit may do inside the writer's transaction.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/driver.h"
#include "host/store/write/writer.h"

/* Times and sums stay far below the smallest id of 2020, so a larger number is an id. */
#define ID_LEAST (INT64_C(1) << 56)

struct snap *tx_snap(struct tx *tx)
{
    return &tx->snap;
}

static void note_greatest(struct tx *tx, const struct value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].type == 'i' && values[i].number >= ID_LEAST &&
            values[i].number > tx->greatest_id) {
            tx->greatest_id = values[i].number;
        }
    }
}

static err note_change(struct arena *a, struct tx *tx, const struct value *values,
                       size_t count)
{
    if (fault_is_now(tx->store, FAULT_STATEMENT)) {
        return driver_failed(a, ERR_BUSY, STR("fault point"));
    }
    note_greatest(tx, values, count);
    return NULL;
}

err tx_change(struct arena *a, struct tx *tx, const struct query *q,
              const struct value *values, size_t count, int64_t *ret_changed)
{
    TRY(note_change(a, tx, values, count));
    TRY(db_change(a, tx->snap.db, q, values, count, ret_changed));
    tx->has_changed = tx->has_changed || *ret_changed > 0;
    return NULL;
}

/* Without waiting where the engine lets us: whether it has changed anything is not known
 * then, so it counts as if it had. */
static err change_later(struct arena *a, struct tx *tx, const struct query *q,
                        const struct value *values, size_t count, int64_t expected)
{
    int64_t changed;

    if (tx->snap.db->driver->change_later != NULL) {
        TRY(note_change(a, tx, values, count));
        tx->has_changed = true;
        return db_change_later(a, tx->snap.db, q, values, count, expected);
    }
    TRY(tx_change(a, tx, q, values, count, &changed));
    return expected == DB_ANY || changed == expected ? NULL
                                                     : driver_changed_others(a, q, changed);
}

err tx_change_one(struct arena *a, struct tx *tx, const struct query *q,
                  const struct value *values, size_t count)
{
    return change_later(a, tx, q, values, count, 1);
}

err tx_run(struct arena *a, struct tx *tx, const struct query *q,
           const struct value *values, size_t count)
{
    return change_later(a, tx, q, values, count, DB_ANY);
}

err tx_event(struct tx *tx, const struct event *e)
{
    struct pending_event *p = ARENA_NEW(tx->arena, struct pending_event);

    if (p == NULL) {
        return err_no_memory;
    }
    p->event = *e;
    p->event.kind = str_copy(tx->arena, e->kind);
    p->event.body = str_copy(tx->arena, e->body.len > 0 ? e->body : STR("{}"));
    *tx->events_end = p;
    tx->events_end = &p->next;
    return NULL;
}

void tx_topic(struct tx *tx, int64_t agency, const char *kind, str key)
{
    struct pending_topic *p = ARENA_NEW(tx->arena, struct pending_topic);

    if (p != NULL) { /* else the arena remembers, and the commit is refused */
        p->mark = (struct topic_mark){ agency, topic_slot(agency, kind, key) };
        p->next = tx->topics;
        tx->topics = p;
    }
}
