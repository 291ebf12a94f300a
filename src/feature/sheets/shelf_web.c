/* shelf — forms that belong to no service: for everybody to take, for staff to keep up to
 * date; and how often each was taken.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "desk/reply.h"
#include "desk/counted.h"
#include "desk/upload/upload.h"
#include "feature/sheets/sheets_store.h"
#include "feature/sheets/sheets_web.h"

#include "sheets_shelf.view.h"
#include "sheets_shelf_staff.view.h"

#define TEXT_SIGNS 120
#define ODT_TYPE STR("application/vnd.oasis.opendocument.text")
#define PDF_TYPE STR("application/pdf")

static str day_or(struct ask *q, day d)
{
    return d == DAY_NONE ? STR("") : day_short(q->arena, d, q->lang);
}

static struct label unit_name(struct ask *q, str key)
{
    size_t count;
    const struct unit *units = ask_units(q, &count);

    for (size_t i = 0; i < count; i++) {
        if (str_equal(units[i].key, key)) {
            return units[i].name;
        }
    }
    return q->agency->name;
}

static struct sheets_form row_of(struct ask *q, const struct shelf_form *f)
{
    str id = id_text(q->arena, f->id);

    return (struct sheets_form){
        .name = f->name,
        .unit = unit_name(q, f->unit),
        .number = f->number,
        .law = f->law,
        .version = f->version,
        .checked = day_or(q, f->checked),
        .next_check = day_or(q, f->next_check),
        .has_odt = f->odt != 0,
        .has_pdf = f->pdf != 0,
        .is_due = f->next_check != DAY_NONE && f->next_check < q->today,
        .on_shelf = f->on_shelf,
        .updated = day_short(q->arena, day_at(f->at_ms), q->lang),
        .odt = link_to1(q, "sheets.form_file", str_join(q->arena, id, STR(".odt"))),
        .pdf = link_to1(q, "sheets.form_file", str_join(q->arena, id, STR(".pdf"))),
        .edit = url_with(q, link_to(q, "sheets.shelf_staff"), "form", id),
    };
}

static err rows_of(struct ask *q, bool on_shelf_only, const struct sheets_form **ret,
                   size_t *ret_count)
{
    struct shelf_form *list;

    TRY(shelf_load(q->arena, q->snap, q->agency->id, on_shelf_only, &list, ret_count));
    struct sheets_form *rows = ARENA_ARRAY(q->arena, *ret_count + 1, struct sheets_form);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < *ret_count; i++) {
        rows[i] = row_of(q, &list[i]);
    }
    *ret = rows;
    return NULL;
}

err sheets_show_shelf(struct ask *q, struct reply *r)
{
    struct sheets_shelf p = { .office = q->agency->name };
    const struct page page = { .title = SAY("Forms to download"),
                               .current = "sheets.shelf" };

    reply_topic(r, q->agency->id, "shelf", STR(""));
    TRY(rows_of(q, true, &p.rows, &p.rows_count));
    return REPLY_VIEW(q, r, &page, sheets_shelf, &p);
}

/* "0ABC….pdf" */
err sheets_show_form_file(struct ask *q, struct reply *r)
{
    str file = ask_path(q, "file");
    ptrdiff_t dot = str_find(file, STR("."));
    str end = dot < 0 ? STR("") : str_slice(file, (size_t)dot + 1, file.len);
    bool is_odt = str_equal(end, STR("odt"));
    int64_t id;
    struct shelf_form f = { 0 };

    if (dot > 0 && id_parse(str_slice(file, 0, (size_t)dot), &id)) {
        TRY(shelf_one(q->arena, q->snap, q->agency->id, id, &f));
    }
    int64_t bytes = is_odt ? f.odt : str_equal(end, STR("pdf")) ? f.pdf : 0;
    if (bytes == 0 || !f.on_shelf) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such form."), STR(""), "no such file");
    }
    counted_note(q, str_format(q->arena, "download form:%.*s %.*s", STR_ARG(f.number),
                               STR_ARG(end)));
    return reply_file(q, r, bytes, is_odt ? ODT_TYPE : PDF_TYPE,
                      str_format(q->arena, "%.*s.%.*s", STR_ARG(label_in(&f.name, q->lang)),
                                 STR_ARG(end)));
}

/* ---- for staff ---- */

static void entries_of(struct ask *q, const struct shelf_form *f, struct sheets_shelf *p)
{
    struct words number = SAY("Form number"), zh = SAY("Name in Chinese"),
                 en = SAY("Name in English"), ja = SAY("Name in Japanese"),
                 law = SAY("Law it rests on"), checked = SAY("Last checked on"),
                 next = SAY("Next check on");

    p->number = entry_of(q, "form_number", &number, NULL, f->number);
    p->zh = entry_of(q, "name_zh", &zh, NULL, f->name.in[LANG_ZH]);
    p->en = entry_of(q, "name_en", &en, NULL, f->name.in[LANG_EN]);
    p->ja = entry_of(q, "name_ja", &ja, NULL, f->name.in[LANG_JA]);
    p->law = entry_of(q, "law", &law, NULL, f->law);
    p->checked = entry_of(q, "checked", &checked, NULL, day_or(q, f->checked));
    p->next_check = entry_of(q, "next_check", &next, NULL, day_or(q, f->next_check));
    p->number.is_short = p->checked.is_short = p->next_check.is_short = true;
    p->en.optional = p->ja.optional = p->law.optional = true;
    p->checked.optional = p->next_check.optional = true;
}

