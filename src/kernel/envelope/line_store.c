/* line_store — the persons of a list, sealed one by one, and what is answered about each.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "host/text/text.h"
#include "kernel/envelope/inside.h"

#define PERSON_BYTES 4096
#define COLUMNS                                                                            \
    "SELECT envelope_id, number, person, masked, result, answer, answered_by, answered_ms "\
    "FROM envelope_line "

static const struct query put_sql = {
    "INSERT INTO envelope_line (agency_id, envelope_id, number, person, masked, blind, "
    "result, answer, answered_by, answered_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', ?7, 0, 0)", "iiibtbb",
};
static const struct query answer_sql = {
    "UPDATE envelope_line SET result = ?4, answer = ?5, answered_by = ?6, answered_ms = ?7 "
    "WHERE agency_id = ?1 AND envelope_id = ?2 AND number = ?3", "iiitbii",
};
static const struct query list_sql = {
    COLUMNS "WHERE agency_id = ?1 AND envelope_id = ?2 AND number >= ?3 "
    "ORDER BY number LIMIT ?4", "iiii",
};
static const struct query person_sql = {
    "SELECT l.envelope_id, l.number, l.person, l.masked, l.result, l.answer, "
    "l.answered_by, "
    "l.answered_ms FROM envelope_line l JOIN envelope e ON e.agency_id = l.agency_id "
    "AND e.id = l.envelope_id WHERE l.agency_id = ?1 AND l.blind = ?2 AND e.is_out = 1 "
    "AND e.state = 'answered' AND l.result <> '' ORDER BY l.envelope_id DESC LIMIT 20",
    "ib",
};
static const struct query *const all_queries[] = {
    &put_sql, &answer_sql, &list_sql, &person_sql,
};
const struct query_list envelope_line_queries = {
    "envelope (lines)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static err line_seal(struct arena *a, const struct keyring *k, int64_t agency,
                     const struct envelope_line *l, const char *what, str plain, str *ret)
{
    struct seal_place place = {
        agency, l->envelope, "envelope_line",
        str_z(a, str_format(a, "%s_%d", what, l->person.number)),
    };

    return seal_close(a, k, place, plain, ret);
}

static err line_open(struct arena *a, const struct keyring *k, int64_t agency,
                     const struct envelope_line *l, const char *what, str sealed, str *ret)
{
    struct seal_place place = {
        agency, l->envelope, "envelope_line",
        str_z(a, str_format(a, "%s_%d", what, l->person.number)),
    };

    return sealed.len == 0 ? NULL : seal_open(a, k, place, sealed, ret);
}

static str blind_of(struct arena *a, const struct keyring *k, int64_t agency, str id)
{
    return seal_blind(a, k, agency, "national_id", str_upper(a, id));
}

err envelope_person_seal(struct arena *a, const struct keyring *k, int64_t agency,
                         struct envelope_line *l)
{
    const struct envelope_person *p = &l->person;
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, PERSON_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("name"), p->name);
    json_put_text(&j, STR("national_id"), p->national_id);
    json_put_text(&j, STR("born"), p->born);
    json_put_text(&j, STR("note"), p->note);
    json_end_object(&j);
    l->masked = text_mask_name(a, p->name);
    l->blind = blind_of(a, k, agency, p->national_id);
    return line_seal(a, k, agency, l, "person", buf_str(&b), &l->sealed);
}

err envelope_line_seal(struct arena *a, const struct keyring *k, int64_t agency,
                       struct envelope_line *l)
{
    if (l->person.answer.len == 0) {
        return NULL;
    }
    return line_seal(a, k, agency, l, "answer", l->person.answer, &l->answer_sealed);
}

static err answer_put(struct arena *a, struct tx *tx, int64_t agency,
                      const struct envelope_line *l)
{
    return tx_change_one(a, tx, &answer_sql,
                         BIND(bind_int(agency), bind_int(l->envelope),
                              bind_int(l->person.number),
                              bind_text(envelope_result_key[l->person.result]),
                              bind_bytes(l->answer_sealed), bind_int(l->answered_by),
                              bind_int(l->answered_ms)));
}

err envelope_lines_answer(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                          const struct envelope_line *lines, size_t count)
{
    struct envelope e;

    TRY(envelope_load(a, tx_snap(tx), agency, id, &e));
    if (e.state != ENVELOPE_RECEIVED || e.out) {
        FAIL(a, ERR_CONFLICT, SAY("A colleague was faster. This is the newest state."),
             STR(""), "%.*s", STR_ARG(envelope_step_key[e.state]));
    }
    for (size_t i = 0; i < count; i++) {
        TRY(answer_put(a, tx, agency, &lines[i]));
    }
    return NULL;
}

err envelope_lines_put(struct arena *a, struct tx *tx, const struct envelope_post *p)
{
    for (size_t i = 0; i < p->lines_count; i++) {
        const struct envelope_line *l = &p->lines[i];

        if (p->message.step == ENVELOPE_SENT) {
            TRY(tx_run(a, tx, &put_sql,
                       BIND(bind_int(p->envelope.agency), bind_int(l->envelope),
                            bind_int(l->person.number), bind_bytes(l->sealed),
                            bind_text(l->masked), bind_bytes(l->blind),
                            bind_bytes(STR("")))));
        } else if (!p->own) {
            TRY(answer_put(a, tx, p->envelope.agency, l));
        }
    }
    return NULL;
}

static err person_open(struct arena *a, const struct keyring *k, int64_t agency,
                       const struct table *t, size_t i, struct envelope_line *l)
{
    const struct json *j;
    str plain;

    TRY(line_open(a, k, agency, l, "person", cell_bytes(t, i, 2), &plain));
    TRY(json_parse(a, plain, &j));
    l->person.name = json_text_of(j, STR("name"));
    l->person.national_id = json_text_of(j, STR("national_id"));
    l->person.born = json_text_of(j, STR("born"));
    l->person.note = json_text_of(j, STR("note"));
    return line_open(a, k, agency, l, "answer", cell_bytes(t, i, 5), &l->person.answer);
}

static err read_all(struct arena *a, const struct keyring *k, int64_t agency,
                    const struct table *t, bool open, struct envelope_line **ret,
                    size_t *ret_count)
{
    struct envelope_line *list = ARENA_ARRAY(a, t->rows + 1, struct envelope_line);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = (struct envelope_line){
            .envelope = cell_int(t, i, 0), .person.number = (int)cell_int(t, i, 1),
            .masked = cell_text(t, i, 3), .answered_by = cell_int(t, i, 6),
            .answered_ms = cell_int(t, i, 7),
        };
        (void)envelope_result_from_key(cell_text(t, i, 4), &list[i].person.result);
        if (open) {
            TRY(person_open(a, k, agency, t, i, &list[i]));
        }
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err envelope_lines(struct arena *a, struct snap *snap, const struct keyring *k,
                   const struct envelope *e, bool open, int first, int most,
                   struct envelope_line **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &list_sql,
                   BIND(bind_int(e->agency), bind_int(e->id), bind_int(first),
                        bind_int(most)), &t));
    return read_all(a, k, e->agency, &t, open, ret, ret_count);
}

err envelope_lines_of(struct arena *a, struct snap *snap, const struct keyring *k,
                      int64_t agency, str national_id, struct envelope_line **ret,
                      size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &person_sql,
                   BIND(bind_int(agency), bind_bytes(blind_of(a, k, agency, national_id))),
                   &t));
    return read_all(a, k, agency, &t, true, ret, ret_count);
}
