/* Lines of numbers as people paste them, and the pages of letters in every language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/letters/letters_rules.h"
#include "feature/letters/letters_view.h"
#include "kernel/letter/letter.h"
#include "letters_all.view.h"
#include "letters_case.view.h"
#include "letters_confirm.view.h"
#include "letters_forms.view.h"
#include "letters_one.view.h"
#include "letters_seals.view.h"

#define L(zh, en)                                    \
    {                                                \
        {                                            \
            STR_INIT(zh), STR_INIT(en), STR_INIT(zh) \
        }                                            \
    }
#define URL_TO(path)   \
    {                  \
        STR_INIT(path) \
    }

static const struct {
    const char *story, *text;
    int count; /* -1: refused */
    const char *number;
    int year, month, date;
} rows[] = {
    { "commas", "DA-115-000001-2,青民字第1150000001號,115.3.2", 1, "青民字第1150000001號",
      2026, 3, 2 },
    { "tabs of a spreadsheet", "DA-115-000001-2\t青民字第1號\t115/3/2\r\n", 1,
      "青民字第1號", 2026, 3, 2 },
    { "semicolons, western", "DA-115-000001-2; 青民字第1號 ; 2026-03-02", 1, "青民字第1號",
      2026, 3, 2 },
    { "a heading is passed over", "案號,發文字號,發文日期\nDA-115-000001-2,青字1號,1150302",
      1, "青字1號", 2026, 3, 2 },
    { "quotation marks", "\"DA-115-000001-2\",\"青字,\"\"1\"\"號\",115.3.2", 1,
      "青字,\"1\"號", 2026, 3, 2 },
    { "a mark at the beginning and empty lines",
      "\xEF\xBB\xBF\n\nDA-115-000001-2,青字1號,115.3.2\n\n", 1, "青字1號", 2026, 3, 2 },
    { "two lines", "A,b1號,115.3.2\nB,b2號,115.3.3", 2, "b1號", 2026, 3, 2 },
    { "no date", "DA-115-000001-2,青字1號", -1, NULL, 0, 0, 0 },
    { "31 April", "DA-115-000001-2,青字1號,115.4.31", -1, NULL, 0, 0, 0 },
    { "no number", "DA-115-000001-2,,115.3.2", -1, NULL, 0, 0, 0 },
    { "nothing", "", -1, NULL, 0, 0, 0 },
    { "an open quotation mark", "\"DA-115", -1, NULL, 0, 0, 0 },
};

static void numbers_come_by_the_line(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new(0);
        struct mistakes m;
        struct letters_line *list;
        size_t count = 0;

        mistakes_init(&m, a);
        err e = letters_lines_read(a, str_of(rows[i].text), &m, &list, &count);
        if ((e != NULL) != (rows[i].count < 0) ||
            (e == NULL && (int)count != rows[i].count)) {
            fail_msg("%s: %zu", rows[i].story, count);
        }
        if (e == NULL &&
            (!str_equal(list[0].number, str_of(rows[i].number)) ||
             list[0].day != day_of(rows[i].year, rows[i].month, rows[i].date))) {
            fail_msg("%s: %.*s", rows[i].story, STR_ARG(list[0].number));
        }
        arena_free(a);
    }
}

static void fields_are_changed_as_lines(void **state)
{
    struct arena *a = arena_new(0);
    struct letter_field *list;
    size_t count;

    assert_null(letters_fields_read(a, STR("地段：青埔段\n地號: 123-4\n  又一筆\n\n"),
                                    &list, &count));
    assert_int_equal(count, 2);
    assert_true(str_equal(list[0].label, STR("地段")));
    assert_true(str_equal(list[1].text, STR("123-4\n又一筆")));
    str again = letters_fields_write(a, list, 1);
    assert_true(str_equal(again, STR("地段：青埔段")));
    arena_free(a);
}

static const struct letters_row letter[] = {
        { .name = { .id = "Letter" },
          .state = { .id = "Draft letter" },
          .css = STR_INIT("tag--on"),
          .case_number = STR_INIT("DA-115-000001-2"),
          .may_open = true,
          .service = L("調解聲請", "Mediation"),
          .page = URL_TO("/staff/letters/1"),
          .casefile = URL_TO("/staff/cases/1") },
    };
    static const struct letters_option form[] = {
        { STR_INIT("plain_letter"), { .id = "Letter" }, false }
    };
    static const struct letters_seal seal[] = {
        { .number = STR_INIT("青字1號"),
          .what = { .id = "Letter" },
          .seal = { .id = "Strip seal" },
          .copies = 2,
          .waits = true,
          .may_seal = true,
          .done = URL_TO("/staff/seals/1"),
          .page = URL_TO("/staff/letters/1") },
        { .number = STR_INIT("青字2號"),
          .what = { .id = "Letter" },
          .seal = { .id = "Strip seal" },
          .page = URL_TO("/staff/letters/2") },
    };
    static const struct letters_form_row forms[] = {
        { .form = STR_INIT("plain_letter"),
          .name = { .id = "Letter" },
          .own = true,
          .version = 2,
          .plain = URL_TO("/staff/templates/x.odt"),
          .to = URL_TO("/staff/templates/x") },
    };

