/* Foreign files are looked at by a process that may die, and pictures come back harmless.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/paper.h"
#include "host/paper/paper_job.h"
#include "host/paper/work.h"

#include <dirent.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define ARENA ((size_t)400 << 20)

static struct paper *paper_begin(struct arena *a)
{
    struct paper *p = NULL;
    err e = paper_start(a, getenv("BIANMIN_PAPERS"), &p);
    if (e != NULL) {
        fail_msg("%.*s", STR_ARG(e->why));
    }
    return p;
}

/* Left half red, right half blue. */
static struct pixels two_halves(struct arena *a, size_t width, size_t height, size_t channels)
{
    struct pixels p = { width, height, channels, arena_array(a, width * height, channels) };
    for (size_t i = 0; i < width * height; i++) {
        unsigned char *at = p.at + i * channels;
        at[0] = i % width < width / 2 ? 250 : 5;
        at[2] = i % width < width / 2 ? 5 : 250;
        if (channels == 4) {
            at[3] = 255;
        }
    }
    return p;
}

/* An Exif note: turned by 90 degrees (6), and a place. */
static const char exif[] = "\xFF\xE1\x00\x5A"
                           "Exif\0\0II\x2A\0\x08\0\0\0\x02\0"
                           "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"
                           "\x25\x88\x04\0\x01\0\0\0\x26\0\0\0"
                           "\0\0\0\0"
                           "\x01\0\x02\0\x05\0\x02\0\0\0\x38\0\0\0\0\0\0\0"
                           "GPSPLACE 22.62N 120.31E 0123456";

static str jpeg_with_place(struct arena *a, size_t width, size_t height)
{
    struct pixels p = two_halves(a, width, height, 3);
    str plain;
    assert_true(jpeg_write(a, &p, &plain));
    /* The length in the note counts itself and what follows. */
    size_t note_len = 2 + 0x5A;
    char *note = arena_alloc(a, note_len);
    memcpy(note, exif, sizeof exif - 1 < note_len ? sizeof exif - 1 : note_len);
    str head = str_join(a, str_slice(plain, 0, 2), (str){ note, note_len });
    return str_join(a, head, str_slice(plain, 2, plain.len));
}

static void a_photograph_loses_its_place_and_stands_upright(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct paper *p = paper_begin(a);
    str photo = jpeg_with_place(a, 320, 200), clean, type;
    assert_true(str_find(photo, STR("GPSPLACE")) > 0);
    assert_null(paper_clean_picture(a, p, photo, &clean, &type));
    assert_true(str_equal(type, STR("image/jpeg")));
    assert_true(str_find(clean, STR("GPS")) < 0 && str_find(clean, STR("Exif")) < 0);
    struct pixels now;
    int orientation = 0;
    assert_int_equal(jpeg_read(a, clean, &now, &orientation), PAPER_DONE);
    assert_int_equal(orientation, 1);
    assert_int_equal(now.width, 200);
    assert_int_equal(now.height, 320);
    assert_true(now.at[(50 * 200 + 100) * 3] > 200);      /* the left half is on top */
    assert_true(now.at[(270 * 200 + 100) * 3 + 2] > 200); /* the right one below */
    paper_stop(p);
    arena_free(a);
}

/* The chunk eXIf: turned by 90 degrees (6). */
static const char turned_chunk[] = "\0\0\0\x1A" "eXIfMM\0\x2A\0\0\0\x08\0\x01"
                                   "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
                                   "\xD6\x67\x4B\x69";
#define PNG_START_BYTES ((size_t)8 + 25) /* the signature and the chunk IHDR */

