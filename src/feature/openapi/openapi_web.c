/* openapi — one document: every route under /api/v1/, every service as a schema.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/openapi/openapi.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "desk/ask.h"
#include "desk/desk.h"
#include "desk/reply.h"
#include "feature/openapi/schema.h"
#include "host/lang/lang.h"
#include "kernel/service/service.h"

#define DOCUMENT_BYTES ((size_t)4 << 20)
#define API "/api/v1"

/* What each route takes and gives; a route that is not here still stands in the
 * document. */
static const struct {
    const char *route, *body, *answer;
    int status;
    bool by_code, idempotent, sends_file;
} shapes[] = {
    { "api.services", "", "Services", 200, false, false, false },
    { "api.service", "", "Service", 200, false, false, false },
    { "api.apply", "Application", "Receipt", 201, false, true, false },
    { "api.case", "", "State", 200, true, false, false },
    { "api.file", "", "File", 201, false, false, true },
};
#define SHAPES (sizeof shapes / sizeof shapes[0])

static size_t shape_of(const char *route)
{
    size_t i = 0;

    while (i < SHAPES && strcmp(shapes[i].route, route) != 0) {
        i++;
    }
    return i;
}

static void put_ref(struct json_writer *w, const char *key, const char *schema,
                    struct arena *a)
{
    json_object(w, str_of(key));
    json_put_text(w, STR("$ref"), str_format(a, "#/components/schemas/%s", schema));
    json_end_object(w);
}

static void put_content(struct json_writer *w, const char *type, const char *schema,
                        struct arena *a)
{
    json_object(w, STR("content"));
    json_object(w, str_of(type));
    put_ref(w, "schema", schema, a);
    json_end_object(w);
    json_end_object(w);
}

static void put_parameter(struct json_writer *w, str name, const char *in, bool required)
{
    json_object(w, STR(""));
    json_put_text(w, STR("name"), name);
    json_put_text(w, STR("in"), str_of(in));
    json_put_bool(w, STR("required"), required);
    json_put_raw(w, STR("schema"), STR("{\"type\":\"string\"}"));
    json_end_object(w);
}

static void put_parameters(struct json_writer *w, str pattern, bool idempotent)
{
    json_list(w, STR("parameters"));
    for (size_t i = 0; i < pattern.len; i++) {
        str rest = str_slice(pattern, i + 1, pattern.len);
        ptrdiff_t end = pattern.at[i] == '{' ? str_find(rest, STR("}")) : -1;

        if (end > 0) {
            put_parameter(w, str_slice(rest, 0, (size_t)end), "path", true);
        }
    }
    if (idempotent) {
        put_parameter(w, STR("Idempotency-Key"), "header", false);
    }
    json_end_list(w);
}

static void put_body(struct json_writer *w, size_t shape, struct arena *a)
{
    if (shapes[shape].sends_file) {
        json_put_raw(
            w, STR("requestBody"),
            STR("{\"required\":true,\"content\":{\"multipart/form-data\":{\"schema\":{"
                "\"type\":\"object\",\"required\":[\"file\"],\"properties\":{\"file\":{"
                "\"type\":\"string\",\"contentMediaType\":\"application/octet-stream\""
                "}}}}}}"));
    } else if (shapes[shape].body[0] != '\0') {
        json_object(w, STR("requestBody"));
        json_put_bool(w, STR("required"), true);
        put_content(w, "application/json", shapes[shape].body, a);
        json_end_object(w);
    }
}

static void put_answer(struct json_writer *w, const char *status, const char *text,
                       const char *type, const char *schema, struct arena *a)
{
    json_object(w, str_of(status));
    json_put_text(w, STR("description"), str_of(text));
    put_content(w, type, schema, a);
    json_end_object(w);
}

static void put_answers(struct json_writer *w, size_t shape, struct arena *a)
{
    json_object(w, STR("responses"));
    put_answer(w, shapes[shape].status == 201 ? "201" : "200", "It went well.",
               "application/json", shapes[shape].answer, a);
    if (shapes[shape].status == 201) {
        put_answer(w, "422", "What must be mended, question by question.",
                   "application/json", "Mistakes", a);
    }
    if (shapes[shape].by_code) {
        put_answer(w, "401", "The lookup code is missing.", "application/problem+json",
                   "Problem", a);
    }
    put_answer(w, "404", "Not there, or the code is wrong.", "application/problem+json",
               "Problem", a);
    if (shapes[shape].by_code) {
        put_answer(w, "429", "Too many wrong codes; wait.", "application/json", "Problem",
                   a);
    }
    put_answer(w, "503", "Busy; nothing was kept. Try again after Retry-After.",
               "application/problem+json", "Problem", a);
    json_end_object(w);
}

