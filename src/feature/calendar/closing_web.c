/* calendar — closing the office: what would move, and then the one key.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "calendar_preview.view.h"
#include "feature/calendar/calendar_web.h"
#include "host/lang/lang.h"

#define HIDDEN 5

/* ---- what would move ---- */

static struct words span_words(struct ask *q, const struct closure_span *s)
{
    static const char *const weekday[] = { MSG("Sun"), MSG("Mon"), MSG("Tue"), MSG("Wed"),
                                           MSG("Thu"), MSG("Fri"), MSG("Sat") };
    str hours = lang_say(q->arena, q->lang, calendar_hours(q->arena, s));

    return SAY("{day} ({weekday}) · {hours} · {reason}", SAY_DAY("day", s->day),
               SAY_TEXT("weekday", lang_text(q->lang, weekday[day_weekday(s->day)])),
               SAY_TEXT("hours", hours), SAY_TEXT("reason", s->reason));
}

static void hide(struct calendar_preview *p, struct calendar_hidden *list, const char *name,
                 str value)
{
    list[p->hidden_count++] = (struct calendar_hidden){ str_of(name), value };
    p->hidden = list;
}

static struct words day_warning(struct ask *q, const struct closure_span *s)
{
    enum day_kind kind = calendar_kind(q->calendar, s->day);

    if (kind == DAY_OFF) {
        return SAY("This day is off anyway; nothing moves.");
    }
    if (kind == DAY_CLOSED) {
        return SAY("This day is closed already.");
    }
    return s->day < q->today ? SAY("This day is past. Dates that have passed move too.")
                             : (struct words){ 0 };
}

/* With one closure more, or without one. */
struct other_span {
    const struct closure_span *more;
    int64_t without;
};

static err would_be(struct ask *q, const struct agency *office, const void *context,
                    const struct calendar **ret)
{
    const struct other_span *x = context;

    return calendar_load_with(q->arena, q->snap, office->id, x->more, x->without, ret);
}

static err moves_of(struct ask *q, day d, const struct other_span *x,
                    struct calendar_moves *ret)
{
    const struct calendar_would would = { would_be, x, d, d };

    return calendar_moves_find(q, &would, ret);
}

static struct words title_close(const struct ask *q)
{
    return q->agency->id == AGENCY_CITY ? SAY("Close all offices of the city")
                                        : SAY("Close the office");
}

static struct words button_close(const struct ask *q)
{
    return q->agency->id == AGENCY_CITY ? SAY("Close all offices on this day")
                                        : SAY("Close the office on this day");
}

err calendar_preview_new(struct ask *q, struct reply *r)
{
    const struct page page = calendar_page(q, title_close(q));
    bool posted = q->method == POST;
    struct calendar_hidden *hidden = ARENA_ARRAY(q->arena, HIDDEN, struct calendar_hidden);
    struct calendar_preview p = {
        .title = title_close(q),
        .to = link_to(q, "calendar.close"),
        .back = link_to(q, "calendar.index"),
        .form_token = q->session.form_token,
        .button = button_close(q),
    };
    struct closure_span span;
    const struct other_span more = { .more = &span };

    if (hidden == NULL) {
        return err_no_memory;
    }
    if (q->mistakes.count == 0) {
        calendar_span_read(q, posted ? ask_field : ask_param, &span);
    }
    if (q->mistakes.count > 0) {
        reply_status(r, 422);
        return calendar_index_page(q, r);
    }
    p.mistakes = shell_mistakes(q);
    p.what = span_words(q, &span);
    p.warning = day_warning(q, &span);
    hide(&p, hidden, "day", day_iso(q->arena, span.day));
    hide(&p, hidden, "from", posted ? ask_field(q, "from") : ask_param(q, "from"));
    hide(&p, hidden, "until", posted ? ask_field(q, "until") : ask_param(q, "until"));
    hide(&p, hidden, "reason", span.reason);
    hide(&p, hidden, "others", posted ? ask_field(q, "others") : ask_param(q, "others"));
    TRY(moves_of(q, span.day, &more, &p.moves));
    return REPLY_VIEW(q, r, &page, calendar_preview, &p);
}

static err closure_of_path(struct ask *q, struct closure *ret)
{
    int64_t id;
    err e;

    TRY(ask_path_id(q, "id", &id));
    e = closure_load(q->arena, q->snap, q->agency->id, id, ret);
    return e == NULL ? NULL : closure_load(q->arena, q->snap, AGENCY_CITY, id, ret);
}

err calendar_preview_one(struct ask *q, struct reply *r)
{
    struct closure c;
    struct calendar_preview p = {
        .back = link_to(q, "calendar.index"),
        .form_token = q->session.form_token,
        .mistakes = shell_mistakes(q),
        .refuse = SAY("Put it aside"),
    };

    TRY(closure_of_path(q, &c));
    bool waits = c.state == CLOSURE_PROPOSED, own = c.agency == q->agency->id;
    bool doubted = c.state == CLOSURE_DOUBTED;

    if (!waits && !(own && (c.state == CLOSURE_HOLDS || doubted))) {
        return reply_see(q, r, link_to(q, "calendar.index"));
    }
    p.to = link_to1(q, "calendar.step", id_text(q->arena, c.id));
    p.title = waits ? title_close(q) : SAY("Withdraw a closure");
    p.button = waits ? button_close(q) : SAY("Withdraw this closure");
    p.may_refuse = (waits || doubted) && own;
    if (doubted) {
        p.refuse = SAY("It holds all the same");
        p.warning = SAY("The alerts have taken back this closure.");
    }
    p.what = span_words(q, &c.span);
    if (waits) {
        p.warning = day_warning(q, &c.span);
    }

    const struct other_span other = { waits ? &c.span : NULL, waits ? 0 : c.id };
    TRY(moves_of(q, c.span.day, &other, &p.moves));

    const struct page page = calendar_page(q, p.title);
    return REPLY_VIEW(q, r, &page, calendar_preview, &p);
}

