/* case_row — how a row of the table casefile becomes a struct casefile; for the stores of
 * this room.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_ROW_H
#define BIANMIN_KERNEL_CASEFILE_CASE_ROW_H

#include "kernel/casefile/casefile.h"

struct table;
struct json;
struct snap;

/* What is kept for a day that may be none. */
#define DUE_NONE INT64_C(2147483647)
int64_t due_cell(day due);
day due_of_cell(int64_t cell);
/* In due_ms and control_ms, what is late from then on: no term; the clock stands still. */
#define DUE_MS_NONE INT64_C(4611686018427387904)
#define DUE_MS_PAUSED INT64_C(4611686018427387903)
int64_t due_ms_cell(day due, int64_t due_ms, bool paused);
/* The columns of the fold, for the statement that writes the row. */
struct case_keys {
    int64_t due_ms, due_shown, control_ms, control_shown;
    str consults, waits_level, outcome;
};
struct case_keys case_keys_of(struct arena *a, const struct casefile *c);

#define CASE_COLUMNS                                                                   \
    "c.id, c.number, c.service, c.service_version, c.state, c.channel, c.unit_id, "    \
    "c.officer_id, c.received_ms, c.due_ms, c.decided_ms, c.closed_ms, c.level, "     \
    "c.is_granted, c.document_number, c.document_day, c.applicant_masked, "            \
    "c.applicant_question, c.changes, c.is_open, n.sealed, c.waits_level, c.path, "     \
    "c.proposer_id, c.four_eyes, c.seals, c.outcome, c.consults, c.objected, c.asked, " \
    "c.special, c.due_shown, c.control_shown, c.control_ms, "    \
    "c.proposes "
#define CASE_COLUMN_COUNT 35
/* A note is sealed with these random bytes before it; the event has the hash of both. */
#define NOTE_SALT_BYTES 16
#define CASE_TABLES                                                        \
    "FROM casefile c LEFT JOIN case_answer n ON n.agency_id = c.agency_id " \
    "AND n.casefile_id = c.id AND n.question = c.applicant_question "

struct json_writer;
/* How clocks stand afterwards, in the body of an event. */
void case_clocks_body(struct json_writer *j, const struct clock_fact *list, size_t count);
/* The body of an event that the program itself tells: due moved, overdue told … */
str case_side_body(struct arena *a, const struct case_fact *f, str reason);

struct tx;
/* Writes the folded columns where `changes` is still as it was. */
MUST_CHECK err case_row_update(struct arena *a, struct tx *tx, const struct casefile *c,
                               int64_t changes_before, int64_t *ret_changed);

struct casefile case_at(const struct table *t, size_t row, int64_t agency);

/* The events of the cases from id `first` to `last` as facts, in order of case and seq. */
struct case_told {
    int64_t id, seq;
    struct case_fact fact;
    bool as_deputy;
    str note_hash, grounds_hash; /* hex, "" none */
    int64_t other, split_from;   /* another case; 0 none */
    const str *questions;        /* keys of what was supplied or corrected */
    size_t questions_count;
    str number, how;             /* letter.*: of the letter; how it was sent */
    struct case_what what;       /* without what other events and rows tell */
};
/* Fills all but id, seq, kind, at_ms and actor out of the body of an event. */
MUST_CHECK err case_body_read(struct arena *a, str body, struct case_told *ret);
MUST_CHECK err case_facts(struct arena *a, struct snap *snap, int64_t agency, int64_t first,
                          int64_t last, struct case_told **ret, size_t *ret_count);

#endif
