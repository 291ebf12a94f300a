/* demo_scenes — matters with something out of the ordinary: asked of other units, passed
 * up level by level, extended, split, merged, passed on, not admitted, reopened, hard.
 *
 * A scene is a list of acts with who does each and how long after the one before. Each
 * office has every scene, on a service that suits it; an act that its way does not need
 * (a unit head who decides himself passes nothing up) is left out.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner_plan.h"
#include "base/arena.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/office/office.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/consult/consult.h"

#define MINUTE_MS INT64_C(60000)
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
#define TERM_DAYS 10

enum who { OFFICER, CHIEF, SECRETARY, HEAD, ASKED, APPLICANT };
/* What an act needs besides; by scene_fill. */
enum with { PLAIN, AGAINST, NO_CASE, QUESTION, SECOND, FIRST, CONTROL };

struct demo_line {
    enum case_act act;
    enum who who;
    int open_days; /* after the act before; 0: within hours */
    enum with with;
    str note;
};
struct scene {
    enum level least; /* of who decides */
    int open_days;    /* ago it began */
    size_t lines_count;
    struct demo_line lines[8];
};
#define N(text) STR_INIT(text)

static const struct scene scenes[] = {
    /* 會辦: one unit has answered, the other not yet. */
    { LEVEL_OFFICER, 4, 3,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_CONSULT, OFFICER, 1, PLAIN, N("本案涉及貴單位業務，請惠示意見。") },
        { ACT_NOTE, OFFICER, 1, PLAIN, N("已電話提醒受會單位於期限內回復。") } } },
    { LEVEL_OFFICER, 8, 5,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_CONSULT, OFFICER, 1, PLAIN, N("請查明有無列管或其他限制。") },
        { ACT_ANSWER, ASKED, 1, PLAIN, N("查無列管紀錄，本課無意見。") },
        { ACT_PROPOSE, OFFICER, 1, PLAIN, N("經會辦無意見，書件齊備，擬准。") },
        { ACT_DECIDE, CHIEF, 1, PLAIN, N("如擬。") } } },
    /* 陳核: sealed by the head of the unit, waits above. */
    { LEVEL_SECRETARY, 5, 3,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_PROPOSE, OFFICER, 1, PLAIN, N("經審查符合規定，擬准予辦理，陳請核示。") },
        { ACT_ENDORSE, CHIEF, 1, PLAIN, N("擬如承辦人所擬。") } } },
    { LEVEL_HEAD, 6, 4,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_PROPOSE, OFFICER, 1, PLAIN, N("涉及本所權責，擬請首長核定。") },
        { ACT_ENDORSE, CHIEF, 1, PLAIN, N("可行，陳請核定。") },
        { ACT_ENDORSE, SECRETARY, 1, PLAIN, N("擬如課長所擬。") } } },
    /* Refused with facts, reasons, law and remedy. */
    { LEVEL_OFFICER, 9, 4,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_TELEPHONE, OFFICER, 1, PLAIN, N("去電申請人說明資格規定，申請人表示不另補件。") },
        { ACT_PROPOSE, OFFICER, 1, AGAINST, N("資格不符，擬予否准並敘明救濟方式。") },
        { ACT_DECIDE, CHIEF, 1, AGAINST, N("如擬，函內請附教示。") } } },
    /* 不受理 */
    { LEVEL_OFFICER, 10, 3,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_PROPOSE, OFFICER, 1, NO_CASE, N("非屬得申請之事項，擬不受理。") },
        { ACT_DECIDE, CHIEF, 1, NO_CASE, N("如擬。") } } },
    /* Asked for one answer, given by the applicant. */
    { LEVEL_OFFICER, 7, 3,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_SEND_BACK, OFFICER, 1, QUESTION, N("申請內容有一項需要確認，請於期限內補正。") },
        { ACT_SUPPLY, APPLICANT, 2, QUESTION, N("") } } },
    /* Both clocks prolonged, then stopped for another agency. */
    { LEVEL_OFFICER, 3, 3,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_EXTEND, CHIEF, 1, PLAIN, N("須會同其他機關現場查勘，依法延長一次。") },
        { ACT_HALT, CHIEF, 0, PLAIN, N("待主管機關函復。") } } },
    /* 移送 */
    { LEVEL_OFFICER, 12, 2,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_TRANSFER, CHIEF, 1, PLAIN, N("本案屬該機關權責，依行政程序法第 17 條移送。") } } },
    /* A hard case: asked, sent up, answered; the next clerk finds what was learnt. */
    { LEVEL_OFFICER, 6, 5,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_STUDY, OFFICER, 0, PLAIN, N("申請人以外國文件代替本國證明，是否可採？") },
        { ACT_INSTRUCT, SECRETARY, 0, PLAIN, N("請主管機關釋示外國文件之採認。") },
        { ACT_STUDY_ANSWER, SECRETARY, 1, PLAIN, N("經驗證並附中譯本者得採認。") },
        { ACT_PROPOSE, OFFICER, 1, PLAIN, N("依研討結論，文件經驗證，擬准。") } } },
    /* 特殊案件: told its state and expected day. */
    { LEVEL_OFFICER, 4, 2,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_SPECIAL, OFFICER, 1, PLAIN, N("原始資料年代久遠，需調閱紙本。") } } },
    /* A second matter goes on as a case of its own. */
    { LEVEL_OFFICER, 5, 2,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_SPLIT, OFFICER, 1, PLAIN, N("申請書另載一事項，另案辦理。") } } },
    /* Decided, then a slip of the pen corrected. */
    { LEVEL_OFFICER, 14, 5,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_PROPOSE, OFFICER, 1, PLAIN, N("書件齊備，擬准。") },
        { ACT_DECIDE, CHIEF, 1, PLAIN, N("可。") },
        { ACT_ISSUE, OFFICER, 1, PLAIN, N("") },
        { ACT_CORRECT, CHIEF, 1, PLAIN, N("主旨誤植日期，更正如後。") } } },
    /* Withdrawn, and taken up again. */
    { LEVEL_OFFICER, 11, 3,
      { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
        { ACT_WITHDRAW, OFFICER, 1, PLAIN, N("申請人以書面撤回。") },
        { ACT_REOPEN, CHIEF, 2, PLAIN, N("申請人來電表示誤撤，恢復辦理。") } } },
};
/* 併案: of two of the same matter the second goes on in the first. */
static const struct scene first = { LEVEL_OFFICER, 9, 1,
                                    { { ACT_TAKE, OFFICER, 0, FIRST, N("") } } };
