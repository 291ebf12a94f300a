/* supply — the applicant hands in what was named when the case was sent back: exactly those
 * questions and papers are open here, by number and code; all else stays locked.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/field/field.h"
#include "desk/guard/owner.h"
#include "desk/reply.h"
#include "desk/upload/upload.h"
#include "feature/follow/inside.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/receive/receive.h"

struct supply_wish {
    struct form form;
    struct answers answers;
    struct case_wish supplied;
    struct act_wish act;
};

/* The form of what is wanted now; no questions when nothing is. */
static err form_of(struct ask *q, const struct casefile *c, const struct service *s,
                   struct form *ret, day *ret_until)
{
    struct case_wanted_list wanted;

    TRY(casefile_wanted(q->arena, q->snap, c, &wanted));
    *ret_until = wanted.until;
    return casefile_wanted_form(q->arena, s, &wanted, ret);
}

static void until_fill(struct ask *q, day until, struct follow_progress *p)
{
    if (until == DAY_NONE) {
        return;
    }
    p->has_supply_until = true;
    p->supply_until =
        until < q->today
            ? SAY("The term to hand it in ended on {day}. Hand it in now: the office may "
                  "decide on what it has.", SAY_DAY("day", until))
            : SAY("Please hand it in by {day}.", SAY_DAY("day", until));
}

err follow_supply_fill(struct ask *q, const struct casefile *c, const struct service *s,
                       struct follow_progress *p)
{
    const struct supply_wish *wish = p->supplying ? q->wish : NULL;
    struct form *form = ARENA_NEW(q->arena, struct form);
    struct answers answers;
    day until;

    if (form == NULL) {
        return err_no_memory;
    }
    TRY(form_of(q, c, s, form, &until));
    if (form->steps[0].questions_count == 0) {
        return NULL;
    }
    until_fill(q, until, p);
    p->may_supply = true;
    p->supply = link_to1(q, "follow.supply", c->number);
    if (wish != NULL && wish->answers.list != NULL) {
        return fields_fill(q, &wish->answers, &wish->form.steps[0], NULL, &p->fields,
                           &p->fields_count);
    }
    TRY(answers_init(q->arena, form, &answers));
    TRY(answers_settle(q->arena, &answers, q->today));
    return fields_fill(q, &answers, &form->steps[0], NULL, &p->fields, &p->fields_count);
}

static err supply_check(struct ask *q, struct supply_wish *w)
{
    struct field_posted posted;
    const struct service *s;
    struct casefile c;
    str code;
    day until;

    TRY(owner_case(q, &c, &code));
    s = service_get_near(q->catalog, c.service, c.service_version);
    if (s == NULL) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such page."), STR(""), "no service");
    }
    TRY(form_of(q, &c, s, &w->form, &until));
    if (w->form.steps[0].questions_count == 0) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("Nothing is asked of you any more. This is how your case stands now."),
             STR(""), "nothing wanted");
    }
    TRY(answers_init(q->arena, &w->form, &w->answers));
    TRY(fields_take(q, &w->answers, &w->form.steps[0], &posted));
    if (posted.once || posted.stay) {
        return ask_once_more;
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    TRY(upload_prove(q, &w->answers, false));
    TRY(casefile_supply_prepare(q->arena, q->keyring, &c, &w->answers, &w->supplied));
    w->act = (struct act_wish){
        .act = ACT_SUPPLY, .agency = c.agency, .id = c.id, .now_ms = q->now_ms,
        .who = { .agency = c.agency }, .changes = c.changes, .calendar = q->calendar,
        .catalog = q->catalog, .supplied = &w->supplied, .document_day = DAY_NONE,
        .wanted_until = DAY_NONE,
    };
    return casefile_act_prepare(q->arena, q->snap, q->keyring, &w->act, STR(""));
}

static err supply_commit(struct ask *q, struct tx *tx, const struct supply_wish *w,
                         struct casefile *made)
{
    struct act_wish act = w->act;

    act.supplied = &w->supplied;
    return casefile_act(q->arena, tx, &act, made);
}

static err supply_reply(struct ask *q, struct reply *r, const struct casefile *made)
{
    const struct supply_wish *w = q->wish;

    for (size_t i = 0; i < w->supplied.files_count; i++) {
        upload_keep(q, w->supplied.files[i].file);
    }
    return reply_see(q, r, link_to1(q, "follow.progress", made->number));
}

BEATS_OUT(supply, follow_supply_beats, struct supply_wish, struct casefile)
