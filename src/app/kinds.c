/* kinds — what a definition can be, and who knows the names in it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/lists.h"
#include "kernel/letter/letter.h"
#include "kernel/lookup/lookup.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"

const struct pack_kind *const app_kinds[] = { &office_kind, &authority_kind,
                                              &service_kind, &lookup_kind,
                                              &letter_kind, &terms_kind };
const size_t app_kinds_count = sizeof app_kinds / sizeof app_kinds[0];
