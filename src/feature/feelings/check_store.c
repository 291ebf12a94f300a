/* check_store — for `bianmin check`: how it felt is as the last tap was told, so is who
 * took it up, and the words open.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "feature/feelings/feelings.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/proof/proof.h"

static const struct query rows_sql = {
    "SELECT id, casefile_id, step, face, at_ms, taken_by, taken_ms, word, answer "
    "FROM feeling WHERE agency_id = ?1 AND id > ?2 ORDER BY id LIMIT 200",
    "ii",
};
/* Of each tap: its row, or the later one of the same case and step that took its place. */
static const struct query taps_sql = {
    "SELECT e.seq, e.subject_id, e.at_ms, e.body FROM event e "
    "WHERE e.agency_id = ?1 AND e.seq > ?2 AND e.kind = 'feeling.given' "
    "ORDER BY e.seq LIMIT 200",
    "ii",
};
static const struct query place_sql = {
    "SELECT id, at_ms FROM feeling "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND step = ?3",
    "iit",
};
static const struct query *const all_queries[] = { &rows_sql, &taps_sql, &place_sql };
const struct query_list feelings_check_queries = {
    "feelings (check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

static bool is_taken_as_told(const struct told_list *told, int64_t by, int64_t at_ms,
                             bool answered)
{
    const struct told *last = NULL;

    for (size_t i = 0; i < told->count; i++) {
        if (str_equal(told->at[i].kind, STR("feeling.taken")) ||
            str_equal(told->at[i].kind, STR("feeling.answered"))) {
            last = &told->at[i];
        }
    }
    if (last == NULL || by == 0) {
        return last == NULL && by == 0;
    }
    return last->actor == by && last->at_ms == at_ms &&
           answered == str_equal(last->kind, STR("feeling.answered"));
}

static err feeling_check(struct proof *p, const struct table *t, size_t i)
{
    int64_t id = cell_int(t, i, 0), casefile = 0;
    const struct seal_place word = { p->agency, id, "feeling", "word" };
    const struct seal_place answer = { p->agency, id, "feeling", "answer" };
    struct told_list told;
    const struct told *e;

    TRY(proof_told(p, id, &told));
    e = told_only(&told, STR("feeling.given"));
    if (e == NULL || e->at_ms != cell_int(t, i, 4) ||
        !id_parse(json_text_of(e->body, STR("case")), &casefile) ||
        casefile != cell_int(t, i, 1) ||
        !str_equal(json_text_of(e->body, STR("step")), cell_text(t, i, 2)) ||
        json_int_of(e->body, STR("face"), 0) != cell_int(t, i, 3)) {
        proof_fault_id(p, id, "it is not as its event tells");
    }
    if (!is_taken_as_told(&told, cell_int(t, i, 5), cell_int(t, i, 6),
                          cell_bytes(t, i, 8).len > 0)) {
        proof_fault_id(p, id, "who took it up is not as the events tell");
    }
    if (!proof_opens(p, &word, cell_bytes(t, i, 7), STR("")) ||
        !proof_opens(p, &answer, cell_bytes(t, i, 8), STR(""))) {
        proof_fault_id(p, id, "its words do not open");
    }
    return NULL;
}

static err tap_check(struct proof *p, const struct table *t, size_t i)
{
    const struct json *body;
    struct table row;
    int64_t casefile = 0;

    p->rows--; /* the rows are counted, not the taps */
    TRY(json_parse(p->a, cell_text(t, i, 3), &body));
    (void)id_parse(json_text_of(body, STR("case")), &casefile);
    TRY(snap_query(p->a, p->snap, &place_sql,
                   BIND(bind_int(p->agency), bind_int(casefile),
                        bind_text(json_text_of(body, STR("step")))),
                   &row));
    if (row.rows == 0 || (cell_int(&row, 0, 0) != cell_int(t, i, 1) &&
                          cell_int(&row, 0, 1) < cell_int(t, i, 2))) {
        proof_fault_id(p, cell_int(t, i, 1), "it was given, but its row is gone");
    }
    return NULL;
}

static err all_check(struct proof *p)
{
    TRY(proof_each(p, &rows_sql, feeling_check));
    return proof_each(p, &taps_sql, tap_check);
}

err feelings_check(struct arena *a, struct store *s, const struct keyring *k,
                   int64_t agency, feelings_say *say, void *context)
{
    const struct proof begin = {
        .k = k, .agency = agency, .what = "feeling", .say = say, .context = context
    };

    return proof_run(a, s, &begin, all_check, "feelings as their events tell");
}
