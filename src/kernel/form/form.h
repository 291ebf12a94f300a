/* form — typed questions, the answers to them, and what is wrong with the answers.
 *
 * One model for pages, JSON, and paper later. Answers are read from posted fields (as a
 * person types them) or from JSON (typed), checked all at once, and kept as JSON text a
 * question: text "…", number 3, choices ["a"], date "2026-01-18", address {…}, file
 * {"file":"<id>","name":…}, rows [{…},{…}], signature {"strokes":"10,20 11,22;…"} as drawn,
 * {"name":…,"agree":true} as typed, or a picture as a file. What a person typed is kept
 * beside, so that nothing is lost.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FORM_H
#define BIANMIN_KERNEL_FORM_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "base/words.h"

struct json;
struct json_writer;
struct pack_chapter;
struct pack_reader;
struct rule_shelf;
struct yaml;

enum question_type {
    Q_TEXT, Q_PARAGRAPH, Q_NUMBER, Q_MONEY, Q_DATE, Q_TIME, Q_CHOICE, Q_CHOICES, Q_YESNO,
    Q_NATIONAL_ID, Q_RESIDENT_ID, Q_MOBILE, Q_TELEPHONE, Q_EMAIL, Q_ADDRESS, Q_FILE,
    Q_CONSENT, Q_NOTE, Q_SIGNATURE, Q_ROWS, Q_BUSINESS_ID, QUESTION_TYPES
};
extern const str question_type_key[QUESTION_TYPES]; /* "text" "paragraph" … */

/* What a personal value is found by (blind index); FIND_NONE for most. */
enum find_kind {
    FIND_NONE, FIND_NAME, FIND_NATIONAL_ID, FIND_TELEPHONE, FIND_EMAIL, FIND_HOUSEHOLD
};

struct choice {
    str key;
    struct label label, help;
};
struct rule_line {
    str source;          /* Lua expression that must be true */
    struct label say;    /* what to do when it is not */
    int line, column;    /* where it stands in its file */
};
struct question {
    str key;
    enum question_type type;
    struct label label, help;
    struct label why;    /* what it is asked for; may be empty */
    bool required, personal;
    bool health;         /* of somebody's health: goes to others with consent only */
    enum find_kind find;
    str visible;         /* rule; "" always */
    str required_when;   /* rule; "" only as `required` says */
    const struct rule_line *rules;
    size_t rules_count;
    const struct choice *choices;
    size_t choices_count;
    /* number, money: value; text, paragraph: signs; choices, rows: how many; date: day;
     * file, signature: bytes. INT64_MIN/MAX: none. */
    int64_t least, most;
    const struct question *columns; /* rows: what is asked in each of them */
    size_t columns_count;
    const str *accept;   /* file: media types; national_id: "resident_id" is taken too */
    size_t accept_count;
    /* As JSON text: filled-in sample and API example; a date may be "today+20". See
     * question_example. */
    str example;
    str autocomplete;    /* HTML autofill purpose: "name" "tel" … by type unless said */
    int line, column;    /* where it stands in its file */
};
struct form_step {
    str key;
    struct label title, lead;
    const struct question *questions;
    size_t questions_count;
};
struct form {
    const struct form_step *steps;
    size_t steps_count;
    struct rule_shelf *shelf; /* where its rules stay compiled; NULL: nowhere */
};

/* The keys of a form, for the reference of whoever has one. */
extern const struct pack_chapter form_step_chapter, form_question_chapter,
    form_choice_chapter, form_rule_chapter, form_column_chapter, form_type_chapter;
/* Out of a definition: `steps:` with `questions:`. */
void form_read(struct pack_reader *r, const struct yaml *steps, struct form *ret);
/* Tries every rule with and without the optional answers, and the examples together. */
void form_rehearse(struct pack_reader *r, const struct form *f, day today);
const struct question *form_question(const struct form *f, str key);
/* The example as JSON, "today+20" worked out; "" when there is none. */
str question_example(struct arena *a, const struct question *q, day today);
/* {"key":example,…} of the questions that would be asked then. */
str form_example(struct arena *a, const struct form *f, day today);

/* One answer. `json` is "" while unanswered. `typed` are the raw pieces for showing the
 * field again: one for most, three for a date, five for an address, many for choices. */
struct answer {
    const struct question *question;
    str json;
    str typed[5];
    const str *chosen;
    size_t chosen_count;
    bool visible;
    struct answer *cells; /* rows: one after the other, each with all columns */
    size_t rows_count;
};
#define ROWS_MOST 50 /* of one question */
struct answers {
    const struct form *form;
    struct answer *list; /* every question of the form, in order */
    size_t count;
};
MUST_CHECK err answers_init(struct arena *a, const struct form *f, struct answers *ret);
struct answer *answers_of(const struct answers *s, str key);

