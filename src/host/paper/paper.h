/* paper — asks the `papers` process: what is this file, make this picture harmless, draw
 * this document, fill in this template.
 *
 * Foreign bytes are parsed there only: no network, no database, 10 s and 512 MiB a job; it
 * is started again when it dies. Callers are in the slow lane (they wait).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_H
#define BIANMIN_HOST_PAPER_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct chart;
struct doc;
struct paper; /* the client; safe for many threads */

/* Makes ready to start the process (before the sandbox closes); the first job starts it,
 * and each one after it is gone or was late. `program`: path of bianmin-papers. */
MUST_CHECK err paper_start(struct arena *a, const char *program, struct paper **ret);
/* Whether it answers now. Fails: ERR_BUSY. */
MUST_CHECK err paper_hello(struct arena *a, struct paper *p);
void paper_stop(struct paper *p);

/* By content, not by name: "image/jpeg", "application/pdf". Fails: ERR_BUSY. */
MUST_CHECK err paper_media_type(struct arena *a, struct paper *p, str bytes, str *ret_type);
/* A JPEG or PNG written anew from its pixels: no places, no camera, no hidden parts; the
 * rotation it asked for is applied; at most 4096 on the long side.
 * Fails: ERR_INPUT (no picture we can read, too large), ERR_BUSY. */
MUST_CHECK err paper_clean_picture(struct arena *a, struct paper *p, str bytes,
                                   str *ret_bytes, str *ret_type);

/* The document (host/paper/document.h) as PDF: tagged, with title and language. */
MUST_CHECK err paper_pdf(struct arena *a, struct paper *p, const struct doc *d,
                         str *ret_pdf);
/* The same as OpenDocument text. */
MUST_CHECK err paper_odt(struct arena *a, struct paper *p, const struct doc *d,
                         str *ret_odt);

/* What is put into a template: a text for each name, a list whose rows repeat a row of a
 * table (its fields are called list.name there), a picture for each name. */
struct paper_field {
    str name, text;
};
struct paper_row {
    const struct paper_field *fields;
    size_t fields_count;
};
struct paper_list {
    str name;
    const struct paper_row *rows;
    size_t rows_count;
};
struct paper_filling {
    const struct paper_field *fields;
    size_t fields_count;
    const struct paper_list *lists;
    size_t lists_count;
    const struct paper_field *pictures; /* text: PNG or JPEG we made ourselves */
    size_t pictures_count;
    int64_t made_ms;
};
/* An OpenDocument template (ODT) filled in: its placeholders <name> and user fields get
 * texts, its pictures called so get other pictures. What it names and the filling has not
 * stays empty. The same gives the same bytes.
 * Fails: ERR_INPUT (no OpenDocument text, or one with macros, foreign files, links to
 * elsewhere or other things that have no place in a letter), ERR_BUSY. */
MUST_CHECK err paper_fill(struct arena *a, struct paper *p, str template_odt,
                          const struct paper_filling *f, str *ret_odt);
/* The names that a template asks for, each once; fails as paper_fill does. */
MUST_CHECK err paper_names(struct arena *a, struct paper *p, str template_odt,
                           str **ret_names, size_t *ret_count);

/* The entries of an alert feed (Atom with parts of CAP). Fails: ERR_INPUT (no feed),
 * ERR_BUSY. */
struct paper_alert {
    str id, updated, expires, status, kind, summary;
};
MUST_CHECK err paper_feed(struct arena *a, struct paper *p, str bytes,
                          struct paper_alert **ret, size_t *ret_count);

/* Gives a flow chart its places (graphviz, a program of its own). Fails: ERR_BUSY (the
 * program is not there, or it took too long): then the steps stand as a list. */
MUST_CHECK err paper_chart(struct arena *a, struct paper *p, struct chart *io_chart);

#endif
