/* settings — the delegation-of-authority table: who proposes, who is consulted, which level
 * decides, and the services whose deciding step that is.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/settings/settings_web.h"
#include "kernel/office/office.h"
#include "kernel/service/diff.h"
#include "settings_authority.view.h"

static struct label unit_name(const struct ask *q, str key)
{
    size_t count;
    const struct unit *units = ask_units(q, &count);

    for (size_t i = 0; i < count; i++) {
        if (str_equal(units[i].key, key)) {
            return units[i].name;
        }
    }
    return (struct label){ .in = { [LANG_ZH] = key } };
}

static err consults_of(struct ask *q, const struct authority_line *line,
                       struct settings_matter *m)
{
    struct label *names = ARENA_ARRAY(q->arena, line->consults_count + 1, struct label);

    for (size_t i = 0; names != NULL && i < line->consults_count; i++) {
        names[i] = unit_name(q, line->consults[i]);
    }
    m->consults = names;
    m->consults_count = line->consults_count;
    return names == NULL ? err_no_memory : NULL;
}

/* The levels between who proposes and who decides that pass it on; those that the office
 * has. */
static err through_of(struct ask *q, const struct authority_line *line,
                      struct settings_matter *m)
{
    const struct office *office = office_get(q->catalog);
    struct words *names = ARENA_ARRAY(q->arena, LEVEL_COUNT, struct words);

    for (int l = (int)line->proposes + 1; names != NULL && l < (int)line->level; l++) {
        bool there = office == NULL || !label_is_empty(&office->level_title[l]);

        if (line->through == 0 ? there : (line->through & 1U << l) != 0) {
            names[m->through_count++] = words_of(level_name[l]);
        }
    }
    m->through = names;
    return names == NULL ? err_no_memory : NULL;
}

static err services_of(struct ask *q, const struct authority_line *line,
                       struct settings_matter *m)
{
    const struct service **list;
    struct settings_matter_service *out;

    TRY(authority_services(q->arena, q->catalog, q->catalog, line->matter, &list,
                           &m->services_count));
    out = ARENA_ARRAY(q->arena, m->services_count + 1, struct settings_matter_service);
    for (size_t i = 0; out != NULL && i < m->services_count; i++) {
        out[i] = (struct settings_matter_service){
            list[i]->name, link_to1(q, "services.one", list[i]->key)
        };
    }
    m->services = out;
    return out == NULL ? err_no_memory : NULL;
}

/* Who is shown how many seals there were, too. */
#define LEADERS (DUTY(DUTY_COORDINATOR) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD))

/* GET /staff/settings/authority: whoever works here looks up who decides. */
err settings_authority(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Delegation-of-authority table"),
                               .current = "settings.authority", .wide = true };
    const struct authority *table = authority_get(q->catalog), *since;
    const struct office *office = office_get(q->catalog);
    struct settings_authority p = { .none = table == NULL || table->lines_count == 0 };
    bool leads = (actor_serves(&q->actor) & LEADERS) != 0;
    struct settings_matter *list;

    if (p.none) {
        return REPLY_VIEW(q, r, &page, settings_authority, &p);
    }
    list = ARENA_ARRAY(q->arena, table->lines_count, struct settings_matter);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < table->lines_count; i++) {
        const struct authority_line *line = &table->lines[i];
        const struct flow_plan plan = service_line_plan(q->catalog, line);

        list[i] = (struct settings_matter){
            .key = line->matter,
            .name = line->name,
            .level = words_of(level_name[line->level]),
            .proposes = words_of(level_name[line->proposes]),
            .seals = flow_seals(&plan),
        };
        since = authority_line_since(q->catalog, line);
        list[i].since = SAY("Version {version}, from {day}",
                            SAY_NUMBER("version", since->version),
                            SAY_DAY("day", day_at(since->published_ms)));
        if (office != NULL && !label_is_empty(&office->level_title[line->level])) {
            list[i].title = office->level_title[line->level];
            list[i].has_title = true;
        }
        TRY(consults_of(q, line, &list[i]));
        TRY(through_of(q, line, &list[i]));
        TRY(services_of(q, line, &list[i]));
    }
    p.matters = list;
    p.matters_count = table->lines_count;
    p.version = table->version;
    p.from = day_text(q->arena, day_at(table->published_ms), q->lang);
    p.may_change = actor_has(&q->actor, DUTY_ADMIN);
    p.change = url_with(q, url_with(q, link_to(q, "settings.load"), "kind",
                                    STR("authority")), "key", table->key);
    p.leads = leads;
    p.seals = link_to(q, "casework.seals");
    return REPLY_VIEW(q, r, &page, settings_authority, &p);
}

static void catalog_release_v(void *catalog)
{
    catalog_release(catalog);
}

static err touched_of(struct ask *q, const struct authority_change *c,
                      struct settings_touched *ret)
{
    struct label *names = ARENA_ARRAY(q->arena, c->services_count + 1, struct label);

    if (names == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < c->services_count; i++) {
        names[i] = c->services[i]->name;
    }
    *ret = (struct settings_touched){
        .name = c->name, .matter = c->matter, .says = c->says, .says_count = c->says_count,
        .services = names, .services_count = c->services_count,
        .none = c->services_count == 0,
    };
    return NULL;
}

err settings_authority_preview(struct ask *q, const struct definition *wish,
                               struct settings_load *p)
{
    struct definition *all;
    struct catalog *new = NULL;
    struct authority_change *list;
    struct settings_touched *out;
    struct mistakes unheard;
    size_t count, kinds_count;
    const struct pack_kind *const *kinds = ask_kinds(q, &kinds_count);

    if (!str_equal(wish->kind, STR("authority"))) {
        return NULL;
    }
    mistakes_init(&unheard, q->arena);
    TRY(settings_with(q, wish, &all, &count));
    TRY(catalog_build(kinds, kinds_count, q->agency->id, all, count, &unheard, &new));
    if (!arena_defer(q->arena, catalog_release_v, new)) {
        return err_no_memory;
    }
    TRY(authority_diff(q->arena, q->catalog, new, &list, &p->touched_count));
    out = ARENA_ARRAY(q->arena, p->touched_count + 1, struct settings_touched);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->touched_count; i++) {
        TRY(touched_of(q, &list[i], &out[i]));
    }
    p->touched = out;
    p->touches = p->touched_count > 0;
    return NULL;
}
