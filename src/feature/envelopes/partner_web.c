/* partner_web — keys of agencies, and files of other installations that are brought in.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "envelopes_bring.view.h"
#include "envelopes_key.view.h"
#include "envelopes_partners.view.h"
#include "feature/envelopes/envelopes_file.h"
#include "feature/envelopes/envelopes_web.h"
#include "host/seal/seal.h"

/* ---- a file ---- */

err envelopes_bring_show(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Envelopes"),
                                           link_to(q, "envelopes.list") } };
    const struct page page = { .title = SAY("Bring a file in"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "envelopes.list" };
    struct envelopes_bring p = { .to = link_to(q, "envelopes.brought"),
                                 .form_token = q->session.form_token,
                                 .file_error = shell_mistake_of(q, "file"),
                                 .mistakes = shell_mistakes(q) };

    p.file_bad = p.file_error.id != NULL;
    return REPLY_VIEW(q, r, &page, envelopes_bring, &p);
}

struct bring_wish {
    struct envelope_post post;
    bool known;
};

/* Opened, its sender known, its signature right: only then it is looked into. */
static err file_prove(struct ask *q, str file, struct bring_wish *w)
{
    struct envelope_partner partner;
    str body, signature, key;

    TRY(envelope_file_read(q->arena, q->keyring, q->agency->id, file, &body, &signature,
                           &key));
    err e = envelope_partner_by_key(q->arena, q->snap, q->agency->id, key, &partner);

    if (e != NULL && e->kind == ERR_MISSING) {
        FAIL(
            q->arena, ERR_INPUT,
            SAY("The key of the sender is not known here. Add the agency as a partner "
                "first: "
                "its fingerprint is {key}.",
                SAY_TEXT("key", envelope_fingerprint(q->arena, key))),
            STR("file"), "unknown key");
    }
    TRY(e);
    return envelope_arrival(q->arena, q->snap, q->keyring, q->agency->id, ask_new_id(q), 0,
                            body, signature, key, q->now_ms, &w->post, &w->known);
}

static err as_input(struct ask *q, err e)
{
    if (e == NULL || (e->kind != ERR_INPUT && e->kind != ERR_MISSING &&
                      e->kind != ERR_CONFLICT)) {
        return e;
    }
    mistake_add(&q->mistakes, STR("file"), e->say);
    return err_make(q->arena, ERR_INPUT, e->say, STR("file"), e->at, "%.*s",
                    STR_ARG(e->why));
}

static err bring_check(struct ask *q, struct bring_wish *w)
{
    str file;

    if (q->files_count == 0) {
        mistake_add(&q->mistakes, STR("file"), SAY("Choose the file."));
        FAIL(q->arena, ERR_INPUT, SAY("Choose the file."), STR("file"), "no file");
    }
    TRY(as_input(q, envelopes_file_text(q->arena, q->store, q->keyring, q->files[0].id,
                                        ENVELOPE_FILE_MOST, &file)));
    return as_input(q, file_prove(q, file, w));
}

static err bring_commit(struct ask *q, struct tx *tx, const struct bring_wish *w,
                        struct envelopes_made *made)
{
    made->id = w->post.envelope.id;
    return w->known ? NULL : envelope_step_put(q->arena, tx, &w->post);
}

static err bring_reply(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return reply_see_other(q, r, "envelopes.one", id_text(q->arena, made->id));
}

BEATS_OUT(bring, envelopes_bring_beats, struct bring_wish, struct envelopes_made)

/* ---- partners ---- */

static str spaced_fingerprint(struct ask *q, str key)
{
    return envelope_fingerprint(q->arena, key);
}

static err known_of(struct ask *q, struct envelopes_partners *p)
{
    struct envelope_partner *list;
    struct envelopes_partner *rows;
    size_t count;

    TRY(envelope_partners(q->arena, q->snap, q->agency->id, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct envelopes_partner);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct envelopes_partner){
            .name = list[i].party.name, .key = list[i].party.key,
            .fingerprint = spaced_fingerprint(q, list[i].party.public_key),
            .since = day_short(q->arena, day_at(list[i].since_ms), q->lang),
            .public_hex = str_hex(q->arena, list[i].party.public_key),
        };
    }
    p->list = rows;
    p->list_count = count;
    p->none = count == 0;
    return NULL;
}

