/* Tests of files: what comes in pieces comes out whole, and only whole.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/files.h"

#include "host/seal/seal.h"
#include "host/store/db.h"
#include "host/store/files/files_db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct office {
    struct arena *a;
    struct store *s;
    struct keyring *k;
};

static struct office office_open(void)
{
    struct office o = { .a = arena_new((size_t)64 << 20) };

    assert_null(seal_start(o.a));
    assert_null(keyring_from_phrase(o.a, STR("files"), &o.k));
    assert_null(store_open_scratch(o.a, &o.s));
    return o;
}

static char *content(struct arena *a, size_t len)
{
    char *bytes = arena_alloc(a, len);

    assert_non_null(bytes);
    for (size_t i = 0; i < len; i++) {
        bytes[i] = (char)(i * 7 + i / 251);
    }
    return bytes;
}

static err keep(struct office *o, int64_t id, const char *bytes, size_t len, size_t piece,
                struct file_facts *ret)
{
    struct file_writer *w;

    TRY(file_begin(o->a, o->s, o->k, 5, id, 1000 + id, &w));
    for (size_t at = 0; at < len; at += piece) {
        TRY(file_append(w, bytes + at, len - at < piece ? len - at : piece));
    }
    return file_finish(w, ret);
}

static const struct {
    const char *story;
    size_t len, piece;
    int parts;
} sizes[] = {
    { "an empty file", 0, 1, 0 },
    { "one byte", 1, 1, 1 },
    { "a byte less than a part, in odd pieces", FILE_PART_BYTES - 1, 1013, 1 },
    { "exactly one part", FILE_PART_BYTES, 4096, 1 },
    { "a byte more than a part", FILE_PART_BYTES + 1, 65536, 2 },
    { "several parts in one piece", 3 * FILE_PART_BYTES + 5, 4 * FILE_PART_BYTES, 4 },
};

static void what_came_in_comes_out(void **state)
{
    struct office o = office_open();

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const char *bytes = content(o.a, sizes[i].len);
        struct file_facts facts = { 0 }, again = { 0 };
        size_t at = 0;
        int parts = 0;
        str part;

        assert_null(keep(&o, (int64_t)i + 1, bytes, sizes[i].len, sizes[i].piece, &facts));
        assert_int_equal(facts.size_bytes, sizes[i].len);
        assert_null(file_facts_load(o.a, o.s, 5, (int64_t)i + 1, &again));
        assert_true(str_equal(facts.sha256, again.sha256));
        assert_true(
            str_equal(facts.sha256, seal_sha256(o.a, (str){ bytes, sizes[i].len })));
        do {
            assert_null(file_part(o.a, o.s, o.k, 5, (int64_t)i + 1, parts, &part));
            assert_true(at + part.len <= sizes[i].len);
            assert_memory_equal(part.len > 0 ? part.at : "", bytes + at, part.len);
            at += part.len;
            parts += part.len > 0;
        } while (part.len > 0);
        if (parts != sizes[i].parts || at != sizes[i].len) {
            fail_msg("%s: %d parts, %zu bytes", sizes[i].story, parts, at);
        }
    }
    arena_free(o.a);
}

static void another_office_does_not_see_it(void **state)
{
    struct office o = office_open();
    struct file_facts facts;
    err e;

    assert_null(keep(&o, 1, "letter", 6, 6, &facts));
    e = file_facts_load(o.a, o.s, 6, 1, &facts);
    assert_non_null(e);
    assert_int_equal(e->kind, ERR_MISSING);
    arena_free(o.a);
}

static void half_a_file_is_no_file(void **state)
{
    struct office o = office_open();
    struct arena *request = arena_new(0);
    struct file_writer *w;
    struct file_facts facts;
    struct table t;
    char *bytes = content(o.a, FILE_PART_BYTES * 2);
    err e;

    assert_null(file_begin(request, o.s, o.k, 5, 1, 1000, &w));
    assert_null(file_append(w, bytes, FILE_PART_BYTES * 2));
    e = file_facts_load(o.a, o.s, 5, 1, &facts);
    assert_int_equal(e->kind, ERR_MISSING);
    arena_free(request); /* the visitor went away */
    static const struct query left = { "SELECT COUNT(*) FROM file_part", "" };
    assert_null(files_read(o.a, o.s, &left, NO_VALUES, &t));
    assert_int_equal(cell_int(&t, 0, 0), 0);
    arena_free(o.a);
}

