/* errands — the jobs that go out, and what they bring back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/errands.h"

#include "base/arena.h"
#include "base/id.h"
#include "host/courier/courier.h"
#include "host/log/log.h"
#include "host/paper/paper.h"
#include "kernel/calendar/alert.h"
#include "kernel/calendar/closure.h"
#include "kernel/party/party.h"

#define AT_ONCE 4 /* look-ups or payments of one office in one slice */
#define LOOKUP_SECONDS 1
#define PAYMENT_SECONDS 15
#define ALERT_LOOK_SECONDS 15

static err agencies_of(struct job_call *call, struct snap **ret_snap, struct agency **ret,
                       size_t *ret_count)
{
    TRY(snap_begin(call->arena, call->store, ret_snap));
    return agency_list(call->arena, *ret_snap, ret, ret_count);
}

/* ---- closures out of the alert feed ---- */

struct proposals {
    struct closure list[ALERT_CLOSURES_MOST];
    bool taken_back; /* all of one entry, or none */
    size_t count;
    int64_t now_ms;
};

static err propose(void *context, struct arena *a, struct tx *tx)
{
    const struct proposals *p = context;
    bool is_new;

    for (size_t i = 0; i < p->count; i++) {
        const struct closure *c = &p->list[i];

        TRY(p->taken_back
                ? closure_taken_back(a, tx, p->now_ms, c->agency, &c->span, &is_new)
                : closure_propose(a, tx, p->now_ms, c, &is_new));
    }
    return NULL;
}

/* Those of one entry that are for this office, or for the city. */
static err entry_propose(struct job_call *call, const struct errands *x,
                         const struct agency *agency, const struct alert_entry *e)
{
    struct alert_closure found[ALERT_CLOSURES_MOST];
    size_t count = alert_closures(call->arena, e, call->now_ms, found);
    struct proposals p = { .now_ms = call->now_ms };

    for (size_t i = 0; i < count; i++) {
        str city = agency->id == AGENCY_CITY ? agency->name.in[LANG_ZH]
                                             : agency->city.in[LANG_ZH];
        enum alert_reach reach =
            alert_reach_of(call->arena, found[i].area, city, agency->name.in[LANG_ZH]);
        /* An office may have taken over what the city was told. */
        bool is_ours = agency->id == AGENCY_CITY
                           ? reach == ALERT_CITY
                           : reach == ALERT_OFFICE ||
                                 (found[i].taken_back && reach == ALERT_CITY);

        if (is_ours) {
            struct closure *c = &p.list[p.count++];

            p.taken_back = found[i].taken_back;

            *c = (struct closure){ .agency = agency->id,
                                   .id = id_next(x->ids, call->now_ms),
                                   .span = found[i].span, .from_feed = true,
                                   .source_key = found[i].source_key,
                                   .at_ms = call->now_ms };
            c->span.of_city = agency->id == AGENCY_CITY;
        }
    }
    return p.count == 0 ? NULL : job_commit(call, agency->id, propose, &p);
}

static err feed_take(struct job_call *call, const struct errands *x, str body)
{
    struct paper_alert *list;
    struct agency *agencies;
    struct snap *snap;
    size_t count, agencies_count;

    TRY(paper_feed(call->arena, x->paper, body, &list, &count));
    TRY(agencies_of(call, &snap, &agencies, &agencies_count));
    for (size_t i = 0; i < count; i++) {
        const struct alert_entry e = { list[i].id,     list[i].updated, list[i].expires,
                                       list[i].status, list[i].kind,    list[i].summary };

        for (size_t k = 0; k < agencies_count; k++) {
            TRY(entry_propose(call, x, &agencies[k], &e));
        }
    }
    return NULL;
}

static err alerts_slice(struct job_call *call, bool *ret_more)
{
    struct errands *x = call->context;
    const struct outside *o = x->outside;
    struct courier_errand e = { .url = o->alert_feed, .seconds = 30 };
    struct courier_answer answer;

    *ret_more = false;
    if (o->alert_feed.len == 0 || o->courier == NULL || x->paper == NULL ||
        call->now_ms < x->alerts_asked_ms + o->alert_seconds * INT64_C(1000)) {
        return NULL;
    }
    x->alerts_asked_ms = call->now_ms;
    TRY(courier_go(call->arena, o->courier, &e, &answer, NULL));
    return feed_take(call, x, answer.body);
}

