/* inside — between the files that make fields.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_FIELD_INSIDE_H
#define BIANMIN_DESK_FIELD_INSIDE_H

#include "desk/field/field.h"

struct answer;
struct mistake;

/* A piece of a field: its name in the form, its id in the page. */
str field_name_of(struct ask *q, str field, const char *piece);
str field_id_of(struct ask *q, str name);

err field_file_fill(struct ask *q, const struct answer *x, struct field *f);
err field_signature_fill(struct ask *q, const struct answer *x, const struct mistake *wrong,
                         struct field *f);

#endif
