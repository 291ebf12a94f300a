/* A draft on a real store: kept sealed, found by its token alone, gone after a day.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/draft/draft.h"

#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define OFFICE 7
#define NOW INT64_C(1790000000000)

struct desk_of_drafts {
    struct arena *a;
    struct store *s;
    struct keyring *k;
};

static void begin(struct desk_of_drafts *d)
{
    d->a = arena_new((size_t)64 << 20);
    assert_null(seal_start(d->a));
    assert_null(keyring_from_phrase(d->a, STR("draft test"), &d->k));
    assert_null(store_open_scratch(d->a, &d->s));
}

static struct draft draft_of(struct desk_of_drafts *d, int64_t id, const char *answers)
{
    struct draft x = { .agency = OFFICE, .id = id, .service = STR("zoning"), .version = 2,
                             .reached = 1, .answers = str_of(answers),
                             .until_ms = NOW + DRAFT_MS };

    assert_null(draft_begin(d->a, d->k, &x));
    assert_null(draft_seal(d->a, d->k, &x));
    return x;
}

static err put_run(void *context, struct arena *a, struct tx *tx)
{
    return draft_put(a, tx, context);
}

static err sent_run(void *context, struct arena *a, struct tx *tx)
{
    const struct draft *x = context;

    return draft_sent(a, tx, x->agency, x->id, STR("DA-115-000001-4"));
}

struct sweep {
    int64_t now_ms, swept;
};

static err sweep_run(void *context, struct arena *a, struct tx *tx)
{
    struct sweep *s = context;

    return draft_sweep(a, tx, s->now_ms, &s->swept);
}

static err find(struct desk_of_drafts *d, int64_t agency, str token, int64_t now_ms,
                struct draft *ret)
{
    struct snap *snap = NULL;
    err e;

    assert_null(snap_begin(d->a, d->s, &snap));
    e = draft_find(d->a, snap, d->k, agency, token, now_ms, ret);
    snap_end(snap);
    return e;
}

static err find_id(struct desk_of_drafts *d, int64_t agency, int64_t id, int64_t now_ms,
                   struct draft *ret)
{
    struct snap *snap = NULL;
    err e;

    assert_null(snap_begin(d->a, d->s, &snap));
    e = draft_by_id(d->a, snap, d->k, agency, id, now_ms, ret);
    snap_end(snap);
    return e;
}

static void found_by_its_token_only(void **state)
{
    struct desk_of_drafts d;
    struct draft x, got;

    (void)state;
    begin(&d);
    x = draft_of(&d, 11, "{\"name\":\"林小青\"}");
    assert_int_equal(str_find(x.sealed, STR("林小青")), -1);
    assert_null(store_commit(d.s, d.a, OFFICE, put_run, &x));
    assert_null(find(&d, OFFICE, x.token, NOW, &got));
    assert_true(str_equal(got.answers, x.answers));
    assert_int_equal(got.reached, 1);
    assert_int_equal(got.version, 2);
    assert_int_equal(find(&d, OFFICE, STR("0123"), NOW, &got)->kind, ERR_MISSING);
    assert_int_equal(find(&d, 8, x.token, NOW, &got)->kind, ERR_MISSING);
    assert_null(find_id(&d, OFFICE, x.id, NOW, &got));
    assert_true(str_equal(got.answers, x.answers));
    assert_int_equal(find_id(&d, 8, x.id, NOW, &got)->kind, ERR_MISSING);
    assert_int_equal(find_id(&d, OFFICE, x.id, NOW + DRAFT_MS, &got)->kind, ERR_MISSING);
    assert_int_equal(find(&d, OFFICE, x.token, NOW + DRAFT_MS, &got)->kind, ERR_MISSING);
    arena_free(d.a);
}

static void goes_on_until_it_is_sent(void **state)
{
    struct desk_of_drafts d;
    struct draft x, got;

    (void)state;
    begin(&d);
    x = draft_of(&d, 11, "{}");
    assert_null(store_commit(d.s, d.a, OFFICE, put_run, &x));
    assert_null(find(&d, OFFICE, x.token, NOW, &got));
    got.answers = STR("{\"copies\":2}");
    got.reached = 2;
    assert_null(draft_seal(d.a, d.k, &got));
    assert_null(store_commit(d.s, d.a, OFFICE, put_run, &got));
    assert_null(find(&d, OFFICE, x.token, NOW, &got));
    assert_true(str_equal(got.answers, STR("{\"copies\":2}")));
    assert_null(store_commit(d.s, d.a, OFFICE, sent_run, &got));
    assert_null(find(&d, OFFICE, x.token, NOW, &got));
    assert_true(str_equal(got.case_number, STR("DA-115-000001-4")));
    /* What was sent is not written over. */
    assert_int_equal(store_commit(d.s, d.a, OFFICE, put_run, &got)->kind, ERR_CONFLICT);
    arena_free(d.a);
}

