/* The clock goes forward, and a test can set it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/day.h"
#include "host/clock/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void a_test_sets_the_clock_by_a_file(void **state)
{
#ifdef BIANMIN_TEST
    char path[] = "/tmp/bianmin-clock-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    put(path, "2026-03-02T10:00\n");
    setenv("BIANMIN_CLOCK", path, 1);
    int64_t ten = day_begins_ms(day_of(2026, 3, 2)) + INT64_C(10) * 3600000;
    int64_t first = clock_now_ms();
    assert_true(first >= ten && first < ten + 60000);
    put(path, "86400000");
    assert_true(clock_now_ms() < ten + 60000); /* read at most once a second */
    usleep(1100000);
    assert_true(clock_now_ms() > first);
    unlink(path);
#else
    skip();
#endif
}

static void steady_time_never_goes_back(void **state)
{
    int64_t before = clock_steady_ns();
    for (int i = 0; i < 1000; i++) {
        int64_t now = clock_steady_ns();
        assert_true(now >= before);
        before = now;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_sets_the_clock_by_a_file),
        cmocka_unit_test(steady_time_never_goes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
