/* choice — which registers may be asked on a case, and about which of its answers.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/lookup/inside.h"

static bool question_fits(const struct question *q, enum lookup_subject subject)
{
    switch (subject) {
    case SUBJECT_PERSON:
        return q->type == Q_NATIONAL_ID || q->type == Q_RESIDENT_ID;
    case SUBJECT_BUSINESS:
        return q->type == Q_BUSINESS_ID;
    default:
        return (q->type == Q_TEXT && !q->personal) || q->type == Q_ADDRESS ||
               q->type == Q_ROWS;
    }
}

static const struct sealed_answer *answer_to(const struct sealed_answer *list, size_t count,
                                             str key)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].question, key)) {
            return &list[i];
        }
    }
    return NULL;
}

struct choosing {
    struct arena *arena;
    const struct form *form;
    const struct answers *given; /* whole, for joint subjects; NULL: nothing is joint */
    const struct sealed_answer *answers;
    size_t answers_count;
    struct lookup_choice *list;
    size_t count, space;
};

static err joint_of(struct choosing *c, const struct service_paper *p,
                    const struct lookup_register *reg)
{
    struct lookup_about *list = ARENA_ARRAY(c->arena, ROWS_MOST + 1,
                                              struct lookup_about);
    size_t count;

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(lookup_subjects_joint(c->arena, c->given, p, list, ROWS_MOST + 1, &count));
    for (size_t i = 0; i < count && c->count < c->space; i++) {
        c->list[c->count++] = (struct lookup_choice){ reg, p, list[i].key, list[i].label,
                                                      list[i].masked };
    }
    return NULL;
}

static err choices_of(struct choosing *c, const struct service_paper *p)
{
    const struct lookup_register *reg = lookup_register_of(p->lookup);

    if (reg != NULL && p->lookup_by_count > 0) {
        return joint_of(c, p, reg);
    }
    for (size_t s = 0; reg != NULL && s < c->form->steps_count; s++) {
        for (size_t i = 0; i < c->form->steps[s].questions_count; i++) {
            const struct question *q = &c->form->steps[s].questions[i];
            const struct sealed_answer *x =
                answer_to(c->answers, c->answers_count, q->key);

            if (x != NULL && question_fits(q, reg->subject) && c->count < c->space) {
                struct answer shown = { .question = q, .json = x->plain, .visible = true };

                c->list[c->count++] = (struct lookup_choice){
                    reg, p, q->key, q->label,
                    x->sealed.len > 0 ? answer_mask_text(c->arena, q, x->masked, LANG_ZH)
                                      : answer_text(c->arena, &shown, LANG_ZH, true),
                };
            }
        }
    }
    return NULL;
}

static bool is_joint_at_all(const struct service *s)
{
    for (size_t i = 0; i < s->papers_count; i++) {
        if (s->papers[i].lookup_by_count > 0) {
            return true;
        }
    }
    return false;
}

#define CHOICES_MOST 200

err lookup_choices(struct arena *a, struct snap *snap, const struct keyring *k,
                   const struct catalog *c, const struct casefile *file,
                   struct lookup_choice **ret, size_t *ret_count)
{
    const struct service *s = service_get_near(c, file->service, file->service_version);
    struct choosing x = { .arena = a, .space = CHOICES_MOST };
    struct sealed_answer *answers;
    struct answers given;

    *ret = NULL;
    *ret_count = 0;
    if (s == NULL) {
        return NULL;
    }
    TRY(casefile_answers(a, snap, k, file, false, &answers, &x.answers_count));
    if (is_joint_at_all(s)) {
        TRY(casefile_given(a, snap, k, file, &s->form, &given));
        x.given = &given;
    }
    x.answers = answers;
    x.form = &s->form;
    x.list = ARENA_ARRAY(a, CHOICES_MOST, struct lookup_choice);
    if (x.list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->papers_count; i++) {
        TRY(choices_of(&x, &s->papers[i]));
    }
    for (size_t i = 0; i < s->agent_papers_count; i++) {
        TRY(choices_of(&x, &s->agent_papers[i]));
    }
    *ret = x.list;
    *ret_count = x.count;
    return NULL;
}

static err joint_take(struct arena *a, struct snap *snap, const struct keyring *k,
                      const struct service *s, const struct casefile *file,
                      const struct lookup_choice *chosen, str *ret)
{
    struct lookup_about *list = ARENA_ARRAY(a, ROWS_MOST + 1, struct lookup_about);
    struct answers given;
    size_t count;

    if (list == NULL) {
        return err_no_memory;
    }
    *ret = STR("");
    TRY(casefile_given(a, snap, k, file, &s->form, &given));
    TRY(lookup_subjects_joint(a, &given, chosen->paper, list, ROWS_MOST + 1, &count));
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].key, chosen->question)) {
            *ret = list[i].value;
        }
    }
    return NULL;
}

/* The answer as it was given; the register is asked by it. */
err lookup_subject_take(struct arena *a, struct snap *snap, const struct keyring *k,
                        const struct service *s, const struct casefile *file,
                        const struct lookup_choice *chosen, str *ret)
{
    struct sealed_answer *answers;
    const struct sealed_answer *x;
    size_t count;

    if (chosen->paper->lookup_by_count > 0) {
        return joint_take(a, snap, k, s, file, chosen, ret);
    }
    TRY(casefile_answers(a, snap, k, file, true, &answers, &count));
    x = answer_to(answers, count, chosen->question);
    struct answer given = { .question = form_question(&s->form, chosen->question),
                            .json = x == NULL ? STR("") : x->plain, .visible = true };

    *ret = answer_text(a, &given, LANG_ZH, false);
    return NULL;
}
