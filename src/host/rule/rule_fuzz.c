/* Whatever stands in a rule: no crash, no long run, and a refusal has words.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/rule/rule.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const str names[] = { STR_INIT("a"), STR_INIT("b"), STR_INIT("c"),
                                 STR_INIT("d") };
    struct arena *a = arena_new(0);
    str source = { (const char *)data, size };
    const struct rule_value values[] = {
        { .name = names[0], .kind = RULE_NUMBER, .number = 7 },
        { .name = names[1], .kind = RULE_TEXT, .text = STR("text") },
        { .name = names[2], .kind = RULE_LIST, .list = names, .count = 3 },
        { .name = names[3], .kind = RULE_DAY, .number = 20000 },
    };
    bool truth;
    err checked = rule_check(a, source, names, 4);
    err ran = rule_truth(a, source, values, 4, 20500, &truth);
    if ((checked != NULL && checked->say.id == NULL) ||
        (ran != NULL && ran->say.id == NULL)) {
        abort();
    }
    arena_free(a);
    return 0;
}
