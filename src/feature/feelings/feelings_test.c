/* Faces on a page without a script; what the chief hears of; when figures may be published.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/feelings/feelings.h"
#include "feature/feelings/feelings_store.h"
#include "feature/feelings/feelings_view.h"
#include "feelings_ask.view.h"
#include "feelings_head.view.h"
#include "feelings_list.view.h"
#include "feelings_progress.view.h"
#include "feelings_published.view.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/notice/notice.h"
#include "kernel/proof/damage_test.h"

#define LABEL(zh, en) { .in = { STR_INIT(zh), STR_INIT(en), STR_INIT("") } }
#define TO(path) { STR_INIT(path) }

static struct feelings_faces faces_of(struct feelings_face *list)
{
    for (int i = 0; i < FACES; i++) {
        list[i] = (struct feelings_face){ i + 1, words_of(face_name[i + 1]), face_mouth[i + 1],
                                          i == 1 };
    }
    return (struct feelings_faces){ .to = TO("/x"), .faces = list, .faces_count = FACES,
                                    .given = true, .given_name = { .id = "Dissatisfied" } };
}

static void five_faces_with_names(void **state)
{
    struct feelings_face list[FACES];
    struct feelings_faces faces = faces_of(list);
    struct feelings_ask ask = { .faces = faces, .back = TO("/b") };
    const struct feelings_bar bars[] = { { { .id = "Very satisfied" }, 80 } };
    struct feelings_published published = { .enough = true, .all = 12, .bars = bars,
                                            .bars_count = 1, .least = 5 };

    try_view(feelings_progress_view_v, &faces, false);
    try_sees(feelings_progress_view_v, &faces, "Very dissatisfied");
    try_sees(feelings_progress_view_v, &faces, "type=\"submit\" name=\"face\" value=\"5\"");
    ask.faces.word_bad = true;
    ask.faces.word_error = (struct words){ .id = "Choose one of the five faces." };
    try_view(feelings_ask_view_v, &ask, true);
    ask.thanks = true;
    try_view(feelings_ask_view_v, &ask, true);
    try_view(feelings_published_view_v, &published, false);
    published.enough = false;
    try_sees(feelings_published_view_v, &published, "Figures are shown from 5 taps on.");
}

static void the_chiefs_list(void **state)
{
    static const struct feelings_row rows[] = {
        { .casefile = TO("/c"), .take = TO("/t"), .face = { .id = "Dissatisfied" },
          .number = STR_INIT("DA-115-000123-6"), .service = LABEL("調解", "Mediation"),
          .id = STR_INIT("0000000000001"), .field = STR_INIT("f-answer-1"), .has_word = true,
          .may_answer = true, .pickup = true },
        { .casefile = TO("/c"), .take = TO("/t"), .face = { .id = "Dissatisfied" },
          .number = STR_INIT("DA-115-000124-4"), .id = STR_INIT("0000000000002"),
          .field = STR_INIT("f-answer-2"), .taken = STR_INIT("115.03.02"), .who = STR_INIT("林"),
          .word = STR_INIT("<太慢>"), .may_answer = true, .bad = true,
          .error = { .id = "Write what was done." } },
    };
    static const struct feelings_service services[] = { { LABEL("調解", "Mediation"), 4, 50, 25,
                                                          false } };
    const struct feelings_list list = { .open = rows, .open_count = 1, .taken = &rows[1],
                                        .taken_count = 1, .has_taken = true,
                                        .services = services, .services_count = 1,
                                        .has_services = true, .least = 5 };
    const struct feelings_head head = { rows, 1, 1, TO("/a") };

    try_view(feelings_list_view_v, &list, true);
    try_sees(feelings_list_view_v, &list, "&lt;太慢&gt;");
    try_sees(feelings_list_view_v, &list, "from 5 taps on");
    try_view(feelings_head_view_v, &head, false);
}

static const struct {
    const char *story;
    int64_t all, least;
    bool want;
} published[] = {
    { "four are too few", 4, 0, false },
    { "five are enough", 5, 0, true },
    { "an office may want more", 9, 10, false },
    { "but never less than five", 4, 1, false },
};

static void small_numbers_are_kept_back(void **state)
{
    const struct feeling_sum third = { .count = { 0, 1, 0, 0, 0, 2 }, .all = 3 };
    struct feeling_time t = feeling_time(day_of(2026, 3, 2));

    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        const struct feeling_sum s = { .all = published[i].all };

        if (feeling_may_publish(&s, published[i].least) != published[i].want) {
            fail_msg("%s", published[i].story);
        }
    }
    assert_int_equal(feeling_percent(&third, 5), 67);
    assert_int_equal(feeling_percent(&third, 1), 33);
    /* The running month is not in it. */
    assert_int_equal(day_at(t.until_ms), day_of(2026, 3, 1));
    assert_int_equal(day_at(t.from_ms), day_of(2025, 3, 1));
}

static err run_put(void *context, struct arena *a, struct tx *tx)
{
    return feeling_put(a, tx, context);
}
static err run_take(void *context, struct arena *a, struct tx *tx)
{
    return feeling_take(a, tx, context);
}

static struct feeling tap(struct bench *b, int64_t id, const char *step, int face)
{
    struct feeling f = { .agency = OFFICE, .id = ++b->next, .casefile = id, .unit = UNIT,
                         .number = STR("DA-1"), .step = str_of(step), .service = STR("zoning"),
                         .face = face, .word = STR("等太久"), .at_ms = NOW };

