/* The desk over a real listener and a real store: one page that counts, one form that adds.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/desk.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "host/http/http.h"
#include "host/seal/seal.h"
#include "host/store/store.h"

/* ---- a small feature: the names of agencies ---------------------------------------------- */

static const struct query count_sql = { "SELECT count(*) FROM agency", "" };

static err plain(struct ask *q, struct reply *r, str text)
{
    return reply_bytes(q, r, STR("text/plain"), STR("x.txt"), text, true);
}

static err count(struct ask *q, struct reply *r)
{
    struct table t;

    TRY(snap_one(q->arena, q->snap, &count_sql, NO_VALUES, &t));
    if (q->refusal != NULL) {
        return plain(q, r, str_format(q->arena, "again %zu mistakes, typed %.*s, in English %.*s;",
                                      q->mistakes.count, STR_ARG(ask_field(q, "key")),
                                      STR_ARG(link_language(q, LANG_EN).address)));
    }
    return plain(q, r, str_format(q->arena, "%lld of %.*s in %.*s", (long long)cell_int(&t, 0, 0),
                                  STR_ARG(q->agency->key), STR_ARG(lang_key[q->lang])));
}

#define PARKED_MS 2000
#define SNAIL_SECONDS 4 /* longer than anybody is left waiting */

struct add_wish {
    struct agency agency;
    bool slow;
};
struct add_made {
    int64_t rows;
};

static err add_check(struct ask *q, struct add_wish *ret_wish)
{
    ret_wish->agency = (struct agency){ .id = ask_new_id(q), .key = ask_field(q, "key"),
                                        .case_prefix = STR("XX") };
    ret_wish->slow = ask_field(q, "slow").len > 0;
    if (ret_wish->agency.key.len < 3) {
        mistake_add(&q->mistakes, STR("key"), SAY("Write the name."));
        mistake_add(&q->mistakes, STR("name"), SAY("Write the name."));
    }
    return NULL;
}

static err add_commit(struct ask *q, struct tx *tx, const struct add_wish *wish,
                      struct add_made *ret_made)
{
    const struct actor who = { .agency = AGENCY_CITY };

    assert(ret_made->rows == 0); /* zeroed before each run */
    ret_made->rows = 1;
    if (wish->slow) {
        nanosleep(&(struct timespec){ .tv_sec = SNAIL_SECONDS }, NULL);
    }
    return agency_put(q->arena, tx, &who, q->now_ms, &wish->agency);
}

static err add_reply(struct ask *q, struct reply *r, const struct add_made *made)
{
    return made->rows == 1 ? reply_see_other(q, r, "test.count", STR("")) : err_no_memory;
}

BEATS(add, struct add_wish, struct add_made)

static err broken(struct ask *q, struct reply *r)
{
    FAIL(q->arena, ERR_BROKEN, SAY("We made a mistake."), STR(""), "on purpose");
}

static err who(struct ask *q, struct reply *r)
{
    return plain(q, r, str_format(q->arena, "you are %.*s;", STR_ARG(q->client)));
}

static err conflict(struct ask *q, struct reply *r)
{
    FAIL(q->arena, ERR_CONFLICT, SAY("That time has just been filled."), STR(""), "on purpose");
}

