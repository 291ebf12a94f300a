/* demo_plan — what happens to some two hundred matters: their way from state to state with
 * plausible pauses, in working hours, ending the evening before today.
 *
 * Most are spread over two years. At each office a few of the last days are stopped in
 * each state, so that every list and page has something to show.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "app/demo_inner_plan.h"
#include "base/arena.h"
#include "kernel/calendar/calendar.h"

#define MINUTE_MS INT64_C(60000)
#define OLD_CASES 30 /* an office, over the two years */
#define NO_STOP CASE_STATES
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

static const str proposals[] = {
    STR_INIT("經審查申請書件齊全，符合規定，擬准予辦理。"),
    STR_INIT("已查對相關資料，與申請內容相符，擬予核准。"),
    STR_INIT("書件齊備，無其他應補正事項，擬如申請辦理。"),
    STR_INIT("經電話與申請人確認，內容無誤，擬准。"),
    STR_INIT(""),
};
static const str refusals[] = {
    STR_INIT("經查申請資格與規定不符，擬予否准，並於函內敘明理由及救濟方式。"),
    STR_INIT("申請人逾期未補正必要文件，擬予否准，並告知得重新提出申請。"),
    STR_INIT("所請事項非本機關權責，且申請人表示不另補件，擬予否准。"),
};
static const str approvals[] = {
    STR_INIT("如擬。"),
    STR_INIT("可。"),
    STR_INIT("如擬，請注意辦理時效。"),
    STR_INIT(""),
};
static const str returns[] = {
    STR_INIT("請補註法令依據後再陳。"),
    STR_INIT("附件與申請書所載不一致，請再向申請人確認。"),
    STR_INIT("請敘明本案與前案的差異。"),
};
static const str notes[] = {
    STR_INIT("已電話聯絡申請人，說明辦理進度。"),
    STR_INIT("申請人來電詢問，已回覆預計完成日。"),
    STR_INIT("已向相關單位查詢，待回覆。"),
    STR_INIT("文件正本已核對無誤，影本附卷。"),
};

/* One case while its steps are planned. */
struct telling {
    struct demo *d;
    struct demo_plan *p;
    struct demo_case *c;
    int64_t at_ms; /* of the last step */
    enum case_state state;
    enum case_state stop; /* told no further than into this state */
    bool quick;           /* pauses of hours, not of days */
};

void demo_step_add(const struct demo *d, struct demo_plan *p, struct demo_step step)
{
    if (p->steps_count < DEMO_MOST_STEPS && step.at_ms < d->end_ms) {
        step.order = (int)p->steps_count;
        p->steps[p->steps_count++] = step;
    }
}

static void step_add(struct telling *t, struct demo_step step)
{
    demo_step_add(t->d, t->p, step);
}

static str pick(struct telling *t, const str *list, size_t count)
{
    return demo_pick(&t->d->random, list, count);
}

/* The next instant, some minutes and at most `days` open days later, in working hours. */
static void pause_for(struct telling *t, int days)
{
    struct demo_random *r = &t->d->random;
    int whole = t->quick || days == 0 ? 0 : demo_between(r, 0, days);
    int64_t ms = t->at_ms + demo_between(r, 12, t->quick ? 100 : 260) * MINUTE_MS;

    if (whole > 0) {
        day due = calendar_working_due(calendar_official(), day_at(ms), whole);

        ms = day_begins_ms(due) + demo_between(r, 490, 1000) * MINUTE_MS;
    }
    t->at_ms = demo_at_work(r, ms);
}

/* Does the act unless the telling has stopped or the table does not know it. */
static void tell(struct telling *t, enum case_act act, bool grant, str note)
{
    const struct casefile now = { .state = t->state, .level = t->c->level };
    const struct case_fact fact = { .granted = grant };
    enum case_state to;

    if (t->state == t->stop || !flow_next(&now, act, &fact, &to)) {
        return;
    }
    step_add(t, (struct demo_step){ .at_ms = t->at_ms,
                                    .what = DEMO_ACT,
                                    .c = t->c,
                                    .act = act,
                                    .grant = grant,
                                    .note = note });
    t->state = to;
}

