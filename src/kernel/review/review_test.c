/* The draw of a day; reviews in turns; the person is asked once, answers once, and what was wrong
 * is settled once.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/review/review.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/check/check.h"
#include "kernel/notice/notice.h"
#include "kernel/office/office.h"
#include "kernel/pack/pack.h"
#include "kernel/proof/damage_test.h"

#define DAY_CASES 100

static struct review_case *day_cases(struct arena *a)
{
    struct review_case *list = ARENA_ARRAY(a, DAY_CASES, struct review_case);

    for (int i = 0; i < DAY_CASES; i++) {
        list[i] = (struct review_case){
            .id = i + 1, .number = str_format(a, "DA-115-%06d-1", i + 1),
            .service = i % 2 == 0 ? STR("zoning") : STR("aid"), .service_version = 1,
            .sample = i % 2 == 0 ? 5 : 0,
        };
    }
    list[1].service = STR("seal");
    list[1].sample = 1;
    return list;
}

static size_t drawn_of(const struct review_case *list, const char *service)
{
    size_t n = 0;

    for (size_t i = 0; i < DAY_CASES; i++) {
        n += list[i].drawn && str_equal(list[i].service, str_of(service));
    }
    return n;
}

static void each_service_gives_its_part(void **state)
{
    struct arena *a = arena_new(0);
    struct review_case *one = day_cases(a), *two = day_cases(a), *other = day_cases(a);
    str seed = lot_seed(a, "bianmin-review-1", STR("district"), STR("2026-03-02"), STR("\x5f"));
    size_t same = 0;

    assert_true(str_equal(seed, STR("bianmin-review-1 district 2026-03-02 5f")));
    assert_null(review_draw(a, seed, one, DAY_CASES));
    assert_null(review_draw(a, seed, two, DAY_CASES));
    assert_null(review_draw(a, STR("another"), other, DAY_CASES));
    assert_int_equal(drawn_of(one, "zoning"), 3); /* five in a hundred of fifty, rounded up */
    assert_int_equal(drawn_of(one, "aid"), 0);    /* says nothing */
    assert_int_equal(drawn_of(one, "seal"), 1);   /* one at least */
    for (size_t i = 0; i < DAY_CASES; i++) {
        assert_int_equal(one[i].drawn, two[i].drawn);
        same += one[i].drawn == other[i].drawn;
    }
    assert_true(same < DAY_CASES);
    arena_free(a);
}

static const struct {
    const char *story;
    int last; /* -1: none */
    enum review_outcome outcome;
    bool want;
} turns[] = {
    { "first in order", -1, REVIEW_IN_ORDER, true },
    { "first a finding", -1, REVIEW_FINDING, true },
    { "nothing to correct", -1, REVIEW_CORRECTED, false },
    { "a finding is corrected", REVIEW_FINDING, REVIEW_CORRECTED, true },
    { "a finding does not become in order by itself", REVIEW_FINDING, REVIEW_IN_ORDER, false },
    { "found again after the correction", REVIEW_CORRECTED, REVIEW_FINDING, true },
    { "looked at once more", REVIEW_IN_ORDER, REVIEW_FINDING, true },
};

static void turns_follow_one_another(void **state)
{
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++) {
        struct review last = { .outcome = (enum review_outcome)turns[i].last };

        if (review_may_follow(turns[i].last < 0 ? NULL : &last, turns[i].outcome) !=
            turns[i].want) {
            fail_msg("%s", turns[i].story);
        }
    }
}

static err run_put(void *context, struct arena *a, struct tx *tx)
{
    return review_put(a, tx, context);
}
static err run_answer(void *context, struct arena *a, struct tx *tx)
{
    return review_answer(a, tx, context);
}
static err run_settle(void *context, struct arena *a, struct tx *tx)
{
    return review_settle(a, tx, context);
}

