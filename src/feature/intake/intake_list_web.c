/* intake_list — several persons of one matter out of a list: the heading names the
 * questions, each line is a person; looked through first with what is wrong in each line,
 * then taken in, all or nothing.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "desk/field/field.h"
#include "feature/intake/intake_web.h"
#include "host/seal/seal.h"
#include "host/text/text.h"

#include "intake_list.view.h"
#include "intake_list_kept.view.h"

#define LIST_MOST 50
#define PROBLEMS_MOST 60

struct list_person {
    struct answers answers;
    const str *cells;
    int line;
    struct case_wish receive;
    struct intake_record record;
};
struct list_wish {
    const struct service *service;
    str text;
    int64_t form;
    str heads[CSV_FIELDS]; /* field names: "name" "birth_date" "address.street" */
    size_t heads_count;
    struct list_person *persons;
    size_t count;
    struct intake_papers papers;
    struct mistakes problems;
    bool preview;
};
struct list_made {
    int64_t list;
};

/* ---- columns ---- */

/* Key or label in any language; pieces of an address or date by key.piece. */
static const struct question *question_named(const struct form *f, str name, str *ret_piece)
{
    str key = name, piece;

    *ret_piece = STR("");
    for (size_t i = 0; i < f->steps_count; i++) {
        for (size_t k = 0; k < f->steps[i].questions_count; k++) {
            const struct question *x = &f->steps[i].questions[k];

            if (str_equal(x->key, name) || str_equal(x->label.in[LANG_ZH], name) ||
                str_equal(x->label.in[LANG_EN], name) ||
                str_equal(x->label.in[LANG_JA], name)) {
                return x;
            }
        }
    }
    if (str_cut(&key, '.', &piece) && key.len > 0) {
        *ret_piece = key;
        return form_question(f, piece);
    }
    return NULL;
}

static void wrong(struct ask *q, struct list_wish *w, int line, struct words say)
{
    if (w->problems.count < PROBLEMS_MOST) {
        mistake_add_at(&w->problems, STR("text"), say, str_format(q->arena, "%d", line));
    }
}

static void heads_read(struct ask *q, struct list_wish *w, const str *fields, size_t count,
                       int line)
{
    for (size_t i = 0; i < count; i++) {
        str piece;
        const struct question *x = question_named(&w->service->form, fields[i], &piece);

        if (x == NULL || question_takes_file(x)) {
            wrong(q, w, line, SAY("There is no question “{text}” here. The heading names "
                                  "the questions below.", SAY_TEXT("text", fields[i])));
            w->heads[i] = STR("");
        } else {
            w->heads[i] = piece.len == 0 ? x->key
                                         : str_format(q->arena, "%.*s.%.*s",
                                                      STR_ARG(x->key), STR_ARG(piece));
        }
    }
    w->heads_count = count;
}

/* ---- lines ---- */

struct line_source {
    const struct list_wish *wish;
    const str *cells;
    struct arena *arena;
};

/* A day may stand in one cell: 79.3.15 is three boxes. */
static str day_piece(struct arena *a, str cell, str piece)
{
    struct civil c;
    day d;

    if (!day_parse(cell, &d)) {
        return str_equal(piece, STR("year")) ? cell : STR("");
    }
    c = day_civil(d);
    if (str_equal(piece, STR("year"))) {
        return str_format(a, "%d", c.year);
    }
    return str_format(a, "%d", str_equal(piece, STR("month")) ? c.month : c.date);
}

static str cell_value(void *context, str name, size_t nth)
{
    const struct line_source *l = context;
    ptrdiff_t dot = str_find(name, STR("."));
    str key = dot < 0 ? name : str_slice(name, 0, (size_t)dot);
    str piece = dot < 0 ? STR("") : str_slice(name, (size_t)dot + 1, name.len);

    for (size_t i = 0; nth == 0 && i < l->wish->heads_count; i++) {
        str head = l->wish->heads[i];
        const struct question *x;

        if (str_equal(head, name) && head.len > 0) {
            return l->cells[i].at != NULL ? l->cells[i] : STR("");
        }
        if (!str_equal(head, key) || piece.len == 0) {
            continue;
        }
        x = form_question(&l->wish->service->form, key);
        if (x != NULL && x->type == Q_DATE) {
            return day_piece(l->arena, l->cells[i], piece);
        }
        if (x != NULL && x->type == Q_ADDRESS && str_equal(piece, STR("street"))) {
            return l->cells[i];
        }
    }
    return (str){ NULL, 0 };
}

static err person_read(struct ask *q, struct list_wish *w, const str *cells, int line,
                       struct list_person *p)
{
    struct line_source l = { w, cells, q->arena };
    const struct form_source source = { &l, cell_value };
    struct mistakes found;

