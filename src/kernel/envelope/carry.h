/* carry — brings envelopes from agency to agency of this installation.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_ENVELOPE_CARRY_H
#define BIANMIN_KERNEL_ENVELOPE_CARRY_H

struct job;

/* Its context is a `const struct keyring *`. What a killed process left half done is
 * finished by it: the receiver's commit knows the uid, the sender's marks it brought. */
extern const struct job envelope_carry_job;

#endif
