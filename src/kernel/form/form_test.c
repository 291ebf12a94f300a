/* form_test — a person fills in a form: what is taken, what is told, what is kept.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form.h"

#include "base/arena.h"
#include "host/json/json.h"
#include "host/yaml/yaml.h"
#include "kernel/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define L "label: { zh: 題, en: Question, ja: 問 }"

static const char form_yaml[] =
    "- key: you\n"
    "  title: { zh: 您, en: You, ja: あなた }\n"
    "  questions:\n"
    "    - { key: name, type: text, " L ", find: name, most: 20, example: 林小青 }\n"
    "    - { key: national, type: national_id, " L ", accept: [national_id, resident_id], example: A123456789 }\n"
    "    - { key: card, type: national_id, " L ", required: false }\n"
    "    - { key: resident, type: resident_id, " L ", required: false }\n"
    "    - key: born\n"
    "      type: date\n"
    "      " L "\n"
    "      personal: true\n"
    "      example: 1990-03-15\n"
    "      rules:\n"
    "        - { must: born <= today(), say: { zh: 太晚, en: Too late, ja: 遅い } }\n"
    "    - { key: mobile, type: mobile, " L ", required: false }\n"
    "    - { key: phone, type: telephone, " L ", required: false }\n"
    "    - { key: email, type: email, " L ", required: false }\n"
    "    - { key: home, type: address, " L ", required: false, find: household }\n"
    "- key: matter\n"
    "  title: { zh: 事, en: Matter, ja: 件 }\n"
    "  questions:\n"
    "    - { key: read_me, type: note, " L " }\n"
    "    - key: kind\n"
    "      type: choice\n"
    "      " L "\n"
    "      example: a\n"
    "      choices:\n"
    "        - { key: a, label: { zh: 甲, en: First, ja: 一 } }\n"
    "        - { key: other, label: { zh: 其他, en: Other, ja: 他 } }\n"
    "    - { key: which, type: text, " L ", visible: 'kind == \"other\"', example: 這個 }\n"
    "    - key: ways\n"
    "      type: choices\n"
    "      " L "\n"
    "      required: false\n"
    "      most: 2\n"
    "      choices:\n"
    "        - { key: x, label: { zh: 子, en: X, ja: ヱ } }\n"
    "        - { key: y, label: { zh: 丑, en: Y, ja: ヰ } }\n"
    "        - { key: z, label: { zh: 寅, en: Z, ja: ヲ } }\n"
    "    - { key: story, type: paragraph, " L ", required: false, most: 10 }\n"
    "    - { key: copies, type: number, " L ", required: false, least: 1, most: 20 }\n"
    "    - { key: amount, type: money, " L ", required: false }\n"
    "    - { key: at, type: time, " L ", required: false }\n"
    "    - { key: court, type: yesno, " L ", required: false }\n"
    "    - { key: paper, type: file, " L ", required: false, required_when: 'has(ways, \"x\")', accept: [application/pdf, image/*], most: 1 }\n"
    "    - { key: from, type: date, " L ", required: false }\n"
    "    - key: to\n"
    "      type: date\n"
    "      " L "\n"
    "      required: false\n"
    "      least: 2026-01-01\n"
    "      rules:\n"
    "        - { must: not filled(from) or to >= from, say: { zh: 早於, en: Before, ja: 前 } }\n"
    "    - { key: agree, type: consent, " L ", example: true }\n";

struct world {
    struct arena *arena;
    struct form form;
    struct answers answers;
    struct mistakes mistakes;
    day today;
};

static struct world world_new(void)
{
    struct world w = { .arena = arena_new((size_t)64 << 20), .today = day_of(2026, 11, 22) };
    struct mistakes *m = ARENA_NEW(w.arena, struct mistakes);
    struct pack_reader r = { .arena = w.arena, .file = STR("f"), .mistakes = m, .version = 1 };
    const struct yaml *steps = NULL;

    mistakes_init(m, w.arena);
    assert_null(yaml_parse(w.arena, STR("f"), str_of(form_yaml), m, &steps));
    form_read(&r, steps, &w.form);
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        fail_msg("%.*s %s", STR_ARG(x->place), x->say.id);
    }
    assert_null(answers_init(w.arena, &w.form, &w.answers));
    mistakes_init(&w.mistakes, w.arena);
    return w;
}

/* Posted fields: "name=value" one after the other, NULL at the end. */
struct posted {
    const char *const *pairs;
};

