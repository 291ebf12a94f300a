/* work_odt — writes a document as OpenDocument text (ODF 1.3), block by block.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work_odt.h"

#include "host/paper/chart.h"
#include "host/paper/work.h"

#define XML_BYTES ((size_t)6 << 20)
#define SIGN_SIGNS 28

static void plain_text(struct buf *b, str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == ' ' && i > 0 && s.at[i - 1] == ' ') {
            buf_put(b, STR("<text:s/>"));
        } else if (s.at[i] == '\t') {
            buf_put(b, STR("<text:tab/>"));
        } else {
            xml_text(b, str_slice(s, i, 1));
        }
    }
}

void odt_text(struct odt *o, str s)
{
    ptrdiff_t at, end;

    while (o->doc->is_template && (at = str_find(s, STR("{{"))) >= 0) {
        str rest = str_slice(s, (size_t)at + 2, s.len);

        end = str_find(rest, STR("}}"));
        if (end < 0) {
            break;
        }
        plain_text(&o->body, str_slice(s, 0, (size_t)at));
        buf_put(&o->body, STR("<text:placeholder text:placeholder-type=\"text\">&lt;"));
        xml_text(&o->body, str_slice(rest, 0, (size_t)end));
        buf_put(&o->body, STR("&gt;</text:placeholder>"));
        s = str_slice(rest, (size_t)end + 2, rest.len);
    }
    plain_text(&o->body, s);
}

void odt_lines(struct odt *o, const char *style, str text)
{
    str line;

    if (str_is_empty(text)) {
        buf_format(&o->body, "<text:p text:style-name=\"%s\"/>", style);
    }
    while (!str_is_empty(text) && str_cut(&text, '\n', &line)) {
        buf_format(&o->body, "<text:p text:style-name=\"%s\">", style);
        odt_text(o, line);
        buf_put(&o->body, STR("</text:p>"));
    }
}

static void title_write(struct odt *o, const struct doc_block *b)
{
    buf_put(&o->body, STR("<text:h text:style-name=\"Title\" text:outline-level=\"1\">"));
    odt_text(o, b->text);
    buf_put(&o->body, STR("</text:h>"));
}

static void heading_write(struct odt *o, const struct doc_block *b)
{
    int level = b->level < 1 ? 1 : b->level > 3 ? 3 : b->level;

    buf_format(&o->body,
               "<text:h text:style-name=\"Heading_20_%d\" text:outline-level=\"%d\">",
               level, level + 1);
    odt_text(o, b->text);
    buf_put(&o->body, STR("</text:h>"));
}

static void text_write(struct odt *o, const struct doc_block *b)
{
    odt_lines(o, b->boxed ? "Boxed" : odt_style(o, b->size, b->align, b->bold), b->text);
}

/* Each item has a style of its own: how far it hangs depends on its label. */
static void item_write(struct odt *o, const struct doc_block *b)
{
    double size = odt_size(o->doc, b->size);
    double label = chart_text_width(b->label) * size / 100;
    double level = (b->level < 1 ? 0 : b->level - 1) * 2 * size;
    str line, text = b->text;
    int n = ++o->items;

    if (b->width_mm > 0) {
        label = b->width_mm * 72.0 / 25.4;
    }
    buf_format(&o->styles,
               "<style:style style:name=\"I%d\" style:family=\"paragraph\" "
               "style:parent-style-name=\"Standard\"><style:paragraph-properties "
               "fo:margin-left=\"%.1fpt\" fo:text-indent=\"%.1fpt\" "
               "fo:margin-bottom=\"3pt\"><style:tab-stops><style:tab-stop "
               "style:position=\"0pt\"/></style:tab-stops></style:paragraph-properties>"
               "<style:text-properties fo:font-size=\"%.1fpt\" "
               "style:font-size-asian=\"%.1fpt\"/></style:style>",
               n, level + label, -label, size, size);
    buf_format(&o->body, "<text:p text:style-name=\"I%d\">", n);
    odt_text(o, b->label);
    buf_put(&o->body, b->width_mm > 0 ? STR("<text:tab/>") : STR(""));
    for (bool first = true; !str_is_empty(text) && str_cut(&text, '\n', &line);
         first = false) {
        buf_put(&o->body, first ? STR("") : STR("<text:line-break/>"));
        odt_text(o, line);
    }
    buf_put(&o->body, STR("</text:p>"));
}

static void sign_write(struct odt *o, const struct doc_block *b)
{
    buf_format(&o->body, "<text:p text:style-name=\"%s\">",
               odt_style(o, b->size, b->align, b->bold));
    odt_text(o, b->label);
    for (int i = 0; i < SIGN_SIGNS; i++) {
        buf_put_char(&o->body, '_');
    }
    odt_text(o, b->text);
    buf_put(&o->body, STR("</text:p>"));
}

