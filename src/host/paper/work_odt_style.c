/* work_odt_style — faces, sizes, pages and notes of an OpenDocument text.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/day.h"
#include "host/paper/work_odt.h"

#define STYLES_BYTES ((size_t)256 << 10)

static const double letter_sizes[DOC_SIZES] = { 13, 10.5, 16.5, 22 };
static const double plain_sizes[DOC_SIZES] = { 10.5, 9, 14, 22 };

double odt_size(const struct doc *d, enum doc_size size)
{
    return d->face == DOC_KAI ? letter_sizes[size] : plain_sizes[size];
}

const char *odt_style(struct odt *o, enum doc_size size, enum doc_align align, bool bold)
{
    return str_z(o->arena, str_format(o->arena, "P%d%d%d", (int)size, (int)align, bold));
}

static void paragraph(struct odt *o, enum doc_size size, enum doc_align align, bool bold)
{
    static const char *const ways[] = { "start", "center", "end" };
    double points = odt_size(o->doc, size);

    buf_format(&o->styles,
               "<style:style style:name=\"P%d%d%d\" style:family=\"paragraph\" "
               "style:parent-style-name=\"Standard\"><style:paragraph-properties "
               "fo:text-align=\"%s\"/><style:text-properties fo:font-size=\"%.1fpt\" "
               "style:font-size-asian=\"%.1fpt\"",
               (int)size, (int)align, bold, ways[align], points, points);
    buf_put(&o->styles,
            bold ? STR(" fo:font-weight=\"bold\" style:font-weight-asian=\"bold\"")
                 : STR(""));
    buf_put(&o->styles, STR("/></style:style>"));
}

static void cell(struct odt *o, const char *name, const char *border, const char *ground)
{
    buf_format(&o->styles,
               "<style:style style:name=\"%s\" style:family=\"table-cell\">"
               "<style:table-cell-properties fo:padding=\"1.4mm\" fo:border=\"%s\" "
               "fo:background-color=\"%s\" style:vertical-align=\"middle\"/></style:style>",
               name, border, ground);
}

void odt_own_styles(struct odt *o)
{
    for (int size = 0; size < DOC_SIZES; size++) {
        for (int align = 0; align <= DOC_RIGHT; align++) {
            paragraph(o, (enum doc_size)size, (enum doc_align)align, false);
            paragraph(o, (enum doc_size)size, (enum doc_align)align, true);
        }
    }
    cell(o, "Cell", "0.6pt solid #000000", "transparent");
    cell(o, "CellHead", "0.6pt solid #000000", "#eeeeee");
    cell(o, "CellSeal", "0.6pt dashed #b3b3b3", "transparent");
}

static void fonts(struct buf *b, const struct doc *d)
{
    static const char *const latin[] = { "Noto Sans", "Noto Serif" };
    static const char *const asian[2][LANG_COUNT] = {
        { "Noto Sans CJK TC", "Noto Sans CJK TC", "Noto Sans CJK JP" },
        { "標楷體", "Noto Serif CJK TC", "Noto Serif CJK JP" },
    };

    /* An office's own machines have 標楷體. */
    buf_format(b,
               "<office:font-face-decls><style:font-face style:name=\"Latin\" "
               "svg:font-family=\"'%s'\"/><style:font-face style:name=\"Asian\" "
               "svg:font-family=\"'%s'\"/></office:font-face-decls>",
               d->face == DOC_KAI && d->lang == LANG_ZH ? "標楷體" : latin[d->face],
               asian[d->face][d->lang]);
}

static void heading(struct buf *b, const struct doc *d, int level)
{
    static const double larger[] = { 1.3, 1.15, 1 };
    double points = odt_size(d, DOC_NORMAL) * larger[level - 1];

    buf_format(
        b,
        "<style:style style:name=\"Heading_20_%d\" style:display-name=\"Heading %d\" "
        "style:family=\"paragraph\" style:parent-style-name=\"Standard\" "
        "style:default-outline-level=\"%d\"><style:paragraph-properties "
        "fo:margin-top=\"3mm\" fo:margin-bottom=\"1mm\" fo:keep-with-next=\"always\"/>"
        "<style:text-properties fo:font-size=\"%.1fpt\" style:font-size-asian=\"%.1fpt\" "
        "fo:font-weight=\"bold\" style:font-weight-asian=\"bold\"/></style:style>",
        level, level, level + 1, points, points);
}

