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

err casework_head_page(struct ask *q, struct reply *r);
err casework_seals_page(struct ask *q, struct reply *r);
err casework_desk_page(struct ask *q, struct reply *r);
extern const struct beats casework_hand_beats;

/* The rarer acts, as far as they are possible now. */
MUST_CHECK err casework_forms_of(struct ask *q, const struct casefile *c,
                                 struct casework_acts *p);
/* What was posted for an act; mistakes go to q->mistakes. */
MUST_CHECK err casework_act_read(struct ask *q, const struct casefile *c,
                                 struct act_wish *w);
str casework_field_of(struct ask *q, enum case_act act, str name);

/* What stands beside the application: clocks, consultations, messages, links, lessons. */
MUST_CHECK err casework_beside(struct ask *q, const struct casefile *c,
                               struct casework_case *p);

#endif
