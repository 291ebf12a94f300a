/* chain — stamping events just before COMMIT.
 *
 * The heads are taken in ascending order of agencies, so that several writers (on another
 * engine) cannot wait for each other in a circle. There they are taken before the commits
 * run, so that what a commit has read of its agency still holds when it writes, although
 * another node may have people of the same agency; a chain that has not begun gets a head.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/write/chain.h"

#include "host/seal/seal.h"

#include <string.h>

static const struct query head_make_sql = {
    "INSERT INTO agency_head (agency_id, seq, hash) VALUES (?1, 0, ?2) "
    "ON CONFLICT (agency_id) DO NOTHING",
    "ib",
};
static const struct query head_sql = {
    "SELECT seq, hash FROM agency_head WHERE agency_id = ?1",
    "i",
    .postgres = "SELECT seq, hash FROM agency_head WHERE agency_id = ?1 FOR UPDATE",
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

static const struct query *const queries[] = { &head_make_sql, &head_sql, &head_keep_sql,
                                               &event_sql };
const struct query_list chain_queries = { "host/store chain", queries,
                                          sizeof(queries) / sizeof(queries[0]) };

enum { HEAD_BYTES = 200 }; /* seven numbers of at most 20 signs, and the word in front */

static char *put_number(char *at, int64_t n)
{
    uint64_t rest = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
    char digits[20];
    int count = 0;

    *at++ = ' ';
    if (n < 0) {
        *at++ = '-';
    }
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    while (count > 0) {
        *at++ = digits[--count];
    }
    return at;
}

/* Once an event, in the writer's transaction: printf would be a tenth of the whole. */
static size_t put_head(char head[HEAD_BYTES], const struct event *e, int64_t seq)
{
    const int64_t numbers[] = {
        e->agency,           seq, e->at_ms, e->actor, e->subject, (int64_t)e->kind.len,
        (int64_t)e->body.len
    };
    static const char name[] = "bianmin-event-1";
    char *at = head + sizeof(name) - 1;

    memcpy(head, name, sizeof(name) - 1);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        at = put_number(at, numbers[i]);
    }
    *at++ = '\n';
    return (size_t)(at - head);
}

void chain_next(struct chain_hash *hash, const struct event *e, int64_t seq)
{
    char head[HEAD_BYTES];
    struct sha256 h;

    sha256_begin(&h);
    sha256_add(&h, hash->bytes, sizeof(hash->bytes));
    sha256_add(&h, head, put_head(head, e, seq));
    sha256_add(&h, e->kind.at, e->kind.len);
    sha256_add(&h, "\n", 1);
    sha256_add(&h, e->body.at, e->body.len);
    sha256_add(&h, "\n", 1);
    sha256_end_into(&h, hash->bytes);
}

str chain_str(const struct chain_hash *hash)
{
    return (str){ (const char *)hash->bytes, sizeof(hash->bytes) };
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
    return db_change_later(a, db, &event_sql,
                           BIND(bind_int(e->agency), bind_int(seq), bind_int(e->at_ms),
                                bind_int(e->actor), bind_int(e->subject),
                                bind_text(e->kind), bind_text(e->body), bind_bytes(hash)),
                           1);
}

err chain_lock(struct arena *a, struct db *db, const int64_t *list, size_t count)
{
    static const struct chain_hash empty;

    for (size_t i = 0; i < count; i++) {
        TRY(db_change_later(a, db, &head_make_sql,
                            BIND(bind_int(list[i]), bind_bytes(chain_str(&empty))),
                            DB_ANY));
        TRY(db_change_later(a, db, &head_sql, BIND(bind_int(list[i])), DB_ANY));
    }
    return NULL;
}

static err head_load(struct arena *a, struct db *db, int64_t agency, int64_t *ret_seq,
                     struct chain_hash *ret_hash)
{
    struct table head;

    TRY(db_query(a, db, &head_sql, BIND(bind_int(agency)), &head));
    if (head.rows > 0 && cell_bytes(&head, 0, 1).len == sizeof(ret_hash->bytes)) {
        *ret_seq = cell_int(&head, 0, 0);
        memcpy(ret_hash->bytes, cell_bytes(&head, 0, 1).at, sizeof(ret_hash->bytes));
    }
    return NULL;
}

/* The events of one agency: `*at` is the first of them and ends behind the last. */
static err append_agency(struct arena *a, struct db *db, struct event **list, size_t count,
                         size_t *at)
{
    int64_t agency = list[*at]->agency, seq = 0;
    struct chain_hash hash = { { 0 } };

    TRY(head_load(a, db, agency, &seq, &hash));
    for (; *at < count && list[*at]->agency == agency; ++*at) {
        chain_next(&hash, list[*at], ++seq);
        TRY(insert(a, db, list[*at], seq, chain_str(&hash)));
    }
    return db_change_later(
        a, db, &head_keep_sql,
        BIND(bind_int(agency), bind_int(seq), bind_bytes(chain_str(&hash))), 1);
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