err envelopes_partners_show(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Envelopes"),
                                           link_to(q, "envelopes.list") } };
    const struct page page = { .title = SAY("Partners and keys"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "envelopes.list",
                               .wide = true };
    struct envelopes_partners p = {
        .to = link_to(q, "envelopes.partner"), .drop = link_to(q, "envelopes.forget"),
        .card = link_office(q, q->agency->key, "envelopes.card"),
        .page = link_office(q, q->agency->key, "envelopes.key"),
        .form_token = q->session.form_token, .office = q->agency->name,
        .card_text = entry_of(q, "card", &SAY("Card of the other agency"),
                              &SAY("Open the file with a text program and paste what is in "
                                   "it."), STR("")),
        .sure_error = shell_mistake_of(q, "sure"),
        .mistakes = shell_mistakes(q),
    };
    struct envelope_party party;

    p.card_text.is_long = true;
    p.sure_bad = p.sure_error.id != NULL;
    p.fingerprint = spaced_fingerprint(q, seal_public_key(q->arena, q->keyring,
                                                          q->agency->id));
    if (q->method == POST && card_read(q->arena, ask_field(q, "card"), &party) == NULL) {
        p.preview = true;
        p.new_name = party.name;
        p.new_fingerprint = spaced_fingerprint(q, party.public_key);
    }
    TRY(known_of(q, &p));
    return REPLY_VIEW(q, r, &page, envelopes_partners, &p);
}

static err partner_check(struct ask *q, struct envelope_partner *w)
{
    str sure = ask_field(q, "sure");
    err e = card_read(q->arena, ask_field(q, "card"), &w->party);

    if (e != NULL) {
        mistake_add(&q->mistakes, STR("card"), e->say);
        return e;
    }
    w->since_ms = q->now_ms;
    w->added_by = q->actor.staff;
    /* First looked at, then compared; the box names the fingerprint that was compared. */
    if (str_is_empty(sure)) {
        return ask_once_more;
    }
    if (!str_equal(sure, spaced_fingerprint(q, w->party.public_key))) {
        mistake_add(&q->mistakes, STR("sure"), SAY("The card has changed. Compare the "
                                                   "fingerprint again."));
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, STR("sure"), "another card");
    }
    return NULL;
}

static err partner_commit(struct ask *q, struct tx *tx, const struct envelope_partner *w,
                          struct envelopes_made *made)
{
    return envelope_partner_put(q->arena, tx, q->agency->id, w);
}

static err partner_reply(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return reply_see(q, r, link_to(q, "envelopes.partners"));
}

BEATS_OUT(partner, envelopes_partner_beats, struct envelope_partner, struct envelopes_made)

struct forget_wish {
    str key;
};

static err forget_check(struct ask *q, struct forget_wish *w)
{
    if (!str_unhex(q->arena, ask_field(q, "public"), &w->key)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no key");
    }
    return NULL;
}

static err forget_commit(struct ask *q, struct tx *tx, const struct forget_wish *w,
                         struct envelopes_made *made)
{
    return envelope_partner_drop(q->arena, tx, &q->actor, w->key, q->now_ms);
}

static err forget_reply(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return reply_see(q, r, link_to(q, "envelopes.partners"));
}

BEATS_OUT(forget, envelopes_forget_beats, struct forget_wish, struct envelopes_made)

/* ---- our own key ---- */

static struct envelope_party own_party(struct ask *q)
{
    return (struct envelope_party){ q->agency->key, q->agency->name,
                                    seal_public_key(q->arena, q->keyring, q->agency->id) };
}

err envelopes_key_show(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Key of this agency") };
    struct envelope_party own = own_party(q);
    const struct envelopes_key p = {
        .office = q->agency->name,
        .fingerprint = envelope_fingerprint(q->arena, own.public_key),
        .public_hex = str_hex(q->arena, own.public_key),
        .card = link_to(q, "envelopes.card"),
    };

    return REPLY_VIEW(q, r, &page, envelopes_key, &p);
}

err envelopes_card_show(struct ask *q, struct reply *r)
{
    struct envelope_party own = own_party(q);
    str card;

    TRY(card_write(q->arena, &own, &card));
    return reply_bytes(q, r, STR("application/json"),
                       str_format(q->arena, "%.*s-key.json", STR_ARG(q->agency->key)), card,
                       false);
}
