/* form_test — a form with a question of each type, and a person who posts to it; for the tests
 * of this room.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FORM_FORM_TEST_H
#define BIANMIN_KERNEL_FORM_FORM_TEST_H

#include "base/arena.h"
#include "host/json/json.h"
#include "host/yaml/yaml.h"
#include "kernel/form/form.h"
#include "kernel/pack/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define L "label: { zh: 題, en: Question, ja: 問 }"

static const char form_yaml[] =
    "- key: you\n"
    "  title: { zh: 您, en: You, ja: あなた }\n"
    "  questions:\n"
    "    - { key: name, type: text, " L ", find: name, most: 20, example: 林小青 }\n"
    "    - { key: national, type: national_id, " L ", accept: [national_id, resident_id], "
    "example: A123456789 }\n"
    "    - { key: card, type: national_id, " L ", required: false }\n"
    "    - { key: resident, type: resident_id, " L ", required: false }\n"
    "    - key: born\n"
    "      type: date\n"
    "      " L "\n"
    "      personal: true\n"
    "      example: 1990-03-15\n"
    "      rules:\n"
    "        - { must: born <= today(), say: { zh: 太晚, en: Too late, ja: 遅い } }\n"
    "    - { key: mobile, type: mobile, " L ", required: false }\n"
    "    - { key: phone, type: telephone, " L ", required: false }\n"
    "    - { key: email, type: email, " L ", required: false }\n"
    "    - { key: home, type: address, " L ", required: false, find: household }\n"
    "- key: matter\n"
    "  title: { zh: 事, en: Matter, ja: 件 }\n"
    "  questions:\n"
    "    - { key: read_me, type: note, " L " }\n"
    "    - key: kind\n"
    "      type: choice\n"
    "      " L "\n"
    "      example: a\n"
    "      choices:\n"
    "        - { key: a, label: { zh: 甲, en: First, ja: 一 } }\n"
    "        - { key: other, label: { zh: 其他, en: Other, ja: 他 } }\n"
    "    - { key: which, type: text, " L ", visible: 'kind == \"other\"', example: 這個 }\n"
    "    - key: ways\n"
    "      type: choices\n"
    "      " L "\n"
    "      required: false\n"
    "      most: 2\n"
    "      choices:\n"
    "        - { key: x, label: { zh: 子, en: X, ja: ヱ } }\n"
    "        - { key: y, label: { zh: 丑, en: Y, ja: ヰ } }\n"
    "        - { key: z, label: { zh: 寅, en: Z, ja: ヲ } }\n"
    "    - { key: story, type: paragraph, " L ", required: false, most: 10 }\n"
    "    - { key: copies, type: number, " L ", required: false, least: 1, most: 20 }\n"
    "    - { key: amount, type: money, " L ", required: false }\n"
    "    - { key: at, type: time, " L ", required: false }\n"
    "    - { key: court, type: yesno, " L ", required: false }\n"
    "    - { key: paper, type: file, " L ", required: false, most: 1, "
    "required_when: 'has(ways, \"x\")', accept: [application/pdf, image/*] }\n"
    "    - { key: from, type: date, " L ", required: false }\n"
    "    - key: to\n"
    "      type: date\n"
    "      " L "\n"
    "      required: false\n"
    "      least: 2026-01-01\n"
    "      rules:\n"
    "        - { must: not filled(from) or to >= from, say: { zh: 早於, en: Before, ja: 前 } }\n"
    "    - key: land\n"
    "      type: rows\n"
    "      " L "\n"
    "      required: false\n"
    "      least: 1\n"
    "      most: 3\n"
    "      columns:\n"
    "        - { key: section, type: text, " L ", most: 10 }\n"
    "        - { key: area, type: number, " L ", least: 1, required: false }\n"
    "        - { key: since, type: date, " L ", required: false }\n"
    "        - { key: owner, type: text, " L ", find: name, required: false }\n"
    "      rules:\n"
    "        - { must: 'sum(land, \"area\") < 1000', say: { zh: 太大, en: Large, ja: 大 } }\n"
    "      example: [ { section: 青埔段, area: 3 }, { section: 公園段, since: 2020-02-29 } ]\n"
    "    - { key: firm, type: business_id, " L ", required: false, example: 04595257 }\n"
    "    - { key: sign, type: signature, " L ", required: false, example: 林小青 }\n"
    "    - { key: agree, type: consent, " L ", example: true }\n";

struct world {
    struct arena *arena;
    struct form form;
    struct answers answers;
    struct mistakes mistakes;
    day today;
};

static inline struct world world_new(void)
{
    struct world w = { .arena = arena_new((size_t)64 << 20), .today = day_of(2026, 11, 22) };
    struct mistakes *m = ARENA_NEW(w.arena, struct mistakes);
    struct pack_reader r = { .arena = w.arena, .file = STR("f"), .mistakes = m, .version = 1 };
    const struct yaml *steps = NULL;

    mistakes_init(m, w.arena);
    assert_null(yaml_parse(w.arena, STR("f"), str_of(form_yaml), m, &steps));
    form_read(&r, steps, &w.form);
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        fail_msg("%.*s %s", STR_ARG(x->place), x->say.id);
    }
    struct form *form = ARENA_NEW(w.arena, struct form); /* the answers point to it */

    assert_non_null(form);
    *form = w.form;
    assert_null(answers_init(w.arena, form, &w.answers));
    mistakes_init(&w.mistakes, w.arena);
    return w;
}

/* Posted fields: "name=value" one after the other, NULL at the end. */
struct posted {
    const char *const *pairs;
};

static inline str posted_value(void *context, str name, size_t nth)
{
    const struct posted *p = context;

    for (const char *const *pair = p->pairs; *pair != NULL; pair++) {
        str s = str_of(*pair), key;

        (void)str_cut(&s, '=', &key);
        if (str_equal(key, name) && nth-- == 0) {
            return s.at == NULL ? STR("") : s;
        }
    }
    return (str){ NULL, 0 };
}

static inline void post(struct world *w, const struct form_step *step, enum lang lang,
                 const char *const *pairs)
{
    struct posted p = { pairs };
    struct form_source source = { &p, posted_value };

    mistakes_init(&w->mistakes, w->arena);
    assert_null(answers_read(w->arena, &w->answers, step, &source, lang, w->today,
                             &w->mistakes));
    assert_false(arena_failed(w->arena));
}

#endif
