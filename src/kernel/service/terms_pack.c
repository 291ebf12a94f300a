/* terms_pack — when a service can be applied for, by whom, how, and how long it takes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service_pack.h"

const str limit_unit_key[6] = {
    STR_INIT("working"), STR_INIT("calendar"), STR_INIT("hour"),
    STR_INIT("month"),   STR_INIT("at_once"),  STR_INIT("none")
};
const str service_way_key[SERVICE_WAYS] = {
    STR_INIT("online"), STR_INIT("counter"), STR_INIT("post"), STR_INIT("telephone"),
    STR_INIT("home"),   STR_INIT("list"),    STR_INIT("cross_office")
};
const str counted_from_key[4] = { STR_INIT("receipt"), STR_INIT("complete"),
                                  STR_INIT("postmark"), STR_INIT("event") };
const str pause_ground_key[PAUSE_GROUNDS] = { STR_INIT("supply"), STR_INIT("other_agency"),
                                              STR_INIT("disaster") };
const str service_adverse_key[3] = { STR_INIT("no"), STR_INIT("yes"),
                                     STR_INIT("later_is_kinder") };
const str service_state_key[4] = { STR_INIT("open"), STR_INIT("paused"),
                                   STR_INIT("seasonal"), STR_INIT("closed") };

/* ---- limits ---- */

static const struct pack_word limit_words[] = {
    { "value", "number", "how many", NULL, 0 },
    { "unit", "word", "", limit_unit_key, 6 },
};
const struct pack_chapter limit_chapter = PACK_CHAPTER(
    "service: limit",
    "The published term, that of the statutory clock. `calendar` and `month` are counted "
    "by "
    "行政程序法 §48. Where neither `limit` nor `stages` stands, it is two months (§51 II).",
    limit_words);

static const struct pack_word limits_words[] = {
    { "way", "word", "only for this way of applying", service_way_key, SERVICE_WAYS },
    { "when", "rule", "only then", NULL, 0 },
    { "value", "number", "how many", NULL, 0 },
    { "unit", "word", "", limit_unit_key, 6 },
    { "name", "texts", "when it holds, in words; needed with `when`", NULL, 0 },
};
const struct pack_chapter limits_chapter = PACK_CHAPTER(
    "service: limits",
    "A list: the first that fits counts, else `limit`.", limits_words);

static const struct pack_word stage_words[] = {
    { "name", "texts", "first review, decision …", NULL, 0 },
    { "by", "text", "the authority that decides in it; left out: this office", NULL, 0 },
    { "value", "number", "how many", NULL, 0 },
    { "unit", "word", "", limit_unit_key, 6 },
};
const struct pack_chapter stage_chapter = PACK_CHAPTER(
    "service: stages", "Two or more terms, one after the other: a list.", stage_words);

static const struct pack_word control_words[] = {
    { "value", "number", "how many", NULL, 0 },
    { "unit", "word", "", limit_unit_key, 6 },
    { "extend", "map", "`{ times: 3, level: unit_head }`: how often it may be prolonged, "
                       "and who allows it", level_key, LEVEL_COUNT },
};
const struct pack_chapter control_chapter = PACK_CHAPTER(
    "service: control", "管制期限: the term inside the office; citizens never see it.",
    control_words);

static const struct pack_word extend_words[] = {
    { "times", "number", "how often the published term may be extended; once unless said",
      NULL, 0 },
    { "law", "text", "where a law says otherwise than 行政程序法 §51", NULL, 0 },
};
const struct pack_chapter extend_chapter =
    PACK_CHAPTER("service: extend", "", extend_words);

void service_limit_read(struct pack_reader *r, const struct yaml *map, struct limit *ret)
{
    int unit = pack_choice(r, map, "unit", limit_unit_key, COUNT(limit_unit_key), -1);

    ret->unit = unit >= 0 ? (enum limit_unit)unit : LIMIT_NONE;
    ret->value = (int)pack_int(r, map, "value", ret->unit < LIMIT_AT_ONCE ? 1 : 0, 3650, 0);
    if (ret->unit < LIMIT_AT_ONCE && yaml_get(map, STR("value")) == NULL) {
        pack_mistake(r, map,
                     SAY("\"{key}\" is missing here.", SAY_TEXT("key", STR("value"))));
    }
}