static void simple(struct buf *b, const char *name, const char *paragraph_says,
                   const char *text_says)
{
    buf_format(b,
               "<style:style style:name=\"%s\" style:family=\"paragraph\" "
               "style:parent-style-name=\"Standard\"><style:paragraph-properties %s/>"
               "<style:text-properties %s/></style:style>",
               name, paragraph_says, text_says);
}

static void named(struct buf *b, const struct doc *d)
{
    static const char *const tags[LANG_COUNT][2] = { { "zh", "TW" },
                                                     { "en", "US" },
                                                     { "ja", "JP" } };
    double size = odt_size(d, DOC_NORMAL), huge = odt_size(d, DOC_HUGE);
    bool en = d->lang == LANG_EN;

    buf_format(
        b,
        "<style:default-style style:family=\"paragraph\"><style:paragraph-properties "
        "fo:line-height=\"140%%\"/><style:text-properties style:font-name=\"Latin\" "
        "style:font-name-asian=\"Asian\" fo:font-size=\"%.1fpt\" "
        "style:font-size-asian=\"%.1fpt\" fo:language=\"%s\" fo:country=\"%s\" "
        "style:language-asian=\"%s\" style:country-asian=\"%s\"/></style:default-style>",
        size, size, en ? "en" : tags[d->lang][0], en ? "US" : tags[d->lang][1],
        en ? "zh" : tags[d->lang][0], en ? "TW" : tags[d->lang][1]);
    buf_put(b, STR("<style:style style:name=\"Standard\" style:family=\"paragraph\"/>"));
    buf_format(
        b,
        "<style:style style:name=\"Title\" style:family=\"paragraph\" "
        "style:parent-style-name=\"Standard\" style:default-outline-level=\"1\">"
        "<style:paragraph-properties fo:text-align=\"center\" fo:margin-bottom=\"4mm\"/>"
        "<style:text-properties fo:font-size=\"%.1fpt\" style:font-size-asian=\"%.1fpt\" "
        "fo:font-weight=\"bold\" style:font-weight-asian=\"bold\"/></style:style>",
        huge, huge);
    for (int level = 1; level <= 3; level++) {
        heading(b, d, level);
    }
    simple(b, "Boxed", "fo:border=\"0.6pt solid #000000\" fo:padding=\"3mm\"", "");
    simple(b, "Corner", "fo:margin-left=\"115mm\"",
           "fo:font-size=\"10pt\" style:font-size-asian=\"10pt\"");
    simple(b, "Faint", "fo:text-align=\"center\"",
           "fo:color=\"#808080\" fo:font-size=\"10pt\" style:font-size-asian=\"10pt\"");
    simple(b, "Rule", "fo:border-bottom=\"0.6pt solid #000000\" fo:margin-bottom=\"2mm\"",
           "fo:font-size=\"4pt\" style:font-size-asian=\"4pt\"");
    simple(b, "Gap", "fo:line-height=\"2mm\"",
           "fo:font-size=\"4pt\" style:font-size-asian=\"4pt\"");
    simple(b, "Break", "fo:break-before=\"page\"", "");
    simple(b, "Footer", "fo:text-align=\"center\"",
           "fo:font-size=\"9pt\" style:font-size-asian=\"9pt\"");
}

static void footer(struct buf *b, const struct doc *d)
{
    static const char *const forms[LANG_COUNT][3] = { { "第 ", " 頁，共 ", " 頁" },
                                                      { "Page ", " of ", "" },
                                                      { "", " / ", " ページ" } };

    buf_put(b, STR("<style:footer><text:p text:style-name=\"Footer\">"));
    xml_text(b, d->foot);
    if (d->numbered) {
        buf_format(b,
                   "%s%s<text:page-number text:select-page=\"current\">1</text:page-number>"
                   "%s<text:page-count>1</text:page-count>%s",
                   str_is_empty(d->foot) ? "" : "　", forms[d->lang][0], forms[d->lang][1],
                   forms[d->lang][2]);
    }
    buf_put(b, STR("</text:p></style:footer>"));
}

