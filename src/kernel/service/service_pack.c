/* service_pack — the kind `service` out of YAML.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service_pack.h"

#include "host/rule/rule.h"
#include "kernel/service/check.h"

static const str depth_key[] = { STR_INIT("full"), STR_INIT("short"), STR_INIT("count"),
                                 STR_INIT("elsewhere") };
static const str result_key[] = { STR_INIT("issued"), STR_INIT("collected") };

static const struct pack_word service_words[] = {
    { "format", "number", "1", NULL, 0 },
    { "kind", "word", "service", NULL, 0 },
    { "key", "key", "in addresses; never changed later", NULL, 0 },
    { "name", "texts", "its name", NULL, 0 },
    { "summary", "texts", "one sentence", NULL, 0 },
    { "group", "texts", "the heading in the list under which it stands", NULL, 0 },
    { "words", "lists",
      "what people call it: `{ zh: [地目, 買房], en: [zoning] }`; found by search, not shown",
      NULL, 0 },
    { "unit", "key", "the unit in charge (of the kind office)", NULL, 0 },
    { "telephone", "text", "whom to ask; left out: the unit's", NULL, 0 },
    { "handlers", "list",
      "who handles it (承辦人): the names they sign in with, at most 4; left out: who is on "
      "duty today where it is assigned by roster, else the officers of the unit", NULL, 0 },
    { "status", "map", "open, paused, seasonal or closed", NULL, 0 },
    { "who", "texts", "who may apply", NULL, 0 },
    { "for", "list",
      "whom it is made for, besides everybody: they find such services together",
      service_audience_key, SERVICE_AUDIENCES },
    { "eligible", "list", "questions before the form", NULL, 0 },
    { "agent", "texts", "how an agent may apply; left out: not at all", NULL, 0 },
    { "agents", "map", "what an agent brings", NULL, 0 },
    { "law", "texts", "legal basis", NULL, 0 },
    { "law_url", "address", "`https://…`", NULL, 0 },
    { "law_articles", "list",
      "`都市計畫法 6`: what its texts and notices are tied to; a change of the law finds them",
      NULL, 0 },
    { "ways", "list", "how to apply", service_way_key, SERVICE_WAYS },
    { "elsewhere", "map", "a way in another system", NULL, 0 },
    { "elsewhere_url", "address", "the older form of `elsewhere`", NULL, 0 },
    { "papers", "list", "應備證件", NULL, 0 },
    { "fees", "list", "規費", NULL, 0 },
    { "fines", "list", "罰鍰", NULL, 0 },
    { "limit", "map", "`{ value: 3, unit: working }`", NULL, 0 },
    { "limits", "list", "other limits by way of applying or by rule", NULL, 0 },
    { "stages", "list", "two-stage limits", NULL, 0 },
    { "counted_from", "word", "what the limit is counted from; `receipt` unless said",
      counted_from_key, 4 },
    { "event", "key", "with `counted_from: event`: the question, a date", NULL, 0 },
    { "adverse", "word",
      "the term is a burden on the applicant (行政程序法 §48 V): the first day counts, and a "
      "day of rest at the end; `later_is_kinder`: not so, because that is kinder to him; "
      "`no` unless said", service_adverse_key, 3 },
    { "control", "map", "the limit inside the office", NULL, 0 },
    { "speed", "word",
      "處理速別, in place of `control`: the limit inside the office is that of such a "
      "document; changed on a case by its unit head", &clock_speed_key[1],
      CLOCK_SPEEDS - 1 },
    { "terms", "map", "where this service differs from the `terms` of the office", NULL,
      0 },
    { "pause", "list", "why the clock may stand still; all of them unless said",
      pause_ground_key, PAUSE_GROUNDS },
    { "extend", "map", "extension of the published limit", NULL, 0 },
    { "depth", "word",
      "depth of record 登錄深度: `full` unless said; `short` and `count` need no form",
      depth_key, 4 },
    { "matter", "key", "the line of the authority table that says who decides", NULL, 0 },
    { "flow", "map", "assignment, consultation, four eyes, review", NULL, 0 },
    { "procedure", "list", "標準作業程序", NULL, 0 },
    { "result", "word", "sent, or picked up; `issued` unless said", result_key, 2 },
    { "result_name", "texts", "what the paper is called; left out: the first of `letters`",
      NULL, 0 },
    { "letters", "list", "papers that go out", NULL, 0 },
    { "texts", "list", "guidance: `title` and `body` (Markdown without HTML)", NULL, 0 },
    { "purpose", "texts", "個資法 §8: what the personal data are for", NULL, 0 },
    { "keep_years", "number", "how long they are kept; 5 unless said", NULL, 0 },
    { "updated", "date", "the last look at this definition", NULL, 0 },
    { "confirmed", "true or false",
      "`false`: a fee, limit or rule here nobody has confirmed yet; staff see 待確認", NULL,
      0 },
    { "steps", "list", "the form: a list of pages", NULL, 0 },
};
const struct pack_chapter service_chapter =
    PACK_CHAPTER("service", "What the office offers.", service_words);

/* ---- shared by the readers ---- */

