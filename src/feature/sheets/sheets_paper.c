/* sheets — names of the sheets, and what several of them say alike.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "feature/sheets/sheets_make.h"
#include "host/lang/lang.h"

#define TEXT_BYTES ((size_t)64 << 10)

const str sheets_kind_key[SHEETS_KINDS] = {
    STR_INIT("guide"),  STR_INIT("form"), STR_INIT("sample"),
    STR_INIT("notice"), STR_INIT("sop"),
};
const char *const sheets_kind_name[SHEETS_KINDS] = {
    MSG("Guide to applying"), MSG("Application form"),   MSG("Filled-in sample"),
    MSG("One-time notice"),   MSG("Standard procedure"),
};
const char *const sheets_way_name[SERVICE_WAYS] = {
    MSG("Online"),
    MSG("At the counter"),
    MSG("By post"),
    MSG("By telephone"),
    MSG("At your home"),
    MSG("By list of a group"),
    MSG("At another office"),
};

bool sheets_kind_from_key(str key, enum sheets_kind *ret)
{
    for (int i = 0; i < SHEETS_KINDS; i++) {
        if (str_equal(key, sheets_kind_key[i])) {
            *ret = (enum sheets_kind)i;
            return true;
        }
    }
    return false;
}

str sheets_say(const struct sheets_about *x, struct words w)
{
    return lang_say(x->arena, x->lang, w);
}

str sheets_text(const struct sheets_about *x, const char *id)
{
    return lang_text(x->lang, id);
}

str sheets_in(const struct sheets_about *x, const struct label *l)
{
    return label_in(l, x->lang);
}

str sheets_title(const struct sheets_about *x, enum sheets_kind kind)
{
    static const char *const titles[SHEETS_KINDS] = {
        MSG("{service}: guide to applying"),  MSG("{service}: application form"),
        MSG("{service}: filled-in sample"),   MSG("{service}: one-time notice"),
        MSG("{service}: standard procedure"),
    };
    struct words w = words_of(titles[kind]);

    w.value[0] = (struct word)SAY_LABEL("service", &x->service->name);
    return sheets_say(x, w);
}

/* "身分證　正本、影本 1 份" */
str sheets_papers(const struct sheets_about *x, const struct service_paper *p, bool box)
{
    struct buf b;
    str note = sheets_in(x, &p->note);

    buf_init(&b, x->arena, TEXT_BYTES);
    buf_put(&b, box ? STR("□ ") : STR(""));
    buf_put(&b, sheets_in(x, &p->name));
    if (p->looked_up) {
        buf_put(&b, sheets_text(x, MSG(" (the office looks it up)")));
        return buf_str(&b);
    }
    if (p->original) {
        buf_put(&b, sheets_text(x, MSG(" (original)")));
    }
    if (p->copies > 0) {
        buf_put(&b, p->copies == 1 ? sheets_text(x, MSG(" (1 copy)"))
                                   : sheets_say(x, SAY(" ({copies} copies)",
                                                       SAY_NUMBER("copies", p->copies))));
    }
    if (!str_is_empty(note)) {
        buf_put_char(&b, '\n');
        buf_put(&b, note);
    }
    return buf_str(&b);
}

str sheets_fee(const struct sheets_about *x, const struct service_fee *f)
{
    str money = f->dollars == 0 ? sheets_text(x, MSG("No fee"))
                                : lang_money(x->arena, x->lang, f->dollars);

    return str_format(x->arena, "%.*s　%.*s", STR_ARG(sheets_in(x, &f->what)),
                      STR_ARG(money));
}

str sheets_fees_today(const struct sheets_about *x)
{
    const struct service *s = x->service;
    struct buf b;

    buf_init(&b, x->arena, TEXT_BYTES);
    for (size_t i = 0; i < s->fees_count; i++) {
        if (service_fee_in_force(&s->fees[i], x->today)) {
            buf_put(&b, b.len == 0 ? STR("") : STR("\n"));
            buf_put(&b, sheets_fee(x, &s->fees[i]));
        }
    }
    return b.len == 0 ? sheets_text(x, MSG("No fee")) : buf_str(&b);
}

