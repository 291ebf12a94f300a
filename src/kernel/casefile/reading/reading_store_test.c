/* Notes and personal data open with an event and a reason; the check finds what was changed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/check/check.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/casefile/receive/receive.h"

static void notes_are_sealed_and_open_again(void **state)
{
    struct bench b;
    struct case_event *events;
    size_t count;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    assert_int_equal(act(&b, id, ME, ACT_NOTE, ""), ERR_INPUT);
    assert_int_equal(act(&b, id, ME, ACT_NOTE, "已電話聯絡申請人。"), -1);
    assert_null(casefile_events(b.a, look(&b), OFFICE, id, &events, &count));
    assert_int_equal(count, 2);
    assert_true(events[1].has_note && str_is_empty(events[1].note));
    assert_int_equal(str_find(events[1].note_sealed, STR("申請人")), -1);
    assert_null(case_event_open(b.a, b.k, OFFICE, id, &events[1]));
    assert_true(str_equal(events[1].note, STR("已電話聯絡申請人。")));
    events[1].note_hash = STR("00");
    assert_int_equal(case_event_open(b.a, b.k, OFFICE, id, &events[1])->kind, ERR_BROKEN);
    arena_free(b.a);
}

struct reading {
    struct actor who;
    int64_t ids[2];
    size_t count;
    const char *reason;
    bool names_only;
};
static err run_reading(void *context, struct arena *a, struct tx *tx)
{
    const struct reading *r = context;

    return (r->names_only ? casefile_reading_names : casefile_reading)(
        a, tx, &r->who, NOW, r->ids, r->count, str_of(r->reason), 555);
}

static int reading(struct bench *b, int64_t staff, int64_t id, const char *reason)
{
    struct reading r = { person(b, staff), { id }, 1, reason, false };
    err e = store_commit(b->s, b->a, OFFICE, run_reading, &r);

    return e == NULL ? -1 : (int)e->kind;
}

static void personal_data_open_with_an_event(void **state)
{
    struct bench b;
    struct sealed_answer *answers;
    struct casefile c;
    size_t count;
    int64_t id, *ids;
    bool shown;
    str name;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    c = load(&b, id);
    assert_null(casefile_answers(b.a, look(&b), b.k, &c, false, &answers, &count));
    assert_int_equal(count, 2);
    assert_true(str_is_empty(answers[0].plain));
    assert_true(str_equal(answers[0].masked, STR("王○明")));
    assert_null(casefile_is_shown(b.a, look(&b), 555, OFFICE, id, NOW, &shown));
    assert_false(shown);
    assert_int_equal(reading(&b, MATE, id, ""), ERR_INPUT);
    assert_int_equal(reading(&b, MATE, id, "curiosity"), ERR_INPUT);
    assert_int_equal(reading(&b, STRANGER, id, "audit"), ERR_MISSING);
    assert_int_equal(reading(&b, ME, id, ""), -1);
    assert_null(casefile_is_shown(b.a, look(&b), 555, OFFICE, id, NOW + 599999, &shown));
    assert_true(shown);
    assert_null(casefile_is_shown(b.a, look(&b), 555, OFFICE, id, NOW + 600000, &shown));
    assert_false(shown);
    assert_null(casefile_is_shown(b.a, look(&b), 556, OFFICE, id, NOW, &shown));
    assert_false(shown);
    assert_int_equal(reading(&b, MATE, id, "enquiry"), -1);
    assert_null(casefile_shown(b.a, look(&b), 555, OFFICE, NOW, &ids, &count));
    assert_int_equal(count, 1);
    assert_null(casefile_answers(b.a, look(&b), b.k, &c, true, &answers, &count));
    assert_true(str_equal(answers[0].plain, STR("\"王小明\"")));
    assert_null(casefile_applicant(b.a, b.k, &c, &name));
    assert_true(str_equal(name, STR("王小明")));
    arena_free(b.a);
}

static void is_open(struct bench *b, int64_t id, int64_t at_ms, bool whole, size_t names)
{
    int64_t *ids;
    size_t count;
    bool shown;

    assert_null(casefile_is_shown(b->a, look(b), 555, OFFICE, id, at_ms, &shown));
    assert_int_equal(shown, whole);
    assert_null(casefile_shown(b->a, look(b), 555, OFFICE, at_ms, &ids, &count));
    assert_int_equal(count, names);
}

static void names_on_a_list_open_no_case(void **state)
{
    struct bench b;
    struct reading r = { .count = 1, .reason = "enquiry", .names_only = true };

    bench_open(&b);
    r.who = person(&b, ME);
    r.ids[0] = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    assert_null(store_commit(b.s, b.a, OFFICE, run_reading, &r));
    is_open(&b, r.ids[0], NOW + 599999, false, 1);
    is_open(&b, r.ids[0], NOW + 600000, false, 0);
    assert_int_equal(reading(&b, ME, r.ids[0], "enquiry"), -1);
    is_open(&b, r.ids[0], NOW, true, 1);
    assert_null(store_commit(b.s, b.a, OFFICE, run_reading, &r)); /* shuts nothing */
    is_open(&b, r.ids[0], NOW, true, 1);
    arena_free(b.a);
}

