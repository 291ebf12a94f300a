/* settings — changing people: add, duties, deputy, absence, new one-time link.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/day.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/settings/settings_rules.h"
#include "feature/settings/settings_store.h"
#include "feature/settings/settings_web.h"
#include "settings_link.view.h"

static bool is_colleague(const struct staff *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            return true;
        }
    }
    return false;
}

/* POST: save, and for a new colleague the first link. */
struct person_wish {
    struct staff staff;
    bool is_new;
    str token, token_hash;
};
struct person_made {
    bool is_new;
};

static duty_set duties_read(struct ask *q)
{
    str values[DUTY_COUNT];
    size_t n = ask_fields(q, STR("duty"), values, DUTY_COUNT);
    duty_set set = 0;

    for (size_t i = 0; i < n; i++) {
        enum duty d;

        if (duty_from_key(values[i], &d)) {
            set |= DUTY(d);
        }
    }
    return set;
}

str settings_sign_name_read(struct ask *q)
{
    str name = str_lower(q->arena, ask_field(q, "sign_name"));

    if (!settings_is_sign_name(name)) {
        mistake_add(&q->mistakes, STR("sign_name"),
                    SAY("Use small letters, digits, dot and hyphen; begin with a letter."));
    }
    return name;
}

/* References must be of this office. */
static err unit_read(struct ask *q, struct staff *s)
{
    struct unit *units;
    size_t count;
    bool known = false;

    if (!id_parse(ask_field(q, "unit"), &s->unit)) {
        s->unit = 0;
    }
    TRY(unit_list(q->arena, q->snap, q->agency->id, &units, &count));
    for (size_t i = 0; i < count; i++) {
        known = known || units[i].id == s->unit;
    }
    if (!known) {
        mistake_add(&q->mistakes, STR("unit"), SAY("Choose a unit."));
    }
    return NULL;
}

static err people_read(struct ask *q, struct staff *s)
{
    struct staff *people;
    size_t count;

    s->deputy = 0;
    (void)id_parse(ask_field(q, "deputy"), &s->deputy);
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    if (s->deputy != 0 && (s->deputy == s->id || !is_colleague(people, count, s->deputy))) {
        mistake_add(&q->mistakes, STR("deputy"), SAY("Choose a colleague."));
    }
    for (size_t i = 0; i < count; i++) {
        if (people[i].id != s->id && str_equal(people[i].sign_name, s->sign_name)) {
            mistake_add(&q->mistakes, STR("sign_name"),
                        SAY("A colleague has this sign-in name already. Choose another."));
        }
    }
    return NULL;
}

static void keep_admin(struct ask *q, const struct staff *s)
{
    if (s->id == q->actor.staff && ((s->duties & DUTY(DUTY_ADMIN)) == 0 || !s->active)) {
        mistake_add(&q->mistakes, STR("duty"),
                    SAY("You cannot take the administration from yourself. "
                        "Let a colleague do it."));
    }
}

static err person_check(struct ask *q, struct person_wish *ret_wish)
{
    struct staff *s = &ret_wish->staff;

    TRY(settings_person_known(q, s));
    s->name = ask_field(q, "name");
    if (str_is_empty(s->name)) {
        mistake_add(&q->mistakes, STR("name"), SAY("Write the name."));
    }
    ret_wish->is_new = s->id == 0;
    if (ret_wish->is_new) {
        s->id = ask_new_id(q);
        s->agency = q->agency->id;
        s->sign_name = settings_sign_name_read(q);
        TRY(session_token(q->arena, q->keyring, &ret_wish->token, &ret_wish->token_hash));
    } else {
        s->active = str_equal(ask_field(q, "active"), STR("1"));
    }
    s->title = ask_field(q, "title");
    s->telephone = ask_field(q, "telephone");
    TRY(unit_read(q, s));
    s->duties = duties_read(q);
    if (s->duties == 0) {
        mistake_add(&q->mistakes, STR("duty"), SAY("Choose at least one duty."));
    }
    TRY(people_read(q, s));
    keep_admin(q, s);
    return settings_refuse(q);
}

#define LINK_MS INT64_C(259200000) /* three days */

static err person_commit(struct ask *q, struct tx *tx, const struct person_wish *wish,
                         struct person_made *ret_made)
{
    const struct staff *s = &wish->staff;