static void the_lists(void **state)
{
    const struct letters_case of_case = { .rows = letter,
                                          .rows_count = 1,
                                          .forms = form,
                                          .forms_count = 1,
                                          .may_write = true,
                                          .shown = true,
                                          .begin = URL_TO("/staff/cases/1/letters") };
    const struct letters_all all = {
        .drafts = letter,
        .drafts_count = 1,
        .issued = letter,
        .issued_count = 1,
        .numbers = URL_TO("/staff/letters"),
        .lines = { .name = STR("numbers"), .label = { .id = "Number of the document" }, .is_long = true },
        .seals = URL_TO("/staff/seals")
    };
    const struct letters_seals seals = { .here = URL_TO("/staff/seals"),
                                         .month = STR("115年3月"),
                                         .waiting = seal,
                                         .waiting_count = 1,
                                         .rows = &seal[1],
                                         .rows_count = 1,
                                         .months = form,
                                         .months_count = 1,
                                         .pdf = URL_TO("/staff/seals/files/x.pdf"),
                                         .odt = URL_TO("/staff/seals/files/x.odt") };
    const struct letters_forms templates = { .rows = forms, .rows_count = 1 };

    try_view(letters_case_view_v, &of_case, true);
    try_view(letters_all_view_v, &all, true);
    try_view(letters_seals_view_v, &seals, true);
    try_view(letters_forms_view_v, &templates, true);
}

static void the_page_of_a_letter(void **state)
{
    const struct letters_option ways[] = {
        { STR_INIT("post"), { .id = "By ordinary post" }, true },
        { STR_INIT("hand"), { .id = "Handed over" }, false },
    };
    struct letters_one one = {
        .name = { .id = "Letter" },
        .state = { .id = "Letter issued" },
        .case_number = STR("DA-115-000001-2"),
        .shown = true,
        .may_write = true,
        .is_issued = true,
        .is_certificate = true,
        .has_scan = true,
        .number = STR("青字1號"),
        .seal = { .id = "Strip seal" },
        .confirm = URL_TO("/district/certificates/A"),
        .casefile = URL_TO("/staff/cases/1"),
        .scan = URL_TO("/staff/letters/1/scan"),
        .scan_file = URL_TO("/staff/letters/1/scan"),
        .withdraw = URL_TO("/staff/letters/1/withdraw"),
        .send = URL_TO("/staff/letters/1/send"),
        .sent_day = { .name = STR("sent_day"), .label = { .id = "Date" } },
        .ways = ways,
        .ways_count = 2,
        .ways_bad = true,
        .ways_error = { .id = "Choose how it was sent." },
        .why = { .name = STR("why"), .label = { .id = "Number of the document" } },
        .pdf = URL_TO("/staff/letters/1/files/letter.pdf"),
        .odt = URL_TO("/staff/letters/1/files/letter.odt"),
        .issue = URL_TO("/staff/letters/1/issue"),
        .change = URL_TO("/staff/letters/1"),
        .drop = URL_TO("/staff/letters/1/drop"),
        .issue_number = { .name = STR("number"), .label = { .id = "Number of the document" } },
        .issue_day = { .name = STR("day"), .label = { .id = "Date" } },
    };

    try_view(letters_one_view_v, &one, true);
    try_sees(letters_one_view_v, &one, "/district/certificates/A");
    one.is_draft = true;
    one.is_issued = false;
    try_view(letters_one_view_v, &one, true);
    one.shown = false;
    try_view(letters_one_view_v, &one, true);
    try_sees(letters_one_view_v, &one, "Show the personal data of the case first");
}

static void whoever_scans_is_told_no_more_than_needed(void **state)
{
    struct letters_confirm p = { .office = L("青埔區公所", "Qingpu"),
                                 .kind = { .id = "Letter" },
                                 .number = STR("青字1號"),
                                 .day = STR("2 March 2026"),
                                 .good = true };

    try_view(letters_confirm_view_v, &p, true);
    try_sees(letters_confirm_view_v, &p, "Qingpu issued it and it is valid");
    p.good = false;
    p.is_over = p.has_until = true;
    p.until = STR("1 April 2026");
    try_sees(letters_confirm_view_v, &p, "its time is over");
    p.is_over = false;
    p.is_withdrawn = true;
    p.withdrawn = STR("3 March 2026");
    try_sees(letters_confirm_view_v, &p, "It holds no more");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_by_the_line),
        cmocka_unit_test(fields_are_changed_as_lines),
        cmocka_unit_test(the_lists),
        cmocka_unit_test(the_page_of_a_letter),
        cmocka_unit_test(whoever_scans_is_told_no_more_than_needed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
