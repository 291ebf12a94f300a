/* act_store — the acts on a case, done in one commit with the row, what belongs to it, and
 * the event.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/store/store.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"
#include "kernel/consult/consult.h"

/* The row changes only if it is still as it was when we looked. */
static const struct query update_sql = {
    "UPDATE casefile SET state = ?4, officer_id = ?5, decided_ms = ?6, closed_ms = ?7, "
    "is_granted = ?8, document_number = ?9, document_day = ?10, is_open = ?11, "
    "changes = ?12, waits_level = ?13, path = ?14, proposer_id = ?15, four_eyes = ?16, "
    "seals = ?17, outcome = ?18, consults = ?19, objected = ?20, asked = ?21, "
    "special = ?22, due_ms = ?23, due_shown = ?24, control_ms = ?25, "
    "control_shown = ?26, unit_id = ?27, service_version = ?28, level = ?29, "
    "proposes = ?30 "
    "WHERE agency_id = ?1 AND id = ?2 AND changes = ?3",
    "iiitiiiitiiitiiiittiiiiiiiiitt",
};
static const struct query note_sql = {
    "INSERT INTO case_note (agency_id, casefile_id, changes, staff_id, at_ms, sealed) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "iiiiib",
};
static const struct query ground_sql = {
    "INSERT INTO case_ground (agency_id, casefile_id, changes, sealed) "
    "VALUES (?1, ?2, ?3, ?4)", "iiib",
};
static const struct query *const all_queries[] = { &update_sql, &note_sql, &ground_sql };
const struct query_list casefile_act_queries = {
    "casefile (acts)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

struct case_fact case_act_fact(const struct act_wish *w, const struct casefile *c)
{
    struct case_fact f = {
        .kind = case_act_event[w->act], .at_ms = w->now_ms, .actor = w->who.staff,
        .changes = c->changes + 1, .outcome = case_act_outcome(w),
        .document_day = DAY_NONE, .path = w->path, .four_eyes = w->four_eyes,
        .objects = w->objects, .off = w->off,
    };

    f.granted = f.outcome == OUTCOME_GRANTED;
    switch (w->act) {
    case ACT_TAKE:
        f.officer = w->who.staff;
        break;
    case ACT_ASSIGN:
    case ACT_HAND_OVER:
        f.officer = w->to;
        break;
    case ACT_ISSUE:
    case ACT_CORRECT:
        f.document_number = str_trim(w->document_number);
        f.document_day = w->document_day;
        break;
    case ACT_MOVE:
        f.version = w->version;
        f.level = w->level;
        f.proposes = w->proposes;
        break;
    case ACT_PROPOSE:
    case ACT_CONSULT:
        for (size_t i = 0; i < w->units_count; i++) {
            f.units[f.units_count++] = w->units[i];
        }
        break;
    case ACT_ANSWER:
    case ACT_WAIVE:
    case ACT_GIVE:
        f.unit = w->units[0];
        break;
    default:
        break;
    }
    return f;
}

err case_row_update(struct arena *a, struct tx *tx, const struct casefile *c,
                    int64_t changes_before, int64_t *ret_changed)
{
    struct case_keys k = case_keys_of(a, c);

    return tx_change(
        a, tx, &update_sql,
        BIND(bind_int(c->agency), bind_int(c->id), bind_int(changes_before),
             bind_text(case_state_key[c->state]), bind_int(c->officer),
             bind_int(c->decided_ms), bind_int(c->closed_ms),
             bind_int(c->outcome_granted ? 1 : 0), bind_text(c->document_number),
             bind_int(c->document_day), bind_int(c->is_open ? 1 : 0), bind_int(c->changes),
             bind_text(k.waits_level), bind_int(c->path), bind_int(c->proposer),
             bind_int(c->four_eyes), bind_int(c->seals), bind_text(k.outcome),
             bind_text(k.consults), bind_int(c->objected), bind_int(c->asked),
             bind_int(c->special), bind_int(k.due_ms), bind_int(k.due_shown),
             bind_int(k.control_ms), bind_int(k.control_shown), bind_int(c->unit),
             bind_int(c->service_version), bind_text(level_key[c->level]),
             bind_text(level_key[c->proposes])),
        ret_changed);
}

/* The rows of those who are asked, or answer. */
static err consults_put(struct arena *a, struct tx *tx, const struct act_wish *w,
                        const struct case_fact *f)
{
    struct consult c = {
        .agency = w->agency, .casefile = w->id, .asked_by = w->who.staff,
        .asked_ms = w->now_ms, .asked_changes = f->changes, .due = DAY_NONE,
    };

    for (size_t i = 0; i < f->units_count; i++) {
        c.unit = f->units[i];
        c.due = i < f->clocks_count ? f->clocks[i].due : DAY_NONE;
        TRY(consult_ask(a, tx, &c));
    }
    if (w->act == ACT_ANSWER || w->act == ACT_WAIVE) {
        c.unit = f->unit;
        c.state = w->act == ACT_ANSWER ? CONSULT_ANSWERED : CONSULT_WAIVED;
        c.agrees = w->act == ACT_ANSWER && !w->objects;
        c.answered_by = w->who.staff;
        c.answered_ms = w->now_ms;
        c.answered_changes = f->changes;
        return consult_end(a, tx, &c);
    }
    return NULL;
}

static err texts_put(struct arena *a, struct tx *tx, const struct act_wish *w,
                     int64_t changes)
{
    if (!str_is_empty(w->note_sealed)) {
        TRY(tx_run(a, tx, &note_sql,
                   BIND(bind_int(w->agency), bind_int(w->id), bind_int(changes),
                        bind_int(w->who.staff), bind_int(w->now_ms),
                        bind_bytes(w->note_sealed))));
    }
    if (!str_is_empty(w->grounds_sealed)) {
        TRY(tx_run(a, tx, &ground_sql,
                   BIND(bind_int(w->agency), bind_int(w->id), bind_int(changes),
                        bind_bytes(w->grounds_sealed))));
    }
    return NULL;
}

/* Nothing goes out unpaid where the definition says so, by whatever page it goes. */
static err paid_check(struct arena *a, struct tx *tx, const struct act_wish *w,
                      const struct casefile *c)
{
    const struct service *s = w->catalog == NULL ? NULL
                                                 : service_get_near(w->catalog, c->service,
                                                                    c->service_version);
    bool goes_out = w->act == ACT_ISSUE || w->act == ACT_COLLECT;

    if (!goes_out || !c->outcome_granted || s == NULL || !s->flow.paid_before_issue) {
        return NULL;
    }
    return case_must_hold(a, tx, &w->paid);
}

err case_must_hold(struct arena *a, struct tx *tx, const struct case_must *must)
{
    if (must->holds == NULL) {
        FAIL(a, ERR_BROKEN, SAY("Whether the fees are paid was not looked at. Please try "
             "again."), STR(""), "no look at the fees");
    }
    return must->holds(a, tx, must->what);
}

err casefile_act(struct arena *a, struct tx *tx, const struct act_wish *wish,
                 struct casefile *ret)
{
    struct act_wish own = *wish, *w = &own; /* numbers of other cases come into it */
    struct event e = {
        .agency = w->agency, .at_ms = w->now_ms, .actor = w->who.staff,
        .kind = case_act_event[w->act], .subject = w->id,
    };
    struct casefile c, before;
    struct case_fact f;
    int64_t changed;

    TRY(casefile_load(a, tx_snap(tx), w->agency, w->id, &c));
    TRY(case_act_check(a, tx_snap(tx), w, &c));
    TRY(paid_check(a, tx, w, &c));
    before = c;
    w->due_before = c.due;
    f = case_act_fact(w, &c);
    TRY(case_act_clocks(a, tx, w, &c, &f));
    if (!flow_fold(&c, &f)) {
        return case_act_faster(a, w, c.changes);
    }
    TRY(case_row_update(a, tx, &c, before.changes, &changed));
    if (changed != 1) {
        return case_act_faster(a, w, c.changes);
    }
    TRY(consults_put(a, tx, w, &f));
    if (!c.is_open && before.consults_count > 0) {
        TRY(consult_drop(a, tx, c.agency, c.id, w->now_ms, f.changes));
    }
    TRY(texts_put(a, tx, w, f.changes));
    TRY(case_more_put(a, tx, w, &before, f.changes));
    TRY(case_act_notice(a, tx, w, &c, before.state, &f));
    e.body = case_act_body(a, w, &f, casefile_stands_for(&w->who, &before, w->act));
    TRY(tx_event(tx, &e));
    if (arena_failed(a)) {
        return err_no_memory;
    }
    *ret = c;
    return NULL;
}
