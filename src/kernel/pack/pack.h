/* pack — definitions: read from YAML with every mistake at its place, kept as versions, and
 * brought together in a catalog that requests hold.
 *
 * A pack is a folder of YAML files; each says `format: 1`, `kind: …`, `key: …`. Kinds are
 * registered by the rooms that know them (service, authority, office). A published version
 * is never edited; a change makes the next one, a running case keeps its own.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_PACK_H
#define BIANMIN_KERNEL_PACK_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "base/words.h"

struct catalog;
struct query_list;
extern const struct query_list pack_queries;
struct snap;
struct tx;
struct yaml;
struct actor;
struct keyring;

/* While one file is read: where mistakes go and what is known. */
struct pack_reader {
    struct arena *arena;
    str file;
    struct mistakes *mistakes;
    struct mistakes *advice; /* what a reader may say besides; NULL: nobody listens */
    int version;
    int64_t published_ms; /* 0: not yet kept */
};
/* A key that a map of a definition may have, and a chapter of them: out of these tables
 * come the mistakes of the reader and doc/packs.md (`bianmin pack words`). */
struct pack_word {
    const char *key;
    const char *form;   /* "texts", "number" …: what stands behind the key */
    const char *what;   /* in English, Markdown */
    const str *choices; /* what it can be, where that is a list */
    size_t choices_count;
};
struct pack_chapter {
    const char *title; /* "service: fees" */
    const char *lead;  /* before the table; "" */
    const struct pack_word *words;
    size_t count;
};
#define PACK_CHAPTER(title, lead, words) \
    { (title), (lead), (words), sizeof(words) / sizeof(*(words)) }

/* Names that definitions give for others to use: series, templates, lookups, units … */
struct pack_names {
    struct arena *arena;
    str *list;
    size_t count, most;
};

struct pack_kind {
    const char *name;
    /* Makes the thing of this kind out of the document; adds mistakes to r->mistakes and
     * goes on, so that all are found at once. NULL only when memory ran out. A kind without
     * a reader is nothing that a file can be: it only knows names. */
    void *(*read)(struct pack_reader *r, const struct yaml *document, str key);
    /* After all files are read: what refers to other definitions. May be NULL. */
    void (*link)(struct pack_reader *r, const struct catalog *c, void *thing);
    /* Tries the thing as a person would use it on `today` (examples, rules); only before
     * it is published, never when a catalog is made of what is kept. May be NULL. */
    void (*rehearse)(struct pack_reader *r, const void *thing, day today);
    /* Its keys, for pack_only_words and the reference; the first is the file itself. */
    const struct pack_chapter *const *chapters;
    size_t chapters_count;
    /* What this kind defines for others, "series template"; NULL: nothing. And the names of
     * one of these that a thing gives (pack_names_add); `thing` NULL: those always
     * there. */
    const char *defines;
    void (*names)(const void *thing, const char *what, struct pack_names *to);
};

/* Helpers for the readers; each adds its mistake with place and the nearest known word. */
str pack_text(struct pack_reader *r, const struct yaml *map, const char *key,
              bool required);
struct label pack_label(struct pack_reader *r, const struct yaml *map, const char *key,
                        bool required);
/* A label that only staff see: zh is enough, and may stand alone as plain text. */
struct label pack_label_staff(struct pack_reader *r, const struct yaml *map,
                              const char *key, bool required);
int64_t pack_int(struct pack_reader *r, const struct yaml *map, const char *key,
                 int64_t least, int64_t most, int64_t otherwise);
bool pack_truth(struct pack_reader *r, const struct yaml *map, const char *key,
                bool otherwise);
int pack_choice(struct pack_reader *r, const struct yaml *map, const char *key,
                const str *choices, size_t count, int otherwise);
const struct yaml *pack_list(struct pack_reader *r, const struct yaml *map,
                             const char *key);
/* Every key of `map` that is not in `known` is a mistake. */
void pack_only(struct pack_reader *r, const struct yaml *map, const str *known,
               size_t count);
void pack_only_words(struct pack_reader *r, const struct yaml *map,
                     const struct pack_chapter *c);
/* Is `name` one of the names of this `what`? A mistake with the nearest otherwise. Where
 * no kind of this program defines `what`, and in a pack without an office, all are. */
bool pack_is_defined(struct pack_reader *r, const struct catalog *c, const char *what,
                     str name, int line, int column);
