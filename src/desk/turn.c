/* turn — one request on its way through the desk.
 *
 * GET   head → (cache) → show → send
 * POST  head → body → check → park, store_submit … done → reply or again → send
 * SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "base/arena.h"
#include "desk/inside.h"
#include "host/clock/clock.h"
#include "host/log/log.h"

static void house_release_v(void *house)
{
    house_release(house);
}

err turn_snap_open(struct turn *t)
{
    return snap_begin(t->ask.arena, t->ask.store, &t->ask.snap);
}

void turn_snap_shut(struct turn *t)
{
    if (t->ask.snap != NULL) {
        snap_end(t->ask.snap);
        t->ask.snap = NULL;
    }
}

/* ---- head ---------------------------------------------------------------------------- */

static struct cache_key turn_cache_key(const struct turn *t)
{
    const struct ask *q = &t->ask;

    return (struct cache_key){
        .address = t->request->path,
        .look = (unsigned)q->size * 8 + (unsigned)q->theme,
        .today = q->today,
    };
}

/* Only plain addresses are kept: not every spelling of one, and nothing with a query. */
static bool turn_is_cached(const struct turn *t)
{
    const struct ask *q = &t->ask;

    return q->route != NULL && q->route->cached && q->method == GET && t->early == 0 &&
           t->request->query.len == 0 && t->request->path.len < 300 &&
           str_find(t->request->path, STR("%")) < 0;
}

/* Who has just sent a form, here or at another program on the same database, sees what came
 * of it: no kept page that is a moment old, and nothing from a standby. */
#define WROTE_COOKIE "wrote"
#define WROTE_SECONDS 10

static bool has_just_written(const struct turn *t)
{
    return store_is_shared(t->ask.store) &&
           cookie_value(t->cookies, STR(WROTE_COOKIE)).len > 0;
}

/* A page for everybody, asked for by nobody in particular. */
static bool may_be_a_little_old(const struct turn *t)
{
    return turn_is_cached(t) && t->ask.route->may == MAY_ANYONE && !has_just_written(t) &&
           cookie_value(t->cookies, str_of(t->ask.desk->session_cookie)).len == 0;
}

void turn_head(void *context, struct http_request *r)
{
    struct desk *d = context;
    struct turn *t = ARENA_NEW(r->arena, struct turn);

    if (t == NULL) {
        return;
    }
    t->request = r;
    r->user = t;
    enter_head(d, t);
    if (turn_is_cached(t) && r->refused == 0 && !has_just_written(t)) {
        int status = 200;
        struct http_answer *x =
            cache_find(d->cache, turn_cache_key(t), t->encoding, t->if_none_match, &status);

        if (x != NULL) {
            http_send(r, status, x);
            return;
        }
    }
    enter_rest(t);
}

/* ---- the three beats ----------------------------------------------------------------- */

/* The page with the posted values. */
static void show_again(struct turn *t, err e, int status)
{
    struct ask *q = &t->ask;

    q->refusal = e;
    q->wish = t->wish;
    t->reply = (struct reply){ .status = status };
    err again = q->snap == NULL ? turn_snap_open(t) : NULL;

    again = again != NULL ? again : q->route->again(q, &t->reply);
    turn_snap_shut(t);
    if (again != NULL) {
        refuse(t, again);
    }
}

/* The same with the list of mistakes; an error page where nothing can be shown again. */
static void refused(struct turn *t, err e)
{
    struct ask *q = &t->ask;

    if (q->route->again == NULL || (e->kind != ERR_INPUT && e->kind != ERR_CONFLICT)) {
        refuse(t, e);
        return;
    }
    if (e->say.id == NULL) {
        show_again(t, NULL, 200); /* ask_once_more: nothing is wrong */
        return;
    }
    if (q->mistakes.count == 0) {
        mistake_add(&q->mistakes, e->field, e->say);
    }
    show_again(t, e, refuse_status(e));
}

static err commit_run(void *context, struct arena *a, struct tx *tx)
{
    struct turn *t = context;
    const struct beats *beats = t->ask.route->beats;

    memset(t->made, 0, beats->made_size);
    TRY(beats->commit(&t->ask, tx, t->wish, t->made));
    return arena_failed(a) ? err_no_memory : NULL;
}

static void commit_done(void *context, err result)
{
    struct turn *t = context;

    t->result = result;
    http_wake(t->request); /* The last look: a worker may have it already. */
}

static enum http_step answered(struct turn *t)
{
    turn_snap_shut(t);
    send_reply(t);
    t->phase = TURN_DONE;
    return HTTP_ANSWERED;
}

