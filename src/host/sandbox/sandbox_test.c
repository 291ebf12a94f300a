/* Behind the closed sandbox the work goes on, and nothing else.
 *
 * Each claim runs in a child of its own, which answers by its exit status.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/sanitized.h"
#include "host/sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum answer { HOLDS = 0, FAILS = 1, NOT_CLOSED = 2, NO_LANDLOCK = 3 };

static char folder[] = "/tmp/bianmin-sandbox-XXXXXX";

typedef enum answer claim(void);

static bool closed_but(enum sandbox_kind kind, struct sandbox_reach reach,
                       bool *ret_landlock)
{
    struct arena *a = arena_new(0);
    const struct sandbox_options options = { .kind = kind,
                                             .folder = folder,
                                             .reach = reach };
    str done;
    err e = sandbox_close(a, &options, &done);
    if (e != NULL) {
        fprintf(stderr, "# %.*s\n", STR_ARG(e->why));
        return false;
    }
    *ret_landlock = str_starts(done, STR("landlock"));
    arena_free(a);
    return true;
}

static bool closed(enum sandbox_kind kind, bool *ret_landlock)
{
    return closed_but(kind, (struct sandbox_reach){ 0 }, ret_landlock);
}

static bool refused(bool went)
{
    return !went && (errno == EPERM || errno == EACCES);
}

static enum answer other_files_are_refused(void)
{
    bool landlock;
    if (!closed(SANDBOX_PROGRAM, &landlock)) {
        return NOT_CLOSED;
    }
    if (!landlock) {
        return NO_LANDLOCK;
    }
    bool holds = refused(open("/etc/passwd", O_RDONLY) >= 0) &&
                 refused(open("/tmp/bianmin-sandbox-other", O_WRONLY | O_CREAT, 0600) >= 0) &&
                 refused(unlink("/etc/hostname") == 0);
    return holds ? HOLDS : FAILS;
}

static enum answer new_sockets_are_refused(void)
{
    bool landlock;
    if (!closed(SANDBOX_PROGRAM, &landlock)) {
        return NOT_CLOSED;
    }
    return refused(socket(AF_INET, SOCK_STREAM, 0) >= 0) &&
                   refused(socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
               ? HOLDS
               : FAILS;
}

static enum answer a_database_by_a_socket_is_reached_that_way_only(void)
{
    bool landlock;
    if (!closed_but(SANDBOX_PROGRAM, (struct sandbox_reach){ .by_socket = true },
                    &landlock)) {
        return NOT_CLOSED;
    }
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0 &&
                   refused(socket(AF_UNIX, SOCK_DGRAM, 0) >= 0) &&
                   refused(socket(AF_INET, SOCK_STREAM, 0) >= 0)
               ? HOLDS
               : FAILS;
}

/* Connecting is refused by the port, or tried and found closed. */
static bool port_is_open(int socket_of, uint16_t port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(socket_of, (struct sockaddr *)&at, sizeof at) == 0 ||
           errno == ECONNREFUSED;
}

static enum answer a_database_on_the_network_is_reached_by_its_port_only(void)
{
    static const uint16_t ports[] = { 5432 };
    const struct sandbox_reach reach = { .by_network = true,
                                         .ports = ports,
                                         .port_count = 1 };
    bool landlock;
    if (!closed_but(SANDBOX_PROGRAM, reach, &landlock)) {
        return NOT_CLOSED;
    }
    int own = socket(AF_INET, SOCK_STREAM, 0), other = socket(AF_INET, SOCK_STREAM, 0);
    bool holds = own >= 0 && refused(socket(AF_UNIX, SOCK_STREAM, 0) >= 0) &&
                 refused(socket(AF_INET, SOCK_DGRAM, 0) >= 0) && port_is_open(own, 5432);
    if (holds && !landlock) {
        return NO_LANDLOCK;
    }
    return holds && !port_is_open(other, 25) ? HOLDS : FAILS;
}

static enum answer other_programs_are_refused(void)
{
    bool landlock;
    char *const argv[] = { "/bin/true", NULL };
    if (!closed(SANDBOX_PROGRAM, &landlock)) {
        return NOT_CLOSED;
    }
    return refused(execv(argv[0], argv) == 0) && refused(setuid(65534) == 0) &&
                   refused(chroot("/tmp") == 0)
               ? HOLDS
               : FAILS;
}

static enum answer a_fork_is_refused(void)
{
#ifdef SANITIZED
    return HOLDS; /* the sanitizers need it */
#else
    bool landlock;
    if (!closed(SANDBOX_PROGRAM, &landlock)) {
        return NOT_CLOSED;
    }
    pid_t child = fork();
    if (child == 0) {
        _exit(0);
    }
    return refused(child > 0) ? HOLDS : FAILS;
#endif
}

static void *thread_answers(void *thing)
{
    int *open_files = thing;
    *open_files = open("/etc/passwd", O_RDONLY);
    return open_files;
}

static enum answer threads_start_and_are_closed_in_too(void)
{
    bool landlock;
    pthread_t thread;
    int found = -2;
    if (!closed(SANDBOX_PROGRAM, &landlock)) {
        return NOT_CLOSED;
    }
    if (pthread_create(&thread, NULL, thread_answers, &found) != 0) {
        return FAILS;
    }
    pthread_join(thread, NULL);
    return found == -1 || !landlock ? HOLDS : FAILS;
}

