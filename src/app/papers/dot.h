/* dot — this process becomes graphviz's program dot, shut in: it reads the system's
 * programs and libraries, has no network and writes no file.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_PAPERS_DOT_H
#define BIANMIN_APP_PAPERS_DOT_H

/* Comes back only when it does not go: what to exit with. */
int dot_become(void);

#endif
