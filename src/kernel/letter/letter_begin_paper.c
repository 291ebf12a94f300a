/* letter_begin — what a letter says before anybody has changed it: the sentences that such
 * letters begin with, out of the case and the definition.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "host/lang/lang.h"
#include "host/seal/seal.h"
#include "kernel/letter/letter.h"

#define TOKEN_SIGNS 20
#define TEXT_BYTES ((size_t)64 << 10)

static str say(struct arena *a, struct words w)
{
    return lang_say(a, LANG_ZH, w);
}

/* The subject of each form, with service and case number in it. */
static const char *subject_of(const struct service_letter *form)
{
    static const struct {
        enum letter_plain plain;
        const char *id;
    } plain[] = {
        { PLAIN_REFUSAL,
          MSG("Your application for {service} (case {number}) is refused.") },
        { PLAIN_NOT_ADMITTED,
          MSG("Your application for {service} (case {number}) is not admitted.") },
        { PLAIN_SUPPLY,
          MSG("Your application for {service} (case {number}) is not complete: "
              "please supply what is named below.") },
        { PLAIN_EXTEND,
          MSG("We need longer for your application for {service} (case {number}).") },
    };

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (str_equal(form->key, letter_plain_key[plain[i].plain])) {
            return plain[i].id;
        }
    }
    if (form->kind == LETTER_DECISION && form->when == LETTER_REFUSED) {
        return plain[0].id;
    }
    return form->when == LETTER_GRANTED
               ? MSG("Your application for {service} (case {number}) is granted.")
               : MSG("About your application for {service} (case {number}): please see the "
                     "explanation.");
}

/* What was named, with its numbers; where the officer's words name it already, these. */
static str wanted_text(struct arena *a, const struct letter_start *f)
{
    struct buf b;
    bool told = f->wanted_count > 0 && str_find(f->note, f->wanted[0]) >= 0;

    buf_init(&b, a, TEXT_BYTES);
    buf_put(&b, say(a, SAY("To be supplied: ")));
    for (size_t i = 0; !told && i < f->wanted_count; i++) {
        buf_format(&b, "%s%.*s", i == 0 ? "" : "、", STR_ARG(f->wanted[i]));
    }
    if (!str_is_empty(f->note)) {
        buf_format(&b, "%s%.*s", told ? "" : "\n", STR_ARG(f->note));
    }
    return buf_str(&b);
}

static str supply_text(struct arena *a, const struct letter_start *f, str received)
{
    bool has_day = f->wanted_count > 0 && f->wanted_until != DAY_NONE;
    struct words until =
        has_day ? SAY("Supply it by {day}; else we decide on what we have.",
                      SAY_DAY("day", f->wanted_until))
                : SAY("Supply it within ____ days after this notice "
                      "reached you; else we decide on what we have.");

    return str_format(
        a, "%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(received), STR_ARG(wanted_text(a, f)),
        STR_ARG(say(a, until)),
        STR_ARG(say(a, SAY("The time until it is supplied does not count "
                           "(Administrative Procedure Act, Article 51)."))));
}

static str extend_text(struct arena *a, const struct letter_start *f, str received)
{
    str reason = say(a, SAY("Reason of the extension: "));
    str due = say(a, SAY("We now expect to be done by: "));
    bool has_day = f->is_extended && f->casefile->due != DAY_NONE;

    return str_format(a, "%.*s\n%.*s%.*s\n%.*s%.*s", STR_ARG(received), STR_ARG(reason),
                      STR_ARG(f->note), STR_ARG(due),
                      STR_ARG(has_day ? day_text(a, f->casefile->due, LANG_ZH) : STR("")));
}

static str text_of(struct arena *a, const struct letter_start *f,
                   const struct service_letter *form)
{
    str received = say(a, SAY("Your application of {day}.",
                              SAY_DAY("day", day_at(f->casefile->received_ms))));

    if (form->kind == LETTER_CERTIFICATE) {
        return say(a, SAY("This certifies that the above is true."));
    }
    if (str_equal(form->key, letter_plain_key[PLAIN_SUPPLY])) {
        return supply_text(a, f, received);
    }
    if (str_equal(form->key, letter_plain_key[PLAIN_EXTEND])) {
        return extend_text(a, f, received);
    }
    return label_is_empty(&f->service->law)
               ? received
               : str_format(a, "%.*s\n%.*s", STR_ARG(received),
                            STR_ARG(say(a, SAY("Done in accordance with {law}.",
                                               SAY_LABEL("law", &f->service->law)))));
}

/* 行政程序法 §96 I 6: that it is a decision, and how, until when, to whom to appeal. */
static str remedy_of(struct arena *a, const struct letter_start *f)
{
    const struct usual_remedy r = usual_terms_of(f->catalog, f->service).remedy;

    str term = say(a, SAY("Within {days} days from the day after service ({law})",
                          SAY_NUMBER("days", r.days), SAY_LABEL("law", &r.law)));

    return say(
        a,
        SAY("This is an administrative decision. If you do not agree, you may file "
            "{remedy}, in writing, through {office} with {authority}. Term: {term}.",
            SAY_TEXT("term", term), SAY_LABEL("remedy", &r.name),
            SAY_LABEL("office", &f->agency->name), SAY_LABEL("authority", &f->authority)));
}