/* ---- look-ups ---- */

struct lookup_end {
    const struct lookup *row;
    const struct lookup_answer *answer; /* NULL: none came */
    enum lookup_fault fault;
    str sealed, hash;
    int64_t now_ms;
};

static err lookup_end(void *context, struct arena *a, struct tx *tx)
{
    const struct lookup_end *x = context;

    return x->answer == NULL
               ? lookup_later(a, tx, x->now_ms, x->row, x->fault)
               : lookup_answered(a, tx, x->now_ms, x->row, x->answer, x->sealed, x->hash);
}

static enum lookup_fault fault_of(enum courier_fault f)
{
    switch (f) {
    case COURIER_AWAY:
        return LOOKUP_AWAY;
    case COURIER_SLOW:
        return LOOKUP_SLOW;
    case COURIER_UNTRUSTED:
        return LOOKUP_UNTRUSTED;
    case COURIER_REFUSED:
        return LOOKUP_REFUSED;
    case COURIER_FORBIDDEN:
        return LOOKUP_UNSET;
    default:
        return LOOKUP_UNREADABLE;
    }
}

static err lookup_fetch(struct job_call *call, const struct errands *x,
                        const struct agency *agency, const struct lookup *l,
                        struct lookup_answer *ret, enum lookup_fault *ret_fault)
{
    const struct lookup_gateway *g = &x->outside->gateway;
    const struct lookup_adapter *adapter = lookup_adapter_of(l->how);
    struct courier_answer answer = { 0 };
    struct courier_errand e = { .media_type = STR("application/json") };
    enum courier_fault fault = COURIER_FORBIDDEN;
    str subject;

    *ret_fault = LOOKUP_UNSET;
    TRY(lookup_subject_open(call->arena, x->keyring, l, &subject));
    if (adapter != NULL && adapter->question != NULL) {
        TRY(adapter->question(call->arena, g, agency->key, l, subject, &e.url, &e.body));
        if (x->outside->courier == NULL || g->by != LOOKUP_BY_GATEWAY) {
            FAIL(call->arena, ERR_BUSY, SAY("There is no gateway in settings.yaml."),
                 STR(""), "no gateway");
        }
        e.signature = lookup_signature(call->arena, g, e.body);
        err gone = courier_go(call->arena, x->outside->courier, &e, &answer, &fault);

        *ret_fault = fault_of(fault);
        TRY(gone);
    }
    if (adapter == NULL) {
        FAIL(call->arena, ERR_BROKEN, SAY("Nobody can answer this."), STR(""), "by hand");
    }
    err unread =
        adapter->answer(call->arena, g, l, subject, answer.body, answer.signature, ret);

    if (unread != NULL) {
        *ret_fault = unread->kind == ERR_DENIED ? LOOKUP_UNSIGNED : LOOKUP_UNREADABLE;
    }
    return unread;
}

static err lookup_do(struct job_call *call, const struct errands *x,
                     const struct agency *agency, const struct lookup *l)
{
    struct lookup_end end = { .row = l, .now_ms = call->now_ms };
    struct lookup_answer answer;
    err e = lookup_fetch(call, x, agency, l, &answer, &end.fault);

    if (e == NULL) {
        end.answer = &answer;
        TRY(lookup_answer_seal(call->arena, x->keyring, l, &answer, &end.sealed,
                               &end.hash));
    } else {
        log_err(LOG_WARN_LEVEL, "lookup", STR(""), e);
    }
    return job_commit(call, agency->id, lookup_end, &end);
}

static err lookups_slice(struct job_call *call, bool *ret_more)
{
    const struct errands *x = call->context;
    struct agency *agencies;
    struct snap *snap;
    size_t count;

    *ret_more = false;
    TRY(agencies_of(call, &snap, &agencies, &count));
    for (size_t i = 0; i < count; i++) {
        struct lookup *list;
        size_t due;

        TRY(lookup_due(call->arena, snap, agencies[i].id, call->now_ms, AT_ONCE, &list,
                       &due));
        for (size_t k = 0; k < due; k++) {
            TRY(lookup_do(call, x, &agencies[i], &list[k]));
        }
        *ret_more = *ret_more || due == AT_ONCE;
    }
    return NULL;
}

/* ---- payments ---- */

struct payment_end {
    const struct fee_payment *row;
    const struct pay_word *word; /* NULL: nobody said anything */
    const struct fee_taking *taking;
    int64_t now_ms;
    bool waits;
};

