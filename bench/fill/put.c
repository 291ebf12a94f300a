/* put — the rows of a batch of cases, and its events, in one commit. Rows of one case go
 * into few statements: the statements are made at the start, one for each number of rows.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "fill.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/service/usual.h"

#include <string.h>

enum { MOST_ROWS = 8, MOST_COLUMNS = 11, SQL_BYTES = 65536 };
#define MOST_VALUES 64 /* of a statement, on either engine */
#define SENT_AFTER_MS INT64_C(60000)

static const struct query case_sql = {
    "INSERT INTO casefile (agency_id, id, number, service, service_version, state, "
    "channel, unit_id, officer_id, received_ms, due_ms, decided_ms, closed_ms, level, "
    "is_granted, document_number, document_day, applicant_masked, applicant_question, "
    "salt, code_hash, code_sealed, changes, is_open, due_shown, control_ms, "
    "control_shown, waits_level, path, proposer_id, four_eyes, seals, outcome) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
    "?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33)",
    "iittittiiiiiititittbbbii" "iiitiiiit",
};
static const struct query serial_sql = {
    "INSERT INTO case_serial (agency_id, roc_year, last_serial) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (agency_id, roc_year) DO UPDATE SET last_serial = ?3",
    "iii",
};

struct many {
    const char *into, *types;
    struct query of[MOST_ROWS + 1]; /* by number of rows */
};
static struct many answers = {
    "INSERT INTO case_answer (agency_id, casefile_id, question, place, plain, masked, "
    "sealed) VALUES ", "iitittb", { { 0 } },
};
static struct many finds = {
    "INSERT INTO case_find (agency_id, kind, blind, casefile_id, question) VALUES ",
    "itbit", { { 0 } },
};
static struct many notes = {
    "INSERT INTO case_note (agency_id, casefile_id, changes, staff_id, at_ms, sealed) "
    "VALUES ", "iiiiib", { { 0 } },
};
static struct many clocks = {
    "INSERT INTO case_clock (agency_id, casefile_id, kind, number, rule, started_ms, "
    "due_day, due_ms, state, extended, ended_ms) VALUES ", "iititiiitii", { { 0 } },
};
static struct many pauses = {
    "INSERT INTO case_clock_span (agency_id, casefile_id, kind, number, place, type, what, "
    "value, from_ms, until_ms) VALUES ", "iitiittiii", { { 0 } },
};
static struct many told = {
    "INSERT INTO notice (agency_id, subject_id, number, kind, say, changes, channels, "
    "state, at_ms, sent_ms) VALUES ", "iiittiitii", { { 0 } },
};

static size_t rows_most(const struct many *m)
{
    size_t rows = MOST_VALUES / strlen(m->types);

    return rows < MOST_ROWS ? rows : MOST_ROWS;
}

static void many_make(struct arena *a, struct many *m)
{
    size_t columns = strlen(m->types);

    for (size_t rows = 1; rows <= rows_most(m); rows++) {
        struct buf sql, types;

        buf_init(&sql, a, SQL_BYTES);
        buf_init(&types, a, SQL_BYTES);
        buf_put_z(&sql, m->into);
        for (size_t i = 0; i < rows * columns; i++) {
            buf_format(&sql, "%s?%zu%s",
                       i % columns > 0 ? ", "
                       : i > 0         ? ", ("
                                       : "(",
                       i + 1, i % columns == columns - 1 ? ")" : "");
        }
        for (size_t i = 0; i < rows; i++) {
            buf_put_z(&types, m->types);
        }
        m->of[rows] = (struct query){ .sql = str_z(a, buf_str(&sql)),
                                      .types = str_z(a, buf_str(&types)) };
    }
}

err fill_put_start(struct fill *f)
{
    many_make(f->arena, &answers);
    many_make(f->arena, &finds);
    many_make(f->arena, &notes);
    many_make(f->arena, &clocks);
    many_make(f->arena, &pauses);
    many_make(f->arena, &told);
    return arena_failed(f->arena) ? err_no_memory : NULL;
}

struct rows {
    struct value value[MOST_ROWS * MOST_COLUMNS];
    size_t values, rows;
};

static err rows_put(struct arena *a, struct tx *tx, const struct many *m, struct rows *r)
{
    size_t rows = r->rows, values = r->values;

    r->rows = r->values = 0;
    return rows == 0 ? NULL : tx_run(a, tx, &m->of[rows], r->value, values);
}

static err row_add(struct arena *a, struct tx *tx, const struct many *m, struct rows *r,
                   const struct value *values, size_t count)
{
    memcpy(r->value + r->values, values, count * sizeof(*values));
    r->values += count;
    return ++r->rows == rows_most(m) ? rows_put(a, tx, m, r) : NULL;
}

