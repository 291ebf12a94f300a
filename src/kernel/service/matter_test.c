/* matter_test — what a matter costs, by when it is due, and whether it can be applied for.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service.h"

#include "base/arena.h"
#include "host/json/json.h"
#include "kernel/office/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind, &service_kind };

#define T "{ zh: 題, en: Q, ja: 問 }"

static const char zoning[] =
    "format: 1\nkind: service\nkey: zoning\n"
    "name: " T "\nsummary: " T "\ngroup: " T "\nunit: works\nwho: " T "\nlaw: " T "\n"
    "limit: { value: 3, unit: working }\n"
    "limits:\n"
    "  - { way: online, when: parcels <= 5, value: 2, unit: working, name: " T " }\n"
    "  - { when: parcels > 5, value: 6, unit: working, name: " T " }\n"
    "pause: [supply]\n"
    "control: { value: 6, unit: working, extend: { times: 3, level: secretary } }\n"
    "ways: [online, counter]\nmatter: m\nresult_name: " T "\npurpose: " T "\n"
    "updated: 2026-01-05\n"
    "papers:\n"
    "  - { key: map, name: " T ", looked_up: true }\n"
    "  - { key: proof, name: " T ", when: poor == true }\n"
    "fees:\n"
    "  - key: base\n    what: " T "\n    dollars: 100\n    law: 收費標準 2\n"
    "    until: 2026-12-31\n"
    "    waivers:\n"
    "      - { key: low_income, what: " T ", when: poor == true, proof: " T " }\n"
    "      - { key: our_mistake, what: " T " }\n"
    "  - { key: base_next, what: " T ", dollars: 120, from: 2027-01-01, law: 收費標準 2 }\n"
    "  - { key: more, what: " T ", dollars: 20, times: parcels - 5, law: 收費標準 2 }\n"
    "  - { key: copies, what: " T ", dollars: 20, times: copies - 1, law: 收費標準 2 }\n"
    "  - { key: counter, what: " T ", dollars: 5, when: 'way == \"counter\"', law: 收費標準 3 }\n"
    "  - { key: pages, what: " T ", dollars: 2, counted: true }\n" /* a clerk's to say */
    "  - { key: area, what: " T ", dollars: 1, times: 'sum(land, \"area\") / 100', law: 3 }\n"
    "steps:\n  - key: one\n    title: " T "\n    questions:\n"
    "      - { key: parcels, type: number, required: false, label: " T " }\n"
    "      - { key: copies, type: number, required: false, label: " T " }\n"
    "      - { key: poor, type: yesno, required: false, label: " T " }\n"
    "      - key: land\n        type: rows\n        required: false\n        label: " T "\n"
    "        columns: [ { key: area, type: number, label: " T " } ]\n";

struct world {
    struct arena *arena;
    struct catalog *catalog;
    const struct service *service;
};

static struct world world_of(const char *source)
{
    struct world w = { .arena = arena_new((size_t)64 << 20) };
    struct definition d = { .file = STR("z.yaml"), .source = str_of(source), .version = 1 };
    struct mistakes m;

    mistakes_init(&m, w.arena);
    assert_null(pack_check(kinds, 3, &d, 1, day_of(2026, 11, 22), &m));
    for (const struct mistake *x = m.first; x != NULL; x = x->next) {
        fail_msg("%.*s %s", STR_ARG(x->place), x->say.id);
    }
    assert_null(catalog_build(kinds, 3, 7, &d, 1, &m, &w.catalog));
    w.service = catalog_at(w.catalog, "service", 0);
    return w;
}

static struct service_matter matter_of(struct world *w, const char *json, enum service_way way,
                                       day today)
{
    struct answers *answers = ARENA_NEW(w->arena, struct answers);
    const struct json *j = NULL;
    struct mistakes m;

    mistakes_init(&m, w->arena);
    assert_null(answers_init(w->arena, &w->service->form, answers));
    assert_null(json_parse(w->arena, str_of(json), &j));
    assert_null(answers_read_json(w->arena, answers, j, today, &m));
    assert_int_equal(m.count, 0);
    return (struct service_matter){ w->service, answers, way, today };
}

static void world_end(struct world *w)
{
    catalog_release(w->catalog);
    arena_free(w->arena);
}

