/* demo_daily — the last weeks of the offices day by day: services counted in two keys,
 * sheets closed and paid in, what was decided looked at again, who waits too long told;
 * sheets on the walls, papers that go round, numbers of other systems, services looked
 * at again.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner_plan.h"
#include "base/arena.h"
#include "feature/sheets/sheets_store.h"
#include "feature/upkeep/upkeep_store.h"
#include "host/store/store.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/circulation/circulation.h"
#include "kernel/fee/cash.h"
#include "kernel/office/office.h"
#include "kernel/review/review.h"
#include "kernel/service/service.h"
#include "kernel/tally/tally.h"

#define MINUTE_MS INT64_C(60000)
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
#define STROKES_A_DAY 9
#define STROKE_DAYS 8
#define REVIEW_DAYS 6
#define REVIEWS_A_DAY 2
#define TELL_MOST 200
#define YEAR_DAYS 365

/* ---- two keys ---- */

static const struct service *service_of_depth(const struct demo *d,
                                              const struct demo_office *o, int n)
{
    size_t all = catalog_count(o->catalog, "service");

    for (size_t i = 0; i < all; i++) {
        const struct service *s =
            catalog_at(o->catalog, "service", (i + (size_t)n * 7) % all);

        if (s->depth == DEPTH_SHORT && service_stands(s, d->wish->today).state ==
                                           SERVICE_OPEN) {
            return s;
        }
    }
    return NULL;
}

static int64_t unit_of(const struct demo_office *o, str key)
{
    for (size_t i = 0; i < o->units_count; i++) {
        if (str_equal(o->units[i].key, key)) {
            return o->units[i].id;
        }
    }
    return o->units[0].id;
}

static err stroke(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s)
{
    const struct service *service = service_of_depth(d, s->office, s->number);
    const struct staff *who;
    struct tally t;

    if (service == NULL) {
        return NULL;
    }
    t = (struct tally){
        .agency = s->office->agency.id, .id = id_next(&d->ids, s->at_ms),
        .kind = TALLY_SHORT, .service = service->key, .service_version = service->version,
        .result = s->number % 11 == 5 ? TALLY_NOT_DONE : TALLY_DONE,
        .told = s->number % 11 == 5, .channel = CHANNEL_COUNTER,
        .month = tally_month_of(day_at(s->at_ms)), .amount = 1,
        .unit = unit_of(s->office, service->unit), .at_ms = s->at_ms,
    };
    who = demo_staff(s->office, DUTY_OFFICER, t.unit);
    t.staff = who == NULL ? 0 : who->id;
    return who == NULL ? NULL : tally_stroke(a, tx, &t);
}

/* The number of a month out of another system. */
static err bring(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s)
{
    const struct staff *who = demo_staff(s->office, DUTY_OFFICER, 0);

    for (size_t i = 0; i < catalog_count(s->office->catalog, "service"); i++) {
        const struct service *one = catalog_at(s->office->catalog, "service", i);
        struct tally t = {
            .agency = s->office->agency.id, .id = id_next(&d->ids, s->at_ms),
            .kind = TALLY_BROUGHT, .service = one->key, .service_version = one->version,
            .channel = one->elsewhere.url.len > 0 ? CHANNEL_ONLINE : CHANNEL_COUNTER,
            .month = tally_month_of(day_at(s->at_ms)) - 1,
            .amount = 60 + (int64_t)(i * 37 % 90) + s->number * 3,
            .source = one->elsewhere.system.in[LANG_ZH],
            .unit = unit_of(s->office, one->unit),
            .staff = who == NULL ? 0 : who->id, .at_ms = s->at_ms,
        };
        int64_t before;

        bool brought = one->depth == DEPTH_ELSEWHERE || one->depth == DEPTH_COUNT_ONLY ||
                       one->elsewhere.url.len > 0;

        if (who == NULL || !brought) {
            continue;
        }
        if (t.source.len == 0) {
            t.source = STR("人工統計");
        }
        TRY(tally_bring(a, tx, &t, id_next(&d->ids, s->at_ms), &before));
    }
    return NULL;
}

/* ---- money ---- */

static err close_sheet(struct arena *a, struct tx *tx, struct demo *d,
                       const struct demo_step *s, int64_t of, int64_t by)
{
    struct fee_closing w = { .now_ms = s->at_ms };
    int64_t agency = s->office->agency.id;

    TRY(fee_sheet_open(a, tx_snap(tx), agency, of, day_at(s->at_ms), &w.sheet));
    if (w.sheet.receipts_count == 0) {
        return NULL;
    }
    TRY(actor_load(a, tx_snap(tx), agency, by, day_at(s->at_ms), &w.who));
    w.sheet.id = id_next(&d->ids, s->at_ms);
    w.sheet.cash_counted = w.sheet.cash_sum;
    TRY(fee_closing_prepare(a, d->keyring, &w));
    return fee_closing_commit(a, tx, &w);
}

