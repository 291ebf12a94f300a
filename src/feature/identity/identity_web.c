/* identity — routes; signing in and out.
 *
 * A wrong name and a wrong password get the same answer after the same work. A failure is
 * kept (commit), so the answer comes from the reply beat. Names that nobody has are counted
 * in memory: who makes them up fills neither table nor history.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/identity/identity.h"

#include "desk/ask.h"
#include "desk/guard/limit.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/identity/identity_store.h"
#include "feature/identity/identity_view.h"
#include "feature/identity/identity_web.h"
#include "host/seal/seal.h"
#include "kernel/session/password.h"
#include "sign_in.view.h"

/* Where the person wanted to go. */
static struct url back_of(const struct ask *q)
{
    return ask_back(q, q->method == POST ? ask_field(q, "back") : ask_param(q, "back"));
}

static err sign_in(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Sign in") };
    struct identity_sign_in p = {
        .form_token = q->session.form_token,
        .back = back_of(q).address,
        .to = link_to(q, "identity.begin"),
        .name = entry_of(q, "name", &SAY("Sign-in name"),
                         &SAY("For example clerk@district"), STR("")),
        .password = entry_of(q, "password", &SAY("Password"), NULL, STR("")),
        .signed_out = str_equal(ask_param(q, "out"), STR("1")),
        .password_set = str_equal(ask_param(q, "set"), STR("1")),
        .mistakes = shell_mistakes(q),
    };

    if (q->session.staff != 0 && q->method == GET) {
        return reply_see(q, r, link_to(q, "casework.today"));
    }
    p.name.autocomplete = STR("username");
    p.password.type = STR("password");
    p.password.value = STR("");
    p.password.autocomplete = STR("current-password");
    return REPLY_VIEW(q, r, &page, sign_in, &p);
}

/* POST /staff/sign-in */
struct begin_wish {
    bool ok;
    bool nobody;    /* there is no such name */
    int64_t agency; /* the city where the office is unknown */
    str sign_name;  /* as typed where the office is unknown */
    struct session session;
    str token, token_hash;
};
struct begin_made {
    bool ok;
};

/* Who is meant; `ret_stored` is "" when there is nobody, or nobody who may sign in. */
static err find_person(struct ask *q, str typed, struct begin_wish *wish,
                       int64_t *ret_staff, str *ret_stored)
{
    str name, key;
    struct agency agency;
    struct staff staff;
    err e;

    wish->agency = AGENCY_CITY;
    wish->sign_name = str_lower(q->arena, typed);
    if (!sign_name_split(wish->sign_name, &name, &key)) {
        return NULL;
    }
    e = agency_by_key(q->arena, q->snap, key, &agency);
    if (e != NULL) {
        return e->kind == ERR_MISSING ? NULL : e;
    }
    wish->agency = agency.id;
    wish->sign_name = name;
    e = staff_by_sign_name(q->arena, q->snap, agency.id, name, q->today, &staff);
    if (e != NULL || !staff.active) {
        return e == NULL || e->kind == ERR_MISSING ? NULL : e;
    }
    *ret_staff = staff.id;
    e = staff_password(q->arena, q->snap, agency.id, staff.id, ret_stored);
    return e == NULL || e->kind == ERR_MISSING ? NULL : e;
}

static str nobody_key(const struct ask *q, const struct begin_wish *wish)
{
    return str_format(q->arena, "sign-in %lld %.*s", (long long)wish->agency,
                      STR_ARG(wish->sign_name));
}

/* What lock_state says, for a name that nobody has. */
static void nobody_state(const struct ask *q, const struct begin_wish *wish,
                         int *ret_failures, int64_t *ret_until_ms)
{
    int64_t last_ms;
    int failures = ask_limit_failures(q, nobody_key(q, wish), &last_ms);

    *ret_failures = failures;
    *ret_until_ms = lock_until_ms(failures, last_ms);
}

static err refuse_while_waiting(struct ask *q, const struct begin_wish *wish)
{
    int failures;
    int64_t until_ms;

    TRY(lock_state(q->arena, q->snap, wish->agency, wish->sign_name, q->now_ms, &failures,
                   &until_ms));
    if (wish->nobody) {
        nobody_state(q, wish, &failures, &until_ms);
    }
    if (until_ms <= q->now_ms) {
        return NULL;
    }
    if (failures >= SESSION_FAILURES) {
        FAIL(q->arena, ERR_INPUT,
             SAY("This name is locked after five failed attempts. Try again at {time}.",
                 SAY_TEXT("time", day_clock(q->arena, until_ms + 59999))),
             STR("name"), "locked");
    }
    FAIL(q->arena, ERR_INPUT,
         SAY("Wait {seconds} seconds, then try again.",
             SAY_NUMBER("seconds", (until_ms - q->now_ms + 999) / 1000)),
         STR("password"), "too soon");
}

