/* rows_test — small tables of questions, signatures and business numbers: what is taken, what
 * is told, and where.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form_test.h"

#define SIGNED "sign.strokes=100,100 120,80 140,120 160,60;200,40 220,90 260,100 300,150"

/* `field`: where the (only) mistake of this question stands. */
static const struct {
    const char *story, *typed[9], *key, *json, *field, *say;
} rows[] = {
    { "two rows", { "land.rows=2", "land.1.section=青埔段", "land.1.area=３", "land.2.section=公園段" },
      "land", "[{\"section\":\"青埔段\",\"area\":3},{\"section\":\"公園段\"}]", NULL, NULL },
    { "an empty row in the middle falls out",
      { "land.rows=3", "land.1.section=a", "land.2.section= ", "land.3.section=c" }, "land",
      "[{\"section\":\"a\"},{\"section\":\"c\"}]", NULL, NULL },
    { "a date in a cell", { "land.rows=1", "land.1.section=a", "land.1.since.year=109",
                            "land.1.since.month=2", "land.1.since.date=29" },
      "land", "[{\"section\":\"a\",\"since\":\"2020-02-29\"}]", NULL, NULL },
    { "no such day in the second row",
      { "land.rows=2", "land.1.section=a", "land.2.section=b", "land.2.since.year=110",
        "land.2.since.month=2", "land.2.since.date=29" },
      "land", "", "land.2.since.year",
      "There is no such day for \"{label}\". Look at year, month and day once more." },
    { "the cell that is missing", { "land.rows=1", "land.1.area=5" }, "land", "",
      "land.1.section", "Fill in \"{label}\"." },
    { "no row at all where none is needed", { "land.rows=1", "land.1.section=" }, "land", "",
      NULL, NULL },
    { "more rows than there is room for",
      { "land.rows=4", "land.1.section=a", "land.2.section=b", "land.3.section=c",
        "land.4.section=d" },
      "land", "", "land", "\"{label}\" has room for {most} rows. Take some away." },
    { "a row taken away", { "land.rows=2", "land.1.section=a", "land.2.section=b",
                            "land.1.remove=1" },
      "land", "[{\"section\":\"b\"}]", NULL, NULL },
    { "a thousand rows are cut, not believed", { "land.rows=1000", "land.1.section=a" }, "land",
      "[{\"section\":\"a\"}]", NULL, NULL },
    { "a rule over all rows",
      { "land.rows=2", "land.1.section=a", "land.1.area=600", "land.2.section=b",
        "land.2.area=500" },
      "land", "[{\"section\":\"a\",\"area\":600},{\"section\":\"b\",\"area\":500}]", "land",
      "{text}" },
    { "a drawn signature", { SIGNED }, "sign",
      "{\"strokes\":\"100,100 120,80 140,120 160,60;200,40 220,90 260,100 300,150\"}", NULL,
      NULL },
    { "a typed one", { "sign.name= 林小青 ", "sign.agree=yes" }, "sign",
      "{\"name\":\"林小青\",\"agree\":true}", NULL, NULL },
    { "a typed one without the tick", { "sign.name=林小青" }, "sign", "", "sign.agree",
      "Tick that your name, typed here, stands for your signature." },
    { "a tick without a name", { "sign.agree=yes" }, "sign", "", "sign.name",
      "Type your name under \"{label}\" too." },
    { "a dot is no signature", { "sign.strokes=10,10 10,11 10,12 11,11 11,12 12,10 12,11 12,12" },
      "sign", "", "sign.name",
      "What was drawn for \"{label}\" is too small. Write your name over the whole box." },
    { "something else than points", { "sign.strokes=M0 0<script>" }, "sign", "", "sign.name",
      "What was drawn for \"{label}\" could not be read. Draw it again, or type your name." },
    { "a point outside of the box", { "sign.strokes=10,10 601,10 20,90" }, "sign", "",
      "sign.name",
      "What was drawn for \"{label}\" could not be read. Draw it again, or type your name." },
    { "a business number in full width", { "firm=０４５９５２５７" }, "firm", "\"04595257\"", NULL,
      NULL },
    { "a business number with a hyphen", { "firm=0459-5257" }, "firm", "\"04595257\"", NULL,
      NULL },
    { "a business number mistyped", { "firm=12345678" }, "firm", "", "firm",
      "The check digit of \"{label}\" does not fit. Compare it with the registration once "
      "more." },
    { "nothing but noughts", { "firm=00000000" }, "firm", "", "firm",
      "\"{label}\" has eight digits, for example 12345675." },
    { "seven digits", { "firm=1234567" }, "firm", "", "firm",
      "\"{label}\" has eight digits, for example 12345675." },
};