static const struct query readings_sql = {
    "SELECT body FROM event WHERE agency_id = ?1 AND kind = 'case.read' ORDER BY seq", "i",
};

static void an_event_of_reading_holds_keys_alone(void **state)
{
    struct table t;
    struct bench b;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(reading(&b, ME, id, "王小明來電"), -1);
    assert_int_equal(reading(&b, ME, id, "enquiry"), -1);
    assert_null(snap_query(b.a, look(&b), &readings_sql, BIND(bind_int(OFFICE)), &t));
    assert_int_equal(t.rows, 2);
    assert_int_equal(str_find(cell_text(&t, 0, 0), STR("王小明")), -1);
    assert_true(str_find(cell_text(&t, 1, 0), STR("enquiry")) > 0);
    arena_free(b.a);
}

static const struct query spoil_sql = {
    "UPDATE casefile SET state = 'closed' WHERE agency_id = ?1 AND id = ?2", "ii",
};
static err run_spoil(void *context, struct arena *a, struct tx *tx)
{
    const int64_t *id = context;

    return tx_change_one(a, tx, &spoil_sql, BIND(bind_int(OFFICE), bind_int(*id)));
}

struct findings {
    int sound, faults;
};
static void count_finding(void *context, bool sound, str line)
{
    struct findings *f = context;

    f->sound += sound ? 1 : 0;
    f->faults += sound ? 0 : 1;
}

static void the_check_finds_what_was_changed(void **state)
{
    struct bench b;
    struct findings f = { 0, 0 };
    int64_t id;

    bench_open(&b);
    for (int i = 0; i < 5; i++) {
        id = receive(&b, wish_of(&b, TODAY, LEVEL_UNIT_HEAD)).id;
        assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
        assert_int_equal(reading(&b, ME, id, ""), -1);
    }
    assert_null(casefile_check(b.a, b.s, OFFICE, count_finding, &f));
    assert_int_equal(f.faults, 0);
    assert_int_equal(f.sound, 1);
    assert_null(store_commit(b.s, b.a, OFFICE, run_spoil, &id));
    f = (struct findings){ 0, 0 };
    assert_null(casefile_check(b.a, b.s, OFFICE, count_finding, &f));
    assert_int_equal(f.faults, 1);
    arena_free(b.a);
}

