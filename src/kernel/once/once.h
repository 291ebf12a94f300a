/* once — 一次告知單: what is missing, told once and in writing, before anything is accepted.
 *
 * There is no case and no clock (that is the notice to complete, 補正通知, of an accepted
 * case: kernel/casefile). A notice has a number (DAN-115-000012-4) and knows which version
 * of the definition and which law articles it rests on. What had been typed goes along as a
 * sealed draft for 14 days; whoever has the code that is printed on it goes on from there,
 * at the counter by its number as well. That it came back complete is kept once.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_ONCE_H
#define BIANMIN_KERNEL_ONCE_H

#include "base/err.h"
#include "kernel/flow/flow.h"
#include "kernel/party/party.h"

struct id_source;
struct keyring;
struct snap;
struct tx;
struct query_list;
extern const struct query_list once_queries;

#define ONCE_DRAFT_MS (INT64_C(14) * 86400000)
#define ONCE_MISSING_MOST 40
/* Who has opened a notice by its code goes on under it: this, office and service name the
 * cookie that holds the code. */
#define ONCE_COOKIE "once-"
#define ONCE_LETTER "N" /* behind the office's two letters in the number */

enum once_kind { ONCE_PAPER, ONCE_AGENT_PAPER, ONCE_QUESTION, ONCE_KINDS };
extern const str once_kind_key[ONCE_KINDS]; /* paper agent_paper question */
struct once_missing {
    enum once_kind kind;
    str key;
};
enum once_way { ONCE_OUT, ONCE_BACK_COUNTER, ONCE_BACK_ONLINE };
struct once_notice {
    int64_t agency, id;
    str number;
    str service;
    int service_version;
    str law;              /* one article a line */
    enum case_channel channel;
    bool by_agent;
    enum lang lang;       /* it was printed in */
    int64_t unit, staff;
    int64_t at_ms, until_ms; /* of the draft */
    bool has_draft;       /* and it is still there */
    enum once_way way;    /* ONCE_OUT: has not come back complete */
    int64_t casefile, back_ms;
};

/* check. What is to be written; `notice` without number. An id that is there stays: a form
 * that comes twice gives one notice. */
struct once_wish {
    struct once_notice notice;
    struct once_missing missing[ONCE_MISSING_MOST];
    size_t missing_count;
    str answers;          /* JSON of the draft; "" none */
    str prefix;           /* the office's two letters */
    /* made by once_prepare */
    str code, code_hash, code_sealed, draft_sealed;
};
MUST_CHECK err once_prepare(struct arena *a, const struct keyring *k, struct id_source *ids,
                            struct once_wish *w);
/* commit: number, rows, event. */
MUST_CHECK err once_issue(struct arena *a, struct tx *tx, const struct once_wish *w,
                          struct once_notice *ret);

/* Reading. Fails: ERR_MISSING. */
MUST_CHECK err once_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                         struct once_notice *ret);
/* As typed or scanned: the number, or the address in the code, for staff. */
MUST_CHECK err once_find(struct arena *a, struct snap *snap, const struct keyring *k,
                         int64_t agency, str typed, struct once_notice *ret);
MUST_CHECK err once_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                            int64_t agency, str code, struct once_notice *ret);
MUST_CHECK err once_missing_of(struct arena *a, struct snap *snap,
                               const struct once_notice *n, struct once_missing **ret,
                               size_t *ret_count);
/* The code, to print the notice again. */
MUST_CHECK err once_code(struct arena *a, struct snap *snap, const struct keyring *k,
                         const struct once_notice *n, str *ret_code);
/* The newest of an office; of one unit where it is not 0. */
MUST_CHECK err once_list(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                         int most, struct once_notice **ret, size_t *ret_count);

/* commit. A member of staff takes up the draft: one event, and it is open to that session
 * for ten minutes. */
MUST_CHECK err once_take_up(struct arena *a, struct tx *tx, const struct actor *who,
                            int64_t session, int64_t now_ms, int64_t id);
MUST_CHECK err once_is_open(struct arena *a, struct snap *snap, int64_t session,
                            int64_t now_ms, const struct once_notice *n, bool *ret_open);
/* The draft as JSON; "" when its time is over. Only for who has taken it up, or has the
 * code. */
MUST_CHECK err once_draft(struct arena *a, struct snap *snap, const struct keyring *k,
                          const struct once_notice *n, int64_t now_ms, str *ret_answers);
/* commit. It became a case. A second time changes nothing. */
MUST_CHECK err once_back(struct arena *a, struct tx *tx, const struct actor *who,
                         int64_t now_ms, int64_t id, enum once_way way, int64_t casefile);
/* commit. Takes out at most 200 drafts whose time was over before `now_ms`. */
MUST_CHECK err once_sweep(struct arena *a, struct tx *tx, int64_t now_ms,
                          int64_t *ret_swept);

/* Issued from an instant to before another, by service; of these, how many came back
 * complete, whenever that was. */
struct once_sum {
    str service;
    int64_t issued, counter, online;
};
MUST_CHECK err once_sums(struct arena *a, struct snap *snap, int64_t agency, int64_t from_ms,
                         int64_t to_ms, struct once_sum **ret, size_t *ret_count);

/* The number as a person typed it, tidied; false when it is none or its check digit is
 * wrong. */
bool once_number_tidy(struct arena *a, str typed, str *ret_number);
/* What a scanner or a person brings: the code at the end of an address, or alone. */
str once_code_in(str typed);

#endif
