/* The matrix of routes and duties: every route of the building, asked by nobody, by somebody
 * with each duty, by somebody of another unit and of another office, over HTTP.
 *
 * What is expected comes out of the route table itself, so a new route is in the matrix from
 * its first day. Cases add the rule of kernel/casefile: who may see this one at all.
 * SPDX-License-Identifier: MPL-2.0 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/features.h"
#include "app/lists.h"
#include "base/arena.h"
#include "base/id.h"
#include "desk/desk.h"
#include "desk/route.h"
#include "host/clock/clock.h"
#include "host/http/http.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "feature/sheets/sheets_store.h"
#include "kernel/letter/letter.h"
#include "kernel/casefile/casefile.h"
#include "kernel/session/session.h"

enum { DISTRICT = 7, HEALTH = 8, UNIT = 70, OTHER_UNIT = 71, HEALTH_UNIT = 80, CASE = 9001 };

#define EVERY_DUTY (((duty_set)1 << DUTY_COUNT) - 1)
#define PEOPLE_MOST (DUTY_COUNT + 6)

struct person {
    const char *who;
    int64_t staff, agency, unit;
    duty_set duties;
    duty_set serves; /* also those of the colleague he stands in for */
    str token, token_hash; /* token "": nobody */
};
struct bench {
    struct arena *a;
    struct store *s;
    struct keyring *k;
    struct desk *d;
    struct id_source ids;
    struct person people[PEOPLE_MOST];
    size_t people_count;
    int wrong, asked;
};

/* ---- the city -------------------------------------------------------------------------- */

static void add(struct bench *b, const char *who, int64_t agency, int64_t unit, duty_set duties)
{
    size_t n = b->people_count++;
    struct person *p = &b->people[n];

    *p = (struct person){ .who = who, .agency = agency, .unit = unit, .duties = duties,
                          .serves = duties, .staff = 100 + (int64_t)n };
    if (agency != 0) {
        assert_null(session_token(b->a, b->k, &p->token, &p->token_hash));
    }
}

static err put_offices(struct arena *a, struct tx *tx, int64_t now_ms)
{
    const struct agency agencies[] = {
        { .id = AGENCY_CITY, .key = STR("city"), .case_prefix = STR("CT"),
          .name = { .in = { STR("雲川市") } } },
        { .id = DISTRICT, .key = STR("district"), .case_prefix = STR("DA"),
          .name = { .in = { STR("青埔區公所") } } },
        { .id = HEALTH, .key = STR("health"), .case_prefix = STR("HC"),
          .name = { .in = { STR("青埔衛生所") } } },
    };
    const struct { int64_t agency; struct unit unit; } units[] = {
        { DISTRICT, { .id = UNIT, .key = STR("works"), .name = { .in = { STR("工務課") } } } },
        { DISTRICT, { .id = OTHER_UNIT, .key = STR("civil"), .name = { .in = { STR("民政課") } } } },
        { HEALTH, { .id = HEALTH_UNIT, .key = STR("care"), .name = { .in = { STR("保健組") } } } },
    };
    const struct actor who = { .agency = AGENCY_CITY };

    for (size_t i = 0; i < sizeof agencies / sizeof agencies[0]; i++) {
        TRY(agency_put(a, tx, &who, now_ms, &agencies[i]));
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        TRY(unit_put(a, tx, &who, now_ms, units[i].agency, &units[i].unit));
    }
    return NULL;
}

static err put_city(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;
    int64_t now_ms = clock_now_ms();
    const struct actor who = { .agency = AGENCY_CITY };

    TRY(put_offices(a, tx, now_ms));
    for (size_t i = 0; i < b->people_count; i++) {
        const struct person *p = &b->people[i];
        struct staff s = { .id = p->staff, .agency = p->agency, .unit = p->unit,
                           .sign_name = str_format(a, "person%zu", i), .name = STR("王小明"),
                           .duties = p->duties, .active = true };
        struct session session = { .id = 500 + (int64_t)i, .agency = p->agency,
                                   .staff = p->staff, .began_ms = now_ms, .seen_ms = now_ms,
                                   .form_token = STR("the-token-of-the-form") };

        if (p->agency != 0) {
            s.deputy = strcmp(p->who, "away") == 0 ? b->people[i - 1].staff : 0;
            TRY(staff_put(a, tx, &who, now_ms, &s, day_at(now_ms) - 1));
            if (s.deputy != 0) {
                TRY(staff_away(a, tx, &who, now_ms, s.agency, s.id, day_at(now_ms),
                               day_at(now_ms)));
            }
            TRY(session_begin(a, tx, &session, p->token_hash));
        }
    }
    return NULL;
}

