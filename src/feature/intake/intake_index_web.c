/* intake_index — the counter's first page: nine services by their number, all others by
 * number or word; what is done while one waits is counted in two keys and taken back in
 * one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/intake/intake_web.h"
#include "host/lang/lang.h"
#include "kernel/fee/stroke.h"
#include "kernel/pack/pack.h"

#include "intake_index.view.h"

str intake_text(struct ask *q, const char *id)
{
    return lang_text(q->lang, id);
}

err intake_service(struct ask *q, const struct service **ret)
{
    *ret = q->catalog != NULL ? service_get(q->catalog, ask_path(q, "key")) : NULL;
    if (*ret == NULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("There is no such service. See the list of services."), STR(""),
             "no service");
    }
    return NULL;
}

static str unit_key_of(const struct ask *q)
{
    size_t count;
    const struct unit *units = ask_units(q, &count);

    for (size_t i = 0; i < count; i++) {
        if (units[i].id == q->actor.unit) {
            return units[i].key;
        }
    }
    return STR("");
}

static err services_in_order(struct ask *q, const struct service ***ret, size_t *ret_count)
{
    int month = tally_month_of(q->today) - 1;
    struct tally_use *used;
    size_t count;

    if (q->catalog == NULL) {
        *ret_count = 0;
        return NULL;
    }
    TRY(tally_used(q->arena, q->snap, q->agency->id, q->actor.unit, month, month, &used,
                   &count));
    return intake_order(q->arena, q->catalog, unit_key_of(q), used, count, ret, ret_count);
}

/* ---- lines ---- */

static err buttons_of(struct ask *q, int64_t number, struct intake_line *l)
{
    struct intake_button *b = ARENA_ARRAY(q->arena, INTAKE_STROKES, struct intake_button);

    if (b == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < INTAKE_STROKES; i++) {
        b[i] = (struct intake_button){
            .value = intake_strokes[i].key,
            .text = words_of(intake_strokes[i].name),
            .number = str_format(q->arena, "%zu", i + 1),
            .keys = str_format(q->arena, "%lld %zu", (long long)number, i + 1),
            .first = i == 0,
        };
    }
    l->buttons = b;
    l->buttons_count = INTAKE_STROKES;
    return NULL;
}

static struct words note_of(struct ask *q, const struct service *s)
{
    struct service_standing t = service_stands(s, q->today);

    if (t.state != SERVICE_OPEN) {
        return service_standing_words(&t);
    }
    if (s->depth == DEPTH_ELSEWHERE) {
        return SAY("lives in another system; its number is brought in");
    }
    return s->depth == DEPTH_COUNT_ONLY ? SAY("only counted; its number is brought in")
                                        : (struct words){ 0 };
}

static err line_of(struct ask *q, const struct service *s, int64_t number,
                   struct intake_line *l)
{
    *l = (struct intake_line){
        .number = number,
        .name = s->name,
        .note = note_of(q, s),
        .service = s->key,
        .open = link_to1(q, "intake.form", s->key),
        .to = link_to(q, "intake.stroke"),
        .token = q->session.form_token,
        .is_full = s->depth == DEPTH_FULL,
    };
    if (number > INTAKE_FIRST) {
        return NULL;
    }
    l->open_keys = str_format(q->arena, "%lld %s", (long long)number,
                              s->depth == DEPTH_SHORT ? "0" : "1");
    l->open_number = s->depth == DEPTH_SHORT ? STR("0") : STR("1");
    return s->depth == DEPTH_SHORT ? buttons_of(q, number, l) : NULL;
}

static err lines_of(struct ask *q, const struct service *const *list, size_t count,
                    struct intake_index *p)
{
    struct intake_line *lines = ARENA_ARRAY(q->arena, count + 1, struct intake_line);
    size_t first = count < INTAKE_FIRST ? count : INTAKE_FIRST;

    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        TRY(line_of(q, list[i], (int64_t)i + 1, &lines[i]));
    }
    p->first = lines;
    p->first_count = first;
    p->rest = lines + first;
    p->rest_count = count - first;
    return NULL;
}