static void tell_reading(struct telling *t)
{
    if (t->state != t->stop) {
        step_add(t, (struct demo_step){ .at_ms = t->at_ms, .what = DEMO_READ, .c = t->c,
                                        .reason = READ_DEPUTY });
    }
}

/* What the applicant forgot, and until when he may bring it. */
static str missing_paper(struct telling *t)
{
    struct arena *a = t->d->arena;
    const struct service *s = t->c->service;
    day until = calendar_working_due(calendar_official(), day_at(t->at_ms), 10);
    str what = STR("身分證明文件影本");

    for (size_t i = 0; i < s->papers_count; i++) {
        if (!s->papers[i].looked_up && demo_chance(&t->d->random, 60)) {
            what = s->papers[i].name.in[LANG_ZH];
        }
    }
    return str_format(a, "請補附「%.*s」，並於%.*s前送達本所（線上、郵寄或臨櫃均可）。",
                      STR_ARG(what), STR_ARG(day_text(a, until, LANG_ZH)));
}

static void tell_received(struct telling *t, int64_t at_ms)
{
    struct demo_random *r = &t->d->random;
    const struct service *s = t->c->service;
    bool counter = s->counter && demo_chance(r, 35);

    t->c->channel = counter                        ? CHANNEL_COUNTER
                    : s->post && demo_chance(r, 8) ? CHANNEL_POST
                                                   : CHANNEL_ONLINE;
    t->at_ms = t->c->channel == CHANNEL_ONLINE ? at_ms : demo_at_work(r, at_ms);
    t->state = CASE_RECEIVED;
    step_add(t, (struct demo_step){ .at_ms = t->at_ms, .what = DEMO_RECEIVE, .c = t->c });
}

static void tell_taken(struct telling *t)
{
    pause_for(t, 1);
    tell(t, demo_chance(&t->d->random, 30) ? ACT_ASSIGN : ACT_TAKE, true, STR(""));
    pause_for(t, 0);
    if (demo_chance(&t->d->random, 50)) {
        tell_reading(t);
    }
    if (demo_chance(&t->d->random, 18)) {
        tell(t, ACT_NOTE, true, pick(t, notes, COUNT(notes)));
    }
}

static void tell_sent_back(struct telling *t)
{
    pause_for(t, 1);
    tell(t, ACT_SEND_BACK, true, missing_paper(t));
    pause_for(t, 6);
    tell(t, ACT_RESUME, true, STR("申請人已補正。"));
}

/* Some open days of the term are left when it is proposed. */
static int days_to_work(struct telling *t)
{
    day received = day_at(t->at_ms);
    day due = service_due(calendar_official(), t->c->service, received);
    int open = due == DAY_NONE
                   ? 5
                   : calendar_open_days_between(calendar_official(), received, due) - 2;

    return open < 1 ? 0 : open > 20 ? 20 : open;
}

static void tell_decided(struct telling *t, bool grant, bool returned)
{
    str why = grant ? pick(t, proposals, COUNT(proposals))
                    : pick(t, refusals, COUNT(refusals));

    pause_for(t, days_to_work(t));
    tell(t, ACT_PROPOSE, grant, why);
    if (t->state == CASE_PROPOSED && returned) {
        pause_for(t, 1);
        tell(t, ACT_RETURN, grant, pick(t, returns, COUNT(returns)));
        pause_for(t, 1);
        tell(t, ACT_PROPOSE, grant, why);
    }
    if (t->state == CASE_PROPOSED) {
        pause_for(t, 1);
        tell(t, ACT_DECIDE, grant,
             grant ? pick(t, approvals, COUNT(approvals)) : STR("如擬，函內請附教示。"));
    }
}

static void tell_end(struct telling *t)
{
    pause_for(t, 1);
    tell(t, ACT_ISSUE, true, STR(""));
    if (t->state == CASE_ISSUED &&
        (t->c->service->result == RESULT_COLLECTED || t->stop == CASE_COLLECTED)) {
        pause_for(t, 3);
        tell(t, ACT_COLLECT, true, STR(""));
    }
    pause_for(t, 2);
    tell(t, ACT_CLOSE, true, STR(""));
}

