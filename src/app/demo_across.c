/* demo_across — what goes from office to office of the demo city: sent, taken, refused,
 * answered, overdue; and what was told once before anything was accepted: one-time notices
 * that are out, and some that came back complete.
 *
 * The numbers are its own, so that all else in the demo city stays as it is.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner_plan.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/calendar/calendar.h"
#include "kernel/envelope/envelope.h"
#include "kernel/once/once.h"
#include "kernel/service/service.h"

#define MINUTE_MS INT64_C(60000)
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
#define PERSONS_MOST 5
#define NOTICE_DAYS 15 /* open days in which they were written */
#define NOTICES_OUT 3
#define BACK_MOST 2
#define LAW_BYTES 2000

enum place { DISTRICT, HOUSEHOLD, HEALTH, CITYHALL };

/* One envelope; days are open days before today, 0: it has not come to that. */
static const struct across {
    enum envelope_kind kind;
    enum place from, to;
    int sent, taken, ended, reply;
    enum envelope_step end;
    int persons;
    str subject, text, purpose, law, said; /* said: the answer, or why it is refused */
    str consent;
} rows[DEMO_ACROSS] = {
    { ENVELOPE_QUERY, DISTRICT, HOUSEHOLD, 9, 8, 6, 4, ENVELOPE_ANSWERED, 4,
      STR_INIT("低收入戶複查名單"), STR_INIT("請查明名單內各戶是否仍設籍本區。"),
      STR_INIT("低收入戶資格複查"), STR_INIT("社會救助法第 44 條之 3"),
      STR_INIT("均設籍本區，請參考各列說明。"), STR_INIT("") },
    { ENVELOPE_REFERRAL, DISTRICT, HEALTH, 5, 4, 0, 0, ENVELOPE_SENT, 2,
      STR_INIT("獨居長者血壓紀錄轉介"), STR_INIT("關懷訪視量測結果偏高，請安排衛教追蹤。"),
      STR_INIT("慢性病個案管理"), STR_INIT("當事人書面同意"), STR_INIT(""),
      STR_INIT("關懷訪視健康資料提供同意書") },
    { ENVELOPE_INTAKE, HOUSEHOLD, DISTRICT, 1, 0, 0, 0, ENVELOPE_SENT, 0,
      STR_INIT("代收敬老卡申請"), STR_INIT("民眾辦理遷入時一併申請，申請書已核對身分。"),
      STR_INIT("跨機關代收"), STR_INIT(""), STR_INIT(""), STR_INIT("") },
    { ENVELOPE_REFERRAL, CITYHALL, DISTRICT, 6, 0, 5, 0, ENVELOPE_REFUSED, 0,
      STR_INIT("人行道破損修復"), STR_INIT("市民反映人行道破損，請派員處理。"),
      STR_INIT("設施修復"), STR_INIT(""),
      STR_INIT("該路段屬市管道路，請移由養護工程處辦理。"), STR_INIT("") },
    { ENVELOPE_QUERY, HEALTH, HOUSEHOLD, 12, 11, 0, 4, ENVELOPE_SENT, 3,
      STR_INIT("幼兒預防接種催注名單"), STR_INIT("請查明是否已遷出本區。"),
      STR_INIT("預防接種追蹤"), STR_INIT("傳染病防治法第 27 條"), STR_INIT(""), STR_INIT("") },
    { ENVELOPE_QUERY, DISTRICT, CITYHALL, 8, 0, 0, 2, ENVELOPE_SENT, 1,
      STR_INIT("檔案調閱查詢"), STR_INIT("請查明早年調解書是否仍保存。"),
      STR_INIT("調解書補發"), STR_INIT("檔案法第 17 條"), STR_INIT(""), STR_INIT("") },
    { ENVELOPE_INTAKE, CITYHALL, HOUSEHOLD, 3, 2, 0, 0, ENVELOPE_SENT, 0,
      STR_INIT("代收英文戶籍謄本申請"), STR_INIT("市民至市府服務台送件，規費由貴所收取。"),
      STR_INIT("跨機關代收"), STR_INIT(""), STR_INIT(""), STR_INIT("") },
    { ENVELOPE_QUERY, HOUSEHOLD, HEALTH, 7, 6, 2, 1, ENVELOPE_ANSWERED, 2,
      STR_INIT("出生通報核對"), STR_INIT("請核對出生通報日期。"), STR_INIT("出生登記催告"),
      STR_INIT("戶籍法第 48 條"), STR_INIT("已核對，詳各列。"), STR_INIT("") },
};

