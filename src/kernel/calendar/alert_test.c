/* alert_test — sentences of the feed and what they close.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/alert.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define NOW "2026-07-23T20:00:00+08:00"

static void a_notice_closes_what_it_says(void **state)
{
    static const struct {
        const char *story, *summary;
        size_t count;
        const char *day; /* of the last one */
        int from, until;
    } rows[] = {
        { "tomorrow, the whole day", "[停班停課通知]雲川市:明天停止上班、停止上課。", 1,
          "2026-07-24", 0, 1440 },
        { "today in the afternoon", "[停班停課通知]雲川市:今天下午已達停止上班及上課標準。", 1,
          "2026-07-23", 720, 1440 },
        { "a date", "[停班停課通知]雲川市:7/24停止上班、停止上課。人事行政總處。", 1, "2026-07-24",
          0, 1440 },
        { "a date in words", "[停班停課通知]雲川市：7月25日上午停止上班。", 1, "2026-07-25", 0,
          720 },
        { "from an hour on", "[停班停課通知]雲川市:今天14時起停止上班、停止上課。", 1,
          "2026-07-23", 840, 1440 },
        { "in the evening", "[停班停課通知]雲川市:今天晚上停止上班、停止上課。", 1, "2026-07-23",
          1080, 1440 },
        { "tonight and tomorrow",
          "[停班停課通知]雲川市:今天晚上停止上班、停止上課，明天停止上班、停止上課。", 2,
          "2026-07-24", 0, 1440 },
        { "schools alone close no office", "[停班停課通知]雲川市:明天照常上班、停止上課。", 0,
          NULL, 0, 0 },
        { "not reached", "[停班停課通知]雲川市:明天未達停止上班及上課標準。", 0, NULL, 0, 0 },
        { "no place", "明天停止上班", 0, NULL, 0, 0 },
        { "nothing", "", 0, NULL, 0, 0 },
    };
    struct arena *a = arena_new(0);
    int64_t now;

    assert_true(alert_time(STR(NOW), &now));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct alert_entry e = {
            STR("dgpa_1"), STR("2026-07-23T19:00:45+08:00"), STR(""), STR("Actual"),
            STR("Alert"), str_of(rows[i].summary),
        };
        struct alert_closure c[ALERT_CLOSURES_MOST];
        size_t n = alert_closures(a, &e, now, c);
        bool right = n == rows[i].count;

        if (right && n > 0) {
            right = str_equal(day_iso(a, c[n - 1].span.day), str_of(rows[i].day)) &&
                    c[n - 1].span.from_minute == rows[i].from &&
                    c[n - 1].span.until_minute == rows[i].until &&
                    str_equal(c[n - 1].area, STR("雲川市"));
        }
        if (!right) {
            fail_msg("%s: %zu, %s %d..%d", rows[i].story, n,
                     n == 0 ? "" : str_z(a, day_iso(a, c[n - 1].span.day)),
                     n == 0 ? 0 : c[n - 1].span.from_minute,
                     n == 0 ? 0 : c[n - 1].span.until_minute);
        }
    }
    arena_free(a);
    (void)state;
}

static void what_is_over_or_only_a_test_closes_nothing(void **state)
{
    static const struct {
        const char *story, *updated, *expires, *status, *kind;
        size_t want;
    } rows[] = {
        { "in force", "2026-07-23T19:00:00+08:00", "2026-07-25T00:00:00+08:00", "Actual",
          "Alert", 1 },
        { "in force, as the feed writes it for people", "2026-07-23T19:00:00+08:00",
          "2026/7/25 上午 12:00:00", "Actual", "Alert", 1 },
        { "expired", "2026-07-22T19:00:00+08:00", "2026-07-23T00:00:00+08:00", "Actual",
          "Alert", 0 },
        { "expired this afternoon", "2026-07-22T19:00:00+08:00", "2026/7/23 下午 05:00:00",
          "Actual", "Alert", 0 },
        { "a test", "2026-07-23T19:00:00+08:00", "", "Test", "Alert", 0 },
        { "taken back", "2026-07-23T19:00:00+08:00", "", "Actual", "Cancel", 1 },
        { "taken back, long ago", "2026-07-22T19:00:00+08:00", "2026-07-23T00:00:00+08:00",
          "Actual", "Cancel", 0 },
        { "no time", "yesterday", "", "Actual", "Alert", 0 },
    };
    struct arena *a = arena_new(0);
    int64_t now;

    assert_true(alert_time(STR(NOW), &now));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct alert_entry e = {
            STR("x"), str_of(rows[i].updated), str_of(rows[i].expires),
            str_of(rows[i].status), str_of(rows[i].kind),
            STR("[停班停課通知]雲川市:明天停止上班、停止上課。"),
        };
        struct alert_closure c[ALERT_CLOSURES_MOST];

        if (alert_closures(a, &e, now, c) != rows[i].want) {
            fail_msg("%s", rows[i].story);
        }
        if (rows[i].want > 0) {
            assert_int_equal(c[0].taken_back, str_equal(e.kind, STR("Cancel")));
        }
    }
    arena_free(a);
    (void)state;
}

static void a_place_is_the_city_or_one_district(void **state)
{
    static const struct {
        const char *area, *city, *office;
        enum alert_reach want;
    } rows[] = {
        { "雲川市", "雲川市", "雲川市青田區公所", ALERT_CITY },
        { "雲川市青田區", "雲川市", "雲川市青田區公所", ALERT_OFFICE },
        { "雲川市青埔區", "雲川市", "雲川市青田區公所", ALERT_ELSEWHERE },
        { "台北市", "臺北市", "臺北市信義區公所", ALERT_CITY },
        { "臺中市", "臺北市", "臺北市信義區公所", ALERT_ELSEWHERE },
        { "雲川市", "", "x", ALERT_ELSEWHERE },
    };
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (alert_reach_of(a, str_of(rows[i].area), str_of(rows[i].city),
                           str_of(rows[i].office)) != rows[i].want) {
            fail_msg("%s for %s", rows[i].area, rows[i].office);
        }
    }
    arena_free(a);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_closes_what_it_says),
        cmocka_unit_test(what_is_over_or_only_a_test_closes_nothing),
        cmocka_unit_test(a_place_is_the_city_or_one_district),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
