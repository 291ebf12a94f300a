/* draft — the sheet of a letter, and the same by the office's own template.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "feature/letters/letters_store.h"
#include "feature/letters/letters_web.h"
#include "host/lang/lang.h"
#include "host/paper/paper.h"
#include "kernel/letter/letter_paper.h"

#define TEMPLATE_BYTES ((size_t)6 << 20)

/* 區長 陳○○: who signs for the office. */
static err head_of(struct ask *q, str *ret)
{
    struct staff *people;
    size_t count;

    *ret = STR("");
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    for (size_t i = 0; i < count; i++) {
        if ((people[i].duties & DUTY(DUTY_HEAD)) != 0 && people[i].active) {
            *ret = str_format(q->arena, "%.*s　%.*s", STR_ARG(people[i].title),
                              STR_ARG(people[i].name));
            break;
        }
    }
    return NULL;
}

static err about_of(struct ask *q, const struct letter *l, const struct casefile *c,
                    struct letter_about *ret)
{
    struct staff officer;
    struct letter_about x = {
        .agency = q->agency,
        .office = office_get(q->catalog),
        .service = letters_service(q, l->service, l->service_version),
        .name = lang_say(q->arena, LANG_ZH,
                         letters_name(q, l->service, l->service_version, l->form)),
        .telephone = q->agency->telephone,
        .email = q->agency->email,
    };

    if (c->officer != 0 &&
        staff_by_id(q->arena, q->snap, c->agency, c->officer, q->today, &officer) == NULL) {
        x.officer = officer.name;
        x.telephone = officer.telephone.len > 0 ? officer.telephone : x.telephone;
    }
    if (l->kind == LETTER_CERTIFICATE && !str_is_empty(l->token)) {
        x.confirm =
            url_absolute(q, link_office1(q, q->agency->key, "letters.confirm", l->token));
    }
    TRY(head_of(q, &x.head));
    *ret = x;
    return NULL;
}

err letters_doc(struct ask *q, const struct letter *l, const struct casefile *c,
                struct doc *ret)
{
    struct letter_about about;

    TRY(about_of(q, l, c, &about));
    return letter_doc(q->arena, l, &about, ret);
}

/* The office's own template of this form; where it has none, of the form whose template the
 * definition names. 0: neither. */
static err template_of(struct ask *q, const struct letter *l, int64_t *ret_file)
{
    struct letters_template *list;
    const struct service *s = service_get_near(q->catalog, l->service, l->service_version);
    struct service_letter line = { .template = STR("") };
    size_t count;
    int64_t named = 0;

    *ret_file = 0;
    TRY(letters_templates(q->arena, q->snap, q->agency->id, &list, &count));
    if (s != NULL && letter_form(q->arena, s, l->form, &line) != NULL) {
        line.template = STR("");
    }
    for (size_t i = 0; i < count; i++) {
        *ret_file = str_equal(list[i].form, l->form) ? list[i].file : *ret_file;
        named = line.template.len > 0 && str_equal(list[i].form, line.template)
                    ? list[i].file
                    : named;
    }
    *ret_file = *ret_file != 0 ? *ret_file : named;
    return NULL;
}

err letters_filled(struct ask *q, const struct letter *l, const struct casefile *c,
                   str *ret)
{
    struct letter_about about;
    struct paper_filling f;
    str bytes;
    int64_t file = 0;

    *ret = STR("");
    TRY(template_of(q, l, &file));
    if (file == 0) {
        return NULL;
    }
    TRY(letters_bytes(q->arena, q->store, q->keyring, q->agency->id, file, TEMPLATE_BYTES,
                      &bytes));
    TRY(about_of(q, l, c, &about));
    TRY(letter_filling(q->arena, l, &about, &f));
    return paper_fill(q->arena, q->paper, bytes, &f, ret);
}

err letters_template_doc(struct ask *q, str form, struct doc *ret)
{
    struct service_letter line = { .kind = LETTER_LETTER, .seal = SEAL_SIGNATURE };
    struct letter l = { .form = form,
                        .day = DAY_NONE,
                        .valid_until = DAY_NONE,
                        .made_ms = day_begins_ms(q->today),
                        .state = LETTER_DRAFT };
    struct letter_about about = { .agency = q->agency,
                                  .office = office_get(q->catalog),
                                  .email = q->agency->email,
                                  .is_template = true };
    err e = letter_form(q->arena, NULL, form, &line);
    size_t count = q->catalog == NULL ? 0 : catalog_count(q->catalog, service_kind.name);

    for (size_t i = 0; e != NULL && i < count; i++) {
        const struct service *s = catalog_at(q->catalog, service_kind.name, i);

        e = letter_form(q->arena, s, form, &line);
        about.service = e == NULL ? s : NULL;
    }
    TRY(e);
    l.kind = line.kind;
    l.seal = line.seal;
    about.name = about.service != NULL
                     ? label_in(&line.name, LANG_ZH)
                     : lang_say(q->arena, LANG_ZH, letters_name(q, STR(""), 0, form));
    return letter_doc(q->arena, &l, &about, ret);
}

err letters_template_check(struct ask *q, str bytes)
{
    str *names;
    size_t count;

    TRY(paper_names(q->arena, q->paper, bytes, &names, &count));
    if (count == 0) {
        FAIL(
            q->arena, ERR_INPUT,
            SAY("This template has no field. Begin with the plain one and keep its "
                 "fields."),
            STR("file"), "no fields");
    }
    return NULL;
}
