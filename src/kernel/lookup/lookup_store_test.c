/* lookup_store_test — a question is kept before it is sent, its answer once; who asks in vain
 * is told why; what is not as it was is found by `bianmin check`.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/lookup/lookup.h"
#include "kernel/office/office.h"

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind, &service_kind };

#define T "{ zh: 題, en: Q, ja: 問 }"
static const char service_source[] =
    "format: 1\nkind: service\nkey: zoning\n"
    "name: " T "\nsummary: " T "\ngroup: " T "\nunit: works\nwho: " T "\nlaw: " T "\n"
    "limit: { value: 3, unit: working }\nmatter: m\nresult_name: " T "\npurpose: " T "\n"
    "updated: 2026-01-05\nways: [online, counter]\n"
    "papers:\n"
    "  - { key: transcript, name: " T ", looked_up: true, lookup: household }\n"
    "  - { key: map, name: " T " }\n"
    "steps:\n  - key: one\n    title: " T "\n    questions:\n"
    "      - { key: applicant, type: text, personal: true, required: false, label: " T " }\n"
    "      - { key: who, type: national_id, required: false, label: " T " }\n";

struct deed {
    struct bench b;
    struct catalog *catalog;
    struct casefile file;
    struct lookup_wish wish;
    struct lookup_answer answer;
    str sealed, hash;
    struct lookup_audit audit;
    enum lookup_fault fault;
    int64_t now_ms;
    struct query damage;
};

static void asked_of(struct bench *b, struct case_wish *w)
{
    const struct seal_place place = { OFFICE, w->id, "case_answer", "who" };
    struct sealed_answer *answers = ARENA_ARRAY(b->a, 2, struct sealed_answer);

    answers[0] = w->answers[0];
    answers[1] = (struct sealed_answer){
        .question = STR("who"), .masked = STR("A12***6789"), .blind_kind = "national_id",
        .blind = seal_blind(b->a, b->k, OFFICE, "national_id", STR("A123456789")),
    };
    assert_null(seal_close(b->a, b->k, place, STR("\"A123456789\""), &answers[1].sealed));
    w->answers = answers;
}

static void begin(struct deed *d)
{
    struct definition def = { .file = STR("z.yaml"), .source = str_of(service_source),
                              .version = 3 };
    struct mistakes m;

    *d = (struct deed){ .now_ms = NOW };
    bench_open(&d->b);
    mistakes_init(&m, d->b.a);
    assert_null(catalog_build(kinds, 3, OFFICE, &def, 1, &m, &d->catalog));
    for (const struct mistake *x = m.first; x != NULL; x = x->next) {
        fail_msg("%.*s %s", STR_ARG(x->place), x->say.id);
    }
    struct case_wish w = wish_of(&d->b, TODAY, LEVEL_OFFICER);

    asked_of(&d->b, &w);
    int64_t id = receive(&d->b, w).id;

    assert_int_equal(act(&d->b, id, ME, ACT_TAKE, ""), -1);
    d->file = load(&d->b, id);
}

static void end(struct deed *d)
{
    catalog_release(d->catalog);
    arena_free(d->b.a);
}

static err run_ask(void *context, struct arena *a, struct tx *tx)
{
    struct deed *d = context;

    return lookup_ask(a, tx, &d->wish);
}

/* Kind of refusal, or -1. */
static int ask_as(struct deed *d, int64_t staff, const char *reg, const struct lookup_by_hand *hand)
{
    d->wish = (struct lookup_wish){
        .who = person(&d->b, staff),
        .row = { .agency = OFFICE, .id = ++d->b.next, .casefile = d->file.id,
                 .register_key = str_of(reg), .paper = STR("transcript"),
                 .purpose = STR("instead"), .question = STR("who"), .staff = staff,
                 .at_ms = NOW, .how = hand != NULL ? HOW_HAND : HOW_GATEWAY },
    };
    struct snap *snap = look(&d->b);
    err e = lookup_prepare(d->b.a, snap, d->b.k, d->catalog, &d->file, hand, &d->wish);

    e = e != NULL ? e : store_commit(d->b.s, d->b.a, OFFICE, run_ask, d);
    return e == NULL ? -1 : (int)e->kind;
}

static struct lookup now(struct deed *d)
{
    struct lookup *list;
    size_t count;

    assert_null(lookup_list(d->b.a, look(&d->b), OFFICE, d->file.id, &list, &count));
    assert_true(count > 0);
    return list[count - 1];
}

static size_t due(struct deed *d, int64_t at_ms)
{
    struct lookup *list;
    size_t count;

    assert_null(lookup_due(d->b.a, look(&d->b), OFFICE, at_ms, 10, &list, &count));
    return count;
}

