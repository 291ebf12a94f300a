/* circulation_store — what goes round, to whom, and who has read it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/circulation/circulation.h"

#define COLUMNS                                                                        \
    "c.id, c.kind, c.title, c.link, c.file_id, c.file_name, c.media_type, c.due_day, " \
    "c.sender_id, c.at_ms, c.readers, (SELECT COUNT(*) FROM circulation_reader x "      \
    "WHERE x.agency_id = c.agency_id AND x.circulation_id = c.id AND x.read_ms > 0) "

static const struct query send_sql = {
    "INSERT INTO circulation (agency_id, id, kind, title, sealed, link, file_id, "
    "file_name, "
    "media_type, due_day, sender_id, at_ms, readers) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    "iittbtittiiii",
};
static const struct query to_sql = {
    "INSERT INTO circulation_reader (agency_id, circulation_id, staff_id, unit_id, "
    "read_ms) "
    "VALUES (?1, ?2, ?3, ?4, 0)",
    "iiii",
};
static const struct query read_sql = {
    "UPDATE circulation_reader SET read_ms = ?4 "
    "WHERE agency_id = ?1 AND circulation_id = ?2 AND staff_id = ?3 AND read_ms = 0",
    "iiii",
};
static const struct query one_sql = {
    "SELECT " COLUMNS ", c.sealed FROM circulation c WHERE c.agency_id = ?1 AND c.id = ?2",
    "ii",
};
static const struct query readers_sql = {
    "SELECT staff_id, unit_id, read_ms FROM circulation_reader "
    "WHERE agency_id = ?1 AND circulation_id = ?2 "
    "ORDER BY CASE WHEN read_ms = 0 THEN 0 ELSE 1 END, unit_id, staff_id", "ii",
};
static const struct query unread_list_sql = {
    "SELECT " COLUMNS ", r.read_ms FROM circulation_reader r JOIN circulation c "
    "ON c.agency_id = r.agency_id AND c.id = r.circulation_id "
    "WHERE r.agency_id = ?1 AND r.staff_id = ?2 AND r.read_ms = 0 "
    "ORDER BY c.due_day, c.id LIMIT ?3", "iii",
};
static const struct query read_list_sql = {
    "SELECT " COLUMNS ", r.read_ms FROM circulation_reader r JOIN circulation c "
    "ON c.agency_id = r.agency_id AND c.id = r.circulation_id "
    "WHERE r.agency_id = ?1 AND r.staff_id = ?2 AND r.read_ms > 0 "
    "ORDER BY r.circulation_id DESC LIMIT ?3", "iii",
};
static const struct query by_sql = {
    "SELECT " COLUMNS ", 0 FROM circulation c WHERE c.agency_id = ?1 AND c.sender_id = ?2 "
    "ORDER BY c.id DESC LIMIT ?3", "iii",
};
static const struct query unread_sql = {
    "SELECT COUNT(*) FROM circulation_reader "
    "WHERE agency_id = ?1 AND staff_id = ?2 AND read_ms = 0", "ii",
};
static const struct query *const all_queries[] = {
    &send_sql, &to_sql, &read_sql, &one_sql, &readers_sql, &unread_list_sql, &read_list_sql,
    &by_sql, &unread_sql,
};
const struct query_list circulation_queries = {
    "circulation", all_queries, sizeof all_queries / sizeof all_queries[0],
};

/* In due_day, what is late after all days: no date. */
#define NO_DAY INT64_C(2147483647)

err circulation_send(struct arena *a, struct tx *tx, const struct circulation *c,
                     const struct circulation_reader *readers, size_t count)
{
    const struct event e = {
        .agency = c->agency, .at_ms = c->at_ms, .actor = c->sender,
        .kind = STR("circulation.sent"), .subject = c->id,
        .body = str_format(a, "{\"kind\":\"%.*s\",\"readers\":%zu}",
                           STR_ARG(circulation_kind_key[c->kind]), count),
    };

    TRY(tx_run(a, tx, &send_sql,
               BIND(bind_int(c->agency), bind_int(c->id),
                    bind_text(circulation_kind_key[c->kind]), bind_text(c->title),
                    bind_bytes(c->sealed), bind_text(c->link), bind_int(c->file),
                    bind_text(c->file_name), bind_text(c->media_type),
                    bind_int(c->due == DAY_NONE ? NO_DAY : c->due), bind_int(c->sender),
                    bind_int(c->at_ms), bind_int((int64_t)count))));
    for (size_t i = 0; i < count; i++) {
        TRY(tx_run(a, tx, &to_sql,
                   BIND(bind_int(c->agency), bind_int(c->id), bind_int(readers[i].staff),
                        bind_int(readers[i].unit))));
    }
    return tx_event(tx, &e);
}

