/* event_body — the body of an event of a case as JSON, and back as a fact for the fold.
 *
 * Ids, keys, dates and salted hashes only: nothing personal, so that erasure leaves the
 * chain whole.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "kernel/casefile/case_row.h"

#define BODY_BYTES 32768

static void days_put(struct json_writer *j, const char *key, day d)
{
    if (d != DAY_NONE) {
        json_put_text(j, str_of(key), day_iso(j->out->arena, d));
    }
}

static void clock_put(struct json_writer *j, const struct clock_fact *k)
{
    json_object(j, STR(""));
    json_put_text(j, STR("kind"), case_clock_key[k->kind]);
    json_put_int(j, STR("number"), k->number);
    json_put_text(j, STR("state"), case_clock_state_key[k->state]);
    days_put(j, "due", k->due);
    json_put_int(j, STR("due_ms"), k->due_ms);
    json_put_int(j, STR("extended"), k->extended);
    if (!str_is_empty(k->rule)) {
        json_put_text(j, STR("rule"), k->rule);
        json_put_int(j, STR("started_ms"), k->started_ms);
    }
    json_end_object(j);
}

void case_clocks_body(struct json_writer *j, const struct clock_fact *list, size_t count)
{
    if (count == 0) {
        return;
    }
    json_list(j, STR("clocks"));
    for (size_t i = 0; i < count; i++) {
        clock_put(j, &list[i]);
    }
    json_end_list(j);
}

str case_side_body(struct arena *a, const struct case_fact *f, str reason)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    case_clocks_body(&j, f->clocks, f->clocks_count);
    if (f->notices > 0) {
        json_put_int(&j, STR("notices"), f->notices);
    }
    if (!str_is_empty(reason)) {
        json_put_text(&j, STR("reason"), reason);
    }
    json_end_object(&j);
    return buf_str(&b);
}

/* ---- back ---- */

/* An id written as text in a body; 0 when there is none. */
static int64_t body_id(const struct json *body, str key)
{
    int64_t id = 0;

    (void)id_parse(json_text_of(body, key), &id);
    return id;
}

static bool body_truth(const struct json *body, str key)
{
    const struct json *j = json_get(body, key);

    return j != NULL && j->truth;
}

static void clock_read(const struct json *j, struct case_fact *f)
{
    struct clock_fact *k = &f->clocks[f->clocks_count];

    if (f->clocks_count == CLOCK_FACTS_MOST ||
        !case_clock_from_key(json_text_of(j, STR("kind")), &k->kind) ||
        !case_clock_state_from_key(json_text_of(j, STR("state")), &k->state)) {
        return;
    }
    k->number = (int)json_int_of(j, STR("number"), 0);
    k->due = DAY_NONE;
    (void)day_from_iso(json_text_of(j, STR("due")), &k->due);
    k->due_ms = json_int_of(j, STR("due_ms"), 0);
    k->extended = (int)json_int_of(j, STR("extended"), 0);
    k->rule = json_text_of(j, STR("rule"));
    k->started_ms = json_int_of(j, STR("started_ms"), 0);
    f->clocks_count++;
}

static void lists_read(const struct json *body, struct case_fact *f)
{
    const struct json *units = json_get(body, STR("units"));
    const struct json *clocks = json_get(body, STR("clocks"));
    const struct json *path = json_get(body, STR("path"));
    enum level level;

    for (const struct json *j = units != NULL ? units->first : NULL;
         j != NULL && f->units_count < CONSULTS_MOST; j = j->next) {
        f->units_count += id_parse(j->text, &f->units[f->units_count]);
    }
    for (const struct json *j = clocks != NULL ? clocks->first : NULL; j != NULL;
         j = j->next) {
        clock_read(j, f);
    }
    for (const struct json *j = path != NULL ? path->first : NULL; j != NULL; j = j->next) {
        if (level_from_key(j->text, &level)) {
            f->path |= 1U << level;
        }
    }
}

static day body_day(const struct json *body, const char *key)
{
    day d = DAY_NONE;

    (void)day_from_iso(json_text_of(body, str_of(key)), &d);
    return d;
}

/* What the history tells besides the fold. */
static void what_read(const struct json *body, const struct case_fact *f,
                      struct case_what *what)
{
    *what = (struct case_what){
        .by = (int)json_int_of(body, STR("by"), 0),
        .ground = json_text_of(body, STR("ground")),
        .reason = json_text_of(body, STR("reason")),
        .objects = f->objects,
        .document = f->document_number,
        .document_day = f->document_day,
        .agency = json_text_of(body, STR("to")),
        .called_ms = json_int_of(body, STR("called_ms"), 0),
        .sample_sent = body_truth(body, STR("sample")),
        .restored = { .missed = body_day(body, "missed"),
                      .hindrance_ended = body_day(body, "hindrance_ended"),
                      .asked = body_day(body, "asked"),
                      .last = body_day(body, "last"),
                      .term_days = (int)json_int_of(body, STR("term_days"), 0) },
    };
    (void)case_clock_from_key(json_text_of(body, STR("clock")), &what->clock);
    (void)clock_speed_from_key(json_text_of(body, STR("speed")), &what->speed);
    for (size_t i = 0; i < f->units_count; i++) {
        what->units[what->units_count++] = f->units[i];
    }
}

/* What was supplied or corrected. */
static err questions_read(struct arena *a, const struct json *body, struct case_told *ret)
{
    const struct json *list = json_get(body, STR("questions"));
    str *keys;

    if (list == NULL || list->first == NULL) {
        return NULL;
    }
    keys = ARENA_ARRAY(a, list->count, str);
    if (keys == NULL) {
        return err_no_memory;
    }
    for (const struct json *j = list->first; j != NULL; j = j->next) {
        keys[ret->questions_count++] = j->text;
    }
    ret->questions = keys;
    return NULL;
}

err case_body_read(struct arena *a, str text, struct case_told *ret)
{
    const struct json *body;
    struct case_fact *f = &ret->fact;

    TRY(json_parse(a, text, &body));
    ret->as_deputy = body_id(body, STR("deputy_for")) != 0;
    ret->note_hash = json_text_of(body, STR("note"));
    ret->grounds_hash = json_text_of(body, STR("grounds"));
    ret->other = body_id(body, STR("other"));
    ret->split_from = body_id(body, STR("split_from"));
    ret->number = json_text_of(body, STR("number"));
    ret->how = json_text_of(body, STR("how"));
    f->changes = json_int_of(body, STR("changes"), 0);
    f->unit = body_id(body, STR("unit"));
    f->due = DAY_NONE;
    f->version = (int)json_int_of(body, STR("version"), 0);
    f->level = LEVEL_HEAD;
    f->officer = body_id(body, STR("officer"));
    f->granted = body_truth(body, STR("granted"));
    f->four_eyes = body_truth(body, STR("four_eyes"));
    f->objects = body_truth(body, STR("objects"));
    f->off = body_truth(body, STR("off"));
    f->notices = (int)json_int_of(body, STR("notices"), 0);
    f->document_number = json_text_of(body, STR("document"));
    f->document_day = DAY_NONE;
    (void)case_outcome_from_key(json_text_of(body, STR("outcome")), &f->outcome);
    (void)level_from_key(json_text_of(body, STR("level")), &f->level);
    (void)level_from_key(json_text_of(body, STR("proposes")), &f->proposes);
    (void)day_from_iso(json_text_of(body, STR("due")), &f->due);
    (void)day_from_iso(json_text_of(body, STR("document_day")), &f->document_day);
    lists_read(body, f);
    what_read(body, f, &ret->what);
    return questions_read(a, body, ret);
}
