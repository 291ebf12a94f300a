/* intake_store — one row beside the case, one a paper, one event.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/intake/intake_store.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "feature/intake/intake.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/files.h"
#include "host/store/store.h"

#define BODY_BYTES 8192
#define PARTS_MOST 4

static const struct query put_sql = {
    "INSERT INTO intake_case (agency_id, casefile_id, service, channel, by_agent, "
    "filed_day, called_back, identity, from_office, from_day, list_id, notice_id, without, "
    "ground, incomplete, unit_id, staff_id, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
    "?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)", "iittiiittiiitbiiii",
};
static const struct query paper_sql = {
    "INSERT INTO intake_paper (agency_id, casefile_id, place, kind, key, state) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "iiittt",
};
static const struct query load_sql = {
    "SELECT service, channel, by_agent, filed_day, called_back, identity, from_office, "
    "from_day, list_id, notice_id, without, incomplete, unit_id, staff_id, at_ms "
    "FROM intake_case WHERE agency_id = ?1 AND casefile_id = ?2", "ii",
};
static const struct query ground_sql = {
    "SELECT ground FROM intake_case WHERE agency_id = ?1 AND casefile_id = ?2", "ii",
};
static const struct query papers_sql = {
    "SELECT kind, key, state FROM intake_paper WHERE agency_id = ?1 AND casefile_id = ?2 "
    "ORDER BY place", "ii",
};
static const struct query list_sql = {
    "SELECT casefile_id FROM intake_case WHERE agency_id = ?1 AND list_id = ?2 "
    "AND list_id <> 0 ORDER BY casefile_id", "ii",
};
static const struct query sums_sql = {
    "SELECT service, channel, COUNT(*), CAST(SUM(incomplete) AS BIGINT), "
    "CAST(SUM(by_agent) AS BIGINT) FROM intake_case "
    "WHERE agency_id = ?1 AND at_ms >= ?2 AND at_ms < ?3 "
    "GROUP BY service, channel ORDER BY service, channel", "iii",
};
static const struct query *const all_queries[] = {
    &put_sql, &paper_sql, &load_sql, &ground_sql, &papers_sql, &list_sql, &sums_sql,
};
const struct query_list intake_queries = {
    "intake", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct seal_place place_of(const struct intake_record *r)
{
    return (struct seal_place){ r->agency, r->casefile, "intake_case", "ground" };
}

err intake_record_seal(struct arena *a, const struct keyring *k, struct intake_record *r,
                       str *ret_sealed)
{
    *ret_sealed = STR("");
    if (str_is_empty(r->ground)) {
        return NULL;
    }
    return seal_close(a, k, place_of(r), r->ground, ret_sealed);
}

static str body_of(struct arena *a, const struct intake_record *r,
                   const struct intake_papers *papers)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("channel"), case_channel_key[r->channel]);
    json_put_int(&j, STR("agent"), r->by_agent ? 1 : 0);
    if (r->filed != DAY_NONE) {
        json_put_text(&j, STR("filed"), day_iso(a, r->filed));
    }
    json_put_text(&j, STR("without"), r->without);
    if (r->notice != 0) {
        json_put_text(&j, STR("notice"), id_text(a, r->notice));
    }
    if (r->list != 0) {
        json_put_text(&j, STR("list"), id_text(a, r->list));
    }
    json_object(&j, STR("papers"));
    for (size_t i = 0; i < papers->count; i++) {
        if (papers->list[i].state != PAPER_NOT_NEEDED) {
            json_put_text(&j, intake_paper_field(a, &papers->list[i]),
                          intake_paper_key[papers->list[i].state]);
        }
    }
    json_end_object(&j);
    json_end_object(&j);
    return buf_str(&b);
}

err intake_record_put(struct arena *a, struct tx *tx, const struct intake_record *r,
                      str ground_sealed, const struct intake_papers *papers)
{
    struct event e = { .agency = r->agency, .at_ms = r->at_ms, .actor = r->staff,
                       .kind = STR("intake.taken_in"), .subject = r->casefile,
                       .body = body_of(a, r, papers) };

    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(r->agency), bind_int(r->casefile), bind_text(r->service),
                    bind_text(case_channel_key[r->channel]), bind_int(r->by_agent ? 1 : 0),
                    bind_int(r->filed), bind_int(r->called_back ? 1 : 0),
                    bind_text(r->identity), bind_text(r->from_office),
                    bind_int(r->from_day), bind_int(r->list), bind_int(r->notice),
                    bind_text(r->without), bind_bytes(ground_sealed),
                    bind_int(r->incomplete ? 1 : 0), bind_int(r->unit), bind_int(r->staff),
                    bind_int(r->at_ms))));
    for (size_t i = 0; i < papers->count; i++) {
        const struct intake_paper *p = &papers->list[i];

        if (p->state == PAPER_NOT_NEEDED) {
            continue;
        }
        TRY(tx_run(a, tx, &paper_sql,
                   BIND(bind_int(r->agency), bind_int(r->casefile), bind_int((int64_t)i),
                        bind_text(once_kind_key[p->kind]), bind_text(p->key),
                        bind_text(intake_paper_key[p->state]))));
    }
    return tx_event(tx, &e);
}

static enum case_channel channel_of(str key)
{
    for (int i = 0; i < CHANNELS; i++) {
        if (str_equal(case_channel_key[i], key)) {
            return (enum case_channel)i;
        }
    }
    return CHANNEL_COUNTER;
}

err intake_record_load(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                       struct intake_record *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &load_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    *ret = (struct intake_record){
        .agency = agency, .casefile = casefile, .service = cell_text(&t, 0, 0),
        .channel = channel_of(cell_text(&t, 0, 1)), .by_agent = cell_int(&t, 0, 2) != 0,
        .filed = (day)cell_int(&t, 0, 3), .called_back = cell_int(&t, 0, 4) != 0,
        .identity = cell_text(&t, 0, 5), .from_office = cell_text(&t, 0, 6),
        .from_day = (day)cell_int(&t, 0, 7), .list = cell_int(&t, 0, 8),
        .notice = cell_int(&t, 0, 9), .without = cell_text(&t, 0, 10),
        .incomplete = cell_int(&t, 0, 11) != 0, .unit = cell_int(&t, 0, 12),
        .staff = cell_int(&t, 0, 13), .at_ms = cell_int(&t, 0, 14),
    };
    return NULL;
}

err intake_record_ground(struct arena *a, struct snap *snap, const struct keyring *k,
                         const struct intake_record *r, str *ret_ground)
{
    struct table t;

    TRY(snap_one(a, snap, &ground_sql, BIND(bind_int(r->agency), bind_int(r->casefile)),
                 &t));
    if (str_is_empty(cell_bytes(&t, 0, 0))) {
        *ret_ground = STR("");
        return NULL;
    }
    return seal_open(a, k, place_of(r), cell_bytes(&t, 0, 0), ret_ground);
}

err intake_seen_of(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                   struct intake_seen **ret, size_t *ret_count)
{
    struct table t;
    struct intake_seen *list;

    TRY(snap_query(a, snap, &papers_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    list = ARENA_ARRAY(a, t.rows, struct intake_seen);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i].key = cell_text(&t, i, 1);
        (void)intake_paper_state_from_key(cell_text(&t, i, 2), &list[i].state);
        for (int kind = 0; kind < ONCE_KINDS; kind++) {
            if (str_equal(once_kind_key[kind], cell_text(&t, i, 0))) {
                list[i].kind = (enum once_kind)kind;
            }
        }
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err intake_list_cases(struct arena *a, struct snap *snap, int64_t agency, int64_t list,
                      int64_t **ret, size_t *ret_count)
{
    struct table t;
    int64_t *ids;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(list)), &t));
    ids = ARENA_ARRAY(a, t.rows, int64_t);
    if (ids == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        ids[i] = cell_int(&t, i, 0);
    }
    *ret = ids;
    *ret_count = t.rows;
    return NULL;
}

err intake_sums(struct arena *a, struct snap *snap, int64_t agency, int64_t from_ms,
                int64_t to_ms, struct intake_sum **ret, size_t *ret_count)
{
    struct table t;
    struct intake_sum *list;

    TRY(snap_query(a, snap, &sums_sql,
                   BIND(bind_int(agency), bind_int(from_ms), bind_int(to_ms)), &t));
    list = ARENA_ARRAY(a, t.rows, struct intake_sum);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct intake_sum){
            .service = cell_text(&t, i, 0), .channel = channel_of(cell_text(&t, i, 1)),
            .cases = cell_int(&t, i, 2), .incomplete = cell_int(&t, i, 3),
            .by_agent = cell_int(&t, i, 4),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err intake_file_text(struct arena *a, struct store *s, const struct keyring *k,
                     int64_t file, str *ret_text)
{
    struct buf all;

    buf_init(&all, a, PARTS_MOST * FILE_PART_BYTES);
    for (int i = 0; i < PARTS_MOST; i++) {
        str part;

        /* A staff page names no office: what it is sent belongs to the city. */
        TRY(file_part(a, s, k, AGENCY_CITY, file, i, &part));
        if (str_is_empty(part)) {
            break;
        }
        buf_put(&all, part);
    }
    *ret_text = buf_str(&all);
    return NULL;
}
