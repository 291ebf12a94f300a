/* settings — definitions with their versions, loading a new one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/settings/settings_store.h"
#include "feature/settings/settings_web.h"
#include "host/lang/lang.h"
#include "kernel/office/office.h"
#include "kernel/pack/pack.h"
#include "kernel/service/service.h"
#include "settings_definitions.view.h"
#include "settings_load.view.h"

/* The newest version of each, out of all that are kept. */
static size_t keep_newest(struct definition *list, size_t count)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        size_t at = 0;

        while (at < n && !(str_equal(list[at].kind, list[i].kind) &&
                           str_equal(list[at].key, list[i].key))) {
            at++;
        }
        if (at == n) {
            list[n++] = list[i];
        } else if (list[i].version > list[at].version) {
            list[at] = list[i];
        }
    }
    return n;
}

static err newest_of(struct ask *q, struct definition **ret, size_t *ret_count)
{
    size_t count;

    TRY(definition_list(q->arena, q->snap, q->agency->id, ret, &count));
    *ret_count = keep_newest(*ret, count);
    return NULL;
}

static const struct definition *same_of(const struct definition *list, size_t count,
                                        str kind, str key)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].kind, kind) && str_equal(list[i].key, key)) {
            return &list[i];
        }
    }
    return NULL;
}

/* GET /staff/settings/definitions */
static struct url load_url(struct ask *q, const struct definition *d)
{
    struct url u = url_with(q, link_to(q, "settings.load"), "kind", d->kind);

    return url_with(q, u, "key", d->key);
}

/* What a kind is called on the page; a kind that came later shows its own word. */
static struct words kind_words(str kind)
{
    if (str_equal(kind, STR("service"))) {
        return SAY("Service");
    }
    if (str_equal(kind, STR("office"))) {
        return SAY("Office profile");
    }
    if (str_equal(kind, STR("authority"))) {
        return SAY("Delegation-of-authority table");
    }
    return SAY("{text}", SAY_TEXT("text", kind));
}

/* The name people know it by; false for what is not in the catalog or has none. */
static bool name_of(struct ask *q, const struct definition *d, struct label *ret)
{
    const struct service *s =
        str_equal(d->kind, STR("service")) ? service_get(q->catalog, d->key) : NULL;

    *ret = s != NULL ? s->name : (struct label){ 0 };
    return s != NULL;
}

static err ready_rows(struct ask *q, struct settings_definitions *p)
{
    struct definition *list;
    struct settings_definition_row *rows;

    TRY(settings_ready_list(q->arena, q->snap, q->agency->id, &list, &p->ready_count));
    rows = ARENA_ARRAY(q->arena, p->ready_count + 1, struct settings_definition_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->ready_count; i++) {
        rows[i] = (struct settings_definition_row){
            .kind = kind_words(list[i].kind), .key = list[i].key, .file = list[i].file,
            .link = load_url(q, &list[i]),
        };
    }
    p->ready = rows;
    p->has_ready = p->ready_count > 0;
    return NULL;
}

err settings_definitions(struct ask *q, struct reply *r)
{
    const struct page page = settings_page(q, SAY("Definitions"));
    struct settings_definitions p = {
        .load = link_to(q, "settings.load"),
        .loaded = str_equal(ask_param(q, "loaded"), STR("1")),
    };
    struct definition *list;
    struct settings_definition_row *rows;

    TRY(newest_of(q, &list, &p.definitions_count));
    rows = ARENA_ARRAY(q->arena, p.definitions_count + 1, struct settings_definition_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p.definitions_count; i++) {
        rows[i] = (struct settings_definition_row){
            .kind = kind_words(list[i].kind), .key = list[i].key,
            .version = list[i].version, .link = load_url(q, &list[i]),
            .published = lang_time(q->arena, q->lang, list[i].published_ms),
        };
        rows[i].has_name = name_of(q, &list[i], &rows[i].name);
        rows[i].has_cases = rows[i].has_name && list[i].version > 1;
        rows[i].cases = link_to1(q, "casework.versions", list[i].key);
    }
    p.definitions = rows;
    p.none = p.definitions_count == 0;
    TRY(ready_rows(q, &p));
    return REPLY_VIEW(q, r, &page, settings_definitions, &p);
}

/* GET, POST /staff/settings/definitions/load?kind=&key= */
static err mistakes_of(struct ask *q, struct settings_load *p)
{
    struct settings_mistake *list =
        ARENA_ARRAY(q->arena, q->mistakes.count + 1, struct settings_mistake);

    if (list == NULL) {
        return err_no_memory;
    }
    for (const struct mistake *m = q->mistakes.first; m != NULL; m = m->next) {
        list[p->mistakes_count++] = (struct settings_mistake){ .place = m->place,
                                                               .say = m->say };
    }
    p->mistakes = list;
    p->count = (int64_t)p->mistakes_count;
    p->has_mistakes = p->count > 0;
    return NULL;
}

