/* A case from receipt to closure on a real store: receipts, acts, worklists, readings and
 * the proof of it all.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/casefile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OFFICE 7
#define UNIT 70
#define OTHER_UNIT 71
#define NOW INT64_C(1790000000000)
#define HOUR INT64_C(3600000)
#define TODAY day_at(NOW)

enum { ME = 1, MATE, CHIEF, HEAD, STRANGER };

struct bench {
    struct arena *a;
    struct store *s;
    struct keyring *k;
    struct snap *snap;
    int64_t next;
};

static const struct service zoning = {
    .key = STR_INIT("zoning"), .version = 3, .unit = STR_INIT("works"),
};

static err put_people(void *context, struct arena *a, struct tx *tx)
{
    static const struct { int64_t id, unit; const char *name; enum duty duty; } staff[] = {
        { ME, UNIT, "me", DUTY_OFFICER },        { MATE, UNIT, "mate", DUTY_OFFICER },
        { CHIEF, UNIT, "chief", DUTY_UNIT_HEAD },{ HEAD, OTHER_UNIT, "head", DUTY_HEAD },
        { STRANGER, OTHER_UNIT, "stranger", DUTY_OFFICER },
    };
    struct unit works = { .id = UNIT, .key = STR("works") };
    struct unit other = { .id = OTHER_UNIT, .key = STR("other") };

    TRY(unit_put(a, tx, NULL, NOW, OFFICE, &works));
    TRY(unit_put(a, tx, NULL, NOW, OFFICE, &other));
    for (size_t i = 0; i < sizeof staff / sizeof staff[0]; i++) {
        struct staff s = { .id = staff[i].id, .agency = OFFICE, .unit = staff[i].unit,
                           .deputy = staff[i].id == CHIEF ? MATE : 0,
                           .sign_name = str_of(staff[i].name), .name = STR("王小明"),
                           .duties = DUTY(staff[i].duty), .active = true };

        TRY(staff_put(a, tx, NULL, NOW, &s, TODAY - 10));
    }
    return NULL;
}

static void bench_open(struct bench *b)
{
    memset(b, 0, sizeof *b);
    b->a = arena_new(0);
    b->next = 1000;
    assert_null(seal_start(b->a));
    assert_null(keyring_from_phrase(b->a, STR("case test"), &b->k));
    assert_null(store_open_scratch(b->a, &b->s));
    assert_null(store_commit(b->s, b->a, OFFICE, put_people, NULL));
}

/* What is there now; the look before it ends. */
static struct snap *look(struct bench *b)
{
    if (b->snap != NULL) {
        snap_end(b->snap);
    }
    assert_null(snap_begin(b->a, b->s, &b->snap));
    return b->snap;
}

struct receiving {
    struct bench *b;
    struct case_wish wish;
    struct case_receipt receipt;
};
static err run_receive(void *context, struct arena *a, struct tx *tx)
{
    struct receiving *r = context;

    return casefile_receive(a, tx, r->b->k, &r->wish, &r->receipt);
}

static str lasting(struct bench *b, str s)
{
    return str_copy(b->a, s);
}

/* An application with a sealed name and a plain choice. */
static struct case_wish wish_of(struct bench *b, day due, enum level level)
{
    struct sealed_answer *answers = ARENA_ARRAY(b->a, 2, struct sealed_answer);
    struct case_wish w = {
        .agency = OFFICE, .id = ++b->next, .service = &zoning, .channel = CHANNEL_ONLINE,
        .now_ms = NOW, .due = due, .level = level, .unit = UNIT, .number_prefix = STR("DA"),
        .code = STR("ABCDEFGHJKMN"), .applicant_masked = STR("王○明"),
        .applicant_question = STR("applicant"), .salt = STR("0123456789abcdef"),
        .answers_hash = STR("hash"), .answers = answers, .answers_count = 2,
    };
    struct seal_place name = { OFFICE, w.id, "case_answer", "applicant" };
    struct seal_place code = { OFFICE, w.id, "casefile", "code" };

