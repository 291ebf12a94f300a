/* doc/packs.md says what the readers know: it is made from them (`make reference`).
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/lists.h"
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static str file_text(struct arena *a, const char *path)
{
    size_t most = (size_t)1 << 20, len;
    char *at = arena_alloc(a, most);
    FILE *in = fopen(path, "rb");

    assert_non_null(in);
    assert_non_null(at);
    len = fread(at, 1, most, in);
    assert_int_equal(fclose(in), 0);
    return (str){ at, len };
}

static void the_reference_is_current(void **state)
{
    struct arena *a = arena_new(0);
    const char *source = getenv("BIANMIN_SOURCE");
    str made, kept;

    (void)state;
    assert_null(pack_reference(a, app_kinds, app_kinds_count, &made));
    kept = file_text(a, str_z(a, str_format(a, "%s/doc/packs.md",
                                            source != NULL ? source : ".")));
    if (!str_equal(made, kept)) {
        fail_msg("doc/packs.md is not what the readers know: make reference");
    }
    arena_free(a);
}

/* A key without words would be a line nobody understands. */
static void every_key_says_what_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < app_kinds_count; i++) {
        /* One that only knows names has nothing to write. */
        assert_true(app_kinds[i]->read == NULL || app_kinds[i]->chapters_count > 0);
        for (size_t n = 0; n < app_kinds[i]->chapters_count; n++) {
            const struct pack_chapter *c = app_kinds[i]->chapters[n];

            for (size_t w = 0; w < c->count; w++) {
                assert_true(c->words[w].key[0] != '\0');
                assert_true(c->words[w].form[0] != '\0');
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reference_is_current),
        cmocka_unit_test(every_key_says_what_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
