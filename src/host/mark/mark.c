/* mark — Markdown to markup; what could harm is taken out of the tree, not of the text.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/mark/mark.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>

#define MARK_BYTES_MAX ((size_t)256 << 10)
#define MARK_OPTIONS (CMARK_OPT_VALIDATE_UTF8)

/* The library keeps its list of extensions in a global of its own. */
static pthread_once_t extensions_once = PTHREAD_ONCE_INIT;

static bool address_is_fine(const char *address)
{
    static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:" };
    if (address == NULL || address[0] == '\0') {
        return false;
    }
    if (address[0] == '#' ||
        (address[0] == '/' && address[1] != '/' && address[1] != '\\')) {
        return true;
    }
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        str scheme = str_of(schemes[i]);
        if (strncasecmp(address, scheme.at, scheme.len) == 0) {
            return true;
        }
    }
    return false;
}

/* Leaves the children of `node` where it stood. */
static void node_unwrap(cmark_node *node)
{
    cmark_node *child = cmark_node_first_child(node);
    while (child != NULL) {
        cmark_node *next = cmark_node_next(child);
        cmark_node_insert_before(node, child);
        child = next;
    }
    cmark_node_free(node);
}

/* Puts the text that was typed in the place of raw HTML. */
static void html_to_text(cmark_node *node, bool block)
{
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node *to = text;
    cmark_node_set_literal(text, cmark_node_get_literal(node));
    if (block) {
        to = cmark_node_new(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(to, text);
    }
    cmark_node_insert_before(node, to);
    cmark_node_free(node);
}

static void heading_shift(cmark_node *node, int first_heading)
{
    int level = cmark_node_get_heading_level(node) + first_heading - 1;
    cmark_node_set_heading_level(node, level > 6 ? 6 : level);
}

/* Makes one node harmless; it is left for the last time, so that it may go. */
static void node_tame(cmark_node *node, int first_heading)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HEADING) {
        heading_shift(node, first_heading);
    } else if (type == CMARK_NODE_IMAGE ||
               (type == CMARK_NODE_LINK && !address_is_fine(cmark_node_get_url(node)))) {
        node_unwrap(node);
    } else if (type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK) {
        html_to_text(node, type == CMARK_NODE_HTML_BLOCK);
    }
}

static void tree_tame(cmark_node *root, int first_heading)
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event = cmark_iter_next(iter);
    while (event != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        bool leaf = type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_HTML_BLOCK;
        if (event == CMARK_EVENT_EXIT || leaf) {
            node_tame(node, first_heading);
        }
        event = cmark_iter_next(iter);
    }
    cmark_iter_free(iter);
}

err mark_render(struct arena *a, str markdown, int first_heading, str *ret_markup)
{
    if (markdown.len > MARK_BYTES_MAX) {
        FAIL(a, ERR_INPUT, SAY("This text is too long. Shorten it."), STR(""), "%zu bytes",
             markdown.len);
    }
    pthread_once(&extensions_once, cmark_gfm_core_extensions_ensure_registered);
    cmark_parser *parser = cmark_parser_new(MARK_OPTIONS);
    cmark_syntax_extension *table = cmark_find_syntax_extension("table");
    if (table != NULL) {
        cmark_parser_attach_syntax_extension(parser, table);
    }
    cmark_parser_feed(parser, markdown.len > 0 ? markdown.at : "", markdown.len);
    cmark_node *root = cmark_parser_finish(parser);
    tree_tame(root, first_heading);
    char *markup = cmark_render_html(root, MARK_OPTIONS,
                                     cmark_parser_get_syntax_extensions(parser));
    *ret_markup = str_copy(a, str_of(markup));
    free(markup);
    cmark_node_free(root);
    cmark_parser_free(parser);
    return arena_failed(a) ? err_no_memory : NULL;
}
