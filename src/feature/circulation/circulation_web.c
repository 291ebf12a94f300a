/* circulation_web — lists, one paper, reading it; routes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/circulation/circulation_web.h"

#include "base/arena.h"
#include "circulation_lists.view.h"
#include "circulation_one.view.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/circulation/circulation_feature.h"
#include "feature/circulation/circulation_view.h"
#include "kernel/circulation/circulation.h"

#define ROWS_MOST 50

static str name_of(const struct staff *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == id) {
            return people[i].name;
        }
    }
    return STR("?");
}

static str title_of(const struct staff *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == id) {
            return people[i].title;
        }
    }
    return STR("");
}

static str moment(struct ask *q, int64_t ms)
{
    return ms == 0 ? STR("")
                   : str_format(q->arena, "%.*s %.*s",
                                STR_ARG(day_short(q->arena, day_at(ms), q->lang)),
                                STR_ARG(day_clock(q->arena, ms)));
}

static str due_text(struct ask *q, day due)
{
    return due == DAY_NONE ? STR("") : day_short(q->arena, due, q->lang);
}

static err rows_of(struct ask *q, const struct circulation *list, size_t count,
                   const struct staff *people, size_t people_count,
                   const struct circulation_row **ret)
{
    struct circulation_row *rows = ARENA_ARRAY(q->arena, count + 1, struct circulation_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct circulation *c = &list[i];

        rows[i] = (struct circulation_row){
            .link = link_to1(q, "circulation.one", id_text(q->arena, c->id)),
            .kind = words_of(circulation_kind_name[c->kind]),
            .title = c->title,
            .who = name_of(people, people_count, c->sender),
            .at = moment(q, c->at_ms),
            .due = due_text(q, c->due),
            .read_at = moment(q, c->mine_ms),
            .readers = c->readers,
            .read = c->read,
            .is_read = c->mine_ms != 0,
            .late = c->due != DAY_NONE && c->due < q->today && c->mine_ms == 0 &&
                    c->read < c->readers,
        };
    }
    *ret = rows;
    return NULL;
}

static err lists(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Circulation"), .current = "circulation.lists",
                               .wide = true };
    struct circulation_lists p = { .fresh = link_to(q, "circulation.new"),
                                   .may_send = true };
    struct circulation *to, *sent;
    struct staff *people;
    size_t count;

    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    TRY(circulation_to(q->arena, q->snap, q->agency->id, q->actor.staff, ROWS_MOST, &to,
                       &p.to_count));
    TRY(circulation_by(q->arena, q->snap, q->agency->id, q->actor.staff, ROWS_MOST, &sent,
                       &p.sent_count));
    TRY(rows_of(q, to, p.to_count, people, count, &p.to));
    TRY(rows_of(q, sent, p.sent_count, people, count, &p.sent));
    TRY(circulation_unread(q->arena, q->snap, q->agency->id, q->actor.staff, &p.unread));
    p.none = p.to_count == 0;
    p.has_sent = p.sent_count > 0;
    return REPLY_VIEW(q, r, &page, circulation_lists, &p);
}

static err circulation_of(struct ask *q, struct circulation *ret,
                   struct circulation_reader **ret_readers, size_t *ret_count)
{
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(circulation_load(q->arena, q->snap, q->keyring, q->agency->id, id, ret, ret_readers,
                         ret_count));
    if (!circulation_may_see(&q->actor, ret, *ret_readers, *ret_count)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "not his");
    }
    return NULL;
}

static struct label unit_name(const struct ask *q, int64_t id)
{
    size_t count;
    const struct unit *units = ask_units(q, &count);

    for (size_t i = 0; i < count; i++) {
        if (units[i].id == id) {
            return units[i].name;
        }
    }
    return (struct label){ 0 };
}

static err people_of(struct ask *q, const struct circulation_reader *readers, size_t count,
                     struct circulation_page *p)
{
    struct circulation_person *list =
        ARENA_ARRAY(q->arena, count + 1, struct circulation_person);
    struct staff *people;
    size_t people_count;

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &people_count));
    for (size_t i = 0; i < count; i++) {
        list[i] = (struct circulation_person){
            .unit = unit_name(q, readers[i].unit),
            .name = name_of(people, people_count, readers[i].staff),
            .title = title_of(people, people_count, readers[i].staff),
            .at = moment(q, readers[i].read_ms),
            .read = readers[i].read_ms != 0,
        };
        if (readers[i].staff == q->actor.staff) {
            p->may_mark = readers[i].read_ms == 0;
            p->marked = !p->may_mark;
            p->marked_at = list[i].at;
        }
    }
    p->people = list;
    p->people_count = count;
    return NULL;
}

static err one(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Circulation"),
                                           link_to(q, "circulation.lists") } };
    struct circulation c;
    struct circulation_reader *readers;
    struct circulation_page p = { .form_token = q->session.form_token };
    struct staff sender;
    size_t count;

    TRY(circulation_of(q, &c, &readers, &count));
    TRY(people_of(q, readers, count, &p));
    TRY(staff_by_id(q->arena, q->snap, c.agency, c.sender, q->today, &sender));
    p.who = sender.name;
    p.title = c.title;
    p.kind = words_of(circulation_kind_name[c.kind]);
    p.text = c.text;
    p.has_text = c.text.len > 0;
    p.at = moment(q, c.at_ms);
    p.has_due = c.due != DAY_NONE;
    p.due = due_text(q, c.due);
    p.late = p.has_due && c.due < q->today && c.read < c.readers;
    p.readers = c.readers;
    p.read = c.read;
    p.link = ask_back(q, c.link);
    p.file_name = c.file_name;
    if (c.file != 0) {
        p.file = link_to1(q, "circulation.file", id_text(q->arena, c.id));
    }
    p.mark = link_to1(q, "circulation.read", id_text(q->arena, c.id));

    const struct page page = { .title = SAY("{title}", SAY_TEXT("title", c.title)),
                               .crumbs = crumbs, .crumbs_count = 1,
                               .current = "circulation.lists", .wide = true };
    return REPLY_VIEW(q, r, &page, circulation_one, &p);
}

static err file(struct ask *q, struct reply *r)
{
    struct circulation c;
    struct circulation_reader *readers;
    size_t count;

    TRY(circulation_of(q, &c, &readers, &count));
    if (c.file == 0) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no file");
    }
    return reply_file(q, r, c.file, c.media_type, c.file_name);
}

/* One key: it is read. */
struct read_wish {
    int64_t id;
};
struct read_made {
    int64_t id;
};

