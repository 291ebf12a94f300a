/* Every statement of the program is accepted by the engine, with the values it says.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/lists.h"
#include "host/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void every_statement_prepares(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    struct snap *snap;

    assert_null(store_open_scratch(a, &s));
    assert_null(snap_begin(a, s, &snap));
    for (size_t i = 0; i < app_queries_count; i++) {
        const struct query_list *list = app_queries[i];

        assert_true(list->count > 0);
        for (size_t k = 0; k < list->count; k++) {
            err e = snap_prepare(a, snap, list->queries[k]);

            if (e != NULL) {
                fail_msg("%s: %.*s", list->room, STR_ARG(e->why));
            }
        }
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_statement_prepares) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
