/* tell_store — who waits too long is told: the officer before the end of the statutory term
 * and of the control limit, the applicant once the statutory term is past, with reason,
 * state and expected date.
 *
 * Late is what has no decision and whose term is past, open or not looked at alike; a term
 * that stands still is not late. What the applicant hears of is the statutory term alone:
 * the two clocks are never mixed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/casefile/worklist/worklist.h"
#include "kernel/notice/notice.h"

#define UNDECIDED                                                                     \
    "WHERE c.agency_id = ?1 AND c.is_open = 1 AND c.state IN ('received', 'in_work', " \
    "'sent_back', 'consulted', 'proposed', 'submitted') "
/* Once for each day on which it ends. */
#define UNTOLD(kind, shown)                                                    \
    "AND NOT EXISTS (SELECT 1 FROM case_told t WHERE t.agency_id = c.agency_id " \
    "AND t.casefile_id = c.id AND t.kind = '" kind "' AND t.due_day = " shown ") "

static const struct query overdue_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES UNDECIDED "AND c.due_ms <= ?2 "
    UNTOLD("overdue", "c.due_shown") "ORDER BY c.due_ms, c.id LIMIT ?3", "iii",
};
static const struct query soon_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES UNDECIDED "AND c.due_ms > ?2 AND c.due_ms <= ?4 "
    UNTOLD("warned", "c.due_shown") "ORDER BY c.due_ms, c.id LIMIT ?3", "iiii",
};
/* Where both end at once the one warning is for both. */
static const struct query control_soon_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES UNDECIDED
    "AND c.control_ms > ?2 AND c.control_ms <= ?4 AND c.control_ms <> c.due_ms "
    UNTOLD("control", "c.control_shown") "ORDER BY c.control_ms, c.id LIMIT ?3", "iiii",
};
static const struct query told_sql = {
    "INSERT INTO case_told (agency_id, casefile_id, kind, due_day, at_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iitii",
};
static const struct query *const all_queries[] = { &overdue_sql, &soon_sql,
                                                   &control_soon_sql, &told_sql };
const struct query_list casefile_tell_queries = {
    "casefile (telling)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

/* Why it is not done, as the records know it. */
static struct words overdue_words(const struct casefile *c, day expected)
{
    const struct word on = SAY_DAY("due", c->due), at = SAY_TIME("due", c->due_ms);
    struct word due = case_ends_in_hours(c->due, c->due_ms) ? at : on;
    struct word until = SAY_DAY("expected", expected);

    switch (c->state) {
    case CASE_RECEIVED:
        return SAY("It was to be done by {due} and is late: no officer was free to take it "
                   "up. We expect to be done by {expected}.", due, until);
    case CASE_SENT_BACK:
        return SAY(
            "It was to be done by {due} and is late: something is still missing from "
            "you. We expect to be done by {expected}, once it is here.",
            due, until);
    case CASE_CONSULTED:
        return SAY(
            "It was to be done by {due} and is late: other units are being asked. We "
            "expect to be done by {expected}.",
            due, until);
    case CASE_PROPOSED:
    case CASE_SUBMITTED:
        return SAY("It was to be done by {due} and is late: it is examined and waits for "
                   "the decision. We expect to be done by {expected}.", due, until);
    default:
        return SAY("It was to be done by {due} and is late: the examination takes longer. "
                   "We expect to be done by {expected}.", due, until);
    }
}

/* Half of the usual time again, from today: at least two working days, of a term in hours
 * one. */
day case_expected(const struct calendar *cal, const struct casefile *c, day today)
{
    int usual = calendar_open_days_between(cal, day_at(c->received_ms), c->due);
    int least = case_ends_in_hours(c->due, c->due_ms) ? 1 : 2;

    return calendar_working_due(cal, today, usual / 2 > least ? usual / 2 : least);
}

static err told_put(struct arena *a, struct tx *tx, const struct casefile *c,
                    const char *kind, day due, int64_t now_ms)
{
    return tx_run(a, tx, &told_sql,
                  BIND(bind_int(c->agency), bind_int(c->id), bind_text(str_of(kind)),
                       bind_int(due_cell(due)), bind_int(now_ms)));
}

static err overdue_tell(struct arena *a, struct tx *tx, const struct calendar *cal,
                        const struct casefile *c, int64_t now_ms)
{
    struct case_fact f = { .notices = 1 };
    struct notice n = {
        .agency = c->agency, .subject = c->id, .kind = STR("overdue"), .at_ms = now_ms,
        .channels = NOTICE_BY(NOTICE_EMAIL) | NOTICE_BY(NOTICE_SMS),
        .say = overdue_words(c, case_expected(cal, c, day_at(now_ms))),
    };
    struct event e = {
        .agency = c->agency, .at_ms = now_ms, .kind = STR("case.overdue_told"),
        .subject = c->id, .body = case_side_body(a, &f, STR("")),
    };

    TRY(told_put(a, tx, c, "overdue", c->due, now_ms));
    TRY(notice_put(a, tx, &n));
    return tx_event(tx, &e);
}

/* The event of the control limit is one of its own: nobody takes it for the other. */
static err warn(struct arena *a, struct tx *tx, const struct casefile *c, bool control,
                int64_t now_ms)
{
    struct case_fact f = { 0 };
    struct event e = {
        .agency = c->agency, .at_ms = now_ms,
        .kind = control ? STR("case.control_warned") : STR("case.warned"),
        .subject = c->id, .body = case_side_body(a, &f, STR("")),
    };

    TRY(told_put(a, tx, c, control ? "control" : "warned",
                 control ? c->control_due : c->due, now_ms));
    return tx_event(tx, &e);
}

/* Those that end between now and `soon_ms`. */
static err warn_all(struct arena *a, struct tx *tx, int64_t agency, bool control,
                    int64_t now_ms, int64_t soon_ms, int most, int64_t *io_seen)
{
    struct table t;

    TRY(snap_query(a, tx_snap(tx), control ? &control_soon_sql : &soon_sql,
                   BIND(bind_int(agency), bind_int(now_ms), bind_int(most),
                        bind_int(soon_ms)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        struct casefile c = case_at(&t, i, agency);

        TRY(warn(a, tx, &c, control, now_ms));
    }
    *io_seen += (int64_t)t.rows;
    return NULL;
}

err casefile_tell_slice(struct arena *a, struct tx *tx, const struct calendar *cal,
                        int64_t agency, int warn_days, int most, int64_t now_ms,
                        struct case_slice *ret)
{
    int64_t soon_ms = case_soon_ms(cal, warn_days, now_ms);
    struct table late;

    TRY(snap_query(a, tx_snap(tx), &overdue_sql,
                   BIND(bind_int(agency), bind_int(now_ms), bind_int(most)), &late));
    *ret = (struct case_slice){ .seen = (int64_t)late.rows };
    for (size_t i = 0; i < late.rows; i++) {
        struct casefile c = case_at(&late, i, agency);

        TRY(overdue_tell(a, tx, cal, &c, now_ms));
    }
    TRY(warn_all(a, tx, agency, false, now_ms, soon_ms, most, &ret->seen));
    TRY(warn_all(a, tx, agency, true, now_ms, soon_ms, most, &ret->seen));
    ret->changed = ret->seen;
    ret->done = ret->seen == 0;
    return NULL;
}