static void limits_one(struct service_reader *f, const struct yaml *y, size_t nth,
                       void *thing)
{
    struct service_limit *l = thing;

    (void)nth;
    l->way = (enum service_way)pack_choice(f->pack, y, "way", service_way_key, SERVICE_WAYS,
                                           WAY_NONE);
    l->when = service_rule_read(f, y, "when");
    l->name = pack_label(f->pack, y, "name", l->when.len > 0);
    service_limit_read(f->pack, y, &l->limit);
    l->line = y->line;
    l->column = y->column;
    if (l->way == WAY_NONE && l->when.len == 0) {
        pack_mistake(
            f->pack, y,
            SAY("Say for which \"way\" or \"when\" this limit holds; the usual one "
                "stands under \"limit\"."));
    }
}

static void stage_one(struct service_reader *f, const struct yaml *y, size_t nth,
                      void *thing)
{
    struct service_stage *stage = thing;

    (void)nth;
    stage->name = pack_label(f->pack, y, "name", true);
    stage->by = service_label_read(f->pack, y, "by", false);
    service_limit_read(f->pack, y, &stage->limit);
}

static void control_read(struct service_reader *f)
{
    static const struct pack_word words[] = { { "times", "", "", NULL, 0 },
                                              { "level", "", "", NULL, 0 } };
    static const struct pack_chapter inner = PACK_CHAPTER("", "", words);
    struct service_control *c = &f->service->control;
    const struct yaml *map = pack_map(f->pack, f->document, "control", false), *extend;

    c->extend_level = LEVEL_UNIT_HEAD;
    if (map == NULL) {
        return;
    }
    pack_only_words(f->pack, map, &control_chapter);
    c->set = true;
    service_limit_read(f->pack, map, &c->limit);
    extend = pack_map(f->pack, map, "extend", false);
    if (extend != NULL) {
        pack_only_words(f->pack, extend, &inner);
        c->extend_times = (int)pack_int(f->pack, extend, "times", 0, 99, 1);
        c->extend_level = (enum level)pack_choice(f->pack, extend, "level", level_key,
                                                  LEVEL_COUNT, LEVEL_UNIT_HEAD);
    }
}

static void pause_read(struct service_reader *f)
{
    const struct yaml *list = pack_list(f->pack, f->document, "pause");
    struct service *s = f->service;

    if (yaml_get(f->document, STR("pause")) == NULL) {
        s->pause = (1U << PAUSE_GROUNDS) - 1; /* 行政程序法 §51 V */
    }
    for (const struct yaml *y = list != NULL ? list->first : NULL; y != NULL; y = y->next) {
        int ground = pack_one_of(f->pack, y, y->text, pause_ground_key, PAUSE_GROUNDS);

        s->pause |= ground >= 0 ? 1U << ground : 0;
    }
}

static void counted_read(struct service_reader *f)
{
    struct service *s = f->service;
    const struct question *q;

    s->counted_from = (enum counted_from)pack_choice(f->pack, f->document, "counted_from",
                                                     counted_from_key, 4, FROM_RECEIPT);
    s->event = pack_text(f->pack, f->document, "event", s->counted_from == FROM_EVENT);
    q = form_question(&s->form, s->event);
    if (s->event.len > 0 && (q == NULL || q->type != Q_DATE)) {
        pack_mistake(f->pack, yaml_get(f->document, STR("event")),
                     SAY("\"event\" is the key of a question of type date."));
    }
}

/* 處理速別, §48 V, and where it differs from the terms of the office. */
static void usual_read(struct service_reader *f)
{
    struct service *s = f->service;
    const struct yaml *map = pack_map(f->pack, f->document, "terms", false);

    s->adverse = (enum service_adverse)pack_choice(f->pack, f->document, "adverse",
                                                   service_adverse_key, 3, ADVERSE_NO);
    s->speed = (enum clock_speed)pack_choice(f->pack, f->document, "speed", clock_speed_key,
                                             CLOCK_SPEEDS, CLOCK_SPEED_NONE);
    if (s->speed != CLOCK_SPEED_NONE && s->control.set) {
        pack_mistake(f->pack, yaml_get(f->document, STR("speed")),
                     SAY("\"speed\" and \"control\" both say the limit inside the office. "
                         "Keep one of them."));
    }
    if (map != NULL) {
        pack_only_words(f->pack, map, &usual_service_chapter);
        usual_terms_read(f->pack, map, &s->terms);
    }
}

