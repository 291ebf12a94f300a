/* Words of an envelope go out and come back; files, cards, lists of persons; what is hostile is
 * refused with words.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/envelope/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "host/seal/seal.h"
#include "kernel/envelope/envelope.h"

enum { DISTRICT = 7, HOUSEHOLD = 8 };

struct bench {
    struct arena *a;
    struct keyring *k, *other;
    struct envelope_message m;
    struct envelope_person persons[2];
    struct envelope_field field;
};

static struct bench bench_new(void)
{
    struct bench b = { .a = arena_new(0) };

    assert_null(seal_start(b.a));
    assert_null(keyring_from_phrase(b.a, STR("here"), &b.k));
    assert_null(keyring_from_phrase(b.a, STR("there"), &b.other));
    b.persons[0] = (struct envelope_person){ .number = 1, .name = STR("林小青"),
                                             .national_id = STR("A123456789") };
    b.persons[1] = (struct envelope_person){ .number = 2, .name = STR("\"王\" <b>"),
                                             .national_id = STR("B223456785"),
                                             .result = RESULT_FOUND, .answer = STR("一筆") };
    b.field = (struct envelope_field){ STR("地段"), STR("青埔段"), STR("section"),
                                       STR("\"青埔段\"") };
    b.m = (struct envelope_message){
        .step = ENVELOPE_SENT, .kind = ENVELOPE_QUERY, .at_ms = 1000, .subject = STR("三月名單"),
        .purpose = STR("低收入戶審核"), .law = STR("社會救助法 4"), .reply_by = 20000,
        .from = { STR("district"), { .in = { STR("青埔區公所"), STR("District"), STR("") } },
                  seal_public_key(b.a, b.k, DISTRICT) },
        .to = { STR("household"), { .in = { STR("戶政事務所"), STR(""), STR("") } },
                seal_public_key(b.a, b.other, HOUSEHOLD) },
    };
    b.m.uid = envelope_uid(b.a, b.m.from.public_key, 12345);
    return b;
}

static void words_come_back_as_they_went(void **state)
{
    struct bench b = bench_new();
    struct envelope_message back;
    str body, again;

    b.m.persons = b.persons;
    b.m.persons_count = 2;
    b.m.fields = &b.field;
    b.m.fields_count = 1;
    b.m.health = true;
    b.m.consent = (struct envelope_consent){ STR("林小青"), STR("同意書"), 19000 };
    assert_null(message_write(b.a, &b.m, &body));
    assert_null(message_read(b.a, body, &back));
    assert_true(back.health);
    assert_int_equal(back.consent.on, 19000);
    assert_true(str_equal(back.consent.paper, STR("同意書")));
    assert_null(message_write(b.a, &back, &again));
    assert_true(str_equal(body, again));
    assert_true(str_equal(back.persons[1].name, STR("\"王\" <b>")));
    assert_int_equal(back.reply_by, 20000);
    arena_free(b.a);
}

/* One piece of the words is changed. */
static const struct {
    const char *story, *from, *to;
} hostile[] = {
    { "another format", "bianmin-envelope-1", "bianmin-envelope-2" },
    { "a step that there is not", "\"sent\"", "\"burnt\"" },
    { "a kind that there is not", "\"query\"", "\"order\"" },
    { "an id of another sender", "\"uid\":\"", "\"uid\":\"0" },
    { "a key that is none", "\"public\":\"", "\"public\":\"zz" },
    { "persons that are not numbered", "\"number\":2", "\"number\":3" },
    { "a number out of all bounds", "\"number\":1", "\"number\":4294967297" },
    { "a result that there is not", "\"found\"", "\"maybe\"" },
    { "persons that are no list", "\"persons\":[", "\"persons\":1,\"x\":[" },
    { "no day", "2024-10-04", "2024-13-04" },
    { "no time", "\"at\":1000", "\"at\":0" },
    { "data about health without a consent", "\"fields\":[", "\"health\":{},\"fields\":[" },
    { "health that is no consent", "\"fields\":[", "\"health\":1,\"fields\":[" },
    { "a consent on no paper", "\"fields\":[",
      "\"health\":{\"who\":\"x\",\"on\":\"2026-03-01\"},\"fields\":[" },
    { "half of it", "}]}", "" },
};

static str replaced(struct arena *a, str s, const char *from, const char *to)
{
    ptrdiff_t at = str_find(s, str_of(from));

    assert_true(at >= 0);
    return str_format(a, "%.*s%s%.*s", (int)at, s.at, to,
                      (int)(s.len - (size_t)at - strlen(from)), s.at + at + strlen(from));
}

static void hostile_words_are_refused(void **state)
{
    struct bench b = bench_new();
    struct envelope_message back;
    str body;

    b.m.persons = b.persons;
    b.m.persons_count = 2;
    assert_null(message_write(b.a, &b.m, &body));
    for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
        str bad = replaced(b.a, body, hostile[i].from, hostile[i].to);
        err e = message_read(b.a, bad, &back);

        if (e == NULL || e->kind != ERR_INPUT || e->say.id == NULL) {
            fail_msg("%s", hostile[i].story);
        }
    }
    arena_free(b.a);
}

static void a_file_opens_for_its_receiver_alone(void **state)
{
    struct bench b = bench_new();
    str body, signature, file, got, sign, key;

    assert_null(message_write(b.a, &b.m, &body));
    assert_null(seal_sign(b.a, b.k, DISTRICT, body, &signature));
    assert_null(envelope_file_write(b.a, body, signature, b.m.from.public_key,
                                    b.m.to.public_key, &file));
    assert_true(str_find(file, STR("三月")) < 0);
    assert_null(envelope_file_read(b.a, b.other, HOUSEHOLD, file, &got, &sign, &key));
    assert_true(str_equal(got, body));
    assert_true(seal_signed_by(key, got, sign));
    assert_int_equal(envelope_file_read(b.a, b.k, HOUSEHOLD, file, &got, &sign, &key)->kind,
                     ERR_INPUT);
    assert_int_equal(envelope_file_read(b.a, b.other, DISTRICT, file, &got, &sign, &key)->kind,
                     ERR_INPUT);
    assert_int_equal(envelope_file_read(b.a, b.other, HOUSEHOLD, STR("{}"), &got, &sign,
                                        &key)->kind, ERR_INPUT);
    arena_free(b.a);
}

