/* office — asking the office's own definitions.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/office/office.h"

const struct office *office_get(const struct catalog *c)
{
    return catalog_at(c, "office", 0);
}

const struct authority *authority_get(const struct catalog *c)
{
    return catalog_at(c, "authority", 0);
}

const struct authority_line *authority_find(const struct catalog *c, str matter)
{
    return authority_line_in(authority_get(c), matter);
}

const struct authority_line *authority_line_in(const struct authority *t, str matter)
{
    for (size_t i = 0; t != NULL && i < t->lines_count; i++) {
        if (str_equal(t->lines[i].matter, matter)) {
            return &t->lines[i];
        }
    }
    return NULL;
}

err authority_level(const struct catalog *c, str matter, enum level *ret)
{
    const struct authority_line *line = authority_find(c, matter);

    *ret = line != NULL ? line->level : LEVEL_UNIT_HEAD;
    return NULL;
}

enum level authority_proposes(const struct catalog *c, str matter)
{
    const struct authority_line *line = authority_find(c, matter);

    return line != NULL ? line->proposes : LEVEL_OFFICER;
}

const struct authority *authority_version(const struct catalog *c, int version)
{
    const struct authority *t = authority_get(c);

    return t == NULL ? NULL : catalog_get_version(c, "authority", t->key, version);
}

bool authority_line_same(const struct authority_line *x, const struct authority_line *y)
{
    if (x == NULL || y == NULL) {
        return x == y;
    }
    if (x->level != y->level || x->proposes != y->proposes || x->through != y->through ||
        x->consults_count != y->consults_count) {
        return false;
    }
    for (size_t i = 0; i < x->consults_count; i++) {
        if (!str_equal(x->consults[i], y->consults[i])) {
            return false;
        }
    }
    return true;
}

const struct authority *authority_line_since(const struct catalog *c,
                                             const struct authority_line *line)
{
    const struct authority *since = authority_get(c);

    for (int v = since->version - 1; v > 0; v--) {
        const struct authority *t = authority_version(c, v);

        if (t == NULL) {
            continue; /* could not be read */
        }
        if (!authority_line_same(authority_line_in(t, line->matter), line)) {
            break;
        }
        since = t;
    }
    return since;
}
