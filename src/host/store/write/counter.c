/* counter — numbers without a gap, of which many commits take the next one each.
 *
 * Read once a group, counted up in memory, written once before COMMIT. What a commit that
 * is refused has taken is given back: nobody behind it has run yet.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/write/writer.h"

static struct counted *find(struct group *g, const struct counter *c, int64_t agency,
                            int64_t key)
{
    struct counted *n = g->counted;

    while (n != NULL && (n->counter != c || n->agency != agency || n->key != key)) {
        n = n->next;
    }
    return n;
}

/* In the group's arena: it outlives the commit that came first. */
static err begin(struct group *g, const struct counter *c, int64_t agency, int64_t key,
                 struct counted **ret)
{
    struct counted *n = ARENA_NEW(g->arena, struct counted);
    struct table t;

    if (n == NULL) {
        return err_no_memory;
    }
    TRY(db_query(g->arena, g->writer->db, &c->read, BIND(bind_int(agency), bind_int(key)),
                 &t));
    *n = (struct counted){ .counter = c,
                           .agency = agency,
                           .key = key,
                           .last = cell_int(&t, 0, 0),
                           .before = cell_int(&t, 0, 0),
                           .next = g->counted };
    n->written = n->last;
    g->counted = n;
    *ret = n;
    return NULL;
}

err tx_next(struct tx *tx, const struct counter *c, int64_t agency, int64_t key,
            int64_t *ret_number)
{
    struct counted *n = find(tx->group, c, agency, key);

    if (n == NULL) {
        TRY(begin(tx->group, c, agency, key, &n));
    }
    *ret_number = ++n->last;
    return NULL;
}

void counters_member_ends(struct group *g, bool is_kept)
{
    for (struct counted *n = g->counted; n != NULL; n = n->next) {
        n->last = is_kept ? n->last : n->before;
        n->before = n->last;
    }
}

err counters_write(struct group *g)
{
    for (struct counted *n = g->counted; n != NULL; n = n->next) {
        if (n->last != n->written) {
            TRY(db_change_later(
                g->arena, g->writer->db, &n->counter->write,
                BIND(bind_int(n->agency), bind_int(n->key), bind_int(n->last)), 1));
        }
    }
    return NULL;
}
