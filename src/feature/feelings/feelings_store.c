/* feelings_store — rows, events, and the message to the chief.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/feelings/feelings_store.h"

#include "base/arena.h"
#include "base/id.h"
#include "feature/feelings/feelings.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/notice/notice.h"

#define COLUMNS                                                                            \
    "SELECT f.id, f.casefile_id, c.number, f.step, f.place, f.service, f.unit_id, f.face, "\
    "f.word, f.at_ms, f.changes, f.is_open, f.taken_by, f.taken_ms, f.answer "             \
    "FROM feeling f JOIN casefile c ON c.agency_id = f.agency_id AND c.id = f.casefile_id "

static const struct query put_sql = {
    "INSERT INTO feeling (agency_id, casefile_id, step, id, place, service, unit_id, face, "
    "word, at_ms, changes, is_open, taken_by, taken_ms, answer) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1, ?11, 0, 0, ?12) "
    "ON CONFLICT (agency_id, casefile_id, step) DO UPDATE SET id = ?4, place = ?5, "
    "face = ?8, word = ?9, at_ms = ?10, changes = 1, is_open = ?11, taken_by = 0, "
    "taken_ms = 0, answer = ?12", "iitittiibiib",
};
static const struct query take_sql = {
    "UPDATE feeling SET is_open = 0, taken_by = ?4, taken_ms = ?5, answer = ?6, "
    "changes = changes + 1 WHERE agency_id = ?1 AND id = ?2 AND changes = ?3", "iiiiib",
};
static const struct query step_sql = {
    COLUMNS "WHERE f.agency_id = ?1 AND f.casefile_id = ?2 AND f.step = ?3", "iit",
};
static const struct query one_sql = {
    COLUMNS "WHERE f.agency_id = ?1 AND f.id = ?2", "ii",
};
static const struct query open_sql = {
    COLUMNS "WHERE f.agency_id = ?1 AND f.is_open = 1 ORDER BY f.at_ms LIMIT ?2", "ii",
};
static const struct query taken_sql = {
    COLUMNS "WHERE f.agency_id = ?1 AND f.taken_by > 0 ORDER BY f.taken_ms DESC LIMIT ?2",
    "ii",
};
static const struct query sums_sql = {
    "SELECT service, face, COUNT(*) FROM feeling "
    "WHERE agency_id = ?1 AND at_ms >= ?2 AND at_ms < ?3 AND (?4 = '' OR service = ?4) "
    "GROUP BY service, face ORDER BY service, face", "iiit",
};
static const struct query *const all_queries[] = {
    &put_sql, &take_sql, &step_sql, &one_sql, &open_sql, &taken_sql, &sums_sql,
};
const struct query_list feelings_queries = {
    "feelings", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct seal_place word_place(const struct feeling *f)
{
    return (struct seal_place){ f->agency, f->id, "feeling", "word" };
}

static struct seal_place answer_place(const struct feeling *f)
{
    return (struct seal_place){ f->agency, f->id, "feeling", "answer" };
}

err feeling_seal(struct arena *a, const struct keyring *k, struct feeling *f)
{
    if (f->word.len > 0) {
        TRY(seal_close(a, k, word_place(f), f->word, &f->word));
    }
    if (f->answer.len > 0) {
        TRY(seal_close(a, k, answer_place(f), f->answer, &f->answer));
    }
    return NULL;
}

/* Its own subject, not the case: the owner of the case does not read it. */
static err chief_tell(struct arena *a, struct tx *tx, const struct feeling *f)
{
    const struct notice n = {
        .agency = f->agency, .subject = f->id, .kind = STR("feeling"), .at_ms = f->at_ms,
        .channels = NOTICE_BY(NOTICE_SMS) | NOTICE_BY(NOTICE_EMAIL),
        .say = SAY("Somebody is not satisfied just now: case {number}.",
                   SAY_TEXT("number", f->number)),
    };

    return notice_put(a, tx, &n);
}

err feeling_put(struct arena *a, struct tx *tx, const struct feeling *f)
{
    /* The citizen's: no name of staff belongs to it. */
    const struct event e = {
        .agency = f->agency, .at_ms = f->at_ms, .kind = STR("feeling.given"),
        .subject = f->id,
        .body = str_format(a, "{\"case\":\"%.*s\",\"step\":\"%.*s\",\"face\":%d}",
                           STR_ARG(id_text(a, f->casefile)), STR_ARG(f->step), f->face),
    };
    struct feeling before = { 0 };
    bool found;

    TRY(feeling_of_step(a, tx_snap(tx), f->agency, f->casefile, f->step, &before, &found));

    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(f->agency), bind_int(f->casefile), bind_text(f->step),
                    bind_int(f->id), bind_text(f->pickup ? STR("pickup") : STR("progress")),
                    bind_text(f->service), bind_int(f->unit), bind_int(f->face),
                    bind_bytes(f->word), bind_int(f->at_ms),
                    bind_int(face_is_bad(f->face) ? 1 : 0), bind_bytes(STR("")))));
    /* Who taps again while nobody has come is not told of twice. */
    if (face_is_bad(f->face) && !before.is_open) {
        TRY(chief_tell(a, tx, f));
    }
    return tx_event(tx, &e);
}

