/* tell — answers for people, masked where they are personal, and folded for finding.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "base/buf.h"
#include "host/json/json.h"
#include "host/text/text.h"

/* Three words that belong to the types themselves. */
static const struct label yes = { { STR_INIT("是"), STR_INIT("Yes"), STR_INIT("はい") } };
static const struct label no = { { STR_INIT("否"), STR_INIT("No"), STR_INIT("いいえ") } };
static const struct label signed_by_hand = { { STR_INIT("已親筆簽名"),
                                               STR_INIT("Signed by hand"),
                                               STR_INIT("手書きの署名あり") } };
static const struct label agreed = { { STR_INIT("同意"), STR_INIT("Agreed"),
                                       STR_INIT("同意します") } };

static str thousands(struct arena *a, int64_t n)
{
    str digits = str_format(a, "%lld", (long long)n);
    size_t sign = n < 0 ? 1 : 0;
    struct buf b;

    buf_init(&b, a, 40);
    for (size_t i = 0; i < digits.len; i++) {
        if (i > sign && (digits.len - i) % 3 == 0) {
            buf_put_char(&b, ',');
        }
        buf_put_char(&b, digits.at[i]);
    }
    return buf_str(&b);
}

static str money_text(struct arena *a, str json, enum lang lang)
{
    int64_t n = 0;
    str number;

    (void)str_to_int(json, &n);
    number = thousands(a, n);
    switch (lang) {
    case LANG_EN:
        return str_format(a, "NT$%.*s", STR_ARG(number));
    case LANG_JA:
        return str_format(a, "%.*s 台湾ドル", STR_ARG(number));
    default:
        return str_format(a, "%.*s 元", STR_ARG(number));
    }
}

static str date_text(struct arena *a, str json, enum lang lang)
{
    str iso = unquote(a, json);
    day d;

    return day_from_iso(iso, &d) ? day_text(a, d, lang) : iso;
}

static str choice_text(const struct question *q, str key, enum lang lang)
{
    const struct choice *c = choice_of(q, key);

    return c != NULL ? label_in(&c->label, lang) : key;
}

static str choices_text(struct arena *a, const struct answer *x, enum lang lang)
{
    const struct json *list = NULL;
    struct buf b;

    buf_init(&b, a, (size_t)64 << 10);
    if (json_parse(a, x->json, &list) != NULL) {
        return STR("");
    }
    for (const struct json *j = list->first; j != NULL; j = j->next) {
        buf_put_z(&b, j == list->first ? "" : lang == LANG_EN ? ", " : "、");
        buf_put(&b, choice_text(x->question, j->text, lang));
    }
    return buf_str(&b);
}

/* As an envelope has it: 100206 雲川市青埔區公園里公園路1號. */
static str address_text(struct arena *a, const struct answer *x)
{
    size_t count = 0;
    const char *const *names = piece_names(Q_ADDRESS, &count);
    struct buf b;

    buf_init(&b, a, 4096);
    for (size_t i = 0; i < count; i++) {
        str piece = piece_of(a, x, names[i]);

        buf_put(&b, piece);
        if (piece.len > 0 && i + 1 < count) {
            str next = piece_of(a, x, names[i + 1]);
            unsigned char last = (unsigned char)piece.at[piece.len - 1];

            if (i == 0 || (last < 0x80 && next.len > 0)) {
                buf_put_char(&b, ' ');
            }
        }
    }
    return buf_str(&b);
}

/* Drawn, or the name that stands for it, or the picture's name. */
static str signature_text(struct arena *a, const struct answer *x, enum lang lang)
{
    str name = piece_of(a, x, "name");

    return name.len > 0 ? name : label_in(&signed_by_hand, lang);
}

str answer_text(struct arena *a, const struct answer *x, enum lang lang, bool masked)
{
    const struct question *q = x->question;

    if (x->json.len == 0) {
        return STR("");
    }
    if (q->type == Q_ROWS) {
        return rows_text(a, x, lang, masked);
    }
    if (masked && q->personal) {
        return answer_mask_text(a, q, answer_mask(a, x), lang);
    }
    switch (q->type) {
    case Q_NUMBER:
        return x->json; /* as typed: a parcel number is no amount */
    case Q_MONEY:
        return money_text(a, x->json, lang);
    case Q_DATE:
        return date_text(a, x->json, lang);
    case Q_CHOICE:
        return choice_text(q, unquote(a, x->json), lang);
    case Q_CHOICES:
        return choices_text(a, x, lang);
    case Q_YESNO:
        return label_in(str_equal(x->json, STR("true")) ? &yes : &no, lang);
    case Q_CONSENT:
        return label_in(&agreed, lang);
    case Q_ADDRESS:
        return address_text(a, x);
    case Q_FILE:
        return piece_of(a, x, "name");
    case Q_SIGNATURE:
        return signature_text(a, x, lang);
    default:
        return unquote(a, x->json);
    }
}

