/* Between the files of this feature that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_ASSIGNMENT_WEB_H
#define BIANMIN_FEATURE_ASSIGNMENT_WEB_H

#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/route.h"
#include "feature/assignment/assignment_view.h"
#include "kernel/casefile/assign/assign.h"
#include "kernel/office/office.h"
#include "kernel/party/party.h"
#include "kernel/service/service.h"

#define ASSIGNMENT_ROWS 400
#define ASSIGNMENT_WEEK 7

/* The unit of the query or the form, else the reader's own. Fails: ERR_MISSING. */
MUST_CHECK err assignment_unit_of(struct ask *q, struct unit *ret);
/* Villages of the office's definition and of the lines, each once, as the tables write
 * them. */
MUST_CHECK err assignment_villages(struct ask *q, const struct assign_line *list,
                                   size_t count, str **ret, size_t *ret_count);
/* The fields of a line: key.0 and village_to.0; below them village_to.fresh. */
str assignment_key(struct ask *q, size_t at);
str assignment_to(struct ask *q, enum assign_kind kind, size_t at);
str assignment_to_fresh(struct ask *q, enum assign_kind kind);

err assignment_show(struct ask *q, struct reply *r);
extern const struct beats assignment_save_beats, assignment_back_beats;

#endif
