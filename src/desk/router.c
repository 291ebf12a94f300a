/* router — from an address to its route.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/router.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "host/html/html.h"
#include "host/http/parse.h"

struct router_node {
    str word;  /* of this level; in a {value} node: the name of the value */
    const struct route *of[2]; /* by method */
    struct router_node *words, *value; /* children */
    struct router_node *next;
};

#define PIECES 12
static const str reserved[] = {
    STR_INIT("api"),   STR_INIT("assets"),  STR_INIT("en"),    STR_INIT("ja"),
    STR_INIT("zh"),    STR_INIT("staff"),   STR_INIT("files"), STR_INIT("open311"),
    STR_INIT("healthz"),
};

bool router_is_agency_key(str key)
{
    if (key.len < 2 || key.len > 20 || key.at[0] < 'a' || key.at[0] > 'z') {
        return false;
    }
    for (size_t i = 0; i < key.len; i++) {
        bool fine = (key.at[i] >= 'a' && key.at[i] <= 'z') ||
                    (key.at[i] >= '0' && key.at[i] <= '9');

        if (!fine) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
        if (str_equal(key, reserved[i])) {
            return false;
        }
    }
    return true;
}

bool router_is_staff(str path)
{
    return str_equal(path, STR("/staff")) || str_starts(path, STR("/staff/"));
}

static struct router_node *child_word(struct arena *a, struct router_node *n, str word)
{
    for (struct router_node *c = n->words; c != NULL; c = c->next) {
        if (str_equal(c->word, word)) {
            return c;
        }
    }
    struct router_node *c = ARENA_NEW(a, struct router_node);

    if (c != NULL) {
        c->word = word;
        c->next = n->words;
        n->words = c;
    }
    return c;
}

static struct router_node *child_value(struct arena *a, struct router_node *n)
{
    if (n->value == NULL) {
        n->value = ARENA_NEW(a, struct router_node);
    }
    return n->value;
}

static bool is_value(str piece)
{
    return piece.len > 2 && piece.at[0] == '{' && piece.at[piece.len - 1] == '}';
}

static err add_route(struct arena *a, struct router_node *root, const struct route *route)
{
    str rest = str_of(route->pattern), piece;
    struct router_node *n = root;

    if (rest.len == 0 || rest.at[0] != '/') {
        FAIL(a, ERR_BROKEN, SAY("The program is not whole. See the log."), STR(""),
             "pattern of %s", route->name);
    }
    rest = str_slice(rest, 1, rest.len);
    while (rest.len > 0 && str_cut(&rest, '/', &piece)) {
        n = is_value(piece) ? child_value(a, n) : child_word(a, n, piece);
        if (n == NULL) {
            return err_no_memory;
        }
    }
    if (n->of[route->method] != NULL) {
        FAIL(a, ERR_BROKEN, SAY("The program is not whole. See the log."), STR(""),
             "%s and %s have one address", route->name, n->of[route->method]->name);
    }
    n->of[route->method] = route;
    return NULL;
}

static int by_name(const void *x, const void *y)
{
    const struct route *const *a = x, *const *b = y;

    return strcmp((*a)->name, (*b)->name);
}

err router_build(struct arena *a, const struct feature *const *features, size_t count,
                 struct router *ret)
{
    size_t total = 0;

    for (size_t i = 0; i < count; i++) {
        total += features[i]->routes_count;
    }
    ret->root = ARENA_NEW(a, struct router_node);
    ret->by_name = ARENA_ARRAY(a, total, const struct route *);
    ret->count = 0;
    if (ret->root == NULL || ret->by_name == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < features[i]->routes_count; k++) {
            const struct route *route = &features[i]->routes[k];

            TRY(add_route(a, ret->root, route));
            ret->by_name[ret->count++] = route;
        }
    }
    qsort(ret->by_name, ret->count, sizeof(ret->by_name[0]), by_name);
    for (size_t i = 1; i < ret->count; i++) {
        if (strcmp(ret->by_name[i - 1]->name, ret->by_name[i]->name) == 0) {
            FAIL(a, ERR_BROKEN, SAY("The program is not whole. See the log."), STR(""),
                 "two routes are called %s", ret->by_name[i]->name);
        }
    }
    return NULL;
}

