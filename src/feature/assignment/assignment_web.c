/* assignment_web — the page of a unit's tables, and the routes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/assignment/assignment_web.h"

#include "assignment_index.view.h"
#include "base/arena.h"
#include "feature/assignment/assignment.h"
#include "host/lang/lang.h"

#define READERS                                                     \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE) | DUTY(DUTY_UNIT_HEAD) | \
     DUTY(DUTY_DISPATCHER) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) | \
     DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN) | DUTY(DUTY_AUDITOR))

static const char *const weekday_name[] = {
    MSG("Monday"), MSG("Tuesday"),  MSG("Wednesday"), MSG("Thursday"),
    MSG("Friday"), MSG("Saturday"), MSG("Sunday"),
};
static const char *const rule_name[] = {
    [ASSIGN_HAND] = MSG("By hand: they wait in the unit"),
    [ASSIGN_LEAST_LOADED] = MSG("To the one with the fewest open cases"),
    [ASSIGN_VILLAGE] = MSG("By village"),
    [ASSIGN_ROSTER] = MSG("By the duty roster"),
};

struct making {
    struct ask *q;
    struct unit unit;
    struct staff *people;
    size_t people_count;
    struct assign_line *lines;
    size_t lines_count;
    bool may_edit;
};

err assignment_unit_of(struct ask *q, struct unit *ret)
{
    str key = q->method == POST ? ask_field(q, "unit") : ask_param(q, "unit");
    size_t count;
    const struct unit *units = ask_units(q, &count);

    for (size_t i = 0; i < count; i++) {
        if (str_is_empty(key) ? units[i].id == q->actor.unit
                              : str_equal(units[i].key, key)) {
            *ret = units[i];
            return NULL;
        }
    }
    FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no such unit");
}

str assignment_key(struct ask *q, size_t at)
{
    return str_format(q->arena, "key.%zu", at);
}

str assignment_to(struct ask *q, enum assign_kind kind, size_t at)
{
    return str_format(q->arena, "%.*s_to.%zu", STR_ARG(assign_kind_key[kind]), at);
}

str assignment_to_fresh(struct ask *q, enum assign_kind kind)
{
    return str_format(q->arena, "%.*s_to.fresh", STR_ARG(assign_kind_key[kind]));
}

static bool is_listed(const str *list, size_t count, str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i], name)) {
            return true;
        }
    }
    return false;
}

err assignment_villages(struct ask *q, const struct assign_line *list, size_t count,
                        str **ret, size_t *ret_count)
{
    const struct office *o = q->catalog != NULL ? office_get(q->catalog) : NULL;
    size_t named = o != NULL ? o->villages_count : 0, n = 0;
    str *out = ARENA_ARRAY(q->arena, named + count + 1, str);

    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < named + count && n < ASSIGNMENT_ROWS; i++) {
        str name = i < named ? village_plain(q->arena, o->villages[i])
                             : list[i - named].key;

        if (i >= named && list[i - named].kind != ASSIGN_LINE_VILLAGE) {
            continue;
        }
        if (!is_listed(out, n, name)) {
            out[n++] = name;
        }
    }
    *ret = out;
    *ret_count = n;
    return NULL;
}

static const struct staff *person(const struct making *m, int64_t id)
{
    for (size_t i = 0; i < m->people_count; i++) {
        if (m->people[i].id == id) {
            return &m->people[i];
        }
    }
    return NULL;
}

static struct words person_words(const struct making *m, int64_t id)
{
    const struct staff *s = person(m, id);

    if (s == NULL) {
        return SAY("nobody: fewest open cases");
    }
    return SAY("{name} {title}", SAY_TEXT("name", s->name), SAY_TEXT("title", s->title));
}

/* As it is, nobody, or one of those who may get cases of the unit. */
static err options_of(const struct making *m, str chosen, struct assignment_row *row)
{
    struct ask *q = m->q;
    struct assignment_option *o =
        ARENA_ARRAY(q->arena, m->people_count + 2, struct assignment_option);

    if (o == NULL) {
        return err_no_memory;
    }
    o[0] = (struct assignment_option){ .text = lang_text(q->lang, MSG("as it is")) };
    o[1] = (struct assignment_option){
        .value = STR("none"),
        .text = lang_text(q->lang, MSG("nobody: fewest open cases")),
    };
    row->options_count = 2;
    for (size_t i = 0; i < m->people_count; i++) {
        const struct staff *s = &m->people[i];

        if (assign_may_get(s, q->agency->id, m->unit.id)) {
            o[row->options_count++] = (struct assignment_option){
                .value = id_text(q->arena, s->id),
                .text = str_format(q->arena, "%.*s %.*s", STR_ARG(s->name),
                                   STR_ARG(s->title)),
            };
        }
    }
    for (size_t i = 0; i < row->options_count; i++) {
        o[i].chosen = str_equal(o[i].value, chosen);
    }
    row->options = o;
    return NULL;
}

