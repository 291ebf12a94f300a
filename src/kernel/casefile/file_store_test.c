/* A file that a case holds stays, even when the program ended before it was marked.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/files.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/receive/receive.h"

static void upload(struct bench *b, int64_t id)
{
    struct file_writer *w;
    struct file_facts facts;

    assert_null(file_begin(b->a, b->s, b->k, OFFICE, id, NOW, &w));
    assert_null(file_append(w, "letter", 6));
    assert_null(file_finish(w, &facts));
}

static void a_linked_file_is_marked_at_start(void **state)
{
    struct bench b;
    struct case_wish wish;
    struct case_file held;
    struct file_facts facts;
    int kept, swept;

    bench_open(&b);
    upload(&b, 501);
    upload(&b, 502);
    wish = wish_of(&b, TODAY, LEVEL_UNIT_HEAD);
    held = (struct case_file){ 501, STR("map") };
    wish.files = &held;
    wish.files_count = 1;
    receive(&b, wish);
    /* Here the program ended, before it could mark the file. */
    assert_null(casefile_files_keep(b.a, b.s, &kept));
    assert_int_equal(kept, 1);
    assert_null(file_sweep(b.a, b.s, NOW + 1, &swept));
    assert_int_equal(swept, 1);
    assert_null(file_facts_load(b.a, b.s, OFFICE, 501, &facts));
    assert_int_equal(file_facts_load(b.a, b.s, OFFICE, 502, &facts)->kind, ERR_MISSING);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_linked_file_is_marked_at_start) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
