/* day — reading days as people write them.
 *
 * A text becomes a short row of pieces (numbers, 年 月 日, marks between), and the row must
 * have one of a few shapes. Full-width signs, ideographic blanks and Chinese numerals count
 * like their plain forms.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/day.h"

#define ROC_OFFSET 1911
#define PIECES_MAX 10
#define FIRST_YEAR 1000 /* 元, which stands alone */

enum piece_kind {
    PIECE_END,
    PIECE_NUMBER,
    PIECE_ROC,     /* 民國, 中華民國, 民 */
    PIECE_BEFORE,  /* 前 */
    PIECE_WESTERN, /* 西元, 公元 */
    PIECE_YEAR,
    PIECE_MONTH,
    PIECE_DATE,
    PIECE_DOT,
    PIECE_SLASH,
    PIECE_HYPHEN,
};

struct piece {
    enum piece_kind kind;
    int number;
    int digits; /* how many were written; 0 when written with 十 or 百 */
};

struct sign {
    const char *text;
    enum piece_kind kind;
};

/* Longer ones before those that they begin with. */
static const struct sign signs[] = {
    { "中華民國", PIECE_ROC }, { "民國", PIECE_ROC },     { "民", PIECE_ROC },
    { "西元", PIECE_WESTERN }, { "公元", PIECE_WESTERN }, { "前", PIECE_BEFORE },
    { "年", PIECE_YEAR },      { "月", PIECE_MONTH },     { "日", PIECE_DATE },
    { "號", PIECE_DATE },      { ".", PIECE_DOT },        { "．", PIECE_DOT },
    { "/", PIECE_SLASH },      { "／", PIECE_SLASH },     { "-", PIECE_HYPHEN },
    { "－", PIECE_HYPHEN },
};

static const struct numeral {
    const char *text;
    int value; /* 0..9, 10, 100, FIRST_YEAR */
} numerals[] = {
    { "一", 1 }, { "二", 2 }, { "三", 3 },  { "四", 4 },   { "五", 5 },
    { "六", 6 }, { "七", 7 }, { "八", 8 },  { "九", 9 },   { "○", 0 },
    { "〇", 0 }, { "零", 0 }, { "十", 10 }, { "百", 100 }, { "０", 0 },
    { "１", 1 }, { "２", 2 }, { "３", 3 },  { "４", 4 },   { "５", 5 },
    { "６", 6 }, { "７", 7 }, { "８", 8 },  { "９", 9 },   { "元", FIRST_YEAR },
};

static bool take(str *rest, str sign)
{
    if (!str_starts(*rest, sign)) {
        return false;
    }
    *rest = str_slice(*rest, sign.len, rest->len);
    return true;
}

static void skip_blanks(str *rest)
{
    while (take(rest, STR(" ")) || take(rest, STR("\t")) || take(rest, STR("　"))) {
    }
}

static bool numeral_take(str *rest, int *ret_value)
{
    if (rest->len > 0 && rest->at[0] >= '0' && rest->at[0] <= '9') {
        *ret_value = rest->at[0] - '0';
        *rest = str_slice(*rest, 1, rest->len);
        return true;
    }
    for (size_t i = 0; i < sizeof numerals / sizeof numerals[0]; i++) {
        if (take(rest, str_of(numerals[i].text))) {
            *ret_value = numerals[i].value;
            return true;
        }
    }
    return false;
}

/* 105, 一○五, 一百零五, 十八, 元: digits in a row, or counted with 十 and 百. */
static bool number_take(str *rest, struct piece *ret)
{
    int row = 0, digits = 0; /* as digits in a row */
    int counted = 0, last = 0; /* as counted with 十 and 百 */
    int unit = 0;              /* the last of these */
    int value;
    bool any = false;
    while (numeral_take(rest, &value)) {
        if (value == FIRST_YEAR) {
            *ret = (struct piece){ PIECE_NUMBER, 1, 1 };
            return !any;
        }
        any = true;
        if (value >= 10) {
            if (unit != 0 && value >= unit) {
                return false; /* 十百 */
            }
            counted += (last == 0 ? 1 : last) * value;
            last = 0;
            unit = value;
            continue;
        }
        row = row * 10 + value;
        last = value;
        if (++digits > 8) {
            return false;
        }
    }
    *ret = unit == 0 ? (struct piece){ PIECE_NUMBER, row, digits }
                     : (struct piece){ PIECE_NUMBER, counted + last, 0 };
    return any;
}

static bool sign_take(str *rest, struct piece *ret)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (take(rest, str_of(signs[i].text))) {
            *ret = (struct piece){ .kind = signs[i].kind };
            return true;
        }
    }
    return false;
}

