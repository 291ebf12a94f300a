/* link — addresses by the names of routes; nobody types a path twice.
 * SPDX-License-Identifier: MPL-2.0 */
#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "desk/inside.h"

static struct url link_any(const struct ask *q, enum lang lang, str agency,
                           const char *name, const str *values, size_t count)
{
    const struct route *route = router_by_name(&q->desk->router, name);

    if (route == NULL) {
        return (struct url){ STR("") };
    }
    return (struct url){ router_address(q->arena, route, lang, agency, values, count) };
}

static str agency_key(const struct ask *q)
{
    return q->agency != NULL ? q->agency->key : STR("city");
}

struct url link_to(const struct ask *q, const char *route)
{
    return link_any(q, q->lang, agency_key(q), route, NULL, 0);
}

struct url link_to1(const struct ask *q, const char *route, str value)
{
    return link_any(q, q->lang, agency_key(q), route, &value, 1);
}

struct url link_to2(const struct ask *q, const char *route, str first, str second)
{
    const str values[] = { first, second };

    return link_any(q, q->lang, agency_key(q), route, values, 2);
}

struct url link_office(const struct ask *q, str key, const char *route)
{
    return link_any(q, q->lang, key, route, NULL, 0);
}

struct url link_office1(const struct ask *q, str key, const char *route, str value)
{
    return link_any(q, q->lang, key, route, &value, 1);
}

/* The page that a reader can load again: what a POST answered with (a form with mistakes)
 * may stand under an address that has no GET; its page is then above it. */
static str page_path(const struct ask *q)
{
    str path = q->path;
    struct router_match m = { 0 };

    while (q->method == POST && path.len > 1) {
        if (router_find(q->arena, &q->desk->router, GET, path, &m) && m.route != NULL) {
            return path;
        }
        do {
            path = str_slice(path, 0, path.len - 1);
        } while (path.len > 1 && path.at[path.len] != '/');
    }
    return path;
}

struct url link_language(const struct ask *q, enum lang lang)
{
    str path = page_path(q);
    const struct turn *t = turn_of(q);
    struct buf b;

    buf_init(&b, q->arena, 8192);
    if (lang != LANG_ZH) {
        buf_put_char(&b, '/');
        buf_put(&b, lang_key[lang]);
    }
    if (!str_equal(path, STR("/"))) {
        buf_put(&b, path);
    }
    if (b.len == 0) {
        buf_put_char(&b, '/');
    }
    if (q->method == GET && t->request != NULL && t->request->query.len > 0) {
        buf_put_char(&b, '?');
        buf_put(&b, t->request->query);
    }
    return (struct url){ buf_str(&b) };
}

struct url url_with(const struct ask *q, struct url u, const char *name, str value)
{
    bool more = str_find(u.address, STR("?")) >= 0;

    return (struct url){ str_format(q->arena, "%.*s%c%s=%.*s", STR_ARG(u.address),
                                    more ? '&' : '?', name,
                                    STR_ARG(url_encode(q->arena, value))) };
}

str url_absolute(const struct ask *q, struct url u)
{
    str base = q->desk->o.public_url;

    if (base.len > 0 && base.at[base.len - 1] == '/') {
        base = str_slice(base, 0, base.len - 1);
    }
    if (base.len == 0) {
        base = str_join(q->arena, STR("http://"), turn_of(q)->host);
    }
    return str_join(q->arena, base, u.address);
}
