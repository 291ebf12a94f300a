/* slice_store — dates that move with the calendar, and clocks for cases that have none.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/consult/consult.h"
#include "kernel/notice/notice.h"

#define CLOCKS_A_CASE 4 /* about */

static const struct query running_sql = {
    "SELECT casefile_id FROM case_clock "
    "WHERE agency_id = ?1 AND casefile_id > ?2 AND state <> 'ended' "
    "AND state = 'running' AND due_day >= ?4 AND started_ms < ?5 "
    "ORDER BY casefile_id, kind, number LIMIT ?3", "iiiii",
};
static const struct query due_sql = {
    "UPDATE casefile SET due_ms = ?3, due_shown = ?4 WHERE agency_id = ?1 AND id = ?2",
    "iiii",
};
static const struct query control_sql = {
    "UPDATE casefile SET control_ms = ?3, control_shown = ?4 "
    "WHERE agency_id = ?1 AND id = ?2", "iiii",
};
/* Both at once: each change of a date is a change of several indexes. */
static const struct query both_sql = {
    "UPDATE casefile SET due_ms = ?3, due_shown = ?4, control_ms = ?5, "
    "control_shown = ?6 WHERE agency_id = ?1 AND id = ?2", "iiiiii",
};
static const struct query cases_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES
    "WHERE c.agency_id = ?1 AND c.id >= ?2 AND c.id <= ?3 AND c.is_open = 1 ORDER BY c.id",
    "iii",
};
static const struct query unclocked_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES
    "WHERE c.agency_id = ?1 AND c.id > ?2 AND c.is_open = 1 AND c.decided_ms = 0 "
    "AND NOT EXISTS (SELECT 1 FROM case_clock k WHERE k.agency_id = c.agency_id "
    "AND k.casefile_id = c.id) ORDER BY c.id LIMIT ?3", "iii",
};
static const struct query *const all_queries[] = {
    &running_sql, &due_sql, &control_sql, &both_sql, &cases_sql, &unclocked_sql,
};
const struct query_list casefile_slice_queries = {
    "casefile (slices)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

/* The ids from where to where; whole cases only. */
static err range_of(struct arena *a, struct snap *snap, int64_t agency,
                    const struct case_days *days, int64_t after, int most,
                    int64_t *ret_first, struct case_slice *ret)
{
    struct table t;
    size_t rows;

    TRY(snap_query(a, snap, &running_sql,
                   BIND(bind_int(agency), bind_int(after), bind_int(most * CLOCKS_A_CASE),
                        bind_int(days->first), bind_int(day_begins_ms(days->last + 1))),
                   &t));
    *ret = (struct case_slice){ .last = after, .done = t.rows == 0 };
    *ret_first = t.rows > 0 ? cell_int(&t, 0, 0) : 0;
    rows = t.rows;
    for (size_t i = 0; i < rows && ret->seen < most; i++) {
        if (cell_int(&t, i, 0) != ret->last) {
            ret->last = cell_int(&t, i, 0);
            ret->seen++;
        }
    }
    return NULL;
}

static struct words moved_words(day was, day will, str reason)
{
    return SAY("The expected date has moved from {was} to {will}: {reason}.",
               SAY_DAY("was", was), SAY_DAY("will", will), SAY_TEXT("reason", reason));
}

/* One case while its clocks are gone through. */
struct mover {
    struct arena *a;
    struct tx *tx;
    int64_t agency, now_ms;
    str reason;
    struct case_fact f;
    day was; /* statutory, before; DAY_NONE: it did not move */
    day will;
    bool rows[2]; /* which of statutory and control have moved, and to what */
    int64_t keys[2], shown[2];
};

static err row_moves(struct mover *m, const struct case_clock *k)
{
    size_t which = k->kind == CASE_CLOCK_STATUTORY ? 0 : 1;

    if (k->kind == CASE_CLOCK_CONSULT) {
        return consult_move(m->a, m->tx, m->agency, k->casefile, k->number, k->due);
    }
    if (k->kind == CASE_CLOCK_STUDY) {
        return NULL;
    }
    m->rows[which] = true;
    m->keys[which] = due_ms_cell(k->due, k->due_ms, k->state == CLOCK_PAUSED);
    m->shown[which] = due_cell(k->due);
    return NULL;
}

/* What row_moves has gathered of one case. */
static err row_write(struct mover *m, int64_t id)
{
    if (m->rows[0] && m->rows[1]) {
        return tx_run(m->a, m->tx, &both_sql,
                      BIND(bind_int(m->agency), bind_int(id), bind_int(m->keys[0]),
                           bind_int(m->shown[0]), bind_int(m->keys[1]),
                           bind_int(m->shown[1])));
    }
    if (!m->rows[0] && !m->rows[1]) {
        return NULL;
    }
    size_t which = m->rows[0] ? 0 : 1;

    return tx_run(m->a, m->tx, which == 0 ? &due_sql : &control_sql,
                  BIND(bind_int(m->agency), bind_int(id), bind_int(m->keys[which]),
                       bind_int(m->shown[which])));
}

static err clock_moves(struct mover *m, const struct case_clock *now, day was)
{
    TRY(case_clock_move(m->a, m->tx, m->agency, now));
    if (m->f.clocks_count < CLOCK_FACTS_MOST) {
        m->f.clocks[m->f.clocks_count++] = case_clock_fact(now);
    }
    if (now->kind == CASE_CLOCK_STATUTORY && was != now->due) {
        m->was = was;
        m->will = now->due;
    }
    return row_moves(m, now);
}

static err case_moved(struct mover *m, int64_t id)
{
    struct event e = {
        .agency = m->agency, .at_ms = m->now_ms, .kind = STR("case.due_moved"),
        .subject = id,
    };

    TRY(row_write(m, id));
    if (m->was != DAY_NONE) {
        m->f.notices = 1;
        TRY(notice_put(m->a, m->tx,
                       &(struct notice){ .agency = m->agency, .subject = id,
                                         .kind = STR("due_moved"), .at_ms = m->now_ms,
                                         .channels = NOTICE_BY(NOTICE_EMAIL),
                                         .say = moved_words(m->was, m->will,
                                                            m->reason) }));
    }
    e.body = case_side_body(m->a, &m->f, m->reason);
    return tx_event(m->tx, &e);
}

static void mover_begin(struct mover *m)
{
    m->f = (struct case_fact){ 0 };
    m->was = m->will = DAY_NONE;
    m->rows[0] = m->rows[1] = false;
}

err casefile_recompute_slice(struct arena *a, struct tx *tx, const struct calendar *cal,
                             int64_t agency, const struct case_days *days, int64_t after,
                             int most, int64_t now_ms, str reason, struct case_slice *ret)
{
    struct mover m = { .a = a, .tx = tx, .agency = agency, .now_ms = now_ms,
                       .reason = reason };
    struct case_clock *list;
    size_t count;
    int64_t first;

    TRY(range_of(a, tx_snap(tx), agency, days, after, most, &first, ret));
    if (ret->done) {
        return NULL;
    }
    TRY(case_clocks_running(a, tx_snap(tx), agency, first, ret->last, &list, &count));
    mover_begin(&m);
    for (size_t i = 0; i < count; i++) {
        struct case_clock k = list[i];
        bool last = i + 1 == count || list[i + 1].casefile != k.casefile;

        if (k.state == CLOCK_RUNNING) { /* one that stands is reckoned when it goes on */
            case_clock_reckon(cal, &k, now_ms);
        }
        if (k.due != list[i].due || k.due_ms != list[i].due_ms) {
            TRY(clock_moves(&m, &k, list[i].due));
        }
        if (last && m.f.clocks_count > 0) {
            TRY(case_moved(&m, k.casefile));
            ret->changed++;
            mover_begin(&m);
        }
    }
    return NULL;
}

static void line_of(struct case_move_line *line, const struct case_clock *k, day will)
{
    if (k->kind == CASE_CLOCK_STATUTORY) {
        line->was = k->due;
        line->will = will;
    } else if (k->kind == CASE_CLOCK_CONTROL) {
        line->control_was = k->due;
        line->control_will = will;
    }
}

err casefile_recompute_look(struct arena *a, struct snap *snap, const struct calendar *cal,
                            int64_t agency, const struct case_days *days, int64_t after,
                            int most, int64_t now_ms, struct case_move_line **ret,
                            size_t *ret_count,
                            struct case_slice *ret_slice)
{
    struct case_clock *list;
    struct case_move_line *lines;
    struct table t;
    size_t count, n = 0, at = 0;
    int64_t first;

    *ret_count = 0;
    TRY(range_of(a, snap, agency, days, after, most, &first, ret_slice));
    if (ret_slice->done) {
        return NULL;
    }
    TRY(case_clocks_running(a, snap, agency, first, ret_slice->last, &list, &count));
    TRY(snap_query(a, snap, &cases_sql,
                   BIND(bind_int(agency), bind_int(first), bind_int(ret_slice->last)), &t));
    lines = ARENA_ARRAY(a, t.rows, struct case_move_line);
    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t row = 0; row < t.rows; row++) {
        struct casefile c = case_at(&t, row, agency);
        struct case_move_line line = {
            .id = c.id, .number = c.number, .service = c.service, .unit = c.unit,
            .officer = c.officer, .was = c.due, .will = c.due,
            .control_was = c.control_due, .control_will = c.control_due,
        };

        while (at < count && list[at].casefile < c.id) {
            at++;
        }
        for (; at < count && list[at].casefile == c.id; at++) {
            struct case_clock k = list[at];

            if (k.state ==
                CLOCK_RUNNING) { /* one that stands is reckoned when it goes on */
                case_clock_reckon(cal, &k, now_ms);
                line_of(&line, &list[at], k.due);
            }
        }
        if (line.was != line.will || line.control_was != line.control_will) {
            lines[n++] = line;
        }
    }
    ret_slice->changed = (int64_t)n;
    *ret = lines;
    *ret_count = n;
    return NULL;
}

