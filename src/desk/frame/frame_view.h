/* frame — what stands around a page: masthead, menu, crumbs, footer; for the public and for
 * staff.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_FRAME_VIEW_H
#define BIANMIN_DESK_FRAME_VIEW_H

#include "base/words.h"
#include "desk/frame/seal.h"
#include "host/html/html.h"

struct frame_link {
    struct words text;
    struct url link;
    bool current;
    str keys; /* staff: "g w" */
    int64_t count; /* staff: what waits there; 0: nothing, or not counted */
    int group;     /* staff: enum menu_group */
};
struct frame_group {
    struct words title;
    const struct frame_link *entries;
    size_t entries_count;
};
struct frame_language {
    str tag, name;
    struct url link;
    bool current;
};
/* One button of the look: name and value of the form. */
struct frame_look {
    struct words text;
    str name, value;
    bool current;
};
#define FRAME_SEALS 5
struct frame_seal {
    str who;
};
struct frame {
    str lang, data_size, data_theme; /* "" : no attribute */
    struct words title;
    struct label office, city, second; /* second: the name in another language */
    bool has_city, is_home;
    struct seal_mark seal;
    struct url css, script, form_script, icon, home, site_map, look_to;
    str here; /* where the look form comes back to */
    const struct frame_language *languages;
    size_t languages_count;
    const struct frame_look *sizes, *themes;
    size_t sizes_count, themes_count;
    /* Staff: the bar holds what is used most; `groups` is everything, folded, in its order
     * (none: the bar holds everything). */
    const struct frame_link *menu;
    const struct frame_group *groups;
    size_t menu_count, groups_count;
    const struct frame_link *crumbs;
    size_t crumbs_count;
    bool has_crumbs, wide, hall;
    struct html main;
    /* Footer. */
    struct label address, hours;
    str telephone;
    struct url telephone_to, map;
    const struct frame_link *about;
    size_t about_count;
    str updated;
    /* Staff. */
    str person;
    struct words duty;
    str token;
    struct frame_seal seals[FRAME_SEALS]; /* under what is printed */
    size_t seals_count;
    bool has_seals;
    struct words printed; /* when, and by whom */
    struct url sign_out, account, public_page, keys_help;
};

#endif
