/* send_web — a paper is sent round.
 *
 * Runs in the slow lane: a file that came with it is copied before the commit. What is not
 * sent after all is swept.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "circulation_form.view.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/circulation/circulation_file.h"
#include "feature/circulation/circulation_view.h"
#include "feature/circulation/circulation_web.h"
#include "host/lang/lang.h"
#include "kernel/circulation/circulation.h"

static bool was_chosen(const struct ask *q, const char *name, str value)
{
    for (size_t i = 0; i < q->form_count; i++) {
        if (str_equal(q->form[i].name, str_of(name)) &&
            str_equal(q->form[i].value, value)) {
            return true;
        }
    }
    return false;
}

static err group_of(struct ask *q, const struct unit *u, const struct staff *people,
                    size_t count, struct circulation_group *ret)
{
    struct circulation_option *o = ARENA_ARRAY(q->arena, count + 1,
                                               struct circulation_option);
    size_t n = 0;

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (people[i].unit == u->id && people[i].active &&
            people[i].id != q->actor.staff) {
            o[n].value = id_text(q->arena, people[i].id);
            o[n].text = people[i].name;
            o[n].chosen = was_chosen(q, "to", o[n].value);
            n++;
        }
    }
    *ret = (struct circulation_group){ .value = id_text(q->arena, u->id), .name = u->name,
                                       .people = o, .people_count = n };
    ret->chosen = was_chosen(q, "unit", ret->value);
    return NULL;
}

static err groups_of(struct ask *q, struct circulation_form *p)
{
    size_t units_count, count;
    const struct unit *units = ask_units(q, &units_count);
    struct circulation_group *list =
        ARENA_ARRAY(q->arena, units_count + 1, struct circulation_group);
    struct staff *people;

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    for (size_t i = 0; i < units_count; i++) {
        TRY(group_of(q, &units[i], people, count, &list[p->groups_count]));
        p->groups_count += list[p->groups_count].people_count > 0;
    }
    p->groups = list;
    return NULL;
}

static err kinds_of(struct ask *q, struct circulation_form *p)
{
    struct circulation_option *o =
        ARENA_ARRAY(q->arena, CIRCULATION_KINDS, struct circulation_option);
    str chosen = q->method == POST ? ask_field(q, "kind") : ask_param(q, "kind");

    if (o == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < CIRCULATION_KINDS; i++) {
        o[i] = (struct circulation_option){
            .value = circulation_kind_key[i],
            .text = lang_text(q->lang, circulation_kind_name[i]),
            .chosen = str_equal(chosen, circulation_kind_key[i]),
        };
    }
    p->kinds = o;
    p->kinds_count = CIRCULATION_KINDS;
    return NULL;
}

err circulation_new_show(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Circulation"),
                                           link_to(q, "circulation.lists") } };
    const struct page page = { .title = SAY("Send round"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "circulation.lists" };
    struct circulation_form p = {
        .to = link_to(q, "circulation.send"),
        .form_token = q->session.form_token,
        .title = entry_of(q, "title", &SAY("Subject"), NULL, STR("")),
        .text = entry_of(q, "text", &SAY("Text"), NULL, STR("")),
        .link = entry_of(q, "link", &SAY("A page of ours"),
                         &SAY("Its address, as it stands in the browser."),
                         ask_param(q, "link")),
        .due = entry_of(q, "due", &SAY("To be read by"),
                        &SAY("For example {day}",
                             SAY_TEXT("day", day_short(q->arena, q->today + 7, q->lang))),
                        STR("")),
        .to_error = shell_mistake_of(q, "to"),
        .file_error = shell_mistake_of(q, "file"),
        .mistakes = shell_mistakes(q),
    };

    p.text.is_long = p.text.optional = p.link.optional = p.due.optional = true;
    p.due.is_short = true;
    p.to_bad = p.to_error.id != NULL;
    p.file_bad = p.file_error.id != NULL;
    TRY(kinds_of(q, &p));
    TRY(groups_of(q, &p));
    return REPLY_VIEW(q, r, &page, circulation_form, &p);
}

struct send_wish {
    struct circulation c;
    struct circulation_reader *readers;
    size_t count;
};
struct send_made {
    int64_t id;
};

static size_t ids_read(struct ask *q, const char *name, int64_t **ret)
{
    str *values = ARENA_ARRAY(q->arena, CIRCULATION_READERS_MOST, str);
    int64_t *ids = ARENA_ARRAY(q->arena, CIRCULATION_READERS_MOST, int64_t);
    size_t n = 0;

    if (values == NULL || ids == NULL) {
        return 0;
    }
    size_t count = ask_fields(q, str_of(name), values, CIRCULATION_READERS_MOST);

    for (size_t i = 0; i < count; i++) {
        n += id_parse(values[i], &ids[n]);
    }
    *ret = ids;
    return n;
}

static err readers_read(struct ask *q, struct send_wish *w)
{
    int64_t *to = NULL, *units = NULL;
    size_t to_count = ids_read(q, "to", &to), units_count = ids_read(q, "unit", &units);
    struct staff *people;
    size_t count;

    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    return circulation_readers_of(q->arena, people, count, to, to_count, units, units_count,
                                  q->actor.staff, &w->readers, &w->count);
}

/* A pasted address loses the name of the machine: only pages of ours are linked. */
static str link_read(struct ask *q)
{
    str typed = str_trim(ask_field(q, "link"));
    ptrdiff_t scheme = str_find(typed, STR("://"));

    if (scheme > 0) {
        str rest = str_slice(typed, (size_t)scheme + 3, typed.len);
        ptrdiff_t path = str_find(rest, STR("/"));

        typed = path < 0 ? STR("/") : str_slice(rest, (size_t)path, rest.len);
    }
    if (typed.len > 0 && url_is_empty(ask_back(q, typed))) {
        mistake_add(&q->mistakes, STR("link"), SAY("This is no page of ours."));
        return STR("");
    }
    return typed;
}

