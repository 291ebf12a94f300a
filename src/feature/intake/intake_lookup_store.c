/* intake_lookup_store — papers that were ticked as looked up by us: the register is asked
 * in the commit that takes the case in.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/intake/intake_store.h"
#include "host/store/store.h"
#include "kernel/lookup/lookup.h"

static err ask_one(const struct intake_lookups *x, struct arena *a, struct tx *tx,
                   const struct casefile *c, const struct lookup_choice *choice, int64_t id)
{
    struct lookup_wish w = {
        .who = *x->who,
        .takes_in = true,
        .row = { .agency = c->agency, .id = id, .casefile = c->id,
                 .register_key = choice->reg->key, .paper = choice->paper->key,
                 .question = choice->question, .purpose = lookup_purpose_key[0],
                 .staff = x->who->staff, .at_ms = x->now_ms,
                 .how = x->simulated ? HOW_SIMULATOR : HOW_GATEWAY },
    };

    TRY(lookup_prepare(a, tx_snap(tx), x->keyring, x->catalog, c, NULL, &w));
    return lookup_ask(a, tx, &w);
}

/* The first answer that fits; of several that together name it, each row of them. */
static err ask_all(const struct intake_lookups *x, struct arena *a, struct tx *tx,
                   const struct casefile *c, const struct lookup_choice *list, size_t count,
                   str paper, size_t *io_used)
{
    for (size_t i = 0; i < count && *io_used < INTAKE_LOOKUPS_MOST; i++) {
        if (!str_equal(list[i].paper->key, paper)) {
            continue;
        }
        TRY(ask_one(x, a, tx, c, &list[i], x->ids[(*io_used)++]));
        if (list[i].paper->lookup_by_count == 0) {
            return NULL;
        }
    }
    return NULL;
}

err intake_lookups_ask(struct arena *a, struct tx *tx, const struct intake_lookups *x,
                       const struct intake_papers *papers)
{
    struct casefile c;
    struct lookup_choice *choices;
    size_t count, used = 0;

    TRY(casefile_load(a, tx_snap(tx), x->who->agency, x->casefile, &c));
    TRY(lookup_choices(a, tx_snap(tx), x->keyring, x->catalog, &c, &choices, &count));
    for (size_t i = 0; i < papers->count; i++) {
        const struct intake_paper *p = &papers->list[i];

        if (p->kind == ONCE_PAPER && p->state == PAPER_LOOKED_UP) {
            TRY(ask_all(x, a, tx, &c, choices, count, p->key, &used));
        }
    }
    return NULL;
}
