/* Who may do what with a case in which state; how events fold.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/flow/flow.h"

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
    { CASE_RECEIVED, "a colleague of the unit", "take note telephone papers" },
    { CASE_RECEIVED, "the officer in charge", "take note special telephone papers" },
    { CASE_RECEIVED, "a village officer of the unit", "take note telephone papers" },
    { CASE_RECEIVED, "the unit head",
      "take assign note extend transfer merge special telephone move papers give speed" },
    { CASE_RECEIVED, "the dispatcher",
      "assign note extend transfer merge special telephone move papers give speed" },
    { CASE_RECEIVED, "the deputy of the unit head who is away",
      "take assign note extend transfer merge special telephone move papers give speed" },
    { CASE_RECEIVED, "the deputy of the officer who is away", "take note special telephone papers" },
    { CASE_RECEIVED, "the owner", "withdraw" },
    { CASE_RECEIVED, "the coordinator", "move" },
    { CASE_RECEIVED, "the system administrator", "move" },
    { CASE_IN_WORK, "the officer in charge",
      "note propose send_back withdraw consult split study special telephone move papers restore" },
    { CASE_IN_WORK, "the deputy of the officer who is away",
      "note propose send_back withdraw consult split study special telephone move papers restore" },
    { CASE_IN_WORK, "the unit head",
      "assign note extend halt transfer merge special telephone hand_over move papers give speed restore" },
    { CASE_IN_WORK, "the deputy of the unit head who is away",
      "assign note extend halt transfer merge special telephone hand_over move papers give speed restore" },
    { CASE_IN_WORK, "the dispatcher",
      "assign note extend halt transfer merge special telephone hand_over move papers give speed restore" },
    { CASE_IN_WORK, "the owner", "withdraw" },
    { CASE_IN_WORK, "the coordinator", "move" },
    { CASE_IN_WORK, "the system administrator", "move" },
    { CASE_IN_WORK, "a colleague of the unit", "papers" },
    { CASE_IN_WORK, "a village officer of the unit", "papers" },
    { CASE_SENT_BACK, "the officer in charge", "note resume withdraw special telephone papers restore" },
    { CASE_SENT_BACK, "the deputy of the officer who is away",
      "note resume withdraw special telephone papers restore" },
    { CASE_SENT_BACK, "the unit head",
      "assign note extend transfer merge special telephone hand_over papers speed restore" },
    { CASE_SENT_BACK, "the deputy of the unit head who is away",
      "assign note extend transfer merge special telephone hand_over papers speed restore" },
    { CASE_SENT_BACK, "the dispatcher",
      "assign note extend transfer merge special telephone hand_over papers speed restore" },
    { CASE_SENT_BACK, "the owner", "withdraw supply" },
    { CASE_SENT_BACK, "a colleague of the unit", "papers" },
    { CASE_SENT_BACK, "a village officer of the unit", "papers" },
    { CASE_CONSULTED, "the officer in charge", "note withdraw consult special telephone papers restore" },
    { CASE_CONSULTED, "the deputy of the officer who is away",
      "note withdraw consult special telephone papers restore" },
    { CASE_CONSULTED, "the unit head",
      "assign note waive extend special telephone hand_over papers speed restore" },
    { CASE_CONSULTED, "the deputy of the unit head who is away",
      "assign note waive extend special telephone hand_over papers speed restore" },
    { CASE_CONSULTED, "the dispatcher",
      "assign note waive extend special telephone hand_over papers speed restore" },
    { CASE_CONSULTED, "the owner", "withdraw" },
    { CASE_CONSULTED, "a colleague of the unit", "papers" },
    { CASE_CONSULTED, "a village officer of the unit", "papers" },
    { CASE_PROPOSED, "the officer in charge", "note withdraw special telephone papers restore" },
    { CASE_PROPOSED, "the deputy of the officer who is away", "note withdraw special telephone papers restore" },
    { CASE_PROPOSED, "the unit head",
      "note return decide extend special telephone hand_over papers speed restore" },
    { CASE_PROPOSED, "the deputy of the unit head who is away",
      "note return decide extend special telephone hand_over papers speed restore" },
    { CASE_PROPOSED, "the dispatcher", "note extend special telephone hand_over papers speed restore" },
    { CASE_PROPOSED, "the owner", "withdraw" },
    { CASE_PROPOSED, "a colleague of the unit", "papers" },
    { CASE_PROPOSED, "a village officer of the unit", "papers" },
    { CASE_SUBMITTED, "the officer in charge", "note withdraw special telephone papers restore" },
    { CASE_SUBMITTED, "the deputy of the officer who is away", "note withdraw special telephone papers restore" },
    { CASE_SUBMITTED, "the unit head",
      "note return decide extend special telephone hand_over papers speed restore" },
    { CASE_SUBMITTED, "the deputy of the unit head who is away",
      "note return decide extend special telephone hand_over papers speed restore" },
    { CASE_SUBMITTED, "the dispatcher", "note extend special telephone hand_over papers speed restore" },
    { CASE_SUBMITTED, "the owner", "withdraw" },
    { CASE_SUBMITTED, "a colleague of the unit", "papers" },
    { CASE_SUBMITTED, "a village officer of the unit", "papers" },
    { CASE_DECIDED, "the officer in charge", "note issue collect telephone" },
    { CASE_DECIDED, "the deputy of the officer who is away", "note issue collect telephone" },
    { CASE_DECIDED, "the unit head", "assign note correct telephone hand_over" },
    { CASE_DECIDED, "the deputy of the unit head who is away", "assign note correct telephone hand_over" },
    { CASE_DECIDED, "the dispatcher", "assign note correct telephone hand_over" },
    { CASE_REFUSED, "the officer in charge", "note issue telephone" },
    { CASE_REFUSED, "the deputy of the officer who is away", "note issue telephone" },
    { CASE_REFUSED, "the unit head", "assign note correct reopen telephone hand_over" },
    { CASE_REFUSED, "the deputy of the unit head who is away", "assign note correct reopen telephone hand_over" },
    { CASE_REFUSED, "the dispatcher", "assign note correct reopen telephone hand_over" },
    { CASE_NOT_ADMITTED, "the officer in charge", "note issue telephone" },
    { CASE_NOT_ADMITTED, "the deputy of the officer who is away", "note issue telephone" },
    { CASE_NOT_ADMITTED, "the unit head", "assign note correct reopen telephone hand_over" },
    { CASE_NOT_ADMITTED, "the deputy of the unit head who is away",
      "assign note correct reopen telephone hand_over" },
    { CASE_NOT_ADMITTED, "the dispatcher", "assign note correct reopen telephone hand_over" },
    { CASE_ISSUED, "the officer in charge", "note collect close telephone" },
    { CASE_ISSUED, "the deputy of the officer who is away", "note collect close telephone" },
    { CASE_ISSUED, "a colleague of the unit", "collect" },
    { CASE_ISSUED, "a village officer of the unit", "collect" },
    { CASE_ISSUED, "the unit head", "assign note collect correct reopen telephone hand_over" },
    { CASE_ISSUED, "the deputy of the unit head who is away",
      "assign note collect correct reopen telephone hand_over" },
    { CASE_ISSUED, "the dispatcher", "assign note correct reopen telephone hand_over" },
    { CASE_COLLECTED, "the officer in charge", "note close telephone" },
    { CASE_COLLECTED, "the deputy of the officer who is away", "note close telephone" },
    { CASE_COLLECTED, "the unit head", "assign note correct reopen telephone hand_over" },
    { CASE_COLLECTED, "the deputy of the unit head who is away",
      "assign note correct reopen telephone hand_over" },
    { CASE_COLLECTED, "the dispatcher", "assign note correct reopen telephone hand_over" },
    { CASE_CLOSED, "the unit head", "correct reopen" },
    { CASE_CLOSED, "the deputy of the unit head who is away", "correct reopen" },
    { CASE_CLOSED, "the dispatcher", "correct reopen" },
    { CASE_WITHDRAWN, "the unit head", "reopen" },
    { CASE_WITHDRAWN, "the deputy of the unit head who is away", "reopen" },
    { CASE_WITHDRAWN, "the dispatcher", "reopen" },
    { CASE_TRANSFERRED, "the unit head", "reopen" },
    { CASE_TRANSFERRED, "the deputy of the unit head who is away", "reopen" },
    { CASE_TRANSFERRED, "the dispatcher", "reopen" },
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
                              .level = LEVEL_UNIT_HEAD, .state = (enum case_state)s,
                              .waits_level = LEVEL_UNIT_HEAD };

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

static struct casefile in_work(enum level level)
{
    return (struct casefile){ .agency = OFFICE, .id = 1, .unit = UNIT, .officer = ME,
                              .level = level, .state = CASE_IN_WORK, .changes = 2,
                              .document_day = DAY_NONE, .is_open = true };
}

static bool go(struct casefile *c, enum case_act act, struct case_fact f)
{
    f.kind = case_act_event[act];
    f.changes = c->changes + 1;
    return flow_fold(c, &f);
}

static void the_level_decides_and_nobody_else(void **state)
{
    for (size_t i = 0; i < COUNT(levels); i++) {
        struct casefile c = in_work(levels[i].level);

        assert_true(go(&c, ACT_PROPOSE, (struct case_fact){ .granted = true, .actor = ME }));
        assert_int_equal(c.state, levels[i].after_proposal);
        c.state = CASE_PROPOSED;
        for (size_t p = 0; p < COUNT(people); p++) {
            bool deputy = strcmp(people[p].who, "the deputy of the unit head who is away") == 0;
            bool want = levels[i].decider != NULL &&
                        (strcmp(people[p].who, levels[i].decider) == 0 ||
                         (deputy && c.level == LEVEL_UNIT_HEAD));

            if (c.level == LEVEL_OFFICER) {
                continue;
            }
            if (casefile_may(&people[p].actor, &c, ACT_DECIDE) != want ||
                casefile_decides(&people[p].actor, &c) != want) {
                fail_msg("%s: %s", levels[i].story, people[p].who);
            }
            assert_int_equal(casefile_as_deputy(&people[p].actor, &c, ACT_DECIDE),
                             want && deputy);
        }
    }
}

static void a_proposal_goes_up_seal_by_seal(void **state)
{
    const struct flow_plan plan = { .levels = 15, .decides = LEVEL_HEAD };
    const struct actor *chief = &people[3].actor, *head = &people[5].actor,
                       *secretary = &people[6].actor;
    struct casefile c = in_work(LEVEL_HEAD);

    assert_int_equal(flow_path(&plan), 14);
    assert_int_equal(flow_seals(&plan), 4);
    assert_true(go(&c, ACT_PROPOSE, (struct case_fact){ .granted = true, .path = 14, .actor = ME }));
    assert_true(casefile_may(chief, &c, ACT_ENDORSE));
    assert_false(casefile_may(chief, &c, ACT_DECIDE));
    assert_false(casefile_may(head, &c, ACT_DECIDE));
    assert_false(casefile_may(secretary, &c, ACT_ENDORSE));
    assert_true(go(&c, ACT_ENDORSE, (struct case_fact){ .actor = CHIEF }));
    assert_int_equal(c.state, CASE_SUBMITTED);
    assert_int_equal(c.waits_level, LEVEL_SECRETARY);
    assert_false(casefile_may(chief, &c, ACT_RETURN));
    assert_true(casefile_may(secretary, &c, ACT_RETURN));
    assert_true(go(&c, ACT_ENDORSE, (struct case_fact){ .actor = 9 }));
    assert_true(casefile_may(head, &c, ACT_DECIDE));
    assert_false(casefile_may(head, &c, ACT_ENDORSE));
    assert_true(go(&c, ACT_DECIDE, (struct case_fact){ .granted = true, .actor = 9 }));
    assert_int_equal(c.state, CASE_DECIDED);
    assert_int_equal(c.seals, 4);
}

static void two_units_are_asked_side_by_side(void **state)
{
    const struct actor other_unit = { OFFICE, 8, 90, DUTY(DUTY_OFFICER), .name = { 0 } };
    const struct case_fact proposal = { .granted = true, .path = 2, .actor = ME,
                                        .units = { 90, 91 }, .units_count = 2 };
    struct casefile c = in_work(LEVEL_UNIT_HEAD);

    assert_false(casefile_may_see(&other_unit, &c));
    assert_true(go(&c, ACT_PROPOSE, proposal));
    assert_int_equal(c.state, CASE_CONSULTED);
    assert_true(casefile_may_see(&other_unit, &c));
    assert_int_equal(casefile_answers_for(&other_unit, &c), 90);
    assert_true(casefile_may(&other_unit, &c, ACT_ANSWER));
    assert_false(casefile_may(&other_unit, &c, ACT_WAIVE));
    assert_true(go(&c, ACT_ANSWER, (struct case_fact){ .unit = 90, .actor = 8 }));
    assert_int_equal(c.state, CASE_CONSULTED);
    assert_false(casefile_may(&other_unit, &c, ACT_ANSWER));
    assert_false(go(&c, ACT_ANSWER, (struct case_fact){ .unit = 90 }));
    assert_true(go(&c, ACT_WAIVE, (struct case_fact){ .unit = 91, .actor = CHIEF }));
    assert_int_equal(c.state, CASE_PROPOSED);
    assert_int_equal(c.waits_level, LEVEL_UNIT_HEAD);
}

static void an_objection_brings_it_back_to_the_officer(void **state)
{
    struct casefile c = in_work(LEVEL_HEAD);

    assert_true(go(&c, ACT_PROPOSE, (struct case_fact){ .granted = true, .path = 14,
                                                        .units = { 90 }, .units_count = 1 }));
    assert_true(go(&c, ACT_ANSWER, (struct case_fact){ .unit = 90, .objects = true }));
    assert_int_equal(c.state, CASE_IN_WORK);
    assert_int_equal(c.path, 0);
    assert_true(casefile_may(&people[0].actor, &c, ACT_PROPOSE));
}

static void four_eyes_keep_the_proposer_from_deciding(void **state)
{
    const struct actor me_head = { OFFICE, ME, UNIT, DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD),
                                   .name = { 0 } };
    const struct case_fact proposal = { .granted = true, .four_eyes = true, .actor = ME };
    struct casefile c = in_work(LEVEL_UNIT_HEAD);

    assert_true(go(&c, ACT_PROPOSE, proposal));
    assert_false(casefile_may(&me_head, &c, ACT_DECIDE));
    assert_true(casefile_may(&people[3].actor, &c, ACT_DECIDE));
    c = in_work(LEVEL_OFFICER);
    assert_true(go(&c, ACT_PROPOSE, proposal));
    assert_int_equal(c.state, CASE_PROPOSED);
    assert_false(casefile_may(&people[0].actor, &c, ACT_DECIDE));
    assert_true(casefile_may(&people[1].actor, &c, ACT_DECIDE));
}

static void an_end_may_be_reopened(void **state)
{
    struct casefile c = in_work(LEVEL_UNIT_HEAD);

    assert_true(go(&c, ACT_PROPOSE, (struct case_fact){ .outcome = OUTCOME_NOT_ADMITTED }));
    assert_true(go(&c, ACT_DECIDE, (struct case_fact){ .outcome = OUTCOME_NOT_ADMITTED,
                                                       .at_ms = 7 }));
    assert_int_equal(c.state, CASE_NOT_ADMITTED);
    assert_int_equal(c.decided_ms, 7);
    assert_false(casefile_may(&people[0].actor, &c, ACT_CLOSE));
    assert_true(go(&c, ACT_ISSUE, (struct case_fact){ .document_number = STR("1"),
                                                      .document_day = 3 }));
    assert_true(go(&c, ACT_CLOSE, (struct case_fact){ .at_ms = 8 }));
    assert_false(c.is_open);
    assert_true(go(&c, ACT_REOPEN, (struct case_fact){ .at_ms = 9 }));
    assert_true(c.is_open);
    assert_int_equal(c.decided_ms, 0);
    assert_int_equal(c.state, CASE_IN_WORK);
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
        bool inside = s == CASE_PROPOSED || s == CASE_SUBMITTED || s == CASE_CONSULTED;
        enum case_state want = inside ? CASE_IN_WORK : (enum case_state)s;

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
        .due_ms = day_begins_ms(20001),
        .level = LEVEL_UNIT_HEAD, .decided_ms = 800, .closed_ms = 1000,
        .outcome_granted = true, .outcome = OUTCOME_GRANTED, .proposer = ME, .seals = 3,
        .control_due = DAY_NONE, .document_number = STR("1150000123"),
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_act_in_every_state_by_everybody),
        cmocka_unit_test(who_sees_a_case),
        cmocka_unit_test(the_level_decides_and_nobody_else),
        cmocka_unit_test(a_proposal_goes_up_seal_by_seal),
        cmocka_unit_test(two_units_are_asked_side_by_side),
        cmocka_unit_test(an_objection_brings_it_back_to_the_officer),
        cmocka_unit_test(four_eyes_keep_the_proposer_from_deciding),
        cmocka_unit_test(an_end_may_be_reopened),
        cmocka_unit_test(a_refusal_is_closed_only_after_its_letter),
        cmocka_unit_test(outside_a_proposal_is_work),
        cmocka_unit_test(events_fold_to_the_row),
        cmocka_unit_test(an_event_left_out_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
