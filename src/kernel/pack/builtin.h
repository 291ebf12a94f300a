/* builtin — the packs of this source tree, carried in the binary, so that they are there
 * wherever the program is installed: "demo/district" … and "start", with which an office
 * begins that brings none of its own.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_PACK_BUILTIN_H
#define BIANMIN_KERNEL_PACK_BUILTIN_H

#include "kernel/pack/pack.h"

struct builtin_file {
    str pack, file, source;
};
extern const struct builtin_file builtin_files[]; /* made at build time */
extern const size_t builtin_files_count;

/* As pack_read_folder gives them. Fails: ERR_MISSING (no such pack). */
MUST_CHECK err builtin_pack(struct arena *a, str pack, struct definition **ret,
                            size_t *ret_count);

#endif
