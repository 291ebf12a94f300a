/* work_type — what a file is, by its content (libmagic).
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#include <magic.h>

struct magic_set *work_types_load(void)
{
    magic_t types = magic_open(MAGIC_MIME_TYPE);
    if (types != NULL && magic_load(types, NULL) != 0) {
        magic_close(types);
        return NULL;
    }
    return types;
}

enum paper_word work_media_type(struct arena *a, struct magic_set *types, str bytes,
                                str *ret_type)
{
    const char *type = magic_buffer(types, bytes.len > 0 ? bytes.at : "", bytes.len);
    if (type == NULL) {
        return PAPER_UNREADABLE;
    }
    *ret_type = str_copy(a, str_of(type));
    return PAPER_DONE;
}