static err answers_put(struct arena *a, struct tx *tx, const struct case_wish *w)
{
    struct rows r = { .rows = 0 }, found = { .rows = 0 };

    for (size_t i = 0; i < w->answers_count; i++) {
        const struct sealed_answer *x = &w->answers[i];

        TRY(row_add(a, tx, &answers, &r,
                    BIND(bind_int(w->agency), bind_int(w->id), bind_text(x->question),
                         bind_int((int64_t)i), bind_text(x->plain), bind_text(x->masked),
                         bind_bytes(x->sealed))));
        if (!str_is_empty(x->blind)) {
            TRY(row_add(a, tx, &finds, &found,
                        BIND(bind_int(w->agency), bind_text(str_of(x->blind_kind)),
                             bind_bytes(x->blind), bind_int(w->id),
                             bind_text(x->question))));
        }
    }
    TRY(rows_put(a, tx, &answers, &r));
    return rows_put(a, tx, &finds, &found);
}

static err notes_put(struct arena *a, struct tx *tx, const struct fill_case *c)
{
    struct rows r = { .rows = 0 };

    for (size_t i = 0; i < c->notes_count; i++) {
        const struct fill_note *n = &c->notes[i];

        TRY(row_add(a, tx, &notes, &r,
                    BIND(bind_int(c->wish.agency), bind_int(c->wish.id),
                         bind_int(n->changes), bind_int(n->staff), bind_int(n->at_ms),
                         bind_bytes(n->sealed))));
    }
    return rows_put(a, tx, &notes, &r);
}

static err case_put(struct arena *a, struct tx *tx, const struct fill_case *c)
{
    const struct case_wish *w = &c->wish;
    const struct casefile *n = &c->now;
    struct case_keys k = case_keys_of(a, n);

    TRY(tx_run(a, tx, &case_sql,
               BIND(bind_int(w->agency), bind_int(w->id), bind_text(c->number),
                    bind_text(w->service->key), bind_int(w->service->version),
                    bind_text(case_state_key[n->state]),
                    bind_text(case_channel_key[w->channel]), bind_int(w->unit),
                    bind_int(n->officer), bind_int(w->now_ms), bind_int(k.due_ms),
                    bind_int(n->decided_ms), bind_int(n->closed_ms),
                    bind_text(level_key[w->level]), bind_int(n->outcome_granted ? 1 : 0),
                    bind_text(n->document_number), bind_int(n->document_day),
                    bind_text(w->applicant_masked), bind_text(w->applicant_question),
                    bind_bytes(w->salt), bind_bytes(w->code_hash),
                    bind_bytes(w->code_sealed), bind_int(n->changes),
                    bind_int(n->is_open ? 1 : 0), bind_int(k.due_shown),
                    bind_int(k.control_ms), bind_int(k.control_shown),
                    bind_text(k.waits_level), bind_int(n->path), bind_int(n->proposer),
                    bind_int(n->four_eyes ? 1 : 0), bind_int(n->seals),
                    bind_text(k.outcome))));
    TRY(answers_put(a, tx, w));
    return notes_put(a, tx, c);
}

/* Clocks as they stand after the last act. */
static err clocks_put(struct arena *a, struct tx *tx, const struct fill_batch *b)
{
    struct rows r = { .rows = 0 };

    for (size_t i = 0; i < b->cases_count * FILL_CLOCKS; i++) {
        const struct case_wish *w = &b->cases[i / FILL_CLOCKS]->wish;
        const struct case_clock *k = &b->cases[i / FILL_CLOCKS]->clocks[i % FILL_CLOCKS];

        TRY(row_add(a, tx, &clocks, &r,
                    BIND(bind_int(w->agency), bind_int(w->id),
                         bind_text(case_clock_key[k->kind]), bind_int(k->number),
                         bind_text(clock_rule_json(a, &k->rule)), bind_int(k->started_ms),
                         bind_int(due_cell(k->due)), bind_int(k->due_ms),
                         bind_text(case_clock_state_key[k->state]), bind_int(k->extended),
                         bind_int(k->ended_ms))));
    }
    return rows_put(a, tx, &clocks, &r);
}

