/* schema — the shapes of what goes in and out, as JSON Schema.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_OPENAPI_SCHEMA_H
#define BIANMIN_FEATURE_OPENAPI_SCHEMA_H

#include "base/day.h"
#include "host/json/json.h"

struct service;

/* components.schemas: the fixed ones. */
void schema_put_fixed(struct json_writer *w);
/* The body of an application for one service, under `name`. */
void schema_put_service(struct arena *a, struct json_writer *w, str name,
                        const struct service *s, day today);

#endif
