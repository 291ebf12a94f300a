/* leave_store — who is away and when: listed, entered without two at once, taken back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/party/party.h"

static const struct query list_sql = {
    "SELECT staff_id, from_day, to_day FROM staff_absence "
    "WHERE agency_id = ?1 AND from_day <= ?3 AND to_day >= ?2 "
    "ORDER BY from_day, to_day, staff_id",
    "iii",
};
static const struct query of_staff_sql = {
    "SELECT staff_id, from_day, to_day FROM staff_absence "
    "WHERE agency_id = ?1 AND staff_id = ?2 AND from_day <= ?4 AND to_day >= ?3 "
    "ORDER BY from_day",
    "iiii",
};
static const struct query *const all_queries[] = { &list_sql, &of_staff_sql };
const struct query_list party_leave_queries = {
    "party (leave)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

static struct absence absence_at(const struct table *t, size_t i)
{
    return (struct absence){
        .staff = cell_int(t, i, 0),
        .from = (day)cell_int(t, i, 1),
        .to = (day)cell_int(t, i, 2),
    };
}

err absence_list(struct arena *a, struct snap *snap, int64_t agency, day from, day to,
                 struct absence **ret, size_t *ret_count)
{
    struct table t;
    struct absence *list;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(from), bind_int(to)),
                   &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct absence);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = absence_at(&t, i);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err absence_enter(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                  int64_t agency, const struct absence *x)
{
    struct table t;

    TRY(snap_query(
        a, tx_snap(tx), &of_staff_sql,
        BIND(bind_int(agency), bind_int(x->staff), bind_int(x->from), bind_int(x->to)),
        &t));
    if (t.rows > 0) {
        struct absence known = absence_at(&t, 0);

        FAIL(a, ERR_CONFLICT,
             SAY("Away from {from} to {until} is entered already. Take that back first.",
                 SAY_DAY("from", known.from), SAY_DAY("until", known.to)),
             STR("from"), "overlap");
    }
    return staff_away(a, tx, who, now_ms, agency, x->staff, x->from, x->to);
}

err absence_end(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                int64_t agency, int64_t staff, day from, day today)
{
    struct table t;
    struct absence known = { 0 };

    TRY(snap_query(a, tx_snap(tx), &of_staff_sql,
                   BIND(bind_int(agency), bind_int(staff), bind_int(from), bind_int(from)),
                   &t));
    if (t.rows > 0) {
        known = absence_at(&t, 0);
    }
    if (t.rows == 0 || known.from != from || known.to < today) {
        FAIL(a, ERR_MISSING,
             SAY("This absence is not there any more. Look at the list again."), STR(""),
             "no such absence");
    }
    return staff_away(a, tx, who, now_ms, agency, staff, from,
                      from < today ? today - 1 : from - 1);
}
