/* answer — responses of the library, counted, so that a cached page is sent many times.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>
#include <string.h>

#include "host/http/inside.h"

struct http_answer *answer_around(struct MHD_Response *response, int64_t bytes)
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
