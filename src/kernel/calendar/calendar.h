/* calendar — which days the office works, and when a simple term ends.
 *
 * The official office calendars (中華民國政府行政機關辦公日曆表) are in the binary, with
 * make-up workdays. Outside their years Saturday and Sunday are off and the answer says
 * that it is a guess. Closures, pauses and extensions come with the clock.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CALENDAR_H
#define BIANMIN_KERNEL_CALENDAR_H

#include "base/day.h"
#include "base/str.h"

enum day_kind { DAY_WORKING, DAY_OFF, DAY_MAKE_UP }; /* make-up: a Saturday at work */

enum day_kind calendar_kind(day d);
bool calendar_is_open(day d);
bool calendar_is_official(day d); /* its year is in the binary */
str calendar_name(day d);         /* "春節", "" */
/* The term runs from the day after `from`; each open day counts one. days >= 0; 0 gives
 * `from` itself when open, else the next open day. */
day calendar_working_due(day from, int days);
/* 行政程序法 §48 II, IV: first day left out, an end on a rest day moves to the next open day. */
day calendar_calendar_due(day from, int days);
/* The same for months (§48 III). */
day calendar_month_due(day from, int months);
/* Open days after `from` up to and with `to`; negative when `to` is before. */
int calendar_open_days_between(day from, day to);

#endif