static str posted_value(void *context, str name, size_t nth)
{
    const struct posted *p = context;

    for (const char *const *pair = p->pairs; *pair != NULL; pair++) {
        str s = str_of(*pair), key;

        (void)str_cut(&s, '=', &key);
        if (str_equal(key, name) && nth-- == 0) {
            return s.at == NULL ? STR("") : s;
        }
    }
    return (str){ NULL, 0 };
}

static void post(struct world *w, const struct form_step *step, enum lang lang,
                 const char *const *pairs)
{
    struct posted p = { pairs };
    struct form_source source = { &p, posted_value };

    mistakes_init(&w->mistakes, w->arena);
    assert_null(answers_read(w->arena, &w->answers, step, &source, lang, w->today,
                             &w->mistakes));
    assert_false(arena_failed(w->arena));
}

/* One question alone: what was typed, the JSON that becomes of it, or what is told. */
static const struct {
    const char *story, *typed[4], *key, *json, *say;
    enum lang lang;
} rows[] = {
    { "a name is trimmed", { "name=　林小青 " }, "name", "\"林小青\"", NULL, 0 },
    { "quotation marks are kept", { "name=O\"Neil \\" }, "name", "\"O\\\"Neil \\\\\"", NULL, 0 },
    { "a text is one line", { "name=a\nb" }, "name", "\"a b\"", NULL, 0 },
    { "too long a name", { "name=一二三四五六七八九十一二三四五六七八九十一" }, "name", "",
      "“{label}” can have at most {most} characters, and there are {count}. Shorten it.", 0 },
    { "bytes that are no text", { "name=\xff\xfe" }, "name", "",
      "“{label}” holds signs that cannot be read. Type it once more.", 0 },
    { "nothing typed", { "name=  " }, "name", "", "Fill in “{label}”.", 0 },
    { "full width identity number", { "national=Ａ１２３４５６７８９" }, "national",
      "\"A123456789\"", NULL, 0 },
    { "small letter", { "national=a123456789" }, "national", "\"A123456789\"", NULL, 0 },
    { "blanks and hyphens", { "national=A1 2345-6789" }, "national", "\"A123456789\"", NULL, 0 },
    { "a resident where residents are taken", { "national=A800000014" }, "national",
      "\"A800000014\"", NULL, 0 },
    { "a resident where only nationals are", { "card=A800000014" }, "card", "",
      "That is the number of a resident certificate. “{label}” asks for a national identity "
      "number.", 0 },
    { "check digit", { "card=A123456780" }, "card", "",
      "The check digit of “{label}” does not fit. Compare it with the card once more.", 0 },
    { "too short", { "card=A12345678" }, "card", "",
      "“{label}” is one letter and nine digits, for example A123456789.", 0 },
    { "resident, old form", { "resident=AA00000009" }, "resident", "\"AA00000009\"", NULL, 0 },
    { "resident, check digit", { "resident=A800000015" }, "resident", "",
      "The check digit of “{label}” does not fit. Compare it with the card once more.", 0 },
    { "mobile", { "mobile=+886 912-345-678" }, "mobile", "\"0912345678\"", NULL, 0 },
    { "not a mobile", { "mobile=07-6671211" }, "mobile", "",
      "“{label}” has ten digits and begins with 09, for example 0912-345-678.", 0 },
    { "telephone", { "phone=(07)6671211 #52" }, "phone", "\"07-6671211#52\"", NULL, 0 },
    { "email", { "email=Some.One@Example.COM" }, "email", "\"Some.One@example.com\"", NULL, 0 },
    { "not an email", { "email=someone" }, "email", "",
      "“{label}” looks like name@example.com, without blanks. Look at it once more.", 0 },
    { "an ROC year in Chinese", { "born.year=79", "born.month=3", "born.date=15" }, "born",
      "\"1990-03-15\"", NULL, LANG_ZH },
    { "a western year in Chinese too", { "born.year=1990", "born.month=3", "born.date=15" },
      "born", "\"1990-03-15\"", NULL, LANG_ZH },
    { "a western year in English", { "born.year=1990", "born.month=03", "born.date=15" }, "born",
      "\"1990-03-15\"", NULL, LANG_EN },
    { "full width boxes", { "born.year=７９", "born.month=３", "born.date=１５" }, "born",
      "\"1990-03-15\"", NULL, LANG_ZH },
    { "no date", { "born.year=", "born.month=", "born.date=" }, "born", "",
      "Enter “{label}”, for example {example}.", 0 },
    { "the day is missing", { "born.year=79", "born.month=3", "born.date=" }, "born", "",
      "The day is missing in “{label}”.", 0 },
    { "the year is missing", { "born.year=", "born.month=3", "born.date=1" }, "born", "",
      "The year is missing in “{label}”.", 0 },
    { "no such day", { "born.year=112", "born.month=2", "born.date=29" }, "born", "",
      "There is no such day for “{label}”. Look at year, month and day once more.", 0 },
    { "a typing error of a real plan", { "born.year=105", "born.month=3", "born.date=54" },
      "born", "",
      "There is no such day for “{label}”. Look at year, month and day once more.", 0 },
    { "words in a box", { "born.year=去年", "born.month=3", "born.date=1" }, "born", "",
      "There is no such day for “{label}”. Look at year, month and day once more.", 0 },
    { "not before 2026", { "to.year=114", "to.month=12", "to.date=31" }, "to", "",
      "“{label}” is {day} or later.", 0 },
    { "an address", { "home.city=台北市", "home.district=中正區", "home.street=公園路１號" },
      "home",
      "{\"postcode\":\"\",\"city\":\"臺北市\",\"district\":\"中正區\",\"village\":\"\","
      "\"street\":\"公園路１號\"}", NULL, 0 },
    { "an address without street", { "home.city=雲川市", "home.district=青埔區" }, "home", "",
      "Street and number are missing in “{label}”.", 0 },
    { "a postcode of four digits", { "home.postcode=1234", "home.city=雲川市" }, "home", "",
      "A postcode has 3, 5 or 6 digits. Leave it empty if you do not know it.", 0 },
    { "a choice", { "kind=a" }, "kind", "\"a\"", NULL, 0 },
    { "no choice", { NULL }, "kind", "", "Choose one answer for “{label}”.", 0 },
    { "a choice that is none", { "kind=q" }, "kind", "",
      "Choose one of the answers shown for “{label}”.", 0 },
    { "choices in the form's order, once", { "ways=z", "ways=y", "ways=z" }, "ways",
      "[\"y\",\"z\"]", NULL, 0 },
    { "too many choices", { "ways=x", "ways=y", "ways=z" }, "ways", "",
      "Choose at most {most} answers for “{label}”.", 0 },
    { "a story too long", { "story=一二三四五六七八九十一" }, "story", "",
      "“{label}” can have at most {most} characters, and there are {count}. Shorten it.", 0 },
    { "a story with lines", { "story=一\r\n二" }, "story", "\"一\\n二\"", NULL, 0 },
    { "a number with a comma", { "copies=1２" }, "copies", "12", NULL, 0 },
    { "a number too large", { "copies=21" }, "copies", "",
      "“{label}” is a number from {least} to {most}.", 0 },
    { "half a copy", { "copies=1.5" }, "copies", "",
      "“{label}” is a whole number, written in digits, for example 12.", 0 },
    { "money as people write it", { "amount=NT$ 12,000 元" }, "amount", "12000", NULL, 0 },
    { "money in full width", { "amount=１２００" }, "amount", "1200", NULL, 0 },
    { "no debt", { "amount=-5" }, "amount", "", "“{label}” is {least} or more.", 0 },
    { "time", { "at=9:05" }, "at", "\"09:05\"", NULL, 0 },
    { "time without a colon", { "at=1405" }, "at", "\"14:05\"", NULL, 0 },
    { "afternoon", { "at=下午 2:30" }, "at", "\"14:30\"", NULL, 0 },
    { "two o'clock", { "at=下午2點" }, "at", "\"14:00\"", NULL, 0 },
    { "half past, written out", { "at=14點30分" }, "at", "\"14:30\"", NULL, 0 },
    { "pm", { "at=2:30 pm" }, "at", "\"14:30\"", NULL, 0 },
    { "midnight", { "at=12:15 AM" }, "at", "\"00:15\"", NULL, 0 },
    { "no time", { "at=25:00" }, "at", "", "“{label}” is a time of the day, for example 14:30.",
      0 },
    { "no", { "court=no" }, "court", "false", NULL, 0 },
    { "yes", { "court=yes" }, "court", "true", NULL, 0 },
    { "neither", { "court=perhaps" }, "court", "", "Answer “{label}” with yes or no.", 0 },
    { "agreed", { "agree=yes" }, "agree", "true", NULL, 0 },
    { "not agreed", { NULL }, "agree", "",
      "Read “{label}” and tick it, so that we may go on.", 0 },
};

