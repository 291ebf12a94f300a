/* inside — what the files of this feature share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SERVICES_INSIDE_H
#define BIANMIN_FEATURE_SERVICES_INSIDE_H

#include "base/err.h"

struct ask;
struct reply;

/* one_web.c */
err services_show_one(struct ask *q, struct reply *r);
/* api_web.c */
err services_api_list(struct ask *q, struct reply *r);
err services_api_one(struct ask *q, struct reply *r);

#endif
