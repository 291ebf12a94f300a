/* prices — a short sign of what a sheet says about money on a day: another sign, another
 * sheet.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "feature/sheets/sheets_make.h"
#include "host/seal/seal.h"
#include "kernel/pack/pack.h"

#define TEXT_BYTES ((size_t)1 << 20)
#define SIGNS 16

static void label_put(struct buf *b, const struct label *l)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        buf_format(b, "%.*s\x1f", STR_ARG(l->in[i]));
    }
}

static void service_put(struct buf *b, const struct service *s, day on, bool whole_table)
{
    for (size_t i = 0; i < s->fees_count; i++) {
        const struct service_fee *f = &s->fees[i];

        if (!service_fee_in_force(f, on)) {
            continue;
        }
        label_put(b, &f->what);
        buf_format(b, "%lld\x1f", (long long)f->dollars);
        if (whole_table) {
            label_put(b, label_is_empty(&f->law) ? &s->law : &f->law);
            buf_format(b, "%lld\x1f", (long long)f->review_by);
        }
    }
    for (size_t i = 0; whole_table && i < s->fines_count; i++) {
        label_put(b, &s->fines[i].what);
        label_put(b, label_is_empty(&s->fines[i].law) ? &s->law : &s->fines[i].law);
        buf_format(b, "%lld-%lld\x1f", (long long)s->fines[i].least,
                   (long long)s->fines[i].most);
    }
    if (whole_table && s->fees_count + s->fines_count > 0) {
        label_put(b, &s->name);
    }
}

static str sign_of(struct arena *a, const struct buf *b)
{
    return str_slice(str_hex(a, seal_sha256(a, buf_str(b))), 0, SIGNS);
}

str sheets_prices(struct arena *a, const struct service *s, day on)
{
    struct buf b;

    buf_init(&b, a, TEXT_BYTES);
    service_put(&b, s, on, false);
    return sign_of(a, &b);
}

str sheets_prices_all(struct arena *a, const struct catalog *c, day on)
{
    struct buf b;

    buf_init(&b, a, TEXT_BYTES);
    for (size_t i = 0; i < catalog_count(c, service_kind.name); i++) {
        service_put(&b, catalog_at(c, service_kind.name, i), on, true);
    }
    return sign_of(a, &b);
}
