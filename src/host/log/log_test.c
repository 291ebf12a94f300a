/* Every log line is one JSON object, whatever it is given.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/json/json.h"
#include "host/log/log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char caught[8192];

/* Runs `act` with standard error going to a pipe. */
static str catch(void (*act)(void))
{
    int ends[2], kept = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    act();
    dup2(kept, STDERR_FILENO);
    close(ends[1]);
    ssize_t got = read(ends[0], caught, sizeof caught);
    close(ends[0]);
    close(kept);
    assert_true(got >= 0);
    return (str){ caught, (size_t)got };
}

static void say_an_error(void)
{
    struct arena *a = arena_new(0);
    log_err(LOG_WARN_LEVEL, "request", STR("7K2"),
            err_new(a, ERR_CONFLICT, SAY(""), STR("seats"), "taken \"%d\"\n", 3));
    arena_free(a);
}

static char wild[5000];

static void say_wild_things(void)
{
    LOG(LOG_ERROR_LEVEL, "wild", LOG_STR("bytes", ((str){ wild, sizeof wild })),
        LOG_NUMBER("n", INT64_MIN), LOG_STR("cut", STR("\xE7\x8E")),
        LOG_STR("more", ((str){ wild, sizeof wild })),
        LOG_STR("again", ((str){ wild, sizeof wild })));
}

static void say_little(void)
{
    LOG(LOG_DEBUG_LEVEL, "small", LOG_NUMBER("n", 1));
}

static void a_line_is_json(void **state)
{
    struct arena *a = arena_new(0);
    const struct json *j = NULL;
    assert_null(json_parse(a, catch(say_an_error), &j));
    assert_true(str_equal(json_text_of(j, STR("level")), STR("warn")));
    assert_true(str_equal(json_text_of(j, STR("kind")), STR("conflict")));
    assert_true(str_equal(json_text_of(j, STR("why")), STR("taken \"3\"\n")));
    assert_int_equal(json_text_of(j, STR("at")).len, 24);
    assert_true(str_find(json_text_of(j, STR("where")), STR("log_test.c:")) >= 0);

    for (int fill = 0; fill < 256; fill += 5) {
        memset(wild, fill, sizeof wild);
        assert_null(json_parse(a, catch(say_wild_things), &j));
        assert_true(json_int_of(j, STR("n"), 0) == INT64_MIN || fill < 32);
    }
    arena_free(a);
}

static void what_is_too_small_is_left_out(void **state)
{
    assert_int_equal(catch(say_little).len, 0);
    log_set_level(LOG_DEBUG_LEVEL);
    assert_true(catch(say_little).len > 0);
    log_set_level(LOG_INFO_LEVEL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_json),
        cmocka_unit_test(what_is_too_small_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
