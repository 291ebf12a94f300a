/* files_db — the tables of uploaded files, and two connections for them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/files/files_db.h"

#include "host/clock/clock.h"
#include "host/store/core/inner.h"
#include "host/store/driver.h"
#include "host/store/migrate.h"

enum { LOG_PAGES = 2000 };

/* state: 0 arriving, 1 finished, 2 kept (something belongs to it). */
#define FILE_TABLES \
    "TABLE file (agency_id ID NOT NULL, id ID NOT NULL, begun_ms INT NOT NULL, " \
    "  state INT NOT NULL CHECK (state IN (0, 1, 2)), size_bytes INT NOT NULL, " \
    "  sha256 BYTES NOT NULL, media_type TEXT NOT NULL, PRIMARY KEY (agency_id, id));\n" \
    "INDEX file_unkept ON file (begun_ms) WHERE state < 2;\n" \
    "TABLE file_part (agency_id ID NOT NULL, file_id ID NOT NULL, part INT NOT NULL, " \
    "  sealed BYTES NOT NULL, PRIMARY KEY (agency_id, file_id, part), " \
    "  FOREIGN KEY (agency_id, file_id) REFERENCES file (agency_id, id));\n"

const struct migration files_tables[] = {
    { 1, "files/0001",
      "TABLE migration (agency_id ID NOT NULL, number INT NOT NULL, name TEXT NOT NULL, "
      "  hash BYTES NOT NULL, applied_ms INT NOT NULL, PRIMARY KEY (agency_id, number));\n"
      FILE_TABLES },
};
const size_t files_tables_count = sizeof(files_tables) / sizeof(files_tables[0]);
const struct migration files_migration = { 9001, "files/9001", FILE_TABLES };

err files_open(struct arena *a, struct store *s, bool create)
{
    struct files_db *f = ARENA_NEW(a, struct files_db);
    int applied;

    if (f == NULL) {
        return err_no_memory;
    }
    pthread_mutex_init(&f->write_mutex, NULL);
    pthread_mutex_init(&f->read_mutex, NULL);
    f->is_open = true;
    s->files = f;
    if (s->read_only || s->driver->keeps_files) {
        return NULL;
    }
    TRY(db_open(a, s->files_address, DB_KIND_FILES, DB_WRITE, create, &f->write));
    return create ? migrate_all(a, f->write, files_tables, files_tables_count,
                                clock_now_ms(), &applied)
                  : NULL;
}

err files_missing_of(struct arena *a, struct store *s, int *ret_missing)
{
    *ret_missing = 0;
    return s->files->write == NULL ? NULL
                                  : migrate_compare(a, s->files->write, files_tables,
                                                    files_tables_count, ret_missing);
}

err files_migrate(struct arena *a, struct store *s, int *ret_applied)
{
    *ret_applied = 0;
    return s->files->write == NULL
               ? NULL
               : migrate_all(a, s->files->write, files_tables, files_tables_count,
                             clock_now_ms(), ret_applied);
}

void files_close(struct store *s)
{
    struct files_db *f = s->files;

    if (f == NULL || !f->is_open) {
        return;
    }
    f->is_open = false;
    db_close(f->read);
    db_close(f->write);
    f->read = NULL;
    f->write = NULL;
    pthread_mutex_destroy(&f->read_mutex);
    pthread_mutex_destroy(&f->write_mutex);
}

static err write_locked(struct arena *a, struct store *s, files_work *work, void *context)
{
    struct files_db *f = s->files;

    if (f->write == NULL) {
        TRY(store_connect(a, s, s->files_address, DB_KIND_FILES, DB_WRITE, &f->write));
    }
    TRY(db_begin(a, f->write, DB_BEGIN_WRITE));
    TRY(work(context, a, f->write));
    TRY(db_commit(a, f->write));
    if (db_log_pages(f->write) > LOG_PAGES) {
        /* What is not copied now is copied after the next part. */
        err e = checkpoint_run(a, f->write);

        (void)e;
    }
    return NULL;
}

err files_write(struct arena *a, struct store *s, files_work *work, void *context)
{
    struct files_db *f = s->files;
    err e;

    if (s->read_only) {
        FAIL(a, ERR_BUSY,
             SAY("This system can only be read just now. Please try again later."), STR(""),
             "read-only");
    }
    pthread_mutex_lock(&f->write_mutex);
    e = write_locked(a, s, work, context);
    if (e != NULL && f->write != NULL) {
        /* After an error of the disk a connection is not asked again. */
        db_rollback(f->write);
        if (e->kind == ERR_BUSY) {
            db_close(f->write);
            f->write = NULL;
        }
    }
    pthread_mutex_unlock(&f->write_mutex);
    return e;
}

static err read_locked(struct arena *a, struct store *s, const struct query *q,
                       const struct value *values, size_t count, struct table *ret)
{
    struct files_db *f = s->files;

    if (f->read == NULL) {
        TRY(store_connect(a, s, s->files_address, DB_KIND_FILES,
                          s->read_only ? DB_STATIC : DB_READ, &f->read));
    }
    return db_query(a, f->read, q, values, count, ret);
}

err files_read(struct arena *a, struct store *s, const struct query *q,
               const struct value *values, size_t count, struct table *ret)
{
    struct files_db *f = s->files;
    err e;

    pthread_mutex_lock(&f->read_mutex);
    e = read_locked(a, s, q, values, count, ret);
    if (e != NULL && f->read != NULL) {
        db_close(f->read);
        f->read = NULL;
    }
    pthread_mutex_unlock(&f->read_mutex);
    return e;
}
