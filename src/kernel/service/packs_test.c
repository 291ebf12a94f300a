/* packs_test — every pack that comes with the program is without mistakes, and each service
 * accepts its own example today.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/clock/clock.h"
#include "host/json/json.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind, &service_kind };
#define KINDS kinds, sizeof(kinds) / sizeof(*kinds)

static const struct { const char *folder; size_t services; } packs[] = {
    { "packs/demo/cityhall", 15 }, { "packs/demo/district", 25 }, { "packs/demo/household", 24 },
    { "packs/demo/health", 9 },   { "packs/start", 2 },
};
#define PACKS (sizeof(packs) / sizeof(*packs))

static void tell(const struct mistakes *m)
{
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        print_message("%.*s %.*s: %s", STR_ARG(x->place), STR_ARG(x->field), x->say.id);
        for (int i = 0; i < WORDS_VALUES; i++) {
            if (x->say.value[i].kind == WORD_TEXT) {
                print_message(" [%.*s]", STR_ARG(x->say.value[i].text));
            }
        }
        print_message("\n");
    }
}

static void folder_read(struct arena *a, const char *folder, struct definition **ret,
                        size_t *ret_count)
{
    const char *root = getenv("BIANMIN_SOURCE");
    struct mistakes m;

    mistakes_init(&m, a);
    assert_null(pack_read_folder(a, str_z(a, str_format(a, "%s/%s", root, folder)), &m, ret,
                                 ret_count));
    assert_int_equal(m.count, 0);
}

static void no_pack_has_a_mistake(void **state)
{
    (void)state;
    for (size_t i = 0; i < PACKS; i++) {
        struct arena *a = arena_new(0);
        struct definition *d = NULL;
        struct mistakes m;
        size_t count = 0;

        mistakes_init(&m, a);
        folder_read(a, packs[i].folder, &d, &count);
        assert_null(pack_check(KINDS, d, count, day_at(clock_now_ms()), &m));
        if (m.count > 0) {
            tell(&m);
            fail_msg("%s", packs[i].folder);
        }
        arena_free(a);
    }
}

static struct catalog *catalog_of(struct arena *a, const char *folder)
{
    struct definition *d = NULL;
    struct catalog *c = NULL;
    struct mistakes m;
    size_t count = 0;

    mistakes_init(&m, a);
    folder_read(a, folder, &d, &count);
    assert_null(catalog_build(KINDS, 2, d, count, &m, &c));
    return c;
}

static void example_is_accepted(const struct service *s, day today)
{
    struct arena *a = arena_new(0);
    str text = service_example(a, s, today);
    const struct json *body = NULL;
    struct answers answers;
    struct mistakes m;

    mistakes_init(&m, a);
    assert_null(json_parse(a, text, &body));
    assert_null(answers_init(a, &s->form, &answers));
    assert_null(answers_read_json(a, &answers, body, today, &m));
    if (m.count > 0) {
        tell(&m);
        fail_msg("%.*s", STR_ARG(s->key));
    }
    assert_null(answers_check(a, &answers, today, &m));
    assert_int_equal(m.count, 0);
    if (s->form.steps_count > 0) { /* short ones are kept without a person */
        assert_true(json_get(json_get(body, STR("contact")), STR("name")) != NULL);
    }
    assert_true(str_equal(answers_write(a, &answers), form_example(a, &s->form, today)));
    assert_false(arena_failed(a));
    arena_free(a);
}

static void every_example_is_accepted_today_and_next_year(void **state)
{
    day today = day_at(clock_now_ms());

    (void)state;
    for (size_t i = 0; i < PACKS; i++) {
        struct arena *a = arena_new(0);
        struct catalog *c = catalog_of(a, packs[i].folder);

        assert_int_equal(catalog_count(c, "service"), packs[i].services);
        for (size_t k = 0; k < packs[i].services; k++) {
            example_is_accepted(catalog_at(c, "service", k), today);
            example_is_accepted(catalog_at(c, "service", k), today + 400);
        }
        catalog_release(c);
        arena_free(a);
    }
}

