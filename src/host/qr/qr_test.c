/* A QR code has its finder patterns where a reader looks for them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/qr/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_link_becomes_a_path(void **state)
{
    struct arena *a = arena_new(0);
    str d;
    int side;
    assert_null(qr_path(a, STR("https://example.gov.tw/status"), &d, &side));
    assert_int_equal((side - 8 - 17) % 4, 0); /* versions grow by four modules */
    assert_true(str_starts(d, STR("M4 4h7v1h-7z")));
    assert_true(str_find(d, str_format(a, "M%d 4h7v1h-7z", side - 11)) > 0);
    assert_true(str_find(d, str_format(a, "M4 %dh7v1h-7z", side - 5)) > 0);
    arena_free(a);
}

static void too_long_a_text_is_refused(void **state)
{
    struct arena *a = arena_new(0);
    char text[5000];
    str d;
    int side;
    memset(text, 'x', sizeof text);
    assert_int_equal(qr_path(a, (str){ text, sizeof text }, &d, &side)->kind, ERR_INPUT);
    assert_int_equal(qr_path(a, STR(""), &d, &side)->kind, ERR_INPUT);
    assert_null(qr_path(a, (str){ text, 2000 }, &d, &side));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_becomes_a_path),
        cmocka_unit_test(too_long_a_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
