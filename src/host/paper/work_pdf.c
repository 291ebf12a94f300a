/* work_pdf — draws a document with Pango and Cairo: sheets, margins, head and foot, and
 * texts that go over pages.
 *
 * It is drawn twice: first to count the pages.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work_pdf.h"

#include "base/buf.h"
#include "base/day.h"
#include "host/paper/work.h"

#include <cairo-pdf.h>

#define PAGES_MAX 300
#define MARGIN (20 * MM)
#define MARGIN_BINDING (25 * MM)
/* Of the height that a face asks for; Noto CJK asks for much. */
#define LINE_SPACE_PLAIN 1.08f
#define LINE_SPACE_KAI 1.4f

static const double letter_sizes[DOC_SIZES] = { 11.5, 9.5, 15, 20 };
static const double plain_sizes[DOC_SIZES] = { 10.5, 8.8, 14, 22 };

double press_size(const struct press *p, enum doc_size size)
{
    return p->doc->face == DOC_KAI ? letter_sizes[size] * 1.12 : plain_sizes[size];
}

static const char *family(const struct press *p)
{
    static const char *const names[2][LANG_COUNT] = {
        { "Noto Sans CJK TC", "Noto Sans CJK TC", "Noto Sans CJK JP" },
        { "AR PL UKai TW, Noto Serif CJK TC", "Noto Serif CJK TC", "Noto Serif CJK JP" },
    };

    return names[p->doc->face][p->doc->lang];
}

static PangoLanguage *language(const struct press *p)
{
    static const char *const tags[LANG_COUNT] = { "zh-TW", "en", "ja" };

    return pango_language_from_string(tags[p->doc->lang]);
}

/* No grid of a screen: what is counted first and drawn then must come out alike. */
static void context_set(struct press *p, PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, language(p));
}

PangoLayout *press_layout(struct press *p, str text, double width, double size, bool bold,
                          enum doc_align align)
{
    static const PangoAlignment ways[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                           PANGO_ALIGN_RIGHT };
    PangoLayout *layout = pango_cairo_create_layout(p->cr);
    PangoFontDescription *font = pango_font_description_from_string(family(p));

    context_set(p, pango_layout_get_context(layout));
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    if (bold) {
        pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    }
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, str_z(p->arena, text), (int)text.len);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, ways[align]);
    pango_layout_set_line_spacing(layout, p->doc->face == DOC_KAI ? LINE_SPACE_KAI
                                                                  : LINE_SPACE_PLAIN);
    arena_defer(p->arena, g_object_unref, layout);
    return layout;
}

