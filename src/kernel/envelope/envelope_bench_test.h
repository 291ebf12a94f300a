/* envelope_bench_test — for tests: two agencies of one installation, an envelope between
 * them, and its steps.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_ENVELOPE_BENCH_TEST_H
#define BIANMIN_KERNEL_ENVELOPE_BENCH_TEST_H

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

#define BENCH __attribute__((unused)) static

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

BENCH err run_offices(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;
    const struct actor who = { .agency = AGENCY_CITY };
    const struct agency city = { .id = AGENCY_CITY, .key = STR("city"), .case_prefix = STR("CT") };

    TRY(agency_put(a, tx, &who, 1, &city));
    TRY(agency_put(a, tx, &who, 1, &b->from));
    return agency_put(a, tx, &who, 1, &b->to);
}

BENCH err run_step(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return envelope_step_put(a, tx, &b->post);
}

BENCH err run_line(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return envelope_lines_answer(a, tx, HOUSEHOLD, ID, &b->line, 1);
}

BENCH struct bench bench_new(void)
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

BENCH void send(struct bench *b)
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

BENCH void step(struct bench *b, enum envelope_step what, struct envelope_person *persons,
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

BENCH void carry(struct bench *b)
{
    assert_null(job_run_whole(b->a, b->s, &envelope_carry_job, b->k, 3000));
}

BENCH struct envelope load(struct bench *b, int64_t agency)
{
    struct snap *snap;
    struct envelope e;

    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(envelope_load(b->a, snap, agency, ID, &e));
    snap_end(snap);
    return e;
}

BENCH const struct query events_sql = {
    "SELECT COUNT(*) FROM event WHERE agency_id = ?1 AND kind LIKE 'envelope.%'", "i",
};

BENCH int64_t events(struct bench *b, int64_t agency)
{
    struct snap *snap;
    struct table t;

    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(snap_one(b->a, snap, &events_sql, BIND(bind_int(agency)), &t));
    snap_end(snap);
    return cell_int(&t, 0, 0);
}

#endif
