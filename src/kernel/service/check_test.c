/* check_test — what pack check says of a definition that cannot work, or could be better; and
 * what a citizen would notice of a change.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/diff.h"

#include "base/arena.h"
#include "host/json/json.h"
#include "host/lang/lang.h"
#include "kernel/letter/letter.h"
#include "kernel/lookup/lookup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind, &service_kind };

#define T "{ zh: 題, en: Q, ja: 問 }"

static const char around[] =
    "format: 1\nkind: service\nkey: s\n"
    "name: " T "\nsummary: " T "\ngroup: " T "\nunit: works\nwho: " T "\nlaw: " T "\n"
    "ways: [online, counter]\nmatter: m\nresult_name: " T "\npurpose: " T "\n"
    "updated: 2026-01-05\n%s\n"
    "steps:\n  - key: one\n    title: " T "\n    questions:\n"
    "      - { key: copies, type: number, required: false, label: " T " }\n"
    "      - { key: poor, type: yesno, required: false, label: " T " }\n"
    "      - { key: mother, type: text, required: false, personal: true, label: " T " }\n";

#define LIMIT "limit: { value: 3, unit: working }\n"
#define STEP(key, next) "  - { key: " key ", name: " T ", next: [" next "] }\n"

/* `advice`: told, but nothing is kept from being published. */
static const struct { const char *story, *lines, *id; bool advice; } rows[] = {
    { "a procedure that turns in a circle", LIMIT "procedure:\n" STEP("a", "b") STEP("b", "a"),
      "This procedure can never end: from \"{step}\" no step is reached after which nothing "
      "follows.", false },
    { "a step without a way out",
      LIMIT "procedure:\n" STEP("a", "b, c") STEP("b", "b") "  - { key: c, name: " T " }\n",
      "There is no way out of the step \"{step}\" for the way \"{way}\".", false },
    { "no way out for one of the ways",
      LIMIT "procedure:\n" STEP("a", "b") "  - { key: b, name: " T ", ways: [counter] }\n",
      "This procedure can never end: from \"{step}\" no step is reached after which nothing "
      "follows.", false },
    { "a step that is none", LIMIT "procedure:\n" STEP("check", "chek"),
      "After \"{step}\" comes \"{next}\", which is no step. Is \"{near}\" meant?", false },
    { "a step nobody comes to",
      LIMIT "procedure:\n  - { key: a, name: " T " }\n  - { key: b, name: " T " }\n",
      "No way of applying ever comes to the step \"{step}\".", true },
    { "no limit", "",
      "No limit is said: then it is two months by the law (行政程序法 §51 II).", true },
    { "a fee without a law", LIMIT "fees: [ { what: " T ", dollars: 5 } ]",
      "The fee \"{key}\" names no law. A fee is taken only where a rule says so (規費法 §10).",
      true },
    { "a fee whose review is over",
      LIMIT "fees: [ { what: " T ", dollars: 5, law: " T ", review_by: 2020-01-01 } ]",
      "The review of the fee \"{key}\" was due by {day} (規費法 §11).", true },
    { "a waiver for nobody",
      LIMIT "fees: [ { what: " T ", dollars: 5, law: " T ", waivers: [ { key: w, what: " T
            " } ] } ]",
      "The waiver \"{key}\" has neither a rule nor a proof: nobody can tell who it is for.",
      true },
    { "a law in Chinese alone", LIMIT "fees: [ { what: " T ", dollars: 5, law: 標準 } ]",
      "\"{key}\" is written in Chinese only: readers of English and Japanese see that.", true },
    { "personal, and used by nothing", LIMIT,
      "\"{key}\" is personal and nothing here uses it. Leave it out, or say under \"why\" what "
      "it is asked for (個資法 §5).", true },
    { "a rule that is nothing without an answer",
      LIMIT "papers: [ { name: " T ", when: poor } ]",
      "The rule {rule} fails when a question in it has no answer: then it is neither true nor "
      "false. Compare it, or write filled(...).", false },
    { "a number that is none", LIMIT "fees: [ { what: " T ", dollars: 5, times: '\"many\"' } ]",
      "{rule} gives no number from 0 to {most} when nothing is answered.", false },
    { "a limit for a way that is none",
      LIMIT "limits: [ { way: post, value: 3, unit: working } ]",
      "\"{way}\" is no way to apply here. Add it under \"ways\" or take this limit out.", false },
    { "a rule with a name that is no question", LIMIT "papers: [ { name: " T ", when: por } ]",
      "The rule uses \"{name}\", which is no question here. Is \"{near}\" meant?", false },
    { "a letter with an answer that is none",
      LIMIT "letters: [ { key: c, kind: certificate, name: " T ", fields: [copis] } ]",
      "\"{word}\" is not known here. Did you mean \"{nearest}\"?", false },
    { "a season without its end", LIMIT "status: { state: seasonal, from: 10-01 }",
      "\"{key}\" is missing here.", false },
    { "a pause without a reason", LIMIT "status: { state: paused, from: 2026-11-01 }",
      "\"{key}\" is missing here.", false },
    { "two waivers of one name",
      LIMIT "fees: [ { what: " T ", dollars: 5, waivers: [ { key: w, what: " T
            ", proof: " T " }, { key: w, what: " T ", proof: " T " } ] } ]",
      "\"{key}\" is here twice. Give one of them another key.", false },
    { "a misspelt key of a fee", LIMIT "fees: [ { what: " T ", dolars: 5, dollars: 5 } ]",
      "\"{word}\" is not known here. Did you mean \"{nearest}\"?", false },
};

