/* sheets_web — routes, menu, panels.
 *
 * Whatever draws waits for the papers process and runs in the slow lane.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/sheets/sheets_web.h"

#include "desk/panel.h"
#include "feature/sheets/sheets.h"

/* Who hangs sheets up: those of the counters and the offices behind them. */
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
    { GET, "/{agency}/forms", "sheets.shelf", MAY_ANYONE, .show = sheets_show_shelf,
      .cached = true, .help = MSG("Forms that belong to no single service") },
    { GET, "/{agency}/forms/{file}", "sheets.form_file", MAY_ANYONE,
      .show = sheets_show_form_file, .help = MSG("One form as ODT or PDF") },
    { GET, "/staff/sheets", "sheets.postings", MAY_DUTY, WALL_DUTIES,
      .show = sheets_show_postings, .help = MSG("Which sheet hangs where") },
    { POST, "/staff/sheets", "sheets.put", MAY_DUTY, WALL_DUTIES,
      .beats = &sheets_put_beats, .again = sheets_show_postings, .takes_files = true,
      .lane = LANE_SLOW, .help = MSG("A sheet was hung up") },
    { POST, "/staff/sheets/{id}/replace", "sheets.replace", MAY_DUTY, WALL_DUTIES,
      .beats = &sheets_replace_beats, .again = sheets_show_posting_again,
      .takes_files = true, .lane = LANE_SLOW,
      .help = MSG("An old sheet was replaced by the new one") },
    { POST, "/staff/sheets/{id}/down", "sheets.down", MAY_DUTY, WALL_DUTIES,
      .beats = &sheets_down_beats, .again = sheets_show_posting_again,
      .help = MSG("A sheet was taken down") },
    { GET, "/staff/sheets/photos/{file}", "sheets.photo", MAY_DUTY, WALL_DUTIES,
      .show = sheets_show_photo, .help = MSG("The photograph of a sheet that hangs") },
    { GET, "/staff/shelf", "sheets.shelf_staff", MAY_DUTY, SHELF_DUTIES,
      .show = sheets_show_shelf_staff,
      .help = MSG("The shelf of forms, and what is taken") },
    { POST, "/staff/shelf", "sheets.shelf_put", MAY_DUTY, SHELF_DUTIES,
      .beats = &sheets_shelf_beats, .again = sheets_show_shelf_staff, .takes_files = true,
      .lane = LANE_SLOW, .help = MSG("Put a form on the shelf") },
};

static const struct menu_entry menu[] = {
    { .route = "sheets.shelf", .text = MSG("Forms to download") },
    { .route = "sheets.fees", .text = MSG("Fees and fines"), .about = true },
    { "sheets.postings", MSG("Sheets on the walls"), true, WALL_DUTIES, "g p", false,
      .group = MENU_PAPERS },
    { "sheets.shelf_staff", MSG("Shelf of forms"), true,
      DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ARCHIVIST) | DUTY(DUTY_ADMIN), NULL, false,
      .group = MENU_PAPERS },
};

static const struct panel panels[] = {
    { .place = "service", .show = sheets_panel_service },
    { .place = "head", .show = sheets_panel_head },
    { .place = "publish", .show = sheets_panel_publish },
};

const struct feature sheets_feature = {
    .waits = sheets_waits,
    .name = "sheets",
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .panels = panels,
    .panels_count = sizeof panels / sizeof panels[0],
};
