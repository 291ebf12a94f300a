/* What settings asks of the store itself.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SETTINGS_STORE_H
#define BIANMIN_FEATURE_SETTINGS_STORE_H

#include "base/err.h"

struct definition;
struct keyring;
struct snap;
struct store;
struct tx;

/* The text of an uploaded definition. It arrived before anybody knew whose session it is,
 * so it lies with the city until it is swept. */
MUST_CHECK err settings_file_text(struct arena *a, struct store *s, const struct keyring *k,
                                  int64_t file, str *ret_text);
/* What lies ready, by kind and key. */
MUST_CHECK err settings_ready_list(struct arena *a, struct snap *snap, int64_t agency,
                                   struct definition **ret, size_t *ret_count);
MUST_CHECK err settings_ready_drop(struct arena *a, struct tx *tx, int64_t agency, str kind,
                                   str key);
MUST_CHECK err settings_event(struct tx *tx, int64_t agency, int64_t actor, int64_t subject,
                              int64_t now_ms, const char *what);

#endif