enum story { PLAIN_STORY, COMPLETED_STORY, RETURNED_STORY, REFUSED_STORY, WITHDRAWN_STORY };

static void tell_story(struct telling *t, enum story story, int64_t at_ms)
{
    tell_received(t, at_ms);
    if (story == WITHDRAWN_STORY) {
        t->at_ms += demo_between(&t->d->random, 90, 1500) * MINUTE_MS;
        tell(t, ACT_WITHDRAW, true, STR(""));
        return;
    }
    tell_taken(t);
    if (story == COMPLETED_STORY) {
        tell_sent_back(t);
    }
    tell_decided(t, story != REFUSED_STORY, story == RETURNED_STORY);
    tell_end(t);
}

struct demo_case *demo_case_new(struct demo *d, struct demo_plan *p, struct demo_office *o,
                                const struct service *s)
{
    struct demo_case *c = &p->cases[p->cases_count];
    err e = authority_level(o->catalog, s->matter, &c->level);

    if (p->cases_count + 1 >= DEMO_MOST_CASES || e != NULL) {
        return NULL;
    }
    c->office = o;
    c->service = s;
    for (size_t i = 0; i < o->units_count; i++) {
        if (str_equal(o->units[i].key, s->unit)) {
            c->unit = o->units[i].id;
        }
    }
    c->officer = demo_officer(d, o, c->unit);
    if (c->officer == NULL) {
        return NULL;
    }
    p->cases_count++;
    return c;
}

/* Any time of a day but the small hours. */
static int64_t some_time(struct demo *d, day on)
{
    return day_begins_ms(on) + demo_between(&d->random, 7 * 60, 22 * 60 + 30) * MINUTE_MS;
}

static void old_case(struct demo *d, struct demo_plan *p, struct demo_office *o,
                     const struct service *s)
{
    struct telling t = { .d = d, .p = p, .stop = NO_STOP, .c = demo_case_new(d, p, o, s) };
    int luck = demo_between(&d->random, 1, 100);
    enum story story = luck <= 70   ? PLAIN_STORY
                       : luck <= 82 ? COMPLETED_STORY
                       : luck <= 88 ? RETURNED_STORY
                       : luck <= 95 ? REFUSED_STORY
                                    : WITHDRAWN_STORY;

    if (t.c != NULL) {
        tell_story(&t, story,
                   some_time(d, d->wish->today -
                                    demo_between(&d->random, 14, DEMO_YEARS_DAYS - 7)));
    }
}

/* Told so far and no further, with short pauses, `open_days` open days ago. */
static void fresh_case(struct demo *d, struct demo_plan *p, struct demo_office *o,
                       const struct service *s, enum case_state stop, int open_days)
{
    struct telling t = {
        .d = d, .p = p, .stop = stop, .quick = true, .c = demo_case_new(d, p, o, s)
    };
    enum story story = stop == CASE_SENT_BACK   ? COMPLETED_STORY
                       : stop == CASE_REFUSED   ? REFUSED_STORY
                       : stop == CASE_WITHDRAWN ? WITHDRAWN_STORY
                                                : PLAIN_STORY;

    if (t.c != NULL) {
        tell_story(&t, story, some_time(d, demo_open_before(d->wish->today, open_days)));
    }
}

/* In work, though its term is over. */
static void late_case(struct demo *d, struct demo_plan *p, struct demo_office *o,
                      const struct service *s)
{
    int open_days = 2;
    const struct calendar *cal = calendar_official();
    day due = service_due(cal, s, demo_open_before(d->wish->today, open_days));

    while (due != DAY_NONE && due >= d->wish->today && open_days < 120) {
        open_days++;
        due = service_due(cal, s, demo_open_before(d->wish->today, open_days));
    }
    fresh_case(d, p, o, s, CASE_IN_WORK, open_days + demo_between(&d->random, 0, 3));
}

/* What the office keeps as cases and is open, of one unit or of all, decided at least at
 * that level. */