static const struct service zoning = { .key = STR_INIT("zoning"), .version = 1 };

static err put_case(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;
    struct case_receipt receipt;
    const struct seal_place place = { DISTRICT, CASE, "casefile", "code" };
    struct case_wish w = {
        .agency = DISTRICT, .id = CASE, .service = &zoning, .channel = CHANNEL_ONLINE,
        .now_ms = clock_now_ms(), .due = DAY_NONE, .level = LEVEL_UNIT_HEAD, .unit = UNIT,
        .number_prefix = STR("DA"), .code = STR("ABCDEFGHJKMN"),
        .applicant_masked = STR("王○明"), .salt = STR("0123456789abcdef"),
        .answers_hash = STR("hash"),
    };

    w.code_hash = seal_token_hash(a, b->k, "case_code", w.code);
    TRY(seal_close(a, b->k, place, w.code, &w.code_sealed));
    return casefile_receive(a, tx, b->k, &w, &receipt);
}

/* A letter of the case, its row in the register of seals, and a sheet on a wall. */
static err put_papers(void *context, struct arena *a, struct tx *tx)
{
    const struct letter l = { .agency = DISTRICT,
                              .id = 101,
                              .casefile = CASE,
                              .copies = 1,
                              .form = STR("plain_letter"),
                              .kind = LETTER_LETTER,
                              .service = STR("zoning"),
                              .day = DAY_NONE,
                              .content_sealed = STR("x"),
                              .made_ms = 1 };
    const struct letter_issue w = { .agency = DISTRICT,
                                    .id = 101,
                                    .changes = 1,
                                    .now_ms = 1,
                                    .seal_id = 101,
                                    .number = STR("1"),
                                    .day = 1 };
    const struct posting p = { .agency = DISTRICT,
                               .id = 101,
                               .sheet = STR("own"),
                               .title = STR("x"),
                               .place = STR("x"),
                               .version = 1 };
    struct letter issued;

    (void)context;
    TRY(letter_draft(a, tx, &l));
    TRY(letter_issue(a, tx, &w, &issued));
    return posting_put(a, tx, &p);
}

static void bench_open(struct bench *b)
{
    struct desk_options o = {
        .features = app_features, .features_count = app_features_count, .kinds = app_kinds,
        .kinds_count = app_kinds_count, .metrics = -1, .workers = 1,
    };

    memset(b, 0, sizeof *b);
    b->a = arena_new((size_t)64 << 20);
    assert_null(seal_start(b->a));
    assert_null(keyring_from_phrase(b->a, STR("matrix"), &b->k));
    assert_null(store_open_scratch(b->a, &b->s));
    add(b, "nobody", 0, 0, 0);
    for (int d = 0; d < DUTY_COUNT; d++) {
        add(b, str_z(b->a, duty_key[d]), DISTRICT, UNIT, DUTY(d));
    }
    add(b, "officer of another unit", DISTRICT, OTHER_UNIT, DUTY(DUTY_OFFICER));
    add(b, "head of another unit", DISTRICT, OTHER_UNIT, DUTY(DUTY_UNIT_HEAD));
    add(b, "everything in another office", HEALTH, HEALTH_UNIT, EVERY_DUTY);
    /* A cashier is the deputy of somebody who is away, head and administrator in one. */
    add(b, "cashier standing in", DISTRICT, OTHER_UNIT, DUTY(DUTY_CASHIER));
    b->people[b->people_count - 1].serves |= DUTY(DUTY_HEAD);
    add(b, "away", DISTRICT, OTHER_UNIT, DUTY(DUTY_HEAD) | DUTY(DUTY_ADMIN));
    assert_null(store_commit(b->s, b->a, AGENCY_CITY, put_city, b));
    assert_null(store_commit(b->s, b->a, DISTRICT, put_case, b));
    id_source_init(&b->ids, 0, 100000);
    assert_null(store_commit(b->s, b->a, DISTRICT, put_papers, NULL));
    o.store = b->s;
    o.keyring = b->k;
    o.ids = &b->ids;
    assert_null(http_listen(b->a, STR("127.0.0.1:0"), &o.listener));
    assert_null(desk_open(b->a, &o, &b->d));
    assert_null(desk_serve(b->a, b->d));
}