/* ---- clocks for cases from before ---- */

/* When the applicant was asked, and when work went on. */
static err pauses_of(struct arena *a, struct snap *snap, const struct casefile *c,
                     struct clock_pause **ret, size_t *ret_count)
{
    struct case_told *told;
    struct clock_pause *list;
    size_t count, n = 0;

    TRY(case_facts(a, snap, c->agency, c->id, c->id, &told, &count));
    list = ARENA_ARRAY(a, count, struct clock_pause);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_equal(told[i].fact.kind, case_act_event[ACT_SEND_BACK])) {
            list[n++] = (struct clock_pause){ told[i].fact.at_ms, 0, CLOCK_PAUSE_SUPPLY };
        } else if (str_equal(told[i].fact.kind, case_act_event[ACT_RESUME]) && n > 0) {
            list[n - 1].until_ms = told[i].fact.at_ms;
        }
    }
    *ret = list;
    *ret_count = n;
    return NULL;
}

static err clock_begin(struct mover *m, const struct calendar *cal,
                       const struct casefile *c, struct case_clock k)
{
    struct case_clock kept = k;
    struct clock_fact fact;
    bool paused = k.spans.pauses_count > 0 &&
                  k.spans.pauses[k.spans.pauses_count - 1].until_ms == 0;

    k.casefile = kept.casefile = c->id;
    k.state = paused ? CLOCK_PAUSED : CLOCK_RUNNING;
    case_clock_reckon(cal, &k, m->now_ms);
    TRY(case_clock_put(m->a, m->tx, m->agency, c->id, &k));
    kept.spans = (struct clock_spans){ 0 };
    for (size_t i = 0; i < k.spans.pauses_count; i++) {
        const struct clock_pause *p = &k.spans.pauses[i];

        TRY(case_clock_pause(m->a, m->tx, m->agency, &kept, p->ground, p->from_ms));
        if (p->until_ms != 0) {
            TRY(case_clock_resume(m->a, m->tx, m->agency, &kept, p->until_ms));
        }
    }
    fact = case_clock_fact(&k);
    fact.rule = clock_rule_json(m->a, &k.rule);
    fact.started_ms = k.started_ms;
    m->f.clocks[m->f.clocks_count++] = fact;
    return row_moves(m, &k);
}

