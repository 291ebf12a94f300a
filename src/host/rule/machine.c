/* machine — a Lua state without libraries: limits, compiled rules, the environment of a
 * pass. Everything that can fail in Lua happens inside a protected call.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/rule/machine.h"

#include "host/clock/clock.h"
#include "host/rule/words.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>

#define RULE_MEMORY ((size_t)1 << 20)
#define KEPT_MEMORY ((size_t)256 << 10) /* a machine that is larger is not used again */
#define RULE_STEPS 100000
#define RULE_STEPS_A_LOOK 1000
#define RULE_NS INT64_C(100000000) /* steps on long texts are slow ones */

/* Places in the registry, which no rule can reach. */
enum {
    COMPILED = LUA_RIDX_LAST + 1, /* text of a rule → function */
    BEHIND,                       /* what lies behind an environment: the words */
    ENVIRONMENT,                  /* of the pass */
};

/* ---- limits ---- */

static void *machine_memory(void *thing, void *old, size_t old_size, size_t new_size)
{
    struct machine *m = thing;
    size_t had = old == NULL ? 0 : old_size;

    if (new_size == 0) {
        free(old);
        m->memory -= had;
        return NULL;
    }
    if (new_size > had && m->memory + (new_size - had) > RULE_MEMORY) {
        return NULL;
    }
    void *piece = realloc(old, new_size);

    if (piece != NULL) {
        m->memory = m->memory - had + new_size;
    }
    return piece;
}

static struct machine *machine_of(lua_State *L)
{
    void *thing = NULL;

    lua_getallocf(L, &thing);
    return thing;
}

day machine_today(lua_State *L)
{
    return machine_of(L)->today;
}

static void machine_steps(lua_State *L, lua_Debug *about)
{
    struct machine *m = machine_of(L);

    m->steps += RULE_STEPS_A_LOOK;
    if (m->steps >= RULE_STEPS || clock_steady_ns() > m->ends_ns) {
        luaL_error(L, "too many steps");
    }
}

/* What a protected step is about. */
struct work {
    const struct rule_value *values;
    size_t count;
    str rule;
    bool truth;
    int64_t number;
};

static const char *protected_call(struct arena *a, struct machine *m, lua_CFunction step,
                                  struct work *w)
{
    lua_State *L = m->state;
    const char *said = NULL;

    m->steps = 0;
    m->ends_ns = clock_steady_ns() + RULE_NS;
    lua_pushcfunction(L, step); /* a light function and a light pointer need no memory */
    lua_pushlightuserdata(L, w);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
        said = lua_type(L, -1) == LUA_TSTRING ? str_z(a, str_of(lua_tostring(L, -1)))
                                              : "an error without words";
        lua_pop(L, 1);
        m->is_spoilt = true;
    }
    return said;
}

/* ---- making one ---- */

/* A comparison with an unanswered question is false. */
static int nil_compared(lua_State *L)
{
    lua_pushboolean(L, 0);
    return 1;
}

/* Reckoning with one gives no number, and comparing that is false as well. Where a number
 * is asked for it counts as nothing: `copies - 1` is at most nothing, `copies * 20` is
 * nothing. */
static int nil_reckoned(lua_State *L)
{
    int operation = (int)lua_tointeger(L, lua_upvalueindex(1));

    if (!machine_of(L)->is_number) {
        lua_pushnumber(L, (lua_Number)NAN);
        return 1;
    }
    for (int i = 1; i <= 2; i++) {
        if (lua_isnil(L, i)) {
            lua_pushinteger(L, 0);
            lua_replace(L, i);
        }
    }
    lua_settop(L, operation == LUA_OPUNM ? 1 : 2);
    lua_arith(L, operation);
    return 1;
}