double layout_height(PangoLayout *layout)
{
    int height;

    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

int layout_lines(PangoLayout *layout)
{
    return pango_layout_get_line_count(layout);
}

void press_line(struct press *p, double x1, double y1, double x2, double y2)
{
    cairo_move_to(p->cr, x1, y1);
    cairo_line_to(p->cr, x2, y2);
    cairo_stroke(p->cr);
}

static str page_words(struct press *p)
{
    switch (p->doc->lang) {
    case LANG_EN:
        return str_format(p->arena, "Page %d of %d", p->page, p->pages);
    case LANG_JA:
        return str_format(p->arena, "%d / %d ページ", p->page, p->pages);
    default:
        return str_format(p->arena, "第 %d 頁，共 %d 頁", p->page, p->pages);
    }
}

/* Page number or foot: one line below the frame. */
static void foot_draw(struct press *p)
{
    double size = press_size(p, DOC_SMALL), y = p->bottom + 6 * MM;

    if (!str_is_empty(p->doc->foot)) {
        PangoLayout *foot = press_layout(p, p->doc->foot, p->right - p->left, size, false,
                                         DOC_LEFT);

        cairo_move_to(p->cr, p->left, y);
        pango_cairo_show_layout(p->cr, foot);
    }
    if (p->doc->numbered) {
        enum doc_align align = str_is_empty(p->doc->foot) ? DOC_CENTRE : DOC_RIGHT;

        cairo_move_to(p->cr, p->left, y);
        pango_cairo_show_layout(
            p->cr, press_layout(p, page_words(p), p->right - p->left, size, false, align));
    }
}

/* 裝 ┈ 訂 ┈ 線 down the left margin. */
static void binding_draw(struct press *p)
{
    static const char *const words[] = { "裝", "訂", "線" };
    static const double dots[] = { 1, 3 };
    double x = MARGIN_BINDING - 11 * MM;

    cairo_save(p->cr);
    cairo_set_source_rgb(p->cr, FAINT, FAINT, FAINT);
    cairo_set_dash(p->cr, dots, 2, 0);
    press_line(p, x, p->top, x, p->bottom);
    for (int i = 0; i < 3; i++) {
        double y = p->top + (p->bottom - p->top) * (i + 1) / 4;
        PangoLayout *word = press_layout(p, str_of(words[i]), 6 * MM,
                                         press_size(p, DOC_SMALL), false, DOC_CENTRE);

        cairo_set_source_rgb(p->cr, 1, 1, 1);
        cairo_rectangle(p->cr, x - 3 * MM, y - 2 * MM, 6 * MM,
                        layout_height(word) + 3 * MM);
        cairo_fill(p->cr);
        cairo_set_source_rgb(p->cr, FAINT, FAINT, FAINT);
        cairo_move_to(p->cr, x - 3 * MM, y);
        pango_cairo_show_layout(p->cr, word);
    }
    cairo_restore(p->cr);
}

static void page_begin(struct press *p)
{
    p->page++;
    p->y = p->top;
    if (p->page == 1 && !str_is_empty(p->doc->top_right)) {
        double width = 52 * MM;
        PangoLayout *note = press_layout(p, p->doc->top_right, width,
                                         press_size(p, DOC_SMALL), false, DOC_LEFT);

        cairo_move_to(p->cr, p->right - width, p->top - 6 * MM);
        pango_cairo_show_layout(p->cr, note);
        p->y = p->top - 6 * MM + layout_height(note) + 3 * MM;
    }
    if (p->doc->binding) {
        binding_draw(p);
    }
}

void press_page(struct press *p)
{
    foot_draw(p);
    cairo_show_page(p->cr);
    page_begin(p);
}

void press_need(struct press *p, double height)
{
    if (p->y + height > p->bottom && p->y > p->top + 1 && p->page < PAGES_MAX) {
        press_page(p);
    }
}

int press_lines(struct press *p, PangoLayout *layout, int from, double x, double y,
                double bottom, double *ret_height)
{
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    double first = 0, used = 0;
    int line = 0;

    do {
        int top, end;
        PangoRectangle place;

        if (line >= from) {
            pango_layout_iter_get_line_yrange(at, &top, &end);
            pango_layout_iter_get_line_extents(at, NULL, &place);
            first = line == from ? (double)top / PANGO_SCALE : first;
            double foot = (double)end / PANGO_SCALE - first;
            if (y + foot > bottom && line > from) {
                break;
            }
            if (y + foot > bottom + MARGIN) {
                break;
            }
            int base = pango_layout_iter_get_baseline(at);
            cairo_move_to(p->cr, x + (double)place.x / PANGO_SCALE,
                          y + (double)base / PANGO_SCALE - first);
            pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(at));
            used = foot;
        }
        line++;
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
    *ret_height = used;
    return line;
}

void press_text(struct press *p, const char *tag, PangoLayout *layout, double x)
{
    int lines = layout_lines(layout);

    for (int line = 0; line < lines;) {
        double height;

        press_need(p, layout_height(layout) / lines);
        cairo_tag_begin(p->cr, tag, NULL);
        int next = press_lines(p, layout, line, x, p->y, p->bottom, &height);
        cairo_tag_end(p->cr, tag);
        p->y += height;
        line = next > line ? next : lines;
        if (line < lines) {
            press_page(p);
        }
    }
}

static void title_draw(struct press *p, const struct doc_block *b)
{
    PangoLayout *layout =
        press_layout(p, b->text, p->right - p->left,
                     press_size(p, b->size == DOC_NORMAL ? DOC_HUGE : b->size), true,
                     b->align == DOC_LEFT ? DOC_CENTRE : b->align);

    press_text(p, "H1", layout, p->left);
    p->y += 4 * MM;
}

static void heading_draw(struct press *p, const struct doc_block *b)
{
    static const double larger[] = { 1.3, 1.15, 1 };
    static const char *const tags[] = { "H2", "H3", "H4" };
    int level = b->level < 1 ? 0 : b->level > 3 ? 2 : b->level - 1;
    PangoLayout *layout = press_layout(p, b->text, p->right - p->left,
                                       press_size(p, DOC_NORMAL) * larger[level], true,
                                       b->align);

    p->y += p->y > p->top + 1 ? 3 * MM : 0;
    press_need(p, layout_height(layout) + 16 * MM);
    press_text(p, tags[level], layout, p->left);
    p->y += 1.2 * MM;
}

static void text_draw(struct press *p, const struct doc_block *b)
{
    double pad = b->boxed ? 3 * MM : 0;
    PangoLayout *layout = press_layout(p, b->text, p->right - p->left - 2 * pad,
                                       press_size(p, b->size), b->bold, b->align);

    if (b->boxed) {
        double height = layout_height(layout) + 2 * pad;

        press_need(p, height);
        cairo_rectangle(p->cr, p->left, p->y, p->right - p->left, height);
        cairo_stroke(p->cr);
        p->y += pad;
    }
    press_text(p, "P", layout, p->left + pad);
    p->y += pad + 1.2 * MM;
}

/* The label stands in front; what follows hangs behind it. */
static void item_draw(struct press *p, const struct doc_block *b)
{
    double size = press_size(p, b->size), x = p->left, width;
    int level = b->level < 1 ? 0 : b->level - 1, wide;

    x += level * 2 * size;
    PangoLayout *label = press_layout(p, b->label, p->right - x, size, b->bold, DOC_LEFT);
    pango_layout_get_size(label, &wide, NULL);
    width = (double)wide / PANGO_SCALE;
    width = b->width_mm > 0 ? b->width_mm * MM : width + 0.15 * size;
    PangoLayout *layout = press_layout(p, b->text, p->right - x - width, size, false,
                                       DOC_LEFT);

    press_need(p, layout_height(layout) / layout_lines(layout));
    cairo_tag_begin(p->cr, "P", NULL);
    cairo_move_to(p->cr, x, p->y);
    pango_cairo_show_layout(p->cr, label);
    cairo_tag_end(p->cr, "P");
    press_text(p, "P", layout, x + width);
    p->y += 1 * MM;
}

static void rule_draw(struct press *p, const struct doc_block *b)
{
    press_need(p, 4 * MM);
    press_line(p, p->left, p->y + 1.5 * MM, p->right, p->y + 1.5 * MM);
    p->y += 3.5 * MM;
}

static void space_draw(struct press *p, const struct doc_block *b)
{
    p->y += b->height_mm * MM;
}

static void break_draw(struct press *p, const struct doc_block *b)
{
    press_page(p);
}

typedef void block_draw(struct press *p, const struct doc_block *b);
static block_draw *const drawing[DOC_KINDS] = {
    [DOC_TITLE] = title_draw, [DOC_HEADING] = heading_draw, [DOC_TEXT] = text_draw,
    [DOC_ITEM] = item_draw,   [DOC_TABLE] = press_table,    [DOC_SEALS] = press_seals,
    [DOC_SEAL] = press_seal,  [DOC_SIGN] = press_sign,      [DOC_PICTURE] = press_picture,
    [DOC_QR] = press_qr,      [DOC_CHART] = press_chart,    [DOC_RULE] = rule_draw,
    [DOC_SPACE] = space_draw, [DOC_BREAK] = break_draw,
};

/* Draws all; gives the number of pages. */
static int draw_on(struct arena *a, const struct doc *d, cairo_surface_t *surface,
                   int pages)
{
    int width, height;
    struct press p = { .arena = a, .doc = d, .surface = surface, .pages = pages };

    doc_page_size(d->page, &width, &height);
    p.cr = cairo_create(surface);
    p.width = width * MM;
    p.height = height * MM;
    p.left = d->binding ? MARGIN_BINDING : MARGIN;
    p.right = p.width - MARGIN;
    p.top = MARGIN;
    p.bottom = p.height - MARGIN;
    cairo_set_line_width(p.cr, LINE_WIDTH);
    cairo_tag_begin(p.cr, "Document", NULL);
    page_begin(&p);
    for (size_t i = 0; i < d->blocks_count && p.page < PAGES_MAX; i++) {
        drawing[d->blocks[i].kind](&p, &d->blocks[i]);
    }
    foot_draw(&p);
    cairo_tag_end(p.cr, "Document");
    cairo_show_page(p.cr);
    cairo_destroy(p.cr);
    return p.page;
}

static cairo_status_t bytes_put(void *context, const unsigned char *at, unsigned len)
{
    struct buf *out = context;

    buf_put(out, (str){ (const char *)at, len });
    return buf_failed(out) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static str date_text(struct arena *a, int64_t ms)
{
    return str_format(a, "%.*sT%.*s:00+08:00", STR_ARG(day_iso(a, day_at(ms))),
                      STR_ARG(day_clock(a, ms)));
}

static void surface_name(struct arena *a, const struct doc *d, cairo_surface_t *s)
{
    const char *made = str_z(a, date_text(a, d->made_ms));

    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, str_z(a, d->title));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, str_z(a, d->author));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_SUBJECT, str_z(a, d->subject));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "Bianmin");
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, made);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_MOD_DATE, made);
}

