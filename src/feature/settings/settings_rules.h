/* The rules of settings, without a page and without a database.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SETTINGS_RULES_H
#define BIANMIN_FEATURE_SETTINGS_RULES_H

#include "base/err.h"
#include "kernel/party/party.h"

/* Keys of units: [a-z][a-z0-9_]*, at most 40. */
bool settings_is_key(str s);
/* Sign-in names: [a-z][a-z0-9.-]*, at most 40. */
bool settings_is_sign_name(str s);
/* Names of units, one a line, as keys and labels: 民政課 → unit1, … A line may give its own
 * key: "civil_affairs 民政課". Mistakes at `field`. */
MUST_CHECK err settings_unit_lines(struct arena *a, str lines, str field,
                                   struct mistakes *m, struct unit **ret,
                                   size_t *ret_count);

#endif
