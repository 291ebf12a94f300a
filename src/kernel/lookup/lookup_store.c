/* lookup_store — look-ups in the database: the question first, then what came back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/lookup/inside.h"

#define BODY_BYTES 4096
#define COLUMNS                                                                          \
    "SELECT l.id, l.casefile_id, l.register_key, l.paper, l.purpose, l.question, "        \
    "l.subject_masked, l.subject, l.how, l.staff_id, l.at_ms, l.state, l.ask_ms, "        \
    "l.asked, l.ended_ms, l.reference, l.answer, w.name, c.number, c.service, "           \
    "c.officer_id, l.fault FROM lookup l "                                                \
    "JOIN casefile c ON c.agency_id = l.agency_id AND c.id = l.casefile_id "              \
    "LEFT JOIN staff w ON w.agency_id = l.agency_id AND w.id = l.staff_id "

static const struct query list_sql = {
    COLUMNS "WHERE l.agency_id = ?1 AND l.casefile_id = ?2 ORDER BY l.id", "ii",
};
static const struct query due_sql = {
    COLUMNS "WHERE l.agency_id = ?1 AND l.ask_ms <= ?2 AND l.state = 'asked' "
    "ORDER BY l.ask_ms LIMIT ?3", "iii",
};
static const struct query month_sql = {
    COLUMNS "WHERE l.agency_id = ?1 AND l.month_key = ?2 ORDER BY l.id", "it",
};
static const struct query put_sql = {
    "INSERT INTO lookup (agency_id, id, casefile_id, register_key, paper, purpose, "
    "question, "
    "subject_masked, subject, how, staff_id, at_ms, month_key, state, ask_ms, asked, "
    "ended_ms, reference, answer, fault) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?12, 0, ?15, "
    "?16, "
    "?17, '')",
    "iiittttt"
    "btiittitb",
};
static const struct query end_sql = {
    "UPDATE lookup SET state = ?3, ended_ms = ?4, reference = ?5, answer = ?6, "
    "fault = ?7, asked = asked + 1 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'asked'", "iititbt",
};
static const struct query later_sql = {
    "UPDATE lookup SET ask_ms = ?3, asked = ?4, fault = ?5 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'asked'", "iiiit",
};
static const struct query cases_sql = {
    "SELECT service, COUNT(*) FROM casefile "
    "WHERE agency_id = ?1 AND id >= ?2 AND id < ?3 GROUP BY service ORDER BY service",
    "iii",
};
static const struct query counts_sql = {
    "SELECT c.service, COUNT(*), "
    "SUM(CASE WHEN l.how = 'hand' THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN l.state = 'found' THEN 1 ELSE 0 END), "
    "SUM(CASE WHEN l.state = 'failed' THEN 1 ELSE 0 END), "
    "COUNT(DISTINCT CASE WHEN l.state IN ('found', 'nothing') AND l.purpose = 'instead' "
    "AND c.id >= ?3 AND c.id < ?4 THEN l.casefile_id ELSE NULL END) "
    "FROM lookup l JOIN casefile c ON c.agency_id = l.agency_id AND c.id = l.casefile_id "
    "WHERE l.agency_id = ?1 AND l.month_key = ?2 GROUP BY c.service ORDER BY c.service",
    "itii",
};
static const struct query *const all_queries[] = {
    &list_sql, &due_sql,   &month_sql, &put_sql,
    &end_sql,  &later_sql, &cases_sql, &counts_sql,
};
const struct query_list lookup_queries = {
    "lookup", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static int place_in(const str *keys, int count, str key)
{
    for (int i = 0; i < count; i++) {
        if (str_equal(keys[i], key)) {
            return i;
        }
    }
    return 0;
}

static struct lookup lookup_at(const struct table *t, size_t i, int64_t agency)
{
    return (struct lookup){
        .agency = agency, .id = cell_int(t, i, 0), .casefile = cell_int(t, i, 1),
        .register_key = cell_text(t, i, 2), .paper = cell_text(t, i, 3),
        .purpose = cell_text(t, i, 4), .question = cell_text(t, i, 5),
        .subject_masked = cell_text(t, i, 6), .subject = cell_bytes(t, i, 7),
        .how = (enum lookup_how)place_in(lookup_how_key, LOOKUP_HOWS, cell_text(t, i, 8)),
        .staff = cell_int(t, i, 9), .at_ms = cell_int(t, i, 10),
        .state = (enum lookup_state)place_in(lookup_state_key, LOOKUP_STATES,
                                             cell_text(t, i, 11)),
        .ask_ms = cell_int(t, i, 12), .asked = (int)cell_int(t, i, 13),
        .ended_ms = cell_int(t, i, 14), .reference = cell_text(t, i, 15),
        .answer = cell_bytes(t, i, 16), .staff_name = cell_text(t, i, 17),
        .case_number = cell_text(t, i, 18), .service = cell_text(t, i, 19),
        .case_officer = cell_int(t, i, 20),
        .fault = (enum lookup_fault)place_in(lookup_fault_key, LOOKUP_FAULTS,
                                             cell_text(t, i, 21)),
    };
}

static err read_all(struct arena *a, const struct table *t, int64_t agency,
                    struct lookup **ret, size_t *ret_count)
{
    struct lookup *list = ARENA_ARRAY(a, t->rows + 1, struct lookup);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = lookup_at(t, i, agency);
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err lookup_list(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                struct lookup **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    return read_all(a, &t, agency, ret, ret_count);
}

err lookup_due(struct arena *a, struct snap *snap, int64_t agency, int64_t now_ms, int most,
               struct lookup **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &due_sql,
                   BIND(bind_int(agency), bind_int(now_ms), bind_int(most)), &t));
    return read_all(a, &t, agency, ret, ret_count);
}

err lookup_of_month(struct arena *a, struct snap *snap, int64_t agency, str month,
                    struct lookup **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &month_sql, BIND(bind_int(agency), bind_text(month)), &t));
    return read_all(a, &t, agency, ret, ret_count);
}

/* ---- asking ---- */

