/* pack_test — mistakes in definitions are told all at once, each at its place.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/pack/pack.h"

#include "base/arena.h"
#include "host/yaml/yaml.h"
#include "kernel/office/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind };
#define KINDS kinds, sizeof(kinds) / sizeof(*kinds)

static const char office[] =
    "format: 1\n"
    "kind: office\n"
    "key: district\n"
    "name: { zh: 青埔區公所, en: Qingpu District Office, ja: 青埔区役所 }\n"
    "case_prefix: DA\n"
    "levels:\n"
    "  unit_head: 課長\n"
    "  head: { zh: 區長, en: District head }\n"
    "units:\n"
    "  - key: works\n"
    "    name: { zh: 經建課, en: Works Section, ja: 経済建設課 }\n"
    "titles: [課員, 課長]\n";

static struct definition of(const char *file, const char *source)
{
    return (struct definition){ .file = str_of(file), .source = str_of(source), .version = 1 };
}

static struct catalog *build(struct arena *a, const struct definition *d, size_t count,
                             struct mistakes *m)
{
    struct catalog *c = NULL;

    mistakes_init(m, a);
    assert_null(catalog_build(KINDS, 7, d, count, m, &c));
    return c;
}

static void an_office_is_read(void **state)
{
    struct arena *a = arena_new(0);
    struct definition d = of("office.yaml", office);
    struct mistakes m;
    struct catalog *c = build(a, &d, 1, &m);
    const struct office *o = office_get(c);

    (void)state;
    assert_int_equal(m.count, 0);
    assert_non_null(o);
    assert_true(str_equal(o->agency.name.in[LANG_EN], STR("Qingpu District Office")));
    assert_true(str_equal(o->units[0].key, STR("works")));
    assert_true(str_equal(o->level_title[LEVEL_HEAD].in[LANG_ZH], STR("區長")));
    assert_true(label_is_empty(&o->level_title[LEVEL_SECRETARY]));
    assert_int_equal(o->titles_count, 2);
    assert_int_equal(catalog_agency(c), 7);
    catalog_release(c);
    arena_free(a);
}

static void a_matter_has_its_level(void **state)
{
    struct arena *a = arena_new(0);
    struct definition d = of("authority.yaml", "format: 1\nkind: authority\nkey: table\nlines:\n"
                                               "  - { matter: zoning, name: 使用分區, level: officer }\n");
    struct mistakes m;
    struct catalog *c = build(a, &d, 1, &m);
    enum level level;

    (void)state;
    assert_int_equal(m.count, 0);
    assert_null(authority_level(c, STR("zoning"), &level));
    assert_int_equal(level, LEVEL_OFFICER);
    assert_null(authority_level(c, STR("something else"), &level));
    assert_int_equal(level, LEVEL_UNIT_HEAD);
    catalog_release(c);
    arena_free(a);
}

/* `place` and `word` (the first text value) of each mistake, in order. */
static const struct { const char *story, *source, *place, *id, *nearest; } mistakes[] = {
    { "a misspelt key is named with the nearest", "format: 1\nkind: office\nkey: d\nnmae: x\n",
      "x.yaml:4:1", "\"{word}\" is not known here. Did you mean \"{nearest}\"?", "name" },
    { "a misspelt kind is named with the nearest", "format: 1\nkind: ofice\nkey: d\n",
      "x.yaml:2:7", "\"{word}\" is not known here. Did you mean \"{nearest}\"?", "office" },
    { "another format is refused", "format: 2\nkind: office\nkey: d\n", "x.yaml:1:9",
      "Write \"format: 1\" at the top: this program reads format 1.", NULL },
    { "a key of capitals is refused", "format: 1\nkind: office\nkey: Amt 1\n", "x.yaml:3:6",
      "\"{word}\" cannot be a key. Use small letters, digits and _, a letter first.", NULL },
    { "a missing language is told", "format: 1\nkind: office\nkey: d\nname: { zh: 區公所 }\n",
      "x.yaml:4:7", "\"{key}\" is missing here.", NULL },
    { "a bare text where languages belong",
      "format: 1\nkind: office\nkey: d\nname: 區公所\n", "x.yaml:4:7",
      "Write \"{key}\" in each language: zh, en and ja.", NULL },
    { "a list where a text belongs", "format: 1\nkind: office\nkey: d\ntelephone: [1]\n",
      "x.yaml:4:12", "\"{key}\" is one value, not a list or a map.", NULL },
    { "YAML that is none", "format: 1\nkind: [\n", "x.yaml:3:1", NULL, NULL },
    { "a key twice", "format: 1\nformat: 1\nkind: office\nkey: d\n", "x.yaml:2:1", NULL, NULL },
};

static const struct mistake *find(const struct mistakes *m, const char *place, const char *id)
{
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        if (str_equal(x->place, str_of(place)) && (id == NULL || strcmp(x->say.id, id) == 0)) {
            return x;
        }
    }
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        print_message("have %.*s %s\n", STR_ARG(x->place), x->say.id);
    }
    return NULL;
}

