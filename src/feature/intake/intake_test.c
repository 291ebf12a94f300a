/* Strokes, order of services, lines of files, months, and every page of intake in every
 * language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/intake/intake_rules.h"
#include "feature/intake/intake_view.h"
#include "intake_counts.view.h"
#include "intake_figures.view.h"
#include "intake_form.view.h"
#include "intake_index.view.h"
#include "intake_list.view.h"
#include "intake_list_kept.view.h"
#include "intake_notices.view.h"
#include "intake_own.view.h"
#include "intake_panel.view.h"
#include "intake_paper_page.view.h"

/* Months as people write them. */
static const struct {
    const char *text;
    int want; /* 0: none */
} months[] = {
    { "115-02", 2026 * 12 + 1 },     { "115年2月", 2026 * 12 + 1 },
    { "2026-02", 2026 * 12 + 1 },    { "11502", 2026 * 12 + 1 },
    { "202602", 2026 * 12 + 1 },     { "115/12", 2026 * 12 + 11 },
    { "115-13", 0 },                 { "115-00", 0 },
    { "month", 0 },                  { "", 0 },
    { "0-1", 0 },
};

static void months_are_read(void **state)
{
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        int month = 0;
        bool ok = intake_month_read(str_of(months[i].text), &month);

        if (ok != (months[i].want != 0) || (ok && month != months[i].want)) {
            fail_msg("%s: %d", months[i].text, month);
        }
    }
}

/* Lines of a file: fields joined by |, records by /. */
static const struct {
    const char *story, *text, *want;
} lines[] = {
    { "plain", "a,b\nc,d\n", "1:a|b/2:c|d" },
    { "a byte order mark and CRLF", "\xef\xbb\xbf" "a,b\r\nc,d\r\n", "1:a|b/2:c|d" },
    { "quotes with comma and doubled quotes", "\"a,1\",\"say \"\"x\"\"\"\n", "1:a,1|say \"x\"" },
    { "a line feed inside quotes counts lines", "\"a\nb\",c\nd,e\n", "1:a\nb|c/3:d|e" },
    { "empty lines are passed over", "\n\na,b\n,,\nc,d", "3:a|b/5:c|d" },
    { "what is pasted out of a sheet has tabs", "a\tb,c\nd\te\n", "1:a|b,c/2:d|e" },
    { "a quote that never ends", "\"a,b\nc", "1:a,b\nc" },
    { "nothing", "", "" },
};

static void lines_of_a_file(void **state)
{
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct arena *a = arena_new(0);
        str fields[CSV_FIELDS];
        char found[200] = "";
        struct csv c;
        size_t count;
        int line;

        csv_open(&c, a, str_of(lines[i].text));
        while (csv_next(&c, fields, &count, &line)) {
            snprintf(found + strlen(found), sizeof found - strlen(found), "%s%d:",
                     found[0] != 0 ? "/" : "", line);
            for (size_t k = 0; k < count; k++) {
                snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s",
                         k > 0 ? "|" : "", STR_ARG(fields[k]));
            }
        }
        if (strcmp(found, lines[i].want) != 0) {
            fail_msg("%s: %s", lines[i].story, found);
        }
        arena_free(a);
    }
}

/* Ways by what a service says. */
static void a_clerk_chooses_only_ways_of_the_service(void **state)
{
    const struct service s = { .ways = 1U << WAY_POST };

    assert_non_null(intake_way_of(&s, STR("counter")));
    assert_non_null(intake_way_of(&s, STR("post")));
    assert_null(intake_way_of(&s, STR("telephone")));
    assert_null(intake_way_of(&s, STR("online")));
    assert_null(intake_way_of(&s, STR("")));
}

/* What nobody touches counts as seen; a file that the form asks for is a paper here. */
static void papers_of_a_matter(void **state)
{
    static const struct service_paper papers[] = {
        { .key = STR_INIT("photos"), .original = true },
        { .key = STR_INIT("id_copy"), .copies = 1 },
        { .key = STR_INIT("transcript"), .looked_up = true },
    };
    static const struct service_paper agents[] = { { .key = STR_INIT("power") } };
    static const struct question questions[] = {
        { .key = STR_INIT("name"), .type = Q_TEXT, .required = true },
        { .key = STR_INIT("map"), .type = Q_FILE, .required = true },
    };
    static const struct form_step steps[] = { { .questions = questions,
                                                .questions_count = 2 } };
    const struct service s = {
        .papers = papers, .papers_count = 3, .agent_papers = agents,
        .agent_papers_count = 1, .form = { .steps = steps, .steps_count = 1 },
    };
    struct arena *a = arena_new(0);
    struct answers answers;
    struct intake_papers p;

    assert_null(answers_init(a, &s.form, &answers));
    assert_null(answers_settle(a, &answers, 20000));
    assert_null(intake_papers_of(a, &s, &answers, false, 20000, &p));
    assert_int_equal(p.count, 5);
    assert_int_equal(p.list[0].state, PAPER_ORIGINAL);
    assert_int_equal(p.list[1].state, PAPER_COPY);
    assert_int_equal(p.list[2].state, PAPER_LOOKED_UP);
    assert_int_equal(p.list[3].state, PAPER_NOT_NEEDED);
    assert_int_equal(p.list[4].kind, ONCE_QUESTION);
    assert_int_equal(p.list[4].state, PAPER_ORIGINAL);
    assert_int_equal(intake_papers_missing(&p), 0);
    assert_null(intake_papers_of(a, &s, &answers, true, 20000, &p));
    assert_int_equal(p.list[3].state, PAPER_ORIGINAL);
    assert_true(str_equal(intake_paper_field(a, &p.list[3]), STR("agent_paper.power")));
    arena_free(a);
}

