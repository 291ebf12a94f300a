/* Tests of opening: strangers, second owners, newer and damaged databases, full and
 * read-only disks.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"
#include "host/store/migrate.h"
#include "host/store/sqlite/sqlite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { FINE = -1 };

/* ---- folders ---- */

static void folder_new(char folder[200])
{
    const char *tmp = getenv("TMPDIR");

    snprintf(folder, 200, "%s/bianmin-open-XXXXXX",
             tmp != NULL                     ? tmp
             : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
                                             : "/tmp");
    assert_non_null(mkdtemp(folder));
}

static int remove_one(const char *path, const struct stat *facts, int type,
                      struct FTW *place)
{
    return remove(path);
}

static void folder_drop(const char *folder)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void run_sql(const char *folder, const char *sql)
{
    char path[300];
    sqlite3 *db;

    snprintf(path, sizeof(path), "%s/bianmin.db", folder);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s", sqlite3_errmsg(db));
    }
    sqlite3_close(db);
}

static void write_bytes(const char *folder, const char *bytes, size_t len, off_t at)
{
    char path[300];
    int fd;

    snprintf(path, sizeof(path), "%s/bianmin.db", folder);
    fd = open(path, O_RDWR | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, len, at), (ssize_t)len);
    close(fd);
}

static err open_all(struct arena *a, const char *folder, struct store_options o,
                    struct store **ret)
{
    int applied;

    o.folder = folder;
    TRY(store_open(a, &o, ret));
    if (o.create) {
        TRY(store_migrate(a, *ret, &applied));
    }
    return store_start(a, *ret);
}

static void make(const char *folder)
{
    struct arena *a = arena_new(0);
    struct store *s;

    assert_null(open_all(a, folder,
                         (struct store_options){ .create = true, .no_reserve = true }, &s));
    arena_free(a);
}

/* ---- what lies there ---- */

static void nothing(const char *folder)
{
}

static void a_text(const char *folder)
{
    write_bytes(folder, "This is a letter, not a database, and it is long enough.", 56, 0);
}

static void a_stranger(const char *folder)
{
    run_sql(folder, "CREATE TABLE recipe (a)");
}

static void a_newer_one(const char *folder)
{
    make(folder);
    run_sql(folder, "INSERT INTO migration VALUES (1, 9999, 'later/9999.sql', x'00', 0)");
}

static void another_text(const char *folder)
{
    make(folder);
    run_sql(folder, "UPDATE migration SET hash = x'00' WHERE number = 1");
}

static void an_older_one(const char *folder)
{
    make(folder);
    run_sql(folder,
            "DELETE FROM migration WHERE number = (SELECT MAX(number) FROM migration)");
}

static void a_torn_head(const char *folder)
{
    make(folder);
    write_bytes(folder, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16, 0);
}

static const struct {
    const char *story;
    void (*lay)(const char *folder);
    bool create;
    int want;
} rows[] = {
    { "nothing is there and nothing shall be made", nothing, false, ERR_MISSING },
    { "nothing is there and it shall be made", nothing, true, FINE },
    { "ours is there", make, false, FINE },
    { "ours is there and is not made twice", make, true, FINE },
    { "a text under this name", a_text, false, ERR_BROKEN },
    { "a text is not written over", a_text, true, ERR_BROKEN },
    { "another program's database", a_stranger, false, ERR_BROKEN },
    { "another program's database is not taken over", a_stranger, true, ERR_BROKEN },
    { "a database of a newer program", a_newer_one, false, ERR_CONFLICT },
    { "a migration had another text", another_text, false, ERR_CONFLICT },
    { "a database of an older program waits for migrate", an_older_one, false,
      ERR_CONFLICT },
    { "the first page is torn", a_torn_head, false, ERR_BROKEN },
};

static void opening_tells_what_lies_there(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *a = arena_new(0);
        char folder[200];
        struct store *s;
        err e;

        folder_new(folder);
        rows[i].lay(folder);
        e = open_all(a, folder,
                     (struct store_options){ .create = rows[i].create, .no_reserve = true },
                     &s);
        if ((e == NULL ? FINE : (int)e->kind) != rows[i].want) {
            fail_msg("%s: %d %.*s", rows[i].story, e == NULL ? FINE : (int)e->kind,
                     STR_ARG(e == NULL ? STR("") : e->why));
        }
        if (e != NULL) {
            assert_non_null(e->say.id);
        }
        arena_free(a);
        folder_drop(folder);
    }
}

