/* chain — stamping events just before COMMIT.
 *
 * The heads are taken in ascending order of agencies, so that several writers (on another
 * engine) cannot wait for each other in a circle.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/chain.h"

#include "host/seal/seal.h"
#include "host/store/inner.h"

#include <string.h>

static const struct query head_sql = {
    "SELECT seq, hash FROM agency_head WHERE agency_id = ?1",
    "i",
};
static const struct query head_keep_sql = {
    "INSERT INTO agency_head (agency_id, seq, hash) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (agency_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
    "iib",
};
static const struct query event_sql = {
    "INSERT INTO event (agency_id, seq, at_ms, actor_id, subject_id, kind, body, hash) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "iiiiittb",
};

static const struct query *const queries[] = { &head_sql, &head_keep_sql, &event_sql };
const struct query_list chain_queries = { "host/store chain", queries,
                                          sizeof(queries) / sizeof(queries[0]) };

str chain_start(struct arena *a)
{
    const char *zeros = arena_alloc(a, CHAIN_HASH_BYTES);

    return zeros == NULL ? STR("") : (str){ zeros, CHAIN_HASH_BYTES };
}

str chain_bytes(struct arena *a, str before, const struct event *e, int64_t seq)
{
    str head = str_format(a, "bianmin-event-1 %lld %lld %lld %lld %lld %zu %zu\n",
                          (long long)e->agency, (long long)seq, (long long)e->at_ms,
                          (long long)e->actor, (long long)e->subject, e->kind.len,
                          e->body.len);
    const str part[] = { before, head, e->kind, STR("\n"), e->body, STR("\n") };
    size_t len = 0, at = 0;
    char *bytes;

    for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
        len += part[i].len;
    }
    bytes = arena_alloc(a, len);
    if (bytes == NULL) {
        return STR("");
    }
    for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
        if (part[i].len > 0) {
            memcpy(bytes + at, part[i].at, part[i].len);
        }
        at += part[i].len;
    }
    return (str){ bytes, len };
}

str chain_hash(struct arena *a, str before, const struct event *e, int64_t seq)
{
    return seal_sha256(a, chain_bytes(a, before, e, seq));
}

/* Stable: events of one agency stay in the order in which they happened. */
static void sort_by_agency(struct event **list, struct event **other, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t from = 0; from < count; from += 2 * width) {
            size_t middle = from + width < count ? from + width : count;
            size_t end = from + 2 * width < count ? from + 2 * width : count;
            size_t left = from, right = middle;

            for (size_t to = from; to < end; to++) {
                bool take_left = left < middle && (right >= end || list[left]->agency <=
                                                                       list[right]->agency);

                other[to] = take_left ? list[left++] : list[right++];
            }
        }
        memcpy(list, other, count * sizeof(struct event *));
    }
}

static err insert(struct arena *a, struct db *db, const struct event *e, int64_t seq,
                  str hash)
{
    int64_t changed;

    return db_change(a, db, &event_sql,
                     BIND(bind_int(e->agency), bind_int(seq), bind_int(e->at_ms),
                          bind_int(e->actor), bind_int(e->subject), bind_text(e->kind),
                          bind_text(e->body), bind_bytes(hash)),
                     &changed);
}

/* The events of one agency: `*at` is the first of them and ends behind the last. */
static err append_agency(struct arena *a, struct db *db, struct event **list, size_t count,
                         size_t *at)
{
    int64_t agency = list[*at]->agency, seq = 0, changed;
    str hash = chain_start(a);
    struct table head;

    TRY(db_query(a, db, &head_sql, BIND(bind_int(agency)), &head));
    if (head.rows > 0) {
        seq = cell_int(&head, 0, 0);
        hash = cell_bytes(&head, 0, 1);
    }
    for (; *at < count && list[*at]->agency == agency; ++*at) {
        hash = chain_hash(a, hash, list[*at], ++seq);
        if (arena_failed(a)) {
            return err_no_memory;
        }
        TRY(insert(a, db, list[*at], seq, hash));
    }
    return db_change(a, db, &head_keep_sql,
                     BIND(bind_int(agency), bind_int(seq), bind_bytes(hash)), &changed);
}

err chain_append(struct arena *a, struct db *db, struct event **list, size_t count)
{
    struct event **other = ARENA_ARRAY(a, count, struct event *);

    if (other == NULL) {
        return err_no_memory;
    }
    sort_by_agency(list, other, count);
    for (size_t at = 0; at < count;) {
        TRY(append_agency(a, db, list, count, &at));
    }
    return NULL;
}
