/* pack_store — kept versions of definitions. A version is only ever added.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/pack/pack.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/party/party.h"

static const struct query list_sql = {
    "SELECT kind, key, version, source, file, published_ms "
    "FROM definition "
    "WHERE agency_id = ?1 "
    "ORDER BY kind, key, version",
    "i",
};
static const struct query of_kind_sql = {
    "SELECT d.kind, d.key, d.version, d.source, d.file, d.published_ms "
    "FROM definition d "
    "WHERE d.agency_id = ?1 AND d.kind = ?2 AND d.version = ("
    "SELECT MAX(n.version) FROM definition n WHERE n.agency_id = d.agency_id "
    "AND n.kind = d.kind AND n.key = d.key) "
    "ORDER BY d.key",
    "it",
};
static const struct query newest_sql = {
    "SELECT version, source "
    "FROM definition "
    "WHERE agency_id = ?1 AND kind = ?2 AND key = ?3 "
    "ORDER BY version DESC "
    "LIMIT 1",
    "itt",
};
static const struct query add_sql = {
    "INSERT INTO definition (agency_id, kind, key, version, source, file, published_ms, "
    "staff_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "ittittii",
};
static const struct query *const all_queries[] = { &list_sql, &of_kind_sql, &newest_sql,
                                                   &add_sql };
const struct query_list pack_queries = {
    "pack",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

static err rows_of(struct arena *a, const struct table *t, int64_t agency,
                   struct definition **ret, size_t *ret_count)
{
    struct definition *list = ARENA_ARRAY(a, t->rows, struct definition);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = (struct definition){
            .agency = agency,
            .kind = cell_text(t, i, 0),
            .key = cell_text(t, i, 1),
            .version = (int)cell_int(t, i, 2),
            .source = cell_text(t, i, 3),
            .file = cell_text(t, i, 4),
            .published_ms = cell_int(t, i, 5),
        };
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err definition_list(struct arena *a, struct snap *snap, int64_t agency,
                    struct definition **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency)), &t));
    return rows_of(a, &t, agency, ret, ret_count);
}

err definition_newest(struct arena *a, struct snap *snap, int64_t agency, str kind,
                      struct definition **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &of_kind_sql, BIND(bind_int(agency), bind_text(kind)), &t));
    return rows_of(a, &t, agency, ret, ret_count);
}

static str event_body(struct arena *a, const struct definition *d, int version)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, 1024);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("kind"), d->kind);
    json_put_text(&w, STR("key"), d->key);
    json_put_int(&w, STR("version"), version);
    json_end_object(&w);
    return buf_str(&b);
}

err definition_put(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                   const struct definition *d, bool *ret_changed)
{
    struct table newest;
    int version = 1;
    struct event e = { .agency = d->agency,
                       .at_ms = now_ms,
                       .actor = who->staff,
                       .kind = STR("definition.published") };

    TRY(snap_query(a, tx_snap(tx), &newest_sql,
                   BIND(bind_int(d->agency), bind_text(d->kind), bind_text(d->key)),
                   &newest));
    if (newest.rows > 0) {
        if (str_equal(cell_text(&newest, 0, 1), d->source)) {
            *ret_changed = false;
            return NULL;
        }
        version = (int)cell_int(&newest, 0, 0) + 1;
    }
    TRY(tx_run(a, tx, &add_sql,
               BIND(bind_int(d->agency), bind_text(d->kind), bind_text(d->key),
                    bind_int(version), bind_text(d->source), bind_text(d->file),
                    bind_int(now_ms), bind_int(who->staff))));
    e.body = event_body(a, d, version);
    TRY(tx_event(tx, &e));
    tx_topic(tx, d->agency, "catalog", STR(""));
    tx_topic(tx, d->agency, str_z(a, d->kind), d->key);
    *ret_changed = true;
    return NULL;
}
