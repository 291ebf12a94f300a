/* A letter from draft to issue, on both engines: without number and date it is not issued,
 * numbers of a series have no gap, the register of seals has a row, a token finds its
 * certificate and nothing else does.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/letter/letter_bench_test.h"

static void not_issued_before_number_and_date(void **state)
{
    struct bench b;

    bench_open(&b);
    struct run r = drafted(&b, "plain_letter");
    assert_int_equal(done(&b, &r, do_issue), ERR_INPUT); /* no number, no series */
    r.issue.number = STR("青民字第1150000001號");
    r.issue.day = DAY_NONE;
    assert_int_equal(done(&b, &r, do_issue), ERR_INPUT);
    assert_int_equal(now(&b, r.letter.id).state, LETTER_DRAFT);
    r.issue.day = day_of(2026, 3, 2);
    assert_int_equal(done(&b, &r, do_issue), -1);
    assert_int_equal(done(&b, &r, do_issue), ERR_CONFLICT); /* once */
    assert_int_equal(now(&b, r.letter.id).state, LETTER_ISSUED);

    struct run other = drafted(&b, "plain_letter");
    other.issue.number = r.issue.number;
    assert_int_equal(done(&b, &other, do_issue), ERR_CONFLICT); /* another's number */
    arena_free(b.a);
}

static void a_series_has_no_gap(void **state)
{
    struct bench b;

    bench_open(&b);
    for (int i = 1; i <= 3; i++) {
        struct run r = drafted(&b, "certificate"), refused = drafted(&b, "certificate");

        r.issue.series = refused.issue.series = STR("zoning");
        r.issue.series_form = refused.issue.series_form = STR("青經證字第{year}{number}號");
        refused.issue.changes = 7; /* a stale page takes no number */
        assert_int_equal(done(&b, &refused, do_issue), ERR_CONFLICT);
        assert_int_equal(done(&b, &r, do_issue), -1);
        str want = str_format(b.a, "青經證字第115%05d號", i);
        assert_true(str_equal(r.letter.number, want));
        assert_int_equal(r.letter.valid_until, day_of(2026, 11, 2));
    }
    struct run next_year = drafted(&b, "certificate");
    next_year.issue.series = STR("zoning");
    next_year.issue.series_form = STR("青經證字第{year}{number}號");
    next_year.issue.day = day_of(2027, 1, 4);
    assert_int_equal(done(&b, &next_year, do_issue), -1);
    assert_true(str_equal(next_year.letter.number, STR("青經證字第11600001號")));
    arena_free(b.a);
}

static void what_is_written_is_sealed_and_comes_back(void **state)
{
    struct bench b;

    bench_open(&b);
    struct run r = drafted(&b, "plain_refusal");
    struct letter l = now(&b, r.letter.id);
    assert_int_equal(str_find(l.content_sealed, STR("王小明")), -1);
    assert_null(letter_open(b.a, b.k, &l));
    assert_true(str_equal(l.content.recipient, STR("王小明 君")));
    assert_true(str_find(l.content.subject, STR("歉難照准")) > 0);
    assert_true(str_find(l.content.remedy, STR("30日內")) > 0);
    assert_true(str_find(l.content.remedy, STR("雲川市政府")) > 0);

    l.content.reasons = STR("與規定不符");
    l.file_number = STR("0115/0301");
    assert_null(letter_seal_content(b.a, b.k, &l));
    r.letter = l;
    assert_int_equal(done(&b, &r, do_change), -1);
    assert_int_equal(done(&b, &r, do_change), ERR_CONFLICT); /* changed meanwhile */
    l = now(&b, r.letter.id);
    assert_null(letter_open(b.a, b.k, &l));
    assert_true(str_equal(l.content.reasons, STR("與規定不符")));
    assert_true(str_equal(l.file_number, STR("0115/0301")));
    arena_free(b.a);
}

