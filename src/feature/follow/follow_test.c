/* Receipt, number and code, progress: every page in every language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/follow/follow_view.h"
#include "follow_ask_code.view.h"
#include "follow_progress.view.h"
#include "follow_receipt.view.h"

#define L(zh, en) { { STR_INIT(zh), STR_INIT(en), STR_INIT(zh) } }
#define URL_TO(path) { STR_INIT(path) }

static const struct follow_line lines[] = {
    { L("姓名", "Name"), STR_INIT("林小青"), { 0 } },
    { L("圖", "Map"), { 0 }, { .id = "Not answered" } },
};

static void a_receipt(void **state)
{
    const struct follow_receipt receipt = {
        .office = L("青埔區公所", "Qingpu"), .service = L("調解聲請", "Mediation"),
        .number = STR("DA-115-000123-4"), .code = STR("K7Q2-M9AB-CDEF"),
        .received = { .id = "Today" }, .due = { .id = "No fixed time" }, .qr_path = STR("M0 0h1"),
        .qr_side = 33, .progress_address = STR("https://x.example/district/status"),
        .progress = URL_TO("/p"), .service_url = URL_TO("/s"), .unit = L("民政課", "Civil"),
    };

    (void)state;
    try_view(follow_receipt_view_v, &receipt, true);
    try_sees(follow_receipt_view_v, &receipt, "K7Q2-M9AB-CDEF");
    try_sees(follow_receipt_view_v, &receipt, "shown only here");
}

static void following(void **state)
{
    static const struct follow_station stations[] = {
        { { .id = "Today" }, { .id = "Today" }, { 0 }, true, false, false },
        { { .id = "Decision" }, { .id = "Today" }, { .id = "{note}" }, false, true, true },
        { { .id = "Sending of the result" }, { 0 }, { 0 }, false, false, false },
    };
    const struct follow_ask_code ask = {
        .action = URL_TO("/district/status"), .number = STR_INIT("\"x"),
        .number_mistake = { .id = "Enter the case number; it stands on your receipt." },
        .code_mistake = { .id = "Enter the lookup code; it stands on your receipt." },
        .office = L("青埔區公所", "Qingpu"), .telephone = STR_INIT("03"),
    };
    struct follow_progress p = {
        .office = L("青埔區公所", "Qingpu"), .service = L("調解聲請", "Mediation"),
        .number = STR_INIT("DA-115-000123-4"), .state = { .id = "Decision" },
        .says = { .id = "Everything about this case is done." }, .tone = "tag--good",
        .received = { .id = "Today" }, .due = { .id = "No fixed time" }, .is_open = true,
        .may_withdraw = true, .stations = stations, .stations_count = 3, .lines = lines,
        .lines_count = 2, .unit = L("民政課", "Civil"), .withdraw = URL_TO("/w"),
        .leave = URL_TO("/l"), .receipt = URL_TO("/r"), .changes = 3,
    };

    (void)state;
    try_view(follow_ask_code_view_v, &ask, true);
    try_sees(follow_ask_code_view_v, &ask, "value=\"&quot;x\"");
    try_view(follow_progress_view_v, &p, true);
    try_sees(follow_progress_view_v, &p, "Withdraw this application");
    p.may_withdraw = p.is_open = false;
    try_view(follow_progress_view_v, &p, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt),
        cmocka_unit_test(following),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
