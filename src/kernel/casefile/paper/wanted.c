/* wanted — what an applicant must supply, as a form of its own.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/seal/seal.h"
#include "kernel/casefile/paper/case_wanted.h"

#define PAPER "paper_"
#define PAPER_BYTES ((int64_t)20 << 20)

static const str paper_types[] = { STR_INIT("application/pdf"), STR_INIT("image/jpeg"),
                                   STR_INIT("image/png") };

static const struct service_paper *paper_of(const struct service *s, str key)
{
    for (size_t i = 0; i < s->papers_count; i++) {
        if (str_equal(s->papers[i].key, key)) {
            return &s->papers[i];
        }
    }
    for (size_t i = 0; i < s->agent_papers_count; i++) {
        if (str_equal(s->agent_papers[i].key, key)) {
            return &s->agent_papers[i];
        }
    }
    return NULL;
}

struct label casefile_wanted_name(const struct service *s, const struct case_wanted *w)
{
    const struct service_paper *p = w->is_paper ? paper_of(s, w->key) : NULL;
    const struct question *q = w->is_paper ? NULL : form_question(&s->form, w->key);

    return p != NULL ? p->name : q != NULL ? q->label : (struct label){ 0 };
}

bool casefile_paper_of(const struct service *s, str question, struct label *ret)
{
    const struct service_paper *p;

    if (!str_starts(question, STR(PAPER))) {
        return false;
    }
    p = paper_of(s, str_slice(question, sizeof PAPER - 1, question.len));
    *ret = p != NULL ? p->name : (struct label){ .in = { question, question, question } };
    return true;
}

/* Asked for itself: whatever depends on other answers is not looked at again. */
static struct question alone(const struct question *q)
{
    struct question x = *q;

    x.visible = x.required_when = STR("");
    x.rules = NULL;
    x.rules_count = 0;
    x.required = true;
    return x;
}

static struct question paper_question(struct arena *a, const struct service_paper *p)
{
    return (struct question){
        .key = str_join(a, STR(PAPER), p->key), .type = Q_FILE, .label = p->name,
        .help = p->note, .required = true, .personal = true, .accept = paper_types,
        .accept_count = sizeof paper_types / sizeof paper_types[0], .least = INT64_MIN,
        .most = PAPER_BYTES,
    };
}

static err form_of(struct arena *a, struct question *questions, size_t count,
                   struct form *ret)
{
    struct form_step *step = ARENA_NEW(a, struct form_step);

    if (step == NULL) {
        return err_no_memory;
    }
    step->key = STR("wanted");
    step->questions = questions;
    step->questions_count = count;
    *ret = (struct form){ .steps = step, .steps_count = 1 };
    return NULL;
}

err casefile_wanted_form(struct arena *a, const struct service *s,
                         const struct case_wanted_list *wanted, struct form *ret)
{
    struct question *list = ARENA_ARRAY(a, wanted->count + 1, struct question);
    size_t n = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < wanted->count; i++) {
        const struct case_wanted *w = &wanted->list[i];
        const struct service_paper *p = w->is_paper ? paper_of(s, w->key) : NULL;
        const struct question *q = w->is_paper ? NULL : form_question(&s->form, w->key);

        if (p != NULL) {
            list[n++] = paper_question(a, p);
        } else if (q != NULL) {
            list[n++] = alone(q);
        }
    }
    return form_of(a, list, n, ret);
}

err casefile_field_form(struct arena *a, const struct service *s, str key, struct form *ret)
{
    const struct question *q = form_question(&s->form, key);
    struct question *one = ARENA_NEW(a, struct question);

    if (one == NULL) {
        return err_no_memory;
    }
    if (q == NULL || q->type == Q_FILE || q->type == Q_NOTE ||
        q->type == Q_CONSENT || q->type == Q_SIGNATURE) {
        FAIL(a, ERR_MISSING, SAY("This answer cannot be corrected here."), STR(""),
             "question %.*s", STR_ARG(key));
    }
    *one = alone(q);
    return form_of(a, one, 1, ret);
}
