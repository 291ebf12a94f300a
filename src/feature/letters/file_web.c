/* file — a letter as PDF or OpenDocument, and the scan of what was sealed. Only while the
 * personal data of the case are shown.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/sheet/sheet.h"
#include "feature/letters/letters_store.h"
#include "feature/letters/letters_web.h"

static err shown_letter(struct ask *q, struct letter *l, struct casefile *c)
{
    bool shown;

    TRY(letters_load(q, l, c));
    TRY(letters_is_shown(q, c, &shown));
    if (!shown) {
        FAIL(q->arena, ERR_DENIED,
             SAY("Show the personal data of the case first, then open the file."), STR(""),
             "not shown");
    }
    return letter_open(q->arena, q->keyring, l);
}

static str file_name(struct ask *q, const struct letter *l, const struct casefile *c)
{
    return str_is_empty(l->number) ? c->number : str_copy(q->arena, l->number);
}

err letters_show_file(struct ask *q, struct reply *r)
{
    str file = ask_path(q, "file"), filled;
    enum sheet_format format;
    struct letter l;
    struct casefile c;
    struct doc d;

    if (!str_starts(file, STR("letter.")) ||
        !sheet_format_from_key(str_slice(file, 7, file.len), &format)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no format");
    }
    TRY(shown_letter(q, &l, &c));
    if (format == SHEET_ODT) {
        TRY(letters_filled(q, &l, &c, &filled));
        if (!str_is_empty(filled)) {
            return reply_bytes(q, r, STR("application/vnd.oasis.opendocument.text"),
                               str_join(q->arena, file_name(q, &l, &c), STR(".odt")),
                               filled, false);
        }
    }
    TRY(letters_doc(q, &l, &c, &d));
    return sheet_reply(q, r, &d, format, file_name(q, &l, &c));
}

err letters_show_scan(struct ask *q, struct reply *r)
{
    struct letter l;
    struct casefile c;
    str type;

    if (!str_equal(ask_path(q, "file"), STR("scan"))) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no scan");
    }
    TRY(shown_letter(q, &l, &c));
    if (l.scan == 0) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such file. Send it again."), STR(""),
             "no scan");
    }
    TRY(letters_file_type(q->arena, q->store, l.agency, l.scan, &type));
    return reply_file(q, r, l.scan, type, file_name(q, &l, &c));
}