static void a_screenshot_stands_upright_as_well(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct paper *p = paper_begin(a);
    struct pixels halves = two_halves(a, 320, 200, 4), now;
    int orientation = 0;
    str plain, clean, type;
    assert_true(png_write(a, &halves, &plain));
    str chunk = { turned_chunk, sizeof turned_chunk - 1 };
    str turned = str_join(a, str_join(a, str_slice(plain, 0, PNG_START_BYTES), chunk),
                          str_slice(plain, PNG_START_BYTES, plain.len));
    assert_int_equal(png_read(a, turned, &now, &orientation), PAPER_DONE);
    assert_int_equal(orientation, 6);
    assert_null(paper_clean_picture(a, p, turned, &clean, &type));
    assert_true(str_find(clean, STR("eXIf")) < 0);
    assert_int_equal(png_read(a, clean, &now, &orientation), PAPER_DONE);
    assert_int_equal(orientation, 1);
    assert_int_equal(now.width, 200);
    assert_int_equal(now.height, 320);
    assert_true(now.at[(50 * 200 + 100) * 4] > 200);      /* the left half is on top */
    assert_true(now.at[(270 * 200 + 100) * 4 + 2] > 200); /* the right one below */
    paper_stop(p);
    arena_free(a);
}

static void a_large_picture_is_made_smaller(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct paper *p = paper_begin(a);
    struct pixels large = two_halves(a, 6000, 1500, 4), now;
    str bytes, clean, type;
    assert_true(png_write(a, &large, &bytes));
    assert_null(paper_clean_picture(a, p, bytes, &clean, &type));
    assert_true(str_equal(type, STR("image/png")));
    int orientation = 0;
    assert_int_equal(png_read(a, clean, &now, &orientation), PAPER_DONE);
    assert_int_equal(now.width, 4096);
    assert_int_equal(now.height, 1024);
    assert_int_equal(now.at[0], 250);
    assert_int_equal(now.at[4096 * 4 - 2], 250);
    paper_stop(p);
    arena_free(a);
}

/* A PNG whose head claims 50,000 pixels each way. */
static const char bomb[] = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\xC3\x50\0\0\xC3\x50\x01\0\0\0\0"
                           "\x5F\xDB\xD3\x96\0\0\0\x0AIDATx\x9C\x63\0\0\0\x02\0\x01\x48\xAF\xA4"
                           "\x71\0\0\0\0IEND\xAE\x42\x60\x82";

static const struct {
    const char *story;
    str bytes;
} no_pictures[] = {
    { "a bomb", { bomb, sizeof bomb - 1 } },
    { "a text called .jpg", STR_INIT("This is a letter, not a picture.\n") },
    { "nothing", STR_INIT("") },
    { "the beginning of a JPEG", STR_INIT("\xFF\xD8\xFF\xE0\x00\x10JFIF") },
    { "the beginning of a PNG", STR_INIT("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR") },
    { "a GIF", STR_INIT("GIF89a\x01\0\x01\0\x80\0\0\xFF\xFF\xFF\0\0\0;") },
};

static void what_is_no_picture_is_refused(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct paper *p = paper_begin(a);
    for (size_t i = 0; i < sizeof no_pictures / sizeof no_pictures[0]; i++) {
        str clean, type;
        err e = paper_clean_picture(a, p, no_pictures[i].bytes, &clean, &type);
        if (e == NULL || e->kind != ERR_INPUT) {
            fail_msg("%s: %.*s", no_pictures[i].story,
                     STR_ARG(e == NULL ? STR("went through") : e->why));
        }
    }
    paper_stop(p);
    arena_free(a);
}

static const struct {
    const char *story;
    str bytes;
    const char *type;
} kinds[] = {
    { "a text called .jpg is a text", STR_INIT("This is a letter.\n"), "text/plain" },
    { "Chinese text", STR_INIT("茲證明王小明君於本里設籍。\n"), "text/plain" },
    { "a document", STR_INIT("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n"), "application/pdf" },
    { "a program", STR_INIT("\x7F" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3E\0\x01\0\0\0"),
      "application/x-sharedlib" },
    { "a page", STR_INIT("<!DOCTYPE html>\n<html><script>x</script></html>\n"), "text/html" },
    { "nothing", STR_INIT(""), "application/x-empty" },
};

static void a_file_is_what_it_holds(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct paper *p = paper_begin(a);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        str type = STR("");
        assert_null(paper_media_type(a, p, kinds[i].bytes, &type));
        if (!str_equal(type, str_of(kinds[i].type))) {
            fail_msg("%s: %.*s", kinds[i].story, STR_ARG(type));
        }
    }
    paper_stop(p);
    arena_free(a);
}

