/* What the pages of casework show: filled by casework_page.c, drawn by the views here.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_VIEW_H
#define BIANMIN_FEATURE_CASEWORK_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "desk/waits.h"
#include "host/html/html.h"

/* How far the end of a term is. Exactly one of the first truths holds. */
struct casework_due {
    bool none, over, late, today, ahead, still; /* still: the clock stands */
    bool in_hours, in_minutes; /* else in working days: how `days` counts what is left */
    bool soon;    /* it ends until the second working day after today */
    int64_t days; /* late or ahead */
    str day;      /* 115.03.02; of terms in hours 115.03.02 14:30 */
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
    struct casework_due due, control;
    bool has_control; /* the control limit ends at another time */
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
    str when, by; /* late soon; control */
    const struct casework_option *whens;
    size_t whens_count;
    bool by_control;
    bool none, filtered, has_next, has_before, may_show, needs_reason, all_shown;
    bool newest_first; /* else what is late comes first */
    struct shell_mistakes mistakes;
};

struct casework_today {
    struct words greeting;
    str day;
    const struct casework_tab *waiting; /* lists that this person has, with counts */
    size_t waiting_count;
    bool nothing, has_rows, has_worklist, is_open_day;
    const struct casework_ends *ends; /* late, or ends soon; what is none is not there */
    size_t ends_count;
    struct url worklist, account, settings; /* settings: of administrators */
    const struct casework_row *rows; /* the nearest of one's own */
    size_t rows_count;
    const struct casework_over *overs; /* sent back, the term to supply it is over */
    size_t overs_count;
    bool has_overs;
    struct waits others; /* what waits in the other rooms of the house */
    bool has_others;
};
struct casework_ends {
    struct url link;
    struct words text, of; /* of: the list they are counted in */
    int64_t count;
    bool more, bad;
};
struct casework_over {
    struct url link;
    str number, until;
    struct label service;
};

/* What stood in an answer before. */
struct casework_former {
    str text, at, who, ground;
    struct words what; /* how it was changed */
    bool has_ground, from_citizen;
};
struct casework_answer {
    struct label label;
    str text;
    struct url file;
    str drawn; /* a signature, as the path of an SVG in a box of 600 × 200 */
    bool personal, is_file, is_long, masked;
    const struct casework_former *formers;
    size_t formers_count;
};
struct casework_step {
    struct label title;
    const struct casework_answer *answers;
    size_t answers_count;
};
struct casework_event {
    struct words what, outcome;
    str who, at, note, to, number;
    str moment; /* 2026-03-02T10:00+08:00 */
    bool has_note, has_hidden_note, from_citizen, from_program;
    bool as_deputy, has_outcome, has_to;
    const struct label *answers; /* what was supplied or corrected */
    size_t answers_count;
    bool has_answers, corrected, has_how;
    struct words how; /* a letter was sent */
    const struct words *lines; /* which term, from when to when, which units … */
    size_t lines_count;
    bool has_lines, has_other; /* another case */
    str other_number;
    struct url other;
};
/* One paper of the case. */
struct casework_paper {
    struct label name;
    struct words state, how;
    str css, at, who, until; /* css of the tag */
    struct url file;
    bool of_agent, has_how, has_at, has_until, by_file, shut, from_citizen;
};

/* Something to choose: one of a list, one of a few, or several. */
struct casework_pick {
    str name;
    struct words label, hint, error;
    bool has_hint, bad, is_select, is_radio; /* neither: several to tick */
    const struct casework_option *options;
    size_t options_count;
};
/* One act as a form: what to choose, short fields, its text, its button. */
struct casework_form {
    str key, form_token, changes;
    struct words title, button, hint;
    struct url to;
    bool folded, open, has_hint, has_text, is_second;
    const struct casework_pick *picks;
    size_t picks_count;
    const struct entry *entries;
    size_t entries_count;
    struct entry text;
    str hidden_name, hidden_value; /* "special_off" "1" */
    bool has_hidden;
    str sign; /* key of the keyboard; "" none */
};
/* The grounds of a decision against (行政程序法 §96). */
struct casework_grounds {
    bool open, kept; /* kept: the proposal has some */
    const struct entry *entries;
    size_t entries_count;
};

/* The forms of the acts that may be done now by this person. */
struct casework_acts {
    str form_token, changes, day_example;
    bool none;
    bool proposed_above; /* not the officer's to propose */
    struct words proposes;
    bool telephone; /* a page of its own */
    bool take, assign, note, propose, decide_self, give_back, decide, deputy, issue,
        collect, close;
    struct url take_to, assign_to, note_to, propose_to, give_back_to, decide_to, issue_to,
        collect_to, close_to, telephone_to;
    bool grant, refuse, not_admit; /* what is chosen in propose and decide */
    struct casework_grounds grounds;
    const struct casework_form *forms, *more; /* now; and those that are rarer */
    size_t forms_count, more_count;
    bool has_more;
    const struct casework_option *colleagues;
    size_t colleagues_count;
    struct words to_error;
    bool to_bad;
    bool assign_open, note_open; /* folded pieces with what was typed */
    struct entry propose_text, decide_text, give_back_text, note_text, document_number,
        document_day;
};

struct casework_clock {
    struct words name, state;
    str due, started;
    int64_t extended;
    bool is_paused, has_due, has_extended;
    struct casework_due left;
};
struct casework_consult {
    struct label unit;
    struct words state, opinion;
    str due, at, who;
    bool has_opinion, is_open;
};
struct casework_notice {
    struct words say, state;
    str at;
};
struct casework_link {
    struct words what;
    str number;
    struct url link;
};
struct casework_lesson {
    str text, number, at;
    struct url link;
};
struct casework_piece {
    struct words name;
    str text;
};

struct casework_case {
    bool has_agent, agent_seen; /* somebody applies for the applicant */
    str agent, agent_relation, agent_authority, agent_telephone;
    const struct casework_clock *clocks;
    size_t clocks_count;
    const struct casework_consult *consults;
    size_t consults_count;
    const struct casework_notice *notices;
    size_t notices_count;
    const struct casework_link *links;
    size_t links_count;
    const struct casework_lesson *lessons;
    size_t lessons_count;
    const struct casework_piece *grounds;
    size_t grounds_count;
    const struct casework_paper *papers;
    size_t papers_count;
    int64_t papers_open; /* wanted or missing */
    bool has_papers, papers_complete;
    bool has_consults, has_notices, has_links, has_lessons, has_grounds, grounds_hidden;
    bool is_special, is_asked;
    bool is_old, may_move; /* a newer version of its service is in force */
    int64_t version, newest;
    struct url move, versions; /* versions: of who may see them all */
    struct words seals, way; /* 2 of 4 seals; waits for the secretary-general */
    bool has_way;
    bool has_supply, supply_over; /* sent back with a term */
    str supply_until;
    struct html panels;
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
