/* relay — stamping changes, and reading those of the others.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/node/relay.h"

#include "host/bus/bus.h"
#include "host/log/log.h"
#include "host/store/core/inner.h"
#include "host/store/driver.h"
#include "host/store/node/standby.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LOOK_MS = 1000,      /* without a hint */
    BEHIND_MOST = 2000,  /* further behind, everything counts as changed */
    SLOTS_MOST = 4096,   /* of one row; more are told as "everything" */
    SEEN_ROOM = 64,
    KEPT_MS = 3600000,
};

static const struct query head_raise_sql = {
    "INSERT INTO topic_head (agency_id, seq) VALUES (?1, 1) "
    "ON CONFLICT (agency_id) DO UPDATE SET seq = topic_head.seq + 1",
    "i",
};
static const struct query change_sql = {
    "INSERT INTO topic_change (agency_id, seq, at_ms, slots) "
    "SELECT agency_id, seq, " STORE_NOW ", ?2 FROM topic_head WHERE agency_id = ?1",
    "ib",
    .postgres = "INSERT INTO topic_change (agency_id, seq, at_ms, slots) "
                "SELECT agency_id, seq, " STORE_NOW_POSTGRES ", ?2 FROM topic_head "
                "WHERE agency_id = ?1",
};
static const struct query heads_sql = {
    "SELECT agency_id, seq FROM topic_head ORDER BY agency_id",
    "",
};
static const struct query changes_sql = {
    "SELECT seq, slots FROM topic_change WHERE agency_id = ?1 AND seq > ?2 ORDER BY seq",
    "ii",
};
static const struct query prune_sql = {
    "DELETE FROM topic_change WHERE at_ms < " STORE_NOW " - ?1",
    "i",
    .postgres = "DELETE FROM topic_change WHERE at_ms < " STORE_NOW_POSTGRES " - ?1",
};

static const struct query *const queries[] = { &head_raise_sql, &change_sql, &heads_sql,
                                               &changes_sql, &prune_sql };
const struct query_list relay_queries = { "host/store relay", queries,
                                          sizeof(queries) / sizeof(queries[0]) };

/* ---- stamping ---- */

static int compare_marks(const void *left, const void *right)
{
    const struct topic_mark *l = left, *r = right;

    if (l->agency != r->agency) {
        return l->agency < r->agency ? -1 : 1;
    }
    return l->slot < r->slot ? -1 : l->slot > r->slot;
}

/* Two bytes a slot, each once; none at all stands for everything. */
static str slots_text(struct arena *a, const struct topic_mark *list, size_t count)
{
    unsigned char *text = arena_alloc(a, 2 * count + 1);
    size_t len = 0;

    for (size_t i = 0; text != NULL && i < count; i++) {
        if (i == 0 || list[i].slot != list[i - 1].slot) {
            text[len++] = (unsigned char)(list[i].slot >> 8);
            text[len++] = (unsigned char)(list[i].slot & 255);
        }
    }
    return (str){ (const char *)text, len > 2 * SLOTS_MOST ? 0 : len };
}

/* The heads are taken in ascending order, after those of the events: writers do not wait
 * for each other in a circle. */
err relay_stamp(struct arena *a, struct db *db, struct topic_mark *list, size_t count)
{
    if (count == 0) {
        return NULL;
    }
    qsort(list, count, sizeof(*list), compare_marks);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && list[to].agency == list[from].agency; to++) {
        }
        TRY(db_change_later(a, db, &head_raise_sql, BIND(bind_int(list[from].agency)), 1));
        TRY(db_change_later(a, db, &change_sql,
                            BIND(bind_int(list[from].agency),
                                 bind_bytes(slots_text(a, list + from, to - from))),
                            1));
    }
    return NULL;
}

/* ---- reading ---- */

static struct relay_seen *seen_of(struct relay *r, int64_t agency)
{
    size_t low = 0, high = r->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (r->seen[middle].agency < agency) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < r->count && r->seen[low].agency == agency ? &r->seen[low] : NULL;
}

