/* fees — 規費及罰鍰一覽表: what the office charges and fines, by which law, until when it
 * is to be reviewed (規費法 §11).
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/sheets/sheets_make.h"
#include "host/lang/lang.h"

#define COLUMNS 5

struct list {
    str *cells;
    size_t rows, space;
};

static bool list_init(const struct sheets_about *x, struct list *l, size_t space,
                      const char *last)
{
    *l = (struct list){ ARENA_ARRAY(x->arena, COLUMNS * (space + 1), str), 1, space + 1 };
    if (l->cells == NULL) {
        return false;
    }
    l->cells[0] = sheets_text(x, MSG("Service"));
    l->cells[1] = sheets_text(x, MSG("Item"));
    l->cells[2] = sheets_text(x, MSG("Amount"));
    l->cells[3] = sheets_text(x, MSG("Law"));
    l->cells[4] = sheets_text(x, last);
    return true;
}

static str *list_row(struct list *l)
{
    return l->rows < l->space ? &l->cells[COLUMNS * l->rows++] : NULL;
}

static str day_in(const struct sheets_about *x, day d)
{
    return d == DAY_NONE || d == 0 ? STR("") : day_short(x->arena, d, x->lang);
}

static void fees_add(const struct sheets_about *x, const struct service *s, struct list *l)
{
    bool first = true;

    for (size_t i = 0; i < s->fees_count; i++) {
        const struct service_fee *f = &s->fees[i];
        str *row = service_fee_in_force(f, x->today) ? list_row(l) : NULL;

        if (row != NULL) {
            row[0] = first ? sheets_in(x, &s->name) : STR("〃");
            first = false;
            row[1] = sheets_in(x, &f->what);
            row[2] = f->dollars == 0 ? sheets_text(x, MSG("No fee"))
                                     : lang_money(x->arena, x->lang, f->dollars);
            row[3] = sheets_in(x, label_is_empty(&f->law) ? &s->law : &f->law);
            row[4] = day_in(x, f->review_by);
        }
    }
}

static void fines_add(const struct sheets_about *x, const struct service *s, struct list *l)
{
    for (size_t i = 0; i < s->fines_count; i++) {
        const struct service_fine *f = &s->fines[i];
        str *row = list_row(l);

        if (row != NULL) {
            row[0] = sheets_in(x, &s->name);
            row[1] = sheets_in(x, &f->what);
            row[2] = f->least == f->most ? lang_money(x->arena, x->lang, f->least)
                                         : sheets_say(x, SAY("{least} to {most}",
                                                             SAY_MONEY("least", f->least),
                                                             SAY_MONEY("most", f->most)));
            row[3] = sheets_in(x, label_is_empty(&f->law) ? &s->law : &f->law);
        }
    }
}

static void list_put(struct doc_maker *m, const struct list *l, bool fines)
{
    static const int shares[] = { 22, 30, 18, 30 }, with_review[] = { 20, 28, 16, 24, 12 };

    if (!fines) {
        doc_table(m, with_review, COLUMNS, l->cells, l->rows);
        return;
    }
    for (size_t i = 0; i < l->rows; i++) { /* without the last column */
        for (size_t k = 0; k < 4; k++) {
            l->cells[4 * i + k] = l->cells[COLUMNS * i + k];
        }
    }
    doc_table(m, shares, 4, l->cells, l->rows);
}

err sheets_fees(const struct sheets_about *x, const struct catalog *c, struct doc *ret)
{
    size_t count = c == NULL ? 0 : catalog_count(c, service_kind.name);
    size_t fees = 0, fines = 0;
    struct list charged, fined;
    struct doc d = {
        .title = sheets_say(
            x, SAY("{office}: fees and fines", SAY_LABEL("office", &x->agency->name))),
        .author = sheets_in(x, &x->agency->name),
        .lang = x->lang,
        .subject = sheets_text(x, MSG("Fees and fines")),
        .made_ms = day_begins_ms(x->today),
        .numbered = true,
        .foot = str_format(x->arena, "%.*s　%.*s", STR_ARG(sheets_in(x, &x->agency->name)),
                           STR_ARG(day_short(x->arena, x->today, x->lang))),
    };
    struct doc_maker m;

    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(c, service_kind.name, i);

        fees += s->fees_count;
        fines += s->fines_count;
    }
    if (!list_init(x, &charged, fees, MSG("Review by")) ||
        !list_init(x, &fined, fines, "")) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        fees_add(x, catalog_at(c, service_kind.name, i), &charged);
        fines_add(x, catalog_at(c, service_kind.name, i), &fined);
    }
    doc_begin(&m, x->arena, &d);
    doc_add(&m, DOC_TITLE, d.title);
    doc_heading(&m, 1, sheets_text(x, MSG("Fees")));
    list_put(&m, &charged, false);
    if (fined.rows > 1) {
        doc_heading(&m, 1, sheets_text(x, MSG("Fines")));
        list_put(&m, &fined, true);
    }
    *ret = d;
    return arena_failed(x->arena) ? err_no_memory : NULL;
}