static const struct question id_question = { .key = STR_INIT("id"), .type = Q_NATIONAL_ID };

static void swap(struct demo *d)
{
    struct demo_random usual = d->random;

    d->random = d->across;
    d->across = usual;
}

static struct envelope_person *persons_of(struct demo *d, struct arena *a, size_t count)
{
    struct envelope_person *list = ARENA_ARRAY(a, count + 1, struct envelope_person);

    for (size_t i = 0; list != NULL && i < count; i++) {
        str id = demo_person_answer(d, a, &id_question, STR("\"A123456789\""));

        list[i] = (struct envelope_person){
            .number = (int)i + 1, .name = demo_name(d, a),
            .national_id = str_slice(id, 1, id.len > 2 ? id.len - 2 : 0),
        };
    }
    return list;
}

/* What was done is brought to the other office within the same minute. */
static err carry(struct arena *a, struct tx *tx, struct demo *d, const struct envelope *e,
                 enum envelope_step step, int64_t at_ms)
{
    const struct envelope_carry brought = { e->agency, e->id, e->other_agency, step };
    struct envelope_post post;
    struct envelope_done *list;
    size_t count;
    bool known;

    TRY(envelope_steps(a, tx_snap(tx), d->keyring, e, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (list[i].step != step) {
            continue;
        }
        TRY(envelope_arrival(a, tx_snap(tx), d->keyring, e->other_agency, e->id, e->agency,
                             list[i].body, list[i].signature,
                             list[i].message.from.public_key, at_ms, &post, &known));
        if (!known) {
            TRY(envelope_step_put(a, tx, &post));
        }
    }
    return envelope_carried(a, tx, &brought);
}

static err put(struct arena *a, struct tx *tx, struct demo *d, const struct demo_office *o,
               struct envelope_post *post)
{
    struct envelope e;

