/* work_fonts — where the fonts of this machine are.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#include <fontconfig/fontconfig.h>

void work_fonts_load(void)
{
    FcInit(); /* Without fonts nothing can be drawn; all else goes on. */
}
