/* leave_rules — for whom somebody may enter an absence.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LEAVE_RULES_H
#define BIANMIN_FEATURE_LEAVE_RULES_H

#include "kernel/party/party.h"

/* For himself; the head of a unit (and who stands in for him) for its people; personnel and
 * the administrator for all. */
bool leave_may_enter(const struct actor *who, const struct staff *of);
/* For somebody beside himself. */
bool leave_enters_others(const struct actor *who);

#endif