static void put_route(struct ask *q, struct json_writer *w, const struct route *r)
{
    size_t shape = shape_of(r->name);

    json_object(w, r->method == POST ? STR("post") : STR("get"));
    json_put_text(w, STR("operationId"), str_of(r->name));
    if (r->help != NULL) {
        json_put_text(w, STR("summary"), lang_text(LANG_EN, r->help));
    }
    put_parameters(w, str_of(r->pattern), shape < SHAPES && shapes[shape].idempotent);
    if (shape < SHAPES) {
        put_body(w, shape, q->arena);
        put_answers(w, shape, q->arena);
    } else {
        json_put_raw(w, STR("responses"),
                     STR("{\"200\":{\"description\":\"It went well.\"}}"));
    }
    if (shape < SHAPES && shapes[shape].by_code) {
        json_put_raw(w, STR("security"), STR("[{\"lookup_code\":[]}]"));
    }
    json_end_object(w);
}

/* Routes of one address stand together. */
static void put_paths(struct ask *q, struct json_writer *w)
{
    const struct route *r, *other;

    json_object(w, STR("paths"));
    for (size_t i = 0; (r = desk_route(q->desk, i)) != NULL; i++) {
        bool first = str_starts(str_of(r->pattern), STR(API "/")) &&
                     strcmp(r->name, "api.openapi") != 0;

        for (size_t k = 0; first && k < i; k++) {
            first = strcmp(desk_route(q->desk, k)->pattern, r->pattern) != 0;
        }
        if (!first) {
            continue;
        }
        json_object(w, str_slice(str_of(r->pattern), sizeof API - 1, strlen(r->pattern)));
        for (size_t k = i; (other = desk_route(q->desk, k)) != NULL; k++) {
            if (strcmp(other->pattern, r->pattern) == 0) {
                put_route(q, w, other);
            }
        }
        json_end_object(w);
    }
    json_end_object(w);
}

/* "Application" is any of the services' own bodies. */
static void put_schemas(struct ask *q, struct json_writer *w)
{
    size_t count = 0;
    const struct agency *list = ask_agencies(q, &count);
    struct buf any;

    buf_init(&any, q->arena, (size_t)256 << 10);
    json_object(w, STR("schemas"));
    schema_put_fixed(w);
    for (size_t i = 0; i < count; i++) {
        const struct catalog *c = ask_catalog_of(q, &list[i]);

        for (size_t n = 0; c != NULL && n < catalog_count(c, service_kind.name); n++) {
            const struct service *s = catalog_at(c, service_kind.name, n);
            str name = str_format(q->arena, "Application_%.*s_%.*s", STR_ARG(list[i].key),
                                  STR_ARG(s->key));

            if (!s->online || s->depth != DEPTH_FULL) {
                continue;
            }
            schema_put_service(q->arena, w, name, s, q->today);
            buf_format(&any, "%s{\"$ref\":\"#/components/schemas/%.*s\"}",
                       any.len > 0 ? "," : "", STR_ARG(name));
        }
    }
    json_object(w, STR("Application"));
    json_put_text(w, STR("type"), STR("object"));
    if (any.len > 0) {
        json_put_raw(w, STR("anyOf"),
                     str_format(q->arena, "[%.*s]", STR_ARG(buf_str(&any))));
    }
    json_end_object(w);
    json_end_object(w);
}

static err document(struct ask *q, struct reply *r)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, q->arena, DOCUMENT_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("openapi"), STR("3.1.0"));
    json_object(&w, STR("info"));
    json_put_text(&w, STR("title"), STR("Bianmin"));
    json_put_text(&w, STR("version"), STR("1"));
    json_put_text(
        &w, STR("description"),
        STR("Services of the city's offices: read them, apply for them, follow a "
            "case. Dates are 2026-01-18, money is whole New Taiwan dollars, labels "
            "are in zh, en and ja."));
    json_end_object(&w);
    json_list(&w, STR("servers"));
    json_object(&w, STR(""));
    json_put_text(&w, STR("url"), url_absolute(q, (struct url){ STR(API) }));
    json_end_object(&w);
    json_end_list(&w);
    put_paths(q, &w);
    json_object(&w, STR("components"));
    put_schemas(q, &w);
    json_put_raw(
        &w, STR("securitySchemes"),
        STR("{\"lookup_code\":{\"type\":\"http\",\"scheme\":\"bearer\",\"description\":"
            "\"The lookup code of the receipt.\"}}"));
    json_end_object(&w);
    json_end_object(&w);
    return buf_failed(&b) ? err_no_memory : reply_json(q, r, 200, buf_str(&b));
}

static const struct route openapi_routes[] = {
    { GET, "/api/v1/openapi.json", "api.openapi", MAY_ANYONE, .show = document,
      .is_api = true, .help = MSG("This description of the interface for programs") },
};
const struct feature openapi_feature = {
    "openapi", openapi_routes, sizeof openapi_routes / sizeof openapi_routes[0], NULL, 0,
};