err settings_load(struct ask *q, struct reply *r)
{
    const struct page page = settings_page(q, SAY("Load a definition"));
    struct settings_load p = {
        .form_token = q->session.form_token,
        .to = link_to(q, "settings.load_save"),
    };
    const struct shell_mistakes said = shell_mistakes(q);
    struct definition *list;
    size_t count;

    if (!said.any) {
        p.too_old = said;
    }
    TRY(newest_of(q, &list, &count));
    if (q->method == POST) {
        const struct definition *wish = q->wish;

        p.source = wish != NULL && wish->source.at != NULL ? wish->source
                                                           : ask_field(q, "source");
        if (wish != NULL && q->refusal == NULL) { /* asked once more */
            TRY(settings_preview(q, wish, &p));
        }
    } else {
        const struct definition *d =
            same_of(list, count, ask_param(q, "kind"), ask_param(q, "key"));

        if (d == NULL) {
            TRY(settings_ready_list(q->arena, q->snap, q->agency->id, &list, &count));
            d = same_of(list, count, ask_param(q, "kind"), ask_param(q, "key"));
            p.source = d != NULL ? d->source : STR("");
        } else {
            p.is_known = true;
            p.key = d->key;
            p.kind = kind_words(d->kind);
            p.has_name = name_of(q, d, &p.name);
            p.version = d->version;
            p.source = d->source;
        }
    }
    TRY(mistakes_of(q, &p));
    return REPLY_VIEW(q, r, &page, settings_load, &p);
}

struct load_made {
    bool changed;
};

static err load_source(struct ask *q, str *ret_source)
{
    for (size_t i = 0; i < q->files_count; i++) {
        if (q->files[i].size_bytes > 0) {
            return settings_file_text(q->arena, q->store, q->keyring, q->files[i].id,
                                      ret_source);
        }
    }
    *ret_source = ask_field(q, "source");
    if (str_is_empty(*ret_source)) {
        FAIL(q->arena, ERR_INPUT, SAY("Paste a definition or choose a file."),
             STR("source"), "nothing sent");
    }
    return NULL;
}

err settings_with(struct ask *q, const struct definition *wish, struct definition **ret,
                  size_t *ret_count)
{
    struct definition *list, *all;
    size_t count, n = 0;

    TRY(newest_of(q, &list, &count));
    all = ARENA_ARRAY(q->arena, count + 1, struct definition);
    if (all == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (!str_equal(list[i].kind, wish->kind) || !str_equal(list[i].key, wish->key)) {
            all[n++] = list[i];
        }
    }
    all[n++] = *wish;
    *ret = all;
    *ret_count = n;
    return NULL;
}

static err load_try(struct ask *q, const struct definition *wish)
{
    struct definition *all;
    size_t count, kinds_count;
    const struct pack_kind *const *kinds = ask_kinds(q, &kinds_count);

    TRY(settings_with(q, wish, &all, &count));
    return pack_check(kinds, kinds_count, all, count, q->today, &q->mistakes);
}

static err is_as_it_was(struct ask *q, const struct definition *wish, bool *ret)
{
    const struct definition *newest;
    struct definition *list;
    size_t count;

    TRY(newest_of(q, &list, &count));
    newest = same_of(list, count, wish->kind, wish->key);
    *ret = newest != NULL && str_equal(newest->source, wish->source);
    return NULL;
}

static err load_check(struct ask *q, struct definition *ret_wish)
{
    bool same;

    TRY(load_source(q, &ret_wish->source));
    ret_wish->agency = q->agency->id;
    ret_wish->version = 1;
    ret_wish->published_ms = q->now_ms;
    pack_head(q->arena, ret_wish);
    ret_wish->file = str_is_empty(ret_wish->key)
                         ? STR("definition.yaml")
                         : str_format(q->arena, "%.*s.yaml", STR_ARG(ret_wish->key));
    TRY(load_try(q, ret_wish));
    TRY(settings_refuse(q));
    TRY(is_as_it_was(q, ret_wish, &same));
    /* What it changes is seen before it is published, and of this very text. */
    if (!same && !str_equal(ask_field(q, "seen"), settings_seen(q, ret_wish->source))) {
        return ask_once_more;
    }
    return NULL;
}

static err load_commit(struct ask *q, struct tx *tx, const struct definition *wish,
                       struct load_made *ret_made)
{
    TRY(settings_ready_drop(q->arena, tx, wish->agency, wish->kind, wish->key));
    return definition_put(q->arena, tx, &q->actor, q->now_ms, wish, &ret_made->changed);
}

static err load_reply(struct ask *q, struct reply *r, const struct load_made *made)
{
    struct url list = link_to(q, "settings.definitions");

    return reply_see(q, r, made->changed ? url_with(q, list, "loaded", STR("1")) : list);
}

BEATS_OUT(load, settings_load_beats, struct definition, struct load_made)
