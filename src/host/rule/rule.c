/* rule — one Lua expression, run in a state of its own that knows nothing but what it is
 * given.
 *
 * A state lives for one call: nothing can be carried from one rule to the next, and making
 * it without libraries costs a few microseconds. Everything that can fail in Lua happens
 * inside one protected call.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/rule/rule.h"

#include "host/clock/clock.h"
#include "host/rule/words.h"

#include <lauxlib.h>
#include <lua.h>
#include <math.h>
#include <stdlib.h>

#define RULE_MEMORY ((size_t)1 << 20)
#define RULE_STEPS 100000
#define RULE_STEPS_A_LOOK 1000
#define RULE_NS INT64_C(100000000) /* steps on long texts are slow ones */
#define RULE_SOURCE_MAX ((size_t)4000)

struct run {
    str source; /* "return …" */
    const struct rule_value *values;
    size_t count;
    day today;
    bool compile_only;
    bool truth;
    size_t memory;
    int steps;
    int64_t ends_ns;
};

/* The memory of one rule. */
static void *rule_memory(void *thing, void *old, size_t old_size, size_t new_size)
{
    struct run *run = thing;
    size_t had = old == NULL ? 0 : old_size;
    if (new_size == 0) {
        free(old);
        run->memory -= had;
        return NULL;
    }
    if (new_size > had && run->memory + (new_size - had) > RULE_MEMORY) {
        return NULL;
    }
    void *piece = realloc(old, new_size);
    if (piece != NULL) {
        run->memory = run->memory - had + new_size;
    }
    return piece;
}

static struct run *run_of(lua_State *L)
{
    void *thing = NULL;
    lua_getallocf(L, &thing);
    return thing;
}

static void rule_steps(lua_State *L, lua_Debug *about)
{
    struct run *run = run_of(L);
    run->steps += RULE_STEPS_A_LOOK;
    if (run->steps >= RULE_STEPS || clock_steady_ns() > run->ends_ns) {
        luaL_error(L, "too many steps");
    }
}

/* A comparison with an unanswered question is false. */
static int nil_compared(lua_State *L)
{
    lua_pushboolean(L, 0);
    return 1;
}

/* Reckoning with one gives no number, and comparing that is false as well. */
static int nil_reckoned(lua_State *L)
{
    lua_pushnumber(L, (lua_Number)NAN);
    return 1;
}

static void nil_prepare(lua_State *L)
{
    static const char *const compared[] = { "__lt", "__le" };
    static const char *const reckoned[] = { "__add", "__sub",  "__mul", "__div",
                                            "__mod", "__idiv", "__unm" };
    lua_pushnil(L);
    lua_createtable(L, 0, 9);
    for (size_t i = 0; i < sizeof compared / sizeof compared[0]; i++) {
        lua_pushcfunction(L, nil_compared);
        lua_setfield(L, -2, compared[i]);
    }
    for (size_t i = 0; i < sizeof reckoned / sizeof reckoned[0]; i++) {
        lua_pushcfunction(L, nil_reckoned);
        lua_setfield(L, -2, reckoned[i]);
    }
    lua_setmetatable(L, -2); /* that of all nils */
    lua_pop(L, 1);
}

static void value_push(lua_State *L, const struct rule_value *v)
{
    switch (v->kind) {
    case RULE_NIL:
        lua_pushnil(L);
        return;
    case RULE_NUMBER:
    case RULE_DAY:
        lua_pushinteger(L, v->number);
        return;
    case RULE_BOOL:
        lua_pushboolean(L, v->number != 0);
        return;
    case RULE_TEXT:
        lua_pushlstring(L, v->text.len > 0 ? v->text.at : "", v->text.len);
        return;
    case RULE_LIST:
        lua_createtable(L, (int)v->count, 0);
        for (size_t i = 0; i < v->count; i++) {
            lua_pushlstring(L, v->list[i].len > 0 ? v->list[i].at : "", v->list[i].len);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        return;
    }
}

static void values_set(lua_State *L, const struct run *run)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    for (size_t i = 0; i < run->count; i++) {
        const struct rule_value *v = &run->values[i];
        lua_pushlstring(L, v->name.len > 0 ? v->name.at : "", v->name.len);
        value_push(L, v);
        lua_rawset(L, -3);
    }
    rule_words_set(L, run->today);
    lua_pop(L, 1);
}

/* Everything, inside the protected call. */
static int rule_run(lua_State *L)
{
    struct run *run = run_of(L);
    luaL_checkstack(L, 20, NULL);
    if (luaL_loadbufferx(L, run->source.at, run->source.len, "=rule", "t") != LUA_OK) {
        return lua_error(L);
    }
    if (run->compile_only) {
        return 0;
    }
    nil_prepare(L);
    values_set(L, run);
    int before = lua_gettop(L) - 1;
    lua_call(L, 0, LUA_MULTRET);
    if (lua_gettop(L) - before != 1 || !lua_isboolean(L, -1)) {
        return luaL_error(L, "the result is not true or false");
    }
    run->truth = lua_toboolean(L, -1) != 0;
    return 0;
}

/* NULL, or what Lua said (in the arena). */
static const char *rule_protected(struct arena *a, struct run *run)
{
    run->ends_ns = clock_steady_ns() + RULE_NS;
    lua_State *L = lua_newstate(rule_memory, run);
    if (L == NULL) {
        return "no memory";
    }
    lua_sethook(L, rule_steps, LUA_MASKCOUNT, RULE_STEPS_A_LOOK);
    lua_pushcfunction(L, rule_run);
    const char *said = NULL;
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
        said = lua_type(L, -1) == LUA_TSTRING ? str_z(a, str_of(lua_tostring(L, -1)))
                                              : "an error without words";
    }
    lua_close(L);
    return said;
}

static err source_make(struct arena *a, str rule, str *ret_source)
{
    if (rule.len > RULE_SOURCE_MAX || !str_is_text(rule)) {
        FAIL(a, ERR_INPUT, SAY("This rule is too long. Divide it into several rules."),
             STR(""), "%zu bytes", rule.len);
    }
    /* Not `return (rule)`: the text `1) or (true` would pass. */
    *ret_source = str_join(a, STR("return "), rule);
    return arena_failed(a) ? err_no_memory : NULL;
}

/* Lua's words without where in the rule: rules are one line. */
static str said_tidy(const char *said)
{
    str s = str_of(said);
    ptrdiff_t place = str_find(s, STR(": "));
    return str_starts(s, STR("rule:")) && place > 0 ? str_slice(s, (size_t)place + 2, s.len)
                                                    : s;
}

err rule_check(struct arena *a, str source, const str *names, size_t count)
{
    struct run run = { .compile_only = true };
    TRY(source_make(a, source, &run.source));
    const char *said = rule_protected(a, &run);
    if (said != NULL) {
        FAIL(a, ERR_INPUT,
             SAY("This rule cannot be read: {problem}.",
                 SAY_TEXT("problem", said_tidy(said))),
             STR(""), "%s", said);
    }
    return rule_words_check(a, source, names, count);
}

err rule_truth(struct arena *a, str source, const struct rule_value *values, size_t count,
               day today, bool *ret_truth)
{
    struct run run = { .values = values, .count = count, .today = today };
    err e = source_make(a, source, &run.source);
    const char *said = e != NULL ? "no rule" : rule_protected(a, &run);
    if (said != NULL) {
        FAIL(a, ERR_BROKEN,
             SAY("A rule of this service does not work. Please tell the office."), STR(""),
             "rule: %s", said);
    }
    *ret_truth = run.truth;
    return NULL;
}