static err units_of(struct ask *q, const struct shelf_form *f, struct sheets_shelf *p)
{
    size_t count;
    const struct unit *units = ask_units(q, &count);
    struct sheets_option *list = ARENA_ARRAY(q->arena, count + 1, struct sheets_option);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        list[i] = (struct sheets_option){ units[i].key, label_in(&units[i].name, q->lang),
                                          str_equal(units[i].key, f->unit) };
    }
    p->units = list;
    p->units_count = count;
    return NULL;
}

static int month_now(const struct ask *q)
{
    struct civil c = day_civil(q->today);

    return c.year * 100 + c.month;
}

err sheets_show_shelf_staff(struct ask *q, struct reply *r)
{
    struct shelf_form f = { .checked = DAY_NONE, .next_check = DAY_NONE, .on_shelf = true };
    struct sheets_shelf p = { .put = link_to(q, "sheets.shelf_put"),
                              .form_token = q->session.form_token,
                              .mistakes = shell_mistakes(q) };
    struct download *downloads;
    int64_t id;
    const struct page page = { .seals = SEALS_LIST, .title = SAY("Shelf of forms"),
                               .current = "sheets.shelf_staff",
                               .wide = true };
    str asked = q->method == POST ? ask_field(q, "form") : ask_param(q, "form");

    if (id_parse(asked, &id)) {
        TRY(shelf_one(q->arena, q->snap, q->agency->id, id, &f));
        p.id = id_text(q->arena, id);
        p.is_known = true;
    }
    p.version = f.version;
    p.on_shelf = f.on_shelf;
    entries_of(q, &f, &p);
    TRY(units_of(q, &f, &p));
    TRY(rows_of(q, false, &p.rows, &p.rows_count));
    TRY(downloads_load(q->arena, q->snap, q->agency->id, month_now(q), &downloads,
                       &p.downloads_count));
    struct sheets_download *list = ARENA_ARRAY(q->arena, p.downloads_count + 1,
                                               struct sheets_download);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p.downloads_count; i++) {
        list[i] = (struct sheets_download){ downloads[i].what, downloads[i].format,
                                            downloads[i].this_month, downloads[i].total };
    }
    p.downloads = list;
    return REPLY_VIEW(q, r, &page, sheets_shelf_staff, &p);
}

struct shelf_made {
    int64_t odt, pdf;
};

static day day_read(struct ask *q, const char *name)
{
    str typed = ask_field(q, name);
    day d = DAY_NONE;

    if (typed.len > 0 && !day_parse(typed, &d)) {
        mistake_add(&q->mistakes, str_of(name),
                    SAY("Enter a date, for example 115.3.2 or 2026-03-02."));
    }
    return d;
}

static str text_read(struct ask *q, const char *name, bool required, struct words say)
{
    str typed = str_trim(ask_field(q, name));

    if ((required && str_is_empty(typed)) || str_points(typed) > TEXT_SIGNS) {
        mistake_add(&q->mistakes, str_of(name), say);
    }
    return typed;
}

static err file_of(struct ask *q, const char *name, str type, int64_t *io_file)
{
    for (size_t i = 0; i < q->files_count; i++) {
        const struct ask_file *f = &q->files[i];

        if (f->size_bytes == 0 || !str_equal(f->question, str_of(name))) {
            continue;
        }
        if (!str_equal(f->media_type, type)) {
            FAIL(q->arena, ERR_INPUT,
                 SAY("This file is not of that kind. Choose an ODT and a "
                     "PDF."),
                 str_of(name), "other kind");
        }
        return upload_take(q, f, io_file);
    }
    return NULL;
}

static err shelf_check(struct ask *q, struct shelf_form *ret_wish)
{
    struct shelf_form f = { .agency = q->agency->id };
    int64_t id;

    if (id_parse(ask_field(q, "form"), &id)) {
        TRY(shelf_one(q->arena, q->snap, q->agency->id, id, &f));
    } else {
        f.id = ask_new_id(q);
    }
    f.version++;
    f.number = text_read(q, "form_number", true, SAY("A form has a number. Enter it."));
    f.name.in[LANG_ZH] = text_read(q, "name_zh", true, SAY("Enter the name of the form."));
    f.name.in[LANG_EN] = text_read(q, "name_en", false, SAY("Enter the name of the form."));
    f.name.in[LANG_JA] = text_read(q, "name_ja", false, SAY("Enter the name of the form."));
    f.law = text_read(q, "law", false, SAY("Enter the law in a few words."));
    f.unit = ask_field(q, "unit");
    f.checked = day_read(q, "checked");
    f.next_check = day_read(q, "next_check");
    f.on_shelf = str_equal(ask_field(q, "on_shelf"), STR("1"));
    f.staff = q->actor.staff;
    f.at_ms = q->now_ms;
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "form");
    }
    TRY(file_of(q, "odt", ODT_TYPE, &f.odt));
    TRY(file_of(q, "pdf", PDF_TYPE, &f.pdf));
    if (f.odt == 0 && f.pdf == 0) {
        FAIL(q->arena, ERR_INPUT, SAY("A form has at least one file: ODT, PDF or both."),
             STR("odt"), "no file");
    }
    *ret_wish = f;
    return NULL;
}

static err shelf_commit(struct ask *q, struct tx *tx, const struct shelf_form *wish,
                        struct shelf_made *ret_made)
{
    *ret_made = (struct shelf_made){ wish->odt, wish->pdf };
    return shelf_put(q->arena, tx, wish);
}

static err shelf_reply(struct ask *q, struct reply *r, const struct shelf_made *made)
{
    if (made->odt != 0) {
        upload_keep(q, made->odt);
    }
    if (made->pdf != 0) {
        upload_keep(q, made->pdf);
    }
    return reply_see(q, r, link_to(q, "sheets.shelf_staff"));
}

BEATS_OUT(shelf, sheets_shelf_beats, struct shelf_form, struct shelf_made)
