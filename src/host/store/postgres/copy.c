/* copy — pg_dump writes a server's database to a file, where it is installed.
 *
 * The address goes to it in its environment: what stands on a command line everybody on the
 * machine may read, and a password may be in it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/postgres/postgres.h"

#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

enum { VARIABLES = 1000 };

static bool is_set_by(const char *variable, const PQconninfoOption *options)
{
    for (const PQconninfoOption *o = options; o->keyword != NULL; o++) {
        if (o->envvar != NULL && o->val != NULL &&
            str_starts(str_of(variable), str_of(o->envvar)) &&
            variable[str_of(o->envvar).len] == '=') {
            return true;
        }
    }
    return false;
}

/* Ours, with what the address says in the place of what was there. */
static char **environment_of(struct arena *a, const PQconninfoOption *options)
{
    char **list = ARENA_ARRAY(a, VARIABLES + 1, char *);
    size_t count = 0;

    for (char **v = environ; list != NULL && *v != NULL && count < VARIABLES / 2; v++) {
        if (!is_set_by(*v, options)) {
            list[count++] = *v;
        }
    }
    for (const PQconninfoOption *o = options; list != NULL && o->keyword != NULL; o++) {
        if (o->envvar != NULL && o->val != NULL && count < VARIABLES) {
            list[count++] =
                (char *)(uintptr_t)str_z(a, str_format(a, "%s=%s", o->envvar, o->val));
        }
    }
    return arena_failed(a) ? NULL : list;
}

static err run_dump(struct arena *a, char **environment, const char *path)
{
    char *words[] = { "pg_dump", "--format=custom",       "--no-password",
                      "--file",  (char *)(uintptr_t)path, NULL };
    int status = 0, code;
    pid_t child;

    code = posix_spawnp(&child, "pg_dump", NULL, NULL, words, environment);
    if (code != 0) {
        FAIL(a, ERR_MISSING,
             SAY("pg_dump is not installed here. Make the copy where it is, then run "
                 "migrate with --copy-made. Nothing was changed."),
             STR("dump"), "spawn: %d", code);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        FAIL(
            a, ERR_BUSY,
            SAY("pg_dump could not make the copy; it says why above. Nothing was changed."),
            STR("dump"), "status %d", status);
    }
    return NULL;
}

err postgres_copy(struct arena *a, struct db *db, const char *path)
{
    PQconninfoOption *options = PQconninfoParse(postgres_of(db)->address, NULL);
    char **environment = options == NULL ? NULL : environment_of(a, options);
    err e = environment == NULL ? err_no_memory : run_dump(a, environment, path);

    PQconninfoFree(options);
    return e;
}
