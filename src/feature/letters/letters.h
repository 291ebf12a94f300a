/* letters — papers that go out of a case: drafts, numbers, seals, scans; certificates and
 * the page that confirms them; the register of seals used.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LETTERS_H
#define BIANMIN_FEATURE_LETTERS_H

#include "desk/feature.h"

struct arena;
struct query_list;
struct store;

extern const struct feature letters_feature;
extern const struct query_list letters_queries;
/* At start: marks the templates that have no mark yet. */
MUST_CHECK err letters_files_keep(struct arena *a, struct store *s, int *ret_kept);

#endif
