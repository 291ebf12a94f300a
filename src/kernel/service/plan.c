/* plan — the way of a proposal, out of office, authority table and service: levels that the
 * office has come from its definition, the path and whom to consult from the line of the
 * table, more units and four eyes from the service.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/office/office.h"
#include "kernel/service/service.h"

struct flow_plan service_plan(const struct catalog *catalog, const struct service *s,
                               enum level level)
{
    const struct office *office = office_get(catalog);
    const struct authority_line *line =
        s != NULL ? authority_find(catalog, s->matter) : NULL;
    struct flow_plan plan = { .decides = level, .proposes = LEVEL_OFFICER };

    for (int l = LEVEL_UNIT_HEAD; l < LEVEL_COUNT; l++) {
        if (office == NULL || !label_is_empty(&office->level_title[l])) {
            plan.levels |= 1U << l;
        }
    }
    plan.levels |= 1U << LEVEL_OFFICER;
    if (s != NULL) {
        plan.consults = s->flow.consult_count;
        plan.four_eyes = s->flow.four_eyes;
    }
    if (line != NULL) {
        plan.through = line->through;
        plan.proposes = line->proposes;
        plan.consults += line->consults_count;
    }
    return plan;
}
