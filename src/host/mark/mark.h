/* mark — the Markdown of definitions becomes markup (cmark-gfm).
 *
 * Headings, lists, tables, links, emphasis. Raw HTML is shown as it was typed, pictures
 * become their text, links go to https, http, mailto, tel or a path of ours only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_MARK_H
#define BIANMIN_HOST_MARK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* `first_heading`: the level that # gets, 1..6; deeper ones follow. The markup is ready for
 * struct html. Fails: ERR_INPUT (over 256 KiB). */
MUST_CHECK err mark_render(struct arena *a, str markdown, int first_heading,
                           str *ret_markup);

#endif
