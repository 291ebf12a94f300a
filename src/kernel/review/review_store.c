/* review_store — the cases of a day, reviews, and figures.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/notice/notice.h"
#include "kernel/review/review.h"
#include "kernel/service/service.h"

#define SALT_BYTES 16
#define BODY_BYTES 1024

static const struct query day_sql = {
    "SELECT id, number, service, service_version, state, unit_id, officer_id, proposer_id, "
    "decided_ms, applicant_masked, outcome FROM casefile "
    "WHERE agency_id = ?1 AND decided_ms > 0 AND decided_ms >= ?2 AND decided_ms < ?3 "
    "ORDER BY decided_ms, id LIMIT ?4", "iiii",
};
static const struct query seq_sql = {
    "SELECT MIN(seq) FROM event WHERE agency_id = ?1 AND subject_id = ?2 AND at_ms >= ?3",
    "iii",
};
static const struct query turn_sql = {
    "SELECT COUNT(*) FROM review WHERE agency_id = ?1 AND casefile_id = ?2", "ii",
};
static const struct query put_sql = {
    "INSERT INTO review (agency_id, casefile_id, turn, outcome, is_drawn, staff_id, at_ms, "
    "note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "iiitiiib",
};
static const struct query ask_sql = {
    "INSERT INTO review_confirm (agency_id, casefile_id, unit_id, asked_ms, answer, "
    "answered_ms, said, is_open, settled_by, settled_ms, is_corrected, settled) "
    "VALUES (?1, ?2, ?3, ?4, '', 0, ?5, 0, 0, 0, 0, ?5) "
    "ON CONFLICT (agency_id, casefile_id) DO NOTHING", "iiiib",
};
static const struct query list_sql = {
    "SELECT casefile_id, turn, outcome, is_drawn, staff_id, at_ms, note FROM review "
    "WHERE agency_id = ?1 AND casefile_id >= ?2 AND casefile_id <= ?3 "
    "ORDER BY casefile_id, turn", "iii",
};
static const struct query decided_sql = {
    "SELECT COUNT(*) FROM casefile "
    "WHERE agency_id = ?1 AND decided_ms > 0 AND decided_ms >= ?2 AND decided_ms < ?3",
    "iii",
};
static const struct query found_sql = {
    "SELECT outcome, is_drawn, COUNT(*), SUM(CASE WHEN turn = 1 THEN 1 ELSE 0 END) "
    "FROM review WHERE agency_id = ?1 AND at_ms >= ?2 AND at_ms < ?3 "
    "GROUP BY outcome, is_drawn", "iii",
};
static const struct query answers_sql = {
    "SELECT answer, COUNT(*), SUM(CASE WHEN settled_by > 0 THEN 1 ELSE 0 END), "
    "SUM(is_corrected) FROM review_confirm "
    "WHERE agency_id = ?1 AND asked_ms >= ?2 AND asked_ms < ?3 GROUP BY answer", "iii",
};
static const struct query *const all_queries[] = {
    &day_sql, &seq_sql, &turn_sql, &put_sql, &ask_sql, &list_sql, &decided_sql, &found_sql,
    &answers_sql,
};
const struct query_list review_queries = {
    "review", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err review_day_list(struct arena *a, struct snap *snap, int64_t agency, day on,
                    struct review_case **ret, size_t *ret_count)
{
    struct table t;
    struct review_case *list;

    TRY(snap_query(a, snap, &day_sql,
                   BIND(bind_int(agency), bind_int(day_begins_ms(on)),
                        bind_int(day_begins_ms(on + 1)), bind_int(REVIEW_DAY_MOST)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct review_case);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct review_case){
            .id = cell_int(&t, i, 0), .number = cell_text(&t, i, 1),
            .service = cell_text(&t, i, 2), .service_version = (int)cell_int(&t, i, 3),
            .unit = cell_int(&t, i, 5), .officer = cell_int(&t, i, 6),
            .proposer = cell_int(&t, i, 7), .decided_ms = cell_int(&t, i, 8),
            .applicant_masked = cell_text(&t, i, 9),
        };
        (void)case_state_from_key(cell_text(&t, i, 4), &list[i].state);
        (void)case_outcome_from_key(cell_text(&t, i, 10), &list[i].outcome);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err review_day_draw(struct arena *a, struct snap *snap, const struct catalog *c,
                    const struct agency *agency, day on, struct review_case *list,
                    size_t count, str *ret_seed, int64_t *ret_seq)
{
    struct table t;
    str hash;

    *ret_seed = STR("");
    *ret_seq = 0;
    if (count == 0) {
        return NULL;
    }
    TRY(snap_one(a, snap, &seq_sql,
                 BIND(bind_int(agency->id), bind_int(list[0].id),
                      bind_int(day_begins_ms(on))), &t));
    TRY(casefile_chain_end(a, snap, agency->id, cell_int(&t, 0, 0), day_begins_ms(on + 1),
                           ret_seq, &hash));
    *ret_seed = lot_seed(a, "bianmin-review-1", agency->key, day_iso(a, on), hash);
    for (size_t i = 0; i < count; i++) {
        const struct service *s =
            service_get_near(c, list[i].service, list[i].service_version);

        list[i].sample = s != NULL ? s->flow.sample : 0;
    }
    return review_draw(a, *ret_seed, list, count);
}

static str body_of(struct arena *a, const struct review *r)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_int(&j, STR("turn"), r->turn);
    json_put_text(&j, STR("outcome"), review_outcome_key[r->outcome]);
    json_put_bool(&j, STR("drawn"), r->drawn);
    if (!str_is_empty(r->note_hash)) {
        json_put_text(&j, STR("note_hash"), r->note_hash);
    }
    json_end_object(&j);
    return buf_str(&b);
}

/* The person is asked once a case, in the transaction that leaves nothing to correct. */
static err person_ask(struct arena *a, struct tx *tx, const struct review *r)
{
    const struct notice n = {
        .agency = r->agency, .subject = r->casefile, .kind = STR("confirm"),
        .at_ms = r->at_ms, .say = r->recorded, .channels = NOTICE_BY(NOTICE_EMAIL),
    };
    /* `notices` is counted by the check of cases. */
    const struct event e = { .agency = r->agency, .at_ms = r->at_ms, .actor = r->staff,
                             .kind = STR("review.asked"), .subject = r->casefile,
                             .body = STR("{\"notices\":1}") };
    int64_t changed;

    TRY(tx_change(a, tx, &ask_sql,
                  BIND(bind_int(r->agency), bind_int(r->casefile), bind_int(r->unit),
                       bind_int(r->at_ms), bind_bytes(STR(""))), &changed));
    if (changed == 0) {
        return NULL;
    }
    TRY(notice_put(a, tx, &n));
    return tx_event(tx, &e);
}

