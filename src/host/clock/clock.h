/* clock — the one place that reads the time.
 *
 * A build with -DBIANMIN_TEST (and only such a build) adds the offset that the file named
 * by BIANMIN_CLOCK holds: whole milliseconds, or a date 2026-03-02T10:00 in office time
 * that the clock is set to at start. It is read again at most once a second.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_CLOCK_H
#define BIANMIN_HOST_CLOCK_H

#include <stdint.h>

/* UTC milliseconds since 1970. */
int64_t clock_now_ms(void);
/* Never goes back; for deadlines and durations. Nanoseconds. */
int64_t clock_steady_ns(void);

#endif
