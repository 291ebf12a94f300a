/* site — the home pages: what one would like to do today, and what holds today.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/site/site.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/site/inside.h"
#include "kernel/service/service.h"

#include "site_city.view.h"
#include "site_office.view.h"

#define HOME_ROWS 8
#define OFFICE_ROWS 2 /* of each, on the city's page */

static struct site_row row_of(const struct ask *q, const struct agency *office,
                              const struct service *s)
{
    return (struct site_row){
        .name = s->name,
        .summary = s->summary,
        .ways = service_ways_words(s),
        .limit = service_term_words(s),
        .fee = service_fee_words(s),
        .office = office->name,
        .url = link_office1(q, office->key, "services.one", s->key),
    };
}

/* The first `most` services of an office that `typed` finds; all when it is empty. */
static err rows_find(struct ask *q, const struct agency *office, str typed, size_t most,
                     const struct site_row **ret, size_t *ret_count, int64_t *ret_all)
{
    const struct catalog *c = ask_catalog_of(q, office);
    const struct service **found;
    struct site_row *rows;
    size_t count;

    *ret = NULL;
    *ret_count = 0;
    *ret_all = 0;
    if (c == NULL) {
        return NULL;
    }
    TRY(service_search(q->arena, c, typed, q->lang, &found, &count));
    *ret_all = (int64_t)count;
    count = count < most ? count : most;
    rows = ARENA_ARRAY(q->arena, count, struct site_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i] = row_of(q, office, found[i]);
    }
    *ret = rows;
    *ret_count = count;
    return NULL;
}

static err office_home(struct ask *q, struct reply *r)
{
    struct page page = { .title = SAY("What would you like to do today?"),
                         .current = "site.office", .is_home = true };
    struct site_office p = {
        .name = q->agency->name,
        .search = link_to(q, "services.search"),
        .all = link_to(q, "services.list"),
        .status = link_to(q, "follow.ask"),
    };
    int64_t all = 0;

    reply_topic(r, q->agency->id, "catalog", STR(""));
    reply_topic(r, q->agency->id, "agency", STR(""));
    TRY(rows_find(q, q->agency, STR(""), HOME_ROWS, &p.rows, &p.rows_count, &all));
    p.more = all - (int64_t)p.rows_count;
    TRY(site_today_fill(q, &p.today));
    return REPLY_VIEW(q, r, &page, site_office, &p);
}

static err cards_fill(struct ask *q, const struct agency *list, size_t count,
                      struct site_city *p)
{
    struct site_office_card *cards = ARENA_ARRAY(q->arena, count, struct site_office_card);

    if (cards == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        struct site_office_card *x = &cards[p->offices_count];

        if (list[i].id == AGENCY_CITY) {
            continue;
        }
        *x = (struct site_office_card){
            .name = list[i].name,
            .address = list[i].address,
            .telephone = list[i].telephone,
            .seal = seal_mark_of(list[i].key),
            .url = link_office(q, list[i].key, "site.office"),
            .all = link_office(q, list[i].key, "services.list"),
        };
        const struct catalog *c = ask_catalog_of(q, &list[i]);

        x->count = c != NULL ? (int64_t)catalog_count(c, service_kind.name) : 0;
        p->offices_count++;
    }
    p->offices = cards;
    return NULL;
}

/* What was asked for, in all offices; the first services of each when nothing was. */
static err found_fill(struct ask *q, const struct agency *list, size_t count,
                      struct site_city *p)
{
    size_t most = p->searching ? HOME_ROWS : OFFICE_ROWS;
    struct site_row *rows = ARENA_ARRAY(q->arena, count * HOME_ROWS, struct site_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct site_row *some = NULL;
        size_t n = 0;
        int64_t all = 0;

        TRY(rows_find(q, &list[i], p->query, most, &some, &n, &all));
        for (size_t k = 0; k < n; k++) {
            rows[p->found_count++] = some[k];
        }
        p->count += all;
    }
    p->found = rows;
    p->none = p->found_count == 0;
    return NULL;
}

static err city_home(struct ask *q, struct reply *r)
{
    size_t count = 0;
    const struct agency *list = ask_agencies(q, &count);
    struct page page = { .title = SAY("What would you like to do today?"),
                         .is_home = true };
    struct site_city p = {
        .name = q->agency->name,
        .search = link_to(q, "site.city"),
        .query = str_slice(ask_param(q, "q"), 0, 200),
    };

    p.searching = p.query.len > 0;
    for (size_t i = 0; i < count; i++) {
        reply_topic(r, list[i].id, "catalog", STR(""));
    }
    reply_topic(r, AGENCY_CITY, "agency", STR(""));
    TRY(cards_fill(q, list, count, &p));
    TRY(found_fill(q, list, count, &p));
    TRY(site_today_fill(q, &p.today));
    return REPLY_VIEW(q, r, &page, site_city, &p);
}

/* "/" is the city, or the only office. */
err site_show_home(struct ask *q, struct reply *r)
{
    return q->agency->id == AGENCY_CITY ? city_home(q, r) : office_home(q, r);
}

static const struct route site_routes[] = {
    { GET, "/", "site.city", MAY_ANYONE, .show = site_show_home, .cached = true,
      .help = MSG("The offices of the city and their services") },
    { GET, "/{agency}", "site.office", MAY_ANYONE, .show = site_show_home, .cached = true,
      .help = MSG("What one can do here, and what holds today") },
    { GET, "/{agency}/map", "site.map", MAY_ANYONE, .show = site_show_map, .cached = true,
      .help = MSG("Site map") },
    { GET, "/{agency}/privacy", "site.privacy", MAY_ANYONE, .show = site_show_statement,
      .cached = true, .help = MSG("Privacy statement") },
    { GET, "/{agency}/security", "site.security", MAY_ANYONE, .show = site_show_statement,
      .cached = true, .help = MSG("Information security") },
    { GET, "/{agency}/opendata", "site.opendata", MAY_ANYONE, .show = site_show_statement,
      .cached = true, .help = MSG("Open data") },
    { GET, "/{agency}/accessibility", "site.accessibility", MAY_ANYONE,
      .show = site_show_statement, .cached = true, .help = MSG("Accessibility statement") },
};
static const struct menu_entry site_menu[] = {
    { .route = "site.map", .text = MSG("Site map"), .about = true },
    { .route = "site.privacy", .text = MSG("Privacy statement"), .about = true },
    { .route = "site.security", .text = MSG("Information security"), .about = true },
    { .route = "site.opendata", .text = MSG("Open data"), .about = true },
    { .route = "site.accessibility",
      .text = MSG("Accessibility statement"),
      .about = true },
};
const struct feature site_feature = {
    "site", site_routes, sizeof site_routes / sizeof site_routes[0],
    site_menu, sizeof site_menu / sizeof site_menu[0],
};
