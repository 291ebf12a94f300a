/* migrations — makes one C table out of all NNNN.sql files of the tree.
 *
 * migrations OUTPUT.c FILE.sql …: sorted by number; two files with one number are refused,
 * so that nobody finds out on a running instance. Runs while building only.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct source {
    const char *path, *name; /* name: "slot/0012.sql" */
    int number;
};

/* The last two parts of a path. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    while (slash != NULL && slash > path && slash[-1] != '/') {
        slash--;
    }
    return slash == NULL ? path : slash;
}

static int by_number(const void *left, const void *right)
{
    return ((const struct source *)left)->number - ((const struct source *)right)->number;
}

static void put_escaped(FILE *out, int c)
{
    if (c == '\n') {
        fputs("\\n\"\n    \"", out);
    } else if (c == '"' || c == '\\') {
        fprintf(out, "\\%c", c);
    } else if (c < 0x20 || c > 0x7e || c == '?') {
        fprintf(out, "\\%03o", (unsigned)c);
    } else {
        fputc(c, out);
    }
}

static int put_file(FILE *out, const struct source *s)
{
    FILE *in = fopen(s->path, "rb");

    if (in == NULL) {
        fprintf(stderr, "%s: cannot be read\n", s->path);
        return 1;
    }
    fprintf(out, "  { %d, \"%s\",\n    \"", s->number, s->name);
    for (int c = fgetc(in); c != EOF; c = fgetc(in)) {
        put_escaped(out, c);
    }
    fputs("\" },\n", out);
    fclose(in);
    return 0;
}

static int unique(const struct source *list, int count)
{
    for (int i = 1; i < count; i++) {
        if (list[i].number == list[i - 1].number) {
            fprintf(stderr, "%s and %s have the same number: give one the next free\n",
                    list[i - 1].path, list[i].path);
            return 0;
        }
    }
    return 1;
}

int main(int argc, char **argv)
{
    int count = argc - 2, failed = 0;
    struct source *list;
    FILE *out;

    if (argc < 3) {
        fputs("usage: migrations OUTPUT FILE...\n", stderr);
        return 2;
    }
    list = calloc((size_t)count, sizeof(*list));
    if (list == NULL) {
        return 2;
    }
    for (int i = 0; i < count; i++) {
        const char *slash = strrchr(argv[i + 2], '/');

        list[i].path = argv[i + 2];
        list[i].name = name_of(argv[i + 2]);
        list[i].number = (int)strtol(slash == NULL ? argv[i + 2] : slash + 1, NULL, 10);
    }
    qsort(list, (size_t)count, sizeof(*list), by_number);
    out = unique(list, count) ? fopen(argv[1], "wb") : NULL;
    if (out == NULL) {
        return 1;
    }
    fputs("#include \"host/store/migrate.h\"\n\n"
          "const struct migration store_migrations[] = {\n",
          out);
    for (int i = 0; i < count; i++) {
        failed |= put_file(out, &list[i]);
    }
    fprintf(out, "};\nconst size_t store_migration_count = %d;\n", count);
    failed |= fclose(out) != 0;
    free(list);
    return failed;
}