/* Whose child it is; 0 when it is gone. */
static int parent_of(int64_t process)
{
    char path[64], line[400] = { 0 };
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%lld/stat", (long long)process);
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        return 0;
    }
    const char *end = fgets(line, sizeof line, f) != NULL ? strrchr(line, ')') : NULL;
    if (end == NULL || sscanf(end, ") %*c %d", &parent) != 1) {
        parent = 0;
    }
    fclose(f);
    return parent;
}

/* Ends every papers process: children of the starter, which is our child. */
static int children_kill(void)
{
    int killed = 0;
    DIR *all = opendir("/proc");
    for (struct dirent *entry = readdir(all); entry != NULL; entry = readdir(all)) {
        int64_t child = 0;
        if (str_to_int(str_of(entry->d_name), &child) &&
            parent_of(parent_of(child)) == (int)getpid()) {
            killed += kill((pid_t)child, SIGKILL) == 0 ? 1 : 0;
        }
    }
    closedir(all);
    return killed;
}

static void it_is_started_again_after_it_died(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct paper *p = paper_begin(a);
    str type;
    assert_null(paper_media_type(a, p, STR("%PDF-1.7\n"), &type));
    assert_int_equal(children_kill(), 1);
    assert_null(paper_media_type(a, p, STR("%PDF-1.7\n"), &type));
    assert_true(str_equal(type, STR("application/pdf")));
    paper_stop(p);
    arena_free(a);
}

struct asking {
    struct paper *paper;
    str photo;
    int done, busy;
};

static void *asks_on(void *thing)
{
    struct asking *q = thing;
    for (int i = 0; i < 6; i++) {
        struct arena *a = arena_new(ARENA);
        str clean, type;
        err e = paper_clean_picture(a, q->paper, q->photo, &clean, &type);
        q->done += e == NULL ? 1 : 0;
        q->busy += e != NULL && e->kind == ERR_BUSY ? 1 : 0;
        arena_free(a);
    }
    return NULL;
}

static void killed_in_the_middle_it_goes_on(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct asking one = { .paper = paper_begin(a), .photo = jpeg_with_place(a, 900, 700) };
    struct asking two = one;
    pthread_t thread[2];
    assert_int_equal(pthread_create(&thread[0], NULL, asks_on, &one), 0);
    assert_int_equal(pthread_create(&thread[1], NULL, asks_on, &two), 0);
    for (int i = 0; i < 5; i++) {
        usleep(70000);
        children_kill();
    }
    pthread_join(thread[0], NULL);
    pthread_join(thread[1], NULL);
    /* Nobody waits for ever, and nobody gets half a picture. */
    assert_int_equal(one.done + one.busy, 6);
    assert_int_equal(two.done + two.busy, 6);
    assert_true(one.done + two.done > 0);
    str clean, type;
    assert_null(paper_clean_picture(a, one.paper, one.photo, &clean, &type));
    paper_stop(one.paper);
    arena_free(a);
}

/* A program that is the papers process only later: a script in its place. */
static struct paper *late_begin(struct arena *a, const char *folder, const char *how)
{
    const char *path = str_z(a, str_format(a, "%s/papers", folder));
    struct paper *p = NULL;
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/bash\n%s\nexec -a \"$0\" '%s' \"$@\"\n", how, getenv("BIANMIN_PAPERS"));
    fclose(f);
    assert_int_equal(chmod(path, 0700), 0);
    assert_null(paper_start(a, path, &p));
    return p;
}

