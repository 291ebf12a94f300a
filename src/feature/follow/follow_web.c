/* follow — the table of routes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/follow/follow.h"

#include "feature/follow/inside.h"

static const struct route follow_routes[] = {
    { GET, "/{agency}/receipt/{case}", "follow.receipt", MAY_OWNER,
      .show = follow_show_receipt },
    { GET, "/{agency}/status", "follow.ask", MAY_ANYONE, .show = follow_show_ask_code,
      .help = MSG("Follow your case") },
    { POST, "/{agency}/status", "follow.code", MAY_ANYONE, .beats = &follow_code_beats,
      .again = follow_show_ask_code },
    { GET, "/{agency}/status/{case}", "follow.progress", MAY_OWNER,
      .show = follow_show_progress },
    { POST, "/{agency}/status/{case}/withdraw", "follow.withdraw", MAY_OWNER,
      .beats = &follow_withdraw_beats, .again = follow_show_progress },
    { POST, "/{agency}/status/{case}/supply", "follow.supply", MAY_OWNER,
      .beats = &follow_supply_beats, .again = follow_again_supply, .takes_files = true },
    { POST, "/{agency}/status/{case}/leave", "follow.leave", MAY_ANYONE,
      .show = follow_leave },
    { GET, "/api/v1/{agency}/cases/{case}", "api.case", MAY_CODE, .show = follow_api_show,
      .is_api = true, .help = MSG("State of a case, with its lookup code") },
};
static const struct menu_entry follow_menu[] = {
    { .route = "follow.ask", .text = MSG("Follow your case") },
};
const struct feature follow_feature = {
    "follow", follow_routes, sizeof follow_routes / sizeof follow_routes[0],
    follow_menu, sizeof follow_menu / sizeof follow_menu[0],
};
