/* settings — people: the list, and the page of one colleague.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/day.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/settings/settings_web.h"
#include "host/lang/lang.h"
#include "settings_people.view.h"
#include "settings_person.view.h"

static err everybody(struct ask *q, struct staff **ret, size_t *ret_count)
{
    return staff_list(q->arena, q->snap, q->agency->id, q->today, ret, ret_count);
}

static const struct staff *one_of(const struct staff *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            return &list[i];
        }
    }
    return NULL;
}

/* GET /staff/settings/people */
static err duties_of(struct ask *q, duty_set set, struct settings_person_row *row)
{
    struct words *list = ARENA_ARRAY(q->arena, DUTY_COUNT, struct words);

    if (list == NULL) {
        return err_no_memory;
    }
    for (int d = 0; d < DUTY_COUNT; d++) {
        if ((set & DUTY(d)) != 0) {
            list[row->duties_count++] = words_of(duty_name[d]);
        }
    }
    row->duties = list;
    return NULL;
}

static struct label unit_name(const struct unit *units, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (units[i].id == id) {
            return units[i].name;
        }
    }
    return (struct label){ 0 };
}

err settings_people(struct ask *q, struct reply *r)
{
    const struct page page = settings_page(q, SAY("People and duties"));
    struct settings_people p = { .fresh = link_to(q, "settings.person_new") };
    struct staff *people;
    struct unit *units;
    size_t units_count;
    struct settings_person_row *rows;

    TRY(everybody(q, &people, &p.people_count));
    TRY(unit_list(q->arena, q->snap, q->agency->id, &units, &units_count));
    rows = ARENA_ARRAY(q->arena, p.people_count + 1, struct settings_person_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p.people_count; i++) {
        const struct staff *s = &people[i];
        const struct staff *deputy = one_of(people, p.people_count, s->deputy);

        rows[i] = (struct settings_person_row){
            .name = s->name, .title = s->title, .sign_name = s->sign_name,
            .active = s->active, .unit = unit_name(units, units_count, s->unit),
            .deputy = deputy != NULL ? deputy->name : STR(""),
            .link = link_to1(q, "settings.person", id_text(q->arena, s->id)),
        };
        TRY(duties_of(q, s->duties, &rows[i]));
    }
    p.people = rows;
    return REPLY_VIEW(q, r, &page, settings_people, &p);
}

/* GET /staff/settings/people/new and /{id} */
static bool is_new(const struct ask *q)
{
    return str_is_empty(ask_path(q, "id"));
}

err settings_person_known(struct ask *q, struct staff *ret)
{
    int64_t id;

    *ret = (struct staff){ .active = true };
    if (is_new(q)) {
        return NULL;
    }
    TRY(ask_path_id(q, "id", &id));
    return staff_by_id(q->arena, q->snap, q->agency->id, id, q->today, ret);
}

static bool was_sent(const struct ask *q, const char *name, str value)
{
    str values[DUTY_COUNT * 2];
    size_t n = ask_fields(q, str_of(name), values, DUTY_COUNT * 2);

    for (size_t i = 0; i < n; i++) {
        if (str_equal(values[i], value)) {
            return true;
        }
    }
    return false;
}

/* The form of the person itself was posted (not its link or absence). */
static bool is_posted(const struct ask *q)
{
    return q->method == POST && str_equal(ask_field(q, "what"), STR("person"));
}

static err units_of(struct ask *q, int64_t unit, struct settings_person *p)
{
    struct unit *units;
    struct settings_option *o;

    TRY(unit_list(q->arena, q->snap, q->agency->id, &units, &p->units_count));
    o = ARENA_ARRAY(q->arena, p->units_count + 1, struct settings_option);
    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->units_count; i++) {
        str id = id_text(q->arena, units[i].id);

        o[i] = (struct settings_option){
            .value = id,
            .text = label_in(&units[i].name, q->lang),
            .chosen = is_posted(q) ? str_equal(ask_field(q, "unit"), id)
                                   : units[i].id == unit,
        };
    }
    p->units = o;
    return NULL;
}