/* With what was chosen when the page comes again. */
static err choice_of(const struct making *m, struct assignment_row *row)
{
    const char *field = str_z(m->q->arena, row->to_name);

    row->error = shell_mistake_of(m->q, field);
    row->bad = row->error.id != NULL;
    return options_of(m, ask_field(m->q, field), row);
}

static struct words entered_words(const struct making *m, const struct assign_line *line)
{
    const struct staff *by = line != NULL ? person(m, line->by) : NULL;

    if (by == NULL) {
        return (struct words){ 0 };
    }
    return SAY("{name}, {day}", SAY_TEXT("name", by->name),
               SAY_DAY("day", day_at(line->at_ms)));
}

static err row_of(const struct making *m, enum assign_kind kind, str key,
                  struct words name, size_t at, struct assignment_row *row)
{
    struct ask *q = m->q;
    const struct assign_line *line =
        assign_in_force(m->lines, m->lines_count, kind, key, q->today);

    *row = (struct assignment_row){
        .key = key, .name = name,
        .key_name = assignment_key(q, at),
        .to_name = assignment_to(q, kind, at),
        .now = person_words(m, line != NULL ? line->staff : 0),
        .nobody = line == NULL || person(m, line->staff) == NULL,
        .entered = entered_words(m, line),
    };
    if (!m->may_edit) {
        return NULL;
    }
    return choice_of(m, row);
}

static struct words key_words(const struct assign_line *line)
{
    int64_t weekday;
    day on;

    if (line->kind == ASSIGN_LINE_ROSTER && day_from_iso(line->key, &on)) {
        return SAY("{day}", SAY_DAY("day", on));
    }
    if (line->kind == ASSIGN_LINE_ROSTER && str_to_int(line->key, &weekday) &&
        weekday >= 1 && weekday <= ASSIGNMENT_WEEK) {
        return words_of(weekday_name[weekday - 1]);
    }
    return SAY("{text}", SAY_TEXT("text", line->key));
}

static err later_of(const struct making *m, enum assign_kind kind,
                    struct assignment_table *t)
{
    struct ask *q = m->q;
    struct assignment_later *out =
        ARENA_ARRAY(q->arena, m->lines_count + 1, struct assignment_later);

    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < m->lines_count; i++) {
        const struct assign_line *line = &m->lines[i];
        day from = line->since;

        if (line->kind == ASSIGN_LINE_ROSTER) {
            (void)day_from_iso(line->key, &from);
        }
        if (line->kind != kind || from < q->today ||
            (from == q->today && from == line->since)) {
            continue;
        }
        out[t->later_count++] = (struct assignment_later){
            .kind = assign_kind_key[kind], .key = line->key,
            .since = day_iso(q->arena, line->since), .what = key_words(line),
            .who = person_words(m, line->staff), .day = SAY("{day}", SAY_DAY("day", from)),
        };
    }
    t->later = out;
    t->has_later = t->later_count > 0;
    return NULL;
}

/* What both tables have: what is said for later, and the fields below the rows. */
static err table_rest(const struct making *m, enum assign_kind kind,
                      struct assignment_table *t)
{
    struct ask *q = m->q;
    const struct words hint = SAY("For example {day}", SAY_TEXT("day",
                                  day_short(q->arena, q->today, q->lang)));

    t->kind = assign_kind_key[kind];
    t->id = assign_kind_key[kind];
    t->is_roster = kind == ASSIGN_LINE_ROSTER;
    t->may_edit = m->may_edit;
    t->form_token = q->session.form_token;
    t->unit = m->unit.key;
    t->save = link_to(q, "assignment.save");
    t->take_back = link_to(q, "assignment.take_back");
    t->fresh = entry_of(q, t->is_roster ? "day" : "village",
                        t->is_roster ? &SAY("A single day") : &SAY("Another village"),
                        t->is_roster ? &hint : NULL, STR(""));
    t->fresh.is_short = true;
    t->fresh.optional = true;
    t->since = entry_of(q, t->is_roster ? "roster_since" : "village_since",
                        &SAY("Valid from"), &hint,
                        day_short(q->arena, q->today, q->lang));
    t->since.is_short = true;
    t->fresh_to.to_name = assignment_to_fresh(q, kind);
    TRY(choice_of(m, &t->fresh_to));
    return later_of(m, kind, t);
}

