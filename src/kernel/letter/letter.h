/* letter — papers that go out: letters (函), decisions (處分書), certificates, notices.
 *
 * A letter begins as a draft out of the case and the definition, is changed, and is issued
 * once number and date are there: given by the document system and typed in, or taken from
 * a series (字軌) of the office's own, inside the commit. The issue step makes a row in the
 * register of seals (用印登記); the seal keeper completes it. A certificate has a token in
 * its QR: whoever scans it is told that it is genuine, and nothing that stands in it.
 *
 * What is written in a letter is personal and sealed.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_LETTER_H
#define BIANMIN_KERNEL_LETTER_H

#include "base/day.h"
#include "base/err.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"

struct keyring;
struct snap;
struct tx;
struct query_list;
extern const struct query_list letter_queries;
extern const struct query_list letter_seal_queries;

enum letter_state {
    LETTER_DRAFT,
    LETTER_ISSUED,
    LETTER_WITHDRAWN,
    LETTER_DROPPED,
    LETTER_STATES
};
extern const str letter_state_key[LETTER_STATES];
extern const char *const letter_state_name[LETTER_STATES]; /* MSG ids */

/* 速別 as the handbook has them. */
enum letter_speed { SPEED_NORMAL, SPEED_FAST, SPEED_FASTEST, SPEEDS };
extern const str letter_speed_key[SPEEDS];          /* normal fast fastest */
extern const char *const letter_speed_name[SPEEDS]; /* 普通件 速件 最速件 */
extern const char *const letter_seal_name[3];       /* by enum letter_seal */

/* The forms that every office has, besides those that a service names in `letters:`. */
enum letter_plain {
    PLAIN_LETTER,       /* 函 */
    PLAIN_REFUSAL,      /* 否准處分書 */
    PLAIN_NOT_ADMITTED, /* 不受理 */
    PLAIN_SUPPLY,       /* 補正通知 */
    PLAIN_EXTEND,       /* 延長處理期間通知 */
    PLAINS
};
extern const str letter_plain_key[PLAINS]; /* "plain_letter" … */
extern const char *const letter_plain_name[PLAINS];

/* Knows the names of the plain forms for `pack check`; no file can be of this kind. */
extern const struct pack_kind letter_kind;

/* What a letter is made by: a line of `letters:`, or a plain form as if it were one. */
MUST_CHECK err letter_form(struct arena *a, const struct service *s, str key,
                           struct service_letter *ret);

struct letter_field {
    str label, text;
};
/* What is written in it. Lines are separated by line feeds; those of `text` are numbered
 * when there is more than one. */
struct letter_content {
    str recipient, address, subject;   /* 受文者 地址 主旨 */
    str text;                          /* 說明 */
    str facts, reasons, law, remedy;   /* 事實 理由 法令依據 教示 */
    str to, copies_to, enclosures;     /* 正本 副本 附件 */
    const struct letter_field *fields; /* certificates */
    size_t fields_count;
};

struct letter {
    int64_t agency, id, casefile;
    str form; /* key of the service's letter, or of a plain form */
    enum letter_kind kind;
    enum letter_state state;
    str service;
    int service_version;
    struct letter_content content; /* letter_open */
    str content_sealed;
    str receipt_number, file_number; /* 收文號 檔號 */
    int keep_years;                  /* 保存年限; 0: not said */
    enum letter_speed speed;
    str secrecy; /* 密等; "" none */
    enum letter_seal seal;
    int copies;
    str series;                          /* "" : the number comes from outside */
    str number;                          /* 發文字號; "" while a draft */
    day day;                             /* 發文日期 */
    day valid_until;                     /* DAY_NONE: without end */
    int64_t scan;                        /* file of the sealed sheet; 0: none */
    str token_hash, token_sealed, token; /* certificates; token by letter_open */
    int64_t made_by, made_ms, issued_by, issued_ms, withdrawn_ms;
    str withdrawn_sealed, withdrawn_why; /* opened with the content */
    int64_t changes;
};

/* What tells a decision goes out only after it: a certificate, or what is for the granted,
 * once the case is granted; a refusal once it is refused. All else at any time. */
bool letter_may_go_out(const struct letter *l, const struct service_letter *form,
                       const struct casefile *c);
MUST_CHECK err letter_go_out_check(struct arena *a, const struct letter *l,
                                   const struct service_letter *form,
                                   const struct casefile *c);
bool letter_tells_grant(const struct letter *l, const struct service_letter *form);

/* "青經字第{year}{number}號": the ROC year, and the number with five digits. */
str letter_number_text(struct arena *a, str form, int year, int64_t number);

/* Reading. */
MUST_CHECK err letter_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                           struct letter *ret);
/* Of one case, oldest first. */
MUST_CHECK err letter_list(struct arena *a, struct snap *snap, int64_t agency,
                           int64_t casefile, struct letter **ret, size_t *ret_count);
/* Drafts that wait for a number from outside, or what was issued, newest first. */
MUST_CHECK err letter_list_state(struct arena *a, struct snap *snap, int64_t agency,
                                 enum letter_state state, int most, struct letter **ret,
                                 size_t *ret_count);
/* Opens what is written; only where the personal data of the case are shown. */
MUST_CHECK err letter_open(struct arena *a, const struct keyring *k, struct letter *l);
/* The certificate that a token belongs to; ERR_MISSING alike for all that is none. */
MUST_CHECK err letter_by_token(struct arena *a, struct snap *snap, const struct keyring *k,
                               int64_t agency, str token, struct letter *ret);

