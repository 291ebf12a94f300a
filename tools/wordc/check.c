/* check — are the words complete? wordcheck FOUND.pot AVOID.tsv zh:zh.po ja:ja.po …
 *
 * FOUND.pot is what the program says now. For each language: a sentence that is missing,
 * one that nobody says any more, one that no person has looked at (fuzzy), places {…} that
 * differ, half-width signs between Chinese characters, and words that this office does not
 * use. With --missing first, the missing ones are printed as entries to fill in.
 * SPDX-License-Identifier: MPL-2.0 */
#include "po.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check {
    const char *lang;
    struct po po;
    const struct po *found;
    bool print_missing;
    size_t mistakes;
};

struct avoid {
    char *lang, *word, *instead;
};
struct avoids {
    struct avoid *list;
    size_t count;
};

static void complain(struct check *c, const struct po_entry *e, const char *what,
                     const char *which)
{
    if (!c->print_missing) {
        printf("%s:%d: \"%s\" %s%s\n", c->po.path, e->line, e->id, what, which);
    }
    c->mistakes++;
}

static bool read_avoids(struct avoids *a, const char *path)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t space = 0;

    if (in == NULL) {
        fprintf(stderr, "%s:1: this file cannot be read\n", path);
        return false;
    }
    while (getline(&line, &space, in) >= 0) {
        char *save = NULL;
        char *copy = strdup(line);
        char *lang = strtok_r(copy, "\t\n", &save);
        char *word = strtok_r(NULL, "\t\n", &save);
        char *instead = strtok_r(NULL, "\t\n", &save);

        if (instead == NULL || line[0] == '#') {
            free(copy);
            continue;
        }
        a->list = realloc(a->list, (a->count + 1) * sizeof *a->list);
        if (a->list == NULL) {
            abort();
        }
        a->list[a->count++] = (struct avoid){ lang, word, instead };
    }
    free(line);
    fclose(in);
    return true;
}

/* Every place of `one` stands in `other`. */
static bool places_in(const char *one, const char *other)
{
    for (const char *at = strchr(one, '{'); at != NULL; at = strchr(at + 1, '{')) {
        const char *end = strchr(at, '}');
        char place[80];

        if (end == NULL || end - at > 70) {
            return false;
        }
        snprintf(place, sizeof place, "%.*s", (int)(end - at) + 1, at);
        if (strstr(other, place) == NULL) {
            return false;
        }
    }
    return true;
}

static void check_places(struct check *c, const struct po_entry *e,
                         const struct po_entry *want)
{
    /* A plural may name its number in one form only: {n} stands in the form for many. */
    const char *most = want->plural != NULL ? want->plural : want->id;

    if (!places_in(e->text[0], most) || !places_in(most, e->text[0])) {
        complain(c, e, "has other places in its translation: ", e->text[0]);
    }
}

/* Han, kana and full-width signs begin with these bytes; brackets count as neither. */
static bool is_wide(const char *at)
{
    unsigned char lead = (unsigned char)at[0];

    if (strncmp(at, "（", 3) == 0 || strncmp(at, "）", 3) == 0 || strncmp(at, "「", 3) == 0 ||
        strncmp(at, "」", 3) == 0) {
        return false;
    }
    return lead >= 0xe3 && lead <= 0xef;
}

static bool before_is_wide(const char *text, const char *at)
{
    if (at == text) {
        return false;
    }
    do {
        at--;
    } while (at > text && ((unsigned char)*at & 0xc0) == 0x80);
    return is_wide(at);
}

/* A half-width sign beside a wide character, but not in ::: and such rows. */
static bool is_narrow(const char *text, const char *at)
{
    if (strchr(",;:()?!.", *at) == NULL || at[1] == *at || (at > text && at[-1] == *at)) {
        return false;
    }
    return (*at != '(' && before_is_wide(text, at)) ||
           (*at != ')' && *at != '.' && is_wide(at + 1));
}

