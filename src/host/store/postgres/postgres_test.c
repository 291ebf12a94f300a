/* Tests of the driver for PostgreSQL: values, kinds of failure, what is put off, what a
 * failed change leaves behind, connections that are lost. PostgreSQL only: tools/units
 * gives them a server.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"
#include "host/store/driver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static const struct query seat_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, ?3, ?4)",
    "iiti",
};
static const struct query take_sql = {
    "UPDATE node_lease SET until_ms = 0 WHERE agency_id = ?1 AND node = ?2", "ii"
};
static const struct query count_sql = {
    "SELECT COUNT(*) FROM node_lease WHERE agency_id = ?1", "i"
};
/* Every connection of this store but the one that asks: a scratch has a name of its own. */
static const struct query end_all_sql = {
    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE application_name = current_setting('application_name') "
    "AND datname = current_database() AND pid <> pg_backend_pid()",
    "",
};

struct office {
    struct arena *a;
    struct store *s;
    struct db *db; /* one more connection that writes */
};

static bool office_open(struct office *o)
{
    *o = (struct office){ .a = arena_new((size_t)64 << 20) };
    assert_null(store_open_scratch(o->a, &o->s));
    if (!store_reads_block(o->s)) {
        arena_free(o->a);
        return false;
    }
    assert_null(db_open(o->a, o->s->address, DB_KIND_MAIN, DB_WRITE, false, &o->db));
    return true;
}

static void office_close(struct office *o)
{
    db_close(o->db);
    arena_free(o->a);
}

#define OFFICE_OR_SKIP(o)                                                   \
    do {                                                                    \
        if (!office_open(&(o))) {                                           \
            print_message("needs BIANMIN_TEST_DATABASE\n");                 \
            skip();                                                         \
        }                                                                   \
    } while (0)

static err seat(struct office *o, int64_t node, const char *holder)
{
    return db_change_later(o->a, o->db, &seat_sql,
                           BIND(bind_int(7), bind_int(node), bind_text(str_of(holder)),
                                bind_int(1)),
                           1);
}

static int64_t seats(struct office *o)
{
    struct table t;

    assert_null(db_query(o->a, o->db, &count_sql, BIND(bind_int(7)), &t));
    return cell_int(&t, 0, 0);
}

/* ---- values ---- */

/* A statement is kept by the address of its text: one text, one kind of values. */
static const struct {
    const char *story;
    struct query query;
    struct value value;
} values[] = {
    { "the greatest number", { "SELECT ?1", "i" }, { .type = 'i', .number = INT64_MAX } },
    { "the least number", { "SELECT ?1", "i" }, { .type = 'i', .number = INT64_MIN } },
    { "a text in three scripts", { "SELECT ?1 AS t", "t" },
      { .type = 't', .text = STR_INIT("雲川市 Yunchuan ユンチュアン") } },
    { "an empty text is a text", { "SELECT ?1 AS t", "t" }, { .type = 't', .text = STR_INIT("") } },
    { "bytes with a NUL among them", { "SELECT ?1 AS b", "b" },
      { .type = 'b', .text = STR_INIT("a\0b\xff") } },
    { "no bytes are bytes", { "SELECT ?1 AS b", "b" }, { .type = 'b', .text = STR_INIT("") } },
    { "nothing", { "SELECT ?1 AS t", "t" }, { .type = 'n' } },
    { "a sum, which is numeric there", { "SELECT SUM(x.n) FROM (SELECT ?1 AS n) AS x", "i" },
      { .type = 'i', .number = -1234567890123456789 } },
    { "a question mark in quotes is none", { "SELECT CASE WHEN '?1' = ?1 THEN ?1 END", "t" },
      { .type = 't', .text = STR_INIT("?1") } },
};

static void values_come_back_as_they_went(void **state)
{
    struct office o;

    OFFICE_OR_SKIP(o);
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        const struct value *v = &values[i].value;
        struct table t = { 0 };
        err e = db_query(o.a, o.db, &values[i].query, v, 1, &t);

        if (e != NULL || t.rows != 1 || t.cell[0].type != v->type ||
            t.cell[0].number != v->number || !str_equal(t.cell[0].text, v->text)) {
            fail_msg("%s: %.*s", values[i].story, e == NULL ? 0 : (int)e->why.len,
                     e == NULL ? "" : e->why.at);
        }
    }
    office_close(&o);
}

/* ---- failures ---- */

