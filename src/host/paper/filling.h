/* filling — a template and what is put into it, as bytes and back. Inside this folder.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_FILLING_H
#define BIANMIN_HOST_PAPER_FILLING_H

#include "host/paper/paper.h"

bool filling_pack(struct arena *a, str template_odt, const struct paper_filling *f,
                  str *ret_bytes);
bool filling_unpack(struct arena *a, str bytes, str *ret_template,
                    struct paper_filling *ret);

#endif