static err seen_add(struct relay *r, int64_t agency, int64_t seq, struct relay_seen **ret)
{
    size_t at = r->count;

    if (r->count == r->room) {
        size_t room = r->room == 0 ? SEEN_ROOM : 2 * r->room;
        struct relay_seen *list = ARENA_ARRAY(r->arena, room, struct relay_seen);

        if (list == NULL) {
            return err_no_memory;
        }
        if (r->count > 0) {
            memcpy(list, r->seen, r->count * sizeof(*list));
        }
        r->seen = list;
        r->room = room;
    }
    for (; at > 0 && r->seen[at - 1].agency > agency; at--) {
        r->seen[at] = r->seen[at - 1];
    }
    r->seen[at] = (struct relay_seen){ agency, seq };
    r->count++;
    *ret = &r->seen[at];
    return NULL;
}

static void publish_text(struct bus *b, str slots)
{
    uint32_t list[SLOTS_MOST];
    size_t count = 0;

    for (size_t i = 0; i + 1 < slots.len && count < SLOTS_MOST; i += 2) {
        list[count++] = (uint32_t)(unsigned char)slots.at[i] << 8 |
                        (unsigned char)slots.at[i + 1];
    }
    if (count == 0) {
        bus_publish_all(b);
    } else {
        bus_publish(b, list, count);
    }
}

/* `*ret_gap`: numbers are missing between what was seen and the head. */
static err catch_up(struct arena *a, struct store *s, struct db *db,
                    struct relay_seen *seen, int64_t head, bool *ret_gap)
{
    struct table t;

    *ret_gap = head < seen->seq || head - seen->seq > BEHIND_MOST;
    if (!*ret_gap && head > seen->seq) {
        TRY(db_query(a, db, &changes_sql, BIND(bind_int(seen->agency), bind_int(seen->seq)),
                     &t));
        *ret_gap = (int64_t)t.rows != head - seen->seq;
        standby_wait_for_now(s);
        for (size_t i = 0; i < t.rows && !*ret_gap; i++) {
            publish_text(s->bus, cell_bytes(&t, i, 1));
        }
    }
    seen->seq = head;
    return NULL;
}

static err look(struct arena *a, struct store *s, struct db *db, bool first)
{
    struct relay *r = s->relay;
    bool missed = false;
    struct table heads;

    TRY(db_query(a, db, &heads_sql, NO_VALUES, &heads));
    for (size_t i = 0; i < heads.rows; i++) {
        int64_t agency = cell_int(&heads, i, 0), head = cell_int(&heads, i, 1);
        struct relay_seen *seen = seen_of(r, agency);
        bool gap = false;

        if (seen == NULL) {
            TRY(seen_add(r, agency, first ? head : 0, &seen));
        }
        TRY(catch_up(a, s, db, seen, head, &gap));
        missed = missed || gap;
    }
    if (missed) {
        LOG(LOG_WARN_LEVEL, "changes.missed", LOG_NUMBER("agencies", (int64_t)r->count));
        standby_wait_for_now(s);
        bus_publish_all(s->bus);
    }
    return NULL;
}

/* All in one snapshot: rows that are pruned meanwhile are still there. */
static err look_whole(struct arena *a, struct store *s, struct db *db, bool first)
{
    err e;

    TRY(db_begin(a, db, DB_BEGIN_READ));
    e = look(a, s, db, first);
    if (e == NULL) {
        return db_commit(a, db);
    }
    db_rollback(db);
    return e;
}

/* ---- the thread ---- */

static err ear_open(struct arena *a, struct store *s)
{
    struct relay *r = s->relay;

    if (r->ear != NULL) {
        return NULL;
    }
    TRY(store_connect(a, s, s->address, DB_KIND_MAIN, DB_BESIDE, &r->ear));
    return s->driver->listen(a, r->ear);
}

static err tell_now(struct arena *a, struct store *s)
{
    struct relay *r = s->relay;

    if (!atomic_exchange(&r->is_told, false) || fault_is_now(s, FAULT_HINT)) {
        return NULL;
    }
    if (r->mouth == NULL) {
        TRY(store_connect(a, s, s->address, DB_KIND_MAIN, DB_BESIDE, &r->mouth));
    }
    return s->driver->tell(a, r->mouth);
}