static void nil_prepare(lua_State *L)
{
    static const char *const compared[] = { "__lt", "__le" };
    static const char *const reckoned[] = { "__add", "__sub",  "__mul", "__div",
                                            "__mod", "__idiv", "__unm" };
    static const int operations[] = { LUA_OPADD, LUA_OPSUB,  LUA_OPMUL, LUA_OPDIV,
                                      LUA_OPMOD, LUA_OPIDIV, LUA_OPUNM };
    lua_pushnil(L);
    lua_createtable(L, 0, 9);
    for (size_t i = 0; i < sizeof compared / sizeof compared[0]; i++) {
        lua_pushcfunction(L, nil_compared);
        lua_setfield(L, -2, compared[i]);
    }
    for (size_t i = 0; i < sizeof reckoned / sizeof reckoned[0]; i++) {
        lua_pushinteger(L, operations[i]);
        lua_pushcclosure(L, nil_reckoned, 1);
        lua_setfield(L, -2, reckoned[i]);
    }
    lua_setmetatable(L, -2); /* that of all nils */
    lua_pop(L, 1);
}

/* The words are found behind the environment; nobody can change them there. */
static int step_prepare(lua_State *L)
{
    lua_createtable(L, 0, 16);
    lua_rawseti(L, LUA_REGISTRYINDEX, COMPILED);
    lua_createtable(L, 0, 1);
    rule_words_push(L);
    lua_setfield(L, -2, "__index");
    lua_rawseti(L, LUA_REGISTRYINDEX, BEHIND);
    nil_prepare(L);
    return 0;
}

static void machine_close_v(void *machine)
{
    struct machine *m = machine;

    lua_close(m->state);
}

struct machine *machine_new(void)
{
    struct arena *a = arena_new(0);
    struct machine *m = a == NULL ? NULL : ARENA_NEW(a, struct machine);

    if (m == NULL) {
        arena_free(a);
        return NULL;
    }
    m->arena = a;
    m->state = lua_newstate(machine_memory, m);
    if (m->state == NULL || !arena_defer(a, machine_close_v, m)) {
        arena_free(a);
        return NULL;
    }
    lua_sethook(m->state, machine_steps, LUA_MASKCOUNT, RULE_STEPS_A_LOOK);
    if (protected_call(a, m, step_prepare, NULL) != NULL) {
        arena_free(a);
        return NULL;
    }
    return m;
}

void machine_free(struct machine *m)
{
    if (m != NULL) {
        arena_free(m->arena);
    }
}

bool machine_is_sound(const struct machine *m)
{
    return !m->is_spoilt && m->memory <= KEPT_MEMORY;
}

/* ---- the values of a pass ---- */

static void text_push(lua_State *L, str s)
{
    lua_pushlstring(L, s.len > 0 ? s.at : "", s.len);
}

static void value_push(lua_State *L, const struct rule_value *v);

static void rows_push(lua_State *L, const struct rule_value *v)
{
    lua_createtable(L, (int)v->count, 0);
    for (size_t row = 0; row < v->count; row++) {
        lua_createtable(L, 0, (int)v->columns);
        for (size_t i = 0; i < v->columns; i++) {
            const struct rule_value *cell = &v->rows[row * v->columns + i];

            text_push(L, cell->name);
            value_push(L, cell);
            lua_rawset(L, -3);
        }
        lua_rawseti(L, -2, (lua_Integer)row + 1);
    }
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
        text_push(L, v->text);
        return;
    case RULE_LIST:
        lua_createtable(L, (int)v->count, 0);
        for (size_t i = 0; i < v->count; i++) {
            text_push(L, v->list[i]);
            lua_rawseti(L, -2, (lua_Integer)i + 1);
        }
        return;
    case RULE_ROWS:
        rows_push(L, v);
        return;
    }
}

/* Into the environment on top of the stack. A word of ours is never covered by a value. */
static void value_set(lua_State *L, const struct rule_value *v)
{
    if (rule_is_word(v->name)) {
        return;
    }
    text_push(L, v->name);
    value_push(L, v);
    lua_rawset(L, -3);
}

static int step_begin(lua_State *L)
{
    const struct work *w = lua_touserdata(L, 1);

    lua_createtable(L, 0, (int)w->count);
    for (size_t i = 0; i < w->count; i++) {
        if (w->values[i].kind != RULE_NIL) {
            value_set(L, &w->values[i]);
        }
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, BEHIND);
    lua_setmetatable(L, -2);
    lua_rawseti(L, LUA_REGISTRYINDEX, ENVIRONMENT);
    return 0;
}

