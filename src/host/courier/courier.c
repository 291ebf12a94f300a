/* courier — the client: a few couriers, each on one errand at a time, started when they are
 * needed and again when they are gone.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/courier/courier.h"

#include "host/clock/clock.h"
#include "host/courier/errand.h"
#include "host/helper/frame.h"
#include "host/helper/starter.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define COURIERS 4 /* on their way at the same time */
#define USUAL_SECONDS 10
#define SECOND_NS INT64_C(1000000000)
#define GRACE_NS (INT64_C(2) * SECOND_NS) /* for who tells that it took too long */
#define FRAME_MAX (COURIER_ANSWER_MAX + ((size_t)64 << 10))

struct one {
    int socket; /* -1: not running */
    bool away;
};
struct courier {
    pthread_mutex_t lock;
    pthread_cond_t back;
    struct starter starter;
    struct one all[COURIERS];
    bool stopping;
};

static struct words fault_words(enum courier_fault f)
{
    switch (f) {
    case COURIER_FORBIDDEN:
        return SAY("This address is not among those in settings.yaml.");
    case COURIER_AWAY:
        return SAY("The other system cannot be reached. It will be asked again.");
    case COURIER_SLOW:
        return SAY("The other system took too long. It will be asked again.");
    case COURIER_HUGE:
        return SAY("The answer of the other system is too large. Tell its operator.");
    case COURIER_UNTRUSTED:
        return SAY("The other system could not prove who it is. Tell its operator.");
    case COURIER_REFUSED:
        return SAY("The other system refused to answer. Tell its operator.");
    default:
        return SAY("The answer of the other system cannot be read. Tell its operator.");
    }
}

static err starter_begin(struct arena *a, struct courier *c,
                         const struct courier_options *o)
{
    const char *words[COURIER_ORIGINS_MAX + 4] = { o->program, "start",
                                                   o->ca_file == NULL ? "" : o->ca_file };
    size_t count = 3;

    for (size_t i = 0; i < o->origins_count; i++) {
        str origin;

        if (count > COURIER_ORIGINS_MAX + 2 || !courier_origin(a, o->origins[i], &origin)) {
            FAIL(a, ERR_INPUT,
                 SAY("{address} is no address to send the courier to. Write https://…, or "
                     "http://127.0.0.1:… for a program on this machine.",
                     SAY_TEXT("address", o->origins[i])),
                 STR("origin"), "origin %zu", i);
        }
        words[count++] = str_z(a, origin);
    }
    int rc = starter_open(&c->starter, o->program, words);

    if (rc != 0) {
        FAIL(a, ERR_BUSY, SAY("The courier cannot be started."), STR(""), "%s: %s",
             o->program, strerror(rc));
    }
    return NULL;
}

err courier_start(struct arena *a, const struct courier_options *o, struct courier **ret)
{
    struct courier *c = ARENA_NEW(a, struct courier);

    if (c == NULL) {
        return err_no_memory;
    }
    c->starter.socket = -1;
    for (size_t i = 0; i < COURIERS; i++) {
        c->all[i].socket = -1;
    }
    TRY(starter_begin(a, c, o));
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->back, NULL);
    *ret = c;
    return NULL;
}

static void one_close(struct one *x)
{
    if (x->socket >= 0) {
        close(x->socket);
        x->socket = -1;
    }
}

void courier_stop(struct courier *c)
{
    if (c == NULL) {
        return;
    }
    pthread_mutex_lock(&c->lock);
    c->stopping = true;
    for (size_t i = 0; i < COURIERS; i++) {
        if (!c->all[i].away) {
            one_close(&c->all[i]);
        }
    }
    starter_close(&c->starter);
    pthread_cond_broadcast(&c->back);
    pthread_mutex_unlock(&c->lock);
}

/* One that is here; it is started if it must be. NULL: none can be started. */
static struct one *one_take(struct courier *c)
{
    struct one *free_one = NULL;