/* `lines`: "key×times=dollars …" */
static const struct { const char *story, *answers; enum service_way way; int year; const char *granted;
    const char *lines; int64_t dollars, waived; } fees[] = {
    { "one parcel, one copy, on line", "{\"parcels\":1,\"copies\":1}", WAY_ONLINE, 2026, "",
      "base×1=100 ", 100, 0 },
    { "seven parcels, three copies at the counter", "{\"parcels\":7,\"copies\":3}", WAY_COUNTER,
      2026, "", "base×1=100 more×2=40 copies×2=40 counter×1=5 ", 185, 0 },
    { "nothing is known yet", "{}", WAY_NONE, 2026, "", "base×1=100 ", 100, 0 },
    { "next year the fee is another", "{\"parcels\":1}", WAY_ONLINE, 2027, "",
      "base_next×1=120 ", 120, 0 },
    { "low income by the answer", "{\"poor\":true,\"copies\":2}", WAY_ONLINE, 2026, "",
      "base×1=0 copies×1=20 ", 20, 100 },
    { "granted by a clerk", "{}", WAY_COUNTER, 2026, "our_mistake", "base×1=0 counter×1=5 ", 5,
      100 },
    { "by area of the rows, begun hundreds count", "{\"land\":[{\"area\":130},{\"area\":90}]}",
      WAY_ONLINE, 2026, "", "base×1=100 area×3=3 ", 103, 0 },
};

static void a_matter_costs(void **state)
{
    struct world w = world_of(zoning);

    (void)state;
    for (size_t i = 0; i < sizeof fees / sizeof *fees; i++) {
        struct service_matter m = matter_of(&w, fees[i].answers, fees[i].way,
                                            day_of(fees[i].year, 3, 2));
        str granted = str_of(fees[i].granted);
        struct service_fee_total total;
        char told[300] = "";

        assert_null(service_fee_total(w.arena, &m, &granted, granted.len > 0, &total));
        for (size_t n = 0; n < total.lines_count; n++) {
            const struct service_fee_line *l = &total.lines[n];
            size_t used = strlen(told);

            snprintf(told + used, sizeof told - used, "%.*s×%lld=%lld ", STR_ARG(l->fee->key),
                     (long long)l->times, (long long)l->dollars);
        }
        if (strcmp(told, fees[i].lines) != 0 || total.dollars != fees[i].dollars ||
            total.waived != fees[i].waived) {
            fail_msg("%s: %s %lld", fees[i].story, told, (long long)total.dollars);
        }
    }
    world_end(&w);
}

static const struct { const char *story, *answers; enum service_way way; int days; } limits[] = {
    { "on line, few parcels", "{\"parcels\":1}", WAY_ONLINE, 2 },
    { "on line, many", "{\"parcels\":6}", WAY_ONLINE, 6 },
    { "at the counter, few: the published one", "{\"parcels\":1}", WAY_COUNTER, 3 },
    { "at the counter, many", "{\"parcels\":6}", WAY_COUNTER, 6 },
    { "nothing known", "{}", WAY_NONE, 3 },
};

static void the_first_limit_that_fits_counts(void **state)
{
    struct world w = world_of(zoning);
    struct clock_rule control;

    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct service_matter m = matter_of(&w, limits[i].answers, limits[i].way,
                                            day_of(2026, 3, 2));
        struct clock_rule r;

        assert_null(service_clock(w.arena, &m, &r));
        assert_int_equal(r.kind, CLOCK_STATUTORY);
        assert_int_equal(r.pauses, CLOCK_GROUND(CLOCK_PAUSE_SUPPLY));
        if (r.stages_count != 1 || r.stages[0].limit.value != limits[i].days) {
            fail_msg("%s: %d", limits[i].story, r.stages[0].limit.value);
        }
    }
    assert_true(service_control_clock(NULL, w.service, &control));
    assert_int_equal(control.extend.times, 3);
    assert_true(str_equal(control.extend.level, STR("secretary")));
    world_end(&w);
}

static void a_paper_is_needed_by_its_rule(void **state)
{
    struct world w = world_of(zoning);
    struct service_matter poor = matter_of(&w, "{\"poor\":true}", WAY_ONLINE,
                                           day_of(2026, 3, 2));
    struct service_matter rich = matter_of(&w, "{\"poor\":false}", WAY_ONLINE,
                                           day_of(2026, 3, 2));
    bool needed = true;

    (void)state;
    assert_null(service_paper_needed(w.arena, &poor, &w.service->papers[0], &needed));
    assert_false(needed);
    assert_null(service_paper_needed(w.arena, &poor, &w.service->papers[1], &needed));
    assert_true(needed);
    assert_null(service_paper_needed(w.arena, &rich, &w.service->papers[1], &needed));
    assert_false(needed);
    world_end(&w);
}