err review_put(struct arena *a, struct tx *tx, const struct review *r)
{
    const struct event e = {
        .agency = r->agency, .at_ms = r->at_ms, .actor = r->staff,
        .kind = STR("review.found"), .subject = r->casefile, .body = body_of(a, r),
    };
    struct table t;

    TRY(snap_one(a, tx_snap(tx), &turn_sql,
                 BIND(bind_int(r->agency), bind_int(r->casefile)), &t));
    if (cell_int(&t, 0, 0) + 1 != r->turn) {
        FAIL(
            a, ERR_CONFLICT,
            SAY("A colleague has reviewed this case meanwhile. See what was found, then go "
                "on."),
            STR(""), "turn %lld", (long long)r->turn);
    }
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(r->agency), bind_int(r->casefile), bind_int(r->turn),
                    bind_text(review_outcome_key[r->outcome]), bind_int(r->drawn ? 1 : 0),
                    bind_int(r->staff), bind_int(r->at_ms), bind_bytes(r->note))));
    TRY(tx_event(tx, &e));
    return r->outcome == REVIEW_FINDING ? NULL : person_ask(a, tx, r);
}

err review_list(struct arena *a, struct snap *snap, const struct keyring *k, int64_t agency,
                int64_t first, int64_t last, struct review **ret, size_t *ret_count)
{
    struct table t;
    struct review *list;

    TRY(snap_query(a, snap, &list_sql,
                   BIND(bind_int(agency), bind_int(first), bind_int(last)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct review);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        str sealed = cell_bytes(&t, i, 6), salted;

        list[i] = (struct review){
            .agency = agency, .casefile = cell_int(&t, i, 0), .turn = cell_int(&t, i, 1),
            .drawn = cell_int(&t, i, 3) == 1, .staff = cell_int(&t, i, 4),
            .at_ms = cell_int(&t, i, 5),
        };
        (void)review_outcome_from_key(cell_text(&t, i, 2), &list[i].outcome);
        if (sealed.len > 0) {
            TRY(seal_open(a, k,
                          (struct seal_place){ agency, list[i].casefile, "review", "note" },
                          sealed, &salted));
            list[i].note = str_slice(salted, SALT_BYTES, salted.len);
        }
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static err count_answers(struct arena *a, struct snap *snap, int64_t agency,
                         int64_t from_ms, int64_t until_ms, struct review_sums *s)
{
    struct table t;

    TRY(snap_query(a, snap, &answers_sql,
                   BIND(bind_int(agency), bind_int(from_ms), bind_int(until_ms)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        int64_t n = cell_int(&t, i, 1);

        s->asked += n;
        s->right += str_equal(cell_text(&t, i, 0), STR("right")) ? n : 0;
        s->wrong += str_equal(cell_text(&t, i, 0), STR("wrong")) ? n : 0;
        s->settled += cell_int(&t, i, 2);
        s->settled_corrected += cell_int(&t, i, 3);
    }
    return NULL;
}

err review_count(struct arena *a, struct snap *snap, int64_t agency, int64_t from_ms,
                 int64_t until_ms, struct review_sums *ret)
{
    struct review_sums s = { 0 };
    struct table t;

    TRY(snap_one(a, snap, &decided_sql,
                 BIND(bind_int(agency), bind_int(from_ms), bind_int(until_ms)), &t));
    s.decided = cell_int(&t, 0, 0);
    TRY(snap_query(a, snap, &found_sql,
                   BIND(bind_int(agency), bind_int(from_ms), bind_int(until_ms)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        int64_t n = cell_int(&t, i, 2), first = cell_int(&t, i, 3);
        enum review_outcome outcome = REVIEW_IN_ORDER;

        (void)review_outcome_from_key(cell_text(&t, i, 0), &outcome);
        s.reviewed += first;
        s.drawn += cell_int(&t, i, 1) == 1 ? first : 0;
        s.findings += outcome == REVIEW_FINDING ? n : 0;
        s.corrected += outcome == REVIEW_CORRECTED ? n : 0;
    }
    TRY(count_answers(a, snap, agency, from_ms, until_ms, &s));
    *ret = s;
    return NULL;
}
