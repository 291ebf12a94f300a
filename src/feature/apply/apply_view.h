/* apply_view — what the pages of an application show.
 *
 * Plain values, made by the _web.c files; a view decides nothing.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_APPLY_VIEW_H
#define BIANMIN_FEATURE_APPLY_VIEW_H

#include "desk/frame/entry.h"
#include "base/words.h"
#include "desk/field/field.h"
#include "desk/frame/seal.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct apply_stub {
    int64_t number;
    struct label title;
    struct words text; /* the last one: check and send */
    struct url link;
    bool done, here;
};
struct apply_stubs {
    const struct apply_stub *list;
    size_t list_count;
};
struct apply_aside {
    struct words limit, fee;
    struct label unit;
    str telephone;
    struct url service, phone_url;
    struct words kept; /* until when the draft is kept; .id NULL: there is none yet */
};
struct apply_step {
    struct label service, title, lead;
    int64_t number, count;
    struct apply_stubs stubs;
    struct shell_mistakes mistakes;
    struct url action, back;
    const struct field *fields;
    size_t fields_count;
    bool first, needs_notice, more;
    bool lost, lost_others; /* what was typed is gone; all but one page of it */
    struct field_notice notice;
    struct apply_aside aside;
};

/* A question before the form: yes or no. */
struct apply_may_question {
    str id, name, yes_id, no_id;
    struct label ask, help;
    struct words mistake;
    str described;
    bool yes, no;
};
/* What a No means. */
struct apply_may_no {
    struct label ask, otherwise, turn;
    struct url turn_url;
};
struct apply_may {
    struct label service;
    struct shell_mistakes mistakes;
    struct url action, back;
    const struct apply_may_question *questions;
    size_t questions_count;
    const struct apply_may_no *noes; /* then it is not possible */
    size_t noes_count;
    struct apply_aside aside;
};
struct apply_shut {
    struct label service, note;
    struct words standing;
    int64_t until; /* the draft remains until this instant; 0: there is none */
    struct words kept;
    struct url back;
    struct apply_aside aside;
};

/* A draft's code, and the page where it is typed. */
struct apply_later {
    struct label office, service, address;
    str code, page, telephone, qr_path;
    int64_t qr_side;
    struct words until;
    struct url go_on;
};
struct apply_draft_page {
    struct shell_mistakes mistakes;
    struct url action;
    str code, telephone;
    struct words mistake;
};

struct apply_line {
    struct label label;
    str text;
    struct words empty;
    str drawn; /* a signature, as the path of a picture */
};
/* What it costs by the answers. */
struct apply_fee {
    struct label what;
    struct words times, dollars;
    struct label waiver;
};
struct apply_part {
    struct label title;
    struct url change;
    const struct apply_line *lines;
    size_t lines_count;
};
struct apply_review {
    struct label service;
    struct apply_stubs stubs;
    struct shell_mistakes mistakes;
    const struct apply_part *parts;
    size_t parts_count;
    const struct apply_fee *fees;
    size_t fees_count;
    struct words total;
    struct url action, back;
    struct apply_aside aside;
    bool may_agent, by_agent; /* somebody may send it for the applicant; he does */
    struct label agent_says;  /* what an agent needs, as the definition says */
    struct entry agent_name, agent_relation, agent_authority, agent_telephone;
};

#endif