/* 0912***678, 07-6***211 */
static str mask_telephone(struct arena *a, str s)
{
    ptrdiff_t extension = str_find(s, STR("#"));
    size_t keep = 4;

    s = extension >= 0 ? str_slice(s, 0, (size_t)extension) : s;
    if (s.len < 9) {
        return s; /* 1999 and the like belong to nobody */
    }
    return str_format(a, "%.*s***%.*s", (int)keep, s.at, 3, s.at + s.len - 3);
}

static str mask_id(struct arena *a, str s)
{
    return s.len > 4 ? str_format(a, "%.*s****", (int)(s.len - 4), s.at) : STR("****");
}

static str mask_email(struct arena *a, str s)
{
    ptrdiff_t at = str_find(s, STR("@"));

    return at > 0 ? str_format(a, "%.1s***%.*s", s.at,
                               STR_ARG(str_slice(s, (size_t)at, s.len)))
                  : STR("***");
}

/* 雲川市青埔區○○路○○號 */
static str mask_address(struct arena *a, const struct answer *x)
{
    static const char *const roads[] = { "路", "街", "大道" };
    str street = piece_of(a, x, "street");
    str place = str_join(a, piece_of(a, x, "city"), piece_of(a, x, "district"));

    for (size_t i = 0; i < sizeof(roads) / sizeof(*roads); i++) {
        if (str_find(street, str_of(roads[i])) >= 0) {
            return str_format(a, "%.*s○○%s○○號", STR_ARG(place), roads[i]);
        }
    }
    return str_format(a, "%.*s○○", STR_ARG(place));
}

/* The year stays: whoever handles the case sees about how old a person is. */
static str mask_date(struct arena *a, str iso)
{
    day d;

    return day_from_iso(iso, &d) ? str_format(a, "%d-○○-○○", day_civil(d).year) : STR("○○");
}

static str mask_file(struct arena *a, str name)
{
    ptrdiff_t dot = -1;

    for (size_t i = 0; i < name.len; i++) {
        dot = name.at[i] == '.' ? (ptrdiff_t)i : dot;
    }
    return dot > 0 ? str_join(a, STR("○○"), str_slice(name, (size_t)dot, name.len))
                   : STR("○○");
}

str answer_mask(struct arena *a, const struct answer *x)
{
    const struct question *q = x->question;
    str s = unquote(a, x->json);

    if (x->json.len == 0) {
        return STR("");
    }
    if (q->type == Q_ROWS) {
        return rows_text(a, x, LANG_ZH, true);
    }
    if (q->find == FIND_NAME) {
        return text_mask_name(a, s);
    }
    switch (q->type) {
    case Q_NATIONAL_ID:
    case Q_RESIDENT_ID:
    case Q_BUSINESS_ID:
        return mask_id(a, s);
    case Q_MOBILE:
    case Q_TELEPHONE:
        return mask_telephone(a, s);
    case Q_EMAIL:
        return mask_email(a, s);
    case Q_ADDRESS:
        return mask_address(a, x);
    case Q_DATE:
        return mask_date(a, s);
    case Q_FILE:
        return mask_file(a, piece_of(a, x, "name"));
    default:
        return STR("○○○");
    }
}

/* A mask is kept once for all languages; only a date reads differently in each. */
str answer_mask_text(struct arena *a, const struct question *q, str mask, enum lang lang)
{
    int64_t year;

    if (q->type != Q_DATE || !str_to_int(str_slice(mask, 0, 4), &year) ||
        !str_ends(mask, STR("-○○-○○"))) {
        return mask;
    }
    if (lang == LANG_ZH && year > 1911) {
        return str_format(a, "民國%lld年○月○日", (long long)year - 1911);
    }
    return lang == LANG_EN ? str_format(a, "%lld", (long long)year)
                           : str_format(a, "%lld年○月○日", (long long)year);
}

static str digits_only(struct arena *a, str s)
{
    struct buf b;

    buf_init(&b, a, s.len + 1);
    for (size_t i = 0; i < s.len && s.at[i] != '#'; i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9') {
            buf_put_char(&b, s.at[i]);
        }
    }
    return buf_str(&b);
}

static str folded(struct arena *a, str s)
{
    str f;

    return text_fold(a, s, &f) == NULL ? f : STR("");
}

str answer_find_value(struct arena *a, const struct answer *x)
{
    if (x->json.len == 0) {
        return STR("");
    }
    switch (x->question->find) {
    case FIND_NAME:
        return folded(a, unquote(a, x->json));
    case FIND_NATIONAL_ID:
        return str_upper(a, unquote(a, x->json));
    case FIND_TELEPHONE:
        return digits_only(a, unquote(a, x->json));
    case FIND_EMAIL:
        return str_lower(a, unquote(a, x->json));
    case FIND_HOUSEHOLD:
        return folded(
            a, str_join(a, str_join(a, piece_of(a, x, "city"), piece_of(a, x, "district")),
                        piece_of(a, x, "street")));
    default:
        return STR("");
    }
}
