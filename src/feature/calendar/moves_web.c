/* calendar — which dates would move: gone through in pieces, the first hundred shown.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/calendar/calendar_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/service/service.h"

#define SHOWN 100
#define AT_ONCE 1000
#define SCRATCH_BYTES ((size_t)16 << 20)

static str short_of(struct ask *q, day d)
{
    return d == DAY_NONE ? STR("–") : day_short(q->arena, d, q->lang);
}

static void keep(struct ask *q, const struct case_move_line *m, struct calendar_moves *p,
                 struct calendar_move *list)
{
    const struct service *s;

    p->moved++;
    p->ends = p->ends || m->will < m->was;
    if (p->list_count == SHOWN) {
        p->left_out++;
        return;
    }
    s = q->catalog != NULL ? service_get(q->catalog, m->service) : NULL;
    struct calendar_move *row = &list[p->list_count++];

    row->link = link_to1(q, "casework.one", id_text(q->arena, m->id));
    row->number = str_copy(q->arena, m->number);
    row->from = short_of(q, m->was);
    row->to = short_of(q, m->will);
    row->control_from = short_of(q, m->control_was);
    row->control_to = short_of(q, m->control_will);
    row->moves = m->was != m->will;
    row->control_moves = m->control_was != m->control_will;
    row->has_service = s != NULL;
    if (s != NULL) {
        row->service = s->name;
    }
}

struct search {
    int64_t agency;
    const struct calendar *calendar;
    struct case_days days;
};

static err find(struct ask *q, struct arena *scratch, const struct search *what,
                struct calendar_moves *p, struct calendar_move *list)
{
    struct case_slice slice = { 0 };

    while (!slice.done) {
        struct case_move_line *lines;
        size_t count;

        TRY(casefile_recompute_look(scratch, q->snap, what->calendar, what->agency,
                                    &what->days, slice.last, AT_ONCE, q->now_ms, &lines,
                                    &count, &slice));
        for (size_t i = 0; i < count; i++) {
            if (p->by_office) {
                p->moved++;
                p->told += lines[i].was != lines[i].will;
                p->ends = p->ends || lines[i].will < lines[i].was;
            } else {
                keep(q, &lines[i], p, list);
            }
        }
        arena_clear(scratch);
    }
    return NULL;
}

static err find_of(struct ask *q, struct arena *scratch, const struct agency *office,
                   const struct calendar_would *would, struct calendar_moves *p,
                   struct calendar_move *list)
{
    struct search what = { office->id, NULL, { would->first, would->last } };

    TRY(would->make(q, office, would->context, &what.calendar));
    return find(q, scratch, &what, p, list);
}

/* Which cases they are stays with the office; the city sees how many. */
static err find_city(struct ask *q, struct arena *scratch,
                     const struct calendar_would *would, struct calendar_moves *p)
{
    size_t count;
    const struct agency *all = ask_agencies(q, &count);
    struct calendar_office_moves *rows = ARENA_ARRAY(q->arena, count + 1,
                                                     struct calendar_office_moves);

    if (rows == NULL) {
        return err_no_memory;
    }
    p->by_office = true;
    for (size_t i = 0; i < count; i++) {
        int64_t moved = p->moved, told = p->told;

        if (all[i].id == AGENCY_CITY) {
            continue;
        }
        TRY(find_of(q, scratch, &all[i], would, p, NULL));
        rows[p->offices_count++] = (struct calendar_office_moves){
            .office = all[i].name, .moved = p->moved - moved, .told = p->told - told
        };
    }
    p->offices = rows;
    return NULL;
}

err calendar_moves_find(struct ask *q, const struct calendar_would *would,
                        struct calendar_moves *ret)
{
    struct calendar_move *list = ARENA_ARRAY(q->arena, SHOWN, struct calendar_move);
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    struct calendar_moves p = { 0 };
    err e = NULL;

    if (list == NULL || scratch == NULL) {
        arena_free(scratch);
        return err_no_memory;
    }
    e = q->agency->id == AGENCY_CITY ? find_city(q, scratch, would, &p)
                                     : find_of(q, scratch, q->agency, would, &p, list);
    if (e != NULL && e != err_no_memory) {
        /* Its words lie in the scratch. */
        e = err_make(q->arena, e->kind, e->say, e->field, e->at, "%.*s", STR_ARG(e->why));
    }
    arena_free(scratch);
    TRY(e);
    p.list = list;
    p.none = p.moved == 0;
    p.has_more = p.left_out > 0;
    *ret = p;
    return NULL;
}
