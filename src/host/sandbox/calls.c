/* calls — which system calls stay allowed. All others give EPERM, so that a library which
 * tries something goes on without it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/sandbox/parts.h"

#include <errno.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sched.h>

#define CALL(name) SCMP_SYS(name)

/* clang-format off: lists that are read by group. */

/* Memory, time, what is open, ending. */
static const int for_all[] = {
    CALL(read), CALL(readv), CALL(write), CALL(writev), CALL(close), CALL(lseek),
    CALL(fstat), CALL(mmap), CALL(mprotect), CALL(munmap), CALL(mremap), CALL(madvise),
    CALL(brk), CALL(exit), CALL(exit_group), CALL(futex), CALL(rseq), CALL(set_robust_list),
    CALL(sched_yield), CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn),
    CALL(sigaltstack), CALL(tgkill), CALL(gettid), CALL(getpid), CALL(clock_gettime),
    CALL(clock_getres), CALL(gettimeofday), CALL(time), CALL(nanosleep),
    CALL(clock_nanosleep), CALL(restart_syscall), CALL(getrandom), CALL(sched_getaffinity),
};

static const int for_program[] = {
    /* files of the folder */
    CALL(open), CALL(openat), CALL(stat), CALL(lstat), CALL(newfstatat), CALL(statx),
    CALL(statfs), CALL(fstatfs), CALL(access), CALL(faccessat), CALL(faccessat2),
    CALL(readlink), CALL(readlinkat), CALL(getcwd), CALL(getdents64), CALL(pread64),
    CALL(pwrite64), CALL(preadv), CALL(pwritev), CALL(ftruncate), CALL(truncate),
    CALL(fallocate), CALL(fsync), CALL(fdatasync), CALL(sync_file_range), CALL(fcntl),
    CALL(flock), CALL(rename), CALL(renameat), CALL(renameat2), CALL(link), CALL(linkat),
    CALL(unlink), CALL(unlinkat), CALL(mkdir), CALL(mkdirat), CALL(rmdir), CALL(chmod),
    CALL(fchmod), CALL(fchmodat), CALL(fchown), CALL(umask), CALL(utimensat),
    CALL(fadvise64), CALL(copy_file_range), CALL(msync), CALL(mlock), CALL(mlock2),
    CALL(munlock), CALL(mincore), CALL(readahead),
    /* open sockets, and those that come in by the listening one */
    CALL(accept), CALL(accept4), CALL(recvfrom), CALL(recvmsg), CALL(sendto), CALL(sendmsg),
    CALL(sendfile), CALL(shutdown), CALL(getsockname), CALL(getpeername), CALL(getsockopt),
    CALL(setsockopt), CALL(listen), CALL(poll), CALL(ppoll), CALL(select), CALL(pselect6),
    CALL(epoll_create1), CALL(epoll_ctl), CALL(epoll_wait), CALL(epoll_pwait),
    CALL(eventfd2), CALL(pipe), CALL(pipe2), CALL(dup), CALL(dup2), CALL(dup3),
    /* threads, signals, time */
    CALL(rt_sigtimedwait), CALL(rt_sigsuspend), CALL(rt_sigpending), CALL(signalfd4),
    CALL(timerfd_create), CALL(timerfd_settime), CALL(timerfd_gettime), CALL(membarrier),
    CALL(wait4), CALL(waitid), CALL(sched_getparam), CALL(sched_getscheduler), CALL(getcpu),
    /* who and how much */
    CALL(getppid), CALL(getuid), CALL(geteuid), CALL(getgid), CALL(getegid), CALL(uname),
    CALL(sysinfo), CALL(getrlimit), CALL(prlimit64), CALL(getrusage), CALL(times),
};

static const int for_reach[] = { CALL(connect), CALL(sendmmsg), CALL(recvmmsg) };

static const int for_papers[] = {
    CALL(poll), CALL(pipe2), CALL(fork), CALL(vfork), CALL(clone), CALL(wait4), CALL(kill),
    CALL(prlimit64), CALL(setrlimit), CALL(prctl), CALL(seccomp), CALL(fcntl),
    CALL(getppid), CALL(pread64), CALL(recvfrom), CALL(sendto),
};

