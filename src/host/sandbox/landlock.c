/* landlock — which files stay within reach.
 *
 * The kernel is asked which version it speaks; what it does not know is left out. Numbers
 * newer than our headers are written out here, as the kernel documents them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/sandbox/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALL_CREATE_RULESET 444
#define CALL_ADD_RULE 445
#define CALL_RESTRICT_SELF 446
#define RULESET_VERSION 1U
#define RULE_PATH_BENEATH 1
#define RULE_NET_PORT 2
#define MAY_CONNECT (UINT64_C(1) << 1)

#define MAY_EXECUTE (UINT64_C(1) << 0)
#define MAY_WRITE_FILE (UINT64_C(1) << 1)
#define MAY_READ_FILE (UINT64_C(1) << 2)
#define MAY_READ_DIR (UINT64_C(1) << 3)
#define MAY_REMOVE_DIR (UINT64_C(1) << 4)
#define MAY_REMOVE_FILE (UINT64_C(1) << 5)
#define MAY_MAKE_DIR (UINT64_C(1) << 7)
#define MAY_MAKE_REG (UINT64_C(1) << 8)
#define MAY_MAKE_SOCK (UINT64_C(1) << 9)
#define MAY_REFER (UINT64_C(1) << 13)
#define MAY_TRUNCATE (UINT64_C(1) << 14)

#define OF_FILE (MAY_EXECUTE | MAY_WRITE_FILE | MAY_READ_FILE | MAY_TRUNCATE)
#define TO_READ (MAY_READ_FILE | MAY_READ_DIR)
#define TO_WORK                                                                   \
    (TO_READ | MAY_WRITE_FILE | MAY_REMOVE_DIR | MAY_REMOVE_FILE | MAY_MAKE_DIR | \
     MAY_MAKE_REG | MAY_MAKE_SOCK | MAY_REFER | MAY_TRUNCATE)

/* struct landlock_ruleset_attr of the sixth version. */
struct ruleset {
    uint64_t files, ports, scopes;
};

struct path_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

struct net_port {
    uint64_t allowed, port;
};

/* All that a version can forbid. */
static struct ruleset all_of(int version)
{
    static const int file_rights[] = { 0, 13, 14, 15, 15, 16 };
    int known = version < 5 ? version : 5;
    return (struct ruleset){
        .files = (UINT64_C(1) << file_rights[known]) - 1,
        .ports = version >= 4 ? 3 : 0,
        .scopes = version >= 6 ? 3 : 0,
    };
}

static size_t size_for(int version)
{
    return version >= 6 ? 24 : version >= 4 ? 16 : 8;
}

/* A path that is not there needs no rule. */
static bool path_allow(int rules, const struct ruleset *all, const char *path,
                       uint64_t rights)
{
    struct stat about;
    int at = open(path, O_PATH | O_CLOEXEC);
    if (at < 0) {
        return errno == ENOENT || errno == EACCES;
    }
    bool known = fstat(at, &about) == 0;
    uint64_t fitting = known && S_ISDIR(about.st_mode) ? rights : rights & OF_FILE;
    struct path_beneath rule = { .allowed = fitting & all->files, .parent = at };
    bool added = known && syscall(CALL_ADD_RULE, rules, RULE_PATH_BENEATH, &rule, 0U) == 0;
    close(at);
    return added;
}

#ifdef BIANMIN_TEST
/* The clock of tests is a file that is read again and again. */
static bool clock_allow(struct arena *a, int rules, const struct ruleset *all)
{
    const char *path = getenv("BIANMIN_CLOCK");
    if (path == NULL) {
        return true;
    }
    const char *end = strrchr(path, '/');
    str folder = end == NULL ? STR(".") : (str){ path, (size_t)(end - path) + 1 };
    return path_allow(rules, all, str_z(a, folder), TO_READ);
}
#endif

static bool program_allow(struct arena *a, int rules, const struct ruleset *all)
{
    static const char *const devices[] = { "/dev/urandom", "/dev/random", "/dev/null" };
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++) {
        if (!path_allow(rules, all, devices[i], MAY_READ_FILE | MAY_WRITE_FILE)) {
            return false;
        }
    }
#ifdef BIANMIN_TEST
    if (!clock_allow(a, rules, all)) {
        return false;
    }
#endif
    return true;
}

static bool sanitizer_allow(int rules, const struct ruleset *all)
{
#ifdef SANITIZED
    return path_allow(rules, all, "/proc", TO_READ) &&
           path_allow(rules, all, "/proc/self/exe", MAY_READ_FILE);
#else
    return true;
#endif
}

/* A kernel that does not know ports does not hold them back either. */
static bool ports_allow(int rules, const struct ruleset *all, const struct sandbox_reach *r)
{
    bool done = true;

    for (size_t i = 0; i < r->port_count && done && all->ports != 0; i++) {
        struct net_port rule = { .allowed = MAY_CONNECT, .port = r->ports[i] };

        done = syscall(CALL_ADD_RULE, rules, RULE_NET_PORT, &rule, 0U) == 0;
    }
    return done;
}

static bool paths_allow(struct arena *a, int rules, const struct ruleset *all,
                        const struct sandbox_options *options)
{
    bool done = sanitizer_allow(rules, all);
    if (options->kind == SANDBOX_PROGRAM) {
        done = done && program_allow(a, rules, all);
    }
    if (options->folder != NULL) {
        done = done && path_allow(rules, all, options->folder, TO_WORK);
    }
    for (size_t i = 0; i < options->readable_count; i++) {
        done = done &&
               path_allow(rules, all, options->readable[i],
                          options->kind == SANDBOX_DOT ? TO_READ | MAY_EXECUTE : TO_READ);
    }
    return done;
}

err landlock_close(struct arena *a, const struct sandbox_options *options, int *ret_version)
{
    long version = syscall(CALL_CREATE_RULESET, NULL, (size_t)0, RULESET_VERSION);
    if (version < 1) {
        *ret_version = 0; /* an older kernel, or switched off */
        return NULL;
    }
    struct ruleset all = all_of((int)version);
    int rules = (int)syscall(CALL_CREATE_RULESET, &all, size_for((int)version), 0U);
    if (rules < 0) {
        FAIL(a, ERR_BROKEN, SAY("The sandbox cannot be closed."), STR(""), "landlock: %s",
             strerror(errno));
    }
    bool done = paths_allow(a, rules, &all, options) &&
                ports_allow(rules, &all, &options->reach) &&
                prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                syscall(CALL_RESTRICT_SELF, rules, 0U) == 0;
    int why = errno;
    close(rules);
    if (!done) {
        FAIL(a, ERR_BROKEN, SAY("The sandbox cannot be closed."), STR(""),
             "landlock rule: %s", strerror(why));
    }
    *ret_version = (int)version;
    return NULL;
}