static const struct route routes[] = {
    { POST, "/api/v1/{agency}/things", "test.things", MAY_ANYONE, .show = conflict, .is_api = true },
    { GET, "/api/v1/{agency}/coded", "test.coded", MAY_CODE, .show = count, .is_api = true },
    { GET, "/{agency}/who", "test.who", MAY_ANYONE, .show = who },
    { GET, "/{agency}/count", "test.count", MAY_ANYONE, .show = count },
    { POST, "/{agency}/count", "test.add", MAY_ANYONE, .beats = &add_beats, .again = count },
    { POST, "/{agency}/count/a/b", "test.below", MAY_ANYONE, .beats = &add_beats,
      .again = count },
    { POST, "/{agency}/slow", "test.slow", MAY_ANYONE, .beats = &add_beats, .again = count,
      .lane = LANE_SLOW },
    { POST, "/{agency}/file", "test.file", MAY_ANYONE, .show = count, .takes_files = true },
    { POST, "/staff/file", "test.staff_file", MAY_STAFF, .show = count, .takes_files = true },
    { GET, "/{agency}/broken", "test.broken", MAY_ANYONE, .show = broken },
    { GET, "/staff/inside", "test.inside", MAY_STAFF, .show = count },
    { GET, "/{agency}/mine/{case}", "test.mine", MAY_OWNER, .show = count },
    { POST, "/{agency}/mine/{case}", "test.mine_add", MAY_OWNER, .beats = &add_beats,
      .again = count },
    { GET, "/{agency}/status", "follow.ask", MAY_ANYONE, .show = count },
    { GET, "/staff/sign-in", "identity.sign_in", MAY_ANYONE, .show = count },
};
static const struct feature feature = { "test", routes, sizeof(routes) / sizeof(routes[0]), NULL, 0 };
static const struct feature *const features[] = { &feature };

/* ---- bench ------------------------------------------------------------------------------- */

struct bench {
    struct arena *a;
    struct store *s;
    struct keyring *k;
    struct id_source ids;
    struct desk *d;
    int64_t port;
};

static err put_offices(void *context, struct arena *a, struct tx *tx)
{
    const struct actor who = { .agency = AGENCY_CITY };
    const struct agency city = { .id = AGENCY_CITY, .key = STR("city"), .case_prefix = STR("CT") };
    const struct agency office = { .id = 2, .key = STR("district"), .case_prefix = STR("DA") };

    TRY(agency_put(a, tx, &who, 1, &city));
    return agency_put(a, tx, &who, 1, &office);
}

static int set_up(void **state)
{
    static struct bench b;
    struct desk_options o = { .features = features,
                              .features_count = 1,
                              .metrics = -1,
                              .workers = 2,
                              .file_bytes_one = 100,
                              .parked_ms = PARKED_MS,
                              .trusted_proxies = STR("127.0.0.1") };

    memset(&b, 0, sizeof(b));
    b.a = arena_new((size_t)64 << 20);
    assert_null(seal_start(b.a));
    assert_null(keyring_from_phrase(b.a, STR("desk"), &b.k));
    assert_null(store_open_scratch(b.a, &b.s));
    assert_null(store_commit(b.s, b.a, AGENCY_CITY, put_offices, NULL));
    id_source_init(&b.ids, 0, 100);
    o.store = b.s;
    o.keyring = b.k;
    o.ids = &b.ids;
    assert_null(http_listen(b.a, STR("127.0.0.1:0"), &o.listener));
    assert_null(desk_open(b.a, &o, &b.d));
    assert_null(desk_serve(b.a, b.d));
    assert_true(str_to_int(str_slice(desk_address(b.d), 10, 5), &b.port));
    *state = &b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;

    desk_close(b->d);
    arena_free(b->a);
    return 0;
}

/* Sends as it stands, in two packets at a '|', and reads until the server hangs up. */
static const char *ask_raw(const struct bench *b, const char *text)
{
    const char *cut = strchr(text, '|');
    static char answer[100000];
    const struct timeval patience = { .tv_sec = 10 };
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)b->port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    size_t len = 0;
    ssize_t n;

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    if (cut != NULL) {
        assert_true(send(fd, text, (size_t)(cut - text), MSG_NOSIGNAL) > 0);
        nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
        text = cut + 1;
    }
    assert_true(send(fd, text, strlen(text), MSG_NOSIGNAL) > 0);
    while (len < sizeof(answer) - 1 &&
           (n = recv(fd, answer + len, sizeof(answer) - 1 - len, 0)) > 0) {
        len += (size_t)n;
    }
    close(fd);
    answer[len] = '\0';
    return answer;
}

static const char *get(const struct bench *b, const char *path, const char *more)
{
    char text[2000];

    snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n%s\r\n", path,
             more);
    return ask_raw(b, text);
}

