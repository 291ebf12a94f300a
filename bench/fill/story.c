/* story — the way of one case: its acts with pauses in working hours, up to today. Three in
 * a hundred are still open: of the newest half, of older ones fewer and fewer.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "fill.h"
#include "host/seal/seal.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/calendar/calendar.h"

#include <string.h>

#define MINUTE_MS INT64_C(60000)
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
#define OPEN_PERCENT 3
#define YOUNG_PERCENT 12 /* of the years: only there are some left open on purpose */
#define NO_STOP CASE_STATES

static const str notes[] = {
    STR_INIT("已電話聯絡申請人，說明辦理進度。"),
    STR_INIT("申請人來電詢問，已回覆預計完成日。"),
    STR_INIT("已向相關單位查詢，待回覆。"),
    STR_INIT("文件正本已核對無誤，影本附卷。"),
};
static const str missing[] = {
    STR_INIT("請補附身分證明文件影本，線上、郵寄或臨櫃均可。"),
    STR_INIT("請補附委託書，並由委託人簽名或蓋章。"),
    STR_INIT("請補正申請書所載地號後送達本所。"),
};
static const str proposals[] = {
    STR_INIT("經審查申請書件齊全，符合規定，擬准予辦理。"),
    STR_INIT("已查對相關資料，與申請內容相符，擬予核准。"),
    STR_INIT(""),
    STR_INIT(""),
};
static const str refusals[] = {
    STR_INIT("經查申請資格與規定不符，擬予否准，並於函內敘明理由及救濟方式。"),
    STR_INIT("申請人逾期未補正必要文件，擬予否准，並告知得重新提出申請。"),
};

/* One case while its way is told. */
struct telling {
    struct fill *f;
    struct arena *a;
    struct fill_case *c;
    const struct staff *officer;
    int64_t at_ms;
    enum case_state stop;
    bool granted, detour;
};

static void pause_for(struct telling *t, int days)
{
    struct demo_random *r = &t->f->demo->random;
    int whole = days == 0 ? 0 : demo_between(r, 0, days);
    int64_t ms = t->at_ms + demo_between(r, 12, 260) * MINUTE_MS;

    if (whole > 0) {
        day begins = calendar_working_due(calendar_official(), day_at(ms), whole);

        ms = day_begins_ms(begins) + demo_between(r, 490, 1000) * MINUTE_MS;
    }
    t->at_ms = demo_at_work(r, ms);
}

/* Four eyes at the officer's own level: a colleague of the unit. */
static const struct staff *colleague(const struct telling *t)
{
    const struct demo_office *o = t->c->of->office;

    for (size_t i = 0; i < o->staff_count; i++) {
        const struct staff *s = &o->staff[i];

        if (s->id != t->officer->id && casefile_may_work(s, &t->c->now)) {
            return s;
        }
    }
    return NULL;
}

/* Whose turn a proposal is. */
static const struct staff *turn_of(const struct telling *t)
{
    enum level l = t->c->now.waits_level;

    if (l == LEVEL_OFFICER) {
        return colleague(t);
    }
    return demo_staff(t->c->of->office, level_duty(l),
                      l == LEVEL_UNIT_HEAD ? t->c->of->unit : 0);
}

static int64_t actor_of(const struct telling *t, enum case_act act)
{
    const struct staff *who = t->officer;

    if (act == ACT_WITHDRAW) {
        return 0;
    }
    if (act == ACT_ASSIGN) {
        who = demo_staff(t->c->of->office, DUTY_UNIT_HEAD, t->c->of->unit);
    } else if (act == ACT_DECIDE || act == ACT_ENDORSE || act == ACT_RETURN) {
        who = turn_of(t);
    }
    return who == NULL ? t->officer->id : who->id;
}

static err note_seal(struct telling *t, struct fill_step *s, str note)
{
    struct fill_case *c = t->c;
    struct seal_place place = { c->wish.agency, c->wish.id, "case_note", "note" };
    str salted = str_join(t->a, seal_random(t->a, NOTE_SALT_BYTES), note), hash;
    struct fill_note *n = &c->notes[c->notes_count];

    TRY(seal_close(t->a, t->f->demo->keyring, place, salted, &n->sealed));
    n->changes = s->changes;
    n->staff = s->actor;
    n->at_ms = s->at_ms;
    c->notes_count++;
    hash = str_hex(t->a, seal_sha256(t->a, salted));
    memcpy(s->note_hash, hash.at, hash.len);
    return NULL;
}

