/* intake_rules — what the counter may do, in which order services stand, which papers are
 * asked for, and how lines of a file are read. Knows no page and no database.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_INTAKE_RULES_H
#define BIANMIN_FEATURE_INTAKE_RULES_H

#include "base/err.h"
#include "kernel/flow/flow.h"
#include "kernel/form/form.h"
#include "kernel/once/once.h"
#include "kernel/party/party.h"
#include "kernel/service/service.h"
#include "kernel/tally/tally.h"

struct catalog;

#define INTAKE_DUTIES                                                         \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_VILLAGE) |          \
     DUTY(DUTY_DISPATCHER))
#define INTAKE_FIGURE_DUTIES                                                  \
    (INTAKE_DUTIES | DUTY(DUTY_COORDINATOR) | DUTY(DUTY_SECRETARY) |           \
     DUTY(DUTY_HEAD) | DUTY(DUTY_AUDITOR))

/* What a press of a button at a short service says. */
struct intake_stroke {
    str key;
    const char *name; /* MSG id */
    enum tally_result result;
    bool told;
};
#define INTAKE_STROKES 4
extern const struct intake_stroke intake_strokes[INTAKE_STROKES];
const struct intake_stroke *intake_stroke_of(str key);

/* Services in the order of their numbers at the counter: the nine that the unit used most
 * last month, so that a number keeps for a month; where these are fewer, what is done in
 * two keys (its own first), then its own matters; then all others as the catalog has them.
 * `used` most first. */
#define INTAKE_FIRST 9
MUST_CHECK err intake_order(struct arena *a, const struct catalog *c, str unit_key,
                            const struct tally_use *used, size_t used_count,
                            const struct service ***ret, size_t *ret_count);

/* ---- papers ---- */

enum intake_paper_state {
    PAPER_ORIGINAL, PAPER_COPY, PAPER_LOOKED_UP, PAPER_MISSING, PAPER_NOT_NEEDED,
    PAPER_STATES
};
extern const str intake_paper_key[PAPER_STATES]; /* original … not_needed */
/* One line to tick: a paper of the list, one of an agent, or a file that the form asks for,
 * which at the counter is paper too. */
struct intake_paper {
    enum once_kind kind;
    str key;
    const struct label *name, *note, *where;
    const struct service_paper *paper; /* NULL: a question */
    bool needed;      /* for this matter, as far as is known */
    enum intake_paper_state state;
};
#define INTAKE_PAPERS_MOST ONCE_MISSING_MOST
struct intake_papers {
    struct intake_paper list[INTAKE_PAPERS_MOST];
    size_t count;
};
/* All lines with what stands when nobody has touched them. */
MUST_CHECK err intake_papers_of(struct arena *a, const struct service *s,
                                const struct answers *answers, bool by_agent, day today,
                                struct intake_papers *ret);
/* "paper.photos": the name of its input. */
str intake_paper_field(struct arena *a, const struct intake_paper *p);
bool intake_paper_state_from_key(str key, enum intake_paper_state *ret);
size_t intake_papers_missing(const struct intake_papers *p);

/* ---- ways of applying ---- */

/* Those that a clerk may choose; list has a page of its own. */
struct intake_way {
    enum case_channel channel;
    enum service_way way;
    const char *name; /* MSG id */
};
#define INTAKE_WAYS 5
extern const struct intake_way intake_ways[INTAKE_WAYS];
bool intake_has_way(const struct service *s, const struct intake_way *w);
/* NULL: no such way, or not of this service. */
const struct intake_way *intake_way_of(const struct service *s, str key);
/* How a caller's identity was made sure. */
#define INTAKE_IDENTITIES 3
extern const str intake_identity_key[INTAKE_IDENTITIES];
extern const char *const intake_identity_name[INTAKE_IDENTITIES]; /* MSG ids */
bool intake_is_identity(str key);

/* ---- mistakes ---- */

/* Is nothing at all typed as the answer? */
bool intake_is_blank(const struct answer *x);
/* The question that a field of a mistake belongs to; NULL none. */
struct answer *intake_answer_about(const struct answers *s, str field);

/* ---- lines of a file ---- */

#define CSV_FIELDS 60
/* The fields of one record; quotes may be around one, doubled inside, with line feeds in
 * them. A tab in the first line makes tabs the separator (what is pasted out of a sheet).
 * False at the end. `*ret_line`: where it begins, from 1. */
struct csv {
    struct arena *arena;
    str rest;
    int line;
    char separator;
};
void csv_open(struct csv *c, struct arena *a, str text);
bool csv_next(struct csv *c, str *ret_fields, size_t *ret_count, int *ret_line);

/* A month as people write it: 115年2月, 115/02, 2026-02, 11502; western number of it. */
bool intake_month_read(str text, int *ret_month);
str intake_month_text(struct arena *a, int month, enum lang lang);

/* Counts brought in, a line each: month, service (key or name), way (key; online unless
 * said), number. With a heading line or without. */
struct intake_count {
    int line;
    struct tally tally; /* month, service, version, channel, amount */
    const struct service *service;
};
#define INTAKE_COUNTS_MOST 500
MUST_CHECK err intake_counts_read(struct arena *a, const struct catalog *c, str text,
                                  int this_month, struct mistakes *m,
                                  struct intake_count **ret, size_t *ret_count);

#endif
