/* shim — stands between the program and the disk: it writes down what happens to the files of
 * one folder, and it makes steps fail or lie when a test orders it. For LD_PRELOAD.
 *
 *   SHIM_FOLDER   the folder, absolute
 *   SHIM_RECORD   the file for the record; without it nothing is written down
 *   SHIM_ORDERS   a file of one page with struct shim_orders (shim.h)
 *   SHIM_SWALLOW  files (bits of shim.h) whose syncs are answered and not done
 *   SHIM_HURRY    milliseconds after which a wait of ten seconds and more is over: what is
 *                 done once a minute (copying the log while nobody asks) is done now
 *
 * A sync that fails is told as Linux does it (errseq_t): once to each descriptor that was open
 * at that time, by its next sync or one under way. That one has lost nothing, so it is
 * written down as another thing than the sync that failed.
 *
 * All is opened before main, so the program's sandbox may close. The calls below are made as
 * system calls, never through the C library, which is what is being replaced. The index of
 * the log (-shm) is left out: it is memory that SQLite makes anew after a crash.
 * SPDX-License-Identifier: MPL-2.0 */
#include "shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { FILES_MOST = 64, PAGE = 4096, ANSWER_MOST = 4096, OPEN_MOST = 65536 };

struct known {
    dev_t device;
    ino_t inode;
    int what;
    uint32_t failures; /* syncs of it that have failed */
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct known known[FILES_MOST];
static int known_count;
static const char *folder;
static size_t folder_len;
static struct stat folder_about;
static int record = -1;
static struct shim_orders *orders;
static int64_t swallow, hurry_ms;
static uint64_t begins;
static uint32_t told[OPEN_MOST]; /* of the failures of its file, by descriptor; nobody has
                                   * two for one open file (dup) */

/* ---- the record ---- */

static _Noreturn void give_up(const char *why)
{
    syscall(SYS_write, 2, why, strlen(why));
    abort();
}

static void put(const void *bytes, size_t len)
{
    const char *from = bytes;

    while (len > 0) {
        long n = syscall(SYS_write, record, from, len);

        if (n <= 0) {
            give_up("shim: the record cannot be written\n");
        }
        from += n;
        len -= (size_t)n;
    }
}

static void note(enum shim_kind kind, uint64_t file, uint64_t at, uint64_t begin,
                 const void *bytes, size_t len)
{
    struct shim_entry e = { (uint32_t)kind, (uint32_t)len, file, at, begin };

    if (record >= 0) {
        put(&e, sizeof(e));
        put(bytes, len);
    }
}

/* ---- which file ---- */

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);

    return n >= m && strcmp(name + n - m, end) == 0;
}

/* The name within the folder; NULL: not there, or not to be looked at. */
static const char *name_of(const char *path)
{
    const char *name;

    if (folder == NULL || path == NULL || strncmp(path, folder, folder_len) != 0 ||
        path[folder_len] != '/') {
        return NULL;
    }
    name = path + folder_len + 1;
    return name[0] == '\0' || strchr(name, '/') != NULL || ends_with(name, "-shm") ? NULL
                                                                                   : name;
}

static int what_is(const char *name)
{
    static const struct {
        const char *name;
        int what;
    } names[] = { { "bianmin.db", SHIM_MAIN },
                  { "bianmin.db-wal", SHIM_MAIN_LOG },
                  { "files.db", SHIM_FILES },
                  { "files.db-wal", SHIM_FILES_LOG } };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(name, names[i].name) == 0) {
            return names[i].what;
        }
    }
    return SHIM_OTHER;
}

static void remember(int fd, const struct stat *about, int what)
{
    int i = 0;

    while (i < known_count &&
           (known[i].inode != about->st_ino || known[i].device != about->st_dev)) {
        i++;
    }
    if (i == FILES_MOST) {
        give_up("shim: too many files\n");
    }
    known[i].device = about->st_dev;
    known[i].inode = about->st_ino;
    known[i].what = what;
    known_count += i == known_count;
    if (fd >= OPEN_MOST) {
        give_up("shim: too many descriptors\n");
    }
    told[fd] = known[i].failures; /* all have been told to somebody: no more to this one */
}

