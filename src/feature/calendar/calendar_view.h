/* calendar_view — what the pages of the calendar show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CALENDAR_VIEW_H
#define BIANMIN_FEATURE_CALENDAR_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

/* A closure in a list. */
struct calendar_closure_row {
    struct words day, hours, whose, state, told, act; /* told: by whom and when */
    str reason, state_class;
    struct url link; /* to the page that shows what would move */
    bool may_act;
};
/* What a change of the calendar has done. */
struct calendar_change_row {
    struct words days, state;
    struct label office; /* seen by the city */
    str reason;
    int64_t seen, moved;
    bool done;
};
struct calendar_year {
    str year;
    int64_t off, open, make_up;
    struct words source;
};
struct calendar_index {
    struct shell_mistakes mistakes;
    struct words done; /* what has just been done; empty: nothing */
    bool may_close, may_import, has_waiting, none, has_changes, is_city;
    const struct calendar_closure_row *waiting;
    size_t waiting_count;
    struct url preview, import;
    struct entry day, from, until, reason;
    bool offers_others, others;
    const struct calendar_closure_row *closures;
    size_t closures_count;
    int64_t offices; /* of the city */
    const struct calendar_change_row *changes;
    size_t changes_count;
    const struct calendar_year *years;
    size_t years_count;
    str form_token;
};

/* A case whose date would move. */
struct calendar_move {
    struct url link;
    str number, from, to, control_from, control_to; /* "" where it does not move */
    struct label service;
    bool has_service, moves, control_moves;
};
/* What the city sees of an office: how many, never which. */
struct calendar_office_moves {
    struct label office;
    int64_t moved, told; /* told: of them, whose applicants are told another day */
};
struct calendar_moves {
    int64_t moved, told, left_out;
    bool none, has_more, ends; /* ends: some move to an earlier day */
    bool by_office;
    const struct calendar_office_moves *offices;
    size_t offices_count;
    const struct calendar_move *list;
    size_t list_count;
};
struct calendar_hidden {
    str name, value;
};
struct calendar_preview {
    struct words title, what, button, warning;
    struct shell_mistakes mistakes;
    struct calendar_moves moves;
    struct url to, back;
    str form_token;
    const struct calendar_hidden *hidden;
    size_t hidden_count;
    bool may_refuse;
    struct words refuse;
};

/* A file before it holds. */
struct calendar_difference {
    struct words day, becomes;
    str name;
};
struct calendar_mistake {
    str place;
    struct words say;
};
struct calendar_import {
    str file, text, form_token;
    struct words refusal;
    bool has_mistakes, has_refusal, nothing_new, fine;
    int64_t count;
    const struct calendar_mistake *mistakes;
    size_t mistakes_count;
    const struct calendar_year *years;
    size_t years_count;
    const struct calendar_difference *days;
    size_t days_count;
    struct calendar_moves moves;
    struct url to, back;
};

/* A day of an explanation. */
struct calendar_line {
    str day, weekday, number;
    struct words why, law;
    bool counts, special, has_law, is_due;
};
struct calendar_clock {
    struct words title, lead, term, state, used;
    str anchor;
    bool stands, has_due, has_used;
    struct words due;
    const struct calendar_line *lines;
    size_t lines_count;
    int64_t left_out;
    bool has_left_out;
    bool has_event, has_speed, is_adverse;
    struct label event;  /* the question whose date it is counted from */
    struct words speed;  /* of the document */
};
struct calendar_why {
    const struct words *restored; /* missed terms that count as kept (§50) */
    size_t restored_count;
    bool has_restored;
    str number;
    struct label service;
    struct words lead, received;
    const struct calendar_clock *clocks;
    size_t clocks_count;
    bool none, for_owner;
    struct url back;
};
struct calendar_hint {
    struct url link;
    struct words due;
};

#endif
