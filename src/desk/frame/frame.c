/* frame — a page in its office: who offers it, where one can go from here, how it looks.
 *
 * Menu entries come from the features; an entry whose route is not there is left out, so
 * nothing leads nowhere.
 * SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "base/arena.h"
#include "desk/assets.h"
#include "desk/frame/frame_view.h"
#include "desk/inside.h"
#include "host/lang/lang.h"
#include "kernel/office/office.h"

#include "frame.view.h"
#include "staff_frame.view.h"

#define ENTRIES_MOST 40

static const str size_key[] = { STR_INIT("m"), STR_INIT("l"), STR_INIT("xl") };
static const str theme_key[] = { STR_INIT("auto"), STR_INIT("light"), STR_INIT("dark"),
                                 STR_INIT("contrast") };
static const char *const size_text[] = { MSG("Medium"), MSG("Large"), MSG("Very large") };
static const char *const theme_text[] = { MSG("As my device"), MSG("Light"), MSG("Dark"),
                                          MSG("High contrast") };
static const str language_name[LANG_COUNT] = { STR_INIT("中文"), STR_INIT("English"),
                                               STR_INIT("日本語") };

static const struct frame_look *looks(struct arena *a, const char *name,
                                      const char *const *text, const str *key, size_t count,
                                      size_t now)
{
    struct frame_look *list = ARENA_ARRAY(a, count, struct frame_look);

    for (size_t i = 0; list != NULL && i < count; i++) {
        list[i] = (struct frame_look){ words_of(text[i]), str_of(name), key[i], i == now };
    }
    return list;
}

static void put_looks(const struct ask *q, struct frame *f)
{
    f->sizes_count = sizeof(size_key) / sizeof(size_key[0]);
    f->themes_count = sizeof(theme_key) / sizeof(theme_key[0]);
    f->sizes = looks(q->arena, "size", size_text, size_key, f->sizes_count, q->size);
    f->themes = looks(q->arena, "theme", theme_text, theme_key, f->themes_count, q->theme);
    f->sizes_count = f->sizes == NULL ? 0 : f->sizes_count;
    f->themes_count = f->themes == NULL ? 0 : f->themes_count;
    f->data_size = q->size == SIZE_M ? STR("") : size_key[q->size];
    f->data_theme = q->theme == THEME_AUTO ? STR("") : theme_key[q->theme];
    f->look_to = link_to(q, "desk.look");
    f->here = link_language(q, q->lang).address;
}

static void put_languages(const struct ask *q, struct frame *f)
{
    struct frame_language *list = ARENA_ARRAY(q->arena, LANG_COUNT, struct frame_language);

    for (int i = 0; list != NULL && i < LANG_COUNT; i++) {
        list[i] = (struct frame_language){ lang_tag[i], language_name[i],
                                           link_language(q, (enum lang)i),
                                           i == (int)q->lang };
    }
    f->languages = list;
    f->languages_count = list == NULL ? 0 : LANG_COUNT;
}

static bool entry_shows(const struct ask *q, const struct menu_entry *m, bool staff,
                        bool about)
{
    const struct route *route = router_by_name(&q->desk->router, m->route);

    if (m->staff != staff || m->about != about || route == NULL) {
        return false;
    }
    /* The city's pages lead to the offices; services and cases are theirs. */
    if (q->agency->id == AGENCY_CITY && !m->about && !(staff && route->of_city)) {
        return false;
    }
    return !staff || m->duties == 0 || (actor_serves(&q->actor) & m->duties) != 0;
}

/* What an office has not switched on leaves no trace in the menu. */
static bool is_shown(const struct ask *q, const struct menu_entry *m)
{
    bool shown = false;
    struct ask mine = *q;

    return m->shown == NULL ||
           (q->snap != NULL && m->shown(&mine, &shown) == NULL && shown);
}

/* A page is not refused because a number beside its menu could not be read. */
static int64_t count_of(const struct ask *q, const struct menu_entry *m)
{
    int64_t count = 0;
    struct ask mine = *q;

    if (m->count == NULL || q->snap == NULL || m->count(&mine, &count) != NULL) {
        return 0;
    }
    return count;
}

