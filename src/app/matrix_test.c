/* The matrix of routes and duties: every route of the building, asked by nobody, by somebody
 * with each duty, by somebody of another unit and of another office, over HTTP.
 *
 * What is expected comes out of the route table itself, so a new route is in the matrix from
 * its first day. Cases add the rule of kernel/casefile: who may see this one at all.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/matrix_bench_test.h"

/* ---- what is expected ------------------------------------------------------------------ */

static bool has(const struct route *route, const char *what)
{
    return str_find(str_of(route->pattern), str_of(what)) >= 0;
}

/* Is the thing in the path his to see at all? */
static bool sees_it(const struct person *p, const struct route *route)
{
    const struct casefile c = { .agency = DISTRICT, .unit = UNIT, .level = LEVEL_UNIT_HEAD,
                                .state = CASE_RECEIVED, .is_open = true };
    const struct actor who = { .agency = p->agency, .staff = p->staff, .unit = p->unit,
                               .duties = p->serves };

    if (!has(route, "{id}")) {
        return true;
    }
    return p->agency == DISTRICT &&
           ((!has(route, "/staff/cases/") && !has(route, "/staff/letters/")) ||
            casefile_may_see(&who, &c));
}

/* There is none of these in this city, so they are nobody's; stories open them. */
static bool is_nowhere(const struct route *route)
{
    static const char *const patterns[] = {
        "/staff/envelopes/{id}", "/staff/circulation/{id}", "/closures/{id}",
        "/intake/services/{key}", "/intake/lists/{list}", "/intake/receipts/{id}",
        "/intake/notices/{id}", "/staff/cashier/cases/{id}", "/staff/cashier/receipts/{id}",
        "/staff/cashier/sheets/{id}", "/staff/cashier/pads/{id}",
        "/staff/cashier/refunds/{id}", "/staff/cashier/take/{id}", "/staff/lookups/cases/{id}",
        "/staff/cashier/strokes/{id}",
        "/staff/upkeep/{key}", "/staff/services/{key}/cases",
        "/staff/points/rules/{id}", "/staff/points/objections/{id}",
    };

    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        if (has(route, patterns[i])) {
            return true;
        }
    }
    return false;
}

/* Shown again as the list that it stands in, whatever it is. */
static bool is_of_a_list(const struct route *route)
{
    return has(route, "/staff/feelings/{id}") || has(route, "/staff/review/{id}");
}

static int expected(const struct person *p, const struct route *route)
{
    if (p->agency == 0) {
        return 303;
    }
    if (route->may == MAY_DUTY && (p->serves & route->duties) == 0) {
        return 404;
    }
    if (has(route, "{file}") || is_nowhere(route) ||
        (!sees_it(p, route) && !is_of_a_list(route))) {
        return 404;
    }
    /* Without what it asks for there is no page that could be shown (again). */
    if (has(route, "/calendar/closing") ||
        (has(route, "/calendar/bring") && route->method == POST)) {
        return 422;
    }
    return route->method == POST ? 409 : 200; /* the token of the form is missing */
}

/* A form may be found wrong before the thing is looked for; shown or done is nothing. */
static bool is_right(const struct route *route, int got, int wanted)
{
    return got == wanted || (wanted == 404 && route->method == POST && is_nowhere(route) &&
                             (got == 409 || got == 422));
}

static void claim(struct bench *b, bool right, const struct route *route,
                  const struct person *p, int got, int wanted)
{
    if (!right) {
        print_message("# %s %s, %s: %d, not %d\n", route->method == GET ? "GET" : "POST",
                      route->pattern, p->who, got, wanted);
        b->wrong++;
    }
}

static void one_route(struct bench *b, const struct route *route)
{
    str address = address_of(b, route);

    for (size_t i = 0; i < b->people_count; i++) {
        const struct person *p = &b->people[i];
        int wanted = expected(p, route);
        struct answer_head h = ask(b, route, address, p, "");
        bool to_sign_in = str_find(h.location, STR("/staff/sign-in")) >= 0;

        claim(b, is_right(route, h.status, wanted) && (wanted != 303 || to_sign_in), route, p,
              h.status, wanted);
        /* With the token of his own form he gets no further than the thing lets him. */
        if (route->method == POST && p->agency != 0 && !sees_it(p, route)) {
            h = ask(b, route, address, p, "token=the-token-of-the-form&note=x&changes=1");
            claim(b, is_right(route, h.status, 404), route, p, h.status, 404);
        }
    }
}

