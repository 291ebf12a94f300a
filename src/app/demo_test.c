/* The demo city is an office at work: people with every duty, matters in every state, all of
 * it sound.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo.h"
#include "base/arena.h"
#include "feature/records/records.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/check/check.h"
#include "kernel/casefile/worklist/worklist.h"
#include "kernel/envelope/envelope.h"
#include "kernel/fee/cash.h"
#include "kernel/once/once.h"
#include "kernel/party/party.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const day today = 20513; /* 2026-03-01 */

struct city {
    struct arena *a;
    struct store *s;
    struct keyring *k;
    struct snap *snap;
    char passwords[64], receipts[64];
    struct agency *offices;
    size_t offices_count;
};

static int build(void **state)
{
    static struct city c;
    err e;

    c.a = arena_new((size_t)512 << 20);
    assert_null(seal_start(c.a));
    assert_null(keyring_from_phrase(c.a, STR("demo test"), &c.k));
    assert_null(store_open_scratch(c.a, &c.s));
    snprintf(c.passwords, sizeof c.passwords, "/tmp/bianmin-demo-p-%d", (int)getpid());
    snprintf(c.receipts, sizeof c.receipts, "/tmp/bianmin-demo-r-%d", (int)getpid());
    e = demo_fill(c.a, c.s, c.k, &(struct demo_wish){ today, c.passwords, c.receipts });
    if (e != NULL) {
        fail_msg("%s: %.*s (%s)", e->say.id, STR_ARG(e->why), e->at);
    }
    assert_null(snap_begin(c.a, c.s, &c.snap));
    assert_null(agency_list(c.a, c.snap, &c.offices, &c.offices_count));
    *state = &c;
    return 0;
}

static int tear(void **state)
{
    struct city *c = *state;

    unlink(c->passwords);
    unlink(c->receipts);
    arena_free(c->a);
    return 0;
}

static void finding(void *context, bool sound, str line)
{
    if (!sound) {
        fail_msg("%.*s", STR_ARG(line));
    }
}

static void four_offices_and_the_city(void **state)
{
    struct city *c = *state;
    struct agency one;

    assert_int_equal(c->offices_count, 5);
    assert_null(agency_by_key(c->a, c->snap, STR("city"), &one));
    assert_int_equal(one.id, AGENCY_CITY);
    assert_null(agency_by_key(c->a, c->snap, STR("district"), &one));
    assert_null(agency_by_key(c->a, c->snap, STR("household"), &one));
    assert_null(agency_by_key(c->a, c->snap, STR("health"), &one));
    assert_null(agency_by_key(c->a, c->snap, STR("cityhall"), &one));
}

static void every_duty_at_each_office(void **state)
{
    struct city *c = *state;

    for (size_t i = 0; i < c->offices_count; i++) {
        struct staff *staff;
        size_t count;
        duty_set all = 0;

        if (c->offices[i].id == AGENCY_CITY) {
            continue;
        }
        assert_null(staff_list(c->a, c->snap, c->offices[i].id, today, &staff, &count));
        for (size_t n = 0; n < count; n++) {
            all |= staff[n].duties;
        }
        assert_int_equal(all, DUTY(DUTY_COUNT) - 1);
    }
}

static size_t cases_in(struct city *c, int64_t office, int state)
{
    struct actor head = { .agency = office, .staff = 1, .duties = DUTY(DUTY_HEAD) };
    struct case_query q = { .list = LIST_ALL, .state = state };
    size_t count;

    assert_null(casefile_count(c->a, c->snap, &head, &q, &count));
    return count;
}

static void matters_in_every_state(void **state)
{
    struct city *c = *state;
    size_t all = 0;

    for (int s = 0; s < CASE_STATES; s++) {
        size_t count = 0;

        for (size_t i = 0; i < c->offices_count; i++) {
            count += cases_in(c, c->offices[i].id, s);
        }
        print_message("# %s: %zu\n", case_state_key[s].at, count);
        if (count < 3) {
            fail_msg("%zu in %s", count, case_state_key[s].at);
        }
        all += count;
    }
    assert_in_range(all, 180, 380);
}

