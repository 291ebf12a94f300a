/* casework_versions — the running cases of a service that are on an old version, and moving
 * many of them at once.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "casework_publish.view.h"
#include "casework_versions.view.h"
#include "desk/ask.h"
#include "desk/frame/shell.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/casework/casework_head_view.h"
#include "feature/casework/casework_move_view.h"
#include "feature/casework/casework_move_web.h"
#include "feature/casework/casework_rules.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/version/case_version.h"
#include "kernel/service/diff.h"

static err service_of(struct ask *q, const struct service **ret)
{
    *ret = q->catalog != NULL ? service_get(q->catalog, ask_path(q, "key")) : NULL;
    if (*ret == NULL) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such service here."), STR(""),
             "no service");
    }
    return NULL;
}

/* id:changes, as the page had seen the case. */
static str value_of(struct ask *q, const struct casefile *c)
{
    return str_format(q->arena, "%.*s:%lld", STR_ARG(id_text(q->arena, c->id)),
                      (long long)c->changes);
}

static bool is_ticked(const struct ask *q, str value)
{
    str values[WORKLIST_ROWS];
    size_t count = ask_fields(q, STR("case"), values, WORKLIST_ROWS);

    for (size_t i = 0; i < count; i++) {
        if (str_equal(values[i], value)) {
            return true;
        }
    }
    return false;
}

static void look_put(struct ask *q, const struct case_version_look *look, bool fee_kept,
                     struct casework_version_row *r)
{
    r->due_will = casework_day_or_none(q, look->due_will);
    r->due_moves = look->due_will != look->due_was;
    r->fee_was = casework_money(look->move.fee_old.dollars);
    r->fee_will = casework_money(look->move.fee_new.dollars);
    r->fee_moves = !fee_kept && look->move.fee_new.dollars != look->move.fee_old.dollars;
    r->missing = (int64_t)look->move.missing.count;
    r->has_missing = r->missing > 0;
    r->may = true;
}

static err row_of(struct ask *q, const struct casefile *c, const struct service *s,
                  struct casework_version_row *r)
{
    size_t units_count;
    const struct unit *units = ask_units(q, &units_count);
    struct case_version_look look;
    bool kept;
    err e;

    *r = (struct casework_version_row){
        .number = c->number, .value = value_of(q, c), .version = c->service_version,
        .state = words_of(case_state_name[c->state]),
        .due_was = casework_day_or_none(q, c->due),
    };
    r->chosen = is_ticked(q, r->value);
    if (casefile_may_see(&q->actor, c)) {
        r->link = link_to1(q, "casework.move", id_text(q->arena, c->id));
    }
    for (size_t i = 0; i < units_count; i++) {
        if (units[i].id == c->unit) {
            r->unit = units[i].name;
        }
    }
    if (!casefile_may(&q->actor, c, ACT_MOVE)) {
        r->why_not = SAY("waits for others");
        return NULL;
    }
    e = casefile_version_look(q->arena, q->snap, q->keyring, q->catalog, q->calendar, c,
                              s->version, q->now_ms, &look);
    if (e != NULL && e->kind == ERR_CONFLICT) {
        r->why_not = SAY("is past its term");
        return NULL;
    }
    TRY(e);
    TRY(casework_fee_kept(q, c, &kept));
    look_put(q, &look, kept, r);
    return NULL;
}

static err rows_of(struct ask *q, const struct service *s, struct casework_versions *p)
{
    struct case_version_query query = { .service = s->key, .newest = s->version,
                                        .most = WORKLIST_ROWS + 1 };
    struct casework_version_row *rows =
        ARENA_ARRAY(q->arena, WORKLIST_ROWS, struct casework_version_row);
    struct casefile *cases;
    int64_t version = 0;
    size_t found;

    if (rows == NULL) {
        return err_no_memory;
    }
    if (str_to_int(ask_param(q, "version"), &version) && version > 0 &&
        version < 1000000 && id_parse(ask_param(q, "after"), &query.after_id)) {
        query.after_version = (int)version;
    }
    TRY(casefile_on_old(q->arena, q->snap, q->agency->id, &query, &cases, &found));
    p->has_next = found > WORKLIST_ROWS;
    p->rows_count = p->has_next ? WORKLIST_ROWS : found;
    for (size_t i = 0; i < p->rows_count; i++) {
        TRY(row_of(q, &cases[i], s, &rows[i]));
        p->may_any = p->may_any || rows[i].may;
    }
    p->rows = rows;
    p->none = found == 0 && query.after_version == 0;
    if (p->has_next) {
        const struct casefile *last = &cases[p->rows_count - 1];

        p->next = url_with(q, url_with(q, p->here, "version",
                                       str_format(q->arena, "%d", last->service_version)),
                           "after", id_text(q->arena, last->id));
    }
    return NULL;
}

