/* Whatever is typed: no crash, and a day that was understood survives being written.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/day.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    day found, again;
    if (!day_parse((str){ (const char *)data, size }, &found)) {
        return 0;
    }
    struct arena *a = arena_new(0);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        str text = lang == LANG_EN ? day_iso(a, found)
                                   : day_text(a, found, (enum lang)lang);
        if (day_roc_year(found) < 1000 && day_civil(found).year >= 1000 &&
            (!day_parse(text, &again) || again != found)) {
            abort();
        }
    }
    arena_free(a);
    return 0;
}
