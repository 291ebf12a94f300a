/* arrive — looking at a file in the process that may look at foreign bytes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/arrive.h"

#include "base/arena.h"
#include "base/buf.h"
#include "desk/inside.h"
#include "host/log/log.h"
#include "host/paper/paper.h"
#include "host/store/files.h"

#define LOOK_BYTES ((size_t)64 << 20) /* of one file while it is looked at, twice over */
#define FILE_BYTES ((size_t)24 << 20)

static err bytes_of(struct desk *d, struct arena *a, int64_t agency, int64_t id, str *ret_bytes)
{
    struct buf b;
    str part = STR("x");

    buf_init(&b, a, FILE_BYTES);
    for (int n = 0; part.len > 0; n++) {
        TRY(file_part(a, d->o.store, d->o.keyring, agency, id, n, &part));
        buf_put(&b, part);
    }
    if (buf_failed(&b)) {
        FAIL(a, ERR_INPUT, SAY("That is too large"), STR(""), "no room to look at it");
    }
    *ret_bytes = buf_str(&b);
    return NULL;
}

/* The copy takes the place of what came; that belongs to nothing and is swept. */
static err keep_copy(struct desk *d, struct arena *a, int64_t agency, int64_t now_ms, str bytes,
                     str type, struct ask_file *file)
{
    struct file_writer *w = NULL;
    struct file_facts facts;
    int64_t id = id_next(d->o.ids, now_ms);

    TRY(file_begin(a, d->o.store, d->o.keyring, agency, id, now_ms, &w));
    TRY(file_append(w, bytes.at, bytes.len));
    TRY(file_finish(w, &facts));
    file->id = id;
    file->size_bytes = facts.size_bytes;
    file->media_type = type;
    return NULL;
}

static err look(struct desk *d, struct arena *a, int64_t agency, int64_t now_ms,
                struct ask_file *file)
{
    str bytes, type, clean;

    TRY(bytes_of(d, a, agency, file->id, &bytes));
    TRY(paper_media_type(a, d->o.paper, bytes, &type));
    if (str_equal(type, STR("image/jpeg")) || str_equal(type, STR("image/png"))) {
        TRY(paper_clean_picture(a, d->o.paper, bytes, &clean, &type));
        TRY(keep_copy(d, a, agency, now_ms, clean, type, file));
    }
    file->media_type = type;
    return file_media(a, d->o.store, agency, file->id, type);
}

err arrive(struct desk *d, struct arena *a, int64_t agency, int64_t now_ms,
           struct ask_file *file)
{
    struct arena *own = d->o.paper != NULL ? arena_new(LOOK_BYTES) : NULL;
    err e = own == NULL ? NULL : look(d, own, agency, now_ms, file);

    file->media_type = e == NULL ? str_copy(a, file->media_type) : STR("");
    if (e != NULL && e->kind != ERR_INPUT) {
        log_err(LOG_WARN_LEVEL, "file.look", STR(""), e);
    }
    if (own != NULL) {
        arena_free(own);
    }
    return arena_failed(a) ? err_no_memory : NULL;
}
