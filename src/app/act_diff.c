/* act_diff — what one pack changes in another: services that come and go, and in each what
 * a citizen or an officer would notice; which level decides a matter, and how many seals
 * that takes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/acts.h"
#include "app/lists.h"
#include "base/arena.h"
#include "host/lang/lang.h"
#include "host/store/store.h"
#include "kernel/service/diff.h"

static const char *const kind_service = "service";

struct sides {
    struct arena *arena;
    const struct catalog *old, *new;
    const struct out *out;
    int changes;
};

static void catalog_release_v(void *catalog)
{
    catalog_release(catalog);
}

static err catalog_of(struct arena *a, const struct definition *list, size_t count,
                      struct mistakes *m, const struct catalog **ret)
{
    struct catalog *c = NULL;

    TRY(catalog_build(app_kinds, app_kinds_count, 0, list, count, m, &c));
    if (!arena_defer(a, catalog_release_v, c)) {
        return err_no_memory;
    }
    *ret = c;
    return NULL;
}

static void tell(struct sides *s, const char *mark, struct words say)
{
    str line = lang_say(s->arena, LANG_EN, say);

    s->changes++;
    out_line(s->out, "  %s %.*s", mark, STR_ARG(line));
}

static void heading(struct sides *s, const struct service *x)
{
    out_line(s->out, "%.*s (%.*s)", STR_ARG(label_in(&x->name, LANG_EN)), STR_ARG(x->key));
}

static err service_tell(struct sides *s, const struct service *old,
                        const struct service *new)
{
    struct service_change *list = NULL;
    int seals[2] = { service_seals(s->old, old->matter),
                     service_seals(s->new, new->matter) };
    size_t count = 0;

    TRY(service_diff(s->arena, old, new, &list, &count));
    if (count == 0 && seals[0] == seals[1]) {
        return NULL;
    }
    heading(s, new);
    for (size_t i = 0; i < count; i++) {
        tell(s, list[i].citizen ? "-" : "*", list[i].say);
    }
    if (seals[0] != seals[1]) {
        tell(s, "*", SAY("Seals on the way to the decision: {old} → {new}",
                         SAY_NUMBER("old", seals[0]), SAY_NUMBER("new", seals[1])));
    }
    return NULL;
}

static err services_tell(struct sides *s)
{
    for (size_t i = 0; i < catalog_count(s->new, kind_service); i++) {
        const struct service *new = catalog_at(s->new, kind_service, i);
        const struct service *old = service_get(s->old, new->key);

        if (old == NULL) {
            heading(s, new);
            tell(s, "-", SAY("A new service."));
        } else {
            TRY(service_tell(s, old, new));
        }
    }
    for (size_t i = 0; i < catalog_count(s->old, kind_service); i++) {
        const struct service *old = catalog_at(s->old, kind_service, i);

        if (service_get(s->new, old->key) == NULL) {
            heading(s, old);
            tell(s, "-", SAY("Not in the new pack."));
        }
    }
    return NULL;
}

/* A change of the authority table, with the services that it touches. */
static err authority_tell(struct sides *s)
{
    struct authority_change *list;
    size_t count;

    TRY(authority_diff(s->arena, s->old, s->new, &list, &count));
    for (size_t i = 0; i < count; i++) {
        const struct authority_change *c = &list[i];

        out_line(s->out, "authority: %.*s (%.*s)",
                 STR_ARG(label_in(&c->name, LANG_EN)), STR_ARG(c->matter));
        for (size_t n = 0; n < c->says_count; n++) {
            tell(s, "*", c->says[n]);
        }
        for (size_t n = 0; n < c->services_count; n++) {
            out_line(s->out, "    touches %.*s (%.*s)",
                     STR_ARG(label_in(&c->services[n]->name, LANG_EN)),
                     STR_ARG(c->services[n]->key));
        }
        if (c->services_count == 0) {
            out_line(s->out, "    touches no service");
        }
    }
    return NULL;
}

int pack_diff_tell(struct arena *a, const struct definition *old, size_t old_count,
                   const struct definition *new, size_t new_count, const struct out *o)
{
    struct sides s = { .arena = a, .out = o };
    struct mistakes m;
    err e;

    mistakes_init(&m, a);
    e = catalog_of(a, old, old_count, &m, &s.old);
    e = e != NULL ? e : catalog_of(a, new, new_count, &m, &s.new);
    out_mistakes(o, a, &m);
    e = e != NULL ? e : services_tell(&s);
    e = e != NULL ? e : authority_tell(&s);
    if (e != NULL) {
        out_err(o, a, e);
        return 1;
    }
    if (s.changes == 0) {
        out_line(o, "Nothing that anybody would notice.");
    } else {
        out_line(o, "%d changes; - a citizen notices, * an officer.", s.changes);
    }
    return m.count == 0 ? 0 : 1;
}

/* The newest version of each definition of the office. */
static size_t newest(struct definition *list, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        bool last = true;

        for (size_t k = i + 1; last && k < count; k++) {
            last = !(str_equal(list[k].kind, list[i].kind) &&
                     str_equal(list[k].key, list[i].key) &&
                     list[k].version > list[i].version);
        }
        if (last) {
            list[kept++] = list[i];
        }
    }
    return kept;
}

int act_pack_diff(struct instance *x, struct arena *a, const struct json *request,
                  const struct out *o)
{
    struct definition *old = NULL, *new = NULL;
    size_t old_count = 0, new_count = 0;
    struct agency agency = { 0 };
    struct snap *snap = NULL;
    err e = definitions_read(a, request, &new, &new_count);

    e = e != NULL ? e : snap_begin(a, x->store, &snap);
    e = e != NULL ? e
                  : find_agency(a, snap, json_text_of(request, STR("agency")), &agency);
    e = e != NULL ? e : definition_list(a, snap, agency.id, &old, &old_count);
    if (e != NULL) {
        out_err(o, a, e);
        return 1;
    }
    return pack_diff_tell(a, old, newest(old, old_count), new, new_count, o);
}
