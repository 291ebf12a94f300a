/* check_store — proves the cases of one office: events, fold, numbers, files.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/store/files.h"
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/check/check.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/notice/notice.h"

#define PAGE_CASES 200

static const struct query cases_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES
    "WHERE c.agency_id = ?1 AND c.id > ?2 ORDER BY c.id LIMIT 200", "ii",
};
static const struct query files_sql = {
    "SELECT file_id, casefile_id FROM case_file WHERE agency_id = ?1 AND file_id > ?2 "
    "ORDER BY file_id LIMIT 200", "ii",
};
static const struct query lost_sql = {
    "SELECT e.subject_id FROM event e WHERE e.agency_id = ?1 AND e.kind = 'case.received' "
    "AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.agency_id = e.agency_id "
    "AND c.id = e.subject_id) ORDER BY e.seq LIMIT 100", "i",
};
/* A file of another case without being split from it. */
static const struct query stray_sql = {
    "SELECT t.casefile_id FROM case_file_too t WHERE t.agency_id = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM case_link l WHERE l.agency_id = t.agency_id "
    "AND l.kind = 'split' AND l.casefile_id = t.from_id AND l.other_id = t.casefile_id) "
    "ORDER BY t.casefile_id LIMIT 100", "i",
};
static const struct query *const all_queries[] = { &cases_sql, &files_sql, &lost_sql,
                                                   &stray_sql };
const struct query_list casefile_check_queries = {
    "casefile (check)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

struct checking {
    struct snap *snap;
    struct store *store;
    int64_t agency;
    int64_t cases, files, faults;
    case_say *say;
    void *context;
};

static void fault(struct checking *k, struct arena *a, int64_t id, const char *what)
{
    k->faults++;
    k->say(k->context, false,
           str_format(a, "agency %lld, case %.*s: %s", (long long)k->agency,
                      STR_ARG(id_text(a, id)), what));
}

/* What was read of one page of cases beside them, each in order of case. */
struct page_rows {
    const struct case_told *told;
    size_t told_count, told_at;
    struct case_clock *clocks;
    size_t clocks_count, clocks_at;
    struct notice_count *notices;
    size_t notices_count, notices_at;
};

/* A clock as the events tell it, the last word of each. */
static bool clock_as_told(const struct case_clock *k, const struct case_told *first,
                          size_t count)
{
    const struct clock_fact *last = NULL;

    for (size_t i = 0; i < count; i++) {
        for (size_t n = 0; n < first[i].fact.clocks_count; n++) {
            const struct clock_fact *f = &first[i].fact.clocks[n];

            if (f->kind == k->kind && f->number == k->number) {
                last = f;
            }
        }
    }
    return last != NULL && last->state == k->state && last->due == k->due &&
           last->due_ms == k->due_ms && last->extended == k->extended;
}

static void check_clocks(struct checking *k, struct arena *a, const struct casefile *c,
                         const struct case_told *first, size_t count, struct page_rows *p)
{
    while (p->clocks_at < p->clocks_count && p->clocks[p->clocks_at].casefile < c->id) {
        p->clocks_at++;
    }
    for (; p->clocks_at < p->clocks_count && p->clocks[p->clocks_at].casefile == c->id;
         p->clocks_at++) {
        if (!clock_as_told(&p->clocks[p->clocks_at], first, count)) {
            fault(k, a, c->id, "a clock is not what its events tell");
        }
    }
}

static void check_notices(struct checking *k, struct arena *a, const struct casefile *c,
                          const struct case_told *first, size_t count, struct page_rows *p)
{
    int64_t want = 0, there = 0;

    for (size_t i = 0; i < count; i++) {
        want += first[i].fact.notices;
    }
    while (p->notices_at < p->notices_count && p->notices[p->notices_at].subject < c->id) {
        p->notices_at++;
    }
    if (p->notices_at < p->notices_count && p->notices[p->notices_at].subject == c->id) {
        there = p->notices[p->notices_at].count;
    }
    if (want != there) {
        fault(k, a, c->id, "a message to the applicant is missing, or nobody caused it");
    }
}

/* Replays the events of `c` and compares. */
static void check_fold(struct checking *k, struct arena *a, const struct casefile *c,
                       struct page_rows *p)
{
    struct casefile folded = { .agency = c->agency, .id = c->id };
    const struct case_told *told = p->told;
    size_t count = p->told_count, first, *at = &p->told_at;
    bool fits = true;

    while (*at < count && told[*at].id < c->id) {
        (*at)++;
    }
    if (*at == count || told[*at].id != c->id) {
        fault(k, a, c->id, "it has no events");
        return;
    }
    for (first = *at; *at < count && told[*at].id == c->id; (*at)++) {
        fits = fits && flow_fold(&folded, &told[*at].fact);
    }
    check_clocks(k, a, c, told + first, *at - first, p);
    check_notices(k, a, c, told + first, *at - first, p);
    if (!fits) {
        fault(k, a, c->id, "its events do not follow one another");
    } else if (!flow_same(&folded, c)) {
        fault(k, a, c->id, "the row is not what its events tell");
    }
}

static void check_number(struct checking *k, struct arena *a, const struct casefile *c)
{
    str tidy;

    if (!case_number_tidy(a, c->number, &tidy) || !str_equal(tidy, c->number)) {
        fault(k, a, c->id, "the check digit of its number is wrong");
    }
}

static err check_page(struct checking *k, struct arena *a, int64_t *after,
                      size_t *ret_count)
{
    struct table t;
    struct case_told *told;
    struct page_rows rows = { 0 };
    int64_t first, last;

    TRY(snap_query(a, k->snap, &cases_sql, BIND(bind_int(k->agency), bind_int(*after)),
                   &t));
    *ret_count = t.rows;
    if (t.rows == 0) {
        return NULL;
    }
    first = cell_int(&t, 0, 0);
    last = cell_int(&t, t.rows - 1, 0);
    TRY(case_facts(a, k->snap, k->agency, first, last, &told, &rows.told_count));
    rows.told = told;
    TRY(case_clocks_between(a, k->snap, k->agency, first, last, &rows.clocks,
                            &rows.clocks_count));
    TRY(notice_counts(a, k->snap, k->agency, first, last, &rows.notices,
                      &rows.notices_count));
    for (size_t i = 0; i < t.rows; i++) {
        struct casefile c = case_at(&t, i, k->agency);

        check_number(k, a, &c);
        check_fold(k, a, &c, &rows);
        k->cases++;
    }
    *after = cell_int(&t, t.rows - 1, 0);
    return NULL;
}

static err check_files(struct checking *k, struct arena *a, int64_t *after,
                       size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, k->snap, &files_sql, BIND(bind_int(k->agency), bind_int(*after)),
                   &t));
    for (size_t i = 0; i < t.rows; i++) {
        struct file_facts facts;
        err e = file_facts_load(a, k->store, k->agency, cell_int(&t, i, 0), &facts);

        if (e != NULL && e->kind != ERR_MISSING) {
            return e;
        }
        if (e != NULL) {
            fault(k, a, cell_int(&t, i, 1), "a file that was sent with it is not there");
        }
        k->files++;
    }
    *ret_count = t.rows;
    if (t.rows > 0) {
        *after = cell_int(&t, t.rows - 1, 0);
    }
    return NULL;
}

