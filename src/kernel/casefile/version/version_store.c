/* version_store — cases on old versions of their service, out of one index.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/version/case_version.h"

#define UNDECIDED                                                                       \
    "AND c.state IN ('received', 'in_work', 'sent_back', 'consulted', 'proposed', "     \
    "'submitted') "

static const struct query old_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES
    "WHERE c.agency_id = ?1 AND c.service = ?2 AND c.is_open = 1 "
    "AND c.service_version < ?3 AND (c.service_version > ?4 OR (c.service_version = ?4 "
    "AND c.id > ?5)) " UNDECIDED "ORDER BY c.service_version, c.id LIMIT ?6", "itiiii",
};
static const struct query counts_sql = {
    "SELECT service_version, COUNT(*) FROM (SELECT c.service_version FROM casefile c "
    "WHERE c.agency_id = ?1 AND c.service = ?2 AND c.is_open = 1 "
    "AND c.service_version < ?3 " UNDECIDED "LIMIT ?4) AS found "
    "GROUP BY service_version ORDER BY service_version", "itii",
};
static const struct query *const all_queries[] = { &old_sql, &counts_sql };
const struct query_list casefile_version_queries = {
    "casefile (versions)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err casefile_on_old(struct arena *a, struct snap *snap, int64_t agency,
                    const struct case_version_query *q, struct casefile **ret,
                    size_t *ret_count)
{
    struct table t;
    struct casefile *list;

    TRY(snap_query(a, snap, &old_sql,
                   BIND(bind_int(agency), bind_text(q->service), bind_int(q->newest),
                        bind_int(q->after_version), bind_int(q->after_id),
                        bind_int(q->most)), &t));
    list = ARENA_ARRAY(a, t.rows, struct casefile);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = case_at(&t, i, agency);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err casefile_old_counts(struct arena *a, struct snap *snap, int64_t agency, str service,
                        int newest, struct case_version_count **ret, size_t *ret_count)
{
    struct table t;
    struct case_version_count *list;

    TRY(snap_query(a, snap, &counts_sql,
                   BIND(bind_int(agency), bind_text(service), bind_int(newest),
                        bind_int(VERSION_COUNTED)), &t));
    list = ARENA_ARRAY(a, t.rows, struct case_version_count);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct case_version_count){ (int)cell_int(&t, i, 0),
                                               cell_int(&t, i, 1) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}
