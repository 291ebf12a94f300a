/* Closures and official years on a real store: what holds, what was, what must be gone
 * through.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/calendar/import.h"
#include "kernel/party/party.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define OFFICE 7
#define FRIDAY 20644 /* 2026-07-10 */

struct step {
    enum { PUT_OFFICES, ADD, PROPOSE, GO, YEAR, WENT, TAKE_BACK } what;
    struct closure closure;
    enum closure_state to;
    struct calendar_change change;
    bool is_done;
};

static const struct actor clerk = { .agency = OFFICE, .staff = 99 };

static err offices_put(struct arena *a, struct tx *tx)
{
    struct agency city = { .id = AGENCY_CITY,
                           .key = STR("city"),
                           .case_prefix = STR("CT"),
                           .name = { { STR("雲川市"), STR(""), STR("") } } };
    struct agency office = { .id = OFFICE,
                             .key = STR("district"),
                             .case_prefix = STR("DA"),
                             .name = { { STR("安和區公所"), STR(""), STR("") } } };

    TRY(agency_put(a, tx, &clerk, 1000, &city));
    return agency_put(a, tx, &clerk, 1000, &office);
}

static err run_step(void *context, struct arena *a, struct tx *tx)
{
    const struct step *s = context;
    struct office_day off = { FRIDAY + 3, 0, STR("測試") };
    struct official_year year = { 2026, &off, 1, false };
    bool is_new;

    switch (s->what) {
    case PUT_OFFICES:
        return offices_put(a, tx);
    case ADD:
        return closure_add(a, tx, &clerk, 2000, &s->closure);
    case PROPOSE:
        TRY(closure_propose(a, tx, 2000, &s->closure, &is_new));
        return is_new == (s->closure.id == 5) ? NULL : err_no_memory;
    case GO:
        return closure_step(a, tx, &clerk, 3000, s->closure.agency, s->closure.id, s->to);
    case YEAR:
        return calendar_year_put(a, tx, &clerk, 4000, s->closure.agency, 40, STR("115.csv"),
                                 STR("hash"), &year, &is_new);
    case WENT:
        return calendar_change_went(a, tx, 5000, &s->change, s->is_done);
    case TAKE_BACK:
        TRY(closure_taken_back(a, tx, 6000, s->closure.agency, &s->closure.span, &is_new));
        return is_new == s->is_done ? NULL : err_no_memory;
    }
    return NULL;
}

static err step(struct store *s, struct arena *a, struct step what)
{
    return store_commit(s, a, OFFICE, run_step, &what);
}

static struct closure typhoon(int64_t agency, int64_t id)
{
    return (struct closure){
        .agency = agency,
        .id = id,
        .span = { .day = FRIDAY, .until_minute = CLOSURE_WHOLE, .reason = STR("颱風") },
    };
}

static bool is_open(struct store *s, int64_t agency, day d)
{
    struct arena *a = arena_new(0);
    const struct calendar *c = NULL;
    struct snap *snap;

    assert_null(snap_begin(a, s, &snap));
    assert_null(calendar_load(a, snap, agency, &c));
    bool open = calendar_is_open(c, d);
    arena_free(a);
    return open;
}

static struct store *begin(struct arena *a)
{
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    assert_null(step(s, a, (struct step){ .what = PUT_OFFICES }));
    return s;
}

static void a_closure_of_the_city_holds_for_its_offices(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s = begin(a);
    struct closure *list;
    struct snap *snap;
    size_t count;

    assert_true(is_open(s, OFFICE, FRIDAY));
    assert_null(step(s, a, (struct step){ ADD, .closure = typhoon(AGENCY_CITY, 3) }));
    assert_false(is_open(s, OFFICE, FRIDAY));
    assert_false(is_open(s, AGENCY_CITY, FRIDAY));
    err e = step(s, a, (struct step){ ADD, .closure = typhoon(AGENCY_CITY, 4) });
    assert_int_equal(e->kind, ERR_CONFLICT);
    assert_null(step(
        s, a,
        (struct step){ GO, .closure = typhoon(AGENCY_CITY, 3), .to = CLOSURE_WITHDRAWN }));
    assert_true(is_open(s, OFFICE, FRIDAY));
    e = step(
        s, a,
        (struct step){ GO, .closure = typhoon(AGENCY_CITY, 3), .to = CLOSURE_WITHDRAWN });
    assert_int_equal(e->kind, ERR_CONFLICT);
    /* Withdrawn, it is still told. */
    assert_null(snap_begin(a, s, &snap));
    assert_null(closure_list(a, snap, OFFICE, FRIDAY - 1, &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].state, CLOSURE_WITHDRAWN);
    assert_true(list[0].span.of_city);
    snap_end(snap);
    arena_free(a);
}

