/* folder — who owns an instance: one process, by a lock on the file `lock`.
 *
 * The kernel drops the lock with the process, so a killed server leaves nothing behind.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

static err folder_taken(struct arena *a, struct store *s, int fd)
{
    char owner[32] = "";
    ssize_t n = pread(fd, owner, sizeof(owner) - 1, 0);

    close(fd);
    FAIL(
        a, ERR_CONFLICT,
        SAY("Another bianmin (process {process}) is already using {folder}. Stop it, or "
            "name another folder.",
            SAY_TEXT("process",
                     str_trim(str_copy(a, (str){ owner, n > 0 ? (size_t)n : 0 }))),
            SAY_TEXT("folder", str_of(s->folder))),
        STR(""), "lock is held");
}

static void note_owner(int fd)
{
    char text[32];
    int n = snprintf(text, sizeof(text), "%ld\n", (long)getpid());

    /* Only to name the owner to others; the lock holds without it. */
    if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n) {
        return;
    }
}

err folder_lock(struct arena *a, struct store *s)
{
    const char *path = str_z(a, str_format(a, "%s/lock", s->folder));
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0 && (errno == EROFS || errno == EACCES)) {
        s->read_only = true;
        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            return NULL; /* nobody can write here: nothing to guard */
        }
    }
    if (fd < 0) {
        FAIL(a, errno == ENOENT ? ERR_MISSING : ERR_BUSY,
             SAY("The folder {folder} cannot be used. Make it, or name another one.",
                 SAY_TEXT("folder", str_of(s->folder))),
             STR(""), "lock: errno %d", errno);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        return folder_taken(a, s, fd);
    }
    if (!s->read_only) {
        note_owner(fd);
    }
    s->lock = fd;
    return NULL;
}

void folder_unlock(struct store *s)
{
    if (s->lock >= 0) {
        close(s->lock);
        s->lock = -1;
    }
}
