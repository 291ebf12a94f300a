/* matrix_bench_test — for the matrix: a city of two offices with somebody of each duty, served
 * on a port of its own, and how it is asked.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_MATRIX_BENCH_TEST_H
#define BIANMIN_APP_MATRIX_BENCH_TEST_H

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
#include "kernel/casefile/receive/receive.h"
#include "kernel/session/session.h"

/* A test may leave some of it unused. */
#define BENCH __attribute__((unused)) static

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

BENCH void add(struct bench *b, const char *who, int64_t agency, int64_t unit, duty_set duties)
{
    size_t n = b->people_count++;
    struct person *p = &b->people[n];

    *p = (struct person){ .who = who, .agency = agency, .unit = unit, .duties = duties,
                          .serves = duties, .staff = 100 + (int64_t)n };
    if (agency != 0) {
        assert_null(session_token(b->a, b->k, &p->token, &p->token_hash));
    }
}

BENCH err put_offices(struct arena *a, struct tx *tx, int64_t now_ms)
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

BENCH err put_city(void *context, struct arena *a, struct tx *tx)
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

BENCH err put_case(void *context, struct arena *a, struct tx *tx)
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
BENCH err put_papers(void *context, struct arena *a, struct tx *tx)
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

BENCH void bench_open(struct bench *b)
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

BENCH void bench_close(struct bench *b)
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

BENCH int port_of(const struct desk *d)
{
    str rest = desk_address(d);
    str piece;
    int64_t port = 0;

    while (str_cut(&rest, ':', &piece)) {
        (void)str_to_int(piece, &port);
    }
    return (int)port;
}

BENCH str talk(struct bench *b, str request)
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

BENCH struct answer_head ask(struct bench *b, const struct route *route, str address,
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
BENCH str address_of(struct bench *b, const struct route *route)
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

#endif
