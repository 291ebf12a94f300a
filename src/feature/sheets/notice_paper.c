/* notice — 一次告知單 as it lies at the counter: every paper with a box to tick, where to
 * get it, fee, time, whom to ask, and the code that leads on.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/sheets/sheets_make.h"

static err papers_table(const struct sheets_about *x, const char *title,
                        const struct service_paper *list, size_t count, struct doc_maker *m)
{
    static const int shares[] = { 12, 50, 38 };
    str *cells = ARENA_ARRAY(x->arena, 3 * (count + 1), str);

    if (count == 0) {
        return NULL;
    }
    if (cells == NULL) {
        return err_no_memory;
    }
    cells[0] = sheets_text(x, MSG("Missing"));
    cells[1] = sheets_text(x, title);
    cells[2] = sheets_text(x, MSG("Where to get it"));
    for (size_t i = 0; i < count; i++) {
        cells[3 * (i + 1)] = list[i].looked_up ? STR("—") : STR("□");
        cells[3 * (i + 1) + 1] = sheets_papers(x, &list[i], false);
        cells[3 * (i + 1) + 2] = sheets_in(x, &list[i].where);
    }
    struct doc_block *b = doc_table(m, shares, 3, cells, count + 1);
    for (size_t i = 1; i < b->rows_count; i++) {
        ((struct doc_cell *)(uintptr_t)b->rows[i].cells)[0].align = DOC_CENTRE;
    }
    return NULL;
}

err sheets_notice(const struct sheets_about *x, struct doc_maker *m)
{
    const struct service *s = x->service;
    struct sheets_rows rows;

    if (!sheets_rows_init(&rows, x->arena, 10)) {
        return err_no_memory;
    }
    m->doc->top_right = sheets_text(x, MSG("Number:\nDate:"));
    doc_add(m, DOC_TITLE, sheets_title(x, SHEETS_NOTICE))->size = DOC_LARGE;
    doc_add(
        m, DOC_TEXT,
        sheets_text(x, MSG("Not yet accepted: no term runs. Bring what is ticked and come "
                           "back, or send it on line; nothing else is needed.")))
        ->boxed = true;
    TRY(papers_table(x, MSG("What to bring"), s->papers, s->papers_count, m));
    TRY(papers_table(x, MSG("An agent brings besides"), s->agent_papers,
                     s->agent_papers_count, m));
    sheets_row(&rows, sheets_text(x, MSG("Fee")), sheets_fees_today(x), 0);
    sheets_row(&rows, sheets_text(x, MSG("Time we need")), sheets_limit(x), 0);
    sheets_row(&rows, sheets_text(x, MSG("Handled by")),
               str_format(x->arena, "%.*s　%.*s", STR_ARG(sheets_in(x, &x->unit)),
                          STR_ARG(x->telephone)),
               0);
    sheets_row(&rows, sheets_text(x, MSG("Officer and deputy")), STR(""), 9);
    sheets_row(&rows, sheets_text(x, MSG("Law")), sheets_in(x, &s->law), 0);
    sheets_rows_end(m, &rows);
    struct doc_block *b = doc_add(m, DOC_SIGN, STR(""));
    b->label = sheets_text(x, MSG("Handed over by"));
    b = doc_add(m, DOC_SIGN, STR(""));
    b->label = sheets_text(x, MSG("Received by the applicant"));
    sheets_qr(x, m, sheets_text(x, MSG("Go on from here, also on line:")));
    return NULL;
}
