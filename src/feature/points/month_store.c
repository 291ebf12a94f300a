/* month_store — the list of a month in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/points/month_store.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "feature/points/points.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"

#define CONTENT_BYTES ((size_t)256 << 10)

static const struct query load_sql = {
    "SELECT state, content, hash, drawn_by, drawn_ms, decided_by, decided_ms, note, "
    "circulation_id FROM points_report WHERE agency_id = ?1 AND month = ?2", "ii",
};
static const struct query draw_sql = {
    "INSERT INTO points_report (agency_id, month, state, content, hash, drawn_by, "
    "drawn_ms, decided_by, decided_ms, note, circulation_id) "
    "VALUES (?1, ?2, 'drawn', ?3, ?4, ?5, ?6, 0, 0, ?7, 0) "
    "ON CONFLICT (agency_id, month) DO UPDATE SET state = 'drawn', "
    "content = excluded.content, hash = excluded.hash, drawn_by = excluded.drawn_by, "
    "drawn_ms = excluded.drawn_ms, decided_by = 0, decided_ms = 0, note = excluded.note "
    "WHERE points_report.state = 'returned'", "iibtiib",
};
static const struct query decide_sql = {
    "UPDATE points_report SET state = ?3, decided_by = ?4, decided_ms = ?5, note = ?6, "
    "circulation_id = ?7 WHERE agency_id = ?1 AND month = ?2 AND state = 'drawn' "
    "AND hash = ?8", "iitiibit",
};
static const struct query *const all_queries[] = { &load_sql, &draw_sql, &decide_sql };
const struct query_list points_month_queries = {
    "points (month)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static const str state_key[] = { STR_INIT(""), STR_INIT("drawn"), STR_INIT("approved"),
                                 STR_INIT("returned") };

static struct seal_place content_place(int64_t agency, int month)
{
    return (struct seal_place){ agency, month, "points_report", "content" };
}

static struct seal_place note_place(int64_t agency, int month)
{
    return (struct seal_place){ agency, month, "points_report", "note" };
}

static str content_of(struct arena *a, const struct points_report *r)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, CONTENT_BYTES);
    json_open(&j, &b);
    json_list(&j, STR(""));
    for (size_t i = 0; i < r->rows_count; i++) {
        const struct points_row *x = &r->rows[i];

        json_object(&j, STR(""));
        json_put_text(&j, STR("staff"), id_text(a, x->staff));
        json_put_text(&j, STR("unit"), id_text(a, x->unit));
        json_put_text(&j, STR("name"), x->name);
        json_put_text(&j, STR("title"), x->title);
        json_put_int(&j, STR("cases"), x->cases);
        json_put_int(&j, STR("hard"), x->hard);
        json_put_int(&j, STR("points"), x->points);
        json_end_object(&j);
    }
    json_end_list(&j);
    return buf_str(&b);
}

static err rows_read(struct arena *a, str content, struct points_report *r)
{
    const struct json *j;

    TRY(json_parse(a, content, &j));
    r->rows = ARENA_ARRAY(a, j->count + 1, struct points_row);
    if (r->rows == NULL) {
        return err_no_memory;
    }
    for (const struct json *x = j->first; x != NULL; x = x->next) {
        struct points_row *row = &r->rows[r->rows_count++];

        *row = (struct points_row){
            .name = json_text_of(x, STR("name")), .title = json_text_of(x, STR("title")),
            .cases = json_int_of(x, STR("cases"), 0),
            .hard = json_int_of(x, STR("hard"), 0),
            .points = json_int_of(x, STR("points"), 0),
        };
        (void)id_parse(json_text_of(x, STR("staff")), &row->staff);
        (void)id_parse(json_text_of(x, STR("unit")), &row->unit);
    }
    return NULL;
}

err points_report_load(struct arena *a, struct snap *snap, const struct keyring *k,
                       int64_t agency, int month, struct points_report *ret)
{
    struct points_report r = { .month = month };
    struct table t;
    str content;

    TRY(snap_query(a, snap, &load_sql, BIND(bind_int(agency), bind_int(month)), &t));
    *ret = r;
    if (t.rows == 0) {
        return NULL;
    }
    for (int i = REPORT_DRAWN; i <= REPORT_RETURNED; i++) {
        r.state = str_equal(cell_text(&t, 0, 0), state_key[i]) ? (enum report_state)i
                                                              : r.state;
    }
    r.hash = cell_text(&t, 0, 2);
    r.drawn_by = cell_int(&t, 0, 3);
    r.drawn_ms = cell_int(&t, 0, 4);
    r.decided_by = cell_int(&t, 0, 5);
    r.decided_ms = cell_int(&t, 0, 6);
    r.circulation = cell_int(&t, 0, 8);
    TRY(seal_open(a, k, content_place(agency, month), cell_bytes(&t, 0, 1), &content));
    TRY(rows_read(a, content, &r));
    if (cell_bytes(&t, 0, 7).len > 0) {
        TRY(seal_open(a, k, note_place(agency, month), cell_bytes(&t, 0, 7), &r.note));
    }
    *ret = r;
    return NULL;
}

err points_report_seal(struct arena *a, const struct keyring *k, int64_t agency,
                       struct points_report *r)
{
    str content = content_of(a, r);

    if (arena_failed(a)) {
        return err_no_memory;
    }
    r->hash = str_hex(a, seal_sha256(a, content));
    return seal_close(a, k, content_place(agency, r->month), content, &r->content);
}

err points_note_seal(struct arena *a, const struct keyring *k, int64_t agency,
                     struct points_report *r)
{
    if (str_is_empty(r->note)) {
        return NULL;
    }
    return seal_close(a, k, note_place(agency, r->month), r->note, &r->note);
}

static err tell(struct arena *a, struct tx *tx, const struct actor *who,
                const struct points_report *r, const char *kind, int64_t at_ms)
{
    const struct event e = {
        .agency = who->agency, .at_ms = at_ms, .actor = who->staff, .kind = str_of(kind),
        .subject = r->circulation,
        .body = str_format(a, "{\"month\":%d,\"people\":%zu,\"hash\":\"%.*s\"}", r->month,
                           r->rows_count, STR_ARG(r->hash)),
    };

    return tx_event(tx, &e);
}

static err faster(struct arena *a)
{
    FAIL(a, ERR_CONFLICT, SAY("A colleague was faster. This is the newest state."), STR(""),
         "another state");
}

err points_report_draw(struct arena *a, struct tx *tx, const struct actor *who,
                       const struct points_report *r)
{
    int64_t changed;

    TRY(tx_change(a, tx, &draw_sql,
                  BIND(bind_int(who->agency), bind_int(r->month), bind_bytes(r->content),
                       bind_text(r->hash), bind_int(who->staff), bind_int(r->drawn_ms),
                       bind_bytes(STR(""))),
                  &changed));
    return changed == 1 ? tell(a, tx, who, r, "points.month_drawn", r->drawn_ms)
                        : faster(a);
}

err points_report_decide(struct arena *a, struct tx *tx, const struct actor *who,
                         const struct points_report *r)
{
    int64_t changed;

    TRY(tx_change(a, tx, &decide_sql,
                  BIND(bind_int(who->agency), bind_int(r->month),
                       bind_text(state_key[r->state]), bind_int(who->staff),
                       bind_int(r->decided_ms), bind_bytes(r->note),
                       bind_int(r->circulation), bind_text(r->hash)),
                  &changed));
    if (changed != 1) {
        return faster(a);
    }
    return tell(a, tx, who, r,
                r->state == REPORT_APPROVED ? "points.month_approved"
                                            : "points.month_returned",
                r->decided_ms);
}
