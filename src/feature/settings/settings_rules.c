/* settings — keys, sign-in names, units typed one a line.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/settings/settings_rules.h"

#define NAME_MOST 40
#define UNITS_MOST 60

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_name(str s, const char *others)
{
    if (s.len == 0 || s.len > NAME_MOST || !is_small(s.at[0])) {
        return false;
    }
    for (size_t i = 1; i < s.len; i++) {
        bool other = str_find(str_of(others), str_slice(s, i, 1)) >= 0;

        if (!is_small(s.at[i]) && !(s.at[i] >= '0' && s.at[i] <= '9') && !other) {
            return false;
        }
    }
    return true;
}

bool settings_is_key(str s)
{
    return is_name(s, "_");
}

bool settings_is_sign_name(str s)
{
    return is_name(s, ".-");
}

/* "civil_affairs 民政課" or only "民政課". */
static struct unit unit_line(struct arena *a, str line, size_t nth)
{
    struct unit u = { 0 };
    str rest = line;
    str first;

    if (str_cut(&rest, ' ', &first) && rest.at != NULL && settings_is_key(first)) {
        u.key = first;
        u.name.in[LANG_ZH] = str_trim(rest);
        return u;
    }
    u.key = str_format(a, "unit%zu", nth);
    u.name.in[LANG_ZH] = line;
    return u;
}

static bool key_is_new(const struct unit *list, size_t count, str key)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].key, key)) {
            return false;
        }
    }
    return true;
}

err settings_unit_lines(struct arena *a, str lines, str field, struct mistakes *m,
                        struct unit **ret, size_t *ret_count)
{
    struct unit *list = ARENA_ARRAY(a, UNITS_MOST, struct unit);
    size_t n = 0;
    str rest = lines;
    str line;

    if (list == NULL) {
        return err_no_memory;
    }
    while (str_cut(&rest, '\n', &line)) {
        struct unit u;

        line = str_trim(line);
        if (str_is_empty(line)) {
            continue;
        }
        if (n == UNITS_MOST) {
            mistake_add(m, field, SAY("At most {most} units here.",
                                      SAY_NUMBER("most", UNITS_MOST)));
            break;
        }
        u = unit_line(a, line, n + 1);
        if (!key_is_new(list, n, u.key)) {
            mistake_add(m, field, SAY("The key {key} stands there twice.",
                                      SAY_TEXT("key", u.key)));
        }
        list[n++] = u;
    }
    if (n == 0) {
        mistake_add(m, field, SAY("Write at least one unit."));
    }
    *ret = list;
    *ret_count = n;
    return NULL;
}
