/* guard — who may ask this: the page that sent a form, the session, the duty, the token.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/inside.h"
#include "desk/guard/owner.h"
#include "host/seal/seal.h"
#include "kernel/casefile/casefile.h"

/* A form sent by a page of somebody else. Browsers say where a POST comes from; who says
 * nothing (a command line) carries no cookie of a victim either. */
bool guard_origin(const struct turn *t, str origin, str site)
{
    if (site.len > 0 && !str_equal(site, STR("same-origin")) &&
        !str_equal(site, STR("none"))) {
        return false;
    }
    if (origin.len == 0) {
        return true;
    }
    str host = origin_host(origin);
    str public_host = origin_host(t->ask.desk->o.public_url);

    return host.len > 0 && (str_equal(host, t->host) || str_equal(host, public_host));
}

err guard_session(struct turn *t)
{
    struct ask *q = &t->ask;
    struct desk *d = q->desk;
    str token = cookie_value(t->cookies, str_of(d->session_cookie));

    if (token.len == 0 || q->snap == NULL ||
        q->route->is_api) { /* Programs have no session. */
        return NULL;
    }
    err e = session_find(q->arena, q->snap, q->keyring, token, q->now_ms, &q->session);

    if (e != NULL && e->kind != ERR_MISSING && e->kind != ERR_DENIED) {
        return e;
    }
    if (e != NULL || !seen_touch(d->seen, &q->session, q->now_ms)) {
        q->session = (struct session){ 0 };
        return NULL;
    }
    e = actor_load(q->arena, q->snap, q->session.agency, q->session.staff, q->today,
                   &q->actor);
    if (e != NULL && e->kind != ERR_MISSING && e->kind != ERR_DENIED) {
        return e;
    }
    if (e != NULL) { /* The person has left the office since. */
        q->session = (struct session){ 0 };
        q->actor = (struct actor){ 0 };
    }
    return NULL;
}

static err missing(struct turn *t, const char *why)
{
    FAIL(t->ask.arena, ERR_MISSING, SAY("There is no such page."), STR(""), "%s", why);
}

struct url guard_sign_in(const struct ask *q)
{
    return url_with(q, link_to(q, "identity.sign_in"), "back",
                    link_language(q, q->lang).address);
}

/* Here and not in each handler: what somebody forgets to ask for is shut. */
static err may_owner(struct ask *q, struct url *ret_go)
{
    struct casefile c;
    str code;
    err e = owner_case(q, &c, &code);

    if (e != NULL && e->kind == ERR_MISSING && !q->route->is_api) {
        *ret_go = url_with(q, link_to(q, "follow.ask"), "case", ask_path(q, "case"));
    }
    return e;
}

/* Before anything is looked up: the answer is the same whether there is such a case. */
static err may_code(struct turn *t)
{
    if (t->ask.bearer.len > 0) {
        return NULL;
    }
    t->early = 401;
    FAIL(t->ask.arena, ERR_DENIED, SAY("The lookup code is missing"), STR(""), "no bearer");
}

err guard_may(struct turn *t, struct url *ret_go)
{
    struct ask *q = &t->ask;
    const struct route *route = q->route;
    bool in_staff_area = router_is_staff(q->path);

    *ret_go = (struct url){ STR("") };
    if (in_staff_area && q->session.staff != 0) {
        q->agency = house_agency_by_id(t->house, q->session.agency);
        q->catalog = house_catalog(t->house, q->agency);
        q->calendar = house_calendar(t->house, q->agency);
        if (q->agency == NULL) {
            return missing(t, "the office of the session is gone");
        }
    }
    if (route->may == MAY_ANYONE) {
        return NULL;
    }
    if (route->may == MAY_CODE) {
        return may_code(t);
    }
    if (route->may == MAY_OWNER) {
        return may_owner(q, ret_go);
    }
    if (q->session.staff == 0) {
        if (in_staff_area && !route->is_api) {
            *ret_go = guard_sign_in(q);
        }
        FAIL(q->arena, ERR_DENIED, SAY("Please sign in first."), STR(""), "no session");
    }
    if (q->agency == NULL || q->agency->id != q->session.agency) {
        return missing(t, "another office");
    }
    /* The city reaches all offices, so it does only what a route says it may. */
    if (q->agency->id == AGENCY_CITY && in_staff_area && !route->of_city) {
        return missing(t, "not for the city");
    }
    if (route->may == MAY_DUTY && (actor_serves(&q->actor) & route->duties) == 0) {
        return missing(t, "no such duty");
    }
    return NULL;
}

err guard_token(const struct turn *t)
{
    const struct ask *q = &t->ask;

    if (q->session.staff == 0 || !router_is_staff(q->path) || q->route->is_api) {
        return NULL;
    }
    if (!seal_same(ask_field(q, "token"), q->session.form_token)) {
        FAIL(q->arena, ERR_DENIED,
             SAY("The page had been open too long. "
                 "Look it over and press the button again."),
             STR(""), "form token");
    }
    return NULL;
}
