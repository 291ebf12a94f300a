/* outside — what settings.yaml says of others: gateway of registers, payment provider,
 * alert feed; and the courier that may go to them.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_OUTSIDE_H
#define BIANMIN_APP_OUTSIDE_H

#include "app/app.h"
#include "kernel/fee/pay.h"
#include "kernel/lookup/lookup.h"

struct courier;
struct outside {
    struct lookup_gateway gateway;
    struct pay_provider pay;
    str alert_feed;
    int alert_seconds;
    struct courier *courier; /* NULL: there is nobody to go to, or it did not start */
};
/* Reads the secrets and starts the courier; before the sandbox closes. `program`: path of
 * bianmin-courier. Fails: ERR_INPUT (an address, a secret that is missing or short),
 * ERR_DENIED (others may read a secret). */
MUST_CHECK err outside_open(struct arena *a, const char *folder, const struct settings *s,
                            const char *program, struct outside *ret);
void outside_close(struct outside *o);

#endif
