/* notice — words with their values as JSON, and back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/notice/notice.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"

#define WORDS_BYTES 16384

const str notice_state_key[NOTICE_STATES] = {
    [NOTICE_WAITING] = STR_INIT("waiting"),
    [NOTICE_SENT] = STR_INIT("sent"),
    [NOTICE_FAILED] = STR_INIT("failed"),
};
const char *const notice_state_name[NOTICE_STATES] = {
    [NOTICE_WAITING] = MSG("To be read here"),
    [NOTICE_SENT] = MSG("Sent"),
    [NOTICE_FAILED] = MSG("Could not be sent"),
};

static const str kind_key[] = {
    [WORD_NONE] = STR_INIT(""),     [WORD_NUMBER] = STR_INIT("number"),
    [WORD_TEXT] = STR_INIT("text"), [WORD_DAY] = STR_INIT("day"),
    [WORD_TIME] = STR_INIT("time"), [WORD_MONEY] = STR_INIT("money"),
    [WORD_LABEL] = STR_INIT("label"),
};

static void value_put(struct json_writer *j, const struct word *v)
{
    json_object(j, STR(""));
    json_put_text(j, STR("name"), str_of(v->name));
    json_put_text(j, STR("kind"), kind_key[v->kind]);
    if (v->kind == WORD_TEXT) {
        json_put_text(j, STR("text"), v->text);
    } else if (v->kind == WORD_LABEL) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            json_put_text(j, lang_key[lang], v->label->in[lang]);
        }
    } else {
        json_put_int(j, STR("number"), v->number);
    }
    json_end_object(j);
}

str notice_words_json(struct arena *a, const struct words *w)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, WORDS_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("id"), w->id == NULL ? STR("") : str_of(w->id));
    json_list(&j, STR("values"));
    for (size_t i = 0; i < WORDS_VALUES && w->value[i].name != NULL; i++) {
        value_put(&j, &w->value[i]);
    }
    json_end_list(&j);
    json_end_object(&j);
    return buf_str(&b);
}

static err label_read(struct arena *a, const struct json *v, const struct label **ret)
{
    struct label *label = ARENA_NEW(a, struct label);

    if (label == NULL) {
        return err_no_memory;
    }
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        label->in[lang] = json_text_of(v, lang_key[lang]);
    }
    *ret = label;
    return NULL;
}

static err value_read(struct arena *a, const struct json *v, struct word *ret)
{
    str kind = json_text_of(v, STR("kind"));

    for (int k = WORD_NUMBER; k <= WORD_LABEL; k++) {
        if (str_equal(kind_key[k], kind)) {
            ret->kind = (enum word_kind)k;
        }
    }
    ret->name = str_z(a, json_text_of(v, STR("name")));
    ret->text = json_text_of(v, STR("text"));
    ret->number = json_int_of(v, STR("number"), 0);
    return ret->kind == WORD_LABEL ? label_read(a, v, &ret->label) : NULL;
}

err notice_words_read(struct arena *a, str json, struct words *ret)
{
    const struct json *root, *values;
    size_t n = 0;

    TRY(json_parse(a, json, &root));
    *ret = (struct words){ .id = str_z(a, json_text_of(root, STR("id"))) };
    values = json_get(root, STR("values"));
    for (const struct json *v = values != NULL ? values->first : NULL;
         v != NULL && n < WORDS_VALUES; v = v->next) {
        TRY(value_read(a, v, &ret->value[n++]));
    }
    return arena_failed(a) ? err_no_memory : NULL;
}
