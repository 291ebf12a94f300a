/* arrive — looking at a file in the process that may look at foreign bytes.
 *
 * The bytes came into the store as they were sent, so that a slow sender costs no memory;
 * only here is a picture held whole, one at a time a lane.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/arrive.h"

#include <string.h>

#include "base/arena.h"
#include "desk/inside.h"
#include "host/log/log.h"
#include "host/paper/paper.h"
#include "host/store/files.h"

#define LOOK_BYTES ((size_t)64 << 20)
#define HEAD_BYTES ((int64_t)1 << 20) /* what tells the kind */
#define PICTURE_BYTES ((int64_t)32 << 20)
#define UNKNOWN STR("application/octet-stream")

struct look {
    struct desk *desk;
    struct arena *arena; /* of this look alone */
    int64_t agency, now_ms;
};

/* The first `most` bytes of a file. */
static err bytes_load(struct look *l, const struct ask_file *file, int64_t most,
                      str *ret_bytes)
{
    const struct desk_options *o = &l->desk->o;
    size_t want = (size_t)(file->size_bytes < most ? file->size_bytes : most), have = 0;
    char *at = arena_alloc(l->arena, want);

    if (at == NULL) {
        return err_no_memory;
    }
    for (int i = 0; have < want; i++) {
        struct arena_mark *mark = arena_mark(l->arena);
        str part;

        TRY(file_part(l->arena, o->store, o->keyring, l->agency, file->id, i, &part));
        size_t len = part.len < want - have ? part.len : want - have;

        if (len == 0) {
            break;
        }
        memcpy(at + have, part.at, len);
        have += len;
        arena_reset(l->arena, mark);
    }
    *ret_bytes = (str){ at, have };
    return NULL;
}

/* The harmless picture takes the place of the one that came. */
static err picture_replace(struct look *l, struct ask_file *file, str bytes)
{
    const struct desk_options *o = &l->desk->o;
    int64_t id = id_next(o->ids, l->now_ms);
    struct file_writer *w;
    struct file_facts facts;

    TRY(file_begin(l->arena, o->store, o->keyring, l->agency, id, l->now_ms, &w));
    TRY(file_append(w, bytes.at, bytes.len));
    TRY(file_finish(w, &facts));
    TRY(file_drop(l->arena, o->store, l->agency, file->id));
    file->id = id;
    file->size_bytes = facts.size_bytes;
    return NULL;
}

static err picture_clean(struct look *l, struct ask_file *file, str *ret_type)
{
    str bytes, clean;

    if (file->size_bytes > PICTURE_BYTES) {
        *ret_type = UNKNOWN;
        return NULL;
    }
    TRY(bytes_load(l, file, PICTURE_BYTES, &bytes));
    err e = paper_clean_picture(l->arena, l->desk->o.paper, bytes, &clean, ret_type);

    if (e != NULL && e->kind == ERR_INPUT) {
        *ret_type = UNKNOWN; /* No picture after all; the form says what it takes. */
        return NULL;
    }
    TRY(e);
    return picture_replace(l, file, clean);
}

static err look(struct look *l, struct ask_file *file, str *ret_type)
{
    str head;

    TRY(bytes_load(l, file, HEAD_BYTES, &head));
    TRY(paper_media_type(l->arena, l->desk->o.paper, head, ret_type));
    if (str_equal(*ret_type, STR("image/jpeg")) || str_equal(*ret_type, STR("image/png"))) {
        TRY(picture_clean(l, file, ret_type));
    }
    return file_media(l->arena, l->desk->o.store, l->agency, file->id, *ret_type);
}

err arrive(struct desk *d, struct arena *a, int64_t agency, int64_t now_ms,
           struct ask_file *file)
{
    struct look l = { .desk = d, .agency = agency, .now_ms = now_ms };
    str type = STR("");

    l.arena = d->o.paper != NULL ? arena_new(LOOK_BYTES) : NULL;
    err e = l.arena == NULL ? NULL : look(&l, file, &type);

    file->media_type = e == NULL ? str_copy(a, type) : STR("");
    if (e != NULL && e->kind != ERR_INPUT) {
        log_err(LOG_WARN_LEVEL, "file.look", STR(""), e);
    }
    arena_free(l.arena);
    return arena_failed(a) ? err_no_memory : NULL;
}
