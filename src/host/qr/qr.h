/* qr — a QR code as a picture (libqrencode).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_QR_H
#define BIANMIN_HOST_QR_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* One path of an SVG: `d` of dark modules in a square of `*ret_side` units, 4 of them quiet
 * zone on each side. Level M. Fails: ERR_INPUT (too long). */
MUST_CHECK err qr_path(struct arena *a, str text, str *ret_d, int *ret_side);
/* The same as `*ret_side` rows of as many modules, 1 where it is dark. */
MUST_CHECK err qr_modules(struct arena *a, str text, unsigned char **ret_modules,
                          int *ret_side);

#endif