static err found(struct bench *b, int64_t id, int64_t turn, enum review_outcome outcome,
                 const char *note)
{
    struct review r = { .agency = OFFICE, .casefile = id, .turn = turn, .outcome = outcome,
                        .staff = CHIEF, .at_ms = NOW + 2 * HOUR, .unit = UNIT,
                        .note = str_of(note),
                        .recorded = SAY("We have looked at your case once more. Please tell us "
                                        "below whether what we recorded is right.") };
    struct mistakes m;

    mistakes_init(&m, b->a);
    TRY(review_prepare(b->a, b->k, &r, &m));
    return store_commit(b->s, b->a, OFFICE, run_put, &r);
}

static size_t notices(struct bench *b, int64_t id)
{
    struct notice *list;
    size_t count;

    assert_null(notice_list(b->a, look(b), OFFICE, id, &list, &count));
    return count;
}

static void sums_are_told(struct bench *b)
{
    struct review_sums sums;
    struct review_case *cases;
    size_t count;

    assert_null(review_count(b->a, look(b), OFFICE, NOW - HOUR, NOW + 9 * HOUR, &sums));
    assert_int_equal(sums.decided, 1);
    assert_int_equal(sums.reviewed, 1);
    assert_int_equal(sums.findings, 2);
    assert_int_equal(sums.corrected, 2);
    assert_int_equal(sums.asked, 1);
    assert_int_equal(sums.wrong, 1);
    assert_int_equal(sums.settled_corrected, 1);
    assert_null(review_day_list(b->a, look(b), OFFICE, TODAY, &cases, &count));
    assert_int_equal(count, 1);
    assert_null(review_day_list(b->a, look(b), OFFICE + 1, TODAY, &cases, &count));
    assert_int_equal(count, 0);
}

static void the_person_is_asked_once_nothing_is_left(void **state)
{
    struct bench b;
    struct review *list;
    struct review_confirm c;
    struct mistakes m;
    size_t count;
    int64_t id;
    bool asked;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY + 9, LEVEL_OFFICER)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, ""), -1);
    size_t before = notices(&b, id);

    assert_int_equal(found(&b, id, 1, REVIEW_FINDING, "")->kind, ERR_INPUT);
    assert_null(found(&b, id, 1, REVIEW_FINDING, "地號有誤"));
    assert_int_equal(found(&b, id, 1, REVIEW_FINDING, "again")->kind, ERR_CONFLICT);
    assert_int_equal(notices(&b, id), before);
    assert_null(found(&b, id, 2, REVIEW_CORRECTED, "已改"));
    assert_int_equal(notices(&b, id), before + 1);
    assert_null(found(&b, id, 3, REVIEW_FINDING, "x"));
    assert_null(found(&b, id, 4, REVIEW_CORRECTED, "y"));
    assert_int_equal(notices(&b, id), before + 1);
    assert_null(review_list(b.a, look(&b), b.k, OFFICE, id, id, &list, &count));
    assert_int_equal(count, 4);
    assert_true(str_equal(list[0].note, STR("地號有誤")));

    assert_null(review_confirm_of(b.a, look(&b), b.k, OFFICE, id, &c, &asked));
    assert_true(asked);
    c.answer = ANSWER_WRONG;
    c.answered_ms = NOW + 3 * HOUR;
    mistakes_init(&m, b.a);
    assert_int_equal(review_confirm_prepare(b.a, b.k, &c, &m)->kind, ERR_INPUT);
    c.said = STR("門牌不對");
    mistakes_init(&m, b.a);
    assert_null(review_confirm_prepare(b.a, b.k, &c, &m));
    assert_null(store_commit(b.s, b.a, OFFICE, run_answer, &c));
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_answer, &c)->kind, ERR_CONFLICT);
    assert_null(review_confirm_of(b.a, look(&b), b.k, OFFICE, id, &c, &asked));
    assert_true(str_equal(c.said, STR("門牌不對")));
    c.settled_by = CHIEF;
    c.settled_ms = NOW + 4 * HOUR;
    c.corrected = true;
    c.settled = STR("已更正");
    assert_null(review_confirm_prepare(b.a, b.k, &c, &m));
    assert_null(store_commit(b.s, b.a, OFFICE, run_settle, &c));
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_settle, &c)->kind, ERR_CONFLICT);

    sums_are_told(&b);
    snap_end(b.snap);
    arena_free(b.a);
}