static const struct {
    const char *story;
    struct query query;
    struct value value;
    enum err_kind kind;
} failures[] = {
    { "the same key again",
      { "INSERT INTO store_mark (agency_id, greatest_id, groups_kept) VALUES (?1, 0, 0)", "i" },
      { .type = 'i', .number = 1 }, ERR_CONFLICT },
    { "a part of no file",
      { "INSERT INTO file_part (agency_id, file_id, part, sealed) VALUES (1, 1, 1, ?1)", "b" },
      { .type = 'b', .text = STR_INIT("x") }, ERR_CONFLICT },
    { "a rule of the table",
      { "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (1, ?1, '', 0)",
        "i" },
      { .type = 'i', .number = 5000 }, ERR_BROKEN },
    { "bytes that are no UTF-8", { "UPDATE node_lease SET holder = ?1", "t" },
      { .type = 't', .text = STR_INIT("\xff") }, ERR_INPUT },
    { "a NUL in a text", { "UPDATE node_lease SET holder = ?1", "t" },
      { .type = 't', .text = STR_INIT("a\0b") }, ERR_INPUT },
    { "no such table", { "UPDATE nowhere SET x = ?1", "i" }, { .type = 'i' }, ERR_BROKEN },
    { "a lock that does not come in time",
      { "DO $$ BEGIN RAISE lock_not_available; END $$ -- ?1", "i" }, { .type = 'i' },
      ERR_BUSY },
};

static void failures_have_their_kind_and_leave_the_connection(void **state)
{
    struct office o;

    OFFICE_OR_SKIP(o);
    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        int64_t changed;
        err e = db_change(o.a, o.db, &failures[i].query, &failures[i].value, 1, &changed);

        if (e == NULL || e->kind != failures[i].kind) {
            fail_msg("%s: kind %d %.*s", failures[i].story, e == NULL ? -1 : (int)e->kind,
                     e == NULL ? 0 : (int)e->why.len, e == NULL ? "" : e->why.at);
        }
        assert_int_equal(seats(&o), 0);
    }
    office_close(&o);
}

/* ---- transactions ---- */

static void what_is_put_off_spoils_the_whole_when_it_fails(void **state)
{
    struct office o;
    err e;

    OFFICE_OR_SKIP(o);
    assert_null(db_begin(o.a, o.db, DB_BEGIN_WRITE));
    assert_null(seat(&o, 1, "first"));
    assert_null(seat(&o, 1, "the same key"));
    assert_int_equal(db_state(o.db), DB_OPEN); /* nobody knows yet */
    e = db_commit(o.a, o.db);
    assert_non_null(e);
    assert_int_equal(e->kind, ERR_CONFLICT);
    assert_int_equal(db_state(o.db), DB_SPOILT);
    db_rollback(o.db);
    assert_int_equal(db_state(o.db), DB_IDLE);
    assert_int_equal(seats(&o), 0);
    office_close(&o);
}

static void another_count_than_expected_is_never_committed(void **state)
{
    struct office o;
    err e;

    OFFICE_OR_SKIP(o);
    assert_null(db_begin(o.a, o.db, DB_BEGIN_WRITE));
    assert_null(seat(&o, 1, "first"));
    assert_null(db_change_later(o.a, o.db, &take_sql, BIND(bind_int(7), bind_int(2)), 1));
    e = db_commit(o.a, o.db);
    assert_non_null(e);
    assert_int_equal(e->kind, ERR_CONFLICT);
    db_rollback(o.db);
    assert_int_equal(seats(&o), 0);
    office_close(&o);
}

static void carefully_a_failed_change_undoes_only_itself(void **state)
{
    struct office o;

    OFFICE_OR_SKIP(o);
    assert_null(db_begin(o.a, o.db, DB_BEGIN_CAREFUL));
    assert_null(db_mark(o.a, o.db));
    assert_null(seat(&o, 1, "kept"));
    assert_non_null(seat(&o, 1, "the same key"));
    assert_int_equal(db_state(o.db), DB_OPEN);
    assert_null(seat(&o, 2, "kept"));
    assert_null(db_mark_end(o.a, o.db));
    assert_null(db_mark(o.a, o.db));
    assert_null(seat(&o, 3, "goes back with its mark"));
    assert_null(db_mark_back(o.a, o.db));
    assert_null(db_mark_end(o.a, o.db));
    assert_null(db_commit(o.a, o.db));
    assert_int_equal(seats(&o), 2);
    office_close(&o);
}

