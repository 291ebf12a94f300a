/* check_store — for `bianmin check`: what went round is as its event tells, so is each
 * reading, and its text opens.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/circulation/circulation.h"
#include "kernel/proof/proof.h"

static const struct query rows_sql = {
    "SELECT id, kind, sender_id, at_ms, readers, sealed FROM circulation "
    "WHERE agency_id = ?1 AND id > ?2 ORDER BY id LIMIT 200",
    "ii",
};
static const struct query readers_sql = {
    "SELECT staff_id, read_ms FROM circulation_reader "
    "WHERE agency_id = ?1 AND circulation_id = ?2 ORDER BY staff_id",
    "ii",
};
static const struct query gone_sql = {
    "SELECT e.subject_id FROM event e WHERE e.agency_id = ?1 "
    "AND e.kind = 'circulation.sent' AND NOT EXISTS (SELECT 1 FROM circulation c "
    "WHERE c.agency_id = e.agency_id AND c.id = e.subject_id) ORDER BY e.seq LIMIT 100",
    "i",
};
static const struct query *const all_queries[] = { &rows_sql, &readers_sql, &gone_sql };
const struct query_list circulation_check_queries = {
    "circulation (check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

static bool was_read(const struct told_list *told, int64_t staff, int64_t at_ms)
{
    for (size_t i = 0; i < told->count; i++) {
        const struct told *e = &told->at[i];

        if (e->actor == staff && e->at_ms == at_ms &&
            str_equal(e->kind, STR("circulation.read"))) {
            return true;
        }
    }
    return false;
}

static err readings_check(struct proof *p, int64_t id, const struct told_list *told,
                          int64_t readers)
{
    struct table t;
    size_t read = 0;
    bool same;

    TRY(snap_query(p->a, p->snap, &readers_sql, BIND(bind_int(p->agency), bind_int(id)),
                   &t));
    same = (int64_t)t.rows == readers;
    for (size_t i = 0; i < t.rows; i++) {
        int64_t at_ms = cell_int(&t, i, 1);

        read += at_ms > 0 ? 1 : 0;
        same = same && (at_ms == 0 || was_read(told, cell_int(&t, i, 0), at_ms));
    }
    if (!same || read != told_count(told, STR("circulation.read"))) {
        proof_fault_id(p, id, "who has read it is not as the events tell");
    }
    return NULL;
}

static err paper_check(struct proof *p, const struct table *t, size_t i)
{
    int64_t id = cell_int(t, i, 0);
    const struct seal_place place = { p->agency, id, "circulation", "text" };
    struct told_list told;
    const struct told *e;

    TRY(proof_told(p, id, &told));
    e = told_only(&told, STR("circulation.sent"));
    if (e == NULL || e->actor != cell_int(t, i, 2) || e->at_ms != cell_int(t, i, 3) ||
        !str_equal(json_text_of(e->body, STR("kind")), cell_text(t, i, 1)) ||
        json_int_of(e->body, STR("readers"), -1) != cell_int(t, i, 4)) {
        proof_fault_id(p, id, "it is not as its event tells");
    }
    if (!proof_opens(p, &place, cell_bytes(t, i, 5), STR(""))) {
        proof_fault_id(p, id, "its text does not open");
    }
    return readings_check(p, id, &told, cell_int(t, i, 4));
}

static err all_check(struct proof *p)
{
    TRY(proof_each(p, &rows_sql, paper_check));
    return proof_gone(p, &gone_sql, "it was sent, but its row is gone");
}

err circulation_check_rows(struct arena *a, struct store *s, const struct keyring *k,
                           int64_t agency, circulation_say *say, void *context)
{
    const struct proof begin = {
        .k = k, .agency = agency, .what = "circulation", .say = say, .context = context
    };

    return proof_run(a, s, &begin, all_check, "circulated papers as their events tell");
}
