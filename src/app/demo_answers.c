/* demo_answers — believable answers to any form, out of its own examples.
 *
 * Each question begins with the example of its definition and is varied by type; what the
 * form's rules then refuse is tried again with fewer variations, at last as the example
 * stands. People, numbers and addresses are invented; identity numbers have a right check
 * digit.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"
#include "host/store/files.h"

#define ANSWERS_BYTES 65536
#define TRIES 6
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

static const str streets[] = {
    STR_INIT("公園路"), STR_INIT("中山路"),     STR_INIT("康寧街"), STR_INIT("光明路一段"),
    STR_INIT("和平街"), STR_INIT("文化路二段"), STR_INIT("永安街"), STR_INIT("青埔一街"),
    STR_INIT("水源路"), STR_INIT("學府街"),
};
static const str mailboxes[] = {
    STR_INIT("lin"),    STR_INIT("chen.work"), STR_INIT("happy"),     STR_INIT("mei"),
    STR_INIT("family"), STR_INIT("sky"),       STR_INIT("green.tea"), STR_INIT("note"),
};

/* How much is varied in this try. */
enum boldness { EXAMPLE_ONLY, PERSONS_ONLY, EVERYTHING };

struct writing {
    struct demo *d;
    struct arena *a;
    enum boldness boldness;
    day today;
};

/* A national number whose check digit is right. */
static str national_id(struct demo *d, struct arena *a)
{
    static const int tens_units[] = { 10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21,
                                      22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33 };
    char id[11];
    int letter = demo_between(&d->random, 0, 25), sum;

    id[0] = (char)('A' + letter);
    id[1] = (char)('0' + demo_between(&d->random, 1, 2));
    sum = tens_units[letter] / 10 + tens_units[letter] % 10 * 9 + (id[1] - '0') * 8;
    for (int i = 2; i < 9; i++) {
        int digit = demo_between(&d->random, 0, 9);

        id[i] = (char)('0' + digit);
        sum += digit * (9 - i);
    }
    id[9] = (char)('0' + (10 - sum % 10) % 10);
    return str_copy(a, (str){ id, 10 });
}

static str quoted(struct arena *a, str text)
{
    struct buf b;
    struct json_writer w;

    buf_init(&b, a, ANSWERS_BYTES);
    json_open(&w, &b);
    json_list(&w, STR(""));
    json_put_text(&w, STR(""), text);
    json_end_list(&w);
    return str_slice(buf_str(&b), 1, buf_str(&b).len - 2);
}

static str text_of(struct arena *a, str json)
{
    const struct json *j;

    return json_parse(a, json, &j) == NULL ? j->text : STR("");
}

static str number_answer(struct writing *w, const struct question *q, str example)
{
    int64_t n = 0, most;

    if (!str_to_int(example, &n) || n < 1) {
        return example;
    }
    most = n < 4 ? 4 : n + n / 2;
    if (q->most < most) {
        most = q->most;
    }
    return str_format(w->a, "%d",
                      demo_between(&w->d->random, n < 4 ? 1 : (int)(n - n / 3), (int)most));
}

/* Birthdays of grown-ups; other days of the past near the example; days to come as they
 * are. */
static str date_answer(struct writing *w, const struct question *q, str example)
{
    day d;

    if (!day_from_iso(text_of(w->a, example), &d) || d >= w->today) {
        return example;
    }
    if (str_find(q->key, STR("birth")) >= 0) {
        d = day_of(demo_between(&w->d->random, 1938, 2003),
                   demo_between(&w->d->random, 1, 12), demo_between(&w->d->random, 1, 28));
    } else {
        d -= demo_between(&w->d->random, 0, 300);
    }
    return quoted(w->a, day_iso(w->a, d));
}

static str choice_answer(struct writing *w, const struct question *q, str example)
{
    if (q->choices_count == 0 || demo_chance(&w->d->random, 45)) {
        return example;
    }
    return quoted(
        w->a, q->choices[demo_between(&w->d->random, 0, (int)q->choices_count - 1)].key);
}

static str choices_answer(struct writing *w, const struct question *q, str example)
{
    struct buf b;
    struct json_writer j;
    int one;

    if (q->choices_count == 0 || demo_chance(&w->d->random, 45)) {
        return example;
    }
    one = demo_between(&w->d->random, 0, (int)q->choices_count - 1);
    buf_init(&b, w->a, ANSWERS_BYTES);
    json_open(&j, &b);
    json_list(&j, STR(""));
    for (size_t i = 0; i < q->choices_count; i++) {
        if ((int)i == one || demo_chance(&w->d->random, 15)) {
            json_put_text(&j, STR(""), q->choices[i].key);
        }
    }
    json_end_list(&j);
    return buf_str(&b);
}

