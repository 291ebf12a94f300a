/* files — bytes that arrive in pieces of any size and lie in sealed parts of 256 KiB.
 *
 * Each part is sealed to its place (agency, file, number of the part), so that no part can
 * be taken for another; the SHA-256 over all is written with the finish.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/files.h"

#include "host/seal/seal.h"
#include "host/store/core/inner.h"
#include "host/store/files/files_db.h"

#include <string.h>

enum { SWEEP_AT_ONCE = 8 };

static const struct query begin_sql = {
    "INSERT INTO file (agency_id, id, begun_ms, state, size_bytes, sha256, media_type) "
    "VALUES (?1, ?2, ?3, 0, 0, ?4, '')",
    "iiib",
};
static const struct query part_sql = {
    "INSERT INTO file_part (agency_id, file_id, part, sealed) VALUES (?1, ?2, ?3, ?4)",
    "iiib",
};
static const struct query finish_sql = {
    "UPDATE file SET state = 1, size_bytes = ?3, sha256 = ?4 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 0",
    "iiib",
};
static const struct query drop_parts_sql = {
    "DELETE FROM file_part WHERE agency_id = ?1 AND file_id = ?2",
    "ii",
};
static const struct query drop_sql = {
    "DELETE FROM file WHERE agency_id = ?1 AND id = ?2 AND state < 2",
    "ii",
};
static const struct query facts_sql = {
    "SELECT size_bytes, sha256, media_type FROM file "
    "WHERE agency_id = ?1 AND id = ?2 AND state > 0",
    "ii",
};
static const struct query sealed_sql = {
    "SELECT sealed FROM file_part WHERE agency_id = ?1 AND file_id = ?2 AND part = ?3",
    "iii",
};
static const struct query keep_sql = {
    "UPDATE file SET state = 2 WHERE agency_id = ?1 AND id = ?2 AND state > 0",
    "ii",
};
static const struct query media_sql = {
    "UPDATE file SET media_type = ?3 WHERE agency_id = ?1 AND id = ?2",
    "iit",
};
static const struct query unkept_sql = {
    "SELECT agency_id, id FROM file WHERE state < 2 AND state = 1 "
    "ORDER BY begun_ms LIMIT ?1",
    "i",
};
static const struct query old_sql = {
    "SELECT agency_id, id FROM file WHERE state < 2 AND begun_ms < ?1 "
    "ORDER BY begun_ms LIMIT ?2",
    "ii",
};

/* ---- one statement in a transaction ---- */

struct step {
    const struct query *query;
    const struct value *values;
    size_t count;
    int64_t changed;
};

static err step_work(void *context, struct arena *a, struct db *db)
{
    struct step *s = context;

    return db_change(a, db, s->query, s->values, s->count, &s->changed);
}

/* ERR_MISSING when there is no such file. */
static err change(struct arena *a, struct store *s, const struct query *q,
                  const struct value *values, size_t count)
{
    struct step step = { q, values, count, 0 };

    TRY(files_write(a, s, step_work, &step));
    if (step.changed == 0) {
        FAIL(a, ERR_MISSING, SAY("This file could not be found. Please send it again."),
             STR(""), "%.200s", q->sql);
    }
    return NULL;
}

/* ---- writing ---- */

struct file_writer {
    struct store *store;
    const struct keyring *keys;
    struct arena *arena; /* the caller's */
    struct arena *own;   /* buffer, and one part being sealed */
    int64_t agency, id;
    struct sha256 hash;
    char *buffer;
    size_t held;
    int part;
    int64_t size;
    bool is_over;
};

static str part_column(struct arena *a, int part)
{
    return str_format(a, "part %d", part);
}

static void writer_end(void *writer)
{
    struct file_writer *w = writer;

    file_abandon(w);
    arena_free(w->own);
}

err file_begin(struct arena *a, struct store *s, const struct keyring *k, int64_t agency,
               int64_t id, int64_t now_ms, struct file_writer **ret)
{
    struct file_writer *w = ARENA_NEW(a, struct file_writer);

    if (w == NULL) {
        return err_no_memory;
    }
    if (store_is_short(s)) {
        FAIL(a, ERR_BUSY,
             SAY("There is no room for files just now. Please try again later."),
             STR("file"), "the disk is full");
    }
    *w = (struct file_writer){ .store = s,
                               .keys = k,
                               .arena = a,
                               .agency = agency,
                               .id = id,
                               .own = arena_new(8 * FILE_PART_BYTES),
                               .is_over = true };
    if (w->own == NULL) {
        return err_no_memory;
    }
    if (!arena_defer(a, writer_end, w)) {
        return err_no_memory;
    }
    w->buffer = arena_alloc(w->own, FILE_PART_BYTES);
    if (w->buffer == NULL) {
        return err_no_memory;
    }
    sha256_begin(&w->hash);
    TRY(change(
        a, s, &begin_sql,
        BIND(bind_int(agency), bind_int(id), bind_int(now_ms), bind_bytes(STR("")))));
    w->is_over = false;
    *ret = w;
    return NULL;
}

static err part_keep(struct file_writer *w, struct arena *a)
{
    struct seal_place place = { .agency = w->agency,
                                .row = w->id,
                                .table = "file_part",
                                .column = str_z(a, part_column(a, w->part)) };
    str sealed;

    TRY(seal_close(a, w->keys, place, (str){ w->buffer, w->held }, &sealed));
    return change(
        a, w->store, &part_sql,
        BIND(bind_int(w->agency), bind_int(w->id), bind_int(w->part), bind_bytes(sealed)));
}

