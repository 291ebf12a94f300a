/* enter — what a turn knows before its functions run: language, look, route, office,
 * fields.
 * SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "base/arena.h"
#include "desk/inside.h"
#include "host/clock/clock.h"
#include "host/json/json.h"
#include "host/text/text.h"

#define ADDRESS_BYTES 300 /* longer ones are not kept in the cache */

static void enter_look(struct ask *q, str cookies)
{
    str look = cookie_value(cookies, STR("look"));
    str theme = look, size = STR("");

    /* "l.dark": what is left behind the point is the theme. */
    (void)str_cut(&theme, '.', &size);
    q->size = str_equal(size, STR("l"))    ? SIZE_L
              : str_equal(size, STR("xl")) ? SIZE_XL
                                           : SIZE_M;
    q->theme = str_equal(theme, STR("light"))      ? THEME_LIGHT
               : str_equal(theme, STR("dark"))     ? THEME_DARK
               : str_equal(theme, STR("contrast")) ? THEME_CONTRAST
                                                   : THEME_AUTO;
}

/* The last hop that a proxy of ours has seen; what others wrote into the header is
 * theirs. */
static str client_of(const struct turn *t, str peer)
{
    str rest = t->ask.desk->o.trusted_proxies, proxy, hop, last = STR("");
    bool trusted = false;

    while (str_cut(&rest, ',', &proxy)) {
        trusted = trusted || (peer.len > 0 && str_equal(str_trim(proxy), peer));
    }
    rest = trusted ? http_headers(t->request, "X-Forwarded-For") : STR("");
    while (rest.len > 0 && str_cut(&rest, ',', &hop)) {
        last = str_trim(hop);
    }
    return last.len > 0 ? str_copy(t->ask.arena, str_slice(last, 0, 64)) : peer;
}

/* The connection is ours only now: what is needed later is copied. */
/* All that a kept page is chosen by, besides its address. */
static void enter_reader(struct turn *t)
{
    struct http_request *r = t->request;

    t->cookies = str_copy(r->arena, http_header(r, "Cookie"));
    t->if_none_match = str_copy(r->arena, http_header(r, "If-None-Match"));
    t->encoding = encoding_accepted(http_header(r, "Accept-Encoding"));
    enter_look(&t->ask, t->cookies);
}

static void enter_sender(struct turn *t)
{
    struct http_request *r = t->request;
    struct ask *q = &t->ask;
    str bearer = http_header(r, "Authorization");

    t->host = str_copy(r->arena, http_header(r, "Host"));
    q->client = client_of(t, http_peer(r));
    q->idempotency_key = str_copy(r->arena, http_header(r, "Idempotency-Key"));
    if (bearer.len > 7 && strncasecmp(bearer.at, "Bearer ", 7) == 0) {
        q->bearer = str_copy(r->arena, str_trim(str_slice(bearer, 7, bearer.len)));
    }
}

/* Which body the route welcomes. */
static void enter_plan(struct turn *t)
{
    const struct route *route = t->ask.route;
    struct http_request *r = t->request;

    if (t->ask.method != POST) {
        return;
    }
    r->body_kind = route->is_api ? HTTP_BODY_RAW : HTTP_BODY_FORM;
    r->body_max = route->body_max > 0 ? route->body_max : TURN_BODY_BYTES;
    r->takes_files = route->takes_files;
}

static void enter_route(struct desk *d, struct turn *t)
{
    struct http_request *r = t->request;
    struct ask *q = &t->ask;
    struct router_match m = { 0 };

    t->head_only = r->method == HTTP_HEAD;
    q->method = r->method == HTTP_POST ? POST : GET;
    q->lang = router_language(r->path, &q->path);
    t->wants_json = str_starts(q->path, STR("/api/"));
    if (t->wants_json) {
        q->lang = language_accepted(http_header(r, "Accept-Language"), LANG_ZH);
    }
    if (!router_find(q->arena, &d->router, q->method, q->path, &m)) {
        t->early = 400;
        return;
    }
    q->route = m.route;
    q->path_values = arena_alloc(q->arena, sizeof(m.values));
    if (q->path_values != NULL) {
        memcpy((void *)(uintptr_t)q->path_values, m.values, sizeof(m.values));
        q->path_count = m.values_count;
    }
    if (!m.takes[GET] && !m.takes[POST]) {
        t->early = 404;
    } else if (r->method == HTTP_OTHER || m.route == NULL) {
        t->early = 405;
        t->allow = !m.takes[POST]  ? STR("GET, HEAD")
                   : !m.takes[GET] ? STR("POST")
                                   : STR("GET, HEAD, POST");
    }
}

