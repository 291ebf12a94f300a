/* frame — what the program and its helper processes say to each other over a socket: a head
 * with a word and a length, then that many bytes.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HELPER_FRAME_H
#define BIANMIN_HOST_HELPER_FRAME_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

/* False when the other side is gone or `ends_ns` (clock_steady_ns) is over. */
bool frame_send(int socket, uint32_t word, str body, int64_t ends_ns);
/* The body lives in the arena; false also when it is longer than `max`. */
bool frame_receive(struct arena *a, int socket, size_t max, int64_t ends_ns,
                   uint32_t *ret_word, str *ret_body);
/* Waits until `file` is ready for `events` of poll. */
bool frame_wait(int file, short events, int64_t ends_ns);

#endif
