/* work — what the courier process does with an errand (libcurl); linked into
 * bianmin-courier only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_COURIER_WORK_H
#define BIANMIN_HOST_COURIER_WORK_H

#include "host/courier/errand.h"

/* Once, before the sandbox closes. */
bool work_curl_start(void);
/* `ca_file` "": the system's. */
enum courier_fault work_send(struct arena *a, const struct courier_errand *e,
                             const char *ca_file, struct courier_answer *ret, str *ret_why);

#endif
