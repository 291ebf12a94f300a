/* migrate — brings the database of an instance to the schema of this program, after a copy
 * was made of it. Nobody may work on it meanwhile.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/app.h"
#include "base/arena.h"
#include "host/store/store.h"

#include <stdio.h>

struct wish {
    const char *dump; /* where pg_dump is to write; NULL */
    bool copy_made;   /* the person says so */
};

static err copy_first(struct arena *a, struct store *s, const struct wish *w, str *ret_path)
{
    if (w->copy_made) {
        return NULL;
    }
    if (store_is_shared(s) && w->dump == NULL) {
        FAIL(a, ERR_INPUT,
             SAY("The database lies on a server, so the copy is made there. Make one with "
                 "pg_dump --format=custom --file=FILE and run migrate --copy-made; or run "
                 "migrate --dump FILE, which calls pg_dump. Nothing was changed."),
             STR("dump"), "no copy");
    }
    return store_copy(a, s, w->dump, ret_path);
}

static err migrate(struct arena *a, struct store *s, const struct wish *w)
{
    int missing = 0, applied = 0;
    str path = STR("");

    TRY(store_missing(a, s, &missing));
    if (missing == 0) {
        out_line(&out_terminal, "The database is of this version. Nothing was changed.");
        return NULL;
    }
    TRY(store_must_be_alone(a, s));
    TRY(copy_first(a, s, w, &path));
    if (path.len > 0) {
        out_line(&out_terminal, "The database as it was is in %.*s.", STR_ARG(path));
    }
    TRY(store_migrate(a, s, &applied));
    out_line(&out_terminal, "%d migrations were applied.", applied);
    return NULL;
}

int command_migrate(struct line *l)
{
    struct wish w = { .dump = line_option(l, "--dump") };
    struct instance x = { 0 };

    w.copy_made = line_flag(l, "--copy-made");
    if (!line_is(l, 0, "migrate [--copy-made | --dump FILE]")) {
        return 2;
    }
    err e = instance_open_old(l->arena, l->data, &x);

    e = e != NULL ? e : migrate(l->arena, x.store, &w);
    if (e != NULL) {
        out_err(&out_terminal, l->arena, e);
    }
    instance_close(&x);
    return e == NULL ? 0 : 1;
}

int command_figures(struct line *l)
{
    return line_is(l, 0, "figures") ? act_ask(l, "figures", STR("{}")) : 2;
}
