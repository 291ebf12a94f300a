/* casework_seals — seals by service and version, as the table of that time designs them and
 * as they happened: a change of the table stands as two rows, before and after.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/casework/casework_head_view.h"
#include "feature/casework/casework_web.h"
#include "kernel/casefile/head/head.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"
#include "seals.view.h"

/* Tables looked back at; what was decided under older ones is with the oldest of these. */
#define TABLES_MOST 12

/* What was decided under one line of the table. */
struct sealed_row {
    struct seal_figure figure;
    const struct service *service; /* NULL: gone */
    const struct authority_line *line;
    const struct authority *table; /* the first under which it was so; NULL: no table */
};
struct sealed {
    struct sealed_row *list;
    size_t count, space;
};

static bool is_same(const struct sealed_row *x, const struct sealed_row *y)
{
    return str_equal(x->figure.service, y->figure.service) &&
           x->figure.version == y->figure.version && authority_line_same(x->line, y->line);
}

static bool is_before(const struct sealed_row *x, const struct sealed_row *y)
{
    int order = str_compare(x->figure.service, y->figure.service);

    return order < 0 || (order == 0 && x->figure.version > y->figure.version);
}

/* In order of service and version, later tables first; what holds under the same line is
 * one row. */
static void add(struct sealed *all, struct sealed_row row)
{
    size_t at = 0;

    for (size_t i = 0; i < all->count; i++) {
        struct sealed_row *x = &all->list[i];

        if (is_same(x, &row)) {
            x->figure.cases += row.figure.cases;
            x->figure.seals += row.figure.seals;
            x->figure.most = x->figure.most > row.figure.most ? x->figure.most
                                                              : row.figure.most;
            return;
        }
    }
    if (all->count == all->space) {
        return;
    }
    while (at < all->count && is_before(&all->list[at], &row)) {
        at++;
    }
    for (size_t i = all->count; i > at; i--) {
        all->list[i] = all->list[i - 1];
    }
    all->list[at] = row;
    all->count++;
}

static err decided_under(struct ask *q, const struct authority *table, int64_t from_ms,
                         int64_t until_ms, struct sealed *all)
{
    struct seal_figure *list;
    size_t count;

    TRY(casefile_seals(q->arena, q->snap, q->agency->id, from_ms, until_ms, &list, &count));
    for (size_t i = 0; i < count; i++) {
        struct sealed_row row = { .figure = list[i], .table = table };

        row.service = q->catalog == NULL
                          ? NULL
                          : service_get_version(q->catalog, list[i].service,
                                                list[i].version);
        if (row.service != NULL && table != NULL) {
            row.line = authority_line_in(table, row.service->matter);
        }
        add(all, row);
    }
    return NULL;
}

static err sealed_load(struct ask *q, struct sealed *all)
{
    const struct authority *newest = q->catalog == NULL ? NULL
                                                        : authority_get(q->catalog);
    const struct authority *tables[TABLES_MOST];
    int64_t from[TABLES_MOST], until = INT64_MAX;
    size_t count = 0;

    for (int v = newest == NULL ? 0 : newest->version; v > 0 && count < TABLES_MOST; v--) {
        const struct authority *t = authority_version(q->catalog, v);

        /* A version ends when the next begins, even where a clock went back. */
        if (t != NULL) {
            until = t->published_ms < until ? t->published_ms : until;
            from[count] = until;
            tables[count++] = t;
        }
    }
    if (count == 0) {
        return decided_under(q, NULL, 0, INT64_MAX, all);
    }
    for (size_t i = count; i > 0; i--) { /* the oldest first */
        TRY(decided_under(q, tables[i - 1], i == count ? 0 : from[i - 1],
                          i == 1 ? INT64_MAX : from[i - 2], all));
    }
    return NULL;
}

static struct casework_seal_row row_of(struct ask *q, const struct sealed_row *x)
{
    const struct seal_figure *f = &x->figure;
    struct casework_seal_row row = {
        .service = { .in = { f->service } }, .cases = f->cases, .most = f->most,
        .version = SAY("{version}", SAY_NUMBER("version", f->version)),
        .mean = SAY("{whole}.{tenth}", SAY_NUMBER("whole", f->seals / f->cases),
                    SAY_NUMBER("tenth", f->seals * 10 / f->cases % 10)),
    };

    if (x->service != NULL) {
        const struct flow_plan plan = service_plan_by(q->catalog, x->service, x->line);

        row.service = x->service->name;
        row.planned = flow_seals(&plan);
        row.has_planned = true;
    }
    if (x->table != NULL) {
        row.table = SAY("Version {version}, from {day}",
                        SAY_NUMBER("version", x->table->version),
                        SAY_DAY("day", day_at(x->table->published_ms)));
    }
    return row;
}

#define ROWS_SHOWN 400

/* GET /staff/head/seals */
err casework_seals_page(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("The office today"),
                                           link_to(q, "casework.head") } };
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("Sign-off seals"), .current = "casework.head",
                               .crumbs = crumbs, .crumbs_count = 1, .wide = true };
    struct sealed all = { .list = ARENA_ARRAY(q->arena, ROWS_SHOWN, struct sealed_row),
                          .space = ROWS_SHOWN };
    struct casework_seals p = { .authority = link_to(q, "settings.authority") };
    struct casework_seal_row *rows;

    if (all.list == NULL) {
        return err_no_memory;
    }
    TRY(sealed_load(q, &all));
    rows = ARENA_ARRAY(q->arena, all.count + 1, struct casework_seal_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < all.count; i++) {
        rows[i] = row_of(q, &all.list[i]);
    }
    p.rows = rows;
    p.rows_count = all.count;
    p.none = all.count == 0;
    return REPLY_VIEW(q, r, &page, seals, &p);
}
