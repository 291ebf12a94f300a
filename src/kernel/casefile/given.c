/* given — what was given and how it came, for the rules of a definition.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/json/json.h"
#include "kernel/casefile/casefile.h"

#define ANSWERS_BYTES ((size_t)1 << 20)

enum service_way case_channel_way(enum case_channel channel)
{
    static const enum service_way ways[CHANNELS] = {
        [CHANNEL_ONLINE] = WAY_ONLINE,       [CHANNEL_COUNTER] = WAY_COUNTER,
        [CHANNEL_POST] = WAY_POST,           [CHANNEL_API] = WAY_ONLINE,
        [CHANNEL_TELEPHONE] = WAY_TELEPHONE, [CHANNEL_HOME] = WAY_HOME,
        [CHANNEL_LIST] = WAY_LIST,           [CHANNEL_CROSS_OFFICE] = WAY_CROSS_OFFICE,
    };

    return ways[channel];
}

err casefile_given(struct arena *a, struct snap *snap, const struct keyring *k,
                   const struct casefile *c, const struct form *form, struct answers *ret)
{
    struct sealed_answer *list;
    size_t count;
    struct buf b;
    struct json_writer j;

    TRY(casefile_answers(a, snap, k, c, true, &list, &count));
    buf_init(&b, a, ANSWERS_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    for (size_t i = 0; i < count; i++) {
        if (list[i].plain.len > 0) {
            json_put_raw(&j, list[i].question, list[i].plain);
        }
    }
    json_end_object(&j);
    TRY(answers_init(a, form, ret));
    TRY(answers_restore(a, ret, buf_str(&b), LANG_ZH));
    return answers_settle(a, ret, day_at(c->received_ms));
}
