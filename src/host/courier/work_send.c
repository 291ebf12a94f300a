/* work_send — one errand with libcurl: one address, no redirect, the certificate verified,
 * so many bytes, so many seconds.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/courier/work.h"

#include "base/buf.h"

#include <curl/curl.h>
#include <string.h>
#include <strings.h>

#define CONNECT_MS 5000L
#define HEADER_BYTES ((size_t)64 << 10)
#define SIGNATURE_MAX 200

struct trip {
    struct arena *arena;
    struct buf body;
    size_t head_bytes;
    str signature;
    bool too_large;
};

bool work_curl_start(void)
{
    return curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK;
}

static size_t body_came(char *at, size_t size, size_t count, void *context)
{
    struct trip *t = context;

    buf_put(&t->body, (str){ at, size * count });
    if (buf_failed(&t->body)) {
        t->too_large = true;
        return 0;
    }
    return size * count;
}

static size_t head_came(char *at, size_t size, size_t count, void *context)
{
    static const char name[] = "x-signature:";
    struct trip *t = context;
    size_t len = size * count;

    t->head_bytes += len;
    if (t->head_bytes > HEADER_BYTES) {
        t->too_large = true;
        return 0;
    }
    if (len > sizeof name && len < SIGNATURE_MAX &&
        strncasecmp(at, name, sizeof name - 1) == 0) {
        t->signature = str_copy(
            t->arena, str_trim((str){ at + sizeof name - 1, len - sizeof name + 1 }));
    }
    return len;
}

/* A value that would begin another line is left out. */
static struct curl_slist *line_add(struct arena *a, struct curl_slist *list,
                                   const char *name, str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if ((unsigned char)value.at[i] < ' ') {
            return list;
        }
    }
    if (value.len == 0) {
        return list;
    }
    struct curl_slist *more = curl_slist_append(
        list, str_z(a, str_format(a, "%s: %.*s", name, STR_ARG(value))));

    return more == NULL ? list : more;
}

static void set_guard(CURL *h, const struct courier_errand *e, const char *ca_file)
{
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_REDIR_PROTOCOLS_STR, "");
    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(h, CURLOPT_PROXY, "");
    curl_easy_setopt(h, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(h, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
    if (ca_file[0] != '\0') {
        curl_easy_setopt(h, CURLOPT_CAINFO, ca_file);
        curl_easy_setopt(h, CURLOPT_CAPATH, NULL);
    }
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
    curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, (long)e->seconds * 1000L);
    curl_easy_setopt(h, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)e->answer_max);
    curl_easy_setopt(h, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
}

static struct curl_slist *set_errand(struct arena *a, CURL *h,
                                     const struct courier_errand *e, struct trip *t)
{
    struct curl_slist *lines = NULL;

    lines = line_add(a, lines, "Authorization", e->authorization);
    lines = line_add(a, lines, "X-Signature", e->signature);
    lines = line_add(a, lines, "Content-Type", e->media_type);
    lines = line_add(a, lines, "User-Agent", STR("Bianmin"));
    if (e->body.at != NULL) {
        lines = curl_slist_append(lines, "Expect:");
        curl_easy_setopt(h, CURLOPT_POST, 1L);
        curl_easy_setopt(h, CURLOPT_POSTFIELDS, e->body.at);
        curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)e->body.len);
    }
    curl_easy_setopt(h, CURLOPT_URL, str_z(a, e->url));
    curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, body_came);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, head_came);
    curl_easy_setopt(h, CURLOPT_HEADERDATA, t);
    return lines;
}

static enum courier_fault fault_of(CURLcode rc, const struct trip *t)
{
    if (t->too_large) {
        return COURIER_HUGE;
    }
    switch (rc) {
    case CURLE_OK:
        return COURIER_FINE;
    case CURLE_FILESIZE_EXCEEDED:
        return COURIER_HUGE;
    case CURLE_OPERATION_TIMEDOUT:
        return COURIER_SLOW;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
        return COURIER_AWAY;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return COURIER_UNTRUSTED;
    default:
        return COURIER_BROKEN;
    }
}

static enum courier_fault answer_take(struct arena *a, CURL *h, const struct trip *t,
                                      struct courier_answer *ret, str *ret_why)
{
    long status = 0;
    char *type = NULL;

    curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(h, CURLINFO_CONTENT_TYPE, &type);
    *ret = (struct courier_answer){ .status = status > 0 && status < 1000 ? (int)status : 0,
                                    .media_type = str_copy(a, str_of(type)),
                                    .signature = t->signature,
                                    .body = buf_str(&t->body) };
    if (status < 200 || status > 299) {
        *ret_why = str_format(a, "status %ld", status);
        return COURIER_REFUSED;
    }
    return COURIER_FINE;
}

enum courier_fault work_send(struct arena *a, const struct courier_errand *e,
                             const char *ca_file, struct courier_answer *ret, str *ret_why)
{
    CURL *h = curl_easy_init();
    struct trip t = { .arena = a };

    *ret = (struct courier_answer){ 0 };
    if (h == NULL) {
        *ret_why = STR("libcurl does not begin");
        return COURIER_BROKEN;
    }
    buf_init(&t.body, a, e->answer_max);
    set_guard(h, e, ca_file);
    struct curl_slist *lines = set_errand(a, h, e, &t);
    CURLcode rc = curl_easy_perform(h);
    enum courier_fault f = fault_of(rc, &t);

    *ret_why = str_of(curl_easy_strerror(rc));
    if (f == COURIER_FINE) {
        f = answer_take(a, h, &t, ret, ret_why);
    }
    curl_slist_free_all(lines);
    curl_easy_cleanup(h);
    return f;
}
