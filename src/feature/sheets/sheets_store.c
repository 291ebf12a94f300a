/* sheets_store — postings, shelf, counts in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/sheets/sheets_store.h"

#include "base/arena.h"
#include "base/id.h"
#include "feature/sheets/sheets.h"
#include "host/store/files.h"
#include "host/store/store.h"

#define FILES_MOST 20000

#define POSTING                                                              \
    "id, service, sheet, title, version, place, staff_id, at_ms, photo_id, " \
    "down_by, down_ms, prices FROM posting "
#define FORM                                                                        \
    "id, form_number, version, name_zh, name_en, name_ja, unit, law, checked_day, " \
    "next_check_day, odt_id, pdf_id, on_shelf, staff_id, at_ms FROM shelf_form "

static const struct query hangs_sql = {
    "SELECT " POSTING "WHERE agency_id = ?1 AND down_ms = 0 ORDER BY service, sheet, id",
    "i",
};
static const struct query posting_sql = {
    "SELECT " POSTING "WHERE agency_id = ?1 AND id = ?2",
    "ii",
};
static const struct query done_sql = {
    "SELECT p.id, p.service, p.sheet, p.title, p.version, p.place, p.staff_id, p.at_ms, "
    "p.photo_id, p.down_by, p.down_ms, p.prices, "
    "COALESCE((SELECT MAX(n.version) FROM posting n "
    "WHERE n.agency_id = p.agency_id AND n.service = p.service AND n.sheet = p.sheet "
    "AND n.place = p.place AND n.down_ms = 0 AND n.at_ms >= p.down_ms), 0) "
    "FROM posting p WHERE p.agency_id = ?1 AND p.down_ms > ?2 "
    "ORDER BY p.down_ms DESC, p.id DESC LIMIT ?3",
    "iii",
};
static const struct query put_sql = {
    "INSERT INTO posting (agency_id, id, service, sheet, title, version, place, staff_id, "
    "at_ms, photo_id, down_by, down_ms, prices) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, ?11)",
    "iitttitiiit",
};
static const struct query down_sql = {
    "UPDATE posting SET down_by = ?3, down_ms = ?4 "
    "WHERE agency_id = ?1 AND id = ?2 AND down_ms = 0",
    "iiii",
};
static const struct query shelf_sql = {
    "SELECT " FORM "WHERE agency_id = ?1 AND on_shelf >= ?2 ORDER BY form_number",
    "ii",
};
static const struct query form_sql = {
    "SELECT " FORM "WHERE agency_id = ?1 AND id = ?2",
    "ii",
};
static const struct query form_put_sql = {
    "INSERT INTO shelf_form (agency_id, id, form_number, version, name_zh, name_en, "
    "name_ja, unit, law, checked_day, next_check_day, odt_id, pdf_id, on_shelf, staff_id, "
    "at_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    "iititttttiiiiiii",
};
static const struct query form_change_sql = {
    "UPDATE shelf_form SET form_number = ?3, version = ?4, name_zh = ?5, name_en = ?6, "
    "name_ja = ?7, unit = ?8, law = ?9, checked_day = ?10, next_check_day = ?11, "
    "odt_id = ?12, pdf_id = ?13, on_shelf = ?14, staff_id = ?15, at_ms = ?16 "
    "WHERE agency_id = ?1 AND id = ?2 AND version = ?4 - 1",
    "iititttttiiiiiii",
};
static const struct query number_sql = {
    "SELECT id FROM shelf_form WHERE agency_id = ?1 AND form_number = ?2 AND id <> ?3",
    "iti",
};
static const struct query downloads_sql = {
    "SELECT what, file_format, SUM(CASE WHEN month = ?2 THEN downloads ELSE 0 END), "
    "SUM(downloads) FROM download_count WHERE agency_id = ?1 "
    "GROUP BY what, file_format ORDER BY what, file_format",
    "ii",
};
static const struct query add_sql = {
    "INSERT INTO download_count (agency_id, what, file_format, month, downloads) "
    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (agency_id, what, file_format, month) "
    "DO UPDATE SET downloads = download_count.downloads + excluded.downloads",
    "ittii",
};
static const struct query held_sql = {
    "SELECT 1 FROM posting WHERE agency_id = ?1 AND photo_id = ?2 "
    "UNION SELECT 1 FROM shelf_form WHERE agency_id = ?1 AND (odt_id = ?2 OR pdf_id = ?2)",
    "ii",
};
static const struct query *const all_queries[] = {
    &hangs_sql,    &posting_sql,     &put_sql,    &down_sql,      &shelf_sql, &form_sql,
    &form_put_sql, &form_change_sql, &number_sql, &downloads_sql, &add_sql,   &held_sql,
    &done_sql,
};
const struct query_list sheets_queries = {
    "sheets",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

static struct posting posting_at(const struct table *t, size_t r, int64_t agency)
{
    return (struct posting){
        .agency = agency,
        .id = cell_int(t, r, 0),
        .service = cell_text(t, r, 1),
        .sheet = cell_text(t, r, 2),
        .title = cell_text(t, r, 3),
        .version = (int)cell_int(t, r, 4),
        .place = cell_text(t, r, 5),
        .staff = cell_int(t, r, 6),
        .at_ms = cell_int(t, r, 7),
        .photo = cell_int(t, r, 8),
        .down_by = cell_int(t, r, 9),
        .down_ms = cell_int(t, r, 10),
        .prices = cell_text(t, r, 11),
    };
}

err postings_load(struct arena *a, struct snap *snap, int64_t agency, struct posting **ret,
                  size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &hangs_sql, BIND(bind_int(agency)), &t));
    struct posting *list = ARENA_ARRAY(a, t.rows + 1, struct posting);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = posting_at(&t, i, agency);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err postings_done(struct arena *a, struct snap *snap, int64_t agency, int64_t since_ms,
                  int most, struct posting **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &done_sql,
                   BIND(bind_int(agency), bind_int(since_ms), bind_int(most)), &t));
    struct posting *list = ARENA_ARRAY(a, t.rows + 1, struct posting);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = posting_at(&t, i, agency);
        list[i].replaced_by = (int)cell_int(&t, i, 12);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err posting_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                 struct posting *ret)
{
    struct table t;

    TRY(snap_query(a, snap, &posting_sql, BIND(bind_int(agency), bind_int(id)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING, SAY("There is no such posting."), STR(""), "no posting");
    }
    *ret = posting_at(&t, 0, agency);
    return NULL;
}

static err tell(struct arena *a, struct tx *tx, int64_t agency, int64_t id, int64_t staff,
                int64_t now_ms, const char *kind)
{
    const struct event e = {
        .agency = agency,
        .at_ms = now_ms,
        .actor = staff,
        .kind = str_of(kind),
        .subject = id,
        .body = STR("{}"),
    };

    (void)a;
    return tx_event(tx, &e);
}

err posting_put(struct arena *a, struct tx *tx, const struct posting *p)
{
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(p->agency), bind_int(p->id), bind_text(p->service),
                    bind_text(p->sheet), bind_text(p->title), bind_int(p->version),
                    bind_text(p->place), bind_int(p->staff), bind_int(p->at_ms),
                    bind_int(p->photo), bind_text(p->prices))));
    return tell(a, tx, p->agency, p->id, p->staff, p->at_ms, "posting.put");
}

err posting_down(struct arena *a, struct tx *tx, int64_t agency, int64_t id, int64_t staff,
                 int64_t now_ms)
{
    err e = tx_change_one(
        a, tx, &down_sql,
        BIND(bind_int(agency), bind_int(id), bind_int(staff), bind_int(now_ms)));

    if (e != NULL && e->kind == ERR_CONFLICT) {
        FAIL(a, ERR_CONFLICT, SAY("This sheet has been taken down already."), STR(""),
             "down");
    }
    TRY(e);
    return tell(a, tx, agency, id, staff, now_ms, "posting.down");
}

static struct shelf_form form_at(const struct table *t, size_t r, int64_t agency)
{
    struct shelf_form f = {
        .agency = agency,
        .id = cell_int(t, r, 0),
        .number = cell_text(t, r, 1),
        .version = (int)cell_int(t, r, 2),
        .unit = cell_text(t, r, 6),
        .law = cell_text(t, r, 7),
        .checked = (day)cell_int(t, r, 8),
        .next_check = (day)cell_int(t, r, 9),
        .odt = cell_int(t, r, 10),
        .pdf = cell_int(t, r, 11),
        .on_shelf = cell_int(t, r, 12) != 0,
        .staff = cell_int(t, r, 13),
        .at_ms = cell_int(t, r, 14),
    };

    f.name.in[LANG_ZH] = cell_text(t, r, 3);
    f.name.in[LANG_EN] = cell_text(t, r, 4);
    f.name.in[LANG_JA] = cell_text(t, r, 5);
    return f;
}

err shelf_load(struct arena *a, struct snap *snap, int64_t agency, bool on_shelf_only,
               struct shelf_form **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &shelf_sql, BIND(bind_int(agency), bind_int(on_shelf_only)),
                   &t));
    struct shelf_form *list = ARENA_ARRAY(a, t.rows + 1, struct shelf_form);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = form_at(&t, i, agency);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err shelf_one(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
              struct shelf_form *ret)
{
    struct table t;

    TRY(snap_query(a, snap, &form_sql, BIND(bind_int(agency), bind_int(id)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING, SAY("There is no such form."), STR(""), "no form");
    }
    *ret = form_at(&t, 0, agency);
    return NULL;
}

err shelf_put(struct arena *a, struct tx *tx, const struct shelf_form *f)
{
    const struct query *q = f->version == 1 ? &form_put_sql : &form_change_sql;
    struct table t;

    TRY(snap_query(a, tx_snap(tx), &number_sql,
                   BIND(bind_int(f->agency), bind_text(f->number), bind_int(f->id)), &t));
    if (t.rows > 0) {
        FAIL(a, ERR_CONFLICT, SAY("Another form has this number. Give it another one."),
             STR("form_number"), "number taken");
    }
    err e =
        tx_change_one(a, tx, q,
                      BIND(bind_int(f->agency), bind_int(f->id), bind_text(f->number),
                           bind_int(f->version), bind_text(f->name.in[LANG_ZH]),
                           bind_text(f->name.in[LANG_EN]), bind_text(f->name.in[LANG_JA]),
                           bind_text(f->unit), bind_text(f->law), bind_int(f->checked),
                           bind_int(f->next_check), bind_int(f->odt), bind_int(f->pdf),
                           bind_int(f->on_shelf), bind_int(f->staff), bind_int(f->at_ms)));
    if (e != NULL && e->kind == ERR_CONFLICT) {
        FAIL(a, ERR_CONFLICT,
             SAY("A colleague has changed this form meanwhile. See its newest "
                 "state, then go on."),
             STR(""), "form changed");
    }
    TRY(e);
    tx_topic(tx, f->agency, "shelf", STR(""));
    return tell(a, tx, f->agency, f->id, f->staff, f->at_ms, "shelf.put");
}

err downloads_load(struct arena *a, struct snap *snap, int64_t agency, int month,
                   struct download **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &downloads_sql, BIND(bind_int(agency), bind_int(month)), &t));
    struct download *list = ARENA_ARRAY(a, t.rows + 1, struct download);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct download){ cell_text(&t, i, 0), cell_text(&t, i, 1),
                                     cell_int(&t, i, 2), cell_int(&t, i, 3) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err downloads_add(struct arena *a, struct tx *tx, int64_t agency, str what, str format,
                  int month, int64_t count)
{
    return tx_run(a, tx, &add_sql,
                  BIND(bind_int(agency), bind_text(what), bind_text(format),
                       bind_int(month), bind_int(count)));
}

err sheets_files_keep(struct arena *a, struct store *s, int *ret_kept)
{
    struct table files, held;
    struct snap *snap;
    int kept = 0;

    TRY(file_unkept(a, s, FILES_MOST, &files));
    TRY(snap_begin(a, s, &snap));
    for (size_t i = 0; i < files.rows; i++) {
        int64_t agency = cell_int(&files, i, 0), id = cell_int(&files, i, 1);

        TRY(snap_query(a, snap, &held_sql, BIND(bind_int(agency), bind_int(id)), &held));
        if (held.rows > 0) {
            TRY(file_keep(a, s, agency, id));
            kept++;
        }
    }
    snap_end(snap);
    *ret_kept = kept;
    return NULL;
}