static void a_closure_of_one_office_is_its_own(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s = begin(a);

    assert_null(step(s, a, (struct step){ ADD, .closure = typhoon(OFFICE, 3) }));
    assert_false(is_open(s, OFFICE, FRIDAY));
    assert_true(is_open(s, AGENCY_CITY, FRIDAY));
    arena_free(a);
}

static void what_a_feed_says_waits_for_a_person(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s = begin(a);
    struct closure c = typhoon(AGENCY_CITY, 5), again = typhoon(AGENCY_CITY, 6);

    c.source_key = again.source_key = STR("ncdr-33-1");
    assert_null(step(s, a, (struct step){ PROPOSE, .closure = c }));
    assert_null(step(s, a, (struct step){ PROPOSE, .closure = again }));
    assert_true(is_open(s, OFFICE, FRIDAY));
    assert_null(step(s, a, (struct step){ GO, .closure = c, .to = CLOSURE_HOLDS }));
    assert_false(is_open(s, OFFICE, FRIDAY));
    arena_free(a);
}

static enum closure_state state_of(struct store *s, int64_t id)
{
    struct arena *a = arena_new(0);
    struct closure c;
    struct snap *snap;

    assert_null(snap_begin(a, s, &snap));
    assert_null(closure_load(a, snap, OFFICE, id, &c));
    arena_free(a);
    return c.state;
}

/* `is_done`: whether something is there to be taken back. */
static void what_a_feed_takes_back_waits_for_a_person_too(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s = begin(a);
    struct closure fed = typhoon(OFFICE, 5), by_hand = typhoon(OFFICE, 7);
    struct closure other = typhoon(OFFICE, 5);

    fed.source_key = STR("ncdr-33-1");
    by_hand.span.day = FRIDAY + 3;
    other.span.until_minute = 720;
    assert_null(step(s, a, (struct step){ TAKE_BACK, .closure = fed }));
    assert_null(step(s, a, (struct step){ PROPOSE, .closure = fed }));
    assert_null(step(s, a, (struct step){ TAKE_BACK, .closure = other })); /* other hours */
    assert_null(step(s, a, (struct step){ GO, .closure = fed, .to = CLOSURE_HOLDS }));
    assert_null(step(s, a, (struct step){ TAKE_BACK, .closure = fed, .is_done = true }));
    assert_null(step(s, a, (struct step){ TAKE_BACK, .closure = fed })); /* once */
    assert_int_equal(state_of(s, 5), CLOSURE_DOUBTED);
    assert_false(is_open(s, OFFICE, FRIDAY)); /* no alert alone moves a date */
    assert_null(step(s, a, (struct step){ GO, .closure = fed, .to = CLOSURE_HOLDS }));
    assert_false(is_open(s, OFFICE, FRIDAY));
    assert_null(step(s, a, (struct step){ TAKE_BACK, .closure = fed, .is_done = true }));
    assert_null(step(s, a, (struct step){ GO, .closure = fed, .to = CLOSURE_WITHDRAWN }));
    assert_true(is_open(s, OFFICE, FRIDAY));
    /* What a person has typed is none of the feed's. */
    assert_null(step(s, a, (struct step){ ADD, .closure = by_hand }));
    assert_null(step(s, a, (struct step){ TAKE_BACK, .closure = by_hand }));
    assert_int_equal(state_of(s, 7), CLOSURE_HOLDS);
    arena_free(a);
    (void)state;
}

