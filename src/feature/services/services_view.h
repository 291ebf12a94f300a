/* services_view — what the list of services and the page of one service show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SERVICES_VIEW_H
#define BIANMIN_FEATURE_SERVICES_VIEW_H

#include "base/words.h"
#include "host/html/html.h"

struct services_row {
    struct label name, summary;
    struct words ways, limit, fee;
    struct url url;
};
struct services_group {
    str id;
    struct label name;
    const struct services_row *rows;
    size_t rows_count;
};
struct services_list {
    struct label office;
    str query;
    bool searching, none;
    int64_t count;
    struct url search, all;
    const struct services_group *groups;
    size_t groups_count;
    str telephone;
};

struct services_paper {
    struct label name, note;
    bool ours, original;
    int64_t copies;
};
struct services_fee {
    struct label what;
    struct words fee;
};
struct services_text {
    struct label title;
    struct html body;
};
struct services_one {
    struct label office, name, summary;
    struct words ways, limit, limit_says, fee;
    bool online, counter, post, elsewhere, may_start, has_ours;
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
