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

struct flow_plan service_plan(const struct catalog *catalog, const struct service *s,
                              enum level level)
{
    const struct authority_line *line =
        s != NULL ? authority_find(catalog, s->matter) : NULL;
    struct flow_plan plan = { .levels = levels_of(office_get(catalog)),
                              .proposes = LEVEL_OFFICER };

    if (line != NULL) {
        plan = service_line_plan(catalog, line);
    }
    plan.decides = level;
    if (s != NULL) {
        plan.consults += s->flow.consult_count;
        plan.four_eyes = s->flow.four_eyes;
    }
    return plan;
}
