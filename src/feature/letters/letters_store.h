/* letters_store — bytes of files that came with a form, and the office's own templates.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LETTERS_STORE_H
#define BIANMIN_FEATURE_LETTERS_STORE_H

#include "base/err.h"
#include "base/str.h"

struct keyring;
struct snap;
struct store;
struct tx;

/* The bytes of a file of the city (where the files of staff forms arrive), at most `most`.
 * Fails: ERR_INPUT (longer). */
MUST_CHECK err letters_bytes(struct arena *a, struct store *s, const struct keyring *k,
                             int64_t agency, int64_t file, size_t most, str *ret_bytes);
MUST_CHECK err letters_file_type(struct arena *a, struct store *s, int64_t agency,
                                 int64_t file, str *ret_media_type);

/* The template that an office has for a form: the newest; file 0: none. */
struct letters_template {
    str form;
    int version;
    int64_t file, staff, at_ms;
};
MUST_CHECK err letters_templates(struct arena *a, struct snap *snap, int64_t agency,
                                 struct letters_template **ret, size_t *ret_count);
MUST_CHECK err letters_template_put(struct arena *a, struct tx *tx, int64_t agency,
                                    const struct letters_template *t);

#endif
