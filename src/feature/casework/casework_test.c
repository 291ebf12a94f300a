/* Lists by duty, due dates in words, and every page of casework in every language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"
#include "kernel/calendar/calendar.h"

#include "case_row.view.h"
#include "casework_case.view.h"
#include "casework_move.view.h"
#include "casework_versions.view.h"
#include "feature/casework/casework_move_view.h"
#include "feature/casework/casework_rules.h"
#include "today.view.h"
#include "worklist.view.h"

/* Who has which lists. */
static const struct {
    const char *story;
    duty_set duties;
    const char *lists; /* keys in order */
} has[] = {
    { "an officer has his own, the new ones and the unit's", DUTY(DUTY_OFFICER),
      "mine new unit asked unit_all" },
    { "a unit head decides as well", DUTY(DUTY_UNIT_HEAD), "decide mine new unit asked unit_all" },
    { "the head decides and sees all", DUTY(DUTY_HEAD), "decide all" },
    { "a dispatcher gives out the new ones", DUTY(DUTY_DISPATCHER), "new unit asked unit_all" },
    { "an auditor sees all", DUTY(DUTY_AUDITOR), "all" },
    { "a cashier has nothing to do with cases", DUTY(DUTY_CASHIER), "" },
    { "an administrator neither", DUTY(DUTY_ADMIN), "" },
};

static void lists_follow_duties(void **state)
{
    for (size_t i = 0; i < sizeof has / sizeof has[0]; i++) {
        struct actor who = { .duties = has[i].duties };
        char found[80] = "";

        for (size_t l = 0; l < CASEWORK_LISTS; l++) {
            if (casework_has(&who, &casework_lists[l])) {
                snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s",
                         found[0] != 0 ? " " : "", STR_ARG(casework_lists[l].key));
            }
        }
        if (strcmp(found, has[i].lists) != 0) {
            fail_msg("%s: %s", has[i].story, found);
        }
    }
}

static void a_deputy_has_the_list_of_the_absent(void **state)
{
    const struct stand_in away[] = { { .staff = 7, .duties = DUTY(DUTY_UNIT_HEAD) } };
    struct actor who = { .duties = DUTY(DUTY_OFFICER), .stands_for = away, .stands_for_count = 1 };

    assert_true(casework_has(&who, &casework_lists[0]));
    assert_int_equal(casework_choose(&who, STR("all"))->list, LIST_TO_DECIDE);
    assert_int_equal(casework_choose(&who, STR("unit"))->list, LIST_UNIT_OPEN);
}

static void nobody_chooses_a_list_that_is_not_his(void **state)
{
    struct actor officer = { .duties = DUTY(DUTY_OFFICER) };
    struct actor cashier = { .duties = DUTY(DUTY_CASHIER) };

    assert_int_equal(casework_choose(&officer, STR("all"))->list, LIST_MINE);
    assert_null(casework_choose(&cashier, STR("mine")));
}

/* Now is 2 March 2026, 10:00, a Monday; 28 February 2026 a holiday on a Saturday, off on the
 * 27th. `minute` 0: the term ends with the day. */
static const struct {
    const char *story;
    int month, date, minute;
    enum case_state state;
    bool open;
    const char *want;
    bool paused;
} dues[] = {
    { "no term", 0, 0, 0, CASE_IN_WORK, true, "none" },
    { "today", 3, 2, 0, CASE_IN_WORK, true, "today soon" },
    { "tomorrow is in one working day", 3, 3, 0, CASE_IN_WORK, true, "ahead 1 days soon" },
    { "over a weekend two days count", 3, 10, 0, CASE_IN_WORK, true, "ahead 6 days" },
    { "last Thursday is one working day late", 2, 26, 0, CASE_IN_WORK, true,
      "late 1 days" },
    { "whose clock stands still is not late", 2, 26, 0, CASE_SENT_BACK, true, "still",
      true },
    { "a closed case has only its day", 2, 26, 0, CASE_CLOSED, false, "over" },
    { "four hours from now", 3, 2, 14 * 60, CASE_IN_WORK, true, "ahead 4 hours soon" },
    { "the last minutes", 3, 2, 10 * 60 + 20, CASE_IN_WORK, true,
      "ahead 20 minutes soon" },
    { "the end itself is late", 3, 2, 10 * 60, CASE_IN_WORK, true, "late 0 minutes" },
    { "since eight in the morning", 3, 2, 8 * 60, CASE_IN_WORK, true, "late 2 hours" },
    { "24 hours that ended yesterday", 3, 1, 9 * 60, CASE_IN_WORK, true, "late 25 hours" },
    { "long ago it is days again", 2, 24, 9 * 60, CASE_IN_WORK, true, "late 3 days" },
};

