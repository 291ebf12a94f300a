/* settings — the first quarter of an hour: a one-time link opens one page; it fills the
 * profile, makes units and the first administrator, publishes services, and signs in.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/settings/settings_rules.h"
#include "feature/settings/settings_store.h"
#include "feature/settings/settings_web.h"
#include "host/seal/seal.h"
#include "kernel/office/office.h"
#include "kernel/pack/pack.h"
#include "kernel/service/service.h"
#include "kernel/session/password.h"
#include "settings_setup.view.h"

#define SERVICES_MOST 200

struct setup_office {
    struct agency agency;
    struct unit *units;
    size_t units_count;
    struct definition *definitions;
    size_t definitions_count;
    struct catalog *catalog; /* of what lies ready */
};

static void release(void *catalog)
{
    catalog_release(catalog);
}

static err offered_catalog(struct ask *q, struct setup_office *o)
{
    struct mistakes ignored;
    size_t kinds_count;
    const struct pack_kind *const *kinds = ask_kinds(q, &kinds_count);

    mistakes_init(&ignored, q->arena);
    TRY(settings_ready_list(q->arena, q->snap, o->agency.id, &o->definitions,
                            &o->definitions_count));
    TRY(catalog_build(kinds, kinds_count, o->agency.id, o->definitions,
                      o->definitions_count, &ignored, &o->catalog));
    return arena_defer(q->arena, release, o->catalog) ? NULL : err_no_memory;
}

static err setup_find(struct ask *q, struct setup_office *ret)
{
    int64_t agency, staff;
    struct agency *agencies;
    size_t count;
    err e = ticket_find(q->arena, q->snap, q->keyring, TICKET_SETUP, ask_path(q, "token"),
                        q->now_ms, &agency, &staff);

    if (e != NULL && e->kind == ERR_MISSING) {
        FAIL(q->arena, ERR_MISSING,
             SAY("This link has been used or has ended. On the server, bianmin user add "
                 "makes an account."),
             STR(""), "no ticket");
    }
    TRY(e);
    TRY(agency_list(q->arena, q->snap, &agencies, &count));
    for (size_t i = 0; i < count; i++) {
        if (agencies[i].id == agency) {
            ret->agency = agencies[i];
        }
    }
    TRY(unit_list(q->arena, q->snap, agency, &ret->units, &ret->units_count));
    return offered_catalog(q, ret);
}

/* GET /staff/setup/{token} */
static bool is_chosen(const struct ask *q, str key)
{
    str values[SERVICES_MOST];
    size_t n = q->method == POST ? ask_fields(q, STR("service"), values, SERVICES_MOST) : 0;

    for (size_t i = 0; i < n; i++) {
        if (str_equal(values[i], key)) {
            return true;
        }
    }
    return q->method != POST;
}

static err services_of(struct ask *q, const struct setup_office *o,
                       struct settings_setup *p)
{
    struct settings_service *list;

    p->services_count = catalog_count(o->catalog, "service");
    list = ARENA_ARRAY(q->arena, p->services_count + 1, struct settings_service);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->services_count; i++) {
        const struct service *s = catalog_at(o->catalog, "service", i);

        list[i] = (struct settings_service){
            .key = s->key, .name = s->name, .summary = s->summary,
            .chosen = is_chosen(q, s->key),
        };
    }
    p->services = list;
    p->has_services = p->services_count > 0;
    return NULL;
}

/* The units that the pack brought, one a line, as they would be typed. */
static str unit_lines(struct ask *q, const struct setup_office *o)
{
    struct buf b;

    buf_init(&b, q->arena, (size_t)16 << 10);
    for (size_t i = 0; i < o->units_count; i++) {
        buf_format(&b, "%.*s %.*s\n", STR_ARG(o->units[i].key),
                   STR_ARG(o->units[i].name.in[LANG_ZH]));
    }
    return buf_str(&b);
}

static struct entry secret(struct ask *q, const char *name, const struct words *label,
                           const struct words *hint)
{
    struct entry x = entry_of(q, name, label, hint, STR(""));

    x.type = STR("password");
    x.value = STR("");
    x.autocomplete = STR("new-password");
    return x;
}

static void person_entries(struct ask *q, const struct setup_office *o,
                           struct settings_setup *p)
{
    p->unit_names = entry_of(q, "units", &SAY("Units, one a line"),
                             &SAY("A key in small letters may stand before the name: "
                                 "civil_affairs, a blank, then the name"),
                             unit_lines(q, o));
    p->unit_names.is_long = true;
    p->person = entry_of(q, "person", &SAY("Your name"), NULL, STR(""));
    p->title = entry_of(q, "title", &SAY("Title"), NULL, STR(""));
    p->title.optional = true;
    p->sign_name =
        entry_of(q, "sign_name", &SAY("Sign-in name"),
                 &SAY("Small letters and digits. The office is added: {name}@{office}",
                      SAY_TEXT("name", STR("clerk")), SAY_TEXT("office", o->agency.key)),
                 STR(""));
    p->sign_name.autocomplete = STR("username");
    p->password = secret(q, "password", &SAY("New password"),
                         &SAY("At least twelve characters; "
                              "several words in a row are fine."));
    p->again = secret(q, "again", &SAY("The same again"), NULL);
}