err feeling_take(struct arena *a, struct tx *tx, const struct feeling *f)
{
    const struct event e = {
        .agency = f->agency, .at_ms = f->taken_ms, .actor = f->taken_by,
        .kind = f->answer.len > 0 ? STR("feeling.answered") : STR("feeling.taken"),
        .subject = f->id, .body = STR("{}"),
    };
    int64_t changed;

    TRY(tx_change(a, tx, &take_sql,
                  BIND(bind_int(f->agency), bind_int(f->id), bind_int(f->changes),
                       bind_int(f->taken_by), bind_int(f->taken_ms), bind_bytes(f->answer)),
                  &changed));
    if (changed != 1) {
        FAIL(a, ERR_CONFLICT, SAY("A colleague was faster. This is the newest state."),
             STR(""), "changes %lld", (long long)f->changes);
    }
    return tx_event(tx, &e);
}

static struct feeling feeling_at(const struct table *t, size_t i, int64_t agency)
{
    return (struct feeling){
        .agency = agency, .id = cell_int(t, i, 0), .casefile = cell_int(t, i, 1),
        .number = cell_text(t, i, 2), .step = cell_text(t, i, 3),
        .pickup = str_equal(cell_text(t, i, 4), STR("pickup")),
        .service = cell_text(t, i, 5), .unit = cell_int(t, i, 6),
        .face = (int)cell_int(t, i, 7), .has_word = cell_bytes(t, i, 8).len > 0,
        .at_ms = cell_int(t, i, 9), .changes = cell_int(t, i, 10),
        .is_open = cell_int(t, i, 11) == 1, .taken_by = cell_int(t, i, 12),
        .taken_ms = cell_int(t, i, 13),
    };
}

static err read_all(struct arena *a, const struct table *t, int64_t agency,
                    struct feeling **ret, size_t *ret_count)
{
    struct feeling *list = ARENA_ARRAY(a, t->rows + 1, struct feeling);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = feeling_at(t, i, agency);
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err feeling_of_step(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                    str step, struct feeling *ret, bool *ret_found)
{
    struct table t;

    TRY(snap_query(a, snap, &step_sql,
                   BIND(bind_int(agency), bind_int(casefile), bind_text(step)), &t));
    *ret_found = t.rows > 0;
    if (t.rows > 0) {
        *ret = feeling_at(&t, 0, agency);
    }
    return NULL;
}

err feeling_by_id(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                  struct feeling *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &one_sql, BIND(bind_int(agency), bind_int(id)), &t));
    *ret = feeling_at(&t, 0, agency);
    return NULL;
}

err feeling_open_list(struct arena *a, struct snap *snap, int64_t agency, int most,
                      struct feeling **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &open_sql, BIND(bind_int(agency), bind_int(most)), &t));
    return read_all(a, &t, agency, ret, ret_count);
}

err feeling_taken_list(struct arena *a, struct snap *snap, const struct keyring *k,
                       int64_t agency, int most, struct feeling **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &taken_sql, BIND(bind_int(agency), bind_int(most)), &t));
    TRY(read_all(a, &t, agency, ret, ret_count));
    for (size_t i = 0; i < t.rows; i++) {
        struct feeling *f = &(*ret)[i];

        if (f->has_word) {
            TRY(seal_open(a, k, word_place(f), cell_bytes(&t, i, 8), &f->word));
        }
        if (cell_bytes(&t, i, 14).len > 0) {
            TRY(seal_open(a, k, answer_place(f), cell_bytes(&t, i, 14), &f->answer));
        }
    }
    return NULL;
}

err feeling_sums(struct arena *a, struct snap *snap, int64_t agency, str service,
                 struct feeling_time time, struct feeling_sum **ret, size_t *ret_count)
{
    struct table t;
    struct feeling_sum *list;
    size_t n = 0;

    TRY(snap_query(a, snap, &sums_sql,
                   BIND(bind_int(agency), bind_int(time.from_ms), bind_int(time.until_ms),
                        bind_text(service)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct feeling_sum);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        if (n == 0 || !str_equal(list[n - 1].service, cell_text(&t, i, 0))) {
            list[n++].service = cell_text(&t, i, 0);
        }
        list[n - 1].count[cell_int(&t, i, 1)] = cell_int(&t, i, 2);
        list[n - 1].all += cell_int(&t, i, 2);
    }
    *ret = list;
    *ret_count = n;
    return NULL;
}