static void one_answer_at_a_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct world w = world_new();
        const struct question *q = form_question(&w.form, str_of(rows[i].key));
        const struct mistake *m;

        post(&w, NULL, rows[i].lang, rows[i].typed);
        m = mistake_about(&w.mistakes, q);
        if (!str_equal(answers_of(&w.answers, q->key)->json, str_of(rows[i].json))) {
            fail_msg("%s: %.*s", rows[i].story,
                     STR_ARG(answers_of(&w.answers, q->key)->json));
        }
        if ((m == NULL) != (rows[i].say == NULL) ||
            (m != NULL && strcmp(m->say.id, rows[i].say) != 0)) {
            fail_msg("%s: %s", rows[i].story, m != NULL ? m->say.id : "nothing");
        }
        arena_free(w.arena);
    }
}

/* In one box, as pasted. */
static const struct { const char *typed, *json; } dates[] = {
    { "105年1月18日", "\"2016-01-18\"" },
    { "106年 4月 25日", "\"2017-04-25\"" },
    { "105.04.23", "\"2016-04-23\"" },
    { "105.4.23", "\"2016-04-23\"" },
    { "105/04/23", "\"2016-04-23\"" },
    { "105-04-23", "\"2016-04-23\"" },
    { "1050118", "\"2016-01-18\"" },
    { "0990131", "\"2010-01-31\"" },
    { "990131", "\"2010-01-31\"" },
    { "099/01/31", "\"2010-01-31\"" },
    { "中華民國105年1月18日", "\"2016-01-18\"" },
    { "民國一百零五年一月十八日", "\"2016-01-18\"" },
    { "一○五年一月十八日", "\"2016-01-18\"" },
    { "１０５年１月１８日", "\"2016-01-18\"" },
    { "民國元年1月1日", "\"1912-01-01\"" },
    { "民國前1年10月10日", "\"1911-10-10\"" },
    { "113年2月29日", "\"2024-02-29\"" },
    { "20160118", "\"2016-01-18\"" },
    { "2016年1月18日", "\"2016-01-18\"" },
    { "2016-01-18", "\"2016-01-18\"" },
    { "民國105年1月", "" },
    { "112年2月29日", "" },
    { "105 年3 月54日", "" },
    { "1131301", "" },
    { "105年度", "" },
    { "105.13.01", "" },
    { "0年1月1日", "" },
};

