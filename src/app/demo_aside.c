/* demo_aside — what goes with an act in the last weeks: a register is looked at before
 * it is proposed, the fee is taken and a letter with number and seal goes out when it is
 * issued, and who picks a paper up taps how it felt.
 *
 * The numbers are its own, so that all else in the demo city stays as it is.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner_plan.h"
#include "base/arena.h"
#include "feature/feelings/feelings_store.h"
#include "host/store/store.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"
#include "kernel/fee/fee.h"
#include "kernel/letter/letter.h"
#include "kernel/lookup/lookup.h"
#include "kernel/office/office.h"

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
#define FEELINGS_PERCENT 60

static const str seen[] = {
    STR_INIT("查詢結果與申請內容相符。"),
    STR_INIT("登記資料相符，無其他註記。"),
    STR_INIT("資料存在，日期相符。"),
};
static const struct {
    int face;
    str word;
} faces[] = {
    { 5, STR_INIT("很快，謝謝") },   { 5, STR_INIT("") },
    { 4, STR_INIT("說明清楚") },     { 5, STR_INIT("免附謄本很方便") },
    { 4, STR_INIT("") },             { 3, STR_INIT("") },
    { 5, STR_INIT("承辦人很親切") }, { 2, STR_INIT("等候太久") },
    { 4, STR_INIT("") },             { 1, STR_INIT("跑了兩趟") },
};

static bool is_recent(const struct demo *d, int64_t ms, int days)
{
    return ms >= d->end_ms - days * DAY_MS;
}

/* What a colleague saw in another system, once a case. */
static err look_up(struct arena *a, struct tx *tx, struct demo *d,
                   const struct demo_step *s, const struct actor *who,
                   const struct casefile *now)
{
    struct lookup_choice *list;
    struct lookup_by_hand hand = { .found = true, .on = day_at(s->at_ms) };
    struct lookup_wish w;
    size_t count;

    if (!lookup_may(who, now)) {
        return NULL;
    }
    TRY(lookup_choices(a, tx_snap(tx), d->keyring, s->c->office->catalog, now, &list,
                       &count));
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && list[i].paper == list[i - 1].paper) {
            continue;
        }
        hand.reference = str_format(a, "Q%d-%04d", day_roc_year(hand.on),
                                    demo_between(&d->aside, 1, 9999));
        hand.seen = demo_pick(&d->aside, seen, COUNT(seen));
        w = (struct lookup_wish){
            .who = *who,
            .row = { .agency = now->agency, .id = id_next(&d->ids, s->at_ms),
                     .casefile = now->id, .purpose = lookup_purpose_key[0],
                     .register_key = list[i].reg->key, .paper = list[i].paper->key,
                     .question = list[i].question, .how = HOW_HAND,
                     .staff = who->staff, .at_ms = s->at_ms },
        };
        TRY(lookup_prepare(a, tx_snap(tx), d->keyring, s->c->office->catalog, now, &hand,
                           &w));
        TRY(lookup_ask(a, tx, &w));
    }
    return NULL;
}

static err take_fee(struct arena *a, struct tx *tx, struct demo *d,
                    const struct demo_step *s, const struct actor *who,
                    const struct casefile *now)
{
    struct fee_account account;
    struct fee_receipt receipt;
    struct fee_taking t = { .account = &account, .who = *who, .now_ms = s->at_ms,
                            .means = MEANS_CASH, .payer_masked = now->applicant_masked };

    TRY(fee_account_load(a, tx_snap(tx), d->keyring, s->c->office->catalog, now, &account));
    if (account.open <= 0 || who->staff == 0) {
        return NULL;
    }
    if (now->channel == CHANNEL_ONLINE) {
        return demo_pay_online(a, tx, d, s, now, &account);
    }
    t.id = id_next(&d->ids, s->at_ms);
    t.dollars = account.open;
    TRY(casefile_applicant(a, d->keyring, now, &t.payer));
    TRY(fee_taking_prepare(a, d->keyring, &t));
    return fee_take(a, tx, &t, &receipt);
}

/* The first letter of the service for this end, else the plain one. */
static str form_of(const struct service *s, const struct casefile *now)
{
    bool granted = now->outcome == OUTCOME_GRANTED;

    for (size_t i = 0; i < s->letters_count; i++) {
        enum letter_when when = s->letters[i].when;

        if (when == LETTER_ALWAYS || (when == LETTER_GRANTED) == granted) {
            return s->letters[i].key;
        }
    }
    return letter_plain_key[granted                                    ? PLAIN_LETTER
                            : now->outcome == OUTCOME_NOT_ADMITTED ? PLAIN_NOT_ADMITTED
                                                                   : PLAIN_REFUSAL];
}

static err letter_written(struct arena *a, struct tx *tx, struct demo *d,
                          const struct demo_step *s, const struct actor *who,
                          const struct casefile *now, struct letter *ret)
{
    struct sealed_answer *answers;
    struct letter_start f = {
        .agency = &s->c->office->agency, .office = office_get(s->c->office->catalog),
        .catalog = s->c->office->catalog,
        .service = s->c->service, .casefile = now, .form = form_of(s->c->service, now),
        .id = id_next(&d->ids, s->at_ms), .staff = who->staff, .now_ms = s->at_ms,
        .authority = s->c->office->agency.city,
    };

    TRY(casefile_applicant(a, d->keyring, now, &f.name));
    TRY(casefile_answers(a, tx_snap(tx), d->keyring, now, true, &answers,
                         &f.answers_count));
    f.answers = answers;
    TRY(letter_begin(a, d->keyring, &f, ret));
    return letter_draft(a, tx, ret);
}