static void limits_read(struct service_reader *f)
{
    struct service *s = f->service;
    const struct yaml *map = pack_map(f->pack, f->document, "limit", false);

    s->limits = service_list_read(f, f->document, "limits", sizeof(struct service_limit),
                                  &limits_chapter, limits_one, &s->limits_count);
    s->stages = service_list_read(f, f->document, "stages", sizeof(struct service_stage),
                                  &stage_chapter, stage_one, &s->stages_count);
    s->limit = (struct limit){ .unit = LIMIT_NONE };
    if (map != NULL) {
        pack_only_words(f->pack, map, &limit_chapter);
        service_limit_read(f->pack, map, &s->limit);
    } else if (s->stages_count > 0) {
        s->limit = s->stages[0].limit;
    } else if (yaml_get(f->document, STR("limit")) == NULL) {
        s->limit = (struct limit){ 2, LIMIT_MONTH };
        s->limit_by_law = true;
    }
}

static void extend_read(struct service_reader *f)
{
    struct service_extend *e = &f->service->extend;
    const struct yaml *map = pack_map(f->pack, f->document, "extend", false);

    e->times = 1;
    if (map != NULL) {
        pack_only_words(f->pack, map, &extend_chapter);
        e->times = (int)pack_int(f->pack, map, "times", 0, 99, 1);
        e->law = service_label_read(f->pack, map, "law", false);
        if (e->times > 1 && label_is_empty(&e->law)) {
            pack_mistake(f->pack, map,
                         SAY("More than one extension needs a law: write it under "
                             "\"law\"."));
        }
    }
}

/* ---- open, paused, seasonal, closed ---- */

static const struct pack_word status_words[] = {
    { "state", "word",
      "paused, seasonal and closed ones cannot be applied for; drafts "
      "remain",
      service_state_key, 4 },
    { "from", "date",
      "seasonal: first day of each year's season, `10-01`; else since when, "
      "`2026-11-01`",
      NULL, 0 },
    { "until", "date", "seasonal: the season's last day, `12-31`; paused: expected until",
      NULL, 0 },
    { "note", "texts", "why; needed when paused or closed", NULL, 0 },
};
const struct pack_chapter status_chapter =
    PACK_CHAPTER("service: status", "Left out: open.", status_words);

/* "10-01" */
static struct month_date season_read(struct pack_reader *r, const struct yaml *map,
                                     const char *key)
{
    str text = pack_text(r, map, key, true);
    struct month_date m = { 0, 0 };
    int64_t month = 0, date = 0;

    if (text.len == 5 && text.at[2] == '-' && str_to_int(str_slice(text, 0, 2), &month) &&
        str_to_int(str_slice(text, 3, 5), &date) &&
        day_of(2024, (int)month, (int)date) != DAY_NONE) {
        m.month = (int)month;
        m.date = (int)date;
    } else if (text.len > 0) {
        pack_mistake(r, yaml_get(map, str_of(key)),
                     SAY("\"{key}\" is a day of every year, such as 10-01.",
                         SAY_TEXT("key", str_of(key))));
    }
    return m;
}

static void status_read(struct service_reader *f)
{
    struct service_status *t = &f->service->status;
    const struct yaml *map = pack_map(f->pack, f->document, "status", false);

    t->since = t->until = DAY_NONE;
    if (map == NULL) {
        return;
    }
    pack_only_words(f->pack, map, &status_chapter);
    int state = pack_choice(f->pack, map, "state", service_state_key, 4, -1);

    t->state = state >= 0 ? (enum service_state)state : SERVICE_OPEN;
    t->note = pack_label(f->pack, map, "note",
                         t->state == SERVICE_PAUSED || t->state == SERVICE_CLOSED);
    if (t->state == SERVICE_SEASONAL) {
        t->opens = season_read(f->pack, map, "from");
        t->closes = season_read(f->pack, map, "until");
    } else {
        t->since = pack_day(f->pack, map, "from", t->state == SERVICE_PAUSED);
        t->until = pack_day(f->pack, map, "until", false);
    }
}

/* ---- ways, and who may ---- */

static const struct pack_word eligible_words[] = {
    { "key", "key", "its name; `eligible_1` … unless said", NULL, 0 },
    { "ask", "texts", "a question to be answered with yes or no", NULL, 0 },
    { "help", "texts", "a hint", NULL, 0 },
    { "otherwise", "texts", "why it is not possible after a no", NULL, 0 },
    { "turn", "texts", "where else to turn", NULL, 0 },
    { "turn_url", "address", "`https://…` of that place", NULL, 0 },
};
const struct pack_chapter eligible_chapter = PACK_CHAPTER(
    "service: eligible",
    "Asked before the form; not kept. Who says no gets the reason. A list.",
    eligible_words);

