/* work_template_check — what a letter has no place for: scripts, forms, objects, sources
 * elsewhere. A link that a reader may click is none of these.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work_template.h"

#include <string.h>

bool node_is(xmlNodePtr node, const char *space, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns != NULL && node->ns->href != NULL &&
           strcmp((const char *)node->ns->href, space) == 0 &&
           (name == NULL || strcmp((const char *)node->name, name) == 0);
}

str node_attribute(struct arena *a, xmlNodePtr node, const char *space, const char *name)
{
    xmlChar *value = xmlGetNsProp(node, (const xmlChar *)name, (const xmlChar *)space);
    str copy = str_copy(a, str_of((const char *)value));

    xmlFree(value);
    return copy;
}

static const struct {
    const char *space, *name; /* name NULL: every element there */
} unwanted[] = {
    { SPACE_SCRIPT, NULL },
    { SPACE_FORM, NULL },
    { SPACE_OFFICE, "script" },
    { SPACE_OFFICE, "event-listeners" },
    { SPACE_OFFICE, "dde-source" },
    { SPACE_OFFICE, "binary-data" },
    { SPACE_DRAW, "object" },
    { SPACE_DRAW, "object-ole" },
    { SPACE_DRAW, "plugin" },
    { SPACE_DRAW, "applet" },
    { SPACE_DRAW, "floating-frame" },
    { SPACE_DRAW, "control" },
    { SPACE_TEXT, "section-source" },
    { SPACE_TEXT, "dde-connection" },
    { SPACE_TEXT, "dde-connection-decl" },
    { SPACE_TEXT, "execute-macro" },
    { SPACE_TEXT, "script" },
    { SPACE_TEXT, "database-display" },
    { SPACE_TABLE, "table-source" },
    { SPACE_STYLE, "font-face-uri" },
};

static bool is_unwanted(xmlNodePtr node)
{
    for (size_t i = 0; i < sizeof unwanted / sizeof unwanted[0]; i++) {
        if (node_is(node, unwanted[i].space, unwanted[i].name)) {
            return true;
        }
    }
    return false;
}

static bool starts(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool link_is_fine(xmlNodePtr node, const char *to)
{
    if (to[0] == '\0' || to[0] == '#') {
        return true;
    }
    if (node_is(node, SPACE_TEXT, "a")) {
        return starts(to, "https://") || starts(to, "http://") || starts(to, "mailto:");
    }
    /* A picture of its own; its name has been looked at already. */
    return starts(to, "Pictures/") && strstr(to, "..") == NULL &&
           strchr(to + 9, '/') == NULL;
}

static bool links_are_fine(xmlNodePtr node)
{
    for (xmlAttrPtr x = node->properties; x != NULL; x = x->next) {
        bool is_link = x->ns != NULL && x->ns->href != NULL &&
                       strcmp((const char *)x->ns->href, SPACE_XLINK) == 0 &&
                       strcmp((const char *)x->name, "href") == 0;

        if (!is_link) {
            continue;
        }
        xmlChar *to = xmlNodeGetContent((xmlNodePtr)x);
        bool fine = to != NULL && link_is_fine(node, (const char *)to);

        xmlFree(to);
        if (!fine) {
            return false;
        }
    }
    return true;
}

/* The next node in the order of the text. */
static xmlNodePtr next_of(xmlNodePtr node, xmlNodePtr root)
{
    if (node->children != NULL && node->type == XML_ELEMENT_NODE) {
        return node->children;
    }
    while (node != root && node->next == NULL) {
        node = node->parent;
    }
    return node == root ? NULL : node->next;
}

bool template_is_harmless(xmlNodePtr root)
{
    for (xmlNodePtr node = root; node != NULL; node = next_of(node, root)) {
        if (node->type == XML_PI_NODE || node->type == XML_ENTITY_REF_NODE) {
            return false;
        }
        if (node->type == XML_ELEMENT_NODE &&
            (is_unwanted(node) || !links_are_fine(node))) {
            return false;
        }
    }
    return true;
}
