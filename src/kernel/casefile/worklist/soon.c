/* soon — until when a term ends soon.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/worklist/worklist.h"

int64_t case_soon_ms(const struct calendar *cal, int warn_days, int64_t now_ms)
{
    return day_begins_ms(calendar_working_due(cal, day_at(now_ms), warn_days) + 1);
}
