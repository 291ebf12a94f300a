/* A telephone call is recorded.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_CALL_WEB_H
#define BIANMIN_FEATURE_CASEWORK_CALL_WEB_H

#include "base/err.h"
#include "desk/route.h"

err casework_call_page(struct ask *q, struct reply *r);
extern const struct beats casework_call_beats;

#endif
