/* tally_store — strokes and months' numbers in the database, each with its event.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/tally/tally.h"

#define BODY_BYTES 2048
#define COLUMNS                                                                     \
    "t.id, t.kind, t.service, t.service_version, t.result, t.told, t.channel, t.month, " \
    "t.amount, t.source, t.unit_id, t.staff_id, t.at_ms, t.takes_back "
/* It counts while no other row takes it back. */
#define LIVE                                                                     \
    "t.takes_back = 0 AND NOT EXISTS (SELECT 1 FROM tally u "                     \
    "WHERE u.agency_id = t.agency_id AND u.takes_back = t.id AND u.takes_back <> 0) "

static const struct query put_sql = {
    "INSERT INTO tally (agency_id, id, kind, service, service_version, result, told, "
    "channel, month, amount, source, unit_id, staff_id, at_ms, takes_back) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    "iittititiitiiii",
};
static const struct query load_sql = {
    "SELECT " COLUMNS "FROM tally t WHERE t.agency_id = ?1 AND t.id = ?2 AND " LIVE, "ii",
};
static const struct query one_sql = {
    "SELECT " COLUMNS ", CASE WHEN " LIVE "THEN 0 ELSE 1 END FROM tally t "
    "WHERE t.agency_id = ?1 AND t.id = ?2 AND t.kind = 'short' AND t.takes_back = 0", "ii",
};
static const struct query done_sql = {
    "SELECT " COLUMNS "FROM tally t WHERE t.agency_id = ?1 AND t.id >= ?2 "
    "AND t.kind = 'short' AND t.result = 'done' AND t.told = 0 AND t.at_ms >= ?3 AND " LIVE
    "ORDER BY t.id DESC LIMIT ?4", "iiii",
};
static const struct query last_sql = {
    "SELECT " COLUMNS "FROM tally t WHERE t.agency_id = ?1 AND t.id >= ?2 "
    "AND t.staff_id = ?3 AND t.kind = 'short' AND t.at_ms >= ?4 AND " LIVE
    "ORDER BY t.id DESC LIMIT 1", "iiii",
};
static const struct query brought_sql = {
    "SELECT " COLUMNS "FROM tally t WHERE t.agency_id = ?1 AND t.month = ?2 "
    "AND t.service = ?3 AND t.kind = 'brought' AND t.channel = ?4 AND t.source = ?5 AND "
    LIVE "ORDER BY t.id DESC LIMIT 1", "iittt",
};
static const struct query sums_sql = {
    "SELECT month, service, kind, result, told, channel, source, "
    "CAST(SUM(amount) AS BIGINT) FROM tally "
    "WHERE agency_id = ?1 AND month >= ?2 AND month <= ?3 "
    "GROUP BY month, service, kind, result, told, channel, source "
    "HAVING SUM(amount) <> 0 "
    "ORDER BY month, service, kind DESC, channel, result, told, source", "iii",
};
static const struct query used_sql = {
    "SELECT service, CAST(SUM(amount) AS BIGINT) AS times FROM tally "
    "WHERE agency_id = ?1 AND month >= ?3 AND month <= ?4 AND unit_id = ?2 "
    "AND kind = 'short' GROUP BY service HAVING SUM(amount) > 0 "
    "ORDER BY times DESC, service", "iiii",
};
static const struct query *const all_queries[] = {
    &put_sql, &load_sql, &one_sql, &done_sql, &last_sql, &brought_sql, &sums_sql, &used_sql,
};
const struct query_list tally_queries = {
    "tally", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static const str kind_key[TALLY_KINDS] = { STR_INIT("short"), STR_INIT("brought") };

static enum case_channel channel_of(str key)
{
    for (int i = 0; i < CHANNELS; i++) {
        if (str_equal(case_channel_key[i], key)) {
            return (enum case_channel)i;
        }
    }
    return CHANNEL_COUNTER;
}

static enum tally_kind kind_of(str key)
{
    return str_equal(key, kind_key[TALLY_BROUGHT]) ? TALLY_BROUGHT : TALLY_SHORT;
}

static struct tally tally_at(const struct table *t, size_t row, int64_t agency)
{
    struct tally x = {
        .agency = agency,
        .id = cell_int(t, row, 0),
        .kind = kind_of(cell_text(t, row, 1)),
        .service = cell_text(t, row, 2),
        .service_version = (int)cell_int(t, row, 3),
        .told = cell_int(t, row, 5) != 0,
        .channel = channel_of(cell_text(t, row, 6)),
        .month = (int)cell_int(t, row, 7),
        .amount = cell_int(t, row, 8),
        .source = cell_text(t, row, 9),
        .unit = cell_int(t, row, 10),
        .staff = cell_int(t, row, 11),
        .at_ms = cell_int(t, row, 12),
        .takes_back = cell_int(t, row, 13),
    };

    (void)tally_result_from_key(cell_text(t, row, 4), &x.result);
    return x;
}

static str body_of(struct arena *a, const struct tally *t)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("service"), t->service);
    json_put_text(&j, STR("result"), tally_result_key[t->result]);
    json_put_int(&j, STR("told"), t->told ? 1 : 0);
    json_put_text(&j, STR("channel"), case_channel_key[t->channel]);
    json_put_int(&j, STR("month"), t->month);
    json_put_int(&j, STR("amount"), t->amount);
    json_put_text(&j, STR("source"), t->source);
    if (t->takes_back != 0) {
        json_put_text(&j, STR("takes_back"), id_text(a, t->takes_back));
    }
    json_end_object(&j);
    return buf_str(&b);
}

