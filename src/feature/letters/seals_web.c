/* seals — 用印登記: what waits for the seal keeper, and the book of a month, to print with
 * its row of seals.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/sheet/sheet.h"
#include "feature/letters/letters_web.h"
#include "host/lang/lang.h"

#include "letters_seals.view.h"

#define MONTHS 13
#define COLUMNS 8

struct month {
    int year, month;
    int64_t from_ms, until_ms;
};

static struct month month_back(day today, int back)
{
    struct civil c = day_civil(today);
    int months = c.year * 12 + c.month - 1 - back;
    struct month m = { .year = months / 12, .month = months % 12 + 1 };

    months++;
    m.from_ms = day_begins_ms(day_of(m.year, m.month, 1));
    m.until_ms = day_begins_ms(day_of(months / 12, months % 12 + 1, 1));
    return m;
}

static str month_key(struct ask *q, const struct month *m)
{
    return str_format(q->arena, "%04d-%02d", m->year, m->month);
}

static str month_text(struct ask *q, const struct month *m)
{
    return q->lang == LANG_ZH
               ? str_format(q->arena, "民國%d年%d月", m->year - 1911, m->month)
               : month_key(q, m);
}

static struct month month_of(struct ask *q, str key)
{
    for (int back = 0; back < MONTHS; back++) {
        struct month m = month_back(q->today, back);

        if (str_equal(month_key(q, &m), key)) {
            return m;
        }
    }
    return month_back(q->today, 0);
}

static str name_of(const struct staff *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == id) {
            return people[i].name;
        }
    }
    return STR("");
}

static err rows_of(struct ask *q, const struct seal_use *list, size_t count,
                   const struct letters_seal **ret)
{
    /* A case of no unit: led to the letter is who may see every case. */
    const struct casefile any = { .agency = q->agency->id };
    struct letters_seal *rows = ARENA_ARRAY(q->arena, count + 1, struct letters_seal);
    struct staff *people;
    size_t people_count;

    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &people_count));
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct seal_use *u = &list[i];

        rows[i] = (struct letters_seal){
            .at = day_short(q->arena, day_at(u->made_ms), q->lang),
            .number = u->number,
            .what = letters_name(q, u->service, u->service_version, u->form),
            .seal = words_of(letter_seal_name[u->seal]),
            .copies = u->copies,
            .approved_by = name_of(people, people_count, u->approved_by),
            .sealed_by = name_of(people, people_count, u->sealed_by),
            .sealed_at = u->sealed_ms == 0 ? STR("")
                                           : lang_time(q->arena, q->lang, u->sealed_ms),
            .waits = u->sealed_ms == 0,
            .may_seal = (actor_serves(&q->actor) & DUTY(DUTY_SEAL_KEEPER)) != 0,
            .may_open = casefile_may_see(&q->actor, &any),
            .done = link_to1(q, "letters.sealed", id_text(q->arena, u->id)),
            .page = link_to1(q, "letters.one", id_text(q->arena, u->letter)),
            .form_token = q->session.form_token,
        };
    }
    *ret = rows;
    return NULL;
}

err letters_show_seals(struct ask *q, struct reply *r)
{
    struct month m = month_of(q, ask_param(q, "month"));
    struct letters_option *months = ARENA_ARRAY(q->arena, MONTHS, struct letters_option);
    struct seal_use *list, *waiting;
    struct letters_seals p = { .here = link_to(q, "letters.seals") };
    const struct page page = { .title = SAY("Register of seals"),
                               .current = "letters.seals",
                               .wide = true };

    if (months == NULL) {
        return err_no_memory;
    }
    for (int back = 0; back < MONTHS; back++) {
        struct month x = month_back(q->today, back);

        months[back] =
            (struct letters_option){ month_key(q, &x),
                                     SAY("{text}", SAY_TEXT("text", month_text(q, &x))),
                                     x.from_ms == m.from_ms };
    }
    TRY(seal_use_list(q->arena, q->snap, q->agency->id, m.from_ms, m.until_ms, &list,
                      &p.rows_count));
    TRY(rows_of(q, list, p.rows_count, &p.rows));
    TRY(seal_use_waiting(q->arena, q->snap, q->agency->id, &waiting, &p.waiting_count));
    TRY(rows_of(q, waiting, p.waiting_count, &p.waiting));
    p.months = months;
    p.months_count = MONTHS;
    p.month = month_text(q, &m);
    p.none = p.rows_count == 0;
    p.pdf = link_to1(q, "letters.seals_file",
                     str_format(q->arena, "%.*s.pdf", STR_ARG(month_key(q, &m))));
    p.odt = link_to1(q, "letters.seals_file",
                     str_format(q->arena, "%.*s.odt", STR_ARG(month_key(q, &m))));
    if (q->refusal != NULL && q->refusal->kind == ERR_CONFLICT) {
        p.stale = q->refusal->say;
    }
    return REPLY_VIEW(q, r, &page, letters_seals, &p);
}

