/* What casework asks the store itself.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_STORE_H
#define BIANMIN_FEATURE_CASEWORK_STORE_H

#include "base/err.h"

struct store;

/* What the content of a file is, as host/paper found it. Fails: ERR_MISSING. */
MUST_CHECK err casework_file_type(struct arena *a, struct store *s, int64_t agency,
                                  int64_t file, str *ret_media_type);

#endif