    ret_made->is_new = wish->is_new;
    TRY(staff_put(q->arena, tx, &q->actor, q->now_ms, s, q->today));
    if (wish->is_new) {
        TRY(ticket_put(q->arena, tx, TICKET_PASSWORD, wish->token_hash, s->agency, s->id,
                       q->now_ms + LINK_MS));
        return settings_event(tx, s->agency, q->actor.staff, s->id, q->now_ms,
                              "staff.link_made");
    }
    return s->active ? NULL : session_end_all(q->arena, tx, s->agency, s->id);
}

static err link_page(struct ask *q, struct reply *r, str name, str token)
{
    const struct page page = settings_page(q, SAY("One-time link"));
    const struct settings_link p = {
        .name = name,
        .address = url_absolute(q, link_to1(q, "identity.ticket", token)),
        .people = link_to(q, "settings.people"),
    };

    return REPLY_VIEW(q, r, &page, settings_link, &p);
}

static err person_reply(struct ask *q, struct reply *r, const struct person_made *made)
{
    const struct person_wish *wish = q->wish;

    if (made->is_new) {
        return link_page(q, r, wish->staff.name, wish->token);
    }
    return reply_see(q, r,
                     url_with(q, link_to1(q, "settings.person",
                                          id_text(q->arena, wish->staff.id)),
                              "saved", STR("1")));
}

BEATS_OUT(person, settings_person_beats, struct person_wish, struct person_made)

/* POST /staff/settings/people/{id}/link: shown once, in the answer itself. */
struct link_wish {
    int64_t staff;
    str name, token, token_hash;
};
struct link_made {
    int nothing;
};

static err link_check(struct ask *q, struct link_wish *ret_wish)
{
    struct staff s;

    TRY(settings_person_known(q, &s));
    ret_wish->staff = s.id;
    ret_wish->name = s.name;
    return session_token(q->arena, q->keyring, &ret_wish->token, &ret_wish->token_hash);
}

static err link_commit(struct ask *q, struct tx *tx, const struct link_wish *wish,
                       struct link_made *ret_made)
{
    ret_made->nothing = 0;
    TRY(ticket_put(q->arena, tx, TICKET_PASSWORD, wish->token_hash, q->agency->id,
                   wish->staff, q->now_ms + LINK_MS));
    TRY(session_end_all(q->arena, tx, q->agency->id, wish->staff));
    return settings_event(tx, q->agency->id, q->actor.staff, wish->staff, q->now_ms,
                          "staff.link_made");
}

static err link_reply(struct ask *q, struct reply *r, const struct link_made *made)
{
    const struct link_wish *wish = q->wish;

    (void)made;
    return link_page(q, r, wish->name, wish->token);
}

BEATS_OUT(link, settings_link_beats, struct link_wish, struct link_made)

/* POST /staff/settings/people/{id}/away */
struct away_wish {
    int64_t staff;
    day from, until;
};
struct away_made {
    int64_t staff;
};

static void day_field(struct ask *q, const char *name, day *ret)
{
    if (!day_parse(ask_field(q, name), ret)) {
        mistake_add(&q->mistakes, str_of(name),
                    SAY("Write the day as {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    }
}

static err away_check(struct ask *q, struct away_wish *ret_wish)
{
    struct staff s;

    TRY(settings_person_known(q, &s));
    ret_wish->staff = s.id;
    day_field(q, "from", &ret_wish->from);
    day_field(q, "until", &ret_wish->until);
    if (q->mistakes.count == 0 && ret_wish->until < ret_wish->from) {
        mistake_add(&q->mistakes, STR("until"), SAY("The last day is before the first."));
    }
    return settings_refuse(q);
}

static err away_commit(struct ask *q, struct tx *tx, const struct away_wish *wish,
                       struct away_made *ret_made)
{
    ret_made->staff = wish->staff;
    return staff_away(q->arena, tx, &q->actor, q->now_ms, q->agency->id, wish->staff,
                      wish->from, wish->until);
}

static err away_reply(struct ask *q, struct reply *r, const struct away_made *made)
{
    return reply_see(
        q, r,
        url_with(q, link_to1(q, "settings.person", id_text(q->arena, made->staff)), "saved",
                 STR("1")));
}

BEATS_OUT(away, settings_away_beats, struct away_wish, struct away_made)