static void a_second_owner_is_refused(void **state)
{
    struct arena *a = arena_new(0), *b = arena_new(0);
    struct store_options o = { .create = true, .no_reserve = true };
    char folder[200];
    struct store *s, *second;
    err e;

    folder_new(folder);
    assert_null(open_all(a, folder, o, &s));
    e = open_all(b, folder, o, &second);
    assert_non_null(e);
    assert_int_equal(e->kind, ERR_CONFLICT);
    assert_string_equal(e->say.value[0].name, "process");
    arena_free(a);
    arena_free(b);
    b = arena_new(0);
    assert_null(open_all(b, folder, o, &second));
    arena_free(b);
    folder_drop(folder);
}

static void migrating_twice_does_nothing(void **state)
{
    struct arena *a = arena_new(0);
    struct store_options o = { .create = true, .no_reserve = true };
    char folder[200];
    struct store *s;
    int applied;

    folder_new(folder);
    o.folder = folder;
    assert_null(store_open(a, &o, &s));
    assert_null(store_migrate(a, s, &applied));
    assert_int_equal(applied, store_migration_count);
    assert_null(store_migrate(a, s, &applied));
    assert_int_equal(applied, 0);
    arena_free(a);
    folder_drop(folder);
}

/* ---- the port's words ---- */

static const struct {
    const char *story, *port, *sqlite; /* NULL: refused */
} words[] = {
    { "a table is strict and has the engine's types",
      "TABLE note (agency_id ID, body TEXT, seal BYTES, n INT);",
      "CREATE TABLE note (agency_id INTEGER, body TEXT, seal BLOB, n INTEGER) STRICT;\n" },
    { "a word inside a name or a text is no type", "TABLE t (VALID INT DEFAULT 'INT; ID');",
      "CREATE TABLE t (VALID INTEGER DEFAULT 'INT; ID') STRICT;\n" },
    { "comments go", "-- first; line\nINDEX i ON t (a) WHERE is_open = 1; -- INT\n",
      "CREATE INDEX i ON t (a) WHERE is_open = 1;\n" },
    { "a unique index", "UNIQUE INDEX i ON t (a);", "CREATE UNIQUE INDEX i ON t (a);\n" },
    { "an index goes", "DROP_INDEX i;", "DROP INDEX i;\n" },
    { "a table goes", "DROP_TABLE t;", "DROP TABLE t;\n" },
    { "a column goes", "DROP_COLUMN t is_open;", "ALTER TABLE t DROP COLUMN is_open;\n" },
    { "a column is added", "COLUMN t is_open INT NOT NULL DEFAULT 0;",
      "ALTER TABLE t ADD COLUMN is_open INTEGER NOT NULL DEFAULT 0;\n" },
    { "a column may be empty from now on", "OPTIONAL t other_id ID;",
      "PRAGMA writable_schema = ON;\n"
      "UPDATE sqlite_schema SET sql = CASE WHEN instr(sql, ' other_id INTEGER NOT NULL') = 0 "
      "THEN '' ELSE replace(sql, ' other_id INTEGER NOT NULL', ' other_id INTEGER') END "
      "WHERE type = 'table' AND name = 't';\n"
      "PRAGMA writable_schema = RESET;\n" },
    { "rows are put in as they stand", "INSERT INTO t (ID) VALUES ('INT');",
      "INSERT INTO t (ID) VALUES ('INT');\n" },
    { "an unknown word is refused", "CREATE TABLE t (a INT);", NULL },
    { "a forgotten ; is refused", "INDEX i ON t (a)", NULL },
};

static void the_ports_words_become_sqlite(void **state)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct arena *a = arena_new(4 << 20);
        str sql = STR("");
        err e = migration_say(a, &sqlite_dialect, str_of(words[i].port), &sql);

        if ((e == NULL) != (words[i].sqlite != NULL) ||
            (e == NULL && !str_equal(sql, str_of(words[i].sqlite)))) {
            fail_msg("%s: %.*s", words[i].story, STR_ARG(sql));
        }
        arena_free(a);
    }
}

/* ---- disks ---- */

static const struct query fill_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, ?3, 0)",
    "iit",
};

static err fill_run(void *context, struct arena *a, struct tx *tx)
{
    int n = *(int *)context;
    char *bytes = arena_alloc(a, 60000);

    if (bytes == NULL) {
        return err_no_memory;
    }
    memset(bytes, 'x', 60000);
    return tx_run(
        a, tx, &fill_sql,
        BIND(bind_int(2 + n / 1000), bind_int(n % 1000), bind_text((str){ bytes, 60000 })));
}

static int fill_one(struct store *s, int n)
{
    struct arena *a = arena_new(1 << 20);
    err e = store_commit(s, a, 2, fill_run, &n);
    int kind = e == NULL ? FINE : (int)e->kind;

    arena_free(a);
    return kind;
}

