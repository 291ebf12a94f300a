/* damage_test — for tests of checks: something is damaged in the database, and the check says
 * so, and what.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_PROOF_DAMAGE_TEST_H
#define BIANMIN_KERNEL_PROOF_DAMAGE_TEST_H

#include "host/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* What is done behind the program's back: `guard` takes the guard of an append-only table
 * down first; or an event is told of what is not there. */
struct damage {
    const char *story;
    const char *guard; /* the table; NULL: it has none */
    struct query does; /* ?1 agency, ?2 id, ?3 other bytes */
    const char *event; /* instead: an event of this kind, with this body */
    const char *body;
    const char *want; /* what the check says last */
};

struct findings {
    int faults;
    char last[240];
};

static inline void damage_note(void *context, bool sound, str line)
{
    struct findings *f = context;

    if (!sound) {
        f->faults++;
        snprintf(f->last, sizeof f->last, "%.*s", STR_ARG(line));
    }
}

struct damaging {
    const struct damage *damage;
    int64_t agency, id;
};

static inline err damage_guard_down(struct arena *a, struct tx *tx, const char *table)
{
    static const char *const acts[] = { "UPDATE", "DELETE" };

    for (size_t i = 0; i < 2; i++) {
        const struct query off = {
            str_z(a, str_format(a, "DROP TRIGGER IF EXISTS %s_no_%s", table, acts[i])),
            "",
            str_z(a,
                  str_format(a, "DROP TRIGGER IF EXISTS %s_no_change ON %s", table, table)),
        };

        TRY(tx_run(a, tx, &off, NO_VALUES));
    }
    return NULL;
}

static inline err damage_run(void *context, struct arena *a, struct tx *tx)
{
    const struct damaging *d = context;

    if (d->damage->event != NULL) {
        const struct event e = { .agency = d->agency,
                                 .at_ms = 1,
                                 .subject = d->id,
                                 .kind = str_of(d->damage->event),
                                 .body = str_of(d->damage->body) };

        return tx_event(tx, &e);
    }
    if (d->damage->guard != NULL) {
        TRY(damage_guard_down(a, tx, d->damage->guard));
    }
    const struct value values[] = { bind_int(d->agency), bind_int(d->id),
                                    bind_bytes(STR("other bytes")) };

    return tx_run(a, tx, &d->damage->does, values, strlen(d->damage->does.types));
}

/* The check has found one thing more than before, and says so. */
static inline void damage_is_found(const struct damage *d, const struct findings *f,
                                   int before)
{
    const char *said = strrchr(f->last, ':');

    if (f->faults <= before || said == NULL || strcmp(said + 2, d->want) != 0) {
        fail_msg("%s: %d, \"%s\"", d->story, f->faults, f->last);
    }
}

#endif
