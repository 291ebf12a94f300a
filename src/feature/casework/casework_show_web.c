/* casework_show — a case is shown: its personal data open with an event; and its files.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/casework/casework_store.h"
#include "feature/casework/casework_web.h"
#include "host/json/json.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"

/* POST /staff/cases/{id}/show */
struct show_wish {
    int64_t id;
    str reason;
};
struct show_made {
    int64_t id;
};

static err show_check(struct ask *q, struct show_wish *ret_wish)
{
    struct casefile c;

    TRY(casework_load(q, &c));
    ret_wish->id = c.id;
    ret_wish->reason = ask_field(q, "reason");
    if (c.officer != q->actor.staff && str_is_empty(ret_wish->reason)) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a reason for reading."), STR("reason"),
             "no reason");
    }
    return NULL;
}

static err show_commit(struct ask *q, struct tx *tx, const struct show_wish *wish,
                       struct show_made *ret_made)
{
    ret_made->id = wish->id;
    return casefile_reading(q->arena, tx, &q->actor, q->now_ms, &wish->id, 1, wish->reason,
                            q->session.id);
}

static err show_reply(struct ask *q, struct reply *r, const struct show_made *made)
{
    return reply_see_other(q, r, "casework.one", id_text(q->arena, made->id));
}

BEATS_OUT(show, casework_show_beats, struct show_wish, struct show_made)

/* GET /staff/cases/{id}/files/{file}: only files of this case; a personal one only while
 * the case is shown. */
static err file_question(struct ask *q, const struct casefile *c, int64_t file,
                         str *ret_key)
{
    struct case_file *files;
    size_t count;

    TRY(casefile_files(q->arena, q->snap, c->agency, c->id, &files, &count));
    for (size_t i = 0; i < count; i++) {
        if (files[i].file == file) {
            *ret_key = files[i].question;
            return NULL;
        }
    }
    FAIL(q->arena, ERR_MISSING, SAY("There is no such case in your work."), STR(""),
         "no such file in this case");
}

static str file_name(struct ask *q, const struct sealed_answer *list, size_t count, str key)
{
    const struct json *file;

    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].question, key) &&
            json_parse(q->arena, list[i].plain, &file) == NULL) {
            return json_text_of(file, STR("name"));
        }
    }
    return STR("file");
}

err casework_file(struct ask *q, struct reply *r)
{
    struct casefile c;
    int64_t file;
    str key, media_type;
    bool shown;
    struct sealed_answer *list;
    size_t count;

    TRY(casework_load(q, &c));
    TRY(ask_path_id(q, "file", &file));
    TRY(file_question(q, &c, file, &key));
    TRY(casefile_is_shown(q->arena, q->snap, q->session.id, c.agency, c.id, q->now_ms,
                          &shown));
    if (!shown) {
        FAIL(q->arena, ERR_DENIED,
             SAY("Show the personal data of the case first, then open the file."), STR(""),
             "not shown");
    }
    TRY(casefile_answers(q->arena, q->snap, q->keyring, &c, true, &list, &count));
    TRY(casework_file_type(q->arena, q->store, c.agency, file, &media_type));
    return reply_file(q, r, file, media_type, file_name(q, list, count, key));
}