static const struct frame_link *entries(const struct ask *q, const char *current,
                                        bool staff, bool about, size_t *ret_count)
{
    struct frame_link *list = ARENA_ARRAY(q->arena, ENTRIES_MOST, struct frame_link);
    const struct desk_options *o = &q->desk->o;
    size_t count = 0;

    for (size_t i = 0; list != NULL && i < o->features_count; i++) {
        for (size_t k = 0; k < o->features[i]->menu_count && count < ENTRIES_MOST; k++) {
            const struct menu_entry *m = &o->features[i]->menu[k];

            if (!entry_shows(q, m, staff, about) || !is_shown(q, m)) {
                continue;
            }
            list[count++] = (struct frame_link){
                .text = words_of(m->text),
                .link = link_to(q, m->route),
                .current = current != NULL && strcmp(current, m->route) == 0,
                .keys = str_of(m->key),
                .count = count_of(q, m),
                .group = (int)m->group,
            };
        }
    }
    *ret_count = count;
    return count == 0 ? NULL : list;
}

static const struct frame_group *groups_of(const struct ask *q, const struct frame *f,
                                           size_t *ret_count)
{
    static const char *const titles[MENU_GROUPS] = {
        [MENU_DAILY] = MSG("Daily work"),
        [MENU_PAPERS] = MSG("Papers and sheets"),
        [MENU_FEES] = MSG("Fees and receipts"),
        [MENU_QUALITY] = MSG("Quality of service"),
        [MENU_OFFICE] = MSG("This office"),
    };
    struct frame_group *groups = ARENA_ARRAY(q->arena, MENU_GROUPS, struct frame_group);
    struct frame_link *list = ARENA_ARRAY(q->arena, f->menu_count, struct frame_link);
    size_t count = 0, at = 0;

    if (groups == NULL || list == NULL) {
        return NULL;
    }
    for (int g = 0; g < MENU_GROUPS; g++) {
        size_t first = at;

        for (size_t i = 0; i < f->menu_count; i++) {
            if (f->menu[i].group == g) {
                list[at++] = f->menu[i];
            }
        }
        if (at > first) {
            groups[count++] = (struct frame_group){
                words_of(titles[g]), list + first, at - first,
            };
        }
    }
    *ret_count = count;
    return groups;
}

/* A bar of one line: the first three, the page one is on, and two where something waits. */
static void fold_menu(const struct ask *q, struct frame *f)
{
    const size_t all = 8, first = 3, waits_most = 2;
    struct frame_link *shown = ARENA_ARRAY(q->arena, f->menu_count, struct frame_link);
    size_t count = 0, waits = 0;

    if (shown == NULL || f->menu_count <= all) {
        return;
    }
    f->groups = groups_of(q, f, &f->groups_count);
    for (size_t i = 0; i < f->menu_count; i++) {
        const struct frame_link *m = &f->menu[i];
        bool waiting = m->count > 0 && i >= first && waits < waits_most;

        if (i < first || m->current || waiting) {
            shown[count] = *m;
            shown[count++].keys = STR(""); /* they stand in the list of everything */
            waits += waiting ? 1 : 0;
        }
    }
    f->menu = shown;
    f->menu_count = count;
}

static void put_crumbs(const struct ask *q, const struct page *page, struct frame *f)
{
    size_t count = page->crumbs_count + 1;
    struct frame_link *list = ARENA_ARRAY(q->arena, count, struct frame_link);

    if (list == NULL) {
        return;
    }
    for (size_t i = 0; i < page->crumbs_count; i++) {
        list[i].text = page->crumbs[i].text;
        list[i].link = page->crumbs[i].link;
    }
    list[count - 1] = (struct frame_link){
        .text = page->here.id != NULL ? page->here : page->title,
        .current = true,
    };
    f->crumbs = list;
    f->crumbs_count = count;
}

static void put_office(const struct ask *q, struct frame *f)
{
    const struct agency *agency = q->agency;

    f->office = agency->name;
    f->city = agency->city;
    f->has_city = agency->id != AGENCY_CITY && !label_is_empty(&agency->city);
    if (q->lang == LANG_ZH && agency->name.in[LANG_EN].len > 0) {
        f->second.in[LANG_ZH] = agency->name.in[LANG_EN];
    }
    f->seal = seal_mark_of(agency->key);
    f->address = agency->address;
    f->hours = agency->hours;
    f->telephone = agency->telephone;
    if (agency->telephone.len > 0) {
        f->telephone_to = url_phone(q->arena, agency->telephone);
    }
    f->map = url_checked(q->arena, agency->map_url);
    f->home = agency->id == AGENCY_CITY ? link_to(q, "site.city")
                                        : link_to(q, "site.office");
    if (url_is_empty(f->home)) {
        f->home = link_to(q, "desk.look");
        f->home.address = STR("/");
    }
}

