/* records_month_web — the page of a month: how much was read, what is drawn, what was
 * found.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/waits.h"
#include "feature/records/records_store.h"
#include "feature/records/records_view.h"
#include "feature/records/records_web.h"
#include "records_month.view.h"

/* What a page is made of. */
struct sheet {
    struct ask *q;
    struct records_drawn m;
    struct staff *people;
    struct unit *units;
    size_t people_count, units_count;
    struct look *looks;
    size_t looks_count;
    str *numbers; /* of the drawn ones */
};

static err months_of(struct ask *q, const struct records_drawn *m, struct records_month *p)
{
    struct records_option *o = ARENA_ARRAY(q->arena, RECORDS_MONTHS, struct records_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int back = 0; back < RECORDS_MONTHS; back++) {
        struct draw_month month = draw_month_back(q->today, back);

        o[back] = (struct records_option){
            .value = draw_month_key(q->arena, &month),
            .text = draw_month_text(q->arena, &month, q->lang),
            .chosen = month.from_ms == m->month.from_ms,
        };
    }
    p->months = o;
    p->months_count = RECORDS_MONTHS;
    return NULL;
}

static err reasons_of(struct ask *q, const struct draw_sums *sums, struct records_month *p)
{
    struct records_reason *list = ARENA_ARRAY(q->arena, DRAW_ROWS, struct records_reason);

    if (list == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < DRAW_ROWS; i++) {
        list[i] = (struct records_reason){
            .reason = i < READ_REASONS ? words_of(reading_reason_name[i])
                                       : SAY("Own case, no reason needed"),
            .cases = sums->row[i].cases,
            .lists = sums->row[i].lists,
            .names = sums->row[i].names,
        };
    }
    p->reasons = list;
    p->reasons_count = DRAW_ROWS;
    return NULL;
}

static size_t place_of(const struct sheet *s, int64_t staff)
{
    size_t i = 0;

    while (i < s->people_count && s->people[i].id != staff) {
        i++;
    }
    return i;
}

static struct label unit_of(const struct sheet *s, size_t person)
{
    for (size_t i = 0; person < s->people_count && i < s->units_count; i++) {
        if (s->units[i].id == s->people[person].unit) {
            return s->units[i].name;
        }
    }
    return (struct label){ .in = { STR(""), STR(""), STR("") } };
}

static str name_of(const struct sheet *s, size_t person)
{
    return person < s->people_count ? s->people[person].name : STR("?");
}

/* Who read most outside his own work comes first. */
static int by_readings(const void *x, const void *y)
{
    const struct records_reader *a = x, *b = y;

    if (a->outside != b->outside) {
        return a->outside < b->outside ? 1 : -1;
    }
    return (a->total < b->total) - (a->total > b->total);
}

static err readers_of(const struct sheet *s, struct records_month *p)
{
    size_t all = s->people_count + 1, count = 0;
    struct records_reader *list = ARENA_ARRAY(s->q->arena, all, struct records_reader);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->m.count; i++) {
        struct records_reader *r = &list[place_of(s, s->m.readings[i].staff)];

        *(draw_is_outside(&s->m.readings[i]) ? &r->outside : &r->own) += 1;
        r->total++;
    }
    for (size_t i = 0; i < all; i++) {
        if (list[i].total > 0) {
            list[count] = list[i];
            list[count].name = name_of(s, i);
            list[count++].unit = unit_of(s, i);
        }
    }
    qsort(list, count, sizeof list[0], by_readings);
    p->readers = list;
    p->readers_count = count;
    return NULL;
}

/* 115.02.03 08:18 */
static str moment(struct ask *q, int64_t ms)
{
    return str_format(q->arena, "%.*s %.*s",
                      STR_ARG(day_short(q->arena, day_at(ms), q->lang)),
                      STR_ARG(day_clock(q->arena, ms)));
}

/* What was found in a reading so far; looks are in order of seq. */
static err looks_of(const struct sheet *s, int64_t seq, struct records_row *row)
{
    struct records_look *list;
    size_t first = 0;

    while (first < s->looks_count && s->looks[first].seq < seq) {
        first++;
    }
    while (first + row->looks_count < s->looks_count &&
           s->looks[first + row->looks_count].seq == seq) {
        row->looks_count++;
    }
    list = ARENA_ARRAY(s->q->arena, row->looks_count + 1, struct records_look);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < row->looks_count; i++) {
        const struct look *l = &s->looks[first + i];

        list[i] = (struct records_look){
            .in_order = l->in_order,
            .who = name_of(s, place_of(s, l->staff)),
            .at = moment(s->q, l->at_ms),
            .note = l->note,
        };
    }
    row->looks = list;
    row->looked = row->looks_count > 0;
    row->turn = str_format(s->q->arena, "%zu", row->looks_count + 1);
    return NULL;
}

/* The form of a reading; what was typed is still there when it is shown again. */
static void form_of(const struct sheet *s, const struct case_reading *r,
                    struct records_row *row)
{
    struct ask *q = s->q;
    str seq = str_format(q->arena, "%lld", (long long)r->seq);

    row->to = link_to(q, "records.look");
    row->form_token = q->session.form_token;
    row->month = s->m.key;
    row->may_look = (actor_serves(&q->actor) & DUTY(DUTY_ETHICS)) != 0 &&
                    r->staff != q->actor.staff;
    if (str_equal(ask_field(q, "reading"), seq)) {
        row->note = ask_field(q, "note");
        row->error = shell_mistake_of(
            q, str_z(q->arena, str_join(q->arena, STR("note-"), seq)));
        row->bad = row->error.id != NULL;
    }
}

