/* confirm_store — whether the person finds right what was recorded, and what became of it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/review/review.h"

#define COLUMNS                                                                           \
    "SELECT r.casefile_id, c.number, c.service, r.unit_id, r.asked_ms, r.answer, "        \
    "r.answered_ms, r.said, r.settled_by, r.settled_ms, r.is_corrected, r.settled "       \
    "FROM review_confirm r JOIN casefile c ON c.agency_id = r.agency_id "                 \
    "AND c.id = r.casefile_id "

static const struct query one_sql = {
    COLUMNS "WHERE r.agency_id = ?1 AND r.casefile_id = ?2", "ii",
};
static const struct query wrong_sql = {
    COLUMNS "WHERE r.agency_id = ?1 AND r.is_open = 1 ORDER BY r.answered_ms LIMIT ?2",
    "ii",
};
static const struct query answer_sql = {
    "UPDATE review_confirm SET answer = ?3, answered_ms = ?4, said = ?5, is_open = ?6 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND answer = ''", "iitibi",
};
static const struct query settle_sql = {
    "UPDATE review_confirm SET is_open = 0, settled_by = ?3, settled_ms = ?4, "
    "is_corrected = ?5, settled = ?6 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND is_open = 1", "iiiiib",
};
static const struct query *const all_queries[] = {
    &one_sql, &wrong_sql, &answer_sql, &settle_sql,
};
const struct query_list review_confirm_queries = {
    "review (confirmation)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct review_confirm confirm_at(const struct table *t, size_t i, int64_t agency)
{
    str answer = cell_text(t, i, 5);

    return (struct review_confirm){
        .agency = agency, .casefile = cell_int(t, i, 0), .number = cell_text(t, i, 1),
        .service = cell_text(t, i, 2), .unit = cell_int(t, i, 3),
        .asked_ms = cell_int(t, i, 4),
        .answer = str_equal(answer, STR("right"))   ? ANSWER_RIGHT
                  : str_equal(answer, STR("wrong")) ? ANSWER_WRONG
                                                    : ANSWER_NONE,
        .answered_ms = cell_int(t, i, 6), .settled_by = cell_int(t, i, 8),
        .settled_ms = cell_int(t, i, 9), .corrected = cell_int(t, i, 10) == 1,
    };
}

static err text_open(struct arena *a, const struct keyring *k, const struct table *t,
                     size_t column, const struct review_confirm *c, const char *name,
                     str *ret)
{
    str sealed = cell_bytes(t, 0, column);

    return sealed.len == 0 ? NULL
                           : seal_open(a, k,
                                       (struct seal_place){ c->agency, c->casefile,
                                                            "review_confirm", name },
                                       sealed, ret);
}

err review_confirm_of(struct arena *a, struct snap *snap, const struct keyring *k,
                      int64_t agency, int64_t casefile, struct review_confirm *ret,
                      bool *ret_found)
{
    struct table t;
    struct review_confirm c;

    TRY(snap_query(a, snap, &one_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    *ret_found = t.rows > 0;
    if (t.rows == 0) {
        return NULL;
    }
    c = confirm_at(&t, 0, agency);
    TRY(text_open(a, k, &t, 7, &c, "said", &c.said));
    TRY(text_open(a, k, &t, 11, &c, "settled", &c.settled));
    *ret = c;
    return NULL;
}

err review_wrong_list(struct arena *a, struct snap *snap, int64_t agency, int most,
                      struct review_confirm **ret, size_t *ret_count)
{
    struct table t;
    struct review_confirm *list;

    TRY(snap_query(a, snap, &wrong_sql, BIND(bind_int(agency), bind_int(most)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct review_confirm);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = confirm_at(&t, i, agency);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static err change(struct arena *a, struct tx *tx, const struct query *q,
                  const struct value *values, size_t count, struct words late)
{
    int64_t changed;

    TRY(tx_change(a, tx, q, values, count, &changed));
    if (changed != 1) {
        FAIL(a, ERR_CONFLICT, late, STR(""), "no row changed");
    }
    return NULL;
}

err review_answer(struct arena *a, struct tx *tx, const struct review_confirm *c)
{
    bool wrong = c->answer == ANSWER_WRONG;
    const struct event e = {
        .agency = c->agency, .at_ms = c->answered_ms, .kind = STR("review.answered"),
        .subject = c->casefile,
        .body = wrong ? STR("{\"answer\":\"wrong\"}") : STR("{\"answer\":\"right\"}"),
    };

    TRY(change(a, tx, &answer_sql,
               BIND(bind_int(c->agency), bind_int(c->casefile),
                    bind_text(wrong ? STR("wrong") : STR("right")),
                    bind_int(c->answered_ms), bind_bytes(c->said), bind_int(wrong ? 1 : 0)),
               SAY("You have told us already. Thank you.")));
    return tx_event(tx, &e);
}

err review_settle(struct arena *a, struct tx *tx, const struct review_confirm *c)
{
    const struct event e = {
        .agency = c->agency, .at_ms = c->settled_ms, .actor = c->settled_by,
        .kind = STR("review.settled"), .subject = c->casefile,
        .body = c->corrected ? STR("{\"corrected\":true}") : STR("{\"corrected\":false}"),
    };

    TRY(change(a, tx, &settle_sql,
               BIND(bind_int(c->agency), bind_int(c->casefile), bind_int(c->settled_by),
                    bind_int(c->settled_ms), bind_int(c->corrected ? 1 : 0),
                    bind_bytes(c->settled)),
               SAY("A colleague was faster. This is the newest state.")));
    return tx_event(tx, &e);
}
