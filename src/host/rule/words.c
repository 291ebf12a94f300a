/* words — what a rule can call. An unanswered question (nil) gives no number: whatever is
 * compared with it is false.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/rule/words.h"

#include <ctype.h>
#include <lauxlib.h>
#include <math.h>

static str text_at(lua_State *L, int index)
{
    size_t len = 0;
    const char *at = lua_tolstring(L, index, &len);
    return (str){ at, len };
}

/* The day handed in, or false: then the function gives no number. */
static bool day_at_index(lua_State *L, int index, day *ret_day)
{
    if (lua_isnoneornil(L, index)) {
        lua_pushnumber(L, (lua_Number)NAN);
        return false;
    }
    lua_Integer n = luaL_checkinteger(L, index);
    luaL_argcheck(L, n > -1000000 && n < 4000000, index, "day expected");
    *ret_day = (day)n;
    return true;
}

static int word_age(lua_State *L)
{
    day d;
    if (day_at_index(L, 1, &d)) {
        lua_pushinteger(L, day_age(d, machine_today(L)));
    }
    return 1;
}

static int word_months_since(lua_State *L)
{
    day d;
    if (day_at_index(L, 1, &d)) {
        struct civil from = day_civil(d);
        struct civil to = day_civil(machine_today(L));
        int months = (to.year - from.year) * 12 + to.month - from.month;
        lua_pushinteger(L, months - (to.date < from.date ? 1 : 0));
    }
    return 1;
}

static int word_days_until(lua_State *L)
{
    day d;
    if (day_at_index(L, 1, &d)) {
        lua_pushinteger(L, (lua_Integer)d - machine_today(L));
    }
    return 1;
}

static int word_today(lua_State *L)
{
    lua_pushinteger(L, machine_today(L));
    return 1;
}

static int word_day(lua_State *L)
{
    day d;
    luaL_checktype(L, 1, LUA_TSTRING);
    if (!day_parse(text_at(L, 1), &d)) {
        return luaL_error(L, "day(\"YYYY-MM-DD\") expected");
    }
    lua_pushinteger(L, d);
    return 1;
}

static lua_Integer length_of(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        return (lua_Integer)str_points(text_at(L, index));
    case LUA_TTABLE:
        return (lua_Integer)lua_rawlen(L, index);
    default:
        return 0;
    }
}

static int word_length(lua_State *L)
{
    lua_pushinteger(L, length_of(L, 1));
    return 1;
}

static int word_filled(lua_State *L)
{
    int type = lua_type(L, 1);
    bool counts = type == LUA_TSTRING || type == LUA_TTABLE;
    lua_pushboolean(L, counts ? length_of(L, 1) > 0 : !lua_isnoneornil(L, 1));
    return 1;
}

/* A list of chosen keys, or the one key of a single choice. */
static int word_has(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TSTRING);
    str key = text_at(L, 2);
    bool found = lua_type(L, 1) == LUA_TSTRING && str_equal(text_at(L, 1), key);
    lua_Integer count = lua_istable(L, 1) ? length_of(L, 1) : 0;
    for (lua_Integer i = 1; i <= count && !found; i++) {
        found = lua_rawgeti(L, 1, i) == LUA_TSTRING && str_equal(text_at(L, -1), key);
        lua_pop(L, 1);
    }
    lua_pushboolean(L, found);
    return 1;
}

static int word_starts(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TSTRING);
    bool text = lua_type(L, 1) == LUA_TSTRING;
    lua_pushboolean(L, text && str_starts(text_at(L, 1), text_at(L, 2)));
    return 1;
}

/* The cell of one column in the row on top of the stack; the row is taken off. */
static void cell_push(lua_State *L, lua_Integer row)
{
    lua_rawgeti(L, 1, row);
    if (lua_istable(L, -1)) {
        lua_pushvalue(L, 2);
        lua_rawget(L, -2);
    } else {
        lua_pushnil(L);
    }
    lua_remove(L, -2);
}

static int word_sum(lua_State *L)
{
    lua_Integer rows = lua_istable(L, 1) ? length_of(L, 1) : 0;
    lua_Number sum = 0;

    luaL_checktype(L, 2, LUA_TSTRING);
    for (lua_Integer i = 1; i <= rows; i++) {
        cell_push(L, i);
        sum += lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : 0;
        lua_pop(L, 1);
    }
    lua_pushnumber(L, sum);
    return 1;
}

/* How many rows have this value in that column. */
static int word_count(lua_State *L)
{
    lua_Integer rows = lua_istable(L, 1) ? length_of(L, 1) : 0, found = 0;

    luaL_checktype(L, 2, LUA_TSTRING);
    for (lua_Integer i = 1; i <= rows; i++) {
        cell_push(L, i);
        found += lua_rawequal(L, -1, 3) ? 1 : 0;
        lua_pop(L, 1);
    }
    lua_pushinteger(L, found);
    return 1;
}

/* An unanswered one counts as nothing where a number is asked for, else it makes no number:
 * nil + 0 says which. */
static lua_Number number_at_index(lua_State *L, int index)
{
    lua_Number n;

    if (!lua_isnil(L, index)) {
        return luaL_checknumber(L, index);
    }
    lua_pushvalue(L, index);
    lua_pushinteger(L, 0);
    lua_arith(L, LUA_OPADD);
    n = lua_tonumber(L, -1);
    lua_pop(L, 1);
    return n;
}

