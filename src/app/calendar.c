/* calendar — `calendar due`: when a term ends, and day by day why; needs no instance.
 * `calendar import FILE`: an official calendar comes in. `calendar close`: an office, or
 * with `--agency city` all of them, is closed for a day or hours of it.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/acts.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/lang/lang.h"
#include "host/text/text.h"
#include "kernel/calendar/import.h"
#include "kernel/clock/clock.h"
#include "kernel/service/usual.h"

#define PAUSES 16
#define CLOSED 16
#define MORNING_MS (INT64_C(9) * 3600 * 1000)
#define YEAR_FIRST 1912
#define YEAR_LAST 2200

static const char usage[] =
    "calendar due --from DAY --days N [--unit working|calendar|week|month|year|hour]\n"
    "              [--counted-from receipt|complete|postmark|event]\n"
    "              [--adverse yes|later_is_kinder]\n"
    "              [--pause DAY..DAY] [--closed DAY] [--lang zh|en|ja]\n"
    "       bianmin calendar due --from DAY --speed most_urgent|urgent|ordinary "
    "[--days N]\n"
    "       bianmin calendar due --missed DAY --hindrance-ended DAY [--days N]\n"
    "       bianmin calendar import FILE [--dry-run]\n"
    "       bianmin calendar close --day DAY [--from HOUR] [--until HOUR] --reason TEXT\n"
    "              --agency KEY [--dry-run]\n"
    "       bianmin calendar closures --agency KEY\n"
    "       bianmin calendar withdraw NUMBER --agency KEY";

struct due {
    struct clock_rule rule;
    struct clock_pause pauses[PAUSES];
    struct clock_spans spans;
    struct closure_span closed[CLOSED];
    size_t closed_count;
    day from;
    day missed, hindrance_ended; /* DAY_NONE: no restoration is asked for */
    int term_days;
    enum lang lang;
};

static err day_word(struct arena *a, str word, const char *option, day *ret)
{
    day d;

    if (!day_parse(word, &d) || day_civil(d).year < YEAR_FIRST ||
        day_civil(d).year > YEAR_LAST) {
        FAIL(a, ERR_INPUT,
             SAY("{option}: there is no day {text}. Write it like 2026-02-10 or 115.2.10.",
                 SAY_TEXT("option", str_of(option)), SAY_TEXT("text", word)),
             STR(""), "no day");
    }
    *ret = d;
    return NULL;
}

static err pause_read(struct arena *a, struct due *x, const char *word)
{
    str from = str_of(word), until = from;
    ptrdiff_t dots = str_find(from, STR(".."));
    struct clock_pause *p = &x->pauses[x->spans.pauses_count];
    day first = DAY_NONE, last = DAY_NONE;

    if (dots >= 0) {
        until = str_slice(from, (size_t)dots + 2, from.len);
        from = str_slice(from, 0, (size_t)dots);
    }
    TRY(day_word(a, from, "--pause", &first));
    TRY(day_word(a, until, "--pause", &last));
    if (last < first || x->spans.pauses_count == PAUSES) {
        FAIL(a, ERR_INPUT,
             SAY("--pause: the first day comes before the last, like "
                 "2026-02-11..2026-02-13."),
             STR(""), "pause");
    }
    *p = (struct clock_pause){ day_begins_ms(first) + MORNING_MS,
                               day_begins_ms(last) + MORNING_MS, CLOCK_PAUSE_SUPPLY };
    x->spans.pauses_count++;
    return NULL;
}

static err closed_read(struct arena *a, struct due *x, const char *word)
{
    struct closure_span *c = &x->closed[x->closed_count];

    if (x->closed_count == CLOSED) {
        FAIL(a, ERR_INPUT,
             SAY("At most {max} days can be closed here.", SAY_NUMBER("max", CLOSED)),
             STR(""), "closed");
    }
    *c = (struct closure_span){ .until_minute = CLOSURE_WHOLE, .reason = STR("--closed") };
    TRY(day_word(a, str_of(word), "--closed", &c->day));
    x->closed_count++;
    return NULL;
}

