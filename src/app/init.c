/* init — a new instance: an empty one, the demo city, or a real one with a one-time link
 * under which a clerk finishes it in a quarter of an hour.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/acts.h"
#include "app/demo.h"
#include "app/lists.h"
#include "base/arena.h"
#include "desk/router.h"
#include "host/clock/clock.h"
#include "host/store/store.h"
#include "kernel/pack/builtin.h"
#include "kernel/session/session.h"

#define LINK_MS INT64_C(259200000) /* three days */

static void say_key(const struct line *l)
{
    out_line(&out_terminal, "The key is in %s/key.", l->data);
    out_line(
        &out_terminal,
        "Keep a copy of it in another place: a backup without the key is worthless, and "
        "with the key beside it, it is open.");
}

struct city {
    struct pack_wish office;
    struct pack_made made;
    struct agency agency; /* the city itself */
    str token_hash;
};

static err city_run(void *context, struct arena *a, struct tx *tx)
{
    struct city *c = context;
    const struct actor who = { .agency = AGENCY_CITY };

    TRY(agency_put(a, tx, &who, c->office.now_ms, &c->agency));
    TRY(pack_commit(a, tx, &c->office, &c->made));
    return ticket_put(a, tx, TICKET_SETUP, c->token_hash, c->office.agency.id, 0,
                      c->office.now_ms + LINK_MS);
}

static bool is_office_key(str key)
{
    return router_is_agency_key(key) && !str_equal(key, STR("city"));
}

static err read_pack(struct line *l, const char *folder, struct definition **ret,
                     size_t *ret_count)
{
    struct mistakes m;

    mistakes_init(&m, l->arena);
    err e = folder == NULL ? builtin_pack(l->arena, STR("start"), ret, ret_count)
                           : pack_read_folder(l->arena, folder, &m, ret, ret_count);

    e = e != NULL ? e
                  : pack_check(app_kinds, app_kinds_count, *ret, *ret_count,
                               day_at(clock_now_ms()), &m);
    out_mistakes(&out_terminal, l->arena, &m);
    if (e == NULL && m.count > 0) {
        FAIL(l->arena, ERR_INPUT, SAY("The pack has mistakes. Mend them and try again."),
             STR(""), "%zu mistakes", m.count);
    }
    return e;
}

static err make_city(struct line *l, struct instance *x, str city_name, str key, str name,
                     const struct definition *list, size_t count, str *ret_token)
{
    struct city c = {
        .agency = { .id = AGENCY_CITY, .key = STR("city"), .case_prefix = STR("CT") }
    };
    struct agency office = { .id = id_next(&x->ids, clock_now_ms()), .key = key };

    c.agency.name.in[LANG_ZH] = c.agency.short_name.in[LANG_ZH] = city_name;
    office.name.in[LANG_ZH] = name;
    office.city.in[LANG_ZH] = city_name;
    TRY(pack_prepare(l->arena, x, &office, list, count, &c.office));
    c.office.services_wait = true;
    TRY(session_token(l->arena, x->keyring, ret_token, &c.token_hash));
    c.token_hash = ticket_hash(l->arena, x->keyring, *ret_token);
    return store_commit(x->store, l->arena, AGENCY_CITY, city_run, &c);
}

static int init_city(struct line *l, const char *city, const char *office, const char *pack,
                     const char *database)
{
    str name = str_of(office), key;
    struct definition *list = NULL;
    size_t count = 0;
    struct instance x = { 0 };
    str token;

    if (!str_cut(&name, '=', &key) || name.len == 0 || !is_office_key(key)) {
        out_line(&out_terminal, "Write the office as key=name, the key in small letters: "
                                "--office household=雲川市戶政事務所");
        return 2;
    }
    err e = read_pack(l, pack, &list, &count);

    e = e != NULL ? e : instance_make(l->arena, l->data, STR("127.0.0.1:8080"), database,
                                            false);
    bool made = e == NULL;

    e = e != NULL ? e : instance_open(l->arena, l->data, true, &x);
    e = e != NULL ? e : instance_start(&x);
    e = e != NULL ? e : make_city(l, &x, str_of(city), key, name, list, count, &token);
    if (e == NULL) {
        say_key(l);
        out_line(&out_terminal,
                 "Start the server (bianmin serve --data %s) and finish here, "
                 "within three days:",
                 l->data);
        out_line(&out_terminal, "%.*s",
                 STR_ARG(instance_link(&x, l->arena, "/staff/setup/", token)));
    } else {
        out_err(&out_terminal, l->arena, e);
    }
    instance_close(&x);
    if (e != NULL && made) {
        instance_unmake(l->arena, l->data, &x);
    }
    return e == NULL ? 0 : 1;
}

