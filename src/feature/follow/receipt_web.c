/* receipt — 收件回執: number, code, when it is expected; to print and to come back to.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/guard/owner.h"
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

    TRY(owner_case(q, &c, &code));
    s = service_get_version(q->catalog, c.service, c.service_version);
    s = s != NULL ? s : service_get(q->catalog, c.service);
    if (s == NULL) {
        FAIL(q->arena, ERR_BROKEN,
             SAY("This service is not set up completely. Please call the "
                 "office."),
             STR(""), "case of an unknown service");
    }
    struct follow_receipt p = {
        .office = q->agency->name,
        .service = s->name,
        .seal = seal_mark_of(q->agency->key),
        .number = c.number,
        .code = code_spaced(q, code),
        .received = SAY("{time}", SAY_TIME("time", c.received_ms)),
        .due = c.due == DAY_NONE ? SAY("No fixed time")
                                 : SAY("{day}", SAY_DAY("day", c.due)),
        .progress = link_to1(q, "follow.progress", c.number),
        .service_url = link_to1(q, "services.one", s->key),
    };

    progress = url_absolute(q, url_with(q, link_to(q, "follow.ask"), "case", c.number));
    p.progress_address = progress;
    TRY(qr_path(q->arena, progress, &p.qr_path, &side));
    p.qr_side = side;
    p.unit = ask_unit_of(q, s->unit, &p.telephone);
    if (s->telephone.len > 0) {
        p.telephone = s->telephone;
    }
    return REPLY_VIEW(q, r, &page, follow_receipt, &p);
}
