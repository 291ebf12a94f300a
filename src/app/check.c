/* check — proves an instance: schema, chains, receipts, files, looks. Lines `ok …`, at the
 * end `sound` or `unsound: N`.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/acts.h"

#include "base/arena.h"
#include "feature/records/records.h"
#include "host/store/files.h"
#include "host/store/store.h"
#include "kernel/casefile/check/check.h"
#include "kernel/envelope/envelope.h"
#include "kernel/fee/cash.h"
#include "kernel/letter/letter.h"
#include "kernel/lookup/lookup.h"

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

static err check_all(struct instance *x, struct arena *a, struct tally *t)
{
    struct agency *agencies = NULL;
    size_t count = 0;
    struct snap *snap = NULL;

    TRY(store_check(a, x->store, say, t));
    TRY(file_check(a, x->store, x->keyring, say, t));
    TRY(snap_begin(a, x->store, &snap));
    TRY(agency_list(a, snap, &agencies, &count));
    snap_end(snap);
    for (size_t i = 0; i < count; i++) {
        TRY(casefile_check(a, x->store, agencies[i].id, say, t));
        TRY(records_check(a, x->store, x->keyring, agencies[i].id, say, t));
        TRY(envelope_check(a, x->store, x->keyring, agencies[i].id, say, t));
        TRY(letter_check(a, x->store, x->keyring, agencies[i].id, say, t));
        TRY(lookup_check(a, x->store, x->keyring, agencies[i].id, say, t));
        TRY(fee_check(a, x->store, x->keyring, agencies[i].id, say, t));
    }
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
