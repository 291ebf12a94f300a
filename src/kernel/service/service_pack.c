/* service_pack — the kind `service` out of YAML.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service.h"

#include "base/arena.h"
#include "host/yaml/yaml.h"
#include "kernel/office/office.h"

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

const str limit_unit_key[6] = {
    STR_INIT("working"), STR_INIT("calendar"), STR_INIT("hour"),
    STR_INIT("month"),   STR_INIT("at_once"),  STR_INIT("none")
};

static const str depth_key[] = { STR_INIT("full"), STR_INIT("short"), STR_INIT("count"),
                                 STR_INIT("elsewhere") };
static const str result_key[] = { STR_INIT("issued"), STR_INIT("collected") };
static const str way_key[] = { STR_INIT("online"), STR_INIT("counter"), STR_INIT("post") };

static void limit_read(struct pack_reader *r, const struct yaml *document,
                       struct limit *ret)
{
    static const str known[] = { STR_INIT("value"), STR_INIT("unit") };
    const struct yaml *map = pack_map(r, document, "limit", true);
    int unit;

    *ret = (struct limit){ .unit = LIMIT_NONE };
    if (map == NULL) {
        return;
    }
    pack_only(r, map, known, COUNT(known));
    unit = pack_choice(r, map, "unit", limit_unit_key, COUNT(limit_unit_key), -1);
    ret->unit = unit >= 0 ? (enum limit_unit)unit : LIMIT_NONE;
    ret->value = (int)pack_int(r, map, "value", ret->unit < LIMIT_AT_ONCE ? 1 : 0, 3650, 0);
    if (ret->unit < LIMIT_AT_ONCE && yaml_get(map, STR("value")) == NULL) {
        pack_mistake(r, map,
                     SAY("\"{key}\" is missing here.", SAY_TEXT("key", STR("value"))));
    }
}

static void papers_read(struct pack_reader *r, const struct yaml *document,
                        struct service *s)
{
    static const str known[] = { STR_INIT("name"), STR_INIT("note"), STR_INIT("original"),
                                 STR_INIT("copies"), STR_INIT("looked_up") };
    const struct yaml *list = pack_list(r, document, "papers");
    struct service_paper *papers = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0,
                                               struct service_paper);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         papers != NULL && y != NULL; y = y->next) {
        struct service_paper *p = &papers[s->papers_count];

        if (!pack_is_map(r, y)) {
            continue;
        }
        pack_only(r, y, known, COUNT(known));
        p->name = pack_label(r, y, "name", true);
        p->note = pack_label(r, y, "note", false);
        p->original = pack_truth(r, y, "original", false);
        p->copies = (int)pack_int(r, y, "copies", 0, 99, 0);
        p->looked_up = pack_truth(r, y, "looked_up", false);
        s->papers_count++;
    }
    s->papers = papers;
}

static void fees_read(struct pack_reader *r, const struct yaml *document, struct service *s)
{
    static const str known[] = { STR_INIT("what"), STR_INIT("dollars") };
    const struct yaml *list = pack_list(r, document, "fees");
    struct service_fee *fees = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0,
                                           struct service_fee);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         fees != NULL && y != NULL; y = y->next) {
        struct service_fee *fee = &fees[s->fees_count];

        if (!pack_is_map(r, y)) {
            continue;
        }
        pack_only(r, y, known, COUNT(known));
        fee->what = pack_label(r, y, "what", true);
        fee->dollars = pack_int(r, y, "dollars", 0, 10000000, -1);
        if (fee->dollars < 0) {
            pack_mistake(
                r, y, SAY("\"{key}\" is missing here.", SAY_TEXT("key", STR("dollars"))));
        }
        s->fees_count++;
    }
    s->fees = fees;
}

static void texts_read(struct pack_reader *r, const struct yaml *document,
                       struct service *s)
{
    static const str known[] = { STR_INIT("title"), STR_INIT("body") };
    const struct yaml *list = pack_list(r, document, "texts");
    struct service_text *texts = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0,
                                             struct service_text);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         texts != NULL && y != NULL; y = y->next) {
        if (!pack_is_map(r, y)) {
            continue;
        }
        pack_only(r, y, known, COUNT(known));
        texts[s->texts_count].title = pack_label(r, y, "title", true);
        texts[s->texts_count].body = pack_label(r, y, "body", true);
        s->texts_count++;
    }
    s->texts = texts;
}

/* words: { zh: [地目, 使用分區], en: [land use] }: each becomes a label of its language. */
static void words_read(struct pack_reader *r, const struct yaml *document,
                       struct service *s)
{
    const struct yaml *map = pack_map(r, document, "words", false);
    struct label *words;
    size_t most = 0;

