/* demo_inner — what the files of the demo city share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_DEMO_INNER_H
#define BIANMIN_APP_DEMO_INNER_H

#include "app/demo.h"
#include "base/id.h"
#include "kernel/casefile/casefile.h"
#include "kernel/party/party.h"

#define DEMO_OFFICES 4
#define DEMO_YEARS_DAYS 730
#define DEMO_ACROSS 8 /* envelopes */

/* Numbers that look random and are the same for the same day (splitmix64). */
struct demo_random {
    uint64_t state;
};
uint64_t demo_next(struct demo_random *r);
int demo_between(struct demo_random *r, int least, int most); /* both included */
bool demo_chance(struct demo_random *r, int percent);
str demo_pick(struct demo_random *r, const str *list, size_t count);
/* Another text of the same shape: every digit but a leading 0 is another one. */
str demo_digits(struct demo_random *r, struct arena *a, str like);

struct demo_office {
    str key;
    struct agency agency;
    const struct catalog *catalog;
    struct definition *definitions;
    size_t definitions_count;
    struct unit *units;
    size_t units_count;
    struct staff *staff;
    size_t staff_count;
    str *passwords; /* of staff, by place */
    int document_serial, document_year;
};
struct demo {
    struct arena *arena;
    struct store *store;
    const struct keyring *keyring;
    struct id_source ids;
    struct demo_random random;
    struct demo_random aside; /* of what came to the demo city later */
    struct demo_random across; /* of what came later still */
    int64_t sent[DEMO_ACROSS];
    int slips, payments;
    const struct demo_wish *wish;
    int64_t begin_ms, end_ms; /* what happens lies between */
    struct demo_office offices[DEMO_OFFICES];
    struct demo_office city; /* its own people; no services, no cases */
};

/* demo.c: offices and their people, without a case; `days` before today they began. */
MUST_CHECK err demo_begin(struct arena *a, struct store *s, const struct keyring *k,
                          const struct demo_wish *wish, int days, struct demo **ret);

/* demo_people.c: names the people of an office, and gives each a password. */
MUST_CHECK err demo_people(struct demo *d, struct demo_office *o);
MUST_CHECK err demo_people_put(struct demo *d, struct demo_office *o);
/* Those of the city itself: who closes all offices in the evening of a typhoon. */
MUST_CHECK err demo_people_city(struct demo *d, struct demo_office *o);
/* demo_assign.c: villages and duty, where services go by them. */
MUST_CHECK err demo_assign(struct demo *d, struct demo_office *o);
MUST_CHECK err demo_passwords_write(struct demo *d);
str demo_name(struct demo *d, struct arena *a);
/* The first of an office with this duty (of this unit, unless 0); NULL when there is
 * none. */
const struct staff *demo_staff(const struct demo_office *o, enum duty duty, int64_t unit);
/* An officer of the unit, now this one, now that. */
const struct staff *demo_officer(struct demo *d, const struct demo_office *o, int64_t unit);

/* demo_answers.c: what an applicant answers on a day; accepted by the form. */
MUST_CHECK err demo_answers(struct demo *d, struct arena *a, const struct demo_office *o,
                            const struct service *s, int64_t now_ms, struct answers *ret);
/* The same without files. `*ret_good` false when the form refuses even its example. */
MUST_CHECK err demo_answers_plain(struct demo *d, struct arena *a, const struct service *s,
                                  int64_t now_ms, struct answers *ret, bool *ret_good);
/* Another name, number, address … where the question asks for one; else as it stands. */
str demo_person_answer(struct demo *d, struct arena *a, const struct question *q,
                       str example);

/* demo_cases.c: plans and does what happened in two years. */
MUST_CHECK err demo_cases(struct demo *d);


/* demo_shelf.c: forms to download. */
MUST_CHECK err demo_shelf(struct demo *d);

/* demo.c: a new file that only its owner may read. */
MUST_CHECK err demo_file(struct arena *a, const char *path, str content);

/* demo_time.c: instants at which an office works. `ms` itself if it does, else the next. */
int64_t demo_at_work(struct demo_random *r, int64_t ms);
/* The office's day `open_days` open days before `d`. */
day demo_open_before(day d, int open_days);

#endif