static err pauses_put(struct arena *a, struct tx *tx, const struct fill_batch *b)
{
    struct rows r = { .rows = 0 };

    for (size_t i = 0; i < b->cases_count * FILL_CLOCKS; i++) {
        const struct case_wish *w = &b->cases[i / FILL_CLOCKS]->wish;
        const struct case_clock *k = &b->cases[i / FILL_CLOCKS]->clocks[i % FILL_CLOCKS];

        for (size_t n = 0; n < k->spans.pauses_count; n++) {
            const struct clock_pause *p = &k->spans.pauses[n];

            TRY(row_add(a, tx, &pauses, &r,
                        BIND(bind_int(w->agency), bind_int(w->id),
                             bind_text(case_clock_key[k->kind]), bind_int(k->number),
                             bind_int((int64_t)n), bind_text(STR("pause")),
                             bind_text(clock_ground_key[p->ground]), bind_int(0),
                             bind_int(p->from_ms), bind_int(p->until_ms))));
        }
    }
    return rows_put(a, tx, &pauses, &r);
}

/* Messages of former times went out a minute later. */
static err told_put(struct arena *a, struct tx *tx, const struct fill_batch *b)
{
    struct rows r = { .rows = 0 };

    for (size_t i = 0; i < b->cases_count; i++) {
        for (size_t n = 0; n < b->cases[i]->told_count; n++) {
            const struct notice *x = &b->cases[i]->told[n];

            TRY(row_add(a, tx, &told, &r,
                        BIND(bind_int(x->agency), bind_int(x->subject),
                             bind_int((int64_t)n + 1), bind_text(x->kind),
                             bind_text(notice_words_json(a, &x->say)),
                             bind_int(x->changes), bind_int(x->channels),
                             bind_text(notice_state_key[NOTICE_SENT]), bind_int(x->at_ms),
                             bind_int(x->at_ms + SENT_AFTER_MS))));
        }
    }
    return rows_put(a, tx, &told, &r);
}

static str act_body_of(struct arena *a, const struct fill_step *s)
{
    struct act_wish w = { .act = s->act, .note_hash = str_of(s->note_hash) };
    struct case_fact f = {
        .changes = s->changes, .officer = s->officer, .outcome = s->outcome,
        .granted = s->outcome == OUTCOME_GRANTED, .path = s->path,
        .four_eyes = s->four_eyes, .document_number = str_of(s->document),
        .document_day = day_at(s->at_ms), .notices = s->notices,
        .clocks_count = s->clocks_count,
    };

    for (size_t i = 0; i < s->clocks_count; i++) {
        f.clocks[i] = s->clocks[i];
    }

    return case_act_body(a, &w, &f, 0);
}

static err step_put(struct arena *a, struct tx *tx, const struct fill_step *s)
{
    return tx_event(
        tx, &(struct event){
                .agency = s->agency, .at_ms = s->at_ms, .actor = s->actor,
                .kind = s->is_receipt ? STR("case.received") : case_act_event[s->act],
                .subject = s->id, .body = s->is_receipt ? s->body : act_body_of(a, s) });
}

err fill_put_run(void *batch, struct arena *a, struct tx *tx)
{
    const struct fill_batch *b = batch;

    for (size_t i = 0; i < b->cases_count; i++) {
        TRY(case_put(a, tx, b->cases[i]));
    }
    TRY(clocks_put(a, tx, b));
    TRY(pauses_put(a, tx, b));
    TRY(told_put(a, tx, b));
    for (size_t i = 0; i < b->steps_count; i++) {
        TRY(step_put(a, tx, &b->steps[i]));
    }
    return arena_failed(a) ? err_no_memory : NULL;
}

static err run_serials(void *fill, struct arena *a, struct tx *tx)
{
    const struct fill *f = fill;

    for (size_t i = 0; i < f->serials_count; i++) {
        TRY(tx_run(a, tx, &serial_sql,
                   BIND(bind_int(f->serials[i].agency), bind_int(f->serials[i].year),
                        bind_int(f->serials[i].last))));
    }
    return NULL;
}

err fill_serials_put(struct fill *f)
{
    return store_commit(f->demo->store, f->arena, AGENCY_CITY, run_serials, f);
}

struct late {
    struct fill *fill;
    int64_t agency;
    int warn_days;
    struct case_slice slice;
};

static err run_late(void *late, struct arena *a, struct tx *tx)
{
    struct late *l = late;

    return casefile_tell_slice(a, tx, calendar_official(), l->agency, l->warn_days,
                               FILL_BATCH, l->fill->demo->end_ms, &l->slice);
}

err fill_late_tell(struct fill *f)
{
    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        const struct demo_office *o = &f->demo->offices[i];
        struct late l = { .fill = f, .agency = o->agency.id,
                          .warn_days = usual_terms_of(o->catalog, NULL).warn };

        while (!l.slice.done) {
            struct arena_mark *mark = arena_mark(f->arena);

            TRY(store_commit(f->demo->store, f->arena, l.agency, run_late, &l));
            arena_reset(f->arena, mark);
            f->events += l.slice.changed;
        }
    }
    return NULL;
}
