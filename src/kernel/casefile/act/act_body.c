/* act_body — the body of the event of an act: ids, keys, dates and salted hashes only.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/casefile/case_row.h"

#define BODY_BYTES 32768

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

static void restored_put(struct arena *a, struct json_writer *j, const struct act_wish *w)
{
    const struct case_restored *r = &w->restored;

    json_put_text(j, STR("missed"), day_iso(a, r->missed));
    json_put_text(j, STR("hindrance_ended"), day_iso(a, r->hindrance_ended));
    json_put_text(j, STR("asked"), day_iso(a, r->asked));
    json_put_int(j, STR("term_days"), r->term_days);
    json_put_text(j, STR("last"), day_iso(a, clock_restore(w->calendar, r->missed,
                                                           r->hindrance_ended,
                                                           r->term_days)));
}

/* Acts on a term. */
static void term_put(struct arena *a, struct json_writer *j, const struct act_wish *w)
{
    if (w->act == ACT_EXTEND) {
        json_put_text(j, STR("clock"), case_clock_key[w->clock]);
        json_put_int(j, STR("by"), w->extend_by);
    }
    if (w->act == ACT_SPEED) {
        json_put_text(j, STR("speed"), clock_speed_key[w->speed]);
    }
    if (w->act == ACT_RESTORE) {
        restored_put(a, j, w);
    }
    if (w->act == ACT_HALT) {
        json_put_text(j, STR("ground"), w->ground);
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
    term_put(a, j, w);
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
    if (w->called_ms != 0) {
        json_put_int(j, STR("called_ms"), w->called_ms);
        json_put_bool(j, STR("sample"), w->sample_sent);
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
    case_clocks_body(&j, f->clocks, f->clocks_count);
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
