/* papers — the papers of a case, row by row: what the definition asks for beside what came
 * with the application, later by hand, or as a file.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/paper/case_wanted.h"

const str case_paper_how_key[CASE_PAPER_HOWS] = {
    [CASE_PAPER_ORIGINAL] = STR_INIT("original"),
    [CASE_PAPER_COPY] = STR_INIT("copy"),
    [CASE_PAPER_BY_OFFICE] = STR_INIT("looked_up"),
    [CASE_PAPER_NOT_THERE] = STR_INIT("missing"),
};
const char *const case_paper_how_name[CASE_PAPER_HOWS] = {
    [CASE_PAPER_ORIGINAL] = MSG("Original"),
    [CASE_PAPER_COPY] = MSG("Copy"),
    [CASE_PAPER_BY_OFFICE] = MSG("The office looks it up"),
    [CASE_PAPER_NOT_THERE] = MSG("Missing"),
};
const char *const case_paper_state_name[CASE_PAPER_STATES] = {
    [CASE_PAPER_THERE] = MSG("There"),
    [CASE_PAPER_WANTED] = MSG("Wanted of the applicant"),
    [CASE_PAPER_MISSING] = MSG("Missing"),
    [CASE_PAPER_LOOKED_UP] = MSG("The office looks it up"),
    [CASE_PAPER_NOT_NEEDED] = MSG("Not needed here"),
    [CASE_PAPER_UNKNOWN] = MSG("Nothing recorded"),
};

#define PREFIX "paper_" /* of the question that a file for a paper answers */

/* All that was recorded, while the lines are made. */
struct record {
    struct arena *arena;
    const struct casefile *c;
    const struct service *service;
    struct answers given;
    struct case_paper_row *rows;
    struct case_file *files;
    struct case_event *events;
    struct case_wanted_list wanted;
    size_t rows_count, files_count, events_count;
    struct case_paper_line *lines;
    size_t count;
};

static const struct case_paper_row *row_last(const struct record *r, bool is_question,
                                             str key)
{
    for (size_t i = r->rows_count; i > 0; i--) {
        const struct case_paper_row *x = &r->rows[i - 1];

        if (x->is_question == is_question && str_equal(x->key, key)) {
            return x;
        }
    }
    return NULL;
}

static int64_t file_to(const struct record *r, str question)
{
    for (size_t i = 0; i < r->files_count; i++) {
        if (str_equal(r->files[i].question, question)) {
            return r->files[i].file;
        }
    }
    return 0;
}

/* The event with which it came last; the receipt where no later one tells of it. */
static const struct case_event *event_of(const struct record *r, str question)
{
    for (size_t i = r->events_count; i > 0; i--) {
        const struct case_event *e = &r->events[i - 1];

        for (size_t n = 0; n < e->questions_count; n++) {
            if (str_equal(e->questions[n], question)) {
                return e;
            }
        }
    }
    return r->events_count > 0 ? &r->events[0] : NULL;
}

static bool is_wanted(const struct record *r, bool is_paper, str key)
{
    for (size_t i = 0; i < r->wanted.count; i++) {
        if (r->wanted.list[i].is_paper == is_paper &&
            str_equal(r->wanted.list[i].key, key)) {
            return true;
        }
    }
    return false;
}

static void by_row(struct case_paper_line *l, const struct case_paper_row *row)
{
    l->how = row->how;
    l->at_ms = row->at_ms;
    l->staff = row->staff;
    l->staff_name = row->staff_name;
    l->state = row->how == CASE_PAPER_NOT_THERE   ? CASE_PAPER_MISSING
               : row->how == CASE_PAPER_BY_OFFICE ? CASE_PAPER_LOOKED_UP
                                                  : CASE_PAPER_THERE;
}

