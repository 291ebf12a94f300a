/* feature — what a feature shows to the building: its name, routes, menu and panels.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_FEATURE_H
#define BIANMIN_DESK_FEATURE_H

#include "desk/panel.h"
#include "desk/route.h"
#include "desk/waits.h"

struct feature {
    const char *name;
    const struct route *routes;
    size_t routes_count;
    /* Public menu entry (0..2) and staff menu entries, in the order of app/features.c. */
    const struct menu_entry *menu;
    size_t menu_count;
    /* What it shows on pages of other features (panel.h). */
    const struct panel *panels;
    size_t panels_count;
    /* What waits in it for this person, on the page Today (waits.h); NULL: nothing ever. */
    err (*waits)(struct ask *q, struct waits *io);
};
/* Where a staff entry stands in the list of everything. */
enum menu_group {
    MENU_DAILY,
    MENU_PAPERS,
    MENU_FEES,
    MENU_QUALITY,
    MENU_OFFICE,
    MENU_GROUPS
};
struct menu_entry {
    const char *route;
    const char *text;  /* MSG("…") */
    bool staff;
    duty_set duties;   /* staff entries; 0: everybody */
    const char *key;   /* staff keyboard: "g w"; "" none */
    bool about;        /* stands in the footer under "About this site", not in the menu */
    /* Staff: a number beside it, of what waits there for this person; NULL: none. Quick: it
     * is asked for on each page. */
    err (*count)(struct ask *q, int64_t *ret_count);
    /* Staff: is it there at all? NULL: always. As quick. */
    err (*shown)(struct ask *q, bool *ret);
    enum menu_group group;
};

#endif
