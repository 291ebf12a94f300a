/* panel — brings together what the features show on a page.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/panel.h"

#include <string.h>

#include "base/arena.h"
#include "desk/inside.h"

#define PANEL_BYTES ((size_t)512 << 10)
#define PANELS_BYTES ((size_t)2 << 20)

err panel_draw(struct ask *q, panel_view *view, const void *data, struct html *ret)
{
    struct buf b;
    struct html_out out = { .buf = &b, .arena = q->arena, .lang = q->lang };

    buf_init(&b, q->arena, PANEL_BYTES);
    view(&out, data);
    if (buf_failed(&b)) {
        return err_no_memory;
    }
    ret->markup = buf_str(&b);
    return NULL;
}

static bool is_for(const struct ask *q, const struct panel *p, const char *place)
{
    return strcmp(p->place, place) == 0 &&
           (p->duties == 0 || (actor_serves(&q->actor) & p->duties) != 0);
}

err panels_show(struct ask *q, const char *place, const struct panel_about *about,
                struct html *ret)
{
    const struct desk_options *o = &q->desk->o;
    struct buf all;

    buf_init(&all, q->arena, PANELS_BYTES);
    for (size_t f = 0; f < o->features_count; f++) {
        const struct feature *feature = o->features[f];

        for (size_t i = 0; i < feature->panels_count; i++) {
            struct html one = { 0 };

            if (is_for(q, &feature->panels[i], place)) {
                TRY(feature->panels[i].show(q, about, &one));
                buf_put(&all, one.markup);
            }
        }
    }
    if (buf_failed(&all)) {
        return err_no_memory;
    }
    ret->markup = buf_str(&all);
    return NULL;
}
