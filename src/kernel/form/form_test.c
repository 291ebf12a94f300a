/* form_test — a person fills in a form: what is told, what is kept, what comes out.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form_test.h"

static void every_mistake_is_told_at_once_in_order(void **state)
{
    struct world w = world_new();
    static const char *const want[] = { "name", "national", "born.date", "kind", "copies",
                                        "agree" };
    const char *const pairs[] = { "copies=many", "born.year=79", "born.month=3", "born.date=",
                                  "national=A123456780", NULL };
    size_t n = 0;

    (void)state;
    post(&w, NULL, LANG_ZH, pairs);
    for (const struct mistake *m = w.mistakes.first; m != NULL; m = m->next) {
        assert_true(n < 6);
        assert_true(str_equal(m->field, str_of(want[n++])));
    }
    assert_int_equal(n, 6);
    assert_true(str_equal(answers_of(&w.answers, STR("national"))->typed[0],
                          STR("A123456780")));
    assert_true(str_equal(answers_of(&w.answers, STR("copies"))->typed[0], STR("many")));
    arena_free(w.arena);
}

static void one_step_asks_only_its_own(void **state)
{
    struct world w = world_new();
    const char *const pairs[] = { "name=林小青", "national=A123456789", "born.year=79",
                                  "born.month=3", "born.date=15", NULL };

    (void)state;
    post(&w, &w.form.steps[0], LANG_ZH, pairs);
    assert_int_equal(w.mistakes.count, 0);
    assert_null(answers_check(w.arena, &w.answers, w.today, &w.mistakes));
    assert_int_equal(w.mistakes.count, 2); /* kind and agree, before a case is made */
    arena_free(w.arena);
}

static void what_is_not_asked_is_not_required(void **state)
{
    struct world w = world_new();
    const char *const a[] = { "kind=a", "which=留著", NULL };
    const char *const other[] = { "kind=other", "which=", NULL };
    const struct question *which = form_question(&w.form, STR("which"));

    (void)state;
    post(&w, NULL, LANG_ZH, a);
    assert_null(mistake_about(&w.mistakes, which));
    assert_false(answers_of(&w.answers, STR("which"))->visible);
    assert_true(str_find(answers_write(w.arena, &w.answers), STR("which")) < 0);
    /* Typed all the same: it comes back when the question does. */
    assert_true(str_equal(answers_of(&w.answers, STR("which"))->typed[0], STR("留著")));
    post(&w, NULL, LANG_ZH, other);
    assert_non_null(mistake_about(&w.mistakes, which));
    arena_free(w.arena);
}

static void rules_of_the_definition_are_told(void **state)
{
    struct world w = world_new();
    const char *const late[] = { "born.year=116", "born.month=1", "born.date=1", NULL };
    const char *const pair[] = { "from.year=115", "from.month=12", "from.date=2", "to.year=115",
                                 "to.month=12", "to.date=1", NULL };
    const char *const half[] = { "from.year=115", "from.month=", "from.date=2", "to.year=115",
                                 "to.month=12", "to.date=1", NULL };
    const struct mistake *m;

    (void)state;
    post(&w, NULL, LANG_ZH, late);
    m = mistake_about(&w.mistakes, form_question(&w.form, STR("born")));
    assert_non_null(m);
    assert_true(str_equal(m->say.value[0].label->in[LANG_EN], STR("Too late")));
    post(&w, NULL, LANG_ZH, pair);
    assert_non_null(mistake_about(&w.mistakes, form_question(&w.form, STR("to"))));
    /* A rule over an answer that is wrong itself is not told as well. */
    post(&w, NULL, LANG_ZH, half);
    assert_non_null(mistake_about(&w.mistakes, form_question(&w.form, STR("from"))));
    assert_null(mistake_about(&w.mistakes, form_question(&w.form, STR("to"))));
    arena_free(w.arena);
}