static void the_demo_uses_every_type_of_question(void **state)
{
    bool used[QUESTION_TYPES] = { false };

    (void)state;
    for (size_t i = 0; i < PACKS; i++) {
        struct arena *a = arena_new(0);
        struct catalog *c = catalog_of(a, packs[i].folder);

        for (size_t k = 0; k < catalog_count(c, "service"); k++) {
            const struct service *s = catalog_at(c, "service", k);

            for (size_t step = 0; step < s->form.steps_count; step++) {
                for (size_t n = 0; n < s->form.steps[step].questions_count; n++) {
                    used[s->form.steps[step].questions[n].type] = true;
                }
            }
        }
        catalog_release(c);
        arena_free(a);
    }
    for (int type = 0; type < QUESTION_TYPES; type++) {
        if (!used[type]) {
            fail_msg("%.*s", STR_ARG(question_type_key[type]));
        }
    }
}

static const struct { const char *typed; enum lang lang; const char *first; } searches[] = {
    { "使用分區", LANG_ZH, "zoning" },
    { "土地分區", LANG_ZH, "zoning" },
    { "土地分区", LANG_ZH, NULL },
    { "分區證明", LANG_ZH, "zoning" },
    { "ZONING", LANG_EN, "zoning" },
    { "zoning certificate", LANG_ZH, "zoning" },
    { "certificate zoning", LANG_EN, "zoning" },
    { "調解", LANG_ZH, "mediation" },
    { "漏水", LANG_ZH, "mediation" },
    { "調停", LANG_JA, "mediation" },
    { "ｍｅｄｉａｔｉｏｎ", LANG_EN, "mediation" },
    { "traffic accident", LANG_EN, NULL },
    { "xyzzy", LANG_EN, NULL },
};

static void what_people_call_it_finds_it(void **state)
{
    struct arena *a = arena_new(0);
    struct catalog *c = catalog_of(a, "packs/demo/district");
    const struct service **found = NULL;
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(searches) / sizeof(*searches); i++) {
        assert_null(service_search(a, c, str_of(searches[i].typed), searches[i].lang, &found,
                                   &count));
        if (searches[i].first != NULL &&
            (count == 0 || !str_equal(found[0]->key, str_of(searches[i].first)))) {
            fail_msg("%s: %zu found", searches[i].typed, count);
        }
    }
    assert_null(service_search(a, c, STR("xyzzy"), LANG_ZH, &found, &count));
    assert_int_equal(count, 0);
    assert_null(service_search(a, c, STR("  "), LANG_ZH, &found, &count));
    assert_int_equal(count, catalog_count(c, "service"));
    catalog_release(c);
    arena_free(a);
}

/* Reads a pack, applies by the example, tells the answers; with the n-th allocation failing. */
static void apply_once(const struct definition *d, size_t count, day today)
{
    struct arena *a = arena_new(0);
    struct catalog *c = NULL;
    struct mistakes m;

    if (a == NULL) {
        return;
    }
    mistakes_init(&m, a);
    if (catalog_build(KINDS, 2, d, count, &m, &c) == NULL) {
        const struct service *s = service_get(c, STR("home_service"));
        const struct json *body = NULL;
        struct answers answers;

        if (s != NULL && json_parse(a, service_example(a, s, today), &body) == NULL &&
            answers_init(a, &s->form, &answers) == NULL &&
            answers_read_json(a, &answers, body, today, &m) == NULL) {
            for (size_t i = 0; i < answers.count; i++) {
                (void)answer_text(a, &answers.list[i], LANG_ZH, true);
                (void)answer_find_value(a, &answers.list[i]);
            }
        }
        catalog_release(c);
    }
    arena_free(a);
}

static void running_out_of_memory_is_no_crash(void **state)
{
    struct arena *a = arena_new(0);
    struct definition *d = NULL;
    size_t count = 0;

    (void)state;
    folder_read(a, "packs/start", &d, &count);
    for (long n = 1; n < 6000; n += n < 300 ? 1 : 37) {
        arena_fault_at(n);
        apply_once(d, count, day_of(2026, 11, 22));
        arena_fault_at(0);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_pack_has_a_mistake),
        cmocka_unit_test(every_example_is_accepted_today_and_next_year),
        cmocka_unit_test(the_demo_uses_every_type_of_question),
        cmocka_unit_test(what_people_call_it_finds_it),
        cmocka_unit_test(running_out_of_memory_is_no_crash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
