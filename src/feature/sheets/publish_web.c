/* publish — one edit, and the papers that follow: which are made anew by themselves, and
 * which hang on walls or lie on tables and become old with it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/panel.h"
#include "feature/sheets/sheets_make.h"
#include "feature/sheets/sheets_web.h"
#include "feature/sheets/walls.h"
#include "kernel/service/diff.h"

#include "sheets_publish.view.h"

/* Is it true now, and no longer afterwards? */
static bool becomes_old(const struct walls *w, const struct posting *p,
                        const struct service_step *step)
{
    struct ask *q = w->q;

    if (walls_is_old(w, p)) {
        return false;
    }
    if (str_equal(p->sheet, FEES)) {
        return !str_equal(sheets_prices_all(q->arena, step->catalog, q->today),
                          walls_prices_now(w, p->service, p->sheet));
    }
    return step->old != NULL && str_equal(p->service, step->old->key);
}

static err old_of(struct ask *q, const struct service_step *step, struct sheets_publish *p)
{
    struct posting *list;
    struct sheets_posting *rows;
    struct walls walls;
    size_t count;

    TRY(walls_load(q, &walls));
    TRY(postings_load(q->arena, q->snap, q->agency->id, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct sheets_posting);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (becomes_old(&walls, &list[i], step)) {
            rows[p->old_count++] = (struct sheets_posting){
                .title = walls_title_of(&walls, list[i].service, list[i].sheet),
                .place = list[i].place,
            };
        }
    }
    p->old = p->old_count > 0 ? rows : NULL;
    p->old_many = (int64_t)p->old_count;
    p->none = p->old_count == 0;
    return NULL;
}

/* On line nobody has to do anything: guide, form, sample, notice, a procedure each way. */
static err anew_of(struct ask *q, const struct service *s, struct sheets_publish *p)
{
    str *titles = ARENA_ARRAY(q->arena, SHEETS_KINDS + SERVICE_WAYS, str);
    struct sheets_about x;

    if (titles == NULL) {
        return err_no_memory;
    }
    TRY(sheets_about_of(q, s, &x));
    for (int kind = 0; kind < SHEETS_KINDS; kind++) {
        for (int way = 0; way < SERVICE_WAYS; way++) {
            bool is_sop = kind == SHEETS_SOP;

            if (is_sop ? (s->ways & 1U << way) == 0 : way > 0) {
                continue;
            }
            titles[p->anew_count++] =
                is_sop ? str_format(q->arena, "%.*s（%.*s）",
                                    STR_ARG(sheets_title(&x, (enum sheets_kind)kind)),
                                    STR_ARG(sheets_text(&x, sheets_way_name[way])))
                       : sheets_title(&x, (enum sheets_kind)kind);
        }
    }
    p->anew = titles;
    return NULL;
}

err sheets_panel_publish(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct service_step *step = about->thing;
    struct sheets_publish p = { 0 };

    TRY(anew_of(q, step->new, &p));
    TRY(old_of(q, step, &p));
    return PANEL_VIEW(q, ret, sheets_publish, &p);
}
