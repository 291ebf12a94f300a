/* identity — passwords by link and by choice, and the sessions of one's own account.
 * SPDX-License-Identifier: MPL-2.0 */
#include "account.view.h"
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/identity/identity_store.h"
#include "feature/identity/identity_view.h"
#include "feature/identity/identity_web.h"
#include "host/lang/lang.h"
#include "host/seal/seal.h"
#include "kernel/session/password.h"
#include "ticket.view.h"

static struct entry secret_entry(const struct ask *q, const char *name,
                                 const struct words *label, const struct words *hint,
                                 str autocomplete)
{
    struct entry x = entry_of(q, name, label, hint, STR(""));

    x.type = STR("password");
    x.value = STR("");
    x.autocomplete = autocomplete;
    return x;
}

struct entry identity_new_password(const struct ask *q)
{
    return secret_entry(q, "password", &SAY("New password"),
                        &SAY("At least twelve characters; "
                             "several words in a row are fine."),
                        STR("new-password"));
}

struct entry identity_again(const struct ask *q)
{
    return secret_entry(q, "again", &SAY("The same again"), NULL,
                        STR("new-password"));
}

err identity_read_password(struct ask *q, int64_t agency, int64_t staff, str sign_name,
                           str *ret_stored)
{
    struct password_wish w = {
        .sign_name = sign_name,
        .password = ask_field(q, "password"),
        .again = ask_field(q, "again"),
    };
    str *former;

    TRY(staff_passwords(q->arena, q->snap, agency, staff, &former, &w.former_count));
    w.former = former;
    password_check(q->arena, &w, &q->mistakes);
    if (q->mistakes.count == 0) {
        password_check_former(&w, &q->mistakes);
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "password refused");
    }
    return password_hash(q->arena, w.password, ret_stored);
}

/* GET and POST /staff/ticket/{token} */
static err ticket_staff(struct ask *q, struct staff *ret)
{
    int64_t agency, staff;
    err e = ticket_find(q->arena, q->snap, q->keyring, TICKET_PASSWORD,
                        ask_path(q, "token"), q->now_ms, &agency, &staff);

    if (e != NULL && e->kind == ERR_MISSING) {
        FAIL(q->arena, ERR_MISSING,
             SAY("This link has been used or has ended. "
                 "Ask the administrator for a new one."),
             STR(""), "no ticket");
    }
    TRY(e);
    return staff_by_id(q->arena, q->snap, agency, staff, q->today, ret);
}

err identity_ticket(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Set your password") };
    struct identity_ticket p = {
        .form_token = q->session.form_token,
        .to = link_to1(q, "identity.set_password", ask_path(q, "token")),
    };
    struct staff staff;
    struct agency *agencies;
    size_t count;

    TRY(ticket_staff(q, &staff));
    TRY(agency_list(q->arena, q->snap, &agencies, &count));
    for (size_t i = 0; i < count; i++) {
        if (agencies[i].id == staff.agency) {
            p.sign_name = str_format(q->arena, "%.*s@%.*s", STR_ARG(staff.sign_name),
                                     STR_ARG(agencies[i].key));
        }
    }
    p.password = identity_new_password(q);
    p.again = identity_again(q);
    p.mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, ticket, &p);
}

struct ticket_wish {
    int64_t agency, staff;
    str sign_name, stored, token_hash;
};
struct ticket_made {
    int nothing;
};

static err ticket_check(struct ask *q, struct ticket_wish *ret_wish)
{
    struct staff staff;

    TRY(ticket_staff(q, &staff));
    ret_wish->agency = staff.agency;
    ret_wish->staff = staff.id;
    ret_wish->sign_name = staff.sign_name;
    ret_wish->token_hash = ticket_hash(q->arena, q->keyring, ask_path(q, "token"));
    return identity_read_password(q, staff.agency, staff.id, staff.sign_name,
                                  &ret_wish->stored);
}

static err ticket_commit(struct ask *q, struct tx *tx, const struct ticket_wish *wish,
                         struct ticket_made *ret_made)
{
    const struct actor self = { .agency = wish->agency, .staff = wish->staff };

    ret_made->nothing = 0;
    TRY(ticket_take(q->arena, tx, TICKET_PASSWORD, wish->token_hash, q->now_ms));
    TRY(staff_set_password(q->arena, tx, &self, q->now_ms, wish->agency, wish->staff,
                           wish->stored));
    TRY(lock_clear(q->arena, tx, wish->agency, wish->sign_name));
    return session_end_all(q->arena, tx, wish->agency, wish->staff);
}

static err ticket_reply(struct ask *q, struct reply *r, const struct ticket_made *made)
{
    (void)made;
    return reply_see(q, r, url_with(q, link_to(q, "identity.sign_in"), "set", STR("1")));
}

BEATS_OUT(ticket, identity_ticket_beats, struct ticket_wish, struct ticket_made)

