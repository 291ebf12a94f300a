/* study_view — what the page of the law study group shows.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_STUDY_VIEW_H
#define BIANMIN_FEATURE_STUDY_VIEW_H

#include "base/words.h"
#include "host/html/html.h"

struct study_row {
    struct url link;
    str number, officer, asked;
    struct label service, unit;
    struct words waits; /* since when, in working days */
    bool instructed, late;
};
struct study_member {
    str name, title;
    struct label unit;
};
struct study_month {
    str month;
    int64_t asked, same_day, instructed, later, open;
    struct words share; /* the same day answered, or turned into a request */
};
struct study_page {
    const struct study_row *rows;
    size_t rows_count;
    const struct study_member *members;
    size_t members_count;
    const struct study_month *months;
    size_t months_count;
    bool none, no_members, has_months, more;
    struct url people; /* of administrators: where the group is named */
};

#endif