    for (const struct yaml *y = map != NULL ? map->first : NULL; y != NULL; y = y->next) {
        most += y->count;
    }
    words = ARENA_ARRAY(r->arena, most, struct label);
    if (map == NULL || words == NULL) {
        return;
    }
    pack_only(r, map, lang_key, LANG_COUNT);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const struct yaml *list = pack_list(r, map, lang_key[lang].at);

        for (const struct yaml *y = list != NULL ? list->first : NULL; y != NULL;
             y = y->next) {
            words[s->words_count++].in[lang] = y->text;
        }
    }
    s->words = words;
}

static void ways_read(struct pack_reader *r, const struct yaml *document, struct service *s)
{
    const struct yaml *list = pack_list(r, document, "ways");

    for (const struct yaml *y = list != NULL ? list->first : NULL; y != NULL; y = y->next) {
        int way = pack_one_of(r, y, y->text, way_key, COUNT(way_key));

        s->online = s->online || way == 0;
        s->counter = s->counter || way == 1;
        s->post = s->post || way == 2;
    }
    if (list == NULL || list->count == 0) {
        pack_mistake(r, list != NULL ? list : document,
                     SAY("Say how people apply: under \"ways\" online, counter, post."));
    }
}

static void updated_read(struct pack_reader *r, const struct yaml *document,
                         struct service *s)
{
    str text = pack_text(r, document, "updated", true);

    s->updated = DAY_NONE;
    if (text.len > 0 && !day_from_iso(text, &s->updated)) {
        pack_mistake(r, yaml_get(document, STR("updated")),
                     SAY("\"{key}\" is a date such as 2026-01-18.",
                         SAY_TEXT("key", STR("updated"))));
    }
}

static void depth_read(struct pack_reader *r, const struct yaml *document,
                       struct service *s)
{
    s->depth = (enum service_depth)pack_choice(r, document, "depth", depth_key,
                                               COUNT(depth_key), DEPTH_FULL);
    s->elsewhere_url = pack_text(r, document, "elsewhere_url", s->depth == DEPTH_ELSEWHERE);
    s->result = (enum service_result)pack_choice(r, document, "result", result_key,
                                                 COUNT(result_key), RESULT_ISSUED);
    s->result_name = pack_label(r, document, "result_name", s->depth == DEPTH_FULL);
    s->purpose = pack_label(r, document, "purpose", s->depth == DEPTH_FULL);
    s->keep_years = (int)pack_int(r, document, "keep_years", 1, 100, 5);
    s->matter = pack_text(r, document, "matter", s->depth == DEPTH_FULL);
}

static void steps_read(struct pack_reader *r, const struct yaml *document,
                       struct service *s)
{
    const struct yaml *steps = yaml_get(document, STR("steps"));

    if (steps != NULL) {
        form_read(r, steps, &s->form);
    } else if (s->depth == DEPTH_FULL) {
        pack_mistake(r, document,
                     SAY("\"{key}\" is missing here.", SAY_TEXT("key", STR("steps"))));
    }
}

static void heads_read(struct pack_reader *r, const struct yaml *document,
                       struct service *s)
{
    s->name = pack_label(r, document, "name", true);
    s->summary = pack_label(r, document, "summary", true);
    s->group = pack_label(r, document, "group", true);
    s->unit = pack_text(r, document, "unit", true);
    s->telephone = pack_text(r, document, "telephone", false);
    s->who = pack_label(r, document, "who", true);
    s->agent = pack_label(r, document, "agent", false);
    s->law = pack_label(r, document, "law", true);
    s->law_url = pack_text(r, document, "law_url", false);
    if (s->law_url.len > 0 && !str_starts(s->law_url, STR("https://"))) {
        pack_mistake(
            r, yaml_get(document, STR("law_url")),
            SAY("\"{key}\" begins with https://.", SAY_TEXT("key", STR("law_url"))));
    }
}

