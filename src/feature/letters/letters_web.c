/* letters_web — routes, and what the pages of letters share.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/letters/letters_web.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/letters/letters.h"

#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"
#include "letters_case.view.h"
#include "letters_panel.view.h"

err letters_case_load(struct ask *q, int64_t id, struct casefile *ret)
{
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, ret));
    if (!casefile_may_see(&q->actor, ret)) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such letter."), STR(""),
             "not his to see");
    }
    return NULL;
}

err letters_load(struct ask *q, struct letter *ret, struct casefile *ret_case)
{
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(letter_load(q->arena, q->snap, q->agency->id, id, ret));
    return letters_case_load(q, ret->casefile, ret_case);
}

bool letters_may_write(const struct ask *q, const struct casefile *c)
{
    return c->officer == q->actor.staff || casefile_may(&q->actor, c, ACT_NOTE) ||
           casefile_may(&q->actor, c, ACT_ISSUE);
}

err letters_is_shown(struct ask *q, const struct casefile *c, bool *ret_shown)
{
    return casefile_is_shown(q->arena, q->snap, q->session.id, c->agency, c->id, q->now_ms,
                             ret_shown);
}

const struct service *letters_service(const struct ask *q, str key, int version)
{
    return q->catalog == NULL ? NULL : service_get_near(q->catalog, key, version);
}

struct words letters_name(struct ask *q, str service, int version, str form)
{
    const struct service *s = letters_service(q, service, version);

    for (int i = 0; i < PLAINS; i++) {
        if (str_equal(letter_plain_key[i], form)) {
            return words_of(letter_plain_name[i]);
        }
    }
    for (size_t i = 0; s != NULL && i < s->letters_count; i++) {
        if (str_equal(s->letters[i].key, form)) {
            return SAY("{name}", SAY_LABEL("name", &s->letters[i].name));
        }
    }
    return SAY("{name}", SAY_TEXT("name", form));
}

str letters_series_form(const struct ask *q, str series)
{
    const struct office *o = q->catalog == NULL ? NULL : office_get(q->catalog);

    for (size_t i = 0; o != NULL && i < o->series_count; i++) {
        if (str_equal(o->series[i].key, series)) {
            return o->series[i].form;
        }
    }
    return STR("");
}

static str state_css(enum letter_state s)
{
    return s == LETTER_ISSUED      ? STR("tag--good")
           : s == LETTER_WITHDRAWN ? STR("tag--bad")
                                   : STR("tag--on");
}

struct letters_row letters_row_of(struct ask *q, const struct letter *l)
{
    const struct service *s = letters_service(q, l->service, l->service_version);
    struct letters_row x = {
        .name = letters_name(q, l->service, l->service_version, l->form),
        .state = words_of(letter_state_name[l->state]),
        .css = state_css(l->state),
        .number = l->number,
        .has_number = !str_is_empty(l->number),
        .page = link_to1(q, "letters.one", id_text(q->arena, l->id)),
        .casefile = link_to1(q, "casework.one", id_text(q->arena, l->casefile)),
    };

    if (s != NULL) {
        x.service = s->name;
    }
    if (l->day != DAY_NONE) {
        x.day = day_short(q->arena, l->day, q->lang);
    }
    return x;
}

/* The forms that fit what was decided, those of the service first. */
static err forms_of(struct ask *q, const struct casefile *c, struct letters_case *p)
{
    const struct service *s = letters_service(q, c->service, c->service_version);
    size_t most = PLAINS + (s == NULL ? 0 : s->letters_count);
    struct letters_option *list = ARENA_ARRAY(q->arena, most, struct letters_option);
    bool against = c->outcome == OUTCOME_REFUSED || c->outcome == OUTCOME_NOT_ADMITTED;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; s != NULL && i < s->letters_count; i++) {
        const struct service_letter *l = &s->letters[i];

        if (l->when == LETTER_ALWAYS || (l->when == LETTER_GRANTED && !against) ||
            (l->when == LETTER_REFUSED && against)) {
            list[p->forms_count++] = (struct letters_option){
                l->key, SAY("{name}", SAY_LABEL("name", &l->name)), false
            };
        }
    }
    for (int i = 0; i < PLAINS; i++) {
        bool fits = i == PLAIN_REFUSAL        ? c->outcome == OUTCOME_REFUSED
                    : i == PLAIN_NOT_ADMITTED ? c->outcome == OUTCOME_NOT_ADMITTED
                                              : true;

        if (fits) {
            list[p->forms_count++] = (struct letters_option){
                letter_plain_key[i], words_of(letter_plain_name[i]), false
            };
        }
    }
    p->forms = list;
    return NULL;
}

