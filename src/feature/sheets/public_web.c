/* public — the sheets of a service and the table of fees, for everybody: as pages, as PDF,
 * as OpenDocument.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "desk/counted.h"
#include "feature/sheets/sheets_web.h"

#include "sheets_all.view.h"
#include "sheets_one.view.h"
#include "sheets_panel.view.h"

#define SOP_PREFIX "sop-"

static err service_of(struct ask *q, const struct service **ret)
{
    const struct service *s = q->catalog != NULL
                                  ? service_get(q->catalog, ask_path(q, "key"))
                                  : NULL;

    if (s == NULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("There is no such service. See the list of services."), STR(""),
             "no service");
    }
    *ret = s;
    return NULL;
}

err sheets_about_of(struct ask *q, const struct service *s, struct sheets_about *ret)
{
    struct sheets_about x = {
        .arena = q->arena,
        .lang = q->lang,
        .agency = q->agency,
        .service = s,
        .today = q->today,
        .way = WAY_COUNTER,
    };

    if (q->catalog != NULL) {
        x.office = office_get(q->catalog);
        x.authority = authority_get(q->catalog);
    }
    if (s != NULL) {
        str telephone;

        x.unit = ask_unit_of(q, s->unit, &telephone);
        x.telephone = s->telephone.len > 0 ? s->telephone : telephone;
        x.address = url_absolute(q, link_to1(q, "services.one", s->key));
    }
    *ret = x;
    return NULL;
}

bool sheets_name_read(const struct service *s, str name, enum sheets_kind *ret_kind,
                      enum service_way *ret_way)
{
    *ret_way = WAY_COUNTER;
    if (!str_starts(name, STR(SOP_PREFIX))) {
        return sheets_kind_from_key(name, ret_kind) && *ret_kind != SHEETS_SOP;
    }
    name = str_slice(name, sizeof SOP_PREFIX - 1, name.len);
    for (int way = 0; way < SERVICE_WAYS; way++) {
        if (str_equal(name, service_way_key[way]) && (s->ways & 1U << way) != 0) {
            *ret_kind = SHEETS_SOP;
            *ret_way = (enum service_way)way;
            return true;
        }
    }
    return false;
}

str sheets_name(struct ask *q, enum sheets_kind kind, enum service_way way)
{
    return kind != SHEETS_SOP
               ? sheets_kind_key[kind]
               : str_format(q->arena, SOP_PREFIX "%.*s", STR_ARG(service_way_key[way]));
}

static str with_end(struct ask *q, str name, enum sheet_format format)
{
    return str_format(q->arena, "%.*s.%.*s", STR_ARG(name),
                      STR_ARG(sheet_format_key[format]));
}

static struct sheets_link link_of(struct ask *q, const struct service *s,
                                  enum sheets_kind kind, enum service_way way)
{
    str name = sheets_name(q, kind, way);
    struct sheets_link l = {
        .name = words_of(sheets_kind_name[kind]),
        .page = link_to2(q, "sheets.one", s->key, name),
        .pdf = link_to2(q, "sheets.file", s->key, with_end(q, name, SHEET_PDF)),
        .odt = link_to2(q, "sheets.file", s->key, with_end(q, name, SHEET_ODT)),
    };

    if (kind == SHEETS_SOP) {
        l.way = words_of(sheets_way_name[way]);
    }
    return l;
}

err sheets_links(struct ask *q, const struct service *s, struct sheets_link **ret,
                 size_t *ret_count)
{
    struct sheets_link *list = ARENA_ARRAY(q->arena, SHEETS_KINDS + SERVICE_WAYS,
                                           struct sheets_link);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (int kind = 0; kind < SHEETS_SOP; kind++) {
        bool asks = s->form.steps_count > 0;

        if (asks || (kind != SHEETS_FORM && kind != SHEETS_SAMPLE)) {
            list[count++] = link_of(q, s, (enum sheets_kind)kind, WAY_COUNTER);
        }
    }
    for (int way = 0; way < SERVICE_WAYS; way++) {
        if ((s->ways & 1U << way) != 0) {
            list[count++] = link_of(q, s, SHEETS_SOP, (enum service_way)way);
        }
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}

err sheets_draw(struct ask *q, const struct service *s, enum sheets_kind kind,
                enum service_way way, struct doc *ret)
{
    struct sheets_about x;

    TRY(sheets_about_of(q, s, &x));
    x.way = way;
    TRY(sheets_make(&x, kind, ret));
    return sheet_charts(q, ret);
}

static err named_sheet(struct ask *q, str name, const struct service **ret_service,
                       struct doc *ret_doc)
{
    enum sheets_kind kind;
    enum service_way way;

    TRY(service_of(q, ret_service));
    if (!sheets_name_read(*ret_service, name, &kind, &way)) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such sheet. See the list of sheets."),
             STR(""), "no sheet");
    }
    return sheets_draw(q, *ret_service, kind, way, ret_doc);
}

err sheets_show_all(struct ask *q, struct reply *r)
{
    const struct service *s;
    struct sheets_all p = { 0 };
    struct sheets_link *list;

    TRY(service_of(q, &s));
    TRY(sheets_links(q, s, &list, &p.sheets_count));
    p.service = s->name;
    p.sheets = list;
    p.back = link_to1(q, "services.one", s->key);
    reply_topic(r, q->agency->id, "catalog", STR(""));

    const struct page_crumb crumbs[] = {
        { SAY("Services"), link_to(q, "services.list") },
        { SAY("{name}", SAY_LABEL("name", &s->name)), p.back },
    };
    const struct page page = {
        .title = SAY("Forms and sheets: {name}", SAY_LABEL("name", &s->name)),
        .here = SAY("Forms and sheets"),
        .crumbs = crumbs,
        .crumbs_count = 2,
        .current = "services.list",
        .updated = s->updated,
    };
    return REPLY_VIEW(q, r, &page, sheets_all, &p);
}

static bool charts_drawn(const struct doc *d)
{
    for (size_t i = 0; i < d->blocks_count; i++) {
        const struct doc_block *b = &d->blocks[i];

        if (b->kind == DOC_CHART && b->chart != NULL && b->chart->width == 0) {
            return false;
        }
    }
    return true;
}

err sheets_show_one(struct ask *q, struct reply *r)
{
    str name = ask_path(q, "sheet");
    const struct service *s;
    struct doc d;
    struct sheets_one p = { 0 };

    TRY(named_sheet(q, name, &s, &d));
    TRY(sheet_of(q->arena, &d, true, &p.sheet));
    p.title = d.title;
    p.pdf = link_to2(q, "sheets.file", s->key, with_end(q, name, SHEET_PDF));
    p.odt = link_to2(q, "sheets.file", s->key, with_end(q, name, SHEET_ODT));
    p.all = link_to1(q, "sheets.all", s->key);
    if (charts_drawn(&d)) { /* else the page is not kept: the next reader has it whole */
        reply_topic(r, q->agency->id, "catalog", STR(""));
    }

    const struct page_crumb crumbs[] = {
        { SAY("Services"), link_to(q, "services.list") },
        { SAY("{name}", SAY_LABEL("name", &s->name)), link_to1(q, "services.one", s->key) },
        { SAY("Forms and sheets"), p.all },
    };
    const struct page page = {
        .title = SAY("{name}", SAY_TEXT("name", d.title)),
        .crumbs = crumbs,
        .crumbs_count = 3,
        .current = "services.list",
        .updated = s->updated,
    };
    return REPLY_VIEW(q, r, &page, sheets_one, &p);
}

