/* services_view — what the list of services and the page of one service show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SERVICES_VIEW_H
#define BIANMIN_FEATURE_SERVICES_VIEW_H

#include "base/words.h"
#include "host/html/html.h"

struct services_row {
    struct label name, summary;
    struct words ways, limit, fee, standing; /* standing: paused and the like */
    struct url url;
};
struct services_group {
    str id;
    struct url anchor; /* #id */
    struct label name;
    const struct services_row *rows;
    size_t rows_count;
};
/* Whom services are made for. */
struct services_for {
    struct words name;
    struct url url;
    int64_t count;
};
struct services_list {
    struct label office;
    str query;
    const struct services_for *audiences;
    size_t audiences_count;
    struct words chosen; /* the audience asked for */
    bool searching, none, many_groups;
    int64_t count;
    struct url search, all;
    const struct services_group *groups;
    size_t groups_count;
    str telephone;
};

struct services_paper {
    struct label name, note, where;
    bool ours, original, sometimes;
    int64_t copies;
};
/* A waiver under a fee: who need not pay, and what shows it. */
struct services_waiver {
    struct label what, proof;
    int64_t percent; /* 0: all of it */
};
struct services_fee {
    struct label what, law;
    struct words fee, when; /* when: begins or ends */
    const struct services_waiver *waivers;
    size_t waivers_count;
};
struct services_fine {
    struct label what, law;
    struct words range;
};
/* One of several limits or stages. */
struct services_term {
    struct words way;
    struct label name, by;
    struct words limit;
};
struct services_text {
    struct label title;
    struct html body;
};
/* Who handles it today. */
struct services_handler {
    str who, telephone, deputy, deputy_telephone;
    bool away, has_deputy;
};
struct services_one {
    const struct services_handler *handlers;
    size_t handlers_count;
    const struct words *articles; /* 法令依據 by article */
    size_t articles_count;
    bool has_articles;
    struct html panels; /* of other features: forms and sheets */
    struct label office, name, summary;
    struct words ways, limit, limit_says, fee;
    bool online, counter, post, elsewhere, may_start, has_ours;
    bool telephone_way, home_way, list_way, cross_way;
    struct words standing;       /* paused, closed, out of season; .id NULL: open */
    struct label standing_note;
    struct label system, ready;  /* the way in another system, and what to have ready */
    bool asks_first;             /* questions before the form: who may apply */
    const struct services_paper *agent_papers;
    size_t agent_papers_count;
    const struct services_term *limits, *stages;
    size_t limits_count, stages_count;
    const struct services_fine *fines;
    size_t fines_count;
    struct url start, elsewhere_url;
    struct label who, agent, law;
    struct url law_url;
    const struct services_paper *papers;
    size_t papers_count;
    const struct services_fee *fees;
    size_t fees_count;
    const struct services_text *texts;
    size_t texts_count;
    const struct label *asked; /* titles of the form's steps */
    size_t asked_count;
    struct label result, unit, address, hours;
    str telephone;
    struct url phone_url;
    struct words updated;
    struct url status;
};

#endif