    w.code_hash = seal_token_hash(b->a, b->k, "case_code", w.code);
    assert_null(seal_close(b->a, b->k, code, w.code, &w.code_sealed));
    answers[0] = (struct sealed_answer){ .question = STR("applicant"),
                                         .masked = STR("王○明"), .blind_kind = "name",
                                         .blind = seal_blind(b->a, b->k, OFFICE, "name",
                                                             STR("王小明")) };
    assert_null(seal_close(b->a, b->k, name, STR("\"王小明\""), &answers[0].sealed));
    answers[1] = (struct sealed_answer){ .question = STR("copies"), .plain = STR("2"),
                                         .blind_kind = "" };
    return w;
}

static struct case_receipt receive(struct bench *b, struct case_wish w)
{
    struct receiving r = { .b = b, .wish = w };

    assert_null(store_commit(b->s, b->a, OFFICE, run_receive, &r));
    r.receipt.number = lasting(b, r.receipt.number);
    r.receipt.code = lasting(b, r.receipt.code);
    return r.receipt;
}

static struct casefile load(struct bench *b, int64_t id)
{
    struct casefile c;
    struct snap *snap = look(b);

    assert_null(casefile_load(b->a, snap, OFFICE, id, &c));
    snap_end(snap);
    return c;
}

static struct actor person(struct bench *b, int64_t staff)
{
    struct actor who = { .agency = OFFICE };
    struct snap *snap = look(b);

    if (staff != 0) {
        assert_null(actor_load(b->a, snap, OFFICE, staff, TODAY, &who));
    }
    snap_end(snap);
    return who;
}

struct acting {
    struct act_wish wish;
    struct casefile after;
};
static err run_act(void *context, struct arena *a, struct tx *tx)
{
    struct acting *act = context;

    return casefile_act(a, tx, &act->wish, &act->after);
}

static struct act_wish act_of(struct bench *b, int64_t id, int64_t staff, enum case_act act)
{
    return (struct act_wish){
        .act = act, .agency = OFFICE, .id = id, .changes = load(b, id).changes,
        .now_ms = NOW + HOUR, .who = person(b, staff), .grant = true,
        .document_day = DAY_NONE,
    };
}

/* Prepares and commits as a page does; the kind of refusal, or -1. */
static int do_wish(struct bench *b, struct act_wish w, const char *note)
{
    struct acting acting = { .wish = w };
    struct snap *snap = look(b);
    err e = casefile_act_prepare(b->a, snap, b->k, &acting.wish, str_of(note));

    snap_end(snap);
    if (e == NULL) {
        e = store_commit(b->s, b->a, OFFICE, run_act, &acting);
    }
    return e == NULL ? -1 : (int)e->kind;
}

static int act(struct bench *b, int64_t id, int64_t staff, enum case_act what, const char *note)
{
    return do_wish(b, act_of(b, id, staff, what), note);
}

static void a_receipt_is_given_and_found_again(void **state)
{
    struct bench b;
    struct case_receipt r;
    struct casefile c;
    struct snap *snap;

    bench_open(&b);
    r = receive(&b, wish_of(&b, TODAY + 6, LEVEL_UNIT_HEAD));
    assert_false(r.again);
    snap = look(&b);
    assert_null(casefile_by_number(b.a, snap, OFFICE, r.number, &c));
    assert_int_equal(c.state, CASE_RECEIVED);
    assert_int_equal(c.due, TODAY + 6);
    assert_int_equal(c.service_version, 3);
    assert_null(casefile_by_code(b.a, snap, b.k, OFFICE, r.number, STR("abcd-efgh-jkmn"), &c));
    assert_int_equal(casefile_by_code(b.a, snap, b.k, OFFICE, r.number, STR("ABCDEFGHJKMP"), &c)
                         ->kind, ERR_MISSING);
    assert_int_equal(casefile_by_code(b.a, snap, b.k, 8, r.number, r.code, &c)->kind,
                     ERR_MISSING);
    assert_int_equal(casefile_by_number(b.a, snap, OFFICE, STR("DA-115-000001-0"), &c)->kind,
                     ERR_MISSING);
    arena_free(b.a);
}

