/* One definition, every sheet: what each says, in every language, and the pages they are on.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/sheets/sheets_make.h"
#include "feature/sheets/sheets_view.h"
#include "sheets_all.view.h"
#include "sheets_head.view.h"
#include "sheets_one.view.h"
#include "sheets_panel.view.h"
#include "sheets_postings.view.h"
#include "sheets_shelf.view.h"
#include "sheets_shelf_staff.view.h"

#define L(zh, en, ja)                                \
    {                                                \
        {                                            \
            STR_INIT(zh), STR_INIT(en), STR_INIT(ja) \
        }                                            \
    }
#define URL_TO(path)   \
    {                  \
        STR_INIT(path) \
    }

static const struct choice uses[] = {
    { .key = STR_INIT("sale"), .label = L("買賣", "Sale", "売買") },
    { .key = STR_INIT("loan"), .label = L("貸款", "Loan", "融資") },
};
static const struct question questions[] = {
    { .key = STR_INIT("name"),
      .type = Q_TEXT,
      .label = L("姓名", "Name", "氏名"),
      .required = true,
      .example = STR_INIT("\"林小青\""),
      .least = INT64_MIN,
      .most = INT64_MAX },
    { .key = STR_INIT("use"),
      .type = Q_CHOICE,
      .label = L("用途", "Use", "目的"),
      .required = true,
      .choices = uses,
      .choices_count = 2,
      .example = STR_INIT("\"sale\""),
      .least = INT64_MIN,
      .most = INT64_MAX },
    { .key = STR_INIT("day"),
      .type = Q_DATE,
      .label = L("日期", "Day", "日"),
      .required = true,
      .example = STR_INIT("\"2026-03-02\""),
      .least = INT64_MIN,
      .most = INT64_MAX },
};
static const struct choice relations[] = {
    { .key = STR_INIT("child"), .label = L("子女", "Child", "子") },
};
static const struct question columns[] = {
    { .key = STR_INIT("who"), .type = Q_TEXT, .label = L("誰", "Who", "誰"),
      .required = true, .least = INT64_MIN, .most = INT64_MAX },
    { .key = STR_INIT("relation"), .type = Q_CHOICE, .label = L("關係", "Relation", "続柄"),
      .required = true, .choices = relations, .choices_count = 1, .least = INT64_MIN,
      .most = INT64_MAX },
};
static const struct question family[] = {
    { .key = STR_INIT("members"), .type = Q_ROWS, .label = L("家人", "The family", "家族"),
      .help = L("一列一位。", "One a row.", "1行に1名。"), .columns = columns,
      .columns_count = 2, .most = 20,
      .example = STR_INIT("[{\"who\":\"林小美\",\"relation\":\"child\"}]") },
    { .key = STR_INIT("sign"), .type = Q_SIGNATURE, .label = L("簽名", "Signature", "署名"),
      .required = true, .least = INT64_MIN, .most = INT64_MAX,
      .example = STR_INIT("{\"name\":\"林小青\",\"agree\":true}") },
};
static const struct form_step family_steps[] = {
    { .key = STR_INIT("you"), .title = L("申請人", "Applicant", "申請者"),
      .questions = questions, .questions_count = 3 },
    { .key = STR_INIT("family"), .title = L("家庭", "Family", "家庭"), .questions = family,
      .questions_count = 2 },
};
static const struct form_step steps[] = {
    { .key = STR_INIT("you"),
      .title = L("申請人", "Applicant", "申請者"),
      .questions = questions,
      .questions_count = 3 },
};
static const struct service_paper papers[] = {
    { .key = STR_INIT("id"),
      .name = L("國民身分證", "Identity card", "身分証"),
      .original = true,
      .where = L("戶政事務所", "Household office", "戸政事務所") },
    { .key = STR_INIT("map"), .name = L("地籍圖謄本", "Map", "地籍図"), .looked_up = true },
};
static const struct service_fee fees[] = {
    { .key = STR_INIT("base"),
      .what = L("每件", "Each", "1件"),
      .dollars = 100,
      .from = DAY_NONE,
      .until = DAY_NONE,
      .review_by = DAY_NONE },
};
static const struct procedure_way_on on_check[] = {
    { STR_INIT("issue"), L("相符", "fits", "一致") },
    { STR_INIT("nowhere"), L("x", "x", "x") },
};
static const struct procedure_step procedure[] = {
    { .key = STR_INIT("check"),
      .name = L("查對地籍", "Check", "照合"),
      .limit = { 0, LIMIT_NONE },
      .next = on_check,
      .next_count = 2 },
    { .key = STR_INIT("online"),
      .name = L("線上收件", "Online", "受付"),
      .ways = 1U << WAY_ONLINE,
      .limit = { 0, LIMIT_NONE } },
    { .key = STR_INIT("issue"),
      .name = L("發證", "Issue", "交付"),
      .limit = { 0, LIMIT_NONE } },
};
static const struct agency office = { .id = 7,
                                      .name = L("青埔區公所", "Qingpu", "青埔区公所") };
static struct service zoning = {
    .key = STR_INIT("zoning"),
    .version = 3,
    .name = L("土地使用分區證明", "Zoning certificate", "区分証明"),
    .who = L("任何人", "Anyone", "どなたでも"),
    .papers = papers,
    .papers_count = 2,
    .fees = fees,
    .fees_count = 1,
    .limit = { 3, LIMIT_WORKING },
    .ways = 1U << WAY_ONLINE | 1U << WAY_COUNTER,
    .law = L("都市計畫法", "Urban Planning Act", "都市計画法"),
    .updated = DAY_NONE,
    .form = { .steps = steps, .steps_count = 1 },
    .procedure = procedure,
    .procedure_count = 3,
};

static struct sheets_about about_in(struct arena *a, enum lang lang)
{
    return (
        struct sheets_about){ .arena = a,
                              .lang = lang,
                              .agency = &office,
                              .service = &zoning,
                              .unit = L("經建課", "Works", "経建課"),
                              .telephone = STR("03"),
                              .address = STR("https://x.example/district/services/zoning"),
                              .today = day_of(2026, 3, 2),
                              .way = WAY_COUNTER };
}

static bool says(const struct doc *d, const char *what)
{
    str w = str_of(what);

    for (size_t i = 0; i < d->blocks_count; i++) {
        const struct doc_block *b = &d->blocks[i];

        if (str_find(b->text, w) >= 0 || str_find(b->label, w) >= 0) {
            return true;
        }
        for (size_t r = 0; r < b->rows_count; r++) {
            for (size_t c = 0; c < b->rows[r].cells_count; c++) {
                if (str_find(b->rows[r].cells[c].text, w) >= 0) {
                    return true;
                }
            }
        }
    }
    return false;
}

static const struct {
    const char *story;
    enum sheets_kind kind;
    enum lang lang;
    const char *says[5], *says_not[3];
} rows[] = {
    { "the guide has all facts",
      SHEETS_GUIDE,
      LANG_ZH,
      { "申辦須知", "任何人", "國民身分證（正本）", "查對地籍 → 發證", "3 個工作天" },
      { "□" } },
    { "in English as well",
      SHEETS_GUIDE,
      LANG_EN,
      { "What to bring", "Identity card", "3 working days" },
      { "任何人" } },
    { "in Japanese as well",
      SHEETS_GUIDE,
      LANG_JA,
      { "どなたでも", "身分証" },
      { "任何人" } },
    { "a blank form is blank",
      SHEETS_FORM,
      LANG_ZH,
      { "申請書", "姓名", "□ 買賣　□ 貸款", "民國　　　年", "簽名或蓋章" },
      { "林小青", "■" } },
    { "a sample is filled in and says so",
      SHEETS_SAMPLE,
      LANG_ZH,
      { "書寫範例", "林小青", "■ 買賣　□ 貸款", "民國115年3月2日" },
      { "機關處理欄" } },
    { "the notice ticks what is missing and says where to get it",
      SHEETS_NOTICE,
      LANG_ZH,
      { "一次告知單", "尚未收件", "□", "戶政事務所", "申請人簽收" },
      { "處分" } },
    { "the procedure of this way alone",
      SHEETS_SOP,
      LANG_ZH,
      { "標準作業程序", "臨櫃", "查對地籍", "相符：→ 2" },
      { "線上收件" } },
};

static void each_sheet_says_what_it_must(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new(0);
        struct sheets_about x = about_in(a, rows[i].lang);
        struct doc d, again;
        str bytes, same;

        assert_null(sheets_make(&x, rows[i].kind, &d));
        for (int n = 0; n < 5 && rows[i].says[n] != NULL; n++) {
            if (!says(&d, rows[i].says[n])) {
                fail_msg("%s: no %s", rows[i].story, rows[i].says[n]);
            }
        }
        for (int n = 0; n < 3 && rows[i].says_not[n] != NULL; n++) {
            if (says(&d, rows[i].says_not[n])) {
                fail_msg("%s: %s", rows[i].story, rows[i].says_not[n]);
            }
        }
        /* As it goes to the papers process and is read there. */
        assert_true(doc_pack(a, &d, &bytes));
        assert_true(doc_unpack(a, bytes, &again));
        assert_true(doc_pack(a, &again, &same));
        assert_true(str_equal(bytes, same));
        assert_false(doc_unpack(a, str_slice(bytes, 0, bytes.len - 1), &again));
        arena_free(a);
    }
}