static void say(void *context, bool sound, str line)
{
    if (!sound) {
        fail_msg("%.*s", STR_ARG(line));
    }
}

static void the_check_of_cases_finds_nothing_wrong(void **state)
{
    struct bench b;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY + 9, LEVEL_OFFICER)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, ""), -1);
    assert_null(found(&b, id, 1, REVIEW_IN_ORDER, ""));
    assert_null(casefile_check(b.a, b.s, OFFICE, say, NULL));
    snap_end(b.snap);
    arena_free(b.a);
}

/* ---- what the check finds ---- */

#define T "{ zh: 題, en: Q, ja: 問 }"
static const char service_source[] =
    "format: 1\nkind: service\nkey: zoning\n"
    "name: " T "\nsummary: " T "\ngroup: " T "\nunit: works\nwho: " T "\nlaw: " T "\n"
    "limit: { value: 3, unit: working }\nmatter: m\nresult_name: " T "\npurpose: " T "\n"
    "updated: 2026-01-05\nways: [online, counter]\nflow: { sample: 30 }\n"
    "steps:\n  - key: one\n    title: " T "\n    questions:\n"
    "      - { key: applicant, type: text, personal: true, required: false, label: " T
    " }\n";

enum { DECIDED = 6 };

/* Six cases decided on a day; on the next day all are reviewed. */
struct reviewed {
    struct bench b;
    struct catalog *catalog;
    struct agency agency;
    struct review_case *list;
    size_t count;
    int64_t refused;
};

static void review_next_day(struct reviewed *r, size_t i, bool drawn)
{
    struct review w = { .agency = OFFICE,
                        .casefile = r->list[i].id,
                        .turn = 1,
                        .outcome = i == 0 ? REVIEW_FINDING : REVIEW_IN_ORDER,
                        .drawn = drawn,
                        .staff = CHIEF,
                        .at_ms = NOW + 24 * HOUR,
                        .unit = UNIT,
                        .note = i == 0 ? STR("地號有誤") : STR(""),
                        .recorded = SAY("Granted") };
    struct mistakes m;

    mistakes_init(&m, r->b.a);
    assert_null(review_prepare(r->b.a, r->b.k, &w, &m));
    assert_null(store_commit(r->b.s, r->b.a, OFFICE, run_put, &w));
}

static void reviewed_open(struct reviewed *r)
{
    static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind,
                                                     &service_kind };
    const struct definition def = { .file = STR("z.yaml"),
                                    .source = str_of(service_source),
                                    .version = 3 };
    struct mistakes m;
    int64_t seq;
    str seed;

    *r = (struct reviewed){ .agency = { .id = OFFICE, .key = STR("district") } };
    bench_open(&r->b);
    mistakes_init(&m, r->b.a);
    assert_null(catalog_build(kinds, 3, OFFICE, &def, 1, &m, &r->catalog));
    assert_null(m.first);
    for (int i = 0; i < DECIDED; i++) {
        int64_t id = receive(&r->b, wish_of(&r->b, TODAY + 9, LEVEL_OFFICER)).id;

        assert_int_equal(act(&r->b, id, ME, ACT_TAKE, ""), -1);
        struct act_wish w = act_of(&r->b, id, ME, ACT_PROPOSE);

        w.grant = i > 0; /* the first is refused: it can be reopened */
        assert_int_equal(do_wish(&r->b, w, i > 0 ? "" : "與規定不符"), -1);
        r->refused = i == 0 ? id : r->refused;
    }
    struct snap *snap = look(&r->b);

    assert_null(review_day_list(r->b.a, snap, OFFICE, TODAY, &r->list, &r->count));
    assert_null(review_day_draw(r->b.a, snap, r->catalog, &r->agency, TODAY, r->list,
                                r->count, &seed, &seq));
    assert_int_equal(r->count, DECIDED);
    snap_end(snap);
    r->b.snap = NULL;
}

