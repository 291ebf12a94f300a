/* intake — at the counter: what is done in two keys, what is told once, what is taken in.
 *
 * Short records, one-time notices, cases by counter, agent, post, telephone, home visit,
 * list and from another office; and the plain counts of all of it.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_INTAKE_H
#define BIANMIN_FEATURE_INTAKE_H

#include "desk/feature.h"

struct job;
struct query_list;

extern const struct feature intake_feature;
/* Forgets who had taken up which one-time notice. */
extern const struct job intake_sweep_job;
extern const struct query_list intake_queries;

#endif
