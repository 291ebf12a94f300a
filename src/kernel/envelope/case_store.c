/* case_store — what came in an envelope goes on here as a case: the receipt names its
 * number, or, where it was confirmed before, the case is put beside it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/store/store.h"
#include "kernel/envelope/envelope.h"

static const struct query link_sql = {
    "UPDATE envelope SET casefile_id = ?3, unit_id = ?4, changes = changes + 1 "
    "WHERE agency_id = ?1 AND id = ?2 AND is_out = 0 AND state = 'received' "
    "AND casefile_id = 0", "iiii",
};
static const struct query *const all_queries[] = { &link_sql };
const struct query_list envelope_case_queries = {
    "envelope (case)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

bool envelope_may_become_case(const struct envelope *e)
{
    return !e->out && e->kind != ENVELOPE_QUERY && e->casefile == 0 &&
           (e->state == ENVELOPE_SENT || e->state == ENVELOPE_RECEIVED);
}

static err faster(struct arena *a)
{
    FAIL(a, ERR_CONFLICT, SAY("A colleague was faster. This is the newest state."), STR(""),
         "it is a case, or has ended");
}

/* It was confirmed before: the sender has his receipt, the case is for us. */
static err link_put(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                    const struct envelope *e, int64_t casefile)
{
    const struct event told = {
        .agency = e->agency, .at_ms = now_ms, .actor = who->staff,
        .kind = STR("envelope.case"), .subject = e->id,
        .body = str_format(a, "{\"case\":\"%.*s\"}", STR_ARG(id_text(a, casefile))),
    };
    int64_t changed;

    TRY(tx_change(a, tx, &link_sql,
                  BIND(bind_int(e->agency), bind_int(e->id), bind_int(casefile),
                       bind_int(who->unit)), &changed));
    return changed == 1 ? tx_event(tx, &told) : faster(a);
}

err envelope_becomes_case(struct arena *a, struct tx *tx, const struct keyring *k,
                          const struct agency *here, const struct actor *who,
                          int64_t now_ms, int64_t id, int64_t casefile, str number)
{
    struct envelope_post post = {
        .staff = who->staff, .at_ms = now_ms, .unit = who->unit, .casefile = casefile,
        .message = { .step = ENVELOPE_RECEIVED, .reply_by = DAY_NONE,
                     .case_number = number },
    };

    TRY(envelope_load(a, tx_snap(tx), here->id, id, &post.envelope));
    if (!envelope_may_become_case(&post.envelope)) {
        return faster(a);
    }
    if (post.envelope.state == ENVELOPE_RECEIVED) {
        return link_put(a, tx, who, now_ms, &post.envelope, casefile);
    }
    TRY(envelope_prepare(a, k, here, &post));
    return envelope_step_put(a, tx, &post);
}
