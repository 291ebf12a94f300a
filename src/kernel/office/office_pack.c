/* office_pack — the kinds `office` and `authority` out of YAML.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/office/office.h"

#include "base/arena.h"
#include "host/yaml/yaml.h"

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static const struct pack_word unit_words[] = {
    { "key", "key", "its name in services and events", NULL, 0 },
    { "name", "texts", "its name", NULL, 0 },
    { "telephone", "text", "whom to ask", NULL, 0 },
};
static const struct pack_chapter unit_chapter = PACK_CHAPTER("office: units", "A list.",
                                                             unit_words);

static const struct pack_word series_words[] = {
    { "key", "key", "what letters name under `series`", NULL, 0 },
    { "name", "text", "in all languages or Chinese alone", NULL, 0 },
    { "form", "text",
      "the number as printed: `{year}` the ROC year, `{number}` five digits", NULL, 0 },
};
static const struct pack_chapter series_chapter =
    PACK_CHAPTER("office: series",
                 "字軌: what the office numbers itself; all else has the document system's "
                 "number.",
                 series_words);

static const struct pack_word office_words[] = {
    { "format", "number", "1", NULL, 0 },
    { "kind", "word", "office", NULL, 0 },
    { "key", "key", "as in addresses", NULL, 0 },
    { "name", "texts", "the whole name", NULL, 0 },
    { "short_name", "texts", "for narrow places; left out: the name", NULL, 0 },
    { "city", "texts", "the city or county", NULL, 0 },
    { "address", "texts", "where it is", NULL, 0 },
    { "hours", "texts", "when it is open", NULL, 0 },
    { "telephone", "text", "the switchboard", NULL, 0 },
    { "email", "text", "", NULL, 0 },
    { "map_url", "address", "a map", NULL, 0 },
    { "case_prefix", "text", "two capital letters that begin case numbers", NULL, 0 },
    { "units", "list", "at least one", NULL, 0 },
    { "levels", "map",
      "what the office calls its levels; one that it does not have is left out, `head` is "
      "needed",
      level_key, LEVEL_COUNT },
    { "titles", "list", "titles of staff to choose from; Chinese", NULL, 0 },
    { "groups", "list",
      "the groups of services in the order of the list, by their Chinese names; others "
      "follow",
      NULL, 0 },
    { "front", "list of keys",
      "the services that most people come for: first on the front page and in their group",
      NULL, 0 },
    { "series", "list", "numbers of its own for certificates (字軌)", NULL, 0 },
    { "district", "text",
      "the district of its villages, Chinese: an address elsewhere is in none of them",
      NULL, 0 },
    { "villages", "list",
      "the villages (里), Chinese: for them the tables of assignment have a line each", NULL,
      0 },
    { "feelings_least", "number",
      "from how many taps on \"how it felt\" is published by service; 5 at least", NULL,
      0 },
};
static const struct pack_chapter office_chapter =
    PACK_CHAPTER("office", "What an office says of itself: one file in a pack.",
                 office_words);

static const struct pack_word line_words[] = {
    { "matter", "key", "what services name under `matter`", NULL, 0 },
    { "name", "text", "in all languages or Chinese alone", NULL, 0 },
    { "level", "word", "who decides", level_key, LEVEL_COUNT },
    { "proposes", "word", "who proposes; `officer` unless said", level_key, LEVEL_COUNT },
    { "consults", "list of keys", "units that are asked each time (會辦)", NULL, 0 },
    { "through", "list", "the levels that pass it on (核章); left out: all below", level_key,
      LEVEL_COUNT },
};
static const struct pack_chapter line_chapter =
    PACK_CHAPTER("authority: lines", "", line_words);

static const struct pack_word authority_words[] = {
    { "format", "number", "1", NULL, 0 },
    { "kind", "word", "authority", NULL, 0 },
    { "key", "key", "its name", NULL, 0 },
    { "lines", "list", "the matters; one that is not here is decided by the unit head",
      NULL, 0 },
};
static const struct pack_chapter authority_chapter =
    PACK_CHAPTER("authority", "分層負責明細表.", authority_words);

static void units_read(struct pack_reader *r, const struct yaml *document, struct office *o)
{
    const struct yaml *list = pack_list(r, document, "units");
    struct unit *units;

    if (list == NULL || list->count == 0) {
        pack_mistake(r, list != NULL ? list : document,
                     SAY("An office has at least one unit. Write it under \"units\"."));
        return;
    }
    units = ARENA_ARRAY(r->arena, list->count, struct unit);
    for (const struct yaml *y = list->first; units != NULL && y != NULL; y = y->next) {
        struct unit u = { 0 };

        if (!pack_is_map(r, y)) {
            continue;
        }
        pack_only_words(r, y, &unit_chapter);
        u.key = pack_text(r, y, "key", true);
        u.name = pack_label(r, y, "name", true);
        u.telephone = pack_text(r, y, "telephone", false);
        (void)pack_is_key(r, yaml_get(y, STR("key")), u.key);
        for (size_t i = 0; i < o->units_count; i++) {
            if (str_equal(units[i].key, u.key)) {
                pack_mistake(r, y,
                             SAY("\"{key}\" is here twice. Give one of them another key.",
                                 SAY_TEXT("key", u.key)));
            }
        }
        units[o->units_count++] = u;
        o->units = units;
    }
}

static void levels_read(struct pack_reader *r, const struct yaml *document,
                        struct office *o)
{
    const struct yaml *map = pack_map(r, document, "levels", true);

    if (map == NULL) {
        return;
    }
    pack_only(r, map, level_key, LEVEL_COUNT);
    for (int i = 0; i < LEVEL_COUNT; i++) {
        o->level_title[i] = pack_label_staff(r, map, level_key[i].at, i == LEVEL_HEAD);
    }
}

static void titles_read(struct pack_reader *r, const struct yaml *document,
                        struct office *o)
{
    const struct yaml *list = pack_list(r, document, "titles");
    struct label *titles;

    if (list == NULL) {
        return;
    }
    titles = ARENA_ARRAY(r->arena, list->count, struct label);
    for (const struct yaml *y = list->first; titles != NULL && y != NULL; y = y->next) {
        if (y->kind == YAML_SCALAR && y->text.len > 0) {
            titles[o->titles_count++].in[LANG_ZH] = y->text;
        } else {
            pack_mistake(r, y, SAY("A title is one text."));
        }
    }
    o->titles = titles;
}

/* A list of Chinese names, each of them once. */
static const str *names_read(struct pack_reader *r, const struct yaml *document,
                             const char *key, struct words wrong, size_t *ret_count)
{
    const struct yaml *list = pack_list(r, document, key);
    str *names = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0, str);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         names != NULL && y != NULL; y = y->next) {
        bool twice = false;

        for (size_t i = 0; i < *ret_count && y->kind == YAML_SCALAR; i++) {
            twice = twice || str_equal(names[i], str_trim(y->text));
        }
        if (twice) {
            pack_mistake(r, y,
                         SAY("\"{key}\" is here twice. Give one of them another key.",
                             SAY_TEXT("key", y->text)));
        } else if (y->kind == YAML_SCALAR && y->text.len > 0) {
            names[(*ret_count)++] = str_trim(y->text);
        } else {
            pack_mistake(r, y, wrong);
        }
    }
    return names;
}

