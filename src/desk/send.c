/* send — the finished reply becomes an answer: status, headers, compression.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/inside.h"
#include "host/http/compress.h"

static const struct {
    const char *name, *value;
} always[] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
}, on_pages[] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
      "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
      "frame-ancestors 'none'; base-uri 'none'" },
    { "X-Frame-Options", "DENY" },
    { "Permissions-Policy",
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()" },
}, on_others[] = {
    { "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox" },
};

#define PUT_ALL(x, table)                                                        \
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {              \
        (void)http_answer_header((x), table[i].name, str_of(table[i].value));    \
    }

void send_security_headers(struct http_answer *x, bool secure, bool is_page)
{
    PUT_ALL(x, always);
    if (is_page) {
        PUT_ALL(x, on_pages);
    } else {
        PUT_ALL(x, on_others);
    }
    if (secure) {
        (void)http_answer_header(x, "Strict-Transport-Security",
                                 STR("max-age=31536000; includeSubDomains"));
    }
}

static struct http_answer *answer_of(struct turn *t)
{
    struct reply *r = &t->reply;
    struct ask *q = &t->ask;
    struct http_answer *x;
    str small;

    if (r->stream != NULL) {
        return r->stream;
    }
    if (r->is_const) {
        x = http_answer_const(r->body);
        if (r->encoded != HTTP_PLAIN) {
            (void)http_answer_header(x, "Content-Encoding", encoding_name[r->encoded]);
        }
        (void)http_answer_header(x, "Vary", STR("Accept-Encoding"));
        return x;
    }
    if (t->encoding != HTTP_PLAIN && r->body.len >= COMPRESS_FROM_BYTES &&
        !str_starts(r->media_type, STR("image/png")) &&
        !str_starts(r->media_type, STR("image/jpeg")) &&
        compress_text(q->arena, t->encoding, false, r->body, &small)) {
        x = http_answer_copy(small);
        (void)http_answer_header(x, "Content-Encoding", encoding_name[t->encoding]);
        (void)http_answer_header(x, "Vary", STR("Accept-Encoding"));
        return x;
    }
    return http_answer_copy(r->body);
}

static void put_headers(struct turn *t, struct http_answer *x)
{
    struct reply *r = &t->reply;

    if (r->media_type.len > 0) {
        (void)http_answer_header(x, "Content-Type", r->media_type);
    }
    (void)http_answer_header(x, "Cache-Control",
                             r->cache_control != NULL ? str_of(r->cache_control)
                                                      : STR("no-store"));
    for (size_t i = 0; i < r->headers_count; i++) {
        if (!http_answer_header(x, r->headers[i].name, r->headers[i].value)) {
            continue; /* A value that could split the head is left out. */
        }
    }
    (void)http_answer_header(x, "X-Request-Id", t->ask.request_id);
    send_security_headers(x, t->ask.desk->secure, r->is_page || r->media_type.len == 0);
}

void send_reply(struct turn *t)
{
    struct reply *r = &t->reply;
    int status = r->status != 0 ? r->status : 200;

    if (http_is_sent(t->request)) { /* A kept page has gone its own way. */
        return;
    }
    if (arena_failed(t->ask.arena) || !r->answered) {
        /* Never an answer with a hole in it. */
        http_answer_drop(r->stream);
        *r = (struct reply){ .body = STR("503 The office is busy. Please try again.\n"),
                             .media_type = STR("text/plain; charset=utf-8") };
        status = arena_failed(t->ask.arena) ? 503 : 500;
    }
    struct http_answer *x = answer_of(t);

    r->stream = NULL;
    put_headers(t, x);
    http_send(t->request, status, x);
}