/* The published term, and those of other ways and stages below it. */
str sheets_limit(const struct sheets_about *x)
{
    const struct service *s = x->service;
    struct buf b;

    buf_init(&b, x->arena, TEXT_BYTES);
    buf_put(&b,
            sheets_say(x, s->counted_from == FROM_EVENT ? service_term_words(s)
                                                        : service_limit_words(&s->limit)));
    for (size_t i = 0; i < s->limits_count; i++) {
        const struct service_limit *l = &s->limits[i];
        str name = sheets_in(x, &l->name);

        if (str_is_empty(name) && l->way != WAY_NONE) {
            name = sheets_text(x, sheets_way_name[l->way]);
        }
        buf_format(&b, "\n%.*s　%.*s", STR_ARG(name),
                   STR_ARG(sheets_say(x, service_limit_words(&l->limit))));
    }
    for (size_t i = 0; i < s->stages_count; i++) {
        const struct service_stage *g = &s->stages[i];

        buf_format(&b, "\n%.*s　%.*s", STR_ARG(sheets_in(x, &g->name)),
                   STR_ARG(sheets_say(x, service_limit_words(&g->limit))));
    }
    return buf_str(&b);
}

bool sheets_rows_init(struct sheets_rows *rows, struct arena *a, size_t space)
{
    *rows = (struct sheets_rows){ .arena = a, .space = space };
    rows->list = ARENA_ARRAY(a, space + 1, struct doc_row);
    return rows->list != NULL;
}

void sheets_row(struct sheets_rows *rows, str name, str text, int height_mm)
{
    struct doc_cell *cells = ARENA_ARRAY(rows->arena, 2, struct doc_cell);

    if (cells == NULL || rows->count == rows->space ||
        (str_is_empty(text) && height_mm == 0)) {
        return;
    }
    cells[0] = (struct doc_cell){ .text = name, .head = true };
    cells[1] = (struct doc_cell){ .text = text };
    rows->list[rows->count++] = (struct doc_row){ cells, 2, height_mm, false };
}

void sheets_row_head(struct sheets_rows *rows, str text, int span)
{
    struct doc_cell *cells = ARENA_ARRAY(rows->arena, 1, struct doc_cell);

    if (cells != NULL && rows->count < rows->space) {
        cells[0] = (struct doc_cell){
            .text = text, .head = true, .span = span, .align = DOC_CENTRE
        };
        rows->list[rows->count++] = (struct doc_row){ cells, 1, 0, false };
    }
}

void sheets_rows_end(struct doc_maker *m, const struct sheets_rows *rows)
{
    static const struct doc_column columns[] = { { .share = 23 }, { .share = 77 } };
    struct doc_block *b = doc_add(m, DOC_TABLE, STR(""));

    b->columns = columns;
    b->columns_count = 2;
    b->rows = rows->list;
    b->rows_count = rows->count;
}

void sheets_qr(const struct sheets_about *x, struct doc_maker *m, str text)
{
    struct doc_block *b;

    if (str_is_empty(x->address)) {
        return;
    }
    b = doc_add(m, DOC_QR,
                str_format(x->arena, "%.*s\n%.*s", STR_ARG(text), STR_ARG(x->address)));
    b->label = x->address;
}

static str foot_of(const struct sheets_about *x)
{
    const struct service *s = x->service;
    str office = sheets_in(x, &x->agency->name);

    if (s == NULL) {
        return str_format(x->arena, "%.*s　%.*s", STR_ARG(office),
                          STR_ARG(day_short(x->arena, x->today, x->lang)));
    }
    str version = sheets_say(x,
                             SAY("version {version}", SAY_NUMBER("version", s->version)));
    return s->updated == DAY_NONE
               ? str_format(x->arena, "%.*s　%.*s", STR_ARG(office), STR_ARG(version))
               : str_format(x->arena, "%.*s　%.*s　%.*s", STR_ARG(office), STR_ARG(version),
                            STR_ARG(day_short(x->arena, s->updated, x->lang)));
}

err sheets_make(const struct sheets_about *x, enum sheets_kind kind, struct doc *ret)
{
    day made = x->service->updated != DAY_NONE ? x->service->updated : x->today;
    struct doc d = {
        .title = sheets_title(x, kind),
        .author = sheets_in(x, &x->agency->name),
        .subject = sheets_text(x, sheets_kind_name[kind]),
        .lang = x->lang,
        .made_ms = day_begins_ms(made),
        .foot = foot_of(x),
        .numbered = true,
    };
    struct doc_maker m;

    doc_begin(&m, x->arena, &d);
    switch (kind) {
    case SHEETS_GUIDE:
        TRY(sheets_guide(x, &m));
        break;
    case SHEETS_FORM:
        TRY(sheets_form(x, false, &m));
        break;
    case SHEETS_SAMPLE:
        TRY(sheets_form(x, true, &m));
        break;
    case SHEETS_NOTICE:
        TRY(sheets_notice(x, &m));
        break;
    default:
        TRY(sheets_sop(x, &m));
        break;
    }
    *ret = d;
    return arena_failed(x->arena) ? err_no_memory : NULL;
}
