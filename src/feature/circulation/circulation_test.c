/* Pages in every language; who gets a paper, who has read it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "circulation_form.view.h"
#include "circulation_lists.view.h"
#include "circulation_one.view.h"
#include "feature/circulation/circulation_view.h"

#define LABEL(zh, en) { .in = { STR_INIT(zh), STR_INIT(en), STR_INIT("") } }
#define TO(path) { STR_INIT(path) }

static void lists_and_one(void **state)
{
    static const struct circulation_row rows[] = {
        { TO("/staff/circulation/1"), { .id = "Clipping" }, STR_INIT("<b>剪報"), STR_INIT("林文華"),
          STR_INIT("115.03.02 10:00"), STR_INIT("115.03.05"), STR_INIT(""), 3, 1, false, false,
          true, true },
        { TO("/staff/circulation/2"), { .id = "Change of law" }, STR_INIT("戶籍法"), STR_INIT("林文華"),
          STR_INIT("115.03.02 10:00"), STR_INIT(""), STR_INIT("115.03.02 11:00"), 3, 3, true, true,
          false, false },
    };
    static const struct circulation_person people[] = {
        { LABEL("民政課", "Civil affairs"), STR_INIT("王小明"), STR_INIT("課員"), STR_INIT(""), false },
        { LABEL("民政課", "Civil affairs"), STR_INIT("陳大文"), STR_INIT("課員"),
          STR_INIT("115.03.02 11:00"), true },
    };
    struct circulation_lists lists = { .fresh = TO("/n"), .may_send = true, .unread = 1,
                                       .to = rows, .to_count = 2, .sent = rows,
                                       .sent_count = 2, .has_sent = true };
    const struct circulation_page one = {
        .kind = { .id = "Clipping" }, .title = STR("剪報"), .text = STR("<text>"),
        .has_text = true, .who = STR("林文華"), .may_mark = true, .readers = 2, .read = 1,
        .people = people, .people_count = 2, .mark = TO("/r"), .link = TO("/staff"),
        .file = TO("/f"), .file_name = STR("a.pdf"), .has_due = true, .due = STR("115.03.05"),
    };

    try_view(circulation_lists_view_v, &lists, true);
    try_sees(circulation_lists_view_v, &lists, "&lt;b&gt;");
    lists.none = true;
    try_view(circulation_lists_view_v, &lists, true);
    try_view(circulation_one_view_v, &one, true);
    try_sees(circulation_one_view_v, &one, "&lt;text&gt;");
    try_sees(circulation_one_view_v, &one, "Initials or seal");
}

static void the_form(void **state)
{
    static const struct circulation_option kinds[] = {
        { STR_INIT("list"), STR_INIT("List"), LABEL("", ""), true },
    };
    static const struct circulation_group groups[] = {
        { STR_INIT("0000000000001"), LABEL("民政課", "Civil affairs"), true, kinds, 1 },
    };
    const struct circulation_form p = {
        .to = TO("/staff/circulation/new"),
        .title = { .name = STR("title"), .label = { .id = "Subject" }, .type = STR("text") },
        .text = { .name = STR("text"), .label = { .id = "Text" }, .is_long = true },
        .link = { .name = STR("link"), .label = { .id = "A page of ours" }, .type = STR("text") },
        .due = { .name = STR("due"), .label = { .id = "To be read by" }, .type = STR("text") },
        .kinds = kinds, .kinds_count = 1, .groups = groups, .groups_count = 1, .to_bad = true,
        .to_error = { .id = "Choose at least one colleague or unit." },
    };

    try_view(circulation_form_view_v, &p, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_and_one),
        cmocka_unit_test(the_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