/* The same as it was decided: what, by when, to whom. */
static str remedy_decided(struct arena *a, const struct case_grounds *g)
{
    return say(a, SAY("This is an administrative decision. If you do not agree: {remedy}; "
                      "term: {term}; authority: {authority}.",
                      SAY_TEXT("remedy", g->remedy), SAY_TEXT("term", g->term),
                      SAY_TEXT("authority", g->authority)));
}

static const struct sealed_answer *answer_to(const struct letter_start *f, str question)
{
    for (size_t i = 0; i < f->answers_count; i++) {
        if (str_equal(f->answers[i].question, question)) {
            return &f->answers[i];
        }
    }
    return NULL;
}

static err fields_of(struct arena *a, const struct letter_start *f,
                     const struct service_letter *form, struct letter_content *c)
{
    struct letter_field *list = ARENA_ARRAY(a, form->fields_count + 2, struct letter_field);

    if (list == NULL) {
        return err_no_memory;
    }
    if (form->kind == LETTER_CERTIFICATE) {
        list[c->fields_count++] = (struct letter_field){ say(a, SAY("Applicant")),
                                                         f->name };
    }
    for (size_t i = 0; i < form->fields_count; i++) {
        const struct question *q = form_question(&f->service->form, form->fields[i]);
        const struct sealed_answer *s = q == NULL ? NULL : answer_to(f, q->key);
        struct answer x = { .question = q, .visible = true };

        if (s == NULL || str_is_empty(s->plain)) {
            continue;
        }
        x.json = s->plain;
        list[c->fields_count++] = (struct letter_field){
            label_in(&q->label, LANG_ZH),
            answer_text(a, &x, LANG_ZH, false),
        };
    }
    c->fields = list;
    return NULL;
}

static err content_of(struct arena *a, const struct letter_start *f,
                      const struct service_letter *form, struct letter_content *ret)
{
    struct words subject = words_of(subject_of(form));
    struct letter_content c = {
        .recipient = say(a, SAY("{name} (addressee)", SAY_TEXT("name", f->name))),
        .address = f->address,
        .text = text_of(a, f, form),
        .law = label_in(&f->service->law, LANG_ZH),
    };

    subject.value[0] = (struct word)SAY_LABEL("service", &f->service->name);
    subject.value[1] = (struct word)SAY_TEXT("number", f->casefile->number);
    c.subject = say(a, subject);
    c.to = c.recipient;
    if (form->kind == LETTER_DECISION) {
        c.remedy = remedy_of(a, f);
        c.facts = c.text;
        c.text = STR("");
    }
    if (form->kind == LETTER_DECISION && f->grounds != NULL) {
        c.facts = f->grounds->facts;
        c.reasons = f->grounds->reasons;
        c.law = f->grounds->law;
        c.remedy = remedy_decided(a, f->grounds);
    }
    TRY(fields_of(a, f, form, &c));
    *ret = c;
    return NULL;
}

static err token_make(struct arena *a, const struct keyring *k, struct letter *l)
{
    struct seal_place place = { l->agency, l->id, "letter", "token" };
    str bytes = seal_random(a, TOKEN_SIGNS);

    if (bytes.len != TOKEN_SIGNS) {
        return err_no_memory;
    }
    l->token = crockford_text(a, (const unsigned char *)bytes.at, TOKEN_SIGNS);
    l->token_hash = seal_token_hash(a, k, "letter", l->token);
    return seal_close(a, k, place, l->token, &l->token_sealed);
}

err letter_begin(struct arena *a, const struct keyring *k, const struct letter_start *f,
                 struct letter *ret)
{
    struct service_letter form;
    struct letter l = {
        .agency = f->agency->id,
        .id = f->id,
        .casefile = f->casefile->id,
        .state = LETTER_DRAFT,
        .service = f->service->key,
        .service_version = f->service->version,
        .keep_years = f->service->keep_years,
        .copies = 1,
        .day = DAY_NONE,
        .valid_until = DAY_NONE,
        .made_by = f->staff,
        .made_ms = f->now_ms,
        .changes = 1,
    };

    TRY(letter_form(a, f->service, f->form, &form));
    l.form = form.key;
    l.kind = form.kind;
    l.seal = form.seal;
    l.series = form.series;
    TRY(content_of(a, f, &form, &l.content));
    if (l.kind == LETTER_CERTIFICATE) {
        TRY(token_make(a, k, &l));
    }
    TRY(letter_seal_content(a, k, &l));
    *ret = l;
    return arena_failed(a) ? err_no_memory : NULL;
}
