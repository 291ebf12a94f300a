/* clock — rules: their names, the usual ones, as JSON, and when a term may be extended.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/clock/clock.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"

#define RULE_BYTES 8192
#define RESTORE_DAYS 10

const str clock_kind_key[CLOCK_KINDS] = {
    STR_INIT("statutory"),
    STR_INIT("control"),
    STR_INIT("consult"),
    STR_INIT("other"),
};
const str clock_unit_key[CLOCK_UNITS] = {
    STR_INIT("working"), STR_INIT("calendar"), STR_INIT("hour"), STR_INIT("month"),
    STR_INIT("at_once"), STR_INIT("none"),     STR_INIT("week"), STR_INIT("year"),
};
const str clock_from_key[CLOCK_FROMS] = {
    STR_INIT("receipt"),
    STR_INIT("complete"),
    STR_INIT("postmark"),
    STR_INIT("event"),
};
const str clock_ground_key[CLOCK_GROUNDS] = {
    STR_INIT("supply"),
    STR_INIT("other_agency"),
    STR_INIT("disaster"),
    STR_INIT("other"),
};
const str clock_state_key[CLOCK_STATES] = {
    STR_INIT("off"),  STR_INIT("runs"), STR_INIT("stands"),
    STR_INIT("late"), STR_INIT("done"), STR_INIT("done_late"),
};

const str clock_speed_key[CLOCK_SPEEDS] = {
    STR_INIT(""),
    STR_INIT("most_urgent"),
    STR_INIT("urgent"),
    STR_INIT("ordinary"),
};
const char *const clock_speed_name[CLOCK_SPEEDS] = {
    [CLOCK_MOST_URGENT] = MSG("Most urgent document"),
    [CLOCK_URGENT] = MSG("Urgent document"),
    [CLOCK_ORDINARY] = MSG("Ordinary document"),
};

static bool key_find(const str *keys, size_t count, str key, size_t *ret)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(keys[i], key)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

bool clock_unit_from_key(str key, enum clock_unit *ret)
{
    size_t at;

    if (!key_find(clock_unit_key, CLOCK_UNITS, key, &at)) {
        return false;
    }
    *ret = (enum clock_unit)at;
    return true;
}

bool clock_speed_from_key(str key, enum clock_speed *ret)
{
    size_t at;

    if (!key_find(clock_speed_key, CLOCK_SPEEDS, key, &at)) {
        return false;
    }
    *ret = (enum clock_speed)at;
    return true;
}

struct clock_rule clock_rule_of(int value, enum clock_unit unit)
{
    return (struct clock_rule){
        .kind = CLOCK_STATUTORY,
        .stages = { { .limit = { value, unit } } },
        .stages_count = unit == CLOCK_NONE ? 0 : 1,
        .pauses = CLOCK_ALL_GROUNDS,
        .extend = { .times = 1,
                    .within_original = true,
                    .law = STR("行政程序法第51條第3項") },
    };
}

struct clock_rule clock_rule_default(void)
{
    return clock_rule_of(2, CLOCK_MONTH);
}

struct clock_rule clock_rule_control(int days)
{
    struct clock_rule r = clock_rule_of(days, CLOCK_WORKING);

    r.kind = CLOCK_CONTROL;
    r.extend = (struct clock_extend){ .times = 3,
                                      .level = STR("unit_head"),
                                      .law = STR("文書流程管理作業規範") };
    return r;
}

struct clock_rule clock_rule_document(enum clock_speed speed, int days)
{
    struct clock_rule r = clock_rule_control(days);

    r.speed = speed;
    return r;
}

static void stage_put(struct json_writer *w, const struct clock_stage *s)
{
    json_object(w, STR(""));
    json_put_int(w, STR("value"), s->limit.value);
    json_put_text(w, STR("unit"), clock_unit_key[s->limit.unit]);
    if (s->by.len > 0) {
        json_put_text(w, STR("by"), s->by);
    }
    for (size_t i = 0; i < LANG_COUNT; i++) {
        if (s->name.in[i].len > 0) {
            json_put_text(w, lang_key[i], s->name.in[i]);
        }
    }
    json_end_object(w);
}

str clock_rule_json(struct arena *a, const struct clock_rule *r)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, RULE_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("kind"), clock_kind_key[r->kind]);
    json_put_text(&w, STR("from"), clock_from_key[r->from]);
    json_list(&w, STR("stages"));
    for (size_t i = 0; i < r->stages_count; i++) {
        stage_put(&w, &r->stages[i]);
    }
    json_end_list(&w);
    json_put_int(&w, STR("pauses"), r->pauses);
    json_put_int(&w, STR("times"), r->extend.times);
    json_put_bool(&w, STR("within"), r->extend.within_original);
    json_put_text(&w, STR("level"), r->extend.level);
    json_put_text(&w, STR("law"), r->extend.law);
    json_put_bool(&w, STR("adverse"), r->adverse);
    json_put_bool(&w, STR("kinder"), r->later_is_kinder);
    if (r->speed != CLOCK_SPEED_NONE) { /* so that older rules read as before */
        json_put_text(&w, STR("speed"), clock_speed_key[r->speed]);
    }
    json_end_object(&w);
    return buf_str(&b);
}