static void a_file_is_needed_when_the_rule_says_so(void **state)
{
    struct world w = world_new();
    const struct question *paper = form_question(&w.form, STR("paper"));
    const char *const x[] = { "ways=x", NULL };
    const char *const gone[] = { "ways=x", "paper.remove=1", NULL };

    (void)state;
    post(&w, NULL, LANG_ZH, x);
    assert_non_null(mistake_about(&w.mistakes, paper));
    assert_int_equal(answers_set_file(w.arena, &w.answers, STR("paper"), 7, STR("a.exe"),
                                      STR("application/x-dosexec"), 10)->kind, ERR_INPUT);
    assert_int_equal(answers_set_file(w.arena, &w.answers, STR("paper"), 7, STR("a.pdf"),
                                      STR("application/pdf"), 1000001)->kind, ERR_INPUT);
    assert_null(answers_set_file(w.arena, &w.answers, STR("paper"), 7, STR("計畫.png"),
                                 STR("image/png"), 1000));
    post(&w, NULL, LANG_ZH, x);
    assert_null(mistake_about(&w.mistakes, paper));
    assert_true(str_equal(answer_text(w.arena, answers_of(&w.answers, STR("paper")), LANG_ZH,
                                      false), STR("計畫.png")));
    assert_true(str_equal(answer_mask(w.arena, answers_of(&w.answers, STR("paper"))),
                          STR("○○.png")));
    post(&w, NULL, LANG_ZH, gone);
    assert_non_null(mistake_about(&w.mistakes, paper));
    arena_free(w.arena);
}

static const char body[] =
    "{\"answers\":{\"name\":\"王小明\",\"national\":\"A123456789\",\"born\":\"1990-03-15\","
    "\"mobile\":\"0912345678\",\"phone\":\"07-6671211#52\",\"email\":\"a.b@example.com\","
    "\"home\":{\"postcode\":\"815\",\"city\":\"雲川市\",\"district\":\"青埔區\",\"village\":\"\","
    "\"street\":\"公園路1號\"},\"kind\":\"other\",\"which\":\"這個\",\"ways\":[\"y\",\"z\"],"
    "\"story\":\"一\\n二\",\"copies\":3,\"amount\":1200,\"at\":\"14:30\",\"court\":false,"
    "\"from\":\"1905-02-03\",\"agree\":true}}";

static void json_goes_in_and_comes_out(void **state)
{
    struct world w = world_new();
    const struct json *j = NULL;
    struct answers again;
    str written;

    (void)state;
    assert_null(json_parse(w.arena, str_of(body), &j));
    assert_null(answers_read_json(w.arena, &w.answers, j, w.today, &w.mistakes));
    assert_int_equal(w.mistakes.count, 0);
    written = answers_write(w.arena, &w.answers);
    assert_true(str_equal(written, str_slice(str_of(body), 11, strlen(body) - 12)));
    assert_null(answers_init(w.arena, &w.form, &again));
    assert_null(answers_restore(w.arena, &again, written, LANG_ZH));
    assert_null(answers_settle(w.arena, &again, w.today));
    assert_true(str_equal(answers_write(w.arena, &again), written));
    assert_true(str_equal(answers_of(&again, STR("born"))->typed[0], STR("79")));
    assert_int_equal(answers_of(&again, STR("ways"))->chosen_count, 2);
    assert_true(str_equal(answers_of(&again, STR("home"))->typed[4], STR("公園路1號")));
    assert_true(str_equal(answers_of(&again, STR("court"))->typed[0], STR("no")));
    arena_free(w.arena);
}

static const struct { const char *story, *json, *field; } json_rows[] = {
    { "an unknown question", "{\"answers\":{\"nmae\":\"x\"}}", "nmae" },
    { "a number as text", "{\"answers\":{\"copies\":\"3\"}}", "copies" },
    { "a date in the ROC way", "{\"answers\":{\"born\":\"79-3-15\"}}", "born" },
    { "a text as number", "{\"answers\":{\"name\":3}}", "name" },
    { "a choice as list", "{\"answers\":{\"kind\":[\"a\"]}}", "kind" },
    { "choices as text", "{\"answers\":{\"ways\":\"x\"}}", "ways" },
    { "an unknown piece of an address", "{\"answers\":{\"home\":{\"county\":\"x\"}}}", "home" },
    { "a file that is no id", "{\"answers\":{\"paper\":{\"file\":\"!\"}}}", "paper" },
    { "an answer to a note", "{\"answers\":{\"read_me\":\"x\"}}", "read_me" },
    { "consent refused", "{\"answers\":{\"agree\":false}}", "agree" },
    { "answers that are no object", "{\"answers\":3}", "answers" },
    { "null is no answer", "{\"answers\":{\"name\":null}}", "name" },
};