static int64_t kept(struct store *s)
{
    static const struct query q = { "SELECT COUNT(*) FROM node_lease WHERE agency_id = 2", "" };
    struct arena *a = arena_new(0);
    struct snap *snap;
    struct table t;
    int64_t n;

    assert_null(snap_begin(a, s, &snap));
    assert_null(snap_query(a, snap, &q, NO_VALUES, &t));
    n = cell_int(&t, 0, 0);
    arena_free(a);
    return n;
}

/* In a view of the file system of its own, so that it goes with this process, however that
 * ends. */
static bool mount_small(const char *folder, const char *size)
{
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", folder, "tmpfs", 0, size) != 0) {
        fprintf(stderr, "# skipped: mounting a small disk needs root (errno %d)\n", errno);
        rmdir(folder);
        return false;
    }
    return true;
}

static void a_full_disk_promises_nothing_and_recovers(void **state)
{
    struct arena *a = arena_new(0);
    char folder[200];
    struct store *s;
    int n = 0, result = FINE;

    folder_new(folder);
    if (!mount_small(folder, "size=6m")) {
        arena_free(a);
        skip();
    }
    assert_null(open_all(a, folder,
                         (struct store_options){ .create = true, .no_reserve = true }, &s));
    while (n < 500 && result == FINE) {
        result = fill_one(s, n);
        n += result == FINE;
    }
    assert_int_equal(result, ERR_BUSY);
    assert_int_equal(fill_one(s, 900), ERR_BUSY);
    assert_int_equal(kept(s), n);
    assert_int_equal(mount("tmpfs", folder, "tmpfs", MS_REMOUNT, "size=60m"), 0);
    assert_int_equal(fill_one(s, 901), FINE);
    assert_int_equal(kept(s), n + 1);
    arena_free(a);
    umount2(folder, MNT_DETACH);
    rmdir(folder);
}

static void fill_disk(const char *folder, bool drop)
{
    static char block[1 << 16];
    char path[300];
    int fd;

    snprintf(path, sizeof(path), "%s/filler", folder);
    if (drop) {
        unlink(path);
        return;
    }
    fd = open(path, O_WRONLY | O_CREAT, 0600);
    while (write(fd, block, sizeof(block)) > 0) {
    }
    close(fd);
}

static void the_reserve_lets_staff_go_on(void **state)
{
    struct arena *a = arena_new(0);
    char folder[200], reserve[300];
    struct stat facts;
    struct store *s;

    folder_new(folder);
    if (!mount_small(folder, "size=220m")) {
        arena_free(a);
        skip();
    }
    snprintf(reserve, sizeof(reserve), "%s/reserve", folder);
    assert_null(open_all(a, folder, (struct store_options){ .create = true }, &s));
    assert_int_equal(stat(reserve, &facts), 0);
    assert_int_equal(facts.st_size, 64 << 20);
    fill_disk(folder, false);
    for (int n = 0; n < 100; n++) {
        assert_int_equal(fill_one(s, n), FINE);
    }
    assert_true(store_is_short(s));
    assert_int_equal(stat(reserve, &facts), -1);
    fill_disk(folder, true);
    reserve_make(s);
    assert_false(store_is_short(s));
    assert_int_equal(stat(reserve, &facts), 0);
    arena_free(a);
    umount2(folder, MNT_DETACH);
    rmdir(folder);
}

static void a_read_only_disk_can_be_read(void **state)
{
    struct arena *a = arena_new(0), *b = arena_new(0);
    char folder[200];
    struct store *s;

    folder_new(folder);
    if (!mount_small(folder, "size=20m")) {
        arena_free(a);
        arena_free(b);
        skip();
    }
    assert_null(open_all(a, folder,
                         (struct store_options){ .create = true, .no_reserve = true }, &s));
    assert_int_equal(fill_one(s, 1), FINE);
    arena_free(a);
    assert_int_equal(mount("tmpfs", folder, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), 0);
    assert_null(open_all(b, folder, (struct store_options){ .no_reserve = true }, &s));
    assert_true(store_is_read_only(s));
    assert_int_equal(kept(s), 1);
    assert_int_equal(fill_one(s, 2), ERR_BUSY);
    arena_free(b);
    umount2(folder, MNT_DETACH);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opening_tells_what_lies_there),
        cmocka_unit_test(a_second_owner_is_refused),
        cmocka_unit_test(migrating_twice_does_nothing),
        cmocka_unit_test(the_ports_words_become_sqlite),
        cmocka_unit_test(a_full_disk_promises_nothing_and_recovers),
        cmocka_unit_test(the_reserve_lets_staff_go_on),
        cmocka_unit_test(a_read_only_disk_can_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
