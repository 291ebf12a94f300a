/* frame — the words that the program and the papers process say to each other, and how much
 * and how long. Inside this folder and app/papers.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_FRAME_H
#define BIANMIN_HOST_PAPER_FRAME_H

#include "base/arena.h"
#include "base/sanitized.h"
#include "base/str.h"
#include "host/helper/frame.h"

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
    PAPER_FEED,
    /* answered */
    PAPER_DONE,
    PAPER_JPEG,
    PAPER_PNG,
    PAPER_UNREADABLE,
    PAPER_TOO_LARGE,
    PAPER_DIED,
};

#endif
