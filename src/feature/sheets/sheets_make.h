/* sheets_make — the sheets that come out of one definition, as documents: guide for the
 * wall, blank form, filled-in sample, notice of what is missing, procedure, fees.
 *
 * Nothing here reads a database or knows a page; the same definition gives the same sheet.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SHEETS_MAKE_H
#define BIANMIN_FEATURE_SHEETS_MAKE_H

#include "desk/sheet/sheet.h"
#include "kernel/office/office.h"
#include "kernel/party/party.h"
#include "kernel/service/service.h"

enum sheets_kind {
    SHEETS_GUIDE,  /* 申辦須知張貼頁 */
    SHEETS_FORM,   /* 空白申請書 */
    SHEETS_SAMPLE, /* 書寫範例 */
    SHEETS_NOTICE, /* 一次告知單 */
    SHEETS_SOP,    /* 標準作業程序, one for each way of applying */
    SHEETS_KINDS
};
extern const str sheets_kind_key[SHEETS_KINDS];        /* guide form sample notice sop */
extern const char *const sheets_kind_name[SHEETS_KINDS]; /* MSG ids */
bool sheets_kind_from_key(str key, enum sheets_kind *ret);
extern const char *const sheets_way_name[SERVICE_WAYS]; /* MSG ids */

/* What a sheet is made of. */
struct sheets_about {
    struct arena *arena;
    enum lang lang;
    const struct agency *agency;
    const struct office *office;   /* NULL: not loaded */
    const struct authority *authority;
    const struct service *service; /* NULL: a sheet of the whole office */
    struct label unit;
    str telephone;
    str address; /* of the service's page: what the QR leads to */
    day today;
    enum service_way way; /* SHEETS_SOP */
};
str sheets_say(const struct sheets_about *x, struct words w);
str sheets_text(const struct sheets_about *x, const char *id);
str sheets_in(const struct sheets_about *x, const struct label *l);

/* The name as it stands on the sheet: 土地使用分區證明申辦須知. */
str sheets_title(const struct sheets_about *x, enum sheets_kind kind);
MUST_CHECK err sheets_make(const struct sheets_about *x, enum sheets_kind kind,
                           struct doc *ret);
/* 規費及罰鍰一覽表 of all services of the catalog. */
MUST_CHECK err sheets_fees(const struct sheets_about *x, const struct catalog *c,
                           struct doc *ret);

/* A sign of what the sheets of a service, or the table of all fees and fines, say about
 * money on this day. */
str sheets_prices(struct arena *a, const struct service *s, day on);
str sheets_prices_all(struct arena *a, const struct catalog *c, day on);

/* The parts, each in a file of its own. */
MUST_CHECK err sheets_guide(const struct sheets_about *x, struct doc_maker *m);
MUST_CHECK err sheets_form(const struct sheets_about *x, bool sample, struct doc_maker *m);
MUST_CHECK err sheets_notice(const struct sheets_about *x, struct doc_maker *m);
MUST_CHECK err sheets_sop(const struct sheets_about *x, struct doc_maker *m);
/* The steps of this way: those of the definition, or what its flow amounts to. */
MUST_CHECK err sheets_procedure(const struct sheets_about *x, enum service_way way,
                                const struct procedure_step **ret, size_t *ret_count);
/* Their flow chart, without places. */
MUST_CHECK err sheets_chart(const struct sheets_about *x, enum service_way way,
                            struct chart **ret);
/* The answer of a sample; NULL on a blank form, and where nothing is answered. */
const struct answer *sheets_answered(const struct answers *answers,
                                     const struct question *q);
/* What stands in the place for an answer: boxes to tick, a line for a date, the sample's
 * answer. `below`: choices one below the other. */
str sheets_answer_text(const struct sheets_about *x, const struct question *q,
                       const struct answer *a, bool below);
/* A question of rows: a table with a column each, blank lines to write on, or the
 * sample's. */
MUST_CHECK err sheets_rows_table(const struct sheets_about *x, const struct question *q,
                                 const struct answer *a, struct doc_maker *m);
/* Shared by the parts. */
str sheets_papers(const struct sheets_about *x, const struct service_paper *p, bool box);
str sheets_fee(const struct sheets_about *x, const struct service_fee *f);
/* Those valid today, one a line; "No fee" when there is none. */
str sheets_fees_today(const struct sheets_about *x);
str sheets_limit(const struct sheets_about *x);
/* A row of a name and what there is to it; nothing when that is empty. */
struct sheets_rows {
    struct doc_row *list;
    size_t count, space;
    struct arena *arena;
};
void sheets_row(struct sheets_rows *rows, str name, str text, int height_mm);
/* A head over all columns. */
void sheets_row_head(struct sheets_rows *rows, str text, int span);
bool sheets_rows_init(struct sheets_rows *rows, struct arena *a, size_t space);
/* A table of names (narrow) and texts. */
void sheets_rows_end(struct doc_maker *m, const struct sheets_rows *rows);
void sheets_qr(const struct sheets_about *x, struct doc_maker *m, str text);

#endif