static void all_of_it_is_sound(void **state)
{
    struct city *c = *state;

    assert_null(store_check(c->a, c->s, finding, NULL));
    for (size_t i = 0; i < c->offices_count; i++) {
        assert_null(casefile_check(c->a, c->s, c->offices[i].id, finding, NULL));
        assert_null(records_check(c->a, c->s, c->k, c->offices[i].id, finding, NULL));
        assert_null(once_check(c->a, c->s, c->k, c->offices[i].id, finding, NULL));
        assert_null(envelope_check(c->a, c->s, c->k, c->offices[i].id, finding, NULL));
        assert_null(fee_check(c->a, c->s, c->k, c->offices[i].id, finding, NULL));
    }
}

static const struct {
    const char *sentence;
    struct query q;
    int64_t least;
} traces[] = {
    { "receipts were given", { "SELECT COUNT(*) FROM fee_receipt", "" }, 5 },
    { "daily sheets were closed", { "SELECT COUNT(*) FROM fee_sheet", "" }, 3 },
    { "and paid in by somebody else",
      { "SELECT COUNT(*) FROM fee_sheet WHERE slip_number <> '' AND slip_by <> staff_id", "" }, 2 },
    { "letters went out with number and date",
      { "SELECT COUNT(*) FROM letter WHERE state = 'issued' AND document_number <> ''", "" }, 10 },
    { "seals were used, some wait for the keeper",
      { "SELECT COUNT(*) FROM seal_use WHERE sealed_ms > 0", "" }, 5 },
    { "registers were looked at in place of papers", { "SELECT COUNT(*) FROM lookup", "" }, 8 },
    { "what was decided was looked at again", { "SELECT COUNT(*) FROM review", "" }, 3 },
    { "papers went round, and some read them",
      { "SELECT COUNT(*) FROM circulation_reader WHERE read_ms > 0", "" }, 20 },
    { "some did not yet", { "SELECT COUNT(*) FROM circulation_reader WHERE read_ms = 0", "" }, 5 },
    { "people told how it felt", { "SELECT COUNT(*) FROM feeling", "" }, 10 },
    { "services were counted in two keys", { "SELECT COUNT(*) FROM tally", "" }, 100 },
    { "sheets hang on the walls", { "SELECT COUNT(*) FROM posting", "" }, 12 },
    { "services were looked at again", { "SELECT COUNT(*) FROM service_look", "" }, 12 },
    { "applicants were told", { "SELECT COUNT(*) FROM notice", "" }, 20 },
    { "envelopes went from office to office, each in two boxes",
      { "SELECT COUNT(*) FROM envelope", "" }, 16 },
    { "one was refused, and the sender has not seen it",
      { "SELECT COUNT(*) FROM envelope WHERE state = 'refused' AND unread = 1", "" }, 1 },
    { "some were answered", { "SELECT COUNT(*) FROM envelope WHERE state = 'answered'", "" }, 4 },
    { "one has not been taken by anybody",
      { "SELECT COUNT(*) FROM envelope WHERE state = 'sent' AND is_out = 0", "" }, 1 },
    { "an answer is overdue",
      { "SELECT COUNT(*) FROM envelope WHERE state = 'received' AND reply_day > 0 "
        "AND is_out = 1", "" }, 1 },
    { "nothing waits to be brought", { "SELECT 1 - MAX(carry) FROM envelope_step", "" }, 1 },
    { "people were told once what was missing", { "SELECT COUNT(*) FROM once_notice", "" }, 8 },
    { "some came back with it", { "SELECT COUNT(*) FROM once_back", "" }, 2 },
    { "fees were paid on line",
      { "SELECT COUNT(*) FROM fee_payment WHERE state = 'paid'", "" }, 2 },
    { "one card was refused",
      { "SELECT COUNT(*) FROM fee_payment WHERE state = 'failed'", "" }, 1 },
    { "who waited too long was told", { "SELECT COUNT(*) FROM case_told", "" }, 3 },
};