/* ---- finding ---- */

/* By number; by the beginning of its key; else by what people call it. */
static err found_of(struct ask *q, const struct service *const *all, size_t all_count,
                    str typed, const struct service ***ret, size_t *ret_count)
{
    const struct service **list = ARENA_ARRAY(q->arena, all_count + 1,
                                              const struct service *);
    str lower = str_lower(q->arena, typed);
    int64_t number;
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    *ret = list;
    if (str_to_int(typed, &number)) {
        if (number >= 1 && (size_t)number <= all_count) {
            list[count++] = all[number - 1];
        }
        *ret_count = count;
        return NULL;
    }
    for (size_t i = 0; i < all_count; i++) {
        if (str_starts(all[i]->key, lower)) {
            list[count++] = all[i];
        }
    }
    *ret_count = count;
    return count > 0 ? NULL
                     : service_search(q->arena, q->catalog, typed, q->lang, ret, ret_count);
}

/* ---- what was done last ---- */

/* Who takes money; the page is the cashier's, reached by its name. */
#define TAKERS (DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER))

/* Is there money to be taken for it by this person, now? */
static err fee_waits(struct ask *q, const struct service *s, const struct tally *t,
                     bool *ret)
{
    bool has_pad = false;

    *ret = false;
    if (s == NULL || t->result != TALLY_DONE || t->told ||
        (actor_serves(&q->actor) & TAKERS) == 0 || !fee_stroke_costs(s, q->today)) {
        return NULL;
    }
    TRY(fee_has_pad(q->arena, q->snap, q->agency->id, q->actor.staff, &has_pad));
    *ret = has_pad;
    return NULL;
}

static err did_fee(struct ask *q, const struct service *s, const struct tally *last,
                   struct intake_index *p)
{
    struct fee_stroke x;

    TRY(fee_waits(q, s, last, &p->did.fee_waits));
    if (p->did.fee_waits) {
        TRY(fee_stroke_load(q->arena, q->snap, s, q->agency->id, last->id, q->today, &x));
        p->did.fee_waits = !x.account.is_kept;
        p->did.may_undo = p->did.fee_waits || x.account.receipts_count == 0;
        p->did.fee = link_to1(q, "cashier.stroke", id_text(q->arena, last->id));
    }
    return NULL;
}

static err did_fill(struct ask *q, struct intake_index *p)
{
    struct tally last;
    const struct service *s;
    err e;

    p->did.undone = str_equal(ask_param(q, "undone"), STR("1"));
    e = tally_last(q->arena, q->snap, q->agency->id, q->actor.staff,
                   q->now_ms - TALLY_UNDO_MS, &last);
    if (e != NULL) {
        return e->kind == ERR_MISSING ? NULL : e;
    }
    s = service_get_near(q->catalog, last.service, last.service_version);
    if (s == NULL) {
        return NULL;
    }
    p->did.any = true;
    p->did.may_undo = true;
    p->did.service = s->name;
    p->did.id = id_text(q->arena, last.id);
    p->did.at = day_clock(q->arena, last.at_ms);
    for (size_t i = 0; i < INTAKE_STROKES; i++) {
        if (intake_strokes[i].result == last.result &&
            intake_strokes[i].told == last.told) {
            p->did.what = words_of(intake_strokes[i].name);
        }
    }
    return did_fee(q, s, &last, p);
}

