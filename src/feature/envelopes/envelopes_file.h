/* What envelopes asks of the store itself: an uploaded file as text.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_ENVELOPES_FILE_H
#define BIANMIN_FEATURE_ENVELOPES_FILE_H

#include "base/err.h"

struct keyring;
struct store;

/* It arrived before anybody knew whose session it is, so it lies with the city until it is
 * swept. In any encoding that offices use. Blocks. Fails: ERR_INPUT (no text, too
 * large). */
MUST_CHECK err envelopes_file_text(struct arena *a, struct store *s,
                                   const struct keyring *k, int64_t file, size_t most,
                                   str *ret_text);

#endif