static void mistakes_have_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
        struct arena *a = arena_new(0);
        struct definition d = of("x.yaml", mistakes[i].source);
        struct mistakes m;
        struct catalog *c = build(a, &d, 1, &m);
        const struct mistake *x;

        catalog_release(c); /* what mistakes say outlives it */
        x = find(&m, mistakes[i].place, mistakes[i].id);
        if (x == NULL) {
            fail_msg("%s", mistakes[i].story);
        } else if (mistakes[i].nearest != NULL) {
            assert_true(str_equal(x->say.value[1].text, str_of(mistakes[i].nearest)));
        }
        arena_free(a);
    }
}

static void a_definition_with_a_mistake_is_left_out(void **state)
{
    struct arena *a = arena_new(0);
    struct definition d[] = { of("office.yaml", office),
                              of("again.yaml", office),
                              of("broken.yaml", "format: 1\nkind: authority\nkey: t\nline: []\n") };
    struct mistakes m;
    struct catalog *c = build(a, d, 3, &m);

    (void)state;
    assert_int_equal(catalog_count(c, "office"), 1);
    assert_int_equal(catalog_count(c, "authority"), 0);
    assert_non_null(find(&m, "again.yaml:3:6",
                         "\"{key}\" is defined already in {file}. Give one of them another key."));
    assert_non_null(find(&m, "broken.yaml:4:1", NULL));
    catalog_release(c);
    arena_free(a);
}

static void the_newest_version_counts(void **state)
{
    struct arena *a = arena_new(0);
    static const char table[] = "format: 1\nkind: authority\nkey: t\nlines:\n"
                                "  - { matter: m, name: 事項, level: %s }\n";
    str old = str_format(a, table, "head"), new = str_format(a, table, "officer");
    struct definition d[] = { { .file = STR("t"), .source = new, .version = 2 },
                              { .file = STR("t"), .source = old, .version = 1 } };
    struct mistakes m;
    struct catalog *c = build(a, d, 2, &m);
    const struct authority *first = catalog_get_version(c, "authority", STR("t"), 1);
    enum level level;

    (void)state;
    assert_int_equal(m.count, 0);
    assert_null(authority_level(c, STR("m"), &level));
    assert_int_equal(level, LEVEL_OFFICER);
    assert_int_equal(first->lines[0].level, LEVEL_HEAD);
    assert_int_equal(catalog_count(c, "authority"), 1);
    assert_null(catalog_get_version(c, "authority", STR("t"), 3));
    /* A request that holds it keeps it after it was replaced. */
    catalog_hold(c);
    catalog_release(c);
    assert_int_equal(first->lines[0].level, LEVEL_HEAD);
    catalog_release(c);
    arena_free(a);
}

static void a_folder_is_read_in_order(void **state)
{
    struct arena *a = arena_new(0);
    char folder[] = "/tmp/bianmin-pack-XXXXXX";
    struct definition *d = NULL;
    struct mistakes m;
    size_t count = 0;
    const char *path;
    FILE *f;

    (void)state;
    mistakes_init(&m, a);
    assert_non_null(mkdtemp(folder));
    path = str_z(a, str_format(a, "%s/office.yaml", folder));
    f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(office, f) >= 0);
    assert_int_equal(fclose(f), 0);
    assert_null(pack_read_folder(a, folder, &m, &d, &count));
    assert_int_equal(m.count, 0);
    assert_int_equal(count, 1);
    assert_true(str_equal(d[0].kind, STR("office")));
    assert_true(str_equal(d[0].key, STR("district")));
    assert_true(str_equal(d[0].file, str_of(path)));
    assert_int_equal(unlink(path), 0);
    assert_null(pack_read_folder(a, folder, &m, &d, &count));
    assert_int_equal(m.count, 1); /* an empty folder is no pack */
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(pack_read_folder(a, folder, &m, &d, &count)->kind, ERR_MISSING);
    arena_free(a);
}

static void the_nearest_word_is_near(void **state)
{
    struct arena *a = arena_new(0);
    static const str known[] = { STR_INIT("questions"), STR_INIT("title"), STR_INIT("lead") };

    (void)state;
    assert_true(str_equal(pack_nearest(a, STR("question"), known, 3), known[0]));
    assert_true(str_equal(pack_nearest(a, STR("tilte"), known, 3), known[1]));
    assert_true(str_equal(pack_nearest(a, STR("Lead"), known, 3), known[2]));
    assert_int_equal(pack_nearest(a, STR("colour"), known, 3).len, 0);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_office_is_read),
        cmocka_unit_test(a_matter_has_its_level),
        cmocka_unit_test(mistakes_have_places),
        cmocka_unit_test(a_definition_with_a_mistake_is_left_out),
        cmocka_unit_test(the_newest_version_counts),
        cmocka_unit_test(a_folder_is_read_in_order),
        cmocka_unit_test(the_nearest_word_is_near),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
