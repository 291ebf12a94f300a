/* take_text — answers that are words: text, numbers of identity, ways to reach somebody.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "base/buf.h"
#include "host/json/json.h"
#include "host/text/text.h"

#define TEXT_MOST 200
#define PARAGRAPH_MOST 2000

#define LABEL(t) SAY_LABEL("label", &(t)->question->label)

/* The first typed piece, cleaned. What is no text at all cannot be shown again either. */
static bool clean(struct take *t, err (*how)(struct arena *a, str typed, str *ret),
                  str *ret)
{
    if (how(t->arena, t->answer->typed[0], ret) != NULL) {
        t->answer->typed[0] = STR("");
        t->wrong = SAY("\"{label}\" has characters that cannot be read. Type it again.",
                       LABEL(t));
        return false;
    }
    return ret->len > 0;
}

static void length_check(struct take *t, str s, int64_t otherwise)
{
    const struct question *q = t->question;
    int64_t most = q->most == INT64_MAX ? otherwise : q->most;
    int64_t length = (int64_t)text_length(s);

    if (length > most) {
        t->wrong =
            SAY("\"{label}\" can have at most {most} characters, and there are {count}. "
                "Shorten it.",
                LABEL(t), SAY_NUMBER("most", most), SAY_NUMBER("count", length));
    } else if (length < q->least) {
        t->wrong =
            SAY("\"{label}\" needs at least {least} characters. Write a little more.",
                LABEL(t), SAY_NUMBER("least", q->least));
    } else {
        t->json = quote(t->arena, s);
    }
}

/* Line ends and tabs become blanks: the answer is one line. */
static str one_line(struct arena *a, str s)
{
    char *at = arena_alloc(a, s.len);

    for (size_t i = 0; at != NULL && i < s.len; i++) {
        at[i] = s.at[i] == '\n' || s.at[i] == '\t' ? ' ' : s.at[i];
    }
    return at != NULL ? (str){ at, s.len } : STR("");
}

void take_text(struct take *t)
{
    str s;

    if (clean(t, text_clean, &s)) {
        t->answer->typed[0] = s;
        length_check(t, one_line(t->arena, s), TEXT_MOST);
    }
}

void take_paragraph(struct take *t)
{
    str s;

    if (clean(t, text_clean, &s)) {
        t->answer->typed[0] = s;
        length_check(t, s, PARAGRAPH_MOST);
    }
}

/* Narrow, upper case, without the blanks and hyphens of a printed card. */
static bool card_number(struct take *t, str *ret)
{
    struct buf b;
    str s;

    if (!clean(t, text_narrow, &s)) {
        return false;
    }
    s = str_upper(t->arena, s);
    buf_init(&b, t->arena, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != ' ' && s.at[i] != '-') {
            buf_put_char(&b, s.at[i]);
        }
    }
    *ret = buf_str(&b);
    return true;
}

static bool accepts_residents(const struct question *q)
{
    for (size_t i = 0; i < q->accept_count; i++) {
        if (str_equal(q->accept[i], question_type_key[Q_RESIDENT_ID])) {
            return true;
        }
    }
    return false;
}

/* The right shape, so that only the check digit can be wrong. */
static bool has_shape(str s, bool resident)
{
    bool good = s.len == 10 && s.at[0] >= 'A' && s.at[0] <= 'Z';

    if (good && resident) {
        good = s.at[1] == '8' || s.at[1] == '9' || (s.at[1] >= 'A' && s.at[1] <= 'D');
    } else if (good) {
        good = s.at[1] == '1' || s.at[1] == '2';
    }
    for (size_t i = 2; good && i < 10; i++) {
        good = s.at[i] >= '0' && s.at[i] <= '9';
    }
    return good;
}

static struct words check_digit_words(const struct take *t)
{
    return SAY(
        "The check digit of \"{label}\" does not fit. Compare it with the card once more.",
        LABEL(t));
}

