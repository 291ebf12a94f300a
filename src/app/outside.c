/* outside — reads addresses and secrets, and starts the courier.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/outside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "host/courier/courier.h"
#include "host/log/log.h"
#include "host/seal/seal.h"

#define SECRET_LEAST 16
#define SECRET_MOST 512
#define ALERT_SECONDS_LEAST 60

static bool is_simulator(str s)
{
    return str_equal(s, STR("simulator"));
}

static err no_secret(struct arena *a, str setting, const char *why)
{
    FAIL(a, ERR_INPUT,
         SAY("{setting} in settings.yaml must name a file with a secret of at least 16 "
             "signs.",
             SAY_TEXT("setting", setting)),
         setting, "%s", why);
}

/* A file that only its owner reads; its folder is the instance's unless it says a path. */
static err secret_read(struct arena *a, const char *folder, str setting, str file, str *ret)
{
    const char *path = str_starts(file, STR("/"))
                           ? str_z(a, file)
                           : str_z(a, str_format(a, "%s/%.*s", folder, STR_ARG(file)));
    char *bytes = arena_alloc(a, SECRET_MOST + 1);
    struct stat about;
    int fd;

    if (bytes == NULL) {
        return err_no_memory;
    }
    if (file.len == 0) {
        return no_secret(a, setting, "not set");
    }
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return no_secret(a, setting, strerror(errno));
    }
    bool known = fstat(fd, &about) == 0;
    ssize_t len = read(fd, bytes, SECRET_MOST);

    close(fd);
    if (!known || (about.st_mode & 077) != 0) {
        FAIL(a, ERR_DENIED,
             SAY("Others may read {file}. Make it readable for its owner alone: chmod 600.",
                 SAY_TEXT("file", str_of(path))),
             setting, "mode %o", known ? (unsigned)about.st_mode & 0777U : 0U);
    }
    *ret = str_trim((str){ bytes, len > 0 ? (size_t)len : 0 });
    return ret->len < SECRET_LEAST ? no_secret(a, setting, "too short") : NULL;
}

static err address_check(struct arena *a, str setting, str url)
{
    str origin;

    if (!courier_origin(a, url, &origin)) {
        FAIL(a, ERR_INPUT,
             SAY("{address} is no address to send the courier to. Write https://…, or "
                 "http://127.0.0.1:… for a program on this machine.",
                 SAY_TEXT("address", url)),
             setting, "address");
    }
    return NULL;
}

static str without_slash(str url)
{
    return str_ends(url, STR("/")) ? str_slice(url, 0, url.len - 1) : url;
}

static err gateway_read(struct arena *a, const char *folder, const struct settings *s,
                        struct lookup_gateway *ret)
{
    if (s->register_gateway.len == 0) {
        return NULL;
    }
    ret->by = LOOKUP_BY_SIMULATOR;
    if (is_simulator(s->register_gateway)) {
        return NULL;
    }
    ret->by = LOOKUP_BY_GATEWAY;
    ret->url = without_slash(s->register_gateway);
    TRY(address_check(a, STR("register_gateway"), ret->url));
    return secret_read(a, folder, STR("register_secret_file"), s->register_secret_file,
                       &ret->secret);
}

static err pay_read(struct arena *a, const char *folder, const struct settings *s,
                    struct pay_provider *ret)
{
    ret->account_prefix = s->payment_account_prefix;
    if (s->payment_provider.len == 0) {
        return NULL;
    }
    if (is_simulator(s->payment_provider)) {
        ret->by = PAY_SIMULATOR;
        ret->shop = STR("simulator");
        /* Nobody else can write its messages, and none outlives this program. */
        ret->secret = str_hex(a, seal_random(a, 32));
        return NULL;
    }
    ret->by = PAY_PROVIDER;
    ret->url = without_slash(s->payment_provider);
    ret->shop = s->payment_shop;
    TRY(address_check(a, STR("payment_provider"), ret->url));
    return secret_read(a, folder, STR("payment_secret_file"), s->payment_secret_file,
                       &ret->secret);
}

static err courier_begin(struct arena *a, const struct settings *s, const char *program,
                         struct outside *o)
{
    str origins[3];
    struct courier_options c = {
        .program = program, .origins = origins,
        .ca_file = s->courier_ca_file.len > 0 ? str_z(a, s->courier_ca_file) : NULL,
    };

    if (o->alert_feed.len > 0) {
        TRY(address_check(a, STR("alert_feed"), o->alert_feed));
        origins[c.origins_count++] = o->alert_feed;
    }
    if (o->gateway.by == LOOKUP_BY_GATEWAY) {
        origins[c.origins_count++] = o->gateway.url;
    }
    if (o->pay.by == PAY_PROVIDER) {
        origins[c.origins_count++] = o->pay.url;
    }
    return c.origins_count > 0 ? courier_start(a, &c, &o->courier) : NULL;
}

err outside_open(struct arena *a, const char *folder, const struct settings *s,
                 const char *program, struct outside *ret)
{
    struct outside o = { .alert_feed = s->alert_feed, .alert_seconds = s->alert_seconds };

    o.alert_seconds = o.alert_seconds < ALERT_SECONDS_LEAST ? ALERT_SECONDS_LEAST
                                                            : o.alert_seconds;
    TRY(gateway_read(a, folder, s, &o.gateway));
    TRY(pay_read(a, folder, s, &o.pay));
    TRY(courier_begin(a, s, program, &o));
    *ret = o;
    return NULL;
}

void outside_close(struct outside *o)
{
    courier_stop(o->courier);
    o->courier = NULL;
}
