/* assets — style, script and icon, in the binary: hashed by name, compressed at build time.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_ASSETS_H
#define BIANMIN_DESK_ASSETS_H

#include "host/html/html.h"
#include "host/http/parse.h"

struct asset {
    const char *name;   /* "app.css" */
    const char *hashed; /* "app.0a1b2c3d4e.css" */
    const char *media_type;
    const unsigned char *bytes[HTTP_ENCODINGS]; /* plain, gzip, brotli; NULL: not smaller */
    size_t sizes[HTTP_ENCODINGS];
};
/* Made by tools/assetc out of assets/. */
extern const struct asset assets[];
extern const size_t assets_count;

/* Where it is asked for; empty when there is no such asset. */
struct url asset_url(struct arena *a, const char *name);
const struct asset *asset_by_hashed(str hashed);

#endif