static const struct scene second = {
    LEVEL_OFFICER, 8, 2,
    { { ACT_TAKE, OFFICER, 0, PLAIN, N("") },
      { ACT_MERGE, CHIEF, 1, SECOND, N("與前案為同一事項，併案辦理。") } },
};

const struct case_grounds demo_grounds = {
    .facts = STR_INIT("申請人於申請時所附文件，與規定之資格要件不符。"),
    .reasons = STR_INIT("經查核資料及電話確認，無從認定符合規定，且未於期限內補正。"),
    .law = STR_INIT("行政程序法第 96 條及本項服務之法令依據"),
    .remedy = STR_INIT("訴願"),
    .term = STR_INIT("自本處分送達之次日起 30 日內"),
    .authority = STR_INIT("經由本機關向其上級機關提起"),
};

static const struct staff *doer(const struct demo_step *s)
{
    const struct demo_case *c = s->c;

    switch ((enum who)s->line->who) {
    case CHIEF:
        return demo_staff(c->office, DUTY_UNIT_HEAD, c->unit);
    case SECRETARY:
        return demo_staff(c->office, DUTY_SECRETARY, 0);
    case HEAD:
        return demo_staff(c->office, DUTY_HEAD, 0);
    case ASKED:
        return demo_staff(c->office, DUTY_OFFICER, c->asked);
    case APPLICANT:
        return NULL;
    case OFFICER:
        break;
    }
    return c->officer;
}

/* Who decides is who has the level: the scene names the head of the unit. */
static const struct staff *decider(const struct demo_step *s, const struct casefile *now)
{
    static const enum duty duties[LEVEL_COUNT] = { DUTY_OFFICER, DUTY_UNIT_HEAD,
                                                   DUTY_SECRETARY, DUTY_HEAD };

    return now->level == LEVEL_OFFICER
               ? s->c->officer
               : demo_staff(s->c->office, duties[now->level],
                            now->level == LEVEL_UNIT_HEAD ? s->c->unit : 0);
}

/* The first question that has an example and is nobody's data. */
static const struct question *question_of(const struct service *s)
{
    for (size_t i = 0; i < s->form.steps_count; i++) {
        for (size_t n = 0; n < s->form.steps[i].questions_count; n++) {
            const struct question *q = &s->form.steps[i].questions[n];
            bool simple = q->type == Q_TEXT || q->type == Q_NUMBER || q->type == Q_CHOICE;

            if (simple && q->required && !q->personal && q->visible.len == 0 &&
                q->example.len > 0) {
                return q;
            }
        }
    }
    return NULL;
}

