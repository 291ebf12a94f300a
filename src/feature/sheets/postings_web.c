/* postings — 張貼紀錄: which sheet hangs where in which version, what must be replaced, and
 * the share of services whose procedure hangs and stands on line as it is now.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "desk/upload/upload.h"
#include "feature/sheets/sheets_store.h"
#include "feature/sheets/sheets_web.h"
#include "feature/sheets/walls.h"
#include "host/lang/lang.h"

#include "sheets_postings.view.h"

#define OPTIONS_MOST 1000
#define PLACE_SIGNS 100
#define HUNDRED 100
#define DONE_DAYS 92
#define DONE_MOST 100

static str name_of(const struct staff *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == id) {
            return people[i].name;
        }
    }
    return STR("");
}

static struct sheets_posting row_of(const struct walls *w, const struct posting *p,
                                    str who)
{
    struct ask *q = w->q;
    bool own = str_equal(p->sheet, OWN);
    int now = own ? p->version : walls_version_now(w, p->service, p->sheet);
    str id = id_text(q->arena, p->id);

    return (struct sheets_posting){
        .title = own ? p->title : walls_title_of(w, p->service, p->sheet),
        .place = p->place,
        .who = who,
        .at = day_short(q->arena, day_at(p->at_ms), q->lang),
        .version = p->version,
        .now = now,
        .today = day_short(q->arena, q->today, q->lang),
        .is_old = walls_is_old(w, p),
        .by_day = str_equal(p->sheet, FEES) || (now == p->version && walls_is_old(w, p)),
        .is_gone = now == 0,
        .has_photo = p->photo != 0,
        .photo = link_to1(q, "sheets.photo", id),
        .replace = link_to1(q, "sheets.replace", id),
        .down = link_to1(q, "sheets.down", id),
        .form_token = q->session.form_token,
        .id = id,
    };
}

static bool hangs(const struct posting *list, size_t count, const struct service *s)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].service, s->key) && list[i].version == s->version &&
            str_starts(list[i].sheet, STR("sop-"))) {
            return true;
        }
    }
    return false;
}

/* A service that cannot be applied for here has no procedure to hang up. */
static bool counts(const struct service *s)
{
    return s->status.state != SERVICE_CLOSED && s->depth != DEPTH_ELSEWHERE;
}

static void share_of(struct ask *q, const struct posting *list, size_t count,
                     int64_t *ret_hung, int64_t *ret_all)
{
    size_t services = q->catalog == NULL ? 0 : catalog_count(q->catalog, service_kind.name);

    *ret_hung = *ret_all = 0;
    for (size_t i = 0; i < services; i++) {
        const struct service *s = catalog_at(q->catalog, service_kind.name, i);

        *ret_all += counts(s) ? 1 : 0;
        *ret_hung += counts(s) && hangs(list, count, s) ? 1 : 0;
    }
}