static void strokes_are_known_by_key(void **state)
{
    assert_true(intake_stroke_of(STR("told"))->told);
    assert_int_equal(intake_stroke_of(STR("done"))->result, TALLY_DONE);
    assert_null(intake_stroke_of(STR("")));
}

/* ---- pages ---- */

#define LABEL(zh, en) { .in = { STR_INIT(zh), STR_INIT(en), STR_INIT("") } }

static const struct shell_mistake mistake[] = {
    { .say = { .id = "Scan the one-time notice, or type its number." },
      .anchor = { STR_INIT("#f-number") } },
};
static const struct shell_mistakes mistakes = { .any = true, .count = 1, .list = mistake,
                                                .list_count = 1 };
#define ENTRY(field) { .name = STR_INIT(field), .label = { .id = "Number of cases" }, \
                       .type = STR_INIT("text"), .autocomplete = STR_INIT("off") }

static void the_counter_is_drawn(void **state)
{
    const struct intake_button buttons[] = {
        { .value = STR("done"), .keys = STR("1 1"), .number = STR("1"), .first = true,
          .text = { .id = "Done" } },
        { .value = STR("told"), .keys = STR("1 2"), .number = STR("2"),
          .text = { .id = "One-time notice" } },
    };
    const struct intake_line first[] = {
        { .number = 1, .name = LABEL("健保轉出", "Insurance"), .service = STR("nhi"),
          .open = { STR("/o") }, .to = { STR("/s") }, .buttons = buttons, .buttons_count = 2,
          .open_keys = STR("1 0") },
        { .number = 2, .name = LABEL("<b>", "<b>"), .open = { STR("/o") }, .is_full = true,
          .open_keys = STR("2 1"), .open_number = STR("1") },
    };
    const struct intake_line rest[] = {
        { .number = 10, .name = LABEL("其他", "Other"), .open = { STR("/o") },
          .note = { .id = "only counted; its number is brought in" } },
    };
    struct intake_index p = {
        .first = first, .first_count = 2, .rest = rest, .rest_count = 1,
        .here = { STR("/h") }, .stroke = { STR("/s") }, .undo = { STR("/u") },
        .notices = { STR("/n") }, .counts = { STR("/c") }, .figures = { STR("/f") },
        .take_up = { STR("/t") }, .did = { .any = true, .may_undo = true,
            .service = LABEL("健保轉出", "Insurance"), .what = { .id = "Done" } },
        .mistakes = mistakes, .searched = true, .none = true, .find = STR("x"),
    };

    try_view(intake_index_view_v, &p, true);
    try_sees(intake_index_view_v, &p, "Take it back");
    p.did.any = false;
    try_sees(intake_index_view_v, &p, "Two keys");
}

static const struct field along[] = {
    { .label = LABEL("照片", "Photograph"), .file_kept = STR_INIT("t"),
      .kept_name = STR_INIT("photo.kept"), .file_name = STR_INIT("a.jpg") },
    { .label = LABEL("簽名", "Signature"), .sign_strokes = STR_INIT("1,2 3,4"),
      .sign_strokes_name = STR_INIT("sign.strokes"),
      .sign_name = { .name = STR_INIT("sign.name"), .value = STR_INIT("林小青") } },
};
static const struct intake_may may[] = { { STR_INIT("f-may.age65"), STR_INIT("may.age65"),
                                    LABEL("滿 65 歲了嗎？", "Are you 65?"),
                                    LABEL("", ""), true } };
static const struct intake_came came[] = { { STR_INIT("姓名"), STR_INIT("<王大同>") } };

