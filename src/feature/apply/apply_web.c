/* apply — the table of routes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/apply/apply.h"

#include "feature/apply/inside.h"

#define FILE_FORM_BYTES ((size_t)256 << 10)

static const struct route apply_routes[] = {
    { GET, "/{agency}/apply/{key}", "apply.start", MAY_ANYONE, .show = apply_show_start,
      .help = MSG("Apply online") },
    { POST, "/{agency}/apply/{key}", "apply.may", MAY_ANYONE, .beats = &apply_may_beats,
      .again = apply_show_may },
    { GET, "/{agency}/apply/{key}/step/{step}", "apply.step", MAY_ANYONE,
      .show = apply_show_step },
    { POST, "/{agency}/apply/{key}/step/{step}", "apply.save", MAY_ANYONE,
      .beats = &apply_save_beats, .again = apply_show_step, .takes_files = true,
      .body_max = FILE_FORM_BYTES },
    { GET, "/{agency}/apply/{key}/later", "apply.later", MAY_ANYONE,
      .show = apply_show_later },
    { GET, "/{agency}/draft", "apply.draft", MAY_ANYONE, .show = apply_show_draft,
      .help = MSG("Go on with an application") },
    { POST, "/{agency}/draft", "apply.draft_open", MAY_ANYONE, .beats = &apply_draft_beats,
      .again = apply_show_draft },
    { GET, "/{agency}/apply/{key}/check", "apply.review", MAY_ANYONE,
      .show = apply_show_review },
    { POST, "/{agency}/apply/{key}/check", "apply.send", MAY_ANYONE,
      .beats = &apply_send_beats, .again = apply_show_review },
    { POST, "/api/v1/{agency}/services/{key}/cases", "api.apply", MAY_ANYONE,
      .beats = &apply_api_case_beats, .is_api = true, .body_max = FILE_FORM_BYTES,
      .help = MSG("Apply for a service") },
    /* A form with a file, not JSON; errors are JSON all the same by its address. */
    { POST, "/api/v1/{agency}/files", "api.file", MAY_ANYONE, .show = apply_api_file,
      .takes_files = true, .help = MSG("Send a file before the case it belongs to") },
};
const struct feature apply_feature = {
    "apply", apply_routes, sizeof apply_routes / sizeof apply_routes[0], NULL, 0,
};
