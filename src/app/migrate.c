/* migrate — brings the database of an instance to the schema of this program.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/app.h"

int command_migrate(struct line *l)
{
    return line_is(l, 0, "migrate") ? act_ask(l, "migrate", STR("{}")) : 2;
}

int command_figures(struct line *l)
{
    return line_is(l, 0, "figures") ? act_ask(l, "figures", STR("{}")) : 2;
}
