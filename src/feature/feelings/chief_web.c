/* chief_web — whom the chief should talk to, and what became of it; figures by service.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/waits.h"
#include "feature/feelings/feelings_store.h"
#include "feature/feelings/feelings_view.h"
#include "feature/feelings/feelings_web.h"
#include "feelings_head.view.h"
#include "feelings_list.view.h"
#include "kernel/flow/flow.h"
#include "kernel/service/service.h"

#define ROWS_MOST 50
#define HEAD_MOST 5

static struct label service_name(const struct ask *q, str key)
{
    const struct service *s = service_get(q->catalog, key);
    struct label l = { .in = { key, key, key } };

    return s != NULL ? s->name : l;
}

static struct words step_name(str key)
{
    enum case_state s;

    return case_state_from_key(key, &s) ? words_of(case_state_public_name[s])
                                        : (struct words){ 0 };
}

static str moment(struct ask *q, int64_t ms)
{
    return ms == 0 ? STR("")
                   : str_format(q->arena, "%.*s %.*s",
                                STR_ARG(day_short(q->arena, day_at(ms), q->lang)),
                                STR_ARG(day_clock(q->arena, ms)));
}

static void row_of(struct ask *q, const struct feeling *f, struct feelings_row *r)
{
    str id = id_text(q->arena, f->id);

    *r = (struct feelings_row){
        .casefile = link_to1(q, "casework.one", id_text(q->arena, f->casefile)),
        .take = link_to1(q, "feelings.take", id),
        .face = words_of(face_name[f->face]),
        .step = step_name(f->step),
        .service = service_name(q, f->service),
        .number = f->number, .at = moment(q, f->at_ms), .id = id,
        .changes = str_format(q->arena, "%lld", (long long)f->changes),
        .form_token = q->session.form_token,
        .word = f->word, .taken = moment(q, f->taken_ms), .answer = f->answer,
        .field = str_join(q->arena, STR("f-answer-"), id),
        .pickup = f->pickup, .has_word = f->has_word, .has_answer = f->answer.len > 0,
        .may_answer = f->answer.len == 0,
    };
    if (str_equal(ask_path(q, "id"), id)) {
        r->error = shell_mistake_of(q, "answer");
        r->bad = r->error.id != NULL;
        r->answer = r->bad ? ask_field(q, "answer") : r->answer;
    }
}

/* Those that this chief is told of. */
static err rows_of(struct ask *q, const struct feeling *list, size_t count, size_t most,
                   const struct feelings_row **ret, size_t *ret_count)
{
    struct feelings_row *rows = ARENA_ARRAY(q->arena, count + 1, struct feelings_row);
    size_t n = 0;

    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count && n < most; i++) {
        if (feeling_is_for(&q->actor, list[i].unit)) {
            row_of(q, &list[i], &rows[n]);
            if (list[i].taken_by != 0) {
                struct staff s;

                TRY(staff_by_id(q->arena, q->snap, q->agency->id, list[i].taken_by,
                                q->today, &s));
                rows[n].who = s.name;
            }
            n++;
        }
    }
    *ret = rows;
    *ret_count = n;
    return NULL;
}

err feelings_waits(struct ask *q, struct waits *io)
{
    struct feeling *list;
    size_t count;
    int64_t bad = 0;

    TRY(feeling_open_list(q->arena, q->snap, q->agency->id, ROWS_MOST, &list, &count));
    for (size_t i = 0; i < count; i++) {
        bad += feeling_is_for(&q->actor, list[i].unit);
    }
    waits_add(io, bad, SAY("People who did not feel well served"),
              link_to(q, "feelings.list"));
    return NULL;
}

