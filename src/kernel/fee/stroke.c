/* stroke — what a matter without a case costs; nothing here reads a database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/stroke.h"

bool fee_stroke_costs(const struct service *s, day today)
{
    for (size_t i = 0; i < s->fees_count; i++) {
        if (s->fees[i].dollars > 0 && service_fee_in_force(&s->fees[i], today)) {
            return true;
        }
    }
    return s->fines_count > 0;
}

/* 國民身分證遺失補領：補領 */
static struct label named(struct arena *a, const struct service *s,
                          const struct label *what)
{
    static const char *const joint[LANG_COUNT] = {
        [LANG_ZH] = "：", [LANG_EN] = ": ", [LANG_JA] = "：",
    };
    struct label l = { .in = { STR(""), STR(""), STR("") } };

    for (int i = 0; i < LANG_COUNT; i++) {
        l.in[i] = str_format(a, "%.*s%s%.*s", STR_ARG(label_in(&s->name, (enum lang)i)),
                             joint[i], STR_ARG(label_in(what, (enum lang)i)));
    }
    return l;
}

static struct fee_item fee_item_of(struct arena *a, const struct service *s,
                                   const struct service_fee *f,
                                   const struct service_fee_total *total)
{
    struct fee_item x = { .key = f->key, .kind = FEE_FEE, .what = named(a, s, &f->what),
                          .law = f->law, .dollars = f->dollars };

    for (size_t i = 0; i < total->lines_count; i++) {
        const struct service_fee_line *l = &total->lines[i];

        if (l->fee == f) {
            x.times = l->times;
            x.waived = l->waived;
            x.waiver = l->waiver != NULL ? l->waiver->key : STR("");
            x.waiver_what = l->waiver != NULL ? l->waiver->what : x.waiver_what;
        }
    }
    return x;
}

err fee_stroke_items(struct arena *a, const struct service *s, enum service_way way,
                     day today, struct fee_item **ret, size_t *ret_count)
{
    const struct service_matter m = { .service = s, .way = way, .today = today };
    struct fee_item *items = ARENA_ARRAY(a, FEE_ITEMS_MOST, struct fee_item);
    struct service_fee_total total;
    size_t n = 0;

    if (items == NULL) {
        return err_no_memory;
    }
    TRY(service_fee_total(a, &m, NULL, 0, &total));
    for (size_t i = 0; i < s->fees_count && n < FEE_ITEMS_MOST; i++) {
        if (s->fees[i].dollars > 0 && service_fee_in_force(&s->fees[i], today)) {
            items[n++] = fee_item_of(a, s, &s->fees[i], &total);
        }
    }
    for (size_t i = 0; i < s->fines_count && n < FEE_ITEMS_MOST; i++) {
        items[n++] = (struct fee_item){ .key = s->fines[i].key, .kind = FEE_FINE,
                                        .what = named(a, s, &s->fines[i].what),
                                        .law = s->fines[i].law, .times = 1 };
    }
    for (size_t i = 0; i < n; i++) {
        items[i].number = (int)i + 1;
    }
    *ret = items;
    *ret_count = n;
    return arena_failed(a) ? err_no_memory : NULL;
}