static void stages_run_one_after_the_other(void **state)
{
    static const struct service_stage stages[] = {
        { .limit = { 10, LIMIT_WORKING } },
        { .by = { { STR_INIT("社會局"), STR_INIT(""), STR_INIT("") } },
          .limit = { 20, LIMIT_WORKING } },
    };
    struct service s = { .limit = { 10, LIMIT_WORKING }, .stages = stages, .stages_count = 2 };
    struct service one = { .limit = { 30, LIMIT_WORKING } };
    struct words w = service_term_words(&s);

    (void)state;
    assert_int_equal(service_due(calendar_official(), &s, day_of(2026, 3, 2)),
                     service_due(calendar_official(), &one, day_of(2026, 3, 2)));
    assert_int_equal(w.value[0].number, 30);
}

static const struct { const char *story; struct service_status status; int today[3];
    enum service_state state; int opens[3]; } stands[] = {
    { "open", { .state = SERVICE_OPEN }, { 2026, 5, 1 }, SERVICE_OPEN, { 0 } },
    { "in season", { .state = SERVICE_SEASONAL, .opens = { 10, 1 }, .closes = { 12, 31 } },
      { 2026, 10, 1 }, SERVICE_OPEN, { 0 } },
    { "the last day of the season",
      { .state = SERVICE_SEASONAL, .opens = { 10, 1 }, .closes = { 12, 31 } }, { 2026, 12, 31 },
      SERVICE_OPEN, { 0 } },
    { "before it", { .state = SERVICE_SEASONAL, .opens = { 10, 1 }, .closes = { 12, 31 } },
      { 2026, 9, 30 }, SERVICE_SEASONAL, { 2026, 10, 1 } },
    { "after it", { .state = SERVICE_SEASONAL, .opens = { 3, 1 }, .closes = { 5, 31 } },
      { 2026, 6, 1 }, SERVICE_SEASONAL, { 2027, 3, 1 } },
    { "a season over new year",
      { .state = SERVICE_SEASONAL, .opens = { 11, 1 }, .closes = { 2, 29 } }, { 2027, 2, 28 },
      SERVICE_OPEN, { 0 } },
    { "and after it", { .state = SERVICE_SEASONAL, .opens = { 11, 1 }, .closes = { 2, 29 } },
      { 2027, 3, 1 }, SERVICE_SEASONAL, { 2027, 11, 1 } },
};

static void a_service_stands(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stands / sizeof *stands; i++) {
        struct service s = { .status = stands[i].status };
        struct service_standing t = service_stands(
            &s, day_of(stands[i].today[0], stands[i].today[1], stands[i].today[2]));
        day opens = stands[i].opens[0] == 0
                        ? DAY_NONE
                        : day_of(stands[i].opens[0], stands[i].opens[1], stands[i].opens[2]);

        if (t.state != stands[i].state || (opens != DAY_NONE && t.opens_on != opens)) {
            fail_msg("%s", stands[i].story);
        }
    }
}

static void a_pause_begins_and_ends_on_its_days(void **state)
{
    struct service s = { .status = { .state = SERVICE_PAUSED, .since = day_of(2026, 11, 1),
                                     .until = day_of(2026, 11, 30) } };

    (void)state;
    assert_int_equal(service_stands(&s, day_of(2026, 10, 31)).state, SERVICE_OPEN);
    assert_int_equal(service_stands(&s, day_of(2026, 11, 1)).state, SERVICE_PAUSED);
    assert_int_equal(service_stands(&s, day_of(2026, 12, 1)).state, SERVICE_OPEN);
    s.status.until = DAY_NONE;
    assert_int_equal(service_stands(&s, day_of(2028, 1, 1)).state, SERVICE_PAUSED);
    s.status.state = SERVICE_CLOSED;
    assert_int_equal(service_stands(&s, day_of(2028, 1, 1)).state, SERVICE_CLOSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_matter_costs),
        cmocka_unit_test(the_first_limit_that_fits_counts),
        cmocka_unit_test(a_paper_is_needed_by_its_rule),
        cmocka_unit_test(stages_run_one_after_the_other),
        cmocka_unit_test(a_service_stands),
        cmocka_unit_test(a_pause_begins_and_ends_on_its_days),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