    TRY(envelope_prepare(a, d->keyring, &o->agency, post));
    TRY(envelope_step_put(a, tx, post));
    TRY(envelope_load(a, tx_snap(tx), o->agency.id, post->envelope.id, &e));
    return carry(a, tx, d, &e, post->message.step, post->at_ms);
}

static err send(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s)
{
    const struct across *x = &rows[s->number];
    const struct demo_office *to = &d->offices[x->to];
    const struct staff *who = demo_staff(s->office, DUTY_OFFICER, 0);
    struct envelope_post post = {
        .envelope = { .agency = s->office->agency.id, .id = id_next(&d->ids, s->at_ms),
                      .other_agency = to->agency.id,
                      .other = { to->agency.key, to->agency.name,
                                 seal_public_key(a, d->keyring, to->agency.id) } },
        .message = { .step = ENVELOPE_SENT, .kind = x->kind, .subject = x->subject,
                     .text = x->text, .purpose = x->purpose, .law = x->law,
                     .reply_by = x->reply == 0 ? DAY_NONE
                                               : demo_open_before(d->wish->today, x->reply),
                     .health = x->consent.len > 0,
                     .consent = { STR("名單所列本人"), x->consent,
                                  day_at(s->at_ms) - 1 },
                     .persons_count = (size_t)x->persons },
        .at_ms = s->at_ms,
    };

    if (who == NULL) {
        return NULL;
    }
    swap(d);
    post.message.persons = persons_of(d, a, (size_t)x->persons);
    swap(d);
    if (post.message.persons == NULL) {
        return err_no_memory;
    }
    post.staff = who->id;
    post.envelope.unit = who->unit;
    d->sent[s->number] = post.envelope.id;
    return put(a, tx, d, s->office, &post);
}

static err step_by_receiver(struct arena *a, struct tx *tx, struct demo *d,
                            const struct demo_step *s, enum envelope_step step)
{
    const struct across *x = &rows[s->number];
    const struct staff *who = demo_staff(s->office, DUTY_OFFICER, 0);
    struct envelope_post post = {
        .at_ms = s->at_ms,
        .message = { .step = step, .reply_by = DAY_NONE,
                     .text = step == ENVELOPE_RECEIVED ? STR("") : x->said },
    };
    struct envelope_person answers[PERSONS_MOST];

    if (who == NULL || d->sent[s->number] == 0) {
        return NULL;
    }
    for (int i = 0; step == ENVELOPE_ANSWERED && i < x->persons; i++) {
        answers[i] = (struct envelope_person){
            .number = i + 1, .result = i % 3 == 2 ? RESULT_NOTHING : RESULT_FOUND,
            .answer = i % 3 == 2 ? STR("查無資料") : STR("資料相符"),
        };
        post.message.persons_count++;
    }
    post.message.persons = answers;
    post.staff = who->id;
    post.unit = step == ENVELOPE_RECEIVED ? who->unit : 0;
    TRY(envelope_load(a, tx_snap(tx), s->office->agency.id, d->sent[s->number],
                      &post.envelope));
    return put(a, tx, d, s->office, &post);
}

static err take(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s)
{
    return step_by_receiver(a, tx, d, s, ENVELOPE_RECEIVED);
}

static err finish(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s)
{
    return step_by_receiver(a, tx, d, s, rows[s->number].end);
}

/* ---- one-time notices ---- */

static str law_of(struct arena *a, const struct service *s)
{
    struct buf b;

    buf_init(&b, a, LAW_BYTES);
    for (size_t i = 0; i < s->law_articles_count; i++) {
        buf_put_z(&b, i > 0 ? "\n" : "");
        buf_put(&b, s->law_articles[i].in[LANG_ZH]);
    }
    return b.len > 0 ? buf_str(&b) : s->law.in[LANG_ZH];
}

/* The first papers that people bring themselves. */
static size_t missing_of(const struct service *s, struct once_missing *list, size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < s->papers_count && n < most; i++) {
        if (!s->papers[i].looked_up && s->papers[i].lookup.len == 0) {
            list[n++] = (struct once_missing){ ONCE_PAPER, s->papers[i].key };
        }
    }
    return n;
}

static err notice(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s,
                  const struct service *service, const struct staff *who, int64_t *ret_id)
{
    struct once_wish w = {
        .notice = { .agency = s->office->agency.id, .service = service->key,
                    .service_version = service->version, .law = law_of(a, service),
                    .channel = CHANNEL_COUNTER, .lang = LANG_ZH, .unit = who->unit,
                    .staff = who->id, .at_ms = s->at_ms },
        .prefix = s->office->agency.case_prefix,
    };
    struct once_notice made;

    w.missing_count = missing_of(service, w.missing, 2);
    if (w.missing_count == 0) {
        return NULL;
    }
    TRY(once_prepare(a, d->keyring, &d->ids, &w));
    *ret_id = w.notice.id;
    return once_issue(a, tx, &w, &made);
}

/* Of a matter that was complete some days later. */
static err tell_once(struct arena *a, struct tx *tx, struct demo *d,
                     const struct demo_step *s)
{
    return notice(a, tx, d, s, s->c->service, s->c->officer, &s->c->once);
}

