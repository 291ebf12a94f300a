/* change_web — lines that are entered in a table of assignment, and lines taken back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/assignment/assignment_web.h"

#define YEAR_DAYS 366
#define VILLAGE_SIGNS 20

struct save_wish {
    int64_t unit;
    str unit_key;
    struct assign_line *lines;
    size_t count;
};
struct save_made {
    char nothing;
};

static err refuse(struct ask *q)
{
    if (q->mistakes.count == 0) {
        return NULL;
    }
    FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
         "%zu mistakes", q->mistakes.count);
}

/* 0 nobody, or a colleague who may get cases of the unit; a mistake otherwise. */
static int64_t officer_read(struct ask *q, const struct unit *unit,
                            const struct staff *people, size_t count, str field, str typed)
{
    int64_t id = 0;

    if (str_equal(typed, STR("none"))) {
        return 0;
    }
    (void)id_parse(typed, &id);
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == id && assign_may_get(&people[i], q->agency->id, unit->id)) {
            return id;
        }
    }
    mistake_add(&q->mistakes, field,
                SAY("Choose an officer of this unit, or a village officer."));
    return 0;
}

static day since_read(struct ask *q, const char *field)
{
    day since = q->today;
    str typed = ask_field(q, field);

    if (!str_is_empty(typed) && !day_parse(typed, &since)) {
        mistake_add(&q->mistakes, str_of(field),
                    SAY("Enter a date, for example {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    } else if (since < q->today || since > q->today + YEAR_DAYS) {
        mistake_add(&q->mistakes, str_of(field),
                    SAY("A change holds from today or a day within a year. What has been "
                        "stays as it was."));
    }
    return since;
}

static bool is_known_key(struct ask *q, enum assign_kind kind, str key)
{
    int64_t weekday;

    if (kind == ASSIGN_LINE_VILLAGE) {
        return !str_is_empty(key) && str_points(key) <= VILLAGE_SIGNS &&
               str_equal(key, village_plain(q->arena, key));
    }
    return str_to_int(key, &weekday) && weekday >= 1 && weekday <= ASSIGNMENT_WEEK &&
           key.len == 1;
}

/* The rows of the table in which something was chosen. */
static void rows_read(struct ask *q, const struct unit *unit, const struct staff *people,
                      size_t people_count, enum assign_kind kind, day since,
                      struct save_wish *w)
{
    for (size_t i = 0; i < ASSIGNMENT_ROWS; i++) {
        str field = assignment_to(q, kind, i);
        str typed = ask_field(q, str_z(q->arena, field));
        str key = ask_field(q, str_z(q->arena, assignment_key(q, i)));

        if (str_is_empty(key)) {
            return;
        }
        if (str_is_empty(typed)) {
            continue;
        }
        if (!is_known_key(q, kind, key)) {
            mistake_add(&q->mistakes, field, SAY("This line is not known. Open the page "
                        "again."));
            continue;
        }
        w->lines[w->count++] = (struct assign_line){
            .kind = kind, .key = key, .since = since,
            .staff = officer_read(q, unit, people, people_count, field, typed),
        };
    }
}

/* Another village, or a single day of the roster. */
static void fresh_read(struct ask *q, const struct unit *unit, const struct staff *people,
                       size_t people_count, enum assign_kind kind, day since,
                       struct save_wish *w)
{
    const char *field = kind == ASSIGN_LINE_ROSTER ? "day" : "village";
    str to_field = assignment_to_fresh(q, kind);
    str typed = ask_field(q, field), to = ask_field(q, str_z(q->arena, to_field));
    struct assign_line line = { .kind = kind, .since = since };
    day on;

    if (str_is_empty(typed)) {
        if (!str_is_empty(to)) {
            mistake_add(&q->mistakes, str_of(field),
                        kind == ASSIGN_LINE_ROSTER
                            ? SAY("Write which day this is for.")
                            : SAY("Write which village this is for."));
        }
        return;
    }
    if (kind == ASSIGN_LINE_VILLAGE) {
        line.key = village_plain(q->arena, typed);
        if (!is_known_key(q, kind, line.key)) {
            mistake_add(&q->mistakes, str_of(field),
                        SAY("The name of a village has at most {max} characters.",
                            SAY_NUMBER("max", VILLAGE_SIGNS)));
        }
    } else if (!day_parse(typed, &on) || on < q->today || on > q->today + YEAR_DAYS) {
        mistake_add(&q->mistakes, str_of(field),
                    SAY("Enter a day from today on, for example {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    } else {
        line.key = day_iso(q->arena, on);
        line.since = 0;
    }
    if (str_is_empty(to)) {
        mistake_add(&q->mistakes, to_field, SAY("Choose who gets the cases."));
        return;
    }
    line.staff = officer_read(q, unit, people, people_count, to_field, to);
    w->lines[w->count++] = line;
}

static err save_check(struct ask *q, struct save_wish *ret_wish)
{
    bool roster = str_equal(ask_field(q, "kind"), assign_kind_key[ASSIGN_LINE_ROSTER]);
    enum assign_kind kind = roster ? ASSIGN_LINE_ROSTER : ASSIGN_LINE_VILLAGE;
    struct unit unit;
    struct staff *people;
    size_t count;
    day since;

    TRY(assignment_unit_of(q, &unit));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    *ret_wish = (struct save_wish){
        .unit = unit.id, .unit_key = unit.key,
        .lines = ARENA_ARRAY(q->arena, ASSIGNMENT_ROWS + 1, struct assign_line),
    };
    if (ret_wish->lines == NULL) {
        return err_no_memory;
    }
    if (!assign_may_edit(&q->actor, unit.id)) {
        FAIL(q->arena, ERR_DENIED,
             SAY("The head of the unit or its dispatcher changes this table."), STR(""),
             "not his table");
    }
    since = since_read(q, roster ? "roster_since" : "village_since");
    rows_read(q, &unit, people, count, kind, since, ret_wish);
    fresh_read(q, &unit, people, count, kind, since, ret_wish);
    if (ret_wish->count == 0 && q->mistakes.count == 0) {
        mistake_add(&q->mistakes, assignment_to_fresh(q, kind),
                    SAY("Nothing was chosen. Choose an officer in the lines that change."));
    }
    return refuse(q);
}

static err save_commit(struct ask *q, struct tx *tx, const struct save_wish *wish,
                       struct save_made *ret_made)
{
    ret_made->nothing = 0;
    return assign_put(q->arena, tx, &q->actor, q->now_ms, wish->unit, wish->lines,
                      wish->count);
}

static err saved(struct ask *q, struct reply *r, str unit)
{
    struct url u = url_with(q, link_to(q, "assignment.index"), "unit", unit);

    return reply_see(q, r, url_with(q, u, "saved", STR("1")));
}

static err save_reply(struct ask *q, struct reply *r, const struct save_made *made)
{
    (void)made;
    return saved(q, r, ask_field(q, "unit"));
}

BEATS_OUT(save, assignment_save_beats, struct save_wish, struct save_made)

/* ---- a line that has not begun ---- */

struct back_wish {
    int64_t unit;
    struct assign_line line;
};

static err back_check(struct ask *q, struct back_wish *ret_wish)
{
    struct unit unit;
    struct assign_line *lines;
    size_t count;
    str kind = ask_field(q, "kind"), key = ask_field(q, "key");
    day since = 0;

    TRY(assignment_unit_of(q, &unit));
    TRY(assign_list(q->arena, q->snap, q->agency->id, unit.id, &lines, &count));
    (void)day_from_iso(ask_field(q, "since"), &since);
    for (size_t i = 0; i < count; i++) {
        if (str_equal(assign_kind_key[lines[i].kind], kind) &&
            str_equal(lines[i].key, key) && lines[i].since == since) {
            *ret_wish = (struct back_wish){ unit.id, lines[i] };
            return NULL;
        }
    }
    FAIL(q->arena, ERR_CONFLICT, SAY("This line is in force already, or a colleague has "
         "taken it back. Look at the table as it is now."), STR(""), "gone");
}

static err back_commit(struct ask *q, struct tx *tx, const struct back_wish *wish,
                       struct save_made *ret_made)
{
    ret_made->nothing = 0;
    return assign_take_back(q->arena, tx, &q->actor, q->now_ms, wish->unit, &wish->line);
}

static err back_reply(struct ask *q, struct reply *r, const struct save_made *made)
{
    (void)made;
    return saved(q, r, ask_field(q, "unit"));
}

BEATS_OUT(back, assignment_back_beats, struct back_wish, struct save_made)