/* "zoning guide": what the form sends. */
static err options_of(const struct walls *w, struct sheets_postings *p)
{
    struct ask *q = w->q;
    struct sheets_option *list = ARENA_ARRAY(q->arena, OPTIONS_MOST, struct sheets_option);
    size_t services = q->catalog == NULL ? 0 : catalog_count(q->catalog, service_kind.name);
    str chosen = ask_field(q, "sheet");
    size_t n = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    list[n++] = (struct sheets_option){ STR(" fees"), walls_title_of(w, STR(""), FEES),
                                        false };
    for (size_t i = 0; i < w->count && n < OPTIONS_MOST; i++) {
        str id = id_text(q->arena, w->forms[i].id);

        list[n++] = (struct sheets_option){
            str_format(q->arena, "%.*s %.*s", STR_ARG(id), STR_ARG(SHELF)),
            walls_title_of(w, id, SHELF), false
        };
    }
    for (size_t i = 0; i < services; i++) {
        const struct service *s = catalog_at(q->catalog, service_kind.name, i);

        for (int kind = 0; kind < SHEETS_KINDS; kind++) {
            for (int way = 0; way < SERVICE_WAYS && n < OPTIONS_MOST; way++) {
                bool once = kind != SHEETS_SOP && way == 0;
                bool is_way = kind == SHEETS_SOP && (s->ways & 1U << way) != 0;

                if (once || is_way) {
                    str sheet = sheets_name(q, (enum sheets_kind)kind,
                                            (enum service_way)way);

                    list[n++] = (struct sheets_option){
                        str_format(q->arena, "%.*s %.*s", STR_ARG(s->key), STR_ARG(sheet)),
                        walls_title_of(w, s->key, sheet), false
                    };
                }
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        list[i].chosen = chosen.len > 0 && str_equal(list[i].value, chosen);
    }
    p->options = list;
    p->options_count = n;
    return NULL;
}

/* What was replaced or taken down in the last quarter, by whom. */
static err done_of(const struct walls *w, const struct staff *people, size_t people_count,
                   struct sheets_postings *p)
{
    struct ask *q = w->q;
    struct posting *list;
    struct sheets_posting *rows;

    TRY(postings_done(q->arena, q->snap, q->agency->id,
                      q->now_ms - DONE_DAYS * DAY_MS, DONE_MOST, &list, &p->done_count));
    rows = ARENA_ARRAY(q->arena, p->done_count + 1, struct sheets_posting);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->done_count; i++) {
        rows[i] = row_of(w, &list[i], name_of(people, people_count, list[i].down_by));
        rows[i].at = day_short(q->arena, day_at(list[i].down_ms), q->lang);
        rows[i].now = list[i].replaced_by;
        rows[i].is_gone = list[i].replaced_by == 0;
    }
    p->done = rows;
    return NULL;
}

err sheets_show_postings(struct ask *q, struct reply *r)
{
    struct posting *list;
    struct staff *people;
    struct walls walls;
    size_t count, people_count;
    struct words place = SAY("Where it hangs"),
                 place_hint = SAY("For example: ground floor, "
                                  "left of counter 3.");
    struct words title = SAY("Title of a poster of your own"),
                 title_hint = SAY("Only for what is in no list.");
    struct sheets_postings p = {
        .put = link_to(q, "sheets.put"),
        .form_token = q->session.form_token,
        .place = entry_of(q, "place", &place, &place_hint, STR("")),
        .own_title = entry_of(q, "title", &title, &title_hint, STR("")),
        .mistakes = shell_mistakes(q),
        .shelf = link_to(q, "sheets.shelf_staff"),
        .may_shelve = (actor_serves(&q->actor) & SHELF_DUTIES) != 0,
    };
    const struct page page = { .title = SAY("Sheets on the walls"),
                               .current = "sheets.postings",
                               .wide = true };

    p.own_title.optional = true;
    TRY(walls_load(q, &walls));
    TRY(postings_load(q->arena, q->snap, q->agency->id, &list, &count));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &people_count));
    struct sheets_posting *rows = ARENA_ARRAY(q->arena, 2 * count + 1,
                                              struct sheets_posting);
    if (rows == NULL) {
        return err_no_memory;
    }
    struct sheets_posting *old = rows + count;
    for (size_t i = 0; i < count; i++) {
        rows[i] = row_of(&walls, &list[i], name_of(people, people_count, list[i].staff));
        if (rows[i].is_old) {
            old[p.old_count++] = rows[i];
        }
    }
    p.rows = rows;
    p.rows_count = count;
    p.old = old;
    share_of(q, list, count, &p.hung, &p.all);
    p.percent = p.all == 0 ? 0 : p.hung * HUNDRED / p.all;
    TRY(options_of(&walls, &p));
    TRY(done_of(&walls, people, people_count, &p));
    return REPLY_VIEW(q, r, &page, sheets_postings, &p);
}

err sheets_walls_state(struct ask *q, struct sheets_postings *ret)
{
    struct posting *list;
    struct walls walls;
    size_t count;

    TRY(walls_load(q, &walls));
    TRY(postings_load(q->arena, q->snap, q->agency->id, &list, &count));
    for (size_t i = 0; i < count; i++) {
        ret->old_count += walls_is_old(&walls, &list[i]);
    }
    share_of(q, list, count, &ret->hung, &ret->all);
    ret->percent = ret->all == 0 ? 0 : ret->hung * HUNDRED / ret->all;
    return NULL;
}

err sheets_show_photo(struct ask *q, struct reply *r)
{
    struct posting p;
    int64_t id;

    TRY(ask_path_id(q, "file", &id));
    TRY(posting_load(q->arena, q->snap, q->agency->id, id, &p));
    if (p.photo == 0) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such posting."), STR(""), "no photo");
    }
    return reply_file(q, r, p.photo, STR("image/jpeg"), STR("photo.jpg"));
}

static err posting_of(struct ask *q, struct posting *ret)
{
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    return posting_load(q->arena, q->snap, q->agency->id, id, ret);
}

err sheets_show_posting_again(struct ask *q, struct reply *r)
{
    struct posting p;

    TRY(posting_of(q, &p));
    return sheets_show_postings(q, r);
}

/* ---- hanging up, replacing, taking down ---- */

struct post_wish {
    struct posting posting;
    int64_t down; /* the one that comes down for it; 0: none */
};
struct post_made {
    int64_t photo;
};

static err photo_of(struct ask *q, int64_t *ret)
{
    for (size_t i = 0; i < q->files_count; i++) {
        const struct ask_file *f = &q->files[i];

        if (f->size_bytes == 0) {
            continue;
        }
        if (!str_starts(f->media_type, STR("image/"))) {
            FAIL(q->arena, ERR_INPUT,
                 SAY("This picture cannot be read. Send it as JPEG or PNG."), STR("photo"),
                 "no picture");
        }
        return upload_take(q, f, ret);
    }
    *ret = 0;
    return NULL;
}

