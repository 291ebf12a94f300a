/* api — applying for programs: the same rules, JSON in and out.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/upload/upload.h"
#include "feature/apply/inside.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/casefile/receive/case_agent.h"
#include "kernel/casefile/receive/receive.h"

#define JSON_BYTES ((size_t)256 << 10)
#define KEY_MOST 200

/* ---- a file, before the case it belongs to ---- */

err apply_api_file(struct ask *q, struct reply *r)
{
    struct json_writer w;
    struct buf b;

    if (q->files_count != 1) {
        FAIL(q->arena, ERR_INPUT, SAY("Send one file as multipart/form-data in the field "
             "“file”."), STR("file"), "%zu files", q->files_count);
    }
    buf_init(&b, q->arena, JSON_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("file"), id_text(q->arena, upload_outside(q, q->files[0].id)));
    json_put_text(&w, STR("type"), q->files[0].media_type);
    json_put_int(&w, STR("size"), q->files[0].size_bytes);
    json_end_object(&w);
    return reply_json(q, r, 201, buf_str(&b));
}

/* ---- a case ---- */

struct case_posted {
    struct answers answers;
    struct case_wish wish;
    struct case_agent agent; /* name "": who applies does so himself */
};

static const struct {
    str key;
    size_t at;
} agent_keys[] = {
    { STR_INIT("name"), offsetof(struct case_agent, name) },
    { STR_INIT("relation"), offsetof(struct case_agent, relation) },
    { STR_INIT("authority"), offsetof(struct case_agent, authority) },
    { STR_INIT("telephone"), offsetof(struct case_agent, telephone) },
};

static str *agent_field(struct case_agent *x, str key)
{
    for (size_t i = 0; i < sizeof agent_keys / sizeof agent_keys[0]; i++) {
        if (str_equal(agent_keys[i].key, key)) {
            return (str *)(void *)((char *)x + agent_keys[i].at);
        }
    }
    return NULL;
}

/* The pages call the fields agent_name …, a program agent.name …. */
static void agent_prove(struct ask *q, struct case_agent *x)
{
    struct mistakes m;

    mistakes_init(&m, q->arena);
    case_agent_check(x, &m);
    for (const struct mistake *one = m.first; one != NULL; one = one->next) {
        mistake_add(&q->mistakes,
                    str_join(q->arena, STR("agent."),
                             str_slice(one->field, sizeof "agent_" - 1, one->field.len)),
                    one->say);
    }
}

/* Who applies for somebody else says who he is, as on the pages. */
static void agent_read(struct ask *q, const struct service *s, struct case_agent *x)
{
    const struct json *j = json_get(q->body, STR("agent"));

    if (j == NULL || j->kind == JSON_NULL) {
        return;
    }
    if (!service_takes_agent(s)) {
        mistake_add(&q->mistakes, STR("agent"),
                    SAY("Nobody can apply for another here. Take \"agent\" out."));
        return;
    }
    if (j->kind != JSON_OBJECT) {
        mistake_add(&q->mistakes, STR("agent"),
                    SAY("\"agent\" is an object with \"name\" and \"relation\"."));
        return;
    }
    for (const struct json *one = j->first; one != NULL; one = one->next) {
        str *field = agent_field(x, one->key);

        if (field == NULL || one->kind != JSON_TEXT) {
            mistake_add(&q->mistakes, str_join(q->arena, STR("agent."), one->key),
                        SAY("There is no text \"{key}\" of an agent. Take it out.",
                            SAY_TEXT("key", one->key)));
        } else {
            *field = one->text;
        }
    }
    agent_prove(q, x);
}

/* The same key with another application is another application. */
static str sent_hash(struct ask *q, const struct case_posted *w, str key)
{
    str sent = answers_write(q->arena, &w->answers);

    if (w->agent.name.len > 0) {
        sent = str_format(q->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(sent),
                          STR_ARG(w->agent.name), STR_ARG(w->agent.relation),
                          STR_ARG(w->agent.authority), STR_ARG(w->agent.telephone));
    }
    return seal_token_hash(
        q->arena, q->keyring, "api_case_body",
        str_format(q->arena, "%.*s\n%.*s", STR_ARG(key), STR_ARG(sent)));
}

