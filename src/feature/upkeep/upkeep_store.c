/* upkeep_store — looks, and cases by way.
 *
 * Ids are ordered by time: a year is a range of them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/upkeep/upkeep_store.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "feature/upkeep/upkeep.h"
#include "host/json/json.h"
#include "host/store/store.h"

#define BODY_BYTES 1024

static const struct query put_sql = {
    "INSERT INTO service_look (agency_id, id, service, version, finding, found, next_day, "
    "staff_id, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", "iitittiii",
};
static const struct query list_sql = {
    "SELECT id, service, version, finding, found, next_day, staff_id, at_ms "
    "FROM service_look WHERE agency_id = ?1 AND (?2 = '' OR service = ?2) "
    "ORDER BY service, id DESC", "it",
};
static const struct query ways_sql = {
    "SELECT service, channel, COUNT(*), "
    "CAST(SUM(CASE WHEN decided_ms > 0 OR (is_open = 1 AND due_ms <= ?4) "
    "THEN 1 ELSE 0 END) AS BIGINT), "
    "CAST(SUM(CASE WHEN decided_ms >= due_ms "
    "OR (decided_ms = 0 AND is_open = 1 AND due_ms <= ?4) THEN 1 ELSE 0 END) AS BIGINT) "
    "FROM casefile WHERE agency_id = ?1 AND id >= ?2 AND id < ?3 "
    "GROUP BY service, channel ORDER BY service, channel", "iiii",
};
static const struct query *const all_queries[] = { &put_sql, &list_sql, &ways_sql };
const struct query_list upkeep_queries = {
    "upkeep", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static str body_of(struct arena *a, const struct upkeep_kept *l)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("service"), l->service);
    json_put_int(&j, STR("version"), l->version);
    json_put_text(&j, STR("finding"), l->changes ? STR("changes") : STR("stays"));
    json_put_text(&j, STR("next"), day_iso(a, l->next_day));
    json_end_object(&j);
    return buf_str(&b);
}

err upkeep_look_put(struct arena *a, struct tx *tx, const struct upkeep_kept *l)
{
    struct event e = { .agency = l->agency, .at_ms = l->at_ms, .actor = l->staff,
                       .kind = STR("service.looked"), .subject = l->id,
                       .body = body_of(a, l) };

    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(l->agency), bind_int(l->id), bind_text(l->service),
                    bind_int(l->version),
                    bind_text(l->changes ? STR("changes") : STR("stays")),
                    bind_text(l->found), bind_int(l->next_day), bind_int(l->staff),
                    bind_int(l->at_ms))));
    return tx_event(tx, &e);
}

err upkeep_look_list(struct arena *a, struct snap *snap, int64_t agency, str service,
                     struct upkeep_kept **ret, size_t *ret_count)
{
    struct table t;
    struct upkeep_kept *list;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_text(service)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct upkeep_kept);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct upkeep_kept){
            .agency = agency, .id = cell_int(&t, i, 0), .service = cell_text(&t, i, 1),
            .version = (int)cell_int(&t, i, 2),
            .changes = str_equal(cell_text(&t, i, 3), STR("changes")),
            .found = cell_text(&t, i, 4), .next_day = (day)cell_int(&t, i, 5),
            .staff = cell_int(&t, i, 6), .at_ms = cell_int(&t, i, 7),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

/* The least id that a case of that instant can have. */
static int64_t id_from(int64_t ms)
{
    return (ms - id_ms(0)) << 22;
}

static bool channel_from_key(str key, enum case_channel *ret)
{
    for (int i = 0; i < CHANNELS; i++) {
        if (str_equal(case_channel_key[i], key)) {
            *ret = (enum case_channel)i;
            return true;
        }
    }
    return false;
}

err upkeep_way_counts(struct arena *a, struct snap *snap, int64_t agency, day from,
                      day until, int64_t now_ms, struct upkeep_way_count **ret,
                      size_t *ret_count)
{
    struct table t;
    struct upkeep_way_count *list;
    size_t count = 0;

    TRY(snap_query(a, snap, &ways_sql,
                   BIND(bind_int(agency), bind_int(id_from(day_begins_ms(from))),
                        bind_int(id_from(day_begins_ms(until))), bind_int(now_ms)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct upkeep_way_count);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        struct upkeep_way_count w = {
            .service = cell_text(&t, i, 0), .cases = cell_int(&t, i, 2),
            .over = cell_int(&t, i, 3), .late = cell_int(&t, i, 4),
        };

        if (channel_from_key(cell_text(&t, i, 1), &w.channel)) {
            list[count++] = w;
        }
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}
