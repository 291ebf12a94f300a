/* office_days — the table made at build time from office_days.csv; inside this folder only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CALENDAR_OFFICE_DAYS_H
#define BIANMIN_KERNEL_CALENDAR_OFFICE_DAYS_H

#include "kernel/calendar/calendar.h"

/* In ascending order. The years from the first row's to the last row's are official. */
extern const struct office_day office_days[];
extern const size_t office_days_count;

#endif
