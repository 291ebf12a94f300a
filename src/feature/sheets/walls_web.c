/* walls — is a sheet that hangs somewhere still what it would be if it were made today?
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/sheets/walls.h"

#include "base/arena.h"
#include "base/id.h"
#include "feature/sheets/sheets_web.h"
#include "host/lang/lang.h"
#include "kernel/pack/pack.h"

err walls_load(struct ask *q, struct walls *ret)
{
    ret->q = q;
    return shelf_load(q->arena, q->snap, q->agency->id, true, &ret->forms, &ret->count);
}

static const struct shelf_form *form_of(const struct walls *w, str id)
{
    int64_t wanted = 0;

    (void)id_parse(id, &wanted);
    for (size_t i = 0; i < w->count; i++) {
        if (w->forms[i].id == wanted) {
            return &w->forms[i];
        }
    }
    return NULL;
}

/* The version that is in force now; 0: there is no such sheet any more. The table of fees
 * changes with any service. */
int walls_version_now(const struct walls *w, str service, str sheet)
{
    struct ask *q = w->q;
    const struct service *s;
    const struct shelf_form *form;
    size_t count = q->catalog == NULL ? 0 : catalog_count(q->catalog, service_kind.name);
    int sum = 0;

    if (str_equal(sheet, FEES)) {
        for (size_t i = 0; i < count; i++) {
            s = catalog_at(q->catalog, service_kind.name, i);
            sum += s->version;
        }
        return sum;
    }
    if (str_equal(sheet, SHELF)) {
        form = form_of(w, service);
        return form == NULL ? 0 : form->version;
    }
    s = q->catalog == NULL ? NULL : service_get(q->catalog, service);
    return s == NULL ? 0 : s->version;
}

/* What it says about money today; "" nothing. */
str walls_prices_now(const struct walls *w, str service, str sheet)
{
    struct ask *q = w->q;
    const struct service *s = q->catalog == NULL ? NULL : service_get(q->catalog, service);

    if (str_equal(sheet, FEES) && q->catalog != NULL) {
        return sheets_prices_all(q->arena, q->catalog, q->today);
    }
    if (s != NULL && (str_equal(sheet, sheets_kind_key[SHEETS_GUIDE]) ||
                      str_equal(sheet, sheets_kind_key[SHEETS_NOTICE]))) {
        return sheets_prices(q->arena, s, q->today);
    }
    return STR("");
}

static bool money_changed(const struct walls *w, const struct posting *p)
{
    return p->prices.len > 0 &&
           !str_equal(p->prices, walls_prices_now(w, p->service, p->sheet));
}

/* The table of fees is old when it says something else; a sheet of a service also when its
 * definition is another one. */
bool walls_is_old(const struct walls *w, const struct posting *p)
{
    if (str_equal(p->sheet, OWN)) {
        return false;
    }
    if (str_equal(p->sheet, FEES) && p->prices.len > 0) {
        return money_changed(w, p);
    }
    return walls_version_now(w, p->service, p->sheet) != p->version || money_changed(w, p);
}

str walls_title_of(const struct walls *w, str service, str sheet)
{
    struct ask *q = w->q;
    const struct shelf_form *form = str_equal(sheet, SHELF) ? form_of(w, service) : NULL;
    const struct service *s = q->catalog == NULL ? NULL : service_get(q->catalog, service);
    enum sheets_kind kind;
    enum service_way way;
    struct sheets_about x;

    if (str_equal(sheet, FEES)) {
        return lang_text(q->lang, MSG("Fees and fines"));
    }
    if (str_equal(sheet, SHELF)) {
        return form == NULL
                   ? lang_text(q->lang, MSG("A form that is no longer on the shelf"))
                   : str_format(q->arena, "%.*s %.*s", STR_ARG(form->number),
                                STR_ARG(label_in(&form->name, q->lang)));
    }
    if (s == NULL || !sheets_name_read(s, sheet, &kind, &way) ||
        sheets_about_of(q, s, &x) != NULL) {
        return str_format(q->arena, "%.*s %.*s", STR_ARG(service), STR_ARG(sheet));
    }
    str title = sheets_title(&x, kind);
    return kind == SHEETS_SOP
               ? str_format(q->arena, "%.*s（%.*s）", STR_ARG(title),
                            STR_ARG(lang_text(q->lang, sheets_way_name[way])))
               : title;
}
