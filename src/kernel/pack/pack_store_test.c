/* pack_store_test — versions are only added, and only when something changed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/store/store.h"
#include "kernel/pack/pack.h"
#include "kernel/party/party.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct put {
    const char *key, *source;
    bool changed;
};

static err put_run(void *context, struct arena *a, struct tx *tx)
{
    struct put *p = context;
    struct actor who = { .agency = 7, .staff = 9 };
    struct definition d = { .agency = 7, .kind = STR("service"), .key = str_of(p->key),
                            .source = str_of(p->source), .file = STR("x.yaml") };

    return definition_put(a, tx, &who, 1000, &d, &p->changed);
}

static const struct { const char *story; struct put put; bool changed; size_t rows; int version; }
steps[] = {
    { "the first version", { "zoning", "one", false }, true, 1, 1 },
    { "the same again changes nothing", { "zoning", "one", false }, false, 1, 1 },
    { "another source is the next version", { "zoning", "two", false }, true, 2, 2 },
    { "going back is a version too", { "zoning", "one", false }, true, 3, 3 },
    { "another service begins at one", { "mediation", "one", false }, true, 4, 3 },
};

static void versions_are_added(void **state)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct store *s;

    (void)state;
    assert_null(store_open_scratch(a, &s));
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        struct put p = steps[i].put;
        struct definition *list = NULL;
        struct snap *snap = NULL;
        size_t count = 0;

        assert_null(store_commit(s, a, 7, put_run, &p));
        assert_null(snap_begin(a, s, &snap));
        assert_null(definition_list(a, snap, 7, &list, &count));
        snap_end(snap);
        if (p.changed != steps[i].changed || count != steps[i].rows ||
            list[count - 1].version != steps[i].version) {
            fail_msg("%s", steps[i].story);
        }
    }
    arena_free(a);
}

static void offices_do_not_see_each_other(void **state)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct put p = { "zoning", "one", false };
    struct definition *list = NULL;
    struct snap *snap = NULL;
    struct store *s;
    size_t count = 0;

    (void)state;
    assert_null(store_open_scratch(a, &s));
    assert_null(store_commit(s, a, 7, put_run, &p));
    assert_null(snap_begin(a, s, &snap));
    assert_null(definition_list(a, snap, 8, &list, &count));
    assert_int_equal(count, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_are_added),
        cmocka_unit_test(offices_do_not_see_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
