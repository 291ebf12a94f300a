/* refuse — the answer when something did not go: a page in the office's look, or JSON, with
 * the number under which we find it in the log.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/inside.h"
#include "desk/frame/refusal_view.h"
#include "host/json/json.h"
#include "host/lang/lang.h"
#include "host/log/log.h"

#include "refusal.view.h"

int refuse_status(err e)
{
    static const int status[] = {
        [ERR_INPUT] = 422,    [ERR_DENIED] = 403, [ERR_MISSING] = 404,
        [ERR_CONFLICT] = 409, [ERR_BUSY] = 503,   [ERR_BROKEN] = 500
    };

    return status[e->kind];
}

struct refusal_text {
    int status;
    const char *title, *next;
};
static const struct refusal_text pages[] = {
    { 400, MSG("The request cannot be read"),
      MSG("Go back, load the page again and retry.") },
    { 403, MSG("You may not do this"),
      MSG("If you think you should be able to, ask the office.") },
    { 404, MSG("This page is not here"),
      MSG("The address may be mistyped, or the page has moved. Search, or begin at the "
          "first page.") },
    { 405, MSG("This page cannot be used like that"),
      MSG("Begin again at the first page.") },
    { 408, MSG("Sending took too long"), MSG("Check your connection and send it again.") },
    { 409, MSG("Somebody was faster"),
      MSG("Load the page again and look before you go on.") },
    { 413, MSG("That is too large"),
      MSG("A file may have at most 10 MB. Send a smaller one.") },
    { 414, MSG("The address is too long"), MSG("Begin again at the first page.") },
    { 415, MSG("This kind of content is not accepted here"),
      MSG("Use the form on the page.") },
    { 422, MSG("Something needs to be corrected"), MSG("Go back and correct it.") },
    { 429, MSG("Too many files have come"),
      MSG("Nothing was kept. Please send it again later, or come to the counter.") },
    { 503, MSG("We are busy at the moment"),
      MSG("Nothing was kept. Please try again in half a minute.") },
};

/* What a program is told where the words for a person would not help it. */
static const struct refusal_text answers[] = {
    { 400, MSG("The request cannot be read"),
      MSG("Send text as UTF-8, as /api/v1/openapi.json describes it.") },
    { 401, MSG("The lookup code is missing"),
      MSG("Send it in the header “Authorization: Bearer”.") },
    { 404, MSG("There is nothing at this address"),
      MSG("The addresses are in /api/v1/openapi.json.") },
    { 405, MSG("This address does not take this method"),
      MSG("The header “Allow” names those that it takes.") },
    { 409, MSG("This does not fit what is here already"),
      MSG("Read the present state before you send again.") },
    { 414, MSG("The address is too long"),
      MSG("The addresses are in /api/v1/openapi.json.") },
    { 415, MSG("This kind of content is not accepted here"),
      MSG("Send application/json; a file as multipart/form-data.") },
};

/* 500, and what has no words of its own. */
static const struct refusal_text our_mistake = {
    500,
    MSG("We made a mistake"),
    MSG("Nothing was kept. Please try again; if it happens again, tell the office this "
        "number."),
};

/* A form of another session where no page can be shown again. */
static const struct refusal_text too_old = {
    REFUSE_TOO_OLD,
    MSG("This page was open for too long"),
    MSG("Begin again at the first page."),
};

static const struct refusal_text *text_in(const struct refusal_text *list, size_t count,
                                          int status, const struct refusal_text *otherwise)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].status == status) {
            return &list[i];
        }
    }
    return otherwise;
}

static const struct refusal_text *text_of(const struct turn *t, int status)
{
    const struct refusal_text *x = text_in(pages, sizeof(pages) / sizeof(pages[0]), status,
                                           &our_mistake);

    if (t->too_old) {
        return &too_old;
    }
    return t->wants_json ? text_in(answers, sizeof(answers) / sizeof(answers[0]), status, x)
                         : x;
}

struct words refuse_unsure(bool by_program)
{
    return by_program
               ? SAY("It is not certain that it was kept. Send it again with the same "
                     "Idempotency-Key: nothing is taken twice.")
               : SAY("It is not certain that it was kept. Go back and send it again in "
                     "half a minute: nothing is taken twice.");
}

static struct words next_of(const struct turn *t, int status)
{
    if (status >= 500 && t->phase == TURN_COMMITTED) {
        return refuse_unsure(t->wants_json);
    }
    return words_of(text_of(t, status)->next);
}

static void put_mistakes(struct json_writer *w, const struct ask *q, err e)
{
    json_list(w, STR("errors"));
    for (const struct mistake *m = q->mistakes.first; m != NULL; m = m->next) {
        json_object(w, STR(""));
        json_put_text(w, STR("question"), m->field);
        json_put_text(w, STR("message"), lang_say(q->arena, q->lang, m->say));
        json_end_object(w);
    }
    if (q->mistakes.count == 0 && e != NULL) {
        json_object(w, STR(""));
        json_put_text(w, STR("question"), e->field);
        json_put_text(w, STR("message"), lang_say(q->arena, q->lang, e->say));
        json_end_object(w);
    }
    json_end_list(w);
}

