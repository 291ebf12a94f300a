/* intake_own — the citizen goes on from a one-time notice: what was missing, where to get
 * it, and on line with what had been typed at the counter.
 *
 * The code on the paper is all that is needed. This page holds nothing personal; what had
 * been typed is a draft of the same code, which is opened where one goes on with drafts.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/guard/limit.h"
#include "feature/intake/intake_web.h"

#include "intake_own.view.h"

#define WRONG_CODES "once"

static err missing_fill(struct ask *q, const struct once_notice *n, const struct service *s,
                        struct intake_own *p)
{
    struct once_missing *missing;
    struct intake_own_paper *list;
    size_t count;

    TRY(once_missing_of(q->arena, q->snap, n, &missing, &count));
    list = ARENA_ARRAY(q->arena, count + 1, struct intake_own_paper);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        list[i].name = *intake_name_of(s, missing[i].kind, missing[i].key);
        list[i].where = *intake_where_of(s, missing[i].kind, missing[i].key);
    }
    p->missing = list;
    p->missing_count = count;
    return NULL;
}

static err found_fill(struct ask *q, const struct once_notice *n, struct intake_own *p)
{
    const struct service *s = service_get_near(q->catalog, n->service, n->service_version);

    if (s == NULL) {
        return NULL;
    }
    p->found = true;
    p->service = s->name;
    p->number = n->number;
    p->until = day_text(q->arena, day_at(n->until_ms), q->lang);
    p->has_draft = n->until_ms > q->now_ms;
    p->is_back = n->way != ONCE_OUT;
    p->may_online = p->has_draft && s->online && s->depth == DEPTH_FULL && !p->is_back;
    p->service_page = link_to1(q, "services.one", s->key);
    return missing_fill(q, n, s, p);
}

err intake_own(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Go on from a one-time notice") };
    str code = q->method == POST ? ask_field(q, "code") : ask_param(q, "code");
    struct once_notice n;
    struct intake_own p = {
        .code = str_slice(code, 0, 40),
        .action = link_to(q, "intake.own_open"),
        .online = link_to(q, "apply.draft_open"),
        .mistakes = shell_mistakes(q),
        .code_entry = entry_of(q, "code", &SAY("Code on the one-time notice"),
                               &SAY("Twelve letters and digits, below the square."),
                               str_slice(code, 0, 40)),
    };
    err e = NULL;

    if (p.code.len > 0 && ask_limit_wait_ms(q, STR(WRONG_CODES)) == 0) {
        e = once_by_code(q->arena, q->snap, q->keyring, q->agency->id, p.code, &n);
        if (e == NULL) {
            TRY(found_fill(q, &n, &p));
        } else if (e->kind != ERR_MISSING) {
            return e;
        } else {
            ask_limit_note(q, STR(WRONG_CODES));
        }
    }
    return REPLY_VIEW(q, r, &page, intake_own, &p);
}

/* ---- POST: a code as somebody types it ---- */

struct own_made {
    char nothing;
};

static err own_check(struct ask *q, struct once_notice *w)
{
    str code = ask_field(q, "code");
    int64_t wait = ask_limit_wait_ms(q, STR(WRONG_CODES));
    err e;

    if (wait > 0) {
        FAIL(q->arena, ERR_INPUT,
             SAY("There were too many wrong tries. Wait {minutes} minutes and "
                 "try again, or call us.",
                 SAY_NUMBER("minutes", wait / 60000 + 1)),
             STR("code"), "limit");
    }
    if (code.len == 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Enter the code; it stands on the one-time notice."),
             STR("code"), "empty");
    }
    e = once_by_code(q->arena, q->snap, q->keyring, q->agency->id, str_slice(code, 0, 300),
                     w);
    if (e != NULL && e->kind == ERR_MISSING) {
        ask_limit_note(q, STR(WRONG_CODES));
        FAIL(q->arena, ERR_INPUT,
             SAY("No one-time notice with this code was found. Look at "
                 "the paper and enter it again."),
             STR("code"), "no notice");
    }
    return e;
}

static err own_commit(struct ask *q, struct tx *tx, const struct once_notice *w,
                      struct own_made *made)
{
    return NULL; /* it is only found */
}

static err own_reply(struct ask *q, struct reply *r, const struct own_made *made)
{
    return reply_see(q, r, url_with(q, link_to(q, "intake.own"), "code",
                                    once_code_in(ask_field(q, "code"))));
}

BEATS_OUT(own, intake_own_beats, struct once_notice, struct own_made)
