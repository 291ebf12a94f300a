/* courier — asks the `courier` process to fetch or send something over the network.
 *
 * Nothing else of the program opens a connection. Where it may go is told to its starter
 * before the sandbox closes and cannot be widened afterwards: a list of origins out of
 * settings.yaml. https with a certificate that is verified; http only to this machine
 * itself. No redirect is followed, an answer has a size, each errand a deadline; a courier
 * that dies or hangs is replaced. Several errands go at the same time, each in a process of
 * its own.
 *
 * Callers wait: jobs, never a worker.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_COURIER_H
#define BIANMIN_HOST_COURIER_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct courier; /* safe for many threads */

#define COURIER_BODY_MAX ((size_t)1 << 20)
#define COURIER_ANSWER_MAX ((size_t)4 << 20)
#define COURIER_SECONDS_MAX 60
#define COURIER_ORIGINS_MAX 16

struct courier_options {
    const char *program; /* path of bianmin-courier */
    const str *origins;  /* "https://gateway.example" "http://127.0.0.1:8099" */
    size_t origins_count;
    const char *ca_file; /* PEM of those who sign certificates; NULL: the system's */
};
/* Is this an address a courier may be sent to: https, or http to 127.0.0.1 or
 * localhost; no user, no fragment? Its origin is `*ret_origin`, with the port. */
bool courier_origin(struct arena *a, str url, str *ret_origin);

/* Before the sandbox closes. Fails: ERR_INPUT (an origin that is none), ERR_BUSY. */
MUST_CHECK err courier_start(struct arena *a, const struct courier_options *o,
                             struct courier **ret);
void courier_stop(struct courier *c); /* NULL is fine */

struct courier_errand {
    str url;
    str body;          /* sent by POST; .at NULL: GET */
    str media_type;    /* of the body */
    str authorization; /* header of that name; "" none */
    str signature;     /* header X-Signature; "" none */
    size_t answer_max; /* bytes; 0: COURIER_ANSWER_MAX */
    int seconds;       /* 0: 10 */
};
struct courier_answer {
    int status; /* 200..299 */
    str media_type, body, signature;
};
/* What can go wrong, for figures and for who tries again. */
enum courier_fault {
    COURIER_FINE,
    COURIER_FORBIDDEN, /* not on the list */
    COURIER_AWAY,      /* no connection, name unknown */
    COURIER_SLOW,
    COURIER_HUGE,
    COURIER_UNTRUSTED, /* certificate */
    COURIER_REFUSED,   /* an answer, but not 200: a redirect, an error */
    COURIER_BROKEN,    /* no sense in it; the courier itself died */
    COURIER_FAULTS
};
/* Fails: ERR_INPUT (forbidden, malformed errand), ERR_BUSY (all else); `say` tells a clerk
 * what happened and `*ret_fault`, which may be NULL, is set in any case. */
MUST_CHECK err courier_go(struct arena *a, struct courier *c,
                          const struct courier_errand *e, struct courier_answer *ret,
                          enum courier_fault *ret_fault);

#endif
