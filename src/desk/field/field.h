/* field — the questions of a definition on a page: label, help, what was typed, what is
 * wrong with it, one widget for each type; and the reading of what comes back.
 *
 * Whoever asks with a form of a definition uses this: the citizen's application, the
 * counter. The names of the inputs are those that `answers_read` knows.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_FIELD_H
#define BIANMIN_DESK_FIELD_H

#include "base/err.h"
#include "base/words.h"
#include "host/html/html.h"

struct answers;
struct ask;
struct form_step;

/* One line to tick. */
struct field_choice {
    str id, name, value;
    struct label label, help;
    struct words text; /* instead of the label: yes, no */
    bool is_radio, checked;
};
/* One of several boxes of a question: the year of a date, the street of an address. */
struct field_box {
    str id, name, value, autocomplete, width;
    struct words before, after;
    bool bad, wide;
    str described;
    bool numeric;
};
/* Rows: what is asked in one of them. */
struct field;
struct field_row {
    str id;
    int64_t number;
    const struct field *cells;
    size_t cells_count;
    str remove_name;
};
/* PDPA §8: what must be told before personal data are taken. */
struct field_notice {
    struct label office, purpose;
    int64_t years;
    str telephone;
};
struct field {
    str id, name;
    struct label label, help;
    bool optional;
    struct words mistake;
    str described; /* ids of hint and mistake */
    /* How it is asked; one of them is true. */
    bool is_note, is_input, is_paragraph, is_boxes, is_choices, is_file, is_consent;
    bool is_signature, is_rows;
    bool is_date, in_row;
    str input_type, input_mode, autocomplete, width, value;
    bool is_code;  /* no spelling help, capitals */
    int64_t signs; /* most signs; 0: no end */
    struct words unit;
    const struct field_box *boxes;
    size_t boxes_count;
    const struct field_choice *choices;
    size_t choices_count;
    struct words file_rule;
    str file_id, file_accept, file_name, file_kept, kept_name, remove_name;
    struct words file_size;
    /* signature: the name that stands for it, its tick, what was drawn (as typed, and as
     * the path of a picture); the picture of one is as of a file */
    struct field_box sign_name;
    struct field_choice sign_agree;
    str sign_strokes_name, sign_strokes, sign_path;
    /* rows */
    const struct field_row *rows;
    size_t rows_count;
    str rows_name, add_name; /* how many there are; one more */
    int64_t rows_most;
    struct field_notice notice;
};

/* The visible questions of a step, with q->mistakes at their places. `notice` stands above
 * a question for consent. */
MUST_CHECK err fields_fill(struct ask *q, const struct answers *s,
                           const struct form_step *step, const struct field_notice *notice,
                           const struct field **ret, size_t *ret_count);

/* What became of a posted step besides the answers. */
struct field_posted {
    bool stay; /* a file was taken away: the same page once more, without mistakes */
    bool once; /* rows were added or taken away: the same page with what was typed, from
                * check (ask_once_more); nothing is saved yet */
    bool more; /* the answers made new questions appear */
};
/* A posted step (NULL: all of them, on one page) into `s`, with the files that came now and
 * those of an earlier try. Mistakes go to q->mistakes. The page names the questions that it
 * asked in the field `asked`: one that appears through the answers themselves is asked now,
 * and is no mistake yet. */
MUST_CHECK err fields_take(struct ask *q, struct answers *s, const struct form_step *step,
                           struct field_posted *ret);

#endif