/* Runs a kind of page until one is not full; its memory is given back each time. */
static err check_all(struct checking *k, struct arena *a,
                     err (*page)(struct checking *k, struct arena *a, int64_t *after,
                                 size_t *ret_count))
{
    int64_t after = 0;
    size_t count = PAGE_CASES;

    while (count == PAGE_CASES) {
        struct arena_mark *mark = arena_mark(a);
        err e = page(k, a, &after, &count);

        if (e != NULL) {
            return e;
        }
        arena_reset(a, mark);
    }
    return NULL;
}

static err check_lost(struct checking *k, struct arena *a)
{
    struct table t;

    TRY(snap_query(a, k->snap, &lost_sql, BIND(bind_int(k->agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        fault(k, a, cell_int(&t, i, 0), "it was received, but its row is gone");
    }
    TRY(snap_query(a, k->snap, &stray_sql, BIND(bind_int(k->agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        fault(k, a, cell_int(&t, i, 0),
              "it has a file of a case from which it was not split off");
    }
    return NULL;
}

err casefile_check(struct arena *a, struct store *s, int64_t agency, case_say *say,
                   void *context)
{
    struct checking k = { .store = s, .agency = agency, .say = say, .context = context };

    TRY(snap_begin(a, s, &k.snap));
    TRY(check_all(&k, a, check_page));
    TRY(check_all(&k, a, check_files));
    TRY(check_lost(&k, a));
    if (k.faults == 0) {
        say(context, true,
            str_format(a, "agency %lld: %lld cases as their events tell, %lld files",
                       (long long)agency, (long long)k.cases, (long long)k.files));
    }
    snap_end(k.snap);
    return NULL;
}
