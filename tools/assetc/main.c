/* assetc — joins, hashes and compresses the files of assets/ into one C table.
 *
 *     assetc OUT.c FILE…     css/ (all joined to app.css), js/form*.js (joined to form.js),
 *                            other js/ (joined to staff.js), the rest alone
 *
 * The hash in the name changes with the bytes, so browsers may keep a file for ever.
 * SPDX-License-Identifier: MPL-2.0 */
#include <brotli/encode.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define ASSETS 64
#define ASSET_BYTES ((size_t)4 << 20)

struct asset {
    char name[80];
    unsigned char *bytes;
    size_t len;
};

static void stop(const char *what, const char *name)
{
    fprintf(stderr, "assetc: %s: %s\n", what, name);
    exit(1);
}

static const char *media_type(const char *name)
{
    static const char *const types[][2] = {
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
    };
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(dot, types[i][0]) == 0) {
            return types[i][1];
        }
    }
    stop("unknown kind of file", name);
    return "";
}

static const char *target_name(const char *path)
{
    const char *last = strrchr(path, '/');

    if (strstr(path, "/css/") != NULL) {
        return "app.css";
    }
    if (strstr(path, "/js/form") != NULL) {
        return "form.js";
    }
    if (strstr(path, "/js/") != NULL) {
        return "staff.js";
    }
    return last == NULL ? path : last + 1;
}

static struct asset *asset_of(struct asset *list, size_t *count, const char *name)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(list[i].name, name) == 0) {
            return &list[i];
        }
    }
    if (*count == ASSETS || strlen(name) >= sizeof(list[0].name)) {
        stop("too many or too long", name);
    }
    struct asset *a = &list[(*count)++];

    snprintf(a->name, sizeof(a->name), "%s", name);
    a->bytes = malloc(ASSET_BYTES);
    a->len = 0;
    if (a->bytes == NULL) {
        stop("no memory", name);
    }
    return a;
}

static void read_into(struct asset *a, const char *path)
{
    FILE *in = fopen(path, "rb");

    if (in == NULL) {
        stop("cannot be read", path);
    }
    a->len += fread(a->bytes + a->len, 1, ASSET_BYTES - a->len, in);
    if (ferror(in) || a->len == ASSET_BYTES) {
        stop("too large", path);
    }
    fclose(in);
}

static uint64_t hash_of(const struct asset *a)
{
    uint64_t hash = 0xCBF29CE484222325u;

    for (size_t i = 0; i < a->len; i++) {
        hash = (hash ^ a->bytes[i]) * 0x100000001B3u; /* FNV-1a */
    }
    return hash;
}

static void put_bytes(FILE *out, const char *what, size_t index, const unsigned char *bytes,
                      size_t len)
{
    fprintf(out, "static const unsigned char %s_%zu[] = {", what, index);
    for (size_t i = 0; i < len; i++) {
        fprintf(out, "%s%u,", i % 24 == 0 ? "\n" : "", bytes[i]);
    }
    fprintf(out, "%s};\n", len == 0 ? "0" : "");
}

static size_t brotli(const struct asset *a, unsigned char *to, size_t space)
{
    size_t len = space;

    return BrotliEncoderCompress(11, 22, BROTLI_MODE_TEXT, a->len, a->bytes, &len, to) ? len
                                                                                       : 0;
}

static size_t gzip(const struct asset *a, unsigned char *to, size_t space)
{
    z_stream z = { 0 };

    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return 0;
    }
    z.next_in = a->bytes;
    z.avail_in = (uInt)a->len;
    z.next_out = to;
    z.avail_out = (uInt)space;
    int end = deflate(&z, Z_FINISH);
    size_t len = z.total_out;

    deflateEnd(&z);
    return end == Z_STREAM_END ? len : 0;
}

static void put_asset(FILE *out, const struct asset *a, size_t index, size_t small[2])
{
    unsigned char *to = malloc(ASSET_BYTES);

    if (to == NULL) {
        stop("no memory", a->name);
    }
    put_bytes(out, "plain", index, a->bytes, a->len);
    small[0] = gzip(a, to, ASSET_BYTES);
    put_bytes(out, "gzip", index, to, small[0]);
    small[1] = brotli(a, to, ASSET_BYTES);
    put_bytes(out, "brotli", index, to, small[1]);
    free(to);
}

static void put_row(FILE *out, const struct asset *a, size_t index, const size_t small[2])
{
    const char *dot = strrchr(a->name, '.');

    fprintf(out, "    { \"%s\", \"%.*s.%016llx%s\", \"%s\",\n      { plain_%zu, ", a->name,
            (int)(dot - a->name), a->name, (unsigned long long)hash_of(a), dot,
            media_type(a->name), index);
    for (int i = 0; i < 2; i++) {
        if (small[i] > 0 && small[i] < a->len) {
            fprintf(out, "%s_%zu%s", i == 0 ? "gzip" : "brotli", index, i == 0 ? ", " : "");
        } else {
            fprintf(out, "0%s", i == 0 ? ", " : "");
        }
    }
    fprintf(out, " },\n      { %zu, %zu, %zu } },\n", a->len, small[0], small[1]);
}

int main(int count, char **words)
{
    static struct asset list[ASSETS];
    size_t small[ASSETS][2], n = 0;

    if (count < 2) {
        stop("usage", "assetc OUT.c FILE…");
    }
    for (int i = 2; i < count; i++) {
        read_into(asset_of(list, &n, target_name(words[i])), words[i]);
    }
    FILE *out = fopen(words[1], "wb");

    if (out == NULL) {
        stop("cannot be written", words[1]);
    }
    fprintf(out, "/* Made by tools/assetc. */\n#include \"desk/assets.h\"\n\n");
    for (size_t i = 0; i < n; i++) {
        put_asset(out, &list[i], i, small[i]);
    }
    fprintf(out, "const struct asset assets[] = {\n");
    for (size_t i = 0; i < n; i++) {
        put_row(out, &list[i], i, small[i]);
    }
    fprintf(out, "};\nconst size_t assets_count = sizeof(assets) / sizeof(assets[0]);\n");
    return fclose(out) == 0 ? 0 : 1;
}
