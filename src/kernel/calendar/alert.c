/* alert — reads a closure out of a notice.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/alert.h"

#define TAIPEI_MS INT64_C(28800000)
#define MINUTE_MS INT64_C(60000)
#define HALF_YEAR 183
#define NOON 720
#define EVENING 1080

/* ---- times ---- */

static bool number_take(str *rest, int64_t *ret)
{
    size_t n = 0;
    int64_t value = 0;

    while (n < rest->len && n < 4 && rest->at[n] >= '0' && rest->at[n] <= '9') {
        value = value * 10 + (rest->at[n] - '0');
        n++;
    }
    *rest = str_slice(*rest, n, rest->len);
    *ret = value;
    return n > 0;
}

static bool sign_take(str *rest, str sign)
{
    if (!str_starts(*rest, sign)) {
        return false;
    }
    *rest = str_slice(*rest, sign.len, rest->len);
    return true;
}

static bool date_take(str *rest, str divider, day *ret)
{
    int64_t y, m, d;

    if (!number_take(rest, &y) || !sign_take(rest, divider) || !number_take(rest, &m) ||
        !sign_take(rest, divider) || !number_take(rest, &d)) {
        return false;
    }
    *ret = day_of((int)y, (int)m, (int)d);
    return *ret != DAY_NONE;
}

static bool clock_take(str *rest, int64_t *ret_ms)
{
    int64_t h, m, s = 0;

    if (!number_take(rest, &h) || !sign_take(rest, STR(":")) || !number_take(rest, &m)) {
        return false;
    }
    if (sign_take(rest, STR(":")) && !number_take(rest, &s)) {
        return false;
    }
    *ret_ms = ((h * 60 + m) * 60 + s) * 1000;
    return h < 24 && m < 60 && s < 61;
}

/* As the feed writes it for people, in Taipei's time. */
static bool spoken_time(str rest, int64_t *ret_ms)
{
    bool afternoon;
    int64_t clock;
    day d;

    if (!date_take(&rest, STR("/"), &d) || !sign_take(&rest, STR(" "))) {
        return false;
    }
    afternoon = sign_take(&rest, STR("下午"));
    if (!afternoon) {
        (void)sign_take(&rest, STR("上午"));
    }
    (void)sign_take(&rest, STR(" "));
    if (!clock_take(&rest, &clock)) {
        return false;
    }
    /* 上午 12:00 is midnight, 下午 12:00 noon. */
    clock = clock % (NOON * MINUTE_MS) + (afternoon ? NOON * MINUTE_MS : 0);
    *ret_ms = day_begins_ms(d) + clock;
    return true;
}

bool alert_time(str text, int64_t *ret_ms)
{
    str rest = text;
    int64_t clock, h, m = 0;
    day d;

    if (spoken_time(text, ret_ms)) {
        return true;
    }
    if (!date_take(&rest, STR("-"), &d) || !sign_take(&rest, STR("T")) ||
        !clock_take(&rest, &clock)) {
        return false;
    }
    int64_t utc = day_begins_ms(d) + TAIPEI_MS + clock; /* as if it said Z */
    bool minus = str_starts(rest, STR("-"));

    if (sign_take(&rest, STR("Z"))) {
        *ret_ms = utc;
        return rest.len == 0;
    }
    if (rest.len > 0 && rest.at[0] == '.') { /* parts of a second */
        rest = str_slice(rest, 1, rest.len);
        (void)number_take(&rest, &h);
        minus = str_starts(rest, STR("-"));
    }
    if (!(sign_take(&rest, STR("+")) || sign_take(&rest, STR("-"))) ||
        !number_take(&rest, &h) || !sign_take(&rest, STR(":")) || !number_take(&rest, &m)) {
        return false;
    }
    *ret_ms = utc - (minus ? -1 : 1) * (h * 60 + m) * MINUTE_MS;
    return true;
}

/* ---- the sentence ---- */

/* 7/24 or 7月24日 somewhere in it. */
static bool date_in(str text, day notice, day *ret)
{
    for (size_t i = 0; i < text.len; i++) {
        str rest = str_slice(text, i, text.len);
        int64_t m, d;
        bool begins = i == 0 || text.at[i - 1] < '0' || text.at[i - 1] > '9';

        if (!begins || !number_take(&rest, &m) ||
            !(sign_take(&rest, STR("/")) || sign_take(&rest, STR("月"))) ||
            !number_take(&rest, &d)) {
            continue;
        }
        int year = day_civil(notice).year;
        day found = day_of(year, (int)m, (int)d);

        /* A notice at the end of December speaks of January. */
        if (found != DAY_NONE && found < notice - HALF_YEAR) {
            found = day_of(year + 1, (int)m, (int)d);
        }
        if (found != DAY_NONE) {
            *ret = found;
            return true;
        }
    }
    return false;
}

static bool says(str text, const char *word)
{
    return str_find(text, str_of(word)) >= 0;
}

static void day_in(str text, day notice, day *io_day)
{
    day found;

    if (date_in(text, notice, &found)) {
        *io_day = found;
    } else if (says(text, "後天")) {
        *io_day = notice + 2;
    } else if (says(text, "明天") || says(text, "明日") || says(text, "翌日")) {
        *io_day = notice + 1;
    } else if (says(text, "今天") || says(text, "今日") || says(text, "今晚")) {
        *io_day = notice;
    }
}

