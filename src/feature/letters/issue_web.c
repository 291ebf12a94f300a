/* issue — number and date, and with them the row in the register of seals and the step of
 * the case; drafts dropped, scans kept, certificates withdrawn.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/upload/upload.h"
#include "feature/letters/letters_store.h"
#include "feature/letters/letters_web.h"
#include "kernel/fee/fee.h"

#define NUMBER_SIGNS 60
#define WHY_SIGNS 500

struct letter_made {
    int64_t id, file;
};

static err to_letter(struct ask *q, struct reply *r, const struct letter_made *made)
{
    return reply_see_other(q, r, "letters.one", id_text(q->arena, made->id));
}

static err may_write(struct ask *q, struct letter *l, struct casefile *c)
{
    TRY(letters_load(q, l, c));
    if (!letters_may_write(q, c)) {
        FAIL(q->arena, ERR_DENIED, SAY("Only who works on the case writes its letters."),
             STR(""), "not his case");
    }
    return NULL;
}

/* Who approved it: the last who decided. */
static err approved_by(struct ask *q, const struct casefile *c, int64_t *ret)
{
    struct case_event *events;
    size_t count;

    *ret = c->officer;
    TRY(casefile_events(q->arena, q->snap, c->agency, c->id, &events, &count));
    for (size_t i = 0; i < count; i++) {
        if (events[i].decides) {
            *ret = events[i].actor;
        }
    }
    return NULL;
}

/* Does the case go out with this letter? */
static bool ends_the_case(struct ask *q, const struct letter *l, const struct casefile *c)
{
    struct service_letter form;

    if (letter_form(q->arena, letters_service(q, l->service, l->service_version), l->form,
                    &form) != NULL) {
        return false;
    }
    return l->kind != LETTER_NOTICE && str_is_empty(c->document_number) &&
           casefile_may(&q->actor, c, ACT_ISSUE) &&
           (form.when != LETTER_REFUSED || c->outcome != OUTCOME_GRANTED);
}

err letters_issue_make(struct ask *q, const struct letter *l, const struct casefile *c,
                       str number, day on, struct letters_issue_wish *ret)
{
    struct service_letter form = { 0 };
    const struct service *s = letters_service(q, l->service, l->service_version);
    struct letters_issue_wish w = {
        .issue = { .agency = l->agency,
                   .id = l->id,
                   .changes = l->changes,
                   .staff = q->actor.staff,
                   .now_ms = q->now_ms,
                   .seal_id = ask_new_id(q),
                   .number = number,
                   .day = on,
                   .series = l->series,
                   .series_form = letters_series_form(q, l->series),
                   .service = s },
    };

    TRY(letter_form(q->arena, s, l->form, &form));
    TRY(letter_go_out_check(q->arena, l, &form, c));
    TRY(fee_paid_prepare(q->arena, q->snap, q->keyring, q->catalog, c, &w.issue.paid));
    w.acts = ends_the_case(q, l, c);
    if (letter_tells_grant(l, &form) || w.acts) {
        TRY(fee_paid_check(q->arena, &w.issue.paid));
    }
    TRY(approved_by(q, c, &w.issue.approved_by));
    if (str_is_empty(number) && str_is_empty(w.issue.series_form)) {
        FAIL(q->arena, ERR_INPUT,
             SAY("Enter the document number. Without it the letter is not issued."),
             STR("number"), "no number");
    }
    if (w.acts) {
        w.act = (struct act_wish){
            .act = ACT_ISSUE,
            .agency = c->agency,
            .id = c->id,
            .changes = c->changes,
            .now_ms = q->now_ms,
            .who = q->actor,
            .catalog = q->catalog,
            .calendar = q->calendar,
            .paid = w.issue.paid,
            .document_day = on,
            /* The series gives the number inside the commit. */
            .document_number = str_is_empty(number) ? w.issue.series_form : number,
        };
        TRY(casefile_act_prepare(q->arena, q->snap, q->keyring, &w.act, STR("")));
    }
    *ret = w;
    return NULL;
}

err letters_issue_run(struct ask *q, struct tx *tx, const struct letters_issue_wish *w,
                      struct letter *ret)
{
    struct casefile after;

    TRY(letter_issue(q->arena, tx, &w->issue, ret));
    if (!w->acts) {
        return NULL;
    }
    struct act_wish act = w->act;

    act.document_number = ret->number;
    return casefile_act(q->arena, tx, &act, &after);
}

static err issue_check(struct ask *q, struct letters_issue_wish *ret_wish)
{
    struct letter l;
    struct casefile c;
    str number = str_slice(str_trim(ask_field(q, "number")), 0, NUMBER_SIGNS);
    day on = DAY_NONE;

    TRY(may_write(q, &l, &c));
    if (!day_parse(ask_field(q, "day"), &on)) {
        FAIL(q->arena, ERR_INPUT,
             SAY("Enter the date of the letter. Without it the letter is not issued."),
             STR("day"), "no day");
    }
    if (!str_to_int(ask_field(q, "changes"), &l.changes)) {
        l.changes = -1;
    }
    return letters_issue_make(q, &l, &c, number, on, ret_wish);
}

static err issue_commit(struct ask *q, struct tx *tx, const struct letters_issue_wish *wish,
                        struct letter_made *ret_made)
{
    struct letter l;

    ret_made->id = wish->issue.id;
    return letters_issue_run(q, tx, wish, &l);
}

static err issue_reply(struct ask *q, struct reply *r, const struct letter_made *made)
{
    return to_letter(q, r, made);
}

