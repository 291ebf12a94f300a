/* calendar — a generation is loaded; official years are kept as their files were.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/calendar/closure.h"
#include "kernel/calendar/inside.h"
#include "kernel/calendar/office_days.h"
#include "kernel/party/party.h"

static const struct query days_sql = {
    "SELECT d.day, d.is_open, d.name "
    "FROM calendar_import i "
    "JOIN calendar_day d ON d.agency_id = i.agency_id AND d.import_id = i.id "
    "WHERE i.agency_id = ?1 AND NOT EXISTS ("
    "SELECT 1 FROM calendar_import j "
    "WHERE j.agency_id = i.agency_id AND j.year = i.year AND j.id > i.id) "
    "ORDER BY d.day",
    "i",
};
static const struct query closures_sql = {
    "SELECT c.day, c.from_minute, c.until_minute, c.reason, c.id "
    "FROM closure c "
    "JOIN closure_step s ON s.agency_id = c.agency_id AND s.closure_id = c.id "
    "WHERE c.agency_id = ?1 AND s.state IN ('holds', 'doubted') AND NOT EXISTS ("
    "SELECT 1 FROM closure_step t "
    "WHERE t.agency_id = s.agency_id AND t.closure_id = s.closure_id "
    "AND t.number > s.number) "
    "ORDER BY c.day, c.id",
    "i",
};
static const struct query years_sql = {
    "SELECT i.year, i.file, i.is_revised, i.at_ms, COALESCE(s.name, '') "
    "FROM calendar_import i "
    "LEFT JOIN staff s ON s.agency_id = i.agency_id AND s.id = i.staff_id "
    "WHERE i.agency_id = ?1 AND NOT EXISTS ("
    "SELECT 1 FROM calendar_import j "
    "WHERE j.agency_id = i.agency_id AND j.year = i.year AND j.id > i.id) "
    "ORDER BY i.year",
    "i",
};
static const struct query newest_sql = {
    "SELECT hash FROM calendar_import WHERE agency_id = ?1 AND year = ?2 "
    "ORDER BY id DESC LIMIT 1",
    "ii",
};
static const struct query import_sql = {
    "INSERT INTO calendar_import (agency_id, id, year, file, hash, is_revised, staff_id, "
    "at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "iiitbiii",
};
static const struct query day_sql = {
    "INSERT INTO calendar_day (agency_id, import_id, day, is_open, name) "
    "VALUES (?1, ?2, ?3, ?4, ?5)",
    "iiiit",
};
static const struct query *const all_queries[] = {
    &days_sql, &closures_sql, &years_sql, &newest_sql, &import_sql, &day_sql,
};
const struct query_list calendar_queries = {
    "calendar",
    all_queries,
    sizeof(all_queries) / sizeof(all_queries[0]),
};

static struct office_day day_cell(const struct table *t, size_t i)
{
    return (struct office_day){
        .day = (day)cell_int(t, i, 0),
        .open = (int)cell_int(t, i, 1),
        .name = cell_text(t, i, 2),
    };
}

static int year_of(day d)
{
    return day_civil(d).year;
}

static bool has_year(const struct table *t, int year)
{
    for (size_t i = 0; i < t->rows; i++) {
        if (year_of((day)cell_int(t, i, 0)) == year) {
            return true;
        }
    }
    return false;
}

/* Of the city and the office; a year that the office has brought in itself holds for it. */
static err days_load(struct arena *a, struct snap *snap, int64_t agency,
                     struct office_day **ret, size_t *ret_count)
{
    struct table city, own = { 0 };
    struct office_day *days;
    size_t count = 0, k = 0;

    TRY(snap_query(a, snap, &days_sql, BIND(bind_int(AGENCY_CITY)), &city));
    if (agency != AGENCY_CITY) {
        TRY(snap_query(a, snap, &days_sql, BIND(bind_int(agency)), &own));
    }
    days = ARENA_ARRAY(a, city.rows + own.rows + 1, struct office_day);
    if (days == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < city.rows; i++) {
        struct office_day d = day_cell(&city, i);

        while (k < own.rows && cell_int(&own, k, 0) < d.day) {
            days[count++] = day_cell(&own, k++);
        }
        if (own.rows == 0 || !has_year(&own, year_of(d.day))) {
            days[count++] = d;
        }
    }
    while (k < own.rows) {
        days[count++] = day_cell(&own, k++);
    }
    *ret = days;
    *ret_count = count;
    return NULL;
}

/* The same of closures; `spare` places are left. */
static err closures_load(struct arena *a, struct snap *snap, int64_t agency,
                         int64_t without, size_t spare, struct closure_span **ret,
                         size_t *ret_count)
{
    const int64_t whose[] = { AGENCY_CITY, agency };
    size_t parts = agency == AGENCY_CITY ? 1 : 2, count = 0;
    struct table t[2];
    struct closure_span *all;

    for (size_t p = 0; p < parts; p++) {
        TRY(snap_query(a, snap, &closures_sql, BIND(bind_int(whose[p])), &t[p]));
        spare += t[p].rows;
    }
    all = ARENA_ARRAY(a, spare + 1, struct closure_span);
    if (all == NULL) {
        return err_no_memory;
    }
    for (size_t p = 0; p < parts; p++) {
        for (size_t i = 0; i < t[p].rows; i++) {
            if (cell_int(&t[p], i, 4) == without) {
                continue;
            }
            all[count++] = (struct closure_span){
                .day = (day)cell_int(&t[p], i, 0),
                .from_minute = (int)cell_int(&t[p], i, 1),
                .until_minute = (int)cell_int(&t[p], i, 2),
                .reason = cell_text(&t[p], i, 3),
                .of_city = whose[p] == AGENCY_CITY,
            };
        }
    }
    *ret = all;
    *ret_count = count;
    return NULL;
}