/* GET /staff/account */
static err duties_of(struct ask *q, duty_set set, struct identity_account *p)
{
    struct words *list = ARENA_ARRAY(q->arena, DUTY_COUNT, struct words);

    if (list == NULL) {
        return err_no_memory;
    }
    for (int d = 0; d < DUTY_COUNT; d++) {
        if ((set & DUTY(d)) != 0) {
            list[p->duties_count++] = words_of(duty_name[d]);
        }
    }
    p->duties = list;
    return NULL;
}

static err sessions_of(struct ask *q, struct identity_account *p)
{
    struct session *list;
    struct identity_session_row *rows;

    TRY(session_list(q->arena, q->snap, q->session.agency, q->session.staff, q->now_ms,
                     &list, &p->sessions_count));
    rows = ARENA_ARRAY(q->arena, p->sessions_count + 1, struct identity_session_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->sessions_count; i++) {
        rows[i] = (struct identity_session_row){
            .began = lang_time(q->arena, q->lang, list[i].began_ms),
            .seen = lang_time(q->arena, q->lang, list[i].seen_ms),
            .this_one = list[i].id == q->session.id,
        };
        p->has_others = p->has_others || !rows[i].this_one;
    }
    p->sessions = rows;
    return NULL;
}

static err person_of(struct ask *q, struct identity_account *p)
{
    struct staff me, deputy;
    struct unit *units;
    size_t count;

    TRY(staff_by_id(q->arena, q->snap, q->session.agency, q->session.staff, q->today, &me));
    TRY(unit_list(q->arena, q->snap, me.agency, &units, &count));
    for (size_t i = 0; i < count; i++) {
        if (units[i].id == me.unit) {
            p->unit = units[i].name;
        }
    }
    if (me.deputy != 0) {
        TRY(staff_by_id(q->arena, q->snap, me.agency, me.deputy, q->today, &deputy));
        p->deputy = deputy.name;
        p->has_deputy = true;
    }
    p->name = me.name;
    p->title = me.title;
    p->sign_name = str_format(q->arena, "%.*s@%.*s", STR_ARG(me.sign_name),
                              STR_ARG(q->agency->key));
    return duties_of(q, me.duties, p);
}

err identity_account(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("My account"), .current = "identity.account" };
    struct identity_account p = {
        .form_token = q->session.form_token,
        .end_others = link_to(q, "identity.end_others"),
        .password_to = link_to(q, "identity.change_password"),
        .password_changed = str_equal(ask_param(q, "changed"), STR("1")),
        .present = secret_entry(q, "present", &SAY("Current password"), NULL,
                                STR("current-password")),
        .password = identity_new_password(q),
        .again = identity_again(q),
        .mistakes = shell_mistakes(q),
    };

    TRY(person_of(q, &p));
    TRY(sessions_of(q, &p));
    return REPLY_VIEW(q, r, &page, account, &p);
}

/* POST /staff/account/others */
struct others_wish {
    int64_t keep;
};
struct others_made {
    int nothing;
};

static err others_check(struct ask *q, struct others_wish *ret_wish)
{
    ret_wish->keep = q->session.id;
    return NULL;
}

static err others_commit(struct ask *q, struct tx *tx, const struct others_wish *wish,
                         struct others_made *ret_made)
{
    ret_made->nothing = 0;
    TRY(session_end_others(q->arena, tx, q->session.agency, q->session.staff, wish->keep));
    return identity_event(tx, q->session.agency, q->session.staff, q->now_ms,
                          "session.others_ended");
}

static err others_reply(struct ask *q, struct reply *r, const struct others_made *made)
{
    (void)made;
    return reply_see(q, r, link_to(q, "identity.account"));
}

BEATS_OUT(others, identity_others_beats, struct others_wish, struct others_made)

/* POST /staff/account/password */
struct change_wish {
    int64_t keep;
    str stored;
};
struct change_made {
    int nothing;
};

static err change_check(struct ask *q, struct change_wish *ret_wish)
{
    struct staff me;
    str stored;

    ret_wish->keep = q->session.id;
    TRY(staff_by_id(q->arena, q->snap, q->session.agency, q->session.staff, q->today, &me));
    TRY(staff_password(q->arena, q->snap, me.agency, me.id, &stored));
    if (!password_matches(stored, ask_field(q, "present"))) {
        FAIL(q->arena, ERR_INPUT, SAY("This is not your current password."), STR("present"),
             "present password wrong");
    }
    return identity_read_password(q, me.agency, me.id, me.sign_name, &ret_wish->stored);
}

static err change_commit(struct ask *q, struct tx *tx, const struct change_wish *wish,
                         struct change_made *ret_made)
{
    ret_made->nothing = 0;
    TRY(staff_set_password(q->arena, tx, &q->actor, q->now_ms, q->session.agency,
                           q->session.staff, wish->stored));
    return session_end_others(q->arena, tx, q->session.agency, q->session.staff,
                              wish->keep);
}

static err change_reply(struct ask *q, struct reply *r, const struct change_made *made)
{
    (void)made;
    return reply_see(q, r,
                     url_with(q, link_to(q, "identity.account"), "changed", STR("1")));
}

BEATS_OUT(change, identity_change_beats, struct change_wish, struct change_made)
