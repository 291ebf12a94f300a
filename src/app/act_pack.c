/* act_pack — definitions on their way into an instance: as JSON over control.sock, and then
 * as one commit together with the rows of office and units that they speak of.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/acts.h"

#include "app/lists.h"
#include "base/arena.h"
#include "base/buf.h"
#include "feature/settings/settings.h"
#include "host/clock/clock.h"
#include "host/store/store.h"
#include "kernel/office/office.h"

str definitions_write(struct arena *a, str agency_key, const struct definition *list,
                      size_t count)
{
    struct buf b;
    struct json_writer w;

    buf_init(&b, a, (size_t)16 << 20);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("agency"), agency_key);
    json_list(&w, STR("definitions"));
    for (size_t i = 0; i < count; i++) {
        json_object(&w, STR(""));
        json_put_text(&w, STR("kind"), list[i].kind);
        json_put_text(&w, STR("key"), list[i].key);
        json_put_text(&w, STR("file"), list[i].file);
        json_put_text(&w, STR("source"), list[i].source);
        json_end_object(&w);
    }
    json_end_list(&w);
    json_end_object(&w);
    return buf_str(&b);
}

err definitions_read(struct arena *a, const struct json *request,
                            struct definition **ret, size_t *ret_count)
{
    const struct json *list = json_get(request, STR("definitions"));
    struct definition *to = ARENA_ARRAY(a, list == NULL ? 0 : list->count,
                                        struct definition);
    size_t count = 0;

    if (to == NULL) {
        return err_no_memory;
    }
    for (const struct json *d = list == NULL ? NULL : list->first; d != NULL; d = d->next) {
        to[count++] = (struct definition){
            .kind = json_text_of(d, STR("kind")),
            .key = json_text_of(d, STR("key")),
            .file = json_text_of(d, STR("file")),
            .source = json_text_of(d, STR("source")),
        };
    }
    *ret = to;
    *ret_count = count;
    return NULL;
}

/* Units keep their ids; new ones get one. */
static err units_prepare(struct arena *a, struct instance *x, const struct office *office,
                         struct pack_wish *w)
{
    struct snap *snap = NULL;
    struct unit *known = NULL;
    size_t known_count = 0;

    w->units = ARENA_ARRAY(a, office->units_count, struct unit);
    if (w->units == NULL) {
        return err_no_memory;
    }
    TRY(snap_begin(a, x->store, &snap));
    TRY(unit_list(a, snap, w->agency.id, &known, &known_count));
    snap_end(snap);
    for (size_t i = 0; i < office->units_count; i++) {
        struct unit *u = &w->units[w->units_count++];

        *u = office->units[i];
        u->id = 0;
        for (size_t k = 0; k < known_count; k++) {
            u->id = str_equal(known[k].key, u->key) ? known[k].id : u->id;
        }
        u->id = u->id != 0 ? u->id : id_next(&x->ids, w->now_ms);
        u->key = str_copy(a, u->key);
        u->telephone = str_copy(a, u->telephone);
        for (int l = 0; l < LANG_COUNT; l++) {
            u->name.in[l] = str_copy(a, u->name.in[l]);
        }
    }
    return NULL;
}

static void copy_label(struct arena *a, struct label *l)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        l->in[i] = str_copy(a, l->in[i]);
    }
}

/* What the pack says of the office; id, key and (where there is one) its own name stay. */
static void agency_prepare(struct arena *a, const struct office *office,
                           struct pack_wish *w)
{
    struct agency own = w->agency;

    w->agency = office->agency;
    w->agency.id = own.id;
    w->agency.key = own.key;
    if (!label_is_empty(&own.name)) {
        w->agency.name = own.name;
        w->agency.short_name = label_is_empty(&own.short_name) ? own.name : own.short_name;
    }
    if (!label_is_empty(&own.city)) {
        w->agency.city = own.city;
    }
    copy_label(a, &w->agency.name);
    copy_label(a, &w->agency.short_name);
    copy_label(a, &w->agency.city);
    copy_label(a, &w->agency.address);
    copy_label(a, &w->agency.hours);
    w->agency.telephone = str_copy(a, w->agency.telephone);
    w->agency.email = str_copy(a, w->agency.email);
    w->agency.map_url = str_copy(a, w->agency.map_url);
    w->agency.case_prefix = str_copy(a, w->agency.case_prefix);
}

