/* The questions of a form on a page and back again: each kind is drawn with its label in
 * every language; what was typed, what is wrong and what was attached stay with it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/field/field.h"

#include "desk/ask.h"
#include "desk/upload/upload.h"
#include "field.view.h"
#include "host/html/try.h"
#include "host/seal/seal.h"
#include "kernel/form/form_test.h"

#define FIELDS_MOST 24

struct counter {
    struct world w;
    struct agency office;
    struct ask q;
    struct ask_pair form[FIELDS_MOST];
};

static struct counter *counter_new(void)
{
    struct world w = world_new();
    struct counter *c = ARENA_NEW(w.arena, struct counter);
    struct keyring *k = NULL;

    assert_non_null(c);
    c->w = w;
    c->office = (struct agency){ .id = 2, .key = STR("district") };
    assert_null(seal_start(w.arena));
    assert_null(keyring_from_phrase(w.arena, STR("field"), &k));
    c->q = (struct ask){ .arena = w.arena, .lang = LANG_EN, .today = w.today,
                         .agency = &c->office, .keyring = k, .form = c->form };
    mistakes_init(&c->q.mistakes, w.arena);
    return c;
}

/* "name=value" one after the other, NULL at the end. */
static struct field_posted take(struct counter *c, size_t step, const char *const *pairs)
{
    struct field_posted posted = { false, false };

    c->q.form_count = 0;
    for (; *pairs != NULL; pairs++) {
        str value = str_of(*pairs), name;

        (void)str_cut(&value, '=', &name);
        c->form[c->q.form_count++] = (struct ask_pair){ name, value };
    }
    mistakes_init(&c->q.mistakes, c->w.arena);
    assert_null(fields_take(&c->q, &c->w.answers, &c->w.form.steps[step], &posted));
    return posted;
}

static const struct field *fill(struct counter *c, size_t step, size_t *ret_count)
{
    static const struct field_notice notice = { .years = 5, .telephone = STR_INIT("03") };
    const struct field *list = NULL;

    assert_null(answers_settle(c->w.arena, &c->w.answers, c->w.today));
    assert_null(fields_fill(&c->q, &c->w.answers, &c->w.form.steps[step], &notice, &list,
                            ret_count));
    return list;
}

static const struct field *field_named(struct counter *c, size_t step, const char *name)
{
    size_t count = 0;
    const struct field *list = fill(c, step, &count);

    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].name, str_of(name))) {
            return &list[i];
        }
    }
    return NULL;
}

static void every_kind_of_question_has_its_place(void **state)
{
    struct counter *c = counter_new();

    (void)state;
    for (size_t step = 0; step < c->w.form.steps_count; step++) {
        size_t count = 0;
        const struct field *list = fill(c, step, &count);

        assert_true(count > 5);
        for (size_t i = 0; i < count; i++) {
            try_view(field_view_v, &list[i], false);
        }
    }
    arena_free(c->w.arena);
}

static void what_was_typed_stays_and_is_told_where_it_is_wrong(void **state)
{
    static const char *const typed[] = { "name=\"><b>", "born.year=79", "born.month=13",
                                         "born.date=1", NULL };
    struct counter *c = counter_new();
    const struct field *born;

    (void)state;
    (void)take(c, 0, typed);
    assert_non_null(mistake_of(&c->q.mistakes, STR("national")));
    try_sees(field_view_v, field_named(c, 0, "name"), "value=\"&quot;&gt;&lt;b&gt;\"");
    born = field_named(c, 0, "born");
    assert_non_null(born->mistake.id);
    try_sees(field_view_v, born, "value=\"13\"");
    try_sees(field_view_v, born, "aria-invalid=\"true\"");
    try_view(field_view_v, born, false);
    arena_free(c->w.arena);
}

/* `which` is asked only of who chose "other"; the page that was sent had not asked it. */
static void a_question_that_appears_is_no_mistake_yet(void **state)
{
    static const char *const first[] = { "asked=kind agree", "kind=other", "agree=yes", NULL };
    static const char *const second[] = { "asked=kind which agree", "kind=other", "agree=yes",
                                          NULL };
    struct counter *c = counter_new();
    struct field_posted posted;

    (void)state;
    assert_null(field_named(c, 1, "which"));
    posted = take(c, 1, first);
    assert_true(posted.more && posted.stay);
    assert_int_equal(c->q.mistakes.count, 0);
    assert_non_null(field_named(c, 1, "which"));
    posted = take(c, 1, second);
    assert_false(posted.more || posted.stay);
    assert_non_null(mistake_of(&c->q.mistakes, STR("which")));
    arena_free(c->w.arena);
}

/* A form with a mistake somewhere else does not ask for the file again. */
static void a_file_that_has_arrived_stays_with_the_form(void **state)
{
    static const struct ask_file came = { STR_INIT("paper"), STR_INIT("map.pdf"), 77, 900,
                                          STR_INIT("application/pdf") };
    static const char *const nothing[] = { "asked=paper", NULL };
    const char *kept[] = { "asked=paper", "", NULL, NULL };
    struct counter *c = counter_new();
    const struct field *paper;

    (void)state;
    c->q.files = &came;
    c->q.files_count = 1;
    (void)take(c, 1, nothing);
    try_sees(field_view_v, field_named(c, 1, "paper"), "map.pdf");

    paper = field_named(c, 1, "paper");
    kept[1] = str_z(c->w.arena, str_format(c->w.arena, "paper.kept=%.*s",
                                           STR_ARG(paper->file_kept)));
    c->q.files_count = 0;
    assert_null(answers_init(c->w.arena, c->w.answers.form, &c->w.answers));
    (void)take(c, 1, kept);
    try_sees(field_view_v, field_named(c, 1, "paper"), "map.pdf");

    /* In another office the ticket is worth nothing. */
    c->office.id = 3;
    assert_null(answers_init(c->w.arena, c->w.answers.form, &c->w.answers));
    (void)take(c, 1, kept);
    assert_int_equal(field_named(c, 1, "paper")->file_name.len, 0);
    c->office.id = 2;

    /* Taken away, the same page comes without a word of what else is missing. */
    kept[2] = "paper.remove=1";
    assert_true(take(c, 1, kept).stay);
    assert_int_equal(c->q.mistakes.count, 0);
    assert_int_equal(field_named(c, 1, "paper")->file_name.len, 0);
    arena_free(c->w.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_question_has_its_place),
        cmocka_unit_test(what_was_typed_stays_and_is_told_where_it_is_wrong),
        cmocka_unit_test(a_question_that_appears_is_no_mistake_yet),
        cmocka_unit_test(a_file_that_has_arrived_stays_with_the_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
