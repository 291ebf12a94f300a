/* casework_move — a running case is moved to another version of its service: the preview,
 * and the act.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "casework_move.view.h"
#include "desk/ask.h"
#include "desk/frame/shell.h"
#include "desk/reply.h"
#include "feature/casework/casework_move_view.h"
#include "feature/casework/casework_move_web.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/version/case_version.h"
#include "kernel/fee/fee.h"

static str asked(const struct ask *q, const char *name)
{
    return q->method == POST ? ask_field(q, name) : ask_param(q, name);
}

str casework_day_or_none(struct ask *q, day d)
{
    return d == DAY_NONE ? lang_text(q->lang, MSG("No term"))
                         : day_short(q->arena, d, q->lang);
}

struct words casework_money(int64_t dollars)
{
    return dollars == 0 ? SAY("No fee")
                        : SAY("{dollars}", SAY_MONEY("dollars", dollars));
}

/* Whoever sees the case may look; why it cannot be moved, or not by him, is said. */
static err look_of(struct ask *q, const struct casefile *c, int version,
                   struct case_version_look *look, struct words *ret_why_not)
{
    err e;

    if (!casefile_may(&q->actor, c, ACT_MOVE)) {
        *ret_why_not = SAY("This step cannot be taken now, or it is a colleague's to "
                           "take.");
        return NULL;
    }
    e = casefile_version_look(q->arena, q->snap, q->keyring, q->catalog, q->calendar, c,
                              version, q->now_ms, look);
    if (e != NULL && (e->kind == ERR_INPUT || e->kind == ERR_CONFLICT)) {
        *ret_why_not = e->say;
        return NULL;
    }
    return e;
}

int casework_newest(const struct ask *q, str service)
{
    const struct service *s =
        q->catalog != NULL ? service_get(q->catalog, service) : NULL;

    return s != NULL ? s->version : 0;
}

/* The one that was asked for; else the one in force. */
static int version_of(struct ask *q, const struct casefile *c)
{
    int64_t version;

    if (str_to_int(asked(q, "version"), &version) && version > 0 && version < 1000000) {
        return (int)version;
    }
    return casework_newest(q, c->service);
}

static err versions_of(struct ask *q, const struct casefile *c, int chosen,
                       struct casework_move *p)
{
    int newest = casework_newest(q, c->service);
    struct casework_option *o =
        ARENA_ARRAY(q->arena, (size_t)newest + 1, struct casework_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int v = newest; v > 0; v--) {
        if (v != c->service_version &&
            service_get_version(q->catalog, c->service, v) != NULL) {
            str text = str_format(q->arena, "%d", v);

            o[p->versions_count++] = (struct casework_option){ text, text, v == chosen };
        }
    }
    p->versions = o;
    p->has_versions = p->versions_count > 1;
    return NULL;
}

static err changes_of(struct ask *q, const struct service_move *move,
                      struct casework_move *p)
{
    struct casework_change *list =
        ARENA_ARRAY(q->arena, move->changes_count + 1, struct casework_change);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < move->changes_count; i++) {
        list[i] = (struct casework_change){ move->changes[i].say,
                                            move->changes[i].citizen };
    }
    p->changed = list;
    p->changed_count = move->changes_count;
    p->none_changes = move->changes_count == 0;
    return NULL;
}

/* A field is a question, or a piece of one: birth.year. */
static const struct question *question_of(const struct service *s, str field)
{
    str rest = field, key = field;

    (void)str_cut(&rest, '.', &key);
    return form_question(&s->form, key);
}

static err missing_of(struct ask *q, const struct case_version_look *look,
                      struct casework_move *p)
{
    struct casework_missing *list =
        ARENA_ARRAY(q->arena, look->move.missing.count + 1, struct casework_missing);

    if (list == NULL) {
        return err_no_memory;
    }
    for (const struct mistake *m = look->move.missing.first; m != NULL; m = m->next) {
        const struct question *x = question_of(look->to, m->field);
        struct casework_missing *one = &list[p->missing_count++];

        one->say = m->say;
        if (x != NULL) {
            one->label = x->label;
        }
    }
    p->missing = list;
    p->none_missing = p->missing_count == 0;
    p->dropped = look->move.dropped;
    p->has_dropped = p->dropped > 0;
    return NULL;
}

err casework_fee_kept(struct ask *q, const struct casefile *c, bool *ret)
{
    struct fee_account account;

    TRY(fee_account_load(q->arena, q->snap, q->keyring, q->catalog, c, &account));
    *ret = account.is_kept;
    return NULL;
}

static err numbers_of(struct ask *q, const struct casefile *c,
                      const struct case_version_look *look, struct casework_move *p)
{
    int64_t was = look->move.fee_old.dollars, will = look->move.fee_new.dollars;

    p->due_was = casework_day_or_none(q, look->due_was);
    p->due_will = casework_day_or_none(q, look->due_will);
    p->due_moves = look->due_was != look->due_will;
    p->control_was = casework_day_or_none(q, look->control_was);
    p->control_will = casework_day_or_none(q, look->control_will);
    p->control_moves = look->control_was != look->control_will;
    p->paused = look->paused;
    p->late_at_once = look->late_at_once;
    p->fee_was = casework_money(was);
    p->fee_will = casework_money(will);
    p->fee_moves = was != will;
    p->level_was = words_of(level_name[look->level_was]);
    p->level_will = words_of(level_name[look->level_will]);
    p->level_moves = look->level_was != look->level_will;
    return casework_fee_kept(q, c, &p->fee_kept);
}

