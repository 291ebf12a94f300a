/* settings — routes, the start page, the profile of the office.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/settings/settings.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/settings/settings_web.h"
#include "kernel/form/form.h"
#include "settings_index.view.h"
#include "settings_office.view.h"

struct settings_label settings_label_of(struct ask *q, const char *name,
                                        const struct words *text, const struct label *known)
{
    struct settings_label l = { .text = *text };
    struct entry *each[LANG_COUNT] = { &l.zh, &l.en, &l.ja };
    const struct words languages[LANG_COUNT] = { SAY("Chinese"), SAY("English"),
                                                 SAY("Japanese") };

    for (int i = 0; i < LANG_COUNT; i++) {
        const char *field =
            str_z(q->arena, str_format(q->arena, "%s.%.*s", name, STR_ARG(lang_key[i])));

        *each[i] = entry_of(q, field, &languages[i], NULL, known->in[i]);
        each[i]->optional = i != LANG_ZH;
    }
    return l;
}

struct label settings_label_read(struct ask *q, const char *name)
{
    struct label l;

    for (int i = 0; i < LANG_COUNT; i++) {
        l.in[i] = ask_field(q, str_z(q->arena, str_format(q->arena, "%s.%.*s", name,
                                                          STR_ARG(lang_key[i]))));
    }
    return l;
}

struct settings_profile settings_profile_of(struct ask *q, const struct agency *known)
{
    struct settings_profile p = {
        .name = settings_label_of(q, "name", &SAY("Name of the office"), &known->name),
        .short_name = settings_label_of(q, "short", &SAY("Short name"), &known->short_name),
        .address = settings_label_of(q, "address", &SAY("Address"), &known->address),
        .hours = settings_label_of(q, "hours", &SAY("Opening hours"), &known->hours),
        .telephone = entry_of(q, "telephone", &SAY("Telephone"), NULL, known->telephone),
        .email = entry_of(q, "email", &SAY("E-mail"), NULL, known->email),
        .map = entry_of(q, "map", &SAY("Link to a map"), &SAY("Begins with https://"),
                        known->map_url),
    };

    p.short_name.zh.optional = true;
    p.telephone.type = STR("tel");
    p.email.type = STR("email");
    p.email.optional = true;
    p.map.optional = true;
    return p;
}

static void need(struct ask *q, const char *field, str value, struct words say)
{
    if (str_is_empty(value)) {
        mistake_add(&q->mistakes, str_of(field), say);
    }
}

void settings_profile_read(struct ask *q, struct agency *io_agency)
{
    io_agency->name = settings_label_read(q, "name");
    io_agency->short_name = settings_label_read(q, "short");
    io_agency->address = settings_label_read(q, "address");
    io_agency->hours = settings_label_read(q, "hours");
    io_agency->telephone = ask_field(q, "telephone");
    io_agency->email = ask_field(q, "email");
    io_agency->map_url = ask_field(q, "map");
    need(q, "name.zh", io_agency->name.in[LANG_ZH], SAY("Write the name of the office."));
    need(q, "address.zh", io_agency->address.in[LANG_ZH], SAY("Write the address."));
    need(q, "hours.zh", io_agency->hours.in[LANG_ZH],
         SAY("Write when the office is open."));
    need(q, "telephone", io_agency->telephone, SAY("Write the telephone number."));
    if (!str_is_empty(io_agency->map_url) &&
        !str_starts(io_agency->map_url, STR("https://"))) {
        mistake_add(&q->mistakes, STR("map"), SAY("Begin the link with https://."));
    }
    if (!str_is_empty(io_agency->email) && !email_is_valid(io_agency->email)) {
        mistake_add(&q->mistakes, STR("email"),
                    SAY("Write the e-mail as name@example.tw."));
    }
}

err settings_refuse(struct ask *q)
{
    if (q->mistakes.count == 0) {
        return NULL;
    }
    FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
         "%zu mistakes", q->mistakes.count);
}

struct page settings_page(struct ask *q, struct words title)
{
    struct page_crumb *crumb = ARENA_NEW(q->arena, struct page_crumb);
    struct page page = { .title = title, .current = "settings.index", .wide = true };

    if (crumb != NULL) {
        *crumb = (struct page_crumb){ SAY("Settings"), link_to(q, "settings.index") };
        page.crumbs = crumb;
        page.crumbs_count = 1;
    }
    return page;
}

/* GET /staff/settings */
static err index_show(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Settings"), .current = "settings.index" };
    const struct settings_item items[] = {
        { link_to(q, "settings.office"), SAY("Office profile"),
          SAY("Names, address, telephone and hours on every page.") },
        { link_to(q, "settings.units"), SAY("Units"), SAY("The units of the office.") },
        { link_to(q, "settings.people"), SAY("People and duties"),
          SAY("Who works here, with which duties, who stands in; one-time links.") },
        { link_to(q, "settings.definitions"), SAY("Definitions"),
          SAY("Services and what else is declared, with versions.") },
        { link_to(q, "settings.authority"), SAY("Delegation-of-authority table"),
          SAY("Which level decides which matter.") },
    };
    /* The city has people, and no services of its own. */
    const size_t of_city = 3;
    const struct settings_index p = { items, q->agency->id == AGENCY_CITY
                                                 ? of_city
                                                 : sizeof(items) / sizeof(items[0]) };

    return REPLY_VIEW(q, r, &page, settings_index, &p);
}

