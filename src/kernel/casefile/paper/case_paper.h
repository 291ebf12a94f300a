/* case_paper — the papers of a case, row by row: what is needed, what is there, since when
 * and by whom; and what stood in an answer before it was changed.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_PAPER_H
#define BIANMIN_KERNEL_CASEFILE_CASE_PAPER_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_paper_queries;

/* A paper as it was seen: of the list, or in place of a file that the form asks for. */
enum case_paper_how {
    CASE_PAPER_ORIGINAL, CASE_PAPER_COPY, CASE_PAPER_BY_OFFICE, CASE_PAPER_NOT_THERE,
    CASE_PAPER_HOWS
};
extern const str case_paper_how_key[CASE_PAPER_HOWS]; /* original copy looked_up missing */
struct case_paper {
    bool is_question;
    str key;
    enum case_paper_how how;
};

enum case_paper_state {
    CASE_PAPER_THERE,
    CASE_PAPER_WANTED,    /* asked of the applicant */
    CASE_PAPER_MISSING,   /* was not there at receipt, and nobody has asked since */
    CASE_PAPER_LOOKED_UP, /* the office looks it up itself */
    CASE_PAPER_NOT_NEEDED,
    CASE_PAPER_UNKNOWN,   /* nothing was recorded: what is sent online comes in answers */
    CASE_PAPER_STATES
};
extern const char *const case_paper_state_name[CASE_PAPER_STATES]; /* MSG ids */
extern const char *const case_paper_how_name[CASE_PAPER_HOWS];     /* MSG ids */

struct case_paper_line {
    const struct service_paper *paper; /* NULL: a question that a file answers */
    struct label name;
    str key;
    bool of_agent;
    enum case_paper_state state;
    enum case_paper_how how; /* there: as what */
    bool by_file;            /* there: as a file */
    int64_t file;            /* 0: none */
    int64_t at_ms, staff;    /* there, missing: when and by whom; staff 0: the applicant */
    str staff_name;
    day until;               /* wanted; DAY_NONE: not said */
};
/* The papers of the version of its service, those of an agent where some came, and what was
 * wanted besides. `given` for the rules of when a paper is needed. */
MUST_CHECK err casefile_paper_lines(struct arena *a, struct snap *snap,
                                    const struct keyring *k, const struct casefile *c,
                                    const struct service *s, struct case_paper_line **ret,
                                    size_t *ret_count);

/* What stood in an answer before; `changes` names the event that changed it. The newest
 * first. With `open` also what is sealed is in `plain`; only after casefile_reading. */
struct case_former {
    int64_t changes;
    struct sealed_answer answer;
};
MUST_CHECK err casefile_formers(struct arena *a, struct snap *snap, const struct keyring *k,
                                const struct casefile *c, bool open,
                                struct case_former **ret, size_t *ret_count);

/* ---- for the stores of this room ---- */

struct case_paper_row {
    int64_t changes, staff, at_ms;
    bool is_question;
    str key, staff_name;
    enum case_paper_how how;
};
MUST_CHECK err case_papers_list(struct arena *a, struct snap *snap, int64_t agency,
                                int64_t id, struct case_paper_row **ret,
                                size_t *ret_count);
MUST_CHECK err case_papers_put(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                               int64_t changes, int64_t staff, int64_t at_ms,
                               const struct case_paper *list, size_t count);

#endif
