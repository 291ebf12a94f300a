/* work_feed — the entries of an alert feed (Atom with parts of CAP) as lines of plain text.
 *
 * Who declares an entity or a document type is refused; no other file is read. Of an entry
 * only six texts come out: id, updated, expires, status, msgType, summary.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/paper/work.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#define FEED_BYTES ((size_t)4 << 20)
#define ENTRIES_MOST 2000
#define TEXT_MOST 2000

static const char *const parts[] = { "id", "updated", "expires", "status", "msgType",
                                     "summary" };
#define PARTS (sizeof parts / sizeof parts[0])

/* On one line, without the signs that divide. */
static void text_put(struct buf *b, const char *text)
{
    str s = str_trim(str_slice(str_of(text), 0, TEXT_MOST));

    while (s.len > 0 && !str_is_text(s)) {
        s.len--; /* the cut went through a sign */
    }
    for (size_t i = 0; i < s.len; i++) {
        buf_put_char(b, (unsigned char)s.at[i] < ' ' ? ' ' : s.at[i]);
    }
}

static void entry_put(struct buf *b, xmlNodePtr entry)
{
    for (size_t i = 0; i < PARTS; i++) {
        xmlChar *text = NULL;

        for (xmlNodePtr n = entry->children; n != NULL && text == NULL; n = n->next) {
            if (n->type == XML_ELEMENT_NODE &&
                strcmp((const char *)n->name, parts[i]) == 0) {
                text = xmlNodeGetContent(n);
            }
        }
        if (i > 0) {
            buf_put_char(b, '\t');
        }
        text_put(b, text == NULL ? "" : (const char *)text);
        xmlFree(text);
    }
    buf_put_char(b, '\n');
}

enum paper_word work_feed(struct arena *a, str bytes, str *ret_lines)
{
    struct buf b;
    size_t count = 0;
    xmlDocPtr doc = NULL;

    if (bytes.len > FEED_BYTES) {
        return PAPER_TOO_LARGE;
    }
    doc = xmlReadMemory(bytes.at, (int)bytes.len, NULL, NULL,
                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlNodePtr root = doc == NULL ? NULL : xmlDocGetRootElement(doc);
    bool is_feed = root != NULL && doc->intSubset == NULL && doc->extSubset == NULL &&
                   strcmp((const char *)root->name, "feed") == 0;

    buf_init(&b, a, FEED_BYTES);
    for (xmlNodePtr n = is_feed ? root->children : NULL; n != NULL && count < ENTRIES_MOST;
         n = n->next) {
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "entry") == 0) {
            entry_put(&b, n);
            count++;
        }
    }
    xmlFreeDoc(doc);
    *ret_lines = buf_str(&b);
    return !is_feed ? PAPER_UNREADABLE : buf_failed(&b) ? PAPER_TOO_LARGE : PAPER_DONE;
}
