/* ask — one request, typed: who asks, in which office, for what.
 *
 * A handler reads from here and from nowhere else. `show` and `check` see `snap`; a commit
 * gets a `tx` and must not touch `snap`. Values are cleaned (UTF-8, NFC, trimmed) on entry.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_ASK_H
#define BIANMIN_DESK_ASK_H

#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "base/words.h"
#include "desk/route.h"
#include "host/html/html.h"
#include "kernel/party/party.h"
#include "kernel/session/session.h"

struct catalog;
struct keyring;
struct snap;
struct store;
struct paper;
struct pack_kind;
struct json;
struct desk; /* the desk's own state */

enum theme { THEME_AUTO, THEME_LIGHT, THEME_DARK, THEME_CONTRAST };
enum text_size { SIZE_M, SIZE_L, SIZE_XL };

/* A file that came with a form; its bytes are in the store already. */
struct ask_file {
    str question; /* field name */
    str name;     /* as the sender called it; cleaned, no path */
    int64_t id, size_bytes;
    str media_type;
};
struct ask_pair {
    str name, value;
};

struct ask {
    struct arena *arena;
    const struct route *route;
    enum method method;
    enum lang lang;
    enum theme theme;
    enum text_size size;
    str path;      /* without language */
    str client;     /* address of the reader; behind a trusted proxy what it says */
    str request_id; /* also the incident number shown on error pages */
    int64_t now_ms;
    day today;

    const struct agency *agency; /* of the address, else of the session, else the city */
    const struct catalog *catalog;
    struct snap *snap;
    struct store *store;
    const struct keyring *keyring;
    struct id_source *ids;
    struct paper *paper;

    struct session session; /* .staff == 0: nobody is signed in */
    struct actor actor;
    struct mistakes mistakes;
    const struct err *refusal; /* in `again`: why it was refused */
    const void *wish;          /* in `again` and reply: what check had read */

    const struct ask_pair *form; /* posted fields in order; names may repeat */
    size_t form_count;
    const struct ask_pair *params; /* of the query */
    size_t params_count;
    const struct ask_pair *path_values; /* {key} {id} … */
    size_t path_count;
    const struct ask_file *files;
    size_t files_count;
    const struct json *body; /* API: the parsed JSON body, else NULL */
    str idempotency_key, bearer;
    struct desk *desk;
};

/* "" when missing. */
str ask_field(const struct ask *q, const char *name);
/* All values of a repeated name (check boxes). */
size_t ask_fields(const struct ask *q, str name, str *ret_values, size_t most);
str ask_param(const struct ask *q, const char *name);
str ask_path(const struct ask *q, const char *name);
/* The id in the path. Fails: ERR_MISSING. */
MUST_CHECK err ask_path_id(const struct ask *q, const char *name, int64_t *ret_id);
str ask_cookie(const struct ask *q, const char *name);
int64_t ask_new_id(const struct ask *q);
/* The kinds of definitions that this program reads. */
const struct pack_kind *const *ask_kinds(const struct ask *q, size_t *ret_count);
/* All offices in order of id (the city first), and the catalog of one of them; NULL while
 * it has none. They live as long as the request. */
const struct agency *ask_agencies(const struct ask *q, size_t *ret_count);
const struct catalog *ask_catalog_of(const struct ask *q, const struct agency *agency);
/* The units of this office, in order of id. */
const struct unit *ask_units(const struct ask *q, size_t *ret_count);

/* The name of the unit that handles something, as the office's definition says it, and
 * where to call; the office itself when it is not said. */
struct label ask_unit_of(const struct ask *q, str unit_key, str *ret_telephone);

/* Links by route name; language and office are the reader's. Unknown names fail at start
 * (every literal name is checked by a test) and give an empty url. */
struct url link_to(const struct ask *q, const char *route);
struct url link_to1(const struct ask *q, const char *route, str value);
struct url link_to2(const struct ask *q, const char *route, str first, str second);
/* For another office, or another language of this very page. */
struct url link_office(const struct ask *q, str agency_key, const char *route);
/* A page of another office that has one value in its path: one of its services. */
struct url link_office1(const struct ask *q, str agency_key, const char *route, str value);
struct url link_language(const struct ask *q, enum lang lang);
/* With ?name=value behind it. */
struct url url_with(const struct ask *q, struct url u, const char *name, str value);
/* An address to come back to that a form or query gave; empty when it is none of ours. */
struct url ask_back(const struct ask *q, str path);
/* https://office.example + path: for QR codes and printed sheets (settings public_url). */
str url_absolute(const struct ask *q, struct url u);

#endif
