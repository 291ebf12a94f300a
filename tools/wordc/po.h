/* po — sentences and their translations, read from gettext's .po files.
 *
 * Reads what translators' programs write: comments, places, flags, msgid, msgid_plural,
 * msgstr, texts over several lines. Entries given up (#~) are passed over; contexts and
 * other encodings than UTF-8 are not used here and are refused.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_TOOLS_PO_H
#define BIANMIN_TOOLS_PO_H

#include <stdbool.h>
#include <stddef.h>

struct po_entry {
    char *id, *plural; /* plural NULL when there is one form */
    char *text[2];     /* NULL where nothing is said */
    char *places;      /* "src/a.c:12 src/b.view:3", from #: lines; NULL: none */
    bool fuzzy;
    int line;
};

struct po {
    const char *path;
    struct po_entry *entries; /* in the order of the file, without the header */
    size_t count;
    size_t twice; /* entries that stand twice and say the same */
};

/* False when the file cannot be read or has mistakes, which are printed as
 * file:line: message. One sentence twice is a mistake where the two differ. Memory is
 * never given back: the tools are short. */
bool po_read(struct po *po, const char *path);
const struct po_entry *po_find(const struct po *po, const char *id);
/* The text is there, and a person has looked at it. */
bool po_is_said(const struct po_entry *e);

#endif