static void due_read(struct ask *q, struct circulation *c)
{
    str typed = ask_field(q, "due");

    c->due = DAY_NONE;
    if (typed.len > 0 && !day_parse(typed, &c->due)) {
        mistake_add(&q->mistakes, STR("due"),
                    SAY("Write the day as {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    }
}

static err send_check(struct ask *q, struct send_wish *w)
{
    struct circulation *c = &w->c;

    *c = (struct circulation){
        .agency = q->agency->id, .id = ask_new_id(q), .kind = CIRCULATION_OTHER,
        .title = str_trim(ask_field(q, "title")), .text = str_trim(ask_field(q, "text")),
        .sender = q->actor.staff, .at_ms = q->now_ms, .link = link_read(q),
    };
    (void)circulation_kind_from_key(ask_field(q, "kind"), &c->kind);
    due_read(q, c);
    if (q->files_count > 0) {
        c->file = q->files[0].id;
        c->file_name = q->files[0].name;
    }
    TRY(readers_read(q, w));
    circulation_check(c, w->count, q->today, &q->mistakes);
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "form");
    }
    if (c->file != 0) {
        int64_t own = ask_new_id(q);

        TRY(circulation_file_take(q->arena, q->store, q->keyring, c->file, c->agency, own,
                                  q->now_ms, &c->media_type));
        c->file = own;
    }
    return circulation_seal(q->arena, q->keyring, c);
}

static err send_commit(struct ask *q, struct tx *tx, const struct send_wish *w,
                       struct send_made *made)
{
    made->id = w->c.id;
    return circulation_send(q->arena, tx, &w->c, w->readers, w->count);
}

static err send_reply(struct ask *q, struct reply *r, const struct send_made *made)
{
    return reply_see_other(q, r, "circulation.one", id_text(q->arena, made->id));
}

BEATS_OUT(send, circulation_send_beats, struct send_wish, struct send_made)
