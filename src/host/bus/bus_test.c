/* Tests of the bus: who hears what, and what counts as changed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/bus/bus.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void count_up(void *context)
{
    ++*(int *)context;
}

static void who_keeps_a_page_sees_that_its_topic_moved(void **state)
{
    struct arena *a = arena_new(0);
    const uint32_t slots[] = { 7, 7, 99 };
    struct bus *b;

    (void)state;
    assert_null(bus_open(a, &b));
    bus_publish(b, slots, 3);
    assert_int_equal(bus_count(b, 7), 2);
    assert_int_equal(bus_count(b, 99), 1);
    assert_int_equal(bus_count(b, 8), 0);
    bus_publish_all(b);
    assert_int_equal(bus_count(b, 8), 1);
    arena_free(a);
}

static void each_hears_of_its_own_topic_until_it_leaves(void **state)
{
    struct arena *a = arena_new(0);
    const uint32_t slot = 7, both[] = { 7, 8 };
    int seven = 0, eight = 0;
    struct bus_ear first = { .slot = 7, .heard = count_up, .context = &seven };
    struct bus_ear second = { .slot = 8, .heard = count_up, .context = &eight };
    struct bus *b;

    (void)state;
    assert_null(bus_open(a, &b));
    bus_hear(b, &first);
    bus_hear(b, &second);
    bus_publish(b, &slot, 1);
    bus_publish(b, both, 2);
    bus_leave(b, &first);
    bus_publish_all(b);
    assert_int_equal(seven, 2);
    assert_int_equal(eight, 2);
    bus_leave(b, &second);
    bus_leave(b, &second);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_keeps_a_page_sees_that_its_topic_moved),
        cmocka_unit_test(each_hears_of_its_own_topic_until_it_leaves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
