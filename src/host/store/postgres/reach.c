/* reach — the driver for PostgreSQL: what it must be able to reach later, when a
 * connection is opened anew behind a closed sandbox.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/postgres/postgres.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *value_of(const PQconninfoOption *given, const PQconninfoOption *usual,
                            const char *keyword)
{
    for (const PQconninfoOption *o = given; o->keyword != NULL; o++) {
        if (strcmp(o->keyword, keyword) == 0 && o->val != NULL && o->val[0] != '\0') {
            return o->val;
        }
    }
    for (const PQconninfoOption *o = usual; o != NULL && o->keyword != NULL; o++) {
        if (strcmp(o->keyword, keyword) == 0 && o->val != NULL) {
            return o->val;
        }
    }
    return "";
}

static void may_read(struct arena *a, struct store_reach *r, str path)
{
    for (size_t i = 0; i < r->readable_count; i++) {
        if (str_equal(str_of(r->readable[i]), path)) {
            return;
        }
    }
    if (path.len > 0 && r->readable_count < STORE_REACH) {
        r->readable[r->readable_count++] = str_z(a, path);
    }
}

static bool is_numeric(str host)
{
    for (size_t i = 0; i < host.len; i++) {
        char c = host.at[i];

        if (!((c >= '0' && c <= '9') || c == '.' || c == ':' ||
              (str_find(host, STR(":")) >= 0 &&
               ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))))) {
            return false;
        }
    }
    return true;
}

/* A list with commas; an empty one is the socket where the server usually is. */
static void note_hosts(struct store_reach *r, const char *hosts, bool has_addresses)
{
    str rest = str_of(hosts), host;

    while (str_cut(&rest, ',', &host)) {
        if (host.len == 0 || host.at[0] == '/' || host.at[0] == '@') {
            r->by_socket = r->by_socket || !has_addresses;
        } else {
            r->by_network = true;
            r->by_name = r->by_name || (!has_addresses && !is_numeric(host));
        }
    }
    r->by_network = r->by_network || has_addresses;
}

static void note_ports(struct store_reach *r, const char *ports)
{
    const char *at = ports[0] == '\0' ? "5432" : ports;

    while (*at != '\0' && r->port_count < STORE_REACH) {
        char *end;
        long port = strtol(at, &end, 10);

        r->ports[r->port_count++] = (uint16_t)port;
        at = *end == ',' ? end + 1 : "";
    }
}

static void note_files(struct arena *a, struct store_reach *r,
                       const PQconninfoOption *given, const PQconninfoOption *usual)
{
    static const char *const keywords[] = { "passfile", "sslrootcert", "sslcert", "sslkey",
                                            "sslcrl",   "sslcrldir",   "service" };
    static const char *const in_home[] = { ".postgresql", ".pgpass" };
    static const char *const for_names[] = {
        "/etc/resolv.conf",  "/run/systemd/resolve", "/etc/hosts", "/etc/nsswitch.conf",
        "/etc/gai.conf",     "/etc/host.conf",       "/lib",       "/usr/lib",
    };
    const struct passwd *self = getpwuid(geteuid());

    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
        may_read(a, r, str_of(value_of(given, usual, keywords[i])));
    }
    for (size_t i = 0; self != NULL && i < sizeof(in_home) / sizeof(in_home[0]); i++) {
        may_read(a, r, str_format(a, "%s/%s", self->pw_dir, in_home[i]));
    }
    for (size_t i = 0; r->by_name && i < sizeof(for_names) / sizeof(for_names[0]); i++) {
        may_read(a, r, str_of(for_names[i]));
    }
    /* libpq looks there for its user and for what TLS is to be like. */
    may_read(a, r, STR("/etc/passwd"));
    may_read(a, r, STR("/etc/ssl"));
    may_read(a, r, STR("/usr/lib/ssl"));
}

err postgres_reach(struct arena *a, const char *address, struct store_reach *ret)
{
    PQconninfoOption *given = PQconninfoParse(address, NULL), *usual = PQconndefaults();
    struct store_reach r = *ret;

    if (given == NULL) {
        PQconninfoFree(usual);
        return driver_failed(a, ERR_BROKEN, STR("the address cannot be read"));
    }
    note_hosts(&r, value_of(given, usual, "host"),
               value_of(given, usual, "hostaddr")[0] != '\0');
    if (r.by_network) {
        note_ports(&r, value_of(given, usual, "port"));
    }
    note_files(a, &r, given, usual);
    PQconninfoFree(given);
    PQconninfoFree(usual);
    *ret = r;
    return arena_failed(a) ? err_no_memory : NULL;
}
