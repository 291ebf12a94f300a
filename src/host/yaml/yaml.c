/* yaml — a tree of nodes with their places, built from libyaml's events.
 *
 * libyaml stops at the first mistake of syntax; what we refuse ourselves (a key twice,
 * anchors, tags) is collected, so that one reading tells all of it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/yaml/yaml.h"

#include <yaml.h>

#define YAML_BYTES_MAX ((size_t)1 << 20)
#define YAML_NODES_MAX 20000
#define YAML_DEPTH_MAX 24

struct reading {
    struct arena *arena;
    str name;
    struct mistakes *mistakes;
    yaml_parser_t *parser;
    unsigned nodes;
    unsigned depth;
    bool wrong; /* a mistake was noted though reading goes on */
};

static str place_of(struct reading *r, yaml_mark_t mark)
{
    return str_format(r->arena, "%.*s:%zu:%zu", STR_ARG(r->name), mark.line + 1,
                      mark.column + 1);
}

/* Notes a mistake; reading may go on. */
static void mistake_here(struct reading *r, yaml_mark_t mark, struct words say)
{
    r->wrong = true;
    mistake_add_at(r->mistakes, STR(""), say, place_of(r, mark));
}

/* Notes a mistake after which reading cannot go on. */
static err stop_here(struct reading *r, yaml_mark_t mark, struct words say)
{
    mistake_here(r, mark, say);
    return err_new(r->arena, ERR_INPUT, say, STR(""), "%.*s", STR_ARG(place_of(r, mark)));
}

static err event_next(struct reading *r, yaml_event_t *event)
{
    if (yaml_parser_parse(r->parser, event) == 1) {
        return NULL;
    }
    if (r->parser->error == YAML_MEMORY_ERROR) {
        return err_no_memory;
    }
    const char *problem = r->parser->problem != NULL ? r->parser->problem : "not readable";
    return stop_here(r, r->parser->problem_mark,
                     SAY("This is not valid YAML: {problem}.",
                         SAY_TEXT("problem", str_copy(r->arena, str_of(problem)))));
}

static err node_read(struct reading *r, const yaml_event_t *event, struct yaml **ret);

static void anchor_check(struct reading *r, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    }
    if (anchor != NULL) {
        mistake_here(r, event->start_mark,
                     SAY("Anchors (&) are not used here. Write it out."));
    }
    if (tag != NULL) {
        mistake_here(r, event->start_mark,
                     SAY("Tags (!) are not used here. Leave it out."));
    }
}

static void child_add(struct yaml *parent, struct yaml **last, struct yaml *child)
{
    if (*last == NULL) {
        parent->first = child;
    } else {
        (*last)->next = child;
    }
    *last = child;
    parent->count++;
}

static err list_read(struct reading *r, struct yaml *list)
{
    struct yaml *last = NULL;
    for (;;) {
        yaml_event_t event;
        struct yaml *child;
        TRY(event_next(r, &event));
        bool end = event.type == YAML_SEQUENCE_END_EVENT;
        err e = end ? NULL : node_read(r, &event, &child);
        yaml_event_delete(&event);
        if (end || e != NULL) {
            return e;
        }
        child_add(list, &last, child);
    }
}

/* Takes over the key; the node it names comes next. */
static err key_read(struct reading *r, const struct yaml *map, const yaml_event_t *event,
                    str *ret_key)
{
    if (event->type != YAML_SCALAR_EVENT) {
        return stop_here(r, event->start_mark, SAY("A key must be a single word or text."));
    }
    anchor_check(r, event);
    *ret_key = str_copy(r->arena, (str){ (const char *)event->data.scalar.value,
                                         event->data.scalar.length });
    if (yaml_get(map, *ret_key) != NULL) {
        mistake_here(r, event->start_mark,
                     SAY("The key \"{key}\" stands here twice. Keep one of them.",
                         SAY_TEXT("key", *ret_key)));
    }
    return NULL;
}

static err pair_read(struct reading *r, struct yaml *map, const yaml_event_t *key_event,
                     struct yaml **ret)
{
    str key = STR("");
    yaml_event_t event;
    TRY(key_read(r, map, key_event, &key));
    TRY(event_next(r, &event));
    err e = node_read(r, &event, ret);
    yaml_event_delete(&event);
    if (e == NULL) {
        (*ret)->key = key;
        (*ret)->key_line = (int)key_event->start_mark.line + 1;
        (*ret)->key_column = (int)key_event->start_mark.column + 1;
    }
    return e;
}

