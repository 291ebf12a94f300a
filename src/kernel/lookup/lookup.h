/* lookup — 'verified electronically': a register of another agency is asked in place of a
 * paper the applicant would have to bring (免書證).
 *
 * Only registers that the definition of the case's service names may be asked, and only by
 * who works on the case: the definition is the purpose. The question is kept, with its
 * event, before it is sent; the answer is sealed, its hash stands in a second event. An
 * office without a gateway writes down what a colleague saw in the other system: what,
 * when, its number.
 *
 * Adapters stand behind one interface (struct lookup_adapter): `gateway` sends a signed
 * message through the courier, `simulator` is built in, says so on every page and asks
 * nobody.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_LOOKUP_H
#define BIANMIN_KERNEL_LOOKUP_H

#include "kernel/casefile/casefile.h"

extern const struct query_list lookup_queries;
extern const struct query_list lookup_audit_queries;

/* Out of settings.yaml; lives as long as the program. */
enum lookup_by { LOOKUP_BY_HAND, LOOKUP_BY_SIMULATOR, LOOKUP_BY_GATEWAY };
struct lookup_gateway {
    enum lookup_by by;
    str url;       /* https://gateway.example/v1 */
    str secret;    /* for HMAC-SHA256 */
};

/* What a register is asked by. */
enum lookup_subject { SUBJECT_PERSON, SUBJECT_PLACE, SUBJECT_BUSINESS };
struct lookup_register {
    str key;
    const char *name; /* MSG id */
    enum lookup_subject subject;
};
/* land_register household conscription insurance labour_insurance property income tax
 * business disability low_income immigration vehicle */
extern const struct lookup_register lookup_registers[];
extern const size_t lookup_registers_count;
const struct lookup_register *lookup_register_of(str key); /* NULL: not known */
/* Knows their names for `pack check`; no file can be of this kind. */
extern const struct pack_kind lookup_kind;

#define LOOKUP_PURPOSES 3
extern const str lookup_purpose_key[LOOKUP_PURPOSES];         /* instead condition again */
extern const char *const lookup_purpose_name[LOOKUP_PURPOSES]; /* MSG ids */

enum lookup_how { HOW_SIMULATOR, HOW_GATEWAY, HOW_HAND, LOOKUP_HOWS };
extern const str lookup_how_key[LOOKUP_HOWS];
extern const char *const lookup_how_name[LOOKUP_HOWS]; /* MSG ids */
enum lookup_state {
    LOOKUP_ASKED,
    LOOKUP_FOUND,
    LOOKUP_NOTHING,
    LOOKUP_FAILED,
    LOOKUP_STATES
};
extern const str lookup_state_key[LOOKUP_STATES];
extern const char *const lookup_state_name[LOOKUP_STATES]; /* MSG ids */

/* Why nobody answered, in words for the clerk, who goes on by paper. */
enum lookup_fault {
    LOOKUP_FINE,
    LOOKUP_AWAY,
    LOOKUP_SLOW,
    LOOKUP_UNTRUSTED,  /* its certificate */
    LOOKUP_REFUSED,
    LOOKUP_UNREADABLE,
    LOOKUP_UNSIGNED,
    LOOKUP_UNSET,      /* no gateway in settings.yaml any more */
    LOOKUP_FAULTS
};
extern const str lookup_fault_key[LOOKUP_FAULTS];
extern const char *const lookup_fault_name[LOOKUP_FAULTS]; /* MSG ids, sentences; NULL */

struct lookup {
    int64_t agency, id, casefile;
    str register_key, paper, purpose, question;
    str subject_masked, subject; /* subject sealed */
    enum lookup_how how;
    int64_t staff, at_ms;
    str staff_name;
    enum lookup_state state;
    int64_t ask_ms, ended_ms;
    int asked;
    enum lookup_fault fault;  /* of the last time */
    str reference;
    str answer;                  /* sealed; "" none yet */
    str case_number, service;    /* of lists */
    int64_t case_officer;
};

/* What came back: words for people, in the order given. */
struct lookup_fact {
    struct label label;
    str value;
};
struct lookup_answer {
    bool found;
    str reference, as_of; /* as_of: 2026-11-22 */
    const struct lookup_fact *facts;
    size_t facts_count;
};
#define LOOKUP_FACTS_MOST 60

/* What may be asked on this case, and of whom: each register of the papers of its
 * definition with each answer of its form that fits. */
struct lookup_choice {
    const struct lookup_register *reg;
    const struct service_paper *paper;
    str question;         /* its key; of several: `lookup.question` of a joint subject */
    struct label label;   /* of the question, or of all of them */
    str masked;           /* of the answer */
};
MUST_CHECK err lookup_choices(struct arena *a, struct snap *snap, const struct keyring *k,
                              const struct catalog *c, const struct casefile *file,
                              struct lookup_choice **ret, size_t *ret_count);
/* May this person ask at all? Who works on the case or leads its unit, while it is open and
 * undecided. */
bool lookup_may(const struct actor *who, const struct casefile *file);
/* In place of an own case's assignment a purpose alone will do; else the reason for reading
 * is the case's. */

struct lookup_wish {
    struct lookup row;
    struct actor who;
    str answer_hash;      /* by hand: of what was written down */
    str subject_hash;
    bool takes_in;        /* he takes the case in at the counter, in this very commit */
};
/* check: takes the subject out of the answers and seals it; by hand also what was seen.
 * Fails: ERR_INPUT (fields register, question, purpose, reference, seen, day),
 * ERR_DENIED. */
