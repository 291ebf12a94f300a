/* What settings asks of the store itself.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SETTINGS_STORE_H
#define BIANMIN_FEATURE_SETTINGS_STORE_H

#include "base/err.h"

struct keyring;
struct store;
struct tx;

/* The bytes of a small uploaded file (its first part). */
MUST_CHECK err settings_file_text(struct arena *a, struct store *s, const struct keyring *k,
                                  int64_t agency, int64_t file, str *ret_text);
MUST_CHECK err settings_event(struct tx *tx, int64_t agency, int64_t actor, int64_t subject,
                              int64_t now_ms, const char *what);

#endif
