/* instance — a folder with databases, key, settings: made, opened, closed.
 * SPDX-License-Identifier: MPL-2.0 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "feature/letters/letters.h"
#include "feature/sheets/sheets.h"
#include "kernel/casefile/casefile.h"
#include "kernel/letter/letter.h"
#include "kernel/session/session.h"

#define READERS 32

static const char *path_in(struct arena *a, const char *folder, const char *name)
{
    return str_z(a, str_format(a, "%s/%s", folder, name));
}

err instance_make(struct arena *a, const char *folder, str listen, const char *database,
                  bool simulate)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        FAIL(a, ERR_BUSY,
             SAY("The folder {folder} cannot be made. Choose another with --data.",
                 SAY_TEXT("folder", str_of(folder))),
             STR(""), "mkdir: %m");
    }
    if (access(path_in(a, folder, "settings.yaml"), F_OK) == 0 ||
        access(path_in(a, folder, "bianmin.db"), F_OK) == 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("There is an instance in {folder} already. Nothing was changed.",
                 SAY_TEXT("folder", str_of(folder))),
             STR(""), "exists");
    }
    TRY(keyring_make(a, path_in(a, folder, "key")));
    return instance_settings_make(a, folder, listen, database, simulate);
}

/* A database that is being made must be there; one that is in use may be away a while. */
static err open_store(struct instance *x, bool create)
{
    const struct settings *set = &x->settings;
    const struct store_options options = {
        .folder = x->folder,
        .database = set->database.len > 0 ? str_z(x->arena, set->database) : NULL,
        .read_database =
            set->database_read.len > 0 ? str_z(x->arena, set->database_read) : NULL,
        .read_lag_ms = set->database_read_lag_seconds * 1000,
        .wait_seconds = create ? 0 : set->database_wait_seconds,
        .readers = READERS,
        .writers = set->database_writers,
        .create = create,
    };

    return store_open(x->arena, &options, &x->store);
}

err instance_open_old(struct arena *a, const char *folder, struct instance *ret)
{
    *ret = (struct instance){ .arena = a, .folder = folder };
    TRY(instance_settings(a, folder, &ret->settings));
    return open_store(ret, false);
}

err instance_open(struct arena *a, const char *folder, bool create, struct instance *ret)
{
    int64_t greatest = 0;
    int applied = 0;

    *ret = (struct instance){ .arena = a, .folder = folder };
    TRY(instance_settings(a, folder, &ret->settings));
    TRY(keyring_open(a, path_in(a, folder, "key"), &ret->keyring));
    TRY(open_store(ret, create));
    ret->is_made = create;
    err e = create ? store_migrate(a, ret->store, &applied)
                   : store_must_be_migrated(a, ret->store);

    e = e != NULL ? e : store_greatest_id(a, ret->store, &greatest);
    if (e != NULL) {
        instance_close(ret);
        return e;
    }
    id_source_init(&ret->ids, 0, greatest);
    return NULL;
}

err instance_start(struct instance *x)
{
    int kept = 0;

    TRY(store_start(x->arena, x->store));
    TRY(key_proof(x->arena, x->store, x->keyring, !store_is_read_only(x->store)));
    if (!store_is_read_only(x->store)) {
        TRY(store_ids(x->arena, x->store, &x->ids));
        TRY(casefile_files_keep(x->arena, x->store, &kept));
        TRY(letter_files_keep(x->arena, x->store, &kept));
        TRY(letters_files_keep(x->arena, x->store, &kept));
        TRY(sheets_files_keep(x->arena, x->store, &kept));
    }
    return NULL;
}

void instance_unmake(struct arena *a, const char *folder, struct instance *x)
{
    static const char *const names[] = {
        "bianmin.db", "bianmin.db-wal", "bianmin.db-shm", "files.db", "files.db-wal",
        "files.db-shm", "key", "lock", "reserve", "settings.yaml", "passwords", "receipts",
    };

    instance_close(x);
    if (x->is_made && x->settings.database.len > 0) {
        err e = store_empty(a, str_z(a, x->settings.database));

        (void)e; /* the first failure is told; init says what stands in its way next time */
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        (void)unlink(path_in(a, folder, names[i]));
    }
    (void)rmdir(folder);
}

void instance_close(struct instance *x)
{
    if (x->store != NULL) {
        store_close(x->store);
        x->store = NULL;
    }
}