/* "guide.pdf" */
static err file_read(struct ask *q, str file, str *ret_name, enum sheet_format *ret_format)
{
    ptrdiff_t dot = str_find(file, STR("."));

    if (dot <= 0 ||
        !sheet_format_from_key(str_slice(file, (size_t)dot + 1, file.len), ret_format)) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such sheet. See the list of sheets."),
             STR(""), "no format");
    }
    *ret_name = str_slice(file, 0, (size_t)dot);
    return NULL;
}

err sheets_show_file(struct ask *q, struct reply *r)
{
    const struct service *s;
    enum sheet_format format;
    struct doc d;
    str name;

    TRY(file_read(q, ask_path(q, "file"), &name, &format));
    TRY(named_sheet(q, name, &s, &d));
    counted_note(q, str_format(q->arena, "download %.*s/%.*s %.*s", STR_ARG(s->key),
                               STR_ARG(name), STR_ARG(sheet_format_key[format])));
    return sheet_reply(q, r, &d, format, d.title);
}

static err fees_doc(struct ask *q, struct doc *ret)
{
    struct sheets_about x;

    TRY(sheets_about_of(q, NULL, &x));
    return sheets_fees(&x, q->catalog, ret);
}

err sheets_show_fees(struct ask *q, struct reply *r)
{
    struct doc d;
    struct sheets_one p = { .all_services = true };
    const struct page page = { .title = SAY("Fees and fines"), .current = "sheets.fees" };

    TRY(fees_doc(q, &d));
    TRY(sheet_of(q->arena, &d, true, &p.sheet));
    p.title = d.title;
    p.pdf = link_to1(q, "sheets.fees_file", STR("fees.pdf"));
    p.odt = link_to1(q, "sheets.fees_file", STR("fees.odt"));
    p.all = link_to(q, "services.list");
    reply_topic(r, q->agency->id, "catalog", STR(""));
    return REPLY_VIEW(q, r, &page, sheets_one, &p);
}

err sheets_show_fees_file(struct ask *q, struct reply *r)
{
    enum sheet_format format;
    struct doc d;
    str name;

    TRY(file_read(q, ask_path(q, "file"), &name, &format));
    TRY(fees_doc(q, &d));
    return sheet_reply(q, r, &d, format, d.title);
}

/* On the page of the service: form and sample at hand, the rest one step away. */
err sheets_panel_service(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct service *s = about->thing;
    struct sheets_all p = { 0 };
    struct sheets_link *list;

    TRY(sheets_links(q, s, &list, &p.sheets_count));
    p.service = s->name;
    p.sheets = list;
    p.back = link_to1(q, "sheets.all", s->key);
    return PANEL_VIEW(q, ret, sheets_panel, &p);
}
