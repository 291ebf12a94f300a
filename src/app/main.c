/* main — the keys of the building: a command by its name.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/app.h"
#include "base/arena.h"
#include "host/log/log.h"
#include "host/seal/seal.h"

#define VERSION "0.1.0"
#define COMMAND_BYTES ((size_t)256 << 20)

static const struct {
    const char *name;
    int (*run)(struct line *l);
    const char *usage;
} commands[] = {
    { "init", command_init,
      "init [--demo [--today YYYY-MM-DD]]\n"
      "  init --city NAME --office KEY=NAME --pack DIR" },
    { "serve", command_serve, "serve [--listen 127.0.0.1:8080] [--metrics ADDRESS]" },
    { "check", command_check, "check" },
    { "user", command_user, "user add NAME@OFFICE --duty DUTY --unit UNIT [--name NAME]" },
    { "unit", command_unit, "unit add KEY@OFFICE --name NAME" },
    { "pack", command_pack,
      "pack check DIR\n  pack load DIR --agency KEY\n  pack diff OLD NEW\n  pack diff NEW "
      "--agency KEY\n  pack words" },
    { "calendar", command_calendar,
      "calendar due --from DAY --days N [--unit working|calendar|week|month|year|hour]\n"
      "               [--pause DAY..DAY] [--closed DAY] [--lang zh|en|ja]\n"
      "  calendar import FILE [--dry-run]\n"
      "  calendar close --day DAY [--from HOUR] [--until HOUR] --reason TEXT --agency KEY\n"
      "               [--dry-run]\n"
      "  calendar closures --agency KEY\n"
      "  calendar withdraw NUMBER --agency KEY" },
    { "migrate", command_migrate, "migrate [--copy-made | --dump FILE]" },
    { "figures", command_figures, "figures" },
};

static int usage(FILE *to, int status)
{
    fprintf(to, "bianmin runs the services of a government office.\n\n");
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        fprintf(to, "  %s\n", commands[i].usage);
    }
    fprintf(to, "  --version\n\nAll take --data DIR: the folder of the instance "
                "(else $BIANMIN_DATA, else ./demo).\n");
    return status;
}

static int run(struct line *l)
{
    const char *name = l->words[0];

    l->words++;
    l->count--;
    l->data = line_option(l, "--data");
    if (l->data == NULL) {
        const char *set = getenv("BIANMIN_DATA");

        l->data = set != NULL && set[0] != '\0' ? set : "demo";
    }
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return commands[i].run(l);
        }
    }
    fprintf(stderr, "bianmin: there is no command \"%s\".\n\n", name);
    return usage(stderr, 2);
}

/* With the arena of the whole command. */
static int answer(struct arena *a, int count, char **words)
{
    struct line l = { .arena = a, .count = count - 1 };
    err e;

    l.words = ARENA_ARRAY(a, (size_t)count, const char *);
    if (l.words == NULL) {
        return 1;
    }
    for (int i = 1; i < count; i++) {
        l.words[i - 1] = words[i];
    }
    e = seal_start(a);
    if (e != NULL) {
        log_err(LOG_ERROR_LEVEL, "start", STR(""), e);
        return 1;
    }
    return run(&l);
}

int main(int count, char **words)
{
    struct arena *a;
    int status;

    umask(077); /* What an instance holds is for its own user. */
    if (count < 2) {
        return usage(stderr, 2);
    }
    if (strcmp(words[1], "--version") == 0) {
        printf("bianmin %s\n", VERSION);
        return 0;
    }
    if (strcmp(words[1], "--help") == 0 || strcmp(words[1], "help") == 0) {
        return usage(stdout, 0);
    }
    a = arena_new(COMMAND_BYTES);
    status = a == NULL ? 1 : answer(a, count, words);
    arena_free(a);
    return status;
}