static void the_last_weeks_left_their_traces(void **state)
{
    struct city *c = *state;

    for (size_t i = 0; i < sizeof traces / sizeof traces[0]; i++) {
        struct table t;

        assert_null(snap_one(c->a, c->snap, &traces[i].q, NO_VALUES, &t));
        print_message("# %s: %lld\n", traces[i].sentence, (long long)cell_int(&t, 0, 0));
        if (cell_int(&t, 0, 0) < traces[i].least) {
            fail_msg("%s: %lld", traces[i].sentence, (long long)cell_int(&t, 0, 0));
        }
    }
}

static const struct query latest_sql = {
    "SELECT MAX(at_ms), COUNT(*) FROM event WHERE agency_id = ?1", "i",
};
static const struct query backwards_sql = {
    "SELECT COUNT(*) FROM event e JOIN event f ON f.agency_id = e.agency_id "
    "AND f.seq = e.seq + 1 WHERE e.agency_id = ?1 AND f.at_ms < e.at_ms", "i",
};

static void time_goes_forward_and_ends_before_today(void **state)
{
    struct city *c = *state;

    for (size_t i = 0; i < c->offices_count; i++) {
        struct table t;

        assert_null(snap_one(c->a, c->snap, &latest_sql, BIND(bind_int(c->offices[i].id)), &t));
        assert_true(cell_int(&t, 0, 0) < day_begins_ms(today));
        assert_null(snap_one(c->a, c->snap, &backwards_sql, BIND(bind_int(c->offices[i].id)),
                             &t));
        assert_int_equal(cell_int(&t, 0, 0), 0);
    }
}

static void passwords_are_for_the_owner_alone(void **state)
{
    struct city *c = *state;
    struct stat st;
    char line[256], name[64], password[64], duties[64];
    FILE *f = fopen(c->passwords, "r");
    int lines = 0;

    assert_int_equal(stat(c->passwords, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    while (fgets(line, sizeof line, f) != NULL) {
        assert_int_equal(sscanf(line, "%63[^\t]\t%63[^\t]\t%63s", name, password, duties), 3);
        if (str_equal(str_of(name), STR("clerk@district"))) {
            struct agency office;
            struct staff clerk;
            str stored;

            assert_null(agency_by_key(c->a, c->snap, STR("district"), &office));
            assert_null(staff_by_sign_name(c->a, c->snap, office.id, STR("clerk"), today,
                                           &clerk));
            assert_null(staff_password(c->a, c->snap, office.id, clerk.id, &stored));
            assert_true(password_matches(stored, str_of(password)));
        }
        lines++;
    }
    fclose(f);
    assert_in_range(lines, 60, 120);
}

static void a_receipt_follows_its_case(void **state)
{
    struct city *c = *state;
    char office[32], number[32], code[32];
    struct agency agency;
    struct casefile found;
    FILE *f = fopen(c->receipts, "r");

    assert_int_equal(fscanf(f, "%31s %31s %31s", office, number, code), 3);
    fclose(f);
    assert_null(agency_by_key(c->a, c->snap, str_of(office), &agency));
    assert_null(casefile_by_code(c->a, c->snap, c->k, agency.id, str_of(number), str_of(code),
                                 &found));
}

static void a_deputy_has_work_today(void **state)
{
    struct city *c = *state;
    struct agency office;
    struct staff *staff;
    size_t count, standing = 0;

    assert_null(agency_by_key(c->a, c->snap, STR("district"), &office));
    assert_null(staff_list(c->a, c->snap, office.id, today, &staff, &count));
    for (size_t i = 0; i < count; i++) {
        struct actor who;

        assert_null(actor_load(c->a, c->snap, office.id, staff[i].id, today, &who));
        standing += who.stands_for_count;
    }
    assert_int_equal(standing, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_offices_and_the_city),
        cmocka_unit_test(every_duty_at_each_office),
        cmocka_unit_test(matters_in_every_state),
        cmocka_unit_test(the_last_weeks_left_their_traces),
        cmocka_unit_test(all_of_it_is_sound),
        cmocka_unit_test(time_goes_forward_and_ends_before_today),
        cmocka_unit_test(passwords_are_for_the_owner_alone),
        cmocka_unit_test(a_receipt_follows_its_case),
        cmocka_unit_test(a_deputy_has_work_today),
    };

    return cmocka_run_group_tests(tests, build, tear);
}
