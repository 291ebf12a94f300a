/* assess — what is due by the definition under which the case came, with its answers, as of
 * the day it came.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/assess.h"

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

/* What only the clerk can count stands there none times, until he says how many. */
static void to_count(const struct service *s, day on, struct fee_item *items,
                     size_t *io_count)
{
    for (size_t i = 0; i < s->fees_count && *io_count < FEE_ITEMS_MOST; i++) {
        const struct service_fee_line line = { .fee = &s->fees[i] };

        if (s->fees[i].counted && s->fees[i].dollars > 0 &&
            service_fee_in_force(&s->fees[i], on)) {
            items[*io_count] = item_of(&line, (int)*io_count + 1, 0);
            *io_count += 1;
        }
    }
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
    TRY(casefile_given(a, snap, k, file, &s->form, &answers));
    const struct service_matter m = { .service = s, .answers = &answers,
                                      .way = case_channel_way(file->channel),
                                      .today = day_at(file->received_ms) };

    TRY(service_fee_total(a, &m, NULL, 0, &total));
    items = ARENA_ARRAY(a, s->fees_count + 1, struct fee_item);
    if (items == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < total.lines_count && *ret_count < FEE_ITEMS_MOST; i++) {
        items[i] = item_of(&total.lines[i], (int)i + 1, file->received_ms);
        *ret_count += 1;
    }
    to_count(s, m.today, items, ret_count);
    *ret = items;
    return NULL;
}