static bool has(const struct mistakes *m, const char *id)
{
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        if (strcmp(x->say.id, id) == 0) {
            return str_starts(x->place, STR("s.yaml:"));
        }
    }
    return false;
}

static void what_cannot_work_or_could_be_better_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *a = arena_new(0);
        struct definition d = { .file = STR("s.yaml"), .version = 1,
                                .source = str_format(a, around, rows[i].lines) };
        struct mistakes m, advice;

        mistakes_init(&m, a);
        mistakes_init(&advice, a);
        assert_null(pack_review(kinds, 3, &d, 1, day_of(2026, 11, 22), &m, &advice));
        if (!has(rows[i].advice ? &advice : &m, rows[i].id) ||
            (rows[i].advice && m.count > 0)) {
            fail_msg("%s: %s", rows[i].story, m.count > 0 ? m.first->say.id : "nothing");
        }
        arena_free(a);
    }
}

static const struct service *service_of(struct arena *a, const char *lines,
                                        struct catalog **ret)
{
    struct definition d = { .file = STR("s.yaml"), .version = 1,
                            .source = str_format(a, around, lines) };
    struct mistakes m;

    mistakes_init(&m, a);
    assert_null(catalog_build(kinds, 3, 7, &d, 1, &m, ret));
    assert_int_equal(m.count, 0);
    return service_get(*ret, STR("s"));
}

static const struct { const char *story, *old, *new, *id; } changes[] = {
    { "a fee goes up", LIMIT "fees: [ { what: " T ", dollars: 100 } ]",
      LIMIT "fees: [ { what: " T ", dollars: 120 } ]", "Fee {what}: {old} → {new}" },
    { "a paper is dropped", LIMIT "papers: [ { name: " T " } ]", LIMIT,
      "A paper is dropped: {paper}" },
    { "a paper is looked up", LIMIT "papers: [ { name: " T " } ]",
      LIMIT "papers: [ { name: " T ", looked_up: true } ]",
      "The office looks it up now, nobody brings it: {paper}" },
    { "a shorter limit", LIMIT, "limit: { value: 2, unit: working }",
      "Limit: {old} → {new} working days" },
    { "another seal", LIMIT "letters: [ { key: c, kind: letter, name: " T " } ]",
      LIMIT "letters: [ { key: c, kind: letter, name: " T ", seal: strip } ]",
      "The seal of {letter}: {old} → {new}" },
    { "four eyes", LIMIT, LIMIT "flow: { four_eyes: true }",
      "Who proposed may no longer decide (four eyes)." },
    { "a pause", LIMIT, LIMIT "status: { state: paused, from: 2026-11-01, note: " T " }",
      "It is paused: {note}" },
    { "the same", LIMIT, LIMIT, NULL },
};