static err supply(struct arena *a, const struct demo *d, const struct demo_step *s,
                  const struct casefile *now, struct act_wish *w)
{
    const struct question *q = question_of(s->c->service);
    struct case_wish *given = ARENA_NEW(a, struct case_wish);
    struct form *form = ARENA_NEW(a, struct form);
    const struct json *body;
    struct answers answers;
    struct mistakes m;

    if (given == NULL || form == NULL) {
        return err_no_memory;
    }
    mistakes_init(&m, a);
    TRY(casefile_field_form(a, s->c->service, q->key, form));
    TRY(answers_init(a, form, &answers));
    TRY(json_parse(a, str_format(a, "{\"answers\":{\"%.*s\":%.*s}}", STR_ARG(q->key),
                                 STR_ARG(q->example)), &body));
    TRY(answers_read_json(a, &answers, body, day_at(s->at_ms), &m));
    TRY(casefile_supply_prepare(a, d->keyring, now, &answers, given));
    w->supplied = given;
    return NULL;
}

static err split(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s,
                 const struct casefile *now, struct act_wish *w)
{
    struct case_wish *other = ARENA_NEW(a, struct case_wish);

    if (other == NULL) {
        return err_no_memory;
    }
    TRY(casefile_split_prepare(a, tx_snap(tx), d->keyring, &d->ids, s->c->service,
                               calendar_official(), s->c->office->agency.case_prefix, now,
                               s->at_ms, other));
    w->split = other;
    return NULL;
}

static void fill_against(const struct demo_step *s, struct act_wish *w)
{
    w->grant = s->line->with == PLAIN;
    if (s->line->with == NO_CASE) {
        w->outcome = OUTCOME_NOT_ADMITTED;
    }
    if (!w->grant) {
        w->grounds = demo_grounds;
    }
}

static err fill(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s,
                const struct casefile *now, struct act_wish *w)
{
    day on = day_at(s->at_ms);

    switch (s->line->act) {
    case ACT_PROPOSE:
    case ACT_DECIDE:
        fill_against(s, w);
        return NULL;
    case ACT_CONSULT:
    case ACT_ANSWER:
        w->units[w->units_count++] = s->c->asked;
        return NULL;
    case ACT_SEND_BACK:
        w->wanted[w->wanted_count++] =
            (struct case_wanted){ false, question_of(s->c->service)->key };
        w->wanted_until = calendar_working_due(calendar_official(), on, TERM_DAYS);
        return NULL;
    case ACT_SUPPLY:
        return supply(a, d, s, now, w);
    case ACT_EXTEND:
        w->clock = CASE_CLOCK_STATUTORY;
        w->extend_by = 1;
        return NULL;
    case ACT_HALT:
        w->ground = STR("other_agency");
        return NULL;
    case ACT_TRANSFER:
        w->agency_name = STR("雲川市都市發展局");
        return NULL;
    case ACT_STUDY_ANSWER:
        w->lesson = STR("外國文件經駐外館處驗證並附中文譯本者，得採認為證明文件。");
        return NULL;
    case ACT_SPECIAL:
        w->wanted_until = calendar_working_due(calendar_official(), on, TERM_DAYS);
        return NULL;
    case ACT_SPLIT:
        return split(a, tx, d, s, now, w);
    case ACT_MERGE:
        w->other = s->c->other->wish.id;
        w->other_number = s->c->other->number;
        return NULL;
    case ACT_ISSUE:
        w->document_number = s->document;
        w->document_day = on;
        return NULL;
    default:
        return NULL;
    }
}

static err actor_of(struct arena *a, struct tx *tx, const struct demo_plan *p,
                    const struct demo_step *s, const struct casefile *now,
                    struct actor *ret)
{
    const struct staff *who = s->line->act == ACT_DECIDE ? decider(s, now) : doer(s);
    int64_t id = who == NULL ? 0 : who->id;

    if (who == NULL) {
        *ret = (struct actor){ .agency = s->c->office->agency.id };
        return NULL;
    }
    if (who->deputy != 0 && demo_is_away(p, id, day_at(s->at_ms))) {
        id = who->deputy;
    }
    return actor_load(a, tx_snap(tx), who->agency, id, day_at(s->at_ms), ret);
}

err demo_scene_act(struct arena *a, struct tx *tx, struct demo *d,
                   const struct demo_plan *p, const struct demo_step *s)
{
    struct casefile now;
    struct act_wish w = {
        .act = s->line->act,
        .agency = s->c->office->agency.id,
        .id = s->c->wish.id,
        .now_ms = s->at_ms,
        .catalog = s->c->office->catalog,
        .calendar = calendar_official(),
        .to = s->c->officer->id,
        .document_day = DAY_NONE,
        .wanted_until = DAY_NONE,
    };

    TRY(casefile_load(a, tx_snap(tx), w.agency, w.id, &now));
    TRY(actor_of(a, tx, p, s, &now, &w.who));
    w.changes = now.changes;
    if (!casefile_may(&w.who, &now, w.act)) {
        return NULL; /* his way does not need it */
    }
    TRY(fill(a, tx, d, s, &now, &w));
    TRY(demo_before(a, tx, d, s, &w.who, &now, &w.document_number));
    TRY(demo_paid(a, tx, d, s, &now, &w.paid));
    TRY(casefile_act_prepare(a, tx_snap(tx), d->keyring, &w, s->line->note));
    TRY(casefile_act(a, tx, &w, &now));
    return demo_after(a, tx, d, s, &now);
}

