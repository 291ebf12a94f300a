/* An uploaded file is what it holds, and a picture is kept without what it hides.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/arrive.h"
#include "desk/inside.h"
#include "host/paper/paper.h"
#include "host/seal/seal.h"
#include "host/store/files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW INT64_C(1772416800000)
#define AGENCY 5

struct office {
    struct arena *a;
    struct desk desk;
    struct keyring *keyring;
    struct id_source ids;
};

static int office_open(void **state)
{
    struct office *o = calloc(1, sizeof *o);

    o->a = arena_new((size_t)64 << 20);
    id_source_init(&o->ids, 1, 0);
    assert_null(seal_start(o->a));
    assert_null(keyring_from_phrase(o->a, STR("arrive"), &o->keyring));
    assert_null(store_open_scratch(o->a, &o->desk.o.store));
    assert_null(paper_start(o->a, getenv("BIANMIN_PAPERS"), &o->desk.o.paper));
    o->desk.o.keyring = o->keyring;
    o->desk.o.ids = &o->ids;
    *state = o;
    return 0;
}

static int office_close(void **state)
{
    struct office *o = *state;

    paper_stop(o->desk.o.paper);
    arena_free(o->a);
    free(o);
    return 0;
}

static str corpus(struct arena *a, const char *name)
{
    const char *source = getenv("BIANMIN_SOURCE");
    char *bytes = arena_alloc(a, 100000);
    FILE *f = fopen(str_z(a, str_format(a, "%s/test/corpus/picture/%s", source, name)), "rb");

    assert_non_null(f);
    size_t len = fread(bytes, 1, 100000, f);

    fclose(f);
    return (str){ bytes, len };
}

static struct ask_file came(struct office *o, str bytes)
{
    struct ask_file file = { .id = id_next(&o->ids, NOW), .size_bytes = (int64_t)bytes.len };
    struct file_writer *w;
    struct file_facts facts;

    assert_null(file_begin(o->a, o->desk.o.store, o->keyring, AGENCY, file.id, NOW, &w));
    assert_null(file_append(w, bytes.at, bytes.len));
    assert_null(file_finish(w, &facts));
    return file;
}

static void a_letter_called_jpg_is_a_letter(void **state)
{
    struct office *o = *state;
    struct ask_file file = came(o, STR("This is a letter.\n"));
    struct file_facts facts;
    int64_t id = file.id;

    assert_null(arrive(&o->desk, o->a, AGENCY, NOW, &file));
    assert_true(str_equal(file.media_type, STR("text/plain")));
    assert_int_equal(file.id, id);
    assert_null(file_facts_load(o->a, o->desk.o.store, AGENCY, id, &facts));
    assert_true(str_equal(facts.media_type, STR("text/plain")));
}

static void a_photograph_is_kept_without_its_place(void **state)
{
    struct office *o = *state;
    static const str note = STR_INIT("\xFF\xFE\x00\x10GPS 22.6,120.3");
    str plain = corpus(o->a, "small.jpg");
    str photo = str_join(o->a, str_join(o->a, str_slice(plain, 0, 2), note),
                         str_slice(plain, 2, plain.len));
    struct ask_file file = came(o, photo);
    struct file_facts facts;
    int64_t before = file.id;
    str kept;

    assert_true(str_find(photo, STR("GPS")) > 0);
    assert_null(arrive(&o->desk, o->a, AGENCY, NOW, &file));
    assert_true(str_equal(file.media_type, STR("image/jpeg")));
    assert_true(file.id != before);
    /* Nothing is left of what came. */
    assert_int_equal(file_facts_load(o->a, o->desk.o.store, AGENCY, before, &facts)->kind,
                     ERR_MISSING);
    assert_null(file_part(o->a, o->desk.o.store, o->keyring, AGENCY, file.id, 0, &kept));
    assert_int_equal(kept.len, file.size_bytes);
    assert_true(str_starts(kept, STR("\xFF\xD8\xFF")));
    assert_int_equal(str_find(kept, STR("GPS")), -1);
}

static void half_a_picture_is_no_picture(void **state)
{
    struct office *o = *state;
    str whole = corpus(o->a, "small.png");
    struct ask_file file = came(o, str_slice(whole, 0, whole.len / 2));

    assert_null(arrive(&o->desk, o->a, AGENCY, NOW, &file));
    assert_true(str_equal(file.media_type, STR("application/octet-stream")));
}

static void without_the_process_nothing_is_known(void **state)
{
    struct office *o = *state;
    struct paper *kept = o->desk.o.paper;
    struct ask_file file = came(o, corpus(o->a, "small.png"));

    o->desk.o.paper = NULL;
    assert_null(arrive(&o->desk, o->a, AGENCY, NOW, &file));
    assert_int_equal(file.media_type.len, 0);
    o->desk.o.paper = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_called_jpg_is_a_letter),
        cmocka_unit_test(a_photograph_is_kept_without_its_place),
        cmocka_unit_test(half_a_picture_is_no_picture),
        cmocka_unit_test(without_the_process_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, office_open, office_close);
}
