/* arrive — a file has come whole: what it is by its content, and pictures made harmless.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_ARRIVE_H
#define BIANMIN_DESK_ARRIVE_H

#include "desk/ask.h"

/* Sets media_type, and for a picture id and size of the copy that is kept: written anew
 * from its pixels, without places and camera. What nobody can look at has no media type, so
 * that no question takes it. Blocks: on the file lane only. */
MUST_CHECK err arrive(struct desk *d, struct arena *a, int64_t agency, int64_t now_ms,
                      struct ask_file *file);

#endif
