/* router — from an address to its route: const tables compiled at start into a tree of path
 * pieces, one level a piece. A word wins over a {value}; a {value} is tried when the word
 * leads nowhere. Pure.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_ROUTER_H
#define BIANMIN_DESK_ROUTER_H

#include "base/str.h"
#include "desk/ask.h"
#include "desk/feature.h"
#include "desk/route.h"

#define ROUTE_VALUES 6 /* {values} in one pattern */

struct router_node;
struct router {
    struct router_node *root;
    const struct route **by_name; /* sorted */
    size_t count;
};
struct router_match {
    const struct route *route; /* NULL: no such address */
    bool takes[2];             /* by method: all that this address is there for */
    struct ask_pair values[ROUTE_VALUES];
    size_t values_count;
};

/* Fails: ERR_BROKEN (two routes with one name or address, a bad pattern): our mistake, so
 * the program does not start. */
MUST_CHECK err router_build(struct arena *a, const struct feature *const *features,
                            size_t count, struct router *ret);
/* `path` has no language, is decoded piece by piece here. False: a piece is badly
 * encoded. */
bool router_find(struct arena *a, const struct router *r, enum method method, str path,
                 struct router_match *ret);
const struct route *router_by_name(const struct router *r, const char *name);
/* "/en/district/x" → LANG_EN and "/district/x". The root of a language is "/". */
enum lang router_language(str path, str *ret_path);
/* Puts values into the pattern in their order; {agency} is `agency`. Empty when values are
 * missing. */
str router_address(struct arena *a, const struct route *route, enum lang lang, str agency,
                   const str *values, size_t count);
/* "/staff" and below; an office may be called staffing. */
bool router_is_staff(str path);
/* [a-z][a-z0-9]{1,19} and no reserved word. */
bool router_is_agency_key(str key);

#endif