/* Each his own; 出納 also that of the program, for what came on line. */
static err close_sheets(struct arena *a, struct tx *tx, struct demo *d,
                        const struct demo_step *s)
{
    const struct demo_office *o = s->office;
    const struct staff *cashier = demo_staff(o, DUTY_CASHIER, 0);

    for (size_t i = 0; i < o->staff_count; i++) {
        TRY(close_sheet(a, tx, d, s, o->staff[i].id, o->staff[i].id));
    }
    return cashier == NULL ? NULL : close_sheet(a, tx, d, s, 0, cashier->id);
}

/* 出納 pays in what the others have closed. */
static err pay_in(struct arena *a, struct tx *tx, struct demo *d, const struct demo_step *s)
{
    const struct demo_office *o = s->office;
    const struct staff *cashier = demo_staff(o, DUTY_CASHIER, 0);
    day today = day_at(s->at_ms);
    struct fee_sheet *list;
    struct actor who;
    size_t count;

    if (cashier == NULL) {
        return NULL;
    }
    TRY(actor_load(a, tx_snap(tx), o->agency.id, cashier->id, today, &who));
    TRY(fee_sheet_list(a, tx_snap(tx), o->agency.id, today - 14, today, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (list[i].slip_number.len > 0 || list[i].staff == cashier->id) {
            continue;
        }
        TRY(fee_slip(a, tx, &who, s->at_ms, list[i].id,
                     str_format(a, "%d-%04d", day_roc_year(today), ++d->slips), today));
    }
    return NULL;
}

/* ---- what was decided, and who waits too long ---- */

static err review_some(struct arena *a, struct tx *tx, struct demo *d,
                       const struct demo_step *s)
{
    const struct staff *who = demo_staff(s->office, DUTY_COORDINATOR, 0);
    struct review_case *list;
    size_t count, done = 0;

    TRY(review_day_list(a, tx_snap(tx), s->office->agency.id, day_at(s->at_ms), &list,
                        &count));
    for (size_t i = 0; who != NULL && i < count && done < REVIEWS_A_DAY; i++) {
        struct review r = {
            .agency = s->office->agency.id, .casefile = list[i].id, .turn = 1,
            .outcome = s->number == 1 && done == 0 ? REVIEW_FINDING : REVIEW_IN_ORDER,
            .staff = who->id, .at_ms = s->at_ms, .unit = list[i].unit,
            .recorded = SAY("Granted"),
        };
        struct mistakes m;

        if (list[i].officer == who->id || list[i].proposer == who->id) {
            continue;
        }
        r.note = r.outcome == REVIEW_FINDING ? STR("發文日期與核定日期不一致，請更正。")
                                             : STR("");
        mistakes_init(&m, a);
        TRY(review_prepare(a, d->keyring, &r, &m));
        TRY(review_put(a, tx, &r));
        done++;
    }
    return NULL;
}

static err tell_late(struct arena *a, struct tx *tx, struct demo *d,
                     const struct demo_step *s)
{
    struct case_slice slice;

    return casefile_tell_slice(a, tx, calendar_official(), s->office->agency.id,
                               usual_terms_of(s->office->catalog, NULL).warn, TELL_MOST,
                               s->at_ms, &slice);
}

/* ---- walls, papers, looks ---- */

static const str places[] = {
    STR_INIT("一樓大廳公告欄"), STR_INIT("一樓 3 號櫃台左側"), STR_INIT("服務台"),
    STR_INIT("二樓等候區"),     STR_INIT("哺集乳室旁公布欄"),  STR_INIT("里辦公處公布欄"),
};

static err hang_up(struct arena *a, struct tx *tx, struct demo *d,
                   const struct demo_step *s)
{
    const struct staff *who = demo_staff(s->office, DUTY_COORDINATOR, 0);
    size_t all = catalog_count(s->office->catalog, "service");

    for (size_t i = 0; who != NULL && i < COUNT(places) && i < all; i++) {
        const struct service *one = catalog_at(s->office->catalog, "service", i * 3 % all);
        struct posting p = {
            .agency = s->office->agency.id, .id = id_next(&d->ids, s->at_ms),
            .service = one->key,
            .sheet = i % 2 == 0 && one->counter ? STR("sop-counter") : STR("guide"),
            .version = one->version, .place = places[i], .staff = who->id,
            .at_ms = s->at_ms,
        };

        p.title = str_format(a, "%.*s：%s", STR_ARG(one->name.in[LANG_ZH]),
                             i % 2 == 0 && one->counter ? "標準作業程序" : "申辦須知");
        TRY(posting_put(a, tx, &p));
    }
    return NULL;
}

static const struct {
    enum circulation_kind kind;
    str title, text;
    int days_ago, reads;
} rounds[] = {
    { CIRCULATION_LAW, STR_INIT("行政程序法期間計算重點整理"),
      STR_INIT("期間以日計者始日不計；末日為休息日者以休息日之次日代之。請各課室同仁詳閱。"), 12,
      100 },
    { CIRCULATION_COMMENDATION, STR_INIT("市民來信感謝櫃台同仁"),
      STR_INIT("市民來信表示一次告知清楚，一趟就辦好，特此傳閱並致謝。"), 6, 70 },
    { CIRCULATION_CHECK, STR_INIT("本月電話服務抽測結果"),
      STR_INIT("平均 87.2 分，結束用語仍有改善空間，請各課室於課務會議宣導。"), 3, 40 },
    { CIRCULATION_LIST, STR_INIT("連續假期輪值名單"),
      STR_INIT("請確認輪值日期，如需調整請於三日內告知研考。"), 1, 15 },
};

/* Who reads does so the same afternoon. */
static err go_round(struct arena *a, struct tx *tx, struct demo *d,
                    const struct demo_step *s)
{
    const struct demo_office *o = s->office;
    const struct staff *who = demo_staff(o, DUTY_COORDINATOR, 0);
    struct circulation_reader *readers;
    struct circulation c = {
        .agency = o->agency.id, .kind = rounds[s->number].kind,
        .title = rounds[s->number].title, .text = rounds[s->number].text,
        .due = calendar_working_due(calendar_official(), day_at(s->at_ms), 10),
        .at_ms = s->at_ms,
    };
    int64_t units[32];
    size_t units_count = 0, count;

    if (who == NULL) {
        return NULL;
    }
    c.id = id_next(&d->ids, s->at_ms);
    c.sender = who->id;
    for (size_t i = 0; i < o->units_count && i < COUNT(units); i++) {
        units[units_count++] = o->units[i].id;
    }
    TRY(circulation_readers_of(a, o->staff, o->staff_count, NULL, 0, units, units_count,
                               who->id, &readers, &count));
    TRY(circulation_seal(a, d->keyring, &c));
    TRY(circulation_send(a, tx, &c, readers, count));
    for (size_t i = 0; i < count; i++) {
        if (demo_chance(&d->aside, rounds[s->number].reads)) {
            TRY(circulation_read(a, tx, o->agency.id, c.id, readers[i].staff, s->at_ms));
        }
    }
    return NULL;
}

static const str found[] = {
    STR_INIT("書證已減至最少，期限與實際辦理天數相符，維持現行作法。"),
    STR_INIT("戶籍資料改由本機關查調，民眾免附；其餘維持。"),
    STR_INIT("流程中重複核對一次，擬刪除，下次修正時一併調整。"),
};

static err look_again(struct arena *a, struct tx *tx, struct demo *d,
                      const struct demo_step *s)
{
    const struct staff *who = demo_staff(s->office, DUTY_COORDINATOR, 0);
    size_t all = catalog_count(s->office->catalog, "service");

    for (size_t i = 0; who != NULL && i < 6 && i < all; i++) {
        const struct service *one = catalog_at(s->office->catalog, "service", i * 4 % all);
        struct upkeep_kept l = {
            .agency = s->office->agency.id, .id = id_next(&d->ids, s->at_ms),
            .service = one->key, .version = one->version, .changes = i % 3 == 2,
            .found = found[i % 3], .staff = who->id, .at_ms = s->at_ms,
            .next_day = day_at(s->at_ms) + (i == 1 ? 20 : YEAR_DAYS),
        };

        TRY(upkeep_look_put(a, tx, &l));
    }
    return NULL;
}

/* ---- planning ---- */

static void at(struct demo *d, struct demo_plan *p, struct demo_office *o, day on,
               int minute, int number, demo_run *run)
{
    demo_step_add(d, p, (struct demo_step){ .at_ms = day_begins_ms(on) + minute * MINUTE_MS,
                                            .what = DEMO_MORE, .office = o,
                                            .number = number, .run = run });
}

static void one_day(struct demo *d, struct demo_plan *p, struct demo_office *o, day on,
                    int back)
{
    if (back <= DEMO_MONEY_DAYS) {
        at(d, p, o, on, 1050, 0, close_sheets);
        at(d, p, o, on, 570, 0, pay_in);
    }
    if (back <= STROKE_DAYS) {
        for (int i = 0; i < STROKES_A_DAY; i++) {
            at(d, p, o, on, 500 + i * 55 + demo_between(&d->aside, 0, 40),
               back * STROKES_A_DAY + i, stroke);
        }
    }
    if (back <= REVIEW_DAYS) {
        at(d, p, o, on, 1055, back, review_some);
    }
    at(d, p, o, on, 485, 0, tell_late);
}

void demo_daily(struct demo *d, struct demo_plan *p, struct demo_office *o)
{
    day today = d->wish->today;
    struct civil c = day_civil(today);
    int back = 0;

    for (day on = today - 1; back < DEMO_DAILY_DAYS; on--) {
        if (calendar_is_open(calendar_official(), on)) {
            one_day(d, p, o, on, ++back);
        }
    }
    for (int month = 0; month < 3; month++) {
        at(d, p, o, day_of(c.year - (c.month <= month), (c.month + 11 - month) % 12 + 1, 5),
           610, month, bring);
    }
    at(d, p, o, demo_open_before(today, 30), 560, 0, hang_up);
    at(d, p, o, demo_open_before(today, 25), 565, 0, look_again);
    for (size_t i = 0; i < COUNT(rounds); i++) {
        at(d, p, o, demo_open_before(today, rounds[i].days_ago), 870, (int)i, go_round);
    }
}
