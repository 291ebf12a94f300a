/* Running cases on an old version of their service: what would change, the act, who may, and
 * what is not moved.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/check/check.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/casefile/version/case_version.h"
#include "kernel/notice/notice.h"

#define T "{ zh: 題, en: Q, ja: 問 }"
#define HEAD_OF                                                                       \
    "format: 1\nkind: service\nkey: zoning\n"                                          \
    "name: " T "\nsummary: " T "\ngroup: " T "\nunit: works\nwho: " T "\nlaw: " T "\n" \
    "pause: [supply]\nways: [online, counter]\nresult_name: " T "\npurpose: " T "\n"   \
    "updated: 2026-01-05\n"
#define COPIES "      - { key: copies, type: number, example: 2, label: " T " }\n"
#define ASKS "steps:\n  - key: one\n    title: " T "\n    questions:\n" COPIES

static const char *const sources[] = {
    HEAD_OF "limit: { value: 3, unit: working }\nmatter: m\n"
            "fees: [ { key: base, what: " T ", dollars: 100, law: 1 } ]\n" ASKS,
    HEAD_OF "limit: { value: 6, unit: working }\nmatter: other\n"
            "fees: [ { key: base, what: " T ", dollars: 120, law: 1 } ]\n" ASKS
            "      - { key: purpose, type: number, example: 1, label: " T " }\n",
};
static const char authority[] = "format: 1\nkind: authority\nkey: authority\nlines:\n"
                                "  - { matter: other, name: 甲, level: head }\n";

struct versions {
    struct bench b;
    struct catalog *catalog;
};

static void versions_open(struct versions *v)
{
    static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind,
                                                     &service_kind };
    struct definition d[3] = { { .file = STR("authority.yaml"), .source = str_of(authority),
                                 .version = 1 } };
    struct mistakes m;

    bench_open(&v->b);
    mistakes_init(&m, v->b.a);
    for (int i = 0; i < 2; i++) {
        d[i + 1] = (struct definition){ .file = STR("zoning.yaml"), .version = i + 1,
                                        .source = str_of(sources[i]) };
    }
    assert_null(catalog_build(kinds, 3, OFFICE, d, 3, &m, &v->catalog));
    for (const struct mistake *x = m.first; x != NULL; x = x->next) {
        fail_msg("%.*s %s", STR_ARG(x->place), x->say.id);
    }
}

/* An application under the first version, received at NOW. */
static int64_t came(struct versions *v)
{
    struct case_wish w = wish_of(&v->b, DAY_NONE, LEVEL_UNIT_HEAD);
    struct case_clock *clocks = ARENA_ARRAY(v->b.a, 2, struct case_clock);

    w.service = service_get_version(v->catalog, STR("zoning"), 1);
    assert_null(case_clock_rules(v->b.a, NULL, w.service, CHANNEL_ONLINE, NULL, NOW, clocks));
    for (size_t i = 0; i < 2; i++) {
        case_clock_reckon(calendar_official(), &clocks[i], NOW);
    }
    w.clocks = clocks;
    w.clocks_count = 2;
    w.due = clocks[0].due;
    return receive(&v->b, w).id;
}

static struct act_wish act_in(struct versions *v, int64_t id, int64_t staff,
                              enum case_act what)
{
    struct act_wish w = act_of(&v->b, id, staff, what);

    w.calendar = calendar_official();
    w.catalog = v->catalog;
    w.wanted_until = DAY_NONE;
    w.version = 2;
    return w;
}

static int move(struct versions *v, int64_t id, int64_t staff, const char *why)
{
    return do_wish(&v->b, act_in(v, id, staff, ACT_MOVE), why);
}

static void versions_close(struct versions *v)
{
    catalog_release(v->catalog);
    arena_free(v->b.a);
}

static int faults;
static void say(void *context, bool sound, str line)
{
    faults += !sound;
    if (!sound) {
        print_message("# %.*s\n", STR_ARG(line));
    }
}

static void is_sound(struct versions *v)
{
    faults = 0;
    assert_null(casefile_check(v->b.a, v->b.s, OFFICE, say, NULL));
    assert_int_equal(faults, 0);
}

static void the_preview_names_what_changes(void **state)
{
    struct versions v;
    struct case_version_look x;
    struct casefile c;

    versions_open(&v);
    c = load(&v.b, came(&v));
    assert_null(casefile_version_look(v.b.a, look(&v.b), v.b.k, v.catalog,
                                      calendar_official(), &c, 2, NOW + HOUR, &x));
    assert_int_equal(x.due_was, c.due);
    assert_int_equal(x.due_will, calendar_working_due(calendar_official(), TODAY, 6));
    assert_int_equal(x.move.fee_old.dollars, 100);
    assert_int_equal(x.move.fee_new.dollars, 120);
    assert_int_equal(x.move.missing.count, 1);
    assert_true(str_equal(x.move.missing.first->field, STR("purpose")));
    assert_true(x.move.changes_count >= 3);
    assert_int_equal(x.level_was, LEVEL_UNIT_HEAD);
    assert_int_equal(x.level_will, LEVEL_HEAD);
    assert_false(x.late_at_once);
    /* It was looked at, nothing more. */
    assert_int_equal(load(&v.b, c.id).service_version, 1);
    versions_close(&v);
}

