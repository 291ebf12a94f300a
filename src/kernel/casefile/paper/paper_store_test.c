/* Papers of a case row by row, and what stood in an answer before it was corrected.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/receive/receive.h"

#define NAMED(zh) { .in = { STR_INIT(zh), STR_INIT(zh), STR_INIT(zh) } }

static const struct question questions[] = {
    { .key = STR_INIT("copies"), .type = Q_NUMBER, .label = NAMED("份數"),
      .least = INT64_MIN, .most = INT64_MAX },
};
static const struct form_step steps[] = {
    { .key = STR_INIT("one"), .questions = questions, .questions_count = 1 },
};
static const struct service_paper papers[] = {
    { .key = STR_INIT("form"), .name = NAMED("申請書"), .original = true },
    { .key = STR_INIT("map"), .name = NAMED("地籍圖"), .looked_up = true },
    { .key = STR_INIT("deed"), .name = NAMED("權狀") },
};
static const struct service offered = {
    .key = STR_INIT("zoning"), .version = 3, .papers = papers, .papers_count = 3,
    .form = { .steps = steps, .steps_count = 1 },
};

/* Taken in at the counter by MATE: the form was there, the deed was not. */
static int64_t came(struct bench *b)
{
    static const struct case_paper seen[] = {
        { false, STR_INIT("form"), CASE_PAPER_ORIGINAL },
        { false, STR_INIT("deed"), CASE_PAPER_NOT_THERE },
    };
    struct case_wish w = wish_of(b, TODAY + 3, LEVEL_UNIT_HEAD);

    w.papers = seen;
    w.papers_count = 2;
    w.taken_by = MATE;
    return receive(b, w).id;
}

static struct case_paper_line *lines_of(struct bench *b, int64_t id)
{
    struct casefile c = load(b, id);
    struct case_paper_line *list;
    size_t count;

    assert_null(casefile_paper_lines(b->a, look(b), b->k, &c, &offered, &list, &count));
    assert_int_equal(count, 3);
    return list;
}

static void each_paper_has_its_row(void **state)
{
    struct bench b;
    struct case_paper_line *l;

    bench_open(&b);
    l = lines_of(&b, came(&b));
    assert_int_equal(l[0].state, CASE_PAPER_THERE);
    assert_int_equal(l[0].how, CASE_PAPER_ORIGINAL);
    assert_int_equal(l[0].staff, MATE);
    assert_int_equal(l[0].at_ms, NOW);
    assert_int_equal(l[1].state, CASE_PAPER_LOOKED_UP);
    assert_int_equal(l[2].state, CASE_PAPER_MISSING);
    arena_free(b.a);
}

static void what_is_brought_later_has_its_day_and_who_took_it(void **state)
{
    struct bench b;
    struct act_wish w;
    struct case_paper_line *l;
    int64_t id;

    bench_open(&b);
    id = came(&b);
    w = act_of(&b, id, MATE, ACT_PAPERS);
    assert_int_equal(do_wish(&b, w, ""), ERR_INPUT); /* nothing was ticked */
    w.papers[0] = (struct case_paper){ false, STR("deed"), CASE_PAPER_COPY };
    w.papers_count = 1;
    w.now_ms = NOW + 5 * HOUR;
    assert_int_equal(do_wish(&b, w, "櫃台收到"), -1);
    l = lines_of(&b, id);
    assert_int_equal(l[2].state, CASE_PAPER_THERE);
    assert_int_equal(l[2].how, CASE_PAPER_COPY);
    assert_int_equal(l[2].at_ms, NOW + 5 * HOUR);
    assert_int_equal(l[2].staff, MATE);
    /* Nobody of another unit takes them. */
    w = act_of(&b, id, STRANGER, ACT_PAPERS);
    w.papers[0] = (struct case_paper){ false, STR("deed"), CASE_PAPER_COPY };
    w.papers_count = 1;
    assert_int_equal(do_wish(&b, w, ""), ERR_MISSING);
    arena_free(b.a);
}

static void what_is_asked_for_is_wanted_until_it_comes(void **state)
{
    static const struct case_file file = { 77, STR_INIT("paper_deed") };
    static const struct sealed_answer answer = { .question = STR_INIT("paper_deed"),
                                                 .plain = STR_INIT("{\"file\":\"1\"}"),
                                                 .blind_kind = "" };
    const struct case_wish supplied = { .answers = &answer, .answers_count = 1,
                                        .files = &file, .files_count = 1 };
    struct bench b;
    struct act_wish w;
    struct case_paper_line *l;
    int64_t id;

    bench_open(&b);
    id = came(&b);
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    w = act_of(&b, id, ME, ACT_SEND_BACK);
    w.wanted[0] = (struct case_wanted){ true, STR("deed") };
    w.wanted_count = 1;
    w.wanted_until = TODAY + 7;
    assert_int_equal(do_wish(&b, w, "權狀"), -1);
    l = lines_of(&b, id);
    assert_int_equal(l[2].state, CASE_PAPER_WANTED);
    assert_int_equal(l[2].until, TODAY + 7);
    w = act_of(&b, id, 0, ACT_SUPPLY);
    w.supplied = &supplied;
    w.wanted_until = DAY_NONE;
    assert_int_equal(do_wish(&b, w, ""), -1);
    l = lines_of(&b, id);
    assert_int_equal(l[2].state, CASE_PAPER_THERE);
    assert_true(l[2].by_file);
    assert_int_equal(l[2].file, 77);
    assert_int_equal(l[2].staff, 0); /* the applicant */
    assert_int_equal(l[2].at_ms, NOW + HOUR);
    arena_free(b.a);
}

static void a_corrected_answer_keeps_what_stood_there(void **state)
{
    static const struct sealed_answer answer = { .question = STR_INIT("copies"),
                                                 .plain = STR_INIT("3"), .blind_kind = "" };
    const struct case_wish supplied = { .answers = &answer, .answers_count = 1 };
    struct bench b;
    struct act_wish w;
    struct case_former *formers;
    struct case_event *events;
    struct casefile c;
    size_t count;
    int64_t id;

    bench_open(&b);
    id = came(&b);
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    w = act_of(&b, id, ME, ACT_TELEPHONE);
    w.supplied = &supplied;
    assert_int_equal(do_wish(&b, w, "申請人說要三份"), -1);
    c = load(&b, id);
    assert_null(casefile_formers(b.a, look(&b), b.k, &c, true, &formers, &count));
    assert_int_equal(count, 1);
    assert_true(str_equal(formers[0].answer.plain, STR("2")));
    assert_null(casefile_events(b.a, look(&b), OFFICE, id, &events, &count));
    assert_int_equal(events[count - 1].changes, formers[0].changes);
    assert_int_equal(events[count - 1].questions_count, 1);
    assert_true(str_equal(events[count - 1].questions[0], STR("copies")));
    assert_true(events[count - 1].has_note); /* the ground */
    /* What was decided on it is not changed under the decision. */
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, ""), -1);
    assert_int_equal(act(&b, id, CHIEF, ACT_DECIDE, ""), -1);
    w = act_of(&b, id, ME, ACT_TELEPHONE);
    assert_int_equal(do_wish(&b, w, "只是通話"), -1);
    w.supplied = &supplied;
    assert_int_equal(do_wish(&b, w, "再改"), ERR_CONFLICT);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_paper_has_its_row),
        cmocka_unit_test(what_is_brought_later_has_its_day_and_who_took_it),
        cmocka_unit_test(what_is_asked_for_is_wanted_until_it_comes),
        cmocka_unit_test(a_corrected_answer_keeps_what_stood_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
