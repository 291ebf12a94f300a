/* study_web — the page of the law study group, and its number; routes.
 *
 * The question itself is personal like every note of a case: it is read on the case.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/waits.h"
#include "feature/study/study.h"
#include "feature/study/study_view.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/worklist/study.h"
#include "kernel/service/service.h"
#include "study_index.view.h"

#define QUESTIONS_MOST 100
#define MONTHS 12
#define HUNDRED 100

#define ANSWERERS (DUTY(DUTY_STUDY) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD))
#define READERS \
    (ANSWERERS | DUTY(DUTY_COORDINATOR) | DUTY(DUTY_AUDITOR) | DUTY(DUTY_UNIT_HEAD))

static struct label unit_name(const struct ask *q, int64_t id)
{
    size_t count;
    const struct unit *units = ask_units(q, &count);

    for (size_t i = 0; i < count; i++) {
        if (units[i].id == id) {
            return units[i].name;
        }
    }
    return (struct label){ 0 };
}

static struct label service_name(const struct ask *q, const struct study_question *x)
{
    const struct service *s = service_get_near(q->catalog, x->service, x->service_version);
    struct label key = { .in = { x->service, x->service, x->service } };

    return s != NULL ? s->name : key;
}

/* In working days: nobody answers while the office is closed. */
static struct words waits_words(const struct ask *q, int64_t asked_ms)
{
    day asked = day_at(asked_ms);
    int days = calendar_open_days_between(q->calendar, asked, q->today);

    return asked == q->today || days <= 0
               ? SAY("asked today")
               : SAY("working days: {days}", SAY_NUMBER("days", days));
}

static err rows_fill(struct ask *q, const struct staff *people, size_t people_count,
                     struct study_page *p)
{
    struct study_question *list;
    struct study_row *rows;
    size_t count;

    TRY(casefile_questions(q->arena, q->snap, q->agency->id, QUESTIONS_MOST + 1, &list,
                           &count));
    p->more = count > QUESTIONS_MOST;
    count = p->more ? QUESTIONS_MOST : count;
    rows = ARENA_ARRAY(q->arena, count + 1, struct study_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct study_question *x = &list[i];

        rows[i] = (struct study_row){
            .link = link_to1(q, "casework.one", id_text(q->arena, x->casefile)),
            .number = x->number,
            .service = service_name(q, x),
            .unit = unit_name(q, x->unit),
            .asked = str_format(q->arena, "%.*s %.*s",
                                STR_ARG(day_short(q->arena, day_at(x->asked_ms), q->lang)),
                                STR_ARG(day_clock(q->arena, x->asked_ms))),
            .waits = waits_words(q, x->asked_ms),
            .instructed = x->instructed,
            .late = !x->instructed && calendar_open_days_between(
                                          q->calendar, day_at(x->asked_ms), q->today) > 0,
        };
        for (size_t n = 0; n < people_count; n++) {
            rows[i].officer = people[n].id == x->officer ? people[n].name : rows[i].officer;
        }
    }
    p->rows = rows;
    p->rows_count = count;
    p->none = count == 0;
    return NULL;
}

static err members_fill(struct ask *q, const struct staff *people, size_t count,
                        struct study_page *p)
{
    struct study_member *list = ARENA_ARRAY(q->arena, count + 1, struct study_member);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (people[i].active && (people[i].duties & DUTY(DUTY_STUDY)) != 0) {
            list[p->members_count++] = (struct study_member){
                people[i].name, people[i].title, unit_name(q, people[i].unit)
            };
        }
    }
    p->members = list;
    p->no_members = p->members_count == 0;
    return NULL;
}

static str month_text(struct ask *q, int year, int month)
{
    return q->lang == LANG_ZH ? str_format(q->arena, "%d年%d月", year - 1911, month)
                              : str_format(q->arena, "%04d-%02d", year, month);
}

/* The months in which something was asked, the newest first. */
static err months_fill(struct ask *q, struct study_page *p)
{
    struct study_month *list = ARENA_ARRAY(q->arena, MONTHS, struct study_month);
    struct civil c = day_civil(q->today);
    int months = c.year * 12 + c.month - 1;

    if (list == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < MONTHS; i++, months--) {
        day first = day_of(months / 12, months % 12 + 1, 1);
        day next = day_of((months + 1) / 12, (months + 1) % 12 + 1, 1);
        struct study_sums s;

        TRY(casefile_study_sums(q->arena, q->snap, q->agency->id, day_begins_ms(first),
                                day_begins_ms(next), &s));
        if (s.asked == 0) {
            continue;
        }
        list[p->months_count++] = (struct study_month){
            .month = month_text(q, months / 12, months % 12 + 1),
            .asked = s.asked,
            .same_day = s.answered_same_day,
            .instructed = s.instructed_same_day,
            .later = s.answered - s.answered_same_day,
            .open = s.open,
            .share = SAY("{percent} %", SAY_NUMBER("percent", (s.answered_same_day +
                                                               s.instructed_same_day) *
                                                                  HUNDRED / s.asked)),
        };
    }
    p->months = list;
    p->has_months = p->months_count > 0;
    return NULL;
}

static err index_page(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST, .title = SAY("Law study group"),
                               .current = "study.index",
                               .wide = true };
    struct study_page p = { 0 };
    struct staff *people;
    size_t count;

    if (actor_has(&q->actor, DUTY_ADMIN)) {
        p.people = link_to(q, "settings.people");
    }
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    TRY(rows_fill(q, people, count, &p));
    TRY(members_fill(q, people, count, &p));
    TRY(months_fill(q, &p));
    return REPLY_VIEW(q, r, &page, study_index, &p);
}

/* For those who answer. */
static err waiting(struct ask *q, int64_t *ret_count)
{
    *ret_count = 0;
    if ((actor_serves(&q->actor) & ANSWERERS) == 0) {
        return NULL;
    }
    return casefile_questions_count(q->arena, q->snap, q->agency->id, ret_count);
}

static err waits(struct ask *q, struct waits *io)
{
    int64_t count;

    TRY(waiting(q, &count));
    waits_add(io, count, SAY("Questions to the law study group"),
              link_to(q, "study.index"));
    return NULL;
}

static const struct route routes[] = {
    { GET, "/staff/study", "study.index", MAY_DUTY, READERS | DUTY(DUTY_ADMIN),
      .show = index_page,
      .help = MSG("Hard cases before the law study group, and who belongs to it") },
};

static const struct menu_entry menu[] = {
    { "study.index", MSG("Law study group"), true, READERS | DUTY(DUTY_ADMIN), "g q", false,
      waiting, .group = MENU_QUALITY },
};

const struct feature study_feature = {
    .name = "study",
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
    .menu = menu,
    .menu_count = sizeof(menu) / sizeof(menu[0]),
    .waits = waits,
};
