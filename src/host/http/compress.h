/* compress — smaller answers: brotli and gzip.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HTTP_COMPRESS_H
#define BIANMIN_HOST_HTTP_COMPRESS_H

#include "host/http/parse.h"

#define COMPRESS_FROM_BYTES 1024

/* The name for Content-Encoding; "" for HTTP_PLAIN. */
extern const str encoding_name[HTTP_ENCODINGS];
/* `best`: for what is kept and sent often (brotli 11, gzip 9), else quick (5, 6). False
 * when it would not be smaller, or memory ran out: send it plain. */
bool compress_text(struct arena *a, enum http_encoding encoding, bool best, str plain,
                   str *ret_small);

#endif
