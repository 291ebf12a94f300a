/* Templates out of any bytes: refused or filled, never worse.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/paper/filling.h"
#include "host/paper/work.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct paper_field one[] = { { STR_INIT("text"), STR_INIT("x") } };
    static const struct paper_row rows[] = { { one, 1 }, { one, 1 } };
    static const struct paper_list lists[] = { { STR_INIT("fields"), rows, 2 } };
    static const struct paper_field fields[] = { { STR_INIT("name"), STR_INIT("a\nb<") } };
    const struct paper_filling f = { fields, 1, lists, 1, NULL, 0, 0 };
    struct arena *a = arena_new((size_t)256 << 20);
    str packed, out = STR(""), again;

    if (a != NULL && size < 1 << 20 &&
        filling_pack(a, (str){ (const char *)data, size }, &f, &packed) &&
        work_fill(a, packed, &out) == PAPER_DONE) {
        /* What came out is a template as well, and asks for nothing. */
        if (!filling_pack(a, out, &f, &packed) ||
            work_names(a, packed, &again) != PAPER_DONE || again.len != 0) {
            __builtin_trap();
        }
    }
    arena_free(a);
    return 0;
}
