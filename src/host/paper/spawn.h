/* spawn — starting a program that has nothing of ours but one socket.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_SPAWN_H
#define BIANMIN_HOST_PAPER_SPAWN_H

#include <sys/types.h>

/* `its_end` becomes its standard input; of our other files it gets output and error only,
 * and its signals are as new. 0, or what errno would be. */
int spawn_with(const char *program, const char *argument, int its_end, pid_t *ret_child);

#endif
