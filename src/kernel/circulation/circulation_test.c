/* What may be sent round, to whom it comes, and that each reading counts once.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/circulation/circulation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/proof/damage_test.h"

enum { OFFICE = 7, OTHER = 8, SENDER = 70, ANN = 71, BOB = 72, UNIT = 700, UNIT_TWO = 701 };

static const struct {
    const char *story;
    struct circulation c;
    size_t readers;
    const char *field; /* "" all is well */
} rows[] = {
    { "a text to one colleague", { .title = STR_INIT("剪報"), .text = STR_INIT("x"), .due = DAY_NONE },
      1, "" },
    { "a link is enough", { .title = STR_INIT("剪報"), .link = STR_INIT("/staff"), .due = DAY_NONE },
      1, "" },
    { "a file is enough", { .title = STR_INIT("剪報"), .file = 5, .due = DAY_NONE }, 1, "" },
    { "nothing to read", { .title = STR_INIT("剪報"), .due = DAY_NONE }, 1, "text" },
    { "without a title", { .text = STR_INIT("x"), .due = DAY_NONE }, 1, "title" },
    { "to nobody", { .title = STR_INIT("a"), .text = STR_INIT("x"), .due = DAY_NONE }, 0, "to" },
    { "a day that is over", { .title = STR_INIT("a"), .text = STR_INIT("x"), .due = 99 }, 1, "due" },
    { "today", { .title = STR_INIT("a"), .text = STR_INIT("x"), .due = 100 }, 1, "" },
};

static void what_may_be_sent(void **state)
{
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct mistakes m;

        mistakes_init(&m, a);
        circulation_check(&rows[i].c, rows[i].readers, 100, &m);
        str got = m.first == NULL ? STR("") : m.first->field;

        if (m.count > 1 || !str_equal(got, str_of(rows[i].field))) {
            fail_msg("%s: %.*s", rows[i].story, STR_ARG(got));
        }
    }
    arena_free(a);
}

static void to_whom_it_comes(void **state)
{
    const struct staff people[] = {
        { .id = SENDER, .unit = UNIT, .active = true }, { .id = ANN, .unit = UNIT, .active = true },
        { .id = BOB, .unit = UNIT_TWO, .active = true }, { .id = 73, .unit = UNIT },
    };
    const int64_t bob[] = { BOB, SENDER }, unit[] = { UNIT };
    struct arena *a = arena_new(0);
    struct circulation_reader *list;
    size_t count;

    assert_null(circulation_readers_of(a, people, 4, bob, 2, unit, 1, SENDER, &list, &count));
    /* The unit's people and the one chosen: without the sender, and who has left. */
    assert_int_equal(count, 2);
    assert_int_equal(list[0].staff, ANN);
    assert_int_equal(list[1].staff, BOB);
    arena_free(a);
}

struct bench {
    struct arena *a;
    struct store *s;
    struct circulation c;
    int64_t staff;
};

static err run_send(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;
    const struct circulation_reader readers[] = { { ANN, UNIT, 0 }, { BOB, UNIT_TWO, 0 } };

    return circulation_send(a, tx, &b->c, readers, 2);
}

static err run_read(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return circulation_read(a, tx, OFFICE, b->c.id, b->staff, 2000);
}

