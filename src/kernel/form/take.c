/* take — what all types share when an answer is taken: the table of types, the names of
 * pieces, and the words for an answer that is missing.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "base/buf.h"
#include "host/json/json.h"

const str question_type_key[QUESTION_TYPES] = {
    STR_INIT("text"),        STR_INIT("paragraph"),   STR_INIT("number"),
    STR_INIT("money"),       STR_INIT("date"),        STR_INIT("time"),
    STR_INIT("choice"),      STR_INIT("choices"),     STR_INIT("yesno"),
    STR_INIT("national_id"), STR_INIT("resident_id"), STR_INIT("mobile"),
    STR_INIT("telephone"),   STR_INIT("email"),       STR_INIT("address"),
    STR_INIT("file"),        STR_INIT("consent"),     STR_INIT("note"),
    STR_INIT("signature"),   STR_INIT("rows"),        STR_INIT("business_id"),
};

/* A file is set by answers_set_file, a note is only read. */
static void (*const take_of[QUESTION_TYPES])(struct take *t) = {
    [Q_TEXT] = take_text,
    [Q_PARAGRAPH] = take_paragraph,
    [Q_NUMBER] = take_number,
    [Q_MONEY] = take_money,
    [Q_DATE] = take_date,
    [Q_TIME] = take_time,
    [Q_CHOICE] = take_choice,
    [Q_CHOICES] = take_choices,
    [Q_YESNO] = take_yesno,
    [Q_NATIONAL_ID] = take_national_id,
    [Q_RESIDENT_ID] = take_resident_id,
    [Q_MOBILE] = take_mobile,
    [Q_TELEPHONE] = take_telephone,
    [Q_EMAIL] = take_email,
    [Q_ADDRESS] = take_address,
    [Q_CONSENT] = take_consent,
    [Q_SIGNATURE] = take_signature,
    [Q_ROWS] = rows_take,
    [Q_BUSINESS_ID] = take_business_id,
};

void take_answer(struct take *t)
{
    if (take_of[t->question->type] != NULL) {
        take_of[t->question->type](t);
    }
}

const char *const *piece_names(enum question_type type, size_t *ret_count)
{
    static const char *const date[] = { "year", "month", "date" };
    static const char *const address[] = { "postcode", "city", "district", "village",
                                           "street" };

    static const char *const signature[] = { "name", "agree", "strokes" };

    switch (type) {
    case Q_DATE:
        *ret_count = 3;
        return date;
    case Q_ADDRESS:
        *ret_count = 5;
        return address;
    case Q_SIGNATURE:
        *ret_count = 3;
        return signature;
    default:
        *ret_count = 0;
        return NULL;
    }
}

str piece_field(struct arena *a, str field, const char *piece)
{
    return piece == NULL ? field : str_format(a, "%.*s.%s", STR_ARG(field), piece);
}

str field_of(struct arena *a, const struct question *q, const char *piece)
{
    return piece_field(a, q->key, piece);
}

static struct words missing_words(const struct question *q, day example)
{
    switch (q->type) {
    case Q_DATE:
        return SAY("Enter \"{label}\", for example {example}.",
                   SAY_LABEL("label", &q->label), SAY_DAY("example", example));
    case Q_TIME:
        return SAY("Enter \"{label}\", for example 14:30.", SAY_LABEL("label", &q->label));
    case Q_CHOICE:
        return SAY("Choose one answer for \"{label}\".", SAY_LABEL("label", &q->label));
    case Q_CHOICES:
        return SAY("Choose at least one answer for \"{label}\".",
                   SAY_LABEL("label", &q->label));
    case Q_YESNO:
        return SAY("Answer \"{label}\" with yes or no.", SAY_LABEL("label", &q->label));
    case Q_ADDRESS:
        return SAY("Enter \"{label}\": city, district, street and number.",
                   SAY_LABEL("label", &q->label));
    case Q_FILE:
        return SAY("Choose a file for \"{label}\".", SAY_LABEL("label", &q->label));
    case Q_SIGNATURE:
        return SAY("Sign under \"{label}\": draw it, type your name, or choose a picture.",
                   SAY_LABEL("label", &q->label));
    case Q_ROWS:
        return SAY("Fill in at least one row of \"{label}\".",
                   SAY_LABEL("label", &q->label));
    case Q_CONSENT:
        return SAY("Read \"{label}\" and tick it, so that we may go on.",
                   SAY_LABEL("label", &q->label));
    default:
        return SAY("Fill in \"{label}\".", SAY_LABEL("label", &q->label));
    }
}

void take_missing(struct take *t)
{
    const struct question *q = t->question;
    day example = day_of(1990, 3, 15), own;

    if (q->type == Q_DATE && day_from_iso(unquote(t->arena, q->example), &own)) {
        example = own;
    }
    t->wrong = missing_words(q, example);
    t->piece = q->type == Q_DATE      ? "year"
               : q->type == Q_ADDRESS   ? "city"
               : q->type == Q_SIGNATURE ? "name"
                                        : NULL;
}

str quote(struct arena *a, str s)
{
    struct buf b;
    struct json_writer w;
    str list;

    /* A JSON escape is at most six bytes for one. */
    buf_init(&b, a, s.len * 6 + 16);
    json_open(&w, &b);
    json_list(&w, STR(""));
    json_put_text(&w, STR(""), s);
    json_end_list(&w);
    list = buf_str(&b);
    return list.len > 2 ? str_slice(list, 1, list.len - 2) : STR("");
}

str unquote(struct arena *a, str json)
{
    const struct json *j = NULL;

    if (json.len < 2 || json.at[0] != '"' || json_parse(a, json, &j) != NULL) {
        return STR("");
    }
    return j->text;
}

str piece_of(struct arena *a, const struct answer *x, const char *name)
{
    const struct json *j = NULL;

    if (x->json.len == 0 || json_parse(a, x->json, &j) != NULL) {
        return STR("");
    }
    return json_text_of(j, str_of(name));
}

const struct choice *choice_of(const struct question *q, str key)
{
    for (size_t i = 0; i < q->choices_count; i++) {
        if (str_equal(q->choices[i].key, key)) {
            return &q->choices[i];
        }
    }
    return NULL;
}
