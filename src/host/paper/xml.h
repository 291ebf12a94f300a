/* xml — text written into XML: charts, OpenDocument. Inside this folder.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_XML_H
#define BIANMIN_HOST_PAPER_XML_H

#include "base/buf.h"

/* What has a meaning in XML is escaped, for text and for values in double quotes. */
void xml_text(struct buf *b, str s);

#endif
