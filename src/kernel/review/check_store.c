/* check_store — for `bianmin check`: each review is as its event tells, its draw comes out
 * the same again, and what the person said is as told.
 *
 * The draw of a day rests on the cases that were decided on it. Where one of them was
 * reopened later its day is another one, and the draw cannot be made again: it is left out.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/proof/proof.h"
#include "kernel/review/review.h"

static const struct query cases_sql = {
    "SELECT DISTINCT casefile_id FROM review WHERE agency_id = ?1 AND casefile_id > ?2 "
    "ORDER BY casefile_id LIMIT 200",
    "ii",
};
static const struct query turns_sql = {
    "SELECT turn, outcome, is_drawn, staff_id, at_ms, note FROM review "
    "WHERE agency_id = ?1 AND casefile_id = ?2 ORDER BY turn",
    "ii",
};
static const struct query gone_sql = {
    "SELECT e.subject_id FROM event e WHERE e.agency_id = ?1 AND e.kind = 'review.found' "
    "AND NOT EXISTS (SELECT 1 FROM review r WHERE r.agency_id = e.agency_id "
    "AND r.casefile_id = e.subject_id) ORDER BY e.seq LIMIT 100",
    "i",
};
static const struct query asked_sql = {
    "SELECT casefile_id, asked_ms, answer, answered_ms, said, settled_by, settled_ms, "
    "is_corrected, settled FROM review_confirm WHERE agency_id = ?1 AND casefile_id > ?2 "
    "ORDER BY casefile_id LIMIT 200",
    "ii",
};
static const struct query unasked_sql = {
    "SELECT e.subject_id FROM event e WHERE e.agency_id = ?1 AND e.kind = 'review.asked' "
    "AND NOT EXISTS (SELECT 1 FROM review_confirm r WHERE r.agency_id = e.agency_id "
    "AND r.casefile_id = e.subject_id) ORDER BY e.seq LIMIT 100",
    "i",
};
/* When the next thing was decided that has a review. */
static const struct query next_sql = {
    "SELECT MIN(c.decided_ms) FROM review r JOIN casefile c ON c.agency_id = r.agency_id "
    "AND c.id = r.casefile_id WHERE r.agency_id = ?1 AND c.decided_ms > 0 "
    "AND c.decided_ms >= ?2",
    "ii",
};
static const struct query of_day_sql = {
    "SELECT r.casefile_id, r.is_drawn, r.at_ms FROM review r JOIN casefile c "
    "ON c.agency_id = r.agency_id AND c.id = r.casefile_id "
    "WHERE r.agency_id = ?1 AND c.decided_ms >= ?2 AND c.decided_ms < ?3 "
    "AND r.at_ms >= c.decided_ms ORDER BY r.casefile_id, r.turn",
    "iii",
};
static const struct query reopened_sql = {
    "SELECT x.at_ms FROM event e JOIN event x ON x.agency_id = e.agency_id "
    "AND x.subject_id = e.subject_id AND x.seq < e.seq "
    "WHERE e.agency_id = ?1 AND e.kind = 'case.reopened'",
    "i",
};
static const struct query *const all_queries[] = {
    &cases_sql,   &turns_sql, &gone_sql,   &asked_sql,
    &unasked_sql, &next_sql,  &of_day_sql, &reopened_sql,
};
const struct query_list review_check_queries = {
    "review (check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

/* ---- reviews and answers ---- */

static bool is_true(const struct json *body, str key)
{
    const struct json *j = json_get(body, key);

    return j != NULL && j->truth;
}

static bool is_turn_as_told(const struct told_list *told, const struct table *t, size_t i,
                            str *ret_hash)
{
    for (size_t n = 0; n < told->count; n++) {
        const struct told *e = &told->at[n];

        if (str_equal(e->kind, STR("review.found")) &&
            json_int_of(e->body, STR("turn"), 0) == cell_int(t, i, 0)) {
            *ret_hash = json_text_of(e->body, STR("note_hash"));
            return e->actor == cell_int(t, i, 3) && e->at_ms == cell_int(t, i, 4) &&
                   str_equal(json_text_of(e->body, STR("outcome")), cell_text(t, i, 1)) &&
                   is_true(e->body, STR("drawn")) == (cell_int(t, i, 2) == 1);
        }
    }
    return false;
}

static err case_check(struct proof *p, const struct table *cases, size_t row)
{
    int64_t id = cell_int(cases, row, 0);
    const struct seal_place place = { p->agency, id, "review", "note" };
    struct told_list told;
    struct table t;

    TRY(proof_told(p, id, &told));
    TRY(snap_query(p->a, p->snap, &turns_sql, BIND(bind_int(p->agency), bind_int(id)), &t));
    if (t.rows != told_count(&told, STR("review.found"))) {
        proof_fault_id(p, id, "there are not as many reviews as its events tell");
        return NULL;
    }
    for (size_t i = 0; i < t.rows; i++) {
        str hash = STR("");

        if (cell_int(&t, i, 0) != (int64_t)i + 1 || !is_turn_as_told(&told, &t, i, &hash)) {
            proof_fault_id(p, id, "a review is not as its event tells");
        } else if (!proof_opens(p, &place, cell_bytes(&t, i, 5), hash)) {
            proof_fault_id(p, id, "a note is not the one that was written");
        }
    }
    return NULL;
}

static bool is_answered_as_told(const struct told_list *told, const struct table *t,
                                size_t i)
{
    const struct told *answered = told_only(told, STR("review.answered"));
    const struct told *settled = told_only(told, STR("review.settled"));
    str answer = cell_text(t, i, 2);

    if ((answered == NULL) != str_is_empty(answer) ||
        (settled == NULL) != (cell_int(t, i, 5) == 0)) {
        return false;
    }
    return (answered == NULL ||
            (answered->at_ms == cell_int(t, i, 3) &&
             str_equal(json_text_of(answered->body, STR("answer")), answer))) &&
           (settled == NULL ||
            (settled->actor == cell_int(t, i, 5) && settled->at_ms == cell_int(t, i, 6) &&
             is_true(settled->body, STR("corrected")) == (cell_int(t, i, 7) == 1)));
}

static err confirm_check(struct proof *p, const struct table *t, size_t i)
{
    int64_t id = cell_int(t, i, 0);
    const struct seal_place said = { p->agency, id, "review_confirm", "said" };
    const struct seal_place settled = { p->agency, id, "review_confirm", "settled" };
    struct told_list told;
    const struct told *asked;

    p->rows--; /* cases are counted */
    TRY(proof_told(p, id, &told));
    asked = told_only(&told, STR("review.asked"));
    if (asked == NULL || asked->at_ms != cell_int(t, i, 1) ||
        !is_answered_as_told(&told, t, i)) {
        proof_fault_id(p, id, "what the person was asked and said is not as told");
    } else if (!proof_opens(p, &said, cell_bytes(t, i, 4), STR("")) ||
               !proof_opens(p, &settled, cell_bytes(t, i, 8), STR(""))) {
        proof_fault_id(p, id, "what the person said does not open");
    }
    return NULL;
}

/* ---- the draw ---- */

struct drawing {
    const struct catalog *catalog;
    const struct agency *agency;
    struct table reopened; /* when something happened in a case that was reopened later */
};

static bool was_moved(const struct drawing *d, day on)
{
    for (size_t i = 0; i < d->reopened.rows; i++) {
        if (day_at(cell_int(&d->reopened, i, 0)) == on) {
            return true;
        }
    }
    return false;
}

static bool is_drawn(const struct review_case *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            return list[i].drawn;
        }
    }
    return false;
}