static int listener_open(struct sockaddr_in *at)
{
    socklen_t len = sizeof *at;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    *at = (struct sockaddr_in){ .sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(listener, (struct sockaddr *)at, sizeof *at) != 0 || listen(listener, 8) != 0 ||
        getsockname(listener, (struct sockaddr *)at, &len) != 0) {
        return -1;
    }
    return listener;
}

static enum answer who_comes_in_is_served(void)
{
    bool landlock;
    struct sockaddr_in at;
    char said[2] = { 0 };
    int listener = listener_open(&at);
    int guest = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(guest, (struct sockaddr *)&at, sizeof at) != 0) {
        return FAILS;
    }
    if (!closed(SANDBOX_PROGRAM, &landlock)) {
        return NOT_CLOSED;
    }
    int served = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    return served >= 0 && send(served, "a", 1, MSG_NOSIGNAL) == 1 &&
                   recv(guest, said, 1, 0) == 1 && said[0] == 'a'
               ? HOLDS
               : FAILS;
}

static bool run(sqlite3 *db, const char *sql)
{
    char *said = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK) {
        fprintf(stderr, "# %s: %s\n", sql, said != NULL ? said : "?");
        return false;
    }
    return true;
}

static enum answer the_database_goes_on(void)
{
    bool landlock;
    sqlite3 *db = NULL;
    char path[100], copy[140];
    snprintf(path, sizeof path, "%s/bianmin.db", folder);
    snprintf(copy, sizeof copy, "VACUUM INTO '%s/copy.db'", folder);
    if (sqlite3_open(path, &db) != SQLITE_OK || !run(db, "PRAGMA journal_mode = WAL")) {
        return FAILS;
    }
    if (!closed(SANDBOX_PROGRAM, &landlock)) {
        return NOT_CLOSED;
    }
    sqlite3 *second = NULL;
    bool holds = run(db, "PRAGMA synchronous = FULL") &&
                 run(db, "CREATE TABLE t (a INT); BEGIN IMMEDIATE; INSERT INTO t VALUES (1); "
                         "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)") &&
                 run(db, copy) && sqlite3_open(path, &second) == SQLITE_OK &&
                 run(second, "INSERT INTO t SELECT a FROM t");
    sqlite3_close(second);
    sqlite3_close(db);
    return holds ? HOLDS : FAILS;
}

static enum answer a_job_can_only_reckon(void)
{
    bool landlock;
    if (!closed(SANDBOX_PAPERS, &landlock) || !closed(SANDBOX_PAPER_JOB, &landlock)) {
        return NOT_CLOSED;
    }
    void *piece = malloc((size_t)1 << 20);
    bool holds = piece != NULL && refused(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
#ifndef SANITIZED
    holds = holds && refused(kill(getppid(), 0) == 0) && refused(fork() > 0);
#endif
    free(piece);
    return holds ? HOLDS : FAILS;
}

static void *thread_waits(void *thing)
{
    pause();
    return thing;
}

static enum answer with_threads_it_stays_open(void)
{
    bool landlock;
    pthread_t thread;
    if (pthread_create(&thread, NULL, thread_waits, NULL) != 0) {
        return FAILS;
    }
    return closed(SANDBOX_PROGRAM, &landlock) ? FAILS : HOLDS;
}

static void holds(claim *c)
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit((int)c());
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) {
        fail_msg("killed by signal %d", WTERMSIG(status));
    }
    if (WEXITSTATUS(status) == NO_LANDLOCK) {
        skip(); /* this kernel cannot refuse files */
    }
    assert_int_equal(WEXITSTATUS(status), HOLDS);
}

#define CLAIM(name)                        \
    static void test_##name(void **state)  \
    {                                      \
        holds(name);                       \
    }
CLAIM(other_files_are_refused)
CLAIM(new_sockets_are_refused)
CLAIM(a_database_by_a_socket_is_reached_that_way_only)
CLAIM(a_database_on_the_network_is_reached_by_its_port_only)
CLAIM(other_programs_are_refused)
CLAIM(a_fork_is_refused)
CLAIM(threads_start_and_are_closed_in_too)
CLAIM(who_comes_in_is_served)
CLAIM(the_database_goes_on)
CLAIM(a_job_can_only_reckon)
CLAIM(with_threads_it_stays_open)

static int folder_make(void **state)
{
    return mkdtemp(folder) != NULL ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_files_are_refused),
        cmocka_unit_test(test_new_sockets_are_refused),
        cmocka_unit_test(test_a_database_by_a_socket_is_reached_that_way_only),
        cmocka_unit_test(test_a_database_on_the_network_is_reached_by_its_port_only),
        cmocka_unit_test(test_other_programs_are_refused),
        cmocka_unit_test(test_a_fork_is_refused),
        cmocka_unit_test(test_threads_start_and_are_closed_in_too),
        cmocka_unit_test(test_who_comes_in_is_served),
        cmocka_unit_test(test_the_database_goes_on),
        cmocka_unit_test(test_a_job_can_only_reckon),
        cmocka_unit_test(test_with_threads_it_stays_open),
    };
    return cmocka_run_group_tests(tests, folder_make, NULL);
}
