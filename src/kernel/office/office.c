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
    const struct authority *t = authority_get(c);

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