void take_national_id(struct take *t)
{
    bool residents = accepts_residents(t->question);
    str s;

    if (!card_number(t, &s)) {
        return;
    }
    if (national_id_is_valid(s) || (residents && resident_id_is_valid(s))) {
        t->json = quote(t->arena, s);
    } else if (has_shape(s, false) || (residents && has_shape(s, true))) {
        t->wrong = check_digit_words(t);
    } else if (resident_id_is_valid(s)) {
        t->wrong =
            SAY("That is the number of a resident certificate. \"{label}\" asks for a "
                "national identity number.",
                LABEL(t));
    } else if (residents) {
        t->wrong =
            SAY("\"{label}\" has ten characters: an identity number such as A123456789, or "
                "the number of a resident certificate such as A800000014.",
                LABEL(t));
    } else {
        t->wrong = SAY("\"{label}\" is one letter and nine digits, for example A123456789.",
                       LABEL(t));
    }
}

void take_resident_id(struct take *t)
{
    str s;

    if (!card_number(t, &s)) {
        return;
    }
    if (resident_id_is_valid(s)) {
        t->json = quote(t->arena, s);
    } else if (has_shape(s, true)) {
        t->wrong = check_digit_words(t);
    } else {
        t->wrong =
            SAY("\"{label}\" is one letter and nine digits, for example A800000014, or in "
                "its old form two letters and eight digits.",
                LABEL(t));
    }
}

void take_business_id(struct take *t)
{
    str s;
    bool digits = true;

    if (!card_number(t, &s)) {
        return;
    }
    for (size_t i = 0; i < s.len; i++) {
        digits = digits && s.at[i] >= '0' && s.at[i] <= '9';
    }
    if (business_id_is_valid(s)) {
        t->json = quote(t->arena, s);
    } else if (digits && s.len == 8 && !str_equal(s, STR("00000000"))) {
        t->wrong = SAY("The check digit of \"{label}\" does not fit. Compare it with the "
                       "registration once more.",
                       LABEL(t));
    } else {
        t->wrong = SAY("\"{label}\" has eight digits, for example 12345675.", LABEL(t));
    }
}

void take_mobile(struct take *t)
{
    str s, plain;

    if (!clean(t, text_narrow, &s)) {
        return;
    }
    if (mobile_read(t->arena, s, &plain)) {
        t->json = quote(t->arena, plain);
    } else {
        t->wrong =
            SAY("\"{label}\" has ten digits and begins with 09, for example 0912-345-678.",
                LABEL(t));
    }
}

void take_telephone(struct take *t)
{
    str s, plain;
    err e;

    if (!clean(t, text_narrow, &s)) {
        return;
    }
    e = telephone_read(t->arena, s, &plain);
    if (e == NULL) {
        t->json = quote(t->arena, plain);
    } else {
        t->wrong = e->say;
    }
}

void take_email(struct take *t)
{
    str s, local;
    ptrdiff_t at;

    if (!clean(t, text_narrow, &s)) {
        return;
    }
    if (!email_is_valid(s)) {
        t->wrong =
            SAY("\"{label}\" looks like name@example.com, without blanks. Look at it once "
                "more.",
                LABEL(t));
        return;
    }
    at = str_find(s, STR("@"));
    local = str_slice(s, 0, (size_t)at);
    t->json = quote(
        t->arena,
        str_join(t->arena, local, str_lower(t->arena, str_slice(s, (size_t)at, s.len))));
}

/* 3, 5 or 6 digits. */
static bool is_postcode(str s)
{
    int64_t n;

    return (s.len == 3 || s.len == 5 || s.len == 6) && str_to_int(s, &n) &&
           s.at[0] != '-' && s.at[0] != '+';
}

/* 台北市 is written 臺北市 in addresses; no other 台 is touched. */
static str formal_city(struct arena *a, str city)
{
    static const char *const after[] = { "北", "中", "南", "東" };

    for (size_t i = 0; i < 4; i++) {
        if (str_starts(city, str_format(a, "台%s", after[i]))) {
            return str_join(a, STR("臺"), str_slice(city, STR("台").len, city.len));
        }
    }
    return city;
}

/* Cuts what ends with one of `signs` off `*rest`; false when it is not within `most`
 * bytes. */