static const struct pack_word elsewhere_words[] = {
    { "system", "texts", "the other system's name", NULL, 0 },
    { "url", "address", "`https://…`", NULL, 0 },
    { "ready", "texts", "what to have ready for it", NULL, 0 },
};
const struct pack_chapter elsewhere_chapter = PACK_CHAPTER(
    "service: elsewhere",
    "A way of applying that lies in another system. Its cases are counted by file or by "
    "hand.",
    elsewhere_words);

static str https_read(struct pack_reader *r, const struct yaml *map, const char *key,
                      bool required)
{
    str url = pack_text(r, map, key, required);

    if (url.len > 0 && !str_starts(url, STR("https://"))) {
        pack_mistake(
            r, yaml_get(map, str_of(key)),
            SAY("\"{key}\" begins with https://.", SAY_TEXT("key", str_of(key))));
    }
    return url;
}

static void eligible_one(struct service_reader *f, const struct yaml *y, size_t nth,
                         void *thing)
{
    struct service_eligible *e = thing;

    e->key = service_key_read(f->pack, y, "eligible", nth, false);
    e->ask = pack_label(f->pack, y, "ask", true);
    e->help = pack_label(f->pack, y, "help", false);
    e->otherwise = pack_label(f->pack, y, "otherwise", true);
    e->turn = pack_label(f->pack, y, "turn", false);
    e->turn_url = https_read(f->pack, y, "turn_url", false);
}

static void audience_read(struct service_reader *f)
{
    const struct yaml *list = pack_list(f->pack, f->document, "for");

    for (const struct yaml *y = list != NULL ? list->first : NULL; y != NULL; y = y->next) {
        int who = pack_one_of(f->pack, y, y->text, service_audience_key, SERVICE_AUDIENCES);

        f->service->audience |= who >= 0 ? 1U << who : 0;
    }
}

static void ways_read(struct service_reader *f)
{
    struct service *s = f->service;
    const struct yaml *list = pack_list(f->pack, f->document, "ways");

    for (const struct yaml *y = list != NULL ? list->first : NULL; y != NULL; y = y->next) {
        int way = pack_one_of(f->pack, y, y->text, service_way_key, SERVICE_WAYS);

        s->ways |= way >= 0 ? 1U << way : 0;
    }
    s->online = (s->ways & (1U << WAY_ONLINE)) != 0;
    s->counter = (s->ways & (1U << WAY_COUNTER)) != 0;
    s->post = (s->ways & (1U << WAY_POST)) != 0;
    if (list == NULL || list->count == 0) {
        pack_mistake(f->pack, list != NULL ? list : f->document,
                     SAY("Say how people apply: under \"ways\" online, counter, post."));
    }
}

/* `elsewhere_url` alone is the older form. */
static void elsewhere_read(struct service_reader *f)
{
    struct service_elsewhere *e = &f->service->elsewhere;
    const struct yaml *map = pack_map(f->pack, f->document, "elsewhere", false);

    if (map != NULL) {
        pack_only_words(f->pack, map, &elsewhere_chapter);
        e->system = pack_label(f->pack, map, "system", true);
        e->url = https_read(f->pack, map, "url", true);
        e->ready = pack_label(f->pack, map, "ready", false);
    }
    f->service->elsewhere_url = pack_text(f->pack, f->document, "elsewhere_url",
                                          map == NULL &&
                                              f->service->depth == DEPTH_ELSEWHERE);
    if (map != NULL && f->service->elsewhere_url.len == 0) {
        f->service->elsewhere_url = e->url;
    } else if (e->url.len == 0) {
        e->url = f->service->elsewhere_url;
    }
}

void service_terms_read(struct service_reader *f)
{
    struct service *s = f->service;

    status_read(f);
    s->eligible = service_list_read(f, f->document, "eligible",
                                    sizeof(struct service_eligible), &eligible_chapter,
                                    eligible_one, &s->eligible_count);
    ways_read(f);
    audience_read(f);
    elsewhere_read(f);
    limits_read(f);
    counted_read(f);
    control_read(f);
    usual_read(f);
    pause_read(f);
    extend_read(f);
}
