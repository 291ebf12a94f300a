/* subject — what a register is asked about, where several answers only together name it (a
 * parcel: section, main number, sub-number), and the same once more for each row of a
 * rows-question.
 *
 * They are kept as JSON by the keys of their questions, so that a gateway finds each part
 * by its name. One answer alone is kept as it was given.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/json/json.h"
#include "kernel/lookup/inside.h"

#define SUBJECT_BYTES 4096

bool lookup_is_joint(const struct lookup *l)
{
    return str_find(l->question, STR("+")) >= 0;
}

str lookup_subject_text(struct arena *a, const struct lookup *l, str subject)
{
    const struct json *j;
    struct buf b;

    if (!lookup_is_joint(l) || json_parse(a, subject, &j) != NULL) {
        return subject;
    }
    buf_init(&b, a, SUBJECT_BYTES);
    for (const struct json *x = j->first; x != NULL; x = x->next) {
        if (b.len > 0) {
            buf_put_char(&b, ' ');
        }
        buf_put(&b, x->text);
    }
    return buf_str(&b);
}

static const struct answer *answer_at(const struct answer *list, size_t count, str key)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].question->key, key) && list[i].json.len > 0) {
            return &list[i];
        }
    }
    return NULL;
}

struct joining {
    struct arena *arena;
    const struct service_paper *paper;
    struct lookup_about *list;
    size_t count, space;
};

/* "section+parcel_main", behind "more_parcels/2+" of a row. */
static str key_of(struct arena *a, const struct service_paper *p, int row)
{
    struct buf b;

    buf_init(&b, a, SUBJECT_BYTES);
    if (row > 0) {
        buf_format(&b, "%.*s/%d+", STR_ARG(p->lookup_rows), row);
    }
    for (size_t i = 0; i < p->lookup_by_count; i++) {
        buf_format(&b, "%s%.*s", i > 0 ? "+" : "", STR_ARG(p->lookup_by[i]));
    }
    return buf_str(&b);
}

static void label_join(struct arena *a, struct label *io, const struct label *next)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        str more = label_in(next, (enum lang)i);

        io->in[i] = io->in[i].len == 0 ? more
                                       : str_format(a, "%.*s＋%.*s", STR_ARG(io->in[i]),
                                                    STR_ARG(more));
    }
}

/* The first of the parts must be there: without it the others name nothing. A part that was
 * masked anywhere is masked here; cells of personal rows are not told apart. */
static void join(struct joining *x, const struct answer *list, size_t count, int row,
                 bool hidden)
{
    const struct service_paper *p = x->paper;
    struct lookup_about s = { .key = key_of(x->arena, p, row) };
    struct json_writer j;
    struct buf b, masked;

    if (answer_at(list, count, p->lookup_by[0]) == NULL || x->count == x->space) {
        return;
    }
    buf_init(&b, x->arena, SUBJECT_BYTES);
    buf_init(&masked, x->arena, SUBJECT_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    for (size_t i = 0; i < p->lookup_by_count; i++) {
        const struct answer *part = answer_at(list, count, p->lookup_by[i]);

        if (part == NULL) {
            continue;
        }
        json_put_text(&j, p->lookup_by[i], answer_text(x->arena, part, LANG_ZH, false));
        buf_format(&masked, "%s%.*s", masked.len > 0 ? " " : "",
                   STR_ARG(answer_text(x->arena, part, LANG_ZH, true)));
        label_join(x->arena, &s.label, &part->question->label);
    }
    json_end_object(&j);
    s.value = buf_str(&b);
    s.masked = hidden ? str_format(x->arena, "○ (%d)", row) : buf_str(&masked);
    x->list[x->count++] = s;
}

err lookup_subjects_joint(struct arena *a, const struct answers *answers,
                          const struct service_paper *p, struct lookup_about *list,
                          size_t space, size_t *ret_count)
{
    struct joining x = { .arena = a, .paper = p, .list = list, .space = space };
    const struct answer *rows = answer_at(answers->list, answers->count, p->lookup_rows);

    join(&x, answers->list, answers->count, 0, false);
    for (size_t i = 0; rows != NULL && i < rows->rows_count; i++) {
        size_t columns = rows->question->columns_count;

        join(&x, rows->cells + i * columns, columns, (int)i + 1, rows->question->personal);
    }
    *ret_count = x.count;
    return arena_failed(a) ? err_no_memory : NULL;
}
