/* act_plan — what the authority table and the definition ask of a proposal: its path, four
 * eyes, and whom to consult. What has answered once in this case is not asked again unless
 * the officer says so.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/consult/consult.h"

static void unit_add(const struct unit *units, size_t count, str key,
                     const struct casefile *c, const struct consult *asked,
                     size_t asked_count, struct act_wish *w)
{
    int64_t id = 0;

    for (size_t i = 0; i < count; i++) {
        if (str_equal(units[i].key, key)) {
            id = units[i].id;
        }
    }
    for (size_t i = 0; i < asked_count; i++) {
        if (asked[i].unit == id && asked[i].state != CONSULT_ASKED) {
            return;
        }
    }
    for (size_t i = 0; i < w->units_count; i++) {
        if (w->units[i] == id) {
            return;
        }
    }
    if (id != 0 && id != c->unit && w->units_count < CONSULTS_MOST) {
        w->units[w->units_count++] = id;
    }
}

/* Only what the definition asks for can be wanted. */
static err check_wanted(struct arena *a, const struct casefile *c, const struct act_wish *w)
{
    const struct service *s =
        service_get_near(w->catalog, c->service, c->service_version);

    for (size_t i = 0; s != NULL && i < w->wanted_count; i++) {
        struct label name = casefile_wanted_name(s, &w->wanted[i]);

        if (label_is_empty(&name)) {
            FAIL(a, ERR_INPUT, SAY("Tick what the applicant is to change or hand in."),
                 STR("wanted"), "unknown %.*s", STR_ARG(w->wanted[i].key));
        }
    }
    return NULL;
}

static err check_papers(struct arena *a, const struct casefile *c, const struct act_wish *w)
{
    const struct service *s =
        service_get_near(w->catalog, c->service, c->service_version);

    for (size_t i = 0; s != NULL && i < w->papers_count; i++) {
        const struct case_wanted as_wanted = { !w->papers[i].is_question,
                                               w->papers[i].key };
        struct label name = casefile_wanted_name(s, &as_wanted);

        if (label_is_empty(&name)) {
            FAIL(a, ERR_INPUT, SAY("Tick the papers that came in."), STR("papers"),
                 "unknown %.*s", STR_ARG(w->papers[i].key));
        }
    }
    return NULL;
}

err case_act_plan(struct arena *a, struct snap *snap, const struct casefile *c,
                  struct act_wish *w)
{
    const struct service *s;
    const struct authority_line *line;
    struct flow_plan plan;
    struct unit *units;
    struct consult *asked;
    size_t count, asked_count;

    if (w->act == ACT_SEND_BACK && w->catalog != NULL) {
        return check_wanted(a, c, w);
    }
    if (w->papers_count > 0 && w->catalog != NULL) {
        return check_papers(a, c, w);
    }
    if (w->act != ACT_PROPOSE || w->catalog == NULL) {
        return NULL;
    }
    s = service_get_version(w->catalog, c->service, c->service_version);
    plan = service_plan(w->catalog, s, c->level);
    plan.proposes = c->proposes; /* as the table said when the case came */
    w->path = flow_path(&plan);
    w->four_eyes = plan.four_eyes;
    line = s != NULL ? authority_find(w->catalog, s->matter) : NULL;
    TRY(unit_list(a, snap, w->agency, &units, &count));
    TRY(consult_list(a, snap, w->agency, c->id, &asked, &asked_count));
    for (size_t i = 0; line != NULL && i < line->consults_count; i++) {
        unit_add(units, count, line->consults[i], c, asked, asked_count, w);
    }
    for (size_t i = 0; s != NULL && i < s->flow.consult_count; i++) {
        unit_add(units, count, s->flow.consult[i], c, asked, asked_count, w);
    }
    return NULL;
}
