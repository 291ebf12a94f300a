/* What is told to people and to programs when something did not go.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/desk_test.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_says_which_methods_it_takes),
        cmocka_unit_test(programs_get_words_of_their_own),
        cmocka_unit_test(what_breaks_tells_its_number),
        cmocka_unit_test(who_waits_too_long_is_told_to_send_again),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
