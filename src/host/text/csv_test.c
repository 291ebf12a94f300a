/* Rows as spreadsheets write them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/text/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"

static const struct {
    const char *story, *text, *want; /* fields in [], rows behind the number of their line */
} rows[] = {
    { "plain fields", "a,b\nc,d\n", "1[a][b]2[c][d]" },
    { "no line feed at the end", "a,b\nc", "1[a][b]2[c]" },
    { "CRLF and blanks around", " a , b \r\nc,d\r\n", "1[a][b]2[c][d]" },
    { "a byte order mark is no part of it", "\xef\xbb\xbf" "a,b\n", "1[a][b]" },
    { "quotes, doubled inside", "\"a,\"\"x\"\"\",b", "1[a,\"x\"][b]" },
    { "a line feed inside quotes", "\"a\nb\",c\nd", "1[a\nb][c]3[d]" },
    { "blank rows are passed over", "a\n\n,,\n  \nb", "1[a]5[b]" },
    { "an empty field stays", "a,,c\n,b", "1[a][][c]2[][b]" },
    { "copied from a spreadsheet: tabs", "a\tb c\nd\te", "1[a][b c]2[d][e]" },
    { "a quote that never closes ends with the text", "\"a,b\nc", "1[a,b\nc]" },
    { "what follows a closing quote is dropped", "\"a\"x,b", "1[a][b]" },
    { "nothing at all", "", "" },
    { "more fields than asked for are counted", "a,b,c,d,e", "1[a][b][c][d]+1" },
};

static void rows_are_read(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new(0);
        struct buf b;
        struct text_csv c;
        str fields[4];
        size_t count;

        buf_init(&b, a, 1000);
        text_csv_open(&c, a, str_of(rows[i].text));
        while (text_csv_row(&c, fields, 4, &count)) {
            buf_put_int(&b, c.line);
            for (size_t n = 0; n < count && n < 4; n++) {
                buf_format(&b, "[%.*s]", STR_ARG(fields[n]));
            }
            if (count > 4) {
                buf_format(&b, "+%zu", count - 4);
            }
        }
        if (!str_equal(buf_str(&b), str_of(rows[i].want))) {
            fail_msg("%s: %.*s", rows[i].story, STR_ARG(buf_str(&b)));
        }
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rows_are_read) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