static void drop(struct db **db)
{
    db_close(*db);
    *db = NULL;
}

static void empty_pipe(const struct relay *r)
{
    char bytes[64];

    while (read(r->wake[0], bytes, sizeof(bytes)) > 0) {
    }
}

static void wait_a_little(const struct relay *r)
{
    struct pollfd fd = { .fd = r->wake[0], .events = POLLIN };

    (void)poll(&fd, 1, LOOK_MS);
}

static void round_once(struct store *s, struct arena *a, bool *was_away)
{
    struct relay *r = s->relay;
    err e = tell_now(a, s);

    if (e != NULL) {
        drop(&r->mouth); /* the others look by themselves within a second */
    }
    e = ear_open(a, s);
    if (e == NULL) {
        e = look_whole(a, s, r->ear, false);
    }
    if (e == NULL) {
        e = s->driver->hear(a, r->ear, r->wake[0], LOOK_MS);
    }
    if (e != NULL) {
        if (!*was_away) {
            log_err(LOG_WARN_LEVEL, "changes.away", STR(""), e);
        }
        drop(&r->ear);
        wait_a_little(r);
    }
    *was_away = e != NULL;
}

static void *relay_main(void *of)
{
    struct store *s = of;
    struct relay *r = s->relay;
    bool was_away = false;

    pthread_setname_np(pthread_self(), "relay");
    while (!atomic_load(&r->closing)) {
        struct arena *a = arena_new(0);

        if (a != NULL) {
            round_once(s, a, &was_away);
        } else {
            wait_a_little(r);
        }
        empty_pipe(r);
        arena_free(a);
    }
    return NULL;
}

static void wake(struct relay *r)
{
    ssize_t n = write(r->wake[1], "", 1); /* a full pipe wakes as well */

    (void)n;
}

void relay_tell(struct store *s)
{
    if (s->relay->is_running && !atomic_exchange(&s->relay->is_told, true)) {
        wake(s->relay);
    }
}

err relay_open(struct arena *a, struct store *s)
{
    s->relay = ARENA_NEW(a, struct relay);
    return s->relay == NULL ? err_no_memory : NULL;
}

err relay_start(struct arena *a, struct store *s)
{
    struct relay *r = s->relay;

    if (s->driver->hear == NULL) {
        return NULL;
    }
    if (pipe2(r->wake, O_CLOEXEC | O_NONBLOCK) != 0) {
        FAIL(a, ERR_BUSY, SAY("The program could not start a thread. Try again later."),
             STR(""), "pipe");
    }
    r->has_pipe = true;
    r->arena = arena_new(0);
    if (r->arena == NULL) {
        return err_no_memory;
    }
    TRY(ear_open(a, s));
    TRY(look_whole(a, s, r->ear, true));
    if (pthread_create(&r->thread, NULL, relay_main, s) != 0) {
        FAIL(a, ERR_BUSY, SAY("The program could not start a thread. Try again later."),
             STR(""), "relay");
    }
    r->is_running = true;
    return NULL;
}

void relay_stop(struct store *s)
{
    struct relay *r = s->relay;

    atomic_store(&r->closing, true);
    if (r->is_running) {
        wake(r);
        pthread_join(r->thread, NULL);
        r->is_running = false;
    }
    drop(&r->ear);
    drop(&r->mouth);
    if (r->has_pipe) {
        close(r->wake[0]);
        close(r->wake[1]);
        r->has_pipe = false;
    }
    arena_free(r->arena);
    r->arena = NULL;
}

/* ---- pruning ---- */

static err prune_run(void *context, struct arena *a, struct tx *tx)
{
    return tx_run(a, tx, &prune_sql, BIND(bind_int(KEPT_MS)));
}

err store_forget_changes(struct arena *a, struct store *s)
{
    return s->driver->hear == NULL
               ? NULL
               : store_commit_in(s, a, COMMIT_SLICE, 1, prune_run, NULL);
}