static err bare_run(void *context, struct arena *a, struct tx *tx)
{
    const struct actor who = { .agency = AGENCY_CITY };
    const struct agency city = {
        .id = AGENCY_CITY, .key = STR("city"), .case_prefix = STR("CT"),
        .name = { { STR_INIT("本市"), STR_INIT("City"), STR_INIT("市") } },
    };

    return agency_put(a, tx, &who, *(const int64_t *)context, &city);
}

/* A city without an office: for what brings its own offices. */
static int init_bare(struct line *l, const char *database)
{
    struct instance x = { 0 };
    int64_t now_ms = clock_now_ms();
    err e = instance_make(l->arena, l->data, STR("127.0.0.1:8080"), database,
                                            false);
    bool made = e == NULL;

    e = e != NULL ? e : instance_open(l->arena, l->data, true, &x);
    e = e != NULL ? e : instance_start(&x);
    e = e != NULL ? e : store_commit(x.store, l->arena, AGENCY_CITY, bare_run, &now_ms);
    if (e != NULL) {
        out_err(&out_terminal, l->arena, e);
    } else {
        say_key(l);
        out_line(&out_terminal,
                 "There is no office in it. An instance with one is made by init "
                 "--city NAME --office KEY=NAME, the demo city by init --demo.");
    }
    instance_close(&x);
    if (e != NULL && made) {
        instance_unmake(l->arena, l->data, &x);
    }
    return e == NULL ? 0 : 1;
}

static err fill_demo(struct line *l, struct instance *x, day today, const char *database,
                     bool *ret_made)
{
    const struct demo_wish wish = {
        .today = today,
        .passwords = str_z(l->arena, str_format(l->arena, "%s/passwords", l->data)),
        .receipts = str_z(l->arena, str_format(l->arena, "%s/receipts", l->data)),
        .papers = line_beside(l, "bianmin-papers"),
    };

    TRY(instance_make(l->arena, l->data, STR("127.0.0.1:8080"), database, true));
    *ret_made = true;
    TRY(instance_open(l->arena, l->data, true, x));
    TRY(instance_start(x));
    return demo_fill(l->arena, x->store, x->keyring, &wish);
}

static int init_demo(struct line *l, const char *today_text, const char *database)
{
    struct instance x = { 0 };
    bool made = false;
    day today = day_at(clock_now_ms());

    if (today_text != NULL && !day_from_iso(str_of(today_text), &today)) {
        out_line(&out_terminal, "Write the day as --today 2026-03-02.");
        return 2;
    }
    err e = fill_demo(l, &x, today, database, &made);

    if (e != NULL) {
        out_err(&out_terminal, l->arena, e);
    } else {
        say_key(l);
        out_line(&out_terminal,
                 "The demo city is in %s. Passwords of its staff: %s/passwords", l->data,
                 l->data);
        out_line(&out_terminal, "Case numbers and codes to follow a case with: %s/receipts",
                 l->data);
    }
    instance_close(&x);
    if (e != NULL && made) {
        instance_unmake(l->arena, l->data, &x);
    }
    return e == NULL ? 0 : 1;
}

int command_init(struct line *l)
{
    static const char usage[] =
        "init [--demo [--today YYYY-MM-DD]] [--database postgresql://…]\n"
        "       bianmin init --city NAME --office KEY=NAME --pack DIR [--database …]";
    const char *database = line_option(l, "--database");
    const char *city = line_option(l, "--city"), *office = line_option(l, "--office");
    const char *pack = line_option(l, "--pack"), *today = line_option(l, "--today");
    bool demo = line_flag(l, "--demo");

    if (!line_is(l, 0, usage)) {
        return 2;
    }
    if (demo && city == NULL && office == NULL) {
        return init_demo(l, today, database);
    }
    if (!demo && city == NULL && office == NULL && pack == NULL && today == NULL) {
        return init_bare(l, database);
    }
    if (demo || today != NULL || city == NULL || office == NULL) {
        fprintf(stderr, "Usage: bianmin %s\n", usage);
        return 2;
    }
    return init_city(l, city, office, pack, database);
}