static err case_clocked(struct mover *m, const struct calendar *cal,
                        const struct casefile *c, const struct service *s)
{
    struct case_clock clocks[2];
    struct clock_pause *pauses;
    size_t count;
    struct event e = {
        .agency = m->agency, .at_ms = m->now_ms, .kind = STR("case.clocked"),
        .subject = c->id,
    };

    TRY(case_clock_rules(m->a, NULL, s, c->channel, NULL, c->received_ms, clocks));
    TRY(pauses_of(m->a, tx_snap(m->tx), c, &pauses, &count));
    mover_begin(m);
    for (size_t i = 0; i < 2; i++) {
        clocks[i].spans.pauses = pauses;
        clocks[i].spans.pauses_count = count;
        TRY(clock_begin(m, cal, c, clocks[i]));
    }
    TRY(row_write(m, c->id));
    e.body = case_side_body(m->a, &m->f, STR(""));
    return tx_event(m->tx, &e);
}

err casefile_clock_slice(struct arena *a, struct tx *tx, const struct calendar *cal,
                         const struct catalog *catalog, int64_t agency, int64_t after,
                         int most, int64_t now_ms, struct case_slice *ret)
{
    struct mover m = { .a = a, .tx = tx, .agency = agency, .now_ms = now_ms };
    struct table t;

    TRY(snap_query(a, tx_snap(tx), &unclocked_sql,
                   BIND(bind_int(agency), bind_int(after), bind_int(most)), &t));
    *ret = (struct case_slice){ .last = after, .seen = (int64_t)t.rows,
                                .done = t.rows == 0 };
    for (size_t i = 0; i < t.rows; i++) {
        struct casefile c = case_at(&t, i, agency);
        const struct service *s = service_get_near(catalog, c.service, c.service_version);

        ret->last = c.id;
        if (s != NULL) {
            TRY(case_clocked(&m, cal, &c, s));
            ret->changed++;
        }
    }
    return NULL;
}

err casefile_lacks_clocks(struct arena *a, struct snap *snap, int64_t agency,
                          bool *ret_lacks)
{
    struct table t;

    TRY(snap_query(a, snap, &unclocked_sql,
                   BIND(bind_int(agency), bind_int(0), bind_int(1)), &t));
    *ret_lacks = t.rows > 0;
    return NULL;
}