static err check(struct turn *t)
{
    struct ask *q = &t->ask;
    const struct beats *beats = q->route->beats;

    t->wish = arena_alloc(q->arena, beats->wish_size);
    t->made = arena_alloc(q->arena, beats->made_size);
    if (t->wish == NULL || t->made == NULL) {
        return err_no_memory;
    }
    TRY(beats->check(q, t->wish));
    if (q->mistakes.count > 0) {
        const struct mistake *m = q->mistakes.first;

        FAIL(q->arena, ERR_INPUT, m->say, m->field, "%zu mistakes", q->mistakes.count);
    }
    return arena_failed(q->arena) ? err_no_memory : NULL;
}

/* The form is theirs, only its token is of another session. It comes back with all that was
 * typed and a token of now. Check runs for what it reads; what it finds is said when the
 * form comes once more. Not ERR_CONFLICT: no colleague was faster. */
static void too_old(struct turn *t, err e)
{
    struct ask *q = &t->ask;

    if (q->route->again == NULL) {
        t->too_old = true;
        refuse(t, e);
        return;
    }
    if (q->route->beats != NULL) {
        (void)check(t);
        mistakes_init(&q->mistakes, q->arena);
    }
    show_again(t, e, REFUSE_TOO_OLD);
}

static enum http_step hand_over(struct turn *t)
{
    struct ask *q = &t->ask;

    t->phase = TURN_COMMITTED;
    t->commit = (struct commit){
        .agency = q->agency != NULL ? q->agency->id : AGENCY_CITY,
        .queue = COMMIT_PERSON,
        .arena = q->arena,
        .run = commit_run,
        .done = commit_done,
        .context = t,
    };
    http_park(t->request);
    err e = store_submit(q->store, &t->commit);

    if (e != NULL) {
        commit_done(t, e);
    }
    return HTTP_PARKED;
}

static enum http_step after_commit(struct turn *t)
{
    struct ask *q = &t->ask;
    err e = t->result;

    q->wish = t->wish;
    if (e != NULL) {
        refused(t, e);
        return answered(t);
    }
    e = q->route->beats->reply(q, &t->reply, t->made);
    if (e != NULL) {
        refuse(t, e);
    } else if (store_is_shared(q->store) && !q->route->is_api) {
        reply_cookie(q, &t->reply, WROTE_COOKIE, STR("1"), "/", WROTE_SECONDS);
    }
    return answered(t);
}

/* ---- showing ------------------------------------------------------------------------- */

/* Counters are read before the snapshot: what changes meanwhile makes the page old. */
static err topics_before(struct turn *t)
{
    t->topic_counts = ARENA_ARRAY(t->ask.arena, STORE_TOPICS, uint64_t);
    if (t->topic_counts == NULL) {
        return err_no_memory;
    }
    for (uint32_t i = 0; i < STORE_TOPICS; i++) {
        t->topic_counts[i] = topic_count(t->ask.store, i);
    }
    return NULL;
}

static void keep_page(struct turn *t)
{
    struct reply *r = &t->reply;
    struct cache_topics topics = { .count = r->topics_count };
    int status = 200;

    if (t->topic_counts == NULL || !r->is_page || r->topics_lost || r->topics_count == 0 ||
        (r->status != 0 && r->status != 200) || arena_failed(t->ask.arena)) {
        return;
    }
    for (size_t i = 0; i < r->topics_count; i++) {
        topics.slot[i] = r->topics[i];
        topics.was[i] = t->topic_counts[r->topics[i]];
    }
    struct http_answer *x =
        cache_keep(t->ask.desk->cache, t->ask.arena, turn_cache_key(t), &topics, r->body,
                   t->ask.desk->secure, t->encoding, t->if_none_match, &status);
    if (x != NULL) {
        http_send(t->request, status, x);
    }
}

static err enter(struct turn *t, struct url *ret_go)
{
    *ret_go = (struct url){ STR("") };
    TRY(house_hold(t->ask.desk, &t->house));
    if (!arena_defer(t->ask.arena, house_release_v, t->house)) {
        t->house = NULL;
        return err_no_memory;
    }
    if (turn_is_cached(t)) {
        TRY(topics_before(t));
    }
    TRY(enter_body(t));
    TRY(may_be_a_little_old(t)
            ? snap_begin_public(t->ask.arena, t->ask.store, &t->ask.snap)
            : turn_snap_open(t));
    TRY(guard_session(t));
    return guard_may(t, ret_go);
}

/* Where to say who one is. What was typed meanwhile is not thrown away for it. */
static void see_who(struct turn *t, struct url go)
{
    struct ask *q = &t->ask;
    err e = resume_has(q) ? resume_page(q, &t->reply, go) : reply_see(q, &t->reply, go);

    if (e != NULL) {
        refuse(t, e);
    }
}

