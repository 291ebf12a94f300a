/* What all features together promise: a key of the menu leads to one page.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/features.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk/feature.h"

#define KEYS_MOST 64

static void a_key_leads_to_one_page(void **state)
{
    const struct menu_entry *seen[KEYS_MOST];
    size_t count = 0;

    for (size_t f = 0; f < app_features_count; f++) {
        for (size_t i = 0; i < app_features[f]->menu_count; i++) {
            const struct menu_entry *m = &app_features[f]->menu[i];

            if (m->key == NULL || m->key[0] == '\0') {
                continue;
            }
            for (size_t n = 0; n < count; n++) {
                if (strcmp(seen[n]->key, m->key) == 0) {
                    fail_msg("%s leads to %s and to %s", m->key, seen[n]->route, m->route);
                }
            }
            if (count < KEYS_MOST) {
                seen[count++] = m;
            }
        }
    }
    assert_true(count > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_leads_to_one_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
