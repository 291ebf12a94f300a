/* catalog_pack — a generation made out of definitions: each file parsed, its head checked,
 * its kind's reader asked; then links between them, and for `pack check` a rehearsal.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/pack/catalog.h"

#include "base/arena.h"
#include "host/yaml/yaml.h"

#include <stdatomic.h>
#include <stdlib.h>

#define CATALOG_BYTES ((size_t)256 << 20)
#define KINDS_MOST 32

struct builder {
    const struct pack_kind *const *kinds;
    size_t kinds_count;
    struct mistakes *mistakes;
    struct mistakes *advice; /* may be NULL */
    struct catalog *catalog;
    struct entry *faulty; /* not in the catalog, but linked, so that all is told at once */
    size_t faulty_count;
};

void pack_head(struct arena *a, struct definition *d)
{
    const struct yaml *document = NULL;
    struct mistakes unheard;

    mistakes_init(&unheard, a);
    if (yaml_parse(a, d->file, d->source, &unheard, &document) == NULL &&
        document->kind == YAML_MAP) {
        const struct yaml *kind = yaml_get(document, STR("kind"));
        const struct yaml *key = yaml_get(document, STR("key"));

        d->kind = kind != NULL ? str_trim(kind->text) : STR("");
        d->key = key != NULL ? str_trim(key->text) : STR("");
    }
}

static const struct pack_kind *kind_of(const struct builder *b, struct pack_reader *r,
                                       const struct yaml *document)
{
    str names[KINDS_MOST];
    const struct pack_kind *kinds[KINDS_MOST];
    size_t count = 0;
    int i;

    for (size_t k = 0; k < b->kinds_count && count < KINDS_MOST; k++) {
        if (b->kinds[k]->read != NULL) {
            kinds[count] = b->kinds[k];
            names[count++] = str_of(b->kinds[k]->name);
        }
    }
    i = pack_choice(r, document, "kind", names, count, -1);
    return i >= 0 ? kinds[i] : NULL;
}

/* Every file begins alike: format, kind, key. */
static const struct pack_kind *head_read(const struct builder *b, struct pack_reader *r,
                                         const struct yaml *document, str *ret_key)
{
    const struct pack_kind *kind;
    int64_t format;

    if (document->kind != YAML_MAP) {
        pack_mistake(r, document,
                     SAY("A definition begins with the lines format: 1, kind: and "
                         "key:"));
        return NULL;
    }
    format = pack_int(r, document, "format", 1, INT64_MAX, 0);
    if (format != 1) {
        pack_mistake(r, yaml_get(document, STR("format")),
                     SAY("Write \"format: 1\" at the top: this program reads format 1."));
    }
    kind = kind_of(b, r, document);
    *ret_key = pack_text(r, document, "key", true);
    if (ret_key->len > 0 && !pack_is_key(r, yaml_get(document, STR("key")), *ret_key)) {
        return NULL;
    }
    return ret_key->len > 0 && format == 1 ? kind : NULL;
}

static bool is_twice(const struct builder *b, struct pack_reader *r,
                     const struct yaml *document, const struct entry *new)
{
    for (size_t i = 0; i < b->catalog->count; i++) {
        const struct entry *e = &b->catalog->entries[i];

        if (e->kind == new->kind &&
            e->version == new->version &&str_equal(e->key, new->key)) {
            pack_mistake(
                r, yaml_get(document, STR("key")),
                SAY("\"{key}\" is defined already in {file}. Give one of them another "
                    "key.",
                    SAY_TEXT("key", e->key), SAY_TEXT("file", e->file)));
            return true;
        }
    }
    return false;
}

/* Mistakes outlive the catalog: their texts move to where they are collected. */
static void mistakes_keep(struct mistakes *to, const struct mistakes *from)
{
    for (const struct mistake *x = from->first; x != NULL; x = x->next) {
        struct words say = x->say;

        for (int i = 0; i < WORDS_VALUES; i++) {
            if (say.value[i].kind == WORD_TEXT) {
                say.value[i].text = str_copy(to->arena, say.value[i].text);
            }
        }
        mistake_add_at(to, STR(""), say, str_copy(to->arena, x->place));
    }
}

static struct pack_reader reader_of(const struct builder *b, const struct entry *e)
{
    return (struct pack_reader){ .arena = b->catalog->arena,
                                 .file = e->file,
                                 .mistakes = b->mistakes,
                                 .advice = b->advice,
                                 .version = e->version,
                                 .published_ms = e->published_ms };
}

