/* cashier_day_web — the daily sheet: counted, closed, printed with its seals, paid in.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "cashier_day.view.h"
#include "cashier_sheet.view.h"
#include "feature/cashier/cashier_web.h"
#include "host/lang/lang.h"

#define LAST_DAYS 31

static err runs_of(struct ask *q, const struct fee_sheet *s, struct cashier_sheet *p)
{
    struct cashier_run *runs = ARENA_ARRAY(q->arena, s->runs_count + 1, struct cashier_run);
    struct cashier_sum *sums = ARENA_ARRAY(q->arena, s->sums_count + 1, struct cashier_sum);
    struct cashier_means *means = ARENA_ARRAY(q->arena, FEE_MEANS, struct cashier_means);

    if (runs == NULL || sums == NULL || means == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->runs_count; i++) {
        runs[i] = (struct cashier_run){
            s->runs[i].first, s->runs[i].last,
            str_format(q->arena, "%lld", (long long)s->runs[i].count),
            str_format(q->arena, "%lld", (long long)s->runs[i].voids),
        };
    }
    for (size_t i = 0; i < s->sums_count; i++) {
        sums[i] = (struct cashier_sum){
            words_of(fee_kind_name[s->sums[i].kind]), cashier_label(q, &s->sums[i].what),
            str_format(q->arena, "%lld", (long long)s->sums[i].count),
            cashier_dollars(q, s->sums[i].dollars),
        };
    }
    for (int i = 0; i < FEE_MEANS; i++) {
        if (s->by_means[i] > 0) {
            means[p->means_count++] = (struct cashier_means){
                words_of(fee_means_name[i]), cashier_dollars(q, s->by_means[i]),
            };
        }
    }
    p->runs = runs;
    p->runs_count = s->runs_count;
    p->sums = sums;
    p->sums_count = s->sums_count;
    p->means = means;
    return NULL;
}

static err receipts_of(struct ask *q, const struct fee_sheet *s, struct cashier_sheet *p)
{
    struct cashier_receipt_row *rows =
        ARENA_ARRAY(q->arena, s->receipts_count + 1, struct cashier_receipt_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->receipts_count; i++) {
        const struct fee_receipt *r = &s->receipts[i];

        rows[i] = (struct cashier_receipt_row){
            .number = r->text, .at = day_clock(q->arena, r->at_ms),
            .dollars = cashier_dollars(q, r->dollars), .payer = r->payer_masked,
            .case_number = r->stroke != 0 ? lang_text(q->lang, MSG("two keys"))
                                          : r->case_number,
            .means = words_of(fee_means_name[r->means]),
            .is_void = r->state == RECEIPT_VOID,
            .link = link_to1(q, "cashier.receipt", id_text(q->arena, r->id)),
        };
    }
    p->receipts = rows;
    p->receipts_count = s->receipts_count;
    return NULL;
}

static err sheet_of(struct ask *q, const struct fee_sheet *s, struct cashier_sheet *p)
{
    *p = (struct cashier_sheet){
        .office = cashier_label(q, &q->agency->name),
        .day = cashier_day_text(q, s->day),
        .turn = str_format(q->arena, "%d", s->turn),
        .staff = s->staff_name,
        .cash_sum = cashier_dollars(q, s->cash_sum),
        .other_sum = cashier_dollars(q, s->other_sum),
        .total = cashier_dollars(q, s->cash_sum + s->other_sum),
        .counted = cashier_dollars(q, s->cash_counted),
        .difference = s->difference_why,
        .differs = s->id != 0 && s->cash_counted != s->cash_sum,
        .is_closed = s->id != 0,
        .none = s->receipts_count == 0,
        .hash = s->hash,
        .slip = s->slip_number,
        .slip_day = cashier_day_text(q, s->slip_day),
        .slip_by = s->slip_by_name,
        .is_paid_in = s->slip_number.len > 0,
        .is_mine = s->staff == q->actor.staff,
        .form_token = q->session.form_token,
        .mistakes = shell_mistakes(q),
    };
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p->stale = q->refusal->say;
    }
    TRY(runs_of(q, s, p));
    return receipts_of(q, s, p);
}

/* Whose sheet: one's own; 出納 also that of the program (money that came online). */
static int64_t taker_of(const struct ask *q, str value)
{
    return actor_has(&q->actor, DUTY_CASHIER) && str_equal(value, STR("program"))
               ? 0
               : q->actor.staff;
}

