/* features — what this building offers, in the order of its menus.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/features.h"

#include "feature/apply/apply.h"
#include "feature/assignment/assignment.h"
#include "feature/calendar/calendar.h"
#include "feature/cashier/cashier.h"
#include "feature/casework/casework.h"
#include "feature/circulation/circulation_feature.h"
#include "feature/envelopes/envelopes.h"
#include "feature/feelings/feelings.h"
#include "feature/follow/follow.h"
#include "feature/identity/identity.h"
#include "feature/intake/intake.h"
#include "feature/leave/leave.h"
#include "feature/letters/letters.h"
#include "feature/lookups/lookups.h"
#include "feature/openapi/openapi.h"
#include "feature/points/points.h"
#include "feature/records/records.h"
#include "feature/review/review_feature.h"
#include "feature/services/services.h"
#include "feature/settings/settings.h"
#include "feature/sheets/sheets.h"
#include "feature/site/site.h"
#include "feature/study/study.h"
#include "feature/upkeep/upkeep.h"

const struct feature *const app_features[] = {
    &site_feature,    &services_feature,   &apply_feature,     &follow_feature,
    &openapi_feature, &casework_feature,   &intake_feature,    &cashier_feature,
    &lookups_feature, &assignment_feature, &calendar_feature,  &leave_feature,
    &letters_feature, &sheets_feature,     &envelopes_feature, &circulation_feature,
    &review_feature,  &study_feature,      &feelings_feature,  &points_feature,
    &records_feature, &upkeep_feature,     &identity_feature,  &settings_feature,
};
const size_t app_features_count = sizeof(app_features) / sizeof(app_features[0]);