/* Files that Landlock leaves within reach, by what draws: fonts. It takes a thread. */
static const int for_drawing[] = {
    CALL(open),
    CALL(openat),
    CALL(stat),
    CALL(lstat),
    CALL(newfstatat),
    CALL(statx),
    CALL(access),
    CALL(faccessat),
    CALL(faccessat2),
    CALL(readlink),
    CALL(readlinkat),
    CALL(getdents64),
    CALL(pread64),
    CALL(fcntl),
    CALL(statfs),
    CALL(fstatfs),
    CALL(fadvise64),
    CALL(getrlimit),
    CALL(prlimit64),
    CALL(sysinfo),
    CALL(prctl),
    CALL(sched_getparam),
    CALL(sched_getscheduler),
    CALL(sched_setscheduler),
    CALL(sched_getattr),
    CALL(sched_setattr),
    CALL(getcpu),
    CALL(membarrier),
    CALL(getuid),
    CALL(geteuid),
    CALL(getgid),
    CALL(getegid),
    CALL(uname),
    CALL(getcwd),
};

/* Sockets of its own making; libcurl looks names up in a thread. */
static const int for_courier[] = {
    CALL(poll),       CALL(ppoll),       CALL(select),      CALL(pselect6),
    CALL(recvfrom),   CALL(recvmsg),     CALL(sendto),      CALL(sendmsg),
    CALL(shutdown),   CALL(getsockname), CALL(getpeername), CALL(getsockopt),
    CALL(setsockopt), CALL(pipe),        CALL(pipe2),       CALL(eventfd2),
    CALL(dup),        CALL(alarm),       CALL(bind),        CALL(rt_sigtimedwait),
    CALL(getppid),    CALL(times),       CALL(getrusage),
};

/* To begin another program that reads its libraries, and one text after the other. */
static const int for_dot[] = {
    CALL(execve),    CALL(arch_prctl), CALL(set_tid_address), CALL(ioctl), CALL(dup),
    CALL(setrlimit), CALL(poll),
};

#ifdef SANITIZED
/* What the leak and address checkers do in the process itself. */
static const int for_sanitizers[] = {
    CALL(clone), CALL(ptrace), CALL(process_vm_readv), CALL(prctl), CALL(open),
    CALL(openat), CALL(getdents), CALL(getdents64), CALL(readlink), CALL(readlinkat),
    CALL(stat), CALL(newfstatat), CALL(wait4), CALL(getrlimit), CALL(prlimit64),
    CALL(setrlimit), CALL(getppid), CALL(kill), CALL(sysinfo), CALL(uname),
    CALL(arch_prctl), CALL(pread64), CALL(fcntl), CALL(dup), CALL(getcwd), CALL(ioctl),
};
#endif

/* clang-format on */

static int list_allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
        if (rc != 0) {
            return rc;
        }
    }
    return 0;
}
#define ALLOW(filter, list) list_allow((filter), (list), sizeof(list) / sizeof((list)[0]))

/* Threads yes, processes no. The flags of clone3 cannot be seen from here; told that there
 * is no such call, the C library takes clone. */
static int threads_allow(scmp_filter_ctx filter)
{
    int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(clone), 1,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
    return rc != 0 ? rc : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), CALL(clone3), 0);
}

static int asked_of_open_allow(scmp_filter_ctx filter)
{
    static const unsigned long questions[] = { FIONREAD, FIONBIO, TIOCGWINSZ,
                                               0x5401 /* TCGETS */ };
    static const int names[] = { PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE };
    int rc = 0;
    for (size_t i = 0; i < sizeof questions / sizeof questions[0] && rc == 0; i++) {
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(ioctl), 1,
                              SCMP_A1(SCMP_CMP_EQ, questions[i]));
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0] && rc == 0; i++) {
        rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(prctl), 1,
                              SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)names[i]));
    }
    return rc;
}