/* Where typed values come from: given a field name and which of its values. Field names are
 * the key, for pieces key.year key.month key.date · key.postcode key.city key.district
 * key.village key.street · key.name key.agree key.strokes (signature) · key.rows (how many)
 * key.1.column key.1.column.year … (rows); key.2.remove takes a row away, key.add adds one,
 * both of them any value. */
struct form_source {
    void *context;
    str (*value)(void *context, str name, size_t nth); /* .at NULL: no more */
};
/* Reads the questions of one step (or all: step NULL), normalises, checks types, then
 * visibility and rules over all answers known. Mistakes carry the field name to focus.
 * Files that came are set before (answers_set_file); key.remove takes one away again. */
MUST_CHECK err answers_read(struct arena *a, struct answers *s,
                            const struct form_step *step, const struct form_source *source,
                            enum lang lang, day today, struct mistakes *m);
/* The same from {"answers":{…}} or from the inner object: unknown keys are mistakes. Of a
 * file only its id is known: answers_set_file completes it. */
MUST_CHECK err answers_read_json(struct arena *a, struct answers *s,
                                 const struct json *object, day today, struct mistakes *m);
/* All visible questions of all steps once more, before a case is made. */
MUST_CHECK err answers_check(struct arena *a, struct answers *s, day today,
                             struct mistakes *m);
MUST_CHECK err answers_set_file(struct arena *a, struct answers *s, str key, int64_t file,
                                str name, str media_type, int64_t size_bytes);
/* The first mistake about this question or one of its pieces; NULL when there is none. */
const struct mistake *mistake_about(const struct mistakes *m, const struct question *q);
/* {"key":value,…} of what is answered and visible; and back (typed pieces are made too). */
str answers_write(struct arena *a, const struct answers *s);
MUST_CHECK err answers_restore(struct arena *a, struct answers *s, str json,
                               enum lang lang);
/* Sets `visible` of every answer by the rules; the readers above have done it, after
 * answers_init or answers_restore ask for it before a page is shown. */
MUST_CHECK err answers_settle(struct arena *a, struct answers *s, day today);
/* Does this step ask anything at all, as far as is known? (settled) */
bool answers_step_asks(const struct answers *s, const struct form_step *step);
/* A pass of rules over these answers, and over `more` values besides, for whoever owns the
 * form: fees, limits, papers. `s` may be NULL: only `more`. An answer is stronger. */
struct rule_pass;
struct rule_value;
MUST_CHECK err answers_pass(struct arena *a, const struct answers *s,
                            const struct rule_value *more, size_t more_count, day today,
                            struct rule_pass **ret);
/* Must this one be answered now? (`required`, or `required_when` holds) */
MUST_CHECK err answer_is_required(struct arena *a, const struct answers *s,
                                  const struct answer *x, day today, bool *ret_required);
/* Is this rule true of the answers? "" always. Fails: ERR_BROKEN (the rule). */
MUST_CHECK err answers_truth(struct arena *a, const struct answers *s, str rule, day today,
                             bool *ret_truth);
/* For people: "民國79年3月15日", the label of a choice. `masked`: personal ones as 王○明. */
str answer_text(struct arena *a, const struct answer *x, enum lang lang, bool masked);
str answer_mask(struct arena *a, const struct answer *x);
/* A mask that was kept, for a reader of this language: 民國79年○月○日. */
str answer_mask_text(struct arena *a, const struct question *q, str mask, enum lang lang);
/* The value to find it by, folded; "" when the question has no find. */
str answer_find_value(struct arena *a, const struct answer *x);
/* Of rows: each cell that may be found by; calls `each` for it. Others: the answer
 * itself. */
void answer_find_each(struct arena *a, const struct answer *x,
                      void (*each)(void *context, enum find_kind kind, str value),
                      void *context);
/* Does it hold a file ({"file":…})? A signature may. */
bool answer_holds_file(const struct answer *x);
bool question_takes_file(const struct question *q);
/* A drawn signature as the `d` of an SVG path in a box of 600 × 200; "" when there is
 * none. */
str answer_strokes(struct arena *a, const struct answer *x);

/* Identity numbers and the like, on normalised text (upper case, narrow). */
bool national_id_is_valid(str s);
bool resident_id_is_valid(str s);   /* new and old 統一證號 */
bool business_id_is_valid(str s);   /* 統一編號, by the rule of 2023 */
/* As typed, full width and +886 too; the plain forms are 0912345678 and 07-6671211#52. */
bool mobile_read(struct arena *a, str typed, str *ret_plain);
MUST_CHECK err telephone_read(struct arena *a, str typed, str *ret_plain);
bool email_is_valid(str s);

#endif
