/* words — the functions and names that a rule may use; inside this folder only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_RULE_WORDS_H
#define BIANMIN_HOST_RULE_WORDS_H

#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

#include <lua.h>

/* A table of the functions, on top of the stack. */
void rule_words_push(lua_State *L);
bool rule_is_word(str name);
/* machine.c: the day of the pass that runs. */
day machine_today(lua_State *L);
/* Every name in the rule is a function of ours or one of `names`. Fails: ERR_INPUT. */
MUST_CHECK err rule_words_check(struct arena *a, str source, const str *names,
                                size_t count);

#endif
