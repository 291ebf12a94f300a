/* identity — the events of signing in and out.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/identity/identity_store.h"

#include "host/store/store.h"

err identity_event(struct tx *tx, int64_t agency, int64_t staff, int64_t now_ms,
                   const char *what)
{
    const struct event e = {
        .agency = agency, .at_ms = now_ms, .actor = staff, .subject = staff,
        .kind = str_of(what), .body = STR("{}"),
    };

    return tx_event(tx, &e);
}