static err run_answered(void *context, struct arena *a, struct tx *tx)
{
    struct deed *d = context;

    return lookup_answered(a, tx, d->now_ms, &d->wish.row, &d->answer, d->sealed, d->hash);
}

static void answer(struct deed *d, bool found, const char *what)
{
    static struct lookup_fact fact = { .label = { .in = { STR_INIT("戶籍地") } } };

    fact.value = str_of(what);
    d->answer = (struct lookup_answer){ .found = found, .reference = STR("H-7"),
                                        .as_of = STR("2026-09-21"), .facts = &fact,
                                        .facts_count = found ? 1 : 0 };
    assert_null(lookup_answer_seal(d->b.a, d->b.k, &d->wish.row, &d->answer, &d->sealed,
                                   &d->hash));
    assert_null(store_commit(d->b.s, d->b.a, OFFICE, run_answered, d));
}

static err run_later(void *context, struct arena *a, struct tx *tx)
{
    struct deed *d = context;
    struct lookup l = d->wish.row;

    return lookup_later(a, tx, d->now_ms, &l, d->fault);
}

static const struct query events_sql = {
    "SELECT COUNT(*) FROM event WHERE agency_id = ?1 AND kind = ?2", "it",
};

static int64_t events(struct deed *d, const char *kind)
{
    struct table t;

    assert_null(snap_one(d->b.a, look(&d->b), &events_sql,
                         BIND(bind_int(OFFICE), bind_text(str_of(kind))), &t));
    return cell_int(&t, 0, 0);
}

struct findings {
    int faults;
    char last[200];
};

static void note(void *context, bool sound, str line)
{
    struct findings *f = context;

    if (!sound) {
        f->faults++;
        snprintf(f->last, sizeof f->last, "%.*s", STR_ARG(line));
    }
}

static struct findings check(struct deed *d)
{
    struct findings f = { 0 };

    assert_null(lookup_check(d->b.a, d->b.s, d->b.k, OFFICE, note, &f));
    return f;
}

static void a_question_is_kept_and_its_answer_comes_once(void **state)
{
    struct deed d;
    struct lookup_answer back;
    str subject;

    begin(&d);
    assert_int_equal(ask_as(&d, ME, "household", NULL), -1);
    struct lookup l = now(&d);

    assert_int_equal(l.state, LOOKUP_ASKED);
    assert_true(str_equal(l.subject_masked, STR("A12***6789")));
    assert_int_equal(str_find(l.subject, STR("A123456789")), -1); /* sealed */
    assert_null(lookup_subject_open(d.b.a, d.b.k, &l, &subject));
    assert_true(str_equal(subject, STR("A123456789")));
    assert_int_equal(due(&d, NOW), 1);
    assert_int_equal(check(&d).faults, 0);
    answer(&d, true, "雲川市");
    answer(&d, false, ""); /* comes a second time, and says something else */
    l = now(&d);
    assert_int_equal(l.state, LOOKUP_FOUND);
    assert_null(lookup_answer_open(d.b.a, d.b.k, &l, &back));
    assert_int_equal(back.facts_count, 1);
    assert_true(str_equal(back.facts[0].value, STR("雲川市")));
    assert_int_equal(due(&d, NOW + HOUR), 0);
    assert_int_equal(events(&d, "lookup.asked"), 1);
    assert_int_equal(events(&d, "lookup.answered"), 1);
    assert_int_equal(check(&d).faults, 0);
    end(&d);
    (void)state;
}

static void who_asks_in_vain_is_told_why_and_goes_on_by_hand(void **state)
{
    static const int64_t wait_ms[LOOKUP_TRIES - 1] = { 10000, 60000, 300000, 900000 };
    const struct lookup_by_hand seen = { .found = true, .reference = STR("L-77"),
                                         .seen = STR("設籍本區"), .on = TODAY };
    struct deed d;

    begin(&d);
    assert_int_equal(ask_as(&d, ME, "household", NULL), -1);
    for (int i = 0; i < LOOKUP_TRIES; i++) {
        d.fault = i == LOOKUP_TRIES - 1 ? LOOKUP_UNTRUSTED : LOOKUP_SLOW;
        assert_int_equal(due(&d, d.now_ms), 1);
        assert_null(store_commit(d.b.s, d.b.a, OFFICE, run_later, &d));
        d.wish.row = now(&d);
        assert_int_equal(d.wish.row.fault, d.fault);
        assert_int_equal(due(&d, d.now_ms), 0);
        d.now_ms += i < LOOKUP_TRIES - 1 ? wait_ms[i] : HOUR;
    }
    assert_int_equal(now(&d).state, LOOKUP_FAILED);
    assert_int_equal(due(&d, d.now_ms + 100 * HOUR), 0);
    answer(&d, true, "too late"); /* it was given up: nothing changes */
    assert_int_equal(now(&d).state, LOOKUP_FAILED);
    assert_int_equal(events(&d, "lookup.failed"), 1);
    assert_int_equal(events(&d, "lookup.answered"), 0);
    assert_int_equal(ask_as(&d, ME, "household", &seen), -1);
    assert_int_equal(now(&d).state, LOOKUP_FOUND);
    assert_int_equal(now(&d).how, HOW_HAND);
    assert_int_equal(check(&d).faults, 0);
    end(&d);
    (void)state;
}