static const char *language_tag(enum lang lang)
{
    return lang == LANG_EN ? "en" : lang == LANG_JA ? "ja" : "zh-Hant-TW";
}

enum paper_word work_pdf(struct arena *a, str packed, str *ret_pdf)
{
    struct doc d;
    struct buf out;
    int width, height;

    if (!doc_unpack(a, packed, &d)) {
        return PAPER_UNREADABLE;
    }
    doc_page_size(d.page, &width, &height);
    cairo_surface_t *counted = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA,
                                                              NULL);
    int pages = draw_on(a, &d, counted, 0);
    cairo_surface_destroy(counted);
    buf_init(&out, a, PAPER_REPLY_BYTES_MAX);
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(bytes_put, &out, width * MM,
                                                             height * MM);
    surface_name(a, &d, s);
    draw_on(a, &d, s, pages);
    cairo_surface_finish(s);
    bool whole = cairo_surface_status(s) == CAIRO_STATUS_SUCCESS && !buf_failed(&out);
    cairo_surface_destroy(s);
    if (!whole || arena_failed(a)) {
        return PAPER_TOO_LARGE;
    }
    return pdf_name_language(a, buf_str(&out), language_tag(d.lang), ret_pdf)
               ? PAPER_DONE
               : PAPER_UNREADABLE;
}