static void each_reading_counts_once(void **state)
{
    struct bench b = { .a = arena_new(0) };
    struct circulation_reader *readers;
    struct circulation *list, one;
    struct keyring *k;
    struct snap *snap;
    size_t count;
    int64_t unread;

    assert_null(seal_start(b.a));
    assert_null(keyring_from_phrase(b.a, STR("x"), &k));
    assert_null(store_open_scratch(b.a, &b.s));
    b.c = (struct circulation){ .agency = OFFICE, .id = 5, .kind = CIRCULATION_LAW,
                                .title = STR("戶籍法"), .text = STR("第十五條"), .due = DAY_NONE,
                                .sender = SENDER, .at_ms = 1000 };
    assert_null(circulation_seal(b.a, k, &b.c));
    assert_null(store_commit(b.s, b.a, OFFICE, run_send, &b));
    b.staff = ANN;
    assert_null(store_commit(b.s, b.a, OFFICE, run_read, &b));
    assert_null(store_commit(b.s, b.a, OFFICE, run_read, &b)); /* changes nothing */
    b.staff = 99;
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_read, &b)->kind, ERR_MISSING);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(circulation_load(b.a, snap, k, OFFICE, 5, &one, &readers, &count));
    assert_true(str_equal(one.text, STR("第十五條")));
    assert_int_equal(one.read, 1);
    assert_int_equal(one.readers, 2);
    assert_int_equal(readers[0].staff, BOB); /* who has not comes first */
    assert_int_equal(readers[1].read_ms, 2000);
    assert_null(circulation_unread(b.a, snap, OFFICE, ANN, &unread));
    assert_int_equal(unread, 0);
    assert_null(circulation_unread(b.a, snap, OFFICE, BOB, &unread));
    assert_int_equal(unread, 1);
    assert_null(circulation_to(b.a, snap, OFFICE, BOB, 10, &list, &count));
    assert_int_equal(count, 1);
    assert_null(circulation_by(b.a, snap, OFFICE, SENDER, 10, &list, &count));
    assert_int_equal(count, 1);
    /* Another office sees nothing of it. */
    assert_int_equal(circulation_load(b.a, snap, k, OTHER, 5, &one, &readers, &count)->kind,
                     ERR_MISSING);
    snap_end(snap);
    arena_free(b.a);
}

static const struct damage damages[] = {
    { "another kind",
      NULL,
      { "UPDATE circulation SET kind = 'check' WHERE agency_id = ?1 AND id = ?2", "ii" },
      NULL,
      NULL,
      "it is not as its event tells" },
    { "another text",
      NULL,
      { "UPDATE circulation SET sealed = ?3 WHERE agency_id = ?1 AND id = ?2", "iib" },
      NULL,
      NULL,
      "its text does not open" },
    { "one has read it who has not",
      NULL,
      { "UPDATE circulation_reader SET read_ms = 3000 WHERE agency_id = ?1 "
        "AND circulation_id = ?2 AND read_ms = 0",
        "ii" },
      NULL,
      NULL,
      "who has read it is not as the events tell" },
    { "one has not read it who has",
      NULL,
      { "UPDATE circulation_reader SET read_ms = 0 WHERE agency_id = ?1 "
        "AND circulation_id = ?2",
        "ii" },
      NULL,
      NULL,
      "who has read it is not as the events tell" },
    { "a reader is gone",
      NULL,
      { "DELETE FROM circulation_reader WHERE agency_id = ?1 AND circulation_id = ?2 "
        "AND read_ms = 0",
        "ii" },
      NULL,
      NULL,
      "who has read it is not as the events tell" },
    { "a paper is gone",
      NULL,
      { NULL, NULL },
      "circulation.sent",
      "{}",
      "it was sent, but its row is gone" },
};

static void the_check_finds_what_is_not_as_it_was(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct bench b = { .a = arena_new(0), .staff = ANN };
        struct damaging d = { &damages[i], OFFICE, damages[i].event != NULL ? 6 : 5 };
        struct findings f = { 0 };
        struct keyring *k;

        assert_null(seal_start(b.a));
        assert_null(keyring_from_phrase(b.a, STR("x"), &k));
        assert_null(store_open_scratch(b.a, &b.s));
        b.c = (struct circulation){ .agency = OFFICE,
                                    .id = 5,
                                    .kind = CIRCULATION_LAW,
                                    .title = STR("戶籍法"),
                                    .text = STR("第十五條"),
                                    .due = DAY_NONE,
                                    .sender = SENDER,
                                    .at_ms = 1000 };
        assert_null(circulation_seal(b.a, k, &b.c));
        assert_null(store_commit(b.s, b.a, OFFICE, run_send, &b));
        assert_null(store_commit(b.s, b.a, OFFICE, run_read, &b));
        assert_null(circulation_check_rows(b.a, b.s, k, OFFICE, damage_note, &f));
        assert_int_equal(f.faults, 0);
        assert_null(store_commit(b.s, b.a, OFFICE, damage_run, &d));
        assert_null(circulation_check_rows(b.a, b.s, k, OFFICE, damage_note, &f));
        damage_is_found(d.damage, &f, 0);
        arena_free(b.a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_may_be_sent),
        cmocka_unit_test(to_whom_it_comes),
        cmocka_unit_test(each_reading_counts_once),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