static err services_of(struct ask *q, struct feelings_list *p)
{
    struct feeling_time time = feeling_time(q->today);
    struct feeling_sum *sums;
    struct feelings_service *list;
    size_t count;

    TRY(feeling_sums(q->arena, q->snap, q->agency->id, STR(""), time, &sums, &count));
    list = ARENA_ARRAY(q->arena, count + 1, struct feelings_service);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        list[i] = (struct feelings_service){
            .name = service_name(q, sums[i].service),
            .all = sums[i].all,
            .satisfied = feeling_percent(&sums[i], 4) + feeling_percent(&sums[i], 5),
            .dissatisfied = feeling_percent(&sums[i], 1) + feeling_percent(&sums[i], 2),
            .published = feeling_may_publish(&sums[i], p->least),
        };
    }
    p->services = list;
    p->services_count = count;
    p->has_services = count > 0;
    p->from = day_short(q->arena, day_at(time.from_ms), q->lang);
    p->until = day_short(q->arena, day_at(time.until_ms) - 1, q->lang);
    return NULL;
}

err feelings_list_show(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("How it felt"), .current = "feelings.list",
                               .wide = true };
    struct feelings_list p = { .least = feelings_least(q), .mistakes = shell_mistakes(q) };
    struct feeling *list;
    size_t count;

    TRY(feeling_open_list(q->arena, q->snap, q->agency->id, ROWS_MOST, &list, &count));
    TRY(rows_of(q, list, count, ROWS_MOST, &p.open, &p.open_count));
    TRY(feeling_taken_list(q->arena, q->snap, q->keyring, q->agency->id, ROWS_MOST, &list,
                           &count));
    TRY(rows_of(q, list, count, ROWS_MOST, &p.taken, &p.taken_count));
    TRY(services_of(q, &p));
    p.none_open = p.open_count == 0;
    p.has_taken = p.taken_count > 0;
    if (q->refusal != NULL && q->refusal->kind == ERR_CONFLICT) {
        p.stale = q->refusal->say;
    }
    return REPLY_VIEW(q, r, &page, feelings_list, &p);
}

struct take_made {
    int64_t id;
};

static err take_check(struct ask *q, struct feeling *w)
{
    int64_t id;
    bool taken;

    TRY(ask_path_id(q, "id", &id));
    TRY(feeling_by_id(q->arena, q->snap, q->agency->id, id, w));
    if (!feeling_is_for(&q->actor, w->unit) || !face_is_bad(w->face)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "not his");
    }
    taken = w->taken_by != 0;
    w->word = STR("");
    w->taken_by = q->actor.staff;
    w->taken_ms = q->now_ms;
    w->answer = taken ? str_trim(ask_field(q, "answer")) : STR("");
    if (!str_to_int(ask_field(q, "changes"), &w->changes)) {
        w->changes = -1;
    }
    if (taken && w->answer.len == 0) {
        mistake_add(&q->mistakes, STR("answer"), SAY("Write what was done."));
    } else if (str_points(w->answer) > FEELING_ANSWER_SIGNS) {
        mistake_add(&q->mistakes, STR("answer"),
                    SAY("At most {max} characters, please.",
                        SAY_NUMBER("max", FEELING_ANSWER_SIGNS)));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, STR("answer"), "answer");
    }
    return feeling_seal(q->arena, q->keyring, w);
}

static err take_commit(struct ask *q, struct tx *tx, const struct feeling *w,
                       struct take_made *made)
{
    made->id = w->id;
    return feeling_take(q->arena, tx, w);
}

static err take_reply(struct ask *q, struct reply *r, const struct take_made *made)
{
    struct url to = link_to(q, "feelings.list");

    to.address = str_format(q->arena, "%.*s#r-%.*s", STR_ARG(to.address),
                            STR_ARG(id_text(q->arena, made->id)));
    return reply_see(q, r, to);
}

BEATS_OUT(take, feelings_take_beats, struct feeling, struct take_made)

err feelings_head_panel(struct ask *q, const struct panel_about *about, struct html *ret)
{
    struct feelings_head p = { .all = link_to(q, "feelings.list") };
    struct feeling *list;
    size_t count;

    TRY(feeling_open_list(q->arena, q->snap, q->agency->id, ROWS_MOST, &list, &count));
    TRY(rows_of(q, list, count, ROWS_MOST, &p.rows, &p.rows_count));
    p.count = (int64_t)p.rows_count;
    p.rows_count = p.rows_count > HEAD_MOST ? HEAD_MOST : p.rows_count;
    return p.count == 0 ? NULL : PANEL_VIEW(q, ret, feelings_head, &p);
}