static void a_card_tells_a_key(void **state)
{
    struct bench b = bench_new();
    struct envelope_party p;
    str card;

    assert_null(card_write(b.a, &b.m.from, &card));
    assert_null(card_read(b.a, card, &p));
    assert_true(str_equal(p.public_key, b.m.from.public_key));
    assert_int_equal(envelope_fingerprint(b.a, p.public_key).len, 39);
    assert_int_equal(card_read(b.a, STR("[]"), &p)->kind, ERR_INPUT);
    assert_int_equal(card_read(b.a, replaced(b.a, card, "\"public\":\"", "\"public\":\"ff"),
                               &p)->kind, ERR_INPUT);
    arena_free(b.a);
}

static const struct {
    const char *story, *csv;
    size_t persons, mistakes;
} lists[] = {
    { "by titles, in any order", "身分證字號,姓名\nA123456789,林小青\n", 1, 0 },
    { "without titles: name first", "林小青,A123456789,79.3.15,低收\n", 1, 0 },
    { "full width and small letters", "林小青,ａ123456789\n", 1, 0 },
    { "copied from a spreadsheet", "姓名\t統一編號\n林小青\tA123456789\n", 1, 0 },
    { "a wrong number", "林小青,A123456780\n", 1, 1 },
    { "no number, no name", ",,,x\n", 1, 2 },
    { "31 April", "林小青,A123456789,115.4.31\n", 1, 1 },
    { "the same person twice", "林小青,A123456789\n林小青,A123456789\n", 2, 1 },
    { "nothing", "", 0, 0 },
    { "titles alone", "姓名,身分證字號\n", 0, 0 },
};

static void lists_are_read_line_by_line(void **state)
{
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct arena *a = arena_new(0);
        struct envelope_person *p;
        struct mistakes m;
        size_t count;

        mistakes_init(&m, a);
        assert_null(persons_read(a, str_of(lists[i].csv), &m, &p, &count));
        if (count != lists[i].persons || m.count != lists[i].mistakes) {
            fail_msg("%s: %zu persons, %zu mistakes", lists[i].story, count, m.count);
        }
        if (count > 0 && m.count == 0) {
            assert_true(str_equal(p[0].national_id, STR("A123456789")));
        }
        arena_free(a);
    }
}

static const struct {
    const char *story, *csv;
    size_t answers, mistakes;
} answers[] = {
    { "found, nothing, unknown", "1,found,一筆\n2,無\n", 2, 0 },
    { "titles are passed over", "編號,結果,內容\n2,無法提供,機密\n", 1, 0 },
    { "a number that is not on the list", "3,found\n", 0, 1 },
    { "another word", "1,maybe\n", 0, 1 },
};

static void answers_are_read(void **state)
{
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct arena *a = arena_new(0);
        struct envelope_person *p;
        struct mistakes m;
        size_t count;

        mistakes_init(&m, a);
        assert_null(answers_csv_read(a, str_of(answers[i].csv), 2, &m, &p, &count));
        if (count != answers[i].answers || m.count != answers[i].mistakes) {
            fail_msg("%s: %zu, %zu", answers[i].story, count, m.count);
        }
        arena_free(a);
    }
}

static const struct {
    const char *story;
    bool out;
    enum envelope_step state, step;
    bool arrives, want;
} moves[] = {
    { "the receiver confirms", false, ENVELOPE_SENT, ENVELOPE_RECEIVED, false, true },
    { "the sender does not", true, ENVELOPE_SENT, ENVELOPE_RECEIVED, false, false },
    { "the confirmation comes to the sender", true, ENVELOPE_SENT, ENVELOPE_RECEIVED, true, true },
    { "refused at once", false, ENVELOPE_SENT, ENVELOPE_REFUSED, false, true },
    { "refused later", false, ENVELOPE_RECEIVED, ENVELOPE_REFUSED, false, true },
    { "no answer before the receipt", false, ENVELOPE_SENT, ENVELOPE_ANSWERED, false, false },
    { "by file the answer may come first", true, ENVELOPE_SENT, ENVELOPE_ANSWERED, true, true },
    { "and the receipt behind it", true, ENVELOPE_ANSWERED, ENVELOPE_RECEIVED, true, true },
    { "what was refused is not answered", false, ENVELOPE_REFUSED, ENVELOPE_ANSWERED, false, false },
    { "what was answered is not refused", true, ENVELOPE_ANSWERED, ENVELOPE_REFUSED, true, false },
    { "nothing is sent twice", false, ENVELOPE_SENT, ENVELOPE_SENT, true, false },
};

static void steps_follow_one_another(void **state)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        const struct envelope e = { .out = moves[i].out, .state = moves[i].state };

        if (envelope_may_step(&e, moves[i].step, moves[i].arrives) != moves[i].want) {
            fail_msg("%s", moves[i].story);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_come_back_as_they_went),
        cmocka_unit_test(hostile_words_are_refused),
        cmocka_unit_test(a_file_opens_for_its_receiver_alone),
        cmocka_unit_test(a_card_tells_a_key),
        cmocka_unit_test(lists_are_read_line_by_line),
        cmocka_unit_test(answers_are_read),
        cmocka_unit_test(steps_follow_one_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
