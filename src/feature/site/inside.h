/* inside — what the files of this feature share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SITE_INSIDE_H
#define BIANMIN_FEATURE_SITE_INSIDE_H

#include "base/err.h"
#include "feature/site/site_view.h"

struct ask;
struct reply;
struct service;

/* today_web.c: what holds today by the official calendar. */
MUST_CHECK err site_today_fill(struct ask *q, struct site_today *ret);
/* site_web.c */
MUST_CHECK err site_show_home(struct ask *q, struct reply *r);
/* pages_web.c */
MUST_CHECK err site_show_map(struct ask *q, struct reply *r);
MUST_CHECK err site_show_statement(struct ask *q, struct reply *r);

#endif
