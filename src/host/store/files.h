/* files — the bytes of uploaded files: content-addressed, sealed, in parts of 256 KiB.
 *
 * Parts are written by small transactions while the body arrives; a commit only links the
 * finished file (casefile_file). What is not linked is swept after 24 h. On SQLite they are
 * in files.db.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_FILES_H
#define BIANMIN_HOST_FILES_H

#include "host/store/store.h"

struct keyring;
struct file_writer;

struct file_facts {
    int64_t id;
    int64_t size_bytes;
    str sha256;     /* 32 bytes */
    str media_type; /* what the content is, by host/paper; "" before it was looked at */
};

MUST_CHECK err file_begin(struct arena *a, struct store *s, const struct keyring *k,
                          int64_t agency, int64_t id, int64_t now_ms,
                          struct file_writer **ret);
/* Fails: ERR_BUSY (disk full). May block for a small transaction. */
MUST_CHECK err file_append(struct file_writer *w, const void *bytes, size_t len);
/* From here on the file is durable. `ret` lives as long as the arena of file_begin. */
MUST_CHECK err file_finish(struct file_writer *w, struct file_facts *ret);
/* Takes what came out again; also done with the arena when nobody finished. */
void file_abandon(struct file_writer *w);

MUST_CHECK err file_facts_load(struct arena *a, struct store *s, int64_t agency, int64_t id,
                               struct file_facts *ret);
/* One part, opened; "" past the end. Parts count from 0. */
MUST_CHECK err file_part(struct arena *a, struct store *s, const struct keyring *k,
                         int64_t agency, int64_t id, int part, str *ret_bytes);
#define FILE_PART_BYTES ((size_t)256 << 10)
/* Takes out a finished file that nobody has linked. */
MUST_CHECK err file_drop(struct arena *a, struct store *s, int64_t agency, int64_t id);
/* Marks a file as belonging to something, so that the sweep leaves it. Runs after the
 * commit that links it (again at start for links that have no mark). */
MUST_CHECK err file_keep(struct arena *a, struct store *s, int64_t agency, int64_t id);
/* Finished files without a mark, oldest first: rows of (agency, id). At start the program
 * keeps those that a commit has linked. */
MUST_CHECK err file_unkept(struct arena *a, struct store *s, int limit, struct table *ret);
/* What host/paper found the content to be. */
MUST_CHECK err file_media(struct arena *a, struct store *s, int64_t agency, int64_t id,
                          str media_type);
/* Files begun before `before_ms` that nobody kept, a few in one call; `*ret_swept` 0: none
 * is left. */
MUST_CHECK err file_sweep(struct arena *a, struct store *s, int64_t before_ms,
                          int *ret_swept);
/* For `bianmin check`: every finished file is whole, opens, and has its SHA-256. */
MUST_CHECK err file_check(struct arena *a, struct store *s, const struct keyring *k,
                          store_say *say, void *context);

#endif