static void one_question_at_a_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct world w = world_new();
        const struct question *q = form_question(&w.form, str_of(rows[i].key));
        const struct mistake *m;

        post(&w, NULL, LANG_ZH, rows[i].typed);
        m = mistake_about(&w.mistakes, q);
        if (!str_equal(answers_of(&w.answers, q->key)->json, str_of(rows[i].json))) {
            fail_msg("%s: %.*s", rows[i].story,
                     STR_ARG(answers_of(&w.answers, q->key)->json));
        }
        if ((m == NULL) != (rows[i].say == NULL) ||
            (m != NULL && (strcmp(m->say.id, rows[i].say) != 0 ||
                           !str_equal(m->field, str_of(rows[i].field))))) {
            fail_msg("%s: %s at %.*s", rows[i].story, m != NULL ? m->say.id : "nothing",
                     STR_ARG(m != NULL ? m->field : STR("")));
        }
        arena_free(w.arena);
    }
}

/* Every wrong cell is told, not only the first. */
static void each_cell_tells_its_mistake(void **state)
{
    static const char *const typed[] = { "land.rows=3", "land.1.section=a", "land.1.area=none",
                                         "land.2.area=0", "land.3.section=一二三四五六七八九十一",
                                         NULL };
    struct world w = world_new();

    (void)state;
    post(&w, NULL, LANG_ZH, typed);
    assert_non_null(mistake_of(&w.mistakes, STR("land.1.area")));
    assert_non_null(mistake_of(&w.mistakes, STR("land.2.section")));
    assert_non_null(mistake_of(&w.mistakes, STR("land.2.area")));
    assert_non_null(mistake_of(&w.mistakes, STR("land.3.section")));
    /* What was typed is there to be corrected. */
    assert_int_equal(answers_of(&w.answers, STR("land"))->rows_count, 3);
    assert_true(str_equal(answers_of(&w.answers, STR("land"))->cells[1].typed[0],
                          STR("none")));
    arena_free(w.arena);
}

static void a_row_is_added_blank(void **state)
{
    static const char *const typed[] = { "land.rows=1", "land.1.section=a", "land.add=1", NULL };
    struct world w = world_new();
    const struct answer *x = answers_of(&w.answers, STR("land"));

    (void)state;
    post(&w, NULL, LANG_ZH, typed);
    assert_int_equal(x->rows_count, 2);
    assert_int_equal(x->cells[4].typed[0].len, 0);
    arena_free(w.arena);
}

static const char body[] =
    "{\"land\":[{\"section\":\"青埔段\",\"area\":3,\"owner\":\"王小明\"},"
    "{\"section\":\"公園段\",\"since\":\"2020-02-29\",\"owner\":\"陳大文\"}],"
    "\"firm\":\"04595257\",\"sign\":{\"name\":\"林小青\",\"agree\":true}}";

struct found {
    char text[100];
};

static void find_one(void *context, enum find_kind kind, str value)
{
    struct found *f = context;
    size_t used = strlen(f->text);

    snprintf(f->text + used, sizeof f->text - used, "%d:%.*s ", (int)kind, STR_ARG(value));
}