static void who_was_late_is_asked_again(void **state)
{
    static const struct {
        const char *story, *how;
        int busy; /* at least so many jobs in vain */
    } rows[] = {
        { "at once", "", 0 },
        { "the first one dies at its start",
          "[ $# -gt 0 ] || mkdir \"$0.once\" 2>/dev/null && [ $# -eq 0 ] && exit 1", 1 },
        { "the starter itself sleeps", "[ \"$1\" != start ] || sleep 6", 1 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char folder[] = "/tmp/bianmin-papers-XXXXXX";
        struct arena *a = arena_new(ARENA);
        assert_non_null(mkdtemp(folder));
        struct paper *p = late_begin(a, folder, rows[i].how);
        int busy = 0;
        err e = paper_hello(a, p);
        for (; e != NULL && busy < 3; busy++) {
            assert_int_equal(e->kind, ERR_BUSY);
            e = paper_hello(a, p);
        }
        str type = STR("");
        if (e != NULL || busy < rows[i].busy || paper_media_type(a, p, STR("%PDF-1.7\n"), &type) != NULL ||
            !str_equal(type, STR("application/pdf"))) {
            fail_msg("%s: %d in vain, \"%.*s\"", rows[i].story, busy, STR_ARG(type));
        }
        /* No answer of before is left over: the program for charts is another one. */
        assert_true(paper_dot(p) >= 0);
        assert_null(paper_hello(a, p));
        paper_stop(p);
        rmdir(str_z(a, str_format(a, "%s/papers.once", folder)));
        unlink(str_z(a, str_format(a, "%s/papers", folder)));
        rmdir(folder);
        arena_free(a);
    }
}

static void turns_are_read_from_the_note_only(void **state)
{
    static const str small_end = STR_INIT("II\x2A\0\x08\0\0\0\x01\0"
                                          "\x12\x01\x03\0\x01\0\0\0\x08\0\0\0");
    static const str big_end = STR_INIT("MM\0\x2A\0\0\0\x08\0\x01"
                                        "\x01\x12\0\x03\0\0\0\x01\0\x03\0\0");
    assert_int_equal(exif_orientation(small_end), 8);
    assert_int_equal(exif_orientation(big_end), 3);
    assert_int_equal(exif_orientation(STR("MM\0\x2A\xFF\xFF\xFF\xFF")), 1);
    assert_int_equal(exif_orientation(STR("II\x2A\0\x08\0\0\0\xFF\xFF")), 1);
    assert_int_equal(exif_orientation(STR("")), 1);
}

static void every_turn_and_its_reverse_meet(void **state)
{
    static const int reverse[] = { 0, 1, 2, 3, 4, 5, 8, 7, 6 };
    struct arena *a = arena_new(ARENA);
    for (int turn = 1; turn <= 8; turn++) {
        unsigned char at[6] = { 1, 2, 3, 4, 5, 6 };
        unsigned char wide[18];
        for (int i = 0; i < 18; i++) {
            wide[i] = at[i / 3];
        }
        struct pixels p = { 3, 2, 3, wide };
        assert_true(pixels_turn(a, &p, turn));
        assert_int_equal(p.width, turn >= 5 ? 2 : 3);
        assert_true(pixels_turn(a, &p, reverse[turn]));
        assert_memory_equal(p.at, wide, sizeof wide);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_photograph_loses_its_place_and_stands_upright),
        cmocka_unit_test(a_screenshot_stands_upright_as_well),
        cmocka_unit_test(a_large_picture_is_made_smaller),
        cmocka_unit_test(what_is_no_picture_is_refused),
        cmocka_unit_test(a_file_is_what_it_holds),
        cmocka_unit_test(it_is_started_again_after_it_died),
        cmocka_unit_test(killed_in_the_middle_it_goes_on),
        cmocka_unit_test(who_was_late_is_asked_again),
        cmocka_unit_test(turns_are_read_from_the_note_only),
        cmocka_unit_test(every_turn_and_its_reverse_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
