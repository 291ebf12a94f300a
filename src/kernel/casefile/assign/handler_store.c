/* handler — who handles a service or a case today, and who stands in: what the public may
 * know of it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/assign/assign.h"

/* The people of an office, and who of them is away today. */
struct people {
    struct staff *list;
    size_t count;
    struct absence *away;
    size_t away_count;
};

static err people_load(struct arena *a, struct snap *snap, int64_t agency, day today,
                       struct people *ret)
{
    TRY(staff_list(a, snap, agency, today, &ret->list, &ret->count));
    return absence_list(a, snap, agency, today, today, &ret->away, &ret->away_count);
}

static const struct staff *person_of(const struct people *p, int64_t id)
{
    for (size_t i = 0; id != 0 && i < p->count; i++) {
        if (p->list[i].id == id && p->list[i].active) {
            return &p->list[i];
        }
    }
    return NULL;
}

static struct handler handler_of(const struct people *p, const struct staff *s)
{
    struct handler h = { .staff = *s };
    const struct staff *deputy = person_of(p, s->deputy);

    if (deputy != NULL) {
        h.deputy = *deputy;
    }
    for (size_t i = 0; i < p->away_count; i++) {
        h.away = h.away || p->away[i].staff == s->id;
    }
    return h;
}

static int64_t on_roster(const struct assign_line *lines, size_t count, day today)
{
    char weekday[2] = { (char)('0' + assign_weekday(today)), 0 };
    const struct assign_line *found = NULL;

    for (size_t i = 0; found == NULL && i < count; i++) {
        day d;

        if (lines[i].kind == ASSIGN_LINE_ROSTER && day_from_iso(lines[i].key, &d) &&
            d == today) {
            found = &lines[i];
        }
    }
    if (found == NULL) {
        found = assign_in_force(lines, count, ASSIGN_LINE_ROSTER, str_of(weekday), today);
    }
    return found != NULL ? found->staff : 0;
}

static bool is_named(const struct service *s, const struct staff *who)
{
    for (size_t i = 0; i < s->handlers_count; i++) {
        if (str_equal(s->handlers[i], who->sign_name)) {
            return true;
        }
    }
    return false;
}

err assign_handlers(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                    const struct service *s, day today, struct handler **ret,
                    size_t *ret_count)
{
    struct handler *list = ARENA_ARRAY(a, SERVICE_HANDLERS, struct handler);
    struct people p;
    struct assign_line *lines;
    size_t lines_count, count = 0;
    int64_t duty = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(people_load(a, snap, agency, today, &p));
    if (s->handlers_count == 0 && s->flow.assign == ASSIGN_ROSTER) {
        TRY(assign_list(a, snap, agency, unit, &lines, &lines_count));
        duty = on_roster(lines, lines_count, today);
    }
    for (size_t i = 0; i < p.count && count < SERVICE_HANDLERS; i++) {
        const struct staff *x = &p.list[i];
        bool of_unit = x->unit == unit && (x->duties & DUTY(DUTY_OFFICER)) != 0;
        bool handles = s->handlers_count > 0 ? is_named(s, x)
                       : duty != 0           ? x->id == duty
                                             : of_unit;

        if (x->active && handles) {
            list[count++] = handler_of(&p, x);
        }
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}

err assign_handler_of(struct arena *a, struct snap *snap, int64_t agency, int64_t officer,
                      day today, struct handler *ret)
{
    struct people p;
    const struct staff *who;

    TRY(people_load(a, snap, agency, today, &p));
    who = person_of(&p, officer);
    if (who == NULL) {
        FAIL(a, ERR_MISSING, SAY("There is no such colleague."), STR(""), "officer");
    }
    *ret = handler_of(&p, who);
    return NULL;
}