/* The same without a word: is it one of them? */
bool pack_knows(struct arena *a, const struct catalog *c, const char *what, str name);
void pack_names_add(struct pack_names *to, str name);
/* A date such as 2026-01-18; DAY_NONE when there is none. */
day pack_day(struct pack_reader *r, const struct yaml *map, const char *key, bool required);
/* Good advice is no mistake: the definition is read, and published, as it is. */
void pack_advise(struct pack_reader *r, const struct yaml *at, struct words say);
void pack_advise_at(struct pack_reader *r, int line, int column, struct words say);
/* The map itself; a mistake and NULL when `map` has none under `key` or it is no map. */
const struct yaml *pack_map(struct pack_reader *r, const struct yaml *map, const char *key,
                            bool required);
/* An item of a list that must be a map. */
bool pack_is_map(struct pack_reader *r, const struct yaml *item);
/* One of `choices` is meant by `word`: its index, or -1 after a mistake at `at` that names
 * the nearest. */
int pack_one_of(struct pack_reader *r, const struct yaml *at, str word, const str *choices,
                size_t count);
/* `[a-z][a-z0-9_]*`, as keys are written; a mistake otherwise. */
bool pack_is_key(struct pack_reader *r, const struct yaml *at, str key);
void pack_mistake(struct pack_reader *r, const struct yaml *at, struct words say);
void pack_mistake_at(struct pack_reader *r, int line, int column, struct words say);
/* The word of `known` that is most like `word`; empty when none is near. */
str pack_nearest(struct arena *a, str word, const str *known, size_t count);

/* One definition as it is kept. */
struct definition {
    int64_t agency;
    str kind, key, source; /* the YAML text */
    str file;
    int version;
    int64_t published_ms;
};

/* Kind and key out of the source, "" where they cannot be read (catalog_build says why). */
void pack_head(struct arena *a, struct definition *d);
/* Reads a folder from disk (init, pack check, pack load). */
MUST_CHECK err pack_read_folder(struct arena *a, const char *folder, struct mistakes *m,
                                struct definition **ret, size_t *ret_count);
/* Builds a generation with its own arena: `ret` lives until the last catalog_release. With
 * mistakes the catalog is still given and lacks what could not be read. */
MUST_CHECK err catalog_build(const struct pack_kind *const *kinds, size_t kinds_count,
                             int64_t agency, const struct definition *definitions,
                             size_t count, struct mistakes *m, struct catalog **ret);
/* All mistakes of these definitions together, rehearsed on `today`, in the order of their
 * places: `pack check`, and what `pack load` and the browser ask before they publish. */
MUST_CHECK err pack_check(const struct pack_kind *const *kinds, size_t kinds_count,
                          const struct definition *definitions, size_t count, day today,
                          struct mistakes *m);
/* The same, with what could be better in `*advice`: none of it keeps a pack from being
 * published. */
MUST_CHECK err pack_review(const struct pack_kind *const *kinds, size_t kinds_count,
                           const struct definition *definitions, size_t count, day today,
                           struct mistakes *m, struct mistakes *advice);
/* doc/packs.md: every key of every kind. */
MUST_CHECK err pack_reference(struct arena *a, const struct pack_kind *const *kinds,
                              size_t kinds_count, str *ret);
void catalog_hold(const struct catalog *c);
void catalog_release(const struct catalog *c);

/* Newest version of a thing; NULL when there is none. The type is that of the kind. */
const void *catalog_get(const struct catalog *c, const char *kind, str key);
const void *catalog_get_version(const struct catalog *c, const char *kind, str key,
                                int version);
size_t catalog_count(const struct catalog *c, const char *kind);
const void *catalog_at(const struct catalog *c, const char *kind,
                       size_t index); /* by key */
int64_t catalog_agency(const struct catalog *c);

/* Kept versions. */
MUST_CHECK err definition_list(struct arena *a, struct snap *snap, int64_t agency,
                               struct definition **ret, size_t *ret_count);
/* Only the newest of each of this kind. */
MUST_CHECK err definition_newest(struct arena *a, struct snap *snap, int64_t agency,
                                 str kind, struct definition **ret, size_t *ret_count);
/* A new version when the source differs from the newest; an event. */
MUST_CHECK err definition_put(struct arena *a, struct tx *tx, const struct actor *who,
                              int64_t now_ms, const struct definition *d,
                              bool *ret_changed);

#endif