/* Who seals a printed list. An office that has no level of that name has no seal of it. */
static void put_seals(const struct ask *q, enum page_seals seals, struct frame *f)
{
    static const char *const money[] = { MSG("Prepared by"), MSG("Cashier"),
                                         MSG("Accountant"), MSG("Head of agency") };
    const struct office *office = q->catalog != NULL ? office_get(q->catalog) : NULL;

    f->has_seals = seals != SEALS_NONE;
    f->printed = SAY("Printed by {name}, {time}", SAY_TEXT("name", q->actor.name),
                     SAY_TIME("time", q->now_ms));
    if (seals == SEALS_MONEY) {
        for (size_t i = 0; i < sizeof(money) / sizeof(money[0]); i++) {
            f->seals[f->seals_count++].who = lang_text(q->lang, money[i]);
        }
        return;
    }
    f->seals[f->seals_count++].who = lang_text(q->lang, money[0]);
    for (int l = LEVEL_UNIT_HEAD; l < LEVEL_COUNT; l++) {
        str title = office != NULL ? label_in(&office->level_title[l], q->lang) : STR("");

        if (office == NULL || !str_is_empty(title)) {
            f->seals[f->seals_count++].who =
                office == NULL ? lang_text(q->lang, level_name[l]) : title;
        }
    }
}

static void put_staff(const struct ask *q, struct frame *f)
{
    f->person = q->actor.name;
    for (int d = DUTY_COUNT - 1; d >= 0; d--) {
        if (actor_has(&q->actor, (enum duty)d)) {
            f->duty = words_of(duty_name[d]);
        }
    }
    f->token = q->session.form_token;
    f->sign_out = link_to(q, "identity.end");
    f->account = link_to(q, "identity.account");
    f->public_page = f->home;
    f->home = link_to(q, "casework.today");
    f->script = asset_url(q->arena, "staff.js");
    f->keys_help = link_to(q, "desk.keys");
}

err frame_page(struct ask *q, struct reply *r, const struct page *page, struct html main)
{
    bool staff = router_is_staff(q->path);
    struct frame *f = ARENA_NEW(q->arena, struct frame);
    struct buf b;
    struct html_out out = { .buf = &b, .arena = q->arena, .lang = q->lang };

    if (f == NULL) {
        return err_no_memory;
    }
    f->lang = lang_tag[q->lang];
    f->title = page->title;
    f->main = main;
    f->wide = page->wide;
    f->hall = page->on_hall_screen;
    if (page->asks) {
        f->form_script = asset_url(q->arena, "form.js");
    }
    f->css = asset_url(q->arena, "app.css");
    f->icon = asset_url(q->arena, "icon.svg");
    put_office(q, f);
    put_looks(q, f);
    put_languages(q, f);
    put_crumbs(q, page, f);
    f->has_crumbs = page->crumbs_count > 0;
    f->site_map = link_to(q, "site.map");
    f->menu = entries(q, page->current, staff && q->session.staff != 0, false,
                      &f->menu_count);
    if (staff) {
        put_staff(q, f);
        put_seals(q, page->seals, f);
        fold_menu(q, f);
        if (q->session.staff == 0) {
            f->menu = NULL;
            f->menu_count = f->groups_count = 0;
            f->home = f->public_page;
        }
    } else {
        f->about = entries(q, page->current, false, true, &f->about_count);
    }
    if (page->updated > 0) {
        f->updated = day_text(q->arena, page->updated, q->lang);
    }
    buf_init(&b, q->arena, TURN_PAGE_BYTES + ((size_t)256 << 10));
    (staff ? staff_frame_view : frame_view)(&out, f);
    if (buf_failed(&b)) {
        return err_no_memory;
    }
    r->body = buf_str(&b);
    return NULL;
}
