/* panel — a part that one feature shows on a page of another, without either knowing the
 * other: the page says where there is room, the feature what stands there.
 *
 *   place       whose page                          about
 *   "case"      a case, for staff                   id and thing: struct casefile
 *   "progress"  a case, for its owner               the same
 *   "service"   a service, for the public           key and thing: struct service
 *   "publish"   a service about to be published     thing: struct service_step
 *   "head"      today's page of the head of agency  nothing
 *
 * A panel is a section with an <h2> of its own. It shows what is now and writes nothing;
 * its forms post to routes of its own feature.
 * "service" is cached with its page, so its panels show only what the definitions say.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_PANEL_H
#define BIANMIN_DESK_PANEL_H

#include "base/err.h"
#include "host/html/html.h"
#include "kernel/party/party.h"

struct ask;

struct panel_about {
    int64_t id;
    str key;
    const void *thing;
};
struct panel {
    const char *place;
    duty_set duties; /* of whom it is for on staff pages; 0: everybody who sees the page */
    /* `ret` stays empty where there is nothing to show. */
    err (*show)(struct ask *q, const struct panel_about *about, struct html *ret);
};

/* All panels of a place one after the other, in the order of the features. */
MUST_CHECK err panels_show(struct ask *q, const char *place,
                           const struct panel_about *about, struct html *ret);

/* A compiled view as a piece of another page: PANEL_VIEW(q, ret, view, &data). */
typedef void panel_view(struct html_out *o, const void *data);
MUST_CHECK err panel_draw(struct ask *q, panel_view *view, const void *data,
                          struct html *ret);
#define PANEL_VIEW(q, ret, view, data)                                          \
    panel_draw((q), view##_view_v,                                              \
               (0 ? (view##_view((struct html_out *)0, (data)), (const void *)0) \
                  : (const void *)(data)),                                      \
               (ret))

#endif
