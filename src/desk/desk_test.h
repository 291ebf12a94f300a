/* The desk over a real listener and a real store, for the tests of this room: one page that
 * counts, one form that adds, and a few that refuse.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_DESK_TEST_H
#define BIANMIN_DESK_DESK_TEST_H

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

static inline err plain(struct ask *q, struct reply *r, str text)
{
    return reply_bytes(q, r, STR("text/plain"), STR("x.txt"), text, true);
}

static inline err count(struct ask *q, struct reply *r)
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

static inline err add_check(struct ask *q, struct add_wish *ret_wish)
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

static inline err add_commit(struct ask *q, struct tx *tx, const struct add_wish *wish,
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

static inline err add_reply(struct ask *q, struct reply *r, const struct add_made *made)
{
    return made->rows == 1 ? reply_see_other(q, r, "test.count", STR("")) : err_no_memory;
}

BEATS(add, struct add_wish, struct add_made)

static inline err broken(struct ask *q, struct reply *r)
{
    FAIL(q->arena, ERR_BROKEN, SAY("We made a mistake."), STR(""), "on purpose");
}

static inline err who(struct ask *q, struct reply *r)
{
    return plain(q, r, str_format(q->arena, "you are %.*s;", STR_ARG(q->client)));
}

static inline err conflict(struct ask *q, struct reply *r)
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

static inline err put_offices(void *context, struct arena *a, struct tx *tx)
{
    const struct actor who = { .agency = AGENCY_CITY };
    const struct agency city = { .id = AGENCY_CITY, .key = STR("city"), .case_prefix = STR("CT") };
    const struct agency office = { .id = 2, .key = STR("district"), .case_prefix = STR("DA") };

    TRY(agency_put(a, tx, &who, 1, &city));
    return agency_put(a, tx, &who, 1, &office);
}

static inline int set_up(void **state)
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

static inline int tear_down(void **state)
{
    struct bench *b = *state;

    desk_close(b->d);
    arena_free(b->a);
    return 0;
}

/* Sends as it stands, in two packets at a '|', and reads until the server hangs up. */
static inline const char *ask_raw(const struct bench *b, const char *text)
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

static inline const char *get(const struct bench *b, const char *path, const char *more)
{
    char text[2000];

    snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n%s\r\n", path,
             more);
    return ask_raw(b, text);
}

static inline const char *post(const struct bench *b, const char *path, const char *more, const char *body)
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

#endif
