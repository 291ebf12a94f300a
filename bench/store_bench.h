/* store_bench — what the sides of line 3 share: the rows of a submission.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BENCH_STORE_BENCH_H
#define BIANMIN_BENCH_STORE_BENCH_H

#include "host/store/store.h"

enum { BATCH = 1000, EVENTS = 3, SEALED_BYTES = 400 };

extern const struct query submission_sql, outbox_sql, tally_sql, bare_event_sql;
extern const char *const kinds[EVENTS];
extern const char body[], sealed[SEALED_BYTES];

int64_t id_of(int64_t n);
int64_t agency_of(int64_t n);

/* Submissions a second, 1,000 in each transaction, over one connection that never waits for
 * an answer before it sends the next statement. Ends the program when it cannot. */
double bare_postgres(const char *address, int64_t count);

#endif
