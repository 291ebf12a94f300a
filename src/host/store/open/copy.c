/* copy — a copy of the database before a migration changes it, whole or not there at all.
 *
 * It is made beside its name and gets the name when it is on the disk. On SQLite it is made
 * page by page; a server's database is written by pg_dump, to where the person said.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/clock/clock.h"
#include "host/store/driver.h"
#include "host/store/files/files_db.h"
#include "host/store/write/writer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define SPARE_BYTES ((int64_t)16 << 20)
#define OFFICE_SECONDS 28800 /* Taiwan is eight hours ahead, all year */
enum { SAME_SECOND = 100 };

static int64_t size_of(struct arena *a, const char *path)
{
    static const char *const ends[] = { "", "-wal" };
    int64_t size = 0;

    for (size_t i = 0; i < 2; i++) {
        struct stat facts;

        if (stat(str_z(a, str_format(a, "%s%s", path, ends[i])), &facts) == 0) {
            size += facts.st_size;
        }
    }
    return size;
}

static err no_room(struct arena *a, const struct store *s, const char *why)
{
    FAIL(a, ERR_BUSY,
         SAY("There is not enough room in {folder} for a copy of the database. Make room "
             "and try again. Nothing was changed.",
             SAY_TEXT("folder", str_of(s->folder))),
         STR(""), "%s", why);
}

static err must_have_room(struct arena *a, const struct store *s, int64_t bytes)
{
    struct statvfs disk;

    /* The migration itself needs some as well. */
    return statvfs(s->folder, &disk) == 0 &&
                   (int64_t)disk.f_bavail * (int64_t)disk.f_frsize < bytes + SPARE_BYTES
               ? no_room(a, s, "seen before")
               : NULL;
}

static err not_kept(struct arena *a, const char *path, const char *what)
{
    FAIL(a, ERR_BUSY,
         SAY("The copy {path} cannot be written. Nothing was changed.",
             SAY_TEXT("path", str_of(path))),
         STR(""), "%s: errno %d", what, errno);
}

static bool is_synced(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_kept = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0) {
        close(fd);
    }
    return is_kept;
}

/* On the disk, and then under its name, and the name on the disk as well. */
static err give_name(struct arena *a, const char *part, const char *path)
{
    char *folder = (char *)(uintptr_t)str_z(a, str_of(path));

    if (!is_synced(part)) {
        return not_kept(a, path, "fsync");
    }
    if (rename(part, path) != 0) {
        return not_kept(a, path, "rename");
    }
    if (!is_synced(dirname(folder))) {
        return not_kept(a, path, "fsync of the folder");
    }
    return NULL;
}

static err copy_to(struct arena *a, struct db *db, const char *path)
{
    const char *part = str_z(a, str_format(a, "%s.part", path));
    err e;

    (void)unlink(part);
    e = db->driver->copy(a, db, part);
    e = e != NULL ? e : give_name(a, part, path);
    if (e != NULL) {
        (void)unlink(part);
    }
    return e;
}

/* A name that nobody has; ours is the folder, so nobody takes it meanwhile. */
static str copy_name(struct arena *a, const struct store *s)
{
    time_t now = (time_t)(clock_now_ms() / 1000) + OFFICE_SECONDS;
    char text[32] = "";
    struct tm at;

    if (gmtime_r(&now, &at) != NULL) {
        strftime(text, sizeof(text), "%Y%m%d-%H%M%S", &at);
    }
    for (int n = 1; n < SAME_SECOND; n++) {
        str name = n == 1 ? str_format(a, "%s/before-migrate-%s", s->folder, text)
                          : str_format(a, "%s/before-migrate-%s-%d", s->folder, text, n);

        if (access(str_z(a, str_format(a, "%.*s.db", STR_ARG(name))), F_OK) != 0) {
            return name;
        }
    }
    return STR("");
}

/* What copies have left that were ended in the middle. Ours is the folder. */
static void clear_parts(struct arena *a, const struct store *s)
{
    DIR *folder = opendir(s->folder);
    const struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        str name = str_of(entry->d_name);

        if (str_starts(name, STR("before-migrate-")) &&
            (str_ends(name, STR(".part")) || str_ends(name, STR(".part-journal")))) {
            (void)unlink(str_z(a, str_format(a, "%s/%.*s", s->folder, STR_ARG(name))));
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

/* The two files of an instance on SQLite; that of uploaded files only if it will change. */
static err copy_files(struct arena *a, struct store *s, int files_missing, str *ret_path)
{
    str name = copy_name(a, s);
    const char *path = str_z(a, str_format(a, "%.*s.db", STR_ARG(name)));
    const char *files = str_z(a, str_format(a, "%.*s-files.db", STR_ARG(name)));
    int64_t bytes = size_of(a, s->address);
    err e;

    if (name.len == 0) {
        return not_kept(a, s->folder, "no name");
    }
    clear_parts(a, s);
    bytes += files_missing > 0 ? size_of(a, s->files_address) : 0;
    TRY(must_have_room(a, s, bytes));
    e = copy_to(a, s->writer[0].db, path);
    if (e == NULL && files_missing > 0) {
        e = copy_to(a, s->files->write, files);
        if (e != NULL) {
            (void)unlink(path);
        }
    }
    *ret_path = str_of(path);
    return e;
}

err store_copy(struct arena *a, struct store *s, const char *path, str *ret_path)
{
    int files_missing = 0;

    if (!s->driver->keeps_files) {
        TRY(files_missing_of(a, s, &files_missing));
        return copy_files(a, s, files_missing, ret_path);
    }
    if (access(path, F_OK) == 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("There is a file {path} already. Name another one.",
                 SAY_TEXT("path", str_of(path))),
             STR("dump"), "exists");
    }
    *ret_path = str_of(path);
    return copy_to(a, s->writer[0].db, path);
}
