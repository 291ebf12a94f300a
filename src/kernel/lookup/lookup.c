/* lookup — registers, purposes, what came back as words; nothing here reads a database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/lookup/lookup.h"

#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/lookup/inside.h"

#include <stdlib.h>

#define ANSWER_BYTES ((size_t)64 << 10)
#define VALUE_MOST 500

const struct lookup_register lookup_registers[] = {
    { STR_INIT("land_register"), MSG("Land register"), SUBJECT_PLACE },
    { STR_INIT("household"), MSG("Household register"), SUBJECT_PERSON },
    { STR_INIT("conscription"), MSG("Conscription register"), SUBJECT_PERSON },
    { STR_INIT("insurance"), MSG("National Health Insurance"), SUBJECT_PERSON },
    { STR_INIT("labour_insurance"), MSG("Labour insurance"), SUBJECT_PERSON },
    { STR_INIT("property"), MSG("Property list"), SUBJECT_PERSON },
    { STR_INIT("income"), MSG("Income list"), SUBJECT_PERSON },
    { STR_INIT("tax"), MSG("Tax register"), SUBJECT_PERSON },
    { STR_INIT("business"), MSG("Business register"), SUBJECT_BUSINESS },
    { STR_INIT("disability"), MSG("Disability certificates"), SUBJECT_PERSON },
    { STR_INIT("low_income"), MSG("Low-income register"), SUBJECT_PERSON },
    { STR_INIT("immigration"), MSG("Entry and exit records"), SUBJECT_PERSON },
    { STR_INIT("vehicle"), MSG("Vehicle register"), SUBJECT_PERSON },
};
const size_t lookup_registers_count = sizeof lookup_registers / sizeof lookup_registers[0];

const str lookup_purpose_key[LOOKUP_PURPOSES] = { STR_INIT("instead"),
                                                  STR_INIT("condition"),
                                                  STR_INIT("again") };
const char *const lookup_purpose_name[LOOKUP_PURPOSES] = {
    MSG("In place of a paper"),
    MSG("To check a condition"),
    MSG("Once more before deciding"),
};
const str lookup_how_key[LOOKUP_HOWS] = { STR_INIT("simulator"), STR_INIT("gateway"),
                                          STR_INIT("hand") };
const char *const lookup_how_name[LOOKUP_HOWS] = {
    MSG("Simulation, nobody was asked"), MSG("By the gateway"), MSG("By hand"),
};
const str lookup_state_key[LOOKUP_STATES] = { STR_INIT("asked"), STR_INIT("found"),
                                              STR_INIT("nothing"), STR_INIT("failed") };
const char *const lookup_state_name[LOOKUP_STATES] = {
    MSG("Asked, no answer yet"), MSG("The register answered"), MSG("Nothing is registered"),
    MSG("No answer came"),
};

const str lookup_fault_key[LOOKUP_FAULTS] = {
    STR_INIT(""),        STR_INIT("away"),       STR_INIT("slow"),
    STR_INIT("untrusted"), STR_INIT("refused"),  STR_INIT("unreadable"),
    STR_INIT("unsigned"), STR_INIT("unset"),
};
const char *const lookup_fault_name[LOOKUP_FAULTS] = {
    NULL,
    MSG("The register cannot be reached."),
    MSG("The register took too long to answer."),
    MSG("The register could not prove who it is."),
    MSG("The register refused to answer."),
    MSG("The answer of the register cannot be read."),
    MSG("The answer is not signed by the register's gateway."),
    MSG("No gateway to registers is set up any more."),
};

const struct lookup_register *lookup_register_of(str key)
{
    for (size_t i = 0; i < lookup_registers_count; i++) {
        if (str_equal(lookup_registers[i].key, key)) {
            return &lookup_registers[i];
        }
    }
    return NULL;
}

static void register_names(const void *thing, const char *what, struct pack_names *to)
{
    (void)thing;
    (void)what;
    for (size_t i = 0; i < lookup_registers_count; i++) {
        pack_names_add(to, lookup_registers[i].key);
    }
}

const struct pack_kind lookup_kind = { .name = "lookup",
                                       .defines = "lookup",
                                       .names = register_names };

bool lookup_may(const struct actor *who, const struct casefile *file)
{
    bool works = file->officer == who->staff;

    for (size_t i = 0; i < who->stands_for_count && !works; i++) {
        works = file->officer != 0 && who->stands_for[i].staff == file->officer;
    }
    works = works || (actor_has(who, DUTY_UNIT_HEAD) && who->unit == file->unit);
    return works && who->staff != 0 && file->is_open &&
           case_state_is_undecided(file->state);
}

str lookup_month(struct arena *a, int64_t ms)
{
    return str_slice(day_iso(a, day_at(ms)), 0, 7);
}

/* ---- answers ---- */

str lookup_answer_json(struct arena *a, const struct lookup_answer *x)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, ANSWER_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_bool(&j, STR("found"), x->found);
    json_put_text(&j, STR("reference"), x->reference);
    json_put_text(&j, STR("as_of"), x->as_of);
    json_list(&j, STR("items"));
    for (size_t i = 0; i < x->facts_count; i++) {
        json_object(&j, STR(""));
        json_object(&j, STR("label"));
        for (int l = 0; l < LANG_COUNT; l++) {
            json_put_text(&j, lang_key[l], x->facts[i].label.in[l]);
        }
        json_end_object(&j);
        json_put_text(&j, STR("value"), x->facts[i].value);
        json_end_object(&j);
    }
    json_end_list(&j);
    json_end_object(&j);
    return buf_str(&b);
}

static bool is_short(str s)
{
    return s.len <= VALUE_MOST && str_is_text(s);
}

