/* walls — what hangs on walls and lies on tables, beside what holds today.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SHEETS_WALLS_H
#define BIANMIN_FEATURE_SHEETS_WALLS_H

#include "desk/ask.h"
#include "feature/sheets/sheets_store.h"

#define OWN STR("own")
#define FEES STR("fees")
#define SHELF STR("shelf") /* a form of the shelf: `service` is its id */

/* Forms of the shelf lie on paper too: on a table, at a counter. */
struct walls {
    struct ask *q;
    struct shelf_form *forms;
    size_t count;
};

MUST_CHECK err walls_load(struct ask *q, struct walls *ret);
/* 0: there is no such sheet any more. */
int walls_version_now(const struct walls *w, str service, str sheet);
/* What it says about money today; "" nothing. */
str walls_prices_now(const struct walls *w, str service, str sheet);
/* The table of fees is old when it says something else; a sheet of a service also when its
 * definition is another one. */
bool walls_is_old(const struct walls *w, const struct posting *p);
str walls_title_of(const struct walls *w, str service, str sheet);

#endif