/* The act as its page would wish it. */
static struct act_wish wish_of(struct telling *t, enum case_act act)
{
    const struct fill_case *c = t->c;
    struct act_wish w = {
        .act = act, .agency = c->wish.agency, .id = c->wish.id, .changes = c->now.changes,
        .now_ms = t->at_ms, .calendar = calendar_official(), .grant = t->granted,
        .to = t->officer->id, .document_day = DAY_NONE, .wanted_until = DAY_NONE,
        .who = { .agency = c->wish.agency, .staff = actor_of(t, act) },
    };

    if (act == ACT_ISSUE) {
        w.document_day = day_at(t->at_ms);
        w.document_number = str_format(t->a, "雲字第%d%07d號", day_roc_year(w.document_day),
                                       demo_between(&t->f->demo->random, 1, 9999999));
    }
    if (act == ACT_PROPOSE) {
        w.path = flow_path(&c->of->plan);
        w.four_eyes = c->of->plan.four_eyes;
    }
    return w;
}

static void step_of(const struct act_wish *w, const struct case_fact *f,
                    struct fill_step *s)
{
    *s = (struct fill_step){
        .at_ms = w->now_ms, .agency = w->agency, .id = w->id, .actor = w->who.staff,
        .officer = f->officer, .changes = (int)f->changes, .notices = f->notices,
        .act = w->act, .outcome = f->outcome, .path = f->path, .four_eyes = f->four_eyes,
        .clocks_count = f->clocks_count,
    };
    memcpy(s->document, f->document_number.at, f->document_number.len);
    for (size_t i = 0; i < f->clocks_count; i++) {
        s->clocks[i] = f->clocks[i];
    }
}

/* Does the act unless the telling has stopped, today has come, or the table knows no such
 * step. */
static err tell(struct telling *t, enum case_act act, str note)
{
    struct fill_case *c = t->c;
    struct fill_step *s = &c->acts[c->acts_count];
    enum case_state before = c->now.state, to;
    struct act_wish w;
    struct case_fact f;

    if (before == t->stop || t->at_ms >= t->f->demo->end_ms ||
        c->acts_count == FILL_MOST_ACTS) {
        t->at_ms = t->f->demo->end_ms;
        return NULL;
    }
    w = wish_of(t, act);
    f = case_act_fact(&w, &c->now);
    if (!flow_next(&c->now, act, &f, &to)) {
        return NULL;
    }
    TRY(case_act_clocks_tell(t->a, &w, &c->now, c->clocks, FILL_CLOCKS, &f));
    if (!flow_fold(&c->now, &f)) {
        FAIL(t->a, ERR_BROKEN,
             SAY("This step cannot be taken now, or it is a colleague's to take."),
             STR(""), "%s", case_act_key[act].at);
    }
    w.note_sealed = note; /* not empty: a message may have it */
    c->told_count += case_act_tells(&w, &c->now, before, &f, &c->told[c->told_count]);
    step_of(&w, &f, s);
    c->acts_count++;
    return str_is_empty(note) ? NULL : note_seal(t, s, note);
}

static str pick(struct telling *t, const str *list, size_t count)
{
    return demo_pick(&t->f->demo->random, list, count);
}

static bool chance(struct telling *t, int percent)
{
    return demo_chance(&t->f->demo->random, percent);
}

/* Level by level to the one that decides. */
static err tell_decision(struct telling *t)
{
    const struct casefile *now = &t->c->now;

    pause_for(t, 6);
    TRY(tell(t, ACT_PROPOSE, t->granted ? pick(t, proposals, COUNT(proposals))
                                        : pick(t, refusals, COUNT(refusals))));
    if (t->stop == CASE_SUBMITTED && now->waits_level == now->level) {
        t->stop = CASE_PROPOSED; /* nobody to pass it on */
    }
    while (now->state != t->stop && t->at_ms < t->f->demo->end_ms &&
           now->path != 0 && now->waits_level != now->level) {
        pause_for(t, 1);
        TRY(tell(t, ACT_ENDORSE, STR("")));
    }
    pause_for(t, 2);
    return tell(t, ACT_DECIDE, t->granted ? STR("") : STR("如擬，函內請附教示。"));
}

