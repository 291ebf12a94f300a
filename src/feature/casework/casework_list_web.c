/* casework_list — the worklist: which list, narrowed to what, and its rows.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "case_row.view.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/casefile/worklist/worklist.h"
#include "kernel/pack/pack.h"
#include "kernel/service/service.h"
#include "worklist.view.h"

static const struct staff *staff_of(const struct staff *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            return &list[i];
        }
    }
    return NULL;
}

static bool is_among(int64_t id, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

int64_t casework_soon_ms(const struct ask *q)
{
    return case_soon_ms(q->calendar, usual_terms_of(q->catalog, NULL).warn, q->now_ms);
}

struct label casework_service_name(const struct ask *q, const struct casefile *c)
{
    const struct service *s =
        service_get_near(q->catalog, c->service, c->service_version);
    struct label key = { .in = { c->service, c->service, c->service } };

    return s != NULL ? s->name : key;
}

/* The rows of a list, names whole where they are shown in this session. */
err casework_rows_of(struct ask *q, const struct casefile *cases, size_t count,
                   struct casework_row **ret)
{
    struct staff *people;
    size_t people_count, shown_count;
    int64_t *shown;
    struct casework_row *rows = ARENA_ARRAY(q->arena, count + 1, struct casework_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &people_count));
    TRY(casefile_shown(q->arena, q->snap, q->session.id, q->agency->id, q->now_ms, &shown,
                       &shown_count));
    for (size_t i = 0; i < count; i++) {
        const struct casefile *c = &cases[i];
        const struct staff *officer = staff_of(people, people_count, c->officer);
        struct casework_row *r = &rows[i];

        *r = (struct casework_row){
            .link = link_to1(q, "casework.one", id_text(q->arena, c->id)),
            .number = c->number,
            .name = c->applicant_masked,
            .service = casework_service_name(q, c),
            .state = words_of(case_state_name[c->state]),
            .state_class = casework_state_class(&q->actor, c),
            .due = casework_due_of(q->arena, q->calendar, casework_end_of(c, false),
                                   q->now_ms, casework_soon_ms(q), q->lang),
            .control = casework_due_of(q->arena, q->calendar, casework_end_of(c, true),
                                       q->now_ms, casework_soon_ms(q), q->lang),
            .has_control = c->is_open && c->decided_ms == 0 &&
                           c->control_due != DAY_NONE &&
                           (c->control_due_ms != c->due_ms ||
                            c->control_paused != c->paused),
            .officer = officer != NULL ? officer->name : STR(""),
            .shown = is_among(c->id, shown, shown_count),
        };
        if (r->shown) {
            TRY(casefile_applicant(q->arena, q->keyring, c, &r->name));
        }
    }
    *ret = rows;
    return NULL;
}

err casework_tabs_of(struct ask *q, const struct casework_list *current, bool waiting_only,
                   struct casework_tab **ret, size_t *ret_count)
{
    struct casework_tab *tabs = ARENA_ARRAY(q->arena, CASEWORK_LISTS, struct casework_tab);
    size_t n = 0;

    if (tabs == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < CASEWORK_LISTS; i++) {
        const struct casework_list *l = &casework_lists[i];
        struct case_query query = { .list = l->list, .state = -1, .now_ms = q->now_ms };
        size_t count;

        if (!casework_has(&q->actor, l) || (waiting_only && l->list == LIST_ALL)) {
            continue;
        }
        TRY(casefile_count(q->arena, q->snap, &q->actor, &query, &count));
        tabs[n++] = (struct casework_tab){
            .link = url_with(q, link_to(q, "casework.worklist"), "list", l->key),
            .text = words_of(l->name),
            .current = l == current,
            .more = count > CASES_COUNTED,
            .count = (int64_t)(count > CASES_COUNTED ? CASES_COUNTED : count),
        };
    }
    *ret = tabs;
    *ret_count = n;
    return NULL;
}