static int socket_allow(scmp_filter_ctx filter, scmp_datum_t family, scmp_datum_t type)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(socket), 2,
                            SCMP_A0(SCMP_CMP_EQ, family),
                            SCMP_A1(SCMP_CMP_MASKED_EQ, 0xf, type));
}

/* To the database, when a connection is opened anew. */
static int reach_allow(scmp_filter_ctx filter, const struct sandbox_reach *r)
{
    static const scmp_datum_t network[] = { AF_INET, AF_INET6 };
    int rc = 0;

    if (r->by_socket || r->by_network) {
        rc = ALLOW(filter, for_reach);
    }
    if (rc == 0 && (r->by_socket || r->by_name)) { /* a name service may have a socket */
        rc = socket_allow(filter, AF_UNIX, SOCK_STREAM);
    }
    for (size_t i = 0; i < 2 && rc == 0 && r->by_network; i++) {
        rc = socket_allow(filter, network[i], SOCK_STREAM);
    }
    for (size_t i = 0; i < 2 && rc == 0 && r->by_name; i++) {
        rc = socket_allow(filter, network[i], SOCK_DGRAM);
    }
    return rc;
}

static int courier_allow(scmp_filter_ctx filter, const struct sandbox_reach *r)
{
    int rc = ALLOW(filter, for_courier);

    rc = rc != 0 ? rc : ALLOW(filter, for_drawing); /* files within reach */
    rc = rc != 0 ? rc : threads_allow(filter);
    rc = rc != 0 ? rc : asked_of_open_allow(filter);
    /* How curl wakes who waits for a name, and how glibc learns its own addresses. */
    rc = rc != 0 ? rc
                 : seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(socketpair), 1,
                                    SCMP_A0(SCMP_CMP_EQ, AF_UNIX));
    rc = rc != 0 ? rc : socket_allow(filter, AF_NETLINK, SOCK_RAW);
    return rc != 0 ? rc : reach_allow(filter, r);
}

static int filter_fill(scmp_filter_ctx filter, const struct sandbox_options *options)
{
    enum sandbox_kind kind = options->kind;

    int rc = ALLOW(filter, for_all);
    if (rc == 0 && kind == SANDBOX_PROGRAM) {
        rc = ALLOW(filter, for_program);
        rc = rc != 0 ? rc : threads_allow(filter);
        rc = rc != 0 ? rc : asked_of_open_allow(filter);
        rc = rc != 0 ? rc : reach_allow(filter, &options->reach);
    }
    if (rc == 0 && kind == SANDBOX_PAPERS) {
        rc = ALLOW(filter, for_papers);
        rc = rc != 0 ? rc
                     : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), CALL(clone3), 0);
    }
    if (rc == 0 &&
        (kind == SANDBOX_PAPERS || kind == SANDBOX_PAPER_DRAW || kind == SANDBOX_DOT)) {
        rc = ALLOW(filter, for_drawing);
    }
    if (rc == 0 && (kind == SANDBOX_PAPER_DRAW || kind == SANDBOX_DOT)) {
        rc = threads_allow(filter); /* for the names of fonts */
    }
    if (rc == 0 && kind == SANDBOX_COURIER) {
        rc = courier_allow(filter, &options->reach);
    }
    if (rc == 0 && kind == SANDBOX_DOT) {
        rc = ALLOW(filter, for_dot);
    }
#ifdef SANITIZED
    rc = rc != 0 ? rc : ALLOW(filter, for_sanitizers);
#endif
    return rc;
}

err calls_close(struct arena *a, const struct sandbox_options *options)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL) {
        return err_no_memory;
    }
    int rc = filter_fill(filter, options);
    rc = rc != 0 ? rc : seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    rc = rc != 0 ? rc : seccomp_load(filter);
    seccomp_release(filter);
    if (rc != 0) {
        FAIL(a, ERR_BROKEN, SAY("The sandbox cannot be closed."), STR(""), "seccomp: %s",
             strerror(-rc));
    }
    return NULL;
}