static void is_swept_when_its_day_is_over(void **state)
{
    struct desk_of_drafts d;
    struct draft x, got;
    struct sweep sweep = { .now_ms = NOW };

    (void)state;
    begin(&d);
    x = draft_of(&d, 11, "{}");
    assert_null(store_commit(d.s, d.a, OFFICE, put_run, &x));
    assert_null(store_commit(d.s, d.a, OFFICE, sweep_run, &sweep));
    assert_int_equal(sweep.swept, 0);
    sweep.now_ms = NOW + DRAFT_MS;
    assert_null(store_commit(d.s, d.a, OFFICE, sweep_run, &sweep));
    assert_int_equal(sweep.swept, 1);
    assert_int_equal(find(&d, OFFICE, x.token, NOW, &got)->kind, ERR_MISSING);
    arena_free(d.a);
}

/* With a code it lives 14 days from its last saving, and goes on wherever the code is. */
static void goes_on_elsewhere_by_its_code(void **state)
{
    struct desk_of_drafts d;
    struct draft x, got;
    struct snap *snap = NULL;
    struct sweep sweep = { .now_ms = NOW + DRAFT_CODE_MS };

    (void)state;
    begin(&d);
    x = draft_of(&d, 11, "{\"copies\":2}");
    assert_null(store_commit(d.s, d.a, OFFICE, put_run, &x));
    assert_null(find(&d, OFFICE, x.token, NOW, &got));
    assert_int_equal(got.code.len, 0);
    assert_null(draft_code_make(d.a, d.k, &got));
    got.until_ms = draft_until(&got, NOW);
    assert_null(draft_seal(d.a, d.k, &got));
    assert_null(store_commit(d.s, d.a, OFFICE, put_run, &got));
    x = got;
    /* As it was read out at a counter. */
    assert_null(snap_begin(d.a, d.s, &snap));
    assert_null(draft_by_code(d.a, snap, d.k, OFFICE,
                              str_lower(d.a, draft_code_text(d.a, x.code)),
                              NOW + 13 * DRAFT_MS, &got));
    assert_true(str_equal(got.answers, STR("{\"copies\":2}")));
    assert_true(str_equal(got.code, x.code));
    assert_int_equal(draft_by_code(d.a, snap, d.k, 8, x.code, NOW, &got)->kind, ERR_MISSING);
    assert_int_equal(draft_by_code(d.a, snap, d.k, OFFICE, STR("1"), NOW, &got)->kind,
                     ERR_MISSING);
    assert_int_equal(draft_by_code(d.a, snap, d.k, OFFICE, x.code, NOW + DRAFT_CODE_MS,
                                   &got)->kind, ERR_MISSING);
    snap_end(snap);
    /* The second code is the first. */
    assert_null(find(&d, OFFICE, x.code, NOW, &got));
    assert_null(draft_code_make(d.a, d.k, &got));
    assert_true(str_equal(got.code, x.code));
    assert_null(store_commit(d.s, d.a, OFFICE, sweep_run, &sweep));
    assert_int_equal(sweep.swept, 1);
    assert_int_equal(find(&d, OFFICE, x.token, NOW, &got)->kind, ERR_MISSING);
    arena_free(d.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_by_its_token_only),
        cmocka_unit_test(goes_on_until_it_is_sent),
        cmocka_unit_test(is_swept_when_its_day_is_over),
        cmocka_unit_test(goes_on_elsewhere_by_its_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