/* GET, POST /staff/settings/office */
static err office(struct ask *q, struct reply *r)
{
    const struct page page = settings_page(q, SAY("Office profile"));
    const struct settings_office p = {
        .form_token = q->session.form_token,
        .to = link_to(q, "settings.office_save"),
        .profile = settings_profile_of(q, q->agency),
        .saved = str_equal(ask_param(q, "saved"), STR("1")),
        .mistakes = shell_mistakes(q),
    };

    return REPLY_VIEW(q, r, &page, settings_office, &p);
}

struct office_made {
    int nothing;
};

static err office_check(struct ask *q, struct agency *ret_wish)
{
    *ret_wish = *q->agency;
    settings_profile_read(q, ret_wish);
    return settings_refuse(q);
}

static err office_commit(struct ask *q, struct tx *tx, const struct agency *wish,
                         struct office_made *ret_made)
{
    ret_made->nothing = 0;
    return agency_put(q->arena, tx, &q->actor, q->now_ms, wish);
}

static err office_reply(struct ask *q, struct reply *r, const struct office_made *made)
{
    (void)made;
    return reply_see(q, r, url_with(q, link_to(q, "settings.office"), "saved", STR("1")));
}

BEATS(office, struct agency, struct office_made)

#define ADMIN MAY_DUTY, DUTY(DUTY_ADMIN)

static const struct route routes[] = {
    { GET, "/staff/settings", "settings.index", ADMIN, .of_city = true, .show = index_show,
      .help = MSG("Settings of the office") },
    { GET, "/staff/settings/office", "settings.office", ADMIN, .of_city = true,
      .show = office, .help = MSG("Office profile") },
    { POST, "/staff/settings/office", "settings.office_save", ADMIN, .of_city = true,
      .beats = &office_beats, .again = office, .help = MSG("Office profile") },
    { GET, "/staff/settings/units", "settings.units", ADMIN, .of_city = true,
      .show = settings_units, .help = MSG("Units") },
    { POST, "/staff/settings/units", "settings.unit_save", ADMIN, .of_city = true,
      .beats = &settings_unit_beats, .again = settings_units, .help = MSG("Units") },
    { GET, "/staff/settings/people", "settings.people", ADMIN, .of_city = true,
      .show = settings_people, .help = MSG("People and duties") },
    { GET, "/staff/settings/people/new", "settings.person_new", ADMIN, .of_city = true,
      .show = settings_person, .help = MSG("Add a colleague") },
    { POST, "/staff/settings/people/new", "settings.person_add", ADMIN, .of_city = true,
      .beats = &settings_person_beats, .again = settings_person,
      .help = MSG("Add a colleague") },
    { GET, "/staff/settings/people/{id}", "settings.person", ADMIN, .of_city = true,
      .show = settings_person, .help = MSG("One colleague") },
    { POST, "/staff/settings/people/{id}", "settings.person_save", ADMIN, .of_city = true,
      .beats = &settings_person_beats, .again = settings_person,
      .help = MSG("One colleague") },
    { POST, "/staff/settings/people/{id}/link", "settings.person_link", ADMIN,
      .of_city = true, .beats = &settings_link_beats, .again = settings_person,
      .help = MSG("Make a new link") },
    { POST, "/staff/settings/people/{id}/away", "settings.person_away", ADMIN,
      .of_city = true, .beats = &settings_away_beats, .again = settings_person,
      .help = MSG("Enter the absence") },
    { GET, "/staff/settings/definitions", "settings.definitions", ADMIN,
      .show = settings_definitions, .help = MSG("Definitions") },
    { GET, "/staff/settings/definitions/load", "settings.load", ADMIN,
      .show = settings_load, .help = MSG("Load a definition") },
    { POST, "/staff/settings/definitions/load", "settings.load_save", ADMIN,
      .beats = &settings_load_beats, .again = settings_load, .body_max = (size_t)1 << 20,
      .takes_files = true, .help = MSG("Load a definition") },
    { GET, "/staff/settings/authority", "settings.authority", MAY_STAFF,
      .show = settings_authority, .help = MSG("Delegation-of-authority table") },
    { GET, "/staff/setup/{token}", "settings.setup", MAY_ANYONE, .show = settings_setup,
      .help = MSG("Set up your office") },
    { POST, "/staff/setup/{token}", "settings.setup_save", MAY_ANYONE,
      .beats = &settings_setup_beats, .again = settings_setup, .lane = LANE_SLOW,
      .help = MSG("Set up your office") },
};

static const struct menu_entry menu[] = {
    { "settings.index", MSG("Settings"), true, DUTY(DUTY_ADMIN), "g s", false,
      .group = MENU_OFFICE },
    { "settings.authority", MSG("Delegation-of-authority table"), true,
      DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) |
          DUTY(DUTY_DISPATCHER) | DUTY(DUTY_COORDINATOR) | DUTY(DUTY_AUDITOR),
      NULL, false, .group = MENU_OFFICE },
};

const struct feature settings_feature = {
    .name = "settings",
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
    .menu = menu,
    .menu_count = sizeof(menu) / sizeof(menu[0]),
};
