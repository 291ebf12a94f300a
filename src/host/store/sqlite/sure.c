/* sure — what a sync that failed has left open is made sure.
 *
 * A sync fails once. The kernel then marks what it could not write as clean: the next sync
 * says "done" and has written none of it, while everybody goes on reading it from memory. A
 * log with such bytes is poison, because what is committed behind them goes with them when
 * the power goes; the replay in test/fault lost receipts that way after a failed sync, a
 * kill and a start. So before the one connection that writes opens its log, the log is
 * written once more as it reads, and synced. The folder is synced as well: SQLite does that
 * for a new log, and does not look whether it worked.
 *
 * A failed sync of the database while the log is copied into it is of the same kind, and
 * worse, since SQLite would copy only what it has not copied yet. That needs a new process
 * (sqlite_checkpoint says so): which reads the log from its beginning.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sqlite/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { PIECE_BYTES = 256 << 10 };

static err not_sure(struct arena *a, const char *what, int code)
{
    FAIL(a, ERR_BUSY,
         SAY("The disk does not keep what is written to it. Look at the disk and at the "
             "messages of the system, then start again."),
         STR(""), "%s: errno %d", what, code);
}

static bool write_all(int fd, const char *bytes, size_t len, off_t at)
{
    while (len > 0) {
        ssize_t n = pwrite(fd, bytes, len, at);

        if (n <= 0) {
            return false;
        }
        bytes += n;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

/* The same bytes at the same places; false: errno says why. */
static bool rewrite(int fd, char *piece)
{
    off_t at = 0;
    ssize_t n;

    for (n = pread(fd, piece, PIECE_BYTES, 0); n > 0;
         n = pread(fd, piece, PIECE_BYTES, at)) {
        if (!write_all(fd, piece, (size_t)n, at)) {
            return false;
        }
        at += n;
    }
    return n == 0 && (at == 0 || fsync(fd) == 0);
}

err sqlite_log_renew(struct arena *a, const char *path)
{
    int fd = open(str_z(a, str_format(a, "%s-wal", path)), O_RDWR | O_CLOEXEC);
    struct arena *own;
    char *piece;
    bool done;
    int code;

    if (fd < 0) {
        return errno == ENOENT ? NULL : not_sure(a, "open the log", errno);
    }
    own = arena_new(2 * PIECE_BYTES);
    piece = own == NULL ? NULL : arena_alloc(own, PIECE_BYTES);
    done = piece != NULL && rewrite(fd, piece);
    code = errno;
    close(fd);
    arena_free(own);
    if (piece == NULL) {
        return err_no_memory;
    }
    return done ? NULL : not_sure(a, "write the log once more", code);
}

err sqlite_folder_sync(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    str folder = slash == NULL ? STR(".") : (str){ path, (size_t)(slash - path) + 1 };
    int fd = open(str_z(a, str_copy(a, folder)), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int code = fd < 0 || fsync(fd) != 0 ? errno : 0;

    if (fd >= 0) {
        close(fd);
    }
    return code == 0 ? NULL : not_sure(a, "sync the folder", code);
}

err sqlite_log_sync(struct arena *a, struct sqlite_db *db)
{
    sqlite3_file *log = NULL;
    int code = sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);

    if (code == SQLITE_OK && log != NULL && log->pMethods != NULL) {
        code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    }
    return code == SQLITE_OK ? NULL : sqlite_failed(a, db->sqlite, code, "sync of the log");
}
