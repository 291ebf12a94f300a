/* plan — the way of a proposal, out of office, authority table and service: levels that the
 * office has come from its definition, the path and whom to consult from the line of the
 * table, more units and four eyes from the service.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/office/office.h"
#include "kernel/service/diff.h"

static level_set levels_of(const struct office *office)
{
    level_set levels = 1U << LEVEL_OFFICER;

    for (int l = LEVEL_UNIT_HEAD; l < LEVEL_COUNT; l++) {
        if (office == NULL || !label_is_empty(&office->level_title[l])) {
            levels |= 1U << l;
        }
    }
    return levels;
}

struct flow_plan service_line_plan(const struct catalog *catalog,
                                   const struct authority_line *line)
{
    return (struct flow_plan){
        .levels = levels_of(office_get(catalog)), .through = line->through,
        .proposes = line->proposes, .decides = line->level,
        .consults = line->consults_count,
    };
}

struct flow_plan service_plan_by(const struct catalog *catalog, const struct service *s,
                                 const struct authority_line *line)
{
    struct flow_plan plan = { .levels = levels_of(office_get(catalog)),
                              .proposes = LEVEL_OFFICER, .decides = LEVEL_UNIT_HEAD };

    if (line != NULL) {
        plan = service_line_plan(catalog, line);
    }
    if (s != NULL) {
        plan.consults += s->flow.consult_count;
        plan.four_eyes = s->flow.four_eyes;
    }
    return plan;
}

struct flow_plan service_plan(const struct catalog *catalog, const struct service *s,
                              enum level level)
{
    struct flow_plan plan =
        service_plan_by(catalog, s, s != NULL ? authority_find(catalog, s->matter) : NULL);

    plan.decides = level;
    return plan;
}