static err come_back(struct arena *a, struct tx *tx, struct demo *d,
                     const struct demo_step *s)
{
    const struct actor who = { .agency = s->office->agency.id,
                               .staff = s->c->officer->id };

    return s->c->once == 0 ? NULL
                           : once_back(a, tx, &who, s->at_ms, s->c->once, ONCE_BACK_COUNTER,
                                       s->c->wish.id);
}

/* Nobody has come back with it yet. */
static err tell_only(struct arena *a, struct tx *tx, struct demo *d,
                     const struct demo_step *s)
{
    size_t all = catalog_count(s->office->catalog, "service");
    struct once_missing some[1];
    int64_t id;

    for (size_t i = 0; i < all; i++) {
        const struct service *one = catalog_at(s->office->catalog, "service",
                                               (i + (size_t)s->number * 5) % all);
        const struct staff *who = demo_staff(s->office, DUTY_OFFICER, 0);

        for (size_t n = 0; n < s->office->units_count; n++) {
            if (str_equal(s->office->units[n].key, one->unit)) {
                who = demo_staff(s->office, DUTY_OFFICER, s->office->units[n].id);
            }
        }
        if (who != NULL && one->counter && one->depth == DEPTH_FULL &&
            missing_of(one, some, 1) == 1) {
            return notice(a, tx, d, s, one, who, &id);
        }
    }
    return NULL;
}

/* ---- planning ---- */

static void at(struct demo *d, struct demo_plan *p, struct demo_step step, int open_days,
               int minute)
{
    step.what = DEMO_MORE;
    step.at_ms = day_begins_ms(demo_open_before(d->wish->today, open_days)) +
                 minute * MINUTE_MS;
    demo_step_add(d, p, step);
}

/* Of those who came to the counter in the last weeks some had been there before. */
static void notices_back(struct demo *d, struct demo_plan *p, struct demo_office *o)
{
    size_t count = p->steps_count;
    int n = 0;

    for (size_t i = 0; i < count && n < BACK_MOST; i++) {
        const struct demo_step *s = &p->steps[i];
        struct once_missing some[1];

        if (s->what != DEMO_RECEIVE || s->c->office != o || s->c->in_scene ||
            s->c->channel != CHANNEL_COUNTER ||
            day_at(s->at_ms) < demo_open_before(d->wish->today, NOTICE_DAYS) ||
            missing_of(s->c->service, some, 1) == 0) {
            continue;
        }
        struct demo_step back = { .what = DEMO_MORE, .c = s->c, .office = o,
                                  .at_ms = s->at_ms + MINUTE_MS / 2, .run = come_back };
        struct demo_step told = { .what = DEMO_MORE, .c = s->c, .office = o,
                                  .run = tell_once };

        told.at_ms = day_begins_ms(demo_open_before(day_at(s->at_ms), 1)) +
                     (615 + n * 40) * MINUTE_MS;
        demo_step_add(d, p, told);
        demo_step_add(d, p, back);
        n++;
    }
}

void demo_across(struct demo *d, struct demo_plan *p)
{
    for (size_t i = 0; i < DEMO_ACROSS; i++) {
        const struct across *x = &rows[i];
        struct demo_step s = { .office = &d->offices[x->from], .number = (int)i,
                               .run = send };

        at(d, p, s, x->sent, 590 + (int)i * 7);
        s.office = &d->offices[x->to];
        s.run = take;
        if (x->taken > 0) {
            at(d, p, s, x->taken, 640 + (int)i * 7);
        }
        s.run = finish;
        if (x->ended > 0) {
            at(d, p, s, x->ended, 910 + (int)i * 7);
        }
    }
    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        notices_back(d, p, &d->offices[i]);
        for (int n = 0; n < NOTICES_OUT; n++) {
            at(d, p, (struct demo_step){ .office = &d->offices[i], .number = n,
                                         .run = tell_only }, 2 + n * 3, 600 + n * 45);
        }
    }
}
