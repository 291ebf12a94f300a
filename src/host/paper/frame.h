/* frame — what the program and the papers process say to each other over their socket: a
 * head with a word and a length, then that many bytes. Inside this folder and app/papers.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_FRAME_H
#define BIANMIN_HOST_PAPER_FRAME_H

#include "base/arena.h"
#include "base/sanitized.h"
#include "base/str.h"

#define PAPER_JOB_BYTES_MAX ((size_t)32 << 20)
#define PAPER_REPLY_BYTES_MAX ((size_t)8 << 20)
#ifdef THREAD_SANITIZED
#define PAPER_JOB_SECONDS INT64_C(60)
#else
#define PAPER_JOB_SECONDS INT64_C(10)
#endif
#define PAPER_JOB_NS (PAPER_JOB_SECONDS * 1000000000)
/* The client waits a little longer. */
#define PAPER_WAIT_NS (PAPER_JOB_NS + INT64_C(3000000000))

enum paper_word {
    /* asked */
    PAPER_HELLO,
    PAPER_MEDIA_TYPE,
    PAPER_CLEAN_PICTURE,
    PAPER_PDF,
    PAPER_ODT,
    PAPER_FILL,
    PAPER_NAMES,
    /* answered */
    PAPER_DONE,
    PAPER_JPEG,
    PAPER_PNG,
    PAPER_UNREADABLE,
    PAPER_TOO_LARGE,
    PAPER_DIED,
};

/* False when the other side is gone or `ends_ns` (clock_steady_ns) is over. */
bool frame_send(int socket, enum paper_word word, str body, int64_t ends_ns);
/* The body lives in the arena; false also when it is longer than `max`. */
bool frame_receive(struct arena *a, int socket, size_t max, int64_t ends_ns,
                   enum paper_word *ret_word, str *ret_body);
/* Waits until `file` is ready for `events` of poll. */
bool frame_wait(int file, short events, int64_t ends_ns);

#endif
