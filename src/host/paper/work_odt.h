/* work_odt — a document being written as OpenDocument text; what the files share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_WORK_ODT_H
#define BIANMIN_HOST_PAPER_WORK_ODT_H

#include "base/buf.h"
#include "host/paper/document.h"
#include "host/paper/xml.h"

/* One file in the archive. */
struct odt_part {
    str name, bytes;
};
/* An archive with `mimetype` before all others, stored as it is; every part dated
 * `made_ms`. The same parts give the same bytes. False: it does not go. */
bool odt_zip(struct arena *a, const struct odt_part *parts, size_t count, int64_t made_ms,
             str *ret_bytes);
#define ODT_TYPE "application/vnd.oasis.opendocument.text"

#define ODT_PICTURES 64
struct odt {
    struct arena *arena;
    const struct doc *doc;
    struct buf styles, body; /* of content.xml */
    int tables, items;
    struct odt_part pictures[ODT_PICTURES];
    size_t pictures_count;
};

/* Blanks in a row as ODF wants them; {{name}} is a field where the document is a
 * template. */
void odt_text(struct odt *o, str s);
/* A paragraph for each line. `style` is its name. */
void odt_lines(struct odt *o, const char *style, str text);
/* The name of the paragraph style for these. */
const char *odt_style(struct odt *o, enum doc_size size, enum doc_align align, bool bold);
double odt_size(const struct doc *d, enum doc_size size);

/* work_odt_table.c */
void odt_table(struct odt *o, const struct doc_block *b);
void odt_seals(struct odt *o, const struct doc_block *b);
void odt_seal(struct odt *o, const struct doc_block *b);
/* work_odt_picture.c: draws into the text; `name` is what a template finds it by. */
void odt_picture(struct odt *o, const struct doc_block *b);
void odt_qr(struct odt *o, const struct doc_block *b);
/* work_odt_style.c */
str odt_styles(struct arena *a, const struct doc *d);
str odt_meta(struct arena *a, const struct doc *d);
/* Of all parts, the first of which is mimetype. */
str odt_manifest(struct arena *a, const struct odt_part *parts, size_t count);
void odt_own_styles(struct odt *o);
#define ODT_SPACES                                                              \
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "        \
    "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "          \
    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "            \
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "          \
    "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "         \
    "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" " \
    "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "   \
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "                             \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                            \
    "xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" "            \
    "office:version=\"1.3\""

#endif
