/* What the page shows on which a telephone call about a case is recorded.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_CALL_VIEW_H
#define BIANMIN_FEATURE_CASEWORK_CALL_VIEW_H

#include "base/words.h"
#include "desk/field/field.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "feature/casework/casework_view.h"

struct casework_call {
    str form_token, number, pattern; /* pattern: how a time is written */
    struct url here, casefile;
    struct entry who, telephone, day, time, asked, answered;
    bool sample; /* a filled-in sample was sent */
    bool may, may_correct, corrects;
    const struct casework_option *questions;
    size_t questions_count;
    const struct field *fields; /* the one that is corrected */
    size_t fields_count;
    str former; /* what stands there now, masked where it is personal */
    bool has_former;
    struct shell_mistakes mistakes;
};

#endif