static err duty_options(struct ask *q, duty_set set, struct settings_person *p)
{
    struct settings_option *o = ARENA_ARRAY(q->arena, DUTY_COUNT, struct settings_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int d = 0; d < DUTY_COUNT; d++) {
        o[d] = (struct settings_option){
            .value = duty_key[d],
            .text = lang_text(q->lang, duty_name[d]),
            .chosen = is_posted(q) ? was_sent(q, "duty", duty_key[d])
                                   : (set & DUTY(d)) != 0,
        };
    }
    p->duties = o;
    p->duties_count = DUTY_COUNT;
    return NULL;
}

static err deputies_of(struct ask *q, const struct staff *known, struct settings_person *p)
{
    struct staff *people;
    size_t count;
    struct settings_option *o;

    TRY(everybody(q, &people, &count));
    o = ARENA_ARRAY(q->arena, count + 1, struct settings_option);
    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        str id = id_text(q->arena, people[i].id);

        if (!people[i].active || people[i].id == known->id) {
            continue;
        }
        o[p->deputies_count++] = (struct settings_option){
            .value = id,
            .text = str_format(q->arena, "%.*s %.*s", STR_ARG(people[i].name),
                               STR_ARG(people[i].title)),
            .chosen = is_posted(q) ? str_equal(ask_field(q, "deputy"), id)
                                   : people[i].id == known->deputy,
        };
    }
    p->deputies = o;
    return NULL;
}

static void entries_of(struct ask *q, const struct staff *known, struct settings_person *p)
{
    str example = day_short(q->arena, q->today, q->lang);

    p->name = entry_of(q, "name", &SAY("Name"), NULL, known->name);
    p->title = entry_of(q, "title", &SAY("Title"), &SAY("As on the door and in letters"),
                        known->title);
    p->title.optional = true;
    p->sign_name =
        entry_of(q, "sign_name", &SAY("Sign-in name"),
                 &SAY("Small letters and digits. The office is added: {name}@{office}",
                      SAY_TEXT("name", STR("clerk")), SAY_TEXT("office", q->agency->key)),
                 known->sign_name);
    p->telephone = entry_of(q, "telephone", &SAY("Telephone"), &SAY("With extension"),
                            known->telephone);
    p->telephone.optional = true;
    p->away_from = entry_of(q, "from", &SAY("First day"),
                            &SAY("For example {day}", SAY_TEXT("day", example)), STR(""));
    p->away_from.is_short = true;
    p->away_until = entry_of(q, "until", &SAY("Last day"), NULL, STR(""));
    p->away_until.is_short = true;
}

static void links_of(struct ask *q, const struct staff *known, struct settings_person *p)
{
    str id = id_text(q->arena, known->id);

    p->is_new = known->id == 0;
    p->active = is_posted(q) ? str_equal(ask_field(q, "active"), STR("1")) : known->active;
    p->name_now = known->name;
    p->sign_name_now = str_format(q->arena, "%.*s@%.*s", STR_ARG(known->sign_name),
                                  STR_ARG(q->agency->key));
    p->to = p->is_new ? link_to(q, "settings.person_add")
                      : link_to1(q, "settings.person_save", id);
    if (!p->is_new) {
        p->link_to = link_to1(q, "settings.person_link", id);
        p->away_to = link_to1(q, "settings.person_away", id);
        p->leave = link_to(q, "leave.index");
    }
}

err settings_person(struct ask *q, struct reply *r)
{
    struct page page = settings_page(q, SAY("Add a colleague"));
    struct settings_person p = {
        .form_token = q->session.form_token,
        .saved = str_equal(ask_param(q, "saved"), STR("1")),
        .mistakes = shell_mistakes(q),
    };
    struct staff known;

    TRY(settings_person_known(q, &known));
    if (known.id != 0) {
        page.title = SAY("Duties of {name}", SAY_TEXT("name", known.name));
    }
    links_of(q, &known, &p);
    entries_of(q, &known, &p);
    TRY(units_of(q, known.unit, &p));
    TRY(duty_options(q, known.duties, &p));
    TRY(deputies_of(q, &known, &p));
    p.duties_error = shell_mistake_of(q, "duty");
    p.duties_bad = p.duties_error.id != NULL;
    p.unit_error = shell_mistake_of(q, "unit");
    p.unit_bad = p.unit_error.id != NULL;
    return REPLY_VIEW(q, r, &page, settings_person, &p);
}
