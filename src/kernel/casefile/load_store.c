/* load_store — a case is found by id, by number, by number and code.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"

static const struct query load_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES "WHERE c.agency_id = ?1 AND c.id = ?2", "ii",
};
static const struct query by_number_sql = {
    "SELECT " CASE_COLUMNS ", c.code_hash " CASE_TABLES
    "WHERE c.agency_id = ?1 AND c.number = ?2", "it",
};
static const struct query code_sql = {
    "SELECT code_sealed FROM casefile WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct query *const all_queries[] = {
    &load_sql, &by_number_sql, &code_sql,
};
const struct query_list casefile_queries = {
    "casefile", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err casefile_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                  struct casefile *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &load_sql, BIND(bind_int(agency), bind_int(id)), &t));
    *ret = case_at(&t, 0, agency);
    return NULL;
}

static err no_such_case(struct arena *a)
{
    FAIL(a, ERR_MISSING, SAY("No case with this number and code was found. Look at your "
         "receipt and enter both again."), STR("number"), "number or code");
}

err casefile_by_number(struct arena *a, struct snap *snap, int64_t agency, str number,
                       struct casefile *ret)
{
    struct table t;
    str tidy;

    if (!case_number_tidy(a, number, &tidy)) {
        return no_such_case(a);
    }
    TRY(snap_query(a, snap, &by_number_sql, BIND(bind_int(agency), bind_text(tidy)), &t));
    if (t.rows == 0) {
        return no_such_case(a);
    }
    *ret = case_at(&t, 0, agency);
    return NULL;
}

err casefile_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                     int64_t agency, str number, str code, struct casefile *ret)
{
    struct table t;
    str tidy, plain;

    if (!case_number_tidy(a, number, &tidy) || !crockford_tidy(a, code, &plain)) {
        return no_such_case(a);
    }
    TRY(snap_query(a, snap, &by_number_sql, BIND(bind_int(agency), bind_text(tidy)), &t));
    if (t.rows == 0 || !seal_same(cell_bytes(&t, 0, CASE_COLUMN_COUNT),
                                  seal_token_hash(a, k, "case_code", plain))) {
        return no_such_case(a);
    }
    *ret = case_at(&t, 0, agency);
    return NULL;
}

err casefile_code(struct arena *a, struct snap *snap, const struct keyring *k,
                  const struct casefile *c, str *ret_code)
{
    struct seal_place place = { c->agency, c->id, "casefile", "code" };
    struct table t;

    TRY(snap_one(a, snap, &code_sql, BIND(bind_int(c->agency), bind_int(c->id)), &t));
    return seal_open(a, k, place, cell_bytes(&t, 0, 0), ret_code);
}
