/* demo — the demo city: four offices with their people, and some two hundred matters of two
 * years, so that whoever looks at the program for the first time sees an office at work.
 *
 * Everything goes the way it goes in an office: definitions are published, people get their
 * duties, applications are received, proposed, decided, issued, with the same functions and
 * the same rights. The same `today` gives the same content; passwords and codes are random.
 * All names, numbers and addresses are invented.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_DEMO_H
#define BIANMIN_APP_DEMO_H

#include "base/day.h"
#include "base/err.h"

struct keyring;
struct store;

struct demo_wish {
    day today;             /* what happened ends the evening before */
    const char *passwords; /* file to make (0600): name@office TAB password TAB duties */
    const char *receipts; /* file to make (0600): office TAB number TAB code TAB service TAB
                            * state of the newest cases; NULL: none */
    const char *papers;    /* the papers program, for forms on the shelf; NULL: none */
};
/* Fills an empty, started store. Fails: what store and definitions fail with; ERR_CONFLICT
 * when a file is there already. */
MUST_CHECK err demo_fill(struct arena *a, struct store *s, const struct keyring *k,
                         const struct demo_wish *wish);

#endif
