/* intake_form — one matter at the counter on one page: papers, way, the citizen's own
 * questions, and three buttons (M5): a one-time notice and nothing is accepted; acceptance
 * with a notice to complete; acceptance.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "desk/field/field.h"
#include "desk/upload/upload.h"
#include "feature/intake/intake_web.h"
#include "host/lang/lang.h"
#include "kernel/calendar/calendar.h"

#include "intake_form.view.h"

#define DIGITS 9

str intake_new_form(struct ask *q)
{
    return id_text(q->arena, ask_new_id(q));
}

/* ---- papers ---- */

static struct words tick_text(struct ask *q, const struct intake_paper *p,
                              enum intake_paper_state state)
{
    switch (state) {
    case PAPER_ORIGINAL:
        return p->kind == ONCE_QUESTION ? SAY("On paper") : SAY("Original");
    case PAPER_COPY:
        return p->paper != NULL && p->paper->copies > 1
                   ? SAY("{n} copies", SAY_NUMBER("n", p->paper->copies))
                   : SAY("Copy");
    case PAPER_LOOKED_UP:
        return SAY("Looked up by us");
    case PAPER_MISSING:
        return SAY("Missing");
    default:
        return SAY("Not needed");
    }
}

/* Which ticks a line has. */
static bool has_tick(const struct intake_paper *p, enum intake_paper_state state)
{
    switch (state) {
    case PAPER_ORIGINAL:
        return p->paper == NULL || p->paper->original || p->paper->copies == 0;
    case PAPER_COPY:
        return p->paper != NULL && p->paper->copies > 0;
    case PAPER_LOOKED_UP:
        return p->paper != NULL && (p->paper->looked_up || p->paper->lookup.len > 0);
    case PAPER_MISSING:
        return true;
    default:
        return (p->paper != NULL && p->paper->when.len > 0) ||
               (p->kind == ONCE_QUESTION && !p->needed);
    }
}

static err paper_line(struct ask *q, const struct intake_paper *p, size_t number,
                      struct intake_paper_line *l)
{
    struct intake_tick *ticks = ARENA_ARRAY(q->arena, PAPER_STATES, struct intake_tick);
    enum intake_paper_state now = p->state;

    if (ticks == NULL) {
        return err_no_memory;
    }
    *l = (struct intake_paper_line){
        .name = intake_paper_field(q->arena, p), .label = *p->name, .note = *p->note,
        .where = *p->where, .ticks = ticks,
    };
    l->id = str_join(q->arena, STR("f-"), l->name);
    l->mistake = shell_mistake_of(q, str_z(q->arena, l->name));
    l->bad = l->mistake.id != NULL;
    if (!has_tick(p, now)) {
        now = has_tick(p, PAPER_ORIGINAL) ? PAPER_ORIGINAL : PAPER_COPY;
    }
    for (int i = 0; i < PAPER_STATES; i++) {
        struct intake_tick *t = &ticks[l->ticks_count];

        if (!has_tick(p, (enum intake_paper_state)i)) {
            continue;
        }
        *t = (struct intake_tick){
            .id = str_format(q->arena, "%.*s-%.*s", STR_ARG(l->id),
                             STR_ARG(intake_paper_key[i])),
            .value = intake_paper_key[i],
            .text = tick_text(q, p, (enum intake_paper_state)i),
            .checked = i == (int)now,
        };
        if (i == PAPER_MISSING && number <= DIGITS) {
            t->key = str_format(q->arena, "%zu", number);
        }
        l->ticks_count++;
    }
    return NULL;
}

static err papers_fill(struct ask *q, const struct intake_wish *w, struct intake_form *p)
{
    struct intake_paper_line *lines = ARENA_ARRAY(q->arena, w->papers.count + 1,
                                                  struct intake_paper_line);
    struct intake_paper_line *agent = ARENA_ARRAY(q->arena, w->papers.count + 1,
                                                  struct intake_paper_line);
    size_t number = 0;

    if (lines == NULL || agent == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < w->papers.count; i++) {
        const struct intake_paper *x = &w->papers.list[i];
        struct intake_paper_line *to = x->kind == ONCE_AGENT_PAPER
                                           ? &agent[p->agent_papers_count++]
                                           : &lines[p->papers_count++];

        TRY(paper_line(q, x, ++number, to));
    }
    p->papers = lines;
    p->agent_papers = agent;
    p->has_papers = p->papers_count > 0;
    p->has_agent_papers = p->agent_papers_count > 0;
    p->papers_error = shell_mistake_of(q, "papers");
    p->papers_bad = p->papers_error.id != NULL;
    return NULL;
}