/* A label may be one text, or one by language. */
static bool fact_read(const struct json *j, struct lookup_fact *ret)
{
    const struct json *label = json_get(j, STR("label"));
    const struct json *value = json_get(j, STR("value"));

    if (label == NULL || value == NULL || value->kind != JSON_TEXT) {
        return false;
    }
    for (int l = 0; l < LANG_COUNT; l++) {
        ret->label.in[l] = label->kind == JSON_TEXT ? (l == LANG_ZH ? label->text : STR(""))
                                                    : json_text_of(label, lang_key[l]);
        if (!is_short(ret->label.in[l])) {
            return false;
        }
    }
    ret->value = value->text;
    return is_short(value->text) && ret->label.in[LANG_ZH].len > 0;
}

static err no_answer(struct arena *a, const char *why)
{
    FAIL(a, ERR_INPUT,
         SAY("The answer of the other system cannot be read. Tell its operator."), STR(""),
         "%s", why);
}

err lookup_answer_read(struct arena *a, str json, struct lookup_answer *ret)
{
    const struct json *j, *items, *found;
    struct lookup_fact *facts;
    size_t n = 0;

    if (json.len > ANSWER_BYTES || json_parse(a, json, &j) != NULL ||
        j->kind != JSON_OBJECT) {
        return no_answer(a, "no object");
    }
    found = json_get(j, STR("found"));
    items = json_get(j, STR("items"));
    if (found == NULL || found->kind != JSON_BOOL ||
        (items != NULL && (items->kind != JSON_LIST || items->count > LOOKUP_FACTS_MOST))) {
        return no_answer(a, "found or items");
    }
    facts = ARENA_ARRAY(a, LOOKUP_FACTS_MOST, struct lookup_fact);
    if (facts == NULL) {
        return err_no_memory;
    }
    for (const struct json *i = items == NULL ? NULL : items->first; i != NULL;
         i = i->next) {
        if (!fact_read(i, &facts[n++])) {
            return no_answer(a, "an item");
        }
    }
    *ret = (struct lookup_answer){ .found = found->truth,
                                   .reference = json_text_of(j, STR("reference")),
                                   .as_of = json_text_of(j, STR("as_of")),
                                   .facts = facts, .facts_count = n };
    return is_short(ret->reference) && is_short(ret->as_of) ? NULL
                                                            : no_answer(a, "reference");
}

static struct seal_place place_of(const struct lookup *l, const char *column)
{
    return (struct seal_place){ l->agency, l->id, "lookup", column };
}

err lookup_text_seal(struct arena *a, const struct keyring *k, const struct lookup *l,
                     const char *column, str text, str *ret_sealed, str *ret_hash)
{
    str salted = str_join(a, seal_random(a, LOOKUP_SALT_BYTES), text);

    TRY(seal_close(a, k, place_of(l, column), salted, ret_sealed));
    *ret_hash = str_hex(a, seal_sha256(a, salted));
    return arena_failed(a) ? err_no_memory : NULL;
}

static err text_open(struct arena *a, const struct keyring *k, const struct lookup *l,
                     const char *column, str sealed, str *ret)
{
    str salted;

    TRY(seal_open(a, k, place_of(l, column), sealed, &salted));
    *ret = str_slice(salted, LOOKUP_SALT_BYTES, salted.len);
    return NULL;
}

err lookup_answer_seal(struct arena *a, const struct keyring *k, const struct lookup *l,
                       const struct lookup_answer *x, str *ret_sealed, str *ret_hash)
{
    return lookup_text_seal(a, k, l, "answer", lookup_answer_json(a, x), ret_sealed,
                            ret_hash);
}

err lookup_answer_open(struct arena *a, const struct keyring *k, const struct lookup *l,
                       struct lookup_answer *ret)
{
    str json;

    if (l->answer.len == 0) {
        *ret = (struct lookup_answer){ 0 };
        return NULL;
    }
    TRY(text_open(a, k, l, "answer", l->answer, &json));
    return lookup_answer_read(a, json, ret);
}

err lookup_subject_open(struct arena *a, const struct keyring *k, const struct lookup *l,
                        str *ret)
{
    return text_open(a, k, l, "subject", l->subject, ret);
}

/* ---- the draw ---- */

struct lot {
    str hash;
    size_t place;
};

static int by_hash(const void *x, const void *y)
{
    return str_compare(((const struct lot *)x)->hash, ((const struct lot *)y)->hash);
}

err lookup_draw(struct arena *a, str seed, const struct lookup *list, size_t count,
                size_t **ret_places, size_t *ret_count)
{
    struct lot *lots = ARENA_ARRAY(a, count + 1, struct lot);
    size_t *places = ARENA_ARRAY(a, count + 1, size_t);
    size_t wanted = (count * LOOKUP_DRAW_PERCENT + 99) / 100;

    if (lots == NULL || places == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        lots[i] = (struct lot){
            seal_sha256(a, str_format(a, "%.*s %.*s", STR_ARG(seed),
                                      STR_ARG(id_text(a, list[i].id)))),
            i,
        };
    }
    qsort(lots, count, sizeof lots[0], by_hash);
    wanted = wanted < LOOKUP_DRAW_LEAST ? LOOKUP_DRAW_LEAST : wanted;
    wanted = wanted > LOOKUP_DRAW_MOST ? LOOKUP_DRAW_MOST : wanted;
    wanted = wanted > count ? count : wanted;
    for (size_t i = 0; i < wanted; i++) {
        places[i] = lots[i].place;
    }
    *ret_places = places;
    *ret_count = wanted;
    return arena_failed(a) ? err_no_memory : NULL;
}