static void groups_read(struct pack_reader *r, const struct yaml *document,
                        struct office *o)
{
    o->groups = names_read(r, document, "groups",
                           SAY("A group is one text: its Chinese name."),
                           &o->groups_count);
}

static void villages_read(struct pack_reader *r, const struct yaml *document,
                          struct office *o)
{
    o->district = str_trim(pack_text(r, document, "district", false));
    o->villages = names_read(r, document, "villages",
                             SAY("A village is one text: its Chinese name."),
                             &o->villages_count);
}

static void front_read(struct pack_reader *r, const struct yaml *document, struct office *o)
{
    const struct yaml *list = pack_list(r, document, "front");
    str *keys = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0, str);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         keys != NULL && y != NULL; y = y->next) {
        if (pack_is_key(r, y, y->text)) {
            keys[o->front_count++] = y->text;
        }
    }
    o->front = keys;
    o->front_line = list != NULL ? list->line : 1;
}

static void series_read(struct pack_reader *r, const struct yaml *document,
                        struct office *o)
{
    const struct yaml *list = pack_list(r, document, "series");
    struct office_series *series = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0,
                                               struct office_series);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         series != NULL && y != NULL; y = y->next) {
        struct office_series *s = &series[o->series_count];

        if (!pack_is_map(r, y)) {
            continue;
        }
        pack_only_words(r, y, &series_chapter);
        s->key = pack_text(r, y, "key", true);
        s->name = pack_label_staff(r, y, "name", true);
        s->form = pack_text(r, y, "form", true);
        s->line = y->line;
        s->column = y->column;
        (void)pack_is_key(r, yaml_get(y, STR("key")), s->key);
        if (str_find(s->form, STR("{number}")) < 0 ||
            str_find(s->form, STR("{year}")) < 0) {
            pack_mistake(
                r, y,
                SAY("A series has \"{year}\" and \"{number}\" in its form, so that no "
                    "number comes twice.",
                    SAY_TEXT("year", STR("{year}")), SAY_TEXT("number", STR("{number}"))));
        }
        o->series_count++;
    }
    o->series = series;
}