static err map_read(struct reading *r, struct yaml *map)
{
    struct yaml *last = NULL;
    for (;;) {
        yaml_event_t event;
        struct yaml *child;
        TRY(event_next(r, &event));
        bool end = event.type == YAML_MAPPING_END_EVENT;
        err e = end ? NULL : pair_read(r, map, &event, &child);
        yaml_event_delete(&event);
        if (end || e != NULL) {
            return e;
        }
        child_add(map, &last, child);
    }
}

static err node_fill(struct reading *r, const yaml_event_t *event, struct yaml *node)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        node->kind = YAML_SCALAR;
        node->text = str_copy(r->arena, (str){ (const char *)event->data.scalar.value,
                                               event->data.scalar.length });
        node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        return NULL;
    case YAML_SEQUENCE_START_EVENT:
        node->kind = YAML_LIST;
        return list_read(r, node);
    case YAML_MAPPING_START_EVENT:
        node->kind = YAML_MAP;
        return map_read(r, node);
    case YAML_ALIAS_EVENT:
        return stop_here(r, event->start_mark,
                         SAY("References (*) are not used here. Write it out."));
    default:
        return stop_here(r, event->start_mark, SAY("Something is missing here."));
    }
}

static err node_read(struct reading *r, const yaml_event_t *event, struct yaml **ret)
{
    if (++r->nodes > YAML_NODES_MAX) {
        return stop_here(r, event->start_mark,
                         SAY("This file is too large. Divide it into several files."));
    }
    if (r->depth >= YAML_DEPTH_MAX) {
        return stop_here(r, event->start_mark, SAY("The data is nested too deeply."));
    }
    struct yaml *node = ARENA_NEW(r->arena, struct yaml);
    if (node == NULL) {
        return err_no_memory;
    }
    node->line = (int)event->start_mark.line + 1;
    node->column = (int)event->start_mark.column + 1;
    anchor_check(r, event);
    r->depth++;
    TRY(node_fill(r, event, node));
    r->depth--;
    *ret = node;
    return NULL;
}

/* Takes an event of the kind expected, or finds that something else stands there. */
static err event_skip(struct reading *r, yaml_event_type_t kind, struct words otherwise)
{
    yaml_event_t event;
    TRY(event_next(r, &event));
    err e = event.type == kind ? NULL : stop_here(r, event.start_mark, otherwise);
    yaml_event_delete(&event);
    return e;
}

static err document_read(struct reading *r, struct yaml **ret)
{
    yaml_event_t event;
    TRY(event_skip(r, YAML_STREAM_START_EVENT, SAY("The file cannot be read.")));
    TRY(event_skip(r, YAML_DOCUMENT_START_EVENT, SAY("The file is empty.")));
    TRY(event_next(r, &event));
    err e = node_read(r, &event, ret);
    yaml_event_delete(&event);
    TRY(e);
    TRY(event_skip(r, YAML_DOCUMENT_END_EVENT, SAY("Something is missing here.")));
    return event_skip(
        r, YAML_STREAM_END_EVENT,
        SAY("One file holds one definition. Move the second into its own file."));
}

err yaml_parse(struct arena *a, str name, str text, struct mistakes *m,
               const struct yaml **ret)
{
    struct reading r = { .arena = a, .name = name, .mistakes = m };
    yaml_mark_t begin = { 0 };
    if (text.len > YAML_BYTES_MAX) {
        return stop_here(&r, begin,
                         SAY("This file is too large. Divide it into several files."));
    }
    if (!str_is_text(str_starts(text, STR("\xEF\xBB\xBF")) ? str_slice(text, 3, text.len)
                                                           : text)) {
        return stop_here(&r, begin, SAY("This file is no UTF-8 text. Save it as UTF-8."));
    }
    r.parser = ARENA_NEW(a, yaml_parser_t);
    if (r.parser == NULL || yaml_parser_initialize(r.parser) != 1) {
        return err_no_memory;
    }
    yaml_parser_set_encoding(r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(r.parser, (const unsigned char *)text.at, text.len);
    struct yaml *root = NULL;
    err e = document_read(&r, &root);
    yaml_parser_delete(r.parser);
    TRY(e);
    if (r.wrong) {
        FAIL(a, ERR_INPUT, SAY("This file has mistakes. Mend them and load it again."),
             STR(""), "%.*s", STR_ARG(name));
    }
    *ret = root;
    return NULL;
}

const struct yaml *yaml_get(const struct yaml *map, str key)
{
    if (map == NULL || map->kind != YAML_MAP) {
        return NULL;
    }
    for (const struct yaml *child = map->first; child != NULL; child = child->next) {
        if (str_equal(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

str yaml_place(struct arena *a, str name, const struct yaml *node)
{
    return str_format(a, "%.*s:%d:%d", STR_ARG(name), node->line, node->column);
}
