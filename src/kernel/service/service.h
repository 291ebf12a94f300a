/* service — what the office offers, as defined: page, form, papers, fee, limit, flow.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_SERVICE_H
#define BIANMIN_KERNEL_SERVICE_H

#include "base/day.h"
#include "base/err.h"
#include "base/words.h"
#include "kernel/form/form.h"
#include "kernel/pack/pack.h"

enum limit_unit {
    LIMIT_WORKING, LIMIT_CALENDAR, LIMIT_HOUR, LIMIT_MONTH, LIMIT_AT_ONCE, LIMIT_NONE
};
extern const str limit_unit_key[6]; /* working calendar hour month at_once none */
struct limit {
    int value;
    enum limit_unit unit;
};
enum service_depth { DEPTH_FULL, DEPTH_SHORT, DEPTH_COUNT_ONLY, DEPTH_ELSEWHERE };

/* 應備證件: what to bring. */
struct service_paper {
    struct label name, note;
    bool original;
    int copies;
    bool looked_up; /* the office looks it up itself: not needed */
};
struct service_fee {
    struct label what;
    int64_t dollars;
};
struct service_text {
    struct label title, body; /* body: Markdown without HTML */
};
enum service_result { RESULT_ISSUED, RESULT_COLLECTED }; /* sent out, or picked up */

struct service {
    str key;
    int version;
    struct label name, summary;
    const struct label *words;   /* what people call it: found by search, not shown */
    size_t words_count;
    str unit;                    /* unit key */
    str telephone;
    struct label who;            /* who may apply */
    struct label agent;          /* how an agent may; empty: not */
    struct label law;
    str law_url;
    const struct service_paper *papers;
    size_t papers_count;
    const struct service_fee *fees;
    size_t fees_count;
    struct limit limit;
    bool online, counter, post;  /* ways to apply */
    str elsewhere_url;           /* DEPTH_ELSEWHERE */
    enum service_depth depth;
    str matter;                  /* line of the authority table that decides */
    enum service_result result;
    struct label result_name;    /* the paper that is issued */
    const struct service_text *texts; /* guidance sections */
    size_t texts_count;
    struct label purpose;        /* PDPA §8: what the personal data are for */
    int keep_years;
    struct label group;          /* how the list is grouped */
    day updated;
    struct form form;
    int unit_line, matter_line;  /* where they stand in the file */
};
extern const struct pack_kind service_kind;   /* "service" */
const struct service *service_get(const struct catalog *c, str key);
const struct service *service_get_version(const struct catalog *c, str key, int version);
/* That version, else the one of today; NULL when there is none. */
const struct service *service_get_near(const struct catalog *c, str key, int version);
/* Due date of a matter received today; DAY_NONE where there is no term. */
day service_due(const struct service *s, day received);
/* Services found for what a person typed; all when empty. Best first. */
MUST_CHECK err service_search(struct arena *a, const struct catalog *c, str typed,
                              enum lang lang, const struct service ***ret,
                              size_t *ret_count);
/* {"answers":{…},"contact":{…}} accepted as it stands on `today`. */
str service_example(struct arena *a, const struct service *s, day today);

/* One phrase each: "Online or at the counter" · "3 working days" · "NT$100". */
struct words service_ways_words(const struct service *s);
struct words service_limit_words(const struct limit *l);
struct words service_fee_words(const struct service *s);

#endif