static err tell_work(struct telling *t)
{
    pause_for(t, 1);
    TRY(tell(t, chance(t, 30) ? ACT_ASSIGN : ACT_TAKE, STR("")));
    if (chance(t, 15)) {
        pause_for(t, 1);
        TRY(tell(t, ACT_NOTE, pick(t, notes, COUNT(notes))));
    }
    if (t->detour) {
        pause_for(t, 2);
        TRY(tell(t, ACT_SEND_BACK, pick(t, missing, COUNT(missing))));
        pause_for(t, 8);
        TRY(tell(t, ACT_RESUME, STR("申請人已補正。")));
    }
    return tell_decision(t);
}

static err tell_end(struct telling *t)
{
    pause_for(t, 1);
    TRY(tell(t, ACT_ISSUE, STR("")));
    if (t->c->of->service->result == RESULT_COLLECTED) {
        pause_for(t, 5);
        TRY(tell(t, ACT_COLLECT, STR("")));
    }
    pause_for(t, 2);
    return tell(t, ACT_CLOSE, STR(""));
}

static enum case_state stop_of(struct telling *t)
{
    static const enum case_state stops[] = {
        CASE_RECEIVED, CASE_RECEIVED, CASE_IN_WORK,  CASE_IN_WORK, CASE_IN_WORK,
        CASE_PROPOSED, CASE_SUBMITTED, CASE_DECIDED, CASE_ISSUED, CASE_IN_WORK,
    };
    const struct demo *d = t->f->demo;
    int64_t young_ms = (d->end_ms - d->begin_ms) / 100 * YOUNG_PERCENT;
    int64_t age_ms = d->end_ms - t->at_ms;

    if (age_ms >= young_ms ||
        !chance(t, (int)((young_ms - age_ms) * (2 * 100 * OPEN_PERCENT / YOUNG_PERCENT) /
                         young_ms))) {
        return NO_STOP;
    }
    return t->detour ? CASE_SENT_BACK
                     : stops[demo_between(&t->f->demo->random, 0, (int)COUNT(stops) - 1)];
}

static enum case_channel channel_of(struct telling *t)
{
    const struct service *s = t->c->of->service;

    return s->counter && chance(t, 35) ? CHANNEL_COUNTER
           : s->post && chance(t, 8)   ? CHANNEL_POST
                                       : CHANNEL_ONLINE;
}

/* The row as its first event tells it. */
static void fold_receipt(struct fill_case *c)
{
    struct case_fact f = {
        .kind = STR("case.received"), .at_ms = c->wish.now_ms, .changes = 1,
        .unit = c->wish.unit, .due = c->wish.due, .level = c->wish.level,
        .clocks_count = c->wish.clocks_count,
    };

    c->now.agency = c->wish.agency;
    c->now.id = c->wish.id;
    for (size_t i = 0; i < c->wish.clocks_count; i++) {
        c->clocks[i] = c->wish.clocks[i];
        f.clocks[i] = case_clock_fact(&c->clocks[i]);
    }
    (void)flow_fold(&c->now, &f);
}

static err receive(struct telling *t)
{
    struct fill *f = t->f;
    struct fill_case *c = t->c;
    struct demo_office *o = c->of->office;
    struct answers answers;

    TRY(fill_answers(f, t->a, c->of, &answers));
    TRY(casefile_prepare(t->a, f->demo->keyring, &f->demo->ids, o->catalog,
                         calendar_official(), &o->agency, o->units, o->units_count,
                         c->of->service, &answers, channel_of(t), t->at_ms, STR(""),
                         &c->wish));
    fold_receipt(c);
    return NULL;
}

err fill_tell(struct fill *f, struct arena *a, int64_t at_ms, struct fill_case *c)
{
    struct telling t = { .f = f, .a = a, .c = c, .at_ms = at_ms };
    bool withdrawn;

    c->of = fill_pick(f);
    t.officer = demo_officer(f->demo, c->of->office, c->of->unit);
    t.granted = !chance(&t, 7);
    t.detour = chance(&t, 12);
    t.stop = stop_of(&t);
    withdrawn = chance(&t, 4);
    TRY(receive(&t));
    if (withdrawn) {
        t.at_ms += demo_between(&f->demo->random, 90, 1500) * MINUTE_MS;
        return tell(&t, ACT_WITHDRAW, STR(""));
    }
    TRY(tell_work(&t));
    TRY(tell_end(&t));
    c->is_plain = c->now.state == CASE_CLOSED && t.granted && !t.detour;
    return arena_failed(a) ? err_no_memory : NULL;
}