static bool cut_after(str *rest, const char *const *signs, size_t most, str *ret)
{
    size_t best = 0;

    for (const char *const *sign = signs; *sign != NULL; sign++) {
        ptrdiff_t at = str_find(*rest, str_of(*sign));

        /* At least one sign before it: 市民大道 is no city. */
        if (at >= 3 && (best == 0 || (size_t)at + 3 < best)) {
            best = (size_t)at + 3;
        }
    }
    if (best == 0 || best > most) {
        return false;
    }
    *ret = str_slice(*rest, 0, best);
    *rest = str_trim(str_slice(*rest, best, rest->len));
    return true;
}

/* A whole address in the last box, as it was pasted: 320雲川市青埔區公園里公園路1號. */
static void address_spread(struct take *t, str *piece)
{
    static const char *const city[] = { "市", "縣", NULL };
    /* 區 first: 前鎮區 is no 前鎮. */
    static const char *const district[] = { "區", NULL };
    static const char *const township[] = { "鄉", "鎮", "市", NULL };
    static const char *const village[] = { "里", "村", NULL };
    str rest = piece[4], found[5] = { piece[0], piece[1], piece[2], piece[3], piece[4] };
    size_t digits = 0;

    while (digits < rest.len && rest.at[digits] >= '0' && rest.at[digits] <= '9') {
        digits++;
    }
    if (digits > 0 && is_postcode(str_slice(rest, 0, digits))) {
        found[0] = str_slice(rest, 0, digits);
        rest = str_trim(str_slice(rest, digits, rest.len));
    }
    if (!cut_after(&rest, city, 12, &found[1]) ||
        (!cut_after(&rest, district, 12, &found[2]) &&
         !cut_after(&rest, township, 15, &found[2]))) {
        return;
    }
    (void)cut_after(&rest, village, 12, &found[3]);
    found[4] = rest;
    for (size_t i = 0; i < 5; i++) {
        piece[i] = t->answer->typed[i] = found[i];
    }
}

static void address_judge(struct take *t, const str *piece)
{
    if (piece[0].len > 0 && !is_postcode(piece[0])) {
        t->piece = "postcode";
        t->wrong =
            SAY("A postcode has 3, 5 or 6 digits. Leave it empty if you do not know it.");
    } else if (piece[1].len == 0) {
        t->piece = "city";
        t->wrong = SAY("The city or county is missing in \"{label}\".", LABEL(t));
    } else if (piece[2].len == 0) {
        t->piece = "district";
        t->wrong = SAY("The district or township is missing in \"{label}\".", LABEL(t));
    } else if (piece[4].len == 0) {
        t->piece = "street";
        t->wrong = SAY("Street and number are missing in \"{label}\".", LABEL(t));
    }
}

void take_address(struct take *t)
{
    size_t count = 0, filled = 0;
    const char *const *names = piece_names(Q_ADDRESS, &count);
    str piece[5] = { 0 };
    struct json_writer w;
    struct buf b;

    for (size_t i = 0; i < count; i++) {
        err e = i == 0 ? text_narrow(t->arena, t->answer->typed[i], &piece[i])
                       : text_clean(t->arena, t->answer->typed[i], &piece[i]);

        if (e != NULL || text_length(piece[i]) > 100) {
            t->answer->typed[i] = e != NULL ? STR("") : t->answer->typed[i];
            t->piece = names[i];
            t->wrong = SAY("\"{label}\" is too long or cannot be read. Write it once more.",
                           LABEL(t));
            return;
        }
        piece[i] = one_line(t->arena, piece[i]);
        filled += piece[i].len > 0 ? 1 : 0;
    }
    if (piece[1].len == 0 && piece[2].len == 0 && piece[4].len > 0) {
        address_spread(t, piece);
    }
    if (filled > 0) {
        address_judge(t, piece);
    }
    if (filled == 0 || t->wrong.id != NULL) {
        return;
    }
    piece[1] = formal_city(t->arena, piece[1]);
    buf_init(&b, t->arena, 8192);
    json_open(&w, &b);
    json_object(&w, STR(""));
    for (size_t i = 0; i < count; i++) {
        json_put_text(&w, str_of(names[i]), piece[i]);
    }
    json_end_object(&w);
    t->json = buf_str(&b);
}
