/* Who may do what with a case in which state; how events fold; how numbers are checked.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OFFICE 7
#define UNIT 70
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

enum { ME = 1, OTHER = 2, CHIEF = 3 };

static const struct stand_in chief_away[] = {
    { .staff = CHIEF, .unit = UNIT, .duties = DUTY(DUTY_UNIT_HEAD) },
};
static const struct stand_in officer_away[] = {
    { .staff = ME, .unit = UNIT, .duties = DUTY(DUTY_OFFICER) },
};

/* People, as they stand to a case of unit 70 that is assigned to ME. */
static const struct person {
    const char *who;
    struct actor actor;
    bool sees;
} people[] = {
    { "the officer in charge", { OFFICE, ME, UNIT, DUTY(DUTY_OFFICER), .name = { 0 } }, true },
    { "a colleague of the unit", { OFFICE, OTHER, UNIT, DUTY(DUTY_OFFICER), .name = { 0 } }, true },
    { "a village officer of the unit",
      { OFFICE, OTHER, UNIT, DUTY(DUTY_VILLAGE), .name = { 0 } }, true },
    { "the unit head", { OFFICE, CHIEF, UNIT, DUTY(DUTY_UNIT_HEAD), .name = { 0 } }, true },
    { "the dispatcher", { OFFICE, OTHER, UNIT, DUTY(DUTY_DISPATCHER), .name = { 0 } }, true },
    { "the head", { OFFICE, 9, 90, DUTY(DUTY_HEAD), .name = { 0 } }, true },
    { "the secretary-general", { OFFICE, 9, 90, DUTY(DUTY_SECRETARY), .name = { 0 } }, true },
    { "the coordinator", { OFFICE, 9, 90, DUTY(DUTY_COORDINATOR), .name = { 0 } }, true },
    { "the auditor", { OFFICE, 9, 90, DUTY(DUTY_AUDITOR), .name = { 0 } }, true },
    { "an officer of another unit", { OFFICE, 9, 90, DUTY(DUTY_OFFICER), .name = { 0 } }, false },
    { "the head of another unit", { OFFICE, 9, 90, DUTY(DUTY_UNIT_HEAD), .name = { 0 } }, false },
    { "the system administrator", { OFFICE, 9, UNIT, DUTY(DUTY_ADMIN), .name = { 0 } }, false },
    { "government ethics", { OFFICE, 9, UNIT, DUTY(DUTY_ETHICS), .name = { 0 } }, false },
    { "a volunteer of the unit", { OFFICE, 9, UNIT, DUTY(DUTY_VOLUNTEER), .name = { 0 } }, false },
    { "a cashier of the unit", { OFFICE, 9, UNIT, DUTY(DUTY_CASHIER), .name = { 0 } }, false },
    { "the head of another office", { 8, 9, UNIT, DUTY(DUTY_HEAD), .name = { 0 } }, false },
    { "the officer in charge of another office",
      { 8, ME, UNIT, DUTY(DUTY_OFFICER), .name = { 0 } }, false },
    { "the deputy of the unit head who is away",
      { OFFICE, 9, 90, DUTY(DUTY_OFFICER), { 0 }, chief_away, 1 }, true },
    { "the deputy of the officer who is away",
      { OFFICE, OTHER, UNIT, DUTY(DUTY_OFFICER), { 0 }, officer_away, 1 }, true },
    { "the owner", { .agency = OFFICE }, false },
    { "a visitor of another office's page", { .agency = 8 }, false },
};

/* What each may do, by state; who is not named in a state may do nothing. The matter is
 * decided by the unit head. */
