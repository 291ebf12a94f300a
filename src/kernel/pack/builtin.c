/* builtin — the packs in the binary as definitions.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/pack/builtin.h"

err builtin_pack(struct arena *a, str pack, struct definition **ret, size_t *ret_count)
{
    struct definition *list = ARENA_ARRAY(a, builtin_files_count, struct definition);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < builtin_files_count; i++) {
        const struct builtin_file *f = &builtin_files[i];

        if (str_equal(f->pack, pack)) {
            list[count] = (struct definition){
                .file = f->file,
                .source = f->source,
                .version = 1,
            };
            pack_head(a, &list[count++]);
        }
    }
    if (count == 0) {
        FAIL(a, ERR_MISSING,
             SAY("There is no pack {name} in this program.", SAY_TEXT("name", pack)),
             STR("pack"), "no builtin pack");
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}
