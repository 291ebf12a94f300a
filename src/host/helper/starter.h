/* starter — the small process that may start others, and the way to ask it.
 *
 * bianmin may start nothing once its sandbox is closed, so a starter begins before: it has
 * no file but its socket and no memory of bianmin's. A byte asks for one of its programs;
 * the other end of that one's socket comes back. It ends when nobody is there to ask.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HELPER_STARTER_H
#define BIANMIN_HOST_HELPER_STARTER_H

#include <stddef.h>
#include <sys/types.h>

/* What asks for what: the program is its own, begun with other words. */
struct starter_kind {
    char asked;
    const char *const *words; /* its name first, NULL at the end */
};
/* In the starter, its socket being standard input. Comes back when nobody asks any more. */
void starter_run(const char *program, const struct starter_kind *kinds, size_t count);

/* At the side that asks; not safe for two threads at once. */
struct starter {
    int socket; /* -1: none */
    pid_t pid;
    int owed;   /* answers that came too late for who had asked; nobody wants them now */
};
/* 0, or what errno would be. */
int starter_open(struct starter *s, const char *program, const char *const *words);
/* The end of the new program's socket, which does not block; -1: the starter is gone, is
 * late, or cannot. Who was late is asked again the next time. */
int starter_ask(struct starter *s, char what);
void starter_close(struct starter *s);

#endif
