/* intake_figures — plain counts of a month: one-time notices issued and come back, cases
 * taken in by way, what was done in two keys, numbers brought in with their source.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/intake/intake_web.h"
#include "host/lang/lang.h"

#include "intake_figures.view.h"

static struct label service_label(const struct ask *q, str key)
{
    const struct service *s = q->catalog != NULL ? service_get(q->catalog, key) : NULL;

    return s != NULL ? s->name : (struct label){ .in = { key, key, key } };
}

static str share_text(struct ask *q, int64_t part, int64_t whole)
{
    return whole == 0 ? STR("—")
                      : str_format(q->arena, "%lld %%",
                                   (long long)((part * 200 + whole) / (2 * whole)));
}

static err notices_fill(struct ask *q, int64_t from_ms, int64_t to_ms,
                        struct intake_figures *p)
{
    struct once_sum *sums;
    struct intake_notice_figure *list;
    size_t count;

    TRY(once_sums(q->arena, q->snap, q->agency->id, from_ms, to_ms, &sums, &count));
    list = ARENA_ARRAY(q->arena, count + 1, struct intake_notice_figure);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        int64_t back = sums[i].counter + sums[i].online;

        list[i] = (struct intake_notice_figure){
            .service = service_label(q, sums[i].service), .issued = sums[i].issued,
            .back = back, .online = sums[i].online,
            .share = share_text(q, back, sums[i].issued),
        };
        p->all.issued += sums[i].issued;
        p->all.back += back;
        p->all.online += sums[i].online;
    }
    p->all.share = share_text(q, p->all.back, p->all.issued);
    p->notices = list;
    p->notices_count = count;
    p->no_notices = count == 0;
    return NULL;
}

static void case_lines(struct ask *q, const struct intake_sum *sums, size_t count,
                       struct intake_figure *lines, struct intake_figures *p)
{
    for (size_t i = 0; i < count; i++) {
        lines[p->lines_count++] = (struct intake_figure){
            .service = service_label(q, sums[i].service), .is_case = true,
            .way = words_of(case_channel_name[sums[i].channel]), .amount = sums[i].cases,
            .incomplete = sums[i].incomplete, .by_agent = sums[i].by_agent,
        };
        p->cases += sums[i].cases;
    }
}

/* The strokes of one service and way on one line, whatever became of them. */
static bool joins(const struct tally_sum *a, const struct tally_sum *b)
{
    return a->kind == b->kind && a->channel == b->channel &&
           str_equal(a->service, b->service) && str_equal(a->source, b->source);
}

static void tally_lines(struct ask *q, const struct tally_sum *sums, size_t count,
                        struct intake_figure *lines, struct intake_figures *p)
{
    for (size_t i = 0; i < count; i++) {
        const struct tally_sum *s = &sums[i];
        struct intake_figure *l = &lines[p->lines_count];

        if (i > 0 && joins(s, &sums[i - 1])) {
            l = &lines[p->lines_count - 1];
        } else {
            p->lines_count++;
            *l = (struct intake_figure){
                .service = service_label(q, s->service),
                .way = words_of(case_channel_name[s->channel]), .source = s->source,
                .is_short = s->kind == TALLY_SHORT, .is_brought = s->kind == TALLY_BROUGHT,
            };
        }
        l->amount += s->amount;
        l->told += s->told ? s->amount : 0;
        p->strokes += s->kind == TALLY_SHORT ? s->amount : 0;
        p->brought += s->kind == TALLY_BROUGHT ? s->amount : 0;
    }
}

static err lines_fill(struct ask *q, int month, int64_t from_ms, int64_t to_ms,
                      struct intake_figures *p)
{
    struct tally_sum *tallies;
    struct intake_sum *cases;
    struct intake_figure *lines;
    size_t tallies_count, cases_count;

    TRY(tally_sums(q->arena, q->snap, q->agency->id, month, month, &tallies,
                   &tallies_count));
    TRY(intake_sums(q->arena, q->snap, q->agency->id, from_ms, to_ms, &cases,
                    &cases_count));
    lines = ARENA_ARRAY(q->arena, tallies_count + cases_count + 1, struct intake_figure);
    if (lines == NULL) {
        return err_no_memory;
    }
    case_lines(q, cases, cases_count, lines, p);
    tally_lines(q, tallies, tallies_count, lines, p);
    p->lines = lines;
    p->none = p->lines_count == 0;
    return NULL;
}

err intake_figures(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Counter"), link_to(q, "intake.index") } };
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("Figures of the counter"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "intake.index", .wide = true };
    struct intake_figures p = { .counts = link_to(q, "intake.counts") };
    int now = tally_month_of(q->today), month = now;
    int64_t from_ms, to_ms;
    int asked;

    if (intake_month_read(ask_param(q, "month"), &asked) && asked <= now) {
        month = asked;
    }
    from_ms = day_begins_ms(tally_month_first(month));
    to_ms = day_begins_ms(tally_month_first(month + 1));
    p.month = intake_month_text(q->arena, month, q->lang);
    p.before = url_with(q, link_to(q, "intake.figures"), "month",
                        intake_month_text(q->arena, month - 1, LANG_EN));
    p.has_after = month < now;
    p.after = url_with(q, link_to(q, "intake.figures"), "month",
                       intake_month_text(q->arena, month + 1, LANG_EN));
    TRY(notices_fill(q, from_ms, to_ms, &p));
    TRY(lines_fill(q, month, from_ms, to_ms, &p));
    return REPLY_VIEW(q, r, &page, intake_figures, &p);
}