/* Yesterday's fee and tomorrow's are not printed, and what is printed has a sign of its own. */
static void only_fees_of_the_day_are_printed(void **state)
{
    static const struct service_fee dated[] = {
        { .key = STR_INIT("old"), .what = L("舊額", "Old", "旧"), .dollars = 80,
          .from = DAY_NONE, .until = 20000, .review_by = DAY_NONE },
        { .key = STR_INIT("new"), .what = L("新額", "New", "新"), .dollars = 100,
          .from = 20001, .until = DAY_NONE, .review_by = DAY_NONE },
    };
    static const enum sheets_kind kinds[] = { SHEETS_GUIDE, SHEETS_NOTICE };
    struct service s = zoning;

    s.fees = dated;
    s.fees_count = 2;
    for (size_t i = 0; i < 2; i++) {
        for (day on = 20000; on <= 20001; on++) {
            struct arena *a = arena_new(0);
            struct sheets_about x = about_in(a, LANG_ZH);
            struct doc d;

            x.service = &s;
            x.today = on;
            assert_null(sheets_make(&x, kinds[i], &d));
            assert_int_equal(says(&d, "舊額"), on == 20000);
            assert_int_equal(says(&d, "新額"), on == 20001);
            assert_false(str_equal(sheets_prices(a, &s, 20000), sheets_prices(a, &s, 20001)));
            assert_true(str_equal(sheets_prices(a, &s, 20001), sheets_prices(a, &s, 20002)));
            arena_free(a);
        }
    }
    (void)state;
}

