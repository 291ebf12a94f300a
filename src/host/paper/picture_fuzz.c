/* Whatever comes as a picture: no crash; what goes out can be read again and is not large.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)480 << 20);
    str out = STR("");
    enum paper_word word = work_clean_picture(a, (str){ (const char *)data, size }, &out);
    if (word == PAPER_JPEG || word == PAPER_PNG) {
        struct pixels p;
        int orientation = 1;
        enum paper_word again = word == PAPER_JPEG ? jpeg_read(a, out, &p, &orientation)
                                                   : png_read(a, out, &p, &orientation);
        if (again != PAPER_DONE || orientation != 1 || p.width > PICTURE_SIDE_MAX ||
            p.height > PICTURE_SIDE_MAX) {
            abort();
        }
    }
    exif_orientation((str){ (const char *)data, size });
    arena_free(a);
    return 0;
}
