/* Between the files of calendar that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CALENDAR_WEB_H
#define BIANMIN_FEATURE_CALENDAR_WEB_H

#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/calendar/calendar_view.h"
#include "kernel/calendar/closure.h"

/* Who may close the office, and who may bring in official years. */
#define CALENDAR_CLOSERS \
    (DUTY(DUTY_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN))
#define CALENDAR_IMPORTERS (DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN))

err calendar_index_page(struct ask *q, struct reply *r);
err calendar_preview_new(struct ask *q, struct reply *r);
err calendar_preview_one(struct ask *q, struct reply *r);
err calendar_import_page(struct ask *q, struct reply *r);
err calendar_why_staff(struct ask *q, struct reply *r);
err calendar_why_owner(struct ask *q, struct reply *r);
err calendar_hint_staff(struct ask *q, const struct panel_about *about, struct html *ret);
err calendar_hint_owner(struct ask *q, const struct panel_about *about, struct html *ret);
extern const struct beats calendar_close_beats, calendar_step_beats, calendar_bring_beats;

struct page calendar_page(struct ask *q, struct words title);
/* "Whole day", "from 12:00", "08:00 to 12:00". */
struct words calendar_hours(struct arena *a, const struct closure_span *s);
/* Day, hours and reason as fields; what is wrong becomes a mistake. */
void calendar_span_read(struct ask *q, str (*value)(const struct ask *, const char *),
                        struct closure_span *ret);
/* "day 10 July 2026, Friday" for lists: date and weekday. */
struct words calendar_day_words(struct ask *q, day d);
/* The days in words: one, or from to. */
struct words calendar_days_words(day first, day last);
/* The calendar of an office as it would be. */
struct calendar_would {
    err (*make)(struct ask *q, const struct agency *office, const void *context,
                const struct calendar **ret);
    const void *context;
    day first, last; /* between which days it differs */
};
/* What would move: the first hundred cases of this office as a list; seen by the city how
 * many there are in each of its offices. */
MUST_CHECK err calendar_moves_find(struct ask *q, const struct calendar_would *would,
                                   struct calendar_moves *ret);
/* The text of a file that was sent. */
MUST_CHECK err calendar_file_bytes(struct ask *q, int64_t file, str *ret_bytes);

#endif
