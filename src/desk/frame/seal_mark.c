/* seal_mark — our own pictures, one a kind of office.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/frame/seal.h"

static const struct {
    str key, path;
} marks[] = {
    /* A house above fields. */
    { STR_INIT("district"),
      STR_INIT("M9 34c5-9 9-9 14 0 5-9 9-9 14 0M9 24h28M14 24V13h18v11M23 13v11") },
    /* A roof and a door. */
    { STR_INIT("household"), STR_INIT("M8 23 23 10l15 13M12 20v16h22V20M19 36v-9h8v9") },
    /* A cross with open arms. */
    { STR_INIT("health"), STR_INIT("M19 9h8v10h10v8H27v10h-8V27H9v-8h10z") },
    /* A hall with columns. */
    { STR_INIT("city"),
      STR_INIT("M8 37h30M10 32h26M13 31V19M19.7 31V19M26.3 31V19M33 31V19M9 18h28L23 8z") },
};

struct seal_mark seal_mark_of(str agency_key)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (str_starts(agency_key, marks[i].key)) {
            return (struct seal_mark){ marks[i].path };
        }
    }
    /* A sheet on a counter. */
    return (struct seal_mark){ STR("M12 9h22v20H12zM8 36h30M18 16h10M18 22h6") };
}
