/* notice_store — the outbox in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/notice/notice.h"

#define COLUMNS \
    "SELECT subject_id, number, kind, say, changes, channels, state, at_ms, sent_ms "

/* The next number of the subject; commits of one agency come one after the other. */
static const struct query put_sql = {
    "INSERT INTO notice (agency_id, subject_id, number, kind, say, changes, channels, "
    "state, at_ms, sent_ms) "
    "SELECT ?1, ?2, COALESCE(MAX(number), 0) + 1, ?3, ?4, ?5, ?6, 'waiting', ?7, 0 "
    "FROM notice WHERE agency_id = ?1 AND subject_id = ?2", "iittiii",
    "INSERT INTO notice (agency_id, subject_id, number, kind, say, changes, channels, "
    "state, at_ms, sent_ms) "
    "SELECT ?1::bigint, ?2::bigint, COALESCE(MAX(number), 0) + 1, ?3::text, ?4::text, "
    "?5::bigint, ?6::bigint, 'waiting', ?7::bigint, 0 "
    "FROM notice WHERE agency_id = ?1 AND subject_id = ?2",
};
static const struct query list_sql = {
    COLUMNS "FROM notice WHERE agency_id = ?1 AND subject_id = ?2 ORDER BY number DESC",
    "ii",
};
static const struct query waiting_sql = {
    COLUMNS "FROM notice WHERE agency_id = ?1 AND state = 'waiting' "
    "ORDER BY at_ms, subject_id, number LIMIT ?2", "ii",
};
static const struct query done_sql = {
    "UPDATE notice SET state = ?4, sent_ms = ?5 "
    "WHERE agency_id = ?1 AND subject_id = ?2 AND number = ?3 AND state = 'waiting'",
    "iiiti",
};
static const struct query counts_sql = {
    "SELECT subject_id, COUNT(*) FROM notice "
    "WHERE agency_id = ?1 AND subject_id >= ?2 AND subject_id <= ?3 "
    "GROUP BY subject_id ORDER BY subject_id", "iii",
};
static const struct query *const all_queries[] = {
    &put_sql, &list_sql, &waiting_sql, &done_sql, &counts_sql,
};
const struct query_list notice_queries = {
    "notice", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err notice_put(struct arena *a, struct tx *tx, const struct notice *n)
{
    return tx_run(a, tx, &put_sql,
                  BIND(bind_int(n->agency), bind_int(n->subject), bind_text(n->kind),
                       bind_text(notice_words_json(a, &n->say)), bind_int(n->changes),
                       bind_int(n->channels), bind_int(n->at_ms)));
}

static err read_all(struct arena *a, int64_t agency, const struct table *t,
                    struct notice **ret, size_t *ret_count)
{
    struct notice *list = ARENA_ARRAY(a, t->rows, struct notice);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        struct notice *n = &list[i];

        *n = (struct notice){
            .agency = agency, .subject = cell_int(t, i, 0),
            .number = (int)cell_int(t, i, 1), .kind = cell_text(t, i, 2),
            .changes = cell_int(t, i, 4), .channels = (unsigned)cell_int(t, i, 5),
            .at_ms = cell_int(t, i, 7), .sent_ms = cell_int(t, i, 8),
        };
        TRY(notice_words_read(a, cell_text(t, i, 3), &n->say));
        for (int s = 0; s < NOTICE_STATES; s++) {
            if (str_equal(notice_state_key[s], cell_text(t, i, 6))) {
                n->state = (enum notice_state)s;
            }
        }
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err notice_list(struct arena *a, struct snap *snap, int64_t agency, int64_t subject,
                struct notice **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(subject)), &t));
    return read_all(a, agency, &t, ret, ret_count);
}

err notice_waiting(struct arena *a, struct snap *snap, int64_t agency, int most,
                   struct notice **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &waiting_sql, BIND(bind_int(agency), bind_int(most)), &t));
    return read_all(a, agency, &t, ret, ret_count);
}

err notice_done(struct arena *a, struct tx *tx, const struct notice *n,
                enum notice_state state, int64_t now_ms)
{
    return tx_change_one(a, tx, &done_sql,
                         BIND(bind_int(n->agency), bind_int(n->subject),
                              bind_int(n->number), bind_text(notice_state_key[state]),
                              bind_int(now_ms)));
}

err notice_counts(struct arena *a, struct snap *snap, int64_t agency, int64_t first,
                  int64_t last, struct notice_count **ret, size_t *ret_count)
{
    struct table t;
    struct notice_count *list;

    TRY(snap_query(a, snap, &counts_sql,
                   BIND(bind_int(agency), bind_int(first), bind_int(last)), &t));
    list = ARENA_ARRAY(a, t.rows, struct notice_count);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct notice_count){ cell_int(&t, i, 0), cell_int(&t, i, 1) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}
