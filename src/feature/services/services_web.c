/* services — the list by groups, and what was found for a word.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/services/services.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/services/inside.h"
#include "feature/services/services_view.h"
#include "host/lang/lang.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"

#include "services_list.view.h"

#define GROUPS_MANY 4 /* from here on the page begins with links to them */

static struct services_row row_of(const struct ask *q, const struct service *s)
{
    struct service_standing stands = service_stands(s, q->today);

    return (struct services_row){
        .name = s->name,
        .summary = s->summary,
        .ways = service_ways_words(s),
        .limit = service_term_words(s),
        .fee = service_fee_words(s),
        .standing = service_standing_words(&stands),
        .url = link_to1(q, "services.one", s->key),
    };
}

static bool label_same(const struct label *x, const struct label *y)
{
    return str_equal(x->in[LANG_ZH], y->in[LANG_ZH]);
}

/* Rows of the group that begins with service `first`; 0 when it began before. */
static size_t group_fill(struct ask *q, const struct service *const *found, size_t count,
                         size_t first, struct services_group *ret)
{
    struct services_row *rows = ARENA_ARRAY(q->arena, count, struct services_row);
    const struct label *name = &found[first]->group;
    size_t n = 0;

    for (size_t i = 0; i < first; i++) {
        if (label_same(&found[i]->group, name)) {
            return 0;
        }
    }
    for (size_t i = first; rows != NULL && i < count; i++) {
        if (label_same(&found[i]->group, name)) {
            rows[n++] = row_of(q, found[i]);
        }
    }
    str id = str_format(q->arena, "group-%zu", first + 1);

    *ret = (struct services_group){
        .id = id,
        .anchor = { str_join(q->arena, STR("#"), id) },
        .name = *name,
        .rows = rows,
        .rows_count = n,
    };
    return n;
}

/* The place of a group in the order the office gave; what it did not name comes last. */
static size_t group_place(const struct office *o, const struct services_group *g)
{
    for (size_t i = 0; o != NULL && i < o->groups_count; i++) {
        if (str_equal(o->groups[i], g->name.in[LANG_ZH])) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void groups_order(const struct office *o, struct services_group *groups,
                         size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct services_group g = groups[i];
        size_t k = i;

        for (; k > 0 && group_place(o, &groups[k - 1]) > group_place(o, &g); k--) {
            groups[k] = groups[k - 1];
        }
        groups[k] = g;
    }
}

static err groups_fill(struct ask *q, const struct service *const *found, size_t count,
                       struct services_list *p)
{
    struct services_group *groups = ARENA_ARRAY(q->arena, count + 1, struct services_group);

    if (groups == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (group_fill(q, found, count, i, &groups[p->groups_count]) > 0) {
            p->groups_count++;
        }
    }
    groups_order(q->catalog != NULL ? office_get(q->catalog) : NULL, groups,
                 p->groups_count);
    p->groups = groups;
    p->many_groups = p->groups_count >= GROUPS_MANY;
    return NULL;
}

/* Found ones stay in the order of the search: one group. */
static err found_fill(struct ask *q, const struct service *const *found, size_t count,
                      struct services_list *p)
{
    struct services_row *rows = ARENA_ARRAY(q->arena, count + 1, struct services_row);
    struct services_group *group = ARENA_NEW(q->arena, struct services_group);

    if (rows == NULL || group == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; found != NULL && i < count; i++) {
        rows[i] = row_of(q, found[i]);
    }
    *group =
        (struct services_group){ .id = STR("found"), .rows = rows, .rows_count = count };
    p->groups = group;
    p->groups_count = count > 0 ? 1 : 0;
    return NULL;
}

/* Whom the services of this office are made for, with how many there are. */
static err audiences_fill(struct ask *q, const struct service *const *all, size_t count,
                          struct services_list *p)
{
    struct services_for *list = ARENA_ARRAY(q->arena, SERVICE_AUDIENCES,
                                            struct services_for);

    if (list == NULL) {
        return err_no_memory;
    }
    for (int who = 0; who < SERVICE_AUDIENCES; who++) {
        struct services_for f = {
            .name = words_of(service_audience_name[who]),
            .url = url_with(q, link_to(q, "services.search"), "for",
                            service_audience_key[who]),
        };

        for (size_t i = 0; i < count; i++) {
            f.count += (all[i]->audience & 1U << who) != 0;
        }
        if (f.count > 0) {
            list[p->audiences_count++] = f;
        }
    }
    p->audiences = list;
    return NULL;
}

/* -1: nobody in particular was asked for. */
static int audience_asked(const struct ask *q)
{
    for (int who = 0; who < SERVICE_AUDIENCES; who++) {
        if (str_equal(ask_param(q, "for"), service_audience_key[who])) {
            return who;
        }
    }
    return -1;
}

static size_t keep_audience(const struct service **found, size_t count, int who)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if ((found[i]->audience & 1U << who) != 0) {
            found[n++] = found[i];
        }
    }
    return n;
}

static err list_show(struct ask *q, struct reply *r, str query)
{
    int who = audience_asked(q);
    const struct service **found = NULL;
    size_t count = 0;
    struct services_list p = {
        .office = q->agency->name,
        .query = query,
        .searching = query.len > 0,
        .search = link_to(q, "services.search"),
        .all = link_to(q, "services.list"),
        .telephone = q->agency->telephone,
    };
    struct page page = {
        .title = p.searching ? SAY("Services found") : SAY("Services"),
        .current = "services.list",
    };

    if (q->catalog != NULL) {
        TRY(service_search(q->arena, q->catalog, query, q->lang, &found, &count));
    }
    if (who >= 0) {
        count = keep_audience(found, count, who);
        p.searching = true;
        p.chosen = SAY("Made for: {who}",
                       SAY_TEXT("who",
                                lang_text(q->lang, service_audience_name[who])));
        page.title = p.chosen;
    } else if (!p.searching) {
        TRY(audiences_fill(q, found, count, &p));
    }
    p.count = (int64_t)count;
    p.none = count == 0;
    TRY(p.searching ? found_fill(q, found, count, &p) : groups_fill(q, found, count, &p));
    return REPLY_VIEW(q, r, &page, services_list, &p);
}

static err list(struct ask *q, struct reply *r)
{
    reply_topic(r, q->agency->id, "catalog", STR(""));
    return list_show(q, r, STR(""));
}

static err search(struct ask *q, struct reply *r)
{
    return list_show(q, r, str_slice(ask_param(q, "q"), 0, 200));
}

static const struct route services_routes[] = {
    { GET, "/{agency}/services", "services.list", MAY_ANYONE, .show = list, .cached = true,
      .help = MSG("All services of the office") },
    { GET, "/{agency}/search", "services.search", MAY_ANYONE, .show = search,
      .help = MSG("Search services") },
    { GET, "/{agency}/services/{key}", "services.one", MAY_ANYONE,
      .show = services_show_one, .cached = true,
      .help = MSG("One service: papers, fee, time, how to apply") },
    { GET, "/api/v1/{agency}/services", "api.services", MAY_ANYONE,
      .show = services_api_list, .is_api = true,
      .help = MSG("All services of the office") },
    { GET, "/api/v1/{agency}/services/{key}", "api.service", MAY_ANYONE,
      .show = services_api_one, .is_api = true,
      .help = MSG("One service with its questions and an example") },
};
static const struct menu_entry services_menu[] = {
    { .route = "services.list", .text = MSG("Services") },
};
const struct feature services_feature = {
    "services", services_routes, sizeof services_routes / sizeof services_routes[0],
    services_menu, sizeof services_menu / sizeof services_menu[0],
};