/* GET /staff/worklist?list=&service=&number=&late=&after= */
static err service_options(struct ask *q, str chosen, struct casework_worklist *p)
{
    size_t count = catalog_count(q->catalog, "service");
    struct casework_option *o = ARENA_ARRAY(q->arena, count + 1, struct casework_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, "service", i);

        o[i] = (struct casework_option){
            .value = s->key,
            .text = label_in(&s->name, q->lang),
            .chosen = str_equal(s->key, chosen),
        };
    }
    p->services = o;
    p->services_count = count;
    return NULL;
}

static err when_options(struct ask *q, struct casework_worklist *p)
{
    struct casework_option *o =
        ARENA_ARRAY(q->arena, CASEWORK_WHENS, struct casework_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < CASEWORK_WHENS; i++) {
        o[i] = (struct casework_option){
            .value = casework_when_key[i],
            .text = lang_text(q->lang, casework_when_name[i]),
            .chosen = str_equal(casework_when_key[i], p->when),
        };
    }
    p->whens = o;
    p->whens_count = CASEWORK_WHENS;
    return NULL;
}

/* What the filter says; on POST (show names refused) it comes with the form. */
static str asked(const struct ask *q, const char *name)
{
    return q->method == POST ? ask_field(q, name) : ask_param(q, name);
}

static str row_ids(struct ask *q, const struct casefile *cases, size_t count)
{
    struct buf b;

    buf_init(&b, q->arena, WORKLIST_ROWS * (ID_TEXT_LEN + 1));
    for (size_t i = 0; i < count; i++) {
        buf_put_z(&b, i > 0 ? " " : "");
        buf_put(&b, id_text(q->arena, cases[i].id));
    }
    return buf_str(&b);
}

static struct url list_url(struct ask *q, const struct casework_worklist *p, bool filtered)
{
    struct url u = url_with(q, p->here, "list", p->list);

    if (filtered && !str_is_empty(p->service)) {
        u = url_with(q, u, "service", p->service);
    }
    if (filtered && !str_is_empty(p->number)) {
        u = url_with(q, u, "number", p->number);
    }
    if (filtered && !str_is_empty(p->when)) {
        u = url_with(q, u, "when", p->when);
    }
    if (filtered && p->by_control) {
        u = url_with(q, u, "by", STR("control"));
    }
    return u;
}

static void worklist_rows(struct ask *q, struct casework_worklist *p,
                          const struct casework_list *list, const struct casefile *cases)
{
    bool all_mine = true;

    p->all_shown = p->rows_count > 0;
    for (size_t i = 0; i < p->rows_count; i++) {
        p->all_shown = p->all_shown && p->rows[i].shown;
        all_mine = all_mine && cases[i].officer == q->actor.staff;
    }
    p->newest_first = list->list == LIST_ALL && !p->by_control;
    p->none = p->rows_count == 0;
    p->may_show = !p->none && !p->all_shown;
    p->needs_reason = !all_mine && list->list != LIST_TO_DECIDE;
    p->reason = all_mine ? STR("") : reading_reason_key[READ_DECISION];
    p->ids = row_ids(q, cases, p->rows_count);
}

static err worklist_fill(struct ask *q, const struct casework_list *list,
                         struct casework_worklist *p)
{
    struct case_query query = {
        .list = list->list, .service = asked(q, "service"), .number = asked(q, "number"),
        .state = -1, .when = casework_when_of(asked(q, "when")),
        .by_control = str_equal(asked(q, "by"), STR("control")), .now_ms = q->now_ms,
        .soon_ms = casework_soon_ms(q), .most = WORKLIST_ROWS + 1,
    };
    struct casefile *cases;
    struct casework_row *rows;
    size_t found;