/* The example's place, another street and number. */
static str address_answer(struct writing *w, str example)
{
    const struct json *j;
    struct buf b;
    struct json_writer out;

    if (json_parse(w->a, example, &j) != NULL || j->kind != JSON_OBJECT) {
        return example;
    }
    buf_init(&b, w->a, ANSWERS_BYTES);
    json_open(&out, &b);
    json_object(&out, STR(""));
    for (const struct json *e = j->first; e != NULL; e = e->next) {
        str value = e->text;

        if (str_equal(e->key, STR("street"))) {
            str street = demo_pick(&w->d->random, streets, COUNT(streets));
            int floor = demo_between(&w->d->random, 1, 9);

            value = str_format(w->a, "%.*s %d 號", STR_ARG(street),
                               demo_between(&w->d->random, 1, 260));
            if (floor > 1 && floor < 7) {
                value = str_format(w->a, "%.*s %d 樓", STR_ARG(value), floor);
            }
        }
        json_put_text(&out, e->key, value);
    }
    json_end_object(&out);
    return buf_str(&b);
}

static bool is_name(const struct question *q)
{
    return q->type == Q_TEXT && (q->find == FIND_NAME || str_equal(q->key, STR("name")) ||
                                 str_ends(q->key, STR("_name")));
}

/* What makes one applicant another than the next. */
static str person_answer(struct writing *w, const struct question *q, str example)
{
    struct demo_random *r = &w->d->random;

    if (is_name(q)) {
        return quoted(w->a, demo_name(w->d, w->a));
    }
    switch (q->type) {
    case Q_NATIONAL_ID:
        return quoted(w->a, national_id(w->d, w->a));
    case Q_MOBILE:
        return quoted(w->a, str_format(w->a, "09%02d-%03d-%03d", demo_between(r, 10, 89),
                                       demo_between(r, 0, 999), demo_between(r, 0, 999)));
    case Q_TELEPHONE:
        return quoted(w->a, str_format(w->a, "03-000-%04d", demo_between(r, 0, 9999)));
    case Q_EMAIL:
        return quoted(w->a, str_format(w->a, "%.*s%d@example.com",
                                       STR_ARG(demo_pick(r, mailboxes, COUNT(mailboxes))),
                                       demo_between(r, 1, 999)));
    case Q_ADDRESS:
        return address_answer(w, example);
    default:
        return example;
    }
}

static str varied(struct writing *w, const struct question *q, str example)
{
    switch (q->type) {
    case Q_TEXT:
        return is_name(q)
                   ? person_answer(w, q, example)
                   : quoted(w->a, demo_digits(&w->d->random, w->a, text_of(w->a, example)));
    case Q_NUMBER:
    case Q_MONEY:
        return number_answer(w, q, example);
    case Q_DATE:
        return date_answer(w, q, example);
    case Q_CHOICE:
        return choice_answer(w, q, example);
    case Q_CHOICES:
        return choices_answer(w, q, example);
    case Q_YESNO:
        return demo_chance(&w->d->random, 75)    ? example
               : str_equal(example, STR("true")) ? STR("false")
                                                 : STR("true");
    default:
        return person_answer(w, q, example);
    }
}

static void question_put(struct writing *w, struct json_writer *j, const struct question *q)
{
    str value = question_example(w->a, q, w->today);

    if (q->type == Q_NOTE || q->type == Q_FILE || str_is_empty(value)) {
        return;
    }
    if (!q->required && w->boldness == EVERYTHING &&
        demo_chance(&w->d->random, q->type == Q_PARAGRAPH ? 80 : 40)) {
        return;
    }
    if (w->boldness == EVERYTHING) {
        value = varied(w, q, value);
    } else if (w->boldness == PERSONS_ONLY) {
        value = person_answer(w, q, value);
    }
    json_put_raw(j, q->key, value);
}

static str answers_json(struct writing *w, const struct form *f)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, w->a, ANSWERS_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    for (size_t s = 0; s < f->steps_count; s++) {
        for (size_t i = 0; i < f->steps[s].questions_count; i++) {
            question_put(w, &j, &f->steps[s].questions[i]);
        }
    }
    json_end_object(&j);
    return buf_str(&b);
}

