/* casework_read — what a form of an act has posted, into the wish of that act.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/day.h"
#include "desk/ask.h"
#include "feature/casework/casework_web.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/receive/receive.h"

static str posted(struct ask *q, enum case_act act, const char *what)
{
    return ask_field(q, str_z(q->arena, str_format(q->arena, "%.*s_%s",
                                                   STR_ARG(case_act_key[act]), what)));
}

static str name_of(struct ask *q, enum case_act act, const char *what)
{
    return str_format(q->arena, "%.*s_%s", STR_ARG(case_act_key[act]), what);
}

static void read_outcome(struct ask *q, struct act_wish *w)
{
    if (!case_outcome_from_key(ask_field(q, "outcome"), &w->outcome)) {
        mistake_add(&q->mistakes, STR("outcome"), SAY("Choose grant or refuse."));
    }
    w->grant = w->outcome == OUTCOME_GRANTED;
    w->grounds = (struct case_grounds){
        .facts = ask_field(q, "facts"),   .reasons = ask_field(q, "reasons"),
        .law = ask_field(q, "law"),       .remedy = ask_field(q, "remedy"),
        .term = ask_field(q, "term"),     .authority = ask_field(q, "authority"),
    };
}

/* Left out where `optional`. */
static void read_day(struct ask *q, str name, str typed, bool optional, day *ret)
{
    *ret = DAY_NONE;
    if (typed.len == 0 && optional) {
        return;
    }
    if (!day_parse(typed, ret)) {
        mistake_add(&q->mistakes, name,
                    SAY("Write the day as {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    }
}

static void read_units(struct ask *q, struct act_wish *w)
{
    str values[CONSULTS_MOST];
    size_t count = ask_fields(q, name_of(q, w->act, "units"), values, CONSULTS_MOST);

    for (size_t i = 0; i < count; i++) {
        w->units_count += id_parse(values[i], &w->units[w->units_count]);
    }
}

static void read_answer(struct ask *q, const struct casefile *c, struct act_wish *w)
{
    str opinion = posted(q, w->act, "opinion");

    w->units[0] = casefile_answers_for(&q->actor, c);
    w->units_count = w->units[0] != 0;
    w->objects = str_equal(opinion, STR("objects"));
    if (!w->objects && !str_equal(opinion, STR("agrees"))) {
        mistake_add(&q->mistakes, name_of(q, w->act, "opinion"),
                    SAY("Say whether your unit agrees."));
    }
}

static void read_extension(struct ask *q, struct act_wish *w)
{
    int64_t by;

    if (!case_clock_from_key(posted(q, w->act, "clock"), &w->clock) ||
        w->clock > CASE_CLOCK_CONTROL) {
        mistake_add(&q->mistakes, name_of(q, w->act, "clock"),
                    SAY("Choose which term is extended."));
    }
    if (!str_to_int(str_trim(posted(q, w->act, "days")), &by) || by < 1 || by > 3650) {
        mistake_add(&q->mistakes, name_of(q, w->act, "days"),
                    SAY("Write a number from 1 to 3650."));
        return;
    }
    w->extend_by = (int)by;
}

static void read_speed(struct ask *q, struct act_wish *w)
{
    if (!clock_speed_from_key(posted(q, w->act, "speed"), &w->speed) ||
        w->speed == CLOCK_SPEED_NONE) {
        mistake_add(&q->mistakes, name_of(q, w->act, "speed"), SAY("Choose the speed."));
    }
}

static void read_restored(struct ask *q, struct act_wish *w)
{
    struct case_restored *r = &w->restored;
    str days = str_trim(posted(q, w->act, "days"));
    int64_t term = 0;

    read_day(q, name_of(q, w->act, "missed"), posted(q, w->act, "missed"), false,
             &r->missed);
    read_day(q, name_of(q, w->act, "ended"), posted(q, w->act, "ended"), false,
             &r->hindrance_ended);
    read_day(q, name_of(q, w->act, "asked"), posted(q, w->act, "asked"), false, &r->asked);
    if (days.len > 0 && (!str_to_int(days, &term) || term < 1 || term > 3650)) {
        mistake_add(&q->mistakes, name_of(q, w->act, "days"),
                    SAY("Write a number from 1 to 3650."));
        term = 0;
    }
    r->term_days = (int)term;
}

static void read_wanted(struct ask *q, struct act_wish *w)
{
    str values[CASE_WANTED_MOST];
    size_t count = ask_fields(q, name_of(q, w->act, "wanted"), values, CASE_WANTED_MOST);

    for (size_t i = 0; i < count; i++) {
        str rest = values[i], kind;

        if (str_cut(&rest, ':', &kind) && rest.len > 0) {
            w->wanted[w->wanted_count++] = (struct case_wanted){
                str_equal(kind, STR("paper")), rest,
            };
        }
    }
    if (w->wanted_count == 0) {
        mistake_add(&q->mistakes, name_of(q, w->act, "wanted"),
                    SAY("Tick what the applicant is to change or hand in."));
    }
    read_day(q, name_of(q, w->act, "until"), posted(q, w->act, "until"), true,
             &w->wanted_until);
}

static err read_merge(struct ask *q, struct act_wish *w)
{
    struct casefile other;
    err e = casefile_by_number(q->arena, q->snap, q->agency->id, posted(q, w->act, "other"),
                               &other);

    if (e != NULL && e->kind != ERR_MISSING) {
        return e;
    }
    w->other = e == NULL ? other.id : 0;
    return NULL;
}

static err read_split(struct ask *q, const struct casefile *c, struct act_wish *w)
{
    const struct service *s = service_get_near(q->catalog, c->service, c->service_version);
    struct case_wish *split = ARENA_NEW(q->arena, struct case_wish);

    if (split == NULL) {
        return err_no_memory;
    }
    if (s == NULL) {
        FAIL(q->arena, ERR_BROKEN, SAY("This service is not set up completely. Please call "
             "the office."), STR(""), "no such service");
    }
    TRY(casefile_split_prepare(q->arena, q->snap, q->keyring, q->ids, s, q->calendar,
                               q->agency->case_prefix, c, q->now_ms, split));
    w->split = split;
    return NULL;
}

static void read_ground(struct ask *q, struct act_wish *w)
{
    w->ground = posted(q, w->act, "ground");
    if (!str_equal(w->ground, STR("other_agency")) &&
        !str_equal(w->ground, STR("disaster")) && !str_equal(w->ground, STR("other"))) {
        mistake_add(&q->mistakes, name_of(q, w->act, "ground"), SAY("Choose the cause."));
    }
}

static void read_document(struct ask *q, struct act_wish *w)
{
    w->document_number = ask_field(q, "document_number");
    read_day(q, STR("document_day"), ask_field(q, "document_day"), false, &w->document_day);
}

static void read_correction(struct ask *q, struct act_wish *w)
{
    w->document_number = posted(q, w->act, "number");
    read_day(q, name_of(q, w->act, "day"), posted(q, w->act, "day"),
             w->document_number.len == 0, &w->document_day);
}

/* The keys of papers, all of them as originals or all as copies. */
static void read_papers(struct ask *q, struct act_wish *w)
{
    str values[CASE_WANTED_MOST];
    size_t count = ask_fields(q, name_of(q, w->act, "papers"), values, CASE_WANTED_MOST);
    bool copy = str_equal(posted(q, w->act, "how"), case_paper_how_key[CASE_PAPER_COPY]);

    for (size_t i = 0; i < count; i++) {
        w->papers[w->papers_count++] = (struct case_paper){
            false, values[i], copy ? CASE_PAPER_COPY : CASE_PAPER_ORIGINAL,
        };
    }
}

/* An agency of this installation takes envelopes; a letter to it would be typed twice. */
static void read_agency(struct ask *q, struct act_wish *w)
{
    size_t count;
    const struct agency *offices = ask_agencies(q, &count);

    w->agency_name = str_trim(posted(q, w->act, "agency_name"));
    for (size_t i = 0; w->agency_name.len > 0 && i < count; i++) {
        if (offices[i].id == AGENCY_CITY) {
            continue;
        }
        for (int l = 0; l < LANG_COUNT; l++) {
            if (str_equal(offices[i].name.in[l], w->agency_name) ||
                str_equal(offices[i].short_name.in[l], w->agency_name)) {
                mistake_add(&q->mistakes, name_of(q, w->act, "agency_name"),
                            SAY("This agency takes envelopes. Pass the case on under "
                                "“With other agencies”."));
                return;
            }
        }
    }
}

err casework_act_read(struct ask *q, const struct casefile *c, struct act_wish *w)
{
    switch (w->act) {
    case ACT_PROPOSE:
    case ACT_DECIDE:
        read_outcome(q, w);
        return NULL;
    case ACT_ISSUE:
        read_document(q, w);
        return NULL;
    case ACT_ASSIGN:
        if (!id_parse(ask_field(q, "to"), &w->to)) {
            mistake_add(&q->mistakes, STR("to"), SAY("Choose a colleague."));
        }
        return NULL;
    case ACT_CONSULT:
    case ACT_WAIVE:
    case ACT_GIVE:
        read_units(q, w);
        return NULL;
    case ACT_ANSWER:
        read_answer(q, c, w);
        return NULL;
    case ACT_EXTEND:
        read_extension(q, w);
        return NULL;
    case ACT_HALT:
        read_ground(q, w);
        return NULL;
    case ACT_SPEED:
        read_speed(q, w);
        return NULL;
    case ACT_RESTORE:
        read_restored(q, w);
        return NULL;
    case ACT_SEND_BACK:
        read_wanted(q, w);
        return NULL;
    case ACT_MERGE:
        return read_merge(q, w);
    case ACT_SPLIT:
        return read_split(q, c, w);
    case ACT_TRANSFER:
        read_agency(q, w);
        return NULL;
    case ACT_SPECIAL:
        w->off = str_equal(ask_field(q, "special_off"), STR("1"));
        read_day(q, name_of(q, w->act, "until"), posted(q, w->act, "until"), true,
                 &w->wanted_until);
        return NULL;
    case ACT_STUDY_ANSWER:
        w->lesson = posted(q, w->act, "lesson");
        return NULL;
    case ACT_CORRECT:
        read_correction(q, w);
        return NULL;
    case ACT_RESUME:
    case ACT_PAPERS:
        read_papers(q, w);
        return NULL;
    default:
        return NULL;
    }
}

/* The kernel speaks of plain names; on the page each act has its own. */
str casework_field_of(struct ask *q, enum case_act act, str name)
{
    static const str own[] = { STR_INIT("units"), STR_INIT("wanted"), STR_INIT("until"),
                               STR_INIT("other"), STR_INIT("agency_name"),
                               STR_INIT("ground"), STR_INIT("days"), STR_INIT("lesson"),
                               STR_INIT("papers"), STR_INIT("speed"),
                               STR_INIT("missed"), STR_INIT("asked") };

    if (act == ACT_CORRECT && str_equal(name, STR("document_number"))) {
        return STR("correct_number");
    }
    if (act == ACT_CORRECT && str_equal(name, STR("document_day"))) {
        return STR("correct_day");
    }
    if (str_equal(name, STR("hindrance_ended"))) {
        return name_of(q, act, "ended");
    }
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (str_equal(name, own[i])) {
            return name_of(q, act, own[i].at);
        }
    }
    return name;
}
