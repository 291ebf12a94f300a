/* envelopes_web — routes, and the boxes: in and out.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/envelopes/envelopes_web.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "envelopes_list.view.h"
#include "feature/envelopes/envelopes.h"

#define ROWS 30

str envelopes_moment(struct ask *q, int64_t ms)
{
    return str_format(q->arena, "%.*s %.*s",
                      STR_ARG(day_short(q->arena, day_at(ms), q->lang)),
                      STR_ARG(day_clock(q->arena, ms)));
}

/* Lit is what waits for us. */
const char *envelopes_tone(const struct envelope *e)
{
    switch (e->state) {
    case ENVELOPE_REFUSED:
        return "tag--bad";
    case ENVELOPE_ANSWERED:
        return "tag--good";
    default:
        return e->out ? "tag--on" : "tag--now";
    }
}

void envelopes_row_of(struct ask *q, const struct envelope *e, struct envelopes_row *r)
{
    bool open = e->state == ENVELOPE_SENT || e->state == ENVELOPE_RECEIVED;

    *r = (struct envelopes_row){
        .link = link_to1(q, "envelopes.one", id_text(q->arena, e->id)),
        .kind = words_of(envelope_kind_name[e->kind]),
        .state = words_of(envelope_step_name[e->state]),
        .tone = envelopes_tone(e),
        .other = e->other.name,
        .subject = e->subject,
        .sent = envelopes_moment(q, e->sent_ms),
        .reply_by = e->reply_by == DAY_NONE ? STR("")
                                            : day_short(q->arena, e->reply_by, q->lang),
        .persons = e->persons,
        .late = open && e->reply_by != DAY_NONE && e->reply_by < q->today,
        .by_file = e->other_agency == 0,
        .is_new = !e->out && e->state == ENVELOPE_SENT,
        .is_back = e->out && e->unread,
    };
}

bool envelopes_ended_here(const struct envelope *e, const struct casefile *c)
{
    return e->out && e->kind == ENVELOPE_TRANSFER && e->state == ENVELOPE_REFUSED &&
           c->state == CASE_TRANSFERRED;
}

err envelopes_here(struct ask *q, struct envelope *ret)
{
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(envelope_load(q->arena, q->snap, q->agency->id, id, ret));
    if (!envelope_may_see(&q->actor, ret)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "not his");
    }
    return NULL;
}

static err page_of(struct ask *q, const struct envelopes_list *p, int64_t after,
                   struct envelope **ret, size_t *ret_count)
{
    if (p->is_back) {
        return envelope_list_back(q->arena, q->snap, &q->actor, q->today, after, ROWS + 1,
                                  ret, ret_count);
    }
    return envelope_list(q->arena, q->snap, q->agency->id, !p->is_in, false, after,
                         ROWS + 1, ret, ret_count);
}

