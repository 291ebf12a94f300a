/* intake_sheet — what is handed over at the counter, as documents: the one-time notice and
 * the receipt, with the notice to complete where something was asked for.
 *
 * The same values give the same sheet; nothing here is read from a database or a clock.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "feature/intake/intake_web.h"
#include "host/lang/lang.h"
#include "kernel/calendar/calendar.h"

#define TEXT_BYTES ((size_t)64 << 10)
#define ROWS_MOST_HERE 16
#define QR_MM 28

static str text(const struct intake_sheet *x, const char *id)
{
    return lang_text(x->lang, id);
}
static str say(const struct intake_sheet *x, struct words w)
{
    return lang_say(x->q->arena, x->lang, w);
}
static str in(const struct intake_sheet *x, const struct label *l)
{
    return label_in(l, x->lang);
}

/* ---- names by key ---- */

static const struct service_paper *paper_of(const struct service *s, enum once_kind kind,
                                            str key)
{
    const struct service_paper *list = kind == ONCE_PAPER ? s->papers : s->agent_papers;
    size_t count = kind == ONCE_PAPER ? s->papers_count : s->agent_papers_count;

    for (size_t i = 0; kind != ONCE_QUESTION && i < count; i++) {
        if (str_equal(list[i].key, key)) {
            return &list[i];
        }
    }
    return NULL;
}

const struct label *intake_name_of(const struct service *s, enum once_kind kind, str key)
{
    static const struct label nothing = { .in = { STR_INIT("—"), STR_INIT("—"),
                                                  STR_INIT("—") } };
    const struct service_paper *p = paper_of(s, kind, key);
    const struct question *q = p == NULL ? form_question(&s->form, key) : NULL;

    return p != NULL ? &p->name : q != NULL ? &q->label : &nothing;
}

const struct label *intake_where_of(const struct service *s, enum once_kind kind, str key)
{
    static const struct label nothing;
    const struct service_paper *p = paper_of(s, kind, key);

    return p != NULL ? &p->where : &nothing;
}

/* ---- tables ---- */

struct rows {
    const struct intake_sheet *x;
    str cells[2 * ROWS_MOST_HERE];
    size_t count;
};

static void row(struct rows *r, const char *name, str value)
{
    if (value.len == 0 || r->count == ROWS_MOST_HERE) {
        return;
    }
    r->cells[2 * r->count] = text(r->x, name);
    r->cells[2 * r->count + 1] = value;
    r->count++;
}

static void rows_end(struct rows *r, struct doc_maker *m)
{
    static const int shares[] = { 25, 75 };
    str *cells = ARENA_ARRAY(m->arena, 2 * r->count + 2, str);

    if (cells == NULL) {
        return;
    }
    for (size_t i = 0; i < 2 * r->count; i++) {
        cells[i] = r->cells[i];
    }
    struct doc_block *b = doc_table(m, shares, 2, cells, r->count);

    /* Names stand at the left, not above. */
    for (size_t i = 0; i < b->rows_count; i++) {
        struct doc_row *line = (struct doc_row *)(uintptr_t)&b->rows[i];

        line->head = false;
        for (size_t k = 0; k < line->cells_count; k++) {
            ((struct doc_cell *)(uintptr_t)line->cells)[k].head = k == 0;
        }
    }
}

static str fees_text(const struct intake_sheet *x)
{
    const struct service *s = x->service;
    struct buf b;

    buf_init(&b, x->q->arena, TEXT_BYTES);
    for (size_t i = 0; i < s->fees_count; i++) {
        const struct service_fee *f = &s->fees[i];
        str money = f->dollars == 0 ? text(x, MSG("No fee"))
                                    : lang_money(x->q->arena, x->lang, f->dollars);

        if ((f->from != DAY_NONE && f->from > x->q->today) ||
            (f->until != DAY_NONE && f->until < x->q->today)) {
            continue;
        }
        buf_put_z(&b, buf_str(&b).len > 0 ? "\n" : "");
        buf_format(&b, "%.*s　%.*s", STR_ARG(in(x, &f->what)), STR_ARG(money));
    }
    return buf_str(&b).len > 0 ? buf_str(&b) : text(x, MSG("No fee"));
}

static str unit_text(const struct intake_sheet *x)
{
    return str_format(x->q->arena, "%.*s　%.*s", STR_ARG(in(x, &x->unit)),
                      STR_ARG(x->telephone));
}

static str people_text(const struct intake_sheet *x)
{
    if (x->deputy.len == 0) {
        return x->clerk;
    }
    return say(x, SAY("{clerk}; deputy: {deputy}", SAY_TEXT("clerk", x->clerk),
                      SAY_TEXT("deputy", x->deputy)));
}

static str spaced(struct arena *a, str code)
{
    return code.len == 12 ? str_format(a, "%.4s-%.4s-%.4s", code.at, code.at + 4,
                                       code.at + 8)
                          : code;
}

