/* once — 一次告知單: what is missing, told once and in writing, before anything is accepted.
 *
 * There is no case and no clock (that is the notice to complete, 補正通知, of an accepted
 * case: kernel/casefile). A notice has a number (DAN-115-000012-4) and knows which version
 * of the definition and which law articles it rests on. What had been typed goes along as a
 * draft (kernel/draft) under the same id and code: whoever has the paper goes on from
 * there, on line by the code, at the counter by the number. That it came back complete is
 * kept once.
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
struct store;
extern const struct query_list once_queries, once_check_queries;

#define ONCE_MISSING_MOST 40
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
    int64_t at_ms, until_ms; /* until: of the draft; 0: there is none */
    bool again;           /* once_issue: the same came before */
    enum once_way way;    /* ONCE_OUT: has not come back complete */
    int64_t casefile, back_ms;
};

/* check. What is to be written; `notice` without number. An id that is there stays: a form
 * that comes twice gives one notice. */
struct once_wish {
    struct once_notice notice;
    struct once_missing missing[ONCE_MISSING_MOST];
    size_t missing_count;
    str prefix;           /* the office's two letters */
    str code;             /* of the draft; made where there is none */
    /* made by once_prepare */
    str code_hash, code_sealed;
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

/* commit. A member of staff takes up the draft, that of a notice or one whose code a
 * citizen has brought (`id` is the draft's; a notice has the same): one event, and it is
 * open to that session for ten minutes. */
MUST_CHECK err once_take_up(struct arena *a, struct tx *tx, const struct actor *who,
                            int64_t session, int64_t now_ms, int64_t id);
MUST_CHECK err once_is_open(struct arena *a, struct snap *snap, int64_t session,
                            int64_t now_ms, const struct once_notice *n, bool *ret_open);
/* commit. It became a case. A second time changes nothing, nor does an id of no notice. */
MUST_CHECK err once_back(struct arena *a, struct tx *tx, const struct actor *who,
                         int64_t now_ms, int64_t id, enum once_way way, int64_t casefile);
/* commit. Forgets who had taken up which, once that is over. */
MUST_CHECK err once_forget(struct arena *a, struct tx *tx, int64_t now_ms);

/* Issued from an instant to before another, by service; of these, how many came back
 * complete, whenever that was. */
struct once_sum {
    str service;
    int64_t issued, counter, online;
};
MUST_CHECK err once_sums(struct arena *a, struct snap *snap, int64_t agency,
                         int64_t from_ms, int64_t to_ms, struct once_sum **ret,
                         size_t *ret_count);

/* For `bianmin check`: every notice is as its event tells, came back as told, its code
 * opens, the numbers of a year have no gap. `say` gets one line a finding. */
typedef void once_say(void *context, bool sound, str line);
MUST_CHECK err once_check(struct arena *a, struct store *s, const struct keyring *k,
                          int64_t agency, once_say *say, void *context);

/* The number as a person typed it, tidied; false when it is none or its check digit is
 * wrong. */
bool once_number_tidy(struct arena *a, str typed, str *ret_number);
/* What a scanner or a person brings: the code at the end of an address, or alone. */
str once_code_in(str typed);

#endif
