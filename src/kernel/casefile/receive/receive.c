/* receive — an application is made ready: sealed, masked, findable, with its secret code.
 *
 * Everything that may not differ between two runs of a commit is made here.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/assign/assign.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/receive/receive.h"

#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"

#define CODE_SIGNS 12
#define SALT_BYTES 16
#define ANSWERS_BYTES ((size_t)4 << 20)

static const char *const find_kind_name[] = {
    [FIND_NONE] = "",           [FIND_NAME] = "name",
    [FIND_NATIONAL_ID] = "national_id", [FIND_TELEPHONE] = "telephone",
    [FIND_EMAIL] = "email",     [FIND_HOUSEHOLD] = "household",
};

/* Free text may hold anything about anybody. */
static bool is_personal(const struct question *q)
{
    return q->personal || q->type == Q_PARAGRAPH;
}

static bool is_kept(const struct answer *x)
{
    return x->visible && !str_is_empty(x->json);
}

static err answer_seal(struct arena *a, const struct keyring *k, const struct case_wish *w,
                       const struct answer *x, struct sealed_answer *ret)
{
    const struct question *q = x->question;
    struct seal_place place = { w->agency, w->id, "case_answer", str_z(a, q->key) };
    str find;

    ret->question = q->key;
    ret->blind_kind = "";
    if (is_personal(q)) {
        ret->masked = answer_mask(a, x);
        TRY(seal_close(a, k, place, x->json, &ret->sealed));
    } else {
        ret->plain = x->json;
    }
    find = answer_find_value(a, x);
    if (!str_is_empty(find)) {
        ret->blind_kind = find_kind_name[q->find];
        ret->blind = seal_blind(a, k, w->agency, ret->blind_kind, find);
    }
    return NULL;
}

/* The cells of rows by which somebody may be found. */
struct finding {
    struct arena *arena;
    const struct keyring *keyring;
    struct case_wish *wish;
    str question;
    struct sealed_answer *list;
    size_t count, most;
};

static void find_add(void *context, enum find_kind kind, str value)
{
    struct finding *f = context;
    struct sealed_answer *s = f->count < f->most ? &f->list[f->count] : NULL;
    const char *name = find_kind_name[kind];
    str blind;

    if (s == NULL) {
        return;
    }
    blind = seal_blind(f->arena, f->keyring, f->wish->agency, name, value);
    for (size_t i = 0; i < f->count; i++) {
        if (f->list[i].blind_kind == name && str_equal(f->list[i].blind, blind) &&
            str_equal(f->list[i].question, f->question)) {
            return; /* the same person twice */
        }
    }
    *s = (struct sealed_answer){ .question = f->question, .blind = blind,
                                 .blind_kind = name };
    f->count++;
}

#define FINDS_MOST 200

static err finds_collect(struct arena *a, const struct keyring *k,
                         const struct answers *answers, struct case_wish *w)
{
    struct finding f = { .arena = a, .keyring = k, .wish = w };

    for (size_t i = 0; i < answers->count; i++) {
        const struct answer *x = &answers->list[i];

        if (x->question->type != Q_ROWS || !is_kept(x)) {
            continue;
        }
        if (f.list == NULL) {
            f.most = FINDS_MOST;
            f.list = ARENA_ARRAY(a, f.most, struct sealed_answer);
        }
        if (f.list == NULL) {
            return err_no_memory;
        }
        f.question = x->question->key;
        answer_find_each(a, x, find_add, &f);
    }
    w->finds = f.list;
    w->finds_count = f.count;
    return NULL;
}

/* {"file":"<id>",…} or a list of them. */
static size_t files_in(const struct json *j, str question, struct case_file *out)
{
    size_t count = 0;
    int64_t id;

    if (j->kind == JSON_LIST) {
        for (const struct json *e = j->first; e != NULL; e = e->next) {
            if (id_parse(json_text_of(e, STR("file")), &id)) {
                out[count++] = (struct case_file){ id, question };
            }
        }
        return count;
    }
    if (id_parse(json_text_of(j, STR("file")), &id)) {
        out[count++] = (struct case_file){ id, question };
    }
    return count;
}

static err files_collect(struct arena *a, const struct answers *answers,
                         struct case_wish *w)
{
    struct case_file *all = NULL;
    size_t count = 0;

    for (size_t i = 0; i < answers->count; i++) {
        const struct answer *x = &answers->list[i];
        const struct json *j;
        struct case_file *more;

        if (!answer_holds_file(x) || !is_kept(x)) {
            continue;
        }
        TRY(json_parse(a, x->json, &j));
        more = ARENA_ARRAY(a, count + j->count + 1, struct case_file);
        if (more == NULL) {
            return err_no_memory;
        }
        for (size_t n = 0; n < count; n++) {
            more[n] = all[n];
        }
        all = more;
        count += files_in(j, x->question->key, all + count);
    }
    w->files = all;
    w->files_count = count;
    return NULL;
}

