/* api — following a case for programs, with number and lookup code.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "desk/ask.h"
#include "desk/guard/limit.h"
#include "desk/reply.h"
#include "feature/follow/inside.h"
#include "host/json/json.h"
#include "host/lang/lang.h"

#define JSON_BYTES ((size_t)64 << 10)
#define TOO_MANY 429

/* 2026-01-18T09:05:00+08:00 */
static str instant(struct ask *q, int64_t ms)
{
    str d = day_iso(q->arena, day_at(ms)), t = day_clock(q->arena, ms);

    return str_format(q->arena, "%.*sT%.*s:%02d+08:00", STR_ARG(d), STR_ARG(t),
                      (int)(ms / 1000 % 60));
}

static err too_many(struct ask *q, struct reply *r, int64_t wait_ms)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, q->arena, JSON_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_int(&w, STR("status"), TOO_MANY);
    json_put_text(
        &w, STR("detail"),
        lang_say(q->arena, q->lang,
                 SAY("There were too many wrong tries. Wait {minutes} minutes and try "
                     "again, or call us.",
                     SAY_NUMBER("minutes", wait_ms / 60000 + 1))));
    json_end_object(&w);
    return reply_json(q, r, TOO_MANY, buf_str(&b));
}

static err state_json(struct ask *q, struct reply *r, const struct casefile *c)
{
    struct case_step *steps = NULL;
    size_t count = 0;
    struct json_writer w;
    struct buf b;

    TRY(casefile_steps(q->arena, q->snap, c, &steps, &count));
    buf_init(&b, q->arena, JSON_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("case"), c->number);
    json_put_text(&w, STR("state"), case_state_key[case_state_outside(c->state)]);
    if (c->due == DAY_NONE) {
        json_put_null(&w, STR("due"));
    } else {
        json_put_text(&w, STR("due"), day_iso(q->arena, c->due));
    }
    json_list(&w, STR("steps"));
    for (size_t i = 0; i < count; i++) {
        json_object(&w, STR(""));
        json_put_text(&w, STR("key"), case_state_key[steps[i].state]);
        json_put_text(&w, STR("label"), lang_text(q->lang, steps[i].label));
        json_put_text(&w, STR("at"), instant(q, steps[i].at_ms));
        json_end_object(&w);
    }
    json_end_list(&w);
    json_end_object(&w);
    return reply_json(q, r, 200, buf_str(&b));
}

err follow_api_show(struct ask *q, struct reply *r)
{
    str number = str_slice(ask_path(q, "case"), 0, 60);
    str what = str_upper(q->arena, number);
    int64_t wait = ask_limit_wait_ms(q, what);
    struct casefile c;
    err e;

    if (wait > 0) {
        return too_many(q, r, wait);
    }
    e = casefile_by_code(q->arena, q->snap, q->keyring, q->agency->id, number, q->bearer,
                         &c);
    if (e != NULL && e->kind == ERR_MISSING) {
        ask_limit_note(q, what);
    }
    return e != NULL ? e : state_json(q, r, &c);
}