    mistakes_init(&found, q->arena);
    p->line = line;
    p->cells = cells;
    TRY(answers_init(q->arena, &w->service->form, &p->answers));
    TRY(answers_read(q->arena, &p->answers, NULL, &source, q->lang, q->today, &found));
    for (const struct mistake *m = found.first; m != NULL; m = m->next) {
        const struct answer *x = intake_answer_about(&p->answers, m->field);

        /* Files and signatures come on paper. Consent is on the signed list. */
        if (x != NULL && (question_takes_file(x->question) ||
                          x->question->type == Q_CONSENT)) {
            continue;
        }
        wrong(q, w, line, m->say);
    }
    return NULL;
}

static err text_read(struct ask *q, struct list_wish *w)
{
    str fields[CSV_FIELDS];
    struct csv csv;
    size_t count;
    int line;
    bool first = true;

    w->persons = ARENA_ARRAY(q->arena, LIST_MOST, struct list_person);
    if (w->persons == NULL) {
        return err_no_memory;
    }
    csv_open(&csv, q->arena, w->text);
    while (csv_next(&csv, fields, &count, &line)) {
        str *cells = ARENA_ARRAY(q->arena, CSV_FIELDS, str);

        if (cells == NULL) {
            return err_no_memory;
        }
        for (size_t i = 0; i < count; i++) {
            cells[i] = fields[i];
        }
        if (first) {
            heads_read(q, w, fields, count, line);
            first = false;
        } else if (w->count == LIST_MOST) {
            wrong(q, w, line, SAY("At most {most} persons at once. Divide the list.",
                                  SAY_NUMBER("most", LIST_MOST)));
            break;
        } else {
            TRY(person_read(q, w, cells, line, &w->persons[w->count]));
            w->count++;
        }
    }
    return NULL;
}

/* ---- the page ---- */

static err columns_fill(struct ask *q, const struct service *s, struct intake_list *p)
{
    struct intake_list_column *c;
    struct buf example;
    size_t all = 0;

    for (size_t i = 0; i < s->form.steps_count; i++) {
        all += s->form.steps[i].questions_count;
    }
    c = ARENA_ARRAY(q->arena, all + 1, struct intake_list_column);
    if (c == NULL) {
        return err_no_memory;
    }
    buf_init(&example, q->arena, 8192);
    for (size_t i = 0; i < s->form.steps_count; i++) {
        for (size_t k = 0; k < s->form.steps[i].questions_count; k++) {
            const struct question *x = &s->form.steps[i].questions[k];

            if (question_takes_file(x) || x->type == Q_NOTE || x->type == Q_ROWS ||
                x->type == Q_CONSENT) {
                continue;
            }
            c[p->columns_count++] = (struct intake_list_column){ x->key, x->label,
                                                                 x->required };
            if (x->required) {
                buf_put_z(&example, buf_str(&example).len > 0 ? "," : "");
                buf_put(&example, x->key);
            }
        }
    }
    p->columns = c;
    p->example = buf_str(&example);
    return NULL;
}

static err preview_fill(struct ask *q, const struct list_wish *w, struct intake_list *p)
{
    struct intake_list_column *heads = ARENA_ARRAY(q->arena, w->heads_count + 1,
                                                   struct intake_list_column);
    struct intake_list_row *rows = ARENA_ARRAY(q->arena, w->count + 1,
                                               struct intake_list_row);
    struct intake_problem *problems = ARENA_ARRAY(q->arena, w->problems.count + 1,
                                                  struct intake_problem);

    if (heads == NULL || rows == NULL || problems == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < w->heads_count; i++) {
        str piece;
        const struct question *x = question_named(&w->service->form, w->heads[i], &piece);

        heads[i].key = w->heads[i];
        if (x != NULL) {
            heads[i].label = x->label;
        }
    }
    for (size_t i = 0; i < w->count; i++) {
        struct intake_list_cell *cells = ARENA_ARRAY(q->arena, w->heads_count + 1,
                                                     struct intake_list_cell);

        if (cells == NULL) {
            return err_no_memory;
        }
        for (size_t k = 0; k < w->heads_count; k++) {
            cells[k].text = w->persons[i].cells[k];
        }
        rows[i] = (struct intake_list_row){
            str_format(q->arena, "%d", w->persons[i].line), cells, w->heads_count,
        };
    }
    for (const struct mistake *m = w->problems.first; m != NULL; m = m->next) {
        problems[p->problems_count++] = (struct intake_problem){ m->place, m->say };
    }
    p->heads = heads;
    p->heads_count = w->heads_count;
    p->rows = rows;
    p->rows_count = w->count;
    p->count = (int64_t)w->count;
    p->problems = problems;
    p->has_problems = p->problems_count > 0;
    p->preview = w->count > 0;
    return NULL;
}

