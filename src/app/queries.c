/* queries — the statements of every room.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/lists.h"
#include "desk/desk.h"
#include "feature/apply/apply.h"
#include "feature/records/records.h"
#include "feature/settings/settings.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading.h"
#include "kernel/pack/pack.h"
#include "kernel/party/party.h"
#include "kernel/session/session.h"

const struct query_list *const app_queries[] = {
    &party_queries,
    &session_queries,
    &pack_queries,
    &casefile_queries,
    &casefile_act_queries,
    &casefile_read_queries,
    &casefile_list_queries,
    &casefile_typed_queries,
    &casefile_check_queries,
    &settings_queries,
    &apply_queries,
    &casefile_file_queries,
    &store_queries,
    &chain_queries,
    &writer_queries,
    &check_queries,
    &key_proof_queries,
    &casefile_reading_queries,
    &records_queries,
    &relay_queries,
    &share_queries,
    &lease_queries,
    &standby_queries,
    &records_check_queries,
};
const size_t app_queries_count = sizeof app_queries / sizeof app_queries[0];