static err begin_check(struct ask *q, struct begin_wish *ret_wish)
{
    str typed = ask_field(q, "name");
    str password = ask_field(q, "password");
    int64_t staff = 0;
    str stored = STR("");

    if (str_is_empty(typed)) {
        mistake_add(&q->mistakes, STR("name"), SAY("Write your sign-in name."));
    }
    if (str_is_empty(password)) {
        mistake_add(&q->mistakes, STR("password"), SAY("Write your password."));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "empty");
    }
    TRY(find_person(q, typed, ret_wish, &staff, &stored));
    ret_wish->nobody = staff == 0;
    TRY(refuse_while_waiting(q, ret_wish));
    if (str_is_empty(stored)) {
        str ignored; /* as much work as for a name that exists */

        TRY(password_hash(q->arena, password, &ignored));
        if (ret_wish->nobody) {
            ask_limit_note_last(q, nobody_key(q, ret_wish), SESSION_LOCK_MS);
        }
        return NULL;
    }
    ret_wish->session = (struct session){
        .id = ask_new_id(q),
        .agency = ret_wish->agency,
        .staff = staff,
        .began_ms = q->now_ms,
        .seen_ms = q->now_ms,
        .form_token = str_hex(q->arena, seal_random(q->arena, 16)),
    };
    ret_wish->ok = password_matches(stored, password);
    return session_token(q->arena, q->keyring, &ret_wish->token, &ret_wish->token_hash);
}

static err begin_commit(struct ask *q, struct tx *tx, const struct begin_wish *wish,
                        struct begin_made *ret_made)
{
    ret_made->ok = wish->ok;
    if (wish->nobody) {
        /* One row of the office for all of them, so that the answer takes as long. */
        return lock_failed(q->arena, tx, wish->agency, STR(""), q->now_ms);
    }
    if (!wish->ok) {
        TRY(lock_failed(q->arena, tx, wish->agency, wish->sign_name, q->now_ms));
        return identity_event(tx, wish->agency, wish->session.staff, q->now_ms,
                              "signin.failed");
    }
    TRY(lock_clear(q->arena, tx, wish->agency, wish->sign_name));
    return session_begin(q->arena, tx, &wish->session, wish->token_hash);
}

static err begin_reply(struct ask *q, struct reply *r, const struct begin_made *made)
{
    const struct begin_wish *wish = q->wish;

    if (!made->ok) {
        mistake_add(
            &q->mistakes, STR("password"),
            SAY("Name and password do not fit together. Check both and try again."));
        reply_status(r, 422);
        return sign_in(q, r);
    }
    reply_session(q, r, wish->token);
    return url_is_empty(back_of(q)) ? reply_see(q, r, link_to(q, "casework.today"))
                                    : reply_see(q, r, back_of(q));
}

BEATS(begin, struct begin_wish, struct begin_made)

/* POST /staff/sign-out */
struct end_wish {
    int64_t session;
};
struct end_made {
    int nothing;
};

static err end_check(struct ask *q, struct end_wish *ret_wish)
{
    ret_wish->session = q->session.id;
    return NULL;
}

static err end_commit(struct ask *q, struct tx *tx, const struct end_wish *wish,
                      struct end_made *ret_made)
{
    ret_made->nothing = 0;
    return session_end(q->arena, tx, wish->session);
}

static err end_reply(struct ask *q, struct reply *r, const struct end_made *made)
{
    (void)made;
    reply_session(q, r, STR(""));
    return reply_see(q, r, url_with(q, link_to(q, "identity.sign_in"), "out", STR("1")));
}

BEATS(end, struct end_wish, struct end_made)

static const struct route routes[] = {
    { GET, "/staff/sign-in", "identity.sign_in", MAY_ANYONE, .show = sign_in,
      .help = MSG("Sign in") },
    { POST, "/staff/sign-in", "identity.begin", MAY_ANYONE, .beats = &begin_beats,
      .again = sign_in, .lane = LANE_SLOW, .help = MSG("Sign in") },
    { POST, "/staff/sign-out", "identity.end", MAY_STAFF, .of_city = true,
      .beats = &end_beats, .again = identity_account, .help = MSG("Sign out") },
    { GET, "/staff/ticket/{token}", "identity.ticket", MAY_ANYONE, .show = identity_ticket,
      .help = MSG("Set a password by a one-time link") },
    { POST, "/staff/ticket/{token}", "identity.set_password", MAY_ANYONE,
      .beats = &identity_ticket_beats, .again = identity_ticket, .lane = LANE_SLOW,
      .help = MSG("Set a password by a one-time link") },
    { GET, "/staff/account", "identity.account", MAY_STAFF, .of_city = true,
      .show = identity_account, .help = MSG("My account, sessions and password") },
    { POST, "/staff/account/others", "identity.end_others", MAY_STAFF, .of_city = true,
      .beats = &identity_others_beats, .again = identity_account,
      .help = MSG("End all other sessions") },
    { POST, "/staff/account/password", "identity.change_password", MAY_STAFF,
      .of_city = true, .beats = &identity_change_beats, .again = identity_account,
      .lane = LANE_SLOW, .secret = true, .help = MSG("Change the password") },
};

const struct feature identity_feature = {
    .name = "identity",
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
};
