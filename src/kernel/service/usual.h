/* usual — terms that an office sets for itself: how long a consulted unit has, a document
 * of each speed, an applicant who supplies something; when an officer is warned; by when
 * one appeals.
 *
 * The kind `terms` says them for the office, `terms` in a service for that service. What
 * neither says is as the handbooks and the Administrative Appeal Act have it.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_SERVICE_USUAL_H
#define BIANMIN_KERNEL_SERVICE_USUAL_H

#include "base/words.h"
#include "kernel/clock/clock.h"
#include "kernel/pack/pack.h"

struct service;
struct yaml;

/* 教示: how a decision is appealed. */
struct usual_remedy {
    struct label name; /* 訴願 */
    int days;          /* from the day after service */
    struct label law;
};
/* 0 and empty: not said. */
struct usual_terms {
    int speed[CLOCK_SPEEDS];   /* working days of a document of this speed */
    int consult[CLOCK_SPEEDS]; /* working days that a consulted unit has */
    int supply;                /* days to supply what is missing */
    int warn; /* working days before the end on which the officer is warned; the office's */
    struct usual_remedy remedy;
};

extern const struct pack_kind terms_kind; /* "terms" */
/* What holds for this service: its own, else the office's, else the usual. Both may be
 * NULL. */
struct usual_terms usual_terms_of(const struct catalog *c, const struct service *s);
/* The same of one speed; what has none is ordinary. */
int usual_consult_days(const struct usual_terms *t, enum clock_speed speed);

/* For the readers of this room: `terms` of a service. */
extern const struct pack_chapter usual_service_chapter, usual_speeds_chapter,
    usual_remedy_chapter;
void usual_terms_read(struct pack_reader *r, const struct yaml *map,
                      struct usual_terms *ret);

#endif