struct lookup_by_hand {
    bool found;
    str reference, seen;
    day on;
};
MUST_CHECK err lookup_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                              const struct catalog *c, const struct casefile *file,
                              const struct lookup_by_hand *hand, struct lookup_wish *wish);
MUST_CHECK err lookup_ask(struct arena *a, struct tx *tx, const struct lookup_wish *wish);

/* Those whose time to be asked has come. */
MUST_CHECK err lookup_due(struct arena *a, struct snap *snap, int64_t agency,
                          int64_t now_ms, int most, struct lookup **ret, size_t *ret_count);
/* An answer, sealed by lookup_answer_seal in the job; or none: asked again after 10 s, 1,
 * 5, 15 minutes, then failed. Commit. An answer that came before changes nothing. */
MUST_CHECK err lookup_answer_seal(struct arena *a, const struct keyring *k,
                                  const struct lookup *l, const struct lookup_answer *x,
                                  str *ret_sealed, str *ret_hash);
MUST_CHECK err lookup_answered(struct arena *a, struct tx *tx, int64_t now_ms,
                               const struct lookup *l, const struct lookup_answer *x,
                               str sealed, str hash);
MUST_CHECK err lookup_later(struct arena *a, struct tx *tx, int64_t now_ms,
                            const struct lookup *l, enum lookup_fault why);
#define LOOKUP_TRIES 5

MUST_CHECK err lookup_list(struct arena *a, struct snap *snap, int64_t agency,
                           int64_t casefile, struct lookup **ret, size_t *ret_count);
/* Only while the case is shown. */
MUST_CHECK err lookup_answer_open(struct arena *a, const struct keyring *k,
                                  const struct lookup *l, struct lookup_answer *ret);
MUST_CHECK err lookup_subject_open(struct arena *a, const struct keyring *k,
                                   const struct lookup *l, str *ret);

/* Is it asked about by several answers together (`lookup_by`)? Its subject is then JSON,
 * {"section":"青埔段","parcel_main":"123"}; as one line of text: */
bool lookup_is_joint(const struct lookup *l);
str lookup_subject_text(struct arena *a, const struct lookup *l, str subject);

/* Adapters. */
struct lookup_adapter {
    enum lookup_how how;
    /* What is sent, and where; NULL: it answers without sending anything. */
    err (*question)(struct arena *a, const struct lookup_gateway *g, str office,
                    const struct lookup *l, str subject, str *ret_url, str *ret_body);
    /* Out of what came back. Fails: ERR_DENIED (signature), ERR_INPUT (no answer to
     * this). */
    err (*answer)(struct arena *a, const struct lookup_gateway *g, const struct lookup *l,
                  str subject, str body, str signature, struct lookup_answer *ret);
};
const struct lookup_adapter *lookup_adapter_of(enum lookup_how how);
str lookup_signature(struct arena *a, const struct lookup_gateway *g, str body);
str lookup_answer_json(struct arena *a, const struct lookup_answer *x);
MUST_CHECK err lookup_answer_read(struct arena *a, str json, struct lookup_answer *ret);

/* Plain counts: by service within one month (2026-11). */
struct lookup_count {
    str service;
    int64_t cases;      /* received in the month */
    int64_t looked_up;  /* of the cases that a look-up stood for a paper of: how many */
    int64_t lookups, by_hand, found, failed;
};
MUST_CHECK err lookup_counts(struct arena *a, struct snap *snap, int64_t agency, int year,
                             int month, struct lookup_count **ret, size_t *ret_count);
str lookup_month(struct arena *a, int64_t ms);

/* The monthly draw: seed and method as for readings. Rows in the order drawn. */
struct lookup_audit {
    int64_t lookup;
    int turn;
    bool in_order;
    int64_t staff, at_ms;
    str note;           /* sealed until lookup_audit_open */
};
MUST_CHECK err lookup_of_month(struct arena *a, struct snap *snap, int64_t agency,
                               str month, struct lookup **ret, size_t *ret_count);
#define LOOKUP_DRAW_PERCENT 10
#define LOOKUP_DRAW_LEAST 5
#define LOOKUP_DRAW_MOST 30
/* The places drawn out of `count`, best first. */
MUST_CHECK err lookup_draw(struct arena *a, str seed, const struct lookup *list,
                           size_t count, size_t **ret_places, size_t *ret_count);
MUST_CHECK err lookup_audits(struct arena *a, struct snap *snap, int64_t agency, str month,
                             struct lookup_audit **ret, size_t *ret_count);
MUST_CHECK err lookup_audit_seal(struct arena *a, const struct keyring *k, int64_t agency,
                                 struct lookup_audit *x, str note);
MUST_CHECK err lookup_audit_open(struct arena *a, const struct keyring *k, int64_t agency,
                                 const struct lookup_audit *x, str *ret_note);
MUST_CHECK err lookup_audit_put(struct arena *a, struct tx *tx, const struct actor *who,
                                int64_t now_ms, const struct lookup_audit *x);

/* For `bianmin check`: every look-up is as its events tell, and what is sealed is what they
 * have the hash of. */
typedef void lookup_say(void *context, bool sound, str line);
extern const struct query_list lookup_check_queries;
MUST_CHECK err lookup_check(struct arena *a, struct store *s, const struct keyring *k,
                            int64_t agency, lookup_say *say, void *context);

#endif
