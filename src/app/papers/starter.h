/* starter — starts the papers process, again when it is gone.
 *
 * bianmin may start nothing once its sandbox is closed, so this small process is started
 * before: it has no file but its socket and no memory of bianmin's. A byte asks for a
 * papers process (p) or for dot (d), which draws one flow chart; the other end of its
 * socket comes back. It ends when nobody is there to ask.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_PAPERS_STARTER_H
#define BIANMIN_APP_PAPERS_STARTER_H

/* `program`: the path of this very program. Comes back when the asking side is gone. */
void starter_run(const char *program);

#endif
