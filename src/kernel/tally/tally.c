/* tally — words and months.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/tally/tally.h"

const str tally_result_key[TALLY_RESULTS] = {
    STR_INIT("done"), STR_INIT("not_done"), STR_INIT("passed_on"),
};
const char *const tally_result_name[TALLY_RESULTS] = {
    MSG("Done"), MSG("Not done"), MSG("Passed on to another office"),
};

bool tally_result_from_key(str key, enum tally_result *ret)
{
    for (int i = 0; i < TALLY_RESULTS; i++) {
        if (str_equal(tally_result_key[i], key)) {
            *ret = (enum tally_result)i;
            return true;
        }
    }
    return false;
}

int tally_month_of(day d)
{
    struct civil c = day_civil(d);

    return c.year * 12 + c.month - 1;
}

day tally_month_first(int month)
{
    return day_of(month / 12, month % 12 + 1, 1);
}
