/* letter_bench_test — for tests: an office with one form, and letters of its cases.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_LETTER_BENCH_TEST_H
#define BIANMIN_KERNEL_LETTER_BENCH_TEST_H

#include "kernel/casefile/act/act.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/letter/letter.h"

BENCH const str keys[] = { STR_INIT("name") };
BENCH const struct service_letter forms[] = {
    { .key = STR_INIT("certificate"),
      .kind = LETTER_CERTIFICATE,
      .when = LETTER_GRANTED,
      .seal = SEAL_OFFICE,
      .series = STR_INIT("zoning"),
      .valid_months = 8,
      .fields = keys },
};
BENCH const struct service offered = {
    .key = STR_INIT("zoning"),
    .version = 3,
    .letters = forms,
    .letters_count = 1,
    .name = { { STR_INIT("土地使用分區證明") } },
    .law = { { STR_INIT("都市計畫法第 6 條") } },
    .keep_years = 5,
};
BENCH const struct agency office = {
    .id = OFFICE,
    .key = STR_INIT("district"),
    .name = { { STR_INIT("青埔區公所") } },
};

struct run {
    struct bench *b;
    struct letter letter;
    struct letter_issue issue;
    err (*what)(struct arena *a, struct tx *tx, struct run *r);
    struct query damage;
    int64_t before;
};

BENCH err run_it(void *context, struct arena *a, struct tx *tx)
{
    struct run *r = context;

    return r->what(a, tx, r);
}
BENCH int done(struct bench *b, struct run *r,
                err (*what)(struct arena *, struct tx *, struct run *))
{
    r->what = what;
    err e = store_commit(b->s, b->a, OFFICE, run_it, r);

    return e == NULL ? -1 : (int)e->kind;
}
BENCH err do_draft(struct arena *a, struct tx *tx, struct run *r)
{
    return letter_draft(a, tx, &r->letter);
}
BENCH err do_change(struct arena *a, struct tx *tx, struct run *r)
{
    return letter_change(a, tx, &r->letter, ME, NOW);
}
BENCH err do_issue(struct arena *a, struct tx *tx, struct run *r)
{
    struct letter l;

    TRY(letter_issue(a, tx, &r->issue, &l));
    r->letter.number = lasting(r->b, l.number);
    r->letter.valid_until = l.valid_until;
    r->letter.day = l.day;
    return NULL;
}
BENCH err do_withdraw(struct arena *a, struct tx *tx, struct run *r)
{
    return letter_withdraw(a, tx, OFFICE, r->letter.id, STR("sealed"), ME, NOW);
}
BENCH err do_seal(struct arena *a, struct tx *tx, struct run *r)
{
    return seal_use_done(a, tx, OFFICE, r->issue.seal_id, CHIEF, NOW + HOUR);
}

/* A letter of a case that is decided, or not yet: OUTCOME_NONE. */
BENCH struct run drafted_of(struct bench *b, const char *form, enum case_outcome outcome)
{
    struct casefile c = load(b, receive(b, wish_of(b, DAY_NONE, LEVEL_OFFICER)).id);

    if (outcome != OUTCOME_NONE) {
        struct act_wish w = act_of(b, c.id, ME, ACT_TAKE);

        assert_int_equal(do_wish(b, w, ""), -1);
        w = act_of(b, c.id, ME, ACT_PROPOSE);
        w.outcome = outcome;
        assert_int_equal(do_wish(b, w, "資料核對"), -1);
        c = load(b, c.id);
    }
    struct letter_start f = {
        .agency = &office,
        .service = &offered,
        .casefile = &c,
        .form = str_of(form),
        .name = STR("王小明"),
        .id = ++b->next,
        .staff = ME,
        .now_ms = NOW,
        .authority = { { STR("雲川市政府") } },
    };
    struct run r = { .b = b };

    assert_null(letter_begin(b->a, b->k, &f, &r.letter));
    assert_int_equal(done(b, &r, do_draft), -1);
    r.issue = (struct letter_issue){ .agency = OFFICE,
                                     .service = &offered,
                                     .id = r.letter.id,
                                     .changes = 1,
                                     .staff = ME,
                                     .now_ms = NOW,
                                     .seal_id = ++b->next,
                                     .day = day_of(2026, 3, 2),
                                     .approved_by = CHIEF };
    return r;
}

BENCH struct run drafted(struct bench *b, const char *form)
{
    return drafted_of(b, form, OUTCOME_GRANTED);
}

BENCH struct letter now(struct bench *b, int64_t id)
{
    struct letter l;
    struct snap *snap = look(b);

    assert_null(letter_load(b->a, snap, OFFICE, id, &l));
    snap_end(snap);
    return l;
}

#endif
