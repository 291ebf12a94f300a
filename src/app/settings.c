/* settings — settings.yaml of an instance: only what must be known before the database is
 * open. Everything else is kept in it and changed under /staff/settings.
 * SPDX-License-Identifier: MPL-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/yaml/yaml.h"

#define SETTINGS_BYTES 65536
#define DATABASE_WAIT_SECONDS 60
#define DATABASE_READ_LAG_SECONDS 5
#define ALERT_SECONDS 300

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

static int number_of(struct arena *a, const struct yaml *map, str key, int most, int usual)
{
    str text = text_of(a, map, key);
    int64_t number;

    return str_to_int(text, &number) && number >= 0 && number <= most ? (int)number : usual;
}

static void others_read(struct arena *a, const struct yaml *map, struct settings *ret)
{
    ret->alert_feed = text_of(a, map, STR("alert_feed"));
    ret->alert_seconds =
        number_of(a, map, STR("alert_seconds"), 86400, ALERT_SECONDS);
    ret->register_gateway = text_of(a, map, STR("register_gateway"));
    ret->register_secret_file = text_of(a, map, STR("register_secret_file"));
    ret->payment_provider = text_of(a, map, STR("payment_provider"));
    ret->payment_secret_file = text_of(a, map, STR("payment_secret_file"));
    ret->payment_shop = text_of(a, map, STR("payment_shop"));
    ret->payment_account_prefix = text_of(a, map, STR("payment_account_prefix"));
    ret->courier_ca_file = text_of(a, map, STR("courier_ca_file"));
}

err instance_settings(struct arena *a, const char *folder, struct settings *ret)
{
    static const str known[] = {
        STR_INIT("listen"),   STR_INIT("public_url"), STR_INIT("trusted_proxies"),
        STR_INIT("database"), STR_INIT("log_level"),  STR_INIT("database_wait_seconds"),
        STR_INIT("database_read"), STR_INIT("database_read_lag_seconds"),
        STR_INIT("database_writers"), STR_INIT("alert_feed"), STR_INIT("alert_seconds"),
        STR_INIT("register_gateway"), STR_INIT("register_secret_file"),
        STR_INIT("payment_provider"), STR_INIT("payment_secret_file"),
        STR_INIT("payment_shop"), STR_INIT("payment_account_prefix"),
        STR_INIT("courier_ca_file")
    };
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
                     "trusted_proxies, database, database_wait_seconds, database_read, "
                     "database_read_lag_seconds, database_writers, log_level, alert_feed, "
                     "alert_seconds, register_gateway, register_secret_file, "
                     "payment_provider, payment_secret_file, payment_shop, "
                     "payment_account_prefix and courier_ca_file.",
                     SAY_TEXT("place", yaml_place(a, STR("settings.yaml"), n)),
                     SAY_TEXT("key", n->key)),
                 STR(""), "unknown setting");
        }
    }
    ret->listen = text_of(a, map, STR("listen"));
    ret->public_url = text_of(a, map, STR("public_url"));
    ret->trusted_proxies = addresses_of(a, map, STR("trusted_proxies"));
    ret->log_level = text_of(a, map, STR("log_level"));
    ret->database = text_of(a, map, STR("database"));
    ret->database_wait_seconds =
        number_of(a, map, STR("database_wait_seconds"), 86400, DATABASE_WAIT_SECONDS);
    ret->database_writers = number_of(a, map, STR("database_writers"), 16, 0);
    ret->database_read = text_of(a, map, STR("database_read"));
    ret->database_read_lag_seconds = number_of(
        a, map, STR("database_read_lag_seconds"), 86400, DATABASE_READ_LAG_SECONDS);
    others_read(a, map, ret);
    return NULL;
}

/* As a YAML text in single quotes. */
static str quoted(struct arena *a, str text)
{
    struct buf out;

    buf_init(&out, a, SETTINGS_BYTES);
    buf_put_char(&out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        buf_put(&out, text.at[i] == '\'' ? STR("''") : str_slice(text, i, 1));
    }
    buf_put_char(&out, '\'');
    return buf_str(&out);
}

/* The address of the database may hold a password: for the owner's eyes. */
static FILE *settings_create(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

    if (fd >= 0 && out == NULL) {
        close(fd);
    }
    return out;
}

err instance_settings_make(struct arena *a, const char *folder, str listen,
                           const char *database, bool simulate)
{
    const char *path = str_z(a, str_format(a, "%s/settings.yaml", folder));
    FILE *out = settings_create(path);

    if (out == NULL) {
        FAIL(a, errno == EEXIST ? ERR_CONFLICT : ERR_BUSY,
             SAY("{path} cannot be written.", SAY_TEXT("path", str_of(path))), STR(""),
             "open: %m");
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
            "log_level: info\n"
            "# Others, to whom the program may go (deploy/README.md); nothing else is\n"
            "# reached. Secrets are files that only the owner reads:\n"
            "# alert_feed: https://alerts.ncdr.nat.gov.tw/RssAtomFeed.ashx?AlertType=33\n"
            "# register_gateway: https://gateway.example/v1\n"
            "# register_secret_file: register.secret\n"
            "# payment_provider: https://pay.example/v1\n"
            "# payment_shop: '0001'\n"
            "# payment_secret_file: payment.secret\n"
            "# payment_account_prefix: '95001'\n",
            STR_ARG(listen));
    if (simulate) {
        fprintf(out, "# Simulations: nobody is asked, no money moves.\n"
                     "register_gateway: simulator\n"
                     "payment_provider: simulator\n"
                     "payment_account_prefix: '95001'\n");
    }
    if (database != NULL) {
        fprintf(out,
                "# A password is better kept in a file: ?passfile=/path in the address.\n"
                "database: %.*s\n"
                "# How long a start waits for a database that is away:\n"
                "# database_wait_seconds: %d\n"
                "# How many connections write side by side, each for offices of its own:\n"
                "# database_writers: 4\n"
                "# A standby for public pages, and how far it may be behind:\n"
                "# database_read: 'postgresql://…'\n"
                "# database_read_lag_seconds: %d\n",
                STR_ARG(quoted(a, str_of(database))), DATABASE_WAIT_SECONDS,
                DATABASE_READ_LAG_SECONDS);
    }
    if (fclose(out) != 0) {
        FAIL(a, ERR_BUSY, SAY("{path} cannot be written.", SAY_TEXT("path", str_of(path))),
             STR(""), "fclose: %m");
    }
    return NULL;
}
