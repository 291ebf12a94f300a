/* sop — 標準作業程序: one for each way of applying, with its flow chart, steps, who does
 * them and how long they take.
 *
 * A definition without a procedure of its own has the one that its flow amounts to.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "feature/sheets/sheets_make.h"
#include "host/lang/lang.h"

#define NODE_SIGNS 12 /* wide ones in a line of a box */
#define TEXT_BYTES ((size_t)16 << 10)

/* What every matter goes through. */
static const struct {
    const char *key, *name, *text;
    struct {
        const char *to, *when;
    } next[2];
} usual[] = {
    { "receive",
      MSG("Receive"),
      MSG("Take form and papers, enter the case, give the receipt."),
      { { "check", NULL } } },
    { "check",
      MSG("Check the papers"),
      MSG("Compare with the list; what can be looked up is not asked for."),
      { { "review", MSG("complete") }, { "notify", MSG("incomplete") } } },
    { "notify",
      MSG("Tell at once what is missing"),
      MSG("One notice names everything that is missing."),
      { { "check", MSG("completed") } } },
    { "review",
      MSG("Review and propose"),
      MSG("Review facts and law, write the proposal."),
      { { "decide", NULL } } },
    { "decide",
      MSG("Decide at the level in charge"),
      MSG("Decided at the level of the authority table."),
      { { "issue", MSG("granted") }, { "refuse", MSG("refused") } } },
    { "issue",
      MSG("Issue and hand over"),
      MSG("Number, seal, hand over, register."),
      { { NULL, NULL } } },
    { "refuse",
      MSG("Refuse in writing"),
      MSG("With facts, reasons, law and remedy."),
      { { NULL, NULL } } },
};
#define USUAL (sizeof usual / sizeof usual[0])

static struct label label_of(const char *id)
{
    struct label l = { 0 };

    for (int i = 0; id != NULL && i < LANG_COUNT; i++) {
        l.in[i] = lang_text((enum lang)i, id);
    }
    return l;
}

static err usual_steps(const struct sheets_about *x, const struct procedure_step **ret,
                       size_t *ret_count)
{
    struct procedure_step *list = ARENA_ARRAY(x->arena, USUAL, struct procedure_step);
    struct procedure_way_on *on = ARENA_ARRAY(x->arena, 2 * USUAL, struct procedure_way_on);

    if (list == NULL || on == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < USUAL; i++) {
        struct procedure_step *p = &list[i];

        *p = (struct procedure_step){
            .key = str_of(usual[i].key),
            .name = label_of(usual[i].name),
            .text = label_of(usual[i].text),
            .limit = { 0, LIMIT_NONE },
            .next = &on[2 * i],
        };
        for (size_t n = 0; n < 2 && usual[i].next[n].to != NULL; n++) {
            on[2 * i + n].to = str_of(usual[i].next[n].to);
            on[2 * i + n].when = label_of(usual[i].next[n].when);
            p->next_count = n + 1;
        }
    }
    *ret = list;
    *ret_count = USUAL;
    return NULL;
}

err sheets_procedure(const struct sheets_about *x, enum service_way way,
                     const struct procedure_step **ret, size_t *ret_count)
{
    const struct service *s = x->service;
    struct procedure_step *list;
    size_t count = 0;

    if (s->procedure_count == 0) {
        return usual_steps(x, ret, ret_count);
    }
    list = ARENA_ARRAY(x->arena, s->procedure_count, struct procedure_step);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->procedure_count; i++) {
        const struct procedure_step *p = &s->procedure[i];

        if (p->ways == 0 || (p->ways & 1U << way) != 0) {
            list[count++] = *p;
        }
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}

/* Lines of at most so many wide signs; Latin words are not cut. */
static str in_lines(const struct sheets_about *x, str text)
{
    struct buf b;
    int width = 0;

    buf_init(&b, x->arena, TEXT_BYTES);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool begins = c < 0x80 || c >= 0xC0;

        if (begins && ((c >= 0x80 && width >= 2 * NODE_SIGNS) ||
                       (c == ' ' && width >= 2 * NODE_SIGNS - 4))) {
            buf_put_char(&b, '\n');
            width = 0;
            if (c == ' ') {
                continue;
            }
        }
        width += !begins ? 0 : c < 0x80 ? 1 : 2;
        buf_put_char(&b, (char)c);
    }
    return buf_str(&b);
}

static str note_of(const struct sheets_about *x, const struct procedure_step *p)
{
    str who = sheets_in(x, &p->who);

    if (p->limit.unit == LIMIT_NONE) {
        return who;
    }
    str limit = sheets_say(x, service_limit_words(&p->limit));
    return str_is_empty(who)
               ? limit
               : str_format(x->arena, "%.*s・%.*s", STR_ARG(who), STR_ARG(limit));
}

static bool is_among(const struct procedure_step *steps, size_t count, str key)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(steps[i].key, key)) {
            return true;
        }
    }
    return false;
}

