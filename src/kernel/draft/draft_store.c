/* draft_store — drafts in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "kernel/draft/draft.h"
#include "host/seal/seal.h"
#include "host/store/store.h"

#define TOKEN_BYTES 24
#define USE "apply_draft"
#define CODE_USE "draft_code"

static const struct query find_sql = {
    "SELECT id, service, service_version, reached, answers, case_number, until_ms "
    "FROM apply_draft WHERE agency_id = ?1 AND token_hash = ?2 AND until_ms > ?3", "ibi",
};
static const struct query id_find_sql = {
    "SELECT id, service, service_version, reached, answers, case_number, until_ms "
    "FROM apply_draft WHERE agency_id = ?1 AND id = ?2 AND until_ms > ?3", "iii",
};
static const struct query code_find_sql = {
    "SELECT d.id, d.service, d.service_version, d.reached, d.answers, d.case_number, "
    "d.until_ms "
    "FROM draft_code c "
    "JOIN apply_draft d ON d.agency_id = c.agency_id AND d.id = c.draft_id "
    "WHERE c.agency_id = ?1 AND c.code_hash = ?2 AND d.until_ms > ?3", "ibi",
};
static const struct query code_of_sql = {
    "SELECT code_sealed FROM draft_code WHERE agency_id = ?1 AND draft_id = ?2", "ii",
};
static const struct query code_insert_sql = {
    "INSERT INTO draft_code (agency_id, draft_id, code_hash, code_sealed) "
    "VALUES (?1, ?2, ?3, ?4)", "iibb",
};
static const struct query code_delete_sql = {
    "DELETE FROM draft_code WHERE agency_id = ?1 AND draft_id = ?2", "ii",
};
static const struct query insert_sql = {
    "INSERT INTO apply_draft (agency_id, id, token_hash, service, service_version, "
    "reached, answers, case_number, until_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8)",
    "iibtiibi",
};
static const struct query update_sql = {
    "UPDATE apply_draft SET reached = ?3, answers = ?4, until_ms = ?5 "
    "WHERE agency_id = ?1 AND id = ?2 AND case_number = ''", "iiibi",
};
static const struct query sent_sql = {
    "UPDATE apply_draft SET case_number = ?3 WHERE agency_id = ?1 AND id = ?2", "iit",
};
static const struct query old_sql = {
    "SELECT agency_id, id FROM apply_draft WHERE until_ms <= ?1 "
    "ORDER BY until_ms LIMIT 200",
    "i",
};
static const struct query delete_sql = {
    "DELETE FROM apply_draft WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct query *const all_queries[] = {
    &find_sql,        &id_find_sql,     &code_find_sql, &code_of_sql,
    &code_insert_sql, &code_delete_sql,
    &insert_sql, &update_sql,    &sent_sql,    &old_sql,         &delete_sql,
};
const struct query_list draft_queries = {
    "draft", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct seal_place place_of(int64_t agency, int64_t id)
{
    return (struct seal_place){ agency, id, "apply_draft", "answers" };
}

static struct seal_place code_place(int64_t agency, int64_t id)
{
    return (struct seal_place){ agency, id, "draft_code", "code" };
}

/* The row by the cookie's token, else by the code that takes its place. */
static err row_find(struct arena *a, struct snap *snap, const struct keyring *k,
                    int64_t agency, str token, int64_t now_ms, struct draft *d,
                    struct table *ret)
{
    d->token_hash = seal_token_hash(a, k, USE, token);
    if (token.len != DRAFT_CODE_SIGNS) {
        return snap_query(a, snap, &find_sql,
                          BIND(bind_int(agency), bind_bytes(d->token_hash),
                               bind_int(now_ms)),
                          ret);
    }
    return snap_query(a, snap, &code_find_sql,
                      BIND(bind_int(agency),
                           bind_bytes(seal_token_hash(a, k, CODE_USE, token)),
                           bind_int(now_ms)),
                      ret);
}

static err code_load(struct arena *a, struct snap *snap, const struct keyring *k,
                     struct draft *d)
{
    struct table t;

    TRY(snap_query(a, snap, &code_of_sql, BIND(bind_int(d->agency), bind_int(d->id)), &t));
    return t.rows == 0 ? NULL
                       : seal_open(a, k, code_place(d->agency, d->id), cell_bytes(&t, 0, 0),
                                   &d->code);
}

static err row_open(struct arena *a, struct snap *snap, const struct keyring *k,
                    const struct table *t, struct draft *d)
{
    if (t->rows == 0) {
        FAIL(a, ERR_MISSING,
             SAY("What you typed is no longer here. It is kept for 24 hours."), STR(""),
             "no draft");
    }
    d->id = cell_int(t, 0, 0);
    d->service = cell_text(t, 0, 1);
    d->version = (int)cell_int(t, 0, 2);
    d->reached = (int)cell_int(t, 0, 3);
    d->case_number = cell_text(t, 0, 5);
    d->until_ms = cell_int(t, 0, 6);
    TRY(seal_open(a, k, place_of(d->agency, d->id), cell_bytes(t, 0, 4), &d->answers));
    return code_load(a, snap, k, d);
}

