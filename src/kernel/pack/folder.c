/* folder — a pack as it lies on disk: every *.yaml of one folder, in order of name.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/pack/pack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES ((off_t)1 << 20)
#define FILES_MOST 500

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_definition(const char *name)
{
    str s = str_of(name);

    return name[0] != '.' && (str_ends(s, STR(".yaml")) || str_ends(s, STR(".yml")));
}

static void folder_close(void *d)
{
    (void)closedir(d);
}

static err names_of(struct arena *a, const char *folder, const char ***ret,
                    size_t *ret_count)
{
    const char **names = ARENA_ARRAY(a, FILES_MOST, const char *);
    DIR *d = opendir(folder);
    size_t count = 0;

    if (d == NULL) {
        FAIL(a, ERR_MISSING,
             SAY("The folder {folder} cannot be opened. Check its name.",
                 SAY_TEXT("folder", str_of(folder))),
             STR(""), "opendir: %s", strerror(errno));
    }
    if (!arena_defer(a, folder_close, d) || names == NULL) {
        return err_no_memory;
    }
    for (struct dirent *e = readdir(d); e != NULL && count < FILES_MOST; e = readdir(d)) {
        if (is_definition(e->d_name)) {
            names[count++] = str_z(a, str_of(e->d_name));
        }
    }
    qsort(names, count, sizeof(*names), by_name);
    *ret = names;
    *ret_count = count;
    return NULL;
}

static bool read_all(int fd, char *at, size_t len)
{
    size_t have = 0;

    while (have < len) {
        ssize_t n = read(fd, at + have, len - have);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        have += (size_t)n;
    }
    return true;
}

/* The whole file, or a mistake that names it. */
static bool file_read(struct arena *a, const char *path, struct mistakes *m, str *ret)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st = { 0 };
    char *at = NULL;
    bool good = false;

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= FILE_BYTES) {
        at = arena_alloc(a, (size_t)st.st_size);
        good = at != NULL && read_all(fd, at, (size_t)st.st_size);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    if (!good) {
        str place = str_format(m->arena, "%s:1:1", path);

        mistake_add_at(m, STR(""),
                       st.st_size > FILE_BYTES
                           ? SAY("A definition is at most 1 MiB. Make two of it.")
                           : SAY("This file cannot be read. Check who may open it."),
                       place);
        return false;
    }
    *ret = (str){ at, (size_t)st.st_size };
    return true;
}

err pack_read_folder(struct arena *a, const char *folder, struct mistakes *m,
                     struct definition **ret, size_t *ret_count)
{
    const char **names = NULL;
    struct definition *list;
    size_t files = 0, count = 0;

    TRY(names_of(a, folder, &names, &files));
    list = ARENA_ARRAY(a, files, struct definition);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < files; i++) {
        str path = str_format(a, "%s/%s", folder, names[i]);
        struct definition d = { .file = path, .version = 1 };

        if (file_read(a, str_z(a, path), m, &d.source)) {
            pack_head(a, &d);
            list[count++] = d;
        }
    }
    if (files == 0) {
        mistake_add_at(m, STR(""), SAY("There is no definition (*.yaml) in this folder."),
                       str_format(m->arena, "%s:1:1", folder));
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}
