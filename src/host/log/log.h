/* log — one JSON line an event, to standard error, without personal data.
 *
 * {"at":"2026-03-02T02:00:00.000Z","level":"warn","what":"request","request":"…",…}
 * Only the edges log (desk, writer, job runner, command). Values are ids, counts, durations
 * and the `why` of an err, never what a person typed.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_LOG_H
#define BIANMIN_HOST_LOG_H

#include "base/err.h"
#include "base/str.h"

enum log_level { LOG_DEBUG_LEVEL, LOG_INFO_LEVEL, LOG_WARN_LEVEL, LOG_ERROR_LEVEL };

struct log_pair {
    const char *key;
    bool is_number;
    int64_t number;
    str text;
};
#define LOG_NUMBER(key_, n_) { .key = (key_), .is_number = true, .number = (n_) }
#define LOG_STR(key_, s_) { .key = (key_), .text = (s_) }

void log_set_level(enum log_level least);
/* From now on lines are written many at a time by a thread, at most 20 ms late; errors go
 * out at once with all before them. Start it when the sandbox is closed (its thread is to
 * be inside); end it last. Fails: ERR_BUSY (no thread); then lines go out one by one. */
MUST_CHECK err log_gather(struct arena *a);
void log_gather_end(void);
void log_pairs(enum log_level level, const char *what, const struct log_pair *pairs,
               size_t count);
#define LOG(level, what, ...)                                                            \
    log_pairs((level), (what), (const struct log_pair[]){ __VA_ARGS__ },                 \
              sizeof((const struct log_pair[]){ __VA_ARGS__ }) / sizeof(struct log_pair))
/* request, and kind, why and at of an err (as "where"). */
void log_err(enum log_level level, const char *what, str request, err e);

#endif
