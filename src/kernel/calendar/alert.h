/* alert — what the national alert feed says about offices that close (停班停課): each entry
 * becomes closures that are proposed, never ones that hold; a person confirms them.
 *
 * Place and day stand in the sentence alone: "[停班停課通知]雲川市青田區:明天下午停止上班、
 * 停止上課。" Only 停止上班 counts; 停止上課 and 照常上班 close no office. Days without a
 * number count from the moment of the notice. The feed is a buffer of the past: what has
 * expired is left out, as are tests. A cancellation says what it takes back.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CALENDAR_ALERT_H
#define BIANMIN_KERNEL_CALENDAR_ALERT_H

#include "kernel/calendar/calendar.h"

struct alert_entry {
    str id, updated, expires, status, kind, summary;
};
struct alert_closure {
    str area;                 /* 雲川市, 雲川市青田區: as the notice says */
    str source_key;           /* of this closure: the id of the entry and its place in it */
    struct closure_span span;
    bool taken_back;          /* the feed says now that it does not hold */
};
#define ALERT_CLOSURES_MOST 8
/* `now_ms` tells what has expired. The arena holds the texts. */
size_t alert_closures(struct arena *a, const struct alert_entry *e, int64_t now_ms,
                      struct alert_closure ret[ALERT_CLOSURES_MOST]);
/* Is the whole city meant, this district, or neither? `district` as in the office's
 * name. */
enum alert_reach { ALERT_ELSEWHERE, ALERT_CITY, ALERT_OFFICE };
enum alert_reach alert_reach_of(struct arena *a, str area, str city, str office_name);
/* 2026-07-23T19:00:45+08:00, or 2026/7/23 下午 07:00:45 (Taipei); false: neither. */
bool alert_time(str text, int64_t *ret_ms);

#endif