static err api_case_check(struct ask *q, struct case_posted *w)
{
    const struct service *s =
        q->catalog != NULL ? service_get(q->catalog, ask_path(q, "key")) : NULL;
    const struct unit *units;
    size_t units_count;
    str token = STR(""), key;

    if (s == NULL || !s->online || s->depth != DEPTH_FULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("This service cannot be applied for online. Its page "
                 "says how to apply."),
             STR(""), "no service online");
    }
    struct service_standing stands = service_stands(s, q->today);

    if (stands.state != SERVICE_OPEN) {
        FAIL(q->arena, ERR_CONFLICT, service_standing_words(&stands), STR(""), "not open");
    }
    if (q->body == NULL || json_get(q->body, STR("answers")) == NULL) {
        FAIL(q->arena, ERR_INPUT, SAY("“answers” is an object with the keys of questions."),
             STR("answers"), "no answers");
    }
    if (q->idempotency_key.len > KEY_MOST) {
        FAIL(q->arena, ERR_INPUT, SAY("An Idempotency-Key has at most {most} characters.",
             SAY_NUMBER("most", KEY_MOST)), STR(""), "long key");
    }
    TRY(answers_init(q->arena, &s->form, &w->answers));
    TRY(answers_read_json(q->arena, &w->answers, q->body, q->today, &q->mistakes));
    TRY(upload_prove(q, &w->answers, true));
    agent_read(q, s, &w->agent);
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    key = str_format(q->arena, "%.*s %.*s", STR_ARG(s->key), STR_ARG(q->idempotency_key));
    if (q->idempotency_key.len > 0) {
        token = seal_token_hash(q->arena, q->keyring, "api_case", key);
    }
    units = ask_units(q, &units_count);
    TRY(casefile_prepare(q->arena, q->keyring, q->ids, q->catalog, q->calendar, q->agency,
                         units, units_count, s, &w->answers, CHANNEL_API, q->now_ms, token,
                         &w->wish));
    if (token.len > 0) {
        w->wish.idempotency_body = sent_hash(q, w, key);
    }
    if (w->agent.name.len > 0) {
        TRY(case_agent_seal(q->arena, q->keyring, q->agency->id, w->wish.id, &w->agent));
    }
    return casefile_came_before(q->arena, q->snap, &w->wish);
}

static err api_case_commit(struct ask *q, struct tx *tx, const struct case_posted *w,
                           struct case_receipt *made)
{
    TRY(casefile_receive(q->arena, tx, q->keyring, &w->wish, made));
    return w->agent.name.len == 0 || made->again
               ? NULL
               : case_agent_put(q->arena, tx, q->agency->id, made->id, 0, q->now_ms,
                                &w->agent);
}

static void put_due(struct ask *q, struct json_writer *w, day due)
{
    if (due == DAY_NONE) {
        json_put_null(w, STR("due"));
    } else {
        json_put_text(w, STR("due"), day_iso(q->arena, due));
    }
}

static err api_case_reply(struct ask *q, struct reply *r, const struct case_receipt *made)
{
    const struct case_posted *posted = q->wish;
    struct json_writer w;
    struct buf b;

    for (size_t i = 0; !made->again && i < posted->wish.files_count; i++) {
        upload_keep(q, posted->wish.files[i].file);
    }
    buf_init(&b, q->arena, JSON_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("case"), made->number);
    json_put_text(&w, STR("code"), made->code);
    put_due(q, &w, made->due);
    json_end_object(&w);
    return reply_json(q, r, 201, buf_str(&b));
}

BEATS_OUT(api_case, apply_api_case_beats, struct case_posted, struct case_receipt)