static err case_of(struct ask *q, const struct casefile *c, struct letters_case *ret)
{
    struct letters_case p = {
        .may_write = letters_may_write(q, c),
        .begin = link_to1(q, "letters.begin", id_text(q->arena, c->id)),
        .form_token = q->session.form_token,
    };
    struct letter *list;
    struct letters_row *rows;

    TRY(letters_is_shown(q, c, &p.shown));
    TRY(letter_list(q->arena, q->snap, c->agency, c->id, &list, &p.rows_count));
    rows = ARENA_ARRAY(q->arena, p.rows_count + 1, struct letters_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p.rows_count; i++) {
        rows[i] = letters_row_of(q, &list[i]);
    }
    p.rows = rows;
    p.none = p.rows_count == 0;
    TRY(forms_of(q, c, &p));
    *ret = p;
    return NULL;
}

err letters_panel_case(struct ask *q, const struct panel_about *about, struct html *ret)
{
    struct letters_case p;

    TRY(case_of(q, about->thing, &p));
    return PANEL_VIEW(q, ret, letters_panel, &p);
}

/* GET /staff/cases/{id}/letters: the same on a page of its own. */
static err show_case(struct ask *q, struct reply *r)
{
    struct casefile c;
    struct letters_case p;
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(letters_case_load(q, id, &c));
    TRY(case_of(q, &c, &p));
    p.number = c.number;

    const struct page_crumb crumbs[] = {
        { SAY("Worklist"), link_to(q, "casework.worklist") },
        { SAY("Case {number}", SAY_TEXT("number", c.number)),
          link_to1(q, "casework.one", id_text(q->arena, c.id)) },
    };
    const struct page page = {
        .title = SAY("Letters of case {number}", SAY_TEXT("number", c.number)),
        .here = SAY("Letters"),
        .crumbs = crumbs,
        .crumbs_count = 2,
        .current = "letters.all",
        .wide = true,
    };
    return REPLY_VIEW(q, r, &page, letters_case, &p);
}