static void a_whole_date_in_the_first_box_is_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
        struct world w = world_new();
        str typed = str_format(w.arena, "born.year=%s", dates[i].typed);
        const char *const pairs[] = { typed.at, "born.month=", "born.date=", NULL };
        struct answer *x = answers_of(&w.answers, STR("born"));

        post(&w, NULL, LANG_ZH, pairs);
        if (!str_equal(x->json, str_of(dates[i].json))) {
            fail_msg("%s: %.*s", dates[i].typed, STR_ARG(x->json));
        }
        if (x->json.len == 0) {
            assert_true(str_equal(x->typed[0], str_of(dates[i].typed)));
        }
        arena_free(w.arena);
    }
}

static void a_pasted_date_is_spread_over_the_boxes(void **state)
{
    struct world w = world_new();
    const char *const pairs[] = { "born.year=1990/3/15", "born.month=", "born.date=", NULL };
    struct answer *x = answers_of(&w.answers, STR("born"));

    (void)state;
    post(&w, NULL, LANG_ZH, pairs);
    assert_true(str_equal(x->typed[0], STR("79")));
    assert_true(str_equal(x->typed[2], STR("15")));
    post(&w, NULL, LANG_EN, pairs);
    assert_true(str_equal(x->typed[0], STR("1990")));
    arena_free(w.arena);
}

