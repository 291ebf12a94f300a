/* inside — what the files of this room share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CALENDAR_INSIDE_H
#define BIANMIN_KERNEL_CALENDAR_INSIDE_H

#include "kernel/calendar/closure.h"

/* Commit. Between these days the calendar of `agency` has changed, of the city that of
 * every office: topics, and one row each for those who go through the cases. `id` is that
 * of what changed it. */
MUST_CHECK err calendar_changed(struct arena *a, struct tx *tx, const struct actor *who,
                                int64_t now_ms, int64_t agency, int64_t id, day first,
                                day last, str reason);

#endif
