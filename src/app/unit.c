/* unit — `unit add KEY@OFFICE --name NAME`: a unit of an office that its definition does
 * not name; that of the city itself, whose people close all offices at once.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/acts.h"
#include "base/arena.h"
#include "base/buf.h"
#include "feature/settings/settings_rules.h"
#include "host/clock/clock.h"
#include "host/store/store.h"
#include "kernel/session/password.h"

struct unit_wish {
    int64_t now_ms, agency;
    struct unit unit;
};

static err unit_run(void *context, struct arena *a, struct tx *tx)
{
    const struct unit_wish *w = context;
    const struct actor who = { .agency = w->agency };

    return unit_put(a, tx, &who, w->now_ms, w->agency, &w->unit);
}

static err unit_read(struct instance *x, struct arena *a, const struct json *request,
                     struct unit_wish *w)
{
    str agency_key, name = json_text_of(request, STR("name"));
    struct agency agency;
    struct snap *snap = NULL;

    if (!sign_name_split(json_text_of(request, STR("unit")), &w->unit.key, &agency_key)) {
        FAIL(a, ERR_INPUT, SAY("Write the unit as duty@city."), STR("unit"),
             "no unit@office");
    }
    if (!settings_is_key(w->unit.key)) {
        FAIL(a, ERR_INPUT, SAY("Use small letters, digits and _; begin with a letter."),
             STR("unit"), "no key");
    }
    if (name.len == 0) {
        FAIL(a, ERR_INPUT, SAY("Write the name of the unit."), STR("name"), "no name");
    }
    w->now_ms = clock_now_ms();
    TRY(snap_begin(a, x->store, &snap));
    TRY(find_agency(a, snap, agency_key, &agency));
    snap_end(snap);
    w->agency = agency.id;
    w->unit.id = id_next(&x->ids, w->now_ms);
    w->unit.name.in[LANG_ZH] = name;
    return NULL;
}

int act_unit_add(struct instance *x, struct arena *a, const struct json *request,
                 const struct out *o)
{
    struct unit_wish w = { 0 };
    err e = unit_read(x, a, request, &w);

    e = e != NULL ? e : store_commit(x->store, a, w.agency, unit_run, &w);
    if (e != NULL) {
        out_err(o, a, e);
        return 1;
    }
    out_line(o, "The unit %.*s is there.", STR_ARG(w.unit.key));
    return 0;
}

int command_unit(struct line *l)
{
    static const char usage[] = "unit add KEY@OFFICE --name NAME";
    const char *name = line_option(l, "--name");
    struct json_writer w;
    struct buf b;

    if (!line_is(l, 2, usage) || strcmp(l->words[0], "add") != 0 || name == NULL) {
        fprintf(stderr, "Usage: bianmin %s\n", usage);
        return 2;
    }
    buf_init(&b, l->arena, 8000);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("unit"), str_of(l->words[1]));
    json_put_text(&w, STR("name"), str_of(name));
    json_end_object(&w);
    return act_ask(l, "unit.add", buf_str(&b));
}
