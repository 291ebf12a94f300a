/* files_check — proves that every finished file is whole.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"
#include "host/store/files.h"
#include "host/store/files/files_db.h"

enum { FILES_AT_ONCE = 500 };

static const struct query list_sql = {
    "SELECT agency_id, id, size_bytes, sha256 FROM file "
    "WHERE state > 0 AND (agency_id, id) > (?1, ?2) ORDER BY agency_id, id LIMIT ?3",
    "iii",
};

/* "" when all is well, else what is wrong. */
static const char *fault_of(struct arena *a, struct store *s, const struct keyring *k,
                            const struct table *t, size_t row)
{
    int64_t size = 0;
    struct sha256 hash;
    str bytes = STR("x");

    sha256_begin(&hash);
    for (int part = 0; bytes.len > 0; part++) {
        struct arena_mark *mark = arena_mark(a);
        err e = file_part(a, s, k, cell_int(t, row, 0), cell_int(t, row, 1), part, &bytes);

        if (e != NULL) {
            return "cannot be opened whole";
        }
        sha256_add(&hash, bytes.at, bytes.len);
        size += (int64_t)bytes.len;
        arena_reset(a, mark);
    }
    if (size != cell_int(t, row, 2)) {
        return "has another length";
    }
    return str_equal(sha256_end(a, &hash), cell_bytes(t, row, 3)) ? "" : "is not what came";
}

err file_check(struct arena *a, struct store *s, const struct keyring *k, store_say *say,
               void *context)
{
    int64_t agency = 0, id = 0, files = 0, faults = 0;
    bool more = true;

    while (more) {
        struct arena_mark *mark = arena_mark(a);
        struct table t;

        TRY(files_read(a, s, &list_sql,
                       BIND(bind_int(agency), bind_int(id), bind_int(FILES_AT_ONCE)), &t));
        for (size_t i = 0; i < t.rows; i++) {
            agency = cell_int(&t, i, 0);
            id = cell_int(&t, i, 1);
            const char *fault = fault_of(a, s, k, &t, i);

            if (fault[0] != '\0') {
                say(context, false,
                    str_format(a, "file %lld of agency %lld %s", (long long)id,
                               (long long)agency, fault));
                faults++;
            }
            files++;
        }
        more = t.rows == FILES_AT_ONCE;
        arena_reset(a, mark);
    }
    if (faults == 0) {
        say(context, true, str_format(a, "files: %lld whole", (long long)files));
    }
    return NULL;
}
