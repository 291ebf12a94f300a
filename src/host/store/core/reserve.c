/* reserve — 64 MiB of disk kept back, so that a full disk does not stop the counter.
 *
 * When nothing can be written any more the file goes, and store_is_short says so: the desk
 * then asks the public to come later while staff go on. When there is room again for twice
 * the reserve it is made anew.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define RESERVE_BYTES ((int64_t)64 << 20)
#define FULL_BYTES ((int64_t)1 << 20)

static int64_t free_bytes(const struct store *s)
{
    struct statvfs disk;

    return statvfs(s->folder, &disk) == 0 ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize
                                          : 0;
}

static bool reserve_is_whole(const struct store *s)
{
    int fd = open(s->reserve_path, O_RDONLY | O_CLOEXEC);
    off_t size = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);

    if (fd >= 0) {
        close(fd);
    }
    return size >= RESERVE_BYTES;
}

void reserve_make(struct store *s)
{
    int fd, code;

    if (!s->has_reserve || (reserve_is_whole(s) && !store_is_short(s))) {
        return;
    }
    if (free_bytes(s) < 2 * RESERVE_BYTES) {
        return;
    }
    fd = open(s->reserve_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return;
    }
    code = posix_fallocate(fd, 0, RESERVE_BYTES);
    close(fd);
    if (code != 0) {
        unlink(s->reserve_path);
        return;
    }
    atomic_store(&s->is_short, false);
}

void reserve_give_up_if_full(struct store *s)
{
    if (s->has_reserve && free_bytes(s) < FULL_BYTES) {
        unlink(s->reserve_path);
        atomic_store(&s->is_short, true);
    }
}

bool store_is_short(const struct store *s)
{
    return atomic_load(&s->is_short);
}