static void a_token_finds_its_certificate_alone(void **state)
{
    static const struct {
        const char *story, *token;
    } wrong[] = {
        { "nothing", "" },
        { "a word", "certificate" },
        { "another one", "0000000000000000000A" },
        { "too long",
          "00000000000000000000000000000000000000000000000000000000000000000000" },
        { "no letters of ours", "林小青" },
    };
    struct bench b;
    struct letter found;

    bench_open(&b);
    struct run r = drafted(&b, "certificate");
    struct snap *snap = look(&b);
    /* A draft is nothing yet. */
    assert_int_equal(letter_by_token(b.a, snap, b.k, OFFICE, r.letter.token, &found)->kind,
                     ERR_MISSING);
    snap_end(snap);
    r.issue.number = STR("青經證字第11500009號");
    assert_int_equal(done(&b, &r, do_issue), -1);
    snap = look(&b);
    assert_null(
        letter_by_token(b.a, snap, b.k, OFFICE, str_lower(b.a, r.letter.token), &found));
    assert_int_equal(found.id, r.letter.id);
    assert_int_equal(
        letter_by_token(b.a, snap, b.k, OFFICE + 1, r.letter.token, &found)->kind,
        ERR_MISSING);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        err e = letter_by_token(b.a, snap, b.k, OFFICE, str_of(wrong[i].token), &found);

        if (e == NULL || e->kind != ERR_MISSING) {
            fail_msg("%s", wrong[i].story);
        }
    }
    snap_end(snap);
    assert_int_equal(done(&b, &r, do_withdraw), -1);
    snap = look(&b);
    assert_null(letter_by_token(b.a, snap, b.k, OFFICE, r.letter.token, &found));
    assert_int_equal(found.state, LETTER_WITHDRAWN);
    snap_end(snap);
    arena_free(b.a);
}

static void a_decision_begins_with_its_grounds(void **state)
{
    const struct case_grounds grounds = {
        .facts = STR("查無登記"), .reasons = STR("無從核對"), .law = STR("都市計畫法"),
        .remedy = STR("訴願"), .term = STR("30日內"), .authority = STR("雲川市政府"),
    };
    struct bench b;
    struct letter l;

    bench_open(&b);
    struct casefile c = load(&b, receive(&b, wish_of(&b, DAY_NONE, LEVEL_OFFICER)).id);
    struct letter_start f = {
        .agency = &office, .service = &offered, .casefile = &c,
        .form = letter_plain_key[PLAIN_REFUSAL], .name = STR("王小明"), .id = ++b.next,
        .staff = ME, .now_ms = NOW, .grounds = &grounds,
    };

    assert_null(letter_begin(b.a, b.k, &f, &l));
    assert_true(str_equal(l.content.facts, grounds.facts));
    assert_true(str_equal(l.content.reasons, grounds.reasons));
    assert_true(str_equal(l.content.law, grounds.law));
    assert_true(str_find(l.content.remedy, grounds.remedy) >= 0);
    assert_true(str_find(l.content.remedy, grounds.term) >= 0);
    assert_true(str_find(l.content.remedy, grounds.authority) >= 0);
    /* A plain letter is none. */
    f.form = letter_plain_key[PLAIN_LETTER];
    assert_null(letter_begin(b.a, b.k, &f, &l));
    assert_true(str_is_empty(l.content.facts));
    arena_free(b.a);
}

static void the_register_of_seals_has_a_row(void **state)
{
    struct bench b;
    struct seal_use *list;
    size_t count;

    bench_open(&b);
    struct run r = drafted(&b, "certificate");
    r.issue.number = STR("青經證字第11500009號");
    assert_int_equal(done(&b, &r, do_issue), -1);
    struct snap *snap = look(&b);
    assert_null(seal_use_waiting(b.a, snap, OFFICE, &list, &count));
    assert_int_equal(count, 1);
    assert_true(str_equal(list[0].number, r.issue.number));
    assert_int_equal(list[0].seal, SEAL_OFFICE);
    assert_int_equal(list[0].approved_by, CHIEF);
    snap_end(snap);
    assert_int_equal(done(&b, &r, do_seal), -1);
    assert_int_equal(done(&b, &r, do_seal), ERR_CONFLICT);
    snap = look(&b);
    assert_null(seal_use_waiting(b.a, snap, OFFICE, &list, &count));
    assert_int_equal(count, 0);
    assert_null(seal_use_list(b.a, snap, OFFICE, NOW - HOUR, NOW + HOUR, &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].sealed_by, CHIEF);
    snap_end(snap);
    arena_free(b.a);
}

