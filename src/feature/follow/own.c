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

struct label follow_unit(const struct ask *q, const struct service *s, str *ret_telephone)
{
    struct label unit = ask_unit_of(q, s->unit, ret_telephone);

    if (s->telephone.len > 0) {
        *ret_telephone = s->telephone;
    }
    return unit;
}