static void numbers_count_up_by_office_and_year(void **state)
{
    struct bench b;
    struct case_wish w;
    str first, second;

    bench_open(&b);
    first = receive(&b, wish_of(&b, DAY_NONE, LEVEL_HEAD)).number;
    second = receive(&b, wish_of(&b, DAY_NONE, LEVEL_HEAD)).number;
    assert_true(str_starts(first, STR("DA-115-000001-")));
    assert_true(str_starts(second, STR("DA-115-000002-")));
    w = wish_of(&b, DAY_NONE, LEVEL_HEAD);
    w.now_ms = NOW + 366 * DAY_MS;
    assert_true(str_starts(receive(&b, w).number, STR("DA-116-000001-")));
    arena_free(b.a);
}

static void the_same_submission_gives_the_first_receipt(void **state)
{
    struct bench b;
    struct case_wish w;
    struct case_receipt first, second;

    bench_open(&b);
    w = wish_of(&b, TODAY, LEVEL_HEAD);
    w.idempotency = STR("one submission");
    first = receive(&b, w);
    w = wish_of(&b, TODAY, LEVEL_HEAD);
    w.idempotency = STR("one submission");
    w.code = STR("ZZZZZZZZZZZZ");
    second = receive(&b, w);
    assert_true(second.again);
    assert_int_equal(second.id, first.id);
    assert_true(str_equal(second.number, first.number));
    assert_true(str_equal(second.code, first.code));
    w.idempotency = STR("another submission");
    assert_false(receive(&b, w).again);
    arena_free(b.a);
}

static void a_life_from_receipt_to_closure(void **state)
{
    static const char *const steps[] = { "received", "in_work", "sent_back", "in_work",
                                         "decided", "issued", "closed" };
    struct bench b;
    struct act_wish issue;
    struct case_step *list;
    struct casefile c;
    size_t count;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY + 6, LEVEL_UNIT_HEAD)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_SEND_BACK, "請補附土地登記謄本。"), -1);
    assert_int_equal(act(&b, id, ME, ACT_RESUME, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, "擬准予核發。"), -1);
    assert_int_equal(act(&b, id, CHIEF, ACT_RETURN, "請補註地段。"), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, ""), -1);
    assert_int_equal(act(&b, id, CHIEF, ACT_DECIDE, "如擬"), -1);
    issue = act_of(&b, id, ME, ACT_ISSUE);
    assert_int_equal(do_wish(&b, issue, ""), ERR_INPUT);
    issue.document_number = STR("安區建字第1150000123號");
    assert_int_equal(do_wish(&b, issue, ""), ERR_INPUT);
    issue.document_day = TODAY + 1;
    assert_int_equal(do_wish(&b, issue, ""), ERR_INPUT);
    issue.document_day = TODAY;
    assert_int_equal(do_wish(&b, issue, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_CLOSE, ""), -1);
    c = load(&b, id);
    assert_int_equal(c.state, CASE_CLOSED);
    assert_true(c.outcome_granted && !c.is_open && c.decided_ms > 0 && c.closed_ms > 0);
    assert_int_equal(c.document_day, TODAY);
    assert_null(casefile_steps(b.a, look(&b), &c, &list, &count));
    assert_int_equal(count, sizeof steps / sizeof steps[0]);
    for (size_t i = 0; i < count; i++) {
        assert_true(str_equal(case_state_key[list[i].state], str_of(steps[i])));
    }
    arena_free(b.a);
}

