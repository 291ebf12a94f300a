/* history, in words.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/history.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/lang/lang.h"

#define NAMES_BYTES 4096

/* While the lines of one event are made. */
struct telling {
    struct arena *a;
    enum lang lang;
    const struct unit *units;
    size_t units_count;
    const struct case_event *e;
    bool office;
    struct words *lines;
    size_t count;
};

static void line(struct telling *t, struct words w)
{
    if (t->count < HISTORY_LINES) {
        t->lines[t->count++] = w;
    }
}

static bool is(const struct telling *t, enum case_act act)
{
    return str_equal(t->e->kind, case_act_event[act]);
}

static str names_of(const struct telling *t)
{
    const struct case_what *what = &t->e->what;
    struct buf b;

    buf_init(&b, t->a, NAMES_BYTES);
    for (size_t i = 0; i < what->units_count; i++) {
        for (size_t n = 0; n < t->units_count; n++) {
            if (t->units[n].id == what->units[i]) {
                buf_put_z(&b, b.len == 0 ? "" : t->lang == LANG_EN ? ", " : "、");
                buf_put(&b, label_in(&t->units[n].name, t->lang));
            }
        }
    }
    return buf_str(&b);
}

static void extended(struct telling *t)
{
    const struct case_what *what = &t->e->what;
    struct words by = clock_limit_words(
        (struct clock_limit){ what->by, what->unit_of_term });
    str length = lang_say(t->a, t->lang, by);

    if (what->clock == CASE_CLOCK_STATUTORY) {
        line(t, SAY("Statutory term extended by {length}.", SAY_TEXT("length", length)));
    } else if (t->office) {
        line(t, SAY("Control limit extended by {length}.", SAY_TEXT("length", length)));
    }
}

/* Only where there was a date before and it is another one now. */
static void moved(struct telling *t)
{
    const struct case_what *what = &t->e->what;

    if (what->due_was != DAY_NONE && what->due != DAY_NONE && what->due_was != what->due) {
        line(t, SAY("Last day: {was} → {day}", SAY_DAY("was", what->due_was),
                    SAY_DAY("day", what->due)));
    }
    if (t->office && what->control_was != DAY_NONE && what->control != DAY_NONE &&
        what->control_was != what->control) {
        line(t, SAY("Control limit: {was} → {day}", SAY_DAY("was", what->control_was),
                    SAY_DAY("day", what->control)));
    }
    if (!str_is_empty(what->reason)) {
        line(t, SAY("Reason: {text}", SAY_TEXT("text", what->reason)));
    }
}

static void speed(struct telling *t)
{
    const struct case_what *what = &t->e->what;
    str now = lang_text(t->lang, clock_speed_name[what->speed]);

    if (what->speed_was == CLOCK_SPEED_NONE) {
        line(t, SAY("{name}", SAY_TEXT("name", now)));
        return;
    }
    line(t, SAY("{was} → {name}",
                SAY_TEXT("was", lang_text(t->lang, clock_speed_name[what->speed_was])),
                SAY_TEXT("name", now)));
}

static void restored(struct telling *t)
{
    const struct case_restored *r = &t->e->what.restored;

    line(t, SAY("The term ended on {missed}; the hindrance on {ended}.",
                SAY_DAY("missed", r->missed), SAY_DAY("ended", r->hindrance_ended)));
    line(t,
         SAY("Asked for on {asked}; possible until {last} (Administrative Procedure Act, "
             "article 50).",
             SAY_DAY("asked", r->asked), SAY_DAY("last", r->last)));
}

static void consulted(struct telling *t)
{
    const struct case_what *what = &t->e->what;

    if (!t->office || what->units_count == 0) {
        return;
    }
    if (is(t, ACT_ANSWER)) {
        line(t, what->objects
                    ? SAY("{units}: does not agree", SAY_TEXT("units", names_of(t)))
                    : SAY("{units}: agrees", SAY_TEXT("units", names_of(t))));
    } else if (is(t, ACT_WAIVE)) {
        line(t, SAY("{units}: not waited for", SAY_TEXT("units", names_of(t))));
    } else if (is(t, ACT_GIVE)) {
        line(t, SAY("To {units}", SAY_TEXT("units", names_of(t))));
    } else {
        line(t, SAY("Asked: {units}", SAY_TEXT("units", names_of(t))));
    }
}

static void halted(struct telling *t)
{
    static const struct {
        const char *key;
        const char *name;
    } grounds[] = {
        { "other_agency", MSG("Another agency must answer") },
        { "disaster", MSG("A disaster") },
        { "other", MSG("Another cause that is not ours") },
    };

    for (size_t i = 0; i < sizeof grounds / sizeof grounds[0]; i++) {
        if (str_equal(t->e->what.ground, str_of(grounds[i].key))) {
            line(t, words_of(grounds[i].name));
        }
    }
}

/* Numbers: of a document, of another case, of an agency. */
static void numbers(struct telling *t)
{
    const struct case_what *what = &t->e->what;

    if (!str_is_empty(what->document)) {
        line(t, SAY("Number {number} of {day}", SAY_TEXT("number", what->document),
                    SAY_DAY("day", what->document_day)));
    }
    if (!str_is_empty(what->agency) && is(t, ACT_TRANSFER)) {
        line(t, SAY("To {agency}", SAY_TEXT("agency", what->agency)));
    }
    if (what->version > 0 && t->office) {
        line(t, SAY("Version {version}", SAY_NUMBER("version", what->version)));
    }
}

size_t case_history_words(struct arena *a, enum lang lang, const struct unit *units,
                          size_t units_count, const struct case_event *e,
                          enum history_reader reader, struct words *ret)
{
    struct telling t = { .a = a, .lang = lang, .units = units,
                         .units_count = units_count, .e = e,
                         .office = reader == HISTORY_OFFICE, .lines = ret };

    if (is(&t, ACT_EXTEND) && e->what.by > 0) {
        extended(&t);
    }
    if (is(&t, ACT_SPEED) && t.office) {
        speed(&t);
    }
    if (is(&t, ACT_RESTORE)) {
        restored(&t);
    }
    if (t.office && e->what.called_ms != 0) {
        line(&t, SAY("Call of {time}", SAY_TIME("time", e->what.called_ms)));
    }
    if (t.office && e->what.sample_sent) {
        line(&t, SAY("A filled-in sample was sent."));
    }
    halted(&t);
    consulted(&t);
    numbers(&t);
    moved(&t);
    return t.count;
}
