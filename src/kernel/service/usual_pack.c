/* usual_pack — the kind `terms` out of YAML, and what holds where nothing is said.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/usual.h"

#include "base/arena.h"
#include "host/yaml/yaml.h"
#include "kernel/service/service.h"

#define COUNT(list) (sizeof(list) / sizeof(*(list)))
#define DAYS_MOST 366

/* 文書流程管理作業規範: 最速件 1, 速件 3, 普通件 6 days, joint signing 1 day, of ordinary
 * documents 2; 訴願法 §14 I: thirty days. */
static const struct usual_terms usual = {
    .speed = { [CLOCK_MOST_URGENT] = 1, [CLOCK_URGENT] = 3, [CLOCK_ORDINARY] = 6 },
    .consult = { [CLOCK_MOST_URGENT] = 1, [CLOCK_URGENT] = 1, [CLOCK_ORDINARY] = 2 },
    .supply = 7,
    .warn = 2,
    .remedy = { .name = { { STR_INIT("訴願"), STR_INIT("an administrative appeal"),
                            STR_INIT("訴願") } },
                .days = 30,
                .law = { { STR_INIT("訴願法第14條第1項"),
                           STR_INIT("Administrative Appeal Act, article 14 I"),
                           STR_INIT("訴願法第14条第1項") } } },
};

static const struct pack_word speeds_words[] = {
    { "most_urgent", "number", "最速件; 1 unless said", NULL, 0 },
    { "urgent", "number", "速件; 3, of a consultation 1 unless said", NULL, 0 },
    { "ordinary", "number", "普通件; 6, of a consultation 2 unless said", NULL, 0 },
};
const struct pack_chapter usual_speeds_chapter = PACK_CHAPTER(
    "terms: speeds and consult",
    "Working days by the speed of a document (文書流程管理作業規範).", speeds_words);

static const struct pack_word remedy_words[] = {
    { "name", "text", "what one does against a decision: 訴願 unless said", NULL, 0 },
    { "days", "number", "from the day after service; 30 unless said", NULL, 0 },
    { "law", "text", "the article that says so; 訴願法第14條第1項 unless said", NULL, 0 },
};
const struct pack_chapter usual_remedy_chapter =
    PACK_CHAPTER("terms: remedy", "教示: it stands in each decision against.",
                 remedy_words);

static const struct pack_word service_words[] = {
    { "consult", "map", "working days that a consulted unit has, by speed", NULL, 0 },
    { "supply", "number", "days to supply what is missing; a rest day at the end moves on",
      NULL, 0 },
    { "remedy", "map", "how and until when a decision is appealed", NULL, 0 },
};
const struct pack_chapter usual_service_chapter = PACK_CHAPTER(
    "service: terms", "Where this service differs from the `terms` of the office.",
    service_words);

static const struct pack_word terms_words[] = {
    { "format", "number", "1", NULL, 0 },
    { "kind", "word", "terms", NULL, 0 },
    { "key", "key", "its name", NULL, 0 },
    { "speeds", "map", "working days of a document of each speed (最速件 速件 普通件)",
      NULL, 0 },
    { "consult", "map", "working days that a consulted unit has, by speed", NULL, 0 },
    { "supply", "number",
      "days to supply what is missing (補正); 7 unless said", NULL, 0 },
    { "warn", "number",
      "working days before the end of a term on which the officer is warned; 2 unless said",
      NULL, 0 },
    { "remedy", "map", "how and until when a decision is appealed", NULL, 0 },
};
static const struct pack_chapter terms_chapter = PACK_CHAPTER(
    "terms",
    "Terms that the office sets for itself: one file in a pack. What is left out is as the "
    "handbooks and laws have it.",
    terms_words);

static void speeds_read(struct pack_reader *r, const struct yaml *map, const char *key,
                        int *ret)
{
    const struct yaml *speeds = pack_map(r, map, key, false);

    if (speeds == NULL) {
        return;
    }
    pack_only_words(r, speeds, &usual_speeds_chapter);
    for (int i = CLOCK_SPEED_NONE + 1; i < CLOCK_SPEEDS; i++) {
        ret[i] = (int)pack_int(r, speeds, clock_speed_key[i].at, 1, DAYS_MOST, 0);
    }
}

static void remedy_read(struct pack_reader *r, const struct yaml *map,
                        struct usual_remedy *ret)
{
    const struct yaml *remedy = pack_map(r, map, "remedy", false);

    if (remedy == NULL) {
        return;
    }
    pack_only_words(r, remedy, &usual_remedy_chapter);
    ret->name = pack_label_staff(r, remedy, "name", false);
    ret->days = (int)pack_int(r, remedy, "days", 1, DAYS_MOST, 0);
    ret->law = pack_label_staff(r, remedy, "law", ret->days > 0);
}

void usual_terms_read(struct pack_reader *r, const struct yaml *map,
                      struct usual_terms *ret)
{
    speeds_read(r, map, "consult", ret->consult);
    ret->supply = (int)pack_int(r, map, "supply", 1, DAYS_MOST, 0);
    remedy_read(r, map, &ret->remedy);
}

static void *terms_read(struct pack_reader *r, const struct yaml *document, str key)
{
    struct usual_terms *t = ARENA_NEW(r->arena, struct usual_terms);

    (void)key;
    if (t == NULL) {
        return NULL;
    }
    pack_only_words(r, document, &terms_chapter);
    speeds_read(r, document, "speeds", t->speed);
    t->warn = (int)pack_int(r, document, "warn", 1, DAYS_MOST, 0);
    usual_terms_read(r, document, t);
    return t;
}

static void number_from(int *to, int from)
{
    *to = from > 0 ? from : *to;
}

/* What `from` says takes the place of what was there; a remedy as a whole. */
static void terms_over(struct usual_terms *to, const struct usual_terms *from)
{
    for (int i = 0; i < CLOCK_SPEEDS; i++) {
        number_from(&to->speed[i], from->speed[i]);
        number_from(&to->consult[i], from->consult[i]);
    }
    number_from(&to->supply, from->supply);
    number_from(&to->warn, from->warn);
    number_from(&to->remedy.days, from->remedy.days);
    if (!label_is_empty(&from->remedy.name)) {
        to->remedy.name = from->remedy.name;
    }
    if (!label_is_empty(&from->remedy.law)) {
        to->remedy.law = from->remedy.law;
    }
}

struct usual_terms usual_terms_of(const struct catalog *c, const struct service *s)
{
    struct usual_terms t = usual;

    for (size_t i = 0; c != NULL && i < catalog_count(c, terms_kind.name); i++) {
        terms_over(&t, catalog_at(c, terms_kind.name, i));
    }
    if (s != NULL) {
        terms_over(&t, &s->terms);
    }
    return t;
}

int usual_consult_days(const struct usual_terms *t, enum clock_speed speed)
{
    return t->consult[speed != CLOCK_SPEED_NONE ? speed : CLOCK_ORDINARY];
}

static const struct pack_chapter *const chapters[] = { &terms_chapter,
                                                       &usual_speeds_chapter,
                                                       &usual_remedy_chapter };
const struct pack_kind terms_kind = { .name = "terms",
                                      .read = terms_read,
                                      .chapters = chapters,
                                      .chapters_count = COUNT(chapters) };