static void node_of(const struct sheets_about *x, const struct procedure_step *p,
                    bool first, struct chart_node *n)
{
    *n = (struct chart_node){
        .key = p->key,
        .text = in_lines(x, sheets_in(x, &p->name)),
        .note = in_lines(x, note_of(x, p)),
        .kind = first                ? CHART_START
                : p->next_count > 1  ? CHART_CHOICE
                : p->next_count == 0 ? CHART_END
                                     : CHART_STEP,
    };
}

err sheets_chart(const struct sheets_about *x, enum service_way way, struct chart **ret)
{
    const struct procedure_step *steps;
    struct chart *c = ARENA_NEW(x->arena, struct chart);
    size_t count, edges = 0;

    TRY(sheets_procedure(x, way, &steps, &count));
    for (size_t i = 0; i < count; i++) {
        edges += steps[i].next_count;
    }
    if (c == NULL) {
        return err_no_memory;
    }
    c->title = sheets_say(
        x, SAY("Flow chart: {service}", SAY_LABEL("service", &x->service->name)));
    c->nodes = ARENA_ARRAY(x->arena, count + 1, struct chart_node);
    c->edges = ARENA_ARRAY(x->arena, edges + 1, struct chart_edge);
    if (c->nodes == NULL || c->edges == NULL) {
        return err_no_memory;
    }
    c->nodes_count = count;
    for (size_t i = 0; i < count; i++) {
        node_of(x, &steps[i], i == 0, &c->nodes[i]);
        for (size_t n = 0; n < steps[i].next_count; n++) {
            const struct procedure_way_on *on = &steps[i].next[n];

            if (is_among(steps, count, on->to)) {
                c->edges[c->edges_count++] = (struct chart_edge){
                    .from = steps[i].key,
                    .to = on->to,
                    .text = sheets_in(x, &on->when),
                };
            }
        }
    }
    *ret = c;
    return NULL;
}

/* Where it goes on: "齊全：4；不齊全：3". */
static str goes_on(const struct sheets_about *x, const struct procedure_step *steps,
                   size_t count, const struct procedure_step *p)
{
    struct buf b;

    buf_init(&b, x->arena, TEXT_BYTES);
    for (size_t n = 0; n < p->next_count; n++) {
        str when = sheets_in(x, &p->next[n].when);

        for (size_t i = 0; i < count; i++) {
            if (!str_equal(steps[i].key, p->next[n].to)) {
                continue;
            }
            buf_put(&b, n > 0 ? STR("\n") : STR(""));
            if (!str_is_empty(when)) {
                buf_format(&b, "%.*s%s", STR_ARG(when), x->lang == LANG_EN ? ": " : "：");
            }
            buf_format(&b, "→ %zu", i + 1);
        }
    }
    return p->next_count == 0 ? sheets_text(x, MSG("end")) : buf_str(&b);
}

static err steps_put(const struct sheets_about *x, struct doc_maker *m)
{
    static const int shares[] = { 8, 19, 36, 20, 17 };
    const struct procedure_step *steps;
    size_t count;

    TRY(sheets_procedure(x, x->way, &steps, &count));
    str *cells = ARENA_ARRAY(x->arena, 5 * (count + 1), str);
    if (cells == NULL) {
        return err_no_memory;
    }
    cells[0] = sheets_text(x, MSG("No."));
    cells[1] = sheets_text(x, MSG("Step"));
    cells[2] = sheets_text(x, MSG("What is done"));
    cells[3] = sheets_text(x, MSG("Who, how long"));
    cells[4] = sheets_text(x, MSG("Then"));
    for (size_t i = 0; i < count; i++) {
        str *row = &cells[5 * (i + 1)];

        row[0] = str_format(x->arena, "%zu", i + 1);
        row[1] = sheets_in(x, &steps[i].name);
        row[2] = sheets_in(x, &steps[i].text);
        row[3] = note_of(x, &steps[i]);
        row[4] = goes_on(x, steps, count, &steps[i]);
    }
    doc_table(m, shares, 5, cells, count + 1);
    return NULL;
}

err sheets_sop(const struct sheets_about *x, struct doc_maker *m)
{
    const struct service *s = x->service;
    struct sheets_rows rows;
    struct chart *chart;

    if (!sheets_rows_init(&rows, x->arena, 10)) {
        return err_no_memory;
    }
    TRY(sheets_chart(x, x->way, &chart));
    doc_add(m, DOC_TITLE, sheets_title(x, SHEETS_SOP))->size = DOC_LARGE;
    sheets_row(&rows, sheets_text(x, MSG("Way of applying")),
               sheets_text(x, sheets_way_name[x->way]), 0);
    sheets_row(&rows, sheets_text(x, MSG("Time limit")), sheets_limit(x), 0);
    sheets_row(&rows, sheets_text(x, MSG("Handled by")), sheets_in(x, &x->unit), 0);
    sheets_row(&rows, sheets_text(x, MSG("Law")), sheets_in(x, &s->law), 0);
    sheets_rows_end(m, &rows);
    doc_heading(m, 1, sheets_text(x, MSG("Flow chart")));
    doc_add(m, DOC_CHART, STR(""))->chart = chart;
    doc_heading(m, 1, sheets_text(x, MSG("Steps")));
    return steps_put(x, m);
}