err settings_setup(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Set up your office") };
    struct setup_office o = { 0 };
    struct settings_setup p = { .form_token = q->session.form_token };

    TRY(setup_find(q, &o));
    p.to = link_to1(q, "settings.setup_save", ask_path(q, "token"));
    p.city = o.agency.city;
    p.profile = settings_profile_of(q, &o.agency);
    person_entries(q, &o, &p);
    TRY(services_of(q, &o, &p));
    p.mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, settings_setup, &p);
}

/* POST /staff/setup/{token} */
struct setup_wish {
    struct agency agency;
    struct unit *units;
    size_t units_count;
    struct staff admin;
    str stored, ticket_hash;
    const struct definition *publish[SERVICES_MOST];
    size_t publish_count;
    struct session session;
    str token, token_hash;
};
struct setup_made {
    int nothing;
};

static void units_keep_ids(struct ask *q, const struct setup_office *o,
                           struct setup_wish *w)
{
    for (size_t i = 0; i < w->units_count; i++) {
        struct unit *u = &w->units[i];

        u->id = 0;
        for (size_t j = 0; j < o->units_count; j++) {
            if (str_equal(o->units[j].key, u->key)) {
                str zh = u->name.in[LANG_ZH];

                *u = o->units[j];
                u->name.in[LANG_ZH] = zh;
            }
        }
        u->id = u->id != 0 ? u->id : ask_new_id(q);
    }
}

static void admin_read(struct ask *q, struct setup_wish *w)
{
    struct password_wish password = {
        .password = ask_field(q, "password"), .again = ask_field(q, "again"),
    };

    w->admin = (struct staff){
        .id = ask_new_id(q), .agency = w->agency.id,
        .unit = w->units_count > 0 ? w->units[0].id : 0,
        .sign_name = settings_sign_name_read(q),
        .name = ask_field(q, "person"), .title = ask_field(q, "title"),
        .duties = DUTY(DUTY_ADMIN), .active = true,
    };
    if (str_is_empty(w->admin.name)) {
        mistake_add(&q->mistakes, STR("person"), SAY("Write the name."));
    }
    password.sign_name = w->admin.sign_name;
    password_check(q->arena, &password, &q->mistakes);
}

static void publish_read(struct ask *q, const struct setup_office *o, struct setup_wish *w)
{
    for (size_t i = 0; i < o->definitions_count; i++) {
        const struct definition *d = &o->definitions[i];

        if (is_chosen(q, d->key) && w->publish_count < SERVICES_MOST) {
            w->publish[w->publish_count++] = d;
        }
    }
}

static err setup_check(struct ask *q, struct setup_wish *ret_wish)
{
    struct setup_office o = { 0 };

    TRY(setup_find(q, &o));
    ret_wish->agency = o.agency;
    settings_profile_read(q, &ret_wish->agency);
    TRY(settings_unit_lines(q->arena, ask_field(q, "units"), STR("units"), &q->mistakes,
                            &ret_wish->units, &ret_wish->units_count));
    units_keep_ids(q, &o, ret_wish);
    admin_read(q, ret_wish);
    publish_read(q, &o, ret_wish);
    TRY(settings_refuse(q));
    ret_wish->ticket_hash = ticket_hash(q->arena, q->keyring, ask_path(q, "token"));
    ret_wish->session = (struct session){
        .id = ask_new_id(q), .agency = o.agency.id, .staff = ret_wish->admin.id,
        .began_ms = q->now_ms, .seen_ms = q->now_ms,
        .form_token = str_hex(q->arena, seal_random(q->arena, 16)),
    };
    TRY(session_token(q->arena, q->keyring, &ret_wish->token, &ret_wish->token_hash));
    return password_hash(q->arena, ask_field(q, "password"), &ret_wish->stored);
}

static err setup_commit(struct ask *q, struct tx *tx, const struct setup_wish *wish,
                        struct setup_made *ret_made)
{
    const struct actor who = { .agency = wish->agency.id, .staff = wish->admin.id };

    ret_made->nothing = 0;
    TRY(ticket_take(q->arena, tx, TICKET_SETUP, wish->ticket_hash, q->now_ms));
    TRY(agency_put(q->arena, tx, &who, q->now_ms, &wish->agency));
    for (size_t i = 0; i < wish->units_count; i++) {
        TRY(unit_put(q->arena, tx, &who, q->now_ms, wish->agency.id, &wish->units[i]));
    }
    TRY(staff_put(q->arena, tx, &who, q->now_ms, &wish->admin, q->today));
    TRY(staff_set_password(q->arena, tx, &who, q->now_ms, wish->agency.id, wish->admin.id,
                           wish->stored));
    for (size_t i = 0; i < wish->publish_count; i++) {
        const struct definition *d = wish->publish[i];
        bool changed;

        TRY(definition_put(q->arena, tx, &who, q->now_ms, d, &changed));
        TRY(settings_ready_drop(q->arena, tx, d->agency, d->kind, d->key));
    }
    return session_begin(q->arena, tx, &wish->session, wish->token_hash);
}

static err setup_reply(struct ask *q, struct reply *r, const struct setup_made *made)
{
    const struct setup_wish *wish = q->wish;

    (void)made;
    reply_session(q, r, wish->token);
    return reply_see_other(q, r, "settings.index", STR(""));
}

BEATS_OUT(setup, settings_setup_beats, struct setup_wish, struct setup_made)
