/* sheets_web — routes, menu, panels.
 *
 * Whatever draws waits for the papers process and runs in the slow lane.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/sheets/sheets_web.h"

#include "desk/panel.h"
#include "feature/sheets/sheets.h"

static const struct route routes[] = {
    { GET, "/{agency}/services/{key}/sheets", "sheets.all", MAY_ANYONE,
      .show = sheets_show_all, .cached = true,
      .help = MSG("Guide, form, sample and procedure of one service") },
    { GET, "/{agency}/services/{key}/sheets/{sheet}", "sheets.one", MAY_ANYONE,
      .show = sheets_show_one, .cached = true, .lane = LANE_SLOW,
      .help = MSG("One sheet as a page that prints well") },
    { GET, "/{agency}/services/{key}/files/{file}", "sheets.file", MAY_ANYONE,
      .show = sheets_show_file, .lane = LANE_SLOW,
      .help = MSG("One sheet as PDF or OpenDocument") },
    { GET, "/{agency}/fees", "sheets.fees", MAY_ANYONE, .show = sheets_show_fees,
      .cached = true, .help = MSG("All fees and fines of the office") },
    { GET, "/{agency}/fees/{file}", "sheets.fees_file", MAY_ANYONE,
      .show = sheets_show_fees_file, .lane = LANE_SLOW,
      .help = MSG("All fees and fines as PDF or OpenDocument") },
};

static const struct menu_entry menu[] = {
    { .route = "sheets.fees", .text = MSG("Fees and fines"), .about = true },
};

static const struct panel panels[] = {
    { .place = "service", .show = sheets_panel_service },
};

const struct feature sheets_feature = {
    .name = "sheets",
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .panels = panels,
    .panels_count = sizeof panels / sizeof panels[0],
};
