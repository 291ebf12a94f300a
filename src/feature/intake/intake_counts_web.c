/* intake_counts — numbers that were counted in another system: one by hand, or many by
 * file; looked through first, then brought in. A number that comes again takes the place of
 * the one before, and both can be read.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/intake/intake_web.h"
#include "host/lang/lang.h"
#include "host/text/text.h"
#include "kernel/pack/pack.h"

#include "intake_counts.view.h"

struct counts_wish {
    struct intake_count *list;
    size_t count;
    int64_t *befores; /* what stood there; -1 nothing */
    int64_t *backs;   /* ids of the rows that take those back */
    str text;         /* of the file or box; "" by hand */
    bool preview;
    struct mistakes problems; /* line by line */
};
struct counts_made {
    int64_t changed;
};

/* ---- the page ---- */

static err options_fill(struct ask *q, struct intake_counts *p)
{
    size_t count = q->catalog != NULL ? catalog_count(q->catalog, "service") : 0;
    struct intake_choice *o = ARENA_ARRAY(q->arena, count + 1, struct intake_choice);
    struct intake_choice *ways = ARENA_ARRAY(q->arena, CHANNELS, struct intake_choice);
    str chosen = ask_field(q, "service"), way = ask_field(q, "way");

    if (o == NULL || ways == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, "service", i);

        o[i] = (struct intake_choice){
            .value = s->key, .checked = str_equal(s->key, chosen),
            .text = SAY("{name}", SAY_LABEL("name", &s->name)),
        };
    }
    for (int i = 0; i < CHANNELS; i++) {
        ways[i] = (struct intake_choice){ .value = case_channel_key[i],
                                          .text = words_of(case_channel_name[i]),
                                          .checked = str_equal(case_channel_key[i], way) };
    }
    p->services = o;
    p->services_count = count;
    p->ways = ways;
    p->ways_count = CHANNELS;
    return NULL;
}

static err preview_fill(struct ask *q, const struct counts_wish *w, struct intake_counts *p)
{
    struct intake_count_line *lines = ARENA_ARRAY(q->arena, w->count + 1,
                                                  struct intake_count_line);
    struct intake_problem *problems = ARENA_ARRAY(q->arena, w->problems.count + 1,
                                                  struct intake_problem);

    if (lines == NULL || problems == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < w->count; i++) {
        const struct intake_count *c = &w->list[i];
        int64_t before = w->befores[i];

        lines[i] = (struct intake_count_line){
            .month = intake_month_text(q->arena, c->tally.month, q->lang),
            .place = str_format(q->arena, "%d", c->line),
            .service = c->service->name,
            .way = words_of(case_channel_name[c->tally.channel]),
            .amount = c->tally.amount,
        };
        if (before >= 0 && before != c->tally.amount) {
            lines[i].before = SAY("takes the place of {n}", SAY_NUMBER("n", before));
        } else if (before >= 0) {
            lines[i].before = SAY("stands there already");
        }
    }
    for (const struct mistake *m = w->problems.first; m != NULL; m = m->next) {
        problems[p->problems_count++] = (struct intake_problem){ m->place, m->say };
    }
    p->lines = lines;
    p->lines_count = w->count;
    p->problems = problems;
    p->has_lines = p->lines_count > 0;
    p->has_problems = p->problems_count > 0;
    p->preview = w->preview;
    p->text = w->text;
    return NULL;
}