static void json_mistakes_name_the_question(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(json_rows) / sizeof(*json_rows); i++) {
        struct world w = world_new();
        const struct json *j = NULL;

        assert_null(json_parse(w.arena, str_of(json_rows[i].json), &j));
        assert_null(answers_read_json(w.arena, &w.answers, j, w.today, &w.mistakes));
        if (mistake_of(&w.mistakes, str_of(json_rows[i].field)) == NULL) {
            fail_msg("%s", json_rows[i].story);
        }
        arena_free(w.arena);
    }
}

static const struct { const char *key, *zh, *en, *masked, *find; } told[] = {
    { "name", "王小明", "王小明", "王○明", "王小明" },
    { "national", "A123456789", "A123456789", "A12345****", "A123456789" },
    { "born", "民國79年3月15日", "15 March 1990", "1990-○○-○○", "" },
    { "mobile", "0912345678", "0912345678", "0912***678", "0912345678" },
    { "phone", "07-6671211#52", "07-6671211#52", "07-6***211", "076671211" },
    { "email", "a.b@example.com", "a.b@example.com", "a***@example.com", "a.b@example.com" },
    { "home", "815 雲川市青埔區公園路1號", "815 雲川市青埔區公園路1號", "雲川市青埔區○○路○○號",
      "雲川市青埔區公園路1號" },
    { "kind", "其他", "Other", "○○○", "" },
    { "ways", "丑、寅", "Y, Z", "○○○", "" },
    { "story", "一\n二", "一\n二", "○○○", "" },
    { "copies", "3", "3", "○○○", "" },
    { "amount", "1,200 元", "NT$1,200", "○○○", "" },
    { "court", "否", "No", "○○○", "" },
    { "agree", "同意", "Agreed", "○○○", "" },
};

static void answers_are_told_masked_and_found(void **state)
{
    struct world w = world_new();
    const struct json *j = NULL;

    (void)state;
    assert_null(json_parse(w.arena, str_of(body), &j));
    assert_null(answers_read_json(w.arena, &w.answers, j, w.today, &w.mistakes));
    for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++) {
        const struct answer *x = answers_of(&w.answers, str_of(told[i].key));

        str zh = answer_text(w.arena, x, LANG_ZH, false);
        str en = answer_text(w.arena, x, LANG_EN, false);
        str masked = answer_mask(w.arena, x), find = answer_find_value(w.arena, x);

        if (!str_equal(zh, str_of(told[i].zh)) || !str_equal(en, str_of(told[i].en)) ||
            !str_equal(masked, str_of(told[i].masked)) ||
            !str_equal(find, str_of(told[i].find))) {
            fail_msg("%s: %.*s | %.*s | %.*s | %.*s", told[i].key, STR_ARG(zh), STR_ARG(en),
                     STR_ARG(masked), STR_ARG(find));
        }
        /* Only personal answers hide when asked to. */
        assert_true(str_equal(answer_text(w.arena, x, LANG_ZH, true),
                              x->question->personal
                                  ? answer_mask_text(w.arena, x->question, masked, LANG_ZH)
                                  : zh));
    }
    arena_free(w.arena);
}

static const struct { const char *key, *mask; enum lang lang; const char *shown; } shown[] = {
    { "born", "1990-○○-○○", LANG_ZH, "民國79年○月○日" },
    { "born", "1990-○○-○○", LANG_JA, "1990年○月○日" },
    { "born", "1990-○○-○○", LANG_EN, "1990" },
    { "born", "1905-○○-○○", LANG_ZH, "1905年○月○日" },
    { "born", "○○", LANG_ZH, "○○" },
    { "name", "王○明", LANG_EN, "王○明" },
};

static void a_masked_date_reads_as_dates_do(void **state)
{
    struct world w = world_new();

    (void)state;
    for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++) {
        const struct answer *x = answers_of(&w.answers, str_of(shown[i].key));

        assert_true(str_equal(answer_mask_text(w.arena, x->question, str_of(shown[i].mask),
                                               shown[i].lang),
                              str_of(shown[i].shown)));
    }
    arena_free(w.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_is_told_at_once_in_order),
        cmocka_unit_test(one_step_asks_only_its_own),
        cmocka_unit_test(what_is_not_asked_is_not_required),
        cmocka_unit_test(rules_of_the_definition_are_told),
        cmocka_unit_test(a_file_is_needed_when_the_rule_says_so),
        cmocka_unit_test(json_goes_in_and_comes_out),
        cmocka_unit_test(json_mistakes_name_the_question),
        cmocka_unit_test(a_masked_date_reads_as_dates_do),
        cmocka_unit_test(answers_are_told_masked_and_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
