/* work_zip — archives of OpenDocument, by libzip, in memory.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"
#include "host/paper/work_odt.h"

#include <string.h>
#include <zip.h>

static bool part_add(zip_t *z, const struct odt_part *p, time_t made)
{
    zip_source_t *source = zip_source_buffer(z, p->bytes.at, p->bytes.len, 0);
    bool stored = str_equal(p->name, STR("mimetype"));
    char name[200];
    zip_int64_t at;

    if (source == NULL || p->name.len >= sizeof name) {
        return false;
    }
    memcpy(name, p->name.at, p->name.len);
    name[p->name.len] = '\0';
    at = zip_file_add(z, name, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_set_file_compression(z, (zip_uint64_t)at,
                                    stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                    stored ? 0 : 6) == 0 &&
           zip_file_set_mtime(z, (zip_uint64_t)at, made, 0) == 0;
}

static bool bytes_take(struct arena *a, zip_source_t *source, str *ret_bytes)
{
    zip_stat_t about;

    if (zip_source_stat(source, &about) != 0 || zip_source_open(source) != 0) {
        return false;
    }
    char *at = arena_alloc(a, (size_t)about.size);
    bool whole = at != NULL &&
                 zip_source_read(source, at, about.size) == (zip_int64_t)about.size;
    zip_source_close(source);
    *ret_bytes = (str){ at, (size_t)about.size };
    return whole;
}

bool odt_zip(struct arena *a, const struct odt_part *parts, size_t count, int64_t made_ms,
             str *ret_bytes)
{
    zip_error_t why;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_t *z = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, &why);
    bool made = z != NULL;

    if (z == NULL) {
        zip_source_free(source);
        return false;
    }
    zip_source_keep(source);
    for (size_t i = 0; i < count && made; i++) {
        made = part_add(z, &parts[i], (time_t)(made_ms / 1000));
    }
    if (made) {
        made = zip_close(z) == 0;
    } else {
        zip_discard(z);
    }
    made = made && bytes_take(a, source, ret_bytes);
    zip_source_free(source);
    return made;
}