static void check_signs(struct check *c, const struct po_entry *e)
{
    /* What stands in 「」 is typed as it stands. */
    int quoted = 0;

    for (const char *at = e->text[0]; *at != '\0'; at++) {
        quoted += strncmp(at, "「", 3) == 0;
        quoted -= strncmp(at, "」", 3) == 0;
        if (quoted == 0 && is_narrow(e->text[0], at)) {
            complain(c, e, "has a half-width sign (，：；（）？！。 are full width): ", e->text[0]);
            return;
        }
    }
}

static void check_avoids(struct check *c, const struct po_entry *e,
                         const struct avoids *avoids)
{
    char advice[300];

    for (size_t i = 0; i < avoids->count; i++) {
        const struct avoid *a = &avoids->list[i];

        if (strcmp(a->lang, c->lang) == 0 && strstr(e->text[0], a->word) != NULL) {
            snprintf(advice, sizeof advice, "%s (write %s): %s", a->word, a->instead,
                     e->text[0]);
            complain(c, e, "uses ", advice);
        }
    }
}

static void print_entry(const struct po_entry *e)
{
    printf("\n#:%s\nmsgid ", e->places != NULL ? e->places : "");
    for (const char *id = e->id; id != NULL; id = id == e->id ? e->plural : NULL) {
        putchar('"');
        for (const char *at = id; *at != '\0'; at++) {
            printf(*at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
        }
        puts("\"");
        if (id == e->id && e->plural != NULL) {
            printf("msgid_plural ");
        }
    }
    puts(e->plural != NULL ? "msgstr[0] \"\"" : "msgstr \"\"");
}

static void check_missing(struct check *c)
{
    for (size_t i = 0; i < c->found->count; i++) {
        const struct po_entry *want = &c->found->entries[i];
        const struct po_entry *e = po_find(&c->po, want->id);

        if (po_is_said(e)) {
            if ((e->plural != NULL) != (want->plural != NULL) && !c->print_missing) {
                complain(c, e, "has one form in one place and two in the other", "");
            }
            check_places(c, e, want);
            continue;
        }
        c->mistakes++;
        if (c->print_missing && e == NULL) {
            print_entry(want);
        } else if (!c->print_missing) {
            printf("%s: \"%s\" is %s; said at%s\n", c->po.path, want->id,
                   e == NULL  ? "missing"
                   : e->fuzzy ? "fuzzy"
                              : "empty",
                   want->places != NULL ? want->places : " ?");
        }
    }
}

static size_t check_language(struct check *c, const struct avoids *avoids)
{
    check_missing(c);
    for (size_t i = 0; i < c->po.count && !c->print_missing; i++) {
        const struct po_entry *e = &c->po.entries[i];

        if (po_find(c->found, e->id) == NULL) {
            complain(c, e, "is said nowhere any more: remove it", "");
        }
        if (po_is_said(e)) {
            check_signs(c, e);
            check_avoids(c, e, avoids);
        }
    }
    return c->mistakes + c->po.twice;
}

int main(int argc, char **argv)
{
    bool print_missing = argc > 1 && strcmp(argv[1], "--missing") == 0;
    int first = print_missing ? 2 : 1;
    struct avoids avoids = { .count = 0 };
    struct po found;
    size_t mistakes = 0;

    if (argc < first + 3) {
        fputs("wordcheck [--missing] FOUND.pot AVOID.tsv zh:po/zh.po …\n", stderr);
        return 2;
    }
    if (!po_read(&found, argv[first]) || !read_avoids(&avoids, argv[first + 1])) {
        return 1;
    }
    for (int i = first + 2; i < argc; i++) {
        char *path = strchr(argv[i], ':');
        struct check c = { .lang = argv[i],
                           .found = &found,
                           .print_missing = print_missing };

        if (path == NULL) {
            return 2;
        }
        *path++ = '\0';
        if (!po_read(&c.po, path)) {
            mistakes++;
            continue;
        }
        mistakes += check_language(&c, &avoids);
    }
    if (!print_missing) {
        printf("words: %zu sentences, %zu mistakes\n", found.count, mistakes);
    }
    return mistakes == 0 || print_missing ? 0 : 1;
}
