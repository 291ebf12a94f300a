/* features — what this building offers, in the order of its menus.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/features.h"

#include "feature/casework/casework.h"
#include "feature/identity/identity.h"
#include "feature/settings/settings.h"

const struct feature *const app_features[] = {
    &casework_feature,
    &identity_feature,
    &settings_feature,
};
const size_t app_features_count = sizeof(app_features) / sizeof(app_features[0]);
