/* act_notice_store — what the applicant is told of an act, in the outbox with the act
 * itself.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/notice/notice.h"

/* What was decided, once it is. */
static struct words decided_words(enum case_state to)
{
    switch (to) {
    case CASE_REFUSED:
        return SAY("It has been refused. The letter says why, and how you can appeal.");
    case CASE_NOT_ADMITTED:
        return SAY("It could not be admitted, for formal grounds. The letter says why, and "
                   "how you can appeal.");
    default:
        return SAY("It has been granted. We are getting the result ready for you.");
    }
}

static struct words extended_words(const struct casefile *c)
{
    return SAY("It takes longer than planned. We expect to be done by {day}. The reason "
               "stands below.", SAY_DAY("day", c->due));
}

static struct words went_on_words(const struct casefile *c)
{
    if (c->due == DAY_NONE) {
        return SAY("We have what we needed and go on.");
    }
    return SAY("We have what we needed and go on. We expect to be done by {day}.",
               SAY_DAY("day", c->due));
}

static struct words wanted_words(const struct act_wish *w, const struct casefile *c)
{
    bool until = w->wanted_until != DAY_NONE;

    if (c->paused && until) {
        return SAY("Something is missing. What it is stands below; please hand it in by "
                   "{day}. Until then the time stands still.",
                   SAY_DAY("day", w->wanted_until));
    }
    if (c->paused) {
        return SAY("Something is missing. What it is stands below; until then the time "
                   "stands still.");
    }
    if (until) {
        return SAY("Something is missing. What it is stands below; please hand it in by "
                   "{day}. The time goes on meanwhile.", SAY_DAY("day", w->wanted_until));
    }
    return SAY("Something is missing. What it is stands below. Please hand it in soon: the "
               "time goes on meanwhile.");
}

static struct words special_words(const struct act_wish *w)
{
    if (w->off) {
        return (struct words){ 0 };
    }
    if (w->wanted_until == DAY_NONE) {
        return SAY("Your case needs more than the usual. We are working on it.");
    }
    return SAY("Your case needs more than the usual. We are working on it and expect to be "
               "done by {day}.", SAY_DAY("day", w->wanted_until));
}

static struct words moved_words(const struct act_wish *w, const struct casefile *c)
{
    if (c->due == w->due_before || c->due == DAY_NONE) {
        return SAY("Your application is now handled by the newer rules of this service. "
                   "The reason stands below.");
    }
    return SAY("Your application is now handled by the newer rules of this service. We "
               "expect to be done by {day}. The reason stands below.",
               SAY_DAY("day", c->due));
}

/* `c` as it is after the act. No words: the applicant need not know. */
static struct words words_of_act(const struct act_wish *w, const struct casefile *c,
                                 enum case_state before)
{
    bool decided = c->state != before && c->decided_ms == w->now_ms;

    switch (w->act) {
    case ACT_SEND_BACK:
        return wanted_words(w, c);
    case ACT_SUPPLY:
    case ACT_RESUME:
    case ACT_GO_ON:
        return went_on_words(c);
    case ACT_EXTEND:
        return w->clock == CASE_CLOCK_STATUTORY ? extended_words(c) : (struct words){ 0 };
    case ACT_HALT:
        return SAY("The time stands still: we wait for something that is not in our hands. "
                   "The reason stands below.");
    case ACT_INSTRUCT:
        return SAY("A question of law must be answered by a higher agency first. We tell "
                   "you as soon as we go on.");
    case ACT_TRANSFER:
        return SAY("Another agency is competent: {agency}. We have passed your application "
                   "on to it.", SAY_TEXT("agency", str_trim(w->agency_name)));
    case ACT_SPLIT:
        return SAY("A part of your application goes on as a case of its own: {number}. The "
                   "same lookup code opens it.", SAY_TEXT("number", w->other_number));
    case ACT_MERGE:
        return SAY("It goes on together with case {number}.",
                   SAY_TEXT("number", w->other_number));
    case ACT_ISSUE:
        return SAY("The document has been issued: {number}.",
                   SAY_TEXT("number", c->document_number));
    case ACT_CORRECT:
        return SAY("A mistake in what we decided or issued has been corrected.");
    case ACT_REOPEN:
        return SAY("Your case has been reopened. We are working on it again.");
    case ACT_RESTORE:
        return SAY("You were kept from the term that ended on {day} without your fault. "
                   "Your application counts as made in time (Administrative Procedure Act, "
                   "article 50).", SAY_DAY("day", w->restored.missed));
    case ACT_SPECIAL:
        return special_words(w);
    case ACT_MOVE:
        return moved_words(w, c);
    case ACT_TELEPHONE:
        return c->due == w->due_before || c->due == DAY_NONE
                   ? (struct words){ 0 }
                   : SAY("What you told us on the telephone changes the term. We expect to "
                         "be done by {day}.", SAY_DAY("day", c->due));
    default:
        return decided ? decided_words(c->state) : (struct words){ 0 };
    }
}

/* Free text of these is meant for the applicant. */
static bool has_text(enum case_act act)
{
    return act == ACT_SEND_BACK || act == ACT_EXTEND || act == ACT_HALT ||
           act == ACT_TRANSFER || act == ACT_MERGE || act == ACT_MOVE;
}

bool case_act_tells(const struct act_wish *w, const struct casefile *c,
                    enum case_state before, struct case_fact *f, struct notice *ret)
{
    *ret = (struct notice){
        .agency = w->agency, .subject = w->id, .kind = case_act_key[w->act],
        .at_ms = w->now_ms, .say = words_of_act(w, c, before),
        .channels = NOTICE_BY(NOTICE_EMAIL),
        .changes = has_text(w->act) && !str_is_empty(w->note_sealed) ? f->changes : 0,
    };
    f->notices = ret->say.id != NULL;
    return f->notices > 0;
}

err case_act_notice(struct arena *a, struct tx *tx, const struct act_wish *w,
                    const struct casefile *c, enum case_state before, struct case_fact *f)
{
    struct notice n;

    return case_act_tells(w, c, before, f, &n) ? notice_put(a, tx, &n) : NULL;
}
