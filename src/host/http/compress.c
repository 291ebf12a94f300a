/* compress — smaller answers: brotli and gzip.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/http/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include "base/arena.h"

#define GZIP_WINDOW_BITS (15 + 16) /* 16: with the gzip head */

const str encoding_name[HTTP_ENCODINGS] = { STR_INIT(""), STR_INIT("gzip"),
                                            STR_INIT("br") };

static bool compress_brotli(bool best, str plain, char *to, size_t *len)
{
    return BrotliEncoderCompress(best ? 11 : 5, best ? 22 : 18, BROTLI_MODE_TEXT, plain.len,
                                 (const uint8_t *)plain.at, len,
                                 (uint8_t *)to) == BROTLI_TRUE;
}

static bool compress_gzip(bool best, str plain, char *to, size_t *len)
{
    z_stream z = { 0 };

    if (deflateInit2(&z, best ? 9 : 6, Z_DEFLATED, GZIP_WINDOW_BITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return false;
    }
    z.next_in = (Bytef *)(uintptr_t)plain.at;
    z.avail_in = (uInt)plain.len;
    z.next_out = (Bytef *)to;
    z.avail_out = (uInt)*len;
    int end = deflate(&z, Z_FINISH);

    *len = z.total_out;
    deflateEnd(&z);
    return end == Z_STREAM_END;
}

bool compress_text(struct arena *a, enum http_encoding encoding, bool best, str plain,
                   str *ret_small)
{
    size_t len = plain.len;
    bool done = false;

    if (encoding == HTTP_PLAIN || plain.len < COMPRESS_FROM_BYTES ||
        plain.len > UINT32_MAX / 2) {
        return false;
    }
    char *to = arena_alloc(a, len);

    if (to == NULL) {
        return false;
    }
    done = encoding == HTTP_BROTLI ? compress_brotli(best, plain, to, &len)
                                   : compress_gzip(best, plain, to, &len);
    if (done) {
        *ret_small = (str){ to, len };
    }
    return done && len < plain.len;
}
