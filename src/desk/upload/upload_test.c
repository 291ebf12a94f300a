/* What a sender may say of a file, and what not.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/upload/upload.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "desk/ask.h"
#include "host/seal/seal.h"

static struct ask asked(struct arena *a, const struct agency *office)
{
    struct keyring *k = NULL;

    assert_null(seal_start(a));
    assert_null(keyring_from_phrase(a, STR("upload"), &k));
    return (struct ask){ .arena = a, .agency = office, .keyring = k };
}

static void a_ticket_opens_only_as_it_was_given(void **state)
{
    struct arena *a = arena_new(0);
    const struct agency district = { .id = 2 }, health = { .id = 3 };
    struct ask q = asked(a, &district);
    str ticket = upload_ticket(&q, STR("{\"file\":\"1\"}"));
    str json = STR("");
    char *changed = (char *)(uintptr_t)str_z(a, ticket);

    (void)state;
    assert_true(upload_ticket_open(&q, ticket, &json));
    assert_true(str_equal(json, STR("{\"file\":\"1\"}")));
    assert_false(upload_ticket_open(&q, json, &json));
    assert_false(upload_ticket_open(&q, STR(""), &json));
    changed[ticket.len - 3] = '2'; /* somebody else's file */
    assert_false(upload_ticket_open(&q, (str){ changed, ticket.len }, &json));
    q.agency = &health;
    assert_false(upload_ticket_open(&q, ticket, &json));
    arena_free(a);
}

/* Two files that came one after the other have numbers outside that tell nothing of it. */
static void outside_a_file_has_a_number_that_nobody_guesses(void **state)
{
    static const int64_t ids[] = { 1, 2, 1000000, INT64_C(1) << 40, INT64_MAX };
    struct arena *a = arena_new(0);
    const struct agency district = { .id = 2 };
    struct ask q = asked(a, &district);

    (void)state;
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        int64_t outside = upload_outside(&q, ids[i]);

        assert_true(outside >= 0);
        assert_true(outside != ids[i]);
        assert_true(upload_inside(&q, outside) == ids[i]);
    }
    assert_true(upload_outside(&q, 2) != upload_outside(&q, 1) + 1);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ticket_opens_only_as_it_was_given),
        cmocka_unit_test(outside_a_file_has_a_number_that_nobody_guesses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
