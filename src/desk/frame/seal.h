/* seal — the small picture that stands for an office: in the masthead, on receipts.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_SEAL_H
#define BIANMIN_DESK_SEAL_H

#include "base/str.h"

/* One path in a square of 46. */
struct seal_mark {
    str path;
};
/* By what the office's key says of its kind; others get the general one. */
struct seal_mark seal_mark_of(str agency_key);

#endif
