/* body — what a request carries, gathered within its limits.
 *
 * Forms and JSON are collected in a bounded buffer and parsed by us. Multipart goes through
 * the library's post processor: text parts become fields, files become pieces that wait in
 * a pool of 320 KiB until the file lane takes them (the connection is parked meanwhile).
 * SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "base/arena.h"
#include "host/http/inside.h"
#include "host/http/parse.h"

#define POOL_BYTES ((size_t)320 << 10)
#define POOL_FULL ((size_t)256 << 10)
#define PART_BUFFER ((size_t)16 << 10)

static void refuse(struct call *c, int status)
{
    if (c->request.refused == 0) {
        c->request.refused = status;
    }
}

/* A field is whole: decoded text, or the request is bad. */
static void field_ends(struct call *c)
{
    struct http_request *r = &c->request;

    if (c->value_name.at == NULL) {
        return;
    }
    str value = str_copy(r->arena, buf_str(&c->value));

    if (!str_is_text(value) || r->form_count >= HTTP_FIELDS_MAX) {
        refuse(c, 400);
    } else {
        c->fields[r->form_count++] = (struct http_pair){ c->value_name, value };
    }
    c->value_name = (str){ NULL, 0 };
    buf_clear(&c->value);
}

static void piece_add(struct call *c, str bytes, bool last)
{
    struct piece *p = ARENA_NEW(c->request.arena, struct piece);

    if (p == NULL) {
        refuse(c, 503);
        return;
    }
    *p = (struct piece){ c->file, bytes, last, NULL };
    if (c->piece_last != NULL) {
        c->piece_last->next = p;
    } else {
        c->piece_first = p;
    }
    c->piece_last = p;
}

static void file_ends(struct call *c)
{
    if (c->file != NULL) {
        piece_add(c, STR(""), true);
        c->file = NULL;
    }
}

static bool name_is_fit(str name)
{
    return name.len > 0 && name.len <= 200 && str_is_text(name);
}

static void file_begins(struct call *c, str field, const char *name, const char *media)
{
    struct http_request *r = &c->request;
    struct http_file *f = ARENA_NEW(r->arena, struct http_file);

    if (f == NULL || r->files_count >= HTTP_FILES_MAX || !r->takes_files) {
        refuse(c, f == NULL ? 503 : r->takes_files ? 413 : 415);
        return;
    }
    f->field = str_copy(r->arena, field);
    f->name = file_name_clean(r->arena, str_of(name));
    f->media_type = str_copy(r->arena, str_of(media));
    if (c->file_last != NULL) {
        c->file_last->next = f;
    } else {
        r->files = f;
    }
    c->file_last = f;
    c->file = f;
    r->files_count++;
}

static void file_bytes(struct call *c, const char *bytes, size_t len)
{
    if (c->file == NULL || len == 0) {
        return;
    }
    c->file->size_bytes += (int64_t)len;
    if (c->file->size_bytes > HTTP_FILE_BYTES) {
        refuse(c, 413);
        return;
    }
    if (c->pool_used + len > POOL_BYTES) { /* Cannot be: the lane takes it at POOL_FULL. */
        refuse(c, 503);
        return;
    }
    memcpy(c->pool + c->pool_used, bytes, len);
    piece_add(c, (str){ c->pool + c->pool_used, len }, false);
    c->pool_used += len;
}

static void text_bytes(struct call *c, const char *bytes, size_t len)
{
    c->text_bytes += len;
    if (c->text_bytes > c->request.body_max) {
        refuse(c, 413);
        return;
    }
    buf_put(&c->value, (str){ bytes, len });
}

/* The library calls with nothing at 0 when the bytes of a part are not there yet, and with
 * its first bytes at 0 again. */
static bool part_goes_on(struct call *c, str field, const char *file_name)
{
    if (!c->part_is_bare) {
        return false;
    }
    if (file_name == NULL) {
        return c->value_name.at != NULL && str_equal(c->value_name, field);
    }
    return c->file != NULL && str_equal(c->file->field, field) &&
           str_equal(c->file->name, file_name_clean(c->request.arena, str_of(file_name)));
}

/* Called by the post processor; `offset` 0 begins a part. */
static enum MHD_Result on_part(void *context, enum MHD_ValueKind kind, const char *name,
                               const char *file_name, const char *media, const char *coding,
                               const char *bytes, uint64_t offset, size_t len)
{
    struct call *c = context;
    str field = str_of(name);

    (void)kind;
    (void)coding;
    if (c->request.refused != 0) {
        return MHD_NO;
    }
    if (offset == 0 && !part_goes_on(c, field, file_name)) {
        field_ends(c);
        file_ends(c);
        if (!name_is_fit(field)) {
            refuse(c, 400);
            return MHD_NO;
        }
        if (file_name == NULL) {
            c->value_name = str_copy(c->request.arena, field);
        } else if (file_name[0] != '\0') { /* An empty name: no file was chosen. */
            file_begins(c, field, file_name, media);
        }
    }
    c->part_is_bare = offset == 0 && len == 0;
    if (c->value_name.at != NULL) {
        text_bytes(c, bytes, len);
    } else {
        file_bytes(c, bytes, len);
    }
    return c->request.refused == 0 ? MHD_YES : MHD_NO;
}

