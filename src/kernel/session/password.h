/* password — what a password of staff must be, and how a sign-in name is read.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_PASSWORD_H
#define BIANMIN_KERNEL_PASSWORD_H

#include "base/err.h"

struct password_wish {
    str sign_name; /* without the office */
    str password, again;
    const str *former; /* stored forms, newest first */
    size_t former_count;
};
/* Length, name, twice the same; mistakes at "password" and "again". */
void password_check(struct arena *a, const struct password_wish *w, struct mistakes *m);
/* Not one of the last three. Slow: 0.12 s each. */
void password_check_former(const struct password_wish *w, struct mistakes *m);
/* clerk@district → clerk, district. */
bool sign_name_split(str typed, str *ret_sign_name, str *ret_agency_key);

#endif