static void an_officer_decides_where_the_table_says_so(void **state)
{
    struct bench b;
    struct act_wish refuse;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_OFFICER)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, ""), -1);
    assert_int_equal(load(&b, id).state, CASE_DECIDED);
    assert_int_equal(act(&b, id, ME, ACT_COLLECT, ""), -1);
    assert_int_equal(load(&b, id).state, CASE_COLLECTED);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_OFFICER)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    refuse = act_of(&b, id, ME, ACT_PROPOSE);
    refuse.grant = false;
    assert_int_equal(do_wish(&b, refuse, ""), ERR_INPUT); /* a refusal needs its reason */
    assert_int_equal(do_wish(&b, refuse, "不符申請資格。"), -1);
    assert_int_equal(load(&b, id).state, CASE_REFUSED);
    arena_free(b.a);
}

static void the_slower_of_two_is_told(void **state)
{
    struct bench b;
    struct act_wish mine, hers;
    struct acting late = { .after = { .id = 0 } };
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    mine = act_of(&b, id, ME, ACT_TAKE);
    hers = act_of(&b, id, MATE, ACT_TAKE);
    late.wish = hers;
    assert_int_equal(do_wish(&b, mine, ""), -1);
    assert_int_equal(do_wish(&b, hers, ""), ERR_CONFLICT);
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_act, &late)->kind, ERR_CONFLICT);
    assert_int_equal(load(&b, id).officer, ME);
    arena_free(b.a);
}

static void who_may_not_is_refused(void **state)
{
    struct bench b;
    struct act_wish w;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    assert_int_equal(act(&b, id, STRANGER, ACT_TAKE, ""), ERR_MISSING);
    assert_int_equal(act(&b, id, CHIEF, ACT_DECIDE, ""), ERR_DENIED);
    w = act_of(&b, id, CHIEF, ACT_ASSIGN);
    assert_int_equal(do_wish(&b, w, ""), ERR_INPUT);
    w.to = STRANGER;
    assert_int_equal(do_wish(&b, w, ""), ERR_INPUT);
    w.to = MATE;
    assert_int_equal(do_wish(&b, w, ""), -1);
    assert_int_equal(load(&b, id).officer, MATE);
    assert_int_equal(act(&b, id, 0, ACT_WITHDRAW, ""), -1);
    assert_int_equal(load(&b, id).state, CASE_WITHDRAWN);
    assert_false(load(&b, id).is_open);
    arena_free(b.a);
}

static err chief_away(void *context, struct arena *a, struct tx *tx)
{
    return staff_away(a, tx, NULL, NOW, OFFICE, CHIEF, TODAY, TODAY);
}

static size_t listed(struct bench *b, int64_t staff, struct case_query q, struct casefile **ret)
{
    struct actor who = person(b, staff);
    struct snap *snap = look(b);
    struct casefile *list;
    size_t count, counted;

    q.today = TODAY;
    q.state = q.state == 0 ? -1 : q.state;
    q.most = q.most == 0 ? 50 : q.most;
    assert_null(casefile_list(b->a, snap, &who, &q, &list, &count));
    assert_null(casefile_count(b->a, snap, &who, &q, &counted));
    snap_end(snap);
    if (q.after == 0 && count < (size_t)q.most) {
        assert_int_equal(counted, count);
    }
    if (ret != NULL) {
        *ret = list;
    }
    return count;
}

static void a_deputy_decides_and_it_prints_so(void **state)
{
    struct bench b;
    struct case_event *events;
    size_t count;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_UNIT_HEAD)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, "擬准"), -1);
    assert_int_equal(act(&b, id, MATE, ACT_DECIDE, ""), ERR_DENIED);
    assert_int_equal(listed(&b, MATE, (struct case_query){ .list = LIST_TO_DECIDE }, NULL), 0);
    assert_null(store_commit(b.s, b.a, OFFICE, chief_away, NULL));
    assert_int_equal(listed(&b, MATE, (struct case_query){ .list = LIST_TO_DECIDE }, NULL), 1);
    assert_int_equal(act(&b, id, MATE, ACT_DECIDE, ""), -1);
    assert_null(casefile_events(b.a, look(&b), OFFICE, id, &events, &count));
    assert_int_equal(count, 4);
    assert_true(events[3].as_deputy && events[3].granted);
    assert_false(events[2].as_deputy);
    arena_free(b.a);
}

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

