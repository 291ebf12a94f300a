/* Who applies for another: kept sealed with the hash in an event; what is not as it was is found
 * by `bianmin check`.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/check/check.h"
#include "kernel/casefile/receive/case_agent.h"
#include "kernel/proof/damage_test.h"

struct naming {
    int64_t casefile;
    struct case_agent agent;
};

static err run_put(void *context, struct arena *a, struct tx *tx)
{
    struct naming *n = context;

    return case_agent_put(a, tx, OFFICE, n->casefile, ME, NOW, &n->agent);
}

static int64_t named(struct bench *b)
{
    struct naming n = { .agent = { .name = STR("林小青"),
                                   .relation = STR("女兒"),
                                   .authority = STR("115.03.02 委託書"),
                                   .id_seen = true } };

    n.casefile = receive(b, wish_of(b, TODAY + 9, LEVEL_OFFICER)).id;
    assert_null(case_agent_seal(b->a, b->k, OFFICE, n.casefile, &n.agent));
    assert_null(store_commit(b->s, b->a, OFFICE, run_put, &n));
    return n.casefile;
}

static void an_agent_is_masked_until_the_case_is_shown(void **state)
{
    struct case_agent x;
    struct bench b;
    int64_t id;
    bool found;

    bench_open(&b);
    id = named(&b);
    assert_null(casefile_agent(b.a, look(&b), b.k, OFFICE, id, false, &x, &found));
    assert_true(found && x.id_seen);
    assert_true(str_equal(x.masked, STR("林○青")));
    assert_true(str_is_empty(x.name));
    assert_null(casefile_agent(b.a, look(&b), b.k, OFFICE, id, true, &x, &found));
    assert_true(str_equal(x.relation, STR("女兒")));
    assert_null(casefile_agent(b.a, look(&b), b.k, OFFICE, id + 1, true, &x, &found));
    assert_false(found);
    snap_end(b.snap);
    arena_free(b.a);
}

static const struct damage damages[] = {
    { "his identity was not seen",
      "case_agent",
      { "UPDATE case_agent SET id_seen = 0 WHERE agency_id = ?1 AND casefile_id = ?2",
        "ii" },
      NULL,
      NULL,
      "it is not as its event tells" },
    { "another person",
      "case_agent",
      { "UPDATE case_agent SET sealed = ?3 "
        "WHERE agency_id = ?1 AND casefile_id = ?2",
        "iib" },
      NULL,
      NULL,
      "it is not as its event tells" },
    { "he was never named",
      "case_agent",
      { "UPDATE case_agent SET casefile_id = casefile_id - 1 "
        "WHERE agency_id = ?1 AND casefile_id = ?2",
        "ii" },
      NULL,
      NULL,
      "he was named, but the row is gone" },
    { "he is gone",
      "case_agent",
      { "DELETE FROM case_agent WHERE agency_id = ?1 AND casefile_id = ?2", "ii" },
      NULL,
      NULL,
      "he was named, but the row is gone" },
};

static void the_check_finds_what_is_not_as_it_was(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct findings f = { 0 };
        struct bench b;

        bench_open(&b);
        (void)receive(&b, wish_of(&b, TODAY + 9, LEVEL_OFFICER)); /* without an agent */
        struct damaging d = { &damages[i], OFFICE, named(&b) };

        assert_null(casefile_agents_check(b.a, b.s, b.k, OFFICE, damage_note, &f));
        assert_int_equal(f.faults, 0);
        assert_null(store_commit(b.s, b.a, OFFICE, damage_run, &d));
        assert_null(casefile_agents_check(b.a, b.s, b.k, OFFICE, damage_note, &f));
        damage_is_found(d.damage, &f, 0);
        arena_free(b.a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_agent_is_masked_until_the_case_is_shown),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
