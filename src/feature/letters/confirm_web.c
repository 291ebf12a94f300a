/* confirm — whoever scans a certificate learns that this office issued it, when, and
 * whether it still holds; nothing that stands in it.
 *
 * A token that is none gets the same answer as one of another office, and who guesses is
 * slowed down.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/guard/limit.h"
#include "desk/reply.h"
#include "feature/letters/letters_web.h"

#include "letters_confirm.view.h"

#define MINUTE_MS INT64_C(60000)
#define GUESSES STR("certificate")

err letters_show_confirm(struct ask *q, struct reply *r)
{
    int64_t wait = ask_limit_wait_ms(q, GUESSES);
    struct letter l;
    struct letters_confirm p = { .office = q->agency->name };
    const struct page page = { .title = SAY("Is this certificate genuine?") };

    if (wait > 0) {
        FAIL(
            q->arena, ERR_BUSY,
            SAY("There were too many wrong tries. Wait {minutes} minutes and try again, or "
                "call us.",
                SAY_NUMBER("minutes", wait / MINUTE_MS + 1)),
            STR(""), "limit");
    }
    err e = letter_by_token(q->arena, q->snap, q->keyring, q->agency->id,
                            ask_path(q, "token"), &l);
    if (e != NULL) {
        if (e->kind == ERR_MISSING) {
            ask_limit_note(q, GUESSES);
        }
        return e;
    }
    p.kind = letters_name(q, l.service, l.service_version, l.form);
    p.number = l.number;
    p.day = day_text(q->arena, l.day, q->lang);
    p.is_withdrawn = l.state == LETTER_WITHDRAWN;
    p.has_until = l.valid_until != DAY_NONE;
    p.is_over = p.has_until && l.valid_until < q->today && !p.is_withdrawn;
    p.good = !p.is_withdrawn && !p.is_over;
    p.until = p.has_until ? day_text(q->arena, l.valid_until, q->lang) : STR("");
    p.withdrawn = p.is_withdrawn ? day_text(q->arena, day_at(l.withdrawn_ms), q->lang)
                                 : STR("");
    return REPLY_VIEW(q, r, &page, letters_confirm, &p);
}
