/* take_value — answers that are values: numbers, money, days, times and choices.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "base/buf.h"
#include "base/day.h"
#include "host/json/json.h"
#include "host/text/text.h"

/* Safe in JSON everywhere: below 2^53. */
#define NUMBER_MOST INT64_C(1000000000000)

#define LABEL(t) SAY_LABEL("label", &(t)->question->label)

static bool narrow(struct take *t, size_t piece, str *ret)
{
    if (text_narrow(t->arena, t->answer->typed[piece], ret) != NULL) {
        t->answer->typed[piece] = STR("");
        t->wrong = SAY("\"{label}\" has characters that cannot be read. Type it again.",
                       LABEL(t));
        return false;
    }
    return true;
}

/* Without `word` wherever it stands. */
static str without(struct arena *a, str s, str word)
{
    struct buf b;
    ptrdiff_t at = str_find(s, word);

    if (at < 0) {
        return s;
    }
    buf_init(&b, a, s.len);
    for (; at >= 0; at = str_find(s, word)) {
        buf_put(&b, str_slice(s, 0, (size_t)at));
        s = str_slice(s, (size_t)at + word.len, s.len);
    }
    buf_put(&b, s);
    return buf_str(&b);
}

static void range_check(struct take *t, int64_t n)
{
    const struct question *q = t->question;
    int64_t least = q->least < -NUMBER_MOST ? -NUMBER_MOST : q->least;
    int64_t most = q->most > NUMBER_MOST ? NUMBER_MOST : q->most;

    if (n < least || n > most) {
        t->wrong = q->most > NUMBER_MOST
                       ? SAY("\"{label}\" is {least} or more.", LABEL(t),
                             SAY_NUMBER("least", least))
                       : SAY("\"{label}\" is a number from {least} to {most}.", LABEL(t),
                             SAY_NUMBER("least", least), SAY_NUMBER("most", most));
        if (n > NUMBER_MOST) {
            t->wrong = SAY("\"{label}\" is too large a number. Look at it once more.",
                           LABEL(t));
        }
        return;
    }
    t->json = str_format(t->arena, "%lld", (long long)n);
}

void take_number(struct take *t)
{
    int64_t n;
    str s;

    if (!narrow(t, 0, &s) || s.len == 0) {
        return;
    }
    s = without(t->arena, without(t->arena, s, STR(",")), STR(" "));
    if (!str_to_int(s, &n)) {
        t->wrong = SAY("\"{label}\" is a whole number, written in digits, for example 12.",
                       LABEL(t));
        return;
    }
    range_check(t, n);
}

void take_money(struct take *t)
{
    static const char *const signs[] = { ",",      " ",      "NT$", "NTD", "TWD", "$",
                                         "新臺幣", "新台幣", "元",  "圓",  "整" };
    int64_t n;
    str s;

    if (!narrow(t, 0, &s) || s.len == 0) {
        return;
    }
    s = str_upper(t->arena, s);
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
        s = without(t->arena, s, str_of(signs[i]));
    }
    if (!str_to_int(s, &n)) {
        t->wrong = SAY("\"{label}\" is an amount in whole dollars, for example 1200.",
                       LABEL(t));
        return;
    }
    range_check(t, n);
}

static void no_such_day(struct take *t)
{
    t->piece = "year";
    t->wrong =
        SAY("There is no such day for \"{label}\". Look at year, month and day once more.",
            LABEL(t));
}

/* A year of four figures is a western one: a ROC year never has so many. */
#define YEAR_MOST (1911 + 999)

static void day_check(struct take *t, day d)
{
    const struct question *q = t->question;

    if (day_civil(d).year > YEAR_MOST) {
        no_such_day(t);
        return;
    }
    t->piece = "year";
    if ((int64_t)d < q->least) {
        t->wrong = SAY("\"{label}\" is {day} or later.", LABEL(t),
                       SAY_DAY("day", q->least));
    } else if ((int64_t)d > q->most) {
        t->wrong = SAY("\"{label}\" is {day} or earlier.", LABEL(t),
                       SAY_DAY("day", q->most));
    } else {
        t->piece = NULL;
        t->json = quote(t->arena, day_iso(t->arena, d));
    }
}