err intake_counts(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Counter"), link_to(q, "intake.index") } };
    const struct page page = { .title = SAY("Bring numbers in"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "intake.index", .wide = true };
    const struct counts_wish *w = q->wish;
    struct words source = SAY("In which system it was counted");
    struct words example = SAY("For example the city's platform");
    int64_t changed;
    struct intake_counts p = {
        .form_token = q->session.form_token,
        .action = link_to(q, "intake.counts_save"),
        .figures = link_to(q, "intake.figures"),
        .text = q->method == POST ? ask_field(q, "text") : STR(""),
        .mistakes = shell_mistakes(q),
        .month = entry_of(q, "month", &SAY("Month"), &SAY("Such as 115-02"),
                          intake_month_text(q->arena, tally_month_of(q->today) - 1,
                                            q->lang)),
        .amount = entry_of(q, "amount", &SAY("Number of cases"), NULL, STR("")),
        .source = entry_of(q, "source", &source, &example, STR("")),
        .source_all = entry_of(q, "source_all", &source, &example, STR("")),
    };

    p.month.is_short = p.amount.is_short = true;
    p.text_error = shell_mistake_of(q, "text");
    p.text_bad = p.text_error.id != NULL;
    if (q->method == GET && str_to_int(ask_param(q, "kept"), &changed)) {
        p.kept = true;
        p.kept_say = changed == 0 ? SAY("Nothing has changed: the numbers stood there.")
                                  : SAY("Brought in: {n}.", SAY_NUMBER("n", changed));
    }
    TRY(options_fill(q, &p));
    if (w != NULL && w->befores != NULL) {
        TRY(preview_fill(q, w, &p));
    }
    return REPLY_VIEW(q, r, &page, intake_counts, &p);
}

/* ---- POST ---- */

static err text_take(struct ask *q, struct counts_wish *w)
{
    for (size_t i = 0; i < q->files_count; i++) {
        if (q->files[i].size_bytes > 0) {
            str bytes;

            TRY(intake_file_text(q->arena, q->store, q->keyring, q->files[i].id, &bytes));
            return text_decode(q->arena, bytes, &w->text);
        }
    }
    w->text = ask_field(q, "text");
    return NULL;
}

static err by_hand(struct ask *q, struct counts_wish *w)
{
    const struct service *s =
        q->catalog != NULL ? service_get(q->catalog, ask_field(q, "service")) : NULL;
    struct intake_count *one = ARENA_NEW(q->arena, struct intake_count);
    str way = ask_field(q, "way");

    if (one == NULL) {
        return err_no_memory;
    }
    if (s == NULL) {
        mistake_add(&q->mistakes, STR("service"), SAY("Choose a service."));
    }
    if (!intake_month_read(ask_field(q, "month"), &one->tally.month) ||
        one->tally.month > tally_month_of(q->today)) {
        mistake_add(&q->mistakes, STR("month"),
                    SAY("Write a month that has come, such as 115-02."));
    }
    if (!str_to_int(ask_field(q, "amount"), &one->tally.amount) || one->tally.amount < 0 ||
        one->tally.amount > TALLY_AMOUNT_MOST) {
        mistake_add(&q->mistakes, STR("amount"), SAY("Write the number of cases."));
    }
    for (int i = 0; i < CHANNELS; i++) {
        if (str_equal(case_channel_key[i], way)) {
            one->tally.channel = (enum case_channel)i;
        }
    }
    if (s != NULL) {
        one->service = s;
        one->tally.service = s->key;
        one->tally.service_version = s->version;
    }
    w->list = one;
    w->count = 1;
    return NULL;
}

/* What each takes the place of, and under which ids. */
static err lines_ready(struct ask *q, struct counts_wish *w, str source)
{
    w->befores = ARENA_ARRAY(q->arena, w->count + 1, int64_t);
    w->backs = ARENA_ARRAY(q->arena, w->count + 1, int64_t);
    if (w->befores == NULL || w->backs == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < w->count; i++) {
        struct tally *t = &w->list[i].tally;

        t->agency = q->agency->id;
        w->backs[i] = ask_new_id(q);
        t->id = ask_new_id(q);
        t->unit = q->actor.unit;
        t->staff = q->actor.staff;
        t->at_ms = q->now_ms;
        t->source = source;
        TRY(tally_brought(q->arena, q->snap, t, &w->befores[i]));
    }
    return NULL;
}

static err counts_check(struct ask *q, struct counts_wish *w)
{
    bool by_file = str_equal(ask_field(q, "what"), STR("file"));
    str source = str_trim(ask_field(q, by_file ? "source_all" : "source"));

    mistakes_init(&w->problems, q->arena);
    if (source.len == 0 || str_points(source) > TALLY_SOURCE_SIGNS) {
        mistake_add(&q->mistakes, by_file ? STR("source_all") : STR("source"),
                    SAY("Write in which system it was counted, with at most {most} "
                        "characters.", SAY_NUMBER("most", TALLY_SOURCE_SIGNS)));
    }
    if (!by_file) {
        TRY(by_hand(q, w));
    } else {
        TRY(text_take(q, w));
        TRY(intake_counts_read(q->arena, q->catalog, w->text, tally_month_of(q->today),
                               &w->problems, &w->list, &w->count));
        w->preview = !str_equal(ask_field(q, "sure"), STR("1")) || w->problems.count > 0;
        if (w->count == 0 && w->problems.count == 0) {
            mistake_add(&q->mistakes, STR("text"),
                        SAY("Choose a file, or paste its lines."));
        }
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    TRY(lines_ready(q, w, source));
    return w->preview ? ask_once_more : NULL;
}

static err counts_commit(struct ask *q, struct tx *tx, const struct counts_wish *w,
                         struct counts_made *made)
{
    for (size_t i = 0; i < w->count; i++) {
        const struct tally *t = &w->list[i].tally;
        int64_t before;

        TRY(tally_bring(q->arena, tx, t, w->backs[i], &before));
        made->changed += before != t->amount;
    }
    return NULL;
}

static err counts_reply(struct ask *q, struct reply *r, const struct counts_made *made)
{
    return reply_see(q, r, url_with(q, link_to(q, "intake.counts"), "kept",
                                    str_format(q->arena, "%lld",
                                               (long long)made->changed)));
}

BEATS_OUT(counts, intake_counts_beats, struct counts_wish, struct counts_made)
