/* Offices, people, duties with dates, deputies and passwords, on a real store.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/party/party.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define OFFICE 7
#define TODAY 20500

struct step {
    enum { PUT_OFFICE, PUT_UNIT, PUT_STAFF, AWAY, PASSWORD } what;
    struct staff staff;
    str word;
    day from, to;
};

static const struct actor admin = { .agency = OFFICE, .staff = 99 };

static err run_step(void *context, struct arena *a, struct tx *tx)
{
    const struct step *s = context;
    struct agency office = { .id = OFFICE, .key = s->word, .case_prefix = STR("DA"),
                             .name = { { STR("安和區公所"), STR("Anhe Office"), STR("") } } };
    struct unit unit = { .id = 70, .key = s->word, .name = { { STR("民政課") } } };

    switch (s->what) {
    case PUT_OFFICE:
        return agency_put(a, tx, &admin, 1000, &office);
    case PUT_UNIT:
        return unit_put(a, tx, &admin, 1000, OFFICE, &unit);
    case PUT_STAFF:
        return staff_put(a, tx, &admin, 1000, &s->staff, s->from);
    case AWAY:
        return staff_away(a, tx, &admin, 1000, OFFICE, s->staff.id, s->from, s->to);
    case PASSWORD:
        return staff_set_password(a, tx, &admin, 1000, OFFICE, s->staff.id, s->word);
    }
    return NULL;
}

static err step(struct store *s, struct arena *a, struct step what)
{
    return store_commit(s, a, OFFICE, run_step, &what);
}

static struct staff person(int64_t id, const char *sign_name, duty_set duties)
{
    return (struct staff){ .id = id, .agency = OFFICE, .unit = 70, .deputy = id == 1 ? 2 : 0,
                           .sign_name = str_of(sign_name), .name = STR("林文華"),
                           .title = STR("課長"), .duties = duties, .active = true };
}

static void fill(struct store *s, struct arena *a)
{
    assert_null(step(s, a, (struct step){ .what = PUT_OFFICE, .word = STR("district") }));
    assert_null(step(s, a, (struct step){ .what = PUT_UNIT, .word = STR("civil") }));
    assert_null(step(s, a, (struct step){ .what = PUT_STAFF, .from = TODAY - 100,
                     .staff = person(1, "chief", DUTY(DUTY_UNIT_HEAD)) }));
    assert_null(step(s, a, (struct step){ .what = PUT_STAFF, .from = TODAY - 100,
                     .staff = person(2, "clerk", DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER)) }));
}

static void an_office_and_its_people_are_found(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    struct snap *snap;
    struct agency *offices, one;
    struct unit *units;
    struct staff *list, found;
    size_t count;

    assert_null(store_open_scratch(a, &s));
    fill(s, a);
    assert_null(snap_begin(a, s, &snap));
    assert_null(agency_list(a, snap, &offices, &count));
    assert_int_equal(count, 1);
    assert_null(agency_by_key(a, snap, STR("district"), &one));
    assert_int_equal(one.id, OFFICE);
    assert_true(str_equal(one.name.in[LANG_EN], STR("Anhe Office")));
    assert_int_equal(agency_by_key(a, snap, STR("nowhere"), &one)->kind, ERR_MISSING);
    assert_null(unit_list(a, snap, OFFICE, &units, &count));
    assert_int_equal(count, 1);
    assert_null(staff_list(a, snap, OFFICE, TODAY, &list, &count));
    assert_int_equal(count, 2);
    assert_null(staff_by_sign_name(a, snap, OFFICE, STR("clerk"), TODAY, &found));
    assert_int_equal(found.duties, DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER));
    assert_int_equal(staff_by_sign_name(a, snap, 8, STR("clerk"), TODAY, &found)->kind,
                     ERR_MISSING);
    arena_free(a);
}

static const struct {
    const char *story;
    day on;
    duty_set want;
} dates[] = {
    { "before the first day", TODAY - 101, 0 },
    { "on the first day", TODAY - 100, DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER) },
    { "the day before the change", TODAY + 9, DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER) },
    { "on the day of the change", TODAY + 10, DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE) },
    { "long after", TODAY + 5000, DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE) },
};

static void duties_have_dates(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    struct snap *snap;
    struct staff found;

    assert_null(store_open_scratch(a, &s));
    fill(s, a);
    assert_null(step(s, a, (struct step){ .what = PUT_STAFF, .from = TODAY + 10,
                     .staff = person(2, "clerk", DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE)) }));
    assert_null(snap_begin(a, s, &snap));
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        assert_null(staff_by_id(a, snap, OFFICE, 2, dates[i].on, &found));
        if (found.duties != dates[i].want) {
            fail_msg("%s: %x", dates[i].story, found.duties);
        }
    }
    arena_free(a);
}

static size_t stands_on(struct store *s, struct arena *a, day on)
{
    struct snap *snap;
    struct actor who;

    assert_null(snap_begin(a, s, &snap));
    assert_null(actor_load(a, snap, OFFICE, 2, on, &who));
    if (who.stands_for_count == 1) {
        assert_int_equal(who.stands_for[0].staff, 1);
        assert_int_equal(who.stands_for[0].duties, DUTY(DUTY_UNIT_HEAD));
    }
    snap_end(snap);
    return who.stands_for_count;
}

static void a_deputy_stands_in_while_the_colleague_is_away(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    struct step away = { .what = AWAY, .staff = { .id = 1 }, .from = TODAY, .to = TODAY + 2 };

    assert_null(store_open_scratch(a, &s));
    fill(s, a);
    assert_int_equal(stands_on(s, a, TODAY), 0);
    assert_null(step(s, a, away));
    assert_int_equal(stands_on(s, a, TODAY - 1), 0);
    assert_int_equal(stands_on(s, a, TODAY), 1);
    assert_int_equal(stands_on(s, a, TODAY + 2), 1);
    assert_int_equal(stands_on(s, a, TODAY + 3), 0);
    away.to = TODAY - 1;
    assert_null(step(s, a, away));
    assert_int_equal(stands_on(s, a, TODAY), 0);
    arena_free(a);
}

static void who_has_left_cannot_act(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    struct snap *snap;
    struct actor who;
    struct staff gone = person(2, "clerk", 0);

    gone.active = false;
    assert_null(store_open_scratch(a, &s));
    fill(s, a);
    assert_null(step(s, a, (struct step){ .what = PUT_STAFF, .from = TODAY, .staff = gone }));
    assert_null(snap_begin(a, s, &snap));
    assert_int_equal(actor_load(a, snap, OFFICE, 2, TODAY, &who)->kind, ERR_MISSING);
    arena_free(a);
}

static void a_sign_in_name_belongs_to_one_person(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    struct step twice = { .what = PUT_STAFF, .from = TODAY,
                          .staff = person(3, "clerk", DUTY(DUTY_OFFICER)) };

    assert_null(store_open_scratch(a, &s));
    fill(s, a);
    assert_int_equal(step(s, a, twice)->kind, ERR_CONFLICT);
    arena_free(a);
}

static void the_last_three_passwords_are_remembered(void **state)
{
    static const char *const set[] = { "one", "two", "three", "four", "five" };
    struct arena *a = arena_new(0);
    struct store *s;
    struct snap *snap;
    str *list, now;
    size_t count;

    assert_null(store_open_scratch(a, &s));
    fill(s, a);
    assert_null(snap_begin(a, s, &snap));
    assert_int_equal(staff_password(a, snap, OFFICE, 2, &now)->kind, ERR_MISSING);
    snap_end(snap);
    for (size_t i = 0; i < 5; i++) {
        assert_null(step(s, a, (struct step){ .what = PASSWORD, .staff = { .id = 2 },
                                              .word = str_of(set[i]) }));
    }
    assert_null(snap_begin(a, s, &snap));
    assert_null(staff_password(a, snap, OFFICE, 2, &now));
    assert_true(str_equal(now, STR("five")));
    assert_null(staff_passwords(a, snap, OFFICE, 2, &list, &count));
    assert_int_equal(count, PASSWORDS_REMEMBERED);
    assert_true(str_equal(list[0], STR("five")));
    assert_true(str_equal(list[2], STR("three")));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_office_and_its_people_are_found),
        cmocka_unit_test(duties_have_dates),
        cmocka_unit_test(a_deputy_stands_in_while_the_colleague_is_away),
        cmocka_unit_test(who_has_left_cannot_act),
        cmocka_unit_test(a_sign_in_name_belongs_to_one_person),
        cmocka_unit_test(the_last_three_passwords_are_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