static const struct lookup_choice *choice_find(const struct lookup_choice *list,
                                               size_t count, const struct lookup *l)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].reg->key, l->register_key) &&
            str_equal(list[i].paper->key, l->paper) &&
            str_equal(list[i].question, l->question)) {
            return &list[i];
        }
    }
    return NULL;
}

static err hand_check(struct arena *a, const struct lookup_by_hand *hand, day today)
{
    if (str_is_empty(hand->reference)) {
        FAIL(a, ERR_INPUT, SAY("Write the number that the other system gave."),
             STR("reference"), "no reference");
    }
    if (hand->on == DAY_NONE || hand->on > today) {
        FAIL(a, ERR_INPUT, SAY("Write the day on which it was looked up."), STR("day"),
             "day");
    }
    if (hand->found && str_is_empty(hand->seen)) {
        FAIL(a, ERR_INPUT, SAY("Write in one sentence what you saw."), STR("seen"),
             "nothing seen");
    }
    return NULL;
}

static err hand_take(struct arena *a, const struct keyring *k,
                     const struct lookup_by_hand *hand, struct lookup_wish *w)
{
    struct lookup_fact fact = {
        { .in = { STR("查詢結果"), STR("Result"), STR("照会結果") } }, hand->seen,
    };
    const struct lookup_answer x = {
        .found = hand->found, .reference = hand->reference, .as_of = day_iso(a, hand->on),
        .facts = &fact, .facts_count = str_is_empty(hand->seen) ? 0 : 1,
    };

    w->row.how = HOW_HAND;
    w->row.state = hand->found ? LOOKUP_FOUND : LOOKUP_NOTHING;
    w->row.ended_ms = w->row.at_ms;
    w->row.reference = hand->reference;
    return lookup_answer_seal(a, k, &w->row, &x, &w->row.answer, &w->answer_hash);
}

err lookup_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                   const struct catalog *c, const struct casefile *file,
                   const struct lookup_by_hand *hand, struct lookup_wish *w)
{
    struct lookup_choice *choices;
    const struct lookup_choice *chosen;
    size_t count;
    str subject;

    if (!w->takes_in && !lookup_may(&w->who, file)) {
        FAIL(a, ERR_DENIED,
             SAY("Only who works on this case, or leads its unit, looks things up for it."),
             STR(""), "not his case");
    }
    TRY(lookup_choices(a, snap, k, c, file, &choices, &count));
    chosen = choice_find(choices, count, &w->row);
    if (chosen == NULL) {
        FAIL(a, ERR_INPUT, SAY("Choose one of the registers that this service names."),
             STR("register"), "not in the definition");
    }
    if (hand != NULL) {
        TRY(hand_check(a, hand, day_at(w->row.at_ms)));
    }
    w->row.subject_masked = chosen->masked;
    TRY(lookup_subject_take(a, snap, k,
                     service_get_near(c, file->service, file->service_version), file,
                     chosen, &subject));
    TRY(lookup_text_seal(a, k, &w->row, "subject", subject, &w->row.subject,
                         &w->subject_hash));
    if (hand != NULL) {
        return hand_take(a, k, hand, w);
    }
    w->row.state = LOOKUP_ASKED;
    return NULL;
}

static err told(struct arena *a, struct tx *tx, int64_t staff, int64_t now_ms, str kind,
                const struct lookup *l, str hash)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("lookup"), id_text(a, l->id));
    json_put_text(&j, STR("register"), l->register_key);
    json_put_text(&j, STR("purpose"), l->purpose);
    json_put_text(&j, STR("paper"), l->paper);
    json_put_text(&j, STR("question"), l->question);
    json_put_text(&j, STR("how"), lookup_how_key[l->how]);
    json_put_text(&j, STR("state"), lookup_state_key[l->state]);
    json_put_text(&j, STR("reference"), l->reference);
    json_put_text(&j, STR("hash"), hash);
    json_end_object(&j);

    const struct event e = {
        .agency = l->agency, .at_ms = now_ms, .actor = staff, .kind = kind,
        .subject = l->casefile, .body = buf_str(&b),
    };

    return tx_event(tx, &e);
}