static void reviewed_close(struct reviewed *r)
{
    catalog_release(r->catalog);
    arena_free(r->b.a);
}

static struct findings check(struct reviewed *r)
{
    struct findings f = { 0 };

    assert_null(
        review_check(r->b.a, r->b.s, r->b.k, r->catalog, &r->agency, damage_note, &f));
    return f;
}

static const struct damage damages[] = {
    { "in order, it says now",
      NULL,
      { "UPDATE review SET outcome = 'in_order' WHERE agency_id = ?1 AND casefile_id = ?2",
        "ii" },
      NULL,
      NULL,
      "a review is not as its event tells" },
    { "another note",
      NULL,
      { "UPDATE review SET note = ?3 WHERE agency_id = ?1 AND casefile_id = ?2", "iib" },
      NULL,
      NULL,
      "a note is not the one that was written" },
    { "it was drawn, or was not",
      NULL,
      { "UPDATE review SET is_drawn = 1 - is_drawn WHERE agency_id = ?1 AND casefile_id = ?2",
        "ii" },
      NULL,
      NULL,
      "the draw of its day does not come out so" },
    { "a review is gone",
      NULL,
      { "DELETE FROM review WHERE agency_id = ?1 AND casefile_id = ?2", "ii" },
      NULL,
      NULL,
      "it was reviewed, but the row is gone" },
    { "somebody said it is right",
      NULL,
      { "UPDATE review_confirm SET answer = 'right' WHERE agency_id = ?1 AND casefile_id > ?2",
        "ii" },
      NULL,
      NULL,
      "what the person was asked and said is not as told" },
    { "nobody was asked",
      NULL,
      { "DELETE FROM review_confirm WHERE agency_id = ?1 AND casefile_id > ?2", "ii" },
      NULL,
      NULL,
      "the person was asked, but the row is gone" },
};

static void the_check_finds_what_is_not_as_it_was(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct reviewed r;

        reviewed_open(&r);
        for (size_t n = 0; n < r.count; n++) {
            review_next_day(&r, n, r.list[n].drawn);
        }
        assert_int_equal(check(&r).faults, 0);
        struct damaging d = { &damages[i], OFFICE, r.list[0].id };

        assert_null(store_commit(r.b.s, r.b.a, OFFICE, damage_run, &d));
        struct findings f = check(&r);

        damage_is_found(d.damage, &f, 0);
        reviewed_close(&r);
    }
}

/* The review and its event agree, but the lot says otherwise. */
static void a_draw_that_was_none_is_found(void **state)
{
    const struct damage lie = { .story = "chosen, not drawn",
                                .want = "the draw of its day does not come out so" };

    for (int drawn = 0; drawn < 2; drawn++) {
        struct reviewed r;
        size_t n = 0;

        reviewed_open(&r);
        while (r.list[n].drawn != (drawn == 1)) {
            n++;
        }
        review_next_day(&r, n, drawn == 0);
        struct findings f = check(&r);

        damage_is_found(&lie, &f, 0);
        /* Once a case of the day is reopened its list is another one: nothing is said. */
        assert_int_equal(act(&r.b, r.refused, CHIEF, ACT_REOPEN, "x"), -1);
        assert_int_equal(check(&r).faults, 0);
        reviewed_close(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_service_gives_its_part),
        cmocka_unit_test(turns_follow_one_another),
        cmocka_unit_test(the_person_is_asked_once_nothing_is_left),
        cmocka_unit_test(the_check_of_cases_finds_nothing_wrong),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
        cmocka_unit_test(a_draw_that_was_none_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