static size_t widest_table(const struct doc *d, size_t *ret_lines)
{
    size_t widest = 0;

    for (size_t i = 0; i < d->blocks_count; i++) {
        if (d->blocks[i].kind == DOC_TABLE && d->blocks[i].columns_count > widest) {
            widest = d->blocks[i].columns_count;
            *ret_lines = d->blocks[i].rows_count;
        }
    }
    return widest;
}

/* On paper there is a table to write in, and a place to sign; the sample shows both. */
static void rows_and_signature_can_be_written_by_hand(void **state)
{
    struct arena *a = arena_new(0);
    struct service service = zoning;
    struct sheets_about x = about_in(a, LANG_ZH);
    struct doc blank, sample;
    size_t lines = 0;
    str bytes;

    service.form = (struct form){ .steps = family_steps, .steps_count = 2 };
    x.service = &service;
    assert_null(sheets_make(&x, SHEETS_FORM, &blank));
    assert_int_equal(widest_table(&blank, &lines), 3); /* a number before the two */
    assert_int_equal(lines, 11);
    assert_true(says(&blank, "家人（如有）") || says(&blank, "家人"));
    assert_true(says(&blank, "一列一位。") && says(&blank, "□ 子女"));
    assert_true(says(&blank, "20") && says(&blank, "簽名"));
    assert_true(doc_pack(a, &blank, &bytes));
    assert_null(sheets_make(&x, SHEETS_SAMPLE, &sample));
    assert_int_equal(widest_table(&sample, &lines), 3);
    assert_int_equal(lines, 2);
    assert_true(says(&sample, "林小美") && says(&sample, "■ 子女"));
    assert_true(says(&sample, "林小青"));
    arena_free(a);
}

static void a_definition_without_steps_has_the_usual_ones(void **state)
{
    struct arena *a = arena_new(0);
    struct sheets_about x = about_in(a, LANG_ZH);
    struct chart *chart;

    assert_null(sheets_chart(&x, WAY_COUNTER, &chart));
    assert_int_equal(chart->nodes_count, 2);
    assert_int_equal(chart->edges_count, 1); /* what leads nowhere is not drawn */
    zoning.procedure_count = 0;
    assert_null(sheets_chart(&x, WAY_COUNTER, &chart));
    assert_true(chart->nodes_count > 5);
    assert_int_equal(chart->nodes[0].kind, CHART_START);
    zoning.procedure_count = 3;
    arena_free(a);
}

