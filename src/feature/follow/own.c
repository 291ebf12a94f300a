/* own — the case that a page is about, and who answers for it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/ask.h"
#include "desk/guard/owner.h"
#include "feature/follow/inside.h"

err follow_case(struct ask *q, struct casefile *ret, str *ret_code,
                const struct service **ret_service)
{
    TRY(owner_case(q, ret, ret_code));
    *ret_service = service_get_near(q->catalog, ret->service, ret->service_version);
    if (*ret_service == NULL) {
        FAIL(q->arena, ERR_BROKEN,
             SAY("This service is not set up completely. Please call the "
                 "office."),
             STR(""), "case of an unknown service");
    }
    return NULL;
}

struct words follow_due(const struct casefile *c)
{
    if (c->due == DAY_NONE) {
        return SAY("No fixed time");
    }
    if (case_ends_in_hours(c->due, c->due_ms)) {
        return SAY("{time}", SAY_TIME("time", c->due_ms));
    }
    return SAY("{day}", SAY_DAY("day", c->due));
}

struct label follow_unit(const struct ask *q, const struct service *s, str *ret_telephone)
{
    struct label unit = ask_unit_of(q, s->unit, ret_telephone);

    if (s->telephone.len > 0) {
        *ret_telephone = s->telephone;
    }
    return unit;
}

struct label follow_unit_now(const struct ask *q, const struct casefile *c,
                             const struct service *s, str *ret_telephone)
{
    struct label said = follow_unit(q, s, ret_telephone);
    size_t count;
    const struct unit *units = ask_units(q, &count);

    for (size_t i = 0; i < count; i++) {
        if (units[i].id == c->unit && !str_equal(units[i].key, s->unit)) {
            *ret_telephone = units[i].telephone.len > 0 ? units[i].telephone
                                                        : *ret_telephone;
            return units[i].name;
        }
    }
    return said;
}