static err read_check(struct ask *q, struct read_wish *ret_wish)
{
    struct circulation c;
    struct circulation_reader *readers;
    size_t count;

    TRY(circulation_of(q, &c, &readers, &count));
    ret_wish->id = c.id;
    return NULL;
}

static err read_commit(struct ask *q, struct tx *tx, const struct read_wish *wish,
                       struct read_made *made)
{
    made->id = wish->id;
    return circulation_read(q->arena, tx, q->agency->id, wish->id, q->actor.staff,
                            q->now_ms);
}

static err read_reply(struct ask *q, struct reply *r, const struct read_made *made)
{
    return reply_see_other(q, r, "circulation.one", id_text(q->arena, made->id));
}

BEATS(read, struct read_wish, struct read_made)

static err unread(struct ask *q, int64_t *ret_count)
{
    return circulation_unread(q->arena, q->snap, q->agency->id, q->actor.staff, ret_count);
}

static const struct route routes[] = {
    { GET, "/staff/circulation", "circulation.lists", MAY_STAFF, .show = lists,
      .help = MSG("Papers that go round: what I should read, and who has read mine") },
    { GET, "/staff/circulation/new", "circulation.new", MAY_STAFF,
      .show = circulation_new_show, .help = MSG("Send a paper round") },
    { POST, "/staff/circulation/new", "circulation.send", MAY_STAFF,
      .beats = &circulation_send_beats, .again = circulation_new_show, .lane = LANE_SLOW,
      .takes_files = true, .help = MSG("Send a paper round") },
    { GET, "/staff/circulation/{id}", "circulation.one", MAY_STAFF, .show = one,
      .help = MSG("A paper that goes round, and who has read it") },
    { POST, "/staff/circulation/{id}/read", "circulation.read", MAY_STAFF,
      .beats = &read_beats, .again = one, .help = MSG("Marks it read") },
    { GET, "/staff/circulation/{id}/file", "circulation.file", MAY_STAFF, .show = file,
      .help = MSG("The file that goes round") },
};
static const struct menu_entry menu[] = {
    { "circulation.lists", MSG("Circulation"), true, 0, "g n", false, unread },
};
static err waits(struct ask *q, struct waits *io)
{
    int64_t count = 0;

    TRY(unread(q, &count));
    waits_add(io, count, SAY("Papers in circulation to read"),
              link_to(q, "circulation.lists"));
    return NULL;
}

const struct feature circulation_feature = {
    .waits = waits,
    .name = "circulation",
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
    .menu = menu,
    .menu_count = sizeof(menu) / sizeof(menu[0]),
};