/* ---- way ---- */

static err ways_fill(struct ask *q, const struct intake_wish *w, struct intake_form *p)
{
    struct intake_choice *ways = ARENA_ARRAY(q->arena, INTAKE_WAYS, struct intake_choice);
    struct intake_choice *ids = ARENA_ARRAY(q->arena, INTAKE_IDENTITIES,
                                            struct intake_choice);
    struct words example = SAY("For example {day}",
                               SAY_TEXT("day", day_short(q->arena, q->today, q->lang)));

    if (ways == NULL || ids == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < INTAKE_WAYS; i++) {
        const struct intake_way *way = &intake_ways[i];

        if (intake_has_way(w->service, way)) {
            str key = case_channel_key[way->channel];

            ways[p->ways_count++] = (struct intake_choice){
                .id = str_join(q->arena, STR("f-way-"), key), .name = STR("way"),
                .value = key, .text = words_of(way->name), .checked = w->way == way,
            };
            p->has_post = p->has_post || way->channel == CHANNEL_POST;
            p->has_telephone = p->has_telephone || way->channel == CHANNEL_TELEPHONE;
            p->has_cross = p->has_cross || way->channel == CHANNEL_CROSS_OFFICE;
        }
    }
    for (size_t i = 0; i < INTAKE_IDENTITIES; i++) {
        ids[i] = (struct intake_choice){
            .id = str_join(q->arena, STR("f-identity-"), intake_identity_key[i]),
            .name = STR("identity"), .value = intake_identity_key[i],
            .text = words_of(intake_identity_name[i]),
            .checked = str_equal(ask_field(q, "identity"), intake_identity_key[i]),
        };
    }
    p->ways = ways;
    p->identities = ids;
    p->identities_count = INTAKE_IDENTITIES;
    p->has_other_ways = p->ways_count > 1;
    p->identity_error = shell_mistake_of(q, "identity");
    p->identity_bad = p->identity_error.id != NULL;
    p->called_back = ask_field(q, "called_back").len > 0;
    p->postmark = entry_of(q, "postmark", &SAY("Day of the postmark"), &example, STR(""));
    p->from_office = entry_of(q, "from_office", &SAY("Office where it was handed in"), NULL,
                              STR(""));
    p->from_day = entry_of(q, "from_day", &SAY("Handed in there on"), &example, STR(""));
    p->postmark.is_short = p->from_day.is_short = true;
    return NULL;
}

/* ---- questions ---- */

static err part_fill(struct ask *q, const struct intake_wish *w,
                     const struct form_step *step, const struct field_notice *notice,
                     struct intake_part *part)
{
    const struct field *all;
    struct field *kept, *files;
    size_t count;

    TRY(fields_fill(q, &w->answers, step, notice, &all, &count));
    kept = ARENA_ARRAY(q->arena, count + 1, struct field);
    files = ARENA_ARRAY(q->arena, count + 1, struct field);
    if (kept == NULL || files == NULL) {
        return err_no_memory;
    }
    part->title = step->title;
    for (size_t i = 0; i < count; i++) {
        /* What is brought on paper stands among the papers; what a citizen has sent along
         * or signed on line stays with it. */
        if (!all[i].is_file && !all[i].is_signature) {
            kept[part->fields_count++] = all[i];
        } else if (all[i].file_kept.len > 0 || all[i].sign_strokes.len > 0) {
            files[part->files_count++] = all[i];
        }
    }
    part->fields = kept;
    part->files = files;
    return NULL;
}

static err parts_fill(struct ask *q, const struct intake_wish *w, struct intake_form *p)
{
    const struct form *f = &w->service->form;
    const struct field_notice notice = {
        .office = q->agency->name, .purpose = w->service->purpose,
        .years = w->service->keep_years, .telephone = q->agency->telephone,
    };
    struct intake_part *parts = ARENA_ARRAY(q->arena, f->steps_count + 1,
                                            struct intake_part);

    if (parts == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < f->steps_count; i++) {
        struct intake_part *part = &parts[p->parts_count];

        TRY(part_fill(q, w, &f->steps[i], &notice, part));
        if (part->fields_count + part->files_count > 0) {
            p->parts_count++;
        } else {
            *part = (struct intake_part){ 0 };
        }
    }
    p->parts = parts;
    return NULL;
}

