/* parse — small texts of HTTP, read strictly.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/http/parse.h"

#include <string.h>

#include "base/arena.h"

#define NAME_MAX_BYTES 200

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

bool percent_decode(struct arena *a, str typed, bool plus, str *ret_plain)
{
    char *to = arena_alloc(a, typed.len + 1);
    size_t len = 0;

    if (to == NULL) {
        return false;
    }
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];

        if (c == '%') {
            if (i + 2 >= typed.len || hex_digit(typed.at[i + 1]) < 0 ||
                hex_digit(typed.at[i + 2]) < 0) {
                return false;
            }
            c = (char)(hex_digit(typed.at[i + 1]) * 16 + hex_digit(typed.at[i + 2]));
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        to[len++] = c;
    }
    *ret_plain = (str){ to, len };
    return str_is_text(*ret_plain);
}

bool form_parse(struct arena *a, str text, size_t most, struct http_pair **ret,
                size_t *ret_count)
{
    size_t pieces = 1, count = 0;

    for (size_t i = 0; i < text.len; i++) {
        pieces += text.at[i] == '&' ? 1 : 0;
    }
    if (pieces > most) {
        return false;
    }
    struct http_pair *list = ARENA_ARRAY(a, pieces, struct http_pair);
    str rest = text, piece;

    while (list != NULL && text.len > 0 && str_cut(&rest, '&', &piece)) {
        str name;

        if (piece.len == 0) {
            continue;
        }
        str value = piece;
        (void)str_cut(&value, '=', &name);
        if (!percent_decode(a, name, true, &list[count].name) ||
            !percent_decode(a, value, true, &list[count].value) ||
            list[count].name.len > NAME_MAX_BYTES) {
            return false;
        }
        count++;
    }
    *ret = list;
    *ret_count = count;
    return list != NULL;
}

str cookie_value(str header, str name)
{
    str rest = header, piece;

    while (rest.at != NULL && str_cut(&rest, ';', &piece)) {
        str key, value = str_trim(piece);

        if (!str_cut(&value, '=', &key) || value.at == NULL || !str_equal(key, name)) {
            continue;
        }
        if (value.len >= 2 && value.at[0] == '"' && value.at[value.len - 1] == '"') {
            value = str_slice(value, 1, value.len - 2);
        }
        return value;
    }
    return STR("");
}

static bool same_letters(str a, const char *z)
{
    return strlen(z) == a.len && (a.len == 0 || strncasecmp(a.at, z, a.len) == 0);
}

/* The weight of "…;q=0.8" in thousandths; 1000 when it is not said. */
static int weight_of(str parameters)
{
    str rest = parameters, piece;

    while (rest.at != NULL && str_cut(&rest, ';', &piece)) {
        str p = str_trim(piece);
        int weight = 0, unit = 1000;

        if (p.len < 3 || (p.at[0] != 'q' && p.at[0] != 'Q') || p.at[1] != '=') {
            continue;
        }
        for (size_t i = 2; i < p.len && i < 7; i++) {
            if (p.at[i] == '.') {
                continue;
            }
            if (p.at[i] < '0' || p.at[i] > '9') {
                return 0;
            }
            weight += (p.at[i] - '0') * unit;
            unit /= 10;
        }
        return weight > 1000 ? 1000 : weight;
    }
    return 1000;
}

/* One "name;q=…" of a comma list. */
static bool next_choice(str *rest, str *ret_name, int *ret_weight)
{
    str piece, name;

    if (rest->at == NULL || !str_cut(rest, ',', &piece)) {
        return false;
    }
    str parameters = piece;
    (void)str_cut(&parameters, ';', &name);
    *ret_name = str_trim(name);
    *ret_weight = weight_of(parameters);
    return true;
}

enum http_encoding encoding_accepted(str header)
{
    bool gzip = false, brotli = false;
    str rest = header, name;
    int weight;

    while (next_choice(&rest, &name, &weight)) {
        gzip = gzip || (weight > 0 && same_letters(name, "gzip"));
        brotli = brotli || (weight > 0 && same_letters(name, "br"));
    }
    return brotli ? HTTP_BROTLI : gzip ? HTTP_GZIP : HTTP_PLAIN;
}

enum lang language_accepted(str header, enum lang otherwise)
{
    enum lang best = otherwise;
    int best_weight = 0, weight;
    str rest = header, name;

    while (next_choice(&rest, &name, &weight)) {
        for (int i = 0; i < LANG_COUNT; i++) {
            bool ours = name.len >= 2 &&
                        same_letters(str_slice(name, 0, 2), lang_key[i].at) &&
                        (name.len == 2 || name.at[2] == '-');

            if (ours && weight > best_weight) {
                best = (enum lang)i;
                best_weight = weight;
            }
        }
    }
    return best;
}

bool tag_matches(str header, str tag)
{
    str rest = header, piece;

    while (rest.at != NULL && str_cut(&rest, ',', &piece)) {
        str one = str_trim(piece);

        if (str_starts(one, STR("W/"))) {
            one = str_slice(one, 2, one.len);
        }
        if (str_equal(one, tag) || str_equal(one, STR("*"))) {
            return true;
        }
    }
    return false;
}

str origin_host(str origin)
{
    ptrdiff_t colon = str_find(origin, STR("://"));

    if (colon <= 0) {
        return STR("");
    }
    str host = str_slice(origin, (size_t)colon + 3, origin.len);

    for (size_t i = 0; i < host.len; i++) {
        if (host.at[i] == '/' || host.at[i] == '?' || host.at[i] == '#') {
            return str_slice(host, 0, i);
        }
    }
    return host;
}

str file_name_clean(struct arena *a, str name)
{
    size_t begins = 0, len = 0;
    char *to = arena_alloc(a, name.len + 1);

    if (to == NULL) {
        return STR("");
    }
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '/' || name.at[i] == '\\') {
            begins = i + 1;
        }
    }
    for (size_t i = begins; i < name.len; i++) {
        unsigned char c = (unsigned char)name.at[i];

        if (c >= 0x20 && c != 0x7f) {
            to[len++] = (char)c;
        }
    }
    str clean = str_trim((str){ to, len });

    if (!str_is_text(clean) || str_equal(clean, STR(".")) || str_equal(clean, STR(".."))) {
        return STR("file");
    }
    if (clean.len > NAME_MAX_BYTES) { /* Keep the end: it says what kind of file it is. */
        size_t from = clean.len - NAME_MAX_BYTES;

        while (from < clean.len && ((unsigned char)clean.at[from] & 0xc0) == 0x80) {
            from++;
        }
        clean = str_slice(clean, from, clean.len);
    }
    return clean.len > 0 ? clean : STR("file");
}