static void every_mistake_is_told_at_once_in_order(void **state)
{
    struct world w = world_new();
    static const char *const want[] = { "name", "national", "born.date", "kind", "copies",
                                        "agree" };
    const char *const pairs[] = { "copies=many", "born.year=79", "born.month=3", "born.date=",
                                  "national=A123456780", NULL };
    size_t n = 0;

    (void)state;
    post(&w, NULL, LANG_ZH, pairs);
    for (const struct mistake *m = w.mistakes.first; m != NULL; m = m->next) {
        assert_true(n < 6);
        assert_true(str_equal(m->field, str_of(want[n++])));
    }
    assert_int_equal(n, 6);
    assert_true(str_equal(answers_of(&w.answers, STR("national"))->typed[0],
                          STR("A123456780")));
    assert_true(str_equal(answers_of(&w.answers, STR("copies"))->typed[0], STR("many")));
    arena_free(w.arena);
}

static void one_step_asks_only_its_own(void **state)
{
    struct world w = world_new();
    const char *const pairs[] = { "name=林小青", "national=A123456789", "born.year=79",
                                  "born.month=3", "born.date=15", NULL };

    (void)state;
    post(&w, &w.form.steps[0], LANG_ZH, pairs);
    assert_int_equal(w.mistakes.count, 0);
    assert_null(answers_check(w.arena, &w.answers, w.today, &w.mistakes));
    assert_int_equal(w.mistakes.count, 2); /* kind and agree, before a case is made */
    arena_free(w.arena);
}

static void what_is_not_asked_is_not_required(void **state)
{
    struct world w = world_new();
    const char *const a[] = { "kind=a", "which=留著", NULL };
    const char *const other[] = { "kind=other", "which=", NULL };
    const struct question *which = form_question(&w.form, STR("which"));

    (void)state;
    post(&w, NULL, LANG_ZH, a);
    assert_null(mistake_about(&w.mistakes, which));
    assert_false(answers_of(&w.answers, STR("which"))->visible);
    assert_true(str_find(answers_write(w.arena, &w.answers), STR("which")) < 0);
    /* Typed all the same: it comes back when the question does. */
    assert_true(str_equal(answers_of(&w.answers, STR("which"))->typed[0], STR("留著")));
    post(&w, NULL, LANG_ZH, other);
    assert_non_null(mistake_about(&w.mistakes, which));
    arena_free(w.arena);
}

static void rules_of_the_definition_are_told(void **state)
{
    struct world w = world_new();
    const char *const late[] = { "born.year=116", "born.month=1", "born.date=1", NULL };
    const char *const pair[] = { "from.year=115", "from.month=12", "from.date=2", "to.year=115",
                                 "to.month=12", "to.date=1", NULL };
    const char *const half[] = { "from.year=115", "from.month=", "from.date=2", "to.year=115",
                                 "to.month=12", "to.date=1", NULL };
    const struct mistake *m;

    (void)state;
    post(&w, NULL, LANG_ZH, late);
    m = mistake_about(&w.mistakes, form_question(&w.form, STR("born")));
    assert_non_null(m);
    assert_true(str_equal(m->say.value[0].label->in[LANG_EN], STR("Too late")));
    post(&w, NULL, LANG_ZH, pair);
    assert_non_null(mistake_about(&w.mistakes, form_question(&w.form, STR("to"))));
    /* A rule over an answer that is wrong itself is not told as well. */
    post(&w, NULL, LANG_ZH, half);
    assert_non_null(mistake_about(&w.mistakes, form_question(&w.form, STR("from"))));
    assert_null(mistake_about(&w.mistakes, form_question(&w.form, STR("to"))));
    arena_free(w.arena);
}

