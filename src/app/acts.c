/* acts — one list, and the choice of who runs them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/acts.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "desk/desk.h"

static int act_figures(struct instance *x, struct arena *a, const struct json *request,
                       const struct out *o)
{
    if (x->desk == NULL) {
        out_line(o, "The figures are those of a running server. None is running here.");
        return 1;
    }
    str rest = desk_figures(a, x->desk), line;

    while (rest.at != NULL && str_cut(&rest, '\n', &line)) {
        if (line.len > 0) {
            out_line(o, "%.*s", STR_ARG(line));
        }
    }
    return 0;
}

static const struct {
    const char *name;
    int (*run)(struct instance *x, struct arena *a, const struct json *request,
               const struct out *o);
} acts[] = {
    { "check", act_check },
    { "pack.load", act_pack_load },
    { "pack.diff", act_pack_diff },
    { "user.add", act_user_add },
    { "unit.add", act_unit_add },
    { "calendar.import", act_calendar_import },
    { "calendar.close", act_calendar_close },
    { "calendar.closures", act_calendar_closures },
    { "calendar.withdraw", act_calendar_withdraw },
    { "figures", act_figures },
};

int act_run(struct instance *x, struct arena *a, const char *name,
            const struct json *request, const struct out *o)
{
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
        if (strcmp(acts[i].name, name) == 0) {
            return acts[i].run(x, a, request, o);
        }
    }
    out_line(o, "The server is of another version and does not know this command.");
    return 1;
}

int act_ask(struct line *l, const char *name, str request)
{
    const struct json *parsed = NULL;
    struct instance x = { 0 };
    int status = 1;

    if (control_ask(l->arena, l->data, name, request, &out_terminal, &status)) {
        return status;
    }
    err e = json_parse(l->arena, request, &parsed);

    e = e != NULL ? e : instance_open(l->arena, l->data, false, &x);
    e = e != NULL ? e : instance_start(&x);
    if (e != NULL) {
        out_err(&out_terminal, l->arena, e);
    } else {
        status = act_run(&x, l->arena, name, parsed, &out_terminal);
    }
    instance_close(&x);
    return status;
}

err find_agency(struct arena *a, struct snap *snap, str key, struct agency *ret)
{
    struct agency *list = NULL;
    size_t count = 0;
    struct buf known;

    TRY(agency_list(a, snap, &list, &count));
    buf_init(&known, a, 8000);
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].key, key)) {
            *ret = list[i];
            return NULL;
        }
        buf_format(&known, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(list[i].key));
    }
    FAIL(a, ERR_INPUT,
         SAY("There is no office {office}. There are: {known}.", SAY_TEXT("office", key),
             SAY_TEXT("known", buf_str(&known))),
         STR("agency"), "unknown office");
}

str instance_link(struct instance *x, struct arena *a, const char *path, str token)
{
    str base = x->settings.public_url;

    if (base.len == 0) {
        str listen = x->desk != NULL ? desk_address(x->desk) : x->settings.listen;

        base = str_join(a, STR("http://"), listen);
    }
    while (base.len > 0 && base.at[base.len - 1] == '/') {
        base = str_slice(base, 0, base.len - 1);
    }
    return str_format(a, "%.*s%s%.*s", STR_ARG(base), path, STR_ARG(token));
}
