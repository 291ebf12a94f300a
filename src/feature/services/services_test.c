/* The pages of services in every language, and the phrases they are made of.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/services/services_view.h"
#include "kernel/service/service.h"
#include "services_list.view.h"
#include "services_one.view.h"

#define L(zh, en) { { STR_INIT(zh), STR_INIT(en), STR_INIT(zh) } }
#define URL_TO(path) { STR_INIT(path) }

static void lists(void **state)
{
    static const struct services_row rows[] = {
        { .name = L("調解聲請", "Mediation"), .summary = L("協助和解", "Helps to settle"),
          .ways = { .id = "Online" }, .limit = { .id = "No fixed time" },
          .fee = { .id = "No fee" }, .standing = { .id = "No longer offered" },
          .url = URL_TO("/district/services/mediation") },
    };
    static const struct services_group groups[] = {
        { STR_INIT("group-1"), URL_TO("#group-1"), L("民政", "Civil"), rows, 1 },
        { STR_INIT("group-2"), URL_TO("#group-2"), L("兵役", "Service"), rows, 1 },
    };
    const struct services_list all = { .office = L("青埔區公所", "Qingpu"),
                                       .search = URL_TO("/district/search"), .count = 1,
                                       .groups = groups, .groups_count = 1 };
    const struct services_list many = { .search = URL_TO("/district/search"), .count = 2,
                                        .many_groups = true, .groups = groups,
                                        .groups_count = 2 };
    const struct services_list none = { .searching = true, .none = true,
                                        .query = STR_INIT("\"><i>"),
                                        .search = URL_TO("/district/search"),
                                        .telephone = STR_INIT("03-000-0000") };

    const struct services_list empty = { .none = true, .search = URL_TO("/district/search") };

    (void)state;
    try_view(services_list_view_v, &all, true);
    try_view(services_list_view_v, &many, true);
    try_sees(services_list_view_v, &many, "<a href=\"#group-2\">");
    try_view(services_list_view_v, &empty, true);
    try_sees(services_list_view_v, &empty, "This office has not put up any service yet.");
    try_view(services_list_view_v, &none, true);
    try_sees(services_list_view_v, &all, "No longer offered");
    try_sees(services_list_view_v, &all, "Online · No fixed time · No fee");
    try_sees(services_list_view_v, &none, "value=\"&quot;&gt;&lt;i&gt;\"");
    try_sees(services_list_view_v, &none, "03-000-0000");
}

static const struct services_waiver waivers[] = {
    { L("低收入戶", "Low income"), L("證明", "Certificate"), 50 },
};
static const struct services_fee fee_lines[] = {
    { .what = L("每份", "Each"), .law = L("標準", "Rule 2"), .fee = { .id = "No fee" },
      .waivers = waivers, .waivers_count = 1 },
};
static const struct services_fine fines[] = {
    { L("逾期", "Late"), L("戶籍法", "Act"), { .id = "No fee" } },
};
static const struct services_term limits[] = {
    { .way = { .id = "Online" }, .name = L("五筆以上", "Many"), .limit = { .id = "1 day" } },
};
static const struct services_term stages[] = {
    { .name = L("初審", "First review"), .limit = { .id = "1 day" } },
    { .name = L("決定", "Decision"), .by = L("社會局", "Bureau"), .limit = { .id = "1 day" } },
};

static void one(void **state)
{
    static const struct services_paper papers[] = {
        { .name = L("身分證", "Identity card"), .note = L("驗畢發還", "Given back"),
          .where = L("戶政", "Household office"), .original = true, .copies = 2 },
        { .name = L("謄本", "Transcript"), .ours = true },
        { .name = L("委託書", "Power of attorney"), .sometimes = true },
    };
    static const struct label asked[] = { L("申請人", "You") };
    const struct services_text texts[] = { { L("領件", "Pickup"), { STR("<p>Come.</p>") } } };
    struct services_one p = {
        .office = L("青埔區公所", "Qingpu"), .name = L("土地使用分區證明", "Zoning certificate"),
        .summary = L("證明", "Proves it"), .ways = { .id = "Online" },
        .limit = { .id = "1 day" }, .limit_says = { .id = "While you wait" },
        .fee = { .id = "No fee" }, .online = true, .counter = true, .post = true,
        .may_start = true, .start = URL_TO("/district/apply/zoning"), .who = L("任何人", "Anyone"),
        .law = L("都市計畫法", "Urban Planning Act"), .law_url = URL_TO("https://law.example"),
        .agent_papers = papers, .agent_papers_count = 1, .fines = fines, .fines_count = 1,
        .limits = limits, .limits_count = 1, .telephone_way = true, .home_way = true,
        .list_way = true, .cross_way = true, .asks_first = true,
        .papers = papers, .papers_count = 3, .fees = fee_lines, .fees_count = 1, .texts = texts,
        .texts_count = 1, .asked = asked, .asked_count = 1, .unit = L("經建課", "Works"),
        .telephone = STR_INIT("03"), .phone_url = URL_TO("tel:03"),
    };

    (void)state;
    try_view(services_one_view_v, &p, true);
    try_sees(services_one_view_v, &p, "you need not bring it");
    try_sees(services_one_view_v, &p, "2 copies");
    try_sees(services_one_view_v, &p, "an agent cannot do it");
    try_sees(services_one_view_v, &p, "Low income");
    try_sees(services_one_view_v, &p, "Only in some cases");
    try_sees(services_one_view_v, &p, "First we ask whether you can apply.");
    p.stages = stages;
    p.stages_count = 2;
    p.standing = (struct words){ .id = "No longer offered" };
    p.standing_note = (struct label)L("系統更新", "New system");
    p.system = (struct label)L("市民平台", "Citizen platform");
    p.ready = (struct label)L("憑證", "Card");
    p.may_start = p.online = false;
    p.elsewhere = true;
    p.elsewhere_url = (struct url){ STR("https://other.example/") };
    p.fees_count = 0;
    try_view(services_one_view_v, &p, true);
    try_sees(services_one_view_v, &p, "free of charge");
    try_sees(services_one_view_v, &p, "https://other.example/");
    try_sees(services_one_view_v, &p, "Have ready: Card");
    try_sees(services_one_view_v, &p, "New system");
    try_sees(services_one_view_v, &p, "First review");
}

static const struct {
    const char *story;
    bool online, counter, post;
    int64_t fees[3];
    size_t fees_count;
    struct limit limit;
    const char *ways, *fee, *term;
} phrases[] = {
    { "online only, free, three working days", true, false, false, { 0 }, 0,
      { 3, LIMIT_WORKING }, "Online", "No fee", "{days} working days" },
    { "one fee is told", false, true, false, { 100 }, 1, { 1, LIMIT_WORKING },
      "At the counter", "{fee}", "1 working day" },
    { "of several fees the usual one, which comes first", true, true, true, { 100, 20, 20 }, 3,
      { 0, LIMIT_AT_ONCE }, "Online, at the counter or by post", "From {fee}", "While you wait" },
    { "a first line that costs nothing is told first", false, false, true, { 0, 15 }, 2,
      { 2, LIMIT_MONTH }, "By post", "Free, in some cases {fee}", "{months} months" },
    { "nothing said: ask", false, false, false, { 0 }, 1, { 0, LIMIT_NONE }, "Ask the office",
      "No fee", "No fixed time" },
};

static void services_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        struct service_fee fees[3] = { { .dollars = phrases[i].fees[0] },
                                       { .dollars = phrases[i].fees[1] },
                                       { .dollars = phrases[i].fees[2] } };
        struct service s = { .online = phrases[i].online, .counter = phrases[i].counter,
                             .post = phrases[i].post, .fees = fees,
                             .fees_count = phrases[i].fees_count };

        if (strcmp(service_ways_words(&s).id, phrases[i].ways) != 0 ||
            strcmp(service_fee_words(&s).id, phrases[i].fee) != 0 ||
            strcmp(service_limit_words(&phrases[i].limit).id, phrases[i].term) != 0) {
            fail_msg("%s: %s, %s, %s", phrases[i].story, service_ways_words(&s).id,
                     service_fee_words(&s).id, service_limit_words(&phrases[i].limit).id);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists),
        cmocka_unit_test(one),
        cmocka_unit_test(services_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
