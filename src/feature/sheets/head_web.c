/* head_web — what hangs on the walls and is no longer true: for the head, and on Today of
 * those who see to it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/waits.h"
#include "feature/sheets/sheets_web.h"
#include "sheets_head.view.h"

err sheets_waits(struct ask *q, struct waits *io)
{
    struct sheets_postings p = { 0 };

    if ((actor_serves(&q->actor) & WALL_DUTIES) == 0) {
        return NULL;
    }
    TRY(sheets_walls_state(q, &p));
    waits_add(io, (int64_t)p.old_count, SAY("Sheets on the walls to be replaced"),
              link_to(q, "sheets.postings"));
    return NULL;
}

err sheets_panel_head(struct ask *q, const struct panel_about *about, struct html *ret)
{
    struct sheets_postings p = { .put = link_to(q, "sheets.postings") };

    (void)about;
    TRY(sheets_walls_state(q, &p));
    return PANEL_VIEW(q, ret, sheets_head, &p);
}