/* The sealed copy goes with the mark; an error is told again in the caller's arena. */
static err part_flush(struct file_writer *w)
{
    struct arena_mark *mark = arena_mark(w->own);
    struct err *copy = NULL;
    err e;

    if (mark == NULL) {
        return err_no_memory;
    }
    e = part_keep(w, w->own);
    if (e != NULL) {
        copy = ARENA_NEW(w->arena, struct err);
        if (copy != NULL) {
            *copy = *e;
            copy->why = str_copy(w->arena, e->why);
        }
        e = copy == NULL ? err_no_memory : copy;
    }
    arena_reset(w->own, mark);
    if (e == NULL) {
        w->part++;
        w->held = 0;
    }
    return e;
}

err file_append(struct file_writer *w, const void *bytes, size_t len)
{
    const char *from = bytes;

    sha256_add(&w->hash, bytes, len);
    w->size += (int64_t)len;
    while (len > 0) {
        size_t room = FILE_PART_BYTES - w->held;
        size_t n = len < room ? len : room;

        memcpy(w->buffer + w->held, from, n);
        w->held += n;
        from += n;
        len -= n;
        if (w->held == FILE_PART_BYTES) {
            TRY(part_flush(w));
        }
    }
    return NULL;
}

err file_finish(struct file_writer *w, struct file_facts *ret)
{
    str sha256;

    if (w->held > 0) {
        TRY(part_flush(w));
    }
    sha256 = sha256_end(w->arena, &w->hash);
    if (sha256.len == 0) {
        return err_no_memory;
    }
    TRY(change(
        w->arena, w->store, &finish_sql,
        BIND(bind_int(w->agency), bind_int(w->id), bind_int(w->size), bind_bytes(sha256))));
    w->is_over = true;
    *ret = (struct file_facts){ .id = w->id, .size_bytes = w->size, .sha256 = sha256 };
    return NULL;
}

/* ---- taking out ---- */

struct place {
    int64_t agency, id;
};

static err drop_work(void *context, struct arena *a, struct db *db)
{
    const struct place *p = context;
    int64_t changed;

    TRY(db_change(a, db, &drop_parts_sql, BIND(bind_int(p->agency), bind_int(p->id)),
                  &changed));
    return db_change(a, db, &drop_sql, BIND(bind_int(p->agency), bind_int(p->id)),
                     &changed);
}

void file_abandon(struct file_writer *w)
{
    struct place p = { w->agency, w->id };
    err e;

    if (w->is_over) {
        return;
    }
    w->is_over = true;
    /* If it cannot be taken out now, the sweep does it tomorrow. */
    e = files_write(w->own, w->store, drop_work, &p);
    (void)e;
}

err file_drop(struct arena *a, struct store *s, int64_t agency, int64_t id)
{
    struct place p = { agency, id };

    return files_write(a, s, drop_work, &p);
}

err file_sweep(struct arena *a, struct store *s, int64_t before_ms, int *ret_swept)
{
    struct table t;

    TRY(files_read(a, s, &old_sql, BIND(bind_int(before_ms), bind_int(SWEEP_AT_ONCE)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        struct place p = { cell_int(&t, i, 0), cell_int(&t, i, 1) };

        TRY(files_write(a, s, drop_work, &p));
    }
    *ret_swept = (int)t.rows;
    return NULL;
}

/* ---- reading and marking ---- */

err file_facts_load(struct arena *a, struct store *s, int64_t agency, int64_t id,
                    struct file_facts *ret)
{
    struct table t;

    TRY(files_read(a, s, &facts_sql, BIND(bind_int(agency), bind_int(id)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING, SAY("This file could not be found. Please send it again."),
             STR("file"), "no such file, or not finished");
    }
    *ret = (struct file_facts){ .id = id,
                                .size_bytes = cell_int(&t, 0, 0),
                                .sha256 = cell_bytes(&t, 0, 1),
                                .media_type = cell_text(&t, 0, 2) };
    return NULL;
}

static err part_missing(struct arena *a, struct store *s, int64_t agency, int64_t id,
                        int part, str *ret_bytes)
{
    struct file_facts facts;

    TRY(file_facts_load(a, s, agency, id, &facts));
    if ((int64_t)part * (int64_t)FILE_PART_BYTES < facts.size_bytes) {
        FAIL(a, ERR_BROKEN, SAY("This file is damaged. Please tell the office."),
             STR("file"), "part %d is missing", part);
    }
    *ret_bytes = STR("");
    return NULL;
}

err file_part(struct arena *a, struct store *s, const struct keyring *k, int64_t agency,
              int64_t id, int part, str *ret_bytes)
{
    struct seal_place place = { .agency = agency,
                                .row = id,
                                .table = "file_part",
                                .column = str_z(a, part_column(a, part)) };
    struct table t;

    TRY(files_read(a, s, &sealed_sql, BIND(bind_int(agency), bind_int(id), bind_int(part)),
                   &t));
    if (t.rows == 0) {
        return part_missing(a, s, agency, id, part, ret_bytes);
    }
    return seal_open(a, k, place, cell_bytes(&t, 0, 0), ret_bytes);
}

err file_keep(struct arena *a, struct store *s, int64_t agency, int64_t id)
{
    return change(a, s, &keep_sql, BIND(bind_int(agency), bind_int(id)));
}

err file_media(struct arena *a, struct store *s, int64_t agency, int64_t id, str media_type)
{
    return change(a, s, &media_sql,
                  BIND(bind_int(agency), bind_int(id), bind_text(media_type)));
}

err file_unkept(struct arena *a, struct store *s, int limit, struct table *ret)
{
    return files_read(a, s, &unkept_sql, BIND(bind_int(limit)), ret);
}
