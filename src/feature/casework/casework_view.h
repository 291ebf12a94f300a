/* What the pages of casework show: filled by casework_page.c, drawn by the views here.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_VIEW_H
#define BIANMIN_FEATURE_CASEWORK_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

/* How far the due date is. Exactly one of the truths holds. */
struct casework_due {
    bool none, over, late, today, ahead;
    int64_t days; /* working days late or ahead */
    str day;      /* 115.03.02 */
};

struct casework_option {
    str value, text;
    bool chosen;
};

struct casework_row {
    struct url link;
    str number, name, officer, state_class; /* "tag--now" … */
    struct label service;
    struct words state;
    struct casework_due due;
    bool shown; /* the name is whole, not masked */
};

struct casework_tab {
    struct url link;
    struct words text;
    bool current, more; /* more than `count` */
    int64_t count;
};

struct casework_worklist {
    str form_token;
    const struct casework_tab *tabs;
    size_t tabs_count;
    struct url here, show, next, first, whole;
    str list, service, number, after; /* of the filter and the page */
    str ids, reason;                  /* for "show names"; reason where it is plain */
    const struct casework_option *services;
    size_t services_count;
    const struct casework_option *reasons;
    size_t reasons_count;
    const struct casework_row *rows;
    size_t rows_count;
    bool none, filtered, has_next, has_before, may_show, needs_reason, late_only, all_shown;
    bool newest_first; /* else what is late comes first */
    struct shell_mistakes mistakes;
};

struct casework_today {
    struct words greeting;
    str day;
    const struct casework_tab *waiting; /* lists that this person has, with counts */
    size_t waiting_count;
    bool nothing, has_late, late_more, has_rows, has_worklist, is_open_day;
    int64_t late;
    struct words late_of; /* the list they are counted in */
    struct url late_link, worklist, account, settings; /* settings: of administrators */
    const struct casework_row *rows; /* the nearest of one's own */
    size_t rows_count;
};

struct casework_answer {
    struct label label;
    str text;
    struct url file;
    bool personal, is_file, is_long, masked;
};
struct casework_step {
    struct label title;
    const struct casework_answer *answers;
    size_t answers_count;
};
struct casework_event {
    struct words what, outcome;
    str who, at, note, to;
    str moment; /* 2026-03-02T10:00+08:00 */
    bool has_note, has_hidden_note, from_citizen, as_deputy, has_outcome, has_to;
};

/* The forms of the acts that may be done now by this person. */
struct casework_acts {
    str form_token, changes, day_example;
    bool none;
    bool take, assign, note, propose, decide_self, give_back, decide, deputy, send_back,
        resume, issue, collect, close;
    struct url take_to, assign_to, note_to, propose_to, give_back_to, decide_to,
        send_back_to, resume_to, issue_to, collect_to, close_to;
    bool grant, refuse; /* what is chosen in propose and decide */
    const struct casework_option *colleagues;
    size_t colleagues_count;
    struct words to_error;
    bool to_bad;
    bool assign_open, send_back_open, note_open; /* folded pieces with what was typed */
    struct entry propose_text, decide_text, give_back_text, send_back_text,
        note_text, document_number, document_day, resume_text;
};

struct casework_case {
    str number, state_class, officer, applicant, received, decided, document_number,
        document_day;
    struct label service, unit;
    struct words state, level, channel, outcome;
    struct casework_due due;
    bool has_officer, is_decided, is_issued;
    struct url show;
    bool shown, may_show, needs_reason, one_key, reason_bad, stale;
    struct words reason_error, stale_say;
    const struct casework_option *reasons;
    size_t reasons_count;
    const struct casework_step *steps;
    size_t steps_count;
    const struct casework_event *events;
    size_t events_count;
    bool is_proposed;
    struct words proposal;
    str proposal_by, proposal_note;
    bool has_proposal_note;
    struct casework_acts acts;
    struct shell_mistakes mistakes;
};

#endif