const struct route *router_by_name(const struct router *r, const char *name)
{
    struct route key = { .name = name };
    const struct route *at = &key;
    const struct route **found =
        bsearch(&at, r->by_name, r->count, sizeof(r->by_name[0]), by_name);

    return found == NULL ? NULL : *found;
}

/* Depth first; the values met on the way are kept in `values`. */
static const struct router_node *walk(const struct router_node *n, const str *pieces,
                                      size_t count, str *values, size_t *values_count)
{
    if (count == 0) {
        return n->of[GET] != NULL || n->of[POST] != NULL ? n : NULL;
    }
    for (const struct router_node *c = n->words; c != NULL; c = c->next) {
        if (str_equal(c->word, pieces[0])) {
            const struct router_node *found =
                walk(c, pieces + 1, count - 1, values, values_count);

            if (found != NULL) {
                return found;
            }
        }
    }
    if (n->value == NULL || *values_count >= ROUTE_VALUES || pieces[0].len == 0) {
        return NULL;
    }
    size_t before = *values_count;

    values[(*values_count)++] = pieces[0];
    const struct router_node *found =
        walk(n->value, pieces + 1, count - 1, values, values_count);
    if (found == NULL) {
        *values_count = before;
    }
    return found;
}

/* The names stand in the pattern of the route that was found. */
static void name_values(struct router_match *m)
{
    str rest = str_of(m->route->pattern), piece;
    size_t n = 0;

    while (rest.len > 0 && str_cut(&rest, '/', &piece)) {
        if (is_value(piece) && n < m->values_count) {
            m->values[n++].name = str_slice(piece, 1, piece.len - 2);
        }
    }
}

bool router_find(struct arena *a, const struct router *r, enum method method, str path,
                 struct router_match *ret)
{
    str pieces[PIECES], values[ROUTE_VALUES];
    size_t count = 0, values_count = 0;
    str rest = path.len > 0 ? str_slice(path, 1, path.len) : path, piece;

    *ret = (struct router_match){ 0 };
    while (rest.len > 0 && str_cut(&rest, '/', &piece)) {
        if (count == PIECES) {
            return true;
        }
        if (!percent_decode(a, piece, false, &pieces[count])) {
            return false;
        }
        count++;
    }
    const struct router_node *n = walk(r->root, pieces, count, values, &values_count);

    if (n == NULL) {
        return true;
    }
    ret->route = n->of[method];
    ret->takes[GET] = n->of[GET] != NULL;
    ret->takes[POST] = n->of[POST] != NULL;
    if (ret->route != NULL) {
        ret->values_count = values_count;
        for (size_t i = 0; i < values_count; i++) {
            ret->values[i].value = values[i];
        }
        name_values(ret);
    }
    return true;
}

enum lang router_language(str path, str *ret_path)
{
    static const str prefix[LANG_COUNT] = { STR_INIT(""), STR_INIT("/en"),
                                            STR_INIT("/ja") };

    for (int i = 1; i < LANG_COUNT; i++) {
        if (str_starts(path, prefix[i]) &&
            (path.len == prefix[i].len || path.at[prefix[i].len] == '/')) {
            *ret_path = str_slice(path, prefix[i].len, path.len);
            if (ret_path->len == 0) {
                *ret_path = STR("/");
            }
            return (enum lang)i;
        }
    }
    *ret_path = path;
    return LANG_ZH;
}

str router_address(struct arena *a, const struct route *route, enum lang lang, str agency,
                   const str *values, size_t count)
{
    str rest = str_of(route->pattern), piece;
    struct buf b;
    size_t n = 0;
    bool no_language = route->is_api || str_starts(rest, STR("/assets/"));

    buf_init(&b, a, 2048);
    if (lang != LANG_ZH && !no_language) {
        buf_put_char(&b, '/');
        buf_put(&b, lang_key[lang]);
    }
    rest = str_slice(rest, 1, rest.len);
    while (rest.len > 0 && str_cut(&rest, '/', &piece)) {
        str value = piece;

        if (str_equal(piece, STR("{agency}"))) {
            value = agency;
        } else if (is_value(piece)) {
            if (n >= count || values[n].len == 0) {
                return STR("");
            }
            value = url_encode(a, values[n++]);
        }
        buf_put_char(&b, '/');
        buf_put(&b, value);
    }
    if (b.len == 0) {
        buf_put_char(&b, '/');
    }
    return buf_str(&b);
}