/* ---- planning ---- */

static int64_t other_unit(const struct demo_office *o, int64_t unit)
{
    for (size_t i = 0; i < o->units_count; i++) {
        if (o->units[i].id != unit && demo_staff(o, DUTY_OFFICER, o->units[i].id) != NULL) {
            return o->units[i].id;
        }
    }
    return 0;
}

/* Its term is long enough to be extended before it ends. */
static bool may_be_extended(const struct demo *d, const struct scene *scene,
                            const struct service *s)
{
    const struct calendar *cal = calendar_official();
    day from = demo_open_before(d->wish->today, scene->open_days);
    day due = service_due(cal, s, from);

    return due != DAY_NONE && s->stages_count == 0 && s->extend.times > 0 &&
           s->limit.value > 1 && calendar_open_days_between(cal, from, due) > 3;
}

static bool suits(const struct demo *d, const struct scene *scene, const struct service *s,
                  enum level level)
{
    bool ok = level >= scene->least;

    for (size_t i = 0; i < scene->lines_count; i++) {
        if (scene->lines[i].with == QUESTION) {
            ok = ok && question_of(s) != NULL;
        }
        if (scene->lines[i].act == ACT_DECIDE) { /* by the head of the unit, at most */
            ok = ok && level <= LEVEL_UNIT_HEAD;
        }
        if (scene->lines[i].act == ACT_EXTEND) {
            ok = ok && may_be_extended(d, scene, s);
        }
    }
    return ok;
}

static struct demo_case *scene_plan(struct demo *d, struct demo_plan *p,
                                    struct demo_office *o, const struct service *s,
                                    const struct scene *scene)
{
    struct demo_case *c = demo_case_new(d, p, o, s);
    int64_t at_ms;

    if (c == NULL) {
        return NULL;
    }
    c->in_scene = true;
    c->channel = CHANNEL_ONLINE;
    c->asked = other_unit(o, c->unit);
    at_ms = day_begins_ms(demo_open_before(d->wish->today, scene->open_days)) +
            demo_between(&d->random, 490, 700) * MINUTE_MS;
    at_ms = demo_at_work(&d->random, at_ms);
    demo_step_add(d, p,
                  (struct demo_step){ .at_ms = at_ms, .what = DEMO_RECEIVE, .c = c });
    for (size_t i = 0; i < scene->lines_count; i++) {
        const struct demo_line *line = &scene->lines[i];

        at_ms += demo_between(&d->random, 15, 70) * MINUTE_MS;
        if (line->open_days > 0) {
            day on = calendar_working_due(calendar_official(), day_at(at_ms),
                                          line->open_days);

            at_ms = day_begins_ms(on) + demo_between(&d->random, 490, 1000) * MINUTE_MS;
        }
        at_ms = demo_at_work(&d->random, at_ms);
        demo_step_add(d, p,
                      (struct demo_step){ .at_ms = at_ms, .what = DEMO_SCENE, .c = c,
                                          .act = line->act, .line = line });
    }
    return c;
}

static void scenes_plan(struct demo *d, struct demo_plan *p, struct demo_office *o,
                        const struct service **all, size_t count)
{
    for (size_t i = 0; count > 0 && i < COUNT(scenes); i++) {
        for (size_t k = 0; k < count; k++) {
            const struct service *s = all[(i + k) % count];
            enum level level = LEVEL_OFFICER;

            if (authority_level(o->catalog, s->matter, &level) == NULL &&
                suits(d, &scenes[i], s, level)) {
                (void)scene_plan(d, p, o, s, &scenes[i]);
                break;
            }
        }
    }
    if (count > 0) {
        struct demo_case *one = scene_plan(d, p, o, all[0], &first);
        struct demo_case *two = scene_plan(d, p, o, all[0], &second);

        if (one != NULL && two != NULL) {
            two->other = one;
        }
    }
}

/* With numbers of their own: all else stays as it is. */
void demo_scenes(struct demo *d, struct demo_plan *p, struct demo_office *o,
                 const struct service **all, size_t count)
{
    struct demo_random usual = d->random;

    d->random = d->aside;
    scenes_plan(d, p, o, all, count);
    d->aside = d->random;
    d->random = usual;
}
