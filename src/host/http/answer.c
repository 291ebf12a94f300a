/* answer — responses of the library, counted, so that a cached page is sent many times.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>
#include <string.h>

#include "host/http/inside.h"

static struct http_answer *answer_around(struct MHD_Response *response, int64_t bytes)
{
    struct http_answer *x = response == NULL ? NULL : calloc(1, sizeof(*x));

    if (x == NULL) {
        if (response != NULL) {
            MHD_destroy_response(response);
        }
        return NULL;
    }
    x->response = response;
    x->bytes = bytes;
    atomic_init(&x->references, 1);
    return x;
}

/* The library wants a writable pointer also where it only reads. */
static struct MHD_Response *response_of(str body, enum MHD_ResponseMemoryMode mode)
{
    const char *at = body.at != NULL ? body.at : "";

    return MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)at, mode);
}

struct http_answer *http_answer_copy(str body)
{
    return answer_around(response_of(body, MHD_RESPMEM_MUST_COPY), (int64_t)body.len);
}

struct http_answer *http_answer_const(str body)
{
    return answer_around(response_of(body, MHD_RESPMEM_PERSISTENT), (int64_t)body.len);
}

struct stream {
    int64_t (*read)(void *context, int64_t offset, char *to, size_t most);
    void (*end)(void *context);
    void *context;
};

static ssize_t stream_read(void *context, uint64_t offset, char *to, size_t most)
{
    struct stream *s = context;
    int64_t got = s->read(s->context, (int64_t)offset, to, most);

    if (got > 0) {
        return (ssize_t)got;
    }
    return got == 0 ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void stream_end(void *context)
{
    struct stream *s = context;

    if (s->end != NULL) {
        s->end(s->context);
    }
    free(s);
}

struct http_answer *http_answer_stream(int64_t size,
                                       int64_t (*read)(void *context, int64_t offset,
                                                       char *to, size_t most),
                                       void *context, void (*end)(void *context))
{
    struct stream *s = calloc(1, sizeof(*s));

    if (s == NULL) {
        if (end != NULL) {
            end(context);
        }
        return NULL;
    }
    *s = (struct stream){ read, end, context };
    struct MHD_Response *response = MHD_create_response_from_callback(
        size >= 0 ? (uint64_t)size : MHD_SIZE_UNKNOWN, (size_t)64 << 10, stream_read, s,
        stream_end);

    if (response == NULL) {
        stream_end(s);
    }
    return answer_around(response, size);
}

bool http_answer_header(struct http_answer *x, const char *name, str value)
{
    char *copy;
    bool added;

    if (x == NULL) {
        return false;
    }
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];

        if (c < 0x20 || c == 0x7f) {
            return false;
        }
    }
    copy = malloc(value.len + 1);
    if (copy == NULL) {
        return false;
    }
    if (value.len > 0) {
        memcpy(copy, value.at, value.len);
    }
    copy[value.len] = '\0';
    added = MHD_add_response_header(x->response, name, copy) == MHD_YES;
    free(copy);
    return added;
}

struct http_answer *http_answer_hold(struct http_answer *x)
{
    if (x != NULL) {
        atomic_fetch_add(&x->references, 1);
    }
    return x;
}

void http_answer_drop(struct http_answer *x)
{
    if (x != NULL && atomic_fetch_sub(&x->references, 1) == 1) {
        MHD_destroy_response(x->response);
        free(x);
    }
}
