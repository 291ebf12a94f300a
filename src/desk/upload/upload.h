/* upload — files between their arrival and the case that they belong to: proved to be the
 * sender's, proved to be there, kept from the sweep.
 *
 * A file comes before its form is right, and a form may come three times. So the page
 * carries a ticket for what has arrived, and what a sender says of a file counts for
 * nothing: its kind and size stand in the store.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_UPLOAD_H
#define BIANMIN_DESK_UPLOAD_H

#include "base/err.h"
#include "base/str.h"

struct answers;
struct ask;

/* The JSON of an answer, with the proof that this office gave it out. */
str upload_ticket(const struct ask *q, str json);
bool upload_ticket_open(const struct ask *q, str ticket, str *ret_json);

/* Every file of the answers is in the store and is what the store says; else a mistake.
 * `outside`: they are called as programs call them. */
MUST_CHECK err upload_prove(struct ask *q, struct answers *s, bool outside);

/* reply: the commit has linked it, so that the sweep leaves it. */
void upload_keep(const struct ask *q, int64_t file);

/* check: a file of a staff form becomes one of this office (until then it is the city's,
 * because it comes before anybody is known): the same bytes under a new id. Fails:
 * ERR_INPUT (more than 20 MiB), ERR_BUSY. */
struct ask_file;
MUST_CHECK err upload_take(struct ask *q, const struct ask_file *file, int64_t *ret_file);

/* What programs call a file, and back. */
int64_t upload_outside(const struct ask *q, int64_t id);
int64_t upload_inside(const struct ask *q, int64_t outside);

#endif
