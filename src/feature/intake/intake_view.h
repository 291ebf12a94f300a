/* What the pages of intake show: filled by the _web.c files, drawn by the views here.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_INTAKE_VIEW_H
#define BIANMIN_FEATURE_INTAKE_VIEW_H

#include "base/words.h"
#include "desk/field/field.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "desk/sheet/sheet.h"
#include "host/html/html.h"

/* A button that counts at once. */
struct intake_button {
    str value, keys, key; /* keys "3 1" on the list, key "1" on a page of its own */
    str number;           /* as it stands on the button */
    struct words text;
    bool first;
};
struct intake_line {
    int64_t number;
    struct label name;
    struct words note;    /* paused, lives elsewhere … */
    str service;
    str token;
    struct url open, to;
    str open_keys, open_number;
    bool is_full;
    const struct intake_button *buttons;
    size_t buttons_count;
};
struct intake_did {
    bool any, may_undo, undone, fee_waits;
    struct url fee;
    struct label service;
    struct words what;
    str id, at;
};
struct intake_index {
    str form_token, find;
    struct url here, stroke, undo, notices, counts, figures, take_up;
    struct intake_did did;
    bool searched, none;
    const struct intake_line *first, *rest;
    size_t first_count, rest_count;
    struct shell_mistakes mistakes;
    struct entry notice_number;
};

/* One paper to tick. */
struct intake_tick {
    str id, value, key;
    struct words text;
    bool checked;
};
struct intake_paper_line {
    str name, id;
    struct label label, note, where;
    struct words mistake;
    bool bad;
    const struct intake_tick *ticks;
    size_t ticks_count;
};
struct intake_choice {
    str id, name, value;
    struct words text;
    bool checked;
};
struct intake_part {
    struct label title;
    const struct field *fields;
    size_t fields_count;
    const struct field *files; /* that came on line, and signatures */
    size_t files_count;
};
/* A line of what came in an envelope. */
struct intake_came {
    str label, text;
};
/* Who may apply, as the citizen is asked on line. */
struct intake_may {
    str id, name;
    struct label ask, help;
    bool no;
};
/* What could not be given, to go on without it. */
struct intake_gap {
    str id, value;
    struct label label;
    bool checked;
};
struct intake_form {
    str form_token, form, notice; /* form: a number, so that it is sent once */
    str draft, envelope, came_text, came_number;
    bool from_draft, from_envelope, envelope_shut;
    struct label envelope_from;
    struct url envelope_page;
    const struct intake_came *came;
    size_t came_count;
    const struct intake_may *may;
    size_t may_count;
    bool has_may, insists;
    struct entry agent_name, agent_relation, agent_authority, agent_telephone;
    bool agent_seen, agent_seen_bad;
    struct words agent_seen_error;
    struct label service;
    struct words term, fee, standing;
    struct label unit;
    bool is_full, is_short, unconfirmed, complete, more, may_agent, by_agent, has_elsewhere,
        has_papers, has_agent_papers, has_gaps, from_notice, draft_gone, may_list;
    struct url action, stroke, back, public_page, sample, list, elsewhere;
    struct label elsewhere_name;
    str service_key, notice_number;
    const struct intake_button *buttons;
    size_t buttons_count;
    const struct intake_paper_line *papers, *agent_papers;
    size_t papers_count, agent_papers_count;
    const struct intake_choice *ways;
    size_t ways_count;
    const struct intake_choice *identities;
    size_t identities_count;
    bool has_post, has_telephone, has_cross, called_back, has_other_ways;
    struct words identity_error, papers_error;
    bool identity_bad, papers_bad;
    struct entry postmark, from_office, from_day, until, remark, ground;
    const struct intake_part *parts;
    size_t parts_count;
    const struct intake_gap *gaps;
    size_t gaps_count;
    struct shell_mistakes mistakes;
};

/* A sheet that has been made: a notice, a receipt. */
struct intake_paper_page {
    str title;
    struct words done; /* what has just happened; no words when looked at later */
    struct url pdf, next, again, casefile, fee;
    bool has_case, has_fee;
    struct words fee_say;
    struct sheet sheet;
};

struct intake_notice_line {
    str number, at, who;
    struct url link;
    struct label service;
    bool out, counter, online;
};
struct intake_notices {
    str form_token;
    struct url take_up, here;
    const struct intake_notice_line *list;
    size_t list_count;
    bool none;
    struct shell_mistakes mistakes;
    struct entry number;
};

struct intake_count_line {
    str month, place;
    struct label service;
    struct words way, before;
    int64_t amount;
};
struct intake_problem {
    str place;
    struct words say;
};
struct intake_counts {
    str form_token, text, form;
    struct url action, figures;
    bool preview, kept, has_problems, has_lines, text_bad;
    struct words kept_say, text_error;
    const struct intake_choice *services;
    size_t services_count;
    const struct intake_choice *ways;
    size_t ways_count;
    struct entry month, amount, source, source_all;
    const struct intake_count_line *lines;
    size_t lines_count;
    const struct intake_problem *problems;
    size_t problems_count;
    struct shell_mistakes mistakes;
};

struct intake_list_column {
    str key;
    struct label label;
    bool required;
};
struct intake_list_cell {
    str text;
};
struct intake_list_row {
    str place;
    const struct intake_list_cell *cells;
    size_t cells_count;
};
struct intake_list {
    str form_token, form, text, example;
    struct label service;
    struct url action, back;
    bool preview, has_problems, text_bad;
    struct words text_error;
    int64_t count;
    const struct intake_list_column *columns;
    size_t columns_count;
    const struct intake_list_column *heads; /* of the preview */
    size_t heads_count;
    const struct intake_list_row *rows;
    size_t rows_count;
    const struct intake_problem *problems;
    size_t problems_count;
    struct shell_mistakes mistakes;
};
struct intake_list_done {
    str number, name;
    struct url link, receipt;
};
struct intake_list_kept {
    struct label service;
    int64_t count;
    const struct intake_list_done *list;
    size_t list_count;
    struct url back;
};

struct intake_figure {
    struct label service;
    struct words way;
    str source;
    int64_t amount, told, incomplete, by_agent;
    bool is_case, is_short, is_brought;
};
struct intake_notice_figure {
    struct label service;
    int64_t issued, back, online;
    str share;
};
struct intake_figures {
    str month;
    struct url before, after, counts;
    bool has_after, none, no_notices;
    const struct intake_notice_figure *notices;
    size_t notices_count;
    struct intake_notice_figure all;
    const struct intake_figure *lines;
    size_t lines_count;
    int64_t cases, strokes, brought;
};

struct intake_panel_paper {
    struct label name;
    struct words state;
    bool missing;
};
struct intake_panel {
    struct words way, identity;
    bool by_agent, called_back, has_filed, has_from, has_ground, incomplete, has_notice;
    str filed, from_office, from_day, who, notice_number, ground;
    struct url notice;
    const struct intake_panel_paper *papers;
    size_t papers_count;
    const struct label *without;
    size_t without_count;
    bool has_without, has_list;
    int64_t list_size;
};

/* For the citizen who comes with the code. */
struct intake_own_paper {
    struct label name, where;
};
struct intake_own {
    str code;
    struct url action, online, service_page;
    bool found, may_online, is_back, has_draft;
    struct label service;
    str number, until;
    const struct intake_own_paper *missing;
    size_t missing_count;
    struct shell_mistakes mistakes;
    struct entry code_entry;
};

#endif