BEATS_OUT(issue, letters_issue_beats, struct letters_issue_wish, struct letter_made)

/* ---- a draft that is not needed ---- */

struct drop_wish {
    int64_t id, casefile;
};

static err drop_check(struct ask *q, struct drop_wish *ret_wish)
{
    struct letter l;
    struct casefile c;

    TRY(may_write(q, &l, &c));
    *ret_wish = (struct drop_wish){ l.id, c.id };
    return NULL;
}

static err drop_commit(struct ask *q, struct tx *tx, const struct drop_wish *wish,
                       struct letter_made *ret_made)
{
    ret_made->id = wish->casefile;
    return letter_drop(q->arena, tx, q->agency->id, wish->id, q->actor.staff, q->now_ms);
}

static err drop_reply(struct ask *q, struct reply *r, const struct letter_made *made)
{
    return reply_see_other(q, r, "casework.one", id_text(q->arena, made->id));
}

BEATS_OUT(drop, letters_drop_beats, struct drop_wish, struct letter_made)

/* ---- the scan of the sealed sheet ---- */

struct scan_wish {
    int64_t id, file;
};

static bool is_scan(str type)
{
    return str_equal(type, STR("application/pdf")) || str_equal(type, STR("image/jpeg")) ||
           str_equal(type, STR("image/png"));
}

static err scan_check(struct ask *q, struct scan_wish *ret_wish)
{
    struct letter l;
    struct casefile c;
    const struct ask_file *file = NULL;

    TRY(may_write(q, &l, &c));
    for (size_t i = 0; i < q->files_count; i++) {
        file = q->files[i].size_bytes > 0 ? &q->files[i] : file;
    }
    if (file == NULL || !is_scan(file->media_type)) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose the scan as PDF, JPEG or PNG."), STR("file"),
             "no scan");
    }
    ret_wish->id = l.id;
    return upload_take(q, file, &ret_wish->file);
}

static err scan_commit(struct ask *q, struct tx *tx, const struct scan_wish *wish,
                       struct letter_made *ret_made)
{
    *ret_made = (struct letter_made){ wish->id, wish->file };
    return letter_scan(q->arena, tx, q->agency->id, wish->id, wish->file, q->actor.staff,
                       q->now_ms);
}

static err scan_reply(struct ask *q, struct reply *r, const struct letter_made *made)
{
    upload_keep(q, made->file);
    return to_letter(q, r, made);
}

BEATS_OUT(scan, letters_scan_beats, struct scan_wish, struct letter_made)

/* ---- a certificate holds no more ---- */

/* ---- it goes out ---- */

struct send_wish {
    int64_t id;
    enum letter_way way;
    day on;
};

static err send_check(struct ask *q, struct send_wish *w)
{
    struct letter l;
    struct casefile c;
    str way = ask_field(q, "way");

    TRY(letters_load(q, &l, &c));
    if (!letters_may_write(q, &c)) {
        FAIL(q->arena, ERR_DENIED, SAY("Only who works on the case writes its letters."),
             STR(""), "not his case");
    }
    w->id = l.id;
    w->way = LETTER_WAYS;
    for (int i = 0; i < LETTER_WAYS; i++) {
        w->way = str_equal(letter_way_key[i], way) ? (enum letter_way)i : w->way;
    }
    if (w->way == LETTER_WAYS) {
        mistake_add(&q->mistakes, STR("way"), SAY("Choose how it was sent."));
    }
    if (!day_parse(ask_field(q, "sent_day"), &w->on) || w->on > q->today ||
        w->on < l.day) {
        mistake_add(&q->mistakes, STR("sent_day"),
                    SAY("Write the day on which it was sent: not before its date, not "
                        "after today."));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "send");
    }
    return NULL;
}

static err send_commit(struct ask *q, struct tx *tx, const struct send_wish *w,
                       struct letter_made *made)
{
    made->id = w->id;
    return letter_send(q->arena, tx, q->agency->id, w->id, w->way, w->on, q->actor.staff,
                       q->now_ms);
}

static err send_reply(struct ask *q, struct reply *r, const struct letter_made *made)
{
    return to_letter(q, r, made);
}

BEATS_OUT(send, letters_send_beats, struct send_wish, struct letter_made)

struct withdraw_wish {
    int64_t id;
    str why;
};

static err withdraw_check(struct ask *q, struct withdraw_wish *ret_wish)
{
    struct letter l;
    struct casefile c;
    str why = str_trim(ask_field(q, "why"));

    TRY(may_write(q, &l, &c));
    if (str_is_empty(why) || str_points(why) > WHY_SIGNS) {
        FAIL(q->arena, ERR_INPUT, SAY("Write in a few words why it is withdrawn."),
             STR("why"), "no reason");
    }
    ret_wish->id = l.id;
    return letter_seal_why(q->arena, q->keyring, l.agency, l.id, why, &ret_wish->why);
}

static err withdraw_commit(struct ask *q, struct tx *tx, const struct withdraw_wish *wish,
                           struct letter_made *ret_made)
{
    ret_made->id = wish->id;
    return letter_withdraw(q->arena, tx, q->agency->id, wish->id, wish->why, q->actor.staff,
                           q->now_ms);
}

static err withdraw_reply(struct ask *q, struct reply *r, const struct letter_made *made)
{
    return to_letter(q, r, made);
}

BEATS_OUT(withdraw, letters_withdraw_beats, struct withdraw_wish, struct letter_made)
