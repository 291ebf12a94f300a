/* bench-fill — fills an instance that `bianmin init` has just made, on either engine:
 *
 *   bench-fill --data DIR --cases N [--seed S] [--today YYYY-MM-DD]
 *
 * Passwords of the people go to DIR/passwords; numbers and codes of some closed cases of
 * all the years to DIR/followed: office TAB number TAB code TAB service TAB state.
 * Prints name<TAB>value. The same seed and day give the same city but for codes and keys.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "fill.h"
#include "host/clock/clock.h"
#include "host/seal/seal.h"
#include "kernel/calendar/calendar.h"

#include <stdio.h>
#include <stdlib.h>

/* Ids begin with 2020: six years are what there is. */
enum { FOLLOWED = 128, FEW_CASES = 20000, FEW_YEARS = 2, MANY_YEARS = 6, YEAR_DAYS = 365 };
#define MINUTE_MS INT64_C(60000)
#define BATCH_BYTES ((size_t)1 << 30)

struct followed {
    struct buf lines;
    int64_t count;
};

static void die(err e)
{
    if (e != NULL) {
        fprintf(stderr, "bench-fill: %s: %.*s (%s)\n", e->say.id, STR_ARG(e->why), e->at);
        exit(1);
    }
}

/* ---- batches: one is written while the next is made ---- */

static void batch_done(void *context, err result)
{
    struct fill_batch *b = context;

    die(result);
    sem_post(&b->free);
}

static void batch_init(struct fill *f, struct fill_batch *b)
{
    b->fill = f;
    b->arena = arena_new(BATCH_BYTES);
    b->mark = arena_mark(b->arena);
    b->steps = calloc(FILL_BATCH_STEPS, sizeof(*b->steps));
    sem_init(&b->free, 0, 1);
    if (b->steps == NULL) {
        die(err_no_memory);
    }
}

static struct fill_batch *batch_now(struct fill *f)
{
    return &f->batches[f->turn];
}

static void batch_begin(struct fill *f)
{
    struct fill_batch *b = batch_now(f);

    while (sem_wait(&b->free) != 0) {
    }
    arena_reset(b->arena, b->mark);
    b->mark = arena_mark(b->arena);
    b->cases_count = b->steps_count = 0;
}

static void batch_hand_over(struct fill *f)
{
    struct fill_batch *b = batch_now(f);

    b->commit = (struct commit){ .agency = AGENCY_CITY, .arena = b->arena,
                                 .run = fill_put_run, .done = batch_done, .context = b };
    die(store_submit(f->demo->store, &b->commit));
    f->turn = 1 - f->turn;
    batch_begin(f);
}

static void step_add(struct fill *f, const struct fill_step *s)
{
    struct fill_batch *b = batch_now(f);

    if (b->steps_count == FILL_BATCH_STEPS) {
        batch_hand_over(f);
        b = batch_now(f);
    }
    b->steps[b->steps_count++] = *s;
    f->events++;
}

/* ---- a case ---- */

static int64_t serial_next(struct fill *f, int64_t agency, int year)
{
    size_t i = 0;

    while (i < f->serials_count &&
           (f->serials[i].agency != agency || f->serials[i].year != year)) {
        i++;
    }
    if (i == f->serials_count) {
        f->serials[f->serials_count++] = (struct serial){ agency, year, 0 };
    }
    return ++f->serials[i].last;
}

/* Some that went their way, as many a year as another. */
static void follow(struct fill *f, struct followed *some, const struct fill_case *c)
{
    if (c->is_plain && f->made * FOLLOWED >= some->count * f->cases &&
        some->count < FOLLOWED) {
        some->count++;
        buf_format(&some->lines, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n",
                   STR_ARG(c->of->office->key), STR_ARG(c->number), STR_ARG(c->wish.code),
                   STR_ARG(c->of->service->key), STR_ARG(case_state_key[c->now.state]));
    }
}

static void one_case(struct fill *f, struct followed *some, int64_t at_ms)
{
    struct fill_batch *b = batch_now(f);
    struct fill_case *c = ARENA_NEW(b->arena, struct fill_case);
    struct fill_step receipt = { .at_ms = at_ms, .is_receipt = true };
    int year = day_roc_year(day_at(at_ms));

    if (c == NULL) {
        die(err_no_memory);
    }
    die(fill_tell(f, b->arena, at_ms, c));
    c->number = case_number(b->arena, c->wish.number_prefix, year,
                            serial_next(f, c->wish.agency, year));
    receipt.agency = c->wish.agency;
    receipt.id = c->wish.id;
    receipt.body = case_received_body(b->arena, &c->wish, c->number);
    b->cases[b->cases_count++] = c;
    step_add(f, &receipt);
    for (size_t i = 0; i < c->acts_count; i++) {
        c->acts[i].order = f->order++;
        heap_add(&f->heap, &c->acts[i]);
    }
    f->made++;
    f->open += c->now.is_open ? 1 : 0;
    follow(f, some, c);
}

static void happen_before(struct fill *f, int64_t ms)
{
    struct fill_step s;

    while (heap_take(&f->heap, ms, &s)) {
        step_add(f, &s);
    }
}