static err limit_read(struct arena *a, struct due *x, const char *days, const char *unit)
{
    enum clock_unit u = CLOCK_WORKING;
    int64_t value;

    if (unit != NULL && (!clock_unit_from_key(str_of(unit), &u) || u == CLOCK_NONE)) {
        FAIL(a, ERR_INPUT, SAY("--unit is working, calendar, week, month, year or hour."),
             STR(""), "unit");
    }
    if (!str_to_int(str_of(days), &value) || value < 0 || value > CLOCK_VALUE_MOST) {
        FAIL(
            a, ERR_INPUT,
            SAY("--days is a number from 0 to {max}.", SAY_NUMBER("max", CLOCK_VALUE_MOST)),
            STR(""), "days");
    }
    x->rule = clock_rule_of((int)value, u);
    return NULL;
}

/* The limit of a document of this speed: as the handbook has it unless --days says. */
static err speed_read(struct arena *a, struct due *x, const char *speed, const char *days)
{
    struct usual_terms usual = usual_terms_of(NULL, NULL);
    enum clock_speed s = CLOCK_SPEED_NONE;
    int64_t value = 0;

    if (!clock_speed_from_key(str_of(speed), &s) || s == CLOCK_SPEED_NONE) {
        FAIL(a, ERR_INPUT, SAY("--speed is most_urgent, urgent or ordinary."), STR(""),
             "speed");
    }
    if (days != NULL) {
        TRY(limit_read(a, x, days, NULL));
        value = x->rule.stages[0].limit.value;
    }
    x->rule = clock_rule_document(s, days != NULL ? (int)value : usual.speed[s]);
    return NULL;
}

/* What it is counted from, and whether it is a burden (§48 V). */
static err rule_more_read(struct line *l, struct due *x)
{
    const char *counted = line_option(l, "--counted-from");
    const char *adverse = line_option(l, "--adverse");

    for (int i = 0; counted != NULL && i < CLOCK_FROMS; i++) {
        if (str_equal(clock_from_key[i], str_of(counted))) {
            x->rule.from = (enum clock_from)i;
            counted = NULL;
        }
    }
    if (counted != NULL) {
        FAIL(l->arena, ERR_INPUT,
             SAY("--counted-from is receipt, complete, postmark or event."), STR(""),
             "counted from");
    }
    if (adverse != NULL && !str_equal(str_of(adverse), STR("yes")) &&
        !str_equal(str_of(adverse), STR("later_is_kinder"))) {
        FAIL(l->arena, ERR_INPUT, SAY("--adverse is yes or later_is_kinder."), STR(""),
             "adverse");
    }
    x->rule.adverse = adverse != NULL;
    x->rule.later_is_kinder = adverse != NULL && adverse[0] == 'l';
    return NULL;
}

/* 行政程序法 §50. */
static err restore_read(struct line *l, struct due *x, const char *missed, const char *days)
{
    const char *ended = line_option(l, "--hindrance-ended");

    TRY(day_word(l->arena, str_of(missed), "--missed", &x->missed));
    if (ended == NULL) {
        FAIL(l->arena, ERR_INPUT,
             SAY("Say when the hindrance ended: --hindrance-ended."), STR(""), "missing");
    }
    TRY(day_word(l->arena, str_of(ended), "--hindrance-ended", &x->hindrance_ended));
    if (days != NULL) {
        TRY(limit_read(l->arena, x, days, NULL));
        x->term_days = x->rule.stages[0].limit.value;
    }
    return NULL;
}

static err term_read(struct line *l, struct due *x)
{
    const char *missed = line_option(l, "--missed"), *from = line_option(l, "--from");
    const char *days = line_option(l, "--days"), *speed = line_option(l, "--speed");
    const char *unit = line_option(l, "--unit");

    x->missed = x->hindrance_ended = DAY_NONE;
    if (missed != NULL) {
        return restore_read(l, x, missed, days);
    }
    if (from == NULL || (days == NULL && speed == NULL)) {
        FAIL(l->arena, ERR_INPUT,
             SAY("Say from which day and how many: --from and --days."), STR(""),
             "missing");
    }
    TRY(day_word(l->arena, str_of(from), "--from", &x->from));
    if (speed != NULL) {
        TRY(speed_read(l->arena, x, speed, days));
    } else {
        TRY(limit_read(l->arena, x, days, unit));
    }
    return rule_more_read(l, x);
}

