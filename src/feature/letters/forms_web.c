/* forms — the office's own templates of letters: the plain one to begin with, the office's
 * own in its place, and back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/sheet/sheet.h"
#include "desk/upload/upload.h"
#include "feature/letters/letters_store.h"
#include "feature/letters/letters_web.h"

#include "letters_forms.view.h"

#define FORMS_MOST 300
#define TEMPLATE_BYTES ((size_t)6 << 20)

static bool is_listed(const struct letters_form_row *rows, size_t count, str form)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(rows[i].form, form)) {
            return true;
        }
    }
    return false;
}

static void row_add(struct ask *q, struct letters_form_row *rows, size_t *io_count,
                    str form, struct words name, const struct letters_template *own,
                    size_t own_count)
{
    if (*io_count == FORMS_MOST || is_listed(rows, *io_count, form)) {
        return;
    }
    struct letters_form_row *x = &rows[(*io_count)++];

    *x = (struct letters_form_row){
        .form = form,
        .name = name,
        .form_token = q->session.form_token,
        .plain = link_to1(q, "letters.form_file", str_join(q->arena, form, STR(".odt"))),
        .to = link_to1(q, "letters.form", form),
    };
    for (size_t i = 0; i < own_count; i++) {
        if (str_equal(own[i].form, form) && own[i].file != 0) {
            x->own = true;
            x->version = own[i].version;
            x->at = day_short(q->arena, day_at(own[i].at_ms), q->lang);
        }
    }
}

err letters_show_forms(struct ask *q, struct reply *r)
{
    struct letters_form_row *rows = ARENA_ARRAY(q->arena, FORMS_MOST,
                                                struct letters_form_row);
    struct letters_template *own;
    size_t own_count,
        services = q->catalog == NULL ? 0 : catalog_count(q->catalog, service_kind.name);
    struct letters_forms p = { .mistakes = shell_mistakes(q) };
    const struct page page = { .title = SAY("Letter templates"),
                               .current = "letters.forms",
                               .wide = true };

    if (rows == NULL) {
        return err_no_memory;
    }
    TRY(letters_templates(q->arena, q->snap, q->agency->id, &own, &own_count));
    for (int i = 0; i < PLAINS; i++) {
        row_add(q, rows, &p.rows_count, letter_plain_key[i], words_of(letter_plain_name[i]),
                own, own_count);
    }
    for (size_t i = 0; i < services; i++) {
        const struct service *s = catalog_at(q->catalog, service_kind.name, i);

        for (size_t n = 0; n < s->letters_count; n++) {
            row_add(q, rows, &p.rows_count, s->letters[n].key,
                    SAY("{name}", SAY_LABEL("name", &s->letters[n].name)), own, own_count);
        }
    }
    p.rows = rows;
    return REPLY_VIEW(q, r, &page, letters_forms, &p);
}

/* GET /staff/templates/plain_letter.odt */
err letters_show_form_file(struct ask *q, struct reply *r)
{
    str file = ask_path(q, "file");
    struct doc d;

    if (!str_ends(file, STR(".odt"))) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no format");
    }
    str form = str_slice(file, 0, file.len - 4);
    TRY(letters_template_doc(q, form, &d));
    return sheet_reply(q, r, &d, SHEET_ODT, form);
}

struct form_made {
    int64_t file;
};

static err form_check(struct ask *q, struct letters_template *ret_wish)
{
    const struct ask_file *file = NULL;
    struct doc known;
    str bytes;

    *ret_wish = (struct letters_template){ .form = ask_path(q, "form"),
                                           .staff = q->actor.staff,
                                           .at_ms = q->now_ms };
    TRY(letters_template_doc(q, ret_wish->form, &known)); /* there is such a form */
    if (str_equal(ask_field(q, "back"), STR("1"))) {
        return NULL; /* the plain form again */
    }
    for (size_t i = 0; i < q->files_count; i++) {
        file = q->files[i].size_bytes > 0 ? &q->files[i] : file;
    }
    if (file == NULL) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a template (.odt)."), STR("file"), "no file");
    }
    TRY(letters_bytes(q->arena, q->store, q->keyring, AGENCY_CITY, file->id, TEMPLATE_BYTES,
                      &bytes));
    TRY(letters_template_check(q, bytes));
    return upload_take(q, file, &ret_wish->file);
}

static err form_commit(struct ask *q, struct tx *tx, const struct letters_template *wish,
                       struct form_made *ret_made)
{
    ret_made->file = wish->file;
    return letters_template_put(q->arena, tx, q->agency->id, wish);
}

static err form_reply(struct ask *q, struct reply *r, const struct form_made *made)
{
    if (made->file != 0) {
        upload_keep(q, made->file);
    }
    return reply_see(q, r, link_to(q, "letters.forms"));
}

BEATS_OUT(form, letters_form_beats, struct letters_template, struct form_made)