str odt_styles(struct arena *a, const struct doc *d)
{
    struct buf b;
    int width, height;

    doc_page_size(d->page, &width, &height);
    buf_init(&b, a, STYLES_BYTES);
    buf_put(&b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    buf_put(&b, STR("<office:document-styles " ODT_SPACES ">"));
    fonts(&b, d);
    buf_put(&b, STR("<office:styles>"));
    named(&b, d);
    buf_format(
        &b,
        "</office:styles><office:automatic-styles><style:page-layout "
        "style:name=\"Page\"><style:page-layout-properties fo:page-width=\"%dmm\" "
        "fo:page-height=\"%dmm\" style:print-orientation=\"%s\" fo:margin-top=\"20mm\" "
        "fo:margin-bottom=\"12mm\" fo:margin-left=\"%dmm\" fo:margin-right=\"20mm\"/>"
        "<style:footer-style><style:header-footer-properties fo:min-height=\"8mm\" "
        "fo:margin-top=\"3mm\"/></style:footer-style></style:page-layout>"
        "</office:automatic-styles><office:master-styles><style:master-page "
        "style:name=\"Standard\" style:page-layout-name=\"Page\">",
        width, height, width > height ? "landscape" : "portrait", d->binding ? 25 : 20);
    footer(&b, d);
    buf_put(&b,
            STR("</style:master-page></office:master-styles></office:document-styles>\n"));
    return buf_failed(&b) ? STR("") : buf_str(&b);
}

str odt_meta(struct arena *a, const struct doc *d)
{
    static const char *const tags[LANG_COUNT] = { "zh-TW", "en", "ja" };
    struct buf b;

    buf_init(&b, a, STYLES_BYTES);
    buf_put(
        &b,
        STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-meta " ODT_SPACES
            "><office:meta><meta:generator>Bianmin</meta:generator>"
            "<dc:title>"));
    xml_text(&b, d->title);
    buf_put(&b, STR("</dc:title><dc:subject>"));
    xml_text(&b, d->subject);
    buf_put(&b, STR("</dc:subject><dc:creator>"));
    xml_text(&b, d->author);
    buf_format(&b, "</dc:creator><dc:language>%s</dc:language>", tags[d->lang]);
    str date = day_iso(a, day_at(d->made_ms)), clock = day_clock(a, d->made_ms);
    buf_format(&b,
               "<meta:creation-date>%.*sT%.*s:00</meta:creation-date><dc:date>%.*sT%.*s:00"
               "</dc:date>",
               STR_ARG(date), STR_ARG(clock), STR_ARG(date), STR_ARG(clock));
    buf_put(&b, STR("</office:meta></office:document-meta>\n"));
    return buf_failed(&b) ? STR("") : buf_str(&b);
}

static const char *type_of(str name)
{
    return str_ends(name, STR(".xml"))   ? "text/xml"
           : str_ends(name, STR(".png")) ? "image/png"
                                         : "image/jpeg";
}

str odt_manifest(struct arena *a, const struct odt_part *parts, size_t count)
{
    struct buf b;

    buf_init(&b, a, STYLES_BYTES);
    buf_put(&b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
                    "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
                    "manifest:version=\"1.3\"><manifest:file-entry "
                    "manifest:full-path=\"/\" manifest:media-type=\"" ODT_TYPE "\"/>"));
    for (size_t i = 1; i < count; i++) { /* behind mimetype */
        buf_put(&b, STR("<manifest:file-entry manifest:full-path=\""));
        xml_text(&b, parts[i].name);
        buf_format(&b, "\" manifest:media-type=\"%s\"/>", type_of(parts[i].name));
    }
    buf_put(&b, STR("</manifest:manifest>\n"));
    return buf_failed(&b) ? STR("") : buf_str(&b);
}
