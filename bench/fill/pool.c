/* pool — which services there are, and answers for them. A set of answers is read and
 * checked by its form once; each case gets one of the sets with a person of its own in it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "fill.h"

#define CASES_A_PERSON 3 /* people come again */

/* The district office has as much to do as the others together. */
static const int office_weight[DEMO_OFFICES] = { 50, 22, 16, 12 };

static int64_t unit_of(const struct demo_office *o, str key)
{
    for (size_t i = 0; i < o->units_count; i++) {
        if (str_equal(o->units[i].key, key)) {
            return o->units[i].id;
        }
    }
    return 0;
}

/* Files are left out: each would be one of its own. */
static void without_files(struct answers *answers)
{
    for (size_t i = 0; i < answers->count; i++) {
        if (answers->list[i].question->type == Q_FILE) {
            answers->list[i].visible = false;
        }
    }
}

static err service_add(struct fill *f, struct demo_office *o, const struct service *s)
{
    struct fill_service *of = &f->services[f->services_count];
    enum level level;
    bool good;

    *of = (struct fill_service){
        .office = o, .service = s, .unit = unit_of(o, s->unit),
        .weight = office_weight[o - f->demo->offices],
    };
    if (of->unit == 0 || demo_officer(f->demo, o, of->unit) == NULL) {
        return NULL;
    }
    TRY(authority_level(o->catalog, s->matter, &level));
    of->plan = service_plan(o->catalog, s, level);
    for (size_t i = 0; i < FILL_POOL; i++) {
        TRY(demo_answers_plain(f->demo, f->arena, s, f->demo->begin_ms, &of->pool[i],
                               &good));
        if (!good) {
            return NULL;
        }
        without_files(&of->pool[i]);
    }
    f->weights += of->weight;
    f->services_count++;
    return NULL;
}

err fill_services(struct fill *f)
{
    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        struct demo_office *o = &f->demo->offices[i];

        for (size_t n = 0; n < catalog_count(o->catalog, "service"); n++) {
            const struct service *s = catalog_at(o->catalog, "service", n);

            if (s->depth == DEPTH_FULL && f->services_count < FILL_MOST_SERVICES) {
                TRY(service_add(f, o, s));
            }
        }
    }
    if (f->services_count == 0) {
        FAIL(f->arena, ERR_BROKEN, SAY("There is no service here yet."), STR(""), "none");
    }
    return NULL;
}

const struct fill_service *fill_pick(struct fill *f)
{
    int left = demo_between(&f->demo->random, 1, f->weights);

    for (size_t i = 0;; i++) {
        left -= f->services[i].weight;
        if (left <= 0) {
            return &f->services[i];
        }
    }
}

err fill_answers(struct fill *f, struct arena *a, const struct fill_service *of,
                 struct answers *ret)
{
    struct demo *d = f->demo;
    uint64_t after, people = (uint64_t)f->cases / CASES_A_PERSON + 1;
    const struct answers *from = &of->pool[demo_between(&d->random, 0, FILL_POOL - 1)];
    struct demo_random person = { f->seed + demo_next(&d->random) % people };

    ret->form = from->form;
    ret->count = from->count;
    ret->list = ARENA_ARRAY(a, from->count, struct answer);
    if (ret->list == NULL) {
        return err_no_memory;
    }
    after = d->random.state;
    d->random.state = demo_next(&person);
    for (size_t i = 0; i < from->count; i++) {
        struct answer *x = &ret->list[i];

        *x = from->list[i];
        if (x->visible && !str_is_empty(x->json)) {
            x->json = demo_person_answer(d, a, x->question, x->json);
        }
    }
    d->random.state = after;
    return arena_failed(a) ? err_no_memory : NULL;
}