static err counts_of(struct ask *q, const struct service *s, struct casework_versions *p)
{
    struct case_version_count *list;
    struct casework_version_count *out;
    int64_t all = 0;
    size_t count;

    TRY(casefile_old_counts(q->arena, q->snap, q->agency->id, s->key, s->version, &list,
                            &count));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_version_count);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct casework_version_count){ list[i].version, list[i].cases };
        all += list[i].cases;
    }
    p->counts = out;
    p->counts_count = count;
    p->more = all >= VERSION_COUNTED;
    return NULL;
}

/* On the page where a new version is about to be published. */
err casework_panel_publish(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct service_step *step = about->thing;
    struct casework_publish p = { 0 };
    struct casework_publish_version *out;
    struct case_version_count *list;

    if (step->old == NULL) {
        return NULL;
    }
    TRY(casefile_old_counts(q->arena, q->snap, q->agency->id, step->old->key,
                            step->old->version + 1, &list, &p.versions_count));
    out = ARENA_ARRAY(q->arena, p.versions_count + 1, struct casework_publish_version);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p.versions_count; i++) {
        out[i].text = SAY("Version {version}: {count}",
                          SAY_NUMBER("version", list[i].version),
                          SAY_NUMBER("count", list[i].cases));
        p.cases += list[i].cases;
    }
    p.versions = out;
    p.none = p.cases == 0;
    return PANEL_VIEW(q, ret, casework_publish, &p);
}

/* GET /staff/services/{key}/cases */
err casework_versions_page(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("Running cases on old versions"),
                               .current = "casework.worklist", .wide = true };
    struct casework_versions *p = ARENA_NEW(q->arena, struct casework_versions);
    const struct service *s;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(service_of(q, &s));
    *p = (struct casework_versions){
        .form_token = q->session.form_token, .service = s->name, .newest = s->version,
        .here = link_to1(q, "casework.versions", s->key),
        .text = casework_move_reason(q), .none_chosen = shell_mistake_of(q, "case"),
        .mistakes = shell_mistakes(q),
    };
    p->has_none_chosen = p->none_chosen.id != NULL;
    p->done = q->method == GET && str_to_int(ask_param(q, "moved"), &p->moved) &&
              p->moved > 0;
    TRY(rows_of(q, s, p));
    TRY(counts_of(q, s, p));
    return REPLY_VIEW(q, r, &page, casework_versions, p);
}

/* ---- POST ---- */

struct many_wish {
    struct act_wish *list;
    size_t count;
    str service;
};
struct many_made {
    int64_t moved;
    str service;
};

static err one_read(struct ask *q, str value, const struct service *s, struct act_wish *w)
{
    str rest = value, id_part;
    struct casefile c;
    int64_t id, changes;

    if (!str_cut(&rest, ':', &id_part) || !id_parse(id_part, &id) ||
        !str_to_int(rest, &changes)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR("case"), "value");
    }
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, &c));
    if (!str_equal(c.service, s->key)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR("case"),
             "another service");
    }
    return casework_move_wish(q, &c, s->version, changes, w);
}

static err many_check(struct ask *q, struct many_wish *w)
{
    str values[WORKLIST_ROWS];
    size_t count = ask_fields(q, STR("case"), values, WORKLIST_ROWS);
    const struct service *s;

    TRY(service_of(q, &s));
    if (count == 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Tick the cases that are to be moved."), STR("case"),
             "none");
    }
    w->list = ARENA_ARRAY(q->arena, count, struct act_wish);
    if (w->list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        TRY(one_read(q, values[i], s, &w->list[i]));
    }
    w->count = count;
    w->service = s->key;
    return NULL;
}

/* All or none: who presses once sees one result. */
static err many_commit(struct ask *q, struct tx *tx, const struct many_wish *w,
                       struct many_made *made)
{
    for (size_t i = 0; i < w->count; i++) {
        struct casefile after;

        TRY(casefile_act(q->arena, tx, &w->list[i], &after));
    }
    *made = (struct many_made){ (int64_t)w->count, w->service };
    return NULL;
}

static err many_reply(struct ask *q, struct reply *r, const struct many_made *made)
{
    return reply_see(q, r, url_with(q, link_to1(q, "casework.versions", made->service),
                                    "moved",
                                    str_format(q->arena, "%lld", (long long)made->moved)));
}

BEATS_OUT(many, casework_move_many_beats, struct many_wish, struct many_made)
