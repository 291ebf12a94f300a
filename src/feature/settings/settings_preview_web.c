/* settings — what publishing a definition would bring, shown before it is published: what
 * people notice, good advice, and (panels of others) running cases and papers on walls.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/settings/settings_web.h"
#include "host/seal/seal.h"
#include "kernel/pack/pack.h"
#include "kernel/service/diff.h"

static void catalog_release_v(void *catalog)
{
    catalog_release(catalog);
}

/* The catalog as it would be. */
static err catalog_with(struct ask *q, const struct definition *wish, struct catalog **ret)
{
    struct definition *all;
    struct mistakes unheard;
    size_t count, kinds_count;
    const struct pack_kind *const *kinds = ask_kinds(q, &kinds_count);

    mistakes_init(&unheard, q->arena);
    TRY(settings_with(q, wish, &all, &count));
    TRY(catalog_build(kinds, kinds_count, q->agency->id, all, count, &unheard, ret));
    return arena_defer(q->arena, catalog_release_v, *ret) ? NULL : err_no_memory;
}

/* Advice about this file; the others have been published with theirs. */
static err advice_of(struct ask *q, const struct definition *wish, struct settings_load *p)
{
    struct definition *all;
    struct mistakes unheard, advice;
    struct settings_mistake *list;
    size_t count, kinds_count;
    const struct pack_kind *const *kinds = ask_kinds(q, &kinds_count);

    mistakes_init(&unheard, q->arena);
    mistakes_init(&advice, q->arena);
    TRY(settings_with(q, wish, &all, &count));
    TRY(pack_review(kinds, kinds_count, all, count, q->today, &unheard, &advice));
    list = ARENA_ARRAY(q->arena, advice.count + 1, struct settings_mistake);
    if (list == NULL) {
        return err_no_memory;
    }
    for (const struct mistake *m = advice.first; m != NULL; m = m->next) {
        if (str_starts(m->place, wish->file)) {
            list[p->advice_count++] = (struct settings_mistake){ .place = m->place,
                                                                 .say = m->say };
        }
    }
    p->advice = p->advice_count > 0 ? list : NULL;
    return NULL;
}

/* What people would notice of a service. */
static err changes_of(struct ask *q, const struct service_step *step,
                      struct settings_load *p)
{
    struct service_change *changes;
    struct settings_change *list;
    size_t count;
    int was, will;

    if (step->old == NULL) {
        p->is_new = true;
        return NULL;
    }
    TRY(service_diff(q->arena, step->old, step->new, &changes, &count));
    list = ARENA_ARRAY(q->arena, count + 2, struct settings_change);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        list[p->changes_count++] = (struct settings_change){ changes[i].say,
                                                             changes[i].citizen };
    }
    was = service_seals(q->catalog, step->old->matter);
    will = service_seals(step->catalog, step->new->matter);
    if (was != will) {
        list[p->changes_count++] = (struct settings_change){
            SAY("Seals on the way to the decision: {old} → {new}", SAY_NUMBER("old", was),
                SAY_NUMBER("new", will)), false,
        };
    }
    p->changes = p->changes_count > 0 ? list : NULL;
    p->no_changes = p->changes_count == 0;
    return NULL;
}

static err service_preview(struct ask *q, const struct definition *wish,
                           struct settings_load *p)
{
    struct catalog *new;
    struct service_step step;

    TRY(catalog_with(q, wish, &new));
    step = (struct service_step){
        .catalog = new,
        .old = q->catalog == NULL ? NULL : service_get(q->catalog, wish->key),
        .new = service_get(new, wish->key),
    };
    if (step.new == NULL) {
        return NULL;
    }
    const struct panel_about about = { .key = wish->key, .thing = &step };

    p->is_service = true;
    p->name = step.new->name;
    p->has_name = true;
    p->next = step.old == NULL ? 1 : step.old->version + 1;
    TRY(changes_of(q, &step, p));
    return panels_show(q, "publish", &about, &p->panels);
}

str settings_seen(struct ask *q, str source)
{
    return str_slice(str_hex(q->arena, seal_sha256(q->arena, source)), 0, 32);
}

err settings_preview(struct ask *q, const struct definition *wish, struct settings_load *p)
{
    p->previews = true;
    p->seen = settings_seen(q, wish->source);
    TRY(settings_authority_preview(q, wish, p));
    TRY(advice_of(q, wish, p));
    return str_equal(wish->kind, STR("service")) ? service_preview(q, wish, p) : NULL;
}
