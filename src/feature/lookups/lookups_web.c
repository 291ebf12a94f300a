/* lookups_web — routes, menu, panel.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/lookups/lookups_web.h"

#include "feature/lookups/lookups.h"

#define READERS                                                                       \
    (DUTY(DUTY_ETHICS) | DUTY(DUTY_AUDITOR) | DUTY(DUTY_HEAD) | DUTY(DUTY_SECRETARY) | \
     DUTY(DUTY_COORDINATOR) | DUTY(DUTY_UNIT_HEAD))

static const struct route routes[] = {
    { GET, "/staff/lookups", "lookups.counts", MAY_DUTY, READERS,
      .show = lookups_show_counts, .lane = LANE_SLOW,
      .help = MSG("Papers that were looked up instead, by service and month") },
    { POST, "/staff/lookups", "lookups.audit", MAY_DUTY, DUTY(DUTY_ETHICS),
      .beats = &lookups_audit_beats, .again = lookups_show_counts, .lane = LANE_SLOW,
      .help = MSG("What was found in a drawn look-up") },
    { GET, "/staff/lookups/cases/{id}", "lookups.case", MAY_STAFF,
      .show = lookups_show_case, .help = MSG("The look-ups of one case, side by side") },
    { POST, "/staff/lookups/cases/{id}", "lookups.ask", MAY_STAFF,
      .beats = &lookups_ask_beats, .again = lookups_show_case,
      .help = MSG("A register is asked, or what was seen there is written down") },
};

static const struct menu_entry menu[] = {
    { "lookups.counts", MSG("Look-ups"), true, READERS, NULL, false,
      .group = MENU_QUALITY },
};

static const struct panel panels[] = { { .place = "case", .show = lookups_panel_case } };

const struct feature lookups_feature = {
    .name = "lookups",
    .waits = lookups_waits,
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .panels = panels,
    .panels_count = sizeof panels / sizeof panels[0],
};
