/* notice — the outbox: one row for each message that must go out.
 *
 * Written in the transaction that made it necessary, so that no receipt, extension or
 * overdue is kept without its message. Whoever sends follows notice_waiting and says what
 * became of each. Until then the owner reads it on the progress page, staff on the case.
 *
 * The words are an id with values, put into the reader's language when they are shown;
 * nothing personal is in them. Free text that belongs to a message stays sealed with its
 * event: `changes` tells which.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_NOTICE_H
#define BIANMIN_KERNEL_NOTICE_H

#include "base/err.h"
#include "base/str.h"
#include "base/words.h"

struct snap;
struct tx;
struct query_list;
extern const struct query_list notice_queries;

enum notice_channel { NOTICE_PAGE, NOTICE_EMAIL, NOTICE_SMS, NOTICE_LETTER, NOTICE_CALL };
#define NOTICE_BY(channel) (1U << (channel))
enum notice_state { NOTICE_WAITING, NOTICE_SENT, NOTICE_FAILED, NOTICE_STATES };
extern const str notice_state_key[NOTICE_STATES];
extern const char *const notice_state_name[NOTICE_STATES]; /* MSG ids */

struct notice {
    int64_t agency, subject; /* the case, or another thing with an owner */
    int number;              /* of this subject; notice_put gives it */
    str kind;                /* "sent_back" "extended" "due_moved" "overdue" … */
    struct words say;
    int64_t changes;         /* of the event whose note belongs to it; 0: none */
    unsigned channels;       /* wished: NOTICE_BY(…); the page always */
    enum notice_state state;
    int64_t at_ms, sent_ms;
};
/* Commit. `n->number`, `state` and `sent_ms` are not looked at. */
MUST_CHECK err notice_put(struct arena *a, struct tx *tx, const struct notice *n);
/* All of one subject, the newest first. */
MUST_CHECK err notice_list(struct arena *a, struct snap *snap, int64_t agency,
                           int64_t subject, struct notice **ret, size_t *ret_count);
/* The oldest that wait, for who sends. */
MUST_CHECK err notice_waiting(struct arena *a, struct snap *snap, int64_t agency, int most,
                              struct notice **ret, size_t *ret_count);
/* Commit. Fails: ERR_CONFLICT (it does not wait any more). */
MUST_CHECK err notice_done(struct arena *a, struct tx *tx, const struct notice *n,
                           enum notice_state state, int64_t now_ms);
/* How many there are of each subject from `first` to `last`, for `bianmin check`. */
struct notice_count {
    int64_t subject, count;
};
MUST_CHECK err notice_counts(struct arena *a, struct snap *snap, int64_t agency,
                             int64_t first, int64_t last, struct notice_count **ret,
                             size_t *ret_count);

/* Words as they are kept, and back. */
str notice_words_json(struct arena *a, const struct words *w);
MUST_CHECK err notice_words_read(struct arena *a, str json, struct words *ret);

#endif