/* What is still blank after a try, to go on without it. */
static err gaps_fill(struct ask *q, const struct intake_wish *w, struct intake_form *p)
{
    struct intake_gap *gaps = ARENA_ARRAY(q->arena, w->answers.count + 1,
                                          struct intake_gap);
    str rest = w->record.without, key;

    if (gaps == NULL) {
        return err_no_memory;
    }
    for (const struct mistake *m = w->gaps.first; m != NULL; m = m->next) {
        const struct answer *x = answers_of(&w->answers, m->field);

        if (x != NULL && p->gaps_count < w->answers.count) {
            gaps[p->gaps_count++] = (struct intake_gap){ .value = m->field,
                                                         .label = x->question->label };
        }
    }
    while (rest.len > 0 && str_cut(&rest, ' ', &key)) {
        const struct answer *x = answers_of(&w->answers, key);

        if (x != NULL && p->gaps_count < w->answers.count) {
            gaps[p->gaps_count++] = (struct intake_gap){ .value = key, .checked = true,
                                                         .label = x->question->label };
        }
    }
    for (size_t i = 0; i < p->gaps_count; i++) {
        gaps[i].id = str_join(q->arena, STR("f-without-"), gaps[i].value);
    }
    p->gaps = gaps;
    p->has_gaps = p->gaps_count > 0;
    p->ground = entry_of(q, "ground", &SAY("Why it cannot be given"),
                         &SAY("For example: no telephone; passport instead of an identity "
                              "number."), STR(""));
    return NULL;
}

/* ---- the page ---- */

static err short_fill(struct ask *q, struct intake_form *p)
{
    struct intake_button *b = ARENA_ARRAY(q->arena, INTAKE_STROKES, struct intake_button);

    if (b == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < INTAKE_STROKES; i++) {
        b[i] = (struct intake_button){ .value = intake_strokes[i].key,
                                       .text = words_of(intake_strokes[i].name),
                                       .key = str_slice(STR("dtvp"), i, 1),
                                       .first = i == 0 };
    }
    p->buttons = b;
    p->buttons_count = INTAKE_STROKES;
    return NULL;
}

static err head_fill(struct ask *q, const struct service *s, struct intake_form *p)
{
    struct service_standing standing = service_stands(s, q->today);
    str telephone;

    p->service = s->name;
    p->service_key = s->key;
    p->term = service_term_words(s);
    p->fee = service_fee_words(s);
    p->unit = ask_unit_of(q, s->unit, &telephone);
    p->unconfirmed = !s->confirmed;
    p->is_full = s->depth == DEPTH_FULL;
    p->is_short = s->depth == DEPTH_SHORT;
    p->may_agent = service_takes_agent(s);
    p->may_list = p->is_full && (s->ways & 1U << WAY_LIST) != 0;
    p->has_elsewhere = s->elsewhere.url.len > 0;
    p->elsewhere_name = s->elsewhere.system;
    p->elsewhere = url_checked(q->arena, s->elsewhere.url);
    if (standing.state != SERVICE_OPEN) {
        p->standing = service_standing_words(&standing);
    }
    p->action = link_to1(q, "intake.decide", s->key);
    p->stroke = link_to(q, "intake.stroke");
    p->list = link_to1(q, "intake.list", s->key);
    p->back = link_to(q, "intake.index");
    p->public_page = link_office1(q, q->agency->key, "services.one", s->key);
    return NULL;
}

static void acts_fill(struct ask *q, const struct intake_wish *w, struct intake_form *p)
{
    int days = usual_terms_of(q->catalog, w->service).supply;
    day until = calendar_end_from(q->calendar, q->today + days);

    p->until = entry_of(q, "until", &SAY("To be supplied until"), NULL,
                        day_short(q->arena, until, q->lang));
    p->until.is_short = true;
    p->remark = entry_of(q, "remark", &SAY("Remark for the applicant"), NULL, STR(""));
    p->remark.optional = true;
    p->by_agent = w->record.by_agent;
    p->agent_name = entry_of(q, "agent_name", &SAY("Name of the agent"), NULL, STR(""));
    p->agent_relation = entry_of(q, "agent_relation", &SAY("What he is to the applicant"),
                                 NULL, STR(""));
    p->agent_authority =
        entry_of(q, "agent_authority", &SAY("Number or date of the letter of attorney"),
                 NULL, STR(""));
    p->agent_telephone = entry_of(q, "agent_telephone", &SAY("Telephone of the agent"),
                                  NULL, STR(""));
    p->agent_authority.optional = p->agent_telephone.optional = true;
    p->agent_seen = ask_field(q, "agent_id_seen").len > 0;
    p->agent_seen_error = shell_mistake_of(q, "agent_id_seen");
    p->agent_seen_bad = p->agent_seen_error.id != NULL;
    p->complete = w->complete;
    p->more = w->more;
}

