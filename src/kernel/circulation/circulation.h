/* circulation — a paper goes round (傳閱): a list, a clipping, a change of law, a
 * commendation or a check result goes to named people, each marks it read, and who has not
 * is seen.
 *
 * It is a text, a file, a link to a page of ours, or several of them. A whole unit is its
 * people on the day it is sent. Sending and each reading are an event. The text is sealed:
 * it may name people.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CIRCULATION_H
#define BIANMIN_KERNEL_CIRCULATION_H

#include "base/day.h"
#include "base/err.h"
#include "kernel/party/party.h"

struct keyring;
struct snap;
struct tx;
struct store;
struct query_list;
extern const struct query_list circulation_queries, circulation_check_queries;

enum circulation_kind {
    CIRCULATION_LIST,
    CIRCULATION_CLIPPING,
    CIRCULATION_LAW,
    CIRCULATION_COMMENDATION,
    CIRCULATION_CHECK,
    CIRCULATION_OTHER,
    CIRCULATION_KINDS
};
extern const str circulation_kind_key[CIRCULATION_KINDS];
extern const char *const circulation_kind_name[CIRCULATION_KINDS]; /* MSG ids */
bool circulation_kind_from_key(str key, enum circulation_kind *ret);

#define CIRCULATION_TITLE_SIGNS 80
#define CIRCULATION_TEXT_SIGNS 4000
#define CIRCULATION_READERS_MOST 500

struct circulation {
    int64_t agency, id;
    enum circulation_kind kind;
    str title;
    str text;   /* "" in lists; open in circulation_load */
    str sealed; /* while it is sent */
    str link;   /* a path of ours; "" none */
    int64_t file; /* 0 none */
    str file_name, media_type;
    day due;      /* read by; DAY_NONE: no date */
    int64_t sender, at_ms;
    int64_t readers, read; /* how many, and how many of them have read it */
    int64_t mine_ms;       /* lists of a reader: when he did; 0 not yet */
};
struct circulation_reader {
    int64_t staff, unit, read_ms;
};

/* check: mistakes at kind, title, text, due, to. The readers are everybody who is chosen by
 * person or unit, once, in the order of `people`; without the sender, and only who is
 * active. */
void circulation_check(const struct circulation *c, size_t readers, day today,
                       struct mistakes *m);
MUST_CHECK err circulation_readers_of(struct arena *a, const struct staff *people,
                                      size_t people_count, const int64_t *staff,
                                      size_t staff_count, const int64_t *units,
                                      size_t units_count, int64_t sender,
                                      struct circulation_reader **ret, size_t *ret_count);
/* check: seals the text. */
MUST_CHECK err circulation_seal(struct arena *a, const struct keyring *k,
                                struct circulation *c);
/* Commit. */
MUST_CHECK err circulation_send(struct arena *a, struct tx *tx, const struct circulation *c,
                                const struct circulation_reader *readers, size_t count);
/* Commit. Once read it stays so: a second time changes nothing. Fails: ERR_MISSING (it does
 * not go to him). */
MUST_CHECK err circulation_read(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                                int64_t staff, int64_t now_ms);

/* With its text and all to whom it goes, unread ones first. Fails: ERR_MISSING. */
MUST_CHECK err circulation_load(struct arena *a, struct snap *snap, const struct keyring *k,
                                int64_t agency, int64_t id, struct circulation *ret,
                                struct circulation_reader **ret_readers, size_t *ret_count);
/* To him: unread ones in the order of their date, then what he has read, newest first. */
MUST_CHECK err circulation_to(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t staff, int most, struct circulation **ret,
                              size_t *ret_count);
/* By him, newest first. */
MUST_CHECK err circulation_by(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t staff, int most, struct circulation **ret,
                              size_t *ret_count);
MUST_CHECK err circulation_unread(struct arena *a, struct snap *snap, int64_t agency,
                                  int64_t staff, int64_t *ret_count);
/* May he see it: he sent it, it goes to him, or he is coordinator, secretary or head. */
bool circulation_may_see(const struct actor *who, const struct circulation *c,
                         const struct circulation_reader *readers, size_t count);

/* For `bianmin check`: what went round and each reading is as its event tells, texts open.
 * `say` gets one line a finding. */
typedef void circulation_say(void *context, bool sound, str line);
MUST_CHECK err circulation_check_rows(struct arena *a, struct store *s,
                                      const struct keyring *k, int64_t agency,
                                      circulation_say *say, void *context);

#endif