static int one_of_all(lua_State *L, bool most)
{
    int count = lua_gettop(L);
    lua_Number best;

    luaL_checkany(L, 1);
    best = number_at_index(L, 1);
    for (int i = 2; i <= count; i++) {
        lua_Number n = number_at_index(L, i);

        best = (most ? n > best : n < best) || isnan(n) ? n : best;
    }
    lua_pushnumber(L, best);
    return 1;
}

static int word_least(lua_State *L)
{
    return one_of_all(L, false);
}

static int word_most(lua_State *L)
{
    return one_of_all(L, true);
}

static int word_ceil(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushnumber(L, ceil(number_at_index(L, 1)));
    return 1;
}

static int word_floor(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushnumber(L, floor(number_at_index(L, 1)));
    return 1;
}

static const struct rule_word {
    const char *name;
    lua_CFunction does;
} words_known[] = {
    { "age", word_age },
    { "years_since", word_age },
    { "months_since", word_months_since },
    { "days_until", word_days_until },
    { "today", word_today },
    { "day", word_day },
    { "filled", word_filled },
    { "length", word_length },
    { "has", word_has },
    { "starts", word_starts },
    { "sum", word_sum },
    { "count", word_count },
    { "least", word_least },
    { "most", word_most },
    { "ceil", word_ceil },
    { "floor", word_floor },
};
#define WORDS_KNOWN (sizeof words_known / sizeof words_known[0])

void rule_words_push(lua_State *L)
{
    lua_createtable(L, 0, WORDS_KNOWN);
    for (size_t i = 0; i < WORDS_KNOWN; i++) {
        lua_pushcfunction(L, words_known[i].does);
        lua_setfield(L, -2, words_known[i].name);
    }
}

bool rule_is_word(str name)
{
    for (size_t i = 0; i < WORDS_KNOWN; i++) {
        if (str_equal(name, str_of(words_known[i].name))) {
            return true;
        }
    }
    return false;
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* How many bytes a text or comment at the beginning of `s` takes; 0 when there is none.
 * The rule compiles, so that everything which opens also closes. */
static size_t passed_over(str s)
{
    if (s.at[0] == '"' || s.at[0] == '\'') {
        size_t i = 1;
        while (i < s.len && s.at[i] != s.at[0]) {
            i += s.at[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }
    bool comment = str_starts(s, STR("--"));
    size_t at = comment ? 2 : 0;
    size_t level = at + 1;
    while (level < s.len && s.at[level] == '=') {
        level++;
    }
    if (at < s.len && s.at[at] == '[' && level < s.len && s.at[level] == '[') {
        for (size_t i = level + 1; i < s.len; i++) {
            size_t signs = level - at; /* the bracket and its equals signs */
            if (s.at[i] == ']' && i + signs < s.len && s.at[i + signs] == ']' &&
                str_equal(str_slice(s, i + 1, signs - 1),
                          str_slice(s, at + 1, signs - 1))) {
                return i + signs + 1;
            }
        }
        return s.len;
    }
    ptrdiff_t line = comment ? str_find(s, STR("\n")) : -1;
    return !comment ? 0 : line < 0 ? s.len : (size_t)line;
}

static bool is_part_of_lua(str word)
{
    static const char *const parts[] = { "and", "or", "not", "true", "false", "nil" };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (str_equal(word, str_of(parts[i]))) {
            return true;
        }
    }
    return false;
}

/* Known words and names in one array, for looking up and for the nearest one. */
static const str *vocabulary(struct arena *a, const str *names, size_t count)
{
    str *all = ARENA_ARRAY(a, count + WORDS_KNOWN, str);
    for (size_t i = 0; all != NULL && i < count; i++) {
        all[i] = names[i];
    }
    for (size_t i = 0; all != NULL && i < WORDS_KNOWN; i++) {
        all[count + i] = str_of(words_known[i].name);
    }
    return all;
}

static err word_check(struct arena *a, str word, const str *known, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(known[i], word)) {
            return NULL;
        }
    }
    if (str_equal(word, STR("function"))) {
        FAIL(a, ERR_INPUT,
             SAY("A rule is one expression that is true or false; it has no functions "
                 "of its own."),
             STR(""), "function");
    }
    str near = str_nearest(word, known, count);
    word = str_copy(a, word);
    if (arena_failed(a)) {
        return err_no_memory;
    }
    if (near.len > 0) {
        FAIL(a, ERR_INPUT,
             SAY("The rule uses \"{name}\", which is no question here. Is \"{near}\" "
                 "meant?",
                 SAY_TEXT("name", word), SAY_TEXT("near", near)),
             STR(""), "unknown name");
    }
    FAIL(
        a, ERR_INPUT,
        SAY("The rule uses \"{name}\", which is no question here.", SAY_TEXT("name", word)),
        STR(""), "unknown name");
}

err rule_words_check(struct arena *a, str source, const str *names, size_t count)
{
    const str *known = vocabulary(a, names, count);
    if (known == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < source.len;) {
        str rest = str_slice(source, i, source.len);
        size_t bytes = passed_over(rest);
        if (bytes > 0) {
            i += bytes;
            continue;
        }
        if (!in_name(rest.at[0])) {
            i++;
            continue;
        }
        while (bytes < rest.len && in_name(rest.at[bytes])) {
            bytes++;
        }
        str word = str_slice(rest, 0, bytes);
        if (!isdigit((unsigned char)word.at[0]) && !is_part_of_lua(word)) {
            TRY(word_check(a, word, known, count + WORDS_KNOWN));
        }
        i += bytes;
    }
    return NULL;
}
