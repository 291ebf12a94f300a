/* some_store — several cases by their ids.
 * SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "base/arena.h"
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"

#define NUMBERS_AT_ONCE 10

static const struct query numbers_sql = {
    "SELECT id, number FROM casefile WHERE agency_id = ?1 "
    "AND id IN (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", "iiiiiiiiiii",
};
static const struct query cases_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES "WHERE c.agency_id = ?1 "
    "AND c.id IN (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", "iiiiiiiiiii",
};
static const struct query *const all_queries[] = { &numbers_sql, &cases_sql };
const struct query_list casefile_some_queries = {
    "casefile (some)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static int64_t id_at(const int64_t *ids, size_t count, size_t i)
{
    return i < count ? ids[i] : 0;
}

static err some_numbers(struct arena *a, struct snap *snap, int64_t agency,
                        const int64_t *ids, size_t count, str *numbers)
{
    struct value v[NUMBERS_AT_ONCE + 1] = { bind_int(agency) };
    struct table t;

    for (size_t i = 0; i < NUMBERS_AT_ONCE; i++) {
        v[i + 1] = bind_int(id_at(ids, count, i));
    }
    TRY(snap_query(a, snap, &numbers_sql, v, NUMBERS_AT_ONCE + 1, &t));
    for (size_t row = 0; row < t.rows; row++) {
        for (size_t i = 0; i < NUMBERS_AT_ONCE; i++) {
            if (i < count && ids[i] == cell_int(&t, row, 0)) {
                numbers[i] = cell_text(&t, row, 1);
            }
        }
    }
    return NULL;
}

err casefile_numbers(struct arena *a, struct snap *snap, int64_t agency, const int64_t *ids,
                     size_t count, str **ret_numbers)
{
    str *numbers = ARENA_ARRAY(a, count + 1, str);

    if (numbers == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        numbers[i] = STR("");
    }
    for (size_t i = 0; i < count; i += NUMBERS_AT_ONCE) {
        TRY(some_numbers(a, snap, agency, &ids[i], count - i, &numbers[i]));
    }
    *ret_numbers = numbers;
    return NULL;
}

err casefile_some(struct arena *a, struct snap *snap, int64_t agency, const int64_t *ids,
                  size_t count, struct casefile **ret)
{
    struct casefile *list = ARENA_ARRAY(a, count + 1, struct casefile);

    if (list == NULL) {
        return err_no_memory;
    }
    memset(list, 0, (count + 1) * sizeof(*list));
    for (size_t at = 0; at < count; at += NUMBERS_AT_ONCE) {
        struct value v[NUMBERS_AT_ONCE + 1] = { bind_int(agency) };
        struct table t;

        for (size_t i = 0; i < NUMBERS_AT_ONCE; i++) {
            v[i + 1] = bind_int(id_at(&ids[at], count - at, i));
        }
        TRY(snap_query(a, snap, &cases_sql, v, NUMBERS_AT_ONCE + 1, &t));
        for (size_t row = 0; row < t.rows; row++) {
            struct casefile c = case_at(&t, row, agency);

            for (size_t i = at; i < count && i < at + NUMBERS_AT_ONCE; i++) {
                list[i] = ids[i] == c.id ? c : list[i];
            }
        }
    }
    *ret = list;
    return NULL;
}