static const struct {
    enum case_state state;
    const char *who, *may;
} rights[] = {
    { CASE_RECEIVED, "a colleague of the unit", "take note" },
    { CASE_RECEIVED, "the officer in charge", "take note" },
    { CASE_RECEIVED, "a village officer of the unit", "take note" },
    { CASE_RECEIVED, "the unit head", "take assign note" },
    { CASE_RECEIVED, "the dispatcher", "assign note" },
    { CASE_RECEIVED, "the deputy of the unit head who is away", "take assign note" },
    { CASE_RECEIVED, "the deputy of the officer who is away", "take note" },
    { CASE_RECEIVED, "the owner", "withdraw" },

    { CASE_IN_WORK, "the officer in charge", "note propose send_back" },
    { CASE_IN_WORK, "the deputy of the officer who is away", "note propose send_back" },
    { CASE_IN_WORK, "the unit head", "assign note" },
    { CASE_IN_WORK, "the dispatcher", "assign note" },
    { CASE_IN_WORK, "the deputy of the unit head who is away", "assign note" },
    { CASE_IN_WORK, "the owner", "withdraw" },

    { CASE_SENT_BACK, "the officer in charge", "note resume" },
    { CASE_SENT_BACK, "the deputy of the officer who is away", "note resume" },
    { CASE_SENT_BACK, "the unit head", "assign note" },
    { CASE_SENT_BACK, "the dispatcher", "assign note" },
    { CASE_SENT_BACK, "the deputy of the unit head who is away", "assign note" },
    { CASE_SENT_BACK, "the owner", "withdraw" },

    { CASE_PROPOSED, "the officer in charge", "note" },
    { CASE_PROPOSED, "the deputy of the officer who is away", "note" },
    { CASE_PROPOSED, "the dispatcher", "note" },
    { CASE_PROPOSED, "the unit head", "note return decide" },
    { CASE_PROPOSED, "the deputy of the unit head who is away", "note return decide" },
    { CASE_PROPOSED, "the owner", "withdraw" },

    { CASE_DECIDED, "the officer in charge", "note issue collect" },
    { CASE_DECIDED, "the deputy of the officer who is away", "note issue collect" },
    { CASE_DECIDED, "the unit head", "assign note" },
    { CASE_DECIDED, "the dispatcher", "assign note" },
    { CASE_DECIDED, "the deputy of the unit head who is away", "assign note" },

    { CASE_REFUSED, "the officer in charge", "note issue" },
    { CASE_REFUSED, "the deputy of the officer who is away", "note issue" },
    { CASE_REFUSED, "the unit head", "assign note" },
    { CASE_REFUSED, "the dispatcher", "assign note" },
    { CASE_REFUSED, "the deputy of the unit head who is away", "assign note" },

    { CASE_ISSUED, "the officer in charge", "note collect close" },
    { CASE_ISSUED, "the deputy of the officer who is away", "note collect close" },
    { CASE_ISSUED, "a colleague of the unit", "collect" },
    { CASE_ISSUED, "a village officer of the unit", "collect" },
    { CASE_ISSUED, "the unit head", "assign note collect" },
    { CASE_ISSUED, "the dispatcher", "assign note" },
    { CASE_ISSUED, "the deputy of the unit head who is away", "assign note collect" },

    { CASE_COLLECTED, "the officer in charge", "note close" },
    { CASE_COLLECTED, "the deputy of the officer who is away", "note close" },
    { CASE_COLLECTED, "the unit head", "assign note" },
    { CASE_COLLECTED, "the dispatcher", "assign note" },
    { CASE_COLLECTED, "the deputy of the unit head who is away", "assign note" },
};

static bool listed(const char *list, str word)
{
    str rest = str_of(list), piece;

    while (str_cut(&rest, ' ', &piece)) {
        if (str_equal(piece, word)) {
            return true;
        }
    }
    return false;
}

static const char *right_of(enum case_state state, const char *who)
{
    for (size_t i = 0; i < COUNT(rights); i++) {
        if (rights[i].state == state && strcmp(rights[i].who, who) == 0) {
            return rights[i].may;
        }
    }
    return "";
}

static void every_act_in_every_state_by_everybody(void **state)
{
    int wrong = 0;

    for (int s = 0; s < CASE_STATES; s++) {
        struct casefile c = { .agency = OFFICE, .id = 1, .unit = UNIT, .officer = ME,
                              .level = LEVEL_UNIT_HEAD, .state = (enum case_state)s };

        for (size_t p = 0; p < COUNT(people); p++) {
            for (int act = 0; act < ACT_COUNT; act++) {
                bool want = listed(right_of(c.state, people[p].who), case_act_key[act]);

                if (casefile_may(&people[p].actor, &c, (enum case_act)act) != want) {
                    print_error("%s: %s may%s %s\n", case_state_key[s].at, people[p].who,
                                want ? "" : " not", case_act_key[act].at);
                    wrong++;
                }
            }
        }
    }
    assert_int_equal(wrong, 0);
}

static void who_sees_a_case(void **state)
{
    struct casefile c = { .agency = OFFICE, .id = 1, .unit = UNIT, .officer = ME,
                          .level = LEVEL_UNIT_HEAD, .state = CASE_IN_WORK };

    for (size_t p = 0; p < COUNT(people); p++) {
        if (casefile_may_see(&people[p].actor, &c) != people[p].sees) {
            fail_msg("%s %s", people[p].who, people[p].sees ? "sees it" : "does not see it");
        }
    }
}

