/* import — official calendars from the files that are published.
 *
 * Two layouts, told apart by their first line. That of the Directorate-General of
 * Personnel Administration: 西元日期,星期,是否放假,備註; every day of one year; 0 is
 * open, 2 is off. That of Taipei's open data: date,year,name,isHoliday,
 * holidayCategory,description; days off of many years; 特定節日 (軍人節) are plain days.
 * UTF-8 with or without its mark, UTF-16, Big5; any line end. A file that contradicts
 * itself is refused, each line with what is wrong and what to do.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CALENDAR_IMPORT_H
#define BIANMIN_KERNEL_CALENDAR_IMPORT_H

#include "kernel/calendar/closure.h"

#define CALENDAR_FILE_MOST ((size_t)4 << 20)

/* `name` tells whether it is a revised edition (修正版, 更新). The years ascend. Fails:
 * ERR_INPUT, with every mistake in `m` (place "name:line"). */
MUST_CHECK err calendar_file_read(struct arena *a, str name, str bytes, struct mistakes *m,
                                  struct official_year **ret, size_t *ret_count);
/* What identifies the content of a year, whichever way it was written. */
str calendar_year_hash(struct arena *a, const struct official_year *y);
/* Days that are open in one and not in the other, ascending. */
struct day_difference {
    day day;
    bool opens; /* it was off and will be open */
    str name;
};
MUST_CHECK err calendar_year_differs(struct arena *a, const struct calendar *c,
                                     const struct official_year *y,
                                     struct day_difference **ret, size_t *ret_count);

/* What of a file would change something: its years that are not known, or differ. A year
 * that holds from a revised edition is not replaced by one that is none: ERR_CONFLICT. */
MUST_CHECK err calendar_file_news(struct arena *a, const struct calendar *official,
                                  const struct year_row *known, size_t known_count,
                                  struct official_year *years, size_t *io_count);

#endif