static const char *post(const struct bench *b, const char *path, const char *more, const char *body)
{
    char text[4000];

    snprintf(text, sizeof(text),
             "POST %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
             "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n%s\r\n%s",
             path, strlen(body), more, body);
    return ask_raw(b, text);
}

#define HAS(answer, what) assert_non_null(strstr((answer), (what)))
#define HAS_NOT(answer, what) assert_null(strstr((answer), (what)))

static void a_page_reads_its_snapshot(void **state)
{
    HAS(get(*state, "/en/district/count", ""), "2 of district in en");
    HAS(get(*state, "/district/count/", ""), "308 ");
    HAS(get(*state, "/nobody/count", ""), "404 ");
    HAS(get(*state, "/district/nothing", ""), "404 ");
    HAS(get(*state, "/district/%ff", ""), "400 ");
    HAS(get(*state, "/district/count?a=%ff", ""), "400 ");
}

static void a_form_is_kept_and_leads_on(void **state)
{
    const char *answer = post(*state, "/district/count", "", "key=health");

    HAS(answer, "303 ");
    HAS(answer, "Location: /district/count");
    HAS(get(*state, "/district/count", ""), "3 of district");
    HAS(get(*state, "/health/count", ""), "3 of health"); /* The list of offices is new. */
    HAS(post(*state, "/ja/district/slow", "", "key=library"), "Location: /ja/district/count");
}

static void mistakes_come_back_with_what_was_typed(void **state)
{
    const char *answer = post(*state, "/district/count", "", "key=x");

    HAS(answer, "422 ");
    HAS(answer, "again 2 mistakes, typed x");
    answer = post(*state, "/district/slow", "", "key=y");
    HAS(answer, "422 ");
    HAS(answer, "again 2 mistakes, typed y");
    /* Its address has no GET: the other languages lead to the page above it. */
    answer = post(*state, "/district/count/a/b", "", "key=z");
    HAS(answer, "in English /en/district/count;");
}

static void a_commit_that_refuses_comes_back_as_conflict(void **state)
{
    const char *answer = post(*state, "/district/count", "", "key=district");

    HAS(answer, "409 ");
    HAS(answer, "again 1 mistakes, typed district");
}

static void a_foreign_page_cannot_send_forms(void **state)
{
    HAS(post(*state, "/district/count", "Origin: https://evil.example\r\n", "key=evil1"), "403 ");
    HAS(post(*state, "/district/count", "Origin: null\r\n", "key=evil2"), "403 ");
    HAS(post(*state, "/district/count", "Sec-Fetch-Site: cross-site\r\n", "key=evil3"), "403 ");
    HAS(post(*state, "/district/count", "Origin: http://here\r\n", "key=good"), "303 ");
}

static void an_address_says_which_methods_it_takes(void **state)
{
    const char *answer = post(*state, "/district/who", "", "key=x");

    HAS(answer, "405 ");
    HAS(answer, "Allow: GET, HEAD\r\n");
    answer = get(*state, "/district/file", "");
    HAS(answer, "405 ");
    HAS(answer, "Allow: POST\r\n");
    answer = ask_raw(*state, "DELETE /district/count HTTP/1.1\r\nHost: here\r\n"
                             "Connection: close\r\n\r\n");
    HAS(answer, "405 ");
    HAS(answer, "Allow: GET, HEAD, POST\r\n");
    HAS(ask_raw(*state, "DELETE /district/nothing HTTP/1.1\r\nHost: here\r\n"
                        "Connection: close\r\n\r\n"),
        "404 ");
}