static const struct {
    const char *story;
    enum level level;
    const char *decider;
    enum case_state after_proposal;
} levels[] = {
    { "the officer decides himself", LEVEL_OFFICER, NULL, CASE_DECIDED },
    { "the unit head decides", LEVEL_UNIT_HEAD, "the unit head", CASE_PROPOSED },
    { "the secretary-general decides", LEVEL_SECRETARY, "the secretary-general", CASE_PROPOSED },
    { "the head decides", LEVEL_HEAD, "the head", CASE_PROPOSED },
};

static void the_level_decides_and_nobody_else(void **state)
{
    for (size_t i = 0; i < COUNT(levels); i++) {
        struct casefile c = { .agency = OFFICE, .id = 1, .unit = UNIT, .officer = ME,
                              .level = levels[i].level, .state = CASE_PROPOSED };
        enum case_state to = CASE_RECEIVED;

        assert_true(flow_next(CASE_IN_WORK, ACT_PROPOSE, c.level, true, &to));
        assert_int_equal(to, levels[i].after_proposal);
        for (size_t p = 0; p < COUNT(people); p++) {
            bool deputy = strcmp(people[p].who, "the deputy of the unit head who is away") == 0;
            bool want = levels[i].decider != NULL &&
                        (strcmp(people[p].who, levels[i].decider) == 0 ||
                         (deputy && c.level == LEVEL_UNIT_HEAD));

            if (casefile_may(&people[p].actor, &c, ACT_DECIDE) != want ||
                casefile_decides(&people[p].actor, &c) != want) {
                fail_msg("%s: %s", levels[i].story, people[p].who);
            }
            assert_int_equal(casefile_as_deputy(&people[p].actor, &c, ACT_DECIDE),
                             want && deputy);
        }
    }
}

static void an_officer_refuses_by_proposal_where_he_decides(void **state)
{
    enum case_state to = CASE_RECEIVED;

    assert_true(flow_next(CASE_IN_WORK, ACT_PROPOSE, LEVEL_OFFICER, false, &to));
    assert_int_equal(to, CASE_REFUSED);
    assert_true(flow_next(CASE_PROPOSED, ACT_DECIDE, LEVEL_HEAD, false, &to));
    assert_int_equal(to, CASE_REFUSED);
    assert_false(flow_next(CASE_CLOSED, ACT_NOTE, LEVEL_HEAD, true, &to));
}

static void a_refusal_is_closed_only_after_its_letter(void **state)
{
    struct casefile c = { .agency = OFFICE, .unit = UNIT, .officer = ME,
                          .level = LEVEL_UNIT_HEAD, .state = CASE_REFUSED };

    assert_false(casefile_may(&people[0].actor, &c, ACT_CLOSE));
    c.document_number = STR("1150000123");
    assert_true(casefile_may(&people[0].actor, &c, ACT_CLOSE));
}

static void outside_a_proposal_is_work(void **state)
{
    for (int s = 0; s < CASE_STATES; s++) {
        enum case_state want = s == CASE_PROPOSED ? CASE_IN_WORK : (enum case_state)s;

        assert_int_equal(case_state_outside((enum case_state)s), want);
        assert_non_null(case_state_name[s]);
        assert_non_null(case_state_public_name[s]);
    }
}

/* A whole life, told by its events. */
static const struct case_fact life[] = {
    { .kind = STR_INIT("case.received"), .at_ms = 100, .changes = 1, .unit = UNIT,
      .due = 20000, .level = LEVEL_UNIT_HEAD },
    { .kind = STR_INIT("case.taken"), .at_ms = 200, .actor = ME, .changes = 2, .officer = ME },
    { .kind = STR_INIT("case.read"), .at_ms = 210, .actor = ME },
    { .kind = STR_INIT("case.sent_back"), .at_ms = 300, .actor = ME, .changes = 3 },
    { .kind = STR_INIT("case.resumed"), .at_ms = 400, .actor = ME, .changes = 4 },
    { .kind = STR_INIT("case.proposed"), .at_ms = 500, .actor = ME, .changes = 5, .granted = true },
    { .kind = STR_INIT("case.returned"), .at_ms = 600, .actor = CHIEF, .changes = 6 },
    { .kind = STR_INIT("case.proposed"), .at_ms = 700, .actor = ME, .changes = 7, .granted = true },
    { .kind = STR_INIT("case.decided"), .at_ms = 800, .actor = CHIEF, .changes = 8, .granted = true },
    { .kind = STR_INIT("case.issued"), .at_ms = 900, .actor = ME, .changes = 9,
      .document_number = STR_INIT("1150000123"), .document_day = 19990 },
    { .kind = STR_INIT("case.closed"), .at_ms = 1000, .actor = ME, .changes = 10 },
};

