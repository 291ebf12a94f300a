/* resume — a staff form that came when its session had ended: nothing of it is lost.
 *
 * The answer is a page of the office that holds what was typed in hidden fields and leads
 * to the sign-in in a window of its own. Sent once more, it meets a session whose token it
 * does not have, and so the form comes back as it was (turn.c: too_old). That way nothing
 * is kept on our side, sealed or not, for somebody of whom we do not know who it is; it
 * needs no script, and no "send again?" of the browser, which some people have learnt to
 * refuse.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/inside.h"
#include "desk/frame/resume_view.h"

#include "resume.view.h"

static bool is_kept(const struct ask_pair *x)
{
    return x->value.len > 0 && !str_equal(x->name, STR("token"));
}

bool resume_has(const struct ask *q)
{
    if (q->route == NULL || q->route->again == NULL || q->route->secret ||
        !router_is_staff(q->path)) {
        return false;
    }
    for (size_t i = 0; i < q->form_count; i++) {
        if (is_kept(&q->form[i])) {
            return true;
        }
    }
    return false;
}

err resume_page(struct ask *q, struct reply *r, struct url sign_in)
{
    const struct page page = { .title = SAY("You are no longer signed in") };
    struct resume_field *list = ARENA_ARRAY(q->arena, q->form_count, struct resume_field);
    struct resume p = { .to = { turn_of(q)->request->path }, .sign_in = sign_in };

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < q->form_count; i++) {
        if (is_kept(&q->form[i])) {
            list[p.fields_count].name = q->form[i].name;
            list[p.fields_count++].value = q->form[i].value;
        }
    }
    p.fields = list;
    *r = (struct reply){ .status = 403 };
    return REPLY_VIEW(q, r, &page, resume, &p);
}