static const struct route routes[] = {
    { GET, "/staff/letters", "letters.all", MAY_DUTY, LETTERS_DUTIES,
      .show = letters_show_all,
      .help = MSG("Letters that wait for a number, and issued ones") },
    { POST, "/staff/letters", "letters.numbers", MAY_DUTY, LETTERS_DUTIES,
      .beats = &letters_numbers_beats, .again = letters_show_all, .takes_files = true,
      .lane = LANE_SLOW, .help = MSG("Numbers and dates out of the document system") },
    { GET, "/staff/cases/{id}/letters", "letters.case", MAY_DUTY, LETTERS_DUTIES,
      .show = show_case, .help = MSG("The letters of a case") },
    { POST, "/staff/cases/{id}/letters", "letters.begin", MAY_DUTY, LETTERS_DUTIES,
      .beats = &letters_begin_beats, .again = show_case,
      .help = MSG("Begin a letter of a case") },
    { GET, "/staff/letters/{id}", "letters.one", MAY_DUTY, LETTERS_DUTIES,
      .show = letters_show_one, .help = MSG("One letter") },
    { POST, "/staff/letters/{id}", "letters.change", MAY_DUTY, LETTERS_DUTIES,
      .beats = &letters_change_beats, .again = letters_show_one,
      .help = MSG("Change a draft letter") },
    { POST, "/staff/letters/{id}/issue", "letters.issue", MAY_DUTY, LETTERS_DUTIES,
      .beats = &letters_issue_beats, .again = letters_show_one,
      .help = MSG("Issue a letter with number and date") },
    { POST, "/staff/letters/{id}/drop", "letters.drop", MAY_DUTY, LETTERS_DUTIES,
      .beats = &letters_drop_beats, .again = letters_show_one,
      .help = MSG("Drop a draft letter") },
    { POST, "/staff/letters/{id}/scan", "letters.scan", MAY_DUTY, LETTERS_DUTIES,
      .beats = &letters_scan_beats, .again = letters_show_one, .takes_files = true,
      .lane = LANE_SLOW, .help = MSG("Keep the scan of a sealed sheet") },
    { GET, "/staff/letters/{id}/scans/{file}", "letters.scanned", MAY_DUTY, LETTERS_DUTIES,
      .show = letters_show_scan, .help = MSG("The scan of a sealed sheet") },
    { POST, "/staff/letters/{id}/send", "letters.send", MAY_DUTY, LETTERS_DUTIES,
      .beats = &letters_send_beats, .again = letters_show_one,
      .help = MSG("Records how and when a letter was sent") },
    { POST, "/staff/letters/{id}/withdraw", "letters.withdraw", MAY_DUTY, LETTERS_DUTIES,
      .beats = &letters_withdraw_beats, .again = letters_show_one,
      .help = MSG("Withdraw a certificate") },
    { GET, "/staff/letters/{id}/files/{file}", "letters.file", MAY_DUTY, LETTERS_DUTIES,
      .show = letters_show_file, .lane = LANE_SLOW,
      .help = MSG("A letter as PDF or OpenDocument") },
    { GET, "/staff/seals", "letters.seals", MAY_DUTY, LETTERS_DUTIES,
      .show = letters_show_seals, .help = MSG("The register of seals used") },
    { POST, "/staff/seals/{id}", "letters.sealed", MAY_DUTY, DUTY(DUTY_SEAL_KEEPER),
      .beats = &letters_sealed_beats, .again = letters_show_seals_again,
      .help = MSG("A sheet was sealed") },
    { GET, "/staff/seals/files/{file}", "letters.seals_file", MAY_DUTY, LETTERS_DUTIES,
      .show = letters_show_seals_file, .lane = LANE_SLOW,
      .help = MSG("The register of seals as PDF or OpenDocument") },
    { GET, "/staff/templates", "letters.forms", MAY_DUTY,
      DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN) | DUTY(DUTY_ARCHIVIST),
      .show = letters_show_forms, .help = MSG("The office's own templates of letters") },
    { POST, "/staff/templates/{form}", "letters.form", MAY_DUTY,
      DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN) | DUTY(DUTY_ARCHIVIST),
      .beats = &letters_form_beats, .again = letters_show_forms, .takes_files = true,
      .lane = LANE_SLOW, .help = MSG("Load a template of a letter") },
    { GET, "/staff/templates/{file}", "letters.form_file", MAY_DUTY,
      DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN) | DUTY(DUTY_ARCHIVIST),
      .show = letters_show_form_file, .lane = LANE_SLOW,
      .help = MSG("A template of a letter to begin with") },
    { GET, "/{agency}/certificates/{token}", "letters.confirm", MAY_ANYONE,
      .show = letters_show_confirm, .help = MSG("Whether a certificate is genuine") },
};

static const struct menu_entry menu[] = {
    { "letters.all", MSG("Letters"), true, LETTERS_DUTIES, "g l", false,
      .group = MENU_PAPERS },
    { "letters.seals", MSG("Register of seals"), true,
      DUTY(DUTY_SEAL_KEEPER) | DUTY(DUTY_ARCHIVIST) | DUTY(DUTY_HEAD) |
          DUTY(DUTY_SECRETARY),
      NULL, false, .group = MENU_PAPERS },
    { "letters.forms", MSG("Letter templates"), true,
      DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN) | DUTY(DUTY_ARCHIVIST), NULL, false,
      .group = MENU_PAPERS },
};

static const struct panel panels[] = {
    { .place = "case", .show = letters_panel_case },
};

const struct feature letters_feature = {
    .name = "letters",
    .waits = letters_waits,
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .panels = panels,
    .panels_count = sizeof panels / sizeof panels[0],
};
