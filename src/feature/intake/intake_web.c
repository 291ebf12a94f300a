/* intake — routes, menu, panels.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/intake/intake_web.h"

#include "feature/intake/intake.h"

#define FORM_BYTES ((size_t)256 << 10)

static const struct route routes[] = {
    { GET, "/staff/intake", "intake.index", MAY_DUTY, INTAKE_DUTIES, .show = intake_index,
      .help = MSG("At the counter: services by number, done in two keys") },
    { POST, "/staff/intake/strokes", "intake.stroke", MAY_DUTY, INTAKE_DUTIES,
      .beats = &intake_stroke_beats, .again = intake_index,
      .help = MSG("Counts what was done while one waited") },
    { POST, "/staff/intake/undo", "intake.undo", MAY_DUTY, INTAKE_DUTIES,
      .beats = &intake_undo_beats, .again = intake_index,
      .help = MSG("Takes back one's last entry, within a minute") },
    { GET, "/staff/intake/services/{key}", "intake.form", MAY_DUTY, INTAKE_DUTIES,
      .show = intake_form, .help = MSG("One matter at the counter, on one page") },
    { POST, "/staff/intake/services/{key}", "intake.decide", MAY_DUTY, INTAKE_DUTIES,
      .beats = &intake_decide_beats, .again = intake_form, .body_max = FORM_BYTES,
      .help = MSG("One-time notice, acceptance with a notice to complete, acceptance") },
    { GET, "/staff/intake/services/{key}/list", "intake.list", MAY_DUTY, INTAKE_DUTIES,
      .show = intake_list, .help = MSG("Several persons of one matter by list") },
    { POST, "/staff/intake/services/{key}/list", "intake.list_save", MAY_DUTY,
      INTAKE_DUTIES, .beats = &intake_list_beats, .again = intake_list,
      .body_max = FORM_BYTES, .takes_files = true,
      .help = MSG("Looks a list through, then takes it in") },
    { GET, "/staff/intake/lists/{list}", "intake.list_kept", MAY_DUTY, INTAKE_DUTIES,
      .show = intake_list_kept, .help = MSG("The cases of one list") },
    { GET, "/staff/intake/notices", "intake.notices", MAY_DUTY, INTAKE_DUTIES,
      .show = intake_notices, .help = MSG("The newest one-time notices") },
    { POST, "/staff/intake/notices", "intake.take_up", MAY_DUTY, INTAKE_DUTIES,
      .beats = &intake_take_up_beats, .again = intake_notices,
      .help = MSG("Goes on from a one-time notice that came back") },
    { GET, "/staff/intake/notices/{id}", "intake.notice", MAY_DUTY, INTAKE_DUTIES,
      .show = intake_notice, .help = MSG("A one-time notice to print") },
    { GET, "/staff/intake/notices/{id}/notice.pdf", "intake.notice_file", MAY_DUTY,
      INTAKE_DUTIES, .show = intake_notice_file, .lane = LANE_SLOW,
      .help = MSG("The same as PDF") },
    { GET, "/staff/intake/receipts/{id}", "intake.receipt", MAY_DUTY, INTAKE_DUTIES,
      .show = intake_receipt, .help = MSG("The receipt of a case taken in, to print") },
    { GET, "/staff/intake/receipts/{id}/receipt.pdf", "intake.receipt_file", MAY_DUTY,
      INTAKE_DUTIES, .show = intake_receipt_file, .lane = LANE_SLOW,
      .help = MSG("The same as PDF") },
    { GET, "/staff/intake/counts", "intake.counts", MAY_DUTY, INTAKE_DUTIES,
      .show = intake_counts, .help = MSG("Numbers that were counted in another system") },
    { POST, "/staff/intake/counts", "intake.counts_save", MAY_DUTY, INTAKE_DUTIES,
      .beats = &intake_counts_beats, .again = intake_counts, .body_max = FORM_BYTES,
      .takes_files = true, .help = MSG("Looks numbers through, then brings them in") },
    { GET, "/staff/intake/figures", "intake.figures", MAY_DUTY, INTAKE_FIGURE_DUTIES,
      .show = intake_figures,
      .help = MSG("What was taken in, told and counted, by month") },
    { GET, "/{agency}/once", "intake.own", MAY_ANYONE, .show = intake_own,
      .help = MSG("Go on from a one-time notice") },
    { POST, "/{agency}/once", "intake.own_open", MAY_ANYONE, .beats = &intake_own_beats,
      .again = intake_own, .help = MSG("Opens what belongs to the code of a notice") },
};

static const struct menu_entry menu[] = {
    { "intake.index", MSG("Counter"), true, INTAKE_DUTIES, "g c", false },
    { "intake.own", MSG("Go on from a one-time notice"), false, 0, NULL, true },
};

static const struct panel panels[] = {
    { .place = "case", .show = intake_panel_case },
};

const struct feature intake_feature = {
    .name = "intake",
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .panels = panels,
    .panels_count = sizeof panels / sizeof panels[0],
};
