/* Between the files of settings that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SETTINGS_WEB_H
#define BIANMIN_FEATURE_SETTINGS_WEB_H

#include "desk/reply.h"
#include "desk/route.h"
#include "feature/settings/settings_view.h"

/* One text in three languages: fields NAME.zh NAME.en NAME.ja. */
struct settings_label settings_label_of(struct ask *q, const char *name,
                                        const struct words *text,
                                        const struct label *known);
struct label settings_label_read(struct ask *q, const char *name);
/* Office profile as a group of fields, and read from them; what is missing becomes a
 * mistake. `io_agency` keeps what the fields do not have. */
struct settings_profile settings_profile_of(struct ask *q, const struct agency *known);
void settings_profile_read(struct ask *q, struct agency *io_agency);
/* ERR_INPUT with the first of q->mistakes; NULL when there is none. */
MUST_CHECK err settings_refuse(struct ask *q);
/* Adds the crumb to the start of settings. */
struct page settings_page(struct ask *q, struct words title);
/* The colleague in the path of this office; a fresh one on the page of a new one. */
MUST_CHECK err settings_person_known(struct ask *q, struct staff *ret);
/* A sign-in name: letters, digits, dot, hyphen; a mistake otherwise. */
str settings_sign_name_read(struct ask *q);

struct definition;
/* The new one together with the newest of all others, as the catalog will be. */
MUST_CHECK err settings_with(struct ask *q, const struct definition *wish,
                             struct definition **ret, size_t *ret_count);
/* Which matters a new authority table changes, and the services that this touches; nothing
 * for a definition of another kind. */
/* What publishing it would bring; marks the page as one that is looked at before. */
MUST_CHECK err settings_preview(struct ask *q, const struct definition *wish,
                                struct settings_load *p);
/* The sign of a text that was looked at: another text is looked at again. */
str settings_seen(struct ask *q, str source);
MUST_CHECK err settings_authority_preview(struct ask *q, const struct definition *wish,
                                          struct settings_load *p);

err settings_units(struct ask *q, struct reply *r);
err settings_people(struct ask *q, struct reply *r);
err settings_person(struct ask *q, struct reply *r);
err settings_definitions(struct ask *q, struct reply *r);
err settings_load(struct ask *q, struct reply *r);
err settings_authority(struct ask *q, struct reply *r);
err settings_setup(struct ask *q, struct reply *r);
extern const struct beats settings_unit_beats, settings_person_beats, settings_link_beats,
    settings_away_beats, settings_load_beats, settings_setup_beats;

#endif
