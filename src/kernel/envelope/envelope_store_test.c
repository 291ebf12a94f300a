/* Two agencies: each step is there once at both, whatever dies between; nothing else is seen.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/envelope/envelope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/id.h"
#include "host/job/job.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/envelope/carry.h"

enum { DISTRICT = 7, HOUSEHOLD = 8, HEALTH = 9, CLERK = 70, ID = 4711 };

struct bench {
    struct arena *a;
    struct store *s;
    struct keyring *k;
    struct agency from, to;
    struct envelope_post post;
    struct envelope_line line;
    int64_t id; /* of the envelope that is spoken of */
    struct query damage;
    day reply_by; /* 0: not said */
    int64_t unit; /* that sends */
    enum envelope_kind kind; /* ENVELOPE_TRANSFER: a matter, else a query of persons */
};

static err run_offices(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;
    const struct actor who = { .agency = AGENCY_CITY };
    const struct agency city = { .id = AGENCY_CITY, .key = STR("city"), .case_prefix = STR("CT") };

    TRY(agency_put(a, tx, &who, 1, &city));
    TRY(agency_put(a, tx, &who, 1, &b->from));
    return agency_put(a, tx, &who, 1, &b->to);
}

static err run_step(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return envelope_step_put(a, tx, &b->post);
}

static err run_line(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return envelope_lines_answer(a, tx, HOUSEHOLD, ID, &b->line, 1);
}

static struct bench bench_new(void)
{
    struct bench b = { .a = arena_new((size_t)64 << 20), .id = ID,
                       .kind = ENVELOPE_QUERY };

    assert_null(seal_start(b.a));
    assert_null(keyring_from_phrase(b.a, STR("x"), &b.k));
    assert_null(store_open_scratch(b.a, &b.s));
    b.from = (struct agency){ .id = DISTRICT, .key = STR("district"), .case_prefix = STR("DA"),
                              .name = { .in = { STR("青埔區公所") } } };
    b.to = (struct agency){ .id = HOUSEHOLD, .key = STR("household"), .case_prefix = STR("HH"),
                            .name = { .in = { STR("戶政事務所") } } };
    assert_null(store_commit(b.s, b.a, AGENCY_CITY, run_offices, &b));
    return b;
}

static void send(struct bench *b)
{
    static struct envelope_person persons[] = {
        { .number = 1, .name = STR_INIT("林小青"), .national_id = STR_INIT("A123456789") },
        { .number = 2, .name = STR_INIT("王大明"), .national_id = STR_INIT("B223456785") },
    };

    b->post = (struct envelope_post){
        .envelope = { .agency = DISTRICT, .id = b->id, .other_agency = HOUSEHOLD,
                      .unit = b->unit,
                      .other = { b->to.key, b->to.name, seal_public_key(b->a, b->k, HOUSEHOLD) } },
        .message = { .step = ENVELOPE_SENT, .kind = b->kind, .subject = STR("名單"),
                     .purpose = STR("審核"), .law = STR("社會救助法"),
                     .reply_by = b->reply_by != 0 ? b->reply_by : DAY_NONE,
                     .persons = persons, .persons_count = 2 },
        .staff = CLERK, .at_ms = 1000,
    };
    assert_null(envelope_prepare(b->a, b->k, &b->from, &b->post));
    assert_null(store_commit(b->s, b->a, DISTRICT, run_step, b));
}

static void step(struct bench *b, enum envelope_step what, struct envelope_person *persons,
                 size_t count)
{
    struct snap *snap;

    b->post = (struct envelope_post){ .staff = CLERK, .at_ms = 2000 };
    b->post.message = (struct envelope_message){ .step = what, .reply_by = DAY_NONE,
                                                 .text = STR("好"), .persons = persons,
                                                 .persons_count = count };
    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(envelope_load(b->a, snap, HOUSEHOLD, b->id, &b->post.envelope));
    snap_end(snap);
    assert_null(envelope_prepare(b->a, b->k, &b->to, &b->post));
    assert_null(store_commit(b->s, b->a, HOUSEHOLD, run_step, b));
}