err calendar_load_with(struct arena *a, struct snap *snap, int64_t agency,
                       const struct closure_span *more, int64_t without,
                       const struct calendar **ret)
{
    struct office_day *days;
    struct closure_span *closures;
    size_t days_count, closures_count;

    TRY(days_load(a, snap, agency, &days, &days_count));
    TRY(closures_load(a, snap, agency, without, 1, &closures, &closures_count));
    if (more != NULL) {
        closures[closures_count++] = *more;
    }
    return calendar_make(a, days, days_count, closures, closures_count, ret);
}

err calendar_load(struct arena *a, struct snap *snap, int64_t agency,
                  const struct calendar **ret)
{
    return calendar_load_with(a, snap, agency, NULL, 0, ret);
}

err calendar_load_official(struct arena *a, struct snap *snap, int64_t agency,
                           const struct calendar **ret)
{
    struct office_day *days;
    size_t count;

    TRY(days_load(a, snap, agency, &days, &count));
    return calendar_make(a, days, count, NULL, 0, ret);
}

static str year_body(struct arena *a, const struct official_year *y, str file, str hash)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, 4096);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_int(&w, STR("year"), y->year);
    json_put_text(&w, STR("file"), file);
    json_put_text(&w, STR("hash"), str_hex(a, hash));
    json_end_object(&w);
    return buf_str(&b);
}

err calendar_year_put(struct arena *a, struct tx *tx, const struct actor *who,
                      int64_t now_ms, int64_t agency, int64_t id, str file, str hash,
                      const struct official_year *y, bool *ret_changed)
{
    struct table t;
    struct event e = { .agency = agency,
                       .at_ms = now_ms,
                       .actor = who->staff,
                       .kind = STR("calendar.imported"),
                       .subject = id };

    TRY(snap_query(a, tx_snap(tx), &newest_sql, BIND(bind_int(agency), bind_int(y->year)),
                   &t));
    if (t.rows > 0 && str_equal(cell_bytes(&t, 0, 0), hash)) {
        *ret_changed = false;
        return NULL;
    }
    TRY(tx_run(a, tx, &import_sql,
               BIND(bind_int(agency), bind_int(id), bind_int(y->year), bind_text(file),
                    bind_bytes(hash), bind_int(y->is_revised), bind_int(who->staff),
                    bind_int(now_ms))));
    for (size_t i = 0; i < y->count; i++) {
        TRY(tx_run(a, tx, &day_sql,
                   BIND(bind_int(agency), bind_int(id), bind_int(y->days[i].day),
                        bind_int(y->days[i].open != 0), bind_text(y->days[i].name))));
    }
    e.body = year_body(a, y, file, hash);
    TRY(tx_event(tx, &e));
    TRY(calendar_changed(a, tx, who, now_ms, agency, id, day_of(y->year, 1, 1),
                         day_of(y->year, 12, 31), file));
    *ret_changed = true;
    return NULL;
}

static void year_count(const struct calendar *c, struct year_row *y)
{
    for (day d = day_of(y->year, 1, 1); year_of(d) == y->year; d++) {
        switch (calendar_kind(c, d)) {
        case DAY_OFF:
            y->off++;
            break;
        case DAY_MAKE_UP:
            y->make_up++;
            y->open++;
            break;
        default:
            y->open++;
            break;
        }
    }
}

static struct year_row row_at(const struct table *t, size_t i)
{
    return (struct year_row){
        .year = (int)cell_int(t, i, 0),
        .file = cell_text(t, i, 1),
        .is_revised = cell_int(t, i, 2) != 0,
        .at_ms = cell_int(t, i, 3),
        .staff_name = cell_text(t, i, 4),
    };
}

struct year_table {
    struct table city, own;
};

/* The newest row of a year; that of the office where it has one. */
static bool row_find(const struct year_table *t, int year, struct year_row *ret)
{
    const struct table *tables[] = { &t->own, &t->city };

    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < tables[k]->rows; i++) {
            if (cell_int(tables[k], i, 0) == year) {
                *ret = row_at(tables[k], i);
                return true;
            }
        }
    }
    return false;
}

static void reach(const struct table *t, int *io_first, int *io_last)
{
    for (size_t i = 0; i < t->rows; i++) {
        int year = (int)cell_int(t, i, 0);

        *io_first = year < *io_first ? year : *io_first;
        *io_last = year > *io_last ? year : *io_last;
    }
}

err calendar_years(struct arena *a, struct snap *snap, int64_t agency,
                   struct year_row **ret, size_t *ret_count)
{
    int first = year_of(office_days[0].day), binary = first;
    int last = year_of(office_days[office_days_count - 1].day), binary_last = last;
    const struct calendar *c;
    struct year_table t = { 0 };
    struct year_row *years;
    size_t count = 0;

    TRY(calendar_load_official(a, snap, agency, &c));
    TRY(snap_query(a, snap, &years_sql, BIND(bind_int(AGENCY_CITY)), &t.city));
    if (agency != AGENCY_CITY) {
        TRY(snap_query(a, snap, &years_sql, BIND(bind_int(agency)), &t.own));
    }
    reach(&t.city, &first, &last);
    reach(&t.own, &first, &last);
    years = ARENA_ARRAY(a, (size_t)(last - first) + 1, struct year_row);
    if (years == NULL) {
        return err_no_memory;
    }
    for (int year = first; year <= last; year++) {
        /* That of 2025 in the binary is the 修正版. */
        struct year_row y = { .year = year, .is_revised = year == 2025 };

        if (row_find(&t, year, &y) || (year >= binary && year <= binary_last)) {
            year_count(c, &y);
            years[count++] = y;
        }
    }
    *ret = years;
    *ret_count = count;
    return NULL;
}