static const char *due_told(struct arena *a, const struct casework_due *d)
{
    const char *what = d->none    ? "none"
                       : d->still ? "still"
                       : d->today ? "today"
                       : d->late  ? "late"
                       : d->ahead ? "ahead"
                                  : "over";

    if (d->late || d->ahead) {
        what = str_z(a, str_format(a, "%s %d %s", what, (int)d->days,
                                   d->in_hours     ? "hours"
                                   : d->in_minutes ? "minutes"
                                                   : "days"));
    }
    return d->soon ? str_z(a, str_format(a, "%s soon", what)) : what;
}

static void due_dates_are_told_in_working_days_or_hours(void **state)
{
    struct arena *a = arena_new(0);
    int64_t now_ms = day_begins_ms(day_of(2026, 3, 2)) + 10 * INT64_C(3600000);

    for (size_t i = 0; i < sizeof dues / sizeof dues[0]; i++) {
        struct casefile c = {
            .due = dues[i].month == 0 ? DAY_NONE : day_of(2026, dues[i].month, dues[i].date),
            .state = dues[i].state, .is_open = dues[i].open, .paused = dues[i].paused,
        };
        struct casework_due d;
        const char *found;

        c.due_ms = dues[i].minute == 0 ? day_begins_ms(c.due + 1)
                                       : day_begins_ms(c.due) + dues[i].minute * 60000;
        d = casework_due_of(a, calendar_official(), casework_end_of(&c, false), now_ms,
                            case_soon_ms(calendar_official(), 2, now_ms), LANG_EN);
        found = due_told(a, &d);
        if (strcmp(found, dues[i].want) != 0) {
            fail_msg("%s: %s", dues[i].story, found);
        }
    }
    arena_free(a);
}

/* Every act with a text has a field of its own on the page. */
static void acts_read_fields_of_their_own(void **state)
{
    for (int a = 0; a < ACT_COUNT; a++) {
        for (int b = a + 1; b < ACT_COUNT; b++) {
            str one = casework_note_field((enum case_act)a);

            assert_true(str_is_empty(one) ||
                        !str_equal(one, casework_note_field((enum case_act)b)));
        }
    }
}

/* Pages. */
#define LABEL(zh, en) { .in = { STR_INIT(zh), STR_INIT(en), STR_INIT("") } }

static const struct casework_row rows[] = {
    { .link = { STR_INIT("/staff/cases/1") }, .number = STR_INIT("DA-115-000123-4"),
      .name = STR_INIT("王○明"), .state_class = STR_INIT("tag--on"),
      .service = LABEL("土地使用分區證明", "Zoning certificate"), .state = { .id = "In progress" },
      .due = { .late = true, .days = 2, .day = STR_INIT("115.02.26") },
      .officer = STR_INIT("林文華") },
    { .link = { STR_INIT("/staff/cases/2") }, .number = STR_INIT("DA-115-000124-2"),
      .name = STR_INIT("<script>"), .shown = true, .state = { .id = "Received" },
      .service = LABEL("里民活動中心", "Activity centre"), .due = { .none = true } },
};
static const struct casework_tab tabs[] = {
    { .link = { STR_INIT("/staff/worklist?list=mine") }, .text = { .id = "My cases" },
      .current = true, .count = 2 },
    { .link = { STR_INIT("/staff/worklist?list=unit") }, .text = { .id = "Open in my unit" },
      .count = 200, .more = true },
};
static const struct casework_option options[] = {
    { STR_INIT("zoning"), STR_INIT("土地使用分區證明"), true },
    { STR_INIT("centre"), STR_INIT("里民活動中心"), false },
};
static const struct shell_mistake mistake[] = {
    { .say = { .id = "Choose a reason for reading." }, .anchor = { STR_INIT("#f-reason") } },
};

