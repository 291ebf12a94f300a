/* hint — the driver for PostgreSQL: telling other connections to look again.
 *
 * NOTIFY in the transaction of a commit would make all commits wait for each other, so it
 * is sent alone. It is lost when a connection is: who hears also looks by itself.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/postgres/postgres.h"

#include <poll.h>

err postgres_listen(struct arena *a, struct db *db)
{
    struct table t;

    return postgres_ask(a, db, "LISTEN bianmin", &t);
}

err postgres_tell(struct arena *a, struct db *db)
{
    struct table t;

    return postgres_ask(a, db, "NOTIFY bianmin", &t);
}

/* False: the connection is gone. */
static bool take_hints(struct postgres_db *p, bool *ret_any)
{
    PGnotify *n;

    if (PQconsumeInput(p->conn) != 1) {
        return false;
    }
    for (n = PQnotifies(p->conn); n != NULL; n = PQnotifies(p->conn)) {
        *ret_any = true;
        PQfreemem(n);
    }
    return true;
}

err postgres_hear(struct arena *a, struct db *db, int wake_fd, int wait_ms)
{
    struct postgres_db *p = postgres_of(db);
    bool any = false;

    if (!p->is_lost && take_hints(p, &any) && !any) {
        struct pollfd fds[] = { { .fd = PQsocket(p->conn), .events = POLLIN },
                                { .fd = wake_fd, .events = POLLIN } };

        (void)poll(fds, 2, wait_ms);
        if ((fds[0].revents & (POLLIN | POLLERR | POLLHUP)) != 0 && !take_hints(p, &any)) {
            postgres_lose(p, PQerrorMessage(p->conn));
        }
    } else if (!any && !p->is_lost) {
        postgres_lose(p, PQerrorMessage(p->conn));
    }
    return p->is_lost ? postgres_failed(a, p, "LISTEN") : NULL;
}
