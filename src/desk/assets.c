/* assets — where style, script and icon are asked for.
 *
 * Few and const: a short walk, no allocation that could fail half way.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/assets.h"

#include "base/arena.h"

#include <string.h>

const struct asset *asset_by_hashed(str hashed)
{
    for (size_t i = 0; i < assets_count; i++) {
        if (str_equal(hashed, str_of(assets[i].hashed))) {
            return &assets[i];
        }
    }
    return NULL;
}

struct url asset_url(struct arena *a, const char *name)
{
    for (size_t i = 0; i < assets_count; i++) {
        if (strcmp(assets[i].name, name) == 0) {
            return (struct url){ str_join(a, STR("/assets/"), str_of(assets[i].hashed)) };
        }
    }
    return (struct url){ STR("") };
}