static void a_file_belongs_to_one_case_and_must_be_there(void **state)
{
    struct case_file file = { .file = 4711, .question = STR("map") };
    struct receiving again;
    struct findings f = { 0, 0 };
    struct case_wish w;
    struct case_file *files;
    struct bench b;
    size_t count;
    int64_t id;

    bench_open(&b);
    w = wish_of(&b, TODAY, LEVEL_HEAD);
    w.files = &file;
    w.files_count = 1;
    id = receive(&b, w).id;
    assert_null(casefile_files(b.a, look(&b), OFFICE, id, &files, &count));
    assert_int_equal(count, 1);
    assert_int_equal(files[0].file, 4711);
    assert_true(str_equal(files[0].question, STR("map")));
    w = wish_of(&b, TODAY, LEVEL_HEAD);
    w.files = &file;
    w.files_count = 1;
    again = (struct receiving){ .b = &b, .wish = w };
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_receive, &again)->kind, ERR_CONFLICT);
    /* Nobody sent its bytes: the check says so. */
    assert_null(casefile_check(b.a, b.s, OFFICE, count_finding, &f));
    assert_int_equal(f.faults, 1);
    arena_free(b.a);
}

/* What government ethics sees of it. */
static void readings_of_a_month_tell_whose_case_it_was(void **state)
{
    struct bench b;
    struct reading names = { .count = 2, .reason = "enquiry", .names_only = true };
    struct reading owner = { .who = { .agency = OFFICE }, .count = 1, .reason = "" };
    struct case_reading *list;
    size_t count;
    struct casefile *cases;
    str hash, *numbers;
    int64_t seq;

    bench_open(&b);
    names.who = person(&b, ME);
    names.ids[0] = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    names.ids[1] = owner.ids[0] = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    assert_int_equal(act(&b, names.ids[0], ME, ACT_TAKE, ""), -1);
    assert_int_equal(reading(&b, ME, names.ids[0], ""), -1);
    assert_int_equal(reading(&b, MATE, names.ids[0], "enquiry"), -1);
    assert_null(store_commit(b.s, b.a, OFFICE, run_reading, &names));
    assert_null(store_commit(b.s, b.a, OFFICE, run_reading, &owner)); /* not of the staff */
    assert_null(casefile_readings(b.a, look(&b), OFFICE, NOW, NOW + 1, &list, &count));
    assert_int_equal(count, 3);
    assert_true(list[0].others == 0 && list[0].reason == READ_REASONS && list[0].staff == ME);
    assert_true(list[1].others == 1 && list[1].reason == READ_ENQUIRY);
    assert_true(list[1].casefile == names.ids[0] && !list[1].names_only);
    assert_true(list[2].cases == 2 && list[2].others == 1 && list[2].names_only);
    assert_null(casefile_numbers(b.a, look(&b), OFFICE, names.ids, 2, &numbers));
    assert_true(str_equal(numbers[0], load(&b, names.ids[0]).number));
    assert_null(casefile_some(b.a, look(&b), OFFICE, names.ids, 2, &cases));
    assert_true(cases[1].id == names.ids[1] && cases[1].unit == load(&b, names.ids[1]).unit);
    assert_null(casefile_chain_end(b.a, look(&b), OFFICE, list[2].seq, NOW + 1, &seq, &hash));
    assert_int_equal(seq, list[2].seq + 1);
    assert_int_equal(hash.len, 32);
    assert_null(casefile_readings(b.a, look(&b), OFFICE, NOW + 1, NOW + 9, &list, &count));
    assert_int_equal(count, 0);
    assert_null(casefile_readings(b.a, look(&b), OFFICE + 1, 0, NOW + 9, &list, &count));
    assert_int_equal(count, 0);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_are_sealed_and_open_again),
        cmocka_unit_test(personal_data_open_with_an_event),
        cmocka_unit_test(names_on_a_list_open_no_case),
        cmocka_unit_test(an_event_of_reading_holds_keys_alone),
        cmocka_unit_test(readings_of_a_month_tell_whose_case_it_was),
        cmocka_unit_test(a_file_belongs_to_one_case_and_must_be_there),
        cmocka_unit_test(the_check_finds_what_was_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
