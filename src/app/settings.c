/* settings — settings.yaml of an instance: only what must be known before the database is
 * open. Everything else is kept in it and changed under /staff/settings.
 * SPDX-License-Identifier: MPL-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "host/yaml/yaml.h"

#define SETTINGS_BYTES 65536

static err read_text(struct arena *a, const char *folder, str *ret)
{
    const char *path = str_z(a, str_format(a, "%s/settings.yaml", folder));
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = arena_alloc(a, SETTINGS_BYTES);

    if (text == NULL || fd < 0) {
        if (fd >= 0) {
            close(fd);
        }
        FAIL(a, ERR_MISSING,
             SAY("There is no instance in {folder}. Make one with bianmin init.",
                 SAY_TEXT("folder", str_of(folder))),
             STR(""), "open: %m");
    }
    ssize_t len = read(fd, text, SETTINGS_BYTES);

    close(fd);
    *ret = (str){ text, len > 0 ? (size_t)len : 0 };
    return NULL;
}

static str text_of(struct arena *a, const struct yaml *map, str key)
{
    const struct yaml *node = yaml_get(map, key);

    return node != NULL && node->kind == YAML_SCALAR ? str_copy(a, node->text) : STR("");
}

/* One address, several by comma, or a list of them. */
static str addresses_of(struct arena *a, const struct yaml *map, str key)
{
    const struct yaml *node = yaml_get(map, key);
    str all = text_of(a, map, key);

    if (node == NULL || node->kind != YAML_LIST) {
        return all;
    }
    for (const struct yaml *n = node->first; n != NULL; n = n->next) {
        all = n->kind != YAML_SCALAR ? all
              : all.len == 0         ? str_copy(a, n->text)
                             : str_format(a, "%.*s,%.*s", STR_ARG(all), STR_ARG(n->text));
    }
    return all;
}

err instance_settings(struct arena *a, const char *folder, struct settings *ret)
{
    static const str known[] = { STR_INIT("listen"),          STR_INIT("public_url"),
                                 STR_INIT("trusted_proxies"), STR_INIT("database"),
                                 STR_INIT("log_level") };
    const struct yaml *map = NULL;
    struct mistakes mistakes;
    str text;

    mistakes_init(&mistakes, a);
    TRY(read_text(a, folder, &text));
    TRY(yaml_parse(a, STR("settings.yaml"), text, &mistakes, &map));
    for (const struct yaml *n = map->first; n != NULL; n = n->next) {
        bool fine = false;

        for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
            fine = fine || str_equal(n->key, known[i]);
        }
        if (!fine) {
            FAIL(a, ERR_INPUT,
                 SAY("{place}: {key} is no setting. Known are listen, public_url, "
                     "trusted_proxies, database and log_level.",
                     SAY_TEXT("place", yaml_place(a, STR("settings.yaml"), n)),
                     SAY_TEXT("key", n->key)),
                 STR(""), "unknown setting");
        }
    }
    ret->listen = text_of(a, map, STR("listen"));
    ret->public_url = text_of(a, map, STR("public_url"));
    ret->trusted_proxies = addresses_of(a, map, STR("trusted_proxies"));
    ret->log_level = text_of(a, map, STR("log_level"));
    return NULL;
}

err instance_settings_make(struct arena *a, const char *folder, str listen)
{
    const char *path = str_z(a, str_format(a, "%s/settings.yaml", folder));
    FILE *out = fopen(path, "wx");

    if (out == NULL) {
        FAIL(a, errno == EEXIST ? ERR_CONFLICT : ERR_BUSY,
             SAY("{path} cannot be written.", SAY_TEXT("path", str_of(path))), STR(""),
             "fopen: %m");
    }
    fprintf(out,
            "# What must be known before the database is open; the rest is under "
            "/staff/settings.\n"
            "listen: %.*s\n"
            "# The address people type, with https once a proxy gives it:\n"
            "# public_url: https://bianmin.example\n"
            "# The proxy's own address, so that readers are told apart. Without it all\n"
            "# who come through it share one limit of uploads and of wrong codes:\n"
            "# trusted_proxies: 127.0.0.1\n"
            "log_level: info\n",
            STR_ARG(listen));
    if (fclose(out) != 0) {
        FAIL(a, ERR_BUSY, SAY("{path} cannot be written.", SAY_TEXT("path", str_of(path))),
             STR(""), "fclose: %m");
    }
    return NULL;
}