static void carry(struct bench *b)
{
    assert_null(job_run_whole(b->a, b->s, &envelope_carry_job, b->k, 3000));
}

static struct envelope load(struct bench *b, int64_t agency)
{
    struct snap *snap;
    struct envelope e;

    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(envelope_load(b->a, snap, agency, ID, &e));
    snap_end(snap);
    return e;
}

static const struct query events_sql = {
    "SELECT COUNT(*) FROM event WHERE agency_id = ?1 AND kind LIKE 'envelope.%'", "i",
};

static int64_t events(struct bench *b, int64_t agency)
{
    struct snap *snap;
    struct table t;

    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(snap_one(b->a, snap, &events_sql, BIND(bind_int(agency)), &t));
    snap_end(snap);
    return cell_int(&t, 0, 0);
}

static void a_list_is_sent_and_answered_line_by_line(void **state)
{
    struct bench b = bench_new();
    struct envelope_person answers[] = {
        { .number = 1, .result = RESULT_FOUND, .answer = STR("土地一筆") },
        { .number = 2, .result = RESULT_NOTHING },
    };
    struct envelope_line *lines;
    struct snap *snap;
    size_t count;

    send(&b);
    carry(&b);
    carry(&b); /* a second time brings nothing */
    assert_int_equal(load(&b, HOUSEHOLD).state, ENVELOPE_SENT);
    assert_false(load(&b, HOUSEHOLD).out);
    assert_int_equal(events(&b, DISTRICT), 1);
    assert_int_equal(events(&b, HOUSEHOLD), 1);
    step(&b, ENVELOPE_RECEIVED, NULL, 0);
    carry(&b);
    assert_int_equal(load(&b, DISTRICT).state, ENVELOPE_RECEIVED);
    b.line = (struct envelope_line){ .envelope = ID, .person = answers[0], .answered_by = CLERK,
                                     .answered_ms = 1500 };
    assert_null(envelope_line_seal(b.a, b.k, HOUSEHOLD, &b.line));
    assert_null(store_commit(b.s, b.a, HOUSEHOLD, run_line, &b));
    step(&b, ENVELOPE_ANSWERED, answers, 2);
    carry(&b);
    assert_int_equal(load(&b, DISTRICT).state, ENVELOPE_ANSWERED);
    assert_int_equal(events(&b, DISTRICT), 3);
    assert_int_equal(events(&b, HOUSEHOLD), 3);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_lines_of(b.a, snap, b.k, DISTRICT, STR("a123456789"), &lines, &count));
    assert_int_equal(count, 1);
    assert_true(str_equal(lines[0].person.answer, STR("土地一筆")));
    /* The household office asked nobody: it finds nothing of its own. */
    assert_null(envelope_lines_of(b.a, snap, b.k, HOUSEHOLD, STR("A123456789"), &lines, &count));
    assert_int_equal(count, 0);
    snap_end(snap);
    arena_free(b.a);
}

static void steps_are_proved_when_they_are_read(void **state)
{
    struct bench b = bench_new();
    struct envelope_done *steps;
    struct envelope e;
    struct snap *snap;
    size_t count;

    send(&b);
    carry(&b);
    e = load(&b, HOUSEHOLD);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_steps(b.a, snap, b.k, &e, &steps, &count));
    assert_int_equal(count, 1);
    assert_true(steps[0].proved);
    e.other.public_key = seal_public_key(b.a, b.k, HEALTH);
    assert_null(envelope_steps(b.a, snap, b.k, &e, &steps, &count));
    assert_false(steps[0].proved);
    snap_end(snap);
    arena_free(b.a);
}

