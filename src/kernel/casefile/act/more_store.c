/* more_store — the rows beside some cases: former answers, links, studies, grounds.
 * SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/receive/receive.h"

static const struct query former_sql = {
    "INSERT INTO case_former (agency_id, casefile_id, changes, question, plain, masked, "
    "sealed) SELECT agency_id, casefile_id, ?3, question, plain, masked, sealed "
    "FROM case_answer WHERE agency_id = ?1 AND casefile_id = ?2 AND question = ?4", "iiit",
    "INSERT INTO case_former (agency_id, casefile_id, changes, question, plain, masked, "
    "sealed) SELECT agency_id, casefile_id, ?3::bigint, question, plain, masked, sealed "
    "FROM case_answer WHERE agency_id = ?1 AND casefile_id = ?2 AND question = ?4",
};
static const struct query answer_sql = {
    "INSERT INTO case_answer (agency_id, casefile_id, question, place, plain, masked, "
    "sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
    "ON CONFLICT (agency_id, casefile_id, question) "
    "DO UPDATE SET plain = ?5, masked = ?6, sealed = ?7", "iitittb",
};
static const struct query find_drop_sql = {
    "DELETE FROM case_find WHERE agency_id = ?1 AND casefile_id = ?2 AND question = ?3",
    "iit",
};
static const struct query find_sql = {
    "INSERT INTO case_find (agency_id, kind, blind, casefile_id, question) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "itbit",
};
static const struct query file_sql = {
    "INSERT INTO case_file (agency_id, file_id, casefile_id, question) "
    "VALUES (?1, ?2, ?3, ?4)", "iiit",
};
static const struct query masked_sql = {
    "UPDATE casefile SET applicant_masked = ?3 WHERE agency_id = ?1 AND id = ?2 "
    "AND applicant_question = ?4", "iitt",
};
static const struct query link_sql = {
    "INSERT INTO case_link (agency_id, casefile_id, other_id, kind, at_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iiiti",
};
static const struct query links_sql = {
    "SELECT l.kind, 0, l.other_id, c.number FROM case_link l JOIN casefile c "
    "ON c.agency_id = l.agency_id AND c.id = l.other_id "
    "WHERE l.agency_id = ?1 AND l.casefile_id = ?2 "
    "UNION ALL SELECT l.kind, 1, l.casefile_id, c.number FROM case_link l JOIN casefile c "
    "ON c.agency_id = l.agency_id AND c.id = l.casefile_id "
    "WHERE l.agency_id = ?1 AND l.other_id = ?2 ORDER BY 3", "ii",
};
static const struct query ground_sql = {
    "SELECT sealed FROM case_ground WHERE agency_id = ?1 AND casefile_id = ?2 "
    "ORDER BY changes DESC LIMIT 1", "ii",
};
static const struct query study_sql = {
    "INSERT INTO case_study (agency_id, casefile_id, asked_changes, service, state, "
    "lesson, "
    "asked_ms, answered_ms) VALUES (?1, ?2, ?3, ?4, 'asked', '', ?5, 0)",
    "iiiti",
};
static const struct query instruct_sql = {
    "UPDATE case_study SET state = 'instructed', instructed_ms = ?3 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND state = 'asked'", "iii",
};
static const struct query studied_sql = {
    "UPDATE case_study SET state = 'answered', lesson = ?3, answered_ms = ?4 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND state <> 'answered'", "iiti",
};
static const struct query lessons_sql = {
    "SELECT s.casefile_id, s.asked_ms, s.answered_ms, c.number, s.service, s.lesson "
    "FROM case_study s JOIN casefile c ON c.agency_id = s.agency_id "
    "AND c.id = s.casefile_id WHERE s.agency_id = ?1 AND s.service = ?2 "
    "AND s.state = 'answered' AND s.lesson <> '' ORDER BY s.answered_ms DESC LIMIT ?3",
    "iti",
};
static const struct query *const all_queries[] = {
    &former_sql,  &answer_sql, &find_drop_sql,
    &find_sql,   &file_sql,   &masked_sql,      &link_sql,    &links_sql,  &ground_sql,
    &study_sql,  &instruct_sql, &studied_sql,   &lessons_sql,
};
const struct query_list casefile_more_queries = {
    "casefile (more)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

#define LATER_PLACE 10000 /* what came later stands behind the form */

