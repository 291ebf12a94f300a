/* desk_web — what belongs to no feature: assets, look, health, robots, keyboard.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/assets.h"
#include "desk/inside.h"
#include "desk/frame/keys_view.h"

#include "keys.view.h"

/* ---- assets -------------------------------------------------------------------------- */

/* GET /assets/{name}: for ever, the name changes with the bytes. */
static err asset(struct ask *q, struct reply *r)
{
    const struct asset *x = asset_by_hashed(ask_path(q, "name"));
    enum http_encoding encoding = turn_of(q)->encoding;

    if (x == NULL) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such page."), STR(""), "asset");
    }
    if (x->bytes[encoding] == NULL) {
        encoding = HTTP_PLAIN;
    }
    r->answered = true;
    r->is_const = true;
    r->encoded = encoding;
    r->body = (str){ (const char *)x->bytes[encoding], x->sizes[encoding] };
    r->media_type = str_of(x->media_type);
    r->cache_control = "public, max-age=31536000, immutable";
    return NULL;
}

static err favicon(struct ask *q, struct reply *r)
{
    TRY(reply_see(q, r, asset_url(q->arena, "icon.svg")));
    r->status = 308;
    r->cache_control = "public, max-age=86400";
    return NULL;
}

/* ---- look ---------------------------------------------------------------------------- */

static bool is_one_of(str value, const char *const *list)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (str_equal(value, str_of(list[i]))) {
            return true;
        }
    }
    return false;
}

/* A path of ours: no other host, no scheme, no line end. */
static bool is_own_path(str path)
{
    if (path.len == 0 || path.len > 2000 || path.at[0] != '/' ||
        (path.len > 1 && (path.at[1] == '/' || path.at[1] == '\\'))) {
        return false;
    }
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.at[i];

        if (c <= 0x20 || c == 0x7f || c == '\\') {
            return false;
        }
    }
    return true;
}

struct url ask_back(const struct ask *q, str path)
{
    return (struct url){ is_own_path(path) ? path : STR("") };
}

/* POST /look: text size and colours, kept in a cookie for a year. */
static err look(struct ask *q, struct reply *r)
{
    static const char *const sizes[] = { "m", "l", "xl", NULL };
    static const char *const themes[] = { "auto", "light", "dark", "contrast", NULL };
    str size = ask_field(q, "size"), theme = ask_field(q, "theme");
    struct url back = ask_back(q, ask_field(q, "back"));

    if (!is_one_of(size, sizes)) {
        size = str_of(sizes[q->size]);
    }
    if (!is_one_of(theme, themes)) {
        theme = str_of(themes[q->theme]);
    }
    reply_cookie(q, r, "look",
                 str_format(q->arena, "%.*s.%.*s", STR_ARG(size), STR_ARG(theme)), "/",
                 31536000);
    return reply_see(q, r, url_is_empty(back) ? URL_PATH("/") : back);
}

/* ---- for machines -------------------------------------------------------------------- */

static err plain(struct reply *r, str body, const char *cache_control)
{
    r->answered = true;
    r->body = body;
    r->media_type = STR("text/plain; charset=utf-8");
    r->cache_control = cache_control;
    return NULL;
}

static err healthz(struct ask *q, struct reply *r)
{
    if (store_is_read_only(q->store)) {
        return plain(r, STR("ok, read only\n"), "no-store");
    }
    return plain(r, store_is_short(q->store) ? STR("ok, disk short\n") : STR("ok\n"),
                 "no-store");
}

static err robots(struct ask *q, struct reply *r)
{
    return plain(r, STR("User-agent: *\nDisallow: /staff\nDisallow: /api/\n"),
                 "public, max-age=86400");
}

/* ---- keyboard ------------------------------------------------------------------------ */

static err keys(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Keyboard"), .current = "desk.keys" };
    struct keys_page data = { 0 };
    struct keys_row *list = ARENA_ARRAY(q->arena, 40, struct keys_row);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < q->desk->o.features_count; i++) {
        const struct feature *f = q->desk->o.features[i];

        for (size_t k = 0; k < f->menu_count && data.rows_count < 40; k++) {
            const struct menu_entry *m = &f->menu[k];

            if (m->staff && m->key != NULL && m->key[0] != '\0' &&
                (m->duties == 0 || (q->actor.duties & m->duties) != 0)) {
                list[data.rows_count++] = (struct keys_row){ str_of(m->key),
                                                             words_of(m->text) };
            }
        }
    }
    data.rows = list;
    return REPLY_VIEW(q, r, &page, keys, &data);
}

static const struct route routes[] = {
    { GET, "/assets/{name}", "desk.asset", MAY_ANYONE, .show = asset },
    { GET, "/favicon.ico", "desk.favicon", MAY_ANYONE, .show = favicon },
    { GET, "/healthz", "desk.health", MAY_ANYONE, .show = healthz },
    { GET, "/robots.txt", "desk.robots", MAY_ANYONE, .show = robots },
    { POST, "/look", "desk.look", MAY_ANYONE, .show = look },
    { GET, "/staff/keys", "desk.keys", MAY_STAFF, .of_city = true, .show = keys,
      .help = MSG("Keyboard") },
};

const struct feature desk_feature = {
    .name = "desk",
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
};