static void events_fold_to_the_row(void **state)
{
    struct casefile c = { .agency = OFFICE, .id = 1 }, want = {
        .state = CASE_CLOSED, .unit = UNIT, .officer = ME, .received_ms = 100, .due = 20000,
        .level = LEVEL_UNIT_HEAD, .decided_ms = 800, .closed_ms = 1000,
        .outcome_granted = true, .document_number = STR("1150000123"),
        .document_day = 19990, .changes = 10,
    };

    for (size_t i = 0; i < COUNT(life); i++) {
        assert_true(flow_fold(&c, &life[i]));
    }
    assert_true(flow_same(&c, &want));
}

static void an_event_left_out_is_noticed(void **state)
{
    for (size_t out = 0; out + 1 < COUNT(life); out++) {
        struct casefile c = { .agency = OFFICE, .id = 1 };
        bool fits = true;

        for (size_t i = 0; i < COUNT(life); i++) {
            fits = fits && (i == out || flow_fold(&c, &life[i]));
        }
        assert_int_equal(fits, str_equal(life[out].kind, STR("case.read")));
    }
}

static const struct {
    const char *story, *typed, *want;
} numbers[] = {
    { "as printed", "DA-115-000123-6", "DA-115-000123-6" },
    { "small letters, no hyphens", "da1150001236", "DA-115-000123-6" },
    { "blanks", " DA 115 000123 6 ", "DA-115-000123-6" },
    { "one digit wrong", "DA-115-000124-6", NULL },
    { "two digits swapped", "DA-115-000132-6", NULL },
    { "the year swapped", "DA-151-000123-6", NULL },
    { "another office's letters", "DB-115-000123-6", NULL },
    { "the check digit forgotten", "DA-115-000123", NULL },
    { "too long", "DA-115-000123-66", NULL },
    { "nothing", "", NULL },
    { "a letter among the digits", "DA-115-00O123-6", NULL },
};

static void numbers_as_people_type_them(void **state)
{
    struct arena *a = arena_new(0);
    str made = case_number(a, STR("DA"), 115, 123), tidy;

    assert_int_equal(made.len, strlen("DA-115-000123-6"));
    for (size_t i = 0; i < COUNT(numbers); i++) {
        bool good = case_number_tidy(a, str_of(numbers[i].typed), &tidy);

        if (good != (numbers[i].want != NULL) ||
            (good && !str_equal(tidy, str_of(numbers[i].want)))) {
            fail_msg("%s (made: %s)", numbers[i].story, str_z(a, made));
        }
    }
    arena_free(a);
}

static void every_wrong_digit_is_found(void **state)
{
    struct arena *a = arena_new(0);

    for (int64_t serial = 0; serial < 2000; serial += 37) {
        str made = case_number(a, STR("HH"), 114, serial), tidy;
        char typed[32];

        for (size_t at = 3; at < made.len; at++) {
            if (made.at[at] == '-') {
                continue;
            }
            memcpy(typed, made.at, made.len);
            typed[at] = typed[at] == '9' ? '0' : (char)(typed[at] + 1);
            assert_false(case_number_tidy(a, (str){ typed, made.len }, &tidy));
        }
        assert_true(case_number_tidy(a, made, &tidy));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_act_in_every_state_by_everybody),
        cmocka_unit_test(who_sees_a_case),
        cmocka_unit_test(the_level_decides_and_nobody_else),
        cmocka_unit_test(an_officer_refuses_by_proposal_where_he_decides),
        cmocka_unit_test(a_refusal_is_closed_only_after_its_letter),
        cmocka_unit_test(outside_a_proposal_is_work),
        cmocka_unit_test(events_fold_to_the_row),
        cmocka_unit_test(an_event_left_out_is_noticed),
        cmocka_unit_test(numbers_as_people_type_them),
        cmocka_unit_test(every_wrong_digit_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
