/* user — `user add NAME@OFFICE --duty D --unit U`: a colleague, and a one-time link with
 * which he sets his password.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/acts.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/clock/clock.h"
#include "host/store/store.h"
#include "kernel/session/password.h"
#include "kernel/session/session.h"

#define LINK_MS INT64_C(259200000) /* three days */

struct user_wish {
    int64_t now_ms;
    struct staff staff;
    str token, token_hash;
};

static err user_run(void *context, struct arena *a, struct tx *tx)
{
    const struct user_wish *w = context;
    const struct actor who = { .agency = w->staff.agency };

    TRY(staff_put(a, tx, &who, w->now_ms, &w->staff, day_at(w->now_ms)));
    return ticket_put(a, tx, TICKET_PASSWORD, w->token_hash, w->staff.agency, w->staff.id,
                      w->now_ms + LINK_MS);
}

static err read_duties(struct arena *a, str list, duty_set *ret)
{
    str rest = list, key;

    while (rest.at != NULL && str_cut(&rest, ',', &key)) {
        enum duty d;

        if (!duty_from_key(str_trim(key), &d)) {
            struct buf known;

            buf_init(&known, a, 1000);
            for (int i = 0; i < DUTY_COUNT; i++) {
                buf_format(&known, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(duty_key[i]));
            }
            FAIL(a, ERR_INPUT,
                 SAY("There is no duty {duty}. Known are: {known}.", SAY_TEXT("duty", key),
                     SAY_TEXT("known", buf_str(&known))),
                 STR("duty"), "unknown duty");
        }
        *ret |= DUTY(d);
    }
    return NULL;
}

static err read_unit(struct arena *a, struct snap *snap, int64_t agency, str key,
                     int64_t *ret)
{
    struct unit *list = NULL;
    size_t count = 0;
    struct buf known;

    buf_init(&known, a, 4000);
    TRY(unit_list(a, snap, agency, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].key, key)) {
            *ret = list[i].id;
            return NULL;
        }
        buf_format(&known, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(list[i].key));
    }
    FAIL(a, ERR_INPUT,
         SAY("The office has no unit {unit}. It has: {known}.", SAY_TEXT("unit", key),
             SAY_TEXT("known", buf_str(&known))),
         STR("unit"), "unknown unit");
}

static err user_read(struct instance *x, struct arena *a, const struct json *request,
                     struct user_wish *w)
{
    str sign_name, agency_key, name = json_text_of(request, STR("name"));
    struct agency agency;
    struct snap *snap = NULL;

    if (!sign_name_split(json_text_of(request, STR("sign_name")), &sign_name,
                         &agency_key)) {
        FAIL(a, ERR_INPUT, SAY("Write the sign-in name as clerk@district."),
             STR("sign_name"), "no name@office");
    }
    w->now_ms = clock_now_ms();
    TRY(snap_begin(a, x->store, &snap));
    TRY(find_agency(a, snap, agency_key, &agency));
    w->staff = (struct staff){
        .id = id_next(&x->ids, w->now_ms),
        .agency = agency.id,
        .sign_name = str_lower(a, sign_name),
        .name = name.len > 0 ? name : sign_name,
        .active = true,
    };
    TRY(read_unit(a, snap, agency.id, json_text_of(request, STR("unit")), &w->staff.unit));
    snap_end(snap);
    TRY(read_duties(a, json_text_of(request, STR("duties")), &w->staff.duties));
    TRY(session_token(a, x->keyring, &w->token, &w->token_hash));
    w->token_hash = ticket_hash(a, x->keyring, w->token);
    return NULL;
}

int act_user_add(struct instance *x, struct arena *a, const struct json *request,
                 const struct out *o)
{
    struct user_wish w = { 0 };
    err e = user_read(x, a, request, &w);

    e = e != NULL ? e : store_commit(x->store, a, w.staff.agency, user_run, &w);
    if (e != NULL) {
        out_err(o, a, e);
        return 1;
    }
    out_line(o, "The password is set here, once, within three days:");
    out_line(o, "%.*s", STR_ARG(instance_link(x, a, "/staff/ticket/", w.token)));
    return 0;
}

int command_user(struct line *l)
{
    static const char usage[] =
        "user add NAME@OFFICE --duty DUTY --unit UNIT [--name NAME]";
    const char *unit = line_option(l, "--unit"), *name = line_option(l, "--name"), *duty;
    struct buf duties, b;
    struct json_writer w;

    buf_init(&duties, l->arena, 1000);
    while ((duty = line_option(l, "--duty")) != NULL) {
        buf_format(&duties, "%s%s", duties.len > 0 ? "," : "", duty);
    }
    if (!line_is(l, 2, usage) || strcmp(l->words[0], "add") != 0 || unit == NULL ||
        duties.len == 0) {
        fprintf(stderr, "Usage: bianmin %s\n", usage);
        return 2;
    }
    buf_init(&b, l->arena, 8000);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("sign_name"), str_of(l->words[1]));
    json_put_text(&w, STR("unit"), str_of(unit));
    json_put_text(&w, STR("name"), str_of(name));
    json_put_text(&w, STR("duties"), buf_str(&duties));
    json_end_object(&w);
    return act_ask(l, "user.add", buf_str(&b));
}
