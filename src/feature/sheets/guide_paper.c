/* guide — 申辦須知: what hangs on the wall and lies on the desk: who, papers, fee, time,
 * ways, where to ask, the way a case goes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "feature/sheets/sheets_make.h"
#include "host/lang/lang.h"

#define TEXT_BYTES ((size_t)64 << 10)
#define ROWS 20

static str papers_of(const struct sheets_about *x, const struct service_paper *list,
                     size_t count)
{
    struct buf b;

    buf_init(&b, x->arena, TEXT_BYTES);
    for (size_t i = 0; i < count; i++) {
        buf_format(&b, "%s%zu. %.*s", i == 0 ? "" : "\n", i + 1,
                   STR_ARG(sheets_papers(x, &list[i], false)));
    }
    return buf_str(&b);
}

static str ways_of(const struct sheets_about *x)
{
    struct buf b;
    bool any = false;

    buf_init(&b, x->arena, TEXT_BYTES);
    for (int way = 0; way < SERVICE_WAYS; way++) {
        if ((x->service->ways & 1U << way) != 0) {
            buf_put(&b, any ? x->lang == LANG_EN ? STR(", ") : STR("、") : STR(""));
            buf_put(&b, sheets_text(x, sheets_way_name[way]));
            any = true;
        }
    }
    return buf_str(&b);
}

/* Of each step the one after it on the usual way, `count` where it ends: forward only,
 * since a step back is a loop (補正); and by the longest, since refusals are short. */
static size_t *onward(struct arena *a, const struct procedure_step *steps, size_t count)
{
    size_t *next = ARENA_ARRAY(a, count, size_t);
    int *left = ARENA_ARRAY(a, count, int); /* steps to an end; -1: none is reached */

    for (size_t i = count; next != NULL && left != NULL && i-- > 0;) {
        next[i] = count;
        left[i] = steps[i].next_count == 0 ? 0 : -1;
        for (size_t k = 0; k < steps[i].next_count; k++) {
            for (size_t to = i + 1; to < count; to++) {
                if (str_equal(steps[to].key, steps[i].next[k].to) && left[to] >= 0 &&
                    left[to] >= left[i]) {
                    next[i] = to;
                    left[i] = left[to] + 1;
                }
            }
        }
    }
    return left == NULL ? NULL : next;
}

/* The usual way: 收件 → 審查 → 決行 → 發證 */
static str flow_of(const struct sheets_about *x)
{
    const struct procedure_step *steps;
    size_t count;
    struct buf b;

    buf_init(&b, x->arena, TEXT_BYTES);
    if (sheets_procedure(x, WAY_COUNTER, &steps, &count) != NULL || count == 0) {
        return STR("");
    }
    const size_t *next = onward(x->arena, steps, count);

    for (size_t i = 0; next != NULL && i < count; i = next[i]) {
        buf_put(&b, i == 0 ? STR("") : STR(" → "));
        buf_put(&b, sheets_in(x, &steps[i].name));
    }
    return buf_str(&b);
}

static str asked_of(const struct sheets_about *x)
{
    str unit = sheets_in(x, &x->unit);

    return str_is_empty(x->telephone)
               ? unit
               : str_format(x->arena, "%.*s　%.*s", STR_ARG(unit), STR_ARG(x->telephone));
}

err sheets_guide(const struct sheets_about *x, struct doc_maker *m)
{
    const struct service *s = x->service;
    struct sheets_rows rows;
    str summary = sheets_in(x, &s->summary);

    if (!sheets_rows_init(&rows, x->arena, ROWS)) {
        return err_no_memory;
    }
    doc_add(m, DOC_TITLE, sheets_title(x, SHEETS_GUIDE));
    if (!str_is_empty(summary)) {
        doc_add(m, DOC_TEXT, summary)->align = DOC_CENTRE;
    }
    sheets_row(&rows, sheets_text(x, MSG("Who may apply")), sheets_in(x, &s->who), 0);
    sheets_row(&rows, sheets_text(x, MSG("What to bring")),
               papers_of(x, s->papers, s->papers_count), 0);
    sheets_row(&rows, sheets_text(x, MSG("By an agent")), sheets_in(x, &s->agent), 0);
    sheets_row(&rows, sheets_text(x, MSG("An agent brings besides")),
               papers_of(x, s->agent_papers, s->agent_papers_count), 0);
    sheets_row(&rows, sheets_text(x, MSG("Fee")), sheets_fees_today(x), 0);
    sheets_row(&rows, sheets_text(x, MSG("Time we need")), sheets_limit(x), 0);
    sheets_row(&rows, sheets_text(x, MSG("Ways to apply")), ways_of(x), 0);
    sheets_row(&rows, sheets_text(x, MSG("The way of a case")), flow_of(x), 0);
    sheets_row(&rows, sheets_text(x, MSG("You receive")), sheets_in(x, &s->result_name), 0);
    sheets_row(&rows, sheets_text(x, MSG("Handled by")), asked_of(x), 0);
    sheets_row(&rows, sheets_text(x, MSG("Office hours")), sheets_in(x, &x->agency->hours),
               0);
    sheets_row(&rows, sheets_text(x, MSG("Law")), sheets_in(x, &s->law), 0);
    sheets_rows_end(m, &rows);
    sheets_qr(x, m, sheets_text(x, MSG("All about it, with form and sample:")));
    return NULL;
}