/* ---- reading ---- */

err casefile_links(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                   struct case_link **ret, size_t *ret_count)
{
    struct table t;
    struct case_link *list;

    TRY(snap_query(a, snap, &links_sql, BIND(bind_int(agency), bind_int(id)), &t));
    list = ARENA_ARRAY(a, t.rows, struct case_link);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        bool split = str_equal(cell_text(&t, i, 0), STR("split"));
        bool back = cell_int(&t, i, 1) == 1;

        list[i].kind = split ? (back ? LINK_SPLIT_FROM : LINK_SPLIT_TO)
                             : (back ? LINK_MERGED_HERE : LINK_MERGED_INTO);
        list[i].other = cell_int(&t, i, 2);
        list[i].number = cell_text(&t, i, 3);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err casefile_grounds(struct arena *a, struct snap *snap, const struct keyring *k,
                     const struct casefile *c, struct case_grounds *ret, bool *ret_found)
{
    struct seal_place place = { c->agency, c->id, "case_ground", "grounds" };
    struct table t;
    str salted;
    const struct json *j;

    TRY(snap_query(a, snap, &ground_sql, BIND(bind_int(c->agency), bind_int(c->id)), &t));
    *ret_found = t.rows > 0;
    if (t.rows == 0) {
        return NULL;
    }
    TRY(seal_open(a, k, place, cell_bytes(&t, 0, 0), &salted));
    TRY(json_parse(a, str_slice(salted, NOTE_SALT_BYTES, salted.len), &j));
    for (size_t i = 0; i < CASE_GROUND_PIECES; i++) {
        *case_ground_at(ret, i) = json_text_of(j, str_of(case_ground_pieces[i].key));
    }
    return NULL;
}

static err studies_read(struct arena *a, const struct table *t, struct case_study **ret,
                        size_t *ret_count)
{
    struct case_study *list = ARENA_ARRAY(a, t->rows, struct case_study);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = (struct case_study){
            .casefile = cell_int(t, i, 0), .asked_ms = cell_int(t, i, 1),
            .answered_ms = cell_int(t, i, 2), .number = cell_text(t, i, 3),
            .service = cell_text(t, i, 4), .lesson = cell_text(t, i, 5),
        };
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err casefile_lessons(struct arena *a, struct snap *snap, int64_t agency, str service,
                     int most, struct case_study **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &lessons_sql,
                   BIND(bind_int(agency), bind_text(service), bind_int(most)), &t));
    return studies_read(a, &t, ret, ret_count);
}

/* ---- writing, with the act ---- */

static err want_put(struct arena *a, struct tx *tx, const struct act_wish *w,
                    const struct casefile *before, int64_t changes)
{
    struct case_wanted_list wanted = { .count = w->wanted_count, .until = w->wanted_until };

    memcpy(wanted.list, w->wanted, sizeof wanted.list);
    return case_wanted_put(a, tx, before, changes, &wanted);
}

static err answer_put(struct arena *a, struct tx *tx, const struct act_wish *w,
                      const struct sealed_answer *x, size_t place, int64_t changes)
{
    TRY(tx_run(a, tx, &former_sql,
               BIND(bind_int(w->agency), bind_int(w->id), bind_int(changes),
                    bind_text(x->question))));
    TRY(tx_run(a, tx, &answer_sql,
               BIND(bind_int(w->agency), bind_int(w->id), bind_text(x->question),
                    bind_int((int64_t)(LATER_PLACE + place)), bind_text(x->plain),
                    bind_text(x->masked), bind_bytes(x->sealed))));
    TRY(tx_run(a, tx, &find_drop_sql,
               BIND(bind_int(w->agency), bind_int(w->id), bind_text(x->question))));
    TRY(tx_run(a, tx, &masked_sql,
               BIND(bind_int(w->agency), bind_int(w->id), bind_text(x->masked),
                    bind_text(x->question))));
    if (str_is_empty(x->blind)) {
        return NULL;
    }
    return tx_run(a, tx, &find_sql,
                  BIND(bind_int(w->agency), bind_text(str_of(x->blind_kind)),
                       bind_bytes(x->blind), bind_int(w->id), bind_text(x->question)));
}