static void refuse_json(struct turn *t, int status, err e)
{
    struct ask *q = &t->ask;
    struct buf b;
    struct json_writer w;
    const struct refusal_text *text = text_of(t, status);

    buf_init(&b, q->arena, (size_t)256 << 10);
    json_open(&w, &b);
    json_object(&w, STR(""));
    if (status == 422) {
        put_mistakes(&w, q, e);
    } else {
        json_put_text(&w, STR("title"), lang_text(q->lang, text->title));
        json_put_int(&w, STR("status"), status);
        json_put_text(&w, STR("detail"),
                      lang_say(q->arena, q->lang, e != NULL ? e->say : next_of(t, status)));
        json_put_text(&w, STR("incident"), q->request_id);
    }
    json_end_object(&w);
    t->reply = (struct reply){ .status = status,
                               .answered = true,
                               .body = buf_str(&b),
                               .media_type = status == 422
                                                 ? STR("application/json")
                                                 : STR("application/problem+json") };
}

static void refuse_plain(struct turn *t, int status)
{
    t->reply = (struct reply){
        .status = status,
        .answered = true,
        .body = str_join(t->ask.arena,
                         lang_say(t->ask.arena, t->ask.lang, next_of(t, status)),
                         STR("\n")),
        .media_type = STR("text/plain; charset=utf-8"),
    };
}

/* A page that is not there is still missing in somebody's office. */
static void office_of_path(struct turn *t)
{
    struct ask *q = &t->ask;
    str rest = str_slice(q->path, 1, q->path.len), key;

    if (t->house == NULL || q->route != NULL || !str_cut(&rest, '/', &key) ||
        !router_is_agency_key(key)) {
        return;
    }
    const struct agency *agency = house_agency(t->house, key);

    if (agency != NULL) {
        q->agency = agency;
        q->catalog = house_catalog(t->house, agency);
        q->calendar = house_calendar(t->house, agency);
    }
}

static void refuse_page(struct turn *t, int status, err e)
{
    struct ask *q = &t->ask;
    const struct refusal_text *text = text_of(t, status);

    office_of_path(t);

    bool of_city = q->agency == NULL || q->agency->id == AGENCY_CITY;
    bool staff = router_is_staff(q->path);
    struct refusal data = {
        .title = words_of(text->title),
        .what = e != NULL ? e->say : next_of(t, status),
        .next = e != NULL ? next_of(t, status) : (struct words){ 0 },
        .incident = status >= 500 ? q->request_id : STR(""),
        .home = link_to(q, of_city ? "site.city" : "site.office"),
    };
    struct page frame = { .title = words_of(text->title) };

    if (status == 404 && !staff) {
        data.search = link_to(q, of_city ? "site.city" : "services.search");
    }
    t->reply = (struct reply){ .status = status };
    if (t->house == NULL || q->agency == NULL ||
        REPLY_VIEW(q, &t->reply, &frame, refusal, &data) != NULL) {
        refuse_plain(t, status);
    }
}

static void put_header(struct reply *r, const char *name, str value)
{
    if (r->headers_count < HEADERS_MOST) {
        r->headers[r->headers_count++] = (struct header){ name, value };
    }
}

/* What a status promises in its headers (RFC 9110). */
static void refuse_headers(struct turn *t, int status)
{
    struct reply *r = &t->reply;

    if (status == 401) {
        put_header(r, "WWW-Authenticate", STR("Bearer"));
    }
    if (status == 405) {
        put_header(r, "Allow", t->allow);
    }
    if (status == 429) {
        long long seconds = t->wait_ms / 1000;

        put_header(r, "Retry-After", str_format(t->ask.arena, "%lld", seconds + 1));
    }
    if (status == 503) {
        put_header(r, "Retry-After", STR("30"));
    }
}

static void refuse_with(struct turn *t, int status, err e)
{
    if (t->reply.stream != NULL) {
        http_answer_drop(t->reply.stream);
    }
    if (t->wants_json) {
        refuse_json(t, status, e);
    } else {
        refuse_page(t, status, e);
    }
    refuse_headers(t, status);
}

void refuse(struct turn *t, err e)
{
    if (e->kind == ERR_BROKEN || e->kind == ERR_BUSY) {
        log_err(e->kind == ERR_BROKEN ? LOG_ERROR_LEVEL : LOG_WARN_LEVEL, "request.failed",
                t->ask.request_id, e);
    }
    refuse_with(t, t->too_old ? REFUSE_TOO_OLD : refuse_status(e), e);
}

void refuse_status_page(struct turn *t, int status)
{
    refuse_with(t, status, NULL);
}