static err put(struct arena *a, struct tx *tx, const struct tally *t)
{
    struct event e = {
        .agency = t->agency, .at_ms = t->at_ms, .actor = t->staff, .subject = t->id,
        .kind = t->takes_back != 0        ? STR("tally.taken_back")
                : t->kind == TALLY_SHORT ? STR("tally.stroke")
                                         : STR("tally.brought"),
        .body = body_of(a, t),
    };

    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(t->agency), bind_int(t->id), bind_text(kind_key[t->kind]),
                    bind_text(t->service), bind_int(t->service_version),
                    bind_text(tally_result_key[t->result]), bind_int(t->told ? 1 : 0),
                    bind_text(case_channel_key[t->channel]), bind_int(t->month),
                    bind_int(t->amount), bind_text(t->source), bind_int(t->unit),
                    bind_int(t->staff), bind_int(t->at_ms), bind_int(t->takes_back))));
    return tx_event(tx, &e);
}

err tally_stroke(struct arena *a, struct tx *tx, const struct tally *t)
{
    struct tally x = *t;

    x.kind = TALLY_SHORT;
    x.amount = 1;
    x.source = STR("");
    x.takes_back = 0;
    return put(a, tx, &x);
}

/* The row that takes `t` back. */
static struct tally opposite(const struct tally *t, int64_t staff, int64_t now_ms,
                             int64_t as)
{
    struct tally x = *t;

    x.id = as;
    x.amount = -t->amount;
    x.staff = staff;
    x.at_ms = now_ms;
    x.takes_back = t->id;
    return x;
}

err tally_undo(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
               int64_t id, int64_t as)
{
    struct table t;
    struct tally x;

    TRY(snap_query(a, tx_snap(tx), &load_sql,
                   BIND(bind_int(who->agency), bind_int(id)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_CONFLICT, SAY("This entry has been taken back already."), STR(""),
             "not live");
    }
    x = tally_at(&t, 0, who->agency);
    if (x.kind != TALLY_SHORT || x.staff != who->staff) {
        FAIL(a, ERR_MISSING, SAY("This page is not here."), STR(""), "not his");
    }
    if (now_ms - x.at_ms > TALLY_UNDO_MS) {
        FAIL(a, ERR_CONFLICT,
             SAY("The minute is over: this entry stays. Count the right one as well, and "
                 "tell the coordinator."), STR(""), "%lld ms",
             (long long)(now_ms - x.at_ms));
    }
    x = opposite(&x, who->staff, now_ms, as);
    return put(a, tx, &x);
}

static err check_brought(struct arena *a, const struct tally *t)
{
    if (t->amount < 0 || t->amount > TALLY_AMOUNT_MOST) {
        FAIL(a, ERR_INPUT, SAY("The number is between 0 and {most}.",
             SAY_NUMBER("most", TALLY_AMOUNT_MOST)), STR("amount"), "%lld",
             (long long)t->amount);
    }
    if (str_is_empty(str_trim(t->source)) || str_points(t->source) > TALLY_SOURCE_SIGNS) {
        FAIL(a, ERR_INPUT, SAY("Write in which system it was counted, with at most {most} "
             "characters.", SAY_NUMBER("most", TALLY_SOURCE_SIGNS)), STR("source"),
             "%zu bytes", t->source.len);
    }
    return NULL;
}

static err brought_find(struct arena *a, struct snap *snap, const struct tally *t,
                        struct tally *ret, bool *ret_found)
{
    struct table found;

    TRY(snap_query(a, snap, &brought_sql,
                   BIND(bind_int(t->agency), bind_int(t->month), bind_text(t->service),
                        bind_text(case_channel_key[t->channel]), bind_text(t->source)),
                   &found));
    *ret_found = found.rows > 0;
    if (*ret_found) {
        *ret = tally_at(&found, 0, t->agency);
    }
    return NULL;
}

err tally_bring(struct arena *a, struct tx *tx, const struct tally *t, int64_t as,
                int64_t *ret_before)
{
    struct tally x = *t, before;
    bool found;

    TRY(check_brought(a, t));
    x.kind = TALLY_BROUGHT;
    x.takes_back = 0;
    TRY(brought_find(a, tx_snap(tx), t, &before, &found));
    *ret_before = found ? before.amount : -1;
    if (found && before.amount == t->amount) {
        return NULL;
    }
    if (found) {
        struct tally back = opposite(&before, t->staff, t->at_ms, as);

        TRY(put(a, tx, &back));
    }
    return put(a, tx, &x);
}

err tally_brought(struct arena *a, struct snap *snap, const struct tally *t,
                  int64_t *ret_amount)
{
    struct tally before;
    bool found;

    TRY(brought_find(a, snap, t, &before, &found));
    *ret_amount = found ? before.amount : -1;
    return NULL;
}

err tally_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
               struct tally *ret, bool *ret_taken_back)
{
    struct table t;

