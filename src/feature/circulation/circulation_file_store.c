/* circulation_file_store — the file that goes round becomes the agency's own.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/circulation/circulation_file.h"

#include "base/arena.h"
#include "host/store/files.h"
#include "kernel/party/party.h"

/* Each part in memory of its own: a file may be larger than a request's. */
static err part_copy(struct store *s, const struct keyring *k, int64_t file, int number,
                     struct file_writer *w, size_t *ret_len)
{
    struct arena *a = arena_new(0);
    str part;
    err e = a == NULL ? err_no_memory
                      : file_part(a, s, k, AGENCY_CITY, file, number, &part);
    bool failed = e != NULL;

    if (!failed) {
        *ret_len = part.len;
        e = part.len > 0 ? file_append(w, part.at, part.len) : NULL;
    }
    arena_free(a);
    return failed ? err_no_memory : e;
}

err circulation_file_take(struct arena *a, struct store *s, const struct keyring *k,
                          int64_t file, int64_t agency, int64_t to, int64_t now_ms,
                          str *ret_media_type)
{
    struct file_writer *w;
    struct file_facts facts, made;
    size_t len = 1;

    TRY(file_facts_load(a, s, AGENCY_CITY, file, &facts));
    TRY(file_begin(a, s, k, agency, to, now_ms, &w));
    for (int i = 0; len > 0; i++) {
        TRY(part_copy(s, k, file, i, w, &len));
    }
    TRY(file_finish(w, &made));
    TRY(file_media(a, s, agency, to, facts.media_type));
    TRY(file_keep(a, s, agency, to));
    *ret_media_type = str_copy(a, facts.media_type);
    return NULL;
}