str service_rule_read(struct service_reader *f, const struct yaml *map, const char *key)
{
    str source = pack_text(f->pack, map, key, false);
    err e = source.len > 0
                ? rule_check(f->pack->arena, source, f->names, f->names_count)
                : NULL;

    if (e != NULL) {
        pack_mistake(f->pack, yaml_get(map, str_of(key)), e->say);
    }
    return source;
}

struct label service_label_read(struct pack_reader *r, const struct yaml *map,
                                const char *key, bool required)
{
    struct label l = pack_label_staff(r, map, key, required);

    if (!label_is_empty(&l) && (l.in[LANG_EN].len == 0 || l.in[LANG_JA].len == 0)) {
        pack_advise(r, yaml_get(map, str_of(key)),
                    SAY("\"{key}\" is written in Chinese only: readers of English and "
                        "Japanese see that.",
                        SAY_TEXT("key", str_of(key))));
    }
    return l;
}

str service_numbered(struct arena *a, const char *prefix, size_t nth)
{
    return str_format(a, "%s_%zu", prefix, nth + 1);
}

str service_key_read(struct pack_reader *r, const struct yaml *item, const char *prefix,
                     size_t nth, bool required)
{
    str key = pack_text(r, item, "key", required);

    if (key.len > 0) {
        (void)pack_is_key(r, yaml_get(item, STR("key")), key);
        return key;
    }
    return service_numbered(r->arena, prefix, nth);
}

static bool key_is_here(const struct yaml *list, const struct yaml *item, str key)
{
    for (const struct yaml *y = list->first; y != item; y = y->next) {
        const struct yaml *k = yaml_get(y, STR("key"));

        if (y->kind == YAML_MAP && k != NULL && str_equal(str_trim(k->text), key)) {
            return true;
        }
    }
    return false;
}

void *service_list_read(struct service_reader *f, const struct yaml *map, const char *key,
                        size_t size, const struct pack_chapter *chapter,
                        void (*one)(struct service_reader *f, const struct yaml *item,
                                    size_t nth, void *thing),
                        size_t *ret_count)
{
    const struct yaml *list = pack_list(f->pack, map, key);
    char *things = arena_alloc(f->pack->arena,
                               (list != NULL ? list->count : 0) * size + 1);
    size_t count = 0;

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         things != NULL && y != NULL; y = y->next) {
        const struct yaml *k;

        if (!pack_is_map(f->pack, y)) {
            continue;
        }
        pack_only_words(f->pack, y, chapter);
        k = yaml_get(y, STR("key"));
        if (k != NULL && key_is_here(list, y, str_trim(k->text))) {
            pack_mistake(f->pack, k,
                         SAY("\"{key}\" is here twice. Give one of them another key.",
                             SAY_TEXT("key", k->text)));
        }
        one(f, y, count, things + count * size);
        count++;
    }
    *ret_count = count;
    return things;
}

static const struct pack_word text_words[] = {
    { "title", "texts", "a heading", NULL, 0 },
    { "body", "texts", "Markdown without HTML; `|` begins several lines", NULL, 0 },
};
static const struct pack_chapter text_chapter =
    PACK_CHAPTER("service: texts", "Guidance: a list.", text_words);

