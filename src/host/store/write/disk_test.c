/* Tests with a disk that fails: every n-th write, sync or truncation, once or from then on,
 * as an I/O error or as "full". What was acknowledged is there afterwards, everything is
 * sound, and the office goes on.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sound_test.h"

#include <sqlite3.h>

#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a disk between SQLite and the real one ---- */

enum { COMMITS = 12, STEPS_MOST = 200 };

static _Atomic long countdown; /* 0: off; < 0: every step fails */
static _Atomic bool sticky;
static _Atomic int answer;

struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
};

static bool step_fails(void)
{
    long n = atomic_load(&countdown);

    if (n == 0) {
        return false;
    }
    if (n < 0) {
        return true;
    }
    if (atomic_fetch_sub(&countdown, 1) != 1) {
        return false;
    }
    if (atomic_load(&sticky)) {
        atomic_store(&countdown, -1);
    }
    return true;
}

static sqlite3_file *real(sqlite3_file *f)
{
    return ((struct shim_file *)f)->real;
}

static int shim_close(sqlite3_file *f)
{
    return real(f)->pMethods->xClose(real(f));
}

static int shim_read(sqlite3_file *f, void *to, int len, sqlite3_int64 at)
{
    return real(f)->pMethods->xRead(real(f), to, len, at);
}

static int shim_write(sqlite3_file *f, const void *from, int len, sqlite3_int64 at)
{
    if (step_fails()) {
        /* A failing disk may have taken half of it. */
        real(f)->pMethods->xWrite(real(f), from, len / 2, at);
        return answer == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return real(f)->pMethods->xWrite(real(f), from, len, at);
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    return step_fails() ? SQLITE_IOERR_TRUNCATE
                        : real(f)->pMethods->xTruncate(real(f), size);
}

static int shim_sync(sqlite3_file *f, int flags)
{
    return step_fails() ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
}

static int shim_size(sqlite3_file *f, sqlite3_int64 *ret)
{
    return real(f)->pMethods->xFileSize(real(f), ret);
}

static int shim_lock(sqlite3_file *f, int lock)
{
    return real(f)->pMethods->xLock(real(f), lock);
}

static int shim_unlock(sqlite3_file *f, int lock)
{
    return real(f)->pMethods->xUnlock(real(f), lock);
}

static int shim_reserved(sqlite3_file *f, int *ret)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), ret);
}

static int shim_control(sqlite3_file *f, int what, void *arg)
{
    return real(f)->pMethods->xFileControl(real(f), what, arg);
}

static int shim_sector(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int shim_device(sqlite3_file *f)
{
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int shim_shm_map(sqlite3_file *f, int page, int size, int extend,
                        void volatile **ret)
{
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, ret);
}

static int shim_shm_lock(sqlite3_file *f, int from, int n, int flags)
{
    return real(f)->pMethods->xShmLock(real(f), from, n, flags);
}

static void shim_shm_barrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int shim_shm_unmap(sqlite3_file *f, int drop)
{
    return real(f)->pMethods->xShmUnmap(real(f), drop);
}

static const sqlite3_io_methods methods = {
    2,           shim_close,   shim_read,     shim_write,       shim_truncate,  shim_sync,
    shim_size,   shim_lock,    shim_unlock,   shim_reserved,    shim_control,   shim_sector,
    shim_device, shim_shm_map, shim_shm_lock, shim_shm_barrier, shim_shm_unmap, NULL,
    NULL,
};

static sqlite3_vfs *below;
static sqlite3_vfs shim;

static int shim_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *f, int flags,
                     int *ret_flags)
{
    struct shim_file *file = (struct shim_file *)f;
    int code;

    file->real = (sqlite3_file *)(file + 1);
    code = below->xOpen(below, name, file->real, flags, ret_flags);
    file->base.pMethods = code == SQLITE_OK ? &methods : NULL;
    return code;
}

static void disk_install(void)
{
    sqlite3_initialize();
    below = sqlite3_vfs_find(NULL);
    shim = *below;
    shim.zName = "failing";
    shim.pNext = NULL;
    shim.szOsFile = (int)sizeof(struct shim_file) + below->szOsFile;
    shim.xOpen = shim_open;
    assert_int_equal(sqlite3_vfs_register(&shim, 1), SQLITE_OK);
}