static void only_what_the_definition_names_is_asked_by_who_works_on_it(void **state)
{
    static const struct {
        const char *story, *reg;
        int64_t staff;
        int want;
    } rows[] = {
        { "the register it names", "household", ME, -1 },
        { "a register it does not name", "income", ME, ERR_INPUT },
        { "no register at all", "gossip", ME, ERR_INPUT },
        { "a colleague who does not work on it", "household", MATE, ERR_DENIED },
        { "the head of the unit", "household", CHIEF, -1 },
        { "somebody of another unit", "household", STRANGER, ERR_DENIED },
    };
    struct deed d;

    begin(&d);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (ask_as(&d, rows[i].staff, rows[i].reg, NULL) != rows[i].want) {
            fail_msg("%s", rows[i].story);
        }
    }
    assert_int_equal(events(&d, "lookup.asked"), 2);
    assert_int_equal(check(&d).faults, 0);
    end(&d);
    (void)state;
}

static void what_was_seen_by_hand_is_whole(void **state)
{
    static const struct {
        const char *story, *reference, *seen;
        bool found;
        int day; /* from today; 99: none */
        int want;
    } rows[] = {
        { "as it should be", "L-1", "住宅區", true, 0, -1 },
        { "nothing was there", "L-1", "", false, 0, -1 },
        { "without its number", "", "住宅區", true, 0, ERR_INPUT },
        { "without what was seen", "L-1", "", true, 0, ERR_INPUT },
        { "of tomorrow", "L-1", "住宅區", true, 1, ERR_INPUT },
        { "without a day", "L-1", "住宅區", true, 99, ERR_INPUT },
    };
    struct deed d;

    begin(&d);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct lookup_by_hand hand = {
            .found = rows[i].found, .reference = str_of(rows[i].reference),
            .seen = str_of(rows[i].seen),
            .on = rows[i].day == 99 ? DAY_NONE : TODAY + rows[i].day,
        };

        if (ask_as(&d, ME, "household", &hand) != rows[i].want) {
            fail_msg("%s", rows[i].story);
        }
    }
    assert_int_equal(check(&d).faults, 0);
    end(&d);
    (void)state;
}

static void counts_are_plain(void **state)
{
    struct lookup_count *list;
    struct civil c = day_civil(TODAY);
    struct deed d;
    size_t count;

    begin(&d);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ask_as(&d, ME, "household", NULL), -1);
        if (i < 2) {
            answer(&d, i == 0, "x");
        }
    }
    assert_null(lookup_counts(d.b.a, look(&d.b), OFFICE, c.year, c.month, &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].lookups, 3);
    assert_int_equal(list[0].found, 1);
    assert_int_equal(list[0].by_hand, 0);
    assert_null(lookup_counts(d.b.a, look(&d.b), OFFICE + 1, c.year, c.month, &list, &count));
    assert_int_equal(count, 0);
    end(&d);
    (void)state;
}

static err run_audit(void *context, struct arena *a, struct tx *tx)
{
    struct deed *d = context;

    return lookup_audit_put(a, tx, &d->wish.who, NOW, &d->audit);
}

static int look_at(struct deed *d, int64_t staff, int turn)
{
    int64_t id = now(d).id;

    d->wish.who = person(&d->b, staff);
    d->audit = (struct lookup_audit){ .lookup = id, .turn = turn, .in_order = turn > 1 };
    assert_null(lookup_audit_seal(d->b.a, d->b.k, OFFICE, &d->audit, STR("請說明")));
    err e = store_commit(d->b.s, d->b.a, OFFICE, run_audit, d);

    return e == NULL ? -1 : (int)e->kind;
}

static void nobody_looks_at_his_own(void **state)
{
    struct lookup_audit *list;
    struct deed d;
    size_t count;
    str text;

    begin(&d);
    assert_int_equal(ask_as(&d, ME, "household", NULL), -1);
    assert_int_equal(look_at(&d, ME, 1), ERR_DENIED);
    assert_int_equal(look_at(&d, HEAD, 1), -1);
    assert_int_equal(look_at(&d, CHIEF, 1), ERR_CONFLICT); /* somebody was faster */
    assert_int_equal(look_at(&d, CHIEF, 2), -1);
    assert_null(lookup_audits(d.b.a, look(&d.b), OFFICE, lookup_month(d.b.a, NOW), &list,
                              &count));
    assert_int_equal(count, 2);
    assert_int_equal(str_find(list[0].note, STR("請說明")), -1);
    assert_null(lookup_audit_open(d.b.a, d.b.k, OFFICE, &list[0], &text));
    assert_true(str_equal(text, STR("請說明")));
    end(&d);
    (void)state;
}