static void more_is_put_off_than_the_queue_holds(void **state)
{
    struct office o;

    OFFICE_OR_SKIP(o);
    assert_null(db_begin(o.a, o.db, DB_BEGIN_WRITE));
    for (int node = 0; node < 1000; node++) {
        assert_null(seat(&o, node, "many"));
    }
    assert_null(db_commit(o.a, o.db));
    assert_int_equal(seats(&o), 1000);
    office_close(&o);
}

/* ---- lost connections ---- */

static void end_connections(struct office *o)
{
    struct table t;

    assert_null(db_query(o->a, o->db, &end_all_sql, NO_VALUES, &t));
}

static void a_reader_comes_back_by_itself(void **state)
{
    struct office o;
    struct snap *snap;
    struct table t;
    err e;

    OFFICE_OR_SKIP(o);
    assert_null(snap_begin(o.a, o.s, &snap));
    assert_null(snap_query(o.a, snap, &count_sql, BIND(bind_int(7)), &t));
    end_connections(&o);
    e = snap_query(o.a, snap, &count_sql, BIND(bind_int(7)), &t);
    assert_non_null(e); /* what it stood on is gone */
    assert_int_equal(e->kind, ERR_BUSY);
    snap_end(snap);
    for (int i = 0; i < 3; i++) {
        assert_null(snap_begin(o.a, o.s, &snap));
        assert_null(snap_query(o.a, snap, &count_sql, BIND(bind_int(7)), &t));
        snap_end(snap);
        end_connections(&o);
    }
    office_close(&o);
}

struct note {
    int64_t node;
};

static err note_run(void *context, struct arena *a, struct tx *tx)
{
    const struct note *n = context;

    TRY(tx_change_one(a, tx, &seat_sql,
                      BIND(bind_int(7), bind_int(n->node), bind_text(STR("x")),
                           bind_int(1))));
    return tx_event(tx, &(struct event){ .agency = 7,
                                         .at_ms = 1,
                                         .kind = STR("seat.made"),
                                         .subject = n->node });
}

struct ender {
    struct office *o;
    _Atomic bool ends;
    int times;
};

/* Through its own connection, again and again, whatever they are just doing. */
static void *ender_main(void *of)
{
    struct ender *n = of;

    while (!n->ends) {
        struct arena *a = arena_new(0);
        struct table t;

        if (db_query(a, n->o->db, &end_all_sql, NO_VALUES, &t) == NULL) {
            n->times++;
        }
        arena_free(a);
        nanosleep(&(struct timespec){ .tv_nsec = 60000000 }, NULL);
    }
    return NULL;
}

static void note_finding(void *context, bool sound, str line)
{
    if (!sound) {
        print_message("%.*s\n", STR_ARG(line));
        ++*(int *)context;
    }
}

static void commits_outlive_connections_that_are_ended_under_them(void **state)
{
    struct office o;
    struct ender n = { .o = &o };
    pthread_t thread;
    int kept = 0, faults = 0;

    OFFICE_OR_SKIP(o);
    assert_int_equal(pthread_create(&thread, NULL, ender_main, &n), 0);
    for (int64_t node = 0; node < 20; node++) {
        struct arena *a = arena_new(0);
        struct note note = { node };
        err e = store_commit(o.s, a, 7, note_run, &note);

        if (e != NULL && e->kind != ERR_BUSY) {
            fail_msg("%d: kind %d %.*s", (int)node, (int)e->kind, STR_ARG(e->why));
        }
        kept += e == NULL;
        arena_free(a);
    }
    n.ends = true;
    pthread_join(thread, NULL);
    assert_true(n.times > 0);
    assert_true(kept > 0);
    assert_true(seats(&o) >= kept);
    assert_null(store_check(o.a, o.s, note_finding, &faults));
    assert_int_equal(faults, 0);
    office_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back_as_they_went),
        cmocka_unit_test(failures_have_their_kind_and_leave_the_connection),
        cmocka_unit_test(what_is_put_off_spoils_the_whole_when_it_fails),
        cmocka_unit_test(another_count_than_expected_is_never_committed),
        cmocka_unit_test(carefully_a_failed_change_undoes_only_itself),
        cmocka_unit_test(more_is_put_off_than_the_queue_holds),
        cmocka_unit_test(a_reader_comes_back_by_itself),
        cmocka_unit_test(commits_outlive_connections_that_are_ended_under_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
