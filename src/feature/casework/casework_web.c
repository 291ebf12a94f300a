/* casework — routes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/casework/casework.h"

#include "feature/casework/casework_call_web.h"
#include "feature/casework/casework_move_web.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"

#define CASE_DUTIES                                                   \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE) | DUTY(DUTY_UNIT_HEAD) | \
     DUTY(DUTY_DISPATCHER) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) | \
     DUTY(DUTY_COORDINATOR) | DUTY(DUTY_AUDITOR))

#define HEAD_DUTIES (DUTY(DUTY_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_COORDINATOR))
#define DESK_DUTIES (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_DISPATCHER))

static const struct route routes[] = {
    { GET, "/staff", "casework.today", MAY_STAFF, .of_city = true,
      .show = casework_today_page, .help = MSG("What waits for me today") },
    { GET, "/staff/worklist", "casework.worklist", MAY_DUTY, CASE_DUTIES,
      .show = casework_worklist,
      .help = MSG("Lists of cases: what is due first stands first, and in the list of all "
                  "the newest") },
    { POST, "/staff/worklist/show", "casework.show_names", MAY_DUTY, CASE_DUTIES,
      .beats = &casework_names_beats, .again = casework_worklist,
      .help = MSG("Shows the names in the rows of a worklist for ten minutes") },
    { GET, "/staff/cases/{id}", "casework.one", MAY_DUTY, CASE_DUTIES, .show = casework_one,
      .help = MSG("One case: application, history, what can be done") },
    { POST, "/staff/cases/{id}/show", "casework.show", MAY_DUTY, CASE_DUTIES,
      .beats = &casework_show_beats, .again = casework_one,
      .help = MSG("Shows the personal data of one case for ten minutes") },
    { POST, "/staff/cases/{id}/act/{act}", "casework.act", MAY_DUTY, CASE_DUTIES,
      .beats = &casework_act_beats, .again = casework_one,
      .help = MSG("Take, propose, decide, issue and the other acts on a case") },
    { GET, "/staff/head", "casework.head", MAY_DUTY, HEAD_DUTIES,
      .show = casework_head_page,
      .help = MSG("The office today: what is late and why, what waits for a decision") },
    { GET, "/staff/head/cases", "casework.behind", MAY_DUTY, HEAD_DUTIES,
      .show = casework_behind_page,
      .help = MSG("The cases behind a number of the office today") },
    { GET, "/staff/unit", "casework.unit", MAY_DUTY, DUTY(DUTY_UNIT_HEAD),
      .show = casework_unit_page,
      .help = MSG("The unit today: what is late and why, what waits for a decision") },
    { GET, "/staff/unit/cases", "casework.unit_behind", MAY_DUTY, DUTY(DUTY_UNIT_HEAD),
      .show = casework_unit_behind_page,
      .help = MSG("The cases behind a number of the unit today") },
    { GET, "/staff/head/seals", "casework.seals", MAY_DUTY, HEAD_DUTIES,
      .show = casework_seals_page,
      .help =
          MSG("Sign-off seals by service and version, as designed and as it happened") },
    { GET, "/staff/desk", "casework.desk", MAY_DUTY, DESK_DUTIES,
      .show = casework_desk_page, .help = MSG("Hands over all open cases of a colleague") },
    { POST, "/staff/desk", "casework.hand_over", MAY_DUTY, DESK_DUTIES,
      .beats = &casework_hand_beats, .again = casework_desk_page,
      .help = MSG("Hands over all open cases of a colleague") },
    { GET, "/staff/cases/{id}/files/{file}", "casework.file", MAY_DUTY, CASE_DUTIES,
      .show = casework_file, .help = MSG("A file that came with a case") },
    { GET, "/staff/cases/{id}/call", "casework.call", MAY_DUTY, CASE_DUTIES,
      .show = casework_call_page, .help = MSG("Record a telephone call about a case") },
    { POST, "/staff/cases/{id}/call", "casework.call_keep", MAY_DUTY, CASE_DUTIES,
      .beats = &casework_call_beats, .again = casework_call_page,
      .help = MSG("Records a telephone call, and an answer corrected on the applicant's "
                  "word") },
    { GET, "/staff/cases/{id}/move", "casework.move", MAY_DUTY, CASE_DUTIES,
      .show = casework_move_page,
      .help = MSG("What another version of its service would change for a case") },
    { POST, "/staff/cases/{id}/move", "casework.move_act", MAY_DUTY, CASE_DUTIES,
      .beats = &casework_move_beats, .again = casework_move_page,
      .help = MSG("Moves a running case to another version of its service") },
    { GET, "/staff/services/{key}/cases", "casework.versions", MAY_DUTY, CASEWORK_MOVERS,
      .show = casework_versions_page,
      .help = MSG("Running cases of a service on its old versions") },
    { POST, "/staff/services/{key}/cases", "casework.move_many", MAY_DUTY, CASEWORK_MOVERS,
      .beats = &casework_move_many_beats, .again = casework_versions_page,
      .help = MSG("Moves many running cases to the version in force") },
};

static const struct menu_entry menu[] = {
    { "casework.today", MSG("Today"), true, 0, "g h", false },
    { "casework.worklist", MSG("Worklist"), true, CASE_DUTIES, "g w", false },
    { "casework.head", MSG("The office today"), true, HEAD_DUTIES, "g o", false },
    { "casework.unit", MSG("The unit today"), true, DUTY(DUTY_UNIT_HEAD), "g i", false },
    { "casework.desk", MSG("Hand over a desk"), true, DESK_DUTIES, "g d", false },
};

static const struct panel panels[] = {
    { .place = "publish", .show = casework_panel_publish },
};

const struct feature casework_feature = {
    .name = "casework",
    .panels = panels,
    .panels_count = sizeof(panels) / sizeof(panels[0]),
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
    .menu = menu,
    .menu_count = sizeof(menu) / sizeof(menu[0]),
};