/* A page that says what it stands for. */
static const char page[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 58>>stream\n"
    "BT /F1 18 Tf 72 760 Td (A paper of the demo city.) Tj ET\n"
    "endstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "trailer<</Root 1 0 R>>\n"
    "%%EOF\n";

static bool takes_a_page(const struct question *q)
{
    for (size_t i = 0; i < q->accept_count; i++) {
        if (str_equal(q->accept[i], STR("application/pdf"))) {
            return true;
        }
    }
    return q->accept_count == 0;
}

/* An attached paper where the form takes one: always where it must, else now and then. */
static err file_answer(struct demo *d, struct arena *a, const struct demo_office *o,
                       struct answers *answers, const struct answer *x, int64_t now_ms)
{
    int64_t id = id_next(&d->ids, now_ms);
    struct file_writer *w;
    struct file_facts facts;
    bool required;

    TRY(answer_is_required(a, answers, x, day_at(now_ms), &required));
    if (!x->visible || (!required && !demo_chance(&d->random, 25))) {
        return NULL;
    }
    TRY(file_begin(a, d->store, d->keyring, o->agency.id, id, now_ms, &w));
    TRY(file_append(w, page, sizeof page - 1));
    TRY(file_finish(w, &facts));
    TRY(file_media(a, d->store, o->agency.id, id, STR("application/pdf")));
    TRY(file_keep(a, d->store, o->agency.id, id));
    return answers_set_file(a, answers, x->question->key, id, STR("附件.pdf"),
                            STR("application/pdf"), facts.size_bytes);
}

static err files_answer(struct demo *d, struct arena *a, const struct demo_office *o,
                        struct answers *answers, int64_t now_ms)
{
    for (size_t i = 0; i < answers->count; i++) {
        const struct question *q = answers->list[i].question;

        if (q->type == Q_FILE && takes_a_page(q)) {
            TRY(file_answer(d, a, o, answers, &answers->list[i], now_ms));
        }
    }
    return NULL;
}

/* Without files; `*ret_good` false when the form refuses. */
static err answers_try(struct writing *w, const struct service *s, struct answers *answers,
                       bool *ret_good)
{
    struct mistakes m;
    const struct json *j;

    mistakes_init(&m, w->a);
    TRY(answers_init(w->a, &s->form, answers));
    TRY(json_parse(w->a, answers_json(w, &s->form), &j));
    TRY(answers_read_json(w->a, answers, j, w->today, &m));
    *ret_good = true;
    for (const struct mistake *e = m.first; e != NULL; e = e->next) {
        const struct question *q = form_question(&s->form, e->field);

        *ret_good = *ret_good && q != NULL && q->type == Q_FILE;
    }
    return NULL;
}

str demo_person_answer(struct demo *d, struct arena *a, const struct question *q,
                       str example)
{
    struct writing w = { .d = d, .a = a, .boldness = PERSONS_ONLY };

    return person_answer(&w, q, example);
}

err demo_answers_plain(struct demo *d, struct arena *a, const struct service *s,
                       int64_t now_ms, struct answers *ret, bool *ret_good)
{
    struct writing w = { .d = d, .a = a, .boldness = EVERYTHING, .today = day_at(now_ms) };

    *ret_good = false;
    for (int i = 0; i < TRIES && !*ret_good; i++) {
        w.boldness = i < TRIES - 2   ? EVERYTHING
                     : i < TRIES - 1 ? PERSONS_ONLY
                                     : EXAMPLE_ONLY;
        TRY(answers_try(&w, s, ret, ret_good));
    }
    return NULL;
}

err demo_answers(struct demo *d, struct arena *a, const struct demo_office *o,
                 const struct service *s, int64_t now_ms, struct answers *ret)
{
    struct mistakes m;
    bool good;

    TRY(demo_answers_plain(d, a, s, now_ms, ret, &good));
    mistakes_init(&m, a);
    TRY(files_answer(d, a, o, ret, now_ms));
    TRY(answers_check(a, ret, day_at(now_ms), &m));
    if (m.first != NULL) {
        FAIL(a, ERR_BROKEN,
             SAY("The example of a service is not accepted by its own form."),
             m.first->field, "%.*s: %.*s: %s", STR_ARG(s->key), STR_ARG(m.first->field),
             m.first->say.id);
    }
    return NULL;
}