static void a_matter_is_drawn(void **state)
{
    const struct intake_tick ticks[] = {
        { .id = STR("t1"), .value = STR("original"), .text = { .id = "Original" },
          .checked = true },
        { .id = STR("t2"), .value = STR("missing"), .text = { .id = "Missing" },
          .key = STR("1") },
    };
    const struct intake_paper_line papers[] = {
        { .name = STR("paper.photos"), .id = STR("f-paper.photos"), .ticks = ticks,
          .ticks_count = 2, .label = LABEL("照片", "Photographs"), .bad = true,
          .mistake = { .id = "Choose a service." } },
    };
    const struct intake_choice ways[] = {
        { .id = STR("w1"), .name = STR("way"), .value = STR("counter"), .checked = true,
          .text = { .id = "At the counter" } },
        { .id = STR("w2"), .name = STR("way"), .value = STR("post"),
          .text = { .id = "By post" } },
    };
    const struct field fields[] = { { .id = STR("f-name"), .name = STR("name"),
        .is_input = true, .input_type = STR("text"), .label = LABEL("姓名", "Name") } };
    const struct intake_part parts[] = { { LABEL("申請人", "Applicant"), fields, 1, along,
                                           2 } };
    const struct intake_gap gaps[] = { { STR("g1"), STR("mobile"), LABEL("手機", "Mobile"),
                                         true } };
    struct intake_form p = {
        .service = LABEL("身心障礙證明", "Disability certificate"), .is_full = true,
        .papers = papers, .papers_count = 1, .has_papers = true, .ways = ways,
        .ways_count = 2, .has_other_ways = true, .has_post = true, .has_telephone = true,
        .has_cross = true, .may_agent = true, .parts = parts, .parts_count = 1, .gaps = gaps,
        .gaps_count = 1, .has_gaps = true, .postmark = ENTRY("postmark"),
        .from_office = ENTRY("from_office"), .from_day = ENTRY("from_day"),
        .until = ENTRY("until"), .remark = ENTRY("remark"), .ground = ENTRY("ground"),
        .action = { STR("/a") }, .public_page = { STR("/p") }, .list = { STR("/l") },
        .may_list = true, .complete = true, .more = true, .from_notice = true,
        .notice_number = STR("DAN-115-000001-2"), .draft_gone = true, .unconfirmed = true,
        .standing = { .id = "No longer offered" }, .mistakes = mistakes,
        .term = { .id = "While you wait" }, .fee = { .id = "No fee" },
        .agent_name = ENTRY("agent_name"), .agent_relation = ENTRY("agent_relation"),
        .agent_authority = ENTRY("agent_authority"),
        .agent_telephone = ENTRY("agent_telephone"), .agent_seen_bad = true,
        .agent_seen_error = { .id = "Choose a service." }, .may = may, .may_count = 1,
        .has_may = true, .from_draft = true, .from_envelope = true, .came = came,
        .came_count = 1, .came_text = STR("<i>"), .came_number = STR("HH-1"),
        .envelope_from = LABEL("戶政事務所", "Household"), .envelope_page = { STR("/e") },
    };
    const struct intake_button buttons[] = { { .value = STR("done"), .key = STR("d"),
                                               .text = { .id = "Done" }, .first = true } };

    try_view(intake_form_view_v, &p, true);
    try_sees(intake_form_view_v, &p, "Accept, and ask for what is missing");
    try_sees(intake_form_view_v, &p, "&lt;王大同&gt;");
    try_sees(intake_form_view_v, &p, "signed on line");
    p.is_full = false;
    p.buttons = buttons;
    p.buttons_count = 1;
    p.stroke = (struct url){ STR("/s") };
    p.has_elsewhere = true;
    p.elsewhere = (struct url){ STR("https://x.example/") };
    try_view(intake_form_view_v, &p, true);
}

static void papers_that_go_out_are_drawn(void **state)
{
    const struct intake_paper_page page = {
        .title = STR("一次告知單"), .done = { .id = "Choose a service." }, .has_case = true,
        .has_fee = true, .fee = { STR("/f") }, .fee_say = { .id = "Choose a service." },
        .pdf = { STR("/p") }, .next = { STR("/n") }, .casefile = { STR("/c") },
    };
    const struct intake_notice_line list[] = {
        { .number = STR("DAN-115-000001-2"), .link = { STR("/n") }, .out = true },
        { .number = STR("DAN-115-000002-1"), .link = { STR("/n") }, .online = true },
        { .number = STR("DAN-115-000003-9"), .link = { STR("/n") }, .counter = true },
    };
    struct intake_notices notices = { .list = list, .list_count = 3, .mistakes = mistakes,
                                      .take_up = { STR("/t") }, .number = ENTRY("number") };
    const struct intake_own_paper missing[] = { { LABEL("照片", "Photographs"),
                                                  LABEL("相館", "A shop") } };
    struct intake_own own = { .action = { STR("/a") }, .online = { STR("/d") }, .service_page = { STR("/s") },
                              .found = true, .may_online = true, .has_draft = true,
                              .missing = missing, .missing_count = 1,
                              .code_entry = ENTRY("code") };
    const struct intake_panel_paper seen[] = { { LABEL("照片", "Photographs"),
                                                 { .id = "missing" }, true } };
    const struct label without[] = { LABEL("手機", "Mobile") };
    const struct intake_panel panel = {
        .way = { .id = "By telephone" }, .by_agent = true, .called_back = true,
        .incomplete = true, .has_filed = true, .has_from = true, .has_notice = true,
        .notice = { STR("/n") }, .identity = { .id = "Known in person to the clerk" },
        .papers = seen, .papers_count = 1, .without = without, .without_count = 1,
        .has_without = true, .has_ground = true, .ground = STR("無電話"),
    };

    try_view(intake_paper_page_view_v, &page, true);
    try_view(intake_notices_view_v, &notices, true);
    notices.none = true;
    try_view(intake_notices_view_v, &notices, true);
    try_view(intake_own_view_v, &own, true);
    own.may_online = false;
    own.is_back = true;
    try_view(intake_own_view_v, &own, true);
    own.found = false;
    try_view(intake_own_view_v, &own, true);
    try_view(intake_panel_view_v, &panel, false);
}

