/* proof — for `bianmin check`: rows are what events tell, and each event has its row.
 *
 * Events can only be appended and are chained, rows are not: who changes a row or takes it
 * away is found by reading both. A room says which rows there are and compares each; what
 * all such checks share is here: one snapshot, memory given back after each page, events of
 * a subject, findings.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_PROOF_H
#define BIANMIN_KERNEL_PROOF_H

#include "base/err.h"
#include "host/json/json.h"

struct arena;
struct keyring;
struct query;
struct query_list;
struct seal_place;
struct snap;
struct store;
struct table;
extern const struct query_list proof_queries;

/* One line a finding, `sound` false for a fault. */
typedef void proof_say(void *context, bool sound, str line);

struct proof {
    struct arena *a; /* given back page by page */
    struct snap *snap;
    const struct keyring *k; /* NULL: what is sealed stays closed */
    int64_t agency;
    const char *what; /* "one-time notice" */
    int64_t rows, faults;
    proof_say *say;
    void *context;
    void *own; /* the room's */
};
/* `which` is not found to be so. */
void proof_fault(struct proof *p, str which, const char *what);
/* The same, by an id. */
void proof_fault_id(struct proof *p, int64_t id, const char *what);

/* Every row of `rows` (?1 agency, ?2 the greatest key so far; in order of the key, which is
 * the first column; a LIMIT of its own); `each` may query. */
MUST_CHECK err proof_each(struct proof *p, const struct query *rows,
                          err (*each)(struct proof *p, const struct table *t, size_t row));
/* Every row of `gone` (?1 agency): an event of the id in the first column has no row. */
MUST_CHECK err proof_gone(struct proof *p, const struct query *gone, const char *what);

/* What was told of a subject, in order. */
struct told {
    int64_t at_ms, actor;
    str kind;
    const struct json *body;
};
struct told_list {
    const struct told *at;
    size_t count;
};
MUST_CHECK err proof_told(struct proof *p, int64_t subject, struct told_list *ret);
/* The only one of this kind; NULL: none, or several. */
const struct told *told_only(const struct told_list *list, str kind);
size_t told_count(const struct told_list *list, str kind);

/* Whether it opens there and, where `hash` is not "", what the event has the hash of (hex
 * of the SHA-256 of the plain bytes). True without a keyring, and of nothing. */
bool proof_opens(struct proof *p, const struct seal_place *place, str sealed, str hash);

/* Runs `all` in a snapshot and memory of its own; `as` names what was proved ("one-time
 * notices as their events tell") and is said behind the number of rows when all is well. */
MUST_CHECK err proof_run(struct arena *a, struct store *s, const struct proof *begin,
                         err (*all)(struct proof *p), const char *as);

#endif
