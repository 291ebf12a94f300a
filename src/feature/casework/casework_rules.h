/* The rules of casework: which lists a person has, how a due date is told, which field of
 * the page an act reads. No page, no database.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_RULES_H
#define BIANMIN_FEATURE_CASEWORK_RULES_H

#include "feature/casework/casework_view.h"
#include "kernel/casefile/worklist/worklist.h"

#define WORKLIST_ROWS 25

/* Duties that have anything to do with cases. */
extern const duty_set casework_duties;

struct casework_list {
    enum case_list list;
    str key;          /* ?list=mine */
    const char *name; /* MSG id */
    duty_set duties;  /* who has it */
    bool by_deputy;   /* also whoever stands in for one of those duties */
};
/* ?when=late, and how it is called. */
#define CASEWORK_WHENS 3
extern const str casework_when_key[CASEWORK_WHENS];
extern const char *const casework_when_name[CASEWORK_WHENS]; /* MSG ids */
enum case_when casework_when_of(str key);
#define CASEWORK_LISTS 7
extern const struct casework_list casework_lists[CASEWORK_LISTS];
bool casework_has(const struct actor *who, const struct casework_list *l);
/* The list of that key, else the first that `who` has; NULL when there is none. */
const struct casework_list *casework_choose(const struct actor *who, str key);

/* When a term ends: of a case its statutory one or the control limit, of a clock its
 * own. */
struct casework_end {
    day due;
    int64_t due_ms;
    bool over, paused; /* over: just the day is told */
};
struct casework_end casework_end_of(const struct casefile *c, bool control);
/* How long from now: terms in days in working days, terms in hours by the hour. */
struct casework_due casework_due_of(struct arena *a, const struct calendar *cal,
                                    struct casework_end end, int64_t now_ms,
                                    int64_t soon_ms, enum lang lang);
/* Class of the tag: lit is what waits for this person. */
str casework_state_class(const struct actor *who, const struct casefile *c);
/* The field of the page that an act's text comes from; "" for acts without one. */
str casework_note_field(enum case_act act);

#endif