/* What was carried by hand: as the job does it, and dies before it marks it. */
static void what_died_between_is_there_once(void **state)
{
    struct bench b = bench_new();
    struct envelope_done *steps;
    struct envelope_carry *left;
    struct envelope e;
    struct snap *snap;
    size_t count;
    bool known;

    send(&b);
    e = load(&b, DISTRICT);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_steps(b.a, snap, b.k, &e, &steps, &count));
    assert_null(envelope_arrival(b.a, snap, b.k, HOUSEHOLD, ID, DISTRICT, steps[0].body,
                                 steps[0].signature, seal_public_key(b.a, b.k, DISTRICT), 1500,
                                 &b.post, &known));
    snap_end(snap);
    assert_false(known);
    assert_null(store_commit(b.s, b.a, HOUSEHOLD, run_step, &b));
    assert_null(store_commit(b.s, b.a, HOUSEHOLD, run_step, &b)); /* also from a stale snapshot */
    assert_int_equal(events(&b, HOUSEHOLD), 1);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_carry_list(b.a, snap, DISTRICT, 10, &left, &count));
    snap_end(snap);
    assert_int_equal(count, 1);
    carry(&b);
    assert_int_equal(events(&b, HOUSEHOLD), 1);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_carry_list(b.a, snap, DISTRICT, 10, &left, &count));
    snap_end(snap);
    assert_int_equal(count, 0);
    arena_free(b.a);
}

static void what_is_not_for_us_does_not_come_in(void **state)
{
    struct bench b = bench_new();
    struct envelope_post got;
    struct envelope_done *steps;
    struct envelope e;
    struct snap *snap;
    str key, forged;
    size_t count;
    bool known;

    send(&b);
    e = load(&b, DISTRICT);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_steps(b.a, snap, b.k, &e, &steps, &count));
    key = seal_public_key(b.a, b.k, DISTRICT);
    assert_int_equal(envelope_arrival(b.a, snap, b.k, HEALTH, ID, DISTRICT, steps[0].body,
                                      steps[0].signature, key, 1500, &got, &known)->kind,
                     ERR_INPUT);
    assert_int_equal(envelope_arrival(b.a, snap, b.k, HOUSEHOLD, ID, DISTRICT,
                                      str_join(b.a, steps[0].body, STR(" ")),
                                      steps[0].signature, key, 1500, &got, &known)->kind,
                     ERR_INPUT);
    /* Signed by another agency in the name of this one. */
    assert_null(seal_sign(b.a, b.k, HEALTH, steps[0].body, &forged));
    assert_int_equal(envelope_arrival(b.a, snap, b.k, HOUSEHOLD, ID, DISTRICT, steps[0].body,
                                      forged, seal_public_key(b.a, b.k, HEALTH), 1500, &got,
                                      &known)->kind, ERR_INPUT);
    /* Another office sees neither the row nor its lines. */
    assert_int_equal(envelope_load(b.a, snap, HEALTH, ID, &e)->kind, ERR_MISSING);
    snap_end(snap);
    arena_free(b.a);
}

static err run_case(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;
    const struct actor who = { .agency = HOUSEHOLD, .staff = CLERK, .unit = 80 };

    return envelope_becomes_case(a, tx, b->k, &b->to, &who, 5000, ID, 900,
                                 STR("HH-115-000001-2"));
}

static void what_came_becomes_a_case_once(void **state)
{
    struct bench b = bench_new();
    struct envelope_done *steps;
    struct envelope e;
    struct snap *snap;
    size_t count;

    b.kind = ENVELOPE_TRANSFER;
    send(&b);
    carry(&b);
    assert_null(store_commit(b.s, b.a, HOUSEHOLD, run_case, &b));
    assert_int_equal(store_commit(b.s, b.a, HOUSEHOLD, run_case, &b)->kind, ERR_CONFLICT);
    e = load(&b, HOUSEHOLD);
    assert_int_equal(e.state, ENVELOPE_RECEIVED);
    assert_int_equal(e.casefile, 900);
    assert_int_equal(e.unit, 80);
    carry(&b);
    e = load(&b, DISTRICT); /* the sender reads the number, signed */
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_steps(b.a, snap, b.k, &e, &steps, &count));
    snap_end(snap);
    assert_int_equal(count, 2);
    assert_true(steps[1].proved);
    assert_true(str_equal(steps[1].message.case_number, STR("HH-115-000001-2")));
    arena_free(b.a);
}

