/* The page of a month in every language, and looks that are kept, sealed and in turn.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/records/records.h"
#include "feature/records/records_store.h"
#include "feature/records/records_view.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "records_month.view.h"

enum { OFFICE = 7, OTHER = 8, ETHICS = 70, READING = 4711 };

#define LABEL(zh, en) { .in = { STR_INIT(zh), STR_INIT(en), STR_INIT("") } }

static const struct records_look looks[] = {
    { .who = STR_INIT("洪雅婷"), .at = STR_INIT("2 March 2026 10:00"),
      .note = STR_INIT("<why> this one?") },
    { .in_order = true, .who = STR_INIT("洪雅婷"), .at = STR_INIT("3 March 2026 9:00") },
};
static const struct records_row rows[] = {
    { .seq = 12, .at = STR_INIT("2 February 2026 10:00"), .who = STR_INIT("林文華"),
      .unit = LABEL("民政課", "Civil affairs"), .number = STR_INIT("DA-115-000123-6"),
      .reason = { .id = "The applicant asks about it" }, .outside = true, .others = 1,
      .may_look = true, .bad = true, .error = { .id = "Write what the reader is asked." },
      .to = { STR_INIT("/staff/readings") }, .month = STR_INIT("2026-02"), .turn = STR_INIT("1") },
    { .seq = 19, .is_list = true, .names = 12, .others = 4, .outside = true, .may_look = true,
      .looked = true, .looks = looks, .looks_count = 2, .to = { STR_INIT("/staff/readings") } },
    { .seq = 23, .own = true, .number = STR_INIT("DA-115-000124-4") },
};
static const struct records_part parts[] = {
    { { .id = "Outside own work" }, { .id = "Drawn" }, rows, 2 },
    { { .id = "In own work" }, { .id = "Drawn" }, &rows[2], 1 },
};
static const struct records_reason reasons[] = {
    { { .id = "The applicant asks about it" }, 5, 2, 31 },
};
static const struct records_reader readers[] = {
    { STR_INIT("林文華"), LABEL("民政課", "Civil affairs"), 3, 4, 7 },
};
static const struct records_option months[] = {
    { STR_INIT("2026-03"), STR_INIT("March 2026"), false },
    { STR_INIT("2026-02"), STR_INIT("February 2026"), true },
};

static void the_month_is_drawn(void **state)
{
    struct records_month p = {
        .here = { STR("/staff/readings") }, .month = STR("February 2026"), .months = months,
        .months_count = 2, .over = true, .total = 7, .outside = 3, .own = 4, .drawn = 3,
        .looked = 1, .reasons = reasons, .reasons_count = 1, .readers = readers,
        .readers_count = 1, .parts = parts, .parts_count = 2,
        .seed = STR("bianmin-draw-1 district 2026-02 5f01"), .last_seq = 999,
        .stale = { .id = "Drawn" },
    };

    try_view(records_month_view_v, &p, true);
    try_sees(records_month_view_v, &p, "Looked at 1 of 3.");
    try_sees(records_month_view_v, &p, "List with 12 names");
    try_sees(records_month_view_v, &p, "&lt;why&gt; this one?");
    try_sees(records_month_view_v, &p, "bianmin-draw-1 district 2026-02 5f01");
    p.over = false;
    p.parts_count = 0;
    try_view(records_month_view_v, &p, true);
    try_sees(records_month_view_v, &p, "The month is not over.");
    p.none = true;
    try_view(records_month_view_v, &p, true);
    try_sees(records_month_view_v, &p, "Nobody opened personal data");
}

/* Looks. */
struct bench {
    struct arena *a;
    struct store *s;
    struct keyring *k;
};

static err run_put(void *context, struct arena *a, struct tx *tx)
{
    return look_put(a, tx, context);
}

static err put(struct bench *b, int64_t turn, bool in_order, const char *note)
{
    struct look l = { .agency = OFFICE, .seq = READING, .turn = turn, .in_order = in_order,
                      .staff = ETHICS, .at_ms = 1000 + turn, .note = str_of(note) };

    assert_null(look_seal(b->a, b->k, &l));
    return store_commit(b->s, b->a, OFFICE, run_put, &l);
}

static void load(struct bench *b, int64_t agency, struct look **ret, size_t *ret_count)
{
    struct snap *snap;

    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(looks_load(b->a, snap, b->k, agency, 1, 9999, ret, ret_count));
    snap_end(snap);
}

static const struct query kept_sql = {
    "SELECT l.note, e.body FROM reading_look l JOIN event e ON e.agency_id = l.agency_id "
    "AND e.kind = 'reading.looked' WHERE l.agency_id = ?1", "i",
};