err pack_prepare(struct arena *a, struct instance *x, const struct agency *agency,
                 const struct definition *list, size_t count, struct pack_wish *ret_wish)
{
    struct mistakes ignored;
    struct catalog *catalog = NULL;
    struct definition *own = ARENA_ARRAY(a, count, struct definition);

    if (own == NULL) {
        return err_no_memory;
    }
    mistakes_init(&ignored, a);
    *ret_wish = (struct pack_wish){ .now_ms = clock_now_ms(), .agency = *agency };
    for (size_t i = 0; i < count; i++) {
        own[i] = list[i];
        own[i].agency = agency->id;
        own[i].published_ms = ret_wish->now_ms;
    }
    ret_wish->definitions = own;
    ret_wish->definitions_count = count;
    TRY(catalog_build(app_kinds, app_kinds_count, agency->id, own, count, &ignored,
                      &catalog));
    const struct office *office = office_get(catalog);
    err e = NULL;

    if (office != NULL) {
        agency_prepare(a, office, ret_wish);
        e = units_prepare(a, x, office, ret_wish);
    }
    catalog_release(catalog);
    return e;
}

err pack_commit(struct arena *a, struct tx *tx, const struct pack_wish *wish,
                struct pack_made *ret_made)
{
    const struct actor who = { .agency = wish->agency.id };

    ret_made->changed = 0;
    TRY(agency_put(a, tx, &who, wish->now_ms, &wish->agency));
    for (size_t i = 0; i < wish->units_count; i++) {
        TRY(unit_put(a, tx, &who, wish->now_ms, wish->agency.id, &wish->units[i]));
    }
    for (size_t i = 0; i < wish->definitions_count; i++) {
        const struct definition *d = &wish->definitions[i];
        bool changed = false;

        if (wish->services_wait && str_equal(d->kind, STR("service"))) {
            TRY(settings_ready_put(a, tx, d));
            continue;
        }
        TRY(definition_put(a, tx, &who, wish->now_ms, d, &changed));
        ret_made->changed += changed ? 1 : 0;
    }
    return NULL;
}

struct load {
    struct pack_wish wish;
    struct pack_made made;
};

static err load_run(void *context, struct arena *a, struct tx *tx)
{
    struct load *l = context;

    return pack_commit(a, tx, &l->wish, &l->made);
}

static err load(struct instance *x, struct arena *a, const struct json *request,
                struct load *l, struct mistakes *m)
{
    struct definition *list = NULL;
    size_t count = 0;
    struct snap *snap = NULL;
    struct agency agency;

    TRY(definitions_read(a, request, &list, &count));
    TRY(pack_check(app_kinds, app_kinds_count, list, count, day_at(clock_now_ms()), m));
    if (m->count > 0) {
        FAIL(a, ERR_INPUT, SAY("Nothing was loaded. Mend the mistakes and load again."),
             STR(""), "%zu mistakes", m->count);
    }
    TRY(snap_begin(a, x->store, &snap));
    TRY(find_agency(a, snap, json_text_of(request, STR("agency")), &agency));
    snap_end(snap);
    TRY(pack_prepare(a, x, &agency, list, count, &l->wish));
    return store_commit(x->store, a, agency.id, load_run, l);
}

int act_pack_load(struct instance *x, struct arena *a, const struct json *request,
                  const struct out *o)
{
    struct mistakes m;
    struct load l = { 0 };

    mistakes_init(&m, a);
    err e = load(x, a, request, &l, &m);

    out_mistakes(o, a, &m);
    if (e != NULL) {
        out_err(o, a, e);
        return 1;
    }
    out_line(o, "%zu definitions read, %lld new versions published.",
             l.wish.definitions_count, (long long)l.made.changed);
    return 0;
}
