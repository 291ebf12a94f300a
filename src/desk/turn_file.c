/* turn_file — the files of a form on their way into the store, while its body arrives: who
 * may send them, how many bytes, and then a look at each.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/arrive.h"
#include "desk/inside.h"
#include "host/store/files.h"

#define FILE_BYTES_ONE (INT64_C(200) << 20)
#define FILE_BYTES_ALL (INT64_C(4) << 30)
#define FILE_WINDOW_MS INT64_C(3600000)
#define EVERYBODY STR("files of everybody")

struct arriving {
    struct ask_file file; /* first: what enter.c reads */
    int64_t agency;
    struct file_writer *writer;
    bool welcome;
};

err turn_file_begin(void *context, struct http_request *r, struct http_file *f)
{
    struct desk *d = context;
    struct turn *t = r->user;
    struct arriving *x = ARENA_NEW(r->arena, struct arriving);
    struct house *h = NULL;

    if (t == NULL || x == NULL) {
        return err_no_memory;
    }
    TRY(house_hold(d, &h));
    const struct agency *agency = house_agency(h, ask_path(&t->ask, "agency"));
    int64_t id = agency != NULL ? agency->id : AGENCY_CITY;

    house_release(h);
    x->agency = id;
    x->file.id = id_next(d->o.ids, t->ask.now_ms);
    TRY(file_begin(r->arena, d->o.store, d->o.keyring, id, x->file.id, t->ask.now_ms,
                   &x->writer));
    f->user = x;
    return NULL;
}

/* Into the staff area files come only from who is signed in. A form without a file comes
 * this far too, so this is asked when the first bytes are there. */
static err file_is_welcome(struct turn *t)
{
    struct ask *q = &t->ask;

    if (!router_is_staff(q->path)) {
        return NULL;
    }
    TRY(turn_snap_open(t));
    err e = guard_session(t);

    turn_snap_shut(t);
    TRY(e);
    if (q->session.staff == 0) {
        t->wants_sign_in = true;
        t->request->refused = 403;
        FAIL(q->arena, ERR_DENIED, SAY("Please sign in first."), STR(""),
             "file, no session");
    }
    return NULL;
}

/* What arrives is kept before anybody knows what it is for: so it is weighed. */
static err file_weigh(struct desk *d, struct turn *t, size_t len)
{
    struct ask *q = &t->ask;
    str one = str_format(q->arena, "files of %.*s", STR_ARG(q->client));
    int64_t most = d->o.file_bytes_one > 0 ? d->o.file_bytes_one : FILE_BYTES_ONE;
    int64_t most_all = d->o.file_bytes_all > 0 ? d->o.file_bytes_all : FILE_BYTES_ALL;
    int64_t wait = limit_wait_ms(d->limit, one, most, q->now_ms);
    int64_t wait_all = limit_wait_ms(d->limit, EVERYBODY, most_all, q->now_ms);

    t->wait_ms = wait > wait_all ? wait : wait_all;
    if (t->wait_ms > 0) {
        t->request->refused = 429;
        FAIL(q->arena, ERR_BUSY, SAY("Too many files have come. Please try again later."),
             STR(""), "%lld ms to wait", (long long)t->wait_ms);
    }
    limit_add(d->limit, one, (int64_t)len, FILE_WINDOW_MS, q->now_ms);
    limit_add(d->limit, EVERYBODY, (int64_t)len, FILE_WINDOW_MS, q->now_ms);
    return NULL;
}

err turn_file_bytes(void *context, struct http_request *r, struct http_file *f, str bytes)
{
    struct arriving *x = f->user;
    struct turn *t = r->user;

    if (!x->welcome) {
        TRY(file_is_welcome(t));
        x->welcome = true;
    }
    TRY(file_weigh(context, t, bytes.len));
    return file_append(x->writer, bytes.at, bytes.len);
}

err turn_file_end(void *context, struct http_request *r, struct http_file *f, bool whole)
{
    struct arriving *x = f->user;
    struct file_facts facts = { 0 };

    if (x == NULL || x->writer == NULL) {
        return NULL;
    }
    if (!whole) {
        file_abandon(x->writer);
        x->writer = NULL;
        return NULL;
    }
    TRY(file_finish(x->writer, &facts));
    x->writer = NULL;
    x->file.size_bytes = facts.size_bytes;
    x->file.media_type = facts.media_type;
    if (facts.size_bytes == 0) {
        return NULL;
    }
    return arrive(context, r->arena, x->agency, ((struct turn *)r->user)->ask.now_ms,
                  &x->file);
}