/* ---- days ---- */

static int by_number(const void *left, const void *right)
{
    int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;

    return (l > r) - (l < r);
}

/* People write online on a Sunday too, but not as many. */
static int weight_of(day on)
{
    return calendar_is_open(calendar_official(), on) ? 10 : 2;
}

static void one_day(struct fill *f, struct followed *some, day on, int64_t count)
{
    int64_t *at = calloc((size_t)count + 1, sizeof(*at));

    if (at == NULL) {
        die(err_no_memory);
    }
    for (int64_t i = 0; i < count; i++) {
        at[i] = day_begins_ms(on) + demo_between(&f->demo->random, 420, 1350) * MINUTE_MS +
                demo_between(&f->demo->random, 0, 59999);
    }
    qsort(at, (size_t)count, sizeof(*at), by_number);
    for (int64_t i = 0; i < count; i++) {
        /* Here, so that what is of the case lies in one batch. */
        if (batch_now(f)->cases_count == FILL_BATCH ||
            batch_now(f)->steps_count + 1000 > FILL_BATCH_STEPS) {
            batch_hand_over(f);
        }
        happen_before(f, at[i]);
        if (batch_now(f)->steps_count == FILL_BATCH_STEPS) {
            batch_hand_over(f);
        }
        one_case(f, some, at[i]);
    }
    free(at);
}

static void all_days(struct fill *f, struct followed *some)
{
    day first = f->demo->wish->today - f->days, today = f->demo->wish->today;
    int64_t all = 0, seen = 0;
    int told = 0;

    for (day on = first; on < today; on++) {
        all += weight_of(on);
    }
    for (day on = first; on < today; on++) {
        seen += weight_of(on);
        one_day(f, some, on, f->cases * seen / all - f->made);
        if (f->made * 10 / f->cases > told) {
            told = (int)(f->made * 10 / f->cases);
            fprintf(stderr, "bench-fill: %lld cases\n", (long long)f->made);
        }
    }
    happen_before(f, INT64_MAX);
    batch_hand_over(f);
    f->turn = 1 - f->turn;
    batch_begin(f); /* the last one is written */
}

/* ---- the whole ---- */

static int64_t number_of(struct line *l, const char *name, int64_t otherwise)
{
    const char *text = line_option(l, name);
    int64_t n = otherwise;

    if (text != NULL && (!str_to_int(str_of(text), &n) || n < 1)) {
        fprintf(stderr, "bench-fill: %s wants a number\n", name);
        exit(2);
    }
    return n;
}

static void fill_all(struct fill *f, struct instance *x, const struct demo_wish *wish)
{
    struct followed some = { .count = 0 };

    f->days = (f->cases <= FEW_CASES ? FEW_YEARS : MANY_YEARS) * YEAR_DAYS;
    buf_init(&some.lines, f->arena, 1 << 20);
    die(demo_begin(f->arena, x->store, x->keyring, wish, f->days, &f->demo));
    die(demo_passwords_write(f->demo));
    f->demo->random.state = f->seed;
    die(fill_services(f));
    die(fill_put_start(f));
    batch_init(f, &f->batches[0]);
    batch_init(f, &f->batches[1]);
    batch_begin(f);
    all_days(f, &some);
    die(fill_serials_put(f));
    die(fill_late_tell(f));
    die(demo_file(f->arena, str_z(f->arena, str_format(f->arena, "%s/followed", x->folder)),
                  buf_str(&some.lines)));
}

int main(int argc, char **argv)
{
    static struct fill f;
    struct arena *a = arena_new((size_t)1 << 30);
    struct line l = { .arena = a, .count = argc - 1, .words = (const char **)argv + 1 };
    struct demo_wish wish = { .today = day_at(clock_now_ms()) };
    struct instance x = { 0 };
    const char *today, *data = line_option(&l, "--data");
    int64_t began = clock_steady_ns();

    f = (struct fill){ .arena = a, .cases = number_of(&l, "--cases", 10000),
                       .seed = (uint64_t)number_of(&l, "--seed", 20260301) };
    today = line_option(&l, "--today");
    if (data == NULL || (today != NULL && !day_from_iso(str_of(today), &wish.today)) ||
        !line_is(&l, 0, "bench-fill --data DIR --cases N [--seed S] [--today DAY]")) {
        return 2;
    }
    die(seal_start(a));
    wish.passwords = str_z(a, str_format(a, "%s/passwords", data));
    die(instance_open(a, data, false, &x));
    die(instance_start(&x));
    fill_all(&f, &x, &wish);
    printf("engine\t%s\nseed\t%llu\ncases\t%lld\nopen\t%lld\nevents\t%lld\nyears\t%d\n",
           store_engine(x.store), (unsigned long long)f.seed, (long long)f.made,
           (long long)f.open, (long long)f.events, f.days / YEAR_DAYS);
    instance_close(&x);
    printf("seconds\t%.1f\n", (double)(clock_steady_ns() - began) / 1e9);
    arena_free(a);
    return 0;
}