static void the_worklist_is_drawn(void **state)
{
    const struct casework_worklist full = {
        .form_token = STR("t"), .tabs = tabs, .tabs_count = 2, .here = { STR("/staff/worklist") },
        .show = { STR("/staff/worklist/show") }, .next = { STR("/n") }, .first = { STR("/f") },
        .whole = { STR("/w") }, .list = STR("mine"), .services = options, .services_count = 2,
        .reasons = options, .reasons_count = 2, .rows = rows, .rows_count = 2,
        .filtered = true, .has_next = true, .has_before = true, .may_show = true,
        .needs_reason = true, .when = STR("late"), .whens = options,
        .whens_count = 2,
        .mistakes = { .any = true, .count = 1, .list = mistake, .list_count = 1 },
    };
    const struct casework_worklist empty = { .tabs = tabs, .tabs_count = 2, .none = true };

    try_view(worklist_view_v, &full, true);
    try_view(worklist_view_v, &empty, true);
    try_sees(worklist_view_v, &full, "Cases by due date, the earliest first");
    try_sees(worklist_view_v, &full, "<span class=\"n\">2</span>");
    try_sees(worklist_view_v, &full, "<span class=\"n\">200+</span>");
    struct casework_worklist all = full;

    all.newest_first = true;
    try_sees(worklist_view_v, &all, "Cases, the newest first");
    try_sees(worklist_view_v, &full, "2 working days late");
    try_sees(worklist_view_v, &full, "&lt;script&gt;");
    try_sees(worklist_view_v, &empty, "Nothing is waiting here.");
}

static const struct casework_ends some_ends[] = {
    { .link = { STR_INIT("/staff/worklist?list=unit&when=late") }, .text = { .id = "Overdue" },
      .of = { .id = "Open in my unit" }, .count = 3, .bad = true },
    { .link = { STR_INIT("/staff/worklist?list=mine&when=soon") },
      .text = { .id = "Ends soon" }, .of = { .id = "My cases" }, .count = 200, .more = true },
};

static void the_start_page_is_drawn(void **state)
{
    const struct casework_today busy = {
        .greeting = { .id = "Worklist" }, .day = STR("2 March 2026"), .waiting = tabs,
        .waiting_count = 2, .ends = some_ends, .ends_count = 2, .has_rows = true,
        .has_worklist = true,
        .rows = rows, .rows_count = 2,
    };
    const struct casework_today quiet = {
        .greeting = { .id = "Worklist" }, .nothing = true, .has_worklist = true,
    };
    const struct casework_today admin = {
        .greeting = { .id = "Worklist" }, .nothing = true,
        .settings = { STR("/staff/settings") }, .account = { STR("/staff/account") },
    };

    try_view(today_view_v, &busy, true);
    try_view(today_view_v, &quiet, true);
    try_sees(today_view_v, &quiet, "Nothing waits for you");
    try_view(today_view_v, &admin, true);
    try_sees(today_view_v, &admin, "/staff/settings");
}

static struct entry field(const char *name, bool bad)
{
    return (struct entry){
        .name = str_of(name), .value = STR("\"x\" <y>"), .label = { .id = "Note" },
        .hint = { .id = "Only the office reads this." }, .has_hint = true, .bad = bad,
        .error = { .id = "Choose a colleague." }, .type = STR("text"),
        .autocomplete = STR("off"), .described = STR("x"), .is_described = false,
        .is_long = true,
    };
}

static struct entry form_entries[2];
static const struct casework_pick form_picks[] = {
    { .name = STR_INIT("halt_ground"), .label = { .id = "Cause" }, .is_radio = true,
      .options = options, .options_count = 2 },
    { .name = STR_INIT("consult_units"), .label = { .id = "Units" }, .options = options,
      .options_count = 2, .bad = true, .error = { .id = "Choose a colleague." } },
    { .name = STR_INIT("waive_unit"), .label = { .id = "Units" }, .is_select = true,
      .options = options, .options_count = 2 },
};
static struct casework_form some_form;