static struct known *known_find(const struct stat *about)
{
    for (int i = 0; i < known_count; i++) {
        if (known[i].inode == about->st_ino && known[i].device == about->st_dev) {
            return &known[i];
        }
    }
    return NULL;
}

/* 0: none of ours. The mutex is held. */
static int what_at(int fd, struct stat *about)
{
    if (folder == NULL || fstat(fd, about) != 0 || !S_ISREG(about->st_mode)) {
        return 0;
    }
    struct known *one = known_find(about);

    return one == NULL ? 0 : one->what;
}

/* ---- failing ---- */

/* Ordered to be killed at this step instead of failing. */
static void die_if_ordered(int code)
{
    if (code == SHIM_KILL) {
        kill(getpid(), SIGKILL);
        pause();
    }
}

/* The errno when this step is the one; else 0. The mutex is held. */
static int failure(int what, int step)
{
    int64_t left;

    if (orders == NULL || (orders->files & what) == 0 || (orders->steps & step) == 0) {
        return 0;
    }
    orders->seen++;
    left = orders->countdown;
    if (left == 0) {
        return 0;
    }
    if (left > 0) {
        orders->countdown = left > 1 ? left - 1 : orders->sticky == 1 ? -1 : 0;
    }
    if (left > 1) {
        return 0;
    }
    orders->failed++;
    if (step != SHIM_WRITES) {
        die_if_ordered((int)orders->code);
    }
    return (int)orders->code;
}

/* ---- writing ---- */

/* `at` < 0: where the file stands. */
static ssize_t write_now(int fd, const void *bytes, size_t len, off_t at)
{
    return at < 0 ? syscall(SYS_write, fd, bytes, len)
                  : syscall(SYS_pwrite64, fd, bytes, len, at);
}

static ssize_t write_ours(int fd, const void *bytes, size_t len, off_t at, int what,
                          const struct stat *about)
{
    off_t place = at < 0 ? lseek(fd, 0, SEEK_CUR) : at;
    int code = failure(what, SHIM_WRITES);
    size_t most = code == 0 ? len : orders->taken > 0 ? len / 2 : 0;
    ssize_t n = 0;

    if (code == 0 || most > 0) {
        n = write_now(fd, bytes, most, at);
    }
    if (n > 0) {
        note(SHIM_WRITE, about->st_ino, (uint64_t)place, 0, bytes, (size_t)n);
    }
    die_if_ordered(code);
    if (code != 0 && !(orders->taken == 2 && n > 0)) {
        errno = code;
        return -1;
    }
    return n;
}

static ssize_t write_any(int fd, const void *bytes, size_t len, off_t at)
{
    struct stat about;
    ssize_t n;
    int what;

    if (folder == NULL) {
        return write_now(fd, bytes, len, at);
    }
    pthread_mutex_lock(&mutex);
    what = what_at(fd, &about);
    if (what != 0) {
        n = write_ours(fd, bytes, len, at, what, &about);
        pthread_mutex_unlock(&mutex);
        return n;
    }
    pthread_mutex_unlock(&mutex);
    return write_now(fd, bytes, len, at);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    return write_any(fd, bytes, len, -1);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    return write_any(fd, bytes, len, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off_t at)
{
    return write_any(fd, bytes, len, at);
}

/* Nobody writes pieces to our files today; who begins to is told, not missed. */
static void no_pieces(int fd)
{
    struct stat about;

    pthread_mutex_lock(&mutex);
    if (what_at(fd, &about) != 0) {
        give_up("shim: writev to a file of the folder is not written down\n");
    }
    pthread_mutex_unlock(&mutex);
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    no_pieces(fd);
    return syscall(SYS_writev, fd, pieces, count);
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at)
{
    no_pieces(fd);
    return syscall(SYS_pwritev, fd, pieces, count, at, 0L);
}

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off_t at)
{
    no_pieces(fd);
    return syscall(SYS_pwritev, fd, pieces, count, at, 0L);
}

int ftruncate(int fd, off_t size)
{
    struct stat about;
    int what, code, result = -1;

    pthread_mutex_lock(&mutex);
    what = what_at(fd, &about);
    code = what == 0 ? 0 : failure(what, SHIM_TRUNCATIONS);
    if (code == 0) {
        result = (int)syscall(SYS_ftruncate, fd, size);
        if (what != 0 && result == 0) {
            note(SHIM_TRUNCATE, about.st_ino, (uint64_t)size, 0, "", 0);
        }
    } else {
        errno = code;
    }
    pthread_mutex_unlock(&mutex);
    return result;
}