static struct cashier_sheet_row row_of(struct ask *q, const struct fee_sheet *s)
{
    return (struct cashier_sheet_row){
        .day = day_short(q->arena, s->day, q->lang),
        .staff = s->staff == 0 ? STR("—") : s->staff_name,
        .cash = cashier_dollars(q, s->cash_sum),
        .other = cashier_dollars(q, s->other_sum),
        .slip = s->slip_number,
        .slip_day = s->slip_number.len > 0 ? day_short(q->arena, s->slip_day, q->lang)
                                           : STR(""),
        .is_paid_in = s->slip_number.len > 0,
        .differs = s->cash_counted != s->cash_sum,
        .link = link_to1(q, "cashier.sheet", id_text(q->arena, s->id)),
    };
}

/* Own sheets; who books sees all. */
static err sheets_of(struct ask *q, struct cashier_day *p)
{
    const duty_set books = DUTY(DUTY_CASHIER) | DUTY(DUTY_ACCOUNTANT) | DUTY(DUTY_HEAD) |
                           DUTY(DUTY_AUDITOR);
    bool all = (actor_serves(&q->actor) & books) != 0;
    struct fee_sheet *list;
    struct cashier_sheet_row *rows;
    size_t count;

    TRY(fee_sheet_list(q->arena, q->snap, q->agency->id, q->today - LAST_DAYS, q->today,
                       &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct cashier_sheet_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = count; i-- > 0;) {
        if (all || list[i].staff == q->actor.staff) {
            rows[p->sheets_count++] = row_of(q, &list[i]);
        }
    }
    p->sheets = rows;
    return NULL;
}

static err takers_of(struct ask *q, int64_t taker, struct cashier_day *p)
{
    struct cashier_option *o = ARENA_ARRAY(q->arena, 2, struct cashier_option);

    if (o == NULL) {
        return err_no_memory;
    }
    o[0] = (struct cashier_option){ STR("own"), q->actor.name, taker != 0 };
    o[1] = (struct cashier_option){ STR("program"),
                                    lang_text(q->lang, MSG("Paid online")), taker == 0 };
    p->takers = o;
    p->takers_count = 2;
    p->chooses = actor_has(&q->actor, DUTY_CASHIER);
    return NULL;
}

err cashier_show_day(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Daily sheet"), .current = "cashier.day",
                               .wide = true };
    struct cashier_day *p = ARENA_NEW(q->arena, struct cashier_day);
    int64_t taker = taker_of(q, q->method == POST ? ask_field(q, "taker")
                                                  : ask_param(q, "taker"));
    struct fee_sheet s;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(fee_sheet_open(q->arena, q->snap, q->agency->id, taker, q->today, &s));
    TRY(sheet_of(q, &s, &p->sheet));
    p->sheet.staff = taker == 0 ? lang_text(q->lang, MSG("Paid online")) : q->actor.name;
    p->sheet.is_mine = true;
    p->sheet.to = link_to(q, "cashier.close");
    p->sheet.cash_counted = entry_of(q, "cash_counted", &SAY("Cash counted"), NULL,
                                     STR(""));
    p->sheet.cash_counted.is_short = true;
    p->sheet.difference_why =
        entry_of(q, "difference_why", &SAY("Why it differs"), NULL, STR(""));
    p->sheet.difference_why.optional = true;
    p->here = link_to(q, "cashier.day");
    TRY(takers_of(q, taker, p));
    TRY(sheets_of(q, p));
    return REPLY_VIEW(q, r, &page, cashier_day, p);
}

struct day_made {
    int64_t id;
};