/* The notice that it goes on from, for the head of the page. */
static err notice_name(struct ask *q, const struct intake_wish *w, struct intake_form *p)
{
    struct once_notice n;

    if (w->record.notice == 0) {
        return NULL;
    }
    TRY(once_load(q->arena, q->snap, q->agency->id, w->record.notice, &n));
    p->from_notice = true;
    p->notice_number = n.number;
    p->notice = id_text(q->arena, n.id);
    return NULL;
}

static err page_of(struct ask *q, struct reply *r, const struct intake_wish *w,
                   struct intake_form *p)
{
    const struct page_crumb crumbs[] = { { SAY("Counter"), link_to(q, "intake.index") } };
    const struct page page = {
        .title = q->mistakes.count > 0
                     ? SAY("Mistake: {name}", SAY_LABEL("name", &w->service->name))
                     : SAY("{name}", SAY_LABEL("name", &w->service->name)),
        .here = SAY("{name}", SAY_LABEL("name", &w->service->name)),
        .crumbs = crumbs, .crumbs_count = 1, .current = "intake.index", .wide = true,
        .asks = true,
    };

    p->form_token = q->session.form_token;
    p->form = id_text(q->arena, w->form);
    TRY(notice_name(q, w, p));
    p->mistakes = shell_mistakes(q);
    TRY(head_fill(q, w->service, p));
    TRY(intake_origin(q, w, p));
    TRY(papers_fill(q, w, p));
    TRY(ways_fill(q, w, p));
    acts_fill(q, w, p);
    TRY(gaps_fill(q, w, p));
    TRY(p->is_full ? parts_fill(q, w, p) : short_fill(q, p));
    return REPLY_VIEW(q, r, &page, intake_form, p);
}

err intake_form(struct ask *q, struct reply *r)
{
    const struct intake_wish *posted = q->wish;
    struct intake_form p = { 0 };
    struct intake_wish *w;

    if (q->method == POST && posted != NULL && posted->answers.list != NULL &&
        posted->way != NULL) {
        return page_of(q, r, posted, &p);
    }
    w = ARENA_NEW(q->arena, struct intake_wish);
    if (w == NULL) {
        return err_no_memory;
    }
    TRY(intake_service(q, &w->service));
    mistakes_init(&w->gaps, q->arena);
    w->form = ask_new_id(q);
    w->way = &intake_ways[0];
    TRY(answers_init(q->arena, &w->service->form, &w->answers));
    TRY(intake_begin(q, w, &p));
    TRY(answers_settle(q->arena, &w->answers, q->today));
    TRY(intake_papers_of(q->arena, w->service,
                         w->service->depth == DEPTH_FULL ? &w->answers : NULL,
                         w->record.by_agent, q->today, &w->papers));
    return page_of(q, r, w, &p);
}

/* ---- POST /staff/intake/services/{key} ---- */

static err decide_check(struct ask *q, struct intake_wish *w)
{
    return intake_take(q, w);
}

static err decide_commit(struct ask *q, struct tx *tx, const struct intake_wish *w,
                         struct intake_made *made)
{
    if (w->act == INTAKE_NOTICE) {
        TRY(once_issue(q->arena, tx, &w->once, &made->notice));
        return w->draft.id == 0 || made->notice.again
                   ? NULL
                   : draft_put(q->arena, tx, &w->draft);
    }
    return intake_accept(q, tx, w, made);
}

static err decide_reply(struct ask *q, struct reply *r, const struct intake_made *made)
{
    const struct intake_wish *w = q->wish;

    for (size_t i = 0; made->receipt.id != 0 && !made->receipt.again &&
                       i < w->receive.files_count; i++) {
        upload_keep(q, w->receive.files[i].file);
    }

    struct url u = made->notice.id != 0
                       ? link_to1(q, "intake.notice", id_text(q->arena, made->notice.id))
                       : link_to1(q, "intake.receipt", id_text(q->arena, made->receipt.id));

    return reply_see(q, r, url_with(q, u, "done", STR("1")));
}

BEATS_OUT(decide, intake_decide_beats, struct intake_wish, struct intake_made)