/* A drawing would need a second language; the steps stand as text, as for those who cannot
 * see it. */
static void chart_write(struct odt *o, const struct doc_block *b)
{
    const struct chart *c = b->chart;

    for (size_t i = 0; c != NULL && i < c->nodes_count; i++) {
        const struct chart_node *n = &c->nodes[i];
        str note = str_is_empty(n->note)
                       ? STR("")
                       : str_format(o->arena, " (%.*s)", STR_ARG(n->note));
        struct doc_block item = {
            .kind = DOC_ITEM,
            .label = str_format(o->arena, "%zu. ", i + 1),
            .text = str_join(o->arena, n->text, note),
        };

        item_write(o, &item);
    }
}

static void rule_write(struct odt *o, const struct doc_block *b)
{
    buf_put(&o->body, STR("<text:p text:style-name=\"Rule\"/>"));
}

static void space_write(struct odt *o, const struct doc_block *b)
{
    int n = ++o->items;

    buf_format(&o->styles,
               "<style:style style:name=\"I%d\" style:family=\"paragraph\" "
               "style:parent-style-name=\"Standard\"><style:paragraph-properties "
               "fo:margin-top=\"%dmm\" fo:line-height=\"1mm\"/></style:style>",
               n, b->height_mm);
    buf_format(&o->body, "<text:p text:style-name=\"I%d\"/>", n);
}

static void break_write(struct odt *o, const struct doc_block *b)
{
    buf_put(&o->body, STR("<text:p text:style-name=\"Break\"/>"));
}

typedef void block_write(struct odt *o, const struct doc_block *b);
static block_write *const writing[DOC_KINDS] = {
    [DOC_TITLE] = title_write, [DOC_HEADING] = heading_write, [DOC_TEXT] = text_write,
    [DOC_ITEM] = item_write,   [DOC_TABLE] = odt_table,       [DOC_SEALS] = odt_seals,
    [DOC_SEAL] = odt_seal,     [DOC_SIGN] = sign_write,       [DOC_PICTURE] = odt_picture,
    [DOC_QR] = odt_qr,         [DOC_CHART] = chart_write,     [DOC_RULE] = rule_write,
    [DOC_SPACE] = space_write, [DOC_BREAK] = break_write,
};

static str content_of(struct odt *o)
{
    struct buf b;

    buf_init(&b, o->arena, 2 * XML_BYTES);
    buf_put(&b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<office:document-content " ODT_SPACES "><office:automatic-styles>"));
    buf_put(&b, buf_str(&o->styles));
    buf_put(&b, STR("</office:automatic-styles><office:body><office:text>"));
    buf_put(&b, buf_str(&o->body));
    buf_put(&b, STR("</office:text></office:body></office:document-content>\n"));
    return buf_failed(&b) || buf_failed(&o->styles) || buf_failed(&o->body) ? STR("")
                                                                            : buf_str(&b);
}

enum paper_word work_odt(struct arena *a, str packed, str *ret_odt)
{
    struct doc d;
    struct odt o = { .arena = a, .doc = &d };
    struct odt_part parts[5 + ODT_PICTURES];
    size_t count = 0;

    if (!doc_unpack(a, packed, &d)) {
        return PAPER_UNREADABLE;
    }
    buf_init(&o.styles, a, XML_BYTES);
    buf_init(&o.body, a, XML_BYTES);
    odt_own_styles(&o);
    if (!str_is_empty(d.top_right)) {
        odt_lines(&o, "Corner", d.top_right);
    }
    for (size_t i = 0; i < d.blocks_count; i++) {
        writing[d.blocks[i].kind](&o, &d.blocks[i]);
    }
    parts[count++] = (struct odt_part){ STR("mimetype"), STR(ODT_TYPE) };
    parts[count++] = (struct odt_part){ STR("content.xml"), content_of(&o) };
    parts[count++] = (struct odt_part){ STR("styles.xml"), odt_styles(a, &d) };
    parts[count++] = (struct odt_part){ STR("meta.xml"), odt_meta(a, &d) };
    for (size_t i = 0; i < o.pictures_count; i++) {
        parts[count++] = o.pictures[i];
    }
    parts[count] = (struct odt_part){ STR("META-INF/manifest.xml"),
                                      odt_manifest(a, parts, count) };
    count++;
    if (str_is_empty(parts[1].bytes) || arena_failed(a)) {
        return PAPER_TOO_LARGE;
    }
    return odt_zip(a, parts, count, d.made_ms, ret_odt) ? PAPER_DONE : PAPER_TOO_LARGE;
}