static void a_proposal_that_is_taken_back_is_withdrawn(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s = begin(a);
    struct closure fed = typhoon(OFFICE, 5);

    fed.source_key = STR("ncdr-33-1");
    assert_null(step(s, a, (struct step){ PROPOSE, .closure = fed }));
    assert_null(step(s, a, (struct step){ TAKE_BACK, .closure = fed, .is_done = true }));
    assert_int_equal(state_of(s, 5), CLOSURE_WITHDRAWN);
    err e = step(s, a, (struct step){ GO, .closure = fed, .to = CLOSURE_HOLDS });
    assert_int_equal(e->kind, ERR_CONFLICT);
    assert_true(is_open(s, OFFICE, FRIDAY));
    arena_free(a);
    (void)state;
}

static void a_change_is_gone_through_once(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s = begin(a);
    struct calendar_change change;
    struct snap *snap;
    bool found;

    assert_null(step(s, a, (struct step){ ADD, .closure = typhoon(AGENCY_CITY, 3) }));
    assert_null(snap_begin(a, s, &snap));
    assert_null(calendar_change_next(a, snap, OFFICE, &found, &change));
    snap_end(snap);
    assert_true(found);
    assert_int_equal(change.first, FRIDAY);
    change.after_id = 17;
    change.seen = 200;
    change.moved = 20;
    assert_null(step(s, a, (struct step){ WENT, .change = change }));
    assert_null(step(s, a, (struct step){ WENT, .change = change, .is_done = true }));
    err e = step(s, a, (struct step){ WENT, .change = change });
    assert_int_equal(e->kind, ERR_CONFLICT);
    assert_null(snap_begin(a, s, &snap));
    assert_null(calendar_change_next(a, snap, OFFICE, &found, &change));
    assert_false(found);
    assert_null(calendar_change_next(a, snap, AGENCY_CITY, &found, &change));
    assert_true(found); /* the city's own office has it still to do */
    snap_end(snap);
    arena_free(a);
}

static void a_year_that_was_brought_in_replaces_the_binary(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s = begin(a);
    struct year_row *years;
    struct snap *snap;
    size_t count;

    assert_false(is_open(s, OFFICE, day_of(2026, 2, 17)));
    assert_null(step(s, a, (struct step){ YEAR, .closure.agency = AGENCY_CITY }));
    assert_true(is_open(s, OFFICE, day_of(2026, 2, 17)));
    assert_false(is_open(s, OFFICE, FRIDAY + 3));
    assert_false(is_open(s, OFFICE, day_of(2027, 1, 1)));
    assert_null(snap_begin(a, s, &snap));
    assert_null(calendar_years(a, snap, OFFICE, &years, &count));
    assert_int_equal(count, 15);
    assert_int_equal(years[13].year, 2026);
    assert_int_equal(years[13].at_ms, 4000);
    assert_int_equal(years[13].off, 105);
    assert_int_equal(years[14].off, 121);
    assert_true(years[12].is_revised);
    snap_end(snap);
    arena_free(a);
}

static void a_year_of_one_office_is_its_own(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s = begin(a);

    assert_null(step(s, a, (struct step){ YEAR, .closure.agency = OFFICE }));
    assert_true(is_open(s, OFFICE, day_of(2026, 2, 17)));
    assert_false(is_open(s, AGENCY_CITY, day_of(2026, 2, 17)));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closure_of_the_city_holds_for_its_offices),
        cmocka_unit_test(a_closure_of_one_office_is_its_own),
        cmocka_unit_test(what_a_feed_says_waits_for_a_person),
        cmocka_unit_test(what_a_feed_takes_back_waits_for_a_person_too),
        cmocka_unit_test(a_proposal_that_is_taken_back_is_withdrawn),
        cmocka_unit_test(a_change_is_gone_through_once),
        cmocka_unit_test(a_year_that_was_brought_in_replaces_the_binary),
        cmocka_unit_test(a_year_of_one_office_is_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