err draft_find(struct arena *a, struct snap *snap, const struct keyring *k,
                     int64_t agency, str token, int64_t now_ms, struct draft *ret)
{
    struct draft d = { .agency = agency, .token = token };
    struct table t;

    TRY(row_find(a, snap, k, agency, token, now_ms, &d, &t));
    TRY(row_open(a, snap, k, &t, &d));
    *ret = d;
    return NULL;
}

err draft_by_id(struct arena *a, struct snap *snap, const struct keyring *k, int64_t agency,
                int64_t id, int64_t now_ms, struct draft *ret)
{
    struct draft d = { .agency = agency };
    struct table t;

    TRY(snap_query(a, snap, &id_find_sql,
                   BIND(bind_int(agency), bind_int(id), bind_int(now_ms)), &t));
    TRY(row_open(a, snap, k, &t, &d));
    *ret = d;
    return NULL;
}

err draft_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                  int64_t agency, str typed, int64_t now_ms, struct draft *ret)
{
    str code;

    if (!crockford_tidy(a, typed, &code) || code.len != DRAFT_CODE_SIGNS) {
        FAIL(a, ERR_MISSING, SAY("There is no draft with this code. It may have ended."),
             STR("code"), "no code");
    }
    return draft_find(a, snap, k, agency, code, now_ms, ret);
}

int64_t draft_until(const struct draft *d, int64_t now_ms)
{
    return now_ms + (d->code.len > 0 ? DRAFT_CODE_MS : DRAFT_MS);
}

str draft_code_text(struct arena *a, str code)
{
    return code.len == DRAFT_CODE_SIGNS
               ? str_format(a, "%.4s-%.4s-%.4s", code.at, code.at + 4, code.at + 8)
               : code;
}

err draft_code_make(struct arena *a, const struct keyring *k, struct draft *d)
{
    str random;

    if (d->code.len > 0) {
        return NULL;
    }
    random = seal_random(a, DRAFT_CODE_SIGNS);
    if (random.len != DRAFT_CODE_SIGNS) {
        return err_no_memory;
    }
    d->code = crockford_text(a, (const unsigned char *)random.at, DRAFT_CODE_SIGNS);
    d->code_is_new = true;
    d->code_hash = seal_token_hash(a, k, CODE_USE, d->code);
    return seal_close(a, k, code_place(d->agency, d->id), d->code, &d->code_sealed);
}

err draft_begin(struct arena *a, const struct keyring *k, struct draft *d)
{
    str random = seal_random(a, TOKEN_BYTES);

    if (random.len != TOKEN_BYTES) {
        return err_no_memory;
    }
    d->is_new = true;
    d->token = str_hex(a, random);
    d->token_hash = seal_token_hash(a, k, USE, d->token);
    return NULL;
}

err draft_seal(struct arena *a, const struct keyring *k, struct draft *d)
{
    return seal_close(a, k, place_of(d->agency, d->id), d->answers, &d->sealed);
}

static err code_put(struct arena *a, struct tx *tx, const struct draft *d)
{
    return d->code_is_new ? tx_run(a, tx, &code_insert_sql,
                                   BIND(bind_int(d->agency), bind_int(d->id),
                                        bind_bytes(d->code_hash),
                                        bind_bytes(d->code_sealed)))
                          : NULL;
}

err draft_put(struct arena *a, struct tx *tx, const struct draft *d)
{
    if (d->is_new) {
        TRY(tx_run(a, tx, &insert_sql,
                   BIND(bind_int(d->agency), bind_int(d->id), bind_bytes(d->token_hash),
                        bind_text(d->service), bind_int(d->version), bind_int(d->reached),
                        bind_bytes(d->sealed), bind_int(d->until_ms))));
    } else {
        TRY(tx_change_one(a, tx, &update_sql,
                          BIND(bind_int(d->agency), bind_int(d->id), bind_int(d->reached),
                               bind_bytes(d->sealed), bind_int(d->until_ms))));
    }
    return code_put(a, tx, d);
}

err draft_sent(struct arena *a, struct tx *tx, int64_t agency, int64_t id, str number)
{
    return tx_run(a, tx, &sent_sql,
                  BIND(bind_int(agency), bind_int(id), bind_text(number)));
}

err draft_sweep(struct arena *a, struct tx *tx, int64_t now_ms, int64_t *ret_swept)
{
    struct table t;

    TRY(snap_query(a, tx_snap(tx), &old_sql, BIND(bind_int(now_ms)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        TRY(tx_run(a, tx, &code_delete_sql,
                   BIND(bind_int(cell_int(&t, i, 0)), bind_int(cell_int(&t, i, 1)))));
        TRY(tx_run(a, tx, &delete_sql,
                   BIND(bind_int(cell_int(&t, i, 0)), bind_int(cell_int(&t, i, 1)))));
    }
    *ret_swept = (int64_t)t.rows;
    return NULL;
}
