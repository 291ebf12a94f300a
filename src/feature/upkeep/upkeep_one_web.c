/* upkeep_one — one service: its versions side by side, the looks, and a new one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/upkeep/upkeep_web.h"
#include "kernel/pack/pack.h"
#include "kernel/service/diff.h"

#include "upkeep_one.view.h"

#define NEXT_DAYS 365
#define VERSIONS_MOST 50 /* the newest ones */

static str published_of(struct ask *q, const struct definition *list, size_t count,
                        const struct service *s)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].version == s->version && str_equal(list[i].key, s->key) &&
            str_equal(list[i].kind, STR("service"))) {
            return day_short(q->arena, day_at(list[i].published_ms), q->lang);
        }
    }
    return STR("");
}

static err changes_make(struct ask *q, const struct service *old, const struct service *new,
                        struct upkeep_version *v)
{
    struct service_change *changes;
    struct upkeep_change *list;

    TRY(service_diff(q->arena, old, new, &changes, &v->changes_count));
    list = ARENA_ARRAY(q->arena, v->changes_count + 1, struct upkeep_change);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < v->changes_count; i++) {
        list[i].say = changes[i].say;
    }
    v->changes = list;
    return NULL;
}

/* The newest first. */
static err versions_fill(struct ask *q, const struct service *now, struct upkeep_one *p)
{
    struct upkeep_version *list =
        ARENA_ARRAY(q->arena, VERSIONS_MOST, struct upkeep_version);
    struct definition *said;
    size_t said_count;

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(definition_list(q->arena, q->snap, q->agency->id, &said, &said_count));
    for (int v = now->version; v > 0 && p->versions_count < VERSIONS_MOST; v--) {
        const struct service *s = service_get_version(q->catalog, now->key, v);
        const struct service *old =
            v > 1 ? service_get_version(q->catalog, now->key, v - 1) : NULL;
        struct upkeep_version *x = &list[p->versions_count];
        struct upkeep_counts n;

        if (s == NULL) {
            continue;
        }
        TRY(upkeep_count(q->catalog, s, &n));
        *x = (struct upkeep_version){
            .version = v, .papers = n.papers, .looked_up = n.looked_up,
            .questions = n.questions, .seals = n.seals, .limit = service_term_words(s),
            .since = published_of(q, said, said_count, s),
        };
        if (old != NULL) {
            TRY(changes_make(q, old, s, x));
        }
        p->versions_count++;
    }
    p->versions = list;
    return NULL;
}

static str name_of(const struct staff *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == id) {
            return people[i].name;
        }
    }
    return STR("");
}

static err looks_fill(struct ask *q, str service, struct upkeep_one *p)
{
    struct upkeep_kept *found;
    struct staff *people;
    size_t people_count;
    struct upkeep_look *list;

    TRY(upkeep_look_list(q->arena, q->snap, q->agency->id, service, &found,
                         &p->looks_count));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &people_count));
    list = ARENA_ARRAY(q->arena, p->looks_count + 1, struct upkeep_look);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->looks_count; i++) {
        list[i] = (struct upkeep_look){
            .at = day_short(q->arena, day_at(found[i].at_ms), q->lang),
            .who = name_of(people, people_count, found[i].staff), .found = found[i].found,
            .next = day_short(q->arena, found[i].next_day, q->lang),
            .version = found[i].version, .changes = found[i].changes,
        };
    }
    p->looks = list;
    return NULL;
}

static err service_of(struct ask *q, const struct service **ret)
{
    *ret = q->catalog != NULL ? service_get(q->catalog, ask_path(q, "key")) : NULL;
    if (*ret == NULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("There is no such service. See the list of services."), STR(""),
             "no service");
    }
    return NULL;
}

err upkeep_one_show(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Upkeep of services"),
                                           link_to(q, "upkeep.all") } };
    const struct page page = { .title = SAY("Upkeep of a service"),
                               .current = "upkeep.all", .crumbs = crumbs,
                               .crumbs_count = 1, .wide = true };
    const struct words found = SAY("What was found"), next = SAY("Next look");
    const struct words hint = SAY("Paper by paper and step by step; no names.");
    const struct service *s;
    struct upkeep_one p = { .form_token = q->session.form_token,
                            .mistakes = shell_mistakes(q),
                            .may_look = (q->actor.duties & LOOKERS) != 0 };

    TRY(service_of(q, &s));
    p.service = s->name;
    p.put = link_to1(q, "upkeep.look", s->key);
    p.stays = str_equal(ask_field(q, "finding"), STR("stays"));
    p.changes = str_equal(ask_field(q, "finding"), STR("changes"));
    p.finding_error = shell_mistake_of(q, "finding");
    p.finding_bad = p.finding_error.id != NULL;
    p.found = entry_of(q, "found", &found, &hint, STR(""));
    p.found.is_long = true;
    p.next = entry_of(q, "next", &next, NULL,
                      day_short(q->arena, q->today + NEXT_DAYS, q->lang));
    p.next.is_short = true;
    TRY(versions_fill(q, s, &p));
    TRY(looks_fill(q, s->key, &p));
    return REPLY_VIEW(q, r, &page, upkeep_one, &p);
}

struct look_made {
    str key;
};

static err look_check(struct ask *q, struct upkeep_kept *w)
{
    const struct service *s;
    str finding = ask_field(q, "finding");

    TRY(service_of(q, &s));
    *w = (struct upkeep_kept){
        .agency = q->agency->id, .id = ask_new_id(q), .service = s->key,
        .version = s->version, .changes = str_equal(finding, STR("changes")),
        .found = str_trim(ask_field(q, "found")), .next_day = DAY_NONE,
        .staff = q->actor.staff, .at_ms = q->now_ms,
    };
    if (!w->changes && !str_equal(finding, STR("stays"))) {
        mistake_add(&q->mistakes, STR("finding"), SAY("Choose what came of it."));
    }
    if (str_is_empty(w->found) || str_points(w->found) > UPKEEP_LOOK_SIGNS) {
        mistake_add(&q->mistakes, STR("found"),
                    SAY("Write what was found, in a few sentences."));
    }
    if (!day_parse(ask_field(q, "next"), &w->next_day) || w->next_day <= q->today) {
        mistake_add(&q->mistakes, STR("next"),
                    SAY("Enter the day of the next look, after today."));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "look");
    }
    return NULL;
}

static err look_commit(struct ask *q, struct tx *tx, const struct upkeep_kept *w,
                       struct look_made *made)
{
    made->key = w->service;
    return upkeep_look_put(q->arena, tx, w);
}

static err look_reply(struct ask *q, struct reply *r, const struct look_made *made)
{
    return reply_see(q, r, link_to1(q, "upkeep.one", made->key));
}

BEATS_OUT(look, upkeep_look_beats, struct upkeep_kept, struct look_made)
