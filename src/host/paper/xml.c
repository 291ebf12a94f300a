/* xml — the four signs that XML means something by.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/xml.h"

void xml_text(struct buf *b, str s)
{
    for (size_t i = 0; i < s.len; i++) {
        switch (s.at[i]) {
        case '&':
            buf_put(b, STR("&amp;"));
            break;
        case '<':
            buf_put(b, STR("&lt;"));
            break;
        case '>':
            buf_put(b, STR("&gt;"));
            break;
        case '"':
            buf_put(b, STR("&quot;"));
            break;
        default:
            buf_put_char(b, s.at[i]);
        }
    }
}
