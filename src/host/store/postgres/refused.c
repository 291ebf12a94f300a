/* refused — the driver for PostgreSQL: why a host did not take us, told to an
 * administrator with what to do about it.
 *
 * libpq tells it in English sentences (messages are not translated: no locale is set); a
 * refusal by the server has an SQLSTATE in them as well.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/postgres/postgres.h"

#include <string.h>

/* In "… failed: FATAL:  28P01: password authentication …". */
static void find_state(str message, char state[6])
{
    for (size_t i = 0; i + 9 < message.len; i++) {
        const char *at = message.at + i;
        size_t n = 0;

        if (memcmp(at, ":  ", 3) != 0 || at[8] != ':') {
            continue;
        }
        while (n < 5 && ((at[3 + n] >= '0' && at[3 + n] <= '9') ||
                         (at[3 + n] >= 'A' && at[3 + n] <= 'Z'))) {
            n++;
        }
        if (n == 5) {
            memcpy(state, at + 3, 5);
            state[5] = '\0';
            return;
        }
    }
    state[0] = '\0';
}

void postgres_refusal_note(struct arena *a, PGconn *conn, struct postgres_refusal *r)
{
    const char *host = PQhost(conn), *port = PQport(conn), *name = PQdb(conn);

    r->why = str_trim(str_copy(a, str_of(PQerrorMessage(conn))));
    find_state(r->why, r->state);
    r->place = str_format(a, "%s:%s/%s",
                          host == NULL || host[0] == '\0' ? "localhost" : host,
                          port == NULL ? "" : port, name == NULL ? "" : name);
}

/* By what libpq says, or by the SQLSTATE; the first that fits. What is said about TLS comes
 * with the SQLSTATE of a refused user. */
static const struct {
    const char *says, *state;
    enum err_kind kind;
    const char *id;
} reasons[] = {
    { "certificate verify failed", NULL, ERR_DENIED,
      MSG("The certificate of the database {place} is not trusted: it has expired, or "
          "comes from an authority that sslrootcert does not name. Renew it there, or "
          "name its authority as sslrootcert in the address.") },
    { "does not match host name", NULL, ERR_DENIED,
      MSG("The certificate of the database {place} is for another name. Write the name "
          "that stands in it as the host in the address, or have one made for this "
          "name.") },
    { "root certificate file", NULL, ERR_DENIED,
      MSG("The file with the authority of the database's certificate ({place}) is not "
          "there. Write its path as sslrootcert in the address.") },
    { "does not support SSL", NULL, ERR_DENIED,
      MSG("The database {place} offers no encrypted connection, and sslmode in the address "
          "asks for one. Switch TLS on there.") },
    /* Both: it would have been refused with TLS as well. */
    { "SSL encryption", "28", ERR_DENIED,
      MSG("The database {place} refuses this user or this password. Correct the address "
          "of the database, or the password file.") },
    { "no encryption", NULL, ERR_DENIED,
      MSG("The database {place} takes encrypted connections only. Write "
          "sslmode=verify-full and sslrootcert in the address.") },
    { "SSL error", NULL, ERR_DENIED,
      MSG("There is no trusted encrypted connection to the database {place}. Switch TLS "
          "on there, or correct sslmode and sslrootcert in the address.") },
    { "certificate", NULL, ERR_DENIED,
      MSG("There is no trusted encrypted connection to the database {place}. Switch TLS "
          "on there, or correct sslmode and sslrootcert in the address.") },
    { NULL, "28", ERR_DENIED,
      MSG("The database {place} refuses this user or this password. Correct the address "
          "of the database, or the password file.") },
    { NULL, "3D000", ERR_MISSING,
      MSG("There is no database {place}. Create it there, or correct the address.") },
    { NULL, NULL, ERR_BUSY,
      MSG("The database {place} does not answer. See that it runs and can be reached from "
          "here.") },
};

static bool fits(size_t i, const struct postgres_refusal *r)
{
    return (reasons[i].says == NULL || str_find(r->why, str_of(reasons[i].says)) >= 0) &&
           (reasons[i].state == NULL ||
            strncmp(r->state, reasons[i].state, strlen(reasons[i].state)) == 0);
}

err postgres_refused(struct arena *a, const struct postgres_refusal *r)
{
    struct words say;
    size_t i = 0;

    while (!fits(i, r)) {
        i++;
    }
    say = (struct words){ .id = reasons[i].id, .value = { SAY_TEXT("place", r->place) } };
    return err_new(a, reasons[i].kind, say, STR("database"), "%.*s", STR_ARG(r->why));
}
