/* agent_check_store — for `bianmin check`: who applies for another is the one whom the
 * event has the hash of, and opens.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/check/check.h"
#include "kernel/proof/proof.h"

static const struct query rows_sql = {
    "SELECT casefile_id, id_seen, sealed FROM case_agent "
    "WHERE agency_id = ?1 AND casefile_id > ?2 ORDER BY casefile_id LIMIT 200",
    "ii",
};
static const struct query gone_sql = {
    "SELECT e.subject_id FROM event e WHERE e.agency_id = ?1 AND e.kind = 'agent.named' "
    "AND NOT EXISTS (SELECT 1 FROM case_agent g WHERE g.agency_id = e.agency_id "
    "AND g.casefile_id = e.subject_id) ORDER BY e.seq LIMIT 100",
    "i",
};
static const struct query *const all_queries[] = { &rows_sql, &gone_sql };
const struct query_list casefile_agent_check_queries = {
    "casefile (agents, check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

static err agent_check(struct proof *p, const struct table *t, size_t i)
{
    int64_t id = cell_int(t, i, 0);
    const struct seal_place place = { p->agency, id, "case_agent", "sealed" };
    str sealed = cell_bytes(t, i, 2);
    struct told_list told;
    const struct told *e;

    TRY(proof_told(p, id, &told));
    e = told_only(&told, STR("agent.named"));
    if (e == NULL || json_int_of(e->body, STR("id_seen"), -1) != cell_int(t, i, 1) ||
        !str_equal(json_text_of(e->body, STR("hash")),
                   str_hex(p->a, seal_sha256(p->a, sealed)))) {
        proof_fault_id(p, id, "it is not as its event tells");
    } else if (!proof_opens(p, &place, sealed, STR(""))) {
        proof_fault_id(p, id, "what is written of him does not open");
    }
    return NULL;
}

static err all_check(struct proof *p)
{
    TRY(proof_each(p, &rows_sql, agent_check));
    return proof_gone(p, &gone_sql, "he was named, but the row is gone");
}

err casefile_agents_check(struct arena *a, struct store *s, const struct keyring *k,
                          int64_t agency, case_say *say, void *context)
{
    const struct proof begin = {
        .k = k, .agency = agency, .what = "agent of case", .say = say, .context = context
    };

    return proof_run(a, s, &begin, all_check, "agents as their events tell");
}
