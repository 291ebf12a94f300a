/* check_store — for `bianmin check`: every one-time notice is as its event tells, came back
 * as told, its code opens, and the numbers of a year have no gap.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/once/once.h"
#include "kernel/proof/proof.h"

#define ROC_YEARS 1000 /* three digits in a number */
#define YEAR_AT 4      /* DAN-115-000012-4 */
#define SERIAL_AT 8

static const struct query rows_sql = {
    "SELECT n.id, n.number, n.service, n.service_version, n.staff_id, n.at_ms, "
    "n.code_hash, n.code_sealed, b.way, b.casefile_id, b.staff_id, b.at_ms "
    "FROM once_notice n "
    "LEFT JOIN once_back b ON b.agency_id = n.agency_id AND b.notice_id = n.id "
    "WHERE n.agency_id = ?1 AND n.id > ?2 ORDER BY n.id LIMIT 200",
    "ii",
};
static const struct query missing_sql = {
    "SELECT key FROM once_missing WHERE agency_id = ?1 AND notice_id = ?2 ORDER BY place",
    "ii",
};
static const struct query gone_sql = {
    "SELECT e.subject_id FROM event e WHERE e.agency_id = ?1 AND e.kind = 'once.issued' "
    "AND NOT EXISTS (SELECT 1 FROM once_notice n WHERE n.agency_id = e.agency_id "
    "AND n.id = e.subject_id) ORDER BY e.seq LIMIT 100",
    "i",
};
static const struct query serials_sql = {
    "SELECT roc_year, last_serial FROM once_serial WHERE agency_id = ?1 ORDER BY roc_year",
    "i",
};
static const struct query *const all_queries[] = { &rows_sql, &missing_sql, &gone_sql,
                                                   &serials_sql };
const struct query_list once_check_queries = {
    "once (check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

/* How many numbers of each year, and the greatest. */
struct years {
    int64_t count[ROC_YEARS], greatest[ROC_YEARS];
};

static void number_count(struct proof *p, int64_t id, str number)
{
    struct years *y = p->own;
    int64_t year, serial;
    str tidy;

    if (!once_number_tidy(p->a, number, &tidy) || !str_equal(tidy, number) ||
        !str_to_int(str_slice(number, YEAR_AT, 3), &year) ||
        !str_to_int(str_slice(number, SERIAL_AT, 6), &serial)) {
        proof_fault_id(p, id, "its number is none");
        return;
    }
    y->count[year]++;
    y->greatest[year] = serial > y->greatest[year] ? serial : y->greatest[year];
}

static err is_missing_the_same(struct proof *p, int64_t id, const struct json *told,
                               bool *ret_same)
{
    const struct json *list = json_get(told, STR("missing"));
    const struct json *key = list != NULL ? list->first : NULL;
    struct table t;

    TRY(snap_query(p->a, p->snap, &missing_sql, BIND(bind_int(p->agency), bind_int(id)),
                   &t));
    *ret_same = list != NULL && list->count == t.rows;
    for (size_t i = 0; *ret_same && i < t.rows; i++, key = key->next) {
        *ret_same = str_equal(key->text, cell_text(&t, i, 0));
    }
    return NULL;
}

static err issued_check(struct proof *p, const struct told_list *told,
                        const struct table *t, size_t i)
{
    const struct told *e = told_only(told, STR("once.issued"));
    bool same = false;

    if (e != NULL) {
        TRY(is_missing_the_same(p, cell_int(t, i, 0), e->body, &same));
    }
    if (!same || e->at_ms != cell_int(t, i, 5) || e->actor != cell_int(t, i, 4) ||
        !str_equal(json_text_of(e->body, STR("number")), cell_text(t, i, 1)) ||
        !str_equal(json_text_of(e->body, STR("service")), cell_text(t, i, 2)) ||
        json_int_of(e->body, STR("version"), 0) != cell_int(t, i, 3)) {
        proof_fault_id(p, cell_int(t, i, 0), "it is not as its event tells");
    }
    return NULL;
}

static void back_check(struct proof *p, const struct told_list *told, const struct table *t,
                       size_t i)
{
    const struct told *e = told_only(told, STR("once.back"));
    bool there = !cell_is_null(t, i, 8);
    int64_t casefile = 0;
    bool same = e == NULL
                    ? !there && told_count(told, STR("once.back")) == 0
                    : there && e->at_ms == cell_int(t, i, 11) &&
                          e->actor == cell_int(t, i, 10) &&
                          id_parse(json_text_of(e->body, STR("case")), &casefile) &&
                          casefile == cell_int(t, i, 9) &&
                          str_equal(json_text_of(e->body, STR("way")), cell_text(t, i, 8));

    if (!same) {
        proof_fault_id(p, cell_int(t, i, 0), "that it came back is not as its event tells");
    }
}

static err notice_check(struct proof *p, const struct table *t, size_t i)
{
    const struct seal_place place = { p->agency, cell_int(t, i, 0), "once_notice", "code" };
    struct told_list told;
    str code;

    TRY(proof_told(p, cell_int(t, i, 0), &told));
    number_count(p, cell_int(t, i, 0), cell_text(t, i, 1));
    TRY(issued_check(p, &told, t, i));
    back_check(p, &told, t, i);
    if (p->k != NULL &&
        (seal_open(p->a, p->k, place, cell_bytes(t, i, 7), &code) != NULL ||
         !str_equal(seal_token_hash(p->a, p->k, "once_code", code), cell_bytes(t, i, 6)))) {
        proof_fault_id(p, cell_int(t, i, 0), "its code does not open");
    }
    return NULL;
}

/* Each number is there once (the database sees to it): as many as the greatest says, which
 * is the last that was given. */
static err serials_check(struct proof *p)
{
    struct years *y = p->own;
    int64_t last[ROC_YEARS] = { 0 };
    struct table t;

    TRY(snap_query(p->a, p->snap, &serials_sql, BIND(bind_int(p->agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        int64_t year = cell_int(&t, i, 0);

        if (year > 0 && year < ROC_YEARS) {
            last[year] = cell_int(&t, i, 1);
        }
    }
    for (int year = 0; year < ROC_YEARS; year++) {
        if (y->count[year] != y->greatest[year] || y->greatest[year] != last[year]) {
            proof_fault(p, str_format(p->a, "numbers of %d", year), "they have a gap");
        }
    }
    return NULL;
}

static err all_check(struct proof *p)
{
    TRY(proof_each(p, &rows_sql, notice_check));
    TRY(proof_gone(p, &gone_sql, "it was issued, but its row is gone"));
    return serials_check(p);
}

err once_check(struct arena *a, struct store *s, const struct keyring *k, int64_t agency,
               once_say *say, void *context)
{
    struct years *years = ARENA_ARRAY(a, 1, struct years);
    const struct proof begin = { .k = k,
                                 .agency = agency,
                                 .what = "one-time notice",
                                 .say = say,
                                 .context = context,
                                 .own = years };

    return years == NULL ? err_no_memory
                         : proof_run(a, s, &begin, all_check,
                                     "one-time notices, numbers without a gap");
}