/* ---- a closure that is typed ---- */

struct close_wish {
    struct closure own;
    struct closure *others; /* proposals to other offices */
    size_t others_count;
};
struct close_made {
    char nothing;
};

static err others_prepare(struct ask *q, struct close_wish *w)
{
    size_t count;
    const struct agency *list = ask_agencies(q, &count);

    w->others = ARENA_ARRAY(q->arena, count + 1, struct closure);
    if (w->others == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == q->agency->id) {
            continue; /* the city is asked too: with its key all are closed */
        }
        struct closure *c = &w->others[w->others_count++];

        *c = w->own;
        c->agency = list[i].id;
        c->span.of_city = list[i].id == AGENCY_CITY;
        c->id = ask_new_id(q);
        c->from_feed = true;
        c->source_key = str_format(q->arena, "office:%.*s:%.*s", STR_ARG(q->agency->key),
                                   STR_ARG(id_text(q->arena, w->own.id)));
    }
    return NULL;
}

static err close_check(struct ask *q, struct close_wish *ret_wish)
{
    struct close_wish w = { .own = { .agency = q->agency->id } };

    calendar_span_read(q, ask_field, &w.own.span);
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    w.own.id = ask_new_id(q);
    if (q->agency->id != AGENCY_CITY && str_equal(ask_field(q, "others"), STR("1"))) {
        TRY(others_prepare(q, &w));
    }
    *ret_wish = w;
    return NULL;
}

static err close_commit(struct ask *q, struct tx *tx, const struct close_wish *wish,
                        struct close_made *ret_made)
{
    bool ignored;

    ret_made->nothing = 0;
    for (size_t i = 0; i < wish->others_count; i++) {
        TRY(closure_propose(q->arena, tx, q->now_ms, &wish->others[i], &ignored));
    }
    return closure_add(q->arena, tx, &q->actor, q->now_ms, &wish->own);
}

static err close_reply(struct ask *q, struct reply *r, const struct close_made *made)
{
    (void)made;
    return reply_see(q, r,
                     url_with(q, link_to(q, "calendar.index"), "done", STR("closed")));
}

BEATS_OUT(close, calendar_close_beats, struct close_wish, struct close_made)

/* ---- one that waits, or holds ---- */

struct step_wish {
    struct closure closure;
    enum closure_state to;
    bool take_over; /* the city's proposal becomes a closure of this office */
};
struct step_made {
    enum closure_state to;
};

static err step_check(struct ask *q, struct step_wish *w)
{
    bool refuses = str_equal(ask_field(q, "act"), STR("refuse"));

    TRY(closure_of_path(q, &w->closure));
    if (w->closure.agency != q->agency->id) {
        if (w->closure.state != CLOSURE_PROPOSED || refuses) {
            FAIL(q->arena, ERR_CONFLICT, SAY("Only the city can change this closure."),
                 STR(""), "not ours");
        }
        w->take_over = true;
        w->closure.agency = q->agency->id;
        w->closure.id = ask_new_id(q);
        w->to = CLOSURE_HOLDS;
        return NULL;
    }
    switch (w->closure.state) {
    case CLOSURE_PROPOSED:
        w->to = refuses ? CLOSURE_REFUSED : CLOSURE_HOLDS;
        break;
    case CLOSURE_DOUBTED:
        w->to = refuses ? CLOSURE_HOLDS : CLOSURE_WITHDRAWN;
        break;
    default:
        w->to = CLOSURE_WITHDRAWN;
    }
    return NULL;
}

static err step_commit(struct ask *q, struct tx *tx, const struct step_wish *wish,
                       struct step_made *ret_made)
{
    ret_made->to = wish->to;
    if (wish->take_over) {
        return closure_add(q->arena, tx, &q->actor, q->now_ms, &wish->closure);
    }
    return closure_step(q->arena, tx, &q->actor, q->now_ms, wish->closure.agency,
                        wish->closure.id, wish->to);
}

static err step_reply(struct ask *q, struct reply *r, const struct step_made *made)
{
    static const char *const done[CLOSURE_STATES] = {
        [CLOSURE_PROPOSED] = "",
        [CLOSURE_HOLDS] = "closed",
        [CLOSURE_WITHDRAWN] = "withdrawn",
        [CLOSURE_REFUSED] = "refused",
        [CLOSURE_DOUBTED] = "",
    };

    return reply_see(
        q, r, url_with(q, link_to(q, "calendar.index"), "done", str_of(done[made->to])));
}

BEATS_OUT(step, calendar_step_beats, struct step_wish, struct step_made)
