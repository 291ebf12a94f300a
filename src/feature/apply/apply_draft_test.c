/* A draft on a real store: kept sealed, found by its token alone, gone after a day.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/apply/apply_draft.h"

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

static struct apply_draft draft_of(struct desk_of_drafts *d, int64_t id, const char *answers)
{
    struct apply_draft x = { .agency = OFFICE, .id = id, .service = STR("zoning"), .version = 2,
                             .reached = 1, .answers = str_of(answers),
                             .until_ms = NOW + APPLY_DRAFT_MS };

    assert_null(apply_draft_begin(d->a, d->k, &x));
    assert_null(apply_draft_seal(d->a, d->k, &x));
    return x;
}

static err put_run(void *context, struct arena *a, struct tx *tx)
{
    return apply_draft_put(a, tx, context);
}

static err sent_run(void *context, struct arena *a, struct tx *tx)
{
    const struct apply_draft *x = context;

    return apply_draft_sent(a, tx, x->agency, x->id, STR("DA-115-000001-4"));
}

struct sweep {
    int64_t now_ms, swept;
};

static err sweep_run(void *context, struct arena *a, struct tx *tx)
{
    struct sweep *s = context;

    return apply_draft_sweep(a, tx, s->now_ms, &s->swept);
}

static err find(struct desk_of_drafts *d, int64_t agency, str token, int64_t now_ms,
                struct apply_draft *ret)
{
    struct snap *snap = NULL;
    err e;

    assert_null(snap_begin(d->a, d->s, &snap));
    e = apply_draft_find(d->a, snap, d->k, agency, token, now_ms, ret);
    snap_end(snap);
    return e;
}

static void found_by_its_token_only(void **state)
{
    struct desk_of_drafts d;
    struct apply_draft x, got;

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
    assert_int_equal(find(&d, OFFICE, x.token, NOW + APPLY_DRAFT_MS, &got)->kind, ERR_MISSING);
    arena_free(d.a);
}

static void goes_on_until_it_is_sent(void **state)
{
    struct desk_of_drafts d;
    struct apply_draft x, got;

    (void)state;
    begin(&d);
    x = draft_of(&d, 11, "{}");
    assert_null(store_commit(d.s, d.a, OFFICE, put_run, &x));
    assert_null(find(&d, OFFICE, x.token, NOW, &got));
    got.answers = STR("{\"copies\":2}");
    got.reached = 2;
    assert_null(apply_draft_seal(d.a, d.k, &got));
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
    struct apply_draft x, got;
    struct sweep sweep = { .now_ms = NOW };

    (void)state;
    begin(&d);
    x = draft_of(&d, 11, "{}");
    assert_null(store_commit(d.s, d.a, OFFICE, put_run, &x));
    assert_null(store_commit(d.s, d.a, OFFICE, sweep_run, &sweep));
    assert_int_equal(sweep.swept, 0);
    sweep.now_ms = NOW + APPLY_DRAFT_MS;
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