static err due_read(struct line *l, struct due *x)
{
    const char *lang = line_option(l, "--lang"), *word;

    TRY(term_read(l, x));
    while ((word = line_option(l, "--pause")) != NULL) {
        TRY(pause_read(l->arena, x, word));
    }
    while ((word = line_option(l, "--closed")) != NULL) {
        TRY(closed_read(l->arena, x, word));
    }
    x->lang = LANG_EN;
    if (lang != NULL && !lang_from_key(str_of(lang), &x->lang)) {
        FAIL(l->arena, ERR_INPUT, SAY("--lang is zh, en or ja."), STR(""), "lang");
    }
    x->spans.pauses = x->pauses;
    return NULL;
}

static void line_say(struct arena *a, const struct due *x, const struct clock_line *line)
{
    static const char *const weekday[] = { MSG("Sun"), MSG("Mon"), MSG("Tue"), MSG("Wed"),
                                           MSG("Thu"), MSG("Fri"), MSG("Sat") };
    str why = lang_say(a, x->lang, line->why);
    str of_week = lang_text(x->lang, weekday[day_weekday(line->day)]);
    str law = line->law != NULL ? lang_text(x->lang, line->law) : STR("");
    str number = line->number > 0 ? str_format(a, "%d", line->number) : STR("-");

    out_line(&out_terminal, "%.*s %.*s %4.*s  %.*s%s%.*s%s", STR_ARG(day_iso(a, line->day)),
             STR_ARG(of_week), STR_ARG(number), STR_ARG(why), law.len > 0 ? " (" : "",
             STR_ARG(law), law.len > 0 ? ")" : "");
}

/* Until when restoration can be asked for, and why. */
static void restore_say(struct arena *a, const struct due *x, const struct calendar *cal)
{
    day last = clock_restore(cal, x->missed, x->hindrance_ended, x->term_days);
    str why;

    if (last == DAY_NONE) {
        why = lang_say(a, x->lang,
                       SAY("More than a year has passed since the term ended: restoration "
                           "is not possible (Administrative Procedure Act, article 50)."));
        out_line(&out_terminal, "%.*s", STR_ARG(why));
        return;
    }
    why = lang_say(a, x->lang,
                   SAY("Restoration can be asked for until {day} (Administrative Procedure "
                       "Act, article 50).", SAY_DAY("day", last)));
    out_line(&out_terminal, "%.*s", STR_ARG(day_iso(a, last)));
    out_line(&out_terminal, "%.*s", STR_ARG(why));
}

static err due_say(struct arena *a, const struct due *x)
{
    int64_t start_ms = day_begins_ms(x->from) + MORNING_MS;
    const struct calendar *cal;
    struct clock_line *lines;
    struct clock c;
    size_t count;
    int left_out;

    TRY(calendar_make(a, NULL, 0, x->closed, x->closed_count, &cal));
    if (x->missed != DAY_NONE) {
        restore_say(a, x, cal);
        return NULL;
    }
    c = clock_reckon(cal, &x->rule, start_ms, &x->spans, start_ms);
    TRY(clock_explain(a, cal, &x->rule, start_ms, &x->spans, start_ms, &lines, &count,
                      &left_out));
    out_line(&out_terminal, "%.*s", STR_ARG(day_iso(a, c.due)));
    for (size_t i = 0; i < count; i++) {
        if (left_out > 0 && i + 1 == count) {
            out_line(&out_terminal, "… %d more days …", left_out);
        }
        line_say(a, x, &lines[i]);
    }
    for (int year = day_civil(x->from).year; year <= day_civil(c.due).year; year++) {
        if (!calendar_is_official(cal, day_of(year, 1, 1))) {
            str note = lang_say(a, x->lang,
                                SAY("There is no official calendar of {year} yet; only "
                                    "Saturdays and Sundays were left out.",
                                    SAY_TEXT("year", str_format(a, "%d", year))));

            out_line(&out_terminal, "%.*s", STR_ARG(note));
        }
    }
    return NULL;
}

