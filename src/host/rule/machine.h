/* machine — a Lua state with its limits and the rules that it has compiled; inside this
 * folder only.
 *
 * A machine serves one pass after the other and one thread at a time. What a rule can reach
 * is the environment of its pass: a table made for that pass, holding its values. All else
 * in the state is out of its reach (compiled rules) or cannot change (the functions of
 * words.c), so nothing gets from one pass into the next. A machine in which a rule has
 * failed, or which has grown, is not used again.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_RULE_MACHINE_H
#define BIANMIN_HOST_RULE_MACHINE_H

#include "base/arena.h"
#include "base/day.h"
#include "host/rule/rule.h"

#include <lua.h>

struct machine {
    struct arena *arena; /* its own */
    lua_State *state;
    struct machine *next; /* on the shelf */
    size_t memory;        /* bytes that Lua has */
    bool is_spoilt;       /* something has failed in it */

    /* Of the pass that it serves. */
    day today;

    /* Of the rule that runs. */
    bool is_number; /* it gives a number: what is not answered counts as nothing */
    int steps;
    int64_t ends_ns;
};

/* NULL: no memory. */
struct machine *machine_new(void);
void machine_free(struct machine *m);
/* May the next pass have it? */
bool machine_is_sound(const struct machine *m);

/* These give NULL, or what Lua said (in the arena). */
/* The environment of a new pass. */
const char *machine_begin(struct arena *a, struct machine *m,
                          const struct rule_value *values, size_t count, day today);
/* One value of it anew. */
const char *machine_change(struct arena *a, struct machine *m, const struct rule_value *v);
/* Compiles, unless that has been done, and runs. */
const char *machine_run(struct arena *a, struct machine *m, str rule, bool *ret_truth);
const char *machine_number(struct arena *a, struct machine *m, str rule,
                           int64_t *ret_number);
const char *machine_compile(struct arena *a, struct machine *m, str rule);
/* Nothing of the pass stays. */
void machine_end(struct machine *m);

#endif