static err villages_table(const struct making *m, struct assignment_table *t)
{
    struct ask *q = m->q;
    struct assignment_row *rows;
    str *names;
    size_t count;

    TRY(assignment_villages(q, m->lines, m->lines_count, &names, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct assignment_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        TRY(row_of(m, ASSIGN_LINE_VILLAGE, names[i],
                   SAY("{text}", SAY_TEXT("text", names[i])), i, &rows[i]));
    }
    t->rows = rows;
    t->rows_count = count;
    t->none = count == 0;
    t->heading = SAY("Villages");
    t->column = SAY("Village");
    t->help = SAY("Services that go by village give a case to the officer of the village "
                  "in its address.");
    t->first_label = SAY("Officer of this village");
    return table_rest(m, ASSIGN_LINE_VILLAGE, t);
}

static err roster_table(const struct making *m, struct assignment_table *t)
{
    struct ask *q = m->q;
    struct assignment_row *rows =
        ARENA_ARRAY(q->arena, ASSIGNMENT_WEEK, struct assignment_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < ASSIGNMENT_WEEK; i++) {
        TRY(row_of(m, ASSIGN_LINE_ROSTER, str_format(q->arena, "%zu", i + 1),
                   words_of(weekday_name[i]), i, &rows[i]));
    }
    t->rows = rows;
    t->rows_count = ASSIGNMENT_WEEK;
    t->heading = SAY("Duty roster");
    t->column = SAY("Day");
    t->help = SAY("Services that go by the roster give a case to who is on duty on the day "
                  "it comes. A single day goes before its weekday.");
    t->first_label = SAY("On duty on this day");
    return table_rest(m, ASSIGN_LINE_ROSTER, t);
}

static err rules_of(const struct making *m, struct assignment_page *p)
{
    struct ask *q = m->q;
    size_t count = q->catalog != NULL ? catalog_count(q->catalog, service_kind.name) : 0;
    const size_t rules = sizeof rule_name / sizeof rule_name[0];
    struct assignment_rule *out = ARENA_ARRAY(q->arena, rules, struct assignment_rule);

    for (size_t rule = 0; out != NULL && rule < rules; rule++) {
        struct label *names = ARENA_ARRAY(q->arena, count + 1, struct label);
        struct assignment_rule *x = &out[p->rules_count];

        for (size_t i = 0; names != NULL && i < count; i++) {
            const struct service *s = catalog_at(q->catalog, service_kind.name, i);

            if (str_equal(s->unit, m->unit.key) &&
                s->flow.assign == (enum flow_assign)rule) {
                names[x->services_count++] = s->name;
            }
        }
        x->how = words_of(rule_name[rule]);
        x->services = names;
        p->rules_count += x->services_count > 0;
        if (names == NULL) {
            return err_no_memory;
        }
    }
    p->rules = out;
    p->no_rules = p->rules_count == 0;
    return out == NULL ? err_no_memory : NULL;
}

static err units_of(const struct making *m, struct assignment_page *p)
{
    struct ask *q = m->q;
    size_t count;
    const struct unit *units = ask_units(q, &count);
    struct assignment_unit *out = ARENA_ARRAY(q->arena, count + 1, struct assignment_unit);

    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct assignment_unit){
            .name = units[i].name, .current = units[i].id == m->unit.id,
            .link = url_with(q, link_to(q, "assignment.index"), "unit", units[i].key),
        };
    }
    p->units = out;
    p->units_count = count;
    p->several = count > 1;
    return NULL;
}

err assignment_show(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST, .title = SAY("Assignment tables"),
                               .current = "assignment.index", .wide = true };
    struct assignment_page *p = ARENA_NEW(q->arena, struct assignment_page);
    struct making m = { .q = q };

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(assignment_unit_of(q, &m.unit));
    m.may_edit = assign_may_edit(&q->actor, m.unit.id);
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &m.people, &m.people_count));
    TRY(assign_list(q->arena, q->snap, q->agency->id, m.unit.id, &m.lines, &m.lines_count));
    p->unit = m.unit.name;
    p->may_edit = m.may_edit;
    p->saved = str_equal(ask_param(q, "saved"), STR("1"));
    p->mistakes = shell_mistakes(q);
    TRY(rules_of(&m, p));
    TRY(units_of(&m, p));
    TRY(villages_table(&m, &p->villages));
    TRY(roster_table(&m, &p->roster));
    return REPLY_VIEW(q, r, &page, assignment_index, p);
}

static const struct route routes[] = {
    { GET, "/staff/assignment", "assignment.index", MAY_DUTY, READERS,
      .show = assignment_show,
      .help = MSG("Which officer handles which village, and who is on duty") },
    { POST, "/staff/assignment", "assignment.save", MAY_DUTY, READERS,
      .beats = &assignment_save_beats, .again = assignment_show,
      .help = MSG("Enters lines of an assignment table") },
    { POST, "/staff/assignment/take-back", "assignment.take_back", MAY_DUTY, READERS,
      .beats = &assignment_back_beats, .again = assignment_show,
      .help = MSG("Takes back a line of an assignment table that has not begun") },
};
static const struct menu_entry menu[] = {
    { "assignment.index", MSG("Assignment"), true,
      DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_DISPATCHER) | DUTY(DUTY_SECRETARY) |
          DUTY(DUTY_ADMIN) | DUTY(DUTY_VILLAGE), "g a", false },
};
const struct feature assignment_feature = {
    .name = "assignment",
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
