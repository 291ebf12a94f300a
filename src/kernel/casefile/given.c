/* given — what was given and how it came, for the rules of a definition.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
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

/* What it says now, opened; as it was where it was not corrected. */
static err correction_of(struct arena *a, const struct keyring *k, const struct casefile *c,
                         const struct sealed_answer *list, size_t count, str question,
                         str *io_plain)
{
    for (size_t i = 0; i < count; i++) {
        struct seal_place place = { c->agency, c->id, "case_answer", str_z(a, question) };

        if (!str_equal(list[i].question, question)) {
            continue;
        }
        *io_plain = list[i].plain;
        if (!str_is_empty(list[i].sealed)) {
            TRY(seal_open(a, k, place, list[i].sealed, io_plain));
        }
    }
    return NULL;
}

static bool has(const struct sealed_answer *list, size_t count, str question)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].question, question)) {
            return true;
        }
    }
    return false;
}

err casefile_given_corrected(struct arena *a, struct snap *snap, const struct keyring *k,
                             const struct casefile *c, const struct form *form,
                             const struct sealed_answer *corrected, size_t corrected_count,
                             struct answers *ret)
{
    struct sealed_answer *list;
    size_t count;
    struct buf b;
    struct json_writer j;

    TRY(casefile_answers(a, snap, k, c, true, &list, &count));
    buf_init(&b, a, ANSWERS_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    for (size_t i = 0; i < count + corrected_count; i++) {
        const struct sealed_answer *x = i < count ? &list[i] : &corrected[i - count];
        str plain = x->plain;

        /* One that was never answered stands behind the others. */
        if (i >= count && has(list, count, x->question)) {
            continue;
        }
        TRY(correction_of(a, k, c, corrected, corrected_count, x->question, &plain));
        if (plain.len > 0) {
            json_put_raw(&j, x->question, plain);
        }
    }
    json_end_object(&j);
    TRY(answers_init(a, form, ret));
    TRY(answers_restore(a, ret, buf_str(&b), LANG_ZH));
    return answers_settle(a, ret, day_at(c->received_ms));
}

err casefile_given(struct arena *a, struct snap *snap, const struct keyring *k,
                   const struct casefile *c, const struct form *form, struct answers *ret)
{
    return casefile_given_corrected(a, snap, k, c, form, NULL, 0, ret);
}