static struct casework_acts all_acts(bool bad)
{
    form_entries[0] = field("transfer_agency_name", false);
    some_form = (struct casework_form){
        .title = { .id = "Stop the clock" }, .button = { .id = "Stop the clock" },
        .folded = true, .picks = form_picks, .picks_count = 3, .entries = form_entries,
        .entries_count = 1, .has_text = true, .text = field("halt_note", bad),
    };
    return (struct casework_acts){
        .form_token = STR("t"), .changes = STR("3"), .take = true, .assign = true, .note = true,
        .propose = true, .give_back = true, .telephone = true, .issue = true,
        .collect = true, .close = true, .grant = true, .colleagues = options,
        .colleagues_count = 2, .to_bad = bad, .assign_open = bad, .to_error = { .id = "Choose a colleague." },
        .propose_text = field("proposal", false), .decide_text = field("decision", false),
        .give_back_text = field("sentence", bad), .more = &some_form, .more_count = 1,
        .has_more = true,
        .note_text = field("note", bad), .document_number = field("document_number", bad),
        .document_day = field("document_day", false),
        .telephone_to = { STR("/staff/cases/1/call") },
    };
}

static void a_case_is_drawn(void **state)
{
    const struct casework_answer answers[] = {
        { .label = LABEL("姓名", "Name"), .text = STR("王○明"), .personal = true, .masked = true },
        { .label = LABEL("證明", "Paper"), .text = STR("scan.pdf"), .is_file = true,
          .file = { STR("/staff/cases/1/files/2") } },
        { .label = LABEL("說明", "Remark"), .text = STR("a\nb"), .is_long = true },
        { .label = LABEL("簽名", "Signature"), .text = STR("林小青"), .drawn = STR("M0 0L9 9") },
    };
    const struct casework_step steps[] = {
        { .title = LABEL("申請人", "Applicant"), .answers = answers, .answers_count = 4 },
    };
    const struct casework_event events[] = {
        { .what = { .id = "Received" }, .at = STR("10:00"), .from_citizen = true },
        { .what = { .id = "Proposed" }, .who = STR("林文華"), .at = STR("11:00"),
          .has_outcome = true, .outcome = { .id = "to be granted" }, .has_hidden_note = true },
        { .what = { .id = "Decided" }, .who = STR("陳課長"), .at = STR("12:00"), .has_note = true,
          .note = STR("ok"), .as_deputy = true, .has_to = true, .to = STR("小陳") },
    };
    struct casework_case p = {
        .number = STR("DA-115-000123-4"), .service = LABEL("土地使用分區證明", "Zoning certificate"),
        .state = { .id = "In progress" }, .level = { .id = "Unit head" },
        .channel = { .id = "Online" }, .due = { .ahead = true, .days = 3 }, .steps = steps,
        .steps_count = 1, .events = events, .events_count = 3, .may_show = true,
        .needs_reason = true, .reasons = options, .reasons_count = 2, .is_proposed = true,
        .proposal = { .id = "Proposed: grant" }, .proposal_by = STR("林文華"), .stale = true,
        .stale_say = { .id = "Choose a colleague." },
        .reason_bad = true, .reason_error = { .id = "Choose a reason for reading." },
        .has_agent = true, .agent = STR("王○同"), .agent_relation = STR("<代書>"),
        .acts = all_acts(true),
    };

    try_sees(casework_case_view_v, &p, "d=\"M0 0L9 9\"");
    try_sees(casework_case_view_v, &p, "&lt;代書&gt;");
    try_view(casework_case_view_v, &p, true);
    try_sees(casework_case_view_v, &p, "Submit for approval");
    try_sees(casework_case_view_v, &p, "In 3 working days");
    p.acts = (struct casework_acts){ .decide = true, .deputy = true, .give_back = true,
                                     .decide_text = field("decision", false),
                                     .give_back_text = field("sentence", false) };
    p.shown = true;
    p.may_show = false;
    try_view(casework_case_view_v, &p, true);
    try_sees(casework_case_view_v, &p, "Decide as deputy");
    p.acts = (struct casework_acts){ .none = true };
    try_sees(casework_case_view_v, &p, "Nothing can be done here now.");
}