static void worklists_show_what_is_late_first(void **state)
{
    struct bench b;
    struct casefile *list;
    int64_t ids[5];
    static const int due_in[5] = { 5, -3, 2, -1, 0 };

    bench_open(&b);
    for (int i = 0; i < 5; i++) {
        day due = i == 4 ? DAY_NONE : TODAY + due_in[i];

        ids[i] = receive(&b, wish_of(&b, due, LEVEL_HEAD)).id;
    }
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_UNIT_NEW }, &list), 5);
    assert_int_equal(list[0].id, ids[1]);
    assert_int_equal(list[1].id, ids[3]);
    assert_int_equal(list[4].id, ids[4]);
    assert_int_equal(list[4].due, DAY_NONE);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_UNIT_NEW,
                            .late_only = true }, NULL), 2);
    assert_int_equal(listed(&b, STRANGER, (struct case_query){ .list = LIST_UNIT_NEW }, NULL), 0);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_MINE }, NULL), 0);
    assert_int_equal(act(&b, ids[0], ME, ACT_TAKE, ""), -1);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_MINE }, NULL), 1);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_UNIT_NEW }, NULL), 4);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_UNIT_OPEN }, NULL), 5);
    assert_int_equal(act(&b, ids[0], ME, ACT_PROPOSE, ""), -1);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_TO_DECIDE }, NULL), 1);
    assert_int_equal(listed(&b, CHIEF, (struct case_query){ .list = LIST_TO_DECIDE }, NULL), 0);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_ALL }, &list), 5);
    assert_int_equal(list[0].id, ids[4]);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_ALL,
                            .state = CASE_PROPOSED }, NULL), 1);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_ALL,
                            .number = load(&b, ids[2]).number }, NULL), 1);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_ALL,
                            .service = STR("other") }, NULL), 0);
    arena_free(b.a);
}

static void a_worklist_is_read_page_by_page(void **state)
{
    struct bench b;
    struct casefile *list;
    int64_t after = 0;
    size_t seen = 0, count;

    bench_open(&b);
    for (int i = 0; i < 25; i++) {
        receive(&b, wish_of(&b, TODAY + i % 3, LEVEL_HEAD));
    }
    do {
        count = listed(&b, ME, (struct case_query){ .list = LIST_UNIT_OPEN, .after = after,
                       .most = 10 }, &list);
        seen += count;
        after = count == 0 ? 0 : list[count - 1].id;
    } while (count == 10);
    assert_int_equal(seen, 25);
    arena_free(b.a);
}

struct reading {
    struct actor who;
    int64_t ids[2];
    size_t count;
    const char *reason;
};
static err run_reading(void *context, struct arena *a, struct tx *tx)
{
    const struct reading *r = context;

    return casefile_reading(a, tx, &r->who, NOW, r->ids, r->count, str_of(r->reason), 555);
}

static int reading(struct bench *b, int64_t staff, int64_t id, const char *reason)
{
    struct reading r = { person(b, staff), { id }, 1, reason };
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_is_given_and_found_again),
        cmocka_unit_test(numbers_count_up_by_office_and_year),
        cmocka_unit_test(the_same_submission_gives_the_first_receipt),
        cmocka_unit_test(a_life_from_receipt_to_closure),
        cmocka_unit_test(an_officer_decides_where_the_table_says_so),
        cmocka_unit_test(the_slower_of_two_is_told),
        cmocka_unit_test(who_may_not_is_refused),
        cmocka_unit_test(a_deputy_decides_and_it_prints_so),
        cmocka_unit_test(notes_are_sealed_and_open_again),
        cmocka_unit_test(worklists_show_what_is_late_first),
        cmocka_unit_test(a_worklist_is_read_page_by_page),
        cmocka_unit_test(personal_data_open_with_an_event),
        cmocka_unit_test(the_check_finds_what_was_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