static size_t kept_as_cases(struct demo *d, const struct demo_office *o, str unit,
                            enum level least, const struct service ***ret)
{
    size_t all = catalog_count(o->catalog, "service"), n = 0;
    const struct service **list = ARENA_ARRAY(d->arena, all, const struct service *);

    for (size_t i = 0; list != NULL && i < all; i++) {
        const struct service *s = catalog_at(o->catalog, "service", i);
        enum level level = LEVEL_OFFICER;

        if (s->depth != DEPTH_FULL || s->status.state != SERVICE_OPEN ||
            (unit.len > 0 && !str_equal(s->unit, unit)) ||
            authority_level(o->catalog, s->matter, &level) != NULL ||
            level < least) {
            continue;
        }
        list[n++] = s;
    }
    *ret = list;
    return n;
}

struct fresh {
    enum case_state stop;
    int open_days;
};

/* One for each line of the table, the services taking turns. */
static void fresh_cases(struct demo *d, struct demo_plan *p, struct demo_office *o,
                        str unit, const struct fresh *table, size_t count)
{
    const struct service **all, **above;
    enum level waiting = unit.len > 0 ? LEVEL_UNIT_HEAD : LEVEL_SECRETARY;
    size_t n = kept_as_cases(d, o, unit, LEVEL_OFFICER, &all);
    size_t higher = kept_as_cases(d, o, unit, waiting, &above);

    for (size_t i = 0; n > 0 && i < count; i++) {
        bool waits = table[i].stop == CASE_PROPOSED && higher > 0;

        fresh_case(d, p, o, waits ? above[i % higher] : all[i % n], table[i].stop,
                   table[i].open_days);
    }
    if (unit.len > 0 && n > 0) {
        late_case(d, p, o, all[count % n]);
    }
}

/* As many matters whatever the office offers: every unit has work at hand, and each state
 * is met. */
static void office_cases(struct demo *d, struct demo_plan *p, struct demo_office *o)
{
    static const struct fresh at_hand[] = {
        { CASE_IN_WORK, 3 },   { CASE_RECEIVED, 1 }, { CASE_IN_WORK, 2 },
        { CASE_SENT_BACK, 5 }, { CASE_PROPOSED, 3 }, { CASE_RECEIVED, 1 },
    };
    static const struct fresh over[] = {
        { CASE_PROPOSED, 4 }, { CASE_DECIDED, 4 },   { CASE_REFUSED, 6 },
        { CASE_ISSUED, 7 },   { CASE_COLLECTED, 8 }, { CASE_WITHDRAWN, 4 },
    };
    const struct service **all;
    size_t n = kept_as_cases(d, o, STR(""), LEVEL_OFFICER, &all);

    for (size_t i = 0; n > 0 && i < OLD_CASES; i++) {
        old_case(d, p, o, all[i % n]);
    }
    for (size_t i = 0; i < o->units_count; i++) {
        fresh_cases(d, p, o, o->units[i].key, at_hand, COUNT(at_hand));
    }
    fresh_cases(d, p, o, STR(""), over, COUNT(over));
    demo_scenes(d, p, o, all, n);
}

static int by_time(const void *x, const void *y)
{
    const struct demo_step *a = x, *b = y;

    if (a->at_ms != b->at_ms) {
        return a->at_ms < b->at_ms ? -1 : 1;
    }
    return a->order - b->order;
}

err demo_plan_make(struct demo *d, struct demo_plan *ret)
{
    struct demo_plan p = {
        .cases = ARENA_ARRAY(d->arena, DEMO_MOST_CASES, struct demo_case),
        .steps = ARENA_ARRAY(d->arena, DEMO_MOST_STEPS, struct demo_step),
    };

    if (p.cases == NULL || p.steps == NULL) {
        return err_no_memory;
    }
    demo_absences(d, &p);
    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        office_cases(d, &p, &d->offices[i]);
    }
    demo_readings(d, &p);
    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        demo_money(d, &p, &d->offices[i]);
        demo_daily(d, &p, &d->offices[i]);
    }
    demo_across(d, &p);
    qsort(p.steps, p.steps_count, sizeof p.steps[0], by_time);
    if (arena_failed(d->arena)) {
        return err_no_memory;
    }
    *ret = p;
    return NULL;
}
