/* reading_store — the readings of a stretch of time, and where the chain stood at its end.
 *
 * A month may hold many: they are read some at a time into memory that is used again, and
 * what is kept of each is small.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/reading/reading.h"

#include "base/arena.h"
#include "host/json/json.h"
#include "host/store/store.h"

#include <string.h>

#define ROWS_AT_ONCE 1000

/* Which readings; the index event_read_by_staff has the same words. */
#define BY_STAFF "agency_id = ?1 AND kind = 'case.read' AND actor_id <> 0 "

static const struct query count_sql = {
    "SELECT COUNT(*) FROM event "
    "WHERE " BY_STAFF "AND at_ms >= ?2 AND at_ms < ?3", "iii",
};
static const struct query some_sql = {
    "SELECT seq, at_ms, actor_id, subject_id, body FROM event "
    "WHERE " BY_STAFF "AND (at_ms, seq) > (?2, ?3) AND at_ms < ?4 "
    "ORDER BY at_ms, seq LIMIT ?5", "iiiii",
};
static const struct query after_sql = {
    "SELECT seq FROM event WHERE agency_id = ?1 AND seq > ?2 AND at_ms >= ?3 "
    "ORDER BY seq LIMIT 1", "iii",
};
static const struct query last_sql = {
    "SELECT seq, hash FROM event WHERE agency_id = ?1 AND seq < ?2 "
    "ORDER BY seq DESC LIMIT 1", "ii",
};
static const struct query *const all_queries[] = {
    &count_sql, &some_sql, &after_sql, &last_sql,
};
const struct query_list casefile_reading_queries = {
    "casefile (readings)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static enum reading_reason reason_of(const struct json *body)
{
    str key = json_text_of(body, STR("reason"));
    int reason = 0;

    while (reason < READ_REASONS && !str_equal(reading_reason_key[reason], key)) {
        reason++;
    }
    return (enum reading_reason)reason;
}

static err reading_at(struct arena *a, const struct table *t, size_t row,
                      struct case_reading *ret)
{
    const struct json *body, *cases;
    int64_t others;

    TRY(json_parse(a, cell_text(t, row, 4), &body));
    cases = json_get(body, STR("cases"));
    *ret = (struct case_reading){
        .seq = cell_int(t, row, 0),
        .at_ms = cell_int(t, row, 1),
        .staff = cell_int(t, row, 2),
        .casefile = cell_int(t, row, 3),
        .cases = cases == NULL ? 0 : (int)cases->count,
        .names_only = str_equal(json_text_of(body, STR("scope")), STR("names")),
        .reason = reason_of(body),
    };
    /* Without a reason only assigned cases are opened. */
    others = ret->reason == READ_REASONS ? 0 : ret->cases;
    ret->others = (int)json_int_of(body, STR("others"), others);
    return NULL;
}

static void arena_free_v(void *a)
{
    arena_free(a);
}

err casefile_readings(struct arena *a, struct snap *snap, int64_t agency, int64_t from_ms,
                      int64_t until_ms, struct case_reading **ret, size_t *ret_count)
{
    struct arena *scratch = arena_new(0);
    struct case_reading *list;
    struct table t;
    size_t most, n = 0;
    int64_t at_ms = from_ms - 1, seq = INT64_MAX;

    if (scratch == NULL || !arena_defer(a, arena_free_v, scratch)) {
        return err_no_memory;
    }
    TRY(snap_one(a, snap, &count_sql,
                 BIND(bind_int(agency), bind_int(from_ms), bind_int(until_ms)), &t));
    most = (size_t)cell_int(&t, 0, 0);
    list = ARENA_ARRAY(a, most + 1, struct case_reading);
    if (list == NULL) {
        return err_no_memory;
    }
    while (n < most) {
        struct arena_mark *mark = arena_mark(scratch);

        TRY(snap_query(scratch, snap, &some_sql,
                       BIND(bind_int(agency), bind_int(at_ms), bind_int(seq),
                            bind_int(until_ms), bind_int(ROWS_AT_ONCE)), &t));
        for (size_t i = 0; i < t.rows && n < most; i++) {
            TRY(reading_at(scratch, &t, i, &list[n++]));
        }
        if (t.rows == 0) {
            break;
        }
        at_ms = list[n - 1].at_ms;
        seq = list[n - 1].seq;
        arena_reset(scratch, mark);
    }
    *ret = list;
    *ret_count = n;
    return NULL;
}

err casefile_chain_end(struct arena *a, struct snap *snap, int64_t agency, int64_t seq,
                       int64_t until_ms, int64_t *ret_seq, str *ret_hash)
{
    struct table after, last;

    TRY(snap_query(a, snap, &after_sql,
                   BIND(bind_int(agency), bind_int(seq), bind_int(until_ms)), &after));
    TRY(snap_one(a, snap, &last_sql,
                 BIND(bind_int(agency),
                      bind_int(after.rows > 0 ? cell_int(&after, 0, 0) : INT64_MAX)),
                 &last));
    *ret_seq = cell_int(&last, 0, 0);
    *ret_hash = cell_bytes(&last, 0, 1);
    return NULL;
}