static void texts_read(struct pack_reader *r, const struct yaml *document,
                       struct service *s)
{
    const struct yaml *list = pack_list(r, document, "texts");
    struct service_text *texts = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0,
                                             struct service_text);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         texts != NULL && y != NULL; y = y->next) {
        if (!pack_is_map(r, y)) {
            continue;
        }
        pack_only_words(r, y, &text_chapter);
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

static void depth_read(struct pack_reader *r, const struct yaml *document,
                       struct service *s)
{
    s->depth = (enum service_depth)pack_choice(r, document, "depth", depth_key,
                                               COUNT(depth_key), DEPTH_FULL);
    s->result = (enum service_result)pack_choice(r, document, "result", result_key,
                                                 COUNT(result_key), RESULT_ISSUED);
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

static void articles_read(struct pack_reader *r, const struct yaml *document,
                          struct service *s)
{
    const struct yaml *list = pack_list(r, document, "law_articles");
    struct label *articles = ARENA_ARRAY(r->arena, list != NULL ? list->count : 0,
                                         struct label);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         articles != NULL && y != NULL; y = y->next) {
        if (y->kind != YAML_SCALAR || y->text.len == 0) {
            pack_mistake(r, y, SAY("An article is one text, for example 都市計畫法 6."));
            continue;
        }
        articles[s->law_articles_count++].in[LANG_ZH] = str_trim(y->text);
    }
    s->law_articles = articles;
}

static void handlers_read(struct pack_reader *r, const struct yaml *document,
                          struct service *s)
{
    const struct yaml *list = pack_list(r, document, "handlers");
    str *names = ARENA_ARRAY(r->arena, SERVICE_HANDLERS, str);

    for (const struct yaml *y = list != NULL ? list->first : NULL;
         names != NULL && y != NULL; y = y->next) {
        if (y->kind != YAML_SCALAR || y->text.len == 0 ||
            s->handlers_count == SERVICE_HANDLERS) {
            pack_mistake(
                r, y,
                SAY("\"handlers\" are at most {most} names that staff sign in with.",
                    SAY_NUMBER("most", SERVICE_HANDLERS)));
            return;
        }
        names[s->handlers_count++] = str_trim(y->text);
    }
    s->handlers = names;
}

/* What rules may name: the questions, and the way of applying. */
static void names_collect(struct service_reader *f)
{
    const struct form *form = &f->service->form;
    size_t most = 1, count = 0;
    str *names;

    for (size_t i = 0; i < form->steps_count; i++) {
        most += form->steps[i].questions_count;
    }
    names = ARENA_ARRAY(f->pack->arena, most, str);
    for (size_t i = 0; names != NULL && i < form->steps_count; i++) {
        for (size_t k = 0; k < form->steps[i].questions_count; k++) {
            names[count++] = form->steps[i].questions[k].key;
        }
    }
    if (names != NULL) {
        names[count++] = STR("way");
    }
    f->names = names;
    f->names_count = count;
}

static void result_name_read(struct pack_reader *r, const struct yaml *document,
                             struct service *s)
{
    s->result_name = pack_label(r, document, "result_name",
                                s->depth == DEPTH_FULL && s->letters_count == 0);
    if (label_is_empty(&s->result_name) && s->letters_count > 0) {
        s->result_name = s->letters[0].name;
    }
}

static void *service_read(struct pack_reader *r, const struct yaml *document, str key)
{
    struct service *s = ARENA_NEW(r->arena, struct service);
    struct service_reader f = { .pack = r, .service = s, .document = document };

    if (s == NULL) {
        return NULL;
    }
    s->key = key;
    s->version = r->version;
    pack_only_words(r, document, &service_chapter);
    heads_read(r, document, s);
    words_read(r, document, s);
    articles_read(r, document, s);
    handlers_read(r, document, s);
    depth_read(r, document, s);
    steps_read(r, document, s);
    names_collect(&f);
    service_offer_read(&f);
    service_terms_read(&f);
    service_flow_read(&f);
    result_name_read(r, document, s);
    texts_read(r, document, s);
    s->updated = pack_day(r, document, "updated", true);
    s->confirmed = pack_truth(r, document, "confirmed", true);
    s->unit_line = line_of(document, "unit");
    s->matter_line = line_of(document, "matter");
    return s;
}

static void service_rehearse(struct pack_reader *r, const void *thing, day today)
{
    const struct service *s = thing;

    form_rehearse(r, &s->form, today);
    service_check(r, s, today);
}

static const struct pack_chapter *const chapters[] = {
    &service_chapter,  &status_chapter,   &eligible_chapter, &elsewhere_chapter,
    &paper_chapter,    &agents_chapter,   &fee_chapter,      &waiver_chapter,
    &fine_chapter,     &limit_chapter,    &limits_chapter,   &stage_chapter,
    &control_chapter,  &usual_service_chapter, &extend_chapter, &flow_chapter,
    &procedure_chapter,
    &next_chapter,     &letter_chapter,   &text_chapter,     &form_step_chapter,
    &form_question_chapter, &form_type_chapter, &form_choice_chapter, &form_column_chapter,
    &form_rule_chapter,
};

/* A letter of a service is a template that others may name; and what it uses of the office:
 * its matter, its series. */
static void service_names(const void *thing, const char *what, struct pack_names *to)
{
    const struct service *s = thing;
    bool series = str_equal(str_of(what), STR("used_series"));

    if (s != NULL && str_equal(str_of(what), STR("used_matter"))) {
        pack_names_add(to, s->matter);
        return;
    }
    for (size_t i = 0; s != NULL && i < s->letters_count; i++) {
        pack_names_add(to, series ? s->letters[i].series : s->letters[i].key);
    }
}

const struct pack_kind service_kind = { .name = "service",
                                        .read = service_read,
                                        .link = service_link,
                                        .rehearse = service_rehearse,
                                        .chapters = chapters,
                                        .chapters_count = COUNT(chapters),
                                        .defines = "template used_matter used_series",
                                        .names = service_names };