err intake_index(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Counter"), .current = "intake.index",
                               .wide = true };
    const struct service **all = NULL, **found;
    size_t all_count = 0, found_count;
    struct intake_index p = {
        .form_token = q->session.form_token,
        .here = link_to(q, "intake.index"),
        .stroke = link_to(q, "intake.stroke"),
        .undo = link_to(q, "intake.undo"),
        .notices = link_to(q, "intake.notices"),
        .counts = link_to(q, "intake.counts"),
        .figures = link_to(q, "intake.figures"),
        .take_up = link_to(q, "intake.take_up"),
        .find = str_slice(q->method == GET ? ask_param(q, "find") : STR(""), 0, 100),
        .mistakes = shell_mistakes(q),
        .notice_number = entry_of(q, "number", &SAY("A notice came back"), NULL, STR("")),
    };

    TRY(services_in_order(q, &all, &all_count));
    TRY(lines_of(q, all, all_count, &p));
    if (p.find.len > 0) {
        TRY(found_of(q, all, all_count, p.find, &found, &found_count));
        if (found_count == 1) {
            return reply_see_other(q, r, "intake.form", found[0]->key);
        }
        p.searched = true;
        p.none = found_count == 0;
        TRY(lines_of(q, found, found_count, &p));
    }
    TRY(did_fill(q, &p));
    return REPLY_VIEW(q, r, &page, intake_index, &p);
}

/* ---- POST /staff/intake/strokes ---- */

struct stroke_wish {
    struct tally tally;
    bool fee_waits;
};
struct stroke_made {
    int64_t id; /* 0: no fee is to be taken */
};

static err stroke_check(struct ask *q, struct stroke_wish *w)
{
    const struct intake_stroke *k = intake_stroke_of(ask_field(q, "result"));
    const struct service *s =
        q->catalog != NULL ? service_get(q->catalog, ask_field(q, "service")) : NULL;
    const struct intake_way *way;

    if (s == NULL || k == NULL || s->depth == DEPTH_FULL) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a service that is counted, and what became "
             "of it."), STR("find"), "no short service");
    }
    way = intake_way_of(s, ask_field(q, "way"));
    w->tally = (struct tally){
        .agency = q->agency->id, .id = ask_new_id(q), .service = s->key,
        .service_version = s->version, .result = k->result, .told = k->told,
        .channel = way != NULL ? way->channel : CHANNEL_COUNTER,
        .month = tally_month_of(q->today), .unit = q->actor.unit,
        .staff = q->actor.staff, .at_ms = q->now_ms,
    };
    return fee_waits(q, s, &w->tally, &w->fee_waits);
}

static err stroke_commit(struct ask *q, struct tx *tx, const struct stroke_wish *w,
                         struct stroke_made *made)
{
    made->id = w->fee_waits ? w->tally.id : 0;
    return tally_stroke(q->arena, tx, &w->tally);
}

/* Whoever takes money goes on to the fee: a third key takes it. */
static err stroke_reply(struct ask *q, struct reply *r, const struct stroke_made *made)
{
    if (made->id != 0) {
        return reply_see_other(q, r, "cashier.stroke", id_text(q->arena, made->id));
    }
    return reply_see(q, r, link_to(q, "intake.index"));
}

BEATS_OUT(stroke, intake_stroke_beats, struct stroke_wish, struct stroke_made)

/* ---- POST /staff/intake/undo ---- */

struct undo_wish {
    int64_t id, as;
};

static err undo_check(struct ask *q, struct undo_wish *w)
{
    if (!id_parse(ask_field(q, "id"), &w->id)) {
        FAIL(q->arena, ERR_INPUT, SAY("There is nothing to take back."), STR("find"),
             "no id");
    }
    w->as = ask_new_id(q);
    return NULL;
}

static err undo_commit(struct ask *q, struct tx *tx, const struct undo_wish *w,
                       struct stroke_made *made)
{
    TRY(fee_stroke_is_free(q->arena, tx, q->agency->id, w->id));
    return tally_undo(q->arena, tx, &q->actor, q->now_ms, w->id, w->as);
}

static err undo_reply(struct ask *q, struct reply *r, const struct stroke_made *made)
{
    return reply_see(q, r, url_with(q, link_to(q, "intake.index"), "undone", STR("1")));
}

BEATS_OUT(undo, intake_undo_beats, struct undo_wish, struct stroke_made)