static void a_look_is_kept_with_its_note_sealed(void **state)
{
    struct bench b = { .a = arena_new(0) };
    struct look *list;
    size_t count;
    struct snap *snap;
    struct table t;

    assert_null(seal_start(b.a));
    assert_null(keyring_from_phrase(b.a, STR("records"), &b.k));
    assert_null(store_open_scratch(b.a, &b.s));
    assert_null(put(&b, 1, false, "王小明的案件為何調閱"));
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(snap_query(b.a, snap, &kept_sql, BIND(bind_int(OFFICE)), &t));
    assert_int_equal(t.rows, 1);
    assert_int_equal(str_find(cell_bytes(&t, 0, 0), STR("王小明")), -1);
    assert_int_equal(str_find(cell_text(&t, 0, 1), STR("王小明")), -1);
    assert_true(str_find(cell_text(&t, 0, 1), STR("\"reading\":4711")) > 0);
    snap_end(snap);
    assert_int_equal(put(&b, 1, true, "")->kind, ERR_CONFLICT);
    assert_null(put(&b, 2, true, ""));
    load(&b, OFFICE, &list, &count);
    assert_int_equal(count, 2);
    assert_true(str_equal(list[0].note, STR("王小明的案件為何調閱")));
    assert_true(list[1].in_order && str_is_empty(list[1].note));
    load(&b, OTHER, &list, &count);
    assert_int_equal(count, 0);
    arena_free(b.a);
}

/* The check. */
struct findings {
    int faults;
    char first[200];
};

static void note(void *context, bool sound, str line)
{
    struct findings *f = context;

    if (!sound && f->faults++ == 0) {
        snprintf(f->first, sizeof f->first, "%.*s", STR_ARG(line));
    }
}

/* Two readings; the first looked at twice, once with a note, the second once. */
static err run_readings(void *context, struct arena *a, struct tx *tx)
{
    const struct event e = { .agency = OFFICE, .at_ms = 1, .actor = 71,
                             .kind = STR("case.read"), .subject = 1 };

    TRY(tx_event(tx, &e));
    return tx_event(tx, &e);
}

static void put_look(struct bench *b, int64_t reading, int64_t turn, const char *said)
{
    struct look l = { .agency = OFFICE, .seq = reading, .turn = turn, .in_order = turn == 2,
                      .staff = ETHICS, .at_ms = 1000 + turn, .note = str_of(said) };

    assert_null(look_seal(b->a, b->k, &l));
    assert_null(store_commit(b->s, b->a, OFFICE, run_put, &l));
}

static err run_damage(void *context, struct arena *a, struct tx *tx)
{
    return tx_run(a, tx, context, NO_VALUES);
}

#define OF "agency 7, reading "
static const struct {
    const char *story;
    struct query damage;
    const char *want;
} damages[] = {
    { "nothing was done", { "DELETE FROM reading_look WHERE agency_id = 8", "" }, "" },
    { "what was found was changed",
      { "UPDATE reading_look SET outcome = 'in_order' WHERE event_seq = 1", "" },
      OF "1, look 1: the row is not what its event tells" },
    { "somebody else is said to have looked",
      { "UPDATE reading_look SET staff_id = 72 WHERE event_seq = 2", "" },
      OF "2, look 1: the row is not what its event tells" },
    { "the time was changed",
      { "UPDATE reading_look SET at_ms = at_ms + 1 WHERE turn = 2", "" },
      OF "1, look 2: the row is not what its event tells" },
    { "the note was taken away",
      { "UPDATE reading_look SET note = x'' WHERE event_seq = 1 AND turn = 1", "",
        "UPDATE reading_look SET note = CAST('' AS BYTEA) WHERE event_seq = 1 AND turn = 1" },
      OF "1, look 1: the row is not what its event tells" },
    { "the note was taken from another reading",
      { "UPDATE reading_look SET note = (SELECT o.note FROM reading_look o "
        "WHERE o.event_seq = 2) WHERE event_seq = 1 AND turn = 1", "" },
      OF "1, look 1: its note does not open" },
    { "the last look was taken away", { "DELETE FROM reading_look WHERE event_seq = 2", "" },
      OF "2, look 1: it was made, but its row is gone" },
    { "a look in the middle was taken away",
      { "DELETE FROM reading_look WHERE event_seq = 1 AND turn = 2", "" },
      OF "1, look 2: it was made, but its row is gone" },
    { "a look was put in",
      { "INSERT INTO reading_look SELECT agency_id, event_seq, 3, 'in_order', staff_id, at_ms, "
        "note FROM reading_look WHERE event_seq = 1 AND turn = 2", "" },
      OF "1, look 3: it has no event" },
    { "a look was moved to what is no reading",
      { "UPDATE reading_look SET event_seq = 3 WHERE event_seq = 2", "" },
      OF "3, look 1: there is no such reading" },
};

static void the_check_finds_what_is_not_as_its_event(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct bench b = { .a = arena_new(0) };
        struct query damage = damages[i].damage;
        struct findings f = { 0 };

        assert_null(seal_start(b.a));
        assert_null(keyring_from_phrase(b.a, STR("records"), &b.k));
        assert_null(store_open_scratch(b.a, &b.s));
        assert_null(store_commit(b.s, b.a, OFFICE, run_readings, NULL));
        put_look(&b, 1, 1, "為何調閱");
        put_look(&b, 1, 2, "");
        put_look(&b, 2, 1, "請說明");
        assert_null(store_commit(b.s, b.a, OFFICE, run_damage, &damage));
        assert_null(records_check(b.a, b.s, b.k, OFFICE, note, &f));
        if (strcmp(f.first, damages[i].want) != 0) {
            fail_msg("%s: \"%s\"", damages[i].story, f.first);
        }
        arena_free(b.a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_month_is_drawn),
        cmocka_unit_test(a_look_is_kept_with_its_note_sealed),
        cmocka_unit_test(the_check_finds_what_is_not_as_its_event),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