    if (!id_parse(asked(q, "after"), &query.after)) {
        query.after = 0;
    }
    TRY(casefile_list(q->arena, q->snap, &q->actor, &query, &cases, &found));
    p->has_next = found > WORKLIST_ROWS;
    p->rows_count = p->has_next ? WORKLIST_ROWS : found;
    TRY(casework_rows_of(q, cases, p->rows_count, &rows));
    p->rows = rows;
    p->here = link_to(q, "casework.worklist");
    p->list = list->key;
    p->service = query.service;
    p->number = query.number;
    p->when = casework_when_key[query.when];
    p->by_control = query.by_control;
    p->by = query.by_control ? STR("control") : STR("");
    p->has_before = query.after != 0;
    p->after = p->has_before ? id_text(q->arena, query.after) : STR("");
    p->filtered = !str_is_empty(p->service) || !str_is_empty(p->number) ||
                  query.when != WHEN_ALL || query.by_control;
    p->whole = list_url(q, p, false);
    p->first = list_url(q, p, true);
    if (p->has_next) {
        p->next = url_with(q, p->first, "after",
                           id_text(q->arena, cases[p->rows_count - 1].id));
    }
    worklist_rows(q, p, list, cases);
    return NULL;
}

err casework_worklist(struct ask *q, struct reply *r)
{
    const struct casework_list *list = casework_choose(&q->actor, asked(q, "list"));
    struct casework_worklist *p = ARENA_NEW(q->arena, struct casework_worklist);
    struct casework_tab *tabs;
    struct casework_option *reasons;
    const struct page page = {
        .title = SAY("Worklist"), .current = "casework.worklist", .wide = true,
        .seals = SEALS_LIST,
    };

    if (p == NULL) {
        return err_no_memory;
    }
    if (list == NULL) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no list");
    }
    TRY(casework_tabs_of(q, list, false, &tabs, &p->tabs_count));
    p->tabs = tabs;
    TRY(worklist_fill(q, list, p));
    TRY(service_options(q, p->service, p));
    TRY(when_options(q, p));
    TRY(casework_reasons(q, READ_REASONS, &reasons));
    p->reasons = reasons;
    p->reasons_count = READ_REASONS;
    p->show = link_to(q, "casework.show_names");
    p->form_token = q->session.form_token;
    p->mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, worklist, p);
}

/* POST /staff/worklist/show: the names in these rows, for ten minutes, one event. */
struct names_wish {
    int64_t ids[WORKLIST_ROWS];
    size_t count;
    str reason;
};
struct names_made {
    int nothing;
};

static err show_names_check(struct ask *q, struct names_wish *ret_wish)
{
    str rest = ask_field(q, "ids");
    str one;

    while (ret_wish->count < WORKLIST_ROWS && str_cut(&rest, ' ', &one)) {
        if (id_parse(one, &ret_wish->ids[ret_wish->count])) {
            ret_wish->count++;
        }
    }
    ret_wish->reason = ask_field(q, "reason");
    return NULL;
}

static err show_names_commit(struct ask *q, struct tx *tx, const struct names_wish *wish,
                             struct names_made *ret_made)
{
    ret_made->nothing = 0;
    return casefile_reading_names(q->arena, tx, &q->actor, q->now_ms, wish->ids,
                                  wish->count, wish->reason, q->session.id);
}

static err show_names_reply(struct ask *q, struct reply *r, const struct names_made *made)
{
    struct casework_worklist p = {
        .here = link_to(q, "casework.worklist"), .list = ask_field(q, "list"),
        .service = ask_field(q, "service"), .number = ask_field(q, "number"),
        .when = casework_when_key[casework_when_of(ask_field(q, "when"))],
        .by_control = str_equal(ask_field(q, "by"), STR("control")),
    };
    struct url back = list_url(q, &p, true);

    (void)made;
    if (!str_is_empty(ask_field(q, "after"))) {
        back = url_with(q, back, "after", ask_field(q, "after"));
    }
    return reply_see(q, r, back);
}

BEATS_OUT(show_names, casework_names_beats, struct names_wish, struct names_made)
