/* Between the files of sheets that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SHEETS_WEB_H
#define BIANMIN_FEATURE_SHEETS_WEB_H

#include "desk/route.h"
#include "feature/sheets/sheets_make.h"
#include "feature/sheets/sheets_view.h"

struct panel_about;
struct html;

/* The service in the path with all that its sheets need. Fails: ERR_MISSING. */
MUST_CHECK err sheets_about_of(struct ask *q, const struct service *s,
                               struct sheets_about *ret);
/* "guide", "sop-counter": what an address calls a sheet. */
bool sheets_name_read(const struct service *s, str name, enum sheets_kind *ret_kind,
                      enum service_way *ret_way);
str sheets_name(struct ask *q, enum sheets_kind kind, enum service_way way);
/* All sheets of a service, as links. */
MUST_CHECK err sheets_links(struct ask *q, const struct service *s,
                            struct sheets_link **ret, size_t *ret_count);
/* Makes the sheet, and gives its flow chart places. */
MUST_CHECK err sheets_draw(struct ask *q, const struct service *s, enum sheets_kind kind,
                           enum service_way way, struct doc *ret);

err sheets_show_all(struct ask *q, struct reply *r);
err sheets_show_one(struct ask *q, struct reply *r);
err sheets_show_file(struct ask *q, struct reply *r);
err sheets_show_fees(struct ask *q, struct reply *r);
err sheets_show_fees_file(struct ask *q, struct reply *r);
/* Who keeps the walls. */
#define WALL_DUTIES                                                                       \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) | \
     DUTY(DUTY_COORDINATOR) | DUTY(DUTY_DISPATCHER) | DUTY(DUTY_VILLAGE) |                \
     DUTY(DUTY_AUDITOR))
struct waits;
err sheets_waits(struct ask *q, struct waits *io);
/* How many sheets hang and are old; hung, all and percent of the services. */
MUST_CHECK err sheets_walls_state(struct ask *q, struct sheets_postings *ret);
err sheets_show_postings(struct ask *q, struct reply *r);
/* The same again after a refusal, as long as there is such a posting. */
err sheets_show_posting_again(struct ask *q, struct reply *r);
err sheets_show_photo(struct ask *q, struct reply *r);
err sheets_show_shelf(struct ask *q, struct reply *r);
err sheets_show_form_file(struct ask *q, struct reply *r);
err sheets_show_shelf_staff(struct ask *q, struct reply *r);
extern const struct beats sheets_put_beats, sheets_replace_beats, sheets_down_beats,
    sheets_shelf_beats;
err sheets_panel_publish(struct ask *q, const struct panel_about *about, struct html *ret);
err sheets_panel_head(struct ask *q, const struct panel_about *about, struct html *ret);
err sheets_panel_service(struct ask *q, const struct panel_about *about, struct html *ret);

/* Who keeps the shelf of forms. */
#define SHELF_DUTIES                                                      \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_COORDINATOR) | \
     DUTY(DUTY_ARCHIVIST) | DUTY(DUTY_ADMIN))

#endif