static void the_sweep_leaves_what_is_kept(void **state)
{
    struct office o = office_open();
    struct file_facts facts;
    struct table t;
    int swept = 1, all = 0;
    err e;

    for (int64_t id = 1; id <= 20; id++) {
        assert_null(keep(&o, id, "letter", 6, 6, &facts));
    }
    assert_null(file_keep(o.a, o.s, 5, 3));
    assert_null(file_unkept(o.a, o.s, 100, &t));
    assert_int_equal(t.rows, 19);
    while (swept > 0) {
        assert_null(file_sweep(o.a, o.s, 1019, &swept));
        all += swept;
    }
    assert_int_equal(all, 17); /* 1..18 without 3; 19 and 20 are too young */
    assert_null(file_facts_load(o.a, o.s, 5, 3, &facts));
    assert_null(file_facts_load(o.a, o.s, 5, 19, &facts));
    e = file_facts_load(o.a, o.s, 5, 4, &facts);
    assert_int_equal(e->kind, ERR_MISSING);
    e = file_keep(o.a, o.s, 5, 4);
    assert_int_equal(e->kind, ERR_MISSING);
    arena_free(o.a);
}

struct findings {
    int faults, lines;
};

static void note(void *context, bool sound, str line)
{
    struct findings *f = context;

    f->lines++;
    f->faults += !sound;
}

static err spoil_work(void *context, struct arena *a, struct db *db)
{
    return db_script(a, db, context);
}

static const struct {
    const char *story, *sql;
    int faults;
} damage[] = {
    { "nothing was done", "", 0 },
    { "a part has other bytes",
      "UPDATE file_part SET sealed = (SELECT sha256 FROM file WHERE id = 2) "
      "WHERE file_id = 2 AND part = 1",
      1 },
    { "two parts changed places",
      "UPDATE file_part SET part = 9 WHERE file_id = 1 AND part = 0; UPDATE file_part SET part "
      "= 0 WHERE file_id = 1 AND part = 1; UPDATE file_part SET part = 1 WHERE file_id = 1 AND "
      "part = 9",
      1 },
    { "a part was taken out", "DELETE FROM file_part WHERE file_id = 2 AND part = 2", 1 },
    { "a part of another file was put in",
      "UPDATE file_part SET sealed = (SELECT sealed FROM file_part WHERE file_id = 1 AND part = "
      "0) WHERE file_id = 2 AND part = 0",
      1 },
    { "the hash was changed",
      "UPDATE file SET sha256 = (SELECT sealed FROM file_part WHERE file_id = 1 AND part = 0) "
      "WHERE id = 1",
      1 },
};

static void damage_is_found(void **state)
{
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        struct office o = office_open();
        char *bytes = content(o.a, FILE_PART_BYTES * 3);
        struct findings f = { 0 };
        struct file_facts facts;

        for (int64_t id = 1; id <= 2; id++) {
            assert_null(keep(&o, id, bytes, FILE_PART_BYTES * 3, FILE_PART_BYTES, &facts));
        }
        assert_null(files_write(o.a, o.s, spoil_work, (char *)damage[i].sql));
        assert_null(file_check(o.a, o.s, o.k, note, &f));
        if (f.faults != damage[i].faults || f.lines != 1) {
            fail_msg("%s: %d faults in %d lines", damage[i].story, f.faults, f.lines);
        }
        arena_free(o.a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_came_in_comes_out),
        cmocka_unit_test(another_office_does_not_see_it),
        cmocka_unit_test(half_a_file_is_no_file),
        cmocka_unit_test(the_sweep_leaves_what_is_kept),
        cmocka_unit_test(damage_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
