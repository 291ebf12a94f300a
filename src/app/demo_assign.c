/* demo_assign — who handles which village in the demo offices, and who is on duty when: for
 * the units whose services go by it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner.h"
#include "base/arena.h"
#include "host/store/store.h"
#include "kernel/casefile/assign/assign.h"
#include "kernel/office/office.h"

#define WORKDAYS 5
#define OFFICERS_MOST 40

struct assigning {
    struct demo *d;
    struct demo_office *o;
};

static bool has_rule(const struct demo_office *o, str unit, enum flow_assign rule)
{
    for (size_t i = 0; i < catalog_count(o->catalog, service_kind.name); i++) {
        const struct service *s = catalog_at(o->catalog, service_kind.name, i);

        if (str_equal(s->unit, unit) && s->flow.assign == rule) {
            return true;
        }
    }
    return false;
}

/* Stories fill the tables of the district's social affairs themselves. */
static bool is_kept_empty(const struct demo_office *o, str unit)
{
    return str_equal(o->key, STR("district")) && str_equal(unit, STR("social"));
}

static size_t officers_of(const struct demo_office *o, int64_t unit, int64_t *ret)
{
    size_t count = 0;

    for (size_t i = 0; i < o->staff_count && count < OFFICERS_MOST; i++) {
        if (o->staff[i].unit == unit &&
            assign_may_get(&o->staff[i], o->agency.id, unit)) {
            ret[count++] = o->staff[i].id;
        }
    }
    return count;
}

static err unit_put_lines(const struct assigning *x, struct arena *a, struct tx *tx,
                          const struct unit *u)
{
    const struct office *office = office_get(x->o->catalog);
    const struct staff *chief = demo_staff(x->o, DUTY_UNIT_HEAD, u->id);
    int64_t people[OFFICERS_MOST];
    size_t count = officers_of(x->o, u->id, people), n = 0;
    size_t villages = has_rule(x->o, u->key, ASSIGN_VILLAGE) ? office->villages_count : 0;
    size_t days = has_rule(x->o, u->key, ASSIGN_ROSTER) ? WORKDAYS : 0;
    struct assign_line *lines = ARENA_ARRAY(a, villages + days + 1, struct assign_line);

    if (lines == NULL) {
        return err_no_memory;
    }
    if (chief == NULL || count == 0 || is_kept_empty(x->o, u->key)) {
        return NULL;
    }
    for (size_t i = 0; i < villages + days; i++) {
        bool village = i < villages;

        lines[n++] = (struct assign_line){
            .kind = village ? ASSIGN_LINE_VILLAGE : ASSIGN_LINE_ROSTER,
            .key = village ? village_plain(a, office->villages[i])
                           : str_format(a, "%zu", i - villages + 1),
            .since = day_at(x->d->begin_ms), .staff = people[i % count],
        };
    }
    const struct actor who = { .agency = x->o->agency.id, .staff = chief->id,
                               .unit = u->id, .duties = chief->duties };
    return assign_put(a, tx, &who, x->d->begin_ms, u->id, lines, n);
}

static err run_assign(void *context, struct arena *a, struct tx *tx)
{
    const struct assigning *x = context;

    for (size_t i = 0; i < x->o->units_count; i++) {
        TRY(unit_put_lines(x, a, tx, &x->o->units[i]));
    }
    return NULL;
}

err demo_assign(struct demo *d, struct demo_office *o)
{
    struct assigning x = { d, o };

    return office_get(o->catalog) == NULL
               ? NULL
               : store_commit(d->store, d->arena, o->agency.id, run_assign, &x);
}