static err row_is_there(struct ask *q, int64_t *ret_id)
{
    TRY(ask_path_id(q, "id", ret_id));
    return seal_use_find(q->arena, q->snap, q->agency->id, *ret_id);
}

err letters_show_seals_again(struct ask *q, struct reply *r)
{
    int64_t id;

    TRY(row_is_there(q, &id));
    return letters_show_seals(q, r);
}

/* ---- the book of a month on paper ---- */

static str say(struct ask *q, const char *id)
{
    return lang_text(q->lang, id);
}

static err book_make(struct ask *q, const struct month *m, const struct letters_seal *rows,
                     size_t count, struct doc *d)
{
    static const int shares[] = { 5, 12, 22, 22, 8, 13, 10, 16 };
    static const char *const heads[COLUMNS] = {
        MSG("No."), MSG("Date"), MSG("What is sealed"), MSG("Number of the document"),
        MSG("Sheets"), MSG("Approved by"), MSG("Kind of seal"),   MSG("Sealed by, when"),
    };
    static const char *const signs[] = { MSG("Seal keeper"), MSG("Head of the secretariat"),
                                         MSG("Secretary-general"), MSG("Head of agency") };
    str *cells = ARENA_ARRAY(q->arena, COLUMNS * (count + 1), str);
    struct doc_column *columns = ARENA_ARRAY(q->arena, 4, struct doc_column);
    struct doc_maker maker;

    if (cells == NULL || columns == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        cells[i] = say(q, heads[i]);
    }
    for (size_t i = 0; i < count; i++) {
        str *row = &cells[COLUMNS * (i + 1)];

        row[0] = str_format(q->arena, "%zu", i + 1);
        row[1] = rows[i].at;
        row[2] = lang_say(q->arena, q->lang, rows[i].what);
        row[3] = rows[i].number;
        row[4] = str_format(q->arena, "%lld", (long long)rows[i].copies);
        row[5] = rows[i].approved_by;
        row[6] = lang_say(q->arena, q->lang, rows[i].seal);
        row[7] = str_format(q->arena, "%.*s %.*s", STR_ARG(rows[i].sealed_by),
                            STR_ARG(rows[i].sealed_at));
    }
    doc_begin(&maker, q->arena, d);
    doc_add(&maker, DOC_TITLE, d->title)->size = DOC_LARGE;
    doc_table(&maker, shares, COLUMNS, cells, count + 1);
    for (size_t i = 0; i < 4; i++) {
        columns[i].text = say(q, signs[i]);
    }
    struct doc_block *b = doc_add(&maker, DOC_SEALS, STR(""));
    b->columns = columns;
    b->columns_count = 4;
    return NULL;
}

err letters_show_seals_file(struct ask *q, struct reply *r)
{
    str file = ask_path(q, "file");
    ptrdiff_t dot = str_find(file, STR("."));
    enum sheet_format format;
    struct seal_use *list;
    const struct letters_seal *rows;
    size_t count;

    if (dot <= 0 ||
        !sheet_format_from_key(str_slice(file, (size_t)dot + 1, file.len), &format)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no format");
    }
    struct month m = month_of(q, str_slice(file, 0, (size_t)dot));
    struct doc d = {
        .title = lang_say(q->arena, q->lang,
                          SAY("{office}: register of seals used, {month}",
                              SAY_LABEL("office", &q->agency->name),
                              SAY_TEXT("month", month_text(q, &m)))),
        .author = label_in(&q->agency->name, q->lang),
        .lang = q->lang,
        .page = DOC_A4_WIDE,
        .made_ms = q->now_ms,
        .numbered = true,
    };

    TRY(seal_use_list(q->arena, q->snap, q->agency->id, m.from_ms, m.until_ms, &list,
                      &count));
    TRY(rows_of(q, list, count, &rows));
    TRY(book_make(q, &m, rows, count, &d));
    return sheet_reply(q, r, &d, format, d.title);
}

/* ---- sealed ---- */

struct sealed_wish {
    int64_t id;
};

static err sealed_check(struct ask *q, struct sealed_wish *ret_wish)
{
    return row_is_there(q, &ret_wish->id);
}

static err sealed_commit(struct ask *q, struct tx *tx, const struct sealed_wish *wish,
                         struct sealed_wish *ret_made)
{
    *ret_made = *wish;
    return seal_use_done(q->arena, tx, q->agency->id, wish->id, q->actor.staff, q->now_ms);
}

static err sealed_reply(struct ask *q, struct reply *r, const struct sealed_wish *made)
{
    return reply_see(q, r, link_to(q, "letters.seals"));
}

BEATS_OUT(sealed, letters_sealed_beats, struct sealed_wish, struct sealed_wish)
