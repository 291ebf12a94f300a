/* settings — definitions that lie ready, an uploaded one as text, events of settings.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/settings/settings_store.h"

#include "base/arena.h"
#include "base/buf.h"
#include "feature/settings/settings.h"
#include "host/store/files.h"
#include "host/store/store.h"
#include "kernel/pack/pack.h"
#include "kernel/party/party.h"

#define PARTS_MOST 4 /* a definition is at most 1 MiB */

static const struct query ready_list_sql = {
    "SELECT kind, key, source, file "
    "FROM definition_ready "
    "WHERE agency_id = ?1 "
    "ORDER BY kind, key", "i",
};
static const struct query ready_put_sql = {
    "INSERT INTO definition_ready (agency_id, kind, key, source, file) "
    "VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (agency_id, kind, key) DO UPDATE SET source = ?4, file = ?5", "itttt",
};
static const struct query ready_drop_sql = {
    "DELETE FROM definition_ready "
    "WHERE agency_id = ?1 AND kind = ?2 AND key = ?3", "itt",
};
static const struct query *const all_queries[] = {
    &ready_list_sql, &ready_put_sql, &ready_drop_sql,
};
const struct query_list settings_queries = {
    "settings", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err settings_ready_put(struct arena *a, struct tx *tx, const struct definition *d)
{
    return tx_run(a, tx, &ready_put_sql,
                  BIND(bind_int(d->agency), bind_text(d->kind), bind_text(d->key),
                       bind_text(d->source), bind_text(d->file)));
}

err settings_ready_drop(struct arena *a, struct tx *tx, int64_t agency, str kind, str key)
{
    return tx_run(a, tx, &ready_drop_sql,
                  BIND(bind_int(agency), bind_text(kind), bind_text(key)));
}

err settings_ready_list(struct arena *a, struct snap *snap, int64_t agency,
                        struct definition **ret, size_t *ret_count)
{
    struct table t;
    struct definition *list;

    TRY(snap_query(a, snap, &ready_list_sql, BIND(bind_int(agency)), &t));
    list = ARENA_ARRAY(a, t.rows, struct definition);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct definition){
            .agency = agency, .kind = cell_text(&t, i, 0), .key = cell_text(&t, i, 1),
            .source = cell_text(&t, i, 2), .file = cell_text(&t, i, 3), .version = 1,
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err settings_file_text(struct arena *a, struct store *s, const struct keyring *k,
                       int64_t file, str *ret_text)
{
    struct buf all;

    buf_init(&all, a, PARTS_MOST * FILE_PART_BYTES);
    for (int i = 0; i < PARTS_MOST; i++) {
        str part;

        TRY(file_part(a, s, k, AGENCY_CITY, file, i, &part));
        if (str_is_empty(part)) {
            break;
        }
        buf_put(&all, part);
    }
    *ret_text = buf_str(&all);
    if (!str_is_text(*ret_text)) {
        FAIL(a, ERR_INPUT, SAY("This is not a text file. Send a .yaml file in UTF-8."),
             STR("file"), "no text");
    }
    return NULL;
}

err settings_event(struct tx *tx, int64_t agency, int64_t actor, int64_t subject,
                   int64_t now_ms, const char *what)
{
    const struct event e = {
        .agency = agency, .actor = actor, .subject = subject, .at_ms = now_ms,
        .kind = str_of(what), .body = STR("{}"),
    };

    return tx_event(tx, &e);
}
