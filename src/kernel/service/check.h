/* check — what only shows when the parts of a definition, or several definitions, are seen
 * together; for the files of this room alone.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_SERVICE_CHECK_H
#define BIANMIN_KERNEL_SERVICE_CHECK_H

#include "kernel/service/service.h"

/* Names of other definitions: units, matter, lookups, series, templates. */
void service_link(struct pack_reader *r, const struct catalog *c, void *thing);
/* Everything else, before it is published. */
void service_check(struct pack_reader *r, const struct service *s, day today);

/* use.c: what is asked for or said and never used. */
void service_use_check(struct pack_reader *r, const struct service *s, day today);
/* procedure.c: can it end, whichever way is taken? */
void service_procedure_check(struct pack_reader *r, const struct service *s);

#endif
