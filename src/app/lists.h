/* lists — what the program is put together from: kinds of definitions, queries.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_LISTS_H
#define BIANMIN_APP_LISTS_H

#include "host/store/store.h"
#include "kernel/pack/pack.h"

extern const struct pack_kind *const app_kinds[];
extern const size_t app_kinds_count;

/* Every room's statements, so that one test prepares them all. */
extern const struct query_list *const app_queries[];
extern const size_t app_queries_count;

#endif
