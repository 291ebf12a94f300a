/* work_fill — fills an OpenDocument template: rows that repeat first, then texts, then
 * pictures.
 *
 * A field is what LibreOffice calls a placeholder (its text is <name>) or a user field. A
 * row of a table that has a field list.name stands once for each row of that list.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/filling.h"
#include "host/paper/work_template.h"

#include <string.h>

#define DEPTH_MAX 200
#define NAMES_BYTES ((size_t)64 << 10)

struct fill {
    struct template *template;
    const struct paper_filling *with;
};

/* What the field is called; "" when the node is no field. */
static str field_name(struct arena *a, xmlNodePtr node)
{
    if (node_is(node, SPACE_TEXT, "user-field-get") ||
        node_is(node, SPACE_TEXT, "user-field-input")) {
        return node_attribute(a, node, SPACE_TEXT, "name");
    }
    if (!node_is(node, SPACE_TEXT, "placeholder")) {
        return STR("");
    }
    xmlChar *text = xmlNodeGetContent(node);
    str name = str_trim(str_copy(a, str_of((const char *)text)));

    xmlFree(text);
    name = str_starts(name, STR("<")) ? str_slice(name, 1, name.len) : name;
    return str_ends(name, STR(">")) ? str_slice(name, 0, name.len - 1) : name;
}

static const struct paper_field *field_of(const struct paper_field *list, size_t count,
                                          str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].name, name)) {
            return &list[i];
        }
    }
    return NULL;
}