static void qr(const struct intake_sheet *x, struct doc_maker *m, str address, str beside)
{
    struct doc_block *b = doc_add(m, DOC_QR, beside);

    b->label = address;
    b->width_mm = QR_MM;
}

static void sign(const struct intake_sheet *x, struct doc_maker *m, const char *name)
{
    doc_add(m, DOC_SIGN, STR(""))->label = text(x, name);
}

static void begin(const struct intake_sheet *x, struct doc *d, struct doc_maker *m,
                  str title, str corner, int64_t at_ms)
{
    *d = (struct doc){ .title = title, .author = in(x, &x->q->agency->name),
                       .lang = x->lang, .page = DOC_A4, .made_ms = at_ms,
                       .top_right = corner, .foot = in(x, &x->q->agency->name) };
    doc_begin(m, x->q->arena, d);
    doc_add(m, DOC_TITLE, title)->size = DOC_LARGE;
}

/* ---- 一次告知單 ---- */

static err missing_table(const struct intake_sheet *x, struct doc_maker *m)
{
    static const int shares[] = { 10, 52, 38 };
    str *cells = ARENA_ARRAY(x->q->arena, 3 * (x->missing_count + 1), str);

    if (cells == NULL) {
        return err_no_memory;
    }
    cells[0] = text(x, MSG("Missing"));
    cells[1] = text(x, MSG("Papers still needed"));
    cells[2] = text(x, MSG("Where to get it"));
    for (size_t i = 0; i < x->missing_count; i++) {
        const struct once_missing *w = &x->missing[i];
        const struct service_paper *p = paper_of(x->service, w->kind, w->key);
        str name = in(x, intake_name_of(x->service, w->kind, w->key));
        str note = p != NULL ? in(x, &p->note) : STR("");

        cells[3 * (i + 1)] = STR("☑");
        cells[3 * (i + 1) + 1] =
            note.len == 0 ? name : str_format(x->q->arena, "%.*s\n%.*s", STR_ARG(name),
                                              STR_ARG(note));
        cells[3 * (i + 1) + 2] = in(x, intake_where_of(x->service, w->kind, w->key));
    }
    (void)doc_table(m, shares, 3, cells, x->missing_count + 1);
    return NULL;
}

static str version_text(const struct intake_sheet *x, const struct once_notice *n)
{
    return say(x, SAY("Version {version} of the guide to applying",
                      SAY_NUMBER("version", n->service_version)));
}

err intake_notice_doc(const struct intake_sheet *x, const struct once_notice *n, str code,
                      struct doc *ret)
{
    const struct service *s = x->service;
    struct url page = link_office(x->q, x->q->agency->key, "intake.own");
    str address = url_absolute(x->q, url_with(x->q, page, "code", code));
    struct rows rows = { .x = x };
    struct doc_maker m;

    begin(x, ret, &m, say(x, SAY("{service}: one-time notice",
                                 SAY_LABEL("service", &s->name))),
          say(x, SAY("Number: {number}\nDate: {day}", SAY_TEXT("number", n->number),
                     SAY_DAY("day", day_at(n->at_ms)))), n->at_ms);
    doc_add(&m, DOC_TEXT,
            text(x, MSG("Not yet accepted: no term runs. Bring what is ticked and come "
                        "back, or send it on line; nothing else is needed.")))
        ->boxed = true;
    TRY(missing_table(x, &m));
    row(&rows, MSG("Fee"), fees_text(x));
    row(&rows, MSG("Time we need"), say(x, service_term_words(s)));
    row(&rows, MSG("Handled by"), unit_text(x));
    row(&rows, MSG("Officer and deputy"), people_text(x));
    row(&rows, MSG("Law"), n->law);
    row(&rows, MSG("Rests on"), version_text(x, n));
    rows_end(&rows, &m);
    sign(x, &m, MSG("Handed over by"));
    sign(x, &m, MSG("Received by the applicant"));
    qr(x, &m, address,
       say(x,
           n->until_ms > 0
               ? SAY("Go on from here, also on line: {address} Code: {code}. What you have "
                     "told us is kept until {day}.",
                     SAY_TEXT("address", url_absolute(x->q, page)),
                     SAY_TEXT("code", spaced(x->q->arena, code)),
                     SAY_DAY("day", day_at(n->until_ms)))
               : SAY("Go on from here: {address} Code: {code}. Please bring this paper.",
                     SAY_TEXT("address", url_absolute(x->q, page)),
                     SAY_TEXT("code", spaced(x->q->arena, code)))));
    return arena_failed(x->q->arena) ? err_no_memory : NULL;
}

/* ---- 收件回執、補正通知 ---- */

