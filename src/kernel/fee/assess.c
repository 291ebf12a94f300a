/* assess — what is due by the definition under which the case came, with its answers, as of
 * the day it came.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/json/json.h"
#include "kernel/fee/assess.h"

#define ANSWERS_BYTES ((size_t)1 << 20)

static enum service_way way_of(enum case_channel c)
{
    static const enum service_way ways[CHANNELS] = {
        [CHANNEL_ONLINE] = WAY_ONLINE, [CHANNEL_COUNTER] = WAY_COUNTER,
        [CHANNEL_POST] = WAY_POST, [CHANNEL_API] = WAY_ONLINE,
        [CHANNEL_TELEPHONE] = WAY_TELEPHONE, [CHANNEL_HOME] = WAY_HOME,
        [CHANNEL_LIST] = WAY_LIST, [CHANNEL_CROSS_OFFICE] = WAY_CROSS_OFFICE,
    };

    return ways[c];
}

/* The answers as they were given, for the rules. */
static err answers_load(struct arena *a, struct snap *snap, const struct keyring *k,
                        const struct casefile *file, const struct form *form,
                        struct answers *ret)
{
    struct sealed_answer *list;
    size_t count;
    struct buf b;
    struct json_writer j;

    TRY(casefile_answers(a, snap, k, file, true, &list, &count));
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
    return answers_settle(a, ret, day_at(file->received_ms));
}

static struct fee_item item_of(const struct service_fee_line *line, int number,
                               int64_t received_ms)
{
    const struct service_fee *f = line->fee;
    struct fee_item x = {
        .number = number, .key = f->key, .kind = FEE_FEE, .what = f->what, .law = f->law,
        .dollars = f->dollars, .times = line->times,
    };

    if (line->waiver != NULL) {
        x.waived = line->waived;
        x.waiver = line->waiver->key;
        x.waiver_what = line->waiver->what;
        x.waived_ms = received_ms;
    }
    return x;
}

err fee_assess(struct arena *a, struct snap *snap, const struct keyring *k,
               const struct catalog *c, const struct casefile *file,
               struct fee_item **ret, size_t *ret_count)
{
    const struct service *s =
        c == NULL ? NULL : service_get_near(c, file->service, file->service_version);
    struct service_fee_total total;
    struct answers answers;
    struct fee_item *items;

    *ret = NULL;
    *ret_count = 0;
    if (s == NULL || s->fees_count == 0) {
        return NULL;
    }
    TRY(answers_load(a, snap, k, file, &s->form, &answers));
    const struct service_matter m = { .service = s, .answers = &answers,
                                      .way = way_of(file->channel),
                                      .today = day_at(file->received_ms) };

    TRY(service_fee_total(a, &m, NULL, 0, &total));
    items = ARENA_ARRAY(a, total.lines_count + 1, struct fee_item);
    if (items == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < total.lines_count && *ret_count < FEE_ITEMS_MOST; i++) {
        items[i] = item_of(&total.lines[i], (int)i + 1, file->received_ms);
        *ret_count += 1;
    }
    *ret = items;
    return NULL;
}