struct entry casework_move_reason(struct ask *q)
{
    struct entry x = entry_of(q, str_z(q->arena, casework_note_field(ACT_MOVE)),
                              &SAY("Reason"), &SAY("The applicant reads this."), STR(""));

    x.is_long = true;
    return x;
}

/* Who handles the new version, where that is not who has the case. */
static err unit_of(struct ask *q, const struct casefile *c, const struct service *to,
                   struct casework_move *p)
{
    struct unit *units;
    size_t count;

    TRY(unit_list(q->arena, q->snap, c->agency, &units, &count));
    for (size_t i = 0; i < count; i++) {
        if (str_equal(units[i].key, to->unit) && units[i].id != c->unit) {
            p->unit = units[i].name;
            p->other_unit = true;
        }
    }
    return NULL;
}

static err page_fill(struct ask *q, const struct casefile *c,
                     const struct case_version_look *look, struct casework_move *p)
{
    *p = (struct casework_move){
        .form_token = q->session.form_token, .number = c->number,
        .changes = str_format(q->arena, "%lld", (long long)c->changes),
        .to_value = str_format(q->arena, "%d", look->to->version),
        .service = look->to->name, .from = c->service_version, .to = look->to->version,
        .here = link_to1(q, "casework.move", id_text(q->arena, c->id)),
        .act = link_to1(q, "casework.move_act", id_text(q->arena, c->id)),
        .casefile = link_to1(q, "casework.one", id_text(q->arena, c->id)), .may = true,
        .text = casework_move_reason(q), .mistakes = shell_mistakes(q),
    };
    TRY(unit_of(q, c, look->to, p));
    TRY(versions_of(q, c, look->to->version, p));
    TRY(numbers_of(q, c, look, p));
    TRY(changes_of(q, &look->move, p));
    return missing_of(q, look, p);
}

err casework_move_page(struct ask *q, struct reply *r)
{
    struct casework_move *p = ARENA_NEW(q->arena, struct casework_move);
    struct case_version_look look;
    struct words why_not = { 0 };
    struct casefile c;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(casework_load(q, &c));
    TRY(look_of(q, &c, version_of(q, &c), &look, &why_not));
    if (why_not.id == NULL) {
        TRY(page_fill(q, &c, &look, p));
    } else {
        *p = (struct casework_move){
            .number = c.number, .service = casework_service_name(q, &c),
            .why_not = why_not,
            .casefile = link_to1(q, "casework.one", id_text(q->arena, c.id)),
        };
    }

    const struct page_crumb crumbs[] = {
        { SAY("Worklist"), link_to(q, "casework.worklist") },
        { SAY("Case {number}", SAY_TEXT("number", c.number)), p->casefile },
    };
    const struct page page = {
        .title = SAY("Move case {number}", SAY_TEXT("number", c.number)),
        .crumbs = crumbs, .crumbs_count = 2,
        .current = "casework.worklist", .wide = true,
    };
    return REPLY_VIEW(q, r, &page, casework_move, p);
}

/* ---- POST ---- */

static err own_note(struct ask *q, err e)
{
    if (e == NULL || e->kind != ERR_INPUT || !str_equal(e->field, STR("note"))) {
        return e;
    }
    return err_make(q->arena, e->kind, e->say, casework_note_field(ACT_MOVE), e->at,
                    "%.*s", STR_ARG(e->why));
}

err casework_move_wish(struct ask *q, const struct casefile *c, int version,
                       int64_t changes, struct act_wish *w)
{
    *w = (struct act_wish){
        .act = ACT_MOVE, .agency = c->agency, .id = c->id, .changes = changes,
        .now_ms = q->now_ms, .who = q->actor, .version = version, .catalog = q->catalog,
        .calendar = q->calendar, .document_day = DAY_NONE, .wanted_until = DAY_NONE,
    };
    return own_note(q, casefile_act_prepare(
                           q->arena, q->snap, q->keyring, w,
                           ask_field(q, str_z(q->arena, casework_note_field(ACT_MOVE)))));
}

static err move_check(struct ask *q, struct act_wish *w)
{
    struct casefile c;
    int64_t changes;

    TRY(casework_load(q, &c));
    if (!str_to_int(ask_field(q, "changes"), &changes)) {
        changes = -1;
    }
    return casework_move_wish(q, &c, version_of(q, &c), changes, w);
}

static err move_commit(struct ask *q, struct tx *tx, const struct act_wish *w,
                       struct casefile *made)
{
    return casefile_act(q->arena, tx, w, made);
}

static err move_reply(struct ask *q, struct reply *r, const struct casefile *made)
{
    return reply_see_other(q, r, "casework.one", id_text(q->arena, made->id));
}

BEATS_OUT(move, casework_move_beats, struct act_wish, struct casefile)