static err run_damage(void *context, struct arena *a, struct tx *tx)
{
    const struct deed *d = context;

    return tx_run(a, tx, &d->damage, BIND(bind_int(OFFICE), bind_int(d->wish.row.id)));
}

/* What is done to ?2, and what is said of it. */
enum kind { ANSWERED, BY_HAND, WAITS };
static const struct {
    const char *story;
    enum kind of;
    struct query damage;
    const char *want;
} damages[] = {
    { "an answer was turned round", ANSWERED,
      { "UPDATE lookup SET state = 'nothing' WHERE agency_id = ?1 AND id = ?2", "ii" },
      "no event tells of this answer" },
    { "the number of the other system was changed", ANSWERED,
      { "UPDATE lookup SET reference = 'X' WHERE agency_id = ?1 AND id = ?2", "ii" },
      "no event tells of this answer" },
    { "what was seen by hand was turned round", BY_HAND,
      { "UPDATE lookup SET state = 'nothing' WHERE agency_id = ?1 AND id = ?2", "ii" },
      "the answer is not the one that was written down" },
    { "an answer was put in the place of the question", ANSWERED,
      { "UPDATE lookup SET answer = subject WHERE agency_id = ?1 AND id = ?2", "ii" },
      "the answer is not the one that came" },
    { "an answer was taken from another one", ANSWERED,
      { "UPDATE lookup SET answer = (SELECT o.answer FROM lookup o "
        "WHERE o.agency_id = ?1 AND o.id < ?2 AND o.how = 'hand' ORDER BY o.id LIMIT 1) "
        "WHERE agency_id = ?1 AND id = ?2", "ii" },
      "the answer is not the one that came" },
    { "another one was asked about", WAITS,
      { "UPDATE lookup SET subject = (SELECT o.subject FROM lookup o "
        "WHERE o.agency_id = ?1 AND o.id < ?2 ORDER BY o.id LIMIT 1) WHERE agency_id = ?1 AND id = ?2", "ii" },
      "it is not about whom it was asked" },
    { "the purpose was changed", WAITS,
      { "UPDATE lookup SET purpose = 'again' WHERE agency_id = ?1 AND id = ?2", "ii" },
      "it is not as its event tells" },
    { "it was given up without an event", WAITS,
      { "UPDATE lookup SET state = 'failed' WHERE agency_id = ?1 AND id = ?2", "ii" },
      "its events tell that it ended otherwise" },
    { "one that was answered waits again", ANSWERED,
      { "UPDATE lookup SET state = 'asked' WHERE agency_id = ?1 AND id = ?2", "ii" },
      "its events tell that it ended otherwise" },
    { "a question is gone", WAITS,
      { "DELETE FROM lookup WHERE agency_id = ?1 AND id = ?2", "ii" },
      "it was asked, but its row is gone" },
};

static void look_up(struct deed *d, enum kind kind)
{
    const struct lookup_by_hand seen = { .found = true, .reference = STR("L-77"),
                                         .seen = STR("設籍本區"), .on = TODAY };

    assert_int_equal(ask_as(d, ME, "household", kind == BY_HAND ? &seen : NULL), -1);
    if (kind == ANSWERED) {
        answer(d, true, "雲川市");
    }
}

static void the_check_finds_what_is_not_as_it_was(void **state)
{
    struct deed d;

    begin(&d);
    look_up(&d, BY_HAND);
    look_up(&d, WAITS);
    assert_int_equal(check(&d).faults, 0);
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        look_up(&d, damages[i].of);
        assert_int_equal(check(&d).faults, i);
        d.damage = damages[i].damage;
        assert_null(store_commit(d.b.s, d.b.a, OFFICE, run_damage, &d));
        struct findings f = check(&d);
        const char *said = strrchr(f.last, ':');

        if (f.faults != (int)i + 1 || strcmp(said + 2, damages[i].want) != 0) {
            fail_msg("%s: %d, \"%s\"", damages[i].story, f.faults, f.last);
        }
    }
    end(&d);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_kept_and_its_answer_comes_once),
        cmocka_unit_test(who_asks_in_vain_is_told_why_and_goes_on_by_hand),
        cmocka_unit_test(only_what_the_definition_names_is_asked_by_who_works_on_it),
        cmocka_unit_test(what_was_seen_by_hand_is_whole),
        cmocka_unit_test(counts_are_plain),
        cmocka_unit_test(nobody_looks_at_his_own),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
