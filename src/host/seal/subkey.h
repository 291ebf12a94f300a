/* subkey — what the files of this room share: keys made out of the ring.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_SEAL_SUBKEY_H
#define BIANMIN_HOST_SEAL_SUBKEY_H

#include <stdint.h>

struct keyring;

#define SUBKEY_BYTES 32
#define SUBKEY_SIGN "bm-sign1"
/* Out of the oldest key, for one agency and one use (eight characters). */
void subkey_oldest(const struct keyring *k, int64_t agency, const char *use,
                   unsigned char ret[SUBKEY_BYTES]);

#endif
