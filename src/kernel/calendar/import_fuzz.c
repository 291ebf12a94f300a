/* Whatever is sent as an official calendar: no crash; a refusal has words; what was read is
 * whole years, in order, and identifies itself.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "kernel/calendar/import.h"

#include <stdlib.h>

static void year_is_sound(struct arena *a, const struct official_year *y)
{
    struct day_difference *list;
    const struct calendar *c;
    size_t count;

    for (size_t i = 0; i < y->count; i++) {
        if (day_civil(y->days[i].day).year != y->year ||
            (i > 0 && y->days[i].day <= y->days[i - 1].day)) {
            abort();
        }
    }
    if (calendar_make(a, y->days, y->count, NULL, 0, &c) != NULL) {
        return;
    }
    /* Once it holds, nothing differs from it. */
    if (calendar_year_differs(a, c, y, &list, &count) == NULL && count > 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct mistakes m;
    struct official_year *years;
    size_t count;

    mistakes_init(&m, a);
    err e = calendar_file_read(a, STR("fuzz.csv"), (str){ (const char *)data, size }, &m,
                               &years, &count);
    if (e != NULL && e->say.id == NULL) {
        abort();
    }
    for (size_t i = 0; e == NULL && i < count; i++) {
        if (i > 0 && years[i].year <= years[i - 1].year) {
            abort();
        }
        year_is_sound(a, &years[i]);
    }
    arena_free(a);
    return 0;
}