err circulation_read(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                     int64_t staff, int64_t now_ms)
{
    const struct event e = { .agency = agency, .at_ms = now_ms, .actor = staff,
                             .kind = STR("circulation.read"), .subject = id,
                             .body = STR("{}") };
    struct table t;
    int64_t changed;

    TRY(tx_change(a, tx, &read_sql,
                  BIND(bind_int(agency), bind_int(id), bind_int(staff), bind_int(now_ms)),
                  &changed));
    if (changed == 1) {
        return tx_event(tx, &e);
    }
    TRY(snap_query(a, tx_snap(tx), &readers_sql, BIND(bind_int(agency), bind_int(id)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        if (cell_int(&t, i, 0) == staff) {
            return NULL;
        }
    }
    FAIL(a, ERR_MISSING, SAY("This does not go to you."), STR(""), "no reader");
}

static struct circulation row_at(const struct table *t, size_t i, int64_t agency)
{
    int64_t due = cell_int(t, i, 7);
    struct circulation c = {
        .agency = agency, .id = cell_int(t, i, 0), .kind = CIRCULATION_OTHER,
        .title = cell_text(t, i, 2), .link = cell_text(t, i, 3), .file = cell_int(t, i, 4),
        .file_name = cell_text(t, i, 5), .media_type = cell_text(t, i, 6),
        .due = due == NO_DAY ? DAY_NONE : (day)due, .sender = cell_int(t, i, 8),
        .at_ms = cell_int(t, i, 9), .readers = cell_int(t, i, 10),
        .read = cell_int(t, i, 11),
    };

    (void)circulation_kind_from_key(cell_text(t, i, 1), &c.kind);
    return c;
}

static err list_add(struct arena *a, struct snap *snap, const struct query *q,
                    int64_t agency, int64_t staff, int most, struct circulation *list,
                    size_t *io_count)
{
    struct table t;

    TRY(snap_query(a, snap, q, BIND(bind_int(agency), bind_int(staff), bind_int(most)),
                   &t));
    for (size_t i = 0; i < t.rows; i++) {
        list[*io_count] = row_at(&t, i, agency);
        list[(*io_count)++].mine_ms = cell_int(&t, i, 12);
    }
    return NULL;
}

err circulation_to(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                   int most, struct circulation **ret, size_t *ret_count)
{
    *ret = ARENA_ARRAY(a, 2 * (size_t)most + 1, struct circulation);
    *ret_count = 0;
    if (*ret == NULL) {
        return err_no_memory;
    }
    TRY(list_add(a, snap, &unread_list_sql, agency, staff, most, *ret, ret_count));
    return list_add(a, snap, &read_list_sql, agency, staff, most, *ret, ret_count);
}

err circulation_by(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                   int most, struct circulation **ret, size_t *ret_count)
{
    *ret = ARENA_ARRAY(a, (size_t)most + 1, struct circulation);
    *ret_count = 0;
    if (*ret == NULL) {
        return err_no_memory;
    }
    return list_add(a, snap, &by_sql, agency, staff, most, *ret, ret_count);
}

err circulation_unread(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                       int64_t *ret_count)
{
    struct table t;

    TRY(snap_one(a, snap, &unread_sql, BIND(bind_int(agency), bind_int(staff)), &t));
    *ret_count = cell_int(&t, 0, 0);
    return NULL;
}

err circulation_load(struct arena *a, struct snap *snap, const struct keyring *k,
                     int64_t agency, int64_t id, struct circulation *ret,
                     struct circulation_reader **ret_readers, size_t *ret_count)
{
    struct table t, r;
    struct circulation_reader *list;

    TRY(snap_one(a, snap, &one_sql, BIND(bind_int(agency), bind_int(id)), &t));
    TRY(snap_query(a, snap, &readers_sql, BIND(bind_int(agency), bind_int(id)), &r));
    list = ARENA_ARRAY(a, r.rows + 1, struct circulation_reader);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < r.rows; i++) {
        list[i] = (struct circulation_reader){ cell_int(&r, i, 0), cell_int(&r, i, 1),
                                               cell_int(&r, i, 2) };
    }
    *ret = row_at(&t, 0, agency);
    *ret_readers = list;
    *ret_count = r.rows;
    ret->sealed = cell_bytes(&t, 0, 12);
    if (str_is_empty(ret->sealed)) {
        return NULL;
    }
    return seal_open(a, k, (struct seal_place){ agency, id, "circulation", "text" },
                     ret->sealed, &ret->text);
}
