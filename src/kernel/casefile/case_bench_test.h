/* case_bench_test — for tests: a scratch store with an office of five people, and an application
 * that is received as often as asked.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_BENCH_TEST_H
#define BIANMIN_KERNEL_CASEFILE_CASE_BENCH_TEST_H

#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/receive/receive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A test may leave some of it unused. */
#define BENCH __attribute__((unused)) static

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

BENCH err put_people(void *context, struct arena *a, struct tx *tx)
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

BENCH void bench_open(struct bench *b)
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
BENCH struct snap *look(struct bench *b)
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
BENCH err run_receive(void *context, struct arena *a, struct tx *tx)
{
    struct receiving *r = context;

    return casefile_receive(a, tx, r->b->k, &r->wish, &r->receipt);
}

BENCH str lasting(struct bench *b, str s)
{
    return str_copy(b->a, s);
}

/* An application with a sealed name and a plain choice. */
BENCH struct case_wish wish_of(struct bench *b, day due, enum level level)
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

BENCH struct case_receipt receive(struct bench *b, struct case_wish w)
{
    struct receiving r = { .b = b, .wish = w };

    assert_null(store_commit(b->s, b->a, OFFICE, run_receive, &r));
    r.receipt.number = lasting(b, r.receipt.number);
    r.receipt.code = lasting(b, r.receipt.code);
    return r.receipt;
}

BENCH struct casefile load(struct bench *b, int64_t id)
{
    struct casefile c;
    struct snap *snap = look(b);

    assert_null(casefile_load(b->a, snap, OFFICE, id, &c));
    snap_end(snap);
    return c;
}

BENCH struct actor person(struct bench *b, int64_t staff)
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
BENCH err run_act(void *context, struct arena *a, struct tx *tx)
{
    struct acting *act = context;

    return casefile_act(a, tx, &act->wish, &act->after);
}

BENCH struct act_wish act_of(struct bench *b, int64_t id, int64_t staff, enum case_act act)
{
    return (struct act_wish){
        .act = act, .agency = OFFICE, .id = id, .changes = load(b, id).changes,
        .now_ms = NOW + HOUR, .who = person(b, staff), .grant = true,
        .document_day = DAY_NONE,
    };
}

/* Prepares and commits as a page does; the kind of refusal, or -1. */
BENCH int do_wish(struct bench *b, struct act_wish w, const char *note)
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

BENCH int act(struct bench *b, int64_t id, int64_t staff, enum case_act what, const char *note)
{
    return do_wish(b, act_of(b, id, staff, what), note);
}

#endif
