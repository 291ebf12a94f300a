/* Every log line is one JSON object, whatever it is given.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/json/json.h"
#include "host/log/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
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

/* ---- many at a time ---- */

#define THREADS 4
#define LINES 3000

static void *say_many(void *thread)
{
    for (int64_t i = 0; i < LINES; i++) {
        LOG(LOG_INFO_LEVEL, "many", LOG_NUMBER("thread", (int64_t)(intptr_t)thread),
            LOG_NUMBER("n", i));
    }
    return NULL;
}

/* All that stands in the file by now. */
static str written(struct arena *a, int file)
{
    off_t len = lseek(file, 0, SEEK_END);
    char *at = arena_alloc(a, (size_t)len);

    assert_int_equal(pread(file, at, (size_t)len, 0), len);
    return (str){ at, (size_t)len };
}

static void threads_say_much(void)
{
    pthread_t threads[THREADS];

    for (intptr_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, say_many, (void *)i), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
}

static void every_line_is_there_in_order(struct arena *a, str all)
{
    const struct json *j = NULL;
    int64_t next[THREADS] = { 0 };
    str line;

    while (str_cut(&all, '\n', &line) && line.len > 0) {
        assert_null(json_parse(a, line, &j));
        if (str_equal(json_text_of(j, STR("what")), STR("many"))) {
            int64_t *n = &next[json_int_of(j, STR("thread"), 0)];
            assert_int_equal(json_int_of(j, STR("n"), -1), *n);
            ++*n;
        }
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(next[i], LINES);
    }
}

/* Of one round: how long the file was after an error, after the end, and in the end. */
struct round {
    str with_error, with_last, with_after;
};

static struct round one_round(struct arena *a, int file)
{
    int kept = dup(STDERR_FILENO);
    struct round r;

    assert_null(log_gather(a));
    dup2(file, STDERR_FILENO);
    threads_say_much();
    LOG(LOG_INFO_LEVEL, "before", LOG_NUMBER("n", 1));
    LOG(LOG_ERROR_LEVEL, "trouble", LOG_NUMBER("n", 2));
    r.with_error = written(a, file);
    LOG(LOG_INFO_LEVEL, "last", LOG_NUMBER("n", 3));
    log_gather_end();
    r.with_last = written(a, file);
    LOG(LOG_INFO_LEVEL, "after", LOG_NUMBER("n", 4));
    r.with_after = written(a, file);
    dup2(kept, STDERR_FILENO);
    close(kept);
    return r;
}

static void gathered_lines_all_come(void **state)
{
    for (int round = 0; round < 2; round++) {
        struct arena *a = arena_new((size_t)64 << 20);
        FILE *file = tmpfile();
        struct round r = one_round(a, fileno(file));

        /* An error takes all before it along. */
        every_line_is_there_in_order(a, r.with_error);
        assert_true(str_find(r.with_error, STR("trouble")) >
                    str_find(r.with_error, STR("before")));
        assert_true(str_find(r.with_last, STR("\"last\"")) > 0);
        assert_true(str_find(r.with_after, STR("\"after\"")) > 0);
        fclose(file);
        arena_free(a);
    }
}

static void a_line_does_not_wait_long(void **state)
{
    int ends[2], kept = dup(STDERR_FILENO);
    char some[200];
    struct arena *a = arena_new(0);

    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    assert_null(log_gather(a));
    LOG(LOG_INFO_LEVEL, "alone", LOG_NUMBER("n", 1));
    assert_true(read(ends[0], some, sizeof some) > 0); /* without an end to wait for */
    log_gather_end();
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[0]);
    close(ends[1]);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_json),
        cmocka_unit_test(what_is_too_small_is_left_out),
        cmocka_unit_test(gathered_lines_all_come),
        cmocka_unit_test(a_line_does_not_wait_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
