/* gather — where finished lines go; inside this folder only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_LOG_GATHER_H
#define BIANMIN_HOST_LOG_GATHER_H

#include "base/str.h"

/* `at_once`: it is out when this returns, and all before it. */
void gather_put(str line, bool at_once);

#endif