static void what_was_confirmed_before_becomes_a_case_too(void **state)
{
    struct bench b = bench_new();

    b.kind = ENVELOPE_TRANSFER;
    send(&b);
    carry(&b);
    step(&b, ENVELOPE_RECEIVED, NULL, 0);
    assert_null(store_commit(b.s, b.a, HOUSEHOLD, run_case, &b));
    assert_int_equal(load(&b, HOUSEHOLD).casefile, 900);
    assert_int_equal(store_commit(b.s, b.a, HOUSEHOLD, run_case, &b)->kind, ERR_CONFLICT);
    arena_free(b.a);
}

static err run_noted(void *context, struct arena *a, struct tx *tx)
{
    const struct actor who = { .agency = DISTRICT, .staff = CLERK };

    (void)context;
    return envelope_noted(a, tx, &who, ID, 4000);
}

static struct envelope_wait waiting(struct bench *b, int64_t agency, int64_t unit, day today)
{
    const struct actor who = { .agency = agency, .unit = unit, .duties = DUTY(DUTY_OFFICER) };
    struct envelope_wait w;
    struct snap *snap;

    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(envelope_waiting(b->a, snap, &who, today, &w));
    snap_end(snap);
    return w;
}

static void what_comes_back_waits_at_the_sender(void **state)
{
    const struct actor officer = { .agency = DISTRICT, .duties = DUTY(DUTY_OFFICER) };
    struct bench b = bench_new();
    struct envelope *list;
    struct snap *snap;
    size_t count;

    send(&b);
    carry(&b);
    assert_int_equal(waiting(&b, HOUSEHOLD, 0, 100).in, 1);
    assert_int_equal(waiting(&b, DISTRICT, 0, 100).back, 0); /* on its way, no term */
    step(&b, ENVELOPE_REFUSED, NULL, 0);
    assert_int_equal(waiting(&b, HOUSEHOLD, 0, 100).in, 0);
    carry(&b);
    assert_int_equal(waiting(&b, DISTRICT, 0, 100).back, 1);
    assert_int_equal(waiting(&b, HOUSEHOLD, 0, 100).back, 0);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_list_back(b.a, snap, &officer, 100, 0, 10, &list, &count));
    snap_end(snap);
    assert_int_equal(count, 1);
    assert_true(list[0].unread);
    assert_null(store_commit(b.s, b.a, DISTRICT, run_noted, NULL));
    assert_null(store_commit(b.s, b.a, DISTRICT, run_noted, NULL)); /* once */
    assert_int_equal(waiting(&b, DISTRICT, 0, 100).back, 0);
    assert_int_equal(events(&b, DISTRICT), 3); /* sent, refused, noted */
    arena_free(b.a);
}

static void an_answer_that_is_overdue_waits_too(void **state)
{
    struct bench b = bench_new();

    b.reply_by = 200;
    b.unit = 5;
    send(&b);
    assert_int_equal(waiting(&b, DISTRICT, 5, 200).back, 0); /* the day itself is in time */
    assert_int_equal(waiting(&b, DISTRICT, 5, 201).back, 1);
    assert_int_equal(waiting(&b, DISTRICT, 6, 201).back, 0); /* another unit's */
    arena_free(b.a);
}

static void of_two_colleagues_one_is_first(void **state)
{
    struct bench b = bench_new();

    send(&b);
    carry(&b);
    step(&b, ENVELOPE_RECEIVED, NULL, 0);
    assert_int_equal(store_commit(b.s, b.a, HOUSEHOLD, run_step, &b)->kind, ERR_CONFLICT);
    assert_int_equal(events(&b, HOUSEHOLD), 2);
    arena_free(b.a);
}

struct findings {
    int faults;
    char all[4000];
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
    struct bench *b = context;

    return tx_run(a, tx, &b->damage, BIND(bind_int(b->id)));
}