static void every_route_lets_in_whom_its_table_says(void **state)
{
    struct bench b;
    const struct route *route;

    bench_open(&b);
    for (size_t i = 0; (route = desk_route(b.d, i)) != NULL; i++) {
        if (route->may == MAY_STAFF || route->may == MAY_DUTY) {
            one_route(&b, route);
        }
    }
    print_message("# %d requests\n", b.asked);
    bench_close(&b);
    assert_int_equal(b.wrong, 0);
    assert_true(b.asked > 500);
}

/* Where a case is somebody's, the code opens it and nothing else does. */
static void what_is_the_owners_asks_for_the_code(void **state)
{
    struct bench b;
    const struct route *route;
    int routes = 0;

    bench_open(&b);
    for (size_t i = 0; (route = desk_route(b.d, i)) != NULL; i++) {
        for (size_t n = 0; route->may == MAY_OWNER && n < b.people_count; n++) {
            struct answer_head h = ask(&b, route, address_of(&b, route), &b.people[n], "");
            bool to_code = str_find(h.location, STR("/district/status?case=")) >= 0;

            claim(&b, h.status == 303 && to_code, route, &b.people[n], h.status, 303);
            routes++;
        }
    }
    bench_close(&b);
    assert_int_equal(b.wrong, 0);
    assert_true(routes > 0);
}

/* A public page or a link with a secret never asks a person to sign in as staff. */
static void what_anybody_may_needs_no_account(void **state)
{
    struct bench b;
    const struct route *route;

    bench_open(&b);
    for (size_t i = 0; (route = desk_route(b.d, i)) != NULL; i++) {
        if (route->may == MAY_ANYONE) {
            struct answer_head h = ask(&b, route, address_of(&b, route), &b.people[0], "");

            claim(&b, h.status < 500 && str_find(h.location, STR("/staff/sign-in")) < 0, route,
                  &b.people[0], h.status, 200);
        }
    }
    bench_close(&b);
    assert_int_equal(b.wrong, 0);
}

/* Without a code nobody learns whether there is such a case. */
static void who_sends_no_code_is_asked_for_it(void **state)
{
    struct bench b;
    const struct route *route;
    int routes = 0;

    bench_open(&b);
    for (size_t i = 0; (route = desk_route(b.d, i)) != NULL; i++) {
        if (route->may == MAY_CODE) {
            struct answer_head h = ask(&b, route, address_of(&b, route), &b.people[0], "");

            claim(&b, h.status == 401, route, &b.people[0], h.status, 401);
            routes++;
        }
    }
    bench_close(&b);
    assert_int_equal(b.wrong, 0);
    assert_true(routes > 0);
}

static const struct query traces_sql = {
    "SELECT (SELECT COUNT(*) FROM signin_failure WHERE agency_id = ?1), "
    "(SELECT COUNT(*) FROM event WHERE agency_id = ?1 AND kind LIKE 'signin.%')", "i",
};

/* Names that nobody has: many leave one row, and one event when they begin. */
static void made_up_names_fill_nothing(void **state)
{
    static const struct route route = { POST, "/staff/sign-in", "x", MAY_ANYONE };
    struct bench b;
    struct snap *snap;
    struct table t;

    bench_open(&b);
    for (int i = 0; i < 8; i++) {
        str form = str_format(b.a, "name=ghost%d%%40district&password=one+two+three", i);
        struct answer_head h = ask(&b, &route, STR("/staff/sign-in"), &b.people[0],
                                   str_z(b.a, form));

        assert_int_equal(h.status, 422);
    }
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(snap_query(b.a, snap, &traces_sql, BIND(bind_int(DISTRICT)), &t));
    assert_int_equal(cell_int(&t, 0, 0), 1);
    assert_int_equal(cell_int(&t, 0, 1), 1);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_lets_in_whom_its_table_says),
        cmocka_unit_test(what_is_the_owners_asks_for_the_code),
        cmocka_unit_test(what_anybody_may_needs_no_account),
        cmocka_unit_test(who_sends_no_code_is_asked_for_it),
        cmocka_unit_test(made_up_names_fill_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
