/* take_test — one question at a time: what is taken, what is told.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form_test.h"

/* One question alone: what was typed, the JSON that becomes of it, or what is told. */
static const struct {
    const char *story, *typed[4], *key, *json, *say;
    enum lang lang;
} rows[] = {
    { "a name is trimmed", { "name=　林小青 " }, "name", "\"林小青\"", NULL, 0 },
    { "quotation marks are kept", { "name=O\"Neil \\" }, "name", "\"O\\\"Neil \\\\\"", NULL, 0 },
    { "a text is one line", { "name=a\nb" }, "name", "\"a b\"", NULL, 0 },
    { "too long a name", { "name=一二三四五六七八九十一二三四五六七八九十一" }, "name", "",
      "\"{label}\" can have at most {most} characters, and there are {count}. Shorten it.", 0 },
    { "bytes that are no text", { "name=\xff\xfe" }, "name", "",
      "\"{label}\" has characters that cannot be read. Type it again.", 0 },
    { "nothing typed", { "name=  " }, "name", "", "Fill in \"{label}\".", 0 },
    { "full width identity number", { "national=Ａ１２３４５６７８９" }, "national",
      "\"A123456789\"", NULL, 0 },
    { "small letter", { "national=a123456789" }, "national", "\"A123456789\"", NULL, 0 },
    { "blanks and hyphens", { "national=A1 2345-6789" }, "national", "\"A123456789\"", NULL, 0 },
    { "a resident where residents are taken", { "national=A800000014" }, "national",
      "\"A800000014\"", NULL, 0 },
    { "a resident where only nationals are", { "card=A800000014" }, "card", "",
      "That is the number of a resident certificate. \"{label}\" asks for a national identity "
      "number.", 0 },
    { "check digit", { "card=A123456780" }, "card", "",
      "The check digit of \"{label}\" does not fit. Compare it with the card once more.", 0 },
    { "too short", { "card=A12345678" }, "card", "",
      "\"{label}\" is one letter and nine digits, for example A123456789.", 0 },
    { "resident, old form", { "resident=AA00000009" }, "resident", "\"AA00000009\"", NULL, 0 },
    { "resident, check digit", { "resident=A800000015" }, "resident", "",
      "The check digit of \"{label}\" does not fit. Compare it with the card once more.", 0 },
    { "mobile", { "mobile=+886 912-345-678" }, "mobile", "\"0912345678\"", NULL, 0 },
    { "not a mobile", { "mobile=07-6671211" }, "mobile", "",
      "\"{label}\" has ten digits and begins with 09, for example 0912-345-678.", 0 },
    { "telephone", { "phone=(07)6671211 #52" }, "phone", "\"07-6671211#52\"", NULL, 0 },
    { "email", { "email=Some.One@Example.COM" }, "email", "\"Some.One@example.com\"", NULL, 0 },
    { "not an email", { "email=someone" }, "email", "",
      "\"{label}\" looks like name@example.com, without blanks. Look at it once more.", 0 },
    { "an ROC year in Chinese", { "born.year=79", "born.month=3", "born.date=15" }, "born",
      "\"1990-03-15\"", NULL, LANG_ZH },
    { "a western year in Chinese too", { "born.year=1990", "born.month=3", "born.date=15" },
      "born", "\"1990-03-15\"", NULL, LANG_ZH },
    { "a western year in English", { "born.year=1990", "born.month=03", "born.date=15" }, "born",
      "\"1990-03-15\"", NULL, LANG_EN },
    { "full width boxes", { "born.year=７９", "born.month=３", "born.date=１５" }, "born",
      "\"1990-03-15\"", NULL, LANG_ZH },
    { "no date", { "born.year=", "born.month=", "born.date=" }, "born", "",
      "Enter \"{label}\", for example {example}.", 0 },
    { "the day is missing", { "born.year=79", "born.month=3", "born.date=" }, "born", "",
      "The day is missing in \"{label}\".", 0 },
    { "the year is missing", { "born.year=", "born.month=3", "born.date=1" }, "born", "",
      "The year is missing in \"{label}\".", 0 },
    { "no such day", { "born.year=112", "born.month=2", "born.date=29" }, "born", "",
      "There is no such day for \"{label}\". Look at year, month and day once more.", 0 },
    { "a typing error of a real plan", { "born.year=105", "born.month=3", "born.date=54" },
      "born", "",
      "There is no such day for \"{label}\". Look at year, month and day once more.", 0 },
    { "words in a box", { "born.year=去年", "born.month=3", "born.date=1" }, "born", "",
      "There is no such day for \"{label}\". Look at year, month and day once more.", 0 },
    { "a year that would be taken for another", { "born.year=71150401", "born.month=",
      "born.date=" }, "born", "",
      "There is no such day for \"{label}\". Look at year, month and day once more.", 0 },
    { "not before 2026", { "to.year=114", "to.month=12", "to.date=31" }, "to", "",
      "\"{label}\" is {day} or later.", 0 },
    { "an address", { "home.city=台北市", "home.district=中正區", "home.street=公園路１號" },
      "home",
      "{\"postcode\":\"\",\"city\":\"臺北市\",\"district\":\"中正區\",\"village\":\"\","
      "\"street\":\"公園路１號\"}", NULL, 0 },
    { "a whole address pasted in one box",
      { "home.city=", "home.street=320 雲川市青埔區公園里公園路1號3樓" }, "home",
      "{\"postcode\":\"320\",\"city\":\"雲川市\",\"district\":\"青埔區\",\"village\":\"公園里\","
      "\"street\":\"公園路1號3樓\"}", NULL, 0 },
    { "a district with the sign of a town in its name",
      { "home.street=高雄市前鎮區中華五路1號" }, "home",
      "{\"postcode\":\"\",\"city\":\"高雄市\",\"district\":\"前鎮區\",\"village\":\"\","
      "\"street\":\"中華五路1號\"}", NULL, 0 },
    { "a street that only sounds like a city", { "home.street=市民大道1號" }, "home", "",
      "The city or county is missing in \"{label}\".", 0 },
    { "an address without street", { "home.city=雲川市", "home.district=青埔區" }, "home", "",
      "Street and number are missing in \"{label}\".", 0 },
    { "a postcode of four digits", { "home.postcode=1234", "home.city=雲川市" }, "home", "",
      "A postcode has 3, 5 or 6 digits. Leave it empty if you do not know it.", 0 },
    { "a choice", { "kind=a" }, "kind", "\"a\"", NULL, 0 },
    { "no choice", { NULL }, "kind", "", "Choose one answer for \"{label}\".", 0 },
    { "a choice that is none", { "kind=q" }, "kind", "",
      "Choose one of the answers shown for \"{label}\".", 0 },
    { "choices in the form's order, once", { "ways=z", "ways=y", "ways=z" }, "ways",
      "[\"y\",\"z\"]", NULL, 0 },
    { "too many choices", { "ways=x", "ways=y", "ways=z" }, "ways", "",
      "Choose at most {most} answers for \"{label}\".", 0 },
    { "a story too long", { "story=一二三四五六七八九十一" }, "story", "",
      "\"{label}\" can have at most {most} characters, and there are {count}. Shorten it.", 0 },
    { "a story with lines", { "story=一\r\n二" }, "story", "\"一\\n二\"", NULL, 0 },
    { "a number with a comma", { "copies=1２" }, "copies", "12", NULL, 0 },
    { "a number too large", { "copies=21" }, "copies", "",
      "\"{label}\" is a number from {least} to {most}.", 0 },
    { "half a copy", { "copies=1.5" }, "copies", "",
      "\"{label}\" is a whole number, written in digits, for example 12.", 0 },
    { "money as people write it", { "amount=NT$ 12,000 元" }, "amount", "12000", NULL, 0 },
    { "money in full width", { "amount=１２００" }, "amount", "1200", NULL, 0 },
    { "no debt", { "amount=-5" }, "amount", "", "\"{label}\" is {least} or more.", 0 },
    { "time", { "at=9:05" }, "at", "\"09:05\"", NULL, 0 },
    { "time without a colon", { "at=1405" }, "at", "\"14:05\"", NULL, 0 },
    { "afternoon", { "at=下午 2:30" }, "at", "\"14:30\"", NULL, 0 },
    { "two o'clock", { "at=下午2點" }, "at", "\"14:00\"", NULL, 0 },
    { "half past, written out", { "at=14點30分" }, "at", "\"14:30\"", NULL, 0 },
    { "pm", { "at=2:30 pm" }, "at", "\"14:30\"", NULL, 0 },
    { "midnight", { "at=12:15 AM" }, "at", "\"00:15\"", NULL, 0 },
    { "no time", { "at=25:00" }, "at", "", "\"{label}\" is a time of the day, for example 14:30.",
      0 },
    { "no", { "court=no" }, "court", "false", NULL, 0 },
    { "yes", { "court=yes" }, "court", "true", NULL, 0 },
    { "neither", { "court=perhaps" }, "court", "", "Answer \"{label}\" with yes or no.", 0 },
    { "agreed", { "agree=yes" }, "agree", "true", NULL, 0 },
    { "not agreed", { NULL }, "agree", "",
      "Read \"{label}\" and tick it, so that we may go on.", 0 },
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_answer_at_a_time),
        cmocka_unit_test(a_whole_date_in_the_first_box_is_taken),
        cmocka_unit_test(a_pasted_date_is_spread_over_the_boxes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