static const struct {
    const char *story;
    struct query damage; /* ?1: the envelope */
    int64_t at;          /* whose check finds it */
    const char *want;    /* among what is said of it */
} damages[] = {
    { "a receipt was made an answer",
      { "UPDATE envelope SET state = 'answered' WHERE agency_id = 8 AND id = ?1", "i" },
      HOUSEHOLD, "its steps do not follow each other" },
    { "a step is gone",
      { "DELETE FROM envelope_step WHERE agency_id = 8 AND envelope_id = ?1 "
        "AND step = 'received'", "i" },
      HOUSEHOLD, "its steps do not follow each other" },
    { "a signature was changed",
      { "UPDATE envelope_step SET signature = hash WHERE agency_id = 7 AND envelope_id = ?1 "
        "AND step = 'received'", "i" },
      DISTRICT, "a step is not signed by who did it" },
    { "a hash was changed",
      { "UPDATE envelope_step SET hash = signature WHERE agency_id = 7 AND envelope_id = ?1 "
        "AND step = 'sent'", "i" },
      DISTRICT, "a step is not as its event tells" },
    { "the words of a step were taken from another one",
      { "UPDATE envelope_step SET body = (SELECT o.body FROM envelope_step o "
        "WHERE o.agency_id = 7 AND o.envelope_id = ?1 AND o.step = 'received') "
        "WHERE agency_id = 7 AND envelope_id = ?1 AND step = 'sent'", "i" },
      DISTRICT, "a step does not open" },
    { "the receiver has lost it",
      { "DELETE FROM envelope_step WHERE agency_id = 8 AND envelope_id = ?1 "
        "AND step = 'sent'", "i" },
      DISTRICT, "the other agency has not got this step" },
    { "a person was taken from another line",
      { "UPDATE envelope_line SET person = (SELECT o.person FROM envelope_line o "
        "WHERE o.agency_id = 8 AND o.envelope_id = ?1 AND o.number = 1) "
        "WHERE agency_id = 8 AND envelope_id = ?1 AND number = 2", "i" },
      HOUSEHOLD, "a line of its list does not open" },
    { "a person was taken out of the list",
      { "DELETE FROM envelope_line WHERE agency_id = 8 AND envelope_id = ?1 "
        "AND number = 2", "i" },
      HOUSEHOLD, "its list has not as many lines as were sent" },
};

static struct findings findings(struct bench *b, int64_t agency)
{
    struct findings f = { 0 };

    assert_null(envelope_check(b->a, b->s, b->k, agency, note, &f));
    return f;
}

static void the_check_finds_what_is_not_as_it_was(void **state)
{
    struct bench b = bench_new();

    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        b.id = ID + (int64_t)i;
        send(&b);
        carry(&b);
        step(&b, ENVELOPE_RECEIVED, NULL, 0);
        carry(&b);
        int before = findings(&b, damages[i].at).faults;

        assert_true(i > 0 || before == 0);
        b.damage = damages[i].damage;
        assert_null(store_commit(b.s, b.a, DISTRICT, run_damage, &b));
        struct findings f = findings(&b, damages[i].at);
        str said = str_format(b.a, "envelope %.*s: %s", STR_ARG(id_text(b.a, b.id)),
                              damages[i].want);

        if (f.faults <= before || str_find(str_of(f.all), said) < 0) {
            fail_msg("%s: \"%s\"", damages[i].story, f.all);
        }
    }
    arena_free(b.a);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_sent_and_answered_line_by_line),
        cmocka_unit_test(steps_are_proved_when_they_are_read),
        cmocka_unit_test(what_died_between_is_there_once),
        cmocka_unit_test(what_is_not_for_us_does_not_come_in),
        cmocka_unit_test(what_came_becomes_a_case_once),
        cmocka_unit_test(what_was_confirmed_before_becomes_a_case_too),
        cmocka_unit_test(what_comes_back_waits_at_the_sender),
        cmocka_unit_test(an_answer_that_is_overdue_waits_too),
        cmocka_unit_test(of_two_colleagues_one_is_first),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
