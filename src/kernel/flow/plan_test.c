/* The way of a proposal: whether it can be walked to its end, and who may begin it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/flow/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
#define OFFICE 7
#define UNIT 70
#define ME 1

static bool go(struct casefile *c, enum case_act act, struct case_fact f)
{
    f.kind = case_act_event[act];
    f.changes = c->changes + 1;
    return flow_fold(c, &f);
}

static const struct {
    const char *story;
    struct flow_plan plan;
    bool fits;
} plans[] = {
    { "every level there is", { .levels = 15, .decides = LEVEL_HEAD }, true },
    { "an office without a secretary-general", { .levels = 11, .decides = LEVEL_HEAD }, true },
    { "decided by a level that the office has not",
      { .levels = 11, .decides = LEVEL_SECRETARY }, false },
    { "passed on by a level that the office has not",
      { .levels = 11, .through = 4, .decides = LEVEL_HEAD }, false },
    { "proposed above the level that decides",
      { .levels = 15, .proposes = LEVEL_SECRETARY, .decides = LEVEL_UNIT_HEAD }, false },
    { "proposed by a level that the office has not",
      { .levels = 11, .proposes = LEVEL_SECRETARY, .decides = LEVEL_HEAD }, false },
    { "proposed and decided by one level, with four eyes",
      { .levels = 15, .proposes = LEVEL_UNIT_HEAD, .decides = LEVEL_UNIT_HEAD,
        .four_eyes = true }, false },
    { "proposed by the unit head", { .levels = 15, .proposes = LEVEL_UNIT_HEAD,
                                     .decides = LEVEL_HEAD }, true },
    { "more units than fit", { .levels = 15, .decides = LEVEL_HEAD, .consults = 9 }, false },
};

static void a_flow_that_cannot_end_is_found(void **state)
{
    for (size_t i = 0; i < COUNT(plans); i++) {
        if ((flow_fault(&plans[i].plan) == NULL) != plans[i].fits) {
            fail_msg("%s", plans[i].story);
        }
    }
}

static void the_level_that_the_table_names_proposes(void **state)
{
    const struct flow_plan plan = { .levels = 15, .proposes = LEVEL_UNIT_HEAD,
                                    .decides = LEVEL_HEAD };
    const struct actor officer = { .agency = OFFICE, .staff = ME, .unit = UNIT,
                                   .duties = DUTY(DUTY_OFFICER) };
    const struct actor chief = { .agency = OFFICE, .staff = 90, .unit = UNIT,
                                 .duties = DUTY(DUTY_UNIT_HEAD) };
    struct actor elsewhere = chief;
    struct casefile c = { .agency = OFFICE, .unit = UNIT, .officer = ME, .changes = 1,
                          .level = LEVEL_HEAD, .proposes = LEVEL_UNIT_HEAD,
                          .state = CASE_IN_WORK, .is_open = true };

    elsewhere.unit = UNIT + 1;
    assert_false(casefile_may(&officer, &c, ACT_PROPOSE));
    assert_true(casefile_may(&chief, &c, ACT_PROPOSE));
    assert_false(casefile_may(&elsewhere, &c, ACT_PROPOSE));
    /* His own seal is the proposal: it goes on to the secretary. */
    assert_int_equal(flow_path(&plan), 1 << LEVEL_SECRETARY | 1 << LEVEL_HEAD);
    assert_int_equal(flow_seals(&plan), 3);
    /* Where he decides as well, his proposal is the decision. */
    c.level = LEVEL_UNIT_HEAD;
    assert_true(go(&c, ACT_PROPOSE, (struct case_fact){ .granted = true, .actor = 90,
                                                        .at_ms = 7 }));
    assert_int_equal(c.state, CASE_DECIDED);
    c.proposes = LEVEL_OFFICER;
    c.state = CASE_IN_WORK;
    assert_true(casefile_may(&officer, &c, ACT_PROPOSE));
    assert_false(casefile_may(&chief, &c, ACT_PROPOSE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flow_that_cannot_end_is_found),
        cmocka_unit_test(the_level_that_the_table_names_proposes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