static void definition_read(struct builder *b, const struct definition *d)
{
    struct entry e = { .file = str_copy(b->catalog->arena, d->file),
                       .version = d->version,
                       .published_ms = d->published_ms };
    struct pack_reader r = reader_of(b, &e);
    const struct yaml *document = NULL;
    size_t before = b->mistakes->count;
    struct mistakes of_yaml;
    err failed;

    mistakes_init(&of_yaml, r.arena);
    failed = yaml_parse(r.arena, r.file, d->source, &of_yaml, &document);
    mistakes_keep(b->mistakes, &of_yaml);
    if (failed != NULL) {
        return;
    }
    e.kind = head_read(b, &r, document, &e.key);
    if (e.kind == NULL || is_twice(b, &r, document, &e)) {
        return;
    }
    e.thing = e.kind->read(&r, document, e.key);
    if (e.thing != NULL && b->mistakes->count == before) {
        b->catalog->entries[b->catalog->count++] = e;
    } else if (e.thing != NULL) {
        b->faulty[b->faulty_count++] = e;
    }
}

static int by_kind_key_version(const void *one, const void *other)
{
    const struct entry *a = one, *b = other;
    int order = str_compare(str_of(a->kind->name), str_of(b->kind->name));

    if (order == 0) {
        order = str_compare(a->key, b->key);
    }
    return order != 0 ? order : (a->version > b->version) - (a->version < b->version);
}

static void newest_find(struct catalog *c)
{
    qsort(c->entries, c->count, sizeof(*c->entries), by_kind_key_version);
    for (size_t i = 0; i < c->count; i++) {
        const struct entry *e = &c->entries[i], *next = e + 1;

        if (i + 1 == c->count || next->kind != e->kind || !str_equal(next->key, e->key)) {
            c->newest[c->newest_count++] = e;
        }
    }
}

static void link_one(const struct builder *b, const struct entry *e)
{
    struct pack_reader r = reader_of(b, e);

    if (e->kind->link != NULL) {
        e->kind->link(&r, b->catalog, e->thing);
    }
}

static void link_all(const struct builder *b)
{
    for (size_t i = 0; i < b->catalog->newest_count; i++) {
        link_one(b, b->catalog->newest[i]);
    }
    for (size_t i = 0; i < b->faulty_count; i++) {
        link_one(b, &b->faulty[i]);
    }
}

static struct catalog *catalog_new(int64_t agency, size_t count)
{
    struct arena *arena = arena_new(CATALOG_BYTES);
    struct catalog *c = arena != NULL ? ARENA_NEW(arena, struct catalog) : NULL;

    if (c == NULL) {
        arena_free(arena);
        return NULL;
    }
    c->arena = arena;
    c->agency = agency;
    c->holds = ARENA_NEW(arena, _Atomic int);
    c->entries = ARENA_ARRAY(arena, count, struct entry);
    c->newest = ARENA_ARRAY(arena, count, const struct entry *);
    if (c->holds == NULL || c->entries == NULL || c->newest == NULL) {
        arena_free(arena);
        return NULL;
    }
    atomic_init(c->holds, 1);
    return c;
}

static err build(const struct pack_kind *const *kinds, size_t kinds_count, int64_t agency,
                 const struct definition *definitions, size_t count, struct mistakes *m,
                 struct mistakes *advice, struct catalog **ret)
{
    struct builder b = { .kinds = kinds,
                         .kinds_count = kinds_count,
                         .mistakes = m,
                         .advice = advice,
                         .catalog = catalog_new(agency, count) };

    if (b.catalog == NULL) {
        return err_no_memory;
    }
    b.faulty = ARENA_ARRAY(b.catalog->arena, count, struct entry);
    for (size_t i = 0; i < count && b.faulty != NULL; i++) {
        definition_read(&b, &definitions[i]);
    }
    newest_find(b.catalog);
    b.catalog->kinds = kinds;
    b.catalog->kinds_count = kinds_count;
    link_all(&b);
    if (arena_failed(b.catalog->arena)) {
        catalog_release(b.catalog);
        return err_no_memory;
    }
    *ret = b.catalog;
    return NULL;
}

err catalog_build(const struct pack_kind *const *kinds, size_t kinds_count, int64_t agency,
                  const struct definition *definitions, size_t count, struct mistakes *m,
                  struct catalog **ret)
{
    return build(kinds, kinds_count, agency, definitions, count, m, NULL, ret);
}

/* "file:12:3" cut into file, line and column. */
static void place_cut(str place, str *ret_file, int64_t ret_number[2])
{
    *ret_file = place;
    ret_number[0] = ret_number[1] = 0;
    for (int i = 1; i >= 0; i--) {
        size_t at = ret_file->len;

        while (at > 0 && ret_file->at[at - 1] != ':') {
            at--;
        }
        if (at > 0 && str_to_int(str_slice(*ret_file, at, ret_file->len), &ret_number[i])) {
            *ret_file = str_slice(*ret_file, 0, at - 1);
        }
    }
}