/* The text in place of the field; its lines are broken. */
static void field_put(struct fill *f, xmlNodePtr node, str text)
{
    str line;
    bool first = true;

    for (; !str_is_empty(text) && str_cut(&text, '\n', &line); first = false) {
        if (!first) {
            xmlAddPrevSibling(node, xmlNewDocNode(node->doc, node->ns,
                                                  (const xmlChar *)"line-break", NULL));
        }
        xmlAddPrevSibling(
            node, xmlNewDocTextLen(node->doc, (const xmlChar *)line.at, (int)line.len));
    }
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

/* Fields below `node`: those of `list` (called list.name) out of `row`, or, without a list,
 * all that are left out of what is there for all. */
static void fields_put(struct fill *f, xmlNodePtr node, str list,
                       const struct paper_row *row, int depth)
{
    struct arena *a = f->template->arena;
    xmlNodePtr next;

    for (xmlNodePtr x = node->children; x != NULL && depth < DEPTH_MAX; x = next) {
        next = x->next;
        str name = field_name(a, x);
        if (str_is_empty(name)) {
            fields_put(f, x, list, row, depth + 1);
            continue;
        }
        if (row != NULL && str_starts(name, list)) {
            const struct paper_field *found = field_of(row->fields, row->fields_count,
                                                       str_slice(name, list.len, name.len));

            field_put(f, x, found == NULL ? STR("") : found->text);
        } else if (row == NULL) {
            const struct paper_field *found = field_of(f->with->fields,
                                                       f->with->fields_count, name);

            field_put(f, x, found == NULL ? STR("") : found->text);
        }
    }
}

/* The list that a field below `node` belongs to; NULL when there is none. */
static const struct paper_list *list_below(struct fill *f, xmlNodePtr node, int depth)
{
    for (xmlNodePtr x = node->children; x != NULL && depth < DEPTH_MAX; x = x->next) {
        str name = field_name(f->template->arena, x);
        ptrdiff_t dot = str_find(name, STR("."));
        const struct paper_list *found = NULL;

        for (size_t i = 0; dot > 0 && i < f->with->lists_count; i++) {
            if (str_equal(f->with->lists[i].name, str_slice(name, 0, (size_t)dot))) {
                found = &f->with->lists[i];
            }
        }
        found = found != NULL || !str_is_empty(name) ? found : list_below(f, x, depth + 1);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static void row_repeat(struct fill *f, xmlNodePtr row, const struct paper_list *list)
{
    str prefix = str_join(f->template->arena, list->name, STR("."));

    for (size_t i = 0; i < list->rows_count; i++) {
        xmlNodePtr copy = xmlDocCopyNode(row, row->doc, 1);

        if (copy != NULL) {
            xmlAddPrevSibling(row, copy);
            fields_put(f, copy, prefix, &list->rows[i], 0);
        }
    }
    xmlUnlinkNode(row);
    xmlFreeNode(row);
}

/* Inner rows before the row they stand in. */
static void rows_repeat(struct fill *f, xmlNodePtr node, int depth)
{
    xmlNodePtr next;

    for (xmlNodePtr x = node->children; x != NULL && depth < DEPTH_MAX; x = next) {
        next = x->next;
        rows_repeat(f, x, depth + 1);
        const struct paper_list *list = node_is(x, SPACE_TABLE, "table-row")
                                            ? list_below(f, x, 0)
                                            : NULL;
        if (list != NULL) {
            row_repeat(f, x, list);
        }
    }
}

static void picture_put(struct fill *f, xmlNodePtr frame, const struct paper_field *picture)
{
    struct template *t = f->template;
    bool is_jpeg = str_starts(picture->text, STR("\xFF\xD8\xFF"));

    for (xmlNodePtr x = frame->children; x != NULL && t->count < TEMPLATE_PARTS;
         x = x->next) {
        if (!node_is(x, SPACE_DRAW, "image")) {
            continue;
        }
        const char *name = str_z(t->arena, str_format(t->arena, "Pictures/filled-%zu.%s",
                                                      t->count, is_jpeg ? "jpg" : "png"));
        xmlAttrPtr href = xmlHasNsProp(x, (const xmlChar *)"href",
                                       (const xmlChar *)SPACE_XLINK);

        if (href != NULL) {
            xmlSetNsProp(x, href->ns, (const xmlChar *)"href", (const xmlChar *)name);
            t->parts[t->count++] = (struct odt_part){ str_of(name), picture->text };
        }
        return;
    }
}

static void pictures_put(struct fill *f, xmlNodePtr node, int depth)
{
    for (xmlNodePtr x = node->children; x != NULL && depth < DEPTH_MAX; x = x->next) {
        const struct paper_field *picture = NULL;

        if (node_is(x, SPACE_DRAW, "frame")) {
            str name = node_attribute(f->template->arena, x, SPACE_DRAW, "name");

            picture = field_of(f->with->pictures, f->with->pictures_count, name);
        }
        if (picture != NULL) {
            picture_put(f, x, picture);
        } else {
            pictures_put(f, x, depth + 1);
        }
    }
}

static bool document_fill(struct fill *f, xmlDocPtr doc, const char *name)
{
    struct template *t = f->template;
    xmlNodePtr root = xmlDocGetRootElement(doc);
    xmlChar *text = NULL;
    int len = 0;

    rows_repeat(f, root, 0);
    fields_put(f, root, STR(""), NULL, 0);
    pictures_put(f, root, 0);
    xmlDocDumpMemoryEnc(doc, &text, &len, "UTF-8");
    if (text == NULL || len <= 0) {
        return false;
    }
    str bytes = str_copy(t->arena, (str){ (const char *)text, (size_t)len });
    xmlFree(text);
    for (size_t i = 0; i < t->count; i++) {
        if (str_equal(t->parts[i].name, str_of(name))) {
            t->parts[i].bytes = bytes;
        }
    }
    return !str_is_empty(bytes);
}

/* mimetype first, our own meta.xml and manifest behind. */
static enum paper_word archive_make(struct template *t, int64_t made_ms, str *ret_odt)
{
    struct odt_part *parts = ARENA_ARRAY(t->arena, TEMPLATE_PARTS + 3, struct odt_part);
    const struct doc about = { .made_ms = made_ms };
    size_t count = 0;

    if (parts == NULL) {
        return PAPER_TOO_LARGE;
    }
    parts[count++] = (struct odt_part){ STR("mimetype"), STR(ODT_TYPE) };
    for (size_t i = 0; i < t->count; i++) {
        if (!str_equal(t->parts[i].name, STR("mimetype"))) {
            parts[count++] = t->parts[i];
        }
    }
    parts[count++] = (struct odt_part){ STR("meta.xml"), odt_meta(t->arena, &about) };
    parts[count] = (struct odt_part){ STR("META-INF/manifest.xml"),
                                      odt_manifest(t->arena, parts, count) };
    count++;
    return odt_zip(t->arena, parts, count, made_ms, ret_odt) ? PAPER_DONE : PAPER_TOO_LARGE;
}

enum paper_word work_fill(struct arena *a, str packed, str *ret_odt)
{
    str bytes;
    struct paper_filling with;
    struct template *t = ARENA_NEW(a, struct template);
    struct fill f = { t, &with };

    if (t == NULL || !filling_unpack(a, packed, &bytes, &with)) {
        return PAPER_UNREADABLE;
    }
    enum paper_word word = template_open(a, bytes, t);
    if (word != PAPER_DONE) {
        return word;
    }
    if (!document_fill(&f, t->content, "content.xml") ||
        !document_fill(&f, t->styles, "styles.xml")) {
        return PAPER_TOO_LARGE;
    }
    return archive_make(t, with.made_ms, ret_odt);
}

static bool line_is_there(str lines, str name)
{
    str line;

    while (!str_is_empty(lines) && str_cut(&lines, '\n', &line)) {
        if (str_equal(line, name)) {
            return true;
        }
    }
    return false;
}

static void names_gather(struct arena *a, xmlNodePtr node, struct buf *b, int depth)
{
    for (xmlNodePtr x = node->children; x != NULL && depth < DEPTH_MAX; x = x->next) {
        str name = field_name(a, x);

        if (!str_is_empty(name) && str_is_text(name) && str_find(name, STR("\n")) < 0 &&
            !line_is_there(buf_str(b), name)) {
            buf_put(b, name);
            buf_put_char(b, '\n');
        }
        names_gather(a, x, b, depth + 1);
    }
}

enum paper_word work_names(struct arena *a, str packed, str *ret_names)
{
    str bytes;
    struct paper_filling nothing;
    struct template *t = ARENA_NEW(a, struct template);
    struct buf b;

    if (t == NULL || !filling_unpack(a, packed, &bytes, &nothing)) {
        return PAPER_UNREADABLE;
    }
    enum paper_word word = template_open(a, bytes, t);
    if (word != PAPER_DONE) {
        return word;
    }
    buf_init(&b, a, NAMES_BYTES);
    names_gather(a, xmlDocGetRootElement(t->content), &b, 0);
    names_gather(a, xmlDocGetRootElement(t->styles), &b, 0);
    *ret_names = buf_str(&b);
    return buf_failed(&b) ? PAPER_TOO_LARGE : PAPER_DONE;
}
