/* file_store — files that a case holds are marked, so that the sweep leaves them.
 *
 * The mark is set right after the commit that links a file. A process that ends between the
 * two leaves a link without a mark; so it is looked for at each start.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/files.h"
#include "host/store/store.h"
#include "kernel/casefile/casefile.h"

enum { FILES_MOST = 20000 };

static const struct query held_sql = {
    "SELECT 1 FROM case_file WHERE agency_id = ?1 AND file_id = ?2", "ii",
};
static const struct query *const all_queries[] = { &held_sql };
const struct query_list casefile_file_queries = {
    "casefile (files)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err casefile_files_keep(struct arena *a, struct store *s, int *ret_kept)
{
    struct table files, held;
    struct snap *snap;
    int kept = 0;

    TRY(file_unkept(a, s, FILES_MOST, &files));
    TRY(snap_begin(a, s, &snap));
    for (size_t i = 0; i < files.rows; i++) {
        int64_t agency = cell_int(&files, i, 0), id = cell_int(&files, i, 1);

        TRY(snap_query(a, snap, &held_sql, BIND(bind_int(agency), bind_int(id)), &held));
        if (held.rows > 0) {
            TRY(file_keep(a, s, agency, id));
            kept++;
        }
    }
    snap_end(snap);
    *ret_kept = kept;
    return NULL;
}
