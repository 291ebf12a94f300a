/* history — what an event of a case was about, in words: which term by how much, from when
 * to when, which units, which number, which other case.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_HISTORY_H
#define BIANMIN_KERNEL_CASEFILE_HISTORY_H

#include "kernel/casefile/casefile.h"

/* For an applicant: nothing of the inside of the office (control limit, speed, units). */
enum history_reader { HISTORY_OFFICE, HISTORY_APPLICANT };

#define HISTORY_LINES 4
/* At most HISTORY_LINES lines, often none; they live as long as `a` and `units`. */
size_t case_history_words(struct arena *a, enum lang lang, const struct unit *units,
                          size_t units_count, const struct case_event *e,
                          enum history_reader reader, struct words *ret);

#endif