static void multipart_begins(struct call *c)
{
    struct http_request *r = &c->request;

    c->parts = MHD_create_post_processor(c->connection, PART_BUFFER, on_part, c);
    c->pool = arena_alloc(r->arena, POOL_BYTES);
    c->fields = ARENA_ARRAY(r->arena, HTTP_FIELDS_MAX, struct http_pair);
    buf_init(&c->value, r->arena, r->body_max + 1);
    r->form = c->fields;
    if (c->parts == NULL) {
        refuse(c, 400);
    } else if (c->pool == NULL || c->fields == NULL) {
        refuse(c, 503);
    }
}

static bool media_is(str header, const char *media)
{
    str rest = header, name = STR("");

    (void)str_cut(&rest, ';', &name);
    name = str_trim(name);
    return name.len == strlen(media) && strncasecmp(name.at, media, name.len) == 0;
}

void body_begins(struct call *c)
{
    struct http_request *r = &c->request;
    str media = http_header(r, "Content-Type");

    buf_init(&c->body, r->arena, r->body_max);
    if (r->body_kind == HTTP_BODY_RAW) {
        if (!media_is(media, "application/json") && !r->takes_files) {
            refuse(c, 415);
        } else if (media_is(media, "multipart/form-data")) {
            multipart_begins(c);
        }
    } else if (r->body_kind == HTTP_BODY_FORM) {
        if (media_is(media, "multipart/form-data")) {
            multipart_begins(c);
        } else if (media.len > 0 && !media_is(media, "application/x-www-form-urlencoded")) {
            refuse(c, 415);
        }
    }
}

bool body_arrives(struct call *c, const char *bytes, size_t len)
{
    struct http_request *r = &c->request;

    if (r->refused != 0 || r->body_kind == HTTP_BODY_NONE) {
        c->discarded += len;
        return false;
    }
    if (c->parts != NULL) {
        if (MHD_post_process(c->parts, bytes, len) != MHD_YES) {
            refuse(c, 400);
        }
        return c->pool_used >= POOL_FULL && r->refused == 0;
    }
    buf_put(&c->body, (str){ bytes, len });
    if (buf_failed(&c->body)) {
        refuse(c, c->body.len + len > r->body_max ? 413 : 503);
    }
    return false;
}

bool body_ends(struct call *c)
{
    struct http_request *r = &c->request;

    if (c->parts != NULL) {
        bool whole = MHD_destroy_post_processor(c->parts) == MHD_YES;

        c->parts = NULL;
        if (!whole) {
            refuse(c, 400); /* The closing boundary never came. */
        }
        if (r->refused == 0) {
            field_ends(c);
            file_ends(c);
        }
        return c->piece_first != NULL;
    }
    if (r->refused != 0) {
        return false;
    }
    if (r->body_kind == HTTP_BODY_RAW) {
        r->body = buf_str(&c->body);
    } else if (r->body_kind == HTTP_BODY_FORM) {
        struct http_pair *form = NULL;

        if (form_parse(r->arena, buf_str(&c->body), HTTP_FIELDS_MAX, &form,
                       &r->form_count)) {
            r->form = form;
        } else {
            r->form_count = 0;
            refuse(c, arena_failed(r->arena) ? 503 : 400);
        }
    }
    return false;
}

static err piece_write(struct call *c, const struct piece *p)
{
    const struct http_service *s = &c->http->service;
    struct http_file *f = p->file;

    if (!f->began) {
        TRY(s->file_begin(s->context, &c->request, f));
        f->began = true;
    }
    if (p->last) {
        f->ended = true;
        return s->file_end(s->context, &c->request, f, true);
    }
    return s->file_bytes(s->context, &c->request, f, p->bytes);
}

void body_flush(struct call *c)
{
    for (const struct piece *p = c->piece_first; p != NULL; p = p->next) {
        err e = c->request.refused == 0 ? piece_write(c, p) : NULL;

        if (e != NULL) {
            refuse(c, e->kind == ERR_INPUT ? 400 : 503);
        }
    }
    c->piece_first = c->piece_last = NULL;
    c->pool_used = 0;
}

void body_abandon(struct call *c)
{
    const struct http_service *s = &c->http->service;

    if (c->parts != NULL) {
        c->request.refused = c->request.refused != 0 ? c->request.refused : 400;
        MHD_destroy_post_processor(c->parts);
        c->parts = NULL;
    }
    for (struct http_file *f = c->request.files; f != NULL; f = f->next) {
        if (f->began && !f->ended) {
            f->ended = true;
            err e = s->file_end(s->context, &c->request, f, false);

            (void)e; /* It is swept after a day. */
        }
    }
}