static str seen_text(const struct intake_sheet *x, const struct intake_receipt *r)
{
    static const char *const states[PAPER_STATES] = {
        [PAPER_ORIGINAL] = MSG("original seen"), [PAPER_COPY] = MSG("copy taken"),
        [PAPER_LOOKED_UP] = MSG("looked up by us"), [PAPER_MISSING] = MSG("missing"),
        [PAPER_NOT_NEEDED] = MSG("not needed"),
    };
    struct buf b;

    buf_init(&b, x->q->arena, TEXT_BYTES);
    for (size_t i = 0; i < r->seen_count; i++) {
        const struct intake_seen *s = &r->seen[i];

        buf_format(&b, "%s%.*s：%.*s", i > 0 ? "\n" : "",
                   STR_ARG(in(x, intake_name_of(x->service, s->kind, s->key))),
                   STR_ARG(text(x, states[s->state])));
    }
    return buf_str(&b);
}

static str due_text(const struct intake_sheet *x, const struct casefile *c)
{
    if (c->paused) {
        return text(x, MSG("The term stands still until what is missing has come."));
    }
    return c->due == DAY_NONE ? text(x, MSG("No fixed time"))
                              : say(x, SAY("{day}", SAY_DAY("day", c->due)));
}

static void receipt_rows(const struct intake_sheet *x, const struct intake_receipt *r,
                         struct rows *rows)
{
    const struct casefile *c = r->c;

    row(rows, MSG("Case number"), c->number);
    row(rows, MSG("Service"), in(x, &x->service->name));
    row(rows, MSG("Applicant"), c->applicant_masked);
    row(rows, MSG("Received on"), say(x, SAY("{time}", SAY_TIME("time", c->received_ms))));
    if (r->record->filed != DAY_NONE) {
        row(rows, MSG("Filed on (postmark)"),
            say(x, SAY("{day}", SAY_DAY("day", r->record->filed))));
    }
    if (r->record->from_day != DAY_NONE) {
        row(rows, MSG("Handed in at"),
            str_format(x->q->arena, "%.*s　%.*s", STR_ARG(r->record->from_office),
                       STR_ARG(say(x, SAY("{day}", SAY_DAY("day", r->record->from_day))))));
    }
    row(rows, MSG("Expected by"), due_text(x, c));
    row(rows, MSG("Papers"), seen_text(x, r));
    row(rows, MSG("Handled by"), unit_text(x));
    row(rows, MSG("Officer and deputy"), people_text(x));
}

err intake_receipt_doc(const struct intake_sheet *x, const struct intake_receipt *r,
                       struct doc *ret)
{
    struct rows rows = { .x = x };
    struct url page = link_office(x->q, x->q->agency->key, "follow.ask");
    str address = url_absolute(x->q, url_with(x->q, page, "case", r->c->number));
    str title = r->asked.len > 0 ? text(x, MSG("Receipt and notice to complete"))
                                 : text(x, MSG("Receipt"));
    struct doc_maker m;

    begin(x, ret, &m, title, r->c->number, r->record->at_ms);
    receipt_rows(x, r, &rows);
    rows_end(&rows, &m);
    if (r->asked.len > 0) {
        (void)doc_heading(&m, 1, text(x, MSG("Notice to complete")));
        doc_add(&m, DOC_TEXT, r->asked)->boxed = true;
    }
    sign(x, &m, MSG("Handed over by"));
    sign(x, &m, MSG("Received by the applicant"));
    qr(x, &m, address,
       r->code.len > 0
           ? say(x, SAY("Follow your case: number and lookup code {code}. Whoever has both "
                        "can read it; do not pass them on.",
                        SAY_TEXT("code", spaced(x->q->arena, r->code))))
           : text(x, MSG("Follow your case with the number and the lookup code of your "
                         "first receipt.")));
    return arena_failed(x->q->arena) ? err_no_memory : NULL;
}

/* ---- what a notice to complete says ---- */

static str wanted_name(enum lang lang, const struct service *s, const struct case_wanted *w)
{
    const struct service_paper *p = paper_of(s, ONCE_PAPER, w->key);
    enum once_kind kind = !w->is_paper ? ONCE_QUESTION
                          : p != NULL  ? ONCE_PAPER
                                       : ONCE_AGENT_PAPER;

    return label_in(intake_name_of(s, kind, w->key), lang);
}

str intake_asked_text(struct ask *q, enum lang lang, const struct service *s,
                      const struct case_wanted *wanted, size_t count, day until, str remark)
{
    struct buf b;

    buf_init(&b, q->arena, TEXT_BYTES);
    buf_put(&b, lang_say(q->arena, lang, SAY("Please supply until {day}:",
                                             SAY_DAY("day", until))));
    for (size_t i = 0; i < count; i++) {
        buf_format(&b, "\n%zu. %.*s", i + 1, STR_ARG(wanted_name(lang, s, &wanted[i])));
    }
    if (remark.len > 0) {
        buf_put_char(&b, '\n');
        buf_put(&b, remark);
    }
    return buf_str(&b);
}
