/* paper — asks the `papers` process: what is this file, and make this picture harmless.
 *
 * Foreign bytes are parsed there only: no network, no database, 10 s and 512 MiB a job; it
 * is started again when it dies. Callers are in the slow lane (they wait).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_H
#define BIANMIN_HOST_PAPER_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct paper; /* the client; safe for many threads */

/* Starts the process (before the sandbox closes). `program`: path of bianmin-papers. */
MUST_CHECK err paper_start(struct arena *a, const char *program, struct paper **ret);
void paper_stop(struct paper *p);

/* By content, not by name: "image/jpeg", "application/pdf". Fails: ERR_BUSY. */
MUST_CHECK err paper_media_type(struct arena *a, struct paper *p, str bytes, str *ret_type);
/* A JPEG or PNG written anew from its pixels: no places, no camera, no hidden parts; the
 * rotation it asked for is applied; at most 4096 on the long side.
 * Fails: ERR_INPUT (no picture we can read, too large), ERR_BUSY. */
MUST_CHECK err paper_clean_picture(struct arena *a, struct paper *p, str bytes,
                                   str *ret_bytes, str *ret_type);

#endif