const char *machine_begin(struct arena *a, struct machine *m,
                          const struct rule_value *values, size_t count, day today)
{
    struct work w = { .values = values, .count = count };

    m->today = today;
    return protected_call(a, m, step_begin, &w);
}

static int step_change(lua_State *L)
{
    const struct work *w = lua_touserdata(L, 1);

    lua_rawgeti(L, LUA_REGISTRYINDEX, ENVIRONMENT);
    value_set(L, w->values);
    return 0;
}

const char *machine_change(struct arena *a, struct machine *m, const struct rule_value *v)
{
    struct work w = { .values = v };

    return protected_call(a, m, step_change, &w);
}

static int step_end(lua_State *L)
{
    lua_pushnil(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, ENVIRONMENT);
    return 0;
}

void machine_end(struct machine *m)
{
    (void)protected_call(m->arena, m, step_end, NULL);
}

/* ---- rules ---- */

/* The function of `rule` on top of the stack. */
static void rule_compile(lua_State *L, str rule)
{
    static const char begin[] = "return ";

    text_push(L, rule);
    /* Not `return (rule)`: the text `1) or (true` would pass. */
    lua_pushlstring(L, begin, sizeof begin - 1);
    lua_pushvalue(L, -2);
    lua_concat(L, 2);
    size_t len = 0;
    const char *source = lua_tolstring(L, -1, &len);

    if (luaL_loadbufferx(L, source, len, "=rule", "t") != LUA_OK) {
        lua_error(L);
    }
    lua_remove(L, -2); /* the source */
    lua_remove(L, -2); /* the rule */
}

static void rule_push(lua_State *L, str rule)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, COMPILED);
    text_push(L, rule);
    if (lua_rawget(L, -2) != LUA_TFUNCTION) {
        lua_pop(L, 1);
        rule_compile(L, rule);
        text_push(L, rule);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2); /* the table */
}

static int step_compile(lua_State *L)
{
    const struct work *w = lua_touserdata(L, 1);

    rule_push(L, w->rule);
    return 0;
}

#define NUMBER_MOST 1000000

/* A whole number on top of the stack, as fees have it. */
static int64_t number_whole(lua_State *L)
{
    lua_Number n = lua_isnil(L, -1) ? 0 : lua_tonumber(L, -1);

    if (!lua_isnil(L, -1) && lua_type(L, -1) != LUA_TNUMBER) {
        return luaL_error(L, "the result is no number");
    }
    if (isnan(n) || n > NUMBER_MOST) {
        return luaL_error(L, "the number is too large");
    }
    return n <= 0 ? 0 : (int64_t)ceil(n);
}

static int step_run(lua_State *L)
{
    struct work *w = lua_touserdata(L, 1);
    bool number = machine_of(L)->is_number;

    rule_push(L, w->rule);
    lua_rawgeti(L, LUA_REGISTRYINDEX, ENVIRONMENT);
    lua_setupvalue(L, -2, 1); /* a chunk has one: where its names are looked up */
    int chunk = lua_gettop(L);

    lua_pushvalue(L, chunk);
    lua_call(L, 0, LUA_MULTRET);
    if (lua_gettop(L) - chunk != 1 || (!number && !lua_isboolean(L, -1))) {
        return luaL_error(L, "the result is not true or false");
    }
    w->truth = lua_toboolean(L, -1) != 0;
    w->number = number ? number_whole(L) : 0;
    lua_pushnil(L); /* the chunk stays, the values go */
    lua_setupvalue(L, chunk, 1);
    return 0;
}

const char *machine_compile(struct arena *a, struct machine *m, str rule)
{
    struct work w = { .rule = rule };

    return protected_call(a, m, step_compile, &w);
}

const char *machine_run(struct arena *a, struct machine *m, str rule, bool *ret_truth)
{
    struct work w = { .rule = rule };
    const char *said = protected_call(a, m, step_run, &w);

    *ret_truth = said == NULL && w.truth;
    return said;
}

const char *machine_number(struct arena *a, struct machine *m, str rule,
                           int64_t *ret_number)
{
    struct work w = { .rule = rule };
    const char *said;

    m->is_number = true;
    said = protected_call(a, m, step_run, &w);
    m->is_number = false;
    *ret_number = said == NULL ? w.number : 0;
    return said;
}
