/* upkeep_web — routes; all services with their figures and when they are looked at next.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/upkeep/upkeep_web.h"

#include "base/arena.h"
#include "feature/upkeep/upkeep.h"

#include "upkeep_all.view.h"

/* The list is in order of service, the latest first. */
static const struct upkeep_kept *last_look(const struct upkeep_kept *list, size_t count,
                                           str service)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].service, service)) {
            return &list[i];
        }
    }
    return NULL;
}

static err row_make(struct ask *q, const struct service *s, const struct upkeep_kept *last,
                    struct upkeep_row *ret)
{
    struct upkeep_counts n;

    TRY(upkeep_count(q->catalog, s, &n));
    *ret = (struct upkeep_row){
        .service = s->name, .link = link_to1(q, "upkeep.one", s->key),
        .version = s->version, .papers = n.papers, .looked_up = n.looked_up,
        .questions = n.questions, .seals = n.seals, .limit = service_term_words(s),
        .is_online = upkeep_is_online(s),
        .is_elsewhere = !(s->online && s->depth == DEPTH_FULL),
        .is_due = upkeep_is_due(s, last, q->today),
        .looked = last != NULL ? day_short(q->arena, day_at(last->at_ms), q->lang)
                  : s->updated != DAY_NONE ? day_short(q->arena, s->updated, q->lang)
                                           : STR("–"),
        .next = last != NULL ? day_short(q->arena, last->next_day, q->lang) : STR("–"),
    };
    return NULL;
}

static err all_show(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST, .title = SAY("Upkeep of services"),
                               .current = "upkeep.all", .wide = true };
    struct upkeep_all p = { .ways = link_to(q, "upkeep.ways") };
    size_t count = q->catalog != NULL ? catalog_count(q->catalog, "service") : 0;
    struct upkeep_row *rows = ARENA_ARRAY(q->arena, count + 1, struct upkeep_row);
    struct upkeep_kept *looks;
    size_t looks_count;

    if (rows == NULL) {
        return err_no_memory;
    }
    TRY(upkeep_look_list(q->arena, q->snap, q->agency->id, STR(""), &looks, &looks_count));
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, "service", i);

        TRY(row_make(q, s, last_look(looks, looks_count, s->key), &rows[i]));
        p.online += rows[i].is_online;
        p.elsewhere += rows[i].is_online && rows[i].is_elsewhere;
        p.papers += rows[i].papers;
        p.looked_up += rows[i].looked_up;
        p.due += rows[i].is_due;
    }
    p.rows = rows;
    p.rows_count = count;
    p.all = (int64_t)count;
    p.none = count == 0;
    return REPLY_VIEW(q, r, &page, upkeep_all, &p);
}

static const struct route routes[] = {
    { GET, "/staff/upkeep", "upkeep.all", MAY_DUTY, LOOKERS | DUTY(DUTY_AUDITOR),
      .show = all_show,
      .help = MSG("Papers, seals and limit of each service; when it is looked at next") },
    { GET, "/staff/upkeep/{key}", "upkeep.one", MAY_DUTY, LOOKERS | DUTY(DUTY_AUDITOR),
      .show = upkeep_one_show, .help = MSG("The versions of a service side by side") },
    { POST, "/staff/upkeep/{key}", "upkeep.look", MAY_DUTY, LOOKERS,
      .beats = &upkeep_look_beats, .again = upkeep_one_show,
      .help = MSG("A service was looked at again") },
    { GET, "/staff/ways", "upkeep.ways", MAY_DUTY, LOOKERS | DUTY(DUTY_AUDITOR),
      .show = upkeep_ways_show,
      .help = MSG("How people applied in a year, and the share on line") },
};
static const struct menu_entry menu[] = {
    { "upkeep.all", MSG("Upkeep of services"), true, LOOKERS | DUTY(DUTY_AUDITOR), "g u",
      false, .group = MENU_QUALITY },
};
static err waits(struct ask *q, struct waits *io)
{
    size_t count = q->catalog != NULL ? catalog_count(q->catalog, "service") : 0;
    struct upkeep_kept *looks;
    size_t looks_count;
    int64_t due = 0;

    if ((actor_serves(&q->actor) & LOOKERS) == 0) {
        return NULL;
    }
    TRY(upkeep_look_list(q->arena, q->snap, q->agency->id, STR(""), &looks, &looks_count));
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, "service", i);

        due += upkeep_is_due(s, last_look(looks, looks_count, s->key), q->today);
    }
    waits_add(io, due, SAY("Services to be looked at again"), link_to(q, "upkeep.all"));
    return NULL;
}

const struct feature upkeep_feature = {
    .waits = waits,
    .name = "upkeep",
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
