/* site — site map with the access keys, and the four statements.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/site/inside.h"
#include "kernel/service/service.h"

#include <string.h>

#include "site_map.view.h"
#include "site_statement.view.h"

/* A statement is known by its route. */
static const struct {
    const char *route, *title;
} topics[] = {
    { "site.privacy", MSG("Privacy statement") },
    { "site.security", MSG("Information security") },
    { "site.opendata", MSG("Open data") },
    { "site.accessibility", MSG("Accessibility statement") },
};
#define TOPICS (sizeof topics / sizeof topics[0])

static err offices_branch(struct ask *q, struct site_branch *b)
{
    size_t count = 0;
    const struct agency *list = ask_agencies(q, &count);
    struct site_link *links = ARENA_ARRAY(q->arena, count, struct site_link);

    if (links == NULL) {
        return err_no_memory;
    }
    *b = (struct site_branch){ .text = SAY("The offices"), .url = link_to(q, "site.city"),
                               .links = links };
    for (size_t i = 0; i < count; i++) {
        if (list[i].id != AGENCY_CITY) {
            links[b->links_count++] = (struct site_link){
                .label = list[i].name, .url = link_office(q, list[i].key, "site.office") };
        }
    }
    return NULL;
}

static err services_branch(struct ask *q, struct site_branch *b)
{
    size_t count = q->catalog != NULL ? catalog_count(q->catalog, service_kind.name) : 0;
    struct site_link *links = ARENA_ARRAY(q->arena, count, struct site_link);

    if (links == NULL) {
        return err_no_memory;
    }
    *b = (struct site_branch){ .text = SAY("Services"), .url = link_to(q, "services.list"),
                               .links = links, .links_count = count };
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, service_kind.name, i);

        links[i] = (struct site_link){ .label = s->name,
                                       .url = link_to1(q, "services.one", s->key) };
    }
    return NULL;
}

static err statements_branch(struct ask *q, struct site_branch *b)
{
    struct site_link *links = ARENA_ARRAY(q->arena, TOPICS, struct site_link);

    if (links == NULL) {
        return err_no_memory;
    }
    *b = (struct site_branch){ .text = SAY("About this site"), .links = links,
                               .links_count = TOPICS };
    for (size_t i = 0; i < TOPICS; i++) {
        links[i] = (struct site_link){ .text = words_of(topics[i].title),
                                       .url = link_to(q, topics[i].route) };
    }
    return NULL;
}

err site_show_map(struct ask *q, struct reply *r)
{
    struct site_branch *branches = ARENA_ARRAY(q->arena, 5, struct site_branch);
    struct page page = { .title = SAY("Site map"), .current = "site.map" };
    struct site_map p = { .name = q->agency->name, .branches = branches };
    bool is_city = q->agency->id == AGENCY_CITY;

    if (branches == NULL) {
        return err_no_memory;
    }
    reply_topic(r, q->agency->id, "catalog", STR(""));
    reply_topic(r, AGENCY_CITY, "agency", STR(""));
    TRY(offices_branch(q, &branches[p.branches_count++]));
    if (!is_city) {
        TRY(services_branch(q, &branches[p.branches_count++]));
        branches[p.branches_count++] = (struct site_branch){
            .text = SAY("Follow your case"), .url = link_to(q, "follow.ask")
        };
    }
    TRY(statements_branch(q, &branches[p.branches_count++]));
    return REPLY_VIEW(q, r, &page, site_map, &p);
}

err site_show_statement(struct ask *q, struct reply *r)
{
    size_t topic = 0;
    struct page page = { .title = { 0 } };

    while (topic < TOPICS - 1 && strcmp(topics[topic].route, q->route->name) != 0) {
        topic++;
    }
    struct site_statement p = {
        .office = q->agency->name,
        .telephone = q->agency->telephone,
        .email = q->agency->email,
        .address = q->agency->address,
        .map = link_to(q, "site.map"),
        .is_privacy = topic == 0,
        .is_security = topic == 1,
        .is_opendata = topic == 2,
        .is_accessibility = topic == 3,
    };

    page.title = words_of(topics[topic].title);
    page.current = topics[topic].route;
    reply_topic(r, q->agency->id, "agency", STR(""));
    return REPLY_VIEW(q, r, &page, site_statement, &p);
}
