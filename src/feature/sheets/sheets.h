/* sheets — every paper that lies at a counter or hangs on a wall, out of the definitions:
 * guide, blank form, filled-in sample, one-time notice, procedure with flow chart, fees and
 * fines; who has hung it where; and the shelf of forms that belong to no service.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SHEETS_H
#define BIANMIN_FEATURE_SHEETS_H

#include "desk/feature.h"

struct arena;
struct job;
struct query_list;
struct store;

extern const struct feature sheets_feature;
extern const struct query_list sheets_queries;
/* Brings counts of downloads from memory to the database; its context is the desk. */
extern const struct job sheets_count_job;
/* At start: marks files that hang on a posting or a form and have no mark yet. */
MUST_CHECK err sheets_files_keep(struct arena *a, struct store *s, int *ret_kept);

#endif
