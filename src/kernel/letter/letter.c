/* letter — names, forms, and what a letter says before anybody has changed it.
 *
 * A letter is written in the language of the authorities, whoever reads the page.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/letter/letter.h"

#include "base/arena.h"
#include "base/buf.h"

#define NUMBER_BYTES 400

const str letter_state_key[LETTER_STATES] = { STR_INIT("draft"), STR_INIT("issued"),
                                              STR_INIT("withdrawn"), STR_INIT("dropped") };
const str letter_way_key[LETTER_WAYS] = {
    [LETTER_BY_POST] = STR_INIT("post"), [LETTER_REGISTERED] = STR_INIT("registered"),
    [LETTER_BY_HAND] = STR_INIT("hand"), [LETTER_BY_SYSTEM] = STR_INIT("system"),
};
const char *const letter_way_name[LETTER_WAYS] = {
    [LETTER_BY_POST] = MSG("By ordinary post"),
    [LETTER_REGISTERED] = MSG("By registered post"),
    [LETTER_BY_HAND] = MSG("Handed over"),
    [LETTER_BY_SYSTEM] = MSG("By the document system"),
};
const char *const letter_state_name[LETTER_STATES] = {
    MSG("Draft letter"),
    MSG("Letter issued"),
    MSG("Letter withdrawn"),
    MSG("Letter dropped"),
};
const str letter_speed_key[SPEEDS] = { STR_INIT("normal"), STR_INIT("fast"),
                                       STR_INIT("fastest") };
const char *const letter_speed_name[SPEEDS] = { MSG("Normal speed"), MSG("Fast"),
                                                MSG("Fastest") };
const char *const letter_seal_name[3] = { MSG("Seal of the office"),
                                          MSG("Signature seal of the head"),
                                          MSG("Strip seal") };
const str letter_plain_key[PLAINS] = {
    STR_INIT("plain_letter"), STR_INIT("plain_refusal"), STR_INIT("plain_not_admitted"),
    STR_INIT("plain_supply"), STR_INIT("plain_extend"),
};
const char *const letter_plain_name[PLAINS] = {
    MSG("Letter"),
    MSG("Decision against"),
    MSG("Not admitted"),
    MSG("Notice to complete"),
    MSG("Notice of extension"),
};

static const struct {
    enum letter_kind kind;
    enum letter_when when;
    enum letter_seal seal;
} plain_forms[PLAINS] = {
    { LETTER_LETTER, LETTER_ALWAYS, SEAL_SIGNATURE },
    { LETTER_DECISION, LETTER_REFUSED, SEAL_SIGNATURE },
    { LETTER_DECISION, LETTER_REFUSED, SEAL_SIGNATURE },
    { LETTER_NOTICE, LETTER_ALWAYS, SEAL_STRIP },
    { LETTER_NOTICE, LETTER_ALWAYS, SEAL_STRIP },
};

static void plain_names(const void *thing, const char *what, struct pack_names *to)
{
    (void)thing;
    (void)what;
    for (int i = 0; i < PLAINS; i++) {
        pack_names_add(to, letter_plain_key[i]);
    }
}

const struct pack_kind letter_kind = { .name = "letter",
                                       .defines = "template",
                                       .names = plain_names };

err letter_form(struct arena *a, const struct service *s, str key,
                struct service_letter *ret)
{
    for (size_t i = 0; s != NULL && i < s->letters_count; i++) {
        if (str_equal(s->letters[i].key, key)) {
            *ret = s->letters[i];
            return NULL;
        }
    }
    for (int i = 0; i < PLAINS; i++) {
        if (str_equal(letter_plain_key[i], key)) {
            *ret = (struct service_letter){
                .key = key,
                .kind = plain_forms[i].kind,
                .when = plain_forms[i].when,
                .seal = plain_forms[i].seal,
            };
            return NULL;
        }
    }
    FAIL(a, ERR_MISSING, SAY("This service has no such letter."), STR("form"),
         "no letter form");
}

bool letter_tells_grant(const struct letter *l, const struct service_letter *form)
{
    return l->kind == LETTER_CERTIFICATE || form->when == LETTER_GRANTED;
}

static bool is_decided(enum case_state s)
{
    static const enum case_state after[] = {
        CASE_DECIDED, CASE_REFUSED, CASE_NOT_ADMITTED,
        CASE_ISSUED,  CASE_COLLECTED, CASE_CLOSED,
    };

    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++) {
        if (after[i] == s) {
            return true;
        }
    }
    return false;
}

bool letter_may_go_out(const struct letter *l, const struct service_letter *form,
                       const struct casefile *c)
{
    if (str_equal(l->form, letter_plain_key[PLAIN_REFUSAL])) {
        return is_decided(c->state) && c->outcome == OUTCOME_REFUSED;
    }
    if (str_equal(l->form, letter_plain_key[PLAIN_NOT_ADMITTED])) {
        return is_decided(c->state) && c->outcome == OUTCOME_NOT_ADMITTED;
    }
    if (letter_tells_grant(l, form)) {
        return is_decided(c->state) && c->outcome == OUTCOME_GRANTED;
    }
    if (form->when == LETTER_REFUSED) {
        return is_decided(c->state) && c->outcome != OUTCOME_GRANTED;
    }
    return l->kind != LETTER_DECISION || is_decided(c->state);
}

err letter_go_out_check(struct arena *a, const struct letter *l,
                        const struct service_letter *form, const struct casefile *c)
{
    if (!letter_may_go_out(l, form, c)) {
        FAIL(a, ERR_CONFLICT,
             SAY("This goes out only after the decision that it tells. The case is not "
                 "decided so: have it decided first."),
             STR(""), "case %s", case_state_key[c->state].at);
    }
    return NULL;
}

str letter_number_text(struct arena *a, str form, int year, int64_t number)
{
    struct buf b;

    buf_init(&b, a, NUMBER_BYTES);
    while (form.len > 0) {
        if (str_starts(form, STR("{year}"))) {
            buf_format(&b, "%d", year);
            form = str_slice(form, 6, form.len);
        } else if (str_starts(form, STR("{number}"))) {
            buf_format(&b, "%05lld", (long long)number);
            form = str_slice(form, 8, form.len);
        } else {
            buf_put_char(&b, form.at[0]);
            form = str_slice(form, 1, form.len);
        }
    }
    return buf_str(&b);
}
