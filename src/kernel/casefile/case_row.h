/* case_row — how a row of the table casefile becomes a struct casefile; for the stores of
 * this room.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_ROW_H
#define BIANMIN_KERNEL_CASEFILE_CASE_ROW_H

#include "kernel/casefile/flow.h"

struct table;
struct json;
struct snap;

/* 2147483647 in due_day: no term. */
#define DUE_NONE INT64_C(2147483647)

#define CASE_COLUMNS                                                                   \
    "c.id, c.number, c.service, c.service_version, c.state, c.channel, c.unit_id, "    \
    "c.officer_id, c.received_ms, c.due_day, c.decided_ms, c.closed_ms, c.level, "     \
    "c.is_granted, c.document_number, c.document_day, c.applicant_masked, "            \
    "c.applicant_question, c.changes, c.is_open, n.sealed "
#define CASE_COLUMN_COUNT 21
/* A note is sealed with these random bytes before it; the event has the hash of both. */
#define NOTE_SALT_BYTES 16
#define CASE_TABLES                                                        \
    "FROM casefile c LEFT JOIN case_answer n ON n.agency_id = c.agency_id " \
    "AND n.casefile_id = c.id AND n.question = c.applicant_question "

struct act_wish;
struct case_fact;
struct case_wish;
/* Bodies of events: of the receipt, and of an act whose fact this is. */
str case_received_body(struct arena *a, const struct case_wish *w, str number);
str case_act_body(struct arena *a, const struct act_wish *w, const struct case_fact *f,
                  int64_t stands_for);

struct casefile case_at(const struct table *t, size_t row, int64_t agency);

/* The events of the cases from id `first` to `last` as facts, in order of case and seq. */
struct case_told {
    int64_t id, seq;
    struct case_fact fact;
    bool as_deputy;
    str note_hash; /* hex, "" none */
};
MUST_CHECK err case_facts(struct arena *a, struct snap *snap, int64_t agency, int64_t first,
                          int64_t last, struct case_told **ret, size_t *ret_count);

#endif