static void the_pages(void **state)
{
    static const struct sheets_link link[] = {
        { .name = { .id = "Application form" },
          .page = URL_TO("/a"),
          .pdf = URL_TO("/b"),
          .odt = URL_TO("/c") },
    };
    static const struct sheets_posting hung[] = {
        { .title = STR_INIT("x"),
          .place = STR_INIT("<1樓>"),
          .version = 1,
          .now = 2,
          .is_old = true,
          .has_photo = true,
          .id = STR_INIT("1"),
          .photo = URL_TO("/p"),
          .replace = URL_TO("/r"),
          .down = URL_TO("/d") },
    };
    const struct sheets_all all = {
        .service = L("x", "x", "x"), .sheets = link, .sheets_count = 1, .back = URL_TO("/s")
    };
    const struct sheets_postings postings = {
        .rows = hung,
        .rows_count = 1,
        .old = hung,
        .old_count = 1,
        .hung = 1,
        .all = 2,
        .percent = 50,
        .put = URL_TO("/staff/sheets"),
        .shelf = URL_TO("/staff/shelf"),
        .place = { .name = STR("place"), .label = { .id = "Where it hangs" } },
        .own_title = { .name = STR("title"), .label = { .id = "Sheet" } },
    };
    try_view(sheets_all_view_v, &all, true);
    try_view(sheets_panel_view_v, &all, false);
    try_view(sheets_postings_view_v, &postings, true);
    try_sees(sheets_postings_view_v, &postings, "&lt;1樓&gt;");
    try_view(sheets_head_view_v, &postings, false);
}

static void the_shelf(void **state)
{
    static const struct sheets_form form[] = {
        { .name = L("委託書", "Power of attorney", "委任状"), .number = STR_INIT("A-01"), .version = 2,
          .has_odt = true, .is_due = true, .odt = URL_TO("/o"), .edit = URL_TO("/e") },
    };
    static const struct sheets_download taken[] = { { STR_INIT("form:A-01"), STR_INIT("odt"), 2, 7 } };
    const struct sheets_shelf shelf = {
        .rows = form,
        .rows_count = 1,
        .downloads = taken,
        .downloads_count = 1,
        .put = URL_TO("/staff/shelf"),
        .number = { .name = STR("form_number"), .label = { .id = "Form number" } },
        .zh = { .name = STR("name_zh"), .label = { .id = "Form" } },
        .en = { .name = STR("name_en"), .label = { .id = "Form" } },
        .ja = { .name = STR("name_ja"), .label = { .id = "Form" } },
        .law = { .name = STR("law"), .label = { .id = "Law" } },
        .checked = { .name = STR("checked"), .label = { .id = "Form" } },
        .next_check = { .name = STR("next_check"), .label = { .id = "Form" } },
    };

    try_view(sheets_shelf_view_v, &shelf, true);
    try_sees(sheets_shelf_view_v, &shelf, "Power of attorney");
    try_view(sheets_shelf_staff_view_v, &shelf, true);
}

static void a_sheet_is_a_page(void **state)
{
    for (int kind = 0; kind < SHEETS_KINDS; kind++) {
        struct arena *a = arena_new(0);
        struct sheets_about x = about_in(a, LANG_ZH);
        struct sheets_one p = {
            .title = STR("x"), .pdf = URL_TO("/p"), .odt = URL_TO("/o"), .all = URL_TO("/a")
        };
        struct doc d;

        assert_null(sheets_make(&x, (enum sheets_kind)kind, &d));
        assert_null(sheet_of(a, &d, true, &p.sheet));
        try_view(sheets_one_view_v, &p, true);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sheet_says_what_it_must),
        cmocka_unit_test(only_fees_of_the_day_are_printed),
        cmocka_unit_test(rows_and_signature_can_be_written_by_hand),
        cmocka_unit_test(a_definition_without_steps_has_the_usual_ones),
        cmocka_unit_test(the_pages),
        cmocka_unit_test(the_shelf),
        cmocka_unit_test(a_sheet_is_a_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
