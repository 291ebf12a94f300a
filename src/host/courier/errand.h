/* errand — what the program and its courier say to each other; inside this folder and
 * app/courier.
 *
 * Fields of an errand and of an answer follow each other, each with its length.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_COURIER_ERRAND_H
#define BIANMIN_HOST_COURIER_ERRAND_H

#include "host/courier/courier.h"

/* The word of an errand, and of its answer: one of enum courier_fault behind it. */
#define ERRAND_GO 1U
#define ERRAND_DONE 100U

bool errand_pack(struct arena *a, const struct courier_errand *e, str *ret_bytes);
bool errand_unpack(str bytes, struct courier_errand *ret);
bool answer_pack(struct arena *a, const struct courier_answer *x, str why, str *ret_bytes);
bool answer_unpack(str bytes, struct courier_answer *ret, str *ret_why);

/* Scheme, host and port of an address we may go to. */
struct origin {
    str scheme, host;
    uint16_t port;
};
bool origin_read(struct arena *a, str url, struct origin *ret);
bool origin_same(const struct origin *x, const struct origin *y);

#endif