static void what_people_would_notice_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct arena *a = arena_new(0);
        struct catalog *from = NULL, *to = NULL;
        const struct service *old = service_of(a, changes[i].old, &from);
        const struct service *new = service_of(a, changes[i].new, &to);
        struct service_change *list = NULL;
        size_t count = 0;

        assert_null(service_diff(a, old, new, &list, &count));
        if (count != (changes[i].id != NULL ? 1 : 0) ||
            (count == 1 && strcmp(list[0].say.id, changes[i].id) != 0)) {
            fail_msg("%s: %zu %s", changes[i].story, count, count > 0 ? list[0].say.id : "");
        }
        catalog_release(from);
        catalog_release(to);
        arena_free(a);
    }
}

/* ---- several definitions together ---- */

#define LEVELS "levels: { officer: 課員, unit_head: 課長, head: 區長 }\n"
#define OFFICE_MORE(more) \
    "format: 1\nkind: office\nkey: o\nname: " T "\ncase_prefix: OO\nunits:\n" \
    "  - { key: works, name: " T " }\n  - { key: civil, name: " T " }\n" LEVELS more
#define OFFICE OFFICE_MORE("series: [ { key: zone, name: 字, form: \"{year}{number}\" } ]\n")
#define TABLE(line) \
    "format: 1\nkind: authority\nkey: a\nlines:\n  - { matter: m, name: 事, " line " }\n"
#define LETTER(more) \
    LIMIT "letters: [ { key: cert, kind: certificate, name: " T ", series: zone" more " } ]"