/* A program has no page, no first page and no button. */
static void programs_get_words_of_their_own(void **state)
{
    static const struct {
        const char *asked, *status, *has;
    } rows[] = {
        { "POST /api/v1/district/things HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n"
          "Content-Type: text/xml\r\n\r\n<a>",
          "415 ", "Send application/json" },
        { "GET /api/v1/district/nothing HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
          "404 ", "The addresses are in" },
        { "GET /api/v1/district/things HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
          "405 ", "Allow: POST\r\n" },
        { "GET /api/v1/%ff HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n", "400 ",
          "Send text as UTF-8" },
        { "GET /api/v1/district/coded HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
          "401 ", "WWW-Authenticate: Bearer\r\n" },
        { "GET /api/v1/district/coded HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
          "Authorization: Bearer ABC\r\n\r\n",
          "200 ", "of district" },
        { "POST /api/v1/district/things HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
          "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
          "409 ", "This does not fit what is here already" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char asked[1000];
        const char *line = strstr(rows[i].asked, "\r\n") + 2;

        snprintf(asked, sizeof(asked), "%.*sAccept-Language: en\r\n%s",
                 (int)(line - rows[i].asked), rows[i].asked, line);
        const char *answer = ask_raw(*state, asked);

        HAS(answer, rows[i].status);
        HAS(answer, rows[i].has);
        HAS_NOT(answer, "form on the page");
        HAS_NOT(answer, "first page");
    }
}

static void nobody_enters_the_staff_area(void **state)
{
    const char *answer = get(*state, "/staff/inside", "");

    HAS(answer, "303 ");
    HAS(answer, "Location: /staff/sign-in?back=%2Fstaff%2Finside");
}

/* The handlers of these routes ask for nothing themselves. */
static void a_case_is_shut_to_who_has_not_its_code(void **state)
{
    static const char to[] = "Location: /district/status?case=DA-115-000001-1\r\n";
    const char *path = "/district/mine/DA-115-000001-1";
    const char *wrong = "Cookie: owner-DA-115-000001-1=ABCDEFGHJKMN\r\n";

    HAS(get(*state, path, ""), "303 ");
    HAS(get(*state, path, ""), to);
    HAS(get(*state, path, wrong), to);
    HAS(post(*state, path, "", "key=shut"), to);
    HAS(post(*state, path, wrong, "key=shut"), to);
    HAS(get(*state, "/shut/count", ""), "404 "); /* nothing was added */
}

static void what_breaks_tells_its_number(void **state)
{
    const char *answer = get(*state, "/district/broken", "");

    HAS(answer, "500 ");
    HAS(answer, "X-Request-Id: ");
    HAS_NOT(answer, "on purpose");
}

/* The writer is slow, the connection is answered, and the commit follows: so the page may not
 * say that nothing was kept. */
static void who_waits_too_long_is_told_to_send_again(void **state)
{
    const char *answer = post(*state, "/en/district/count", "", "key=snail&slow=yes");

    HAS(answer, "503 ");
    HAS(answer, "Retry-After: 30");
    HAS(answer, "text/html");
    HAS(answer, "Content-Security-Policy");
    HAS(answer, "<html lang=\"en\">");
    HAS(answer, "not certain that it was kept");
    HAS(answer, "nothing is taken twice");
    HAS_NOT(answer, "Nothing was kept");
    /* Sent again it waits behind the first, and finds what that one has made. */
    HAS(get(*state, "/snail/count", ""), "404 ");
    HAS(post(*state, "/en/district/count", "", "key=snail"), "409 ");
    HAS(get(*state, "/snail/count", ""), "200 ");
}

static void bodies_have_limits(void **state)
{
    struct bench *b = *state;

    HAS(ask_raw(b, "POST /district/count HTTP/1.1\r\nHost: here\r\nContent-Length: 99999999\r\n"
                   "Content-Type: application/x-www-form-urlencoded\r\n\r\n"), "413 ");
    HAS(ask_raw(b, "POST /district/count HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n"
                   "Content-Type: text/xml\r\n\r\n<a>"), "415 ");
    HAS(post(b, "/district/count", "", "key=%f"), "400 ");
    HAS(ask_raw(b, "POST /district/count HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "400 ");
    HAS(ask_raw(b, "POST /district/count HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
                   "Content-Type: multipart/form-data; boundary=line7\r\nContent-Length: 74\r\n\r\n"
                   "--line7\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nmuseum\r\n--line7--\r\n"),
        "303 ");
}

static void the_last_hop_is_who_asks(void **state)
{
    HAS(get(*state, "/district/who", ""), "you are 127.0.0.1;");
    HAS(get(*state, "/district/who", "X-Forwarded-For: 9.9.9.9, 1.2.3.4\r\n"),
        "you are 1.2.3.4;");
    /* What a reader wrote stands in the first line, what the proxy saw in the next. */
    HAS(get(*state, "/district/who",
            "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-For: 1.2.3.4\r\n"),
        "you are 1.2.3.4;");
}

static const char *send_file(const struct bench *b, const char *path, const char *bytes)
{
    char body[1000], text[2000];

    snprintf(body, sizeof(body),
             "--line7\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\n\r\n"
             "%s\r\n--line7--\r\n", bytes);
    snprintf(text, sizeof(text),
             "POST %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
             "Content-Type: multipart/form-data; boundary=line7\r\nContent-Length: %zu\r\n\r\n%s",
             path, strlen(body), body);
    return ask_raw(b, text);
}

static void files_have_an_end(void **state)
{
    static const char sixty[] = "123456789 123456789 123456789 123456789 123456789 123456789 ";
    const char *answer = send_file(*state, "/staff/file", sixty);

    /* Nobody is signed in: the file is not looked at. */
    HAS(answer, "303 ");
    HAS(answer, "Location: /staff/sign-in");
    HAS(send_file(*state, "/district/file", sixty), "200 ");
    HAS(send_file(*state, "/district/file", sixty), "200 ");
    answer = send_file(*state, "/district/file", sixty);
    HAS(answer, "429 ");
    HAS(answer, "Retry-After: 3600\r\n");

}

static void a_value_that_comes_in_two_packets_is_whole(void **state)
{
    static const char *const cuts[] = { "|museum2\r", "m|useum3\r", "museum4|\r", "museum5\r|" };
    char text[1000];

    for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
        snprintf(text, sizeof(text),
                 "POST /district/count HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
                 "Content-Type: multipart/form-data; boundary=line7\r\nContent-Length: 75\r\n\r\n"
                 "--line7\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n%s\n--line7--\r\n",
                 cuts[i]);
        HAS(ask_raw(*state, text), "303 ");
    }
}

static void the_look_comes_back_only_to_us(void **state)
{
    const char *answer = post(*state, "/look", "", "size=xl&back=%2Fen%2Fdistrict");

    HAS(answer, "Set-Cookie: look=xl.auto;");
    HAS(answer, "Location: /en/district");
    HAS(post(*state, "/look", "", "back=%2F%2Fevil.example"), "Location: /\r\n");
    HAS(post(*state, "/look", "", "back=https%3A%2F%2Fevil.example"), "Location: /\r\n");
    HAS(post(*state, "/look", "", "size=%22%3E"), "look=m.auto;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_reads_its_snapshot),
        cmocka_unit_test(a_form_is_kept_and_leads_on),
        cmocka_unit_test(mistakes_come_back_with_what_was_typed),
        cmocka_unit_test(a_commit_that_refuses_comes_back_as_conflict),
        cmocka_unit_test(a_foreign_page_cannot_send_forms),
        cmocka_unit_test(an_address_says_which_methods_it_takes),
        cmocka_unit_test(programs_get_words_of_their_own),
        cmocka_unit_test(nobody_enters_the_staff_area),
        cmocka_unit_test(a_case_is_shut_to_who_has_not_its_code),
        cmocka_unit_test(what_breaks_tells_its_number),
        cmocka_unit_test(who_waits_too_long_is_told_to_send_again),
        cmocka_unit_test(bodies_have_limits),
        cmocka_unit_test(the_last_hop_is_who_asks),
        cmocka_unit_test(files_have_an_end),
        cmocka_unit_test(a_value_that_comes_in_two_packets_is_whole),
        cmocka_unit_test(the_look_comes_back_only_to_us),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
