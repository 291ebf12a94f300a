/* receipt — 收件回執: number, code, when it is expected; to print and to come back to.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/follow/inside.h"
#include "host/qr/qr.h"

#include "follow_receipt.view.h"

/* In fours, so that it can be read and copied. */
static str code_spaced(struct ask *q, str code)
{
    return code.len == 12
               ? str_format(q->arena, "%.4s-%.4s-%.4s", code.at, code.at + 4, code.at + 8)
               : code;
}

err follow_show_receipt(struct ask *q, struct reply *r)
{
    struct casefile c;
    const struct service *s;
    struct page page = { .title = SAY("Receipt") };
    str code, progress;
    int side = 0;

    TRY(follow_case(q, &c, &code, &s));
    struct follow_receipt p = {
        .office = q->agency->name,
        .service = s->name,
        .seal = seal_mark_of(q->agency->key),
        .number = c.number,
        .code = code_spaced(q, code),
        .received = SAY("{time}", SAY_TIME("time", c.received_ms)),
        .due = follow_due(&c),
        .progress = link_to1(q, "follow.progress", c.number),
        .service_url = link_to1(q, "services.one", s->key),
    };

    progress = url_absolute(q, url_with(q, link_to(q, "follow.ask"), "case", c.number));
    p.progress_address = progress;
    TRY(qr_path(q->arena, progress, &p.qr_path, &side));
    p.qr_side = side;
    p.unit = follow_unit(q, s, &p.telephone);
    return REPLY_VIEW(q, r, &page, follow_receipt, &p);
}