static void a_file_is_needed_when_the_rule_says_so(void **state)
{
    struct world w = world_new();
    const struct question *paper = form_question(&w.form, STR("paper"));
    const char *const x[] = { "ways=x", NULL };
    const char *const gone[] = { "ways=x", "paper.remove=1", NULL };

    (void)state;
    post(&w, NULL, LANG_ZH, x);
    assert_non_null(mistake_about(&w.mistakes, paper));
    assert_int_equal(answers_set_file(w.arena, &w.answers, STR("paper"), 7, STR("a.exe"),
                                      STR("application/x-dosexec"), 10)->kind, ERR_INPUT);
    assert_int_equal(answers_set_file(w.arena, &w.answers, STR("paper"), 7, STR("a.pdf"),
                                      STR("application/pdf"), 1000001)->kind, ERR_INPUT);
    assert_null(answers_set_file(w.arena, &w.answers, STR("paper"), 7, STR("計畫.png"),
                                 STR("image/png"), 1000));
    post(&w, NULL, LANG_ZH, x);
    assert_null(mistake_about(&w.mistakes, paper));
    assert_true(str_equal(answer_text(w.arena, answers_of(&w.answers, STR("paper")), LANG_ZH,
                                      false), STR("計畫.png")));
    assert_true(str_equal(answer_mask(w.arena, answers_of(&w.answers, STR("paper"))),
                          STR("○○.png")));
    post(&w, NULL, LANG_ZH, gone);
    assert_non_null(mistake_about(&w.mistakes, paper));
    arena_free(w.arena);
}

static const char body[] =
    "{\"answers\":{\"name\":\"王小明\",\"national\":\"A123456789\",\"born\":\"1990-03-15\","
    "\"mobile\":\"0912345678\",\"phone\":\"07-6671211#52\",\"email\":\"a.b@example.com\","
    "\"home\":{\"postcode\":\"815\",\"city\":\"雲川市\",\"district\":\"青埔區\",\"village\":\"\","
    "\"street\":\"公園路1號\"},\"kind\":\"other\",\"which\":\"這個\",\"ways\":[\"y\",\"z\"],"
    "\"story\":\"一\\n二\",\"copies\":3,\"amount\":1200,\"at\":\"14:30\",\"court\":false,"
    "\"from\":\"1905-02-03\",\"agree\":true}}";

static void json_goes_in_and_comes_out(void **state)
{
    struct world w = world_new();
    const struct json *j = NULL;
    struct answers again;
    str written;

    (void)state;
    assert_null(json_parse(w.arena, str_of(body), &j));
    assert_null(answers_read_json(w.arena, &w.answers, j, w.today, &w.mistakes));
    assert_int_equal(w.mistakes.count, 0);
    written = answers_write(w.arena, &w.answers);
    assert_true(str_equal(written, str_slice(str_of(body), 11, strlen(body) - 12)));
    assert_null(answers_init(w.arena, &w.form, &again));
    assert_null(answers_restore(w.arena, &again, written, LANG_ZH));
    assert_null(answers_settle(w.arena, &again, w.today));
    assert_true(str_equal(answers_write(w.arena, &again), written));
    assert_true(str_equal(answers_of(&again, STR("born"))->typed[0], STR("79")));
    assert_int_equal(answers_of(&again, STR("ways"))->chosen_count, 2);
    assert_true(str_equal(answers_of(&again, STR("home"))->typed[4], STR("公園路1號")));
    assert_true(str_equal(answers_of(&again, STR("court"))->typed[0], STR("no")));
    arena_free(w.arena);
}

static const struct { const char *story, *json, *field; } json_rows[] = {
    { "an unknown question", "{\"answers\":{\"nmae\":\"x\"}}", "nmae" },
    { "a number as text", "{\"answers\":{\"copies\":\"3\"}}", "copies" },
    { "a date in the ROC way", "{\"answers\":{\"born\":\"79-3-15\"}}", "born" },
    { "a text as number", "{\"answers\":{\"name\":3}}", "name" },
    { "a choice as list", "{\"answers\":{\"kind\":[\"a\"]}}", "kind" },
    { "choices as text", "{\"answers\":{\"ways\":\"x\"}}", "ways" },
    { "an unknown piece of an address", "{\"answers\":{\"home\":{\"county\":\"x\"}}}", "home" },
    { "a file that is no id", "{\"answers\":{\"paper\":{\"file\":\"!\"}}}", "paper" },
    { "an answer to a note", "{\"answers\":{\"read_me\":\"x\"}}", "read_me" },
    { "consent refused", "{\"answers\":{\"agree\":false}}", "agree" },
    { "answers that are no object", "{\"answers\":3}", "answers" },
    { "null is no answer", "{\"answers\":{\"name\":null}}", "name" },
};

