/* casework — what the store knows of a file.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/casework/casework_store.h"

#include "host/store/files.h"

err casework_file_type(struct arena *a, struct store *s, int64_t agency, int64_t file,
                       str *ret_media_type)
{
    struct file_facts facts;

    TRY(file_facts_load(a, s, agency, file, &facts));
    *ret_media_type = str_is_empty(facts.media_type) ? STR("application/octet-stream")
                                                     : facts.media_type;
    return NULL;
}
