/* go_out_store — whether a letter may be issued now: not before the decision that it tells,
 * and not unpaid where that is the rule.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/letter/letter.h"

err letter_go_out(struct arena *a, struct tx *tx, const struct letter_issue *w,
                  const struct letter *l, int *ret_months)
{
    struct service_letter form = { .when = LETTER_ALWAYS };
    struct casefile c;

    if (w->service != NULL) {
        TRY(letter_form(a, w->service, l->form, &form));
    }
    *ret_months = form.valid_months;
    TRY(casefile_load(a, tx_snap(tx), l->agency, l->casefile, &c));
    TRY(letter_go_out_check(a, l, &form, &c));
    if (letter_tells_grant(l, &form) && w->service != NULL &&
        w->service->flow.paid_before_issue) {
        return case_must_hold(a, tx, &w->paid);
    }
    return NULL;
}
