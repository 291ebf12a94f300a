/* The pages of identity in every language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "account.view.h"
#include "feature/identity/identity_view.h"
#include "sign_in.view.h"
#include "ticket.view.h"

static struct entry field(const char *name, bool bad)
{
    return (struct entry){
        .name = str_of(name), .label = { .id = "Password" }, .type = STR("password"),
        .autocomplete = STR("current-password"), .bad = bad,
        .error = { .id = "Write your password." }, .is_described = bad,
        .described = STR("f-password-e"),
    };
}

static const struct shell_mistake mistake[] = {
    { .say = { .id = "Write your password." }, .anchor = { STR_INIT("#f-password") } },
};

static void sign_in_is_drawn(void **state)
{
    const struct identity_sign_in fresh = {
        .to = { STR("/staff/sign-in") }, .name = field("name", false),
        .password = field("password", false), .signed_out = true, .password_set = true,
        .back = STR("/staff/worklist"),
    };
    const struct identity_sign_in refused = {
        .name = field("name", false), .password = field("password", true),
        .mistakes = { .any = true, .count = 1, .list = mistake, .list_count = 1 },
    };

    try_view(sign_in_view_v, &fresh, true);
    try_view(sign_in_view_v, &refused, true);
    try_sees(sign_in_view_v, &refused, "#f-password");
    try_sees(sign_in_view_v, &fresh, "/staff/worklist");
}

static void a_link_sets_a_password(void **state)
{
    const struct identity_ticket p = {
        .sign_name = STR("clerk@district"), .password = field("password", false),
        .again = field("again", true),
    };

    try_view(ticket_view_v, &p, true);
    try_sees(ticket_view_v, &p, "clerk@district");
}

static void the_account_is_drawn(void **state)
{
    const struct words duties[] = { { .id = "Officer" }, { .id = "Administrator" } };
    const struct identity_session_row rows[] = {
        { STR("10:00"), STR("10:05"), true }, { STR("09:00"), STR("09:30"), false },
    };
    const struct identity_account p = {
        .sign_name = STR("clerk@district"), .name = STR("林文華"), .title = STR("課員"),
        .duties = duties, .duties_count = 2, .sessions = rows, .sessions_count = 2,
        .has_others = true, .has_deputy = true, .deputy = STR("陳小明"),
        .password_changed = true, .present = field("present", false),
        .password = field("password", true), .again = field("again", false),
    };

    try_view(account_view_v, &p, true);
    try_sees(account_view_v, &p, "End all other sessions");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sign_in_is_drawn),
        cmocka_unit_test(a_link_sets_a_password),
        cmocka_unit_test(the_account_is_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
