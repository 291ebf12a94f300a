/* acts — what commands do to an instance; each runs in the process that owns it.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_ACTS_H
#define BIANMIN_APP_ACTS_H

#include "app/app.h"
#include "kernel/pack/pack.h"
#include "kernel/party/party.h"

/* act_pack.c. Definitions of one agency as JSON, and back. */
str definitions_write(struct arena *a, str agency_key, const struct definition *list,
                      size_t count);
/* An office with its units as its pack says, and its definitions: published at once, or
 * services laid ready for the office to publish. */
struct pack_wish {
    int64_t now_ms;
    struct agency agency;
    struct unit *units;
    size_t units_count;
    const struct definition *definitions;
    size_t definitions_count;
    bool services_wait;
};
struct pack_made {
    int64_t changed;
};
MUST_CHECK err pack_prepare(struct arena *a, struct instance *x,
                            const struct agency *agency, const struct definition *list,
                            size_t count, struct pack_wish *ret_wish);
MUST_CHECK err pack_commit(struct arena *a, struct tx *tx, const struct pack_wish *wish,
                           struct pack_made *ret_made);

/* act_diff.c. What a citizen or an officer would notice, a line each; 0 also when nothing
 * differs. */
int pack_diff_tell(struct arena *a, const struct definition *old, size_t old_count,
                   const struct definition *new, size_t new_count, const struct out *o);
int act_pack_diff(struct instance *x, struct arena *a, const struct json *request,
                  const struct out *o);
err definitions_read(struct arena *a, const struct json *request, struct definition **ret,
                     size_t *ret_count);

int act_check(struct instance *x, struct arena *a, const struct json *request,
              const struct out *o);
int act_pack_load(struct instance *x, struct arena *a, const struct json *request,
                  const struct out *o);
int act_calendar_import(struct instance *x, struct arena *a, const struct json *request,
                        const struct out *o);
/* act_closing.c */
int act_calendar_close(struct instance *x, struct arena *a, const struct json *request,
                       const struct out *o);
int act_calendar_closures(struct instance *x, struct arena *a, const struct json *request,
                          const struct out *o);
int act_calendar_withdraw(struct instance *x, struct arena *a, const struct json *request,
                          const struct out *o);
int act_unit_add(struct instance *x, struct arena *a, const struct json *request,
                 const struct out *o);
int act_user_add(struct instance *x, struct arena *a, const struct json *request,
                 const struct out *o);
/* Fails: ERR_INPUT with the offices there are. */
MUST_CHECK err find_agency(struct arena *a, struct snap *snap, str key, struct agency *ret);
/* "https://office.example/staff/ticket/…" as far as the instance knows its address. */
str instance_link(struct instance *x, struct arena *a, const char *path, str token);

#endif
