/* copy — a file with all that the database holds just now, page by page.
 *
 * The log is in it: who restores it takes this one file. VACUUM INTO attaches a file,
 * which our connections may not.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sqlite/sqlite.h"

enum { PAGES_AT_ONCE = 4096 };

static err copy_pages(struct arena *a, sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    int code = b == NULL ? sqlite3_errcode(to) : SQLITE_OK;

    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(b, PAGES_AT_ONCE);
    }
    if (b != NULL) {
        (void)sqlite3_backup_finish(b); /* says what the last step has said */
    }
    return code == SQLITE_DONE ? NULL : sqlite_failed(a, to, code, "copy");
}

err sqlite_copy(struct arena *a, struct db *db, const char *path)
{
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(
        path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    err e = code != SQLITE_OK ? sqlite_failed(a, to, code, "open a copy")
                              : copy_pages(a, sqlite_of(db)->sqlite, to);

    sqlite3_close(to);
    return e;
}