struct payment_news {
    struct payment_end end;
    struct pay_word word;
    struct fee_account account;
    struct fee_taking taking;
};

static err payment_end(void *context, struct arena *a, struct tx *tx)
{
    const struct payment_end *x = context;
    struct fee_payment p;
    bool is_new = false;

    if (x->word != NULL && x->word->state != PAY_BEGUN) {
        return fee_payment_word(a, tx, x->now_ms, x->row->agency, x->word, x->taking, &p,
                                &is_new);
    }
    return fee_payment_later(a, tx, x->now_ms, x->row->agency, x->row->id, x->waits);
}

static err payment_ask(struct job_call *call, const struct errands *x,
                       const struct agency *agency, const struct fee_payment *p,
                       struct pay_word *ret)
{
    const struct pay_provider *provider = &x->outside->pay;
    struct courier_answer answer;
    struct courier_errand e = {
        .url = str_format(call->arena, "%.*s/orders", STR_ARG(provider->url)),
        .body = pay_question(call->arena, provider, agency->key, p->id),
        .media_type = STR("application/json"),
    };

    TRY(courier_go(call->arena, x->outside->courier, &e, &answer, NULL));
    TRY(pay_word_read(call->arena, provider, answer.body, ret));
    if (ret->order != p->id || !str_equal(ret->office, agency->key)) {
        FAIL(call->arena, ERR_INPUT, SAY("This is no message about a payment."), STR(""),
             "another order");
    }
    return NULL;
}

/* What the provider says, and the receipt it brings. */
static err payment_hear(struct job_call *call, const struct errands *x, struct snap *snap,
                        const struct agency *agency, const struct fee_payment *p,
                        struct payment_news *ret)
{
    bool needed;

    TRY(payment_ask(call, x, agency, p, &ret->word));
    TRY(fee_payment_taking(call->arena, snap, x->keyring, agency->id, &ret->word,
                           id_next(x->ids, call->now_ms), call->now_ms, &ret->account,
                           &ret->taking, &needed));
    ret->end.word = &ret->word;
    ret->end.taking = needed ? &ret->taking : NULL;
    ret->end.waits = ret->word.state == PAY_BEGUN;
    return NULL;
}

/* One that cannot be asked, or not be booked, is asked again later; it holds up no
 * other. */
static err payment_do(struct job_call *call, const struct errands *x, struct snap *snap,
                      const struct agency *agency, const struct fee_payment *p)
{
    struct payment_news news = { .end = { .row = p, .now_ms = call->now_ms } };
    struct payment_end later = news.end;
    err e = NULL;

    if (x->outside->pay.by == PAY_PROVIDER && x->outside->courier != NULL) {
        e = payment_hear(call, x, snap, agency, p, &news);
    } else {
        news.end.waits = true; /* nobody else knows of it */
    }
    if (e == NULL) {
        e = job_commit(call, agency->id, payment_end, &news.end);
    }
    if (e == NULL) {
        return NULL;
    }
    log_err(LOG_WARN_LEVEL, "payment", STR(""), e);
    return job_commit(call, agency->id, payment_end, &later);
}

static err payments_slice(struct job_call *call, bool *ret_more)
{
    const struct errands *x = call->context;
    struct agency *agencies;
    struct snap *snap;
    size_t count;

    *ret_more = false;
    TRY(agencies_of(call, &snap, &agencies, &count));
    for (size_t i = 0; i < count; i++) {
        struct fee_payment *list;
        size_t due;

        TRY(fee_payment_due(call->arena, snap, agencies[i].id, call->now_ms, AT_ONCE, &list,
                            &due));
        for (size_t k = 0; k < due; k++) {
            TRY(payment_do(call, x, snap, &agencies[i], &list[k]));
        }
        *ret_more = *ret_more || due == AT_ONCE;
    }
    return NULL;
}

static const struct job alerts_job = { "alerts.ask", ALERT_LOOK_SECONDS, alerts_slice };
static const struct job lookups_job = { "lookups.ask", LOOKUP_SECONDS, lookups_slice };
static const struct job payments_job = { "payments.ask", PAYMENT_SECONDS, payments_slice };
static const struct job *const all_jobs[] = { &alerts_job, &lookups_job, &payments_job };
const struct job_list errands_jobs = { all_jobs, sizeof all_jobs / sizeof all_jobs[0] };
