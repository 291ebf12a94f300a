/* What identity writes itself: that somebody signed in, or tried to.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_IDENTITY_STORE_H
#define BIANMIN_FEATURE_IDENTITY_STORE_H

#include "base/err.h"

struct tx;

/* `what`: "signin.failed" "session.others_ended". `staff` 0: no such name; the name that
 * was typed is not kept. */
MUST_CHECK err identity_event(struct tx *tx, int64_t agency, int64_t staff, int64_t now_ms,
                              const char *what);

#endif