/* With office.yaml and authority.yaml beside it: the line as `pack check` prints it. */
static const struct { const char *story, *office, *authority, *lines, *line; } packs[] = {
    { "a lookup that nobody knows", OFFICE, TABLE("level: officer"),
      LETTER("") "\npapers:\n  - { name: " T ", lookup: houshold }",
      "s.yaml:18:5: \"houshold\" is not known here. Did you mean \"household\"?" },
    { "a lookup that is like none", OFFICE, TABLE("level: officer"),
      LETTER("") "\npapers:\n  - { name: " T ", lookup: fishing_licences }",
      "s.yaml:18:5: No definition of this office knows the lookup \"fishing_licences\". "
      "Define it first." },
    { "a series that nobody knows", OFFICE, TABLE("level: officer"),
      LIMIT "letters:\n  - { key: cert, kind: certificate, name: " T ", series: zon }",
      "s.yaml:17:5: \"zon\" is not known here. Did you mean \"zone\"?" },
    { "a template that nobody knows", OFFICE, TABLE("level: officer"),
      LETTER(", template: plain_leter"),
      "s.yaml:16:12: \"plain_leter\" is not known here. Did you mean \"plain_letter\"?" },
    { "a unit to consult that is none", OFFICE, TABLE("level: officer"),
      LETTER("") "\nflow: { consult: [cvil] }",
      "s.yaml:17:7: \"cvil\" is not known here. Did you mean \"civil\"?" },
    { "a unit in the authority table that is none", OFFICE,
      TABLE("level: head, consults: [wrks]"), LETTER(""),
      "authority.yaml:5:5: \"wrks\" is not known here. Did you mean \"works\"?" },
    { "a level that the office has not", OFFICE, TABLE("level: secretary"), LETTER(""),
      "s.yaml:11:9: The level that decides does not exist in this office: a proposal would "
      "wait for ever. Choose a level that office.yaml names." },
    { "proposed by a level that the office has not", OFFICE,
      TABLE("level: head, proposes: secretary"), LETTER(""),
      "s.yaml:11:9: The level that proposes does not exist in this office: nobody could ever "
      "propose." },
    { "proposed above who decides", OFFICE, TABLE("level: unit_head, proposes: head"),
      LETTER(""), "s.yaml:11:9: Who proposes stands above the level that decides." },
    { "proposed and decided by one level, with four eyes", OFFICE,
      TABLE("level: unit_head, proposes: unit_head"), LETTER("") "\nflow: { four_eyes: true }",
      "s.yaml:11:9: With four eyes the level that proposes cannot decide as well: a proposal "
      "would wait for ever." },
    { "by village, but no address", OFFICE, TABLE("level: officer"),
      LETTER("") "\nflow: { assign: village }",
      "s.yaml:17:7: It is assigned by village, but no question asks for an address: nobody "
      "could tell which village it is." },
    { "a village that is no question", OFFICE, TABLE("level: officer"),
      LETTER("") "\nflow: { assign: village, village: poor }",
      "s.yaml:17:7: \"poor\" is no question that says a village: name an address, a text or "
      "a choice." },
    { "a village that is never used", OFFICE, TABLE("level: officer"),
      LETTER("") "\nflow: { assign: roster, village: mother }",
      "s.yaml:17:7: \"village\" is said, but the case is not assigned by village. Write "
      "\"assign: village\", or take it out." },
    { "a limit behind one that always fits", OFFICE, TABLE("level: officer"),
      LETTER("") "\nlimits:\n  - { way: online, value: 3, unit: working }\n"
                 "  - { way: online, when: copies == 2, value: 5, unit: working, name: " T " }",
      "s.yaml:19:5: This limit is never used: the one in line 18 fits always, and the first "
      "that fits counts." },
    { "a village that is here twice", OFFICE_MORE("villages: [公園里, 公園里]\n"),
      TABLE("level: officer"), LIMIT,
      "office.yaml:10:17: \"公園里\" is here twice. Give one of them another key." },
    { "a series that no letter uses (advice)", OFFICE, TABLE("level: officer"), LIMIT,
      "office.yaml:10:11: No letter of a service takes its number from the series \"zone\"." },
    { "a matter that no service names (advice)", OFFICE,
      TABLE("level: officer") "  - { matter: n, name: 事, level: head }\n", LETTER(""),
      "authority.yaml:6:5: No service names the matter \"n\"." },
    { "a fee that is over (advice)", OFFICE, TABLE("level: officer"),
      LETTER("") "\nfees:\n  - { what: " T ", dollars: 5, law: " T ", until: 2020-01-01 }",
      "s.yaml:18:5: The fee \"fee_1\" ended on 1 January 2020. Leave it out of a new "
      "version." },
};

static bool is_told(struct arena *a, const struct mistakes *m, const char *line)
{
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        str said = str_format(a, "%.*s: %.*s", STR_ARG(x->place),
                              STR_ARG(lang_say(a, LANG_EN, x->say)));

        if (str_equal(said, str_of(line))) {
            return true;
        }
    }
    return false;
}

static void all_told(struct arena *a, const struct mistakes *m)
{
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        print_message("#   %.*s: %.*s\n", STR_ARG(x->place),
                      STR_ARG(lang_say(a, LANG_EN, x->say)));
    }
}