static bool truth_of(const struct json *j, str key)
{
    const struct json *value = json_get(j, key);

    return value != NULL && value->truth;
}

static bool stage_read(const struct json *j, struct clock_stage *ret)
{
    int64_t value = json_int_of(j, STR("value"), -1);

    if (value < 0 || value > CLOCK_VALUE_MOST ||
        !clock_unit_from_key(json_text_of(j, STR("unit")), &ret->limit.unit)) {
        return false;
    }
    ret->limit.value = (int)value;
    ret->by = json_text_of(j, STR("by"));
    for (size_t i = 0; i < LANG_COUNT; i++) {
        ret->name.in[i] = json_text_of(j, lang_key[i]);
    }
    return true;
}

static bool stages_read(const struct json *j, struct clock_rule *r)
{
    const struct json *list = json_get(j, STR("stages"));

    if (list == NULL || list->kind != JSON_LIST || list->count > CLOCK_STAGES) {
        return false;
    }
    for (const struct json *s = list->first; s != NULL; s = s->next) {
        if (!stage_read(s, &r->stages[r->stages_count++])) {
            return false;
        }
    }
    return true;
}

static bool rule_read(const struct json *j, struct clock_rule *r)
{
    size_t kind, from;

    if (!key_find(clock_kind_key, CLOCK_KINDS, json_text_of(j, STR("kind")), &kind) ||
        !key_find(clock_from_key, CLOCK_FROMS, json_text_of(j, STR("from")), &from) ||
        !stages_read(j, r)) {
        return false;
    }
    r->kind = (enum clock_kind)kind;
    r->from = (enum clock_from)from;
    r->pauses = (unsigned)json_int_of(j, STR("pauses"), 0) & CLOCK_ALL_GROUNDS;
    r->extend.times = (int)json_int_of(j, STR("times"), 0);
    r->extend.within_original = truth_of(j, STR("within"));
    r->extend.level = json_text_of(j, STR("level"));
    r->extend.law = json_text_of(j, STR("law"));
    r->adverse = truth_of(j, STR("adverse"));
    r->later_is_kinder = truth_of(j, STR("kinder"));
    (void)clock_speed_from_key(json_text_of(j, STR("speed")), &r->speed);
    return true;
}

err clock_rule_read(struct arena *a, str json, struct clock_rule *ret)
{
    const struct json *j = NULL;
    struct clock_rule r = { 0 };
    err e = json_parse(a, json, &j);

    if (e != NULL || !rule_read(j, &r)) {
        FAIL(a, ERR_BROKEN, SAY("The term of this case cannot be read."), STR(""),
             "clock rule of %zu bytes", json.len);
    }
    *ret = r;
    return NULL;
}

/* How long the whole term is, where its stages are told in one unit. */
static int original_in(const struct clock_rule *r, enum clock_unit unit)
{
    int sum = 0;

    for (size_t i = 0; i < r->stages_count; i++) {
        if (r->stages[i].limit.unit != unit) {
            return 0;
        }
        sum += r->stages[i].limit.value;
    }
    return sum;
}

static err may_be_so_long(struct arena *a, const struct clock_rule *r,
                          struct clock_limit by)
{
    int most = r->extend.within_original ? original_in(r, by.unit) : CLOCK_VALUE_MOST;

