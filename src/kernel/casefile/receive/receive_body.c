/* receive_body — the body of the event of a receipt.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/receive/receive.h"

#define BODY_BYTES 32768

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
    case_clocks_body(&j, facts.clocks, facts.clocks_count);
    json_put_text(&j, STR("answers"), str_hex(a, w->answers_hash));
    json_list(&j, STR("files"));
    for (size_t i = 0; i < w->files_count; i++) {
        json_put_text(&j, STR(""), id_text(a, w->files[i].file));
    }
    json_end_list(&j);
    json_end_object(&j);
    return buf_str(&b);
}
