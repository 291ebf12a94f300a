/* typed_store — from what people type to whole numbers, which an index finds: looked for
 * with LIKE, a running number would be compared with all cases that an office ever had.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/worklist/typed.h"
#include "kernel/casefile/worklist/worklist.h"

#include "base/id.h"
#include "host/store/store.h"
#include "kernel/flow/flow.h"

#define PREFIX_LETTERS 2
#define YEAR_AT 3
#define YEAR_DIGITS 3
#define SERIAL_DIGITS 6
#define WHOLE_DIGITS (YEAR_DIGITS + SERIAL_DIGITS + 1) /* with the check digit */
#define SERIAL_MOST 999999

/* The last number of each series, such as DA-115-000123-4: what comes before the series in
 * the index of numbers is less than DA-115-. */
static const struct query series_sql = {
    "WITH RECURSIVE series (head) AS ("
    "SELECT (SELECT MAX(number) FROM casefile WHERE agency_id = ?1) "
    "UNION ALL "
    "SELECT (SELECT MAX(number) FROM casefile WHERE agency_id = ?1 "
    "AND number < substr(series.head, 1, 7)) "
    "FROM series WHERE series.head IS NOT NULL) "
    "SELECT head FROM series WHERE head IS NOT NULL "
    "ORDER BY substr(head, 4, 3) DESC, head LIMIT ?2", "ii",
};
static const struct query *const all_queries[] = { &series_sql };
const struct query_list casefile_typed_queries = {
    "casefile (numbers as typed)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

/* Digits alone; -1 where one was not typed. */
struct digits {
    int year, serial, check;
};

/* Digits, with hyphens and spaces between them. */
static bool is_number(str typed, char digits[WHOLE_DIGITS], size_t *ret_len)
{
    *ret_len = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];

        if (c == '-' || c == ' ') {
            continue;
        }
        if (c < '0' || c > '9' || *ret_len == WHOLE_DIGITS) {
            return false;
        }
        digits[(*ret_len)++] = c;
    }
    return *ret_len > 0;
}

static int int_at(const char *digits, size_t len)
{
    int64_t n = 0;

    (void)str_to_int((str){ digits, len }, &n);
    return (int)n;
}

static bool digits_read(str typed, struct digits *ret)
{
    char digits[WHOLE_DIGITS];
    int64_t serial;
    size_t len;

    *ret = (struct digits){ -1, -1, -1 };
    if (str_to_int(str_trim(typed), &serial) && serial > 0 && serial <= SERIAL_MOST) {
        ret->serial = (int)serial;
        return true;
    }
    if (!is_number(typed, digits, &len) || len < WHOLE_DIGITS - 1) {
        return false;
    }
    ret->year = int_at(digits, YEAR_DIGITS);
    ret->serial = int_at(digits + YEAR_DIGITS, SERIAL_DIGITS);
    ret->check = len == WHOLE_DIGITS ? digits[WHOLE_DIGITS - 1] - '0' : -1;
    return true;
}

static void number_add(struct arena *a, struct case_typed *t, str head,
                       const struct digits *d)
{
    str prefix = str_slice(head, 0, PREFIX_LETTERS);
    int year = int_at(head.at + YEAR_AT, YEAR_DIGITS);
    str number = case_number(a, prefix, year, d->serial);
    bool fits = (d->year < 0 || d->year == year) && number.len > 0 &&
                (d->check < 0 || number.at[number.len - 1] == '0' + d->check);

    if (fits && t->count < TYPED_MOST) {
        t->number[t->count++] = number;
    }
}

err case_typed_read(struct arena *a, struct snap *snap, int64_t agency, str typed,
                    struct case_typed *ret)
{
    struct digits d;
    struct table t;

    ret->count = 0;
    if (case_number_tidy(a, typed, &ret->number[0])) {
        ret->count = 1;
        return NULL;
    }
    if (!digits_read(typed, &d)) {
        return NULL;
    }
    TRY(snap_query(a, snap, &series_sql, BIND(bind_int(agency), bind_int(4 * TYPED_MOST)),
                   &t));
    for (size_t i = 0; i < t.rows; i++) {
        str head = cell_text(&t, i, 0);

        if (head.len > YEAR_AT + YEAR_DIGITS) {
            number_add(a, ret, head, &d);
        }
    }
    return NULL;
}
