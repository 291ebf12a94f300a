/* act_calendar — an official calendar on its way into an instance.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/acts.h"
#include "base/arena.h"
#include "host/clock/clock.h"
#include "host/store/store.h"
#include "kernel/calendar/import.h"

struct import {
    str file;
    struct official_year *years;
    int64_t *ids;
    size_t count;
    int64_t now_ms;
    int changed;
};

static err import_run(void *context, struct arena *a, struct tx *tx)
{
    const struct actor who = { .agency = AGENCY_CITY };
    struct import *x = context;

    x->changed = 0;
    for (size_t i = 0; i < x->count; i++) {
        bool changed = false;

        TRY(calendar_year_put(a, tx, &who, x->now_ms, AGENCY_CITY, x->ids[i], x->file,
                              calendar_year_hash(a, &x->years[i]), &x->years[i], &changed));
        x->changed += changed ? 1 : 0;
    }
    return NULL;
}

static err news_say(struct arena *a, const struct calendar *official,
                    const struct import *x, const struct out *o)
{
    for (size_t i = 0; i < x->count; i++) {
        struct day_difference *list;
        size_t count;

        TRY(calendar_year_differs(a, official, &x->years[i], &list, &count));
        out_line(o, "%d: %zu days are other than they were known.", x->years[i].year,
                 count);
        for (size_t k = 0; k < count; k++) {
            out_line(o, "  %.*s %s %.*s", STR_ARG(day_iso(a, list[k].day)),
                     list[k].opens ? "opens" : "is off", STR_ARG(list[k].name));
        }
    }
    return NULL;
}

static err news_of(struct instance *i, struct arena *a, const struct json *request,
                   struct mistakes *m, struct import *x, const struct out *o)
{
    const struct calendar *official;
    struct year_row *known;
    struct snap *snap = NULL;
    size_t known_count;

    x->file = json_text_of(request, STR("file"));
    TRY(calendar_file_read(a, x->file, json_text_of(request, STR("text")), m, &x->years,
                           &x->count));
    TRY(snap_begin(a, i->store, &snap));
    TRY(calendar_years(a, snap, AGENCY_CITY, &known, &known_count));
    TRY(calendar_load_official(a, snap, AGENCY_CITY, &official));
    snap_end(snap);
    TRY(calendar_file_news(a, official, known, known_count, x->years, &x->count));
    x->ids = ARENA_ARRAY(a, x->count + 1, int64_t);
    if (x->ids == NULL) {
        return err_no_memory;
    }
    for (size_t k = 0; k < x->count; k++) {
        x->ids[k] = id_next(&i->ids, x->now_ms);
    }
    return news_say(a, official, x, o);
}

int act_calendar_import(struct instance *i, struct arena *a, const struct json *request,
                        const struct out *o)
{
    struct import x = { .now_ms = clock_now_ms() };
    const struct json *dry = json_get(request, STR("dry"));
    struct mistakes m;

    mistakes_init(&m, a);
    err e = news_of(i, a, request, &m, &x, o);

    if (e == NULL && dry != NULL && dry->truth) {
        out_line(o, "Nothing was changed: this was a trial.");
        return 0;
    }
    if (e == NULL && x.count > 0) {
        e = store_commit(i->store, a, AGENCY_CITY, import_run, &x);
    }
    out_mistakes(o, a, &m);
    if (e != NULL) {
        if (m.count == 0) {
            out_err(o, a, e);
        }
        return 1;
    }
    out_line(o,
             x.changed == 0 ? "Nothing is new: these years hold already."
                            : "%d years brought in. Running cases are gone through now.",
             x.changed);
    return 0;
}