static err supplied_put(struct arena *a, struct tx *tx, const struct act_wish *w,
                        int64_t changes)
{
    const struct case_wish *s = w->supplied;

    for (size_t i = 0; i < s->answers_count; i++) {
        TRY(answer_put(a, tx, w, &s->answers[i], i, changes));
    }
    for (size_t i = 0; i < s->files_count; i++) {
        TRY(tx_run(a, tx, &file_sql,
                   BIND(bind_int(w->agency), bind_int(s->files[i].file), bind_int(w->id),
                        bind_text(s->files[i].question))));
    }
    return NULL;
}

static err link_put(struct arena *a, struct tx *tx, const struct act_wish *w, int64_t other,
                    const char *kind)
{
    return tx_run(a, tx, &link_sql,
                  BIND(bind_int(w->agency), bind_int(w->id), bind_int(other),
                       bind_text(str_of(kind)), bind_int(w->now_ms)));
}

static err merge_put(struct arena *a, struct tx *tx, struct act_wish *w)
{
    struct casefile into;
    struct case_fact f = { 0 };
    struct event e = {
        .agency = w->agency, .at_ms = w->now_ms, .actor = w->who.staff,
        .kind = STR("case.merged_in"), .subject = w->other,
        .body = case_side_body(a, &f, id_text(a, w->id)),
    };

    TRY(casefile_load(a, tx_snap(tx), w->agency, w->other, &into));
    w->other_number = into.number;
    TRY(link_put(a, tx, w, w->other, "merged"));
    return tx_event(tx, &e);
}

/* The pauses and extensions that the first case had. */
static err spans_again(struct arena *a, struct tx *tx, int64_t agency,
                       const struct case_clock *from)
{
    struct case_clock k = *from;

    k.spans = (struct clock_spans){ 0 };
    for (size_t i = 0; i < from->spans.pauses_count; i++) {
        const struct clock_pause *p = &from->spans.pauses[i];

        TRY(case_clock_pause(a, tx, agency, &k, p->ground, p->from_ms));
        if (p->until_ms != 0) {
            TRY(case_clock_resume(a, tx, agency, &k, p->until_ms));
        }
    }
    for (size_t i = 0; i < from->spans.extensions_count; i++) {
        const struct clock_extension *x = &from->spans.extensions[i];

        TRY(case_clock_extend(a, tx, agency, &k, x->by, x->at_ms));
    }
    return NULL;
}

static err split_put(struct arena *a, struct tx *tx, struct act_wish *w)
{
    struct case_receipt made;

    TRY(casefile_receive(a, tx, NULL, w->split, &made));
    w->other_number = made.number;
    for (size_t i = 0; i < w->split->clocks_count; i++) {
        TRY(spans_again(a, tx, w->agency, &w->split->clocks[i]));
    }
    return link_put(a, tx, w, w->split->id, "split");
}

err case_more_put(struct arena *a, struct tx *tx, struct act_wish *w,
                  const struct casefile *before, int64_t changes)
{
    if (w->supplied != NULL) {
        TRY(supplied_put(a, tx, w, changes));
    }
    if (w->papers_count > 0) {
        TRY(case_papers_put(a, tx, w->agency, w->id, changes, w->who.staff, w->now_ms,
                            w->papers, w->papers_count));
    }
    switch (w->act) {
    case ACT_SEND_BACK:
        return want_put(a, tx, w, before, changes);
    case ACT_MERGE:
        return merge_put(a, tx, w);
    case ACT_SPLIT:
        return split_put(a, tx, w);
    case ACT_STUDY:
        return tx_run(a, tx, &study_sql,
                      BIND(bind_int(w->agency), bind_int(w->id), bind_int(changes),
                           bind_text(before->service), bind_int(w->now_ms)));
    case ACT_INSTRUCT:
        return tx_run(a, tx, &instruct_sql, BIND(bind_int(w->agency), bind_int(w->id),
                           bind_int(w->now_ms)));
    case ACT_STUDY_ANSWER:
        return tx_run(a, tx, &studied_sql,
                      BIND(bind_int(w->agency), bind_int(w->id),
                           bind_text(str_trim(w->lesson)), bind_int(w->now_ms)));
    default:
        return NULL;
    }
}
