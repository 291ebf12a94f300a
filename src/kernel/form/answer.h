/* answer — what the files of this room share: taking one typed answer.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FORM_ANSWER_H
#define BIANMIN_KERNEL_FORM_ANSWER_H

#include "base/arena.h"
#include "kernel/form/form.h"

struct rule_value;

/* One answer on its way from what was typed (answer.typed, .chosen) to its JSON. Nothing
 * typed leaves both `json` and `wrong` empty. */
struct take {
    struct arena *arena;
    struct answer *answer;
    const struct question *question;
    enum lang lang;
    str json;
    struct words wrong; /* .id NULL: nothing is wrong */
    const char *piece;  /* which piece to focus: "year"; NULL the whole */
    struct mistakes *cells; /* rows: what is wrong in their cells, by field */
};
void take_answer(struct take *t);
/* What to say when a required answer is not there, and the piece to focus. */
void take_missing(struct take *t);
/* The names of the pieces of a date and an address; NULL for a type of one piece. */
const char *const *piece_names(enum question_type type, size_t *ret_count);
/* "key" or "key.piece" */
str field_of(struct arena *a, const struct question *q, const char *piece);
str piece_field(struct arena *a, str field, const char *piece);

/* take_text.c */
void take_text(struct take *t);
void take_paragraph(struct take *t);
void take_national_id(struct take *t);
void take_resident_id(struct take *t);
void take_business_id(struct take *t);
void take_mobile(struct take *t);
void take_telephone(struct take *t);
void take_email(struct take *t);
void take_address(struct take *t);
/* take_value.c */
void take_number(struct take *t);
void take_money(struct take *t);
void take_date(struct take *t);
void take_time(struct take *t);
void take_choice(struct take *t);
void take_choices(struct take *t);
void take_yesno(struct take *t);
void take_consent(struct take *t);
/* take_signature.c */
void take_signature(struct take *t);
bool unpack_signature(struct take *t, const struct json *value);
/* rows.c */
bool rows_read(struct take *t, const struct form_source *source);
bool rows_unpack(struct take *t, const struct json *value);
void rows_take(struct take *t);
/* One cell, for whoever shows it: its mistake leads to `key.2.column`. */
str rows_text(struct arena *a, const struct answer *x, enum lang lang, bool masked);
/* read.c */
bool unpack(struct take *t, const struct json *value);
bool unpack_file(struct take *t, const struct json *value);
void typed_read(struct arena *a, struct answer *x, str field,
                const struct form_source *source);

/* A JSON text of `s`, with its quotation marks. */
str quote(struct arena *a, str s);
/* The text of a JSON string value; "" of anything else. */
str unquote(struct arena *a, str json);
/* One text of an answer that is an object. */
str piece_of(struct arena *a, const struct answer *x, const char *name);
/* The examples of all questions, asked or not. */
str examples_all(struct arena *a, const struct form *f, day today);
/* The label of the choice with this key; NULL when there is none. */
const struct choice *choice_of(const struct question *q, str key);

/* rules.c: settles, then judges one step (or all: NULL). `found` stands beside s->list. */
struct verdict {
    struct words wrong;
    const char *piece;
    const struct mistakes *cells; /* NULL: none */
};
MUST_CHECK err judge(struct arena *a, struct answers *s, const struct form_step *step,
                     const struct verdict *found, day today, struct mistakes *m);

#endif