static bool is_prefix(str s)
{
    return s.len == 2 && s.at[0] >= 'A' && s.at[0] <= 'Z' && s.at[1] >= 'A' &&
           s.at[1] <= 'Z';
}

static void agency_read(struct pack_reader *r, const struct yaml *document,
                        struct agency *g)
{
    g->name = pack_label(r, document, "name", true);
    g->short_name = pack_label(r, document, "short_name", false);
    if (label_is_empty(&g->short_name)) {
        g->short_name = g->name;
    }
    g->city = pack_label(r, document, "city", false);
    g->address = pack_label(r, document, "address", false);
    g->hours = pack_label(r, document, "hours", false);
    g->telephone = pack_text(r, document, "telephone", false);
    g->email = pack_text(r, document, "email", false);
    g->map_url = pack_text(r, document, "map_url", false);
    g->case_prefix = pack_text(r, document, "case_prefix", true);
    if (g->case_prefix.len > 0 && !is_prefix(g->case_prefix)) {
        pack_mistake(r, yaml_get(document, STR("case_prefix")),
                     SAY("\"case_prefix\" is two capital letters, for example DA."));
    }
}

static void *office_read(struct pack_reader *r, const struct yaml *document, str key)
{
    struct office *o = ARENA_NEW(r->arena, struct office);

    if (o == NULL) {
        return NULL;
    }
    pack_only_words(r, document, &office_chapter);
    o->key = key;
    o->agency.key = key;
    agency_read(r, document, &o->agency);
    units_read(r, document, o);
    levels_read(r, document, o);
    titles_read(r, document, o);
    groups_read(r, document, o);
    villages_read(r, document, o);
    front_read(r, document, o);
    series_read(r, document, o);
    o->feelings_least = pack_int(r, document, "feelings_least", 5, 1000, 0);
    return o;
}

static void through_read(struct pack_reader *r, const struct yaml *y,
                         struct authority_line *line)
{
    const struct yaml *list = pack_list(r, y, "through");

    for (const struct yaml *x = list != NULL ? list->first : NULL; x != NULL; x = x->next) {
        int level = pack_one_of(r, x, x->text, level_key, LEVEL_COUNT);

        if (level >= 0) {
            line->through |= 1U << level;
        }
    }
}

static void consults_read(struct pack_reader *r, const struct yaml *y,
                          struct authority_line *line)
{
    const struct yaml *list = pack_list(r, y, "consults");
    str *keys = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0, str);

    for (const struct yaml *x = list != NULL ? list->first : NULL;
         keys != NULL && x != NULL; x = x->next) {
        if (pack_is_key(r, x, x->text)) {
            keys[line->consults_count++] = x->text;
        }
    }
    line->consults = keys;
}

static void line_read(struct pack_reader *r, const struct yaml *y,
                      struct authority_line *line)
{
    int level;

    pack_only_words(r, y, &line_chapter);
    line->matter = pack_text(r, y, "matter", true);
    line->name = pack_label_staff(r, y, "name", true);
    level = pack_choice(r, y, "level", level_key, LEVEL_COUNT, -1);
    line->level = level >= 0 ? (enum level)level : LEVEL_UNIT_HEAD;
    level = pack_choice(r, y, "proposes", level_key, LEVEL_COUNT, LEVEL_OFFICER);
    line->proposes = level >= 0 ? (enum level)level : LEVEL_OFFICER;
    through_read(r, y, line);
    consults_read(r, y, line);
    line->line = y->line;
    line->column = y->column;
    (void)pack_is_key(r, yaml_get(y, STR("matter")), line->matter);
}