static err close_check(struct ask *q, struct fee_closing *w)
{
    int64_t counted = cashier_number(q, "cash_counted");

    *w = (struct fee_closing){ .who = q->actor, .now_ms = q->now_ms };
    TRY(fee_sheet_open(q->arena, q->snap, q->agency->id,
                       taker_of(q, ask_field(q, "taker")), q->today, &w->sheet));
    w->sheet.id = ask_new_id(q);
    if (counted < 0 && w->sheet.cash_sum == 0) {
        counted = 0; /* nothing but cards: nothing to count */
    }
    if (counted < 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Count the cash and enter the sum."),
             STR("cash_counted"), "not a number");
    }
    w->sheet.cash_counted = counted;
    w->sheet.difference_why = str_slice(ask_field(q, "difference_why"), 0, 500);
    return fee_closing_prepare(q->arena, q->keyring, w);
}

static err close_commit(struct ask *q, struct tx *tx, const struct fee_closing *w,
                        struct day_made *made)
{
    made->id = w->sheet.id;
    return fee_closing_commit(q->arena, tx, w);
}

static err close_reply(struct ask *q, struct reply *r, const struct day_made *made)
{
    return reply_see_other(q, r, "cashier.sheet", id_text(q->arena, made->id));
}

BEATS_OUT(close, cashier_close_beats, struct fee_closing, struct day_made)

/* ---- one sheet ---- */

err cashier_show_sheet(struct ask *q, struct reply *r)
{
    const duty_set books = DUTY(DUTY_CASHIER) | DUTY(DUTY_ACCOUNTANT) | DUTY(DUTY_HEAD) |
                           DUTY(DUTY_AUDITOR);
    struct cashier_sheet *p = ARENA_NEW(q->arena, struct cashier_sheet);
    struct fee_sheet s;
    str content;
    int64_t id;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(ask_path_id(q, "id", &id));
    TRY(fee_sheet_load(q->arena, q->snap, q->agency->id, id, &s));
    if (s.staff != q->actor.staff && (actor_serves(&q->actor) & books) == 0) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such page."), STR(""), "not his");
    }
    TRY(sheet_of(q, &s, p));
    p->staff = s.staff == 0 ? lang_text(q->lang, MSG("Paid online")) : s.staff_name;
    p->intact = fee_sheet_copy(q->arena, q->snap, q->keyring, q->agency->id, id,
                               &content) == NULL &&
                str_equal(content, fee_sheet_content(q->arena, &s));
    p->may_slip = actor_has(&q->actor, DUTY_CASHIER) && s.staff != q->actor.staff &&
                  !p->is_paid_in;
    p->to = link_to1(q, "cashier.slip", id_text(q->arena, id));
    p->slip_number = entry_of(q, "slip_number", &SAY("Number of the slip"), NULL, STR(""));
    p->slip_on = entry_of(q, "slip_day", &SAY("Paid in on"), NULL,
                          day_short(q->arena, q->today, q->lang));
    p->slip_on.is_short = true;

    const struct page page = { .title = SAY("Daily sheet of {day}", SAY_DAY("day", s.day)),
                               .current = "cashier.day", .wide = true };

    return REPLY_VIEW(q, r, &page, cashier_sheet, p);
}

struct slip_wish {
    int64_t id;
    str number;
    day on;
};

static err slip_check(struct ask *q, struct slip_wish *w)
{
    TRY(ask_path_id(q, "id", &w->id));
    w->number = str_slice(ask_field(q, "slip_number"), 0, 40);
    if (w->number.len == 0) {
        mistake_add(&q->mistakes, STR("slip_number"), SAY("Enter the number of the slip."));
    }
    if (!day_parse(ask_field(q, "slip_day"), &w->on) || w->on > q->today) {
        mistake_add(&q->mistakes, STR("slip_day"),
                    SAY("Write the day as {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "slip");
    }
    return NULL;
}

static err slip_commit(struct ask *q, struct tx *tx, const struct slip_wish *w,
                       struct day_made *made)
{
    made->id = w->id;
    return fee_slip(q->arena, tx, &q->actor, q->now_ms, w->id, w->number, w->on);
}

static err slip_reply(struct ask *q, struct reply *r, const struct day_made *made)
{
    return reply_see_other(q, r, "cashier.sheet", id_text(q->arena, made->id));
}

BEATS_OUT(slip, cashier_slip_beats, struct slip_wish, struct day_made)