err lookup_ask(struct arena *a, struct tx *tx, const struct lookup_wish *w)
{
    const struct lookup *l = &w->row;

    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(l->agency), bind_int(l->id), bind_int(l->casefile),
                    bind_text(l->register_key), bind_text(l->paper), bind_text(l->purpose),
                    bind_text(l->question), bind_text(l->subject_masked),
                    bind_bytes(l->subject), bind_text(lookup_how_key[l->how]),
                    bind_int(l->staff), bind_int(l->at_ms),
                    bind_text(lookup_month(a, l->at_ms)),
                    bind_text(lookup_state_key[l->state]), bind_int(l->ended_ms),
                    bind_text(l->reference), bind_bytes(l->answer))));
    return told(a, tx, l->staff, l->at_ms, STR("lookup.asked"), l,
                l->how == HOW_HAND ? w->answer_hash : w->subject_hash);
}

err lookup_answered(struct arena *a, struct tx *tx, int64_t now_ms, const struct lookup *l,
                    const struct lookup_answer *x, str sealed, str hash)
{
    struct lookup now = *l;
    int64_t changed;

    now.state = x->found ? LOOKUP_FOUND : LOOKUP_NOTHING;
    now.reference = x->reference;
    TRY(tx_change(a, tx, &end_sql,
                  BIND(bind_int(l->agency), bind_int(l->id),
                       bind_text(lookup_state_key[now.state]), bind_int(now_ms),
                       bind_text(x->reference), bind_bytes(sealed), bind_text(STR(""))),
                  &changed));
    return changed == 1 ? told(a, tx, 0, now_ms, STR("lookup.answered"), &now, hash) : NULL;
}

err lookup_later(struct arena *a, struct tx *tx, int64_t now_ms, const struct lookup *l,
                 enum lookup_fault why)
{
    static const int64_t wait_ms[LOOKUP_TRIES] = { 10000, 60000, 300000, 900000, 0 };
    struct lookup now = *l;

    if (l->asked + 1 < LOOKUP_TRIES) {
        return tx_run(a, tx, &later_sql,
                      BIND(bind_int(l->agency), bind_int(l->id),
                           bind_int(now_ms + wait_ms[l->asked]), bind_int(l->asked + 1),
                           bind_text(lookup_fault_key[why])));
    }
    now.state = LOOKUP_FAILED;
    TRY(tx_run(a, tx, &end_sql,
               BIND(bind_int(l->agency), bind_int(l->id),
                    bind_text(lookup_state_key[LOOKUP_FAILED]), bind_int(now_ms),
                    bind_text(STR("")), bind_bytes(STR("")),
                    bind_text(lookup_fault_key[why]))));
    return told(a, tx, 0, now_ms, STR("lookup.failed"), &now, STR(""));
}

/* ---- counts ---- */

static struct lookup_count *count_of(struct lookup_count *list, size_t *io_count,
                                     str service)
{
    for (size_t i = 0; i < *io_count; i++) {
        if (str_equal(list[i].service, service)) {
            return &list[i];
        }
    }
    list[*io_count] = (struct lookup_count){ .service = service };
    return &list[(*io_count)++];
}

/* The least id that could be made then: an id begins with its time. */
static int64_t id_from(int64_t ms)
{
    return (ms - id_ms(0)) << 22;
}

err lookup_counts(struct arena *a, struct snap *snap, int64_t agency, int year, int month,
                  struct lookup_count **ret, size_t *ret_count)
{
    day first = day_of(year, month, 1);
    day next = month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
    int64_t from = id_from(day_begins_ms(first)), until = id_from(day_begins_ms(next));
    str key = str_format(a, "%04d-%02d", year, month);
    struct table cases, counts;
    struct lookup_count *list;
    size_t n = 0;

    TRY(snap_query(a, snap, &cases_sql,
                   BIND(bind_int(agency), bind_int(from), bind_int(until)), &cases));
    TRY(snap_query(a, snap, &counts_sql,
                   BIND(bind_int(agency), bind_text(key), bind_int(from), bind_int(until)),
                   &counts));
    list = ARENA_ARRAY(a, cases.rows + counts.rows + 1, struct lookup_count);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < cases.rows; i++) {
        count_of(list, &n, cell_text(&cases, i, 0))->cases = cell_int(&cases, i, 1);
    }
    for (size_t i = 0; i < counts.rows; i++) {
        struct lookup_count *c = count_of(list, &n, cell_text(&counts, i, 0));

        c->lookups = cell_int(&counts, i, 1);
        c->by_hand = cell_int(&counts, i, 2);
        c->found = cell_int(&counts, i, 3);
        c->failed = cell_int(&counts, i, 4);
        c->looked_up = cell_int(&counts, i, 5);
    }
    *ret = list;
    *ret_count = n;
    return NULL;
}