static int due(struct line *l)
{
    struct due *x = ARENA_NEW(l->arena, struct due);
    err e = x == NULL ? err_no_memory : due_read(l, x);

    if (e == NULL && !line_is(l, 0, usage)) {
        return 2;
    }
    e = e != NULL ? e : due_say(l->arena, x);
    if (e != NULL) {
        str say = lang_say(l->arena, LANG_EN, e->say);

        fprintf(stderr, "%.*s\n", STR_ARG(say));
        return 2;
    }
    return 0;
}

static err file_bytes(struct arena *a, const char *path, str *ret)
{
    char *bytes = arena_alloc(a, CALENDAR_FILE_MOST + 1);
    FILE *f = fopen(path, "rb");
    size_t len = f != NULL && bytes != NULL ? fread(bytes, 1, CALENDAR_FILE_MOST + 1, f)
                                            : 0;

    if (f == NULL) {
        FAIL(a, ERR_MISSING,
             SAY("There is no file {file}.", SAY_TEXT("file", str_of(path))), STR(""),
             "no file");
    }
    fclose(f);
    if (len > CALENDAR_FILE_MOST) {
        FAIL(a, ERR_INPUT, SAY("The file is too long for a calendar."), STR(""), "long");
    }
    *ret = (str){ bytes, len };
    return NULL;
}

static int import(struct line *l)
{
    bool dry = line_flag(l, "--dry-run");
    struct json_writer w;
    struct buf b;
    str bytes, text;

    if (!line_is(l, 1, usage)) {
        return 2;
    }
    const char *slash = strrchr(l->words[0], '/');
    err e = file_bytes(l->arena, l->words[0], &bytes);

    e = e != NULL ? e : text_decode(l->arena, bytes, &text);
    if (e != NULL) {
        out_err(&out_terminal, l->arena, e);
        return 1;
    }
    buf_init(&b, l->arena, 4 * CALENDAR_FILE_MOST);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("file"), str_of(slash != NULL ? slash + 1 : l->words[0]));
    json_put_text(&w, STR("text"), text);
    json_put_bool(&w, STR("dry"), dry);
    json_end_object(&w);
    return act_ask(l, "calendar.import", buf_str(&b));
}

/* The options that were given, as the request of an act. */
static int ask_with(struct line *l, const char *act, const char *const *options,
                    size_t count, int words)
{
    bool dry = line_flag(l, "--dry-run");
    struct json_writer w;
    struct buf b;

    buf_init(&b, l->arena, 16000);
    json_open(&w, &b);
    json_object(&w, STR(""));
    for (size_t i = 0; i < count; i++) {
        const char *value = line_option(l, options[i]);

        if (value != NULL) {
            json_put_text(&w, str_of(options[i] + 2), str_of(value));
        }
    }
    if (!line_is(l, words, usage)) {
        return 2;
    }
    if (words > 0) {
        json_put_text(&w, STR("closure"), str_of(l->words[0]));
    }
    json_put_bool(&w, STR("dry"), dry);
    json_end_object(&w);
    return act_ask(l, act, buf_str(&b));
}

static const char *const close_options[] = { "--day", "--from", "--until", "--reason",
                                             "--agency" };
static const char *const agency_option[] = { "--agency" };

int command_calendar(struct line *l)
{
    const char *what = l->count > 0 ? l->words[0] : "";

    if (l->count > 0) {
        l->words++;
        l->count--;
    }
    if (strcmp(what, "due") == 0) {
        return due(l);
    }
    if (strcmp(what, "import") == 0) {
        return import(l);
    }
    if (strcmp(what, "close") == 0) {
        return ask_with(l, "calendar.close", close_options,
                        sizeof(close_options) / sizeof(close_options[0]), 0);
    }
    if (strcmp(what, "closures") == 0) {
        return ask_with(l, "calendar.closures", agency_option, 1, 0);
    }
    if (strcmp(what, "withdraw") == 0) {
        return ask_with(l, "calendar.withdraw", agency_option, 1, 1);
    }
    fprintf(stderr, "Usage: bianmin %s\n", usage);
    return 2;
}
