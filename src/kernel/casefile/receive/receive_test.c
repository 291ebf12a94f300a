/* What the check of an application makes of its answers: sealed, masked, findable, and a
 * code that only the receipt tells.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/pack/builtin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define OFFICE 7
#define NOW INT64_C(1790000000000)

struct bench {
    struct arena *a;
    struct keyring *k;
    struct catalog *c;
    struct id_source ids;
    const struct service *service;
    struct answers answers;
    struct unit unit;
};

static void bench_open(struct bench *b)
{
    static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind,
                                                     &service_kind, &terms_kind };
    struct definition *list;
    struct mistakes m;
    const struct json *j;
    size_t count;

    *b = (struct bench){ .a = arena_new(0) };
    mistakes_init(&m, b->a);
    assert_null(seal_start(b->a));
    assert_null(keyring_from_phrase(b->a, STR("prepare test"), &b->k));
    assert_null(builtin_pack(b->a, STR("demo/district"), &list, &count));
    assert_null(catalog_build(kinds, 4, OFFICE, list, count, &m, &b->c));
    id_source_init(&b->ids, 0, 0);
    b->service = service_get(b->c, STR("zoning"));
    assert_non_null(b->service);
    b->unit = (struct unit){ .id = 70, .key = b->service->unit };
    assert_null(answers_init(b->a, &b->service->form, &b->answers));
    assert_null(json_parse(b->a, form_example(b->a, &b->service->form, day_at(NOW)), &j));
    assert_null(answers_read_json(b->a, &b->answers, j, day_at(NOW), &m));
    assert_null(m.first);
}

static void bench_close(struct bench *b)
{
    catalog_release(b->c);
    arena_free(b->a);
}

static err prepare(struct bench *b, struct case_wish *ret)
{
    const struct agency office = { .id = OFFICE, .case_prefix = STR("DA") };

    return casefile_prepare(b->a, b->k, &b->ids, b->c, calendar_official(), &office,
                            &b->unit, 1, b->service, &b->answers, CHANNEL_ONLINE, NOW,
                            STR("once"), ret);
}

static void personal_answers_are_sealed_and_others_are_not(void **state)
{
    struct bench b;
    struct case_wish w;
    size_t sealed = 0, plain = 0;

    bench_open(&b);
    assert_null(prepare(&b, &w));
    for (size_t i = 0; i < w.answers_count; i++) {
        const struct sealed_answer *x = &w.answers[i];
        const struct answer *said = answers_of(&b.answers, x->question);
        bool secret = said->question->personal || said->question->type == Q_PARAGRAPH;

        assert_int_equal(str_is_empty(x->sealed), !secret);
        assert_int_equal(str_is_empty(x->plain), secret);
        if (secret) {
            struct seal_place place = { OFFICE, w.id, "case_answer", str_z(b.a, x->question) };
            str opened;

            assert_true(str_find(x->sealed, said->json) < 0);
            assert_false(str_equal(x->masked, said->json));
            assert_null(seal_open(b.a, b.k, place, x->sealed, &opened));
            assert_true(str_equal(opened, said->json));
            place.row++;
            assert_non_null(seal_open(b.a, b.k, place, x->sealed, &opened));
        }
        sealed += secret ? 1 : 0;
        plain += secret ? 0 : 1;
    }
    assert_true(sealed > 0 && plain > 0);
    bench_close(&b);
}

static void the_applicant_is_masked_and_findable(void **state)
{
    struct bench b;
    struct case_wish w;
    bool found = false;

    bench_open(&b);
    assert_null(prepare(&b, &w));
    assert_true(str_find(w.applicant_masked, STR("○")) >= 0);
    for (size_t i = 0; i < w.answers_count; i++) {
        if (str_equal(w.answers[i].question, w.applicant_question)) {
            assert_int_equal(w.answers[i].blind.len, 16);
            assert_string_equal(w.answers[i].blind_kind, "name");
            found = true;
        }
    }
    assert_true(found);
    bench_close(&b);
}

static void each_code_is_another(void **state)
{
    struct bench b;
    struct case_wish one, two;
    str tidy;

    bench_open(&b);
    assert_null(prepare(&b, &one));
    assert_null(prepare(&b, &two));
    assert_int_equal(one.code.len, 12);
    assert_true(crockford_tidy(b.a, one.code, &tidy));
    assert_false(str_equal(one.code, two.code));
    assert_false(str_equal(one.answers_hash, two.answers_hash)); /* salted */
    assert_true(two.id > one.id);
    assert_true(str_find(one.code_sealed, one.code) < 0);
    bench_close(&b);
}

static void unit_level_and_term_come_from_the_definitions(void **state)
{
    struct bench b;
    struct case_wish w;
    enum level level;

    bench_open(&b);
    assert_null(prepare(&b, &w));
    assert_null(authority_level(b.c, b.service->matter, &level));
    assert_int_equal(w.level, level);
    assert_int_equal(w.unit, 70);
    assert_int_equal(w.due, service_due(calendar_official(), b.service, day_at(NOW)));
    b.unit.key = STR("nowhere");
    assert_int_equal(prepare(&b, &w)->kind, ERR_BROKEN);
    bench_close(&b);
}

static void an_exhausted_arena_is_busy_and_nothing_else(void **state)
{
    struct bench b;
    struct case_wish w;
    err e;
    long n = 1;

    bench_open(&b);
    do {
        w = (struct case_wish){ .id = 0 };
        arena_fault_at(n);
        e = prepare(&b, &w);
        arena_fault_at(0);
        if (e != NULL) {
            assert_int_equal(e->kind, ERR_BUSY);
            assert_int_equal(w.id, 0);
        }
        arena_free(b.a);
        catalog_release(b.c);
        bench_open(&b);
        n += 3;
    } while (e != NULL && n < 2000);
    assert_null(e);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(personal_answers_are_sealed_and_others_are_not),
        cmocka_unit_test(the_applicant_is_masked_and_findable),
        cmocka_unit_test(each_code_is_another),
        cmocka_unit_test(unit_level_and_term_come_from_the_definitions),
        cmocka_unit_test(an_exhausted_arena_is_busy_and_nothing_else),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