static void moving_to_another_version_is_drawn(void **state)
{
    const struct casework_change changes[] = {
        { { .id = "An agent may no longer apply." }, true },
        { { .id = "The control limit has changed." }, false },
    };
    const struct casework_missing missing[] = {
        { LABEL("用途", "Purpose"), { .id = "Choose a colleague." } },
    };
    struct casework_move p = {
        .number = STR("DA-115-000123-4"), .service = LABEL("土地使用分區證明", "Zoning"),
        .from = 1, .to = 3, .versions = options, .versions_count = 2, .has_versions = true,
        .changed = changes, .changed_count = 2, .missing = missing, .missing_count = 1,
        .has_dropped = true, .dropped = 2, .fee_was = { .id = "No fee" },
        .fee_will = { .id = "No fee" }, .fee_moves = true, .due_was = STR("115.03.02"),
        .due_will = STR("115.03.09"), .due_moves = true, .late_at_once = true,
        .other_unit = true, .unit = LABEL("社會課", "Social affairs"),
        .level_was = { .id = "Unit head" }, .level_will = { .id = "Unit head" },
        .text = field("move_note", true), .may = true,
        .here = { STR("/staff/cases/1/move") }, .act = { STR("/staff/cases/1/move") },
        .casefile = { STR("/staff/cases/1") },
    };

    try_view(casework_move_view_v, &p, true);
    try_sees(casework_move_view_v, &p, "2 answers are no longer asked for.");
    p.none_changes = p.none_missing = p.fee_kept = true;
    p.has_dropped = p.has_versions = false;
    try_view(casework_move_view_v, &p, true);
    try_sees(casework_move_view_v, &p, "Nothing that anybody would notice.");
    p.may = false;
    p.why_not = (struct words){ .id = "No fee" };
    try_view(casework_move_view_v, &p, true);
    try_sees(casework_move_view_v, &p, "To the case");
}

static void cases_on_old_versions_are_drawn(void **state)
{
    const struct casework_version_count counts[] = { { 1, 2 }, { 2, 40 } };
    const struct casework_version_row list[] = {
        { .link = { STR_INIT("/staff/cases/1/move") }, .number = STR_INIT("DA-115-000123-4"),
          .value = STR_INIT("1:3"), .due_was = STR_INIT("115.03.02"),
          .due_will = STR_INIT("115.03.09"), .unit = LABEL("經建課", "Works"), .version = 1,
          .missing = 2, .state = { .id = "Received" }, .fee_was = { .id = "No fee" },
          .fee_will = { .id = "No fee" }, .may = true, .due_moves = true, .fee_moves = true,
          .has_missing = true, .chosen = true },
        { .number = STR_INIT("DA-115-000124-2"), .due_was = STR_INIT("115.03.02"),
          .unit = LABEL("經建課", "Works"), .version = 2, .state = { .id = "Received" },
          .why_not = { .id = "is past its term" } },
    };
    struct casework_versions p = {
        .service = LABEL("土地使用分區證明", "Zoning"), .newest = 3, .counts = counts,
        .counts_count = 2, .rows = list, .rows_count = 2, .may_any = true, .more = true,
        .has_next = true, .next = { STR("/staff/services/zoning/cases?after=2") },
        .here = { STR("/staff/services/zoning/cases") }, .text = field("move_note", true),
        .has_none_chosen = true, .done = true, .moved = 2,
        .none_chosen = { .id = "Tick the cases that are to be moved." },
    };

    try_view(casework_versions_view_v, &p, true);
    try_sees(casework_versions_view_v, &p, "is past its term");
    p.none = true;
    try_view(casework_versions_view_v, &p, true);
    try_sees(casework_versions_view_v, &p, "All running cases are on the version in force.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_follow_duties),
        cmocka_unit_test(a_deputy_has_the_list_of_the_absent),
        cmocka_unit_test(nobody_chooses_a_list_that_is_not_his),
        cmocka_unit_test(due_dates_are_told_in_working_days_or_hours),
        cmocka_unit_test(acts_read_fields_of_their_own),
        cmocka_unit_test(the_worklist_is_drawn),
        cmocka_unit_test(the_start_page_is_drawn),
        cmocka_unit_test(a_case_is_drawn),
        cmocka_unit_test(moving_to_another_version_is_drawn),
        cmocka_unit_test(cases_on_old_versions_are_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
