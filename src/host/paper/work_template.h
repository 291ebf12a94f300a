/* work_template — an OpenDocument template that came from outside: unpacked, looked over;
 * what its files share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_WORK_TEMPLATE_H
#define BIANMIN_HOST_PAPER_WORK_TEMPLATE_H

#include "host/paper/paper.h"
#include "host/paper/work.h"
#include "host/paper/work_odt.h"

#include <libxml/tree.h>

#define TEMPLATE_PARTS 200
#define TEMPLATE_BYTES ((size_t)24 << 20)

struct template
{
    struct arena *arena;
    struct odt_part parts[TEMPLATE_PARTS];
    size_t count;
    xmlDocPtr content, styles;
};
/* Unpacks and checks; the documents end with the arena. PAPER_DONE, PAPER_UNREADABLE or
 * PAPER_TOO_LARGE. */
enum paper_word template_open(struct arena *a, str bytes, struct template *ret);

/* work_template_check.c: is there nothing in it that a letter has no place for? */
bool template_is_harmless(xmlNodePtr root);
bool node_is(xmlNodePtr node, const char *space, const char *name);
str node_attribute(struct arena *a, xmlNodePtr node, const char *space, const char *name);
#define SPACE_TEXT "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
#define SPACE_TABLE "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define SPACE_DRAW "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
#define SPACE_OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define SPACE_STYLE "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
#define SPACE_SCRIPT "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
#define SPACE_FORM "urn:oasis:names:tc:opendocument:xmlns:form:1.0"
#define SPACE_XLINK "http://www.w3.org/1999/xlink"

#endif