/* ---- work ---- */

static const struct query keep_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, ?3, 0)",
    "iit",
};
static const struct query there_sql = {
    "SELECT COUNT(*) FROM node_lease WHERE agency_id = ?1 AND node = ?2",
    "ii",
};

struct work {
    struct commit commit;
    int node;
    bool kept;
    sem_t *told;
};

static err work_run(void *context, struct arena *a, struct tx *tx)
{
    const struct work *w = context;
    char *bytes = arena_alloc(a, 9000);

    if (bytes == NULL) {
        return err_no_memory;
    }
    memset(bytes, 'x', 9000);
    TRY(tx_event(
        tx, &(struct event){ .agency = 3, .kind = STR("work.done"), .subject = w->node }));
    return tx_run(a, tx, &keep_sql,
                  BIND(bind_int(3), bind_int(w->node), bind_text((str){ bytes, 9000 })));
}

static void work_done(void *context, err result)
{
    struct work *w = context;

    w->kept = result == NULL;
    sem_post(w->told);
}

/* All at once, so that groups form as they like. */
static void work_all(struct store *s, struct work *work)
{
    sem_t told;

    sem_init(&told, 0, 0);
    for (int i = 0; i < COMMITS; i++) {
        work[i] = (struct work){ .node = i + 1, .told = &told };
        work[i].commit = (struct commit){ .agency = 3,
                                          .arena = arena_new(1 << 20),
                                          .run = work_run,
                                          .done = work_done,
                                          .context = &work[i] };
        assert_null(store_submit(s, &work[i].commit));
        if (i % 4 == 3) {
            for (int k = 0; k < 4; k++) {
                sem_wait(&told);
            }
        }
    }
    sem_destroy(&told);
    for (int i = 0; i < COMMITS; i++) {
        arena_free(work[i].commit.arena);
    }
}

static bool is_there(struct store *s, int node)
{
    return find_number(s, &there_sql, BIND(bind_int(3), bind_int(node))) > 0;
}

static err once_more(void *context, struct arena *a, struct tx *tx)
{
    return tx_run(a, tx, &keep_sql,
                  BIND(bind_int(4), bind_int(1), bind_text(STR("after"))));
}

/* The n-th step fails. False: there were fewer steps. */
static bool one_round(long n)
{
    struct arena *a = arena_new(0);
    struct work work[COMMITS];
    struct store *s;
    bool reached;

    assert_null(store_open_scratch(a, &s));
    atomic_store(&countdown, n);
    work_all(s, work);
    reached = atomic_load(&countdown) <= 0;
    atomic_store(&countdown, 0);
    for (int i = 0; i < COMMITS; i++) {
        if (work[i].kept && !is_there(s, i + 1)) {
            fail_msg("step %ld: commit %d was acknowledged and is not there", n, i + 1);
        }
    }
    assert_null(store_commit(s, a, 4, once_more, NULL));
    assert_sound(s);
    arena_free(a);
    return reached;
}

static const struct {
    const char *story;
    bool sticky;
    int answer;
} disks[] = {
    { "one step fails", false, SQLITE_IOERR },
    { "every step fails from then on", true, SQLITE_IOERR },
    { "the disk is full from then on", true, SQLITE_FULL },
};

static void what_was_acknowledged_is_there(void **state)
{
    for (size_t i = 0; i < sizeof(disks) / sizeof(disks[0]); i++) {
        /* Every step under `make proof`; every tenth in the quick test. */
        long by = getenv("BIANMIN_WHOLE") != NULL ? 1 : 10;
        long n = by == 1 ? 1 : 1 + 3 * (long)i;

        atomic_store(&sticky, disks[i].sticky);
        atomic_store(&answer, disks[i].answer);
        while (n < STEPS_MOST && one_round(n)) {
            n += by;
        }
        if (n < 10) {
            fail_msg("%s: only %ld steps were seen", disks[i].story, n);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_was_acknowledged_is_there) };

    disk_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