    TRY(snap_one(a, snap, &one_sql, BIND(bind_int(agency), bind_int(id)), &t));
    *ret = tally_at(&t, 0, agency);
    *ret_taken_back = cell_int(&t, 0, 14) != 0;
    return NULL;
}

/* Ids are in order of time: the index of the key finds those since then. */
static int64_t first_id(int64_t since_ms)
{
    struct id_source ids;

    id_source_init(&ids, 0, 0);
    return id_next(&ids, since_ms - 1000);
}

err tally_done(struct arena *a, struct snap *snap, int64_t agency, int64_t since_ms,
               int most, struct tally **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &done_sql,
                   BIND(bind_int(agency), bind_int(first_id(since_ms)),
                        bind_int(since_ms), bind_int(most)), &t));
    *ret = ARENA_ARRAY(a, t.rows + 1, struct tally);
    if (*ret == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        (*ret)[i] = tally_at(&t, i, agency);
    }
    *ret_count = t.rows;
    return NULL;
}

err tally_last(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
               int64_t since_ms, struct tally *ret)
{
    struct table t;

    TRY(snap_query(a, snap, &last_sql,
                   BIND(bind_int(agency), bind_int(first_id(since_ms)),
                        bind_int(staff), bind_int(since_ms)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING, SAY("There is nothing to take back."), STR(""), "none");
    }
    *ret = tally_at(&t, 0, agency);
    return NULL;
}

err tally_sums(struct arena *a, struct snap *snap, int64_t agency, int from, int to,
               struct tally_sum **ret, size_t *ret_count)
{
    struct table t;
    struct tally_sum *list;

    TRY(snap_query(a, snap, &sums_sql,
                   BIND(bind_int(agency), bind_int(from), bind_int(to)), &t));
    list = ARENA_ARRAY(a, t.rows, struct tally_sum);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct tally_sum){
            .month = (int)cell_int(&t, i, 0), .service = cell_text(&t, i, 1),
            .kind = kind_of(cell_text(&t, i, 2)), .told = cell_int(&t, i, 4) != 0,
            .channel = channel_of(cell_text(&t, i, 5)), .source = cell_text(&t, i, 6),
            .amount = cell_int(&t, i, 7),
        };
        (void)tally_result_from_key(cell_text(&t, i, 3), &list[i].result);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err tally_used(struct arena *a, struct snap *snap, int64_t agency, int64_t unit, int from,
               int to, struct tally_use **ret, size_t *ret_count)
{
    struct table t;
    struct tally_use *list;

    TRY(snap_query(a, snap, &used_sql,
                   BIND(bind_int(agency), bind_int(unit), bind_int(from), bind_int(to)),
                   &t));
    list = ARENA_ARRAY(a, t.rows, struct tally_use);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct tally_use){ cell_text(&t, i, 0), cell_int(&t, i, 1) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}
