/* move — what a running case would meet in another version of its service.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/diff.h"

/* Answers that the other version asks for too, as they are. */
static err answers_carry(struct arena *a, const struct answers *from,
                         const struct service *to, struct answers *ret)
{
    TRY(answers_init(a, &to->form, ret));
    return answers_restore(a, ret, answers_write(a, from), LANG_ZH);
}

err service_move(struct arena *a, const struct service_matter *m, const struct service *to,
                 struct service_move *ret)
{
    struct service_move move = { 0 };
    struct answers carried;
    struct service_matter after = { to, &carried, m->way, m->today };

    mistakes_init(&move.missing, a);
    TRY(service_diff(a, m->service, to, &move.changes, &move.changes_count));
    TRY(service_fee_total(a, m, NULL, 0, &move.fee_old));
    TRY(service_clock(a, m, &move.clock_old));
    TRY(answers_carry(a, m->answers, to, &carried));
    TRY(answers_settle(a, &carried, m->today));
    TRY(answers_check(a, &carried, m->today, &move.missing));
    TRY(service_fee_total(a, &after, NULL, 0, &move.fee_new));
    TRY(service_clock(a, &after, &move.clock_new));
    for (size_t i = 0; i < m->answers->count; i++) {
        const struct answer *x = &m->answers->list[i];

        move.dropped +=
            x->json.len > 0 && form_question(&to->form, x->question->key) == NULL ? 1 : 0;
    }
    *ret = move;
    return NULL;
}
