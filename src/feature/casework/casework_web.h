/* Between the files of casework that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_WEB_H
#define BIANMIN_FEATURE_CASEWORK_WEB_H

#include "desk/route.h"
#include "feature/casework/casework_view.h"
#include "kernel/casefile/casefile.h"

struct label casework_service_name(const struct ask *q, const struct casefile *c);
/* The short list of reasons; READ_REASONS chooses none. */
MUST_CHECK err casework_reasons(struct ask *q, enum reading_reason chosen,
                                struct casework_option **ret);
/* The case in the path. Fails: ERR_MISSING also where this person may not see it. */
MUST_CHECK err casework_load(struct ask *q, struct casefile *ret);

err casework_one(struct ask *q, struct reply *r);
err casework_file(struct ask *q, struct reply *r);
extern const struct beats casework_show_beats, casework_act_beats;

/* Which acts this person may do now, and the forms for them. */
MUST_CHECK err casework_acts_of(struct ask *q, const struct casefile *c,
                                struct casework_acts *ret);

#endif
