/* agent_store — who applies for the applicant, in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "host/text/text.h"
#include "kernel/casefile/receive/case_agent.h"

#define NAME_SIGNS 60
#define LINE_SIGNS 100
#define BODY_BYTES 4096

static const struct query put_sql = {
    "INSERT INTO case_agent (agency_id, casefile_id, masked, id_seen, sealed) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iitib",
};
static const struct query load_sql = {
    "SELECT masked, id_seen, sealed FROM case_agent "
    "WHERE agency_id = ?1 AND casefile_id = ?2", "ii",
};
static const struct query *const all_queries[] = { &put_sql, &load_sql };
const struct query_list casefile_agent_queries = {
    "casefile (agents)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct seal_place place_of(int64_t agency, int64_t casefile)
{
    return (struct seal_place){ agency, casefile, "case_agent", "sealed" };
}

static void most(struct mistakes *m, const char *field, str text, size_t signs)
{
    if (str_points(text) > signs) {
        mistake_add(m, str_of(field),
                    SAY("At most {max} characters.", SAY_NUMBER("max", (int64_t)signs)));
    }
}

void case_agent_check(struct case_agent *x, struct mistakes *m)
{
    x->name = str_trim(x->name);
    x->relation = str_trim(x->relation);
    x->authority = str_trim(x->authority);
    x->telephone = str_trim(x->telephone);
    if (str_is_empty(x->name)) {
        mistake_add(m, STR("agent_name"), SAY("Write the name of who applies for him."));
    }
    if (str_is_empty(x->relation)) {
        mistake_add(m, STR("agent_relation"),
                    SAY("Write what he is to the applicant, such as daughter."));
    }
    most(m, "agent_name", x->name, NAME_SIGNS);
    most(m, "agent_relation", x->relation, NAME_SIGNS);
    most(m, "agent_authority", x->authority, LINE_SIGNS);
    most(m, "agent_telephone", x->telephone, NAME_SIGNS);
}

err case_agent_seal(struct arena *a, const struct keyring *k, int64_t agency,
                    int64_t casefile, struct case_agent *x)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("name"), x->name);
    json_put_text(&j, STR("relation"), x->relation);
    json_put_text(&j, STR("authority"), x->authority);
    json_put_text(&j, STR("telephone"), x->telephone);
    json_put_text(&j, STR("salt"), str_hex(a, seal_random(a, 16)));
    json_end_object(&j);
    x->masked = text_mask_name(a, x->name);
    return seal_close(a, k, place_of(agency, casefile), buf_str(&b), &x->sealed);
}

err case_agent_put(struct arena *a, struct tx *tx, int64_t agency, int64_t casefile,
                   int64_t staff, int64_t now_ms, const struct case_agent *x)
{
    const struct event e = {
        .agency = agency, .at_ms = now_ms, .actor = staff, .kind = STR("agent.named"),
        .subject = casefile,
        .body = str_format(a, "{\"id_seen\":%d,\"hash\":\"%.*s\"}", x->id_seen ? 1 : 0,
                           STR_ARG(str_hex(a, seal_sha256(a, x->sealed)))),
    };

    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(agency), bind_int(casefile), bind_text(x->masked),
                    bind_int(x->id_seen ? 1 : 0), bind_bytes(x->sealed))));
    return tx_event(tx, &e);
}

err casefile_agent(struct arena *a, struct snap *snap, const struct keyring *k,
                   int64_t agency, int64_t casefile, bool open, struct case_agent *ret,
                   bool *ret_found)
{
    struct table t;
    const struct json *j;
    str text;

    TRY(snap_query(a, snap, &load_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    *ret_found = t.rows > 0;
    if (!*ret_found) {
        return NULL;
    }
    *ret = (struct case_agent){ .masked = cell_text(&t, 0, 0),
                                .id_seen = cell_int(&t, 0, 1) != 0,
                                .sealed = cell_bytes(&t, 0, 2) };
    if (!open) {
        return NULL;
    }
    TRY(seal_open(a, k, place_of(agency, casefile), ret->sealed, &text));
    TRY(json_parse(a, text, &j));
    ret->name = json_text_of(j, STR("name"));
    ret->relation = json_text_of(j, STR("relation"));
    ret->authority = json_text_of(j, STR("authority"));
    ret->telephone = json_text_of(j, STR("telephone"));
    return NULL;
}
