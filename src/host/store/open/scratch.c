/* scratch — a store for a test or the bench, gone with its arena.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"
#include "host/store/driver.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *facts, int type,
                      struct FTW *place)
{
    return remove(path);
}

static void remove_folder(void *folder)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Memory, where there is some to be had as a folder: tests make hundreds of these. */
static const char *scratch_place(void)
{
    const char *chosen = getenv("TMPDIR");

    if (chosen != NULL) {
        return chosen;
    }
    return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

static err scratch_folder(struct arena *a, char **ret)
{
    const char *where = scratch_place();
    char *folder = (char *)str_z(a, str_format(a, "%s/bianmin-XXXXXX", where));

    if (mkdtemp(folder) == NULL) {
        FAIL(a, ERR_BUSY,
             SAY("The folder {folder} cannot be used. Make it, or name another one.",
                 SAY_TEXT("folder", str_of(where))),
             STR(""), "mkdtemp");
    }
    *ret = folder;
    return arena_defer(a, remove_folder, folder) ? NULL : err_no_memory;
}

err store_open_beside(struct arena *a, const struct store *s, int lease_ms,
                      struct store **ret)
{
    struct store_options options = { .no_reserve = true,
                                     .database = s->address,
                                     .lease_ms = lease_ms };
    struct store *beside;
    char *folder;

    TRY(scratch_folder(a, &folder));
    options.folder = folder;
    TRY(store_open(a, &options, &beside));
    TRY(store_start(a, beside));
    *ret = beside;
    return NULL;
}

err store_open_scratch(struct arena *a, struct store **ret)
{
    const char *database = getenv("BIANMIN_TEST_DATABASE");
    struct store_options options = { .create = true, .no_reserve = true };
    struct store *s;
    char *folder;
    int applied;

    TRY(scratch_folder(a, &folder));
    options.folder = folder;
    if (database != NULL && database[0] != '\0') {
        options.retry_seconds = 2;
        TRY(postgres_scratch(a, database, &options.database));
    }
    TRY(store_open(a, &options, &s));
    TRY(store_migrate(a, s, &applied));
    TRY(store_start(a, s));
    *ret = s;
    return NULL;
}