err intake_list(struct ask *q, struct reply *r)
{
    const struct list_wish *w = q->wish;
    const struct service *s;
    struct intake_list p = {
        .form_token = q->session.form_token,
        .text = q->method == POST ? ask_field(q, "text") : STR(""),
        .form = ask_field(q, "form"),
        .mistakes = shell_mistakes(q),
    };

    TRY(intake_service(q, &s));
    const struct page_crumb crumbs[] = {
        { SAY("Counter"), link_to(q, "intake.index") },
        { SAY("{name}", SAY_LABEL("name", &s->name)),
          link_to1(q, "intake.form", s->key) },
    };
    const struct page page = { .title = SAY("Several persons by list"), .crumbs = crumbs,
                               .crumbs_count = 2, .current = "intake.index", .wide = true };

    p.service = s->name;
    p.action = link_to1(q, "intake.list_save", s->key);
    p.back = link_to1(q, "intake.form", s->key);
    p.text_error = shell_mistake_of(q, "text");
    p.text_bad = p.text_error.id != NULL;
    if (p.form.len == 0) {
        p.form = intake_new_form(q);
    }
    TRY(columns_fill(q, s, &p));
    if (w != NULL && w->persons != NULL) {
        p.text = w->text;
        TRY(preview_fill(q, w, &p));
    }
    return REPLY_VIEW(q, r, &page, intake_list, &p);
}

/* ---- POST ---- */

static err persons_ready(struct ask *q, struct list_wish *w)
{
    const struct unit *units;
    size_t units_count;

    units = ask_units(q, &units_count);
    TRY(intake_papers_of(q->arena, w->service, NULL, false, q->today, &w->papers));
    for (size_t i = 0; i < w->count; i++) {
        struct list_person *p = &w->persons[i];
        str token = seal_token_hash(
            q->arena, q->keyring, "intake_list",
            str_format(q->arena, "%.*s %zu", STR_ARG(id_text(q->arena, w->form)), i));

        TRY(casefile_prepare(q->arena, q->keyring, q->ids, q->catalog, q->calendar,
                             q->agency, units, units_count, w->service, &p->answers,
                             CHANNEL_LIST, q->now_ms, token, &p->receive));
        TRY(casefile_came_before(q->arena, q->snap, &p->receive));
        p->record = (struct intake_record){
            .agency = q->agency->id, .casefile = p->receive.id, .service = w->service->key,
            .channel = CHANNEL_LIST, .filed = DAY_NONE, .from_day = DAY_NONE,
            .list = w->form, .unit = q->actor.unit, .staff = q->actor.staff,
            .at_ms = q->now_ms,
        };
    }
    return NULL;
}

static err list_text(struct ask *q, struct list_wish *w)
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

static err list_check(struct ask *q, struct list_wish *w)
{
    mistakes_init(&w->problems, q->arena);
    TRY(intake_service(q, &w->service));
    if (w->service->depth != DEPTH_FULL) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no form");
    }
    if (!id_parse(ask_field(q, "form"), &w->form)) {
        w->form = ask_new_id(q);
    }
    TRY(list_text(q, w));
    TRY(text_read(q, w));
    if (w->count == 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a file, or paste its lines: a heading, then "
             "one person a line."), STR("text"), "empty");
    }
    if (w->problems.count > 0 || !str_equal(ask_field(q, "sure"), STR("1"))) {
        return ask_once_more;
    }
    return persons_ready(q, w);
}

static err list_commit(struct ask *q, struct tx *tx, const struct list_wish *w,
                       struct list_made *made)
{
    made->list = w->form;
    for (size_t i = 0; i < w->count; i++) {
        const struct list_person *p = &w->persons[i];
        struct case_receipt receipt;

        TRY(casefile_receive(q->arena, tx, q->keyring, &p->receive, &receipt));
        if (!receipt.again) {
            TRY(intake_record_put(q->arena, tx, &p->record, STR(""), &w->papers));
        }
    }
    return NULL;
}

static err list_reply(struct ask *q, struct reply *r, const struct list_made *made)
{
    return reply_see_other(q, r, "intake.list_kept", id_text(q->arena, made->list));
}

BEATS_OUT(list, intake_list_beats, struct list_wish, struct list_made)

/* ---- the cases of one list ---- */

err intake_list_kept(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Counter"), link_to(q, "intake.index") } };
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("Taken in by list"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "intake.index", .wide = true };
    struct intake_list_kept p = { .back = link_to(q, "intake.index") };
    struct intake_list_done *done;
    int64_t list, *ids;

    TRY(ask_path_id(q, "list", &list));
    TRY(intake_list_cases(q->arena, q->snap, q->agency->id, list, &ids, &p.list_count));
    done = ARENA_ARRAY(q->arena, p.list_count + 1, struct intake_list_done);
    if (done == NULL) {
        return err_no_memory;
    }
    if (p.list_count == 0 || p.list_count > LIST_MOST) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no list");
    }
    for (size_t i = 0; i < p.list_count; i++) {
        struct casefile c;
        const struct service *s;

        TRY(casefile_load(q->arena, q->snap, q->agency->id, ids[i], &c));
        s = service_get_near(q->catalog, c.service, c.service_version);
        if (s != NULL) {
            p.service = s->name;
        }
        done[i] = (struct intake_list_done){
            .number = c.number, .name = c.applicant_masked,
            .receipt = link_to1(q, "intake.receipt", id_text(q->arena, c.id)),
        };
    }
    p.list = done;
    p.count = (int64_t)p.list_count;
    return REPLY_VIEW(q, r, &page, intake_list_kept, &p);
}
