/* rule — one Lua expression that is true or false, or a number.
 *
 * No libraries, no string methods, 1 MiB, 100,000 steps, a tenth of a second, everything in
 * a protected call; exactly one boolean comes back. Names in a rule are the keys of
 * questions; a day is a number of days, so that days compare; an unanswered question is
 * nil, and every < <= > >= with it is false. Functions: age(d) (years on the day of
 * asking) · years_since(d) · months_since(d) · days_until(d) · today() ·
 * day("2026-01-18") · filled(x) · length(x) · has(list, key) · starts(x, y) ·
 * sum(rows, column) · count(rows, column, value) · least(a, b …) · most(a, b …) ·
 * ceil(x) · floor(x).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_RULE_H
#define BIANMIN_HOST_RULE_H

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

enum rule_kind {
    RULE_NIL,
    RULE_NUMBER,
    RULE_TEXT,
    RULE_BOOL,
    RULE_DAY,
    RULE_LIST,
    RULE_ROWS
};

struct rule_value {
    str name;
    enum rule_kind kind;
    int64_t number; /* number, day, bool */
    str text;
    const str *list; /* RULE_LIST: keys chosen */
    size_t count;
    const struct rule_value *rows; /* RULE_ROWS: count × columns, each with its name */
    size_t columns;
};

/* Compiles and looks at the names, for `pack check`. Fails: ERR_INPUT (say tells what Lua
 * said). `names` are those that a rule may use; an unknown one is a mistake. */
MUST_CHECK err rule_check(struct arena *a, str source, const str *names, size_t count);

/* Where the rules of one form stay compiled from one pass to the next; for any thread.
 * Lives as long as its arena. */
struct rule_shelf;
MUST_CHECK err rule_shelf_new(struct arena *a, struct rule_shelf **ret);

/* Some rules over the same values, in one thread. The values are the caller's and stay
 * where they are; the pass ends with the arena at the latest. No shelf: NULL. */
struct rule_pass;
MUST_CHECK err rule_pass_begin(struct arena *a, struct rule_shelf *shelf,
                               const struct rule_value *values, size_t count, day today,
                               struct rule_pass **ret);
/* The caller has changed values[at]. */
MUST_CHECK err rule_pass_change(struct arena *a, struct rule_pass *p, size_t at);
/* Fails: ERR_BROKEN (does not compile, no boolean, too long, too large). */
MUST_CHECK err rule_pass_truth(struct arena *a, struct rule_pass *p, str source,
                               bool *ret_truth);
/* An expression that gives a number, rounded up to a whole one: `copies - 1`. What is not
 * answered counts as nothing, and less than nothing is nothing. At most 1,000,000. */
MUST_CHECK err rule_pass_number(struct arena *a, struct rule_pass *p, str source,
                                int64_t *ret_number);
void rule_pass_end(struct rule_pass *p);

/* A pass of one rule. */
MUST_CHECK err rule_truth(struct arena *a, str source, const struct rule_value *values,
                          size_t count, day today, bool *ret_truth);
MUST_CHECK err rule_number(struct arena *a, str source, const struct rule_value *values,
                           size_t count, day today, int64_t *ret_number);

#endif
