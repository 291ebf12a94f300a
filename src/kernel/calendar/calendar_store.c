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
    "WHERE c.agency_id = ?1 AND s.state = 'holds' AND NOT EXISTS ("
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

static err days_load(struct arena *a, struct snap *snap, struct office_day **ret,
                     size_t *ret_count)
{
    struct table t;
    struct office_day *days;

    TRY(snap_query(a, snap, &days_sql, BIND(bind_int(AGENCY_CITY)), &t));
    days = ARENA_ARRAY(a, t.rows + 1, struct office_day);
    if (days == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        days[i] = (struct office_day){
            .day = (day)cell_int(&t, i, 0),
            .open = (int)cell_int(&t, i, 1),
            .name = cell_text(&t, i, 2),
        };
    }
    *ret = days;
    *ret_count = t.rows;
    return NULL;
}

/* Of the city and, where it is another one, of the office; `spare` places are left. */
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

    TRY(days_load(a, snap, &days, &days_count));
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

err calendar_load_official(struct arena *a, struct snap *snap, const struct calendar **ret)
{
    struct office_day *days;
    size_t count;

    TRY(days_load(a, snap, &days, &count));
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
                      int64_t now_ms, int64_t id, str file, str hash,
                      const struct official_year *y, bool *ret_changed)
{
    struct table t;
    struct event e = { .agency = AGENCY_CITY,
                       .at_ms = now_ms,
                       .actor = who->staff,
                       .kind = STR("calendar.imported"),
                       .subject = id };

    TRY(snap_query(a, tx_snap(tx), &newest_sql,
                   BIND(bind_int(AGENCY_CITY), bind_int(y->year)), &t));
    if (t.rows > 0 && str_equal(cell_bytes(&t, 0, 0), hash)) {
        *ret_changed = false;
        return NULL;
    }
    TRY(tx_run(a, tx, &import_sql,
               BIND(bind_int(AGENCY_CITY), bind_int(id), bind_int(y->year), bind_text(file),
                    bind_bytes(hash), bind_int(y->is_revised), bind_int(who->staff),
                    bind_int(now_ms))));
    for (size_t i = 0; i < y->count; i++) {
        TRY(tx_run(a, tx, &day_sql,
                   BIND(bind_int(AGENCY_CITY), bind_int(id), bind_int(y->days[i].day),
                        bind_int(y->days[i].open != 0), bind_text(y->days[i].name))));
    }
    e.body = year_body(a, y, file, hash);
    TRY(tx_event(tx, &e));
    TRY(calendar_changed(a, tx, who, now_ms, AGENCY_CITY, id, day_of(y->year, 1, 1),
                         day_of(y->year, 12, 31), file));
    *ret_changed = true;
    return NULL;
}

static int year_of(day d)
{
    return day_civil(d).year;
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

err calendar_years(struct arena *a, struct snap *snap, struct year_row **ret,
                   size_t *ret_count)
{
    int first = year_of(office_days[0].day);
    int last = year_of(office_days[office_days_count - 1].day);
    const struct calendar *c;
    struct office_day *days;
    struct table t;
    struct year_row *years;
    size_t days_count, count = 0, k = 0;

    TRY(days_load(a, snap, &days, &days_count));
    TRY(calendar_make(a, days, days_count, NULL, 0, &c));
    TRY(snap_query(a, snap, &years_sql, BIND(bind_int(AGENCY_CITY)), &t));
    years = ARENA_ARRAY(a, t.rows + (size_t)(last - first) + 1, struct year_row);
    if (years == NULL) {
        return err_no_memory;
    }
    /* Two ascending lists become one; of a year in both the file is told. */
    for (int year = first; year <= last || k < t.rows;) {
        if (k < t.rows && (year > last || cell_int(&t, k, 0) <= year)) {
            years[count] = row_at(&t, k++);
            year += years[count].year == year ? 1 : 0;
        } else {
            /* That of 2025 in the binary is the 修正版. */
            years[count] = (struct year_row){ .year = year, .is_revised = year == 2025 };
            year++;
        }
        year_count(c, &years[count++]);
    }
    *ret = years;
    *ret_count = count;
    return NULL;
}