    pthread_mutex_lock(&c->lock);
    while (free_one == NULL && !c->stopping) {
        for (size_t i = 0; i < COURIERS && free_one == NULL; i++) {
            free_one = c->all[i].away ? NULL : &c->all[i];
        }
        if (free_one == NULL) {
            pthread_cond_wait(&c->back, &c->lock);
        }
    }
    if (free_one != NULL && free_one->socket < 0) {
        free_one->socket = starter_ask(&c->starter, 'c');
        free_one = free_one->socket < 0 ? NULL : free_one;
    }
    if (free_one != NULL) {
        free_one->away = true;
    }
    pthread_mutex_unlock(&c->lock);
    return free_one;
}

static void one_give_back(struct courier *c, struct one *x)
{
    pthread_mutex_lock(&c->lock);
    x->away = false;
    if (c->stopping) {
        one_close(x);
    }
    pthread_cond_signal(&c->back);
    pthread_mutex_unlock(&c->lock);
}

/* What the courier says of it; SLOW when it says nothing, and then it is left behind. */
static enum courier_fault one_ask(struct arena *a, struct one *x, str packed, int seconds,
                                  struct courier_answer *ret, str *ret_why)
{
    int64_t began_ns = clock_steady_ns(),
            ends_ns = began_ns + seconds * SECOND_NS + GRACE_NS;
    uint32_t word = 0;
    str body;

    if (!frame_send(x->socket, ERRAND_GO, packed, ends_ns) ||
        !frame_receive(a, x->socket, FRAME_MAX, ends_ns, &word, &body)) {
        one_close(x);
        *ret_why = STR("the courier is gone");
        return clock_steady_ns() >= ends_ns ? COURIER_SLOW : COURIER_BROKEN;
    }
    if (word < ERRAND_DONE || word >= ERRAND_DONE + COURIER_FAULTS ||
        !answer_unpack(body, ret, ret_why)) {
        one_close(x);
        *ret_why = STR("the courier talks nonsense");
        return COURIER_BROKEN;
    }
    return (enum courier_fault)(word - ERRAND_DONE);
}

static enum courier_fault go(struct arena *a, struct courier *c, str packed, int seconds,
                             struct courier_answer *ret, str *ret_why)
{
    struct one *x = one_take(c);

    if (x == NULL) {
        *ret_why = STR("no courier can be started");
        return COURIER_BROKEN;
    }
    enum courier_fault f = one_ask(a, x, packed, seconds, ret, ret_why);

    one_give_back(c, x);
    return f;
}

err courier_go(struct arena *a, struct courier *c, const struct courier_errand *e,
               struct courier_answer *ret, enum courier_fault *ret_fault)
{
    struct courier_errand asked = *e;
    enum courier_fault f = COURIER_FORBIDDEN, *told = ret_fault == NULL ? &f : ret_fault;
    str packed, why = STR("");
    struct origin o;

    asked.seconds = e->seconds <= 0 ? USUAL_SECONDS
                    : e->seconds > COURIER_SECONDS_MAX ? COURIER_SECONDS_MAX
                                                       : e->seconds;
    asked.answer_max = e->answer_max == 0 || e->answer_max > COURIER_ANSWER_MAX
                           ? COURIER_ANSWER_MAX
                           : e->answer_max;
    *told = COURIER_FORBIDDEN;
    if (!origin_read(a, e->url, &o) || e->body.len > COURIER_BODY_MAX ||
        !errand_pack(a, &asked, &packed)) {
        FAIL(a, ERR_INPUT, fault_words(COURIER_FORBIDDEN), STR("url"), "no such address");
    }
    *told = go(a, c, packed, asked.seconds, ret, &why);
    if (*told == COURIER_BROKEN && str_equal(why, STR("the courier is gone"))) {
        /* It may have died since its last errand; whoever gets this twice knows its
         * number. */
        *told = go(a, c, packed, asked.seconds, ret, &why);
    }
    if (*told != COURIER_FINE) {
        FAIL(a, *told == COURIER_FORBIDDEN ? ERR_INPUT : ERR_BUSY, fault_words(*told),
             STR(""), "courier to %.*s: %.*s", STR_ARG(o.host), STR_ARG(why));
    }
    return arena_failed(a) ? err_no_memory : NULL;
}
