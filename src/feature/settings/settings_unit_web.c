/* settings — units: list, add, change.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/settings/settings_rules.h"
#include "feature/settings/settings_web.h"
#include "settings_units.view.h"

static const struct unit *unit_of(const struct unit *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            return &list[i];
        }
    }
    return NULL;
}

static int64_t wanted_unit(const struct ask *q)
{
    int64_t id = 0;

    (void)id_parse(q->method == POST ? ask_field(q, "id") : ask_param(q, "unit"), &id);
    return id;
}

static void fields_of(struct ask *q, const struct unit *known, struct settings_units *p)
{
    const struct unit none = { 0 };
    const struct unit *u = known != NULL ? known : &none;

    p->editing = known != NULL;
    p->id = p->editing ? id_text(q->arena, u->id) : STR("");
    p->name = settings_label_of(q, "name", &SAY("Name of the unit"), &u->name);
    p->key = entry_of(q, "key", &SAY("Key"),
                      &SAY("Small letters, as definitions name the unit: civil_affairs"),
                      u->key);
    p->telephone = entry_of(q, "telephone", &SAY("Telephone"), NULL,
                            u->telephone);
    p->telephone.optional = true;
}

err settings_units(struct ask *q, struct reply *r)
{
    const struct page page = settings_page(q, SAY("Units"));
    struct settings_units p = {
        .form_token = q->session.form_token,
        .to = link_to(q, "settings.unit_save"),
        .fresh = link_to(q, "settings.units"),
        .saved = str_equal(ask_param(q, "saved"), STR("1")),
        .mistakes = shell_mistakes(q),
    };
    struct unit *units;
    struct settings_unit_row *rows;

    TRY(unit_list(q->arena, q->snap, q->agency->id, &units, &p.units_count));
    rows = ARENA_ARRAY(q->arena, p.units_count + 1, struct settings_unit_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p.units_count; i++) {
        rows[i] = (struct settings_unit_row){
            .key = units[i].key,
            .telephone = units[i].telephone,
            .name = units[i].name,
            .link = url_with(q, p.fresh, "unit", id_text(q->arena, units[i].id)),
        };
    }
    p.units = rows;
    p.none = p.units_count == 0;
    fields_of(q, unit_of(units, p.units_count, wanted_unit(q)), &p);
    return REPLY_VIEW(q, r, &page, settings_units, &p);
}

/* POST /staff/settings/units */
struct unit_made {
    int nothing;
};

static err unit_check(struct ask *q, struct unit *ret_wish)
{
    struct unit *units;
    size_t count;
    int64_t id = wanted_unit(q);

    TRY(unit_list(q->arena, q->snap, q->agency->id, &units, &count));
    ret_wish->id = unit_of(units, count, id) != NULL ? id : ask_new_id(q);
    ret_wish->key = ask_field(q, "key");
    ret_wish->name = settings_label_read(q, "name");
    ret_wish->telephone = ask_field(q, "telephone");
    if (str_is_empty(ret_wish->name.in[LANG_ZH])) {
        mistake_add(&q->mistakes, STR("name.zh"), SAY("Write the name of the unit."));
    }
    if (!settings_is_key(ret_wish->key)) {
        mistake_add(&q->mistakes, STR("key"),
                    SAY("Use small letters, digits and _; begin with a letter."));
    }
    for (size_t i = 0; i < count; i++) {
        if (units[i].id != ret_wish->id && str_equal(units[i].key, ret_wish->key)) {
            mistake_add(&q->mistakes, STR("key"),
                        SAY("Another unit has this key already."));
        }
    }
    return settings_refuse(q);
}

static err unit_commit(struct ask *q, struct tx *tx, const struct unit *wish,
                       struct unit_made *ret_made)
{
    ret_made->nothing = 0;
    return unit_put(q->arena, tx, &q->actor, q->now_ms, q->agency->id, wish);
}

static err unit_reply(struct ask *q, struct reply *r, const struct unit_made *made)
{
    (void)made;
    return reply_see(q, r, url_with(q, link_to(q, "settings.units"), "saved", STR("1")));
}

BEATS_OUT(unit, settings_unit_beats, struct unit, struct unit_made)
