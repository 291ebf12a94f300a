/* Between the files of feelings that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FEELINGS_WEB_H
#define BIANMIN_FEATURE_FEELINGS_WEB_H

#include "desk/panel.h"
#include "desk/route.h"
#include "feature/feelings/feelings_rules.h"

/* The number from which on figures are published here. */
int64_t feelings_least(const struct ask *q);

/* tap_web.c: by the citizen. */
err feelings_ask_show(struct ask *q, struct reply *r);
err feelings_pickup_show(struct ask *q, struct reply *r);
extern const struct beats feelings_tap_beats, feelings_pickup_beats;
err feelings_progress_panel(struct ask *q, const struct panel_about *about,
                            struct html *ret);
err feelings_case_panel(struct ask *q, const struct panel_about *about, struct html *ret);

/* chief_web.c: for the chief. */
struct waits;
err feelings_waits(struct ask *q, struct waits *io);
err feelings_list_show(struct ask *q, struct reply *r);
extern const struct beats feelings_take_beats;
err feelings_head_panel(struct ask *q, const struct panel_about *about, struct html *ret);

#endif
