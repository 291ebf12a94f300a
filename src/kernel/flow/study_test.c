/* Who answers a hard case.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/flow/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define OFFICE 7
#define UNIT 70
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

enum { ME = 1, CHIEF = 3 };

/* A hard case of ME: the group answers, and who is over it; never who asked. */
static void the_law_study_group_answers(void **state)
{
    static const struct {
        const char *story;
        struct actor who;
        bool asked, may, sees;
    } rows[] = {
        { "a member of another unit answers",
          { OFFICE, 9, 90, DUTY(DUTY_OFFICER) | DUTY(DUTY_STUDY), .name = { 0 } }, true, true, true },
        { "a member has nothing to do with a case that was not asked about",
          { OFFICE, 9, 90, DUTY(DUTY_OFFICER) | DUTY(DUTY_STUDY), .name = { 0 } }, false, false, false },
        { "the secretary-general answers too",
          { OFFICE, 9, 90, DUTY(DUTY_SECRETARY), .name = { 0 } }, true, true, true },
        { "the head of the unit is not of the group by that alone",
          { OFFICE, CHIEF, UNIT, DUTY(DUTY_UNIT_HEAD), .name = { 0 } }, true, false, true },
        { "who asked does not answer himself, member or not",
          { OFFICE, ME, UNIT, DUTY(DUTY_OFFICER) | DUTY(DUTY_STUDY), .name = { 0 } }, true, false, true },
        { "no member of another office", { 8, 9, 90, DUTY(DUTY_STUDY), .name = { 0 } }, true, false, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct casefile c = { .agency = OFFICE, .unit = UNIT, .officer = ME, .state = CASE_IN_WORK,
                                    .level = LEVEL_UNIT_HEAD, .asked = rows[i].asked };

        if (casefile_may(&rows[i].who, &c, ACT_STUDY_ANSWER) != rows[i].may ||
            casefile_may(&rows[i].who, &c, ACT_INSTRUCT) != rows[i].may ||
            casefile_may_see(&rows[i].who, &c) != rows[i].sees) {
            fail_msg("%s", rows[i].story);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_law_study_group_answers) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