static err answers_collect(struct arena *a, const struct keyring *k,
                           const struct answers *answers, struct case_wish *w)
{
    struct sealed_answer *list = ARENA_ARRAY(a, answers->count, struct sealed_answer);
    struct buf all;

    if (list == NULL) {
        return err_no_memory;
    }
    buf_init(&all, a, ANSWERS_BYTES);
    buf_put(&all, w->salt);
    for (size_t i = 0; i < answers->count; i++) {
        const struct answer *x = &answers->list[i];
        struct sealed_answer *s = &list[w->answers_count];

        if (!is_kept(x)) {
            continue;
        }
        TRY(answer_seal(a, k, w, x, s));
        w->answers_count++;
        if (x->question->find == FIND_NAME && str_is_empty(w->applicant_question)) {
            w->applicant_question = x->question->key;
            w->applicant_masked = answer_mask(a, x);
        }
        buf_put(&all, x->question->key);
        buf_put_char(&all, '=');
        buf_put(&all, x->json);
        buf_put_char(&all, '\n');
    }
    w->answers = list;
    w->answers_hash = seal_sha256(a, buf_str(&all));
    return buf_failed(&all) ? err_no_memory : finds_collect(a, k, answers, w);
}

static err unit_find(struct arena *a, const struct unit *units, size_t count,
                     const struct service *s, int64_t *ret)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(units[i].key, s->unit)) {
            *ret = units[i].id;
            return NULL;
        }
    }
    FAIL(a, ERR_BROKEN,
         SAY("This service is not set up completely. Please call the office."), STR(""),
         "service %.*s: no unit %.*s", STR_ARG(s->key), STR_ARG(s->unit));
}

static err code_make(struct arena *a, const struct keyring *k, struct case_wish *w)
{
    struct seal_place place = { w->agency, w->id, "casefile", "code" };
    str bytes = seal_random(a, CODE_SIGNS);

    if (bytes.len != CODE_SIGNS) {
        return err_no_memory;
    }
    w->code = crockford_text(a, (const unsigned char *)bytes.at, CODE_SIGNS);
    w->code_hash = seal_token_hash(a, k, "case_code", w->code);
    return seal_close(a, k, place, w->code, &w->code_sealed);
}

static err clocks_make(struct arena *a, const struct catalog *catalog,
                       const struct calendar *cal, const struct answers *answers,
                       struct case_wish *w)
{
    struct case_clock *clocks = ARENA_ARRAY(a, 2, struct case_clock);

    if (clocks == NULL) {
        return err_no_memory;
    }
    TRY(case_clock_rules(a, catalog, w->service, w->channel, answers, w->now_ms, clocks));
    for (size_t i = 0; i < 2; i++) {
        case_clock_reckon(cal, &clocks[i], w->now_ms);
    }
    w->clocks = clocks;
    w->clocks_count = 2;
    w->due = clocks[0].due;
    return NULL;
}

err casefile_prepare(struct arena *a, const struct keyring *k, struct id_source *ids,
                     const struct catalog *c, const struct calendar *cal,
                     const struct agency *agency, const struct unit *units,
                     size_t units_count, const struct service *service,
                     const struct answers *answers, enum case_channel channel,
                     int64_t now_ms, str idempotency, struct case_wish *ret_wish)
{
    struct case_wish w = {
        .agency = agency->id,
        .id = id_next(ids, now_ms),
        .service = service,
        .channel = channel,
        .now_ms = now_ms,
        .idempotency = idempotency,
        .number_prefix = agency->case_prefix,
        .due = DAY_NONE,
        .salt = seal_random(a, SALT_BYTES),
    };

    TRY(authority_level(c, service->matter, &w.level));
    TRY(unit_find(a, units, units_count, service, &w.unit));
    TRY(code_make(a, k, &w));
    w.assigns = service->flow.assign != ASSIGN_HAND;
    w.proposes = authority_proposes(c, service->matter);
    if (service->flow.assign == ASSIGN_VILLAGE) {
        w.village = village_of_answers(a, c, service, answers);
    }
    TRY(clocks_make(a, c, cal, answers, &w));
    TRY(answers_collect(a, k, answers, &w));
    TRY(files_collect(a, answers, &w));
    if (arena_failed(a)) {
        return err_no_memory;
    }
    *ret_wish = w;
    return NULL;
}

err casefile_supply_prepare(struct arena *a, const struct keyring *k,
                            const struct casefile *c, const struct answers *answers,
                            struct case_wish *ret)
{
    struct case_wish w = { .agency = c->agency, .id = c->id,
                           .salt = seal_random(a, SALT_BYTES),
                           .applicant_question = c->applicant_question };

    TRY(answers_collect(a, k, answers, &w));
    TRY(files_collect(a, answers, &w));
    *ret = w;
    return arena_failed(a) ? err_no_memory : NULL;
}

err casefile_filed(struct arena *a, const struct calendar *cal, day filed,
                   struct case_wish *w)
{
    struct case_clock *clocks;

    if (filed == DAY_NONE || w->clocks_count == 0 ||
        w->clocks[0].rule.from != CLOCK_FROM_POSTMARK) {
        return NULL;
    }
    clocks = ARENA_ARRAY(a, w->clocks_count, struct case_clock);
    if (clocks == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < w->clocks_count; i++) {
        clocks[i] = w->clocks[i];
    }
    clocks[0].started_ms = day_begins_ms(filed);
    case_clock_reckon(cal, &clocks[0], w->now_ms);
    w->clocks = clocks;
    w->due = clocks[0].due;
    return NULL;
}