static int by_place(const void *one, const void *other)
{
    const struct mistake *const *a = one, *const *b = other;
    int64_t at[2][2];
    str file[2];
    int order;

    place_cut((*a)->place, &file[0], at[0]);
    place_cut((*b)->place, &file[1], at[1]);
    order = str_compare(file[0], file[1]);
    for (int i = 0; i < 2 && order == 0; i++) {
        order = (at[0][i] > at[1][i]) - (at[0][i] < at[1][i]);
    }
    return order;
}

static err mistakes_sort(struct mistakes *m)
{
    struct mistake **list = ARENA_ARRAY(m->arena, m->count, struct mistake *);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (struct mistake *x = m->first; x != NULL && count < m->count; x = x->next) {
        list[count++] = x;
    }
    qsort(list, count, sizeof(struct mistake *), by_place);
    for (size_t i = 0; i < count; i++) {
        list[i]->next = i + 1 < count ? list[i + 1] : NULL;
    }
    m->first = count > 0 ? list[0] : NULL;
    m->last = count > 0 ? list[count - 1] : NULL;
    return NULL;
}

err pack_review(const struct pack_kind *const *kinds, size_t kinds_count,
                const struct definition *definitions, size_t count, day today,
                struct mistakes *m, struct mistakes *advice)
{
    struct catalog *c = NULL;

    TRY(build(kinds, kinds_count, 0, definitions, count, m, advice, &c));
    for (size_t i = 0; i < c->newest_count; i++) {
        const struct entry *e = c->newest[i];
        struct pack_reader r = { .arena = c->arena, .file = e->file, .mistakes = m,
                                 .advice = advice, .version = e->version };

        if (e->kind->rehearse != NULL) {
            e->kind->rehearse(&r, e->thing, today);
        }
    }
    catalog_release(c);
    TRY(advice != NULL ? mistakes_sort(advice) : NULL);
    return mistakes_sort(m);
}

err pack_check(const struct pack_kind *const *kinds, size_t kinds_count,
               const struct definition *definitions, size_t count, day today,
               struct mistakes *m)
{
    return pack_review(kinds, kinds_count, definitions, count, today, m, NULL);
}

/* ---- names that definitions give each other ---- */

void pack_names_add(struct pack_names *to, str name)
{
    if (to->count == to->most) {
        size_t most = to->most * 2 + 16;
        str *list = ARENA_ARRAY(to->arena, most, str);

        if (list == NULL) {
            return;
        }
        for (size_t i = 0; i < to->count; i++) {
            list[i] = to->list[i];
        }
        to->list = list;
        to->most = most;
    }
    to->list[to->count++] = name;
}

static bool defines(const struct pack_kind *k, const char *what)
{
    str rest = k->defines != NULL ? str_of(k->defines) : STR(""), word;

    while (str_cut(&rest, ' ', &word)) {
        if (str_equal(word, str_of(what))) {
            return true;
        }
    }
    return false;
}

/* All names of this `what`; false: no kind of this program defines any. */
static bool names_of(const struct catalog *c, const char *what, struct pack_names *names)
{
    bool known = false;

    for (size_t i = 0; i < c->kinds_count; i++) {
        if (defines(c->kinds[i], what)) {
            c->kinds[i]->names(NULL, what, names);
            known = true;
        }
    }
    for (size_t i = 0; i < c->newest_count; i++) {
        if (defines(c->newest[i]->kind, what)) {
            c->newest[i]->kind->names(c->newest[i]->thing, what, names);
        }
    }
    return known;
}

static bool is_among(const struct pack_names *names, str name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (str_equal(names->list[i], name)) {
            return true;
        }
    }
    return false;
}

bool pack_knows(struct arena *a, const struct catalog *c, const char *what, str name)
{
    struct pack_names names = { .arena = a };

    (void)names_of(c, what, &names);
    return is_among(&names, name);
}

bool pack_is_defined(struct pack_reader *r, const struct catalog *c, const char *what,
                     str name, int line, int column)
{
    struct pack_names names = { .arena = r->arena };
    bool known = names_of(c, what, &names);
    str near;

    if (is_among(&names, name) || !known || catalog_count(c, "office") == 0) {
        return true;
    }
    near = pack_nearest(r->arena, name, names.list, names.count);
    if (near.len > 0) {
        pack_mistake_at(r, line, column,
                        SAY("\"{word}\" is not known here. Did you mean \"{nearest}\"?",
                            SAY_TEXT("word", name), SAY_TEXT("nearest", near)));
    } else {
        pack_mistake_at(r, line, column,
                        SAY("No definition of this office knows the {what} \"{word}\". "
                            "Define it first.",
                            SAY_TEXT("what", str_of(what)), SAY_TEXT("word", name)));
    }
    return false;
}
