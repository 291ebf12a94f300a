/* The pages of envelopes in every language; what came from outside is escaped.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "envelopes_bring.view.h"
#include "envelopes_case.view.h"
#include "envelopes_form.view.h"
#include "envelopes_key.view.h"
#include "envelopes_list.view.h"
#include "envelopes_one.view.h"
#include "envelopes_partners.view.h"
#include "envelopes_progress.view.h"
#include "feature/envelopes/envelopes_view.h"

#define LABEL(zh, en) { .in = { STR_INIT(zh), STR_INIT(en), STR_INIT("") } }
#define TO(path) { STR_INIT(path) }
#define ENTRY(name_, id_) { .name = STR_INIT(name_), .label = { .id = id_ }, .type = STR_INIT("text") }

static const struct envelopes_row rows[] = {
    { TO("/staff/envelopes/1"), { .id = "Referral" }, { .id = "Envelope sent" }, "tag--now",
      LABEL("戶政事務所", "Household"), STR_INIT("<b>名單"), STR_INIT("115.03.02"),
      STR_INIT("115.03.09"), 3, true, true, true },
};
static const struct envelopes_option options[] = {
    { STR_INIT("household"), STR_INIT("戶政事務所"), LABEL("", ""), true },
};
static const struct envelopes_person persons[] = {
    { .number = 1, .name = STR_INIT("林小青"), .national_id = STR_INIT("A123456789"),
      .result_field = STR_INIT("f-result-1"), .answer_field = STR_INIT("f-answer-1"),
      .result_name = STR_INIT("result-1"), .answer_name = STR_INIT("answer-1"),
      .answer = STR_INIT("<i>"), .found = true, .may_line = true },
};

static void boxes_and_the_form(void **state)
{
    struct envelopes_list list = { .in = TO("/i"), .out = TO("/o"), .fresh = TO("/n"),
                                   .bring = TO("/b"), .partners = TO("/p"), .may_partner = true,
                                   .is_in = true, .rows = rows, .rows_count = 1, .waiting = 1,
                                   .has_next = true, .next = TO("/x") };
    struct envelopes_form form = {
        .to = TO("/s"), .back = TO("/b"), .casefile = STR("1"), .number = STR("DA-1"),
        .has_case = true, .with_answers = true, .preview = true, .agencies = options,
        .agencies_count = 1, .kinds = options, .kinds_count = 1, .to_bad = true,
        .to_error = { .id = "Choose the agency it goes to." }, .list = persons, .list_count = 1,
        .list_total = 1, .subject = ENTRY("subject", "Subject"), .text = ENTRY("text", "Text"),
        .purpose = ENTRY("purpose", "Purpose"), .law = ENTRY("law", "Legal basis"),
        .consent_who = ENTRY("consent_who", "Who has consented"),
        .consent_on = ENTRY("consent_on", "Day of the consent"),
        .consent_paper = ENTRY("consent_paper", "On which paper it stands"),
        .health = true, .health_must = true,
        .reply = ENTRY("reply", "Answer by"), .persons = ENTRY("persons", "Persons, one a line"),
    };
    const struct envelopes_bring bring = { .to = TO("/b"), .file_bad = true,
                                           .file_error = { .id = "Choose the file." } };

    try_view(envelopes_list_view_v, &list, true);
    try_sees(envelopes_list_view_v, &list, "&lt;b&gt;");
    list.none = true;
    try_view(envelopes_list_view_v, &list, true);
    try_view(envelopes_form_view_v, &form, true);
    try_sees(envelopes_form_view_v, &form, "One person will be named");
    form.is_transfer = true;
    try_view(envelopes_form_view_v, &form, true);
    try_view(envelopes_bring_view_v, &bring, true);
}

static void one_with_its_persons(void **state)
{
    static const struct envelopes_step steps[] = {
        { .name = { .id = "Envelope sent" }, .who = LABEL("青埔區公所", "Qingpu"), .proved = true,
          .by_file = true, .file = TO("/f"), .hash = STR_INIT("5f") },
        { .name = { .id = "Envelope refused" }, .who = LABEL("戶政", "Household"),
          .text = STR_INIT("<script>"), .has_text = true, .waits = true },
    };
    static const struct envelopes_pair fields[] = { { STR_INIT("地段"), STR_INIT("<青埔段>") } };
    struct envelopes_one p = {
        .kind = { .id = "Referral" }, .state = { .id = "Envelope sent" }, .tone = "tag--now",
        .other = LABEL("戶政事務所", "Household"), .subject = STR("名單"), .uid = STR("5f-1"),
        .shown = true, .has_lines = true, .may_line = true, .may_receive = true,
        .may_refuse = true, .may_answer = true, .units = options, .units_count = 1,
        .reasons = options, .reasons_count = 1, .steps = steps, .steps_count = 2,
        .fields = fields, .fields_count = 1, .persons = persons, .persons_count = 1, .total = 1,
        .refusal = ENTRY("refusal", "Why it is refused"), .answer = ENTRY("answer", "Answer"),
        .our_case = ENTRY("our_case", "Our case number"), .csv = ENTRY("csv", "Text"),
        .may_case = true, .services = options, .services_count = 1, .case_to = TO("/c"),
        .may_note = true, .noted = TO("/n"), .ended_here = true,
        .has_reply = true, .reply_by = STR("115.03.09"), .has_ours = true, .ours = STR("DA-1"),
    };

    try_view(envelopes_one_view_v, &p, true);
    try_sees(envelopes_one_view_v, &p, "&lt;script&gt;");
    try_sees(envelopes_one_view_v, &p, "&lt;青埔段&gt;");
    try_sees(envelopes_one_view_v, &p, "signature is wrong");
    p.shown = p.may_line = false;
    p.may_show = true;
    try_view(envelopes_one_view_v, &p, true);
}

static void keys_and_the_case(void **state)
{
    static const struct envelopes_partner known[] = {
        { LABEL("鄰市區公所", "Next"), STR_INIT("next"), STR_INIT("5f5f 5f5f"),
          STR_INIT("115.03.02"), STR_INIT("5f") },
    };
    static const struct envelopes_answer answers[] = {
        { LABEL("戶政事務所", "Household"), STR_INIT("財產"), STR_INIT("<土地>"),
          STR_INIT("115.03.02"), { .id = "On record" }, TO("/e") },
    };
    const struct envelopes_partners partners = {
        .to = TO("/p"), .drop = TO("/d"), .card = TO("/c"), .page = TO("/k"), .list = known,
        .list_count = 1, .preview = true, .new_name = LABEL("鄰市", "Next"),
        .card_text = ENTRY("card", "Card of the other agency"), .sure_bad = true,
        .sure_error = { .id = "Choose the file." },
    };
    const struct envelopes_key key = { LABEL("青埔區公所", "Qingpu"), STR("5f5f"), STR("5f"), TO("/c") };
    const struct envelopes_progress passed = { LABEL("衛生所", "Health"), STR("115.03.02"),
                                               STR("HC-115-000001-2") };
    const struct envelopes_case c = { .rows = rows, .rows_count = 1, .has_rows = true,
                                      .answers = answers, .answers_count = 1, .has_answers = true,
                                      .may_send = true, .may_transfer = true };

    try_view(envelopes_partners_view_v, &partners, true);
    try_view(envelopes_key_view_v, &key, true);
    try_view(envelopes_case_view_v, &c, false);
    try_view(envelopes_progress_view_v, &passed, false);
    try_sees(envelopes_progress_view_v, &passed, "HC-115-000001-2");
    try_sees(envelopes_case_view_v, &c, "&lt;土地&gt;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_and_the_form),
        cmocka_unit_test(one_with_its_persons),
        cmocka_unit_test(keys_and_the_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
