/* stream — an answer that is read piece by piece while it leaves.
 *
 * The library asks for bytes on a worker, which has others to serve. Where there is a lane
 * for reading, the connection is parked and the lane fetches a block; without one (the
 * bytes are near) they are read at once.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>
#include <string.h>

#include "host/http/inside.h"

#define BLOCK_BYTES ((size_t)64 << 10)

struct stream {
    int64_t (*read)(void *context, int64_t offset, char *to, size_t most);
    void (*end)(void *context);
    void *context;
    struct call *call; /* once it is being sent */
    /* What the lane has fetched: `left` bytes from `offset` on, at `at`. */
    char *block;
    const char *at;
    int64_t offset, left; /* left < 0: broken */
    bool is_fetched;
};

static void fetch(void *context)
{
    struct stream *s = context;

    s->at = s->block;
    s->left = s->read(s->context, s->offset, s->block, BLOCK_BYTES);
    s->is_fetched = true;
    http_wake(&s->call->request); /* the last look: it may be over by then */
}

/* False: it is to be read here. Nobody is parked who could hold up the end of the
 * server. */
static bool fetch_on_lane(struct stream *s, int64_t offset)
{
    struct http *h = s->call == NULL ? NULL : s->call->http;
    struct lane *lane = h == NULL ? NULL : h->lanes[HTTP_LANE_READ];

    if (lane == NULL || atomic_load(&h->stopping)) {
        return false;
    }
    s->block = s->block != NULL ? s->block : malloc(BLOCK_BYTES);
    if (s->block == NULL || !lane_reserve(lane)) {
        return false;
    }
    s->offset = offset;
    s->is_fetched = false;
    park_call(s->call);
    lane_push(lane, fetch, s);
    return true;
}

static int64_t take_fetched(struct stream *s, char *to, size_t most)
{
    size_t n = s->left < 0 ? 0 : (size_t)s->left < most ? (size_t)s->left : most;

    if (s->left <= 0) {
        return s->left;
    }
    memcpy(to, s->at, n);
    s->at += n;
    s->left -= (int64_t)n;
    s->offset += (int64_t)n;
    s->is_fetched = s->left > 0;
    return (int64_t)n;
}

static ssize_t stream_read(void *context, uint64_t offset, char *to, size_t most)
{
    struct stream *s = context;
    int64_t got;

    if (s->call != NULL && atomic_load(&s->call->park) == PARK_EXPIRED) {
        return MHD_CONTENT_READER_END_WITH_ERROR; /* the lane still has it */
    }
    if (s->is_fetched && s->offset == (int64_t)offset) {
        got = take_fetched(s, to, most);
    } else if (fetch_on_lane(s, (int64_t)offset)) {
        return 0; /* the connection sleeps: asked again when it is woken */
    } else {
        got = s->read(s->context, (int64_t)offset, to, most);
    }
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
    free(s->block);
    free(s);
}

struct http_answer *http_answer_stream(int64_t size,
                                       int64_t (*read)(void *context, int64_t offset,
                                                       char *to, size_t most),
                                       void *context, void (*end)(void *context))
{
    struct stream *s = calloc(1, sizeof(*s));
    struct http_answer *x;

    if (s == NULL) {
        if (end != NULL) {
            end(context);
        }
        return NULL;
    }
    *s = (struct stream){ .read = read, .end = end, .context = context };
    struct MHD_Response *response = MHD_create_response_from_callback(
        size >= 0 ? (uint64_t)size : MHD_SIZE_UNKNOWN, BLOCK_BYTES, stream_read, s,
        stream_end);

    if (response == NULL) {
        stream_end(s);
    }
    x = answer_around(response, size);
    if (x != NULL) {
        x->stream = s;
    }
    return x;
}

void stream_belongs_to(struct http_answer *x, struct call *c)
{
    if (x != NULL && x->stream != NULL) {
        x->stream->call = c;
    }
}
