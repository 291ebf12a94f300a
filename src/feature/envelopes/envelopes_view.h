/* envelopes_view — what the pages of envelopes show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_ENVELOPES_VIEW_H
#define BIANMIN_FEATURE_ENVELOPES_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct envelopes_row {
    struct url link;
    struct words kind, state;
    const char *tone;
    struct label other;
    str subject, sent, reply_by;
    int64_t persons;
    bool late, by_file, is_new, is_back;
};
struct envelopes_list {
    struct url in, out, back, fresh, bring, partners, next;
    bool is_in, is_out, is_back, none, has_next, may_partner;
    const struct envelopes_row *rows;
    size_t rows_count;
    int64_t waiting, waiting_back;
};

struct envelopes_option {
    str value, text;
    struct label label;
    bool chosen;
};
struct envelopes_person {
    int64_t number;
    str name, national_id, born, note, result, answer;
    str result_field, answer_field, result_name, answer_name;
    struct words result_words;
    bool found, nothing, unknown, may_line;
};
struct envelopes_form {
    struct url to, back;
    str form_token, casefile, number, seen;
    bool has_case, is_transfer, with_answers, may_transfer, preview, wide;
    const struct envelopes_option *agencies;
    size_t agencies_count;
    const struct envelopes_option *kinds;
    size_t kinds_count;
    struct words to_error, file_error;
    bool to_bad, file_bad;
    struct entry subject, text, purpose, law, reply, persons;
    bool health, health_must; /* ticked; the case itself says something of it */
    struct entry consent_who, consent_on, consent_paper;
    const struct envelopes_person *list;
    size_t list_count;
    int64_t list_total;
    struct shell_mistakes mistakes;
};

struct envelopes_pair {
    str label, text;
};
/* What was done, by whom; its words once they are open. */
struct envelopes_step {
    struct words name;
    struct label who;
    str at, staff, text, hash;
    struct url file;
    bool own, proved, by_file, waits, has_text;
};
struct envelopes_one {
    struct words kind, state, result_hint;
    const char *tone;
    struct label other;
    str subject, uid, sent, reply_by, case_number, form_token, purpose, law, text;
    str ours, consent; /* consent: where data about health are in it */
    struct url ours_link, show, step, lines, back, next, before;
    bool out, shown, may_show, needs_reason, late, has_reply, has_ours, has_text;
    bool may_receive, may_refuse, may_answer, by_file, has_fields, has_lines, may_line;
    bool has_next, has_before, all_answered, stale_any, proved;
    bool may_note;   /* it came back, and nobody has taken note of it */
    bool ended_here; /* a transfer that was refused: the case here has ended */
    struct url noted;
    bool may_case;   /* it can go on here as a case */
    struct url case_to;
    const struct envelopes_option *services;
    size_t services_count;
    const struct envelopes_option *reasons, *units;
    size_t reasons_count, units_count;
    const struct envelopes_step *steps;
    size_t steps_count;
    const struct envelopes_pair *fields;
    size_t fields_count;
    const struct envelopes_person *persons;
    size_t persons_count;
    int64_t total, answered;
    struct entry note, refusal, answer, our_case, csv;
    struct words reason_error, stale;
    bool reason_bad;
    struct shell_mistakes mistakes;
};

struct envelopes_bring {
    struct url to;
    str form_token;
    struct words file_error;
    bool file_bad;
    struct shell_mistakes mistakes;
};

struct envelopes_partner {
    struct label name;
    str key, fingerprint, since, public_hex;
};
struct envelopes_partners {
    struct url to, drop, card, page;
    str form_token, fingerprint, new_fingerprint;
    struct label office, new_name;
    const struct envelopes_partner *list;
    size_t list_count;
    bool none, preview;
    struct entry card_text;
    struct words sure_error;
    bool sure_bad;
    struct shell_mistakes mistakes;
};

struct envelopes_key {
    struct label office;
    str fingerprint, public_hex;
    struct url card;
};

/* For the applicant: where it was passed on to, and that it was received there. */
struct envelopes_progress {
    struct label other;
    str received, number;
};

/* On the case: envelopes, and what was answered, side by side. */
struct envelopes_answer {
    struct label other;
    str subject, answer, at;
    struct words result;
    struct url link;
};
struct envelopes_case {
    const struct envelopes_row *rows;
    size_t rows_count;
    const struct envelopes_answer *answers;
    size_t answers_count;
    struct url fresh, transfer;
    bool has_rows, has_answers, hidden, may_transfer, may_send;
    bool came_back; /* a transfer was refused, and the case has ended here */
};

#endif