static err sheet_read(struct ask *q, struct posting *p)
{
    str sheet = ask_field(q, "sheet"), title = str_trim(ask_field(q, "title"));
    struct walls walls;
    str service;

    TRY(walls_load(q, &walls));
    p->place = str_trim(ask_field(q, "place"));
    if (str_is_empty(p->place) || str_points(p->place) > PLACE_SIGNS) {
        mistake_add(&q->mistakes, STR("place"),
                    SAY("Write where it hangs, in a few words."));
    }
    if (!str_is_empty(title)) {
        p->sheet = OWN;
        p->title = str_slice(title, 0, 3 * PLACE_SIGNS);
        p->version = 1;
    } else {
        /* The blank at the start is trimmed from what arrives: "fees" is of no service. */
        sheet = str_equal(sheet, FEES) ? STR(" fees") : sheet;
        if (!str_cut(&sheet, ' ', &service) ||
            walls_version_now(&walls, service, sheet) == 0) {
            mistake_add(&q->mistakes, STR("sheet"),
                        SAY("Choose the sheet that hangs there."));
        }
        p->service = service;
        p->sheet = sheet;
        p->version = walls_version_now(&walls, service, sheet);
        p->prices = walls_prices_now(&walls, service, sheet);
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "posting");
    }
    return NULL;
}

static err put_check(struct ask *q, struct post_wish *ret_wish)
{
    struct posting *p = &ret_wish->posting;

    *ret_wish = (struct post_wish){ .posting = { .agency = q->agency->id,
                                                 .id = ask_new_id(q),
                                                 .staff = q->actor.staff,
                                                 .at_ms = q->now_ms } };
    TRY(sheet_read(q, p));
    return photo_of(q, &p->photo);
}

static err post_commit(struct ask *q, struct tx *tx, const struct post_wish *wish,
                       struct post_made *ret_made)
{
    if (wish->down != 0) {
        TRY(posting_down(q->arena, tx, q->agency->id, wish->down, q->actor.staff,
                         q->now_ms));
    }
    ret_made->photo = wish->posting.photo;
    return wish->posting.id == 0 ? NULL : posting_put(q->arena, tx, &wish->posting);
}

static err post_reply(struct ask *q, struct reply *r, const struct post_made *made)
{
    if (made->photo != 0) {
        upload_keep(q, made->photo);
    }
    return reply_see(q, r, link_to(q, "sheets.postings"));
}

static err put_commit(struct ask *q, struct tx *tx, const struct post_wish *wish,
                      struct post_made *ret_made)
{
    return post_commit(q, tx, wish, ret_made);
}
static err put_reply(struct ask *q, struct reply *r, const struct post_made *made)
{
    return post_reply(q, r, made);
}
BEATS_OUT(put, sheets_put_beats, struct post_wish, struct post_made)

static err replace_check(struct ask *q, struct post_wish *ret_wish)
{
    struct posting old;
    struct walls walls;

    TRY(walls_load(q, &walls));
    TRY(posting_of(q, &old));
    *ret_wish = (struct post_wish){ .posting = old, .down = old.id };
    ret_wish->posting.id = ask_new_id(q);
    ret_wish->posting.staff = q->actor.staff;
    ret_wish->posting.at_ms = q->now_ms;
    if (!str_equal(old.sheet, OWN)) {
        ret_wish->posting.version = walls_version_now(&walls, old.service, old.sheet);
        ret_wish->posting.prices = walls_prices_now(&walls, old.service, old.sheet);
    }
    return photo_of(q, &ret_wish->posting.photo);
}

static err replace_commit(struct ask *q, struct tx *tx, const struct post_wish *wish,
                          struct post_made *ret_made)
{
    return post_commit(q, tx, wish, ret_made);
}
static err replace_reply(struct ask *q, struct reply *r, const struct post_made *made)
{
    return post_reply(q, r, made);
}
BEATS_OUT(replace, sheets_replace_beats, struct post_wish, struct post_made)

static err down_check(struct ask *q, struct post_wish *ret_wish)
{
    struct posting old;

    TRY(posting_of(q, &old));
    *ret_wish = (struct post_wish){ .down = old.id };
    return NULL;
}
static err down_commit(struct ask *q, struct tx *tx, const struct post_wish *wish,
                       struct post_made *ret_made)
{
    return post_commit(q, tx, wish, ret_made);
}
static err down_reply(struct ask *q, struct reply *r, const struct post_made *made)
{
    return post_reply(q, r, made);
}
BEATS_OUT(down, sheets_down_beats, struct post_wish, struct post_made)
