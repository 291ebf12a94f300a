/* message — the words of an envelope's step, as they are signed and as they travel.
 *
 * A step is one JSON text, signed as it stands by Ed25519. A file holds, for one receiver
 * alone, a sealed box with the sender's key, the signature and that text. A card is how two
 * agencies of different installations get to know each other's key; its fingerprint is
 * compared by telephone. Pure: no database. What is read is hostile until it is proved.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_ENVELOPE_MESSAGE_H
#define BIANMIN_KERNEL_ENVELOPE_MESSAGE_H

#include "base/day.h"
#include "base/err.h"
#include "base/words.h"

struct keyring;

enum envelope_kind {
    ENVELOPE_TRANSFER, /* 移文：we are not competent */
    ENVELOPE_REFERRAL, /* 轉介：somebody needs your help */
    ENVELOPE_INTAKE,   /* 代收：we took it in for you */
    ENVELOPE_QUERY,    /* 查詢名單：what do you know of these persons */
    ENVELOPE_KINDS
};
extern const str envelope_kind_key[ENVELOPE_KINDS];
extern const char *const envelope_kind_name[ENVELOPE_KINDS]; /* MSG ids */
bool envelope_kind_from_key(str key, enum envelope_kind *ret);

enum envelope_step {
    ENVELOPE_SENT,
    ENVELOPE_RECEIVED,
    ENVELOPE_REFUSED,
    ENVELOPE_ANSWERED,
    ENVELOPE_STEPS
};
extern const str envelope_step_key[ENVELOPE_STEPS];
extern const char *const envelope_step_name[ENVELOPE_STEPS]; /* MSG ids */
bool envelope_step_from_key(str key, enum envelope_step *ret);

enum envelope_result { RESULT_OPEN, RESULT_FOUND, RESULT_NOTHING, RESULT_UNKNOWN, RESULTS };
extern const str envelope_result_key[RESULTS];          /* "" found nothing unknown */
extern const char *const envelope_result_name[RESULTS]; /* MSG ids */
bool envelope_result_from_key(str key, enum envelope_result *ret);

struct envelope_party {
    str key; /* "district" */
    struct label name;
    str public_key; /* 32 bytes */
};
struct envelope_person {
    int number; /* from 1 */
    str name, national_id, born, note;
    enum envelope_result result;
    str answer;
};
struct envelope_field {
    str label, text;
    str key, value; /* of the question, JSON: for a receiver who asks the same; "" none */
};

/* Who agreed that data about his health go there, when, and on which paper it stands. */
struct envelope_consent {
    str who, paper;
    day on;
};

#define ENVELOPE_PERSONS_MOST 1000
#define ENVELOPE_FIELDS_MOST 200
#define ENVELOPE_TEXT_SIGNS 4000
#define ENVELOPE_LINE_SIGNS 200
#define ENVELOPE_VALUE_SIGNS 16000
#define ENVELOPE_FILE_MOST ((size_t)4 << 20)

struct envelope_message {
    str uid;
    enum envelope_step step;
    enum envelope_kind kind;
    struct envelope_party from, to;
    int64_t at_ms;
    /* sent */
    str subject;       /* without names */
    str text;          /* also the reason of a refusal and the text of an answer */
    str purpose, law;  /* needed for a list of persons */
    str case_number;   /* the sender's; received: the receiver's own */
    str service;       /* key of what was applied for there; "" none */
    day reply_by;
    bool health; /* it carries data about health, with this consent */
    struct envelope_consent consent;
    const struct envelope_field *fields;
    size_t fields_count;
    struct envelope_person *persons; /* answered: number, result, answer */
    size_t persons_count;
};
/* "5f0c…-0ABC…": unique without anybody's permission. */
str envelope_uid(struct arena *a, str public_key, int64_t id);

MUST_CHECK err message_write(struct arena *a, const struct envelope_message *m, str *ret);
/* Fails: ERR_INPUT (not ours, or not whole). */
MUST_CHECK err message_read(struct arena *a, str body, struct envelope_message *ret);
/* What must be said before it goes out. Fields: subject, text, purpose, law, persons,
 * reply, consent_who, consent_on, consent_paper. */
void message_check(const struct envelope_message *m, day today, struct mistakes *mistakes);

MUST_CHECK err envelope_file_write(struct arena *a, str body, str signature,
                                   str from_public, str to_public, str *ret_file);
/* Opened with our key; the signature is not proved yet. Fails: ERR_INPUT. */
MUST_CHECK err envelope_file_read(struct arena *a, const struct keyring *k, int64_t agency,
                                  str file, str *ret_body, str *ret_signature,
                                  str *ret_from_public);

/* A card, and what people compare: eight groups of four hex digits. */
MUST_CHECK err card_write(struct arena *a, const struct envelope_party *p, str *ret);
MUST_CHECK err card_read(struct arena *a, str text, struct envelope_party *ret);
str envelope_fingerprint(struct arena *a, str public_key);
/* {"zh":…} and back. */
str envelope_name_json(struct arena *a, const struct label *name);
struct label envelope_name_read(struct arena *a, str json);

/* persons.c: a list out of CSV: name, national identity number, birth date, note, by their
 * titles in the first line, else in this order. All mistakes at `persons`, with their
 * line. */
MUST_CHECK err persons_read(struct arena *a, str text, struct mistakes *m,
                            struct envelope_person **ret, size_t *ret_count);
/* Answers out of CSV: number, result, text; only numbers up to `count`. */
MUST_CHECK err answers_csv_read(struct arena *a, str text, size_t count, struct mistakes *m,
                           struct envelope_person **ret, size_t *ret_count);

#endif