static void lists_and_figures_are_drawn(void **state)
{
    const struct intake_problem problems[] = { { STR("3"), { .id = "Choose a service." } } };
    const struct intake_count_line count[] = {
        { .month = STR("115年2月"), .place = STR("2"), .service = LABEL("健保", "NHI"),
          .way = { .id = "Online" }, .amount = 412, .before = { .id = "stands there already" } },
    };
    const struct intake_choice options[] = { { .value = STR("nhi"), .text = { .id = "Done" } } };
    const struct intake_counts counts = {
        .action = { STR("/a") }, .figures = { STR("/f") }, .preview = true, .kept = true,
        .kept_say = { .id = "Choose a service." }, .has_lines = true, .lines = count,
        .lines_count = 1, .has_problems = true, .problems = problems, .problems_count = 1,
        .services = options, .services_count = 1, .ways = options, .ways_count = 1,
        .month = ENTRY("month"), .amount = ENTRY("amount"), .source = ENTRY("source"),
        .source_all = ENTRY("source_all"), .text_bad = true, .mistakes = mistakes,
    };
    const struct intake_list_column columns[] = { { STR("name"), LABEL("姓名", "Name"), true },
                                                  { STR("mobile"), LABEL("手機", "Mobile"), false } };
    const struct intake_list_cell cells[] = { { STR("王小明") }, { STR("<i>") } };
    const struct intake_list_row row[] = { { STR("2"), cells, 2 } };
    struct intake_list list = {
        .service = LABEL("送餐", "Lunch"), .action = { STR("/a") }, .back = { STR("/b") },
        .preview = true, .count = 2, .columns = columns, .columns_count = 2,
        .heads = columns, .heads_count = 2, .rows = row, .rows_count = 1,
        .example = STR("name"), .mistakes = mistakes,
    };
    const struct intake_list_done done[] = { { STR("DA-115-000001-2"), STR("王○明"),
                                               { STR("/c") }, { STR("/r") } } };
    const struct intake_list_kept kept = { .count = 1, .list = done, .list_count = 1,
                                           .back = { STR("/b") } };
    const struct intake_notice_figure notice[] = { { .issued = 3, .back = 2, .online = 1,
                                                     .share = STR("67 %") } };
    const struct intake_figure figure[] = {
        { .is_case = true, .amount = 2, .incomplete = 1, .by_agent = 1, .way = { .id = "By post" } },
        { .is_short = true, .amount = 40, .told = 3 },
        { .is_brought = true, .amount = 412, .source = STR("NHI") },
    };
    struct intake_figures figures = {
        .before = { STR("/b") }, .after = { STR("/a") }, .has_after = true,
        .counts = { STR("/c") }, .notices = notice, .notices_count = 1, .lines = figure,
        .lines_count = 3,
    };

    try_view(intake_counts_view_v, &counts, true);
    try_view(intake_list_view_v, &list, true);
    list.has_problems = true;
    list.problems = problems;
    list.problems_count = 1;
    try_view(intake_list_view_v, &list, true);
    try_view(intake_list_kept_view_v, &kept, true);
    try_view(intake_figures_view_v, &figures, true);
    figures.no_notices = figures.none = true;
    try_view(intake_figures_view_v, &figures, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_read),
        cmocka_unit_test(lines_of_a_file),
        cmocka_unit_test(a_clerk_chooses_only_ways_of_the_service),
        cmocka_unit_test(papers_of_a_matter),
        cmocka_unit_test(strokes_are_known_by_key),
        cmocka_unit_test(the_counter_is_drawn),
        cmocka_unit_test(a_matter_is_drawn),
        cmocka_unit_test(papers_that_go_out_are_drawn),
        cmocka_unit_test(lists_and_figures_are_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
