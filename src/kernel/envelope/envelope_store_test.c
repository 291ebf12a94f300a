/* Two agencies: each step is there once at both, whatever dies between; nothing else is seen.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/envelope/envelope_bench_test.h"

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
        cmocka_unit_test(of_two_colleagues_one_is_first),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