static void json_mistakes_name_the_question(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(json_rows) / sizeof(*json_rows); i++) {
        struct world w = world_new();
        const struct json *j = NULL;

        assert_null(json_parse(w.arena, str_of(json_rows[i].json), &j));
        assert_null(answers_read_json(w.arena, &w.answers, j, w.today, &w.mistakes));
        if (mistake_of(&w.mistakes, str_of(json_rows[i].field)) == NULL) {
            fail_msg("%s", json_rows[i].story);
        }
        arena_free(w.arena);
    }
}

static const struct { const char *key, *zh, *en, *masked, *find; } told[] = {
    { "name", "王小明", "王小明", "王○明", "王小明" },
    { "national", "A123456789", "A123456789", "A12345****", "A123456789" },
    { "born", "民國79年3月15日", "15 March 1990", "1990-○○-○○", "" },
    { "mobile", "0912345678", "0912345678", "0912***678", "0912345678" },
    { "phone", "07-6671211#52", "07-6671211#52", "07-6***211", "076671211" },
    { "email", "a.b@example.com", "a.b@example.com", "a***@example.com", "a.b@example.com" },
    { "home", "815 雲川市青埔區公園路1號", "815 雲川市青埔區公園路1號", "雲川市青埔區○○路○○號",
      "雲川市青埔區公園路1號" },
    { "kind", "其他", "Other", "○○○", "" },
    { "ways", "丑、寅", "Y, Z", "○○○", "" },
    { "story", "一\n二", "一\n二", "○○○", "" },
    { "copies", "3", "3", "○○○", "" },
    { "amount", "1,200 元", "NT$1,200", "○○○", "" },
    { "court", "否", "No", "○○○", "" },
    { "agree", "同意", "Agreed", "○○○", "" },
};

static void answers_are_told_masked_and_found(void **state)
{
    struct world w = world_new();
    const struct json *j = NULL;

    (void)state;
    assert_null(json_parse(w.arena, str_of(body), &j));
    assert_null(answers_read_json(w.arena, &w.answers, j, w.today, &w.mistakes));
    for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++) {
        const struct answer *x = answers_of(&w.answers, str_of(told[i].key));

        str zh = answer_text(w.arena, x, LANG_ZH, false);
        str en = answer_text(w.arena, x, LANG_EN, false);
        str masked = answer_mask(w.arena, x), find = answer_find_value(w.arena, x);

        if (!str_equal(zh, str_of(told[i].zh)) || !str_equal(en, str_of(told[i].en)) ||
            !str_equal(masked, str_of(told[i].masked)) ||
            !str_equal(find, str_of(told[i].find))) {
            fail_msg("%s: %.*s | %.*s | %.*s | %.*s", told[i].key, STR_ARG(zh), STR_ARG(en),
                     STR_ARG(masked), STR_ARG(find));
        }
        /* Only personal answers hide when asked to. */
        assert_true(str_equal(answer_text(w.arena, x, LANG_ZH, true),
                              x->question->personal ? masked : zh));
    }
    arena_free(w.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_answer_at_a_time),
        cmocka_unit_test(a_whole_date_in_the_first_box_is_taken),
        cmocka_unit_test(a_pasted_date_is_spread_over_the_boxes),
        cmocka_unit_test(every_mistake_is_told_at_once_in_order),
        cmocka_unit_test(one_step_asks_only_its_own),
        cmocka_unit_test(what_is_not_asked_is_not_required),
        cmocka_unit_test(rules_of_the_definition_are_told),
        cmocka_unit_test(a_file_is_needed_when_the_rule_says_so),
        cmocka_unit_test(json_goes_in_and_comes_out),
        cmocka_unit_test(json_mistakes_name_the_question),
        cmocka_unit_test(answers_are_told_masked_and_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
