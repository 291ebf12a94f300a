/* intake_papers — the papers of a matter as lines to tick.
 *
 * What nobody touches counts as seen: the clerk marks what is missing. A file or signature
 * that the form asks for is a paper at the counter.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/intake/intake_rules.h"

const str intake_paper_key[PAPER_STATES] = {
    STR_INIT("original"), STR_INIT("copy"), STR_INIT("looked_up"), STR_INIT("missing"),
    STR_INIT("not_needed"),
};

bool intake_paper_state_from_key(str key, enum intake_paper_state *ret)
{
    for (int i = 0; i < PAPER_STATES; i++) {
        if (str_equal(intake_paper_key[i], key)) {
            *ret = (enum intake_paper_state)i;
            return true;
        }
    }
    return false;
}

str intake_paper_field(struct arena *a, const struct intake_paper *p)
{
    return str_format(a, "%.*s.%.*s", STR_ARG(once_kind_key[p->kind]), STR_ARG(p->key));
}

static enum intake_paper_state untouched(const struct service_paper *p)
{
    if (p->looked_up) {
        return PAPER_LOOKED_UP;
    }
    return p->original || p->copies == 0 ? PAPER_ORIGINAL : PAPER_COPY;
}

static struct intake_paper *add(struct intake_papers *to)
{
    return to->count < INTAKE_PAPERS_MOST ? &to->list[to->count++] : NULL;
}

static err add_papers(struct arena *a, const struct service_matter *m, enum once_kind kind,
                      const struct service_paper *list, size_t count, bool asked,
                      struct intake_papers *to)
{
    for (size_t i = 0; i < count; i++) {
        struct intake_paper *p = add(to);
        bool needed = true;

        if (p == NULL) {
            return NULL;
        }
        if (list[i].when.len > 0) {
            TRY(service_paper_needed(a, m, &list[i], &needed));
        }
        *p = (struct intake_paper){
            .kind = kind, .key = list[i].key, .paper = &list[i], .name = &list[i].name,
            .note = &list[i].note, .where = &list[i].where, .needed = asked && needed,
        };
        p->state = p->needed ? untouched(&list[i]) : PAPER_NOT_NEEDED;
    }
    return NULL;
}

static err add_questions(struct arena *a, const struct answers *answers, day today,
                         struct intake_papers *to)
{
    static const struct label nothing;

    for (size_t i = 0; answers != NULL && i < answers->count; i++) {
        const struct answer *x = &answers->list[i];
        bool required;
        struct intake_paper *p;

        if (!x->visible || !question_takes_file(x->question) || (p = add(to)) == NULL) {
            continue;
        }
        TRY(answer_is_required(a, answers, x, today, &required));
        *p = (struct intake_paper){
            .kind = ONCE_QUESTION, .key = x->question->key, .name = &x->question->label,
            .note = &x->question->help, .where = &nothing, .needed = required,
            .state = required ? PAPER_ORIGINAL : PAPER_NOT_NEEDED,
        };
    }
    return NULL;
}

err intake_papers_of(struct arena *a, const struct service *s,
                     const struct answers *answers, bool by_agent, day today,
                     struct intake_papers *ret)
{
    const struct service_matter m = { .service = s, .answers = answers, .way = WAY_COUNTER,
                                      .today = today };

    ret->count = 0;
    TRY(add_papers(a, &m, ONCE_PAPER, s->papers, s->papers_count, true, ret));
    TRY(add_papers(a, &m, ONCE_AGENT_PAPER, s->agent_papers, s->agent_papers_count,
                   by_agent, ret));
    return add_questions(a, answers, today, ret);
}

size_t intake_papers_missing(const struct intake_papers *p)
{
    size_t missing = 0;

    for (size_t i = 0; i < p->count; i++) {
        missing += p->list[i].state == PAPER_MISSING;
    }
    return missing;
}