/* What came as a file; a paper handed in later by hand goes before it. */
static void by_file(const struct record *r, struct case_paper_line *l, str question)
{
    const struct case_event *e;
    int64_t file = file_to(r, question);

    if (file == 0) {
        return;
    }
    e = event_of(r, question);
    l->file = file;
    if (l->state == CASE_PAPER_THERE && e != NULL && l->at_ms > e->at_ms) {
        return;
    }
    l->state = CASE_PAPER_THERE;
    l->by_file = true;
    l->at_ms = e != NULL ? e->at_ms : r->c->received_ms;
    l->staff = e != NULL ? e->actor : 0;
    l->staff_name = e != NULL ? e->actor_name : STR("");
}

static err paper_add(struct record *r, const struct service_paper *p, bool of_agent)
{
    const struct service_matter m = { r->service, &r->given,
                                      case_channel_way(r->c->channel),
                                      day_at(r->c->received_ms) };
    const struct case_paper_row *row = row_last(r, false, p->key);
    struct case_paper_line l = { .paper = p, .name = p->name, .key = p->key,
                                 .of_agent = of_agent, .state = CASE_PAPER_UNKNOWN,
                                 .until = DAY_NONE };
    bool needed = true;

    if (p->looked_up) {
        l.state = CASE_PAPER_LOOKED_UP;
    } else if (!str_is_empty(p->when)) {
        TRY(service_paper_needed(r->arena, &m, p, &needed));
        l.state = needed ? l.state : CASE_PAPER_NOT_NEEDED;
    }
    if (row != NULL) {
        by_row(&l, row);
    }
    by_file(r, &l, p->key);
    by_file(r, &l, str_join(r->arena, STR(PREFIX), p->key));
    if (is_wanted(r, true, p->key)) {
        l.state = CASE_PAPER_WANTED;
        l.until = r->wanted.until;
    }
    if (!of_agent || row != NULL || l.file != 0 || l.state == CASE_PAPER_WANTED) {
        r->lines[r->count++] = l;
    }
    return NULL;
}

/* A file or signature that the form asks for came on paper, or did not. */
static void question_add(struct record *r, const struct case_paper_row *row)
{
    const struct question *q = form_question(&r->service->form, row->key);
    struct case_paper_line l = { .key = row->key, .until = DAY_NONE };

    if (q == NULL || row_last(r, true, row->key) != row) {
        return;
    }
    l.name = q->label;
    by_row(&l, row);
    by_file(r, &l, row->key);
    if (is_wanted(r, false, row->key)) {
        l.state = CASE_PAPER_WANTED;
        l.until = r->wanted.until;
    }
    r->lines[r->count++] = l;
}

static err record_load(struct snap *snap, const struct keyring *k, struct record *r)
{
    struct arena *a = r->arena;
    const struct casefile *c = r->c;

    TRY(casefile_given(a, snap, k, c, &r->service->form, &r->given));
    TRY(case_papers_list(a, snap, c->agency, c->id, &r->rows, &r->rows_count));
    TRY(casefile_files(a, snap, c->agency, c->id, &r->files, &r->files_count));
    TRY(casefile_events(a, snap, c->agency, c->id, &r->events, &r->events_count));
    return casefile_wanted(a, snap, c, &r->wanted);
}

err casefile_paper_lines(struct arena *a, struct snap *snap, const struct keyring *k,
                         const struct casefile *c, const struct service *s,
                         struct case_paper_line **ret, size_t *ret_count)
{
    struct record r = { .arena = a, .c = c, .service = s };

    TRY(record_load(snap, k, &r));
    r.lines = ARENA_ARRAY(a, s->papers_count + s->agent_papers_count + r.rows_count + 1,
                          struct case_paper_line);
    if (r.lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->papers_count; i++) {
        TRY(paper_add(&r, &s->papers[i], false));
    }
    for (size_t i = 0; i < s->agent_papers_count; i++) {
        TRY(paper_add(&r, &s->agent_papers[i], true));
    }
    for (size_t i = 0; i < r.rows_count; i++) {
        if (r.rows[i].is_question) {
            question_add(&r, &r.rows[i]);
        }
    }
    *ret = r.lines;
    *ret_count = r.count;
    return NULL;
}