/* "/district/" is "/district": one address a page. */
static void enter_slash(struct turn *t)
{
    str path = t->request->path;

    while (path.len > 1 && path.at[path.len - 1] == '/') {
        path = str_slice(path, 0, path.len - 1);
    }
    if (path.len < t->request->path.len && !str_starts(path, STR("//"))) {
        t->early = 308;
        t->early_to = path;
    }
}

void enter_head(struct desk *d, struct turn *t)
{
    struct http_request *r = t->request;
    struct ask *q = &t->ask;

    q->arena = r->arena;
    q->desk = d;
    q->now_ms = clock_now_ms();
    q->today = day_at(q->now_ms);
    q->store = d->o.store;
    q->keyring = d->o.keyring;
    q->ids = d->o.ids;
    q->paper = d->o.paper;
    q->pay = d->o.pay;
    q->gateway = d->o.gateway;
    q->request_id = id_text(q->arena, id_next(d->o.ids, q->now_ms));
    mistakes_init(&q->mistakes, q->arena);
    enter_reader(t);
    enter_route(d, t);
    enter_slash(t);
}

void enter_rest(struct turn *t)
{
    struct http_request *r = t->request;
    const struct ask *q = &t->ask;

    enter_sender(t);
    if (t->early != 0 || r->refused != 0) {
        return;
    }
    if (q->method == POST && !q->route->is_api &&
        !guard_origin(t, http_header(r, "Origin"), http_header(r, "Sec-Fetch-Site"))) {
        t->early = 403;
        return;
    }
    enter_plan(t);
}

static err enter_agency(struct turn *t)
{
    struct ask *q = &t->ask;
    str key = ask_path(q, "agency");
    const struct agency *city = house_agency_by_id(t->house, AGENCY_CITY);

    if (key.len > 0) {
        q->agency = router_is_agency_key(key) ? house_agency(t->house, key) : NULL;
        if (q->agency == NULL) {
            q->agency = city;
            FAIL(q->arena, ERR_MISSING, SAY("There is no such office."), STR(""),
                 "no agency");
        }
    } else if (str_equal(q->path, STR("/"))) {
        const struct agency *only = house_only_office(t->house);

        q->agency = only != NULL ? only : city;
    } else {
        q->agency = city;
    }
    q->catalog = house_catalog(t->house, q->agency);
    q->calendar = house_calendar(t->house, q->agency);
    return NULL;
}

static err bad_text(struct turn *t)
{
    t->early = 400;
    FAIL(t->ask.arena, ERR_INPUT,
         SAY("Your browser sent something that is no text. Go back and send it again."),
         STR(""), "bad encoding");
}

/* Typed values are cleaned once, here. */
static err clean_pairs(struct turn *t, const struct http_pair *list, size_t count,
                       const struct ask_pair **ret, size_t *ret_count)
{
    struct ask_pair *to = ARENA_ARRAY(t->ask.arena, count, struct ask_pair);

    if (to == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        to[i].name = list[i].name;
        if (text_clean(t->ask.arena, list[i].value, &to[i].value) != NULL) {
            return bad_text(t);
        }
    }
    *ret = to;
    *ret_count = count;
    return NULL;
}

static err enter_params(struct turn *t)
{
    struct ask *q = &t->ask;
    struct http_pair *list = NULL;
    size_t count = 0;

    if (t->request->query.len == 0) {
        return NULL;
    }
    if (!form_parse(q->arena, t->request->query, HTTP_FIELDS_MAX, &list, &count)) {
        return bad_text(t);
    }
    return clean_pairs(t, list, count, &q->params, &q->params_count);
}

static err enter_files(struct turn *t)
{
    struct ask *q = &t->ask;
    struct ask_file *list = ARENA_ARRAY(q->arena, t->request->files_count, struct ask_file);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (const struct http_file *f = t->request->files; f != NULL; f = f->next) {
        const struct ask_file *kept = f->user;

        if (kept == NULL || !f->ended || f->size_bytes == 0) {
            continue;
        }
        list[count] = *kept;
        list[count].question = f->field;
        TRY(text_clean(q->arena, f->name, &list[count].name));
        count++;
    }
    q->files = list;
    q->files_count = count;
    return NULL;
}

err enter_body(struct turn *t)
{
    struct ask *q = &t->ask;

    TRY(enter_agency(t));
    TRY(enter_params(t));
    if (q->method == POST) {
        TRY(clean_pairs(t, t->request->form, t->request->form_count, &q->form,
                        &q->form_count));
        TRY(enter_files(t));
        if (q->route->is_api && t->request->body.len > 0) {
            TRY(json_parse(q->arena, t->request->body, &q->body));
        }
    }
    return NULL;
}
