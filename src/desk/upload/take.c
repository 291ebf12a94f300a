/* take — a file of a staff form becomes one of the office.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/upload/upload.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "host/store/files.h"

#define TAKE_BYTES ((size_t)8 << 20)
#define PARTS_MOST 80 /* 20 MiB */

/* Part by part, in an arena that is emptied after each. */
static err copy(struct ask *q, struct arena *a, int64_t file, struct file_writer *w)
{
    for (int i = 0; i <= PARTS_MOST; i++) {
        struct arena_mark *mark = arena_mark(a);
        str part;

        TRY(file_part(a, q->store, q->keyring, AGENCY_CITY, file, i, &part));
        if (str_is_empty(part)) {
            return NULL;
        }
        TRY(file_append(w, part.at, part.len));
        arena_reset(a, mark);
    }
    FAIL(q->arena, ERR_INPUT, SAY("This file is too large."), STR("file"),
         "file too large");
}

static void arena_free_v(void *a)
{
    arena_free(a);
}

err upload_take(struct ask *q, const struct ask_file *file, int64_t *ret_file)
{
    struct arena *own = arena_new(TAKE_BYTES);
    int64_t id = ask_new_id(q);
    struct file_writer *w;
    struct file_facts facts;
    err e, gone = NULL;

    if (own == NULL || !arena_defer(q->arena, arena_free_v, own)) {
        return err_no_memory;
    }
    e = file_begin(q->arena, q->store, q->keyring, q->agency->id, id, q->now_ms, &w);
    e = e != NULL ? e : copy(q, own, file->id, w);
    e = e != NULL ? e : file_finish(w, &facts);
    e = e != NULL ? e : file_media(q->arena, q->store, q->agency->id, id, file->media_type);
    TRY(e);
    gone = file_drop(q->arena, q->store, AGENCY_CITY, file->id);
    (void)gone; /* else the sweep takes it */
    *ret_file = id;
    return NULL;
}