static void date_lacks(struct take *t, const char *piece)
{
    t->piece = piece;
    if (piece[0] == 'y') {
        t->wrong = SAY("The year is missing in \"{label}\".", LABEL(t));
    } else if (piece[0] == 'm') {
        t->wrong = SAY("The month is missing in \"{label}\".", LABEL(t));
    } else {
        t->wrong = SAY("The day is missing in \"{label}\".", LABEL(t));
    }
}

/* A whole date in the first box is taken as it is, and spread over the boxes. */
static bool date_whole(struct take *t, str first)
{
    struct civil c;
    day d;

    if (!day_parse(first, &d)) {
        return false;
    }
    c = day_civil(d);
    day_check(t, d);
    if (t->lang == LANG_ZH && c.year > 1911) {
        c.year -= 1911;
    } else if (t->lang == LANG_ZH) {
        return true; /* before the Republic: it stays as typed */
    }
    t->answer->typed[0] = str_format(t->arena, "%d", c.year);
    t->answer->typed[1] = str_format(t->arena, "%d", c.month);
    t->answer->typed[2] = str_format(t->arena, "%d", c.date);
    return true;
}

void take_date(struct take *t)
{
    size_t count = 0;
    const char *const *names = piece_names(Q_DATE, &count);
    str box[3];
    day d;

    for (size_t i = 0; i < 3; i++) {
        if (!narrow(t, i, &box[i])) {
            t->piece = names[i];
            return;
        }
    }
    if (box[0].len == 0 && box[1].len == 0 && box[2].len == 0) {
        return;
    }
    if (box[1].len == 0 && box[2].len == 0 && date_whole(t, box[0])) {
        return;
    }
    for (size_t i = 0; i < 3; i++) {
        if (box[i].len == 0) {
            date_lacks(t, names[i]);
            return;
        }
    }
    if (day_from_boxes(box[0], box[1], box[2], t->lang == LANG_ZH, &d)) {
        day_check(t, d);
        return;
    }
    no_such_day(t);
}

/* "14:05" "1405" "9:30" "下午2:30" "2:30 pm" */
static bool time_parse(struct arena *a, str s, int *ret_minute)
{
    int64_t hour, minute;
    bool after_noon, before_noon;
    ptrdiff_t colon;

    s = str_lower(a, s);
    after_noon = str_starts(s, STR("下午")) || str_starts(s, STR("午後")) ||
                 str_ends(s, STR("pm"));
    before_noon = str_starts(s, STR("上午")) || str_starts(s, STR("午前")) ||
                  str_ends(s, STR("am"));
    for (const char *const *w =
             (const char *const[]){ "下午", "午後", "上午", "午前", "pm", "am", " ", NULL };
         *w != NULL; w++) {
        s = without(a, s, str_of(*w));
    }
    s = without(a, s, STR("分"));
    colon = str_find(s, STR("點")) >= 0 ? str_find(s, STR("點")) : str_find(s, STR("時"));
    if (colon >= 0) {
        str rest = str_slice(s, (size_t)colon + STR("點").len, s.len);

        s = str_format(a, "%.*s:%.*s", (int)colon, s.at,
                       STR_ARG(rest.len > 0 ? rest : STR("0")));
    }
    colon = str_find(s, STR(":"));
    if (colon < 0 && s.len == 4) {
        s = str_format(a, "%.2s:%.2s", s.at, s.at + 2);
        colon = 2;
    }
    if (colon < 1 || !str_to_int(str_slice(s, 0, (size_t)colon), &hour) ||
        !str_to_int(str_slice(s, (size_t)colon + 1, s.len), &minute)) {
        return false;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || (before_noon && hour > 12)) {
        return false;
    }
    hour = after_noon && hour < 12 ? hour + 12 : before_noon && hour == 12 ? 0 : hour;
    *ret_minute = (int)(hour * 60 + minute);
    return true;
}