/* `pieces` ends with PIECE_END. */
static bool pieces_read(str text, struct piece pieces[static PIECES_MAX + 1])
{
    size_t count = 0;
    skip_blanks(&text);
    while (text.len > 0) {
        if (count == PIECES_MAX ||
            (!sign_take(&text, &pieces[count]) && !number_take(&text, &pieces[count]))) {
            return false;
        }
        count++;
        skip_blanks(&text);
    }
    pieces[count] = (struct piece){ .kind = PIECE_END };
    return true;
}

enum era { ERA_UNSAID, ERA_ROC, ERA_BEFORE_ROC, ERA_WESTERN };

/* The western year, or 0 when there is none such. */
static int year_of(int written, enum era era)
{
    switch (era) {
    case ERA_ROC:
        return written >= 1 && written < 1000 ? written + ROC_OFFSET : 0;
    case ERA_BEFORE_ROC:
        return written >= 1 && written <= ROC_OFFSET ? ROC_OFFSET + 1 - written : 0;
    case ERA_WESTERN:
        return written >= 1000 ? written : 0;
    case ERA_UNSAID:
        break;
    }
    return year_of(written, written >= 1000 ? ERA_WESTERN : ERA_ROC);
}

static bool day_found(int year, int month, int date, day *ret_day)
{
    day d = day_of(year, month, date);
    if (d == DAY_NONE) {
        return false;
    }
    *ret_day = d;
    return true;
}

/* 20160118 · 1050118 · 990131 */
static bool compact_read(const struct piece *p, enum era era, day *ret_day)
{
    if (p->digits < 6 || (era == ERA_WESTERN && p->digits != 8)) {
        return false;
    }
    if (era == ERA_UNSAID) {
        era = p->digits == 8 ? ERA_WESTERN : ERA_ROC;
    }
    int n = p->number;
    return day_found(year_of(n / 10000, era), n / 100 % 100, n % 100, ret_day);
}

static enum era era_read(const struct piece **p)
{
    if ((*p)->kind == PIECE_WESTERN) {
        (*p)++;
        return ERA_WESTERN;
    }
    if ((*p)->kind != PIECE_ROC) {
        return ERA_UNSAID;
    }
    (*p)++;
    if ((*p)->kind != PIECE_BEFORE) {
        return ERA_ROC;
    }
    (*p)++;
    return ERA_BEFORE_ROC;
}

bool day_parse(str text, day *ret_day)
{
    struct piece pieces[PIECES_MAX + 1] = { 0 };
    if (!pieces_read(text, pieces)) {
        return false;
    }
    const struct piece *p = pieces;
    enum era era = era_read(&p);
    if (p[0].kind != PIECE_NUMBER) {
        return false;
    }
    if (p[1].kind == PIECE_END) {
        return compact_read(p, era, ret_day);
    }
    if (p[2].kind != PIECE_NUMBER || p[4].kind != PIECE_NUMBER) {
        return false;
    }
    bool words = p[1].kind == PIECE_YEAR && p[3].kind == PIECE_MONTH;
    bool marks = p[1].kind == p[3].kind &&
                 (p[1].kind == PIECE_DOT || p[1].kind == PIECE_SLASH ||
                  p[1].kind == PIECE_HYPHEN);
    const struct piece *end = words && p[5].kind == PIECE_DATE ? p + 6 : p + 5;
    if ((!words && !marks) || end->kind != PIECE_END) {
        return false;
    }
    return day_found(year_of(p[0].number, era), p[2].number, p[4].number, ret_day);
}

static bool box_read(str box, int *ret_number)
{
    struct piece pieces[PIECES_MAX + 1] = { 0 };
    if (!pieces_read(box, pieces) || pieces[0].kind != PIECE_NUMBER ||
        pieces[1].kind != PIECE_END) {
        return false;
    }
    *ret_number = pieces[0].number;
    return true;
}

bool day_from_boxes(str year, str month, str date, bool roc, day *ret_day)
{
    int y, m, d;
    if (!box_read(year, &y) || !box_read(month, &m) || !box_read(date, &d)) {
        return false;
    }
    enum era era = roc && y < 1000 ? ERA_ROC : ERA_WESTERN;
    return day_found(year_of(y, era), m, d, ret_day);
}

bool day_from_iso(str text, day *ret_day)
{
    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-') {
        return false;
    }
    int part[3] = { 0 };
    for (size_t i = 0, at = 0; i < text.len; i++) {
        if (i == 4 || i == 7) {
            at++;
            continue;
        }
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
        part[at] = part[at] * 10 + (text.at[i] - '0');
    }
    return day_found(part[0], part[1], part[2], ret_day);
}
