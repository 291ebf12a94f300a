/* Between the files of circulation that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CIRCULATION_WEB_H
#define BIANMIN_FEATURE_CIRCULATION_WEB_H

#include "desk/route.h"

err circulation_new_show(struct ask *q, struct reply *r);
extern const struct beats circulation_send_beats;

#endif