static void a_case_goes_by_the_rules_of_its_new_version(void **state)
{
    struct versions v;
    struct notice *told;
    struct case_event *events;
    size_t count;
    int64_t id;
    struct casefile c;

    versions_open(&v);
    id = came(&v);
    assert_int_equal(act(&v.b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(move(&v, id, ME, ""), ERR_INPUT);
    assert_int_equal(move(&v, id, ME, "新法有利於申請人"), -1);
    c = load(&v.b, id);
    assert_int_equal(c.service_version, 2);
    assert_int_equal(c.level, LEVEL_HEAD);
    assert_int_equal(c.due, calendar_working_due(calendar_official(), TODAY, 6));
    assert_null(notice_list(v.b.a, look(&v.b), OFFICE, id, &told, &count));
    assert_int_equal(count, 1);
    assert_null(casefile_events(v.b.a, look(&v.b), OFFICE, id, &events, &count));
    assert_true(str_equal(events[count - 1].kind, STR("case.moved")));
    assert_true(events[count - 1].has_note);
    is_sound(&v);
    /* Twice is once too often. */
    assert_int_equal(move(&v, id, ME, "再一次"), ERR_INPUT);
    versions_close(&v);
}

static void what_stands_still_goes_on_standing(void **state)
{
    struct versions v;
    struct act_wish w;
    int64_t id;

    versions_open(&v);
    id = came(&v);
    assert_int_equal(act(&v.b, id, ME, ACT_TAKE, ""), -1);
    w = act_in(&v, id, CHIEF, ACT_HALT);
    w.ground = STR("other");
    assert_int_equal(do_wish(&v.b, w, "等"), -1);
    assert_true(load(&v.b, id).paused);
    assert_int_equal(move(&v, id, ME, "新法"), -1);
    assert_true(load(&v.b, id).paused);
    is_sound(&v);
    versions_close(&v);
}

static const struct {
    const char *story;
    int64_t staff;
    enum case_act before; /* ACT_COUNT: nothing */
    int64_t later_ms;
    int version, want;
} refusals[] = {
    { "a colleague of another unit", STRANGER, ACT_COUNT, HOUR, 2, ERR_MISSING },
    { "a colleague whose case it is not", MATE, ACT_TAKE, HOUR, 2, ERR_DENIED },
    { "a version that nobody published", CHIEF, ACT_TAKE, HOUR, 7, ERR_INPUT },
    { "what is late stays late", CHIEF, ACT_TAKE, 30 * 24 * HOUR, 2, ERR_CONFLICT },
    { "what is proposed was so by the old one", CHIEF, ACT_PROPOSE, HOUR, 2, ERR_DENIED },
};

static void not_everything_is_moved_by_everybody(void **state)
{
    struct versions v;

    versions_open(&v);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        int64_t id = came(&v);
        struct act_wish w;
        int got;

        if (refusals[i].before != ACT_COUNT) {
            assert_int_equal(act(&v.b, id, ME, ACT_TAKE, ""), -1);
        }
        if (refusals[i].before == ACT_PROPOSE) {
            assert_int_equal(act(&v.b, id, ME, ACT_PROPOSE, ""), -1);
        }
        w = act_in(&v, id, refusals[i].staff, ACT_MOVE);
        w.version = refusals[i].version;
        w.now_ms = NOW + refusals[i].later_ms;
        got = do_wish(&v.b, w, "新法");
        if (got != refusals[i].want) {
            fail_msg("%s: %d", refusals[i].story, got);
        }
    }
    is_sound(&v);
    versions_close(&v);
}

static void old_ones_are_listed_until_they_are_moved(void **state)
{
    struct versions v;
    struct case_version_query q = { .service = STR("zoning"), .newest = 2, .most = 2 };
    struct case_version_count *counts;
    struct casefile *list;
    size_t count;
    int64_t first, last;

    versions_open(&v);
    first = came(&v);
    (void)came(&v);
    last = came(&v);
    assert_null(casefile_on_old(v.b.a, look(&v.b), OFFICE, &q, &list, &count));
    assert_int_equal(count, 2);
    q.after_version = 1;
    q.after_id = list[1].id;
    assert_null(casefile_on_old(v.b.a, look(&v.b), OFFICE, &q, &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id, last);
    assert_int_equal(move(&v, first, CHIEF, "新法"), -1);
    assert_null(casefile_old_counts(v.b.a, look(&v.b), OFFICE, STR("zoning"), 2, &counts,
                                    &count));
    assert_int_equal(count, 1);
    assert_int_equal(counts[0].cases, 2);
    versions_close(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_preview_names_what_changes),
        cmocka_unit_test(a_case_goes_by_the_rules_of_its_new_version),
        cmocka_unit_test(what_stands_still_goes_on_standing),
        cmocka_unit_test(not_everything_is_moved_by_everybody),
        cmocka_unit_test(old_ones_are_listed_until_they_are_moved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
