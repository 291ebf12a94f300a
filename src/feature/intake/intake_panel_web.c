/* intake_panel — on the page of a case: how it came and which papers were seen.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/intake/intake_web.h"
#include "host/lang/lang.h"

#include "intake_panel.view.h"
#include "kernel/casefile/reading/reading.h"

static const char *const state_text[PAPER_STATES] = {
    [PAPER_ORIGINAL] = MSG("original seen"), [PAPER_COPY] = MSG("copy taken"),
    [PAPER_LOOKED_UP] = MSG("looked up by us"), [PAPER_MISSING] = MSG("missing"),
    [PAPER_NOT_NEEDED] = MSG("not needed"),
};

static err papers_fill(struct ask *q, const struct casefile *c, const struct service *s,
                       struct intake_panel *p)
{
    struct intake_seen *seen;
    struct intake_panel_paper *list;
    size_t count;

    TRY(intake_seen_of(q->arena, q->snap, c->agency, c->id, &seen, &count));
    list = ARENA_ARRAY(q->arena, count + 1, struct intake_panel_paper);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        list[i].name = *intake_name_of(s, seen[i].kind, seen[i].key);
        list[i].state = words_of(state_text[seen[i].state]);
        list[i].missing = seen[i].state == PAPER_MISSING;
    }
    p->papers = list;
    p->papers_count = count;
    return NULL;
}

static err without_fill(struct ask *q, const struct intake_record *r,
                        const struct service *s, struct intake_panel *p)
{
    struct label *list = ARENA_ARRAY(q->arena, CSV_FIELDS, struct label);
    str rest = r->without, key;
    bool shown;

    if (list == NULL) {
        return err_no_memory;
    }
    while (rest.len > 0 && p->without_count < CSV_FIELDS && str_cut(&rest, ' ', &key)) {
        list[p->without_count++] = *intake_name_of(s, ONCE_QUESTION, key);
    }
    p->without = list;
    p->has_without = p->without_count > 0;
    if (!p->has_without) {
        return NULL;
    }
    /* Why is free text about a person: it is there once the case is shown. */
    TRY(casefile_is_shown(q->arena, q->snap, q->session.id, r->agency, r->casefile,
                          q->now_ms, &shown));
    if (shown) {
        TRY(intake_record_ground(q->arena, q->snap, q->keyring, r, &p->ground));
    }
    p->has_ground = p->ground.len > 0;
    return NULL;
}

static err notice_fill(struct ask *q, const struct intake_record *r, struct intake_panel *p)
{
    struct once_notice n;

    if (r->notice == 0) {
        return NULL;
    }
    TRY(once_load(q->arena, q->snap, r->agency, r->notice, &n));
    p->has_notice = true;
    p->notice_number = n.number;
    p->notice = link_to1(q, "intake.notice", id_text(q->arena, n.id));
    return NULL;
}

err intake_panel_case(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;
    const struct service *s = service_get_near(q->catalog, c->service, c->service_version);
    struct intake_record r;
    struct intake_panel p = { 0 };
    err e = intake_record_load(q->arena, q->snap, c->agency, c->id, &r);

    if (s == NULL || (e != NULL && e->kind == ERR_MISSING)) {
        return NULL;
    }
    TRY(e);
    p.way = words_of(case_channel_name[r.channel]);
    p.by_agent = r.by_agent;
    p.incomplete = r.incomplete;
    p.called_back = r.called_back;
    for (size_t i = 0; i < INTAKE_IDENTITIES; i++) {
        if (str_equal(intake_identity_key[i], r.identity)) {
            p.identity = words_of(intake_identity_name[i]);
        }
    }
    p.has_filed = r.filed != DAY_NONE;
    p.filed = p.has_filed ? day_text(q->arena, r.filed, q->lang) : STR("");
    p.has_from = r.from_day != DAY_NONE;
    p.from_office = r.from_office;
    p.from_day = p.has_from ? day_text(q->arena, r.from_day, q->lang) : STR("");
    TRY(papers_fill(q, c, s, &p));
    TRY(without_fill(q, &r, s, &p));
    TRY(notice_fill(q, &r, &p));
    return PANEL_VIEW(q, ret, intake_panel, &p);
}
