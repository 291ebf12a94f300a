/* check — proves an instance: schema, chains, receipts, files, what a person
 * did. Lines `ok …`, at the
 * end `sound` or `unsound: N`.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/acts.h"

#include "base/arena.h"
#include "app/lists.h"
#include "feature/feelings/feelings.h"
#include "feature/records/records.h"
#include "host/store/files.h"
#include "host/store/store.h"
#include "kernel/casefile/check/check.h"
#include "kernel/circulation/circulation.h"
#include "kernel/envelope/envelope.h"
#include "kernel/fee/cash.h"
#include "kernel/letter/letter.h"
#include "kernel/lookup/lookup.h"
#include "kernel/once/once.h"
#include "kernel/pack/pack.h"
#include "kernel/review/review.h"

struct tally {
    const struct out *out;
    int64_t faults;
};

static void say(void *context, bool sound, str line)
{
    struct tally *t = context;

    t->faults += sound ? 0 : 1;
    out_line(t->out, "%s %.*s", sound ? "ok" : "not ok", STR_ARG(line));
}

/* The draw of a day rests on what the definitions say. */
static err check_reviews(struct instance *x, struct arena *a, struct snap *snap,
                         const struct agency *agency, struct tally *t)
{
    struct mistakes m;
    struct definition *list;
    struct catalog *catalog;
    size_t count;
    err e;

    mistakes_init(&m, a);
    TRY(definition_list(a, snap, agency->id, &list, &count));
    TRY(catalog_build(app_kinds, app_kinds_count, agency->id, list, count, &m, &catalog));
    e = review_check(a, x->store, x->keyring, catalog, agency, say, t);
    catalog_release(catalog);
    return e;
}

static err check_office(struct instance *x, struct arena *a, struct snap *snap,
                        const struct agency *agency, struct tally *t)
{
    int64_t id = agency->id;

    TRY(casefile_check(a, x->store, id, say, t));
    TRY(casefile_agents_check(a, x->store, x->keyring, id, say, t));
    TRY(records_check(a, x->store, x->keyring, id, say, t));
    TRY(once_check(a, x->store, x->keyring, id, say, t));
    TRY(envelope_check(a, x->store, x->keyring, id, say, t));
    TRY(letter_check(a, x->store, x->keyring, id, say, t));
    TRY(lookup_check(a, x->store, x->keyring, id, say, t));
    TRY(fee_check(a, x->store, x->keyring, id, say, t));
    TRY(circulation_check_rows(a, x->store, x->keyring, id, say, t));
    TRY(feelings_check(a, x->store, x->keyring, id, say, t));
    return check_reviews(x, a, snap, agency, t);
}

static err check_all(struct instance *x, struct arena *a, struct tally *t)
{
    struct agency *agencies = NULL;
    size_t count = 0;
    struct snap *snap = NULL;

    TRY(store_check(a, x->store, say, t));
    TRY(file_check(a, x->store, x->keyring, say, t));
    TRY(snap_begin(a, x->store, &snap));
    TRY(agency_list(a, snap, &agencies, &count));
    for (size_t i = 0; i < count; i++) {
        struct arena_mark *mark = arena_mark(a);

        TRY(check_office(x, a, snap, &agencies[i], t));
        arena_reset(a, mark);
    }
    snap_end(snap);
    return NULL;
}

int act_check(struct instance *x, struct arena *a, const struct json *request,
              const struct out *o)
{
    struct tally t = { .out = o };
    err e = check_all(x, a, &t);

    if (e != NULL) {
        out_err(o, a, e);
        t.faults++;
    }
    if (t.faults > 0) {
        out_line(o, "unsound: %lld", (long long)t.faults);
        return 1;
    }
    out_line(o, "sound");
    return 0;
}

int command_check(struct line *l)
{
    return line_is(l, 0, "check") ? act_ask(l, "check", STR("{}")) : 2;
}
