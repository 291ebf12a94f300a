/* seal_use_store — the register of seals used (用印登記).
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/store/store.h"
#include "kernel/letter/letter.h"

#define COLUMNS                                                                       \
    "u.id, u.letter_id, u.casefile_id, u.form, u.document_number, u.copies, u.seal, " \
    "u.approved_by, u.made_by, u.made_ms, u.sealed_by, u.sealed_ms, l.service, "      \
    "l.service_version FROM seal_use u "                                              \
    "JOIN letter l ON l.agency_id = u.agency_id AND l.id = u.letter_id "

static const struct query list_sql = {
    "SELECT " COLUMNS "WHERE u.agency_id = ?1 AND u.made_ms >= ?2 AND u.made_ms < ?3 "
    "ORDER BY u.made_ms, u.id",
    "iii",
};
static const struct query waiting_sql = {
    "SELECT " COLUMNS "WHERE u.agency_id = ?1 AND u.sealed_ms = 0 ORDER BY u.id",
    "i",
};
static const struct query done_sql = {
    "UPDATE seal_use SET sealed_by = ?3, sealed_ms = ?4 "
    "WHERE agency_id = ?1 AND id = ?2 AND sealed_ms = 0",
    "iiii",
};
static const struct query case_sql = {
    "SELECT casefile_id, letter_id FROM seal_use WHERE agency_id = ?1 AND id = ?2",
    "ii",
};
static const struct query *const all_queries[] = { &list_sql, &waiting_sql, &done_sql,
                                                   &case_sql };
const struct query_list letter_seal_queries = {
    "letter (seals)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

static enum letter_seal seal_of(str key)
{
    for (int i = 0; i < 3; i++) {
        if (str_equal(letter_seal_key[i], key)) {
            return (enum letter_seal)i;
        }
    }
    return SEAL_OFFICE;
}

static err list_of(struct arena *a, const struct table *t, struct seal_use **ret,
                   size_t *ret_count)
{
    struct seal_use *list = ARENA_ARRAY(a, t->rows + 1, struct seal_use);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = (struct seal_use){
            .id = cell_int(t, i, 0),
            .letter = cell_int(t, i, 1),
            .casefile = cell_int(t, i, 2),
            .form = cell_text(t, i, 3),
            .number = cell_text(t, i, 4),
            .copies = (int)cell_int(t, i, 5),
            .seal = seal_of(cell_text(t, i, 6)),
            .approved_by = cell_int(t, i, 7),
            .made_by = cell_int(t, i, 8),
            .made_ms = cell_int(t, i, 9),
            .sealed_by = cell_int(t, i, 10),
            .sealed_ms = cell_int(t, i, 11),
            .service = cell_text(t, i, 12),
            .service_version = (int)cell_int(t, i, 13),
        };
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err seal_use_list(struct arena *a, struct snap *snap, int64_t agency, int64_t from_ms,
                  int64_t until_ms, struct seal_use **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &list_sql,
                   BIND(bind_int(agency), bind_int(from_ms), bind_int(until_ms)), &t));
    return list_of(a, &t, ret, ret_count);
}

err seal_use_waiting(struct arena *a, struct snap *snap, int64_t agency,
                     struct seal_use **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &waiting_sql, BIND(bind_int(agency)), &t));
    return list_of(a, &t, ret, ret_count);
}

err seal_use_find(struct arena *a, struct snap *snap, int64_t agency, int64_t id)
{
    struct table t;

    TRY(snap_query(a, snap, &case_sql, BIND(bind_int(agency), bind_int(id)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING, SAY("There is no such letter."), STR(""), "no seal row");
    }
    return NULL;
}

err seal_use_done(struct arena *a, struct tx *tx, int64_t agency, int64_t id, int64_t staff,
                  int64_t now_ms)
{
    struct table t;
    err e = tx_change_one(
        a, tx, &done_sql,
        BIND(bind_int(agency), bind_int(id), bind_int(staff), bind_int(now_ms)));

    if (e != NULL && e->kind == ERR_CONFLICT) {
        FAIL(a, ERR_CONFLICT, SAY("This has been sealed already."), STR(""), "sealed");
    }
    TRY(e);
    TRY(snap_one(a, tx_snap(tx), &case_sql, BIND(bind_int(agency), bind_int(id)), &t));
    struct event told = {
        .agency = agency,
        .at_ms = now_ms,
        .actor = staff,
        .kind = STR("letter.sealed"),
        .subject = cell_int(&t, 0, 0),
        .body = str_format(a, "{\"letter\":\"%.*s\"}",
                           STR_ARG(id_text(a, cell_int(&t, 0, 1)))),
    };
    return tx_event(tx, &told);
}
