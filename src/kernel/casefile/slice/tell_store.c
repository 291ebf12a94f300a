/* tell_store — who waits too long is told: the officer before the end of the statutory
 * term, the applicant on the day after it, with reason, state and expected date.
 *
 * Late is what has no decision and whose term is past, open or not looked at alike; a term
 * that stands still is not late. Nothing here looks at the control limit: the two clocks
 * are never mixed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/notice/notice.h"

#define UNDECIDED                                                                     \
    "WHERE c.agency_id = ?1 AND c.is_open = 1 AND c.state IN ('received', 'in_work', " \
    "'sent_back', 'consulted', 'proposed', 'submitted') "
#define UNTOLD(kind)                                                           \
    "AND NOT EXISTS (SELECT 1 FROM case_told t WHERE t.agency_id = c.agency_id " \
    "AND t.casefile_id = c.id AND t.kind = '" kind "' AND t.due_day = c.due_day) "

static const struct query overdue_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES UNDECIDED "AND c.due_day < ?2 " UNTOLD("overdue")
    "ORDER BY c.due_day, c.id LIMIT ?3", "iii",
};
static const struct query soon_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES UNDECIDED "AND c.due_day >= ?2 AND c.due_day <= ?4 "
    UNTOLD("warned") "ORDER BY c.due_day, c.id LIMIT ?3", "iiii",
};
static const struct query told_sql = {
    "INSERT INTO case_told (agency_id, casefile_id, kind, due_day, at_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iitii",
};
static const struct query *const all_queries[] = { &overdue_sql, &soon_sql, &told_sql };
const struct query_list casefile_tell_queries = {
    "casefile (telling)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

/* Why it is not done, as the records know it. */
static struct words overdue_words(const struct casefile *c, day expected)
{
    struct word due = SAY_DAY("due", c->due), until = SAY_DAY("expected", expected);

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

/* Half of the usual time again, from today; at least two working days. */
day case_expected(const struct calendar *cal, const struct casefile *c, day today)
{
    int usual = calendar_open_days_between(cal, day_at(c->received_ms), c->due);

    return calendar_working_due(cal, today, usual / 2 > 2 ? usual / 2 : 2);
}

static err told_put(struct arena *a, struct tx *tx, const struct casefile *c,
                    const char *kind, int64_t now_ms)
{
    return tx_run(a, tx, &told_sql,
                  BIND(bind_int(c->agency), bind_int(c->id), bind_text(str_of(kind)),
                       bind_int(due_cell(c->due)), bind_int(now_ms)));
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

    TRY(told_put(a, tx, c, "overdue", now_ms));
    TRY(notice_put(a, tx, &n));
    return tx_event(tx, &e);
}

static err warn(struct arena *a, struct tx *tx, const struct casefile *c, int64_t now_ms)
{
    struct case_fact f = { 0 };
    struct event e = {
        .agency = c->agency, .at_ms = now_ms, .kind = STR("case.warned"),
        .subject = c->id, .body = case_side_body(a, &f, STR("")),
    };

    TRY(told_put(a, tx, c, "warned", now_ms));
    return tx_event(tx, &e);
}

err casefile_tell_slice(struct arena *a, struct tx *tx, const struct calendar *cal,
                        int64_t agency, int warn_days, int most, int64_t now_ms,
                        struct case_slice *ret)
{
    day today = day_at(now_ms);
    day soon = calendar_working_due(cal, today, warn_days);
    struct table late, near;

    TRY(snap_query(a, tx_snap(tx), &overdue_sql,
                   BIND(bind_int(agency), bind_int(today), bind_int(most)), &late));
    TRY(snap_query(a, tx_snap(tx), &soon_sql,
                   BIND(bind_int(agency), bind_int(today), bind_int(most), bind_int(soon)),
                   &near));
    *ret = (struct case_slice){ .seen = (int64_t)(late.rows + near.rows),
                                .changed = (int64_t)(late.rows + near.rows) };
    ret->done = ret->seen == 0;
    for (size_t i = 0; i < late.rows; i++) {
        struct casefile c = case_at(&late, i, agency);

        TRY(overdue_tell(a, tx, cal, &c, now_ms));
    }
    for (size_t i = 0; i < near.rows; i++) {
        struct casefile c = case_at(&near, i, agency);

        TRY(warn(a, tx, &c, now_ms));
    }
    return NULL;
}
