/* yaml — definitions as people write them, every node with its place (libyaml).
 *
 * At most 1 MiB a file, 20,000 nodes, depth 24; no anchors, no tags, one document.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_YAML_H
#define BIANMIN_HOST_YAML_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
    enum yaml_kind kind;
    str key;         /* in a map */
    int key_line, key_column;
    str text;        /* scalar, as written without quotes */
    bool quoted;     /* "yes" is a text, yes may be a truth */
    int line, column; /* from 1 */
    struct yaml *first, *next;
    size_t count;
};

/* Fails: ERR_INPUT; the mistake (with place `name:line:column`) is also added to `*m`. */
MUST_CHECK err yaml_parse(struct arena *a, str name, str text, struct mistakes *m,
                          const struct yaml **ret);
const struct yaml *yaml_get(const struct yaml *map, str key);
/* "name:line:column" */
str yaml_place(struct arena *a, str name, const struct yaml *node);

#endif