static void what_does_not_fit_together_is_told_at_its_line(void **state)
{
    static const struct pack_kind *const all[] = { &office_kind, &authority_kind,
                                                   &service_kind, &lookup_kind,
                                                   &letter_kind };

    int wrong = 0;

    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        struct arena *a = arena_new(0);
        const struct definition files[] = {
            { .file = STR("office.yaml"), .version = 1, .source = str_of(packs[i].office) },
            { .file = STR("authority.yaml"), .version = 1,
              .source = str_of(packs[i].authority) },
            { .file = STR("s.yaml"), .version = 1,
              .source = str_format(a, around, packs[i].lines) },
        };
        struct mistakes m, advice;

        mistakes_init(&m, a);
        mistakes_init(&advice, a);
        assert_null(pack_review(all, 5, files, 3, day_of(2026, 11, 22), &m, &advice));
        if (!is_told(a, strstr(packs[i].story, "(advice)") != NULL ? &advice : &m,
                     packs[i].line)) {
            wrong++;
            print_message("# %s: not told\n", packs[i].story);
            all_told(a, &m);
            all_told(a, &advice);
        }
        arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

static const struct { const char *story, *old, *new, *says; size_t services; } tables[] = {
    { "another level decides", TABLE("level: officer"), TABLE("level: head"),
      "Decides: officer → head", 1 },
    { "another level proposes", TABLE("level: head"), TABLE("level: head, proposes: unit_head"),
      "Proposes: officer → unit_head", 1 },
    { "passed on by fewer", TABLE("level: head"), TABLE("level: head, through: [unit_head]"),
      "Passed on by: all below → unit_head", 1 },
    { "a unit is asked", TABLE("level: head"), TABLE("level: head, consults: [civil]"),
      "Consulted each time: nobody → civil", 1 },
    { "no service has it",
      TABLE("level: head"), TABLE("level: head") "  - { matter: n, name: 事, level: head }\n",
      "A new line of the table.", 0 },
    { "the same", TABLE("level: head"), TABLE("level: head"), NULL, 0 },
};

static void a_change_of_the_authority_table_names_its_services(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct arena *a = arena_new(0);
        struct catalog *c[2] = { NULL, NULL };
        struct authority_change *list = NULL;
        size_t count = 0;

        for (int side = 0; side < 2; side++) {
            const struct definition files[] = {
                { .file = STR("office.yaml"), .version = 1, .source = STR(OFFICE) },
                { .file = STR("authority.yaml"), .version = 1,
                  .source = str_of(side == 0 ? tables[i].old : tables[i].new) },
                { .file = STR("s.yaml"), .version = 1,
                  .source = str_format(a, around, LETTER("")) },
            };
            struct mistakes m;

            mistakes_init(&m, a);
            assert_null(catalog_build(kinds, 3, 7, files, 3, &m, &c[side]));
            assert_int_equal(m.count, 0);
        }
        assert_null(authority_diff(a, c[0], c[1], &list, &count));
        if (count != (tables[i].says != NULL ? 1 : 0) ||
            (count == 1 && (!str_equal(lang_say(a, LANG_EN, list[0].says[0]),
                                       str_of(tables[i].says)) ||
                            list[0].services_count != tables[i].services))) {
            fail_msg("%s: %zu", tables[i].story, count);
        }
        catalog_release(c[0]);
        catalog_release(c[1]);
        arena_free(a);
    }
}

static void a_case_that_is_moved_meets_this(void **state)
{
    struct arena *a = arena_new(0);
    struct catalog *from = NULL, *to = NULL;
    struct service_matter m = { .way = WAY_ONLINE, .today = day_of(2026, 3, 2) };
    const struct service *new;
    struct service_move move;
    struct answers answers;

    (void)state;
    m.service = service_of(a, LIMIT "fees: [ { what: " T ", dollars: 100, times: copies } ]",
                           &from);
    new = service_of(a, "limit: { value: 5, unit: working }\n"
                        "fees: [ { what: " T ", dollars: 120, times: copies } ]", &to);
    assert_null(answers_init(a, &m.service->form, &answers));
    assert_null(answers_restore(a, &answers, STR("{\"copies\":2}"), LANG_ZH));
    assert_null(answers_settle(a, &answers, m.today));
    m.answers = &answers;
    assert_null(service_move(a, &m, new, &move));
    assert_int_equal(move.changes_count, 2);
    assert_int_equal(move.fee_old.dollars, 200);
    assert_int_equal(move.fee_new.dollars, 240);
    assert_int_equal(move.clock_old.stages[0].limit.value, 3);
    assert_int_equal(move.clock_new.stages[0].limit.value, 5);
    assert_int_equal(move.missing.count, 0);
    assert_int_equal(move.dropped, 0);
    catalog_release(from);
    catalog_release(to);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_work_or_could_be_better_is_told),
        cmocka_unit_test(what_people_would_notice_is_told),
        cmocka_unit_test(what_does_not_fit_together_is_told_at_its_line),
        cmocka_unit_test(a_change_of_the_authority_table_names_its_services),
        cmocka_unit_test(a_case_that_is_moved_meets_this),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