void take_time(struct take *t)
{
    int minute;
    str s;

    if (!narrow(t, 0, &s) || s.len == 0) {
        return;
    }
    if (!time_parse(t->arena, s, &minute)) {
        t->wrong = SAY("\"{label}\" is a time of the day, for example 14:30.", LABEL(t));
        return;
    }
    t->json = str_format(t->arena, "\"%02d:%02d\"", minute / 60, minute % 60);
}

void take_choice(struct take *t)
{
    str key = str_trim(t->answer->typed[0]);

    if (key.len == 0) {
        return;
    }
    if (choice_of(t->question, key) == NULL) {
        t->answer->typed[0] = STR("");
        t->wrong = SAY("Choose one of the answers shown for \"{label}\".", LABEL(t));
        return;
    }
    t->json = quote(t->arena, key);
}

static bool is_chosen(const struct answer *x, str key)
{
    for (size_t i = 0; i < x->chosen_count; i++) {
        if (str_equal(x->chosen[i], key)) {
            return true;
        }
    }
    return false;
}

static void count_check(struct take *t, int64_t count)
{
    const struct question *q = t->question;

    if (count > q->most) {
        t->wrong = SAY("Choose at most {most} answers for \"{label}\".", LABEL(t),
                       SAY_NUMBER("most", q->most));
    } else if (count < q->least) {
        t->wrong = SAY("Choose at least {least} answers for \"{label}\".", LABEL(t),
                       SAY_NUMBER("least", q->least));
    }
}

/* In the order of the definition, each once. */
void take_choices(struct take *t)
{
    const struct question *q = t->question;
    struct json_writer w;
    struct buf b;
    int64_t count = 0;

    for (size_t i = 0; i < t->answer->chosen_count; i++) {
        if (choice_of(q, t->answer->chosen[i]) == NULL) {
            t->wrong = SAY("Choose among the answers shown for \"{label}\".", LABEL(t));
        }
    }
    buf_init(&b, t->arena, 16384);
    json_open(&w, &b);
    json_list(&w, STR(""));
    for (size_t i = 0; i < q->choices_count; i++) {
        if (is_chosen(t->answer, q->choices[i].key)) {
            json_put_text(&w, STR(""), q->choices[i].key);
            count++;
        }
    }
    json_end_list(&w);
    if (count > 0 && t->wrong.id == NULL) {
        count_check(t, count);
    }
    if (count > 0 && t->wrong.id == NULL) {
        t->json = buf_str(&b);
    }
}

static bool is_yes(str s)
{
    return str_equal(s, STR("yes")) || str_equal(s, STR("true")) ||
           str_equal(s, STR("1")) || str_equal(s, STR("on"));
}

static bool is_no(str s)
{
    return str_equal(s, STR("no")) || str_equal(s, STR("false")) || str_equal(s, STR("0"));
}

void take_yesno(struct take *t)
{
    str s = str_lower(t->arena, str_trim(t->answer->typed[0]));

    if (is_yes(s) || is_no(s)) {
        t->json = is_yes(s) ? STR("true") : STR("false");
        t->answer->typed[0] = is_yes(s) ? STR("yes") : STR("no");
    } else if (s.len > 0) {
        t->answer->typed[0] = STR("");
        t->wrong = SAY("Answer \"{label}\" with yes or no.", LABEL(t));
    }
}

/* A box that is not ticked is no answer. */
void take_consent(struct take *t)
{
    str s = str_lower(t->arena, str_trim(t->answer->typed[0]));

    if (s.len > 0 && !is_no(s)) {
        t->json = STR("true");
        t->answer->typed[0] = STR("yes");
    }
}
