/* use — what a service asks for or says and nothing ever uses: questions, limits behind one
 * that always fits, fees that are over.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/check.h"

static bool is_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static bool mentions(str rule, str key)
{
    for (size_t i = 0; i + key.len <= rule.len; i++) {
        if (str_equal(str_slice(rule, i, key.len), key) &&
            (i == 0 || !is_sign(rule.at[i - 1])) &&
            (i + key.len == rule.len || !is_sign(rule.at[i + key.len]))) {
            return true;
        }
    }
    return false;
}

static bool form_uses(const struct form *f, str key)
{
    for (size_t i = 0; i < f->steps_count; i++) {
        for (size_t k = 0; k < f->steps[i].questions_count; k++) {
            const struct question *q = &f->steps[i].questions[k];

            if (!str_equal(q->key, key) &&
                (mentions(q->visible, key) || mentions(q->required_when, key))) {
                return true;
            }
            for (size_t n = 0; n < q->rules_count; n++) {
                if (!str_equal(q->key, key) && mentions(q->rules[n].source, key)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* The question that says which village it is: the named one, or any address. */
static bool assign_uses(const struct service *s, str key)
{
    const struct question *q = form_question(&s->form, key);

    return s->flow.assign == ASSIGN_VILLAGE &&
           (s->flow.village.len > 0 ? str_equal(s->flow.village, key)
                                    : q != NULL && q->type == Q_ADDRESS);
}

static bool offer_uses(const struct service *s, str key)
{
    bool used = str_equal(s->event, key) || assign_uses(s, key);

    for (size_t i = 0; !used && i < s->limits_count; i++) {
        used = mentions(s->limits[i].when, key);
    }
    for (size_t i = 0; !used && i < s->papers_count; i++) {
        used = mentions(s->papers[i].when, key) ||
               str_equal(s->papers[i].lookup_rows, key);
        for (size_t k = 0; !used && k < s->papers[i].lookup_by_count; k++) {
            used = str_equal(s->papers[i].lookup_by[k], key);
        }
    }
    for (size_t i = 0; !used && i < s->fees_count; i++) {
        used = mentions(s->fees[i].when, key) || mentions(s->fees[i].times, key);
        for (size_t k = 0; !used && k < s->fees[i].waivers_count; k++) {
            used = mentions(s->fees[i].waivers[k].when, key);
        }
    }
    for (size_t i = 0; !used && i < s->letters_count; i++) {
        for (size_t k = 0; !used && k < s->letters[i].fields_count; k++) {
            used = str_equal(s->letters[i].fields[k], key);
        }
    }
    return used;
}

/* What nobody needs to explain: who it is, how to reach them, and what an officer reads. */
static bool speaks_for_itself(const struct question *q)
{
    switch (q->type) {
    case Q_PARAGRAPH:
    case Q_FILE:
    case Q_CONSENT:
    case Q_NOTE:
    case Q_SIGNATURE:
        return true;
    default:
        return !q->personal || q->find != FIND_NONE || !label_is_empty(&q->why);
    }
}

static void questions_check(struct pack_reader *r, const struct service *s)
{
    for (size_t i = 0; i < s->form.steps_count; i++) {
        for (size_t k = 0; k < s->form.steps[i].questions_count; k++) {
            const struct question *q = &s->form.steps[i].questions[k];

            if (!speaks_for_itself(q) && !form_uses(&s->form, q->key) &&
                !offer_uses(s, q->key)) {
                pack_advise_at(
                    r, q->line, q->column,
                    SAY("\"{key}\" is personal and nothing here uses it. Leave it "
                        "out, or say under \"why\" what it is asked for "
                        "(個資法 §5).",
                        SAY_TEXT("key", q->key)));
            }
        }
    }
}

/* The first that fits counts: behind one for any way and without a rule stands nothing. */
static void limits_check(struct pack_reader *r, const struct service *s)
{
    for (size_t i = 0; i < s->limits_count; i++) {
        const struct service_limit *always = NULL, *l = &s->limits[i];

        for (size_t k = 0; k < i && always == NULL; k++) {
            const struct service_limit *x = &s->limits[k];

            if (x->when.len == 0 && (x->way == WAY_NONE || x->way == l->way)) {
                always = x;
            }
        }
        if (always != NULL) {
            pack_mistake_at(r, l->line, l->column,
                            SAY("This limit is never used: the one in line {line} fits "
                                "always, and the first that fits counts.",
                                SAY_NUMBER("line", always->line)));
        }
    }
}

static void fees_check(struct pack_reader *r, const struct service *s, day today)
{
    for (size_t i = 0; i < s->fees_count; i++) {
        const struct service_fee *f = &s->fees[i];

        if (f->until != DAY_NONE && f->until < today) {
            pack_advise_at(r, f->line, f->column,
                           SAY("The fee \"{key}\" ended on {day}. Leave it out of a new "
                               "version.",
                               SAY_TEXT("key", f->key), SAY_DAY("day", f->until)));
        }
    }
}

void service_use_check(struct pack_reader *r, const struct service *s, day today)
{
    questions_check(r, s);
    limits_check(r, s);
    fees_check(r, s, today);
}
