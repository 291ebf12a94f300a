/* event_body — the body of an event of a case as JSON, and back as a fact for the fold.
 *
 * Ids, keys, dates and salted hashes only: nothing personal, so that erasure leaves the
 * chain whole.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "kernel/casefile/case_clock.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"

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

static void clocks_put(struct json_writer *j, const struct clock_fact *list, size_t count)
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

str case_received_body(struct arena *a, const struct case_wish *w, str number)
{
    struct buf b;
    struct json_writer j;
    struct case_fact facts = { 0 };

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_int(&j, STR("changes"), 1);
    json_put_text(&j, STR("number"), number);
    json_put_text(&j, STR("service"), w->service->key);
    json_put_int(&j, STR("version"), w->service->version);
    json_put_text(&j, STR("channel"), case_channel_key[w->channel]);
    json_put_text(&j, STR("unit"), id_text(a, w->unit));
    json_put_text(&j, STR("level"), level_key[w->level]);
    if (w->proposes != LEVEL_OFFICER) {
        json_put_text(&j, STR("proposes"), level_key[w->proposes]);
    }
    json_put_text(&j, STR("due"), w->due == DAY_NONE ? STR("") : day_iso(a, w->due));
    if (w->officer != 0) {
        json_put_text(&j, STR("officer"), id_text(a, w->officer));
    }
    if (w->split_from != 0) {
        json_put_text(&j, STR("split_from"), id_text(a, w->split_from));
    }
    facts.clocks_count = w->clocks_count;
    for (size_t i = 0; i < w->clocks_count; i++) {
        facts.clocks[i] = case_clock_fact(&w->clocks[i]);
        facts.clocks[i].rule = clock_rule_json(a, &w->clocks[i].rule);
        facts.clocks[i].started_ms = w->clocks[i].started_ms;
    }
    clocks_put(&j, facts.clocks, facts.clocks_count);
    json_put_text(&j, STR("answers"), str_hex(a, w->answers_hash));
    json_list(&j, STR("files"));
    for (size_t i = 0; i < w->files_count; i++) {
        json_put_text(&j, STR(""), id_text(a, w->files[i].file));
    }
    json_end_list(&j);
    json_end_object(&j);
    return buf_str(&b);
}

static void ids_put(struct arena *a, struct json_writer *j, str key, const int64_t *ids,
                    size_t count)
{
    if (count == 0) {
        return;
    }
    json_list(j, key);
    for (size_t i = 0; i < count; i++) {
        json_put_text(j, STR(""), id_text(a, ids[i]));
    }
    json_end_list(j);
}

static void outcome_put(struct json_writer *j, const struct case_fact *f)
{
    json_put_bool(j, STR("granted"), f->granted);
    if (f->outcome == OUTCOME_NOT_ADMITTED) {
        json_put_text(j, STR("outcome"), case_outcome_key[f->outcome]);
    }
    if (f->path != 0) {
        json_list(j, STR("path"));
        for (int l = 0; l < LEVEL_COUNT; l++) {
            if ((f->path & (1U << l)) != 0) {
                json_put_text(j, STR(""), level_key[l]);
            }
        }
        json_end_list(j);
    }
    if (f->four_eyes) {
        json_put_bool(j, STR("four_eyes"), true);
    }
}

/* What only some acts have. */
static void act_put(struct arena *a, struct json_writer *j, const struct act_wish *w,
                    const struct case_fact *f)
{
    if (w->act == ACT_PROPOSE || w->act == ACT_DECIDE) {
        outcome_put(j, f);
    }
    if (w->act == ACT_ISSUE || !str_is_empty(f->document_number)) {
        json_put_text(j, STR("document"), f->document_number);
        json_put_text(j, STR("document_day"), day_iso(a, f->document_day));
    }
    ids_put(a, j, STR("units"), f->units, f->units_count);
    if (f->unit != 0) {
        json_put_text(j, STR("unit"), id_text(a, f->unit));
    }
    if (f->objects) {
        json_put_bool(j, STR("objects"), true);
    }
    if (f->off) {
        json_put_bool(j, STR("off"), true);
    }
    if (w->act == ACT_EXTEND) {
        json_put_text(j, STR("clock"), case_clock_key[w->clock]);
        json_put_int(j, STR("by"), w->extend_by);
    }
    if (w->act == ACT_HALT) {
        json_put_text(j, STR("ground"), w->ground);
    }
    if (w->other != 0) {
        json_put_text(j, STR("other"), id_text(a, w->other));
    }
    if (w->split != NULL) {
        json_put_text(j, STR("other"), id_text(a, w->split->id));
    }
    if (w->wanted_count > 0) {
        json_list(j, STR("wanted"));
        for (size_t i = 0; i < w->wanted_count; i++) {
            json_put_text(j, STR(""), w->wanted[i].key);
        }
        json_end_list(j);
    }
    if (w->supplied != NULL) {
        json_put_text(j, STR("answers"), str_hex(a, w->supplied->answers_hash));
        json_list(j, STR("questions"));
        for (size_t i = 0; i < w->supplied->answers_count; i++) {
            json_put_text(j, STR(""), w->supplied->answers[i].question);
        }
        json_end_list(j);
    }
    if (w->papers_count > 0) {
        json_list(j, STR("papers"));
        for (size_t i = 0; i < w->papers_count; i++) {
            json_put_text(j, STR(""), w->papers[i].key);
        }
        json_end_list(j);
    }
    if (w->act == ACT_TRANSFER) {
        json_put_text(j, STR("to"), w->agency_name);
    }
    if (w->act == ACT_MOVE) {
        json_put_int(j, STR("version"), f->version);
        json_put_text(j, STR("level"), level_key[f->level]);
        json_put_text(j, STR("proposes"), level_key[f->proposes]);
    }
}

str case_act_body(struct arena *a, const struct act_wish *w, const struct case_fact *f,
                  int64_t stands_for)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_int(&j, STR("changes"), f->changes);
    if (f->officer != 0) {
        json_put_text(&j, STR("officer"), id_text(a, f->officer));
    }
    act_put(a, &j, w, f);
    clocks_put(&j, f->clocks, f->clocks_count);
    if (f->notices > 0) {
        json_put_int(&j, STR("notices"), f->notices);
    }
    if (!str_is_empty(w->note_hash)) {
        json_put_text(&j, STR("note"), w->note_hash);
    }
    if (!str_is_empty(w->grounds_hash)) {
        json_put_text(&j, STR("grounds"), w->grounds_hash);
    }
    if (stands_for != 0) {
        json_put_text(&j, STR("deputy_for"), id_text(a, stands_for));
    }
    json_end_object(&j);
    return buf_str(&b);
}

str case_side_body(struct arena *a, const struct case_fact *f, str reason)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    clocks_put(&j, f->clocks, f->clocks_count);
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
    return questions_read(a, body, ret);
}