int ftruncate64(int fd, off_t size)
{
    return ftruncate(fd, size);
}

/* ---- syncing ---- */

static bool is_folder(int fd, struct stat *about)
{
    return folder != NULL && fstat(fd, about) == 0 && S_ISDIR(about->st_mode) &&
           about->st_ino == folder_about.st_ino && about->st_dev == folder_about.st_dev;
}

/* After a sync that ended with `code`: what it says. The folder (NULL) has one descriptor
 * for each sync. */
static int say(int fd, struct known *one, int code)
{
    int says = code;

    if (one != NULL) {
        one->failures += code != 0;
        says = told[fd] != one->failures && code == 0 ? EIO : code;
        told[fd] = one->failures;
    }
    return says;
}

/* The mutex is not held while the disk works: others write meanwhile, and what they write
 * is not covered. */
static int sync_ours(int fd, long call, int what, const struct stat *about)
{
    struct known *one = known_find(about);
    int code = failure(what, SHIM_SYNCS), says;
    uint64_t begin;

    if ((swallow & what) != 0) {
        note(SHIM_SWALLOWED, about->st_ino, 0, 0, "", 0);
        return 0;
    }
    begin = begins++;
    note(SHIM_SYNC_BEGIN, about->st_ino, 0, 0, "", 0);
    if (code == 0) {
        pthread_mutex_unlock(&mutex);
        code = syscall(call, fd) == 0 ? 0 : errno;
        pthread_mutex_lock(&mutex);
    }
    says = say(fd, one, code);
    note(says == code ? SHIM_SYNC_END : SHIM_SYNC_TOLD, about->st_ino, (uint64_t)says, begin,
         "", 0);
    errno = says;
    return says == 0 ? 0 : -1;
}

static int sync_any(int fd, long call)
{
    struct stat about;
    int what, result;

    pthread_mutex_lock(&mutex);
    what = is_folder(fd, &about) ? SHIM_OTHER : what_at(fd, &about);
    if (what != 0) {
        result = sync_ours(fd, call, what, &about);
        pthread_mutex_unlock(&mutex);
        return result;
    }
    pthread_mutex_unlock(&mutex);
    return (int)syscall(call, fd);
}

int fsync(int fd)
{
    return sync_any(fd, SYS_fsync);
}

int fdatasync(int fd)
{
    return sync_any(fd, SYS_fdatasync);
}

/* ---- names ---- */

static int open_any(int at, const char *path, int flags, mode_t mode)
{
    const char *name = name_of(path);
    struct stat about;
    bool was_there;
    int fd;

    if (name == NULL) {
        return (int)syscall(SYS_openat, at, path, flags, mode);
    }
    pthread_mutex_lock(&mutex);
    was_there = stat(path, &about) == 0;
    fd = (int)syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
        remember(fd, &about, what_is(name));
        note(was_there ? SHIM_OPEN : SHIM_CREATE, about.st_ino, 0, 0, name, strlen(name));
        if (was_there && (flags & O_TRUNC) != 0) {
            note(SHIM_TRUNCATE, about.st_ino, 0, 0, "", 0);
        }
    }
    pthread_mutex_unlock(&mutex);
    return fd;
}

