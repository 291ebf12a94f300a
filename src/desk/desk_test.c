/* Pages, forms, files and who may send them, asked over a socket as a browser would.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/desk_test.h"

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
        cmocka_unit_test(nobody_enters_the_staff_area),
        cmocka_unit_test(a_case_is_shut_to_who_has_not_its_code),
        cmocka_unit_test(bodies_have_limits),
        cmocka_unit_test(the_last_hop_is_who_asks),
        cmocka_unit_test(files_have_an_end),
        cmocka_unit_test(a_value_that_comes_in_two_packets_is_whole),
        cmocka_unit_test(the_look_comes_back_only_to_us),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