/* The letter as the case and the definition propose it. `answers` opened where fields ask
 * for them; `name` whole. Makes the token of a certificate. */
struct letter_start {
    const struct agency *agency;
    const struct office *office; /* may be NULL */
    const struct catalog *catalog; /* whose terms hold; may be NULL */
    const struct service *service;
    const struct casefile *casefile;
    str form;
    str name, address;
    const struct sealed_answer *answers;
    size_t answers_count;
    const struct case_grounds *grounds; /* of a decision against; NULL: there are none */
    struct label authority;               /* whom an appeal goes to */
    const str *wanted;                    /* notice to complete: what was named, … */
    size_t wanted_count;
    day wanted_until;                     /* … until when; DAY_NONE: not said */
    str note;                             /* what was written as it was sent back, or as the
                                           * term was extended */
    bool is_extended;                     /* extension: the term is that of the case now */
    int64_t id, staff, now_ms;
};
MUST_CHECK err letter_begin(struct arena *a, const struct keyring *k,
                            const struct letter_start *from, struct letter *ret);
/* Seals the content (before a commit). */
MUST_CHECK err letter_seal_content(struct arena *a, const struct keyring *k,
                                   struct letter *l);

/* Commits; each an event. */
MUST_CHECK err letter_draft(struct arena *a, struct tx *tx, const struct letter *l);
/* A draft is changed. Fails: ERR_CONFLICT (changed meanwhile, issued). */
MUST_CHECK err letter_change(struct arena *a, struct tx *tx, const struct letter *l,
                             int64_t staff, int64_t now_ms);
struct letter_issue {
    int64_t agency, id, changes, staff, now_ms, seal_id;
    str number; /* from outside; "" from the series */
    day day;
    str series;
    str series_form; /* "青經字第{year}{number}號" */
    const struct service *service; /* as of the letter's version; NULL: gone */
    struct case_must paid;         /* fee_paid_prepare; refused without it where needed */
    int64_t approved_by;
};
/* Number and date; the row in the register of seals. `ret` is the letter as issued.
 * What tells a decision goes out only after that decision, and where the definition says so
 * only when the fees are paid.
 * Fails: ERR_INPUT (no number, no date), ERR_CONFLICT (changed meanwhile; the number is
 * another letter's; the case is not decided so; not paid). */
MUST_CHECK err letter_issue(struct arena *a, struct tx *tx, const struct letter_issue *w,
                            struct letter *ret);
/* The first part of it: may it go out, and for how many months does it hold. */
MUST_CHECK err letter_go_out(struct arena *a, struct tx *tx, const struct letter_issue *w,
                             const struct letter *l, int *ret_months);
/* The scan of the sealed sheet. */
MUST_CHECK err letter_scan(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                           int64_t file, int64_t staff, int64_t now_ms);
/* An issued letter goes out; its event tells how and on which day. Several times is several
 * ways. Fails: ERR_CONFLICT (it is not issued). */
enum letter_way { LETTER_BY_POST, LETTER_REGISTERED, LETTER_BY_HAND, LETTER_BY_SYSTEM,
                  LETTER_WAYS };
extern const str letter_way_key[LETTER_WAYS]; /* post registered hand system */
extern const char *const letter_way_name[LETTER_WAYS]; /* MSG ids */
MUST_CHECK err letter_send(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                           enum letter_way way, day on, int64_t staff, int64_t now_ms);
/* A certificate holds no more. `why_sealed` by letter_seal_why. */
MUST_CHECK err letter_withdraw(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                               str why_sealed, int64_t staff, int64_t now_ms);
MUST_CHECK err letter_seal_why(struct arena *a, const struct keyring *k, int64_t agency,
                               int64_t id, str why, str *ret_sealed);
/* A draft that is not needed. */
MUST_CHECK err letter_drop(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                           int64_t staff, int64_t now_ms);
/* At start: marks the scans that have no mark yet. */
struct store;
MUST_CHECK err letter_files_keep(struct arena *a, struct store *s, int *ret_kept);

/* The register of seals used. */
struct seal_use {
    int64_t id, letter, casefile;
    str form, number;
    int copies;
    enum letter_seal seal;
    int64_t approved_by, made_by, made_ms, sealed_by, sealed_ms; /* sealed_ms 0: waits */
    str service;                                                 /* of the letter */
    int service_version;
};
/* Of the time from an instant to another, oldest first; or all that wait. */
MUST_CHECK err seal_use_list(struct arena *a, struct snap *snap, int64_t agency,
                             int64_t from_ms, int64_t until_ms, struct seal_use **ret,
                             size_t *ret_count);
MUST_CHECK err seal_use_waiting(struct arena *a, struct snap *snap, int64_t agency,
                                struct seal_use **ret, size_t *ret_count);
/* Fails: ERR_MISSING (there is no such row). */
MUST_CHECK err seal_use_find(struct arena *a, struct snap *snap, int64_t agency,
                             int64_t id);
/* The seal keeper has sealed it. Fails: ERR_CONFLICT (done already). */
MUST_CHECK err seal_use_done(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                             int64_t staff, int64_t now_ms);

/* For `bianmin check`: numbers of a series without a gap, none twice, each in the register
 * of seals; what is written opens. */
typedef void letter_say(void *context, bool sound, str line);
extern const struct query_list letter_check_queries;
MUST_CHECK err letter_check(struct arena *a, struct store *s, const struct keyring *k,
                            int64_t agency, letter_say *say, void *context);

#endif