static void bench_close(struct bench *b)
{
    desk_close(b->d);
    store_close(b->s);
    arena_free(b->a);
}

/* ---- asking ---------------------------------------------------------------------------- */

struct answer_head {
    int status;
    str location;
};

static int port_of(const struct desk *d)
{
    str rest = desk_address(d);
    str piece;
    int64_t port = 0;

    while (str_cut(&rest, ':', &piece)) {
        (void)str_to_int(piece, &port);
    }
    return (int)port;
}

static str talk(struct bench *b, str request)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port_of(b->d)),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    char *text = arena_alloc(b->a, 4096);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    size_t have = 0;
    ssize_t n;

    assert_true(fd >= 0 && text != NULL);
    assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
    assert_int_equal(send(fd, request.at, request.len, MSG_NOSIGNAL), (ssize_t)request.len);
    while (have < 4095 && (n = recv(fd, text + have, 4095 - have, 0)) > 0) {
        have += (size_t)n;
    }
    close(fd);
    return (str){ text, have };
}

static struct answer_head ask(struct bench *b, const struct route *route, str address,
                              const struct person *p, const char *form)
{
    str cookie = str_is_empty(p->token)
                     ? STR("")
                     : str_format(b->a, "Cookie: bianmin=%.*s\r\n", STR_ARG(p->token));
    str body = str_of(form);
    str text = talk(b, str_format(b->a,
                                  "%s %.*s HTTP/1.1\r\nHost: localhost\r\n%.*s"
                                  "Content-Type: application/x-www-form-urlencoded\r\n"
                                  "Content-Length: %zu\r\nConnection: close\r\n\r\n%.*s",
                                  route->method == GET ? "GET" : "POST", STR_ARG(address),
                                  STR_ARG(cookie), body.len, STR_ARG(body)));
    struct answer_head h = { 0 };
    ptrdiff_t at = str_find(text, STR("\r\nLocation: "));
    int64_t status = 0;

    b->asked++;
    (void)str_to_int(str_slice(text, 9, 3), &status);
    h.status = (int)status;
    if (at >= 0) {
        str rest = str_slice(text, (size_t)at + 12, text.len);

        h.location = str_slice(rest, 0, (size_t)str_find(rest, STR("\r\n")));
    }
    return h;
}

/* Every {value} of the pattern, as it is in this city. */
static str address_of(struct bench *b, const struct route *route)
{
    str id = id_text(b->a, str_starts(str_of(route->pattern), STR("/staff/cases")) ? CASE : 101);
    str rest = str_of(route->pattern);
    str piece;
    str address = STR("");

    while (str_cut(&rest, '/', &piece)) {
        if (str_equal(piece, STR("{id}"))) {
            piece = id;
        } else if (str_equal(piece, STR("{agency}"))) {
            piece = STR("district");
        } else if (str_equal(piece, STR("{act}"))) {
            piece = STR("note");
        } else if (str_starts(piece, STR("{"))) {
            piece = STR("0000000000001");
        }
        if (!str_is_empty(piece)) {
            address = str_format(b->a, "%.*s/%.*s", STR_ARG(address), STR_ARG(piece));
        }
    }
    return str_is_empty(address) ? STR("/") : address;
}

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
        "/staff/cashier/refunds/{id}", "/staff/cashier/take/{id}",
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