static err rows_of(struct ask *q, struct envelopes_list *p)
{
    struct envelope *list;
    struct envelopes_row *rows;
    int64_t after = 0;
    size_t count;

    (void)id_parse(ask_param(q, "after"), &after);
    TRY(page_of(q, p, after, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct envelopes_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    p->has_next = count > ROWS;
    for (size_t i = 0; i < count && i < ROWS; i++) {
        if (envelope_may_see(&q->actor, &list[i])) {
            envelopes_row_of(q, &list[i], &rows[p->rows_count++]);
        }
    }
    if (p->has_next) {
        p->next = url_with(q, p->is_in ? p->in : p->is_back ? p->back : p->out, "after",
                           id_text(q->arena, list[ROWS - 1].id));
    }
    p->rows = rows;
    p->none = p->rows_count == 0;
    return NULL;
}

static err boxes(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("Envelopes"), .current = "envelopes.list",
                               .wide = true };
    struct envelopes_list p = {
        .in = url_with(q, link_to(q, "envelopes.list"), "box", STR("in")),
        .out = url_with(q, link_to(q, "envelopes.list"), "box", STR("out")),
        .fresh = link_to(q, "envelopes.new"),
        .bring = link_to(q, "envelopes.bring"),
        .partners = link_to(q, "envelopes.partners"),
        .may_partner = actor_has(&q->actor, DUTY_COORDINATOR) ||
                       actor_has(&q->actor, DUTY_ADMIN),
        .back = url_with(q, link_to(q, "envelopes.list"), "box", STR("back")),
        .is_back = str_equal(ask_param(q, "box"), STR("back")),
    };
    struct envelope_wait wait;

    p.is_out = str_equal(ask_param(q, "box"), STR("out"));
    p.is_in = !p.is_back && !p.is_out;
    TRY(rows_of(q, &p));
    TRY(envelope_waiting(q->arena, q->snap, &q->actor, q->today, &wait));
    p.waiting = wait.in;
    p.waiting_back = wait.back;
    return REPLY_VIEW(q, r, &page, envelopes_list, &p);
}

static err waiting(struct ask *q, int64_t *ret_count)
{
    struct envelope_wait wait;

    TRY(envelope_waiting(q->arena, q->snap, &q->actor, q->today, &wait));
    *ret_count = wait.in + wait.back;
    return NULL;
}

#define PARTNER_DUTIES (DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN))
#define FILE_ROOM ((size_t)256 << 10)

static const struct route routes[] = {
    { GET, "/staff/envelopes", "envelopes.list", MAY_DUTY, ENVELOPE_DUTIES, .show = boxes,
      .help = MSG("What came from other agencies and what went to them") },
    { GET, "/staff/envelopes/new", "envelopes.new", MAY_DUTY, ENVELOPE_DUTIES,
      .show = envelopes_new_show, .help = MSG("Send an envelope to another agency") },
    { POST, "/staff/envelopes/new", "envelopes.send", MAY_DUTY, ENVELOPE_DUTIES,
      .beats = &envelopes_send_beats, .again = envelopes_new_show, .lane = LANE_SLOW,
      .body_max = FILE_ROOM, .takes_files = true,
      .help = MSG("Send an envelope to another agency") },
    { GET, "/staff/envelopes/bring", "envelopes.bring", MAY_DUTY, ENVELOPE_DUTIES,
      .show = envelopes_bring_show,
      .help = MSG("Take in a signed file of another installation") },
    { POST, "/staff/envelopes/bring", "envelopes.brought", MAY_DUTY, ENVELOPE_DUTIES,
      .beats = &envelopes_bring_beats, .again = envelopes_bring_show, .lane = LANE_SLOW,
      .takes_files = true, .help = MSG("Take in a signed file of another installation") },
    { GET, "/staff/envelopes/partners", "envelopes.partners", MAY_DUTY, PARTNER_DUTIES,
      .show = envelopes_partners_show,
      .help = MSG("Keys of agencies of other installations") },
    { POST, "/staff/envelopes/partners", "envelopes.partner", MAY_DUTY, PARTNER_DUTIES,
      .beats = &envelopes_partner_beats, .again = envelopes_partners_show,
      .help = MSG("Keys of agencies of other installations") },
    { POST, "/staff/envelopes/partners/forget", "envelopes.forget", MAY_DUTY,
      PARTNER_DUTIES, .beats = &envelopes_forget_beats, .again = envelopes_partners_show,
      .help = MSG("Forgets the key of a partner") },
    { GET, "/staff/envelopes/{id}", "envelopes.one", MAY_DUTY, ENVELOPE_DUTIES,
      .show = envelopes_one_show, .help = MSG("One envelope, its steps and its persons") },
    { POST, "/staff/envelopes/{id}/show", "envelopes.show", MAY_DUTY, ENVELOPE_DUTIES,
      .beats = &envelopes_show_beats, .again = envelopes_one_show,
      .help = MSG("Shows the content of an envelope for ten minutes") },
    { POST, "/staff/envelopes/{id}/step", "envelopes.step", MAY_DUTY, ENVELOPE_DUTIES,
      .beats = &envelopes_step_beats, .again = envelopes_one_show,
      .help = MSG("Confirms, refuses or answers an envelope") },
    { GET, "/staff/envelopes/{id}/case", "envelopes.case", MAY_DUTY, ENVELOPE_DUTIES,
      .show = envelopes_case_show,
      .help = MSG("Takes in as a case what came in an envelope") },
    { POST, "/staff/envelopes/{id}/noted", "envelopes.noted", MAY_DUTY, ENVELOPE_DUTIES,
      .beats = &envelopes_noted_beats, .again = envelopes_one_show,
      .help = MSG("Takes note of an answer or refusal that came back") },
    { POST, "/staff/envelopes/{id}/lines", "envelopes.lines", MAY_DUTY, ENVELOPE_DUTIES,
      .beats = &envelopes_line_beats, .again = envelopes_one_show, .lane = LANE_SLOW,
      .body_max = FILE_ROOM, .takes_files = true,
      .help = MSG("Answers about the persons of a list") },
    { GET, "/staff/envelopes/{id}/file/{step}", "envelopes.file", MAY_DUTY, ENVELOPE_DUTIES,
      .show = envelopes_file_show,
      .help = MSG("The signed file for the other installation") },
    { GET, "/{agency}/key", "envelopes.key", MAY_ANYONE, .show = envelopes_key_show,
      .help = MSG("The key with which this agency signs") },
    { GET, "/{agency}/key/card", "envelopes.card", MAY_ANYONE, .show = envelopes_card_show,
      .help = MSG("The card with the key of this agency") },
};
static const struct menu_entry menu[] = {
    { "envelopes.list", MSG("Envelopes"), true, ENVELOPE_DUTIES, "g e", false, waiting },
};
static const struct panel panels[] = {
    { "case", ENVELOPE_DUTIES, envelopes_case_panel },
    { .place = "progress", .show = envelopes_progress_panel },
};
static err waits(struct ask *q, struct waits *io)
{
    struct envelope_wait wait;

    if ((actor_serves(&q->actor) & ENVELOPE_DUTIES) == 0) {
        return NULL;
    }
    TRY(envelope_waiting(q->arena, q->snap, &q->actor, q->today, &wait));
    waits_add(io, wait.in, SAY("Envelopes of other agencies to take up"),
              link_to(q, "envelopes.list"));
    waits_add(io, wait.back, SAY("Envelopes that were answered or refused"),
              link_to(q, "envelopes.list"));
    return NULL;
}

const struct feature envelopes_feature = {
    "envelopes",
    routes,
    sizeof routes / sizeof routes[0],
    menu,
    sizeof menu / sizeof menu[0],
    panels,
    sizeof panels / sizeof panels[0],
    waits,
};