    assert_null(feeling_seal(b->a, b->k, &f));
    assert_null(store_commit(b->s, b->a, OFFICE, run_put, &f));
    return f;
}

static void a_bad_one_goes_to_the_chief_once(void **state)
{
    struct bench b;
    struct feeling *list, f;
    struct feeling_sum *sums;
    struct notice *waiting;
    size_t count;
    int64_t id;
    const struct feeling_time all = { 0, INT64_MAX };

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY + 9, LEVEL_OFFICER)).id;
    tap(&b, id, "received", 5);
    assert_null(feeling_open_list(b.a, look(&b), OFFICE, 10, &list, &count));
    assert_int_equal(count, 0);
    tap(&b, id, "received", 1); /* replaces it */
    f = tap(&b, id, "received", 2);
    tap(&b, id, "in_work", 4);
    assert_null(feeling_open_list(b.a, look(&b), OFFICE, 10, &list, &count));
    assert_int_equal(count, 1);
    assert_true(list[0].has_word);
    assert_int_equal(list[0].word.len, 0); /* shut until a chief takes it up */
    assert_null(notice_waiting(b.a, look(&b), OFFICE, 10, &waiting, &count));
    size_t told = 0;
    for (size_t i = 0; i < count; i++) {
        told += str_equal(waiting[i].kind, STR("feeling"));
    }
    assert_int_equal(told, 1);
    assert_null(feeling_sums(b.a, look(&b), OFFICE, STR(""), all, &sums, &count));
    assert_int_equal(count, 1);
    assert_int_equal(sums[0].all, 2);
    f.changes = 1;
    f.taken_by = CHIEF;
    f.taken_ms = NOW + HOUR;
    f.answer = STR("");
    assert_null(store_commit(b.s, b.a, OFFICE, run_take, &f));
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_take, &f)->kind, ERR_CONFLICT);
    assert_null(feeling_taken_list(b.a, look(&b), b.k, OFFICE, 10, &list, &count));
    assert_int_equal(count, 1);
    assert_true(str_equal(list[0].word, STR("等太久")));
    snap_end(b.snap);
    arena_free(b.a);
}

static void the_head_of_the_unit_hears_of_his_unit(void **state)
{
    const struct actor chief = { .unit = UNIT, .duties = DUTY(DUTY_UNIT_HEAD) };
    const struct actor head = { .unit = OTHER_UNIT, .duties = DUTY(DUTY_HEAD) };
    const struct actor clerk = { .unit = UNIT, .duties = DUTY(DUTY_OFFICER) };

    assert_true(feeling_is_for(&chief, UNIT));
    assert_false(feeling_is_for(&chief, OTHER_UNIT));
    assert_true(feeling_is_for(&head, UNIT));
    assert_false(feeling_is_for(&clerk, UNIT));
}

static const struct damage damages[] = {
    { "another face",
      NULL,
      { "UPDATE feeling SET face = 5 WHERE agency_id = ?1 AND id = ?2", "ii" },
      NULL,
      NULL,
      "it is not as its event tells" },
    { "nobody took it up",
      NULL,
      { "UPDATE feeling SET taken_by = 0 WHERE agency_id = ?1 AND id = ?2", "ii" },
      NULL,
      NULL,
      "who took it up is not as the events tell" },
    { "another took it up",
      NULL,
      { "UPDATE feeling SET taken_by = 99 WHERE agency_id = ?1 AND id = ?2", "ii" },
      NULL,
      NULL,
      "who took it up is not as the events tell" },
    { "another word",
      NULL,
      { "UPDATE feeling SET word = ?3 WHERE agency_id = ?1 AND id = ?2", "iib" },
      NULL,
      NULL,
      "its words do not open" },
    { "it is gone",
      NULL,
      { "DELETE FROM feeling WHERE agency_id = ?1 AND id = ?2", "ii" },
      NULL,
      NULL,
      "it was given, but its row is gone" },
};

static void the_check_finds_what_is_not_as_it_was(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct findings found = { 0 };
        struct feeling f;
        struct bench b;
        int64_t id;

        bench_open(&b);
        id = receive(&b, wish_of(&b, TODAY + 9, LEVEL_OFFICER)).id;
        tap(&b, id, "received", 4); /* a later tap takes its place */
        f = tap(&b, id, "received", 1);
        f.changes = 1;
        f.taken_by = CHIEF;
        f.taken_ms = NOW + HOUR;
        f.answer = STR("");
        assert_null(store_commit(b.s, b.a, OFFICE, run_take, &f));
        assert_null(feelings_check(b.a, b.s, b.k, OFFICE, damage_note, &found));
        assert_int_equal(found.faults, 0);
        struct damaging d = { &damages[i], OFFICE, f.id };

        assert_null(store_commit(b.s, b.a, OFFICE, damage_run, &d));
        assert_null(feelings_check(b.a, b.s, b.k, OFFICE, damage_note, &found));
        damage_is_found(d.damage, &found, 0);
        arena_free(b.a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_faces_with_names),
        cmocka_unit_test(the_chiefs_list),
        cmocka_unit_test(small_numbers_are_kept_back),
        cmocka_unit_test(a_bad_one_goes_to_the_chief_once),
        cmocka_unit_test(the_head_of_the_unit_hears_of_his_unit),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
