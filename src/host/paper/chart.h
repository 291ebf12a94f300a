/* chart — a flow chart between us and dot: what dot is asked, what it answers. Inside this
 * folder.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_CHART_H
#define BIANMIN_HOST_PAPER_CHART_H

#include "host/paper/document.h"

/* Gives the nodes their sizes and says the chart in dot's language, without its texts. */
str chart_ask(struct arena *a, struct chart *io_chart);
/* Reads dot's plain answer. False: it is none, or of another chart. */
bool chart_place(struct arena *a, str plain, struct chart *io_chart);
/* The turn of the arrow at the end of a line. */
double chart_angle(const struct chart_point *from, const struct chart_point *to);
/* The width of a text in hundredths of a letter: half for narrow signs. */
int chart_text_width(str line);

#endif
