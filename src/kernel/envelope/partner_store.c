/* partner_store — agencies of other installations whose key was compared with theirs.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/store/store.h"
#include "kernel/envelope/inside.h"

#define COLUMNS "SELECT public_key, key, name, since_ms, added_by FROM envelope_partner "

static const struct query put_sql = {
    "INSERT INTO envelope_partner (agency_id, public_key, key, name, since_ms, added_by) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (agency_id, public_key) "
    "DO UPDATE SET key = ?3, name = ?4, since_ms = ?5, added_by = ?6", "ibttii",
};
static const struct query drop_sql = {
    "DELETE FROM envelope_partner WHERE agency_id = ?1 AND public_key = ?2", "ib",
};
static const struct query list_sql = { COLUMNS "WHERE agency_id = ?1 ORDER BY key", "i" };
static const struct query one_sql = { COLUMNS "WHERE agency_id = ?1 AND public_key = ?2",
                                      "ib" };
static const struct query *const all_queries[] = { &put_sql, &drop_sql, &list_sql,
                                                   &one_sql };
const struct query_list envelope_partner_queries = {
    "envelope (partners)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct envelope_partner partner_at(struct arena *a, const struct table *t, size_t i)
{
    return (struct envelope_partner){
        .party = { .key = cell_text(t, i, 1), .public_key = cell_bytes(t, i, 0),
                   .name = envelope_name_read(a, cell_text(t, i, 2)) },
        .since_ms = cell_int(t, i, 3), .added_by = cell_int(t, i, 4),
    };
}

err envelope_partners(struct arena *a, struct snap *snap, int64_t agency,
                      struct envelope_partner **ret, size_t *ret_count)
{
    struct table t;
    struct envelope_partner *list;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct envelope_partner);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = partner_at(a, &t, i);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err envelope_partner_by_key(struct arena *a, struct snap *snap, int64_t agency,
                            str public_key, struct envelope_partner *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &one_sql, BIND(bind_int(agency), bind_bytes(public_key)), &t));
    *ret = partner_at(a, &t, 0);
    return NULL;
}

static err tell(struct arena *a, struct tx *tx, int64_t agency, int64_t staff,
                int64_t now_ms, const char *kind, str public_key)
{
    const struct event e = {
        .agency = agency, .at_ms = now_ms, .actor = staff, .kind = str_of(kind),
        .body = str_format(a, "{\"public\":\"%.*s\"}", STR_ARG(str_hex(a, public_key))),
    };

    return tx_event(tx, &e);
}

err envelope_partner_put(struct arena *a, struct tx *tx, int64_t agency,
                         const struct envelope_partner *p)
{
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(agency), bind_bytes(p->party.public_key),
                    bind_text(p->party.key),
                    bind_text(envelope_name_json(a, &p->party.name)), bind_int(p->since_ms),
                    bind_int(p->added_by))));
    return tell(a, tx, agency, p->added_by, p->since_ms, "envelope.partner_known",
                p->party.public_key);
}

err envelope_partner_drop(struct arena *a, struct tx *tx, const struct actor *who,
                          str public_key, int64_t now_ms)
{
    TRY(tx_run(a, tx, &drop_sql, BIND(bind_int(who->agency), bind_bytes(public_key))));
    return tell(a, tx, who->agency, who->staff, now_ms, "envelope.partner_gone",
                public_key);
}
