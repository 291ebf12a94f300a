/* reply — the answer in the making.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/reply.h"

#include "base/arena.h"
#include "desk/inside.h"
#include "host/store/files.h"

static void put_header(struct reply *r, const char *name, str value)
{
    if (r->headers_count < HEADERS_MOST) {
        r->headers[r->headers_count++] = (struct header){ name, value };
    }
}

err reply_page(struct ask *q, struct reply *r, const struct page *page, view_function *view,
               const void *data)
{
    struct buf b;
    struct html_out out = { .buf = &b, .arena = q->arena, .lang = q->lang };

    buf_init(&b, q->arena, TURN_PAGE_BYTES);
    view(&out, data);
    if (buf_failed(&b)) {
        return err_no_memory;
    }
    TRY(frame_page(q, r, page, (struct html){ buf_str(&b) }));
    r->answered = true;
    r->is_page = true;
    r->media_type = STR("text/html; charset=utf-8");
    return NULL;
}

err reply_see(struct ask *q, struct reply *r, struct url u)
{
    if (url_is_empty(u)) {
        FAIL(q->arena, ERR_BROKEN, SAY("We made a mistake."), STR(""), "303 to nowhere");
    }
    r->status = 303;
    r->answered = true;
    put_header(r, "Location", u.address);
    return NULL;
}

err reply_see_other(struct ask *q, struct reply *r, const char *route, str value)
{
    return reply_see(q, r, value.len > 0 ? link_to1(q, route, value) : link_to(q, route));
}

err reply_json(struct ask *q, struct reply *r, int status, str json)
{
    r->status = status;
    r->answered = true;
    r->body = json;
    r->media_type = STR("application/json");
    return NULL;
}

/* attachment; with the name in both spellings that browsers read. */
static str disposition(struct ask *q, str file_name, bool inline_ok)
{
    struct buf plain;

    buf_init(&plain, q->arena, 256);
    for (size_t i = 0; i < file_name.len && plain.len < 200; i++) {
        char c = file_name.at[i];
        bool fine = c > 0x1f && c < 0x7f && c != '"' && c != '\\' && c != '%';

        buf_put_char(&plain, fine ? c : '_');
    }
    return str_format(q->arena, "%s; filename=\"%.*s\"; filename*=UTF-8''%.*s",
                      inline_ok ? "inline" : "attachment", STR_ARG(buf_str(&plain)),
                      STR_ARG(url_encode(q->arena, file_name)));
}

err reply_bytes(struct ask *q, struct reply *r, str media_type, str file_name, str bytes,
                bool inline_ok)
{
    r->answered = true;
    r->body = bytes;
    r->media_type = media_type;
    put_header(r, "Content-Disposition", disposition(q, file_name, inline_ok));
    return NULL;
}

/* A stored file on its way out: one part in memory at a time, in an arena of its own. */
struct outgoing {
    struct arena *arena, *part_arena;
    struct store *store;
    const struct keyring *keyring;
    int64_t agency, id;
    int part; /* the one in memory; -1 none */
    str bytes;
};

static void outgoing_end(void *context)
{
    struct outgoing *o = context;

    arena_free(o->part_arena);
    arena_free(o->arena);
}

static int64_t outgoing_read(void *context, int64_t offset, char *to, size_t most)
{
    struct outgoing *o = context;
    int part = (int)(offset / (int64_t)FILE_PART_BYTES);
    size_t from = (size_t)(offset % (int64_t)FILE_PART_BYTES);

    if (part != o->part) {
        arena_free(o->part_arena);
        o->part_arena = arena_new(0);
        o->part = part;
        o->bytes = STR("");
        if (o->part_arena == NULL || file_part(o->part_arena, o->store, o->keyring,
                                               o->agency, o->id, part, &o->bytes) != NULL) {
            return -1;
        }
    }
    str piece = str_slice(o->bytes, from, most);

    if (piece.len > 0) {
        __builtin_memcpy(to, piece.at, piece.len);
    }
    return (int64_t)piece.len;
}

err reply_file(struct ask *q, struct reply *r, int64_t file_id, str media_type,
               str file_name)
{
    struct file_facts facts;
    int64_t agency = q->agency != NULL ? q->agency->id : AGENCY_CITY;

    TRY(file_facts_load(q->arena, q->store, agency, file_id, &facts));
    struct arena *a = arena_new(0);
    struct outgoing *o = a == NULL ? NULL : ARENA_NEW(a, struct outgoing);

    if (o == NULL) {
        arena_free(a);
        return err_no_memory;
    }
    *o = (struct outgoing){ a, NULL, q->store, q->keyring, agency, file_id, -1, STR("") };
    r->stream = http_answer_stream(facts.size_bytes, outgoing_read, o, outgoing_end);
    if (r->stream == NULL) {
        return err_no_memory;
    }
    r->answered = true;
    r->media_type = media_type;
    put_header(r, "Content-Disposition", disposition(q, file_name, false));
    return NULL;
}

void reply_status(struct reply *r, int status)
{
    r->status = status;
}

void reply_cookie(struct ask *q, struct reply *r, const char *name, str value,
                  const char *path, int64_t max_age_seconds)
{
    put_header(r, "Set-Cookie",
               str_format(q->arena,
                          "%s=%.*s; Path=%s; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name,
                          STR_ARG(value), path, (long long)max_age_seconds,
                          q->desk->secure ? "; Secure" : ""));
}

void reply_session(struct ask *q, struct reply *r, str token)
{
    reply_cookie(q, r, q->desk->session_cookie, token, "/",
                 token.len > 0 ? SESSION_LIFE_MS / 1000 : 0);
}

void reply_topic(struct reply *r, int64_t agency, const char *kind, str key)
{
    if (r->topics_count == TOPICS_MOST) {
        r->topics_lost = true;
        return;
    }
    r->topics[r->topics_count++] = topic_slot(agency, kind, key);
}
