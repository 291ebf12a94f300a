/* site_view — what the home pages, the site map and the statements show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SITE_VIEW_H
#define BIANMIN_FEATURE_SITE_VIEW_H

#include "base/words.h"
#include "desk/frame/seal.h"
#include "host/html/html.h"

struct site_row {
    struct label name, summary; /* summary: where there is room */
    struct words ways, limit, fee;
    struct label office; /* where rows of several offices stand together */
    struct url url;
};
/* One day of the strip of seven. */
struct site_day {
    struct words weekday, kind;
    int64_t date;
    bool open, today;
};
/* What holds today, by the official calendar. */
struct site_today {
    struct words today, state, next;
    bool open;
    const struct site_day *week;
    size_t week_count;
    struct label hours;
    str telephone;
    struct url phone_url;
};
struct site_office {
    struct label name;
    struct url search, all;
    const struct site_row *rows;
    size_t rows_count;
    int64_t more;
    struct site_today today;
    struct url status;
};
struct site_office_card {
    struct label name, address;
    struct seal_mark seal;
    str telephone;
    struct url url, all;
    int64_t count;
};
struct site_city {
    struct label name;
    struct url search;
    str query;
    bool searching, none;
    int64_t count;
    const struct site_row *found;
    size_t found_count;
    const struct site_office_card *offices;
    size_t offices_count;
    struct site_today today;
};

struct site_link {
    struct words text;
    struct label label;
    struct url url;
};
struct site_branch {
    struct words text;
    struct label label;
    struct url url;
    const struct site_link *links;
    size_t links_count;
};
struct site_map {
    struct label name;
    const struct site_branch *branches;
    size_t branches_count;
};
struct site_statement {
    struct label office;
    str telephone, email;
    struct label address;
    struct url map;
    bool is_privacy, is_security, is_opendata, is_accessibility;
};

#endif