/* Before the day was over nothing had been drawn. */
static err day_check(struct proof *p, const struct drawing *d, day on)
{
    struct review_case *list;
    struct table t;
    size_t count;
    int64_t seq;
    str seed;

    TRY(review_day_list(p->a, p->snap, p->agency, on, &list, &count));
    TRY(review_day_draw(p->a, p->snap, d->catalog, d->agency, on, list, count, &seed,
                        &seq));
    TRY(snap_query(p->a, p->snap, &of_day_sql,
                   BIND(bind_int(p->agency), bind_int(day_begins_ms(on)),
                        bind_int(day_begins_ms(on + 1))),
                   &t));
    for (size_t i = 0; i < t.rows; i++) {
        int64_t id = cell_int(&t, i, 0);
        bool over = day_at(cell_int(&t, i, 2)) > on;

        if ((cell_int(&t, i, 1) == 1) != (over && is_drawn(list, count, id))) {
            proof_fault_id(p, id, "the draw of its day does not come out so");
        }
    }
    return NULL;
}

static err draws_check(struct proof *p)
{
    struct drawing *d = p->own;
    int64_t from_ms = 1;

    TRY(snap_query(p->a, p->snap, &reopened_sql, BIND(bind_int(p->agency)), &d->reopened));
    for (;;) {
        struct arena_mark *mark = arena_mark(p->a);
        struct table t;

        TRY(snap_one(p->a, p->snap, &next_sql, BIND(bind_int(p->agency), bind_int(from_ms)),
                     &t));
        if (cell_int(&t, 0, 0) == 0) {
            return NULL;
        }
        day on = day_at(cell_int(&t, 0, 0));

        if (!was_moved(d, on)) {
            TRY(day_check(p, d, on));
        }
        from_ms = day_begins_ms(on + 1);
        arena_reset(p->a, mark);
    }
}

static err all_check(struct proof *p)
{
    TRY(proof_each(p, &cases_sql, case_check));
    TRY(proof_gone(p, &gone_sql, "it was reviewed, but the row is gone"));
    TRY(proof_each(p, &asked_sql, confirm_check));
    TRY(proof_gone(p, &unasked_sql, "the person was asked, but the row is gone"));
    return draws_check(p);
}

err review_check(struct arena *a, struct store *s, const struct keyring *k,
                 const struct catalog *c, const struct agency *agency, review_say *say,
                 void *context)
{
    struct drawing d = { .catalog = c, .agency = agency };
    const struct proof begin = { .k = k,
                                 .agency = agency->id,
                                 .what = "review of case",
                                 .say = say,
                                 .context = context,
                                 .own = &d };

    return proof_run(a, s, &begin, all_check,
                     "cases reviewed as their events tell, draws come out again");
}
