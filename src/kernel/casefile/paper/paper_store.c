/* paper_store — papers that came, and former answers, in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_paper.h"

static const struct query put_sql = {
    "INSERT INTO case_paper (agency_id, casefile_id, changes, kind, key, how, staff_id, "
    "at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "iiitttii",
};
static const struct query list_sql = {
    "SELECT p.changes, p.kind, p.key, p.how, p.staff_id, p.at_ms, COALESCE(s.name, '') "
    "FROM case_paper p LEFT JOIN staff s ON s.agency_id = p.agency_id "
    "AND s.id = p.staff_id WHERE p.agency_id = ?1 AND p.casefile_id = ?2 "
    "ORDER BY p.changes, p.kind, p.key", "ii",
};
static const struct query former_sql = {
    "SELECT changes, question, plain, masked, sealed FROM case_former "
    "WHERE agency_id = ?1 AND casefile_id = ?2 ORDER BY changes DESC, question", "ii",
};
static const struct query *const all_queries[] = { &put_sql, &list_sql, &former_sql };
const struct query_list casefile_paper_queries = {
    "casefile (papers)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static enum case_paper_how how_of(str key)
{
    for (int i = 0; i < CASE_PAPER_HOWS; i++) {
        if (str_equal(case_paper_how_key[i], key)) {
            return (enum case_paper_how)i;
        }
    }
    return CASE_PAPER_ORIGINAL;
}

err case_papers_list(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                     struct case_paper_row **ret, size_t *ret_count)
{
    struct table t;
    struct case_paper_row *list;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(id)), &t));
    list = ARENA_ARRAY(a, t.rows, struct case_paper_row);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct case_paper_row){
            .changes = cell_int(&t, i, 0),
            .is_question = str_equal(cell_text(&t, i, 1), STR("question")),
            .key = cell_text(&t, i, 2), .how = how_of(cell_text(&t, i, 3)),
            .staff = cell_int(&t, i, 4), .at_ms = cell_int(&t, i, 5),
            .staff_name = cell_text(&t, i, 6),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err case_papers_put(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                    int64_t changes, int64_t staff, int64_t at_ms,
                    const struct case_paper *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        TRY(tx_run(a, tx, &put_sql,
                   BIND(bind_int(agency), bind_int(id), bind_int(changes),
                        bind_text(list[i].is_question ? STR("question") : STR("paper")),
                        bind_text(list[i].key), bind_text(case_paper_how_key[list[i].how]),
                        bind_int(staff), bind_int(at_ms))));
    }
    return NULL;
}

err casefile_formers(struct arena *a, struct snap *snap, const struct keyring *k,
                     const struct casefile *c, bool open, struct case_former **ret,
                     size_t *ret_count)
{
    struct table t;
    struct case_former *list;

    TRY(snap_query(a, snap, &former_sql, BIND(bind_int(c->agency), bind_int(c->id)), &t));
    list = ARENA_ARRAY(a, t.rows, struct case_former);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        struct seal_place place = { c->agency, c->id, "case_answer",
                                    str_z(a, cell_text(&t, i, 1)) };
        struct sealed_answer *x = &list[i].answer;

        list[i].changes = cell_int(&t, i, 0);
        *x = (struct sealed_answer){
            .question = cell_text(&t, i, 1), .plain = cell_text(&t, i, 2),
            .masked = cell_text(&t, i, 3), .sealed = cell_bytes(&t, i, 4),
            .blind_kind = "",
        };
        if (open && !str_is_empty(x->sealed)) {
            TRY(seal_open(a, k, place, x->sealed, &x->plain));
        }
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}
