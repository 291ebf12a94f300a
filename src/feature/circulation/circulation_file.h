/* What circulation asks of the store itself: the file that goes round.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CIRCULATION_FILE_H
#define BIANMIN_FEATURE_CIRCULATION_FILE_H

#include "base/err.h"

struct keyring;
struct store;

/* An uploaded file arrived before anybody knew whose session it is, so it lies with the
 * city until it is swept: copied to the agency under the id `to`, and kept. Blocks. */
MUST_CHECK err circulation_file_take(struct arena *a, struct store *s,
                                     const struct keyring *k, int64_t file, int64_t agency,
                                     int64_t to, int64_t now_ms, str *ret_media_type);

#endif
