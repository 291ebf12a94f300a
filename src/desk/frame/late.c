/* late — the answer when the half minute is over and the request is still in other hands:
 * with the writer, or in a lane. Nobody knows yet whether it will be kept, so the words do
 * not say that it was not; and as nothing is taken twice, they say to send it again.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/assets.h"
#include "desk/inside.h"
#include "desk/frame/late_view.h"
#include "host/json/json.h"
#include "host/lang/lang.h"

#include "late.view.h"

#define LATE_BYTES ((size_t)16 << 10)

static struct http_answer *late_json(struct arena *a, const struct late *l)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, LATE_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("title"), lang_say(a, LANG_EN, l->title));
    json_put_int(&w, STR("status"), 503);
    json_put_text(&w, STR("detail"), lang_say(a, LANG_EN, l->next));
    json_end_object(&w);

    struct http_answer *x = http_answer_copy(buf_str(&b));

    (void)http_answer_header(x, "Content-Type", STR("application/problem+json"));
    return x;
}

static struct http_answer *late_page(struct arena *a, enum lang lang, const struct late *l)
{
    struct buf b;
    struct html_out o = { .buf = &b, .arena = a, .lang = lang };

    buf_init(&b, a, LATE_BYTES);
    late_view(&o, l);

    struct http_answer *x = http_answer_copy(buf_str(&b));

    (void)http_answer_header(x, "Content-Type", STR("text/html; charset=utf-8"));
    return x;
}

struct http_answer *turn_late(void *context, const struct http_request *r)
{
    const struct desk *d = context;
    struct arena *a = arena_new((size_t)256 << 10);
    struct http_answer *x;
    str path;

    if (a == NULL) {
        return NULL;
    }
    enum lang lang = router_language(r->path, &path);
    bool is_api = str_starts(path, STR("/api/"));
    struct late l = {
        .lang = lang_tag[lang],
        .title = SAY("We are busy at the moment"),
        .next = r->method != HTTP_POST
                    ? SAY("Nothing was kept. Please try again in half a minute.")
                    : refuse_unsure(is_api),
        .css = asset_url(a, "app.css"),
    };

    x = is_api ? late_json(a, &l) : late_page(a, lang, &l);
    send_security_headers(x, d->secure, !is_api);
    arena_free(a);
    return x;
}
