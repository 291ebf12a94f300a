/* connect — a connection while people are served.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"
#include "host/store/driver.h"

err store_connect(struct arena *a, struct store *s, const char *address, int kind,
                  enum db_use use, struct db **ret)
{
    err e = db_open(a, address, kind, use, false, ret);

    return e == NULL ? NULL : driver_failed(a, ERR_BUSY, e->why);
}