/* A standby may have to give up what it reads, or go away: then the first is read. */
static err show(struct turn *t)
{
    struct ask *q = &t->ask;
    bool from_standby = snap_is_standby(q->snap);
    err e = q->route->show(q, &t->reply);

    turn_snap_shut(t);
    if (e == NULL || e->kind != ERR_BUSY || !from_standby) {
        return e;
    }
    t->reply = (struct reply){ 0 };
    e = turn_snap_open(t);
    e = e != NULL ? e : q->route->show(q, &t->reply);
    turn_snap_shut(t);
    return e;
}

static enum http_step act(struct turn *t)
{
    struct ask *q = &t->ask;
    struct url go;
    err e = enter(t, &go);

    if (!url_is_empty(go)) {
        see_who(t, go);
        return answered(t);
    }
    if (e != NULL && t->early != 0) {
        refuse_status_page(t, t->early);
        return answered(t);
    }
    if (e != NULL) {
        refuse(t, e);
        return answered(t);
    }
    e = q->method == POST ? guard_token(t) : NULL;
    if (e != NULL) {
        too_old(t, e);
        return answered(t);
    }
    if (q->method == POST && q->route->beats != NULL) {
        e = check(t);
        if (e != NULL) {
            refused(t, e);
            return answered(t);
        }
        turn_snap_shut(t);
        return hand_over(t);
    }
    e = show(t);
    if (e != NULL && q->method == POST) {
        refused(t, e);
    } else if (e != NULL) {
        refuse(t, e);
    } else {
        keep_page(t);
    }
    return answered(t);
}

static enum http_step early(struct turn *t)
{
    struct ask *q = &t->ask;
    str to = t->early_to;

    if (t->wants_sign_in) {
        see_who(t, guard_sign_in(q));
        return answered(t);
    }
    if (t->request->refused == 0 && t->early == 308) {
        if (t->request->query.len > 0) {
            to = str_format(q->arena, "%.*s?%.*s", STR_ARG(to), STR_ARG(t->request->query));
        }
        err e = reply_see(q, &t->reply, (struct url){ to });

        t->reply.status = 308;
        if (e != NULL) {
            refuse(t, e);
        }
        return answered(t);
    }
    /* The frame of the error page wants the offices; without them it is plain. */
    if (house_hold(q->desk, &t->house) == NULL &&
        !arena_defer(q->arena, house_release_v, t->house)) {
        t->house = NULL;
    }
    if (t->house != NULL) {
        const struct agency *named = house_agency(t->house, ask_path(q, "agency"));

        q->agency = named != NULL ? named : house_agency_by_id(t->house, AGENCY_CITY);
        q->catalog = house_catalog(t->house, q->agency);
        q->calendar = house_calendar(t->house, q->agency);
    }
    refuse_status_page(t, t->request->refused != 0 ? t->request->refused : t->early);
    return answered(t);
}

/* Whoever reads a database over a network waits, and a worker has others to serve. */
static bool may_wait_here(const struct turn *t)
{
    return !store_reads_block(t->ask.store) || http_is_on_lane(t->request);
}

static enum http_step to_read_lane(struct turn *t)
{
    if (http_to_lane(t->request, HTTP_LANE_READ)) {
        return HTTP_PARKED;
    }
    refuse(t, err_no_memory);
    return answered(t);
}

enum http_step turn_step(void *context, struct http_request *r)
{
    struct turn *t = r->user;

    if (t == NULL) {
        http_send(r, 503, NULL);
        return HTTP_ANSWERED;
    }
    if (t->phase == TURN_COMMITTED) {
        /* It is kept, or refused, and is to be told: here, if the lane has no room. */
        return may_wait_here(t) || !http_to_lane(r, HTTP_LANE_READ) ? after_commit(t)
                                                                    : HTTP_PARKED;
    }
    if (r->refused != 0 || t->early != 0) {
        return early(t);
    }
    if (t->ask.route->lane == LANE_SLOW && !http_is_on_lane(r)) {
        if (http_to_lane(r, HTTP_LANE_SLOW)) {
            return HTTP_PARKED;
        }
        refuse(t, err_no_memory);
        return answered(t);
    }
    if (!may_wait_here(t)) {
        return to_read_lane(t);
    }
    return act(t);
}

void turn_over(void *context, struct http_request *r, int status, int64_t bytes)
{
    struct desk *d = context;
    struct turn *t = r->user;
    const struct route *route = t == NULL ? NULL : t->ask.route;
    int64_t micros = (clock_steady_ns() - r->began_ns) / 1000;

    figures_count(d, route, status, micros);
    if (t == NULL) {
        return;
    }
    LOG(LOG_INFO_LEVEL, "request", LOG_STR("request", t->ask.request_id),
        LOG_STR("route", str_of(route == NULL ? "none" : route->name)),
        LOG_STR("method", r->method == HTTP_POST ? STR("POST") : STR("GET")),
        LOG_NUMBER("status", status), LOG_NUMBER("us", micros), LOG_NUMBER("bytes", bytes));
}