struct findings {
    int faults;
    char all[2000];
};

static void note(void *context, bool sound, str line)
{
    struct findings *f = context;

    size_t used = strlen(f->all);

    if (!sound) {
        f->faults++;
        snprintf(f->all + used, sizeof f->all - used, "%.*s; ", STR_ARG(line));
    }
}

static err run_damage(void *context, struct arena *a, struct tx *tx)
{
    struct run *r = context;

    return tx_run(a, tx, &r->damage,
                  BIND(bind_int(OFFICE), bind_int(r->letter.id), bind_int(r->before)));
}

/* What is done to the last of three letters of a year (?2; ?3 the one before it), and what is
 * said of it. */
static const struct {
    const char *story;
    struct query damage;
    int faults;
    const char *want; /* among what is said */
} damages[] = {
    { "a row of the register of seals is gone",
      { "DELETE FROM seal_use WHERE agency_id = ?1 AND letter_id = ?2 AND letter_id <> ?3",
        "iii" },
      1, "it was issued, but is not in the register of seals" },
    { "what is written was taken from another letter",
      { "UPDATE letter SET content = (SELECT o.content FROM letter o WHERE o.agency_id = ?1 "
        "AND o.id = ?3) WHERE agency_id = ?1 AND id = ?2",
        "iii" },
      1, "what is written in it does not open" },
    { "a letter was made a draft again",
      { "UPDATE letter SET state = 'draft' WHERE agency_id = ?1 AND id = ?2 AND id <> ?3",
        "iii" },
      1, "a number of the series is on no letter" },
    { "its number was changed",
      { "UPDATE letter SET document_number = 'X' WHERE agency_id = ?1 AND id = ?2 "
        "AND id <> ?3",
        "iii" },
      2, "it was issued, but is not in the register of seals" },
    { "another letter got the same number",
      { "UPDATE letter SET document_number = (SELECT o.document_number FROM letter o "
        "WHERE o.agency_id = ?1 AND o.id = ?3) WHERE agency_id = ?1 AND id = ?2",
        "iii" },
      3, "it was issued, but is not in the register of seals" },
};

static void issue_of_year(struct bench *b, int year, struct run *ret)
{
    for (int n = 0; n < 3; n++) {
        int64_t before = ret->letter.id;

        *ret = drafted(b, "certificate");
        ret->before = before;
        ret->issue.day = day_of(year, 3, 2);
        ret->issue.series = STR("zoning");
        ret->issue.series_form = STR("青經證字第{year}{number}號");
        assert_int_equal(done(b, ret, do_issue), -1);
    }
}

static void the_check_finds_what_is_not_as_it_was(void **state)
{
    int faults = 0;
    struct bench b;

    bench_open(&b);
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct findings f = { 0 };
        struct run r = { 0 };

        issue_of_year(&b, 2026 + (int)i, &r);
        assert_null(letter_check(b.a, b.s, b.k, OFFICE, note, &f));
        assert_int_equal(f.faults, faults);
        r.damage = damages[i].damage;
        assert_null(store_commit(b.s, b.a, OFFICE, run_damage, &r));
        f = (struct findings){ 0 };
        assert_null(letter_check(b.a, b.s, b.k, OFFICE, note, &f));
        faults += damages[i].faults;
        if (f.faults != faults || strstr(f.all, damages[i].want) == NULL) {
            fail_msg("%s: %d, \"%s\"", damages[i].story, f.faults, f.all);
        }
    }
    arena_free(b.a);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(not_issued_before_number_and_date),
        cmocka_unit_test(a_series_has_no_gap),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
        cmocka_unit_test(what_is_written_is_sealed_and_comes_back),
        cmocka_unit_test(a_token_finds_its_certificate_alone),
        cmocka_unit_test(a_decision_begins_with_its_grounds),
        cmocka_unit_test(the_register_of_seals_has_a_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