static void they_are_kept_told_masked_and_found(void **state)
{
    struct world w = world_new();
    const struct json *j = NULL;
    struct answers again;
    struct answer alone = { 0 };
    struct found found = { "" };
    str written;

    (void)state;
    assert_null(json_parse(w.arena, str_of(body), &j));
    assert_null(answers_read_json(w.arena, &w.answers, j, w.today, &w.mistakes));
    assert_null(mistake_about(&w.mistakes, form_question(&w.form, STR("land"))));
    written = answers_write(w.arena, &w.answers);
    assert_true(str_equal(written, str_of(body)));
    assert_null(answers_init(w.arena, &w.form, &again));
    assert_null(answers_restore(w.arena, &again, written, LANG_ZH));
    assert_null(answers_settle(w.arena, &again, w.today));
    assert_true(str_equal(answers_write(w.arena, &again), written));
    /* As it stands in a case: nothing but the JSON. */
    alone.question = form_question(&w.form, STR("land"));
    alone.json = answers_of(&again, STR("land"))->json;
    assert_true(str_equal(answer_text(w.arena, &alone, LANG_EN, false),
                          STR("青埔段, 3, 王小明; 公園段, 29 February 2020, 陳大文")));
    assert_true(str_equal(answer_mask(w.arena, &alone),
                          STR("青埔段、3、王○明；公園段、民國109年2月29日、陳○文")));
    answer_find_each(w.arena, &alone, find_one, &found);
    assert_string_equal(found.text, "1:王小明 1:陳大文 ");
    assert_true(str_equal(answer_text(w.arena, answers_of(&again, STR("sign")), LANG_ZH, false),
                          STR("林小青")));
    assert_true(str_equal(answer_mask(w.arena, answers_of(&again, STR("sign"))),
                          STR("○○○")));
    assert_true(str_equal(answer_text(w.arena, answers_of(&again, STR("firm")), LANG_ZH, true),
                          STR("04595257")));
    arena_free(w.arena);
}

static const struct { const char *story, *json, *field; } refused[] = {
    { "rows that are no list", "{\"land\":{}}", "land" },
    { "a row that is no object", "{\"land\":[3]}", "land" },
    { "a column that is none", "{\"land\":[{\"sektion\":\"a\"}]}", "land" },
    { "a cell of another type", "{\"land\":[{\"section\":\"a\",\"area\":\"3\"}]}",
      "land.1.area" },
    { "a signature that is a text", "{\"sign\":\"林小青\"}", "sign" },
    { "a signature without the yes", "{\"sign\":{\"name\":\"林小青\"}}", "sign.agree" },
    { "a signature with something else", "{\"sign\":{\"svg\":\"<svg>\"}}", "sign" },
};

static void json_mistakes_stand_at_their_cell(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        struct world w = world_new();
        const struct json *j = NULL;

        assert_null(json_parse(w.arena, str_of(refused[i].json), &j));
        assert_null(answers_read_json(w.arena, &w.answers, j, w.today, &w.mistakes));
        if (mistake_of(&w.mistakes, str_of(refused[i].field)) == NULL) {
            fail_msg("%s", refused[i].story);
        }
        arena_free(w.arena);
    }
}

static void a_drawn_signature_is_drawn_again(void **state)
{
    static const char *const typed[] = { SIGNED, NULL };
    struct world w = world_new();

    (void)state;
    post(&w, NULL, LANG_ZH, typed);
    assert_true(str_equal(answer_strokes(w.arena, answers_of(&w.answers, STR("sign"))),
                          STR("M100 100L120 80L140 120L160 60M200 40L220 90L260 100L300 150")));
    arena_free(w.arena);
}

/* A picture of it goes the way of a file; drawing or typing later takes its place. */
static void a_picture_of_a_signature_is_a_file(void **state)
{
    static const char *const nothing[] = { NULL };
    static const char *const gone[] = { "sign.remove=1", "sign.name=林小青", "sign.agree=yes",
                                        NULL };
    struct world w = world_new();
    const struct answer *x = answers_of(&w.answers, STR("sign"));

    (void)state;
    assert_null(answers_set_file(w.arena, &w.answers, STR("sign"), 77, STR("sign.png"),
                                 STR("image/png"), 900));
    assert_non_null(answers_set_file(w.arena, &w.answers, STR("sign"), 78, STR("sign.pdf"),
                                     STR("application/pdf"), 900));
    post(&w, NULL, LANG_ZH, nothing);
    assert_true(answer_holds_file(x));
    assert_true(str_equal(answer_text(w.arena, x, LANG_ZH, false), STR("sign.png")));
    post(&w, NULL, LANG_ZH, gone);
    assert_false(answer_holds_file(x));
    assert_true(str_equal(x->json, STR("{\"name\":\"林小青\",\"agree\":true}")));
    arena_free(w.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_question_at_a_time),
        cmocka_unit_test(each_cell_tells_its_mistake),
        cmocka_unit_test(a_row_is_added_blank),
        cmocka_unit_test(they_are_kept_told_masked_and_found),
        cmocka_unit_test(json_mistakes_stand_at_their_cell),
        cmocka_unit_test(a_drawn_signature_is_drawn_again),
        cmocka_unit_test(a_picture_of_a_signature_is_a_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
