/* full — a disk without room for a server that is not ours, where a test may not mount a small
 * one: while the file FULL_WHEN is there, nothing below the folder FULL_UNDER grows. What lies
 * there already can be written over, as on a disk.
 * SPDX-License-Identifier: MPL-2.0 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static bool is_under(int fd, const char *folder)
{
    char link[64], path[PATH_MAX];
    size_t len = strlen(folder);
    ssize_t n;

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof(path));
    return n > (ssize_t)len && memcmp(path, folder, len) == 0 && path[len] == '/';
}

/* `at` < 0: where the file stands. */
static bool has_no_room(int fd, off_t at, size_t len)
{
    const char *when = getenv("FULL_WHEN"), *folder = getenv("FULL_UNDER");
    struct stat about;
    int before = errno;
    bool is_full;

    if (when == NULL || folder == NULL || syscall(SYS_access, when, F_OK) != 0) {
        errno = before;
        return false;
    }
    is_full = fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && is_under(fd, folder) &&
              (at < 0 ? lseek(fd, 0, SEEK_CUR) : at) + (off_t)len > about.st_size;
    errno = is_full ? ENOSPC : before;
    return is_full;
}

static size_t length(const struct iovec *pieces, int count)
{
    size_t all = 0;

    for (int i = 0; i < count; i++) {
        all += pieces[i].iov_len;
    }
    return all;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    return has_no_room(fd, -1, len) ? -1 : syscall(SYS_write, fd, bytes, len);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    return has_no_room(fd, at, len) ? -1 : syscall(SYS_pwrite64, fd, bytes, len, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off_t at)
{
    return pwrite(fd, bytes, len, at);
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at)
{
    return has_no_room(fd, at, length(pieces, count))
               ? -1
               : syscall(SYS_pwritev, fd, pieces, count, at, 0L);
}

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off_t at)
{
    return pwritev(fd, pieces, count, at);
}
