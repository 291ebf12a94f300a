/* Whatever is posted: no crash; what is accepted survives being written and restored.
 *
 * The bytes are lines "field=value"; the form has a question of each type.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form.h"

#include "base/arena.h"

#include <stdlib.h>

#define TEXTS .label = { { STR_INIT("題"), STR_INIT("Question"), STR_INIT("問") } }
#define OPEN .least = INT64_MIN, .most = INT64_MAX

static const struct choice choices[] = { { .key = STR_INIT("a"), TEXTS },
                                         { .key = STR_INIT("b"), TEXTS } };
static const struct rule_line rules[] = { { .source = STR_INIT("to >= from"),
                                            .say = { { { 0 } } } } };

#define ASK(name, kind, ...)                                          \
    {                                                                 \
        .key = STR_INIT(name), .type = kind, TEXTS, OPEN, __VA_ARGS__ \
    }
static const struct question columns[] = {
    ASK("name", Q_TEXT, .find = FIND_NAME, .personal = true, .required = true),
    ASK("area", Q_NUMBER),
    ASK("since", Q_DATE),
    ASK("kind", Q_CHOICE, .choices = choices, .choices_count = 2),
};
static const struct question questions[] = {
    ASK("text", Q_TEXT, .find = FIND_NAME),
    ASK("paragraph", Q_PARAGRAPH, .personal = true),
    ASK("number", Q_NUMBER, .required = true),
    ASK("money", Q_MONEY, .visible = STR_INIT("filled(number) and number > 3")),
    ASK("from", Q_DATE, .required = true),
    ASK("to", Q_DATE, .rules = rules, .rules_count = 1),
    ASK("time", Q_TIME, .required = false),
    ASK("choice", Q_CHOICE, .choices = choices, .choices_count = 2),
    ASK("choices", Q_CHOICES, .choices = choices, .choices_count = 2),
    ASK("yesno", Q_YESNO, .required = false),
    ASK("national", Q_NATIONAL_ID, .find = FIND_NATIONAL_ID),
    ASK("resident", Q_RESIDENT_ID, .find = FIND_NATIONAL_ID),
    ASK("mobile", Q_MOBILE, .find = FIND_TELEPHONE),
    ASK("phone", Q_TELEPHONE, .find = FIND_TELEPHONE),
    ASK("email", Q_EMAIL, .find = FIND_EMAIL),
    ASK("home", Q_ADDRESS, .find = FIND_HOUSEHOLD),
    ASK("agree", Q_CONSENT, .required = true),
    ASK("firm", Q_BUSINESS_ID),
    ASK("sign", Q_SIGNATURE, .personal = true),
    ASK("rows", Q_ROWS, .personal = true, .columns = columns, .columns_count = 4),
};
static const struct form_step step = { .key = STR_INIT("one"),
                                       .questions = questions,
                                       .questions_count = sizeof questions /
                                                          sizeof *questions };
static const struct form form = { .steps = &step, .steps_count = 1 };

static str value(void *context, str name, size_t nth)
{
    str rest = *(const str *)context, line, key;

    while (str_cut(&rest, '\n', &line)) {
        if (str_cut(&line, '=', &key) && str_equal(key, name) && nth-- == 0) {
            return line.at != NULL ? line : STR("");
        }
    }
    return (str){ NULL, 0 };
}

static void found(void *context, enum find_kind kind, str find)
{
    (void)context;
    if (kind == FIND_NONE || find.len == 0) {
        abort();
    }
}

static void prove(struct arena *a, const struct answers *s, enum lang lang)
{
    struct answers again;
    str written = answers_write(a, s);

    if (answers_init(a, &form, &again) != NULL ||
        answers_restore(a, &again, written, lang) != NULL ||
        answers_settle(a, &again, day_of(2026, 11, 22)) != NULL) {
        return; /* only for want of memory */
    }
    if (!arena_failed(a) && !str_equal(answers_write(a, &again), written)) {
        abort();
    }
    for (size_t i = 0; i < s->count; i++) {
        (void)answer_text(a, &s->list[i], lang, true);
        (void)answer_text(a, &s->list[i], lang, false);
        (void)answer_find_value(a, &s->list[i]);
        (void)answer_strokes(a, &s->list[i]);
        answer_find_each(a, &s->list[i], found, NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)32 << 20);
    str posted = { (const char *)data, size };
    struct form_source source = { &posted, value };
    enum lang lang = size > 0 && data[0] % 2 == 0 ? LANG_ZH : LANG_EN;
    struct answers s;
    struct mistakes m;

    mistakes_init(&m, a);
    if (answers_init(a, &form, &s) == NULL &&
        answers_read(a, &s, NULL, &source, lang, day_of(2026, 11, 22), &m) == NULL) {
        for (const struct mistake *x = m.first; x != NULL; x = x->next) {
            if (x->say.id == NULL || x->field.len == 0) {
                abort();
            }
        }
        prove(a, &s, lang);
    }
    arena_free(a);
    return 0;
}