static void *authority_read(struct pack_reader *r, const struct yaml *document, str key)
{
    struct authority *t = ARENA_NEW(r->arena, struct authority);
    const struct yaml *list = pack_list(r, document, "lines");
    struct authority_line *lines;

    pack_only_words(r, document, &authority_chapter);
    lines = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0, struct authority_line);
    if (t == NULL || lines == NULL) {
        return NULL;
    }
    *t = (struct authority){ .lines = lines, .key = key, .version = r->version,
                             .published_ms = r->published_ms };
    for (const struct yaml *y = list != NULL ? list->first : NULL; y != NULL; y = y->next) {
        struct authority_line *line = &lines[t->lines_count];

        if (!pack_is_map(r, y)) {
            continue;
        }
        line_read(r, y, line);
        for (size_t i = 0; i < t->lines_count; i++) {
            if (str_equal(lines[i].matter, line->matter)) {
                pack_mistake(r, y,
                             SAY("The matter \"{key}\" is here twice. Which level decides "
                                 "it?",
                                 SAY_TEXT("key", line->matter)));
            }
        }
        t->lines_count++;
    }
    return t;
}

static void office_names(const void *thing, const char *what, struct pack_names *to)
{
    const struct office *o = thing;

    if (str_equal(str_of(what), STR("unit"))) {
        for (size_t i = 0; o != NULL && i < o->units_count; i++) {
            pack_names_add(to, o->units[i].key);
        }
        return;
    }
    for (size_t i = 0; o != NULL && i < o->series_count; i++) {
        pack_names_add(to, o->series[i].key);
    }
}

static const struct pack_chapter *const office_chapters[] = { &office_chapter,
                                                              &unit_chapter,
                                                              &series_chapter };
static const struct pack_chapter *const authority_chapters[] = { &authority_chapter,
                                                                 &line_chapter };

/* What stands in front must be there; a pack without any service is filled later. */
static void office_link(struct pack_reader *r, const struct catalog *c, void *thing)
{
    const struct office *o = thing;

    for (size_t i = 0; i < o->front_count && catalog_count(c, "service") > 0; i++) {
        if (catalog_get(c, "service", o->front[i]) == NULL) {
            pack_mistake_at(r, o->front_line, 1,
                            SAY("\"{word}\" is not known here. Take it out.",
                                SAY_TEXT("word", o->front[i])));
        }
    }
    for (size_t i = 0; i < o->series_count && catalog_count(c, "service") > 0; i++) {
        if (!pack_knows(r->arena, c, "used_series", o->series[i].key)) {
            pack_advise_at(r, o->series[i].line, o->series[i].column,
                           SAY("No letter of a service takes its number from the series "
                               "\"{key}\".",
                               SAY_TEXT("key", o->series[i].key)));
        }
    }
}

/* Units that are asked must be there; a matter that no service names decides nothing. */
static void authority_link(struct pack_reader *r, const struct catalog *c, void *thing)
{
    const struct authority *t = thing;

    for (size_t i = 0; i < t->lines_count; i++) {
        const struct authority_line *line = &t->lines[i];

        for (size_t k = 0; k < line->consults_count; k++) {
            (void)pack_is_defined(r, c, "unit", line->consults[k], line->line,
                                  line->column);
        }
        if (catalog_count(c, "service") > 0 &&
            !pack_knows(r->arena, c, "used_matter", line->matter)) {
            pack_advise_at(r, line->line, line->column,
                           SAY("No service names the matter \"{key}\".",
                               SAY_TEXT("key", line->matter)));
        }
    }
}

const struct pack_kind office_kind = { .name = "office",
                                       .read = office_read,
                                       .link = office_link,
                                       .chapters = office_chapters,
                                       .chapters_count = COUNT(office_chapters),
                                       .defines = "unit series",
                                       .names = office_names };
const struct pack_kind authority_kind = { .name = "authority",
                                          .read = authority_read,
                                          .link = authority_link,
                                          .chapters = authority_chapters,
                                          .chapters_count = COUNT(authority_chapters) };
