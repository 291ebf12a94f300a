/* office — what an office says of itself in its pack: name, place, units, what its levels
 * are called; and its delegation-of-authority table (分層負責明細表).
 *
 * Two kinds of definition: `office` (one in a pack; fills the rows of agency and unit when
 * a pack is loaded) and `authority` (matter → the level that decides).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_OFFICE_H
#define BIANMIN_KERNEL_OFFICE_H

#include "base/err.h"
#include "base/words.h"
#include "kernel/pack/pack.h"
#include "kernel/party/party.h"

/* 字軌: certificates that the office numbers itself. */
struct office_series {
    str key;
    struct label name;
    str form; /* "青經字第{year}{number}號": the ROC year, five digits */
    int line, column;
};

struct office {
    str key;
    struct agency agency; /* .id 0: who loads it gives the id, may change key and name */
    const struct unit *units;  /* .id 0 */
    size_t units_count;
    str district;        /* 青埔區: an address elsewhere has none of its villages; "" any */
    const str *villages; /* 里, in the order of the office's own list */
    size_t villages_count;
    /* What the office calls its levels: 課員 課長 主任秘書 區長. Empty: it has no such level. */
    struct label level_title[LEVEL_COUNT];
    const struct label *titles; /* titles of staff, to choose from */
    size_t titles_count;
    const str *groups; /* of services, in the order of the list; Chinese names */
    size_t groups_count;
    const str *front; /* keys of the services that most people come for */
    size_t front_count;
    int front_line;
    const struct office_series *series;
    size_t series_count;
    int64_t
        feelings_least; /* from how many taps on "how it felt" is published; 0: unsaid */
};
extern const struct pack_kind office_kind; /* "office" */
/* The office of this pack or agency; NULL when its definition is not loaded. */
const struct office *office_get(const struct catalog *c);

struct authority_line {
    str matter;
    struct label name;
    enum level level;    /* who decides */
    enum level proposes; /* who proposes: officer unless said */
    unsigned through;    /* levels (1 << level) that pass it on; 0: all there are below */
    const str *consults; /* keys of units that are asked each time */
    size_t consults_count;
    int line, column;
};
struct authority {
    const struct authority_line *lines;
    size_t lines_count;
    str key;
    int version;
    int64_t published_ms;
};
extern const struct pack_kind authority_kind; /* "authority" */
/* The table in its simple form. A matter that is not in it is decided by the unit head. */
MUST_CHECK err authority_level(const struct catalog *c, str matter, enum level *ret);
/* Who proposes it: the officer where the table says nothing. */
enum level authority_proposes(const struct catalog *c, str matter);
/* NULL when the matter, or the whole table, is not there. */
const struct authority_line *authority_find(const struct catalog *c, str matter);
const struct authority *authority_get(const struct catalog *c);

/* The table has versions; figures of the past go by the table of that time. */
const struct authority *authority_version(const struct catalog *c, int version);
const struct authority_line *authority_line_in(const struct authority *t, str matter);
/* Does the same hold: who proposes, through whom, who is consulted, who decides? Both may
 * be NULL. */
bool authority_line_same(const struct authority_line *x, const struct authority_line *y);
/* The version since which this line of the newest table stands as it does. */
const struct authority *authority_line_since(const struct catalog *c,
                                             const struct authority_line *line);

#endif