static str series_form(const struct office *o, str key)
{
    for (size_t i = 0; o != NULL && i < o->series_count; i++) {
        if (str_equal(o->series[i].key, key)) {
            return o->series[i].form;
        }
    }
    return STR("");
}

/* What was paid before the money of this demo began is in another book. */
static err paid_before(struct arena *a, struct tx *tx, const void *nothing)
{
    return NULL;
}

err demo_paid(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s,
              const struct casefile *now, struct case_must *ret)
{
    *ret = (struct case_must){ .holds = paid_before };
    return is_recent(d, s->at_ms, DEMO_MONEY_DAYS)
               ? fee_paid_prepare(a, tx_snap(tx), d->keyring, s->c->office->catalog, now,
                                  ret)
               : NULL;
}

/* `*io_number` is what the document system would give; the series gives its own. */
static err letter_out(struct arena *a, struct tx *tx, struct demo *d,
                      const struct demo_step *s, const struct actor *who,
                      const struct casefile *now, str *io_number)
{
    const struct staff *keeper = demo_staff(s->c->office, DUTY_SEAL_KEEPER, 0);
    struct letter l;
    struct letter_issue w = { .agency = now->agency, .staff = who->staff,
                              .now_ms = s->at_ms, .day = day_at(s->at_ms),
                              .approved_by = who->staff };

    TRY(letter_written(a, tx, d, s, who, now, &l));
    TRY(demo_paid(a, tx, d, s, now, &w.paid));
    w.id = l.id;
    TRY(letter_load(a, tx_snap(tx), now->agency, l.id, &l));
    w.changes = l.changes;
    w.seal_id = id_next(&d->ids, s->at_ms);
    w.series = l.series;
    w.series_form = series_form(office_get(s->c->office->catalog), l.series);
    w.number = w.series_form.len > 0 ? STR("") : *io_number;
    w.service = s->c->service;
    TRY(letter_issue(a, tx, &w, &l));
    *io_number = l.number;
    /* What went out on the last days waits for the seal, but in the first office. */
    if (keeper == NULL || (s->c->office != d->offices && is_recent(d, s->at_ms, 4))) {
        return NULL;
    }
    return seal_use_done(a, tx, now->agency, w.seal_id, keeper->id, s->at_ms);
}

/* The head of the unit talked to them the same hour, and wrote what was done. */
static err taken_up(struct arena *a, struct tx *tx, struct demo *d,
                    const struct demo_step *s, const struct feeling *bad)
{
    const struct staff *chief = demo_staff(s->c->office, DUTY_UNIT_HEAD, s->c->unit);
    struct feeling f;

    if (chief == NULL) {
        return NULL;
    }
    for (int i = 0; i < 2; i++) {
        TRY(feeling_by_id(a, tx_snap(tx), bad->agency, bad->id, &f));
        f.taken_by = chief->id;
        f.taken_ms = s->at_ms;
        f.word = STR("");
        f.answer = i == 0 ? STR("") : STR("已當面致歉並說明，改以預約時段受理，減少等候。");
        TRY(feeling_seal(a, d->keyring, &f));
        TRY(feeling_take(a, tx, &f));
    }
    return NULL;
}

static err felt(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s,
                const struct casefile *now)
{
    size_t one = (size_t)demo_between(&d->aside, 0, (int)COUNT(faces) - 1);
    struct feeling f = {
        .agency = now->agency, .id = id_next(&d->ids, s->at_ms), .casefile = now->id,
        .unit = now->unit, .number = now->number, .step = case_state_key[now->state],
        .pickup = s->act == ACT_COLLECT, .service = now->service, .face = faces[one].face,
        .word = faces[one].word, .has_word = faces[one].word.len > 0, .at_ms = s->at_ms,
    };

    if (!demo_chance(&d->aside, FEELINGS_PERCENT)) {
        return NULL;
    }
    TRY(feeling_seal(a, d->keyring, &f));
    TRY(feeling_put(a, tx, &f));
    return face_is_bad(f.face) ? taken_up(a, tx, d, s, &f) : NULL;
}

err demo_before(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s,
                const struct actor *who, const struct casefile *now, str *io_document)
{
    bool pays = s->act == ACT_TAKE || s->act == ACT_PROPOSE || s->act == ACT_ISSUE ||
                s->act == ACT_COLLECT;

    if (pays && is_recent(d, s->at_ms, DEMO_MONEY_DAYS)) {
        TRY(take_fee(a, tx, d, s, who, now));
    }
    if (s->act == ACT_PROPOSE && is_recent(d, s->at_ms, DEMO_LOOKUP_DAYS)) {
        return look_up(a, tx, d, s, who, now);
    }
    if (s->act == ACT_ISSUE && is_recent(d, s->at_ms, DEMO_LETTER_DAYS)) {
        return letter_out(a, tx, d, s, who, now, io_document);
    }
    return NULL;
}

err demo_after(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s,
               const struct casefile *now)
{
    bool over = s->act == ACT_ISSUE || s->act == ACT_COLLECT;

    over = over && is_recent(d, s->at_ms, DEMO_FEELING_DAYS);
    return over ? felt(a, tx, d, s, now) : NULL;
}
