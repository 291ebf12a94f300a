/* filling — packing and unpacking.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/filling.h"

#include "host/paper/frame.h"
#include "host/paper/walk.h"

static void walk_field(struct walk *w, struct paper_field *f)
{
    walk_text(w, &f->name);
    walk_text(w, &f->text);
}

static void walk_row(struct walk *w, struct paper_row *r)
{
    WALK_LIST(w, r->fields, r->fields_count, struct paper_field, walk_field);
}

static void walk_list_of_rows(struct walk *w, struct paper_list *l)
{
    walk_text(w, &l->name);
    WALK_LIST(w, l->rows, l->rows_count, struct paper_row, walk_row);
}

static void walk_filling(struct walk *w, str *template_odt, struct paper_filling *f)
{
    walk_text(w, template_odt);
    WALK_LIST(w, f->fields, f->fields_count, struct paper_field, walk_field);
    WALK_LIST(w, f->lists, f->lists_count, struct paper_list, walk_list_of_rows);
    WALK_LIST(w, f->pictures, f->pictures_count, struct paper_field, walk_field);
    walk_number(w, &f->made_ms);
}

bool filling_pack(struct arena *a, str template_odt, const struct paper_filling *f,
                  str *ret_bytes)
{
    struct buf out;
    struct paper_filling copy = *f;
    struct walk w = { .arena = a, .out = &out };

    buf_init(&out, a, PAPER_JOB_BYTES_MAX);
    walk_filling(&w, &template_odt, &copy);
    *ret_bytes = buf_str(&out);
    return !buf_failed(&out) && !w.broken;
}

bool filling_unpack(struct arena *a, str bytes, str *ret_template,
                    struct paper_filling *ret)
{
    struct walk w = { .arena = a, .rest = bytes };
    struct paper_filling f = { 0 };
    str template_odt = STR("");

    walk_filling(&w, &template_odt, &f);
    if (w.broken || w.rest.len != 0) {
        return false;
    }
    *ret_template = template_odt;
    *ret = f;
    return true;
}
