/* errand — packing, and the addresses we may go to.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/courier/errand.h"

#include "base/buf.h"

#include <string.h>

#define PACKED_MAX (COURIER_ANSWER_MAX + ((size_t)64 << 10))
#define URL_MAX 2000
#define HTTPS_PORT 443
#define HTTP_PORT 80
#define PORT_MAX 65535

static void text_put(struct buf *b, str s)
{
    uint64_t len = s.at == NULL ? UINT64_MAX : s.len;

    buf_put(b, (str){ (const char *)&len, sizeof len });
    buf_put(b, s);
}

static bool text_take(str *rest, str *ret)
{
    uint64_t len;

    if (rest->len < sizeof len) {
        return false;
    }
    memcpy(&len, rest->at, sizeof len);
    *rest = str_slice(*rest, sizeof len, rest->len);
    if (len == UINT64_MAX) {
        *ret = (str){ NULL, 0 };
        return true;
    }
    if (len > rest->len) {
        return false;
    }
    *ret = (str){ rest->at, (size_t)len };
    *rest = (str){ rest->at + len, rest->len - (size_t)len };
    return true;
}

static void number_put(struct buf *b, uint64_t n)
{
    text_put(b, (str){ (const char *)&n, sizeof n });
}

static bool number_take(str *rest, uint64_t most, uint64_t *ret)
{
    str s;

    if (!text_take(rest, &s) || s.len != sizeof *ret) {
        return false;
    }
    memcpy(ret, s.at, sizeof *ret);
    return *ret <= most;
}

bool errand_pack(struct arena *a, const struct courier_errand *e, str *ret_bytes)
{
    struct buf b;

    buf_init(&b, a, COURIER_BODY_MAX + ((size_t)64 << 10));
    text_put(&b, e->url);
    text_put(&b, e->body);
    text_put(&b, e->media_type);
    text_put(&b, e->authorization);
    text_put(&b, e->signature);
    number_put(&b, e->answer_max);
    number_put(&b, (uint64_t)e->seconds);
    *ret_bytes = buf_str(&b);
    return !buf_failed(&b);
}

bool errand_unpack(str bytes, struct courier_errand *ret)
{
    struct courier_errand e = { 0 };
    uint64_t answer_max, seconds;

    if (!text_take(&bytes, &e.url) || !text_take(&bytes, &e.body) ||
        !text_take(&bytes, &e.media_type) || !text_take(&bytes, &e.authorization) ||
        !text_take(&bytes, &e.signature) ||
        !number_take(&bytes, COURIER_ANSWER_MAX, &answer_max) ||
        !number_take(&bytes, COURIER_SECONDS_MAX, &seconds) || bytes.len != 0) {
        return false;
    }
    e.answer_max = (size_t)answer_max;
    e.seconds = (int)seconds;
    *ret = e;
    return true;
}

bool answer_pack(struct arena *a, const struct courier_answer *x, str why, str *ret_bytes)
{
    struct buf b;

    buf_init(&b, a, PACKED_MAX);
    number_put(&b, (uint64_t)x->status);
    text_put(&b, x->media_type);
    text_put(&b, x->signature);
    text_put(&b, why);
    text_put(&b, x->body);
    *ret_bytes = buf_str(&b);
    return !buf_failed(&b);
}

bool answer_unpack(str bytes, struct courier_answer *ret, str *ret_why)
{
    uint64_t status;
    struct courier_answer x;
    str why;

    if (!number_take(&bytes, 999, &status) || !text_take(&bytes, &x.media_type) ||
        !text_take(&bytes, &x.signature) || !text_take(&bytes, &why) ||
        !text_take(&bytes, &x.body) || bytes.len != 0) {
        return false;
    }
    x.status = (int)status;
    *ret = x;
    *ret_why = why;
    return true;
}

static bool is_host_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

static bool host_is_plain(str host)
{
    bool plain = host.len > 0 && host.len < 254 && host.at[0] != '.' && host.at[0] != '-';

    for (size_t i = 0; i < host.len && plain; i++) {
        plain = is_host_sign(host.at[i]);
    }
    return plain;
}

static bool is_this_machine(str host)
{
    return str_equal(host, STR("127.0.0.1")) || str_equal(host, STR("localhost"));
}

bool origin_read(struct arena *a, str url, struct origin *ret)
{
    bool https = str_starts(url, STR("https://")), http = str_starts(url, STR("http://"));
    size_t from = https ? 8 : 7, end = from;
    int64_t port = https ? HTTPS_PORT : HTTP_PORT;

    if ((!https && !http) || url.len > URL_MAX || str_find(url, STR("#")) >= 0) {
        return false;
    }
    for (size_t i = 0; i < url.len; i++) {
        if ((unsigned char)url.at[i] <= ' ' || (unsigned char)url.at[i] >= 0x7f) {
            return false;
        }
    }
    while (end < url.len && url.at[end] != '/' && url.at[end] != '?') {
        end++;
    }
    str place = str_lower(a, str_slice(url, from, end - from));
    ptrdiff_t colon = str_find(place, STR(":"));
    str host = colon < 0 ? place : str_slice(place, 0, (size_t)colon);

    if (colon >= 0) {
        str digits = str_slice(place, (size_t)colon + 1, place.len);

        if (digits.len == 0 || digits.at[0] < '0' || digits.at[0] > '9' ||
            !str_to_int(digits, &port) || port < 1 || port > PORT_MAX) {
            return false;
        }
    }
    if (!host_is_plain(host) || (http && !is_this_machine(host))) {
        return false;
    }
    *ret = (struct origin){ https ? STR("https") : STR("http"), host, (uint16_t)port };
    return true;
}

bool origin_same(const struct origin *x, const struct origin *y)
{
    return str_equal(x->scheme, y->scheme) && str_equal(x->host, y->host) &&
           x->port == y->port;
}

bool courier_origin(struct arena *a, str url, str *ret_origin)
{
    struct origin o;

    if (!origin_read(a, url, &o)) {
        return false;
    }
    *ret_origin = str_format(a, "%.*s://%.*s:%u", STR_ARG(o.scheme), STR_ARG(o.host),
                             (unsigned)o.port);
    return true;
}