/* 13時起, 14:30起. */
static bool hour_in(str text, int *ret_minute)
{
    for (size_t i = 0; i < text.len; i++) {
        str rest = str_slice(text, i, text.len);
        bool begins = i == 0 || text.at[i - 1] < '0' || text.at[i - 1] > '9';
        int64_t h, m = 0;

        if (!begins || !number_take(&rest, &h) || h > 23) {
            continue;
        }
        bool is_time = sign_take(&rest, STR("時")) || sign_take(&rest, STR("點"));

        if (!is_time && sign_take(&rest, STR(":"))) {
            is_time = number_take(&rest, &m);
        } else if (is_time) {
            (void)number_take(&rest, &m);
            (void)sign_take(&rest, STR("分"));
        }
        if (is_time && m < 60 &&
            (str_starts(rest, STR("起")) || str_starts(rest, STR("後")))) {
            *ret_minute = (int)(h * 60 + m);
            return true;
        }
    }
    return false;
}

static void hours_in(str text, struct closure_span *s)
{
    s->from_minute = 0;
    s->until_minute = CLOSURE_WHOLE;
    if (hour_in(text, &s->from_minute)) {
        if (s->from_minute < NOON && (says(text, "下午") || says(text, "晚"))) {
            s->from_minute += NOON;
        }
    } else if (says(text, "晚上") || says(text, "晚間") || says(text, "今晚") ||
               says(text, "夜間")) {
        s->from_minute = EVENING;
    } else if (says(text, "下午")) {
        s->from_minute = NOON;
    } else if (says(text, "上午")) {
        s->until_minute = NOON;
    }
}

/* The next piece, up to a sign that ends a clause. */
static bool clause_cut(str *rest, str *ret)
{
    static const char *const ends[] = { "，", ",", "；", ";", "。" };
    size_t at = rest->len, skip = 0;

    if (rest->len == 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        ptrdiff_t found = str_find(*rest, str_of(ends[i]));

        if (found >= 0 && (size_t)found < at) {
            at = (size_t)found;
            skip = str_of(ends[i]).len;
        }
    }
    *ret = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at + skip, rest->len);
    return true;
}

static bool area_cut(str *io_summary, str *ret_area)
{
    ptrdiff_t head = str_find(*io_summary, STR("]")), narrow, wide;
    str rest = head < 0 ? *io_summary : str_slice(*io_summary, (size_t)head + 1,
                                                  io_summary->len);

    narrow = str_find(rest, STR(":"));
    wide = str_find(rest, STR("："));
    ptrdiff_t at = narrow < 0 ? wide : wide < 0 || narrow < wide ? narrow : wide;

    if (at <= 0) {
        return false;
    }
    *ret_area = str_trim(str_slice(rest, 0, (size_t)at));
    *io_summary = str_slice(rest, (size_t)at + (at == narrow ? 1 : STR("：").len), rest.len);
    return ret_area->len > 0;
}

size_t alert_closures(struct arena *a, const struct alert_entry *e, int64_t now_ms,
                      struct alert_closure ret[ALERT_CLOSURES_MOST])
{
    str rest = e->summary, area, clause, hours = STR("");
    int64_t updated, expires;
    size_t n = 0;

    if (!alert_time(e->updated, &updated) || e->id.len == 0 ||
        (alert_time(e->expires, &expires) && expires <= now_ms) ||
        (e->status.len > 0 && !str_equal(e->status, STR("Actual"))) ||
        !area_cut(&rest, &area)) {
        return 0;
    }
    day notice = day_at(updated), when = notice;

    while (clause_cut(&rest, &clause) && n < ALERT_CLOSURES_MOST) {
        day_in(clause, notice, &when);
        /* "今天下午，停止上班": the hours may stand in the clause before. */
        hours = says(clause, "午") || says(clause, "晚") || says(clause, "起") ? clause
                                                                               : hours;
        if (!says(clause, "停止上班") || says(clause, "照常上班") || says(clause, "未達")) {
            continue;
        }
        struct alert_closure *c = &ret[n++];

        *c = (struct alert_closure){
            .area = str_copy(a, area),
            .source_key = n == 1 ? str_copy(a, e->id)
                                 : str_format(a, "%.*s#%zu", STR_ARG(e->id), n),
            .taken_back = str_equal(e->kind, STR("Cancel")),
            .span = { .day = when, .reason = STR("停止上班（示警通知）") },
        };
        hours_in(hours.len > 0 ? hours : clause, &c->span);
        hours = STR("");
    }
    return n;
}

/* 台 and 臺 are one. */
static str folded(struct arena *a, str s)
{
    ptrdiff_t at = str_find(s, STR("台"));

    return at < 0 ? s
                  : str_format(a, "%.*s臺%.*s", (int)at, s.at,
                               STR_ARG(str_slice(s, (size_t)at + STR("台").len, s.len)));
}

enum alert_reach alert_reach_of(struct arena *a, str area, str city, str office_name)
{
    area = folded(a, area);
    city = folded(a, city);
    if (city.len == 0 || !str_starts(area, city)) {
        return ALERT_ELSEWHERE;
    }
    if (area.len == city.len) {
        return ALERT_CITY;
    }
    str district = str_trim(str_slice(area, city.len, area.len));

    return str_find(folded(a, office_name), district) >= 0 ? ALERT_OFFICE : ALERT_ELSEWHERE;
}
