/* Tests of the store: opening, migrating, reading, commits one by one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/migrate.h"
#include "host/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct query note_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, ?3, 0)",
    "iit",
};
static const struct query notes_sql = {
    "SELECT node, holder FROM node_lease WHERE agency_id = ?1 ORDER BY node",
    "i",
};
static const struct query rename_sql = {
    "UPDATE node_lease SET holder = ?3 WHERE agency_id = ?1 AND node = ?2",
    "iit",
};
static const struct query event_spoil_sql = { "UPDATE event SET body = 'x'", "" };
static const struct query event_drop_sql = { "DELETE FROM event", "" };
struct note {
    int node;
    const char *holder;
    enum { NOTE, RENAME, SPOIL, DROP } act;
    bool refuse_after;
};

static err note_run(void *context, struct arena *a, struct tx *tx)
{
    const struct note *n = context;
    struct value values[] = { bind_int(7), bind_int(n->node),
                              bind_text(str_of(n->holder)) };

    if (n->act == SPOIL || n->act == DROP) {
        return tx_run(a, tx, n->act == SPOIL ? &event_spoil_sql : &event_drop_sql,
                      NO_VALUES);
    }
    if (n->act == RENAME) {
        return tx_change_one(a, tx, &rename_sql, values, 3);
    }
    TRY(tx_run(a, tx, &note_sql, values, 3));
    TRY(tx_event(tx, &(struct event){ .agency = 7,
                                      .at_ms = 1,
                                      .kind = STR("note.made"),
                                      .subject = n->node,
                                      .body = STR("{}") }));
    tx_topic(tx, 7, "note", str_of(n->holder));
    if (n->refuse_after) {
        FAIL(a, ERR_INPUT, SAY("Choose another."), STR("holder"), "refused");
    }
    return NULL;
}

static size_t count_notes(struct arena *a, struct store *s)
{
    struct snap *snap;
    struct table t;

    assert_null(snap_begin(a, s, &snap));
    assert_null(snap_query(a, snap, &notes_sql, BIND(bind_int(7)), &t));
    snap_end(snap);
    return t.rows;
}

#define FINE (-1)
static const struct {
    const char *story;
    struct note note;
    int want;
    size_t rows;
} steps[] = {
    { "a row is kept", { .node = 1, .holder = "first" }, FINE, 1 },
    { "an empty text is a text, not NULL", { .node = 2, .holder = "" }, FINE, 2 },
    { "the same key again is a conflict",
      { .node = 1, .holder = "other" },
      ERR_CONFLICT,
      2 },
    { "a refused commit leaves nothing",
      { .node = 3, .holder = "x", .refuse_after = true },
      ERR_INPUT,
      2 },
    { "a row can be changed", { .node = 1, .holder = "second", .act = RENAME }, FINE, 2 },
    { "changing what is not there is a conflict",
      { .node = 9, .holder = "x", .act = RENAME },
      ERR_CONFLICT,
      2 },
    { "a rule of the table guards too", { .node = 5000, .holder = "x" }, ERR_BROKEN, 2 },
    { "an event cannot be changed", { .act = SPOIL }, ERR_BROKEN, 2 },
    { "an event cannot be taken out", { .act = DROP }, ERR_BROKEN, 2 },
};

static void commits_one_by_one(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        struct note note = steps[i].note;
        err e = store_commit(s, a, 7, note_run, &note);

        if ((e == NULL ? FINE : (int)e->kind) != steps[i].want ||
            count_notes(a, s) != steps[i].rows) {
            fail_msg("%s: %d %.*s", steps[i].story, e == NULL ? -1 : (int)e->kind,
                     STR_ARG(e == NULL ? STR("") : e->why));
        }
    }
    arena_free(a);
}

static void topics_rise_with_what_was_kept(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    uint32_t slot = topic_slot(7, "note", STR("first"));
    struct note note = { .node = 1, .holder = "first" };
    uint64_t most;
    err e;

    assert_null(store_open_scratch(a, &s));
    most = store_is_shared(s) ? 2 : 1; /* there it also hears of its own change */
    assert_null(store_commit(s, a, 7, note_run, &note));
    assert_in_range(topic_count(s, slot), 1, most);
    e = store_commit(s, a, 7, note_run, &note);
    assert_non_null(e);
    assert_in_range(topic_count(s, slot), 1, most);
    assert_int_not_equal(slot, topic_slot(8, "note", STR("first")));
    arena_free(a);
}

static void a_snapshot_stands_still(void **state)
{
    struct arena *a = arena_new(0);
    struct note note = { .node = 1, .holder = "first" };
    struct store *s;
    struct snap *snap;
    struct table t;

    assert_null(store_open_scratch(a, &s));
    assert_null(snap_begin(a, s, &snap));
    assert_null(snap_query(a, snap, &notes_sql, BIND(bind_int(7)), &t));
    assert_null(store_commit(s, a, 7, note_run, &note));
    assert_null(snap_query(a, snap, &notes_sql, BIND(bind_int(7)), &t));
    assert_int_equal(t.rows, 0);
    assert_int_equal(count_notes(a, s), 1);
    arena_free(a);
}

/* A command that fails leaves its snapshot to the arena, which outlives the store. */
static void a_snapshot_may_end_after_its_store(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    struct snap *snap;

    assert_null(store_open_scratch(a, &s));
    assert_null(snap_begin(a, s, &snap));
    store_close(s);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commits_one_by_one),
        cmocka_unit_test(topics_rise_with_what_was_kept),
        cmocka_unit_test(a_snapshot_stands_still),
        cmocka_unit_test(a_snapshot_may_end_after_its_store),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
