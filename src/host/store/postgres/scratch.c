/* scratch — a schema of its own for each test, in the database that a test names.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/postgres/postgres.h"

#include <unistd.h>

struct scratch {
    const char *server, *name;
};

static err on_server(struct arena *a, const char *server, const char *sql)
{
    struct db *db;
    err e;

    TRY(postgres_open(a, server, DB_KIND_MAIN, DB_READ, false, &db));
    e = postgres_script(a, db, "SET default_transaction_read_only = off");
    if (e == NULL) {
        e = postgres_script(a, db, sql);
    }
    postgres_close(db);
    return e;
}

static void drop(void *scratch)
{
    const struct scratch *s = scratch;
    struct arena *a = arena_new(0);
    err e = on_server(a, s->server,
                      str_z(a, str_format(a, "DROP SCHEMA IF EXISTS %s CASCADE", s->name)));

    (void)e; /* the cluster of the tests goes as a whole */
    arena_free(a);
}

err postgres_scratch(struct arena *a, const char *server, const char **ret_address)
{
    struct scratch *s = ARENA_NEW(a, struct scratch);
    uint64_t number = 0;

    if (s == NULL || getentropy(&number, sizeof(number)) != 0) {
        return err_no_memory;
    }
    s->server = str_z(a, str_of(server));
    s->name = str_z(a, str_format(a, "scratch_%016llx", (unsigned long long)number));
    TRY(on_server(a, server, str_z(a, str_format(a, "CREATE SCHEMA %s", s->name))));
    *ret_address = str_z(
        a, str_format(a, "%s%soptions=-csearch_path%%3D%s&application_name=%s", server,
                      str_find(str_of(server), STR("?")) < 0 ? "?" : "&", s->name,
                      s->name));
    return arena_defer(a, drop, s) ? NULL : err_no_memory;
}