static mode_t mode_of(int flags, va_list more)
{
    return (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = mode_of(flags, more);
    va_end(more);
    return open_any(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = mode_of(flags, more);
    va_end(more);
    return open_any(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = mode_of(flags, more);
    va_end(more);
    return open_any(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...)
{
    va_list more;
    mode_t mode;

    va_start(more, flags);
    mode = mode_of(flags, more);
    va_end(more);
    return open_any(at, path, flags, mode);
}

int unlink(const char *path)
{
    const char *name = name_of(path);
    int result;

    if (name == NULL) {
        return (int)syscall(SYS_unlink, path);
    }
    pthread_mutex_lock(&mutex);
    result = (int)syscall(SYS_unlink, path);
    if (result == 0) {
        note(SHIM_UNLINK, 0, 0, 0, name, strlen(name));
    }
    pthread_mutex_unlock(&mutex);
    return result;
}

int rename(const char *from, const char *to)
{
    const char *old = name_of(from), *new = name_of(to);
    char both[PAGE];
    size_t n = old == NULL ? 0 : strlen(old), m = new == NULL ? 0 : strlen(new);
    int result;

    if (old == NULL || new == NULL || n + m + 1 > sizeof(both)) {
        return (int)syscall(SYS_rename, from, to);
    }
    memcpy(both, old, n + 1);
    memcpy(both + n + 1, new, m);
    pthread_mutex_lock(&mutex);
    result = (int)syscall(SYS_rename, from, to);
    if (result == 0) {
        note(SHIM_RENAME, 0, 0, 0, both, n + 1 + m);
    }
    pthread_mutex_unlock(&mutex);
    return result;
}

/* ---- waiting ---- */

/* The clock by which `until` is told: the steady one unless that makes it years. */
static clockid_t clock_of(const struct timespec *until)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return until->tv_sec - now.tv_sec > 100 * 86400 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
}

int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *held,
                           const struct timespec *until)
{
    static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    struct timespec sooner;

    if (real == NULL) {
        *(void **)&real = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    }
    clock_gettime(clock_of(until), &sooner);
    if (hurry_ms == 0 || until->tv_sec - sooner.tv_sec < 10) {
        return real(cond, held, until);
    }
    sooner.tv_nsec += hurry_ms * 1000000;
    sooner.tv_sec += sooner.tv_nsec / 1000000000;
    sooner.tv_nsec %= 1000000000;
    return real(cond, held, &sooner);
}

/* ---- answers: written down before they are sent ---- */

static void note_answer(int fd, const struct iovec *pieces, size_t count)
{
    char begin[ANSWER_MOST];
    size_t len = 0;

    if (folder == NULL || record < 0) {
        return;
    }
    for (size_t i = 0; i < count && len < sizeof(begin); i++) {
        size_t n = pieces[i].iov_len < sizeof(begin) - len ? pieces[i].iov_len
                                                           : sizeof(begin) - len;

        memcpy(begin + len, pieces[i].iov_base, n);
        len += n;
    }
    pthread_mutex_lock(&mutex);
    note(SHIM_ANSWER, (uint64_t)fd, 0, 0, begin, len);
    pthread_mutex_unlock(&mutex);
}

ssize_t send(int fd, const void *bytes, size_t len, int flags)
{
    struct iovec piece = { (void *)(uintptr_t)bytes, len };

    note_answer(fd, &piece, 1);
    return syscall(SYS_sendto, fd, bytes, len, flags, NULL, 0);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    note_answer(fd, message->msg_iov, message->msg_iovlen);
    return syscall(SYS_sendmsg, fd, message, flags);
}

/* ---- before main ---- */

static void open_record(const char *path)
{
    record = (int)syscall(SYS_openat, AT_FDCWD, path,
                          O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (record < 0) {
        give_up("shim: no record\n");
    }
}

static void open_orders(const char *path)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    void *page = fd < 0 ? MAP_FAILED
                        : mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (page == MAP_FAILED) {
        give_up("shim: no orders\n");
    }
    orders = page;
    close(fd);
}

/* Programs that this one starts do not inherit it. */
__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("SHIM_FOLDER");

    unsetenv("LD_PRELOAD");
    if (path == NULL || stat(path, &folder_about) != 0) {
        return;
    }
    folder_len = strlen(path);
    if (getenv("SHIM_RECORD") != NULL) {
        open_record(getenv("SHIM_RECORD"));
    }
    if (getenv("SHIM_ORDERS") != NULL) {
        open_orders(getenv("SHIM_ORDERS"));
    }
    if (getenv("SHIM_SWALLOW") != NULL) {
        swallow = strtol(getenv("SHIM_SWALLOW"), NULL, 10);
    }
    if (getenv("SHIM_HURRY") != NULL) {
        hurry_ms = strtol(getenv("SHIM_HURRY"), NULL, 10);
    }
    folder = strdup(path);
    note(SHIM_FOLDER, folder_about.st_ino, 0, 0, folder, folder_len);
}