static int line_of(const struct yaml *document, const char *key)
{
    const struct yaml *y = yaml_get(document, str_of(key));

    return y != NULL ? y->line : 1;
}

static void *service_read(struct pack_reader *r, const struct yaml *document, str key)
{
    static const str known[] = {
        STR_INIT("format"),        STR_INIT("kind"),    STR_INIT("key"),
        STR_INIT("name"),          STR_INIT("summary"), STR_INIT("words"),
        STR_INIT("group"),         STR_INIT("unit"),    STR_INIT("telephone"),
        STR_INIT("who"),           STR_INIT("agent"),   STR_INIT("law"),
        STR_INIT("law_url"),       STR_INIT("papers"),  STR_INIT("fees"),
        STR_INIT("limit"),         STR_INIT("ways"),    STR_INIT("depth"),
        STR_INIT("elsewhere_url"), STR_INIT("matter"),  STR_INIT("result"),
        STR_INIT("result_name"),   STR_INIT("texts"),   STR_INIT("purpose"),
        STR_INIT("keep_years"),    STR_INIT("updated"), STR_INIT("steps"),
    };
    struct service *s = ARENA_NEW(r->arena, struct service);

    if (s == NULL) {
        return NULL;
    }
    s->key = key;
    s->version = r->version;
    pack_only(r, document, known, COUNT(known));
    heads_read(r, document, s);
    words_read(r, document, s);
    papers_read(r, document, s);
    fees_read(r, document, s);
    limit_read(r, document, &s->limit);
    ways_read(r, document, s);
    depth_read(r, document, s);
    texts_read(r, document, s);
    updated_read(r, document, s);
    steps_read(r, document, s);
    s->unit_line = line_of(document, "unit");
    s->matter_line = line_of(document, "matter");
    return s;
}

static void unknown(struct pack_reader *r, int line, int column, str word, const str *known,
                    size_t count)
{
    str near = pack_nearest(r->arena, word, known, count);

    if (near.len > 0) {
        pack_mistake_at(r, line, column,
                        SAY("\"{word}\" is not known here. Did you mean \"{nearest}\"?",
                            SAY_TEXT("word", word), SAY_TEXT("nearest", near)));
    } else {
        pack_mistake_at(
            r, line, column,
            SAY("\"{word}\" is neither a unit nor a matter of this office. Write it "
                "into office.yaml or authority.yaml first.",
                SAY_TEXT("word", word)));
    }
}

static void unit_link(struct pack_reader *r, const struct office *o,
                      const struct service *s)
{
    str *keys = ARENA_ARRAY(r->arena, o->units_count, str);

    for (size_t i = 0; keys != NULL && i < o->units_count; i++) {
        keys[i] = o->units[i].key;
        if (str_equal(keys[i], s->unit)) {
            return;
        }
    }
    if (keys != NULL) {
        unknown(r, s->unit_line, 7, s->unit, keys, o->units_count);
    }
}

static void matter_link(struct pack_reader *r, const struct authority *t,
                        const struct service *s)
{
    str *keys = ARENA_ARRAY(r->arena, t->lines_count, str);

    for (size_t i = 0; keys != NULL && i < t->lines_count; i++) {
        keys[i] = t->lines[i].matter;
        if (str_equal(keys[i], s->matter)) {
            return;
        }
    }
    if (keys != NULL) {
        unknown(r, s->matter_line, 9, s->matter, keys, t->lines_count);
    }
}

/* Where the pack brings an office and its authority table, both must know the service. */
static void service_link(struct pack_reader *r, const struct catalog *c, void *thing)
{
    const struct service *s = thing;

    if (office_get(c) != NULL) {
        unit_link(r, office_get(c), s);
    }
    if (authority_get(c) != NULL && s->matter.len > 0) {
        matter_link(r, authority_get(c), s);
    }
}

static void service_rehearse(struct pack_reader *r, const void *thing, day today)
{
    const struct service *s = thing;

    form_rehearse(r, &s->form, today);
}

const struct pack_kind service_kind = { .name = "service",
                                        .read = service_read,
                                        .link = service_link,
                                        .rehearse = service_rehearse };