    if (by.unit == CLOCK_NONE || by.unit == CLOCK_AT_ONCE || by.value < 1) {
        FAIL(a, ERR_INPUT, SAY("Say by how much the term is extended."), STR("days"),
             "value %d", by.value);
    }
    if (most == 0) {
        FAIL(a, ERR_INPUT, SAY("Extend the term in the unit it was published in."),
             STR("days"), "unit %d", (int)by.unit);
    }
    if (by.value > most) {
        FAIL(a, ERR_INPUT,
             SAY("A term is extended by at most as much again. The most here is {most}.",
                 SAY_NUMBER("most", most)),
             STR("days"), "value %d of %d", by.value, most);
    }
    return NULL;
}

err clock_may_extend(struct arena *a, const struct calendar *cal,
                     const struct clock_rule *r, int64_t start_ms,
                     const struct clock_spans *s, int64_t now_ms, struct clock_limit by,
                     str ground)
{
    struct clock c = clock_reckon(cal, r, start_ms, s, now_ms);

    if (c.state == CLOCK_OFF || r->extend.times == 0) {
        FAIL(a, ERR_CONFLICT, SAY("This term cannot be extended."), STR(""),
             "no extension");
    }
    if (c.state == CLOCK_DONE || c.state == CLOCK_DONE_LATE) {
        FAIL(a, ERR_CONFLICT, SAY("This matter is done; its term runs no longer."), STR(""),
             "done");
    }
    if (s->extensions_count >= (size_t)r->extend.times) {
        FAIL(a, ERR_CONFLICT,
             SAY("This term has been extended as often as it may be. "
                 "Tell the applicant why it takes longer, and until when."),
             STR(""), "extended %zu times", s->extensions_count);
    }
    if (c.state == CLOCK_LATE) {
        FAIL(a, ERR_CONFLICT,
             SAY("This term ended on {day}; it can only be extended before its end. "
                 "Tell the applicant why it takes longer, and until when.",
                 SAY_DAY("day", c.due)),
             STR(""), "late");
    }
    TRY(may_be_so_long(a, r, by));
    if (ground.len == 0) {
        FAIL(a, ERR_INPUT, SAY("Write the reason: the applicant is told it."),
             STR("ground"), "no ground");
    }
    return NULL;
}

day clock_restore(const struct calendar *cal, day missed, day hindrance_ended,
                  int term_days)
{
    bool is_short = term_days > 0 && term_days < RESTORE_DAYS;
    day year = calendar_month_end(missed + 1, 12);
    day last = calendar_calendar_due(cal, hindrance_ended,
                                     is_short ? term_days : RESTORE_DAYS);

    if (hindrance_ended > year) {
        return DAY_NONE;
    }
    return last < year ? last : calendar_end_from(cal, year);
}

struct words clock_limit_words(struct clock_limit l)
{
    bool one = l.value == 1;

    switch (l.unit) {
    case CLOCK_WORKING:
        return one ? SAY("1 working day")
                   : SAY("{days} working days", SAY_NUMBER("days", l.value));
    case CLOCK_CALENDAR:
        return one ? SAY("1 day") : SAY("{days} days", SAY_NUMBER("days", l.value));
    case CLOCK_HOUR:
        return one ? SAY("1 hour") : SAY("{hours} hours", SAY_NUMBER("hours", l.value));
    case CLOCK_MONTH:
        return one ? SAY("1 month") : SAY("{months} months", SAY_NUMBER("months", l.value));
    case CLOCK_WEEK:
        return one ? SAY("1 week") : SAY("{weeks} weeks", SAY_NUMBER("weeks", l.value));
    case CLOCK_YEAR:
        return one ? SAY("1 year") : SAY("{years} years", SAY_NUMBER("years", l.value));
    case CLOCK_AT_ONCE:
        return SAY("While you wait");
    default:
        return SAY("No fixed time");
    }
}

struct words clock_used_words(int halves)
{
    if (halves == 1) {
        return SAY("Half a day");
    }
    if (halves == 2) {
        return SAY("1 day");
    }
    return halves % 2 == 1 ? SAY("{days} and a half days", SAY_NUMBER("days", halves / 2))
                           : SAY("{days} days", SAY_NUMBER("days", halves / 2));
}