static err row_of(const struct sheet *s, size_t drawn, struct records_row *row)
{
    const struct case_reading *r = &s->m.readings[s->m.places[drawn]];
    size_t person = place_of(s, r->staff);

    *row = (struct records_row){
        .place = (int64_t)drawn + 1,
        .seq = r->seq,
        .at = moment(s->q, r->at_ms),
        .who = name_of(s, person),
        .unit = unit_of(s, person),
        .number = s->numbers[drawn],
        .is_list = r->names_only || r->cases != 1,
        .names = r->cases,
        .others = r->others,
        .own = r->others == 0,
        .outside = draw_is_outside(r),
        .reason = r->reason < READ_REASONS ? words_of(reading_reason_name[r->reason])
                                           : SAY("Own case, no reason needed"),
    };
    form_of(s, r, row);
    return looks_of(s, r->seq, row);
}

static struct words share_words(const struct lot_share *share)
{
    return SAY("{percent} in a hundred, at least {least}, at most {most}",
               SAY_NUMBER("percent", share->percent), SAY_NUMBER("least", share->least),
               SAY_NUMBER("most", share->most));
}

/* The drawn ones in their two parts. */
static err parts_of(struct sheet *s, struct records_month *p)
{
    struct arena *a = s->q->arena;
    struct records_row *rows = ARENA_ARRAY(a, s->m.places_count + 1, struct records_row);
    struct records_part *parts = ARENA_ARRAY(a, 2, struct records_part);
    size_t outside = 0;

    if (rows == NULL || parts == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->m.places_count; i++) {
        TRY(row_of(s, i, &rows[i]));
        outside += rows[i].outside ? 1 : 0;
        p->looked += rows[i].looked ? 1 : 0;
        p->may_look = p->may_look || rows[i].may_look;
    }
    if (outside > 0) {
        parts[p->parts_count++] = (struct records_part){
            SAY("Outside own work"), share_words(&draw_outside), rows, outside,
        };
    }
    if (outside < s->m.places_count) {
        parts[p->parts_count++] = (struct records_part){
            SAY("In own work"), share_words(&draw_own), &rows[outside],
            s->m.places_count - outside,
        };
    }
    p->parts = parts;
    p->drawn = (int64_t)s->m.places_count;
    p->all_looked = p->looked == p->drawn;
    return NULL;
}

static err drawn_load(struct sheet *s)
{
    struct ask *q = s->q;
    const struct case_reading *all = s->m.readings;
    int64_t *ids = ARENA_ARRAY(q->arena, s->m.places_count + 1, int64_t);
    int64_t first = INT64_MAX, last = 0;

    if (ids == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->m.places_count; i++) {
        const struct case_reading *r = &all[s->m.places[i]];

        ids[i] = r->casefile;
        first = r->seq < first ? r->seq : first;
        last = r->seq > last ? r->seq : last;
    }
    TRY(casefile_numbers(q->arena, q->snap, q->agency->id, ids, s->m.places_count,
                         &s->numbers));
    return looks_load(q->arena, q->snap, q->keyring, q->agency->id, first, last, &s->looks,
                      &s->looks_count);
}

static err sheet_load(struct sheet *s)
{
    struct ask *q = s->q;

    TRY(records_load(q, q->method == POST ? ask_field(q, "month") : ask_param(q, "month"),
                     &s->m));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &s->people,
                   &s->people_count));
    TRY(unit_list(q->arena, q->snap, q->agency->id, &s->units, &s->units_count));
    return drawn_load(s);
}

/* Drawn readings of the last full month that nobody looked at. */
err records_waits(struct ask *q, struct waits *io)
{
    struct records_month p = { 0 };
    struct sheet s = { .q = q };
    int64_t count = 0;

    if ((actor_serves(&q->actor) & DUTY(DUTY_ETHICS)) == 0) {
        return NULL;
    }
    TRY(sheet_load(&s));
    TRY(parts_of(&s, &p));
    for (size_t i = 0; i < p.parts_count; i++) {
        for (size_t k = 0; k < p.parts[i].rows_count; k++) {
            count += !p.parts[i].rows[k].looked && p.parts[i].rows[k].may_look;
        }
    }
    waits_add(io, count, SAY("Drawn readings to look at"), link_to(q, "records.month"));
    return NULL;
}

err records_month_show(struct ask *q, struct reply *r)
{
    struct records_month *p = ARENA_NEW(q->arena, struct records_month);
    const struct page page = { .title = SAY("Record of readings"),
                               .current = "records.month",
                               .wide = true };
    struct sheet s = { .q = q };
    struct draw_sums sums;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(sheet_load(&s));
    sums = draw_sum(s.m.readings, s.m.count);
    p->here = link_to(q, "records.month");
    p->month = draw_month_text(q->arena, &s.m.month, q->lang);
    p->none = s.m.count == 0;
    p->over = s.m.over;
    p->total = (int64_t)s.m.count;
    p->own = sums.own;
    p->outside = sums.outside;
    p->seed = s.m.seed;
    p->last_seq = s.m.last_seq;
    TRY(months_of(q, &s.m, p));
    TRY(reasons_of(q, &sums, p));
    TRY(readers_of(&s, p));
    TRY(parts_of(&s, p));
    if (q->refusal != NULL && q->refusal->kind == ERR_CONFLICT) {
        p->stale = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, records_month, p);
}
