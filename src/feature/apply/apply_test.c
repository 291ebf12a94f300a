/* Every page of an application in every language: each kind of question, with and without
 * a mistake; review.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "apply_draft.view.h"
#include "apply_later.view.h"
#include "apply_may.view.h"
#include "apply_review.view.h"
#include "apply_shut.view.h"
#include "apply_step.view.h"
#include "feature/apply/apply_view.h"

#define AGENT(field) { .name = STR_INIT(field), .label = { .id = "Your name" }, .type = STR_INIT("text") }
#define L(zh, en) { { STR_INIT(zh), STR_INIT(en), STR_INIT(zh) } }
#define URL_TO(path) { STR_INIT(path) }

static const struct apply_stub stubs[] = {
    { 1, L("申請人", "You"), { 0 }, URL_TO("/a"), true, false },
    { 2, L("土地", "Land"), { 0 }, { { 0 } }, false, true },
    { 3, L("", ""), { .id = "Check and send" }, { { 0 } }, false, false },
};
static const struct apply_aside aside = {
    .limit = { .id = "1 day" }, .fee = { .id = "No fee" }, .unit = L("經建課", "Works"),
    .telephone = STR_INIT("03"), .service = URL_TO("/s"), .phone_url = URL_TO("tel:03"),
};
static const struct field_notice notice = { L("青埔區公所", "Qingpu"), L("核發", "To issue"), 5,
                                            STR_INIT("03") };

static const struct field_box boxes[] = {
    { .id = STR_INIT("f-born.year"), .name = STR_INIT("born.year"), .value = STR_INIT("79"),
      .width = STR_INIT("w-3"), .before = { .id = "ROC era" }, .after = { .id = "Year" },
      .numeric = true },
    { .id = STR_INIT("f-born.date"), .name = STR_INIT("born.date"), .width = STR_INIT("w-2"),
      .after = { .id = "Day" }, .bad = true },
};
static const struct field_choice choices[] = {
    { .id = STR_INIT("f-kind"), .name = STR_INIT("kind"), .value = STR_INIT("a"),
      .label = L("個人", "Person"), .help = L("說明", "Help"), .is_radio = true, .checked = true },
    { .id = STR_INIT("f-kind-2"), .name = STR_INIT("kind"), .value = STR_INIT("b"),
      .text = { .id = "No" }, .is_radio = true },
};
static const struct field_choice consent[] = {
    { .id = STR_INIT("f-agree"), .name = STR_INIT("agree"), .value = STR_INIT("yes"),
      .label = L("我同意", "I agree") },
};

static void every_kind_of_question(void **state)
{
    const struct field fields[] = {
        { .label = L("請注意", "Mind this"), .name = STR("n"), .is_note = true },
        { .id = STR("f-name"), .name = STR("name"), .label = L("姓名", "Name"),
          .help = L("與身分證相同", "As on the card"), .described = STR("f-name-h f-name-e"),
          .mistake = { .id = "Fill in “{label}”." }, .is_input = true, .input_type = STR("text"),
          .width = STR("w-l"), .value = STR("\"><script>") },
        { .id = STR("f-facts"), .name = STR("facts"), .label = L("經過", "What happened"),
          .optional = true, .is_paragraph = true, .value = STR("</textarea><b>") },
        { .id = STR("f-born"), .name = STR("born"), .label = L("出生日期", "Born on"),
          .is_boxes = true, .is_date = true, .boxes = boxes, .boxes_count = 2 },
        { .id = STR("f-kind"), .name = STR("kind"), .label = L("種類", "Kind"),
          .is_choices = true, .choices = choices, .choices_count = 2 },
        { .id = STR("f-map"), .name = STR("map"), .label = L("圖", "Map"), .is_file = true,
          .file_id = STR("f-map"), .file_rule = { .id = "{kinds}. A clear photograph will do." },
          .described = STR("f-map-r"), .file_accept = STR("image/png"), .file_name = STR("a.png"),
          .file_size = { .id = "{size} KB" }, .file_kept = STR("00"), .kept_name = STR("map.kept"),
          .remove_name = STR("map.remove") },
        { .id = STR("f-agree"), .name = STR("agree"), .label = L("我同意", "I agree"),
          .is_consent = true, .choices = consent, .choices_count = 1, .notice = notice },
    };
    const struct shell_mistake wrong[] = { { { .id = "Fill in “{label}”." }, { STR("#f-name") } } };
    const struct apply_step p = {
        .service = L("土地使用分區證明", "Zoning certificate"), .title = L("土地", "Land"),
        .lead = L("請填寫", "Please fill in"), .stubs = { stubs, 3 },
        .mistakes = { true, 1, wrong, 1 }, .action = { STR("/x") }, .back = { STR("/y") },
        .fields = fields, .fields_count = sizeof fields / sizeof fields[0], .more = true,
        .aside = aside,
    };

    (void)state;
    try_view(apply_step_view_v, &p, true);
    try_sees(apply_step_view_v, &p, "href=\"#f-name\"");
    try_sees(apply_step_view_v, &p, "value=\"&quot;&gt;&lt;script&gt;\"");
    try_sees(apply_step_view_v, &p, "&lt;/textarea&gt;");
    try_sees(apply_step_view_v, &p, "a.png");
    try_sees(apply_step_view_v, &p, "article 8");
}

static const struct apply_line lines[] = {
    { .label = L("姓名", "Name"), .text = STR_INIT("林小青") },
    { .label = L("圖", "Map"), .empty = { .id = "Not answered" } },
    { .label = L("簽名", "Signature"), .text = STR_INIT("已簽"), .drawn = STR_INIT("M0 0L9 9") },
};

static void check_and_send(void **state)
{
    static const struct apply_part parts[] = { { L("申請人", "You"), URL_TO("/a"), lines, 3 } };
    static const struct apply_fee fees[] = { { L("每份", "Each"), { .id = "No fee" },
                                              { .id = "No fee" }, L("低收", "Low income") } };
    const struct apply_review review = {
        .service = L("土地使用分區證明", "Zoning certificate"),
        .stubs = { stubs, 3 },
        .parts = parts,
        .parts_count = 1,
        .fees = fees,
        .fees_count = 1,
        .total = { .id = "No fee" },
        .action = URL_TO("/x"),
        .back = URL_TO("/y"),
        .aside = aside,
        .may_agent = true,
        .agent_says = L("代理人須帶委託書。", "An agent brings a letter of attorney."),
        .agent_name = AGENT("agent_name"),
        .agent_relation = AGENT("agent_relation"),
        .agent_authority = AGENT("agent_authority"),
        .agent_telephone = AGENT("agent_telephone"),
    };
    (void)state;
    try_view(apply_review_view_v, &review, true);
    try_sees(apply_review_view_v, &review, "Not answered");
    try_sees(apply_review_view_v, &review, "d=\"M0 0L9 9\"");
    try_sees(apply_review_view_v, &review, "Together");
}

static void may_i(void **state)
{
    static const struct apply_may_question questions[] = {
        { .id = STR_INIT("f-age65"), .name = STR_INIT("age65"), .ask = L("滿六十五歲？", "Are you 65?"),
          .yes_id = STR_INIT("f-age65"), .no_id = STR_INIT("f-age65-no"),
          .help = L("實歲", "In full years"), .described = STR_INIT("f-age65-h") },
        { .id = STR_INIT("f-here"), .name = STR_INIT("here"), .ask = L("設籍本區？", "Registered here?"),
          .yes_id = STR_INIT("f-here"), .no_id = STR_INIT("f-here-no"), .no = true,
          .mistake = { .id = "Yes" }, .described = STR_INIT("f-here-e") },
    };
    static const struct apply_may_no noes[] = {
        { L("設籍本區？", "Registered here?"), L("限本區區民", "Residents only"),
          L("戶籍地區公所", "The office of your district"), URL_TO("https://other.example/") },
    };
    struct apply_may p = { .service = L("敬老卡", "Senior card"), .action = URL_TO("/x"),
                           .back = URL_TO("/y"), .questions = questions, .questions_count = 2,
                           .aside = aside };

    (void)state;
    try_view(apply_may_view_v, &p, true);
    try_sees(apply_may_view_v, &p, "Are you 65?");
    p.noes = noes;
    p.noes_count = 1;
    try_view(apply_may_view_v, &p, true);
    try_sees(apply_may_view_v, &p, "Residents only");
    try_sees(apply_may_view_v, &p, "The office of your district");
}

static void shut_later_and_back(void **state)
{
    const struct apply_shut shut = { .service = L("敬老卡", "Senior card"),
                                     .standing = { .id = "No longer offered" },
                                     .note = L("換系統", "New system"),
                                     .kept = { .id = "No fee" }, .back = URL_TO("/y"),
                                     .aside = aside };
    const struct apply_later later = { .office = L("青埔區公所", "Qingpu"),
                                       .service = L("敬老卡", "Senior card"),
                                       .address = L("公園路", "Park Road"),
                                       .code = STR("1234-5678-9ABC"), .page = STR("https://x/d"),
                                       .telephone = STR("03"), .qr_path = STR("M0 0h1"),
                                       .qr_side = 33, .until = { .id = "No fee" },
                                       .go_on = URL_TO("/z") };
    const struct apply_draft_page back = { .action = URL_TO("/draft"), .code = STR("\"><i>"),
                                           .telephone = STR("03"), .mistake = { .id = "No" } };

    (void)state;
    try_view(apply_shut_view_v, &shut, true);
    try_view(apply_later_view_v, &later, true);
    try_sees(apply_later_view_v, &later, "1234-5678-9ABC");
    try_view(apply_draft_view_v, &back, true);
    try_sees(apply_draft_view_v, &back, "value=\"&quot;&gt;&lt;i&gt;\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_question),
        cmocka_unit_test(check_and_send),
        cmocka_unit_test(may_i),
        cmocka_unit_test(shut_later_and_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
