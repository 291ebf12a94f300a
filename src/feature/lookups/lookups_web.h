/* Between the files of lookups that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LOOKUPS_WEB_H
#define BIANMIN_FEATURE_LOOKUPS_WEB_H

#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/lookups/lookups_view.h"
#include "kernel/lookup/lookup.h"

err lookups_panel_case(struct ask *q, const struct panel_about *about, struct html *ret);
err lookups_show_case(struct ask *q, struct reply *r);
extern const struct beats lookups_ask_beats;

struct waits;
err lookups_waits(struct ask *q, struct waits *io);
err lookups_show_counts(struct ask *q, struct reply *r);
extern const struct beats lookups_audit_beats;

#endif
