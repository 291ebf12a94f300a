/* rule — passes over the rules of one form, and the shelf where machines wait for the next.
 *
 * A machine costs about ten times what a rule does, and compiling one as much as running
 * ten; so a shelf keeps both from one request to the next.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/rule/rule.h"

#include "host/rule/machine.h"
#include "host/rule/words.h"

#include <pthread.h>

#define RULE_SOURCE_MAX ((size_t)4000)
#define SHELF_MOST 4 /* machines that wait; as many as are needed run */

struct rule_shelf {
    pthread_mutex_t lock;
    struct machine *first;
    int count;
};

struct rule_pass {
    struct rule_shelf *shelf; /* NULL: none */
    const struct rule_value *values;
    size_t count;
    day today;
    struct machine *machine; /* from the first rule on */
};

/* ---- the shelf ---- */

static void shelf_end_v(void *thing)
{
    struct rule_shelf *s = thing;

    while (s->first != NULL) {
        struct machine *m = s->first;

        s->first = m->next;
        machine_free(m);
    }
    pthread_mutex_destroy(&s->lock);
}

err rule_shelf_new(struct arena *a, struct rule_shelf **ret)
{
    struct rule_shelf *s = ARENA_NEW(a, struct rule_shelf);

    if (s == NULL) {
        return err_no_memory;
    }
    pthread_mutex_init(&s->lock, NULL);
    if (!arena_defer(a, shelf_end_v, s)) {
        return err_no_memory;
    }
    *ret = s;
    return NULL;
}

static struct machine *machine_take(struct rule_shelf *s)
{
    struct machine *m = NULL;

    if (s != NULL) {
        pthread_mutex_lock(&s->lock);
        m = s->first;
        if (m != NULL) {
            s->first = m->next;
            s->count--;
        }
        pthread_mutex_unlock(&s->lock);
    }
    return m != NULL ? m : machine_new();
}

static void machine_give(struct rule_shelf *s, struct machine *m)
{
    bool taken = false;

    if (s != NULL && machine_is_sound(m)) {
        machine_end(m);
        pthread_mutex_lock(&s->lock);
        taken = s->count < SHELF_MOST;
        if (taken) {
            m->next = s->first;
            s->first = m;
            s->count++;
        }
        pthread_mutex_unlock(&s->lock);
    }
    if (!taken) {
        machine_free(m);
    }
}

/* ---- a pass ---- */

void rule_pass_end(struct rule_pass *p)
{
    if (p->machine != NULL) {
        machine_give(p->shelf, p->machine);
        p->machine = NULL;
    }
}

static void pass_end_v(void *pass)
{
    rule_pass_end(pass);
}

err rule_pass_begin(struct arena *a, struct rule_shelf *shelf,
                    const struct rule_value *values, size_t count, day today,
                    struct rule_pass **ret)
{
    struct rule_pass *p = ARENA_NEW(a, struct rule_pass);

    if (p == NULL) {
        return err_no_memory;
    }
    *p = (struct rule_pass){
        .shelf = shelf, .values = values, .count = count, .today = today
    };
    if (!arena_defer(a, pass_end_v, p)) {
        return err_no_memory;
    }
    *ret = p;
    return NULL;
}

/* The machine is not used again: the next rule of the pass begins with a new one. */
static err failed(struct arena *a, struct rule_pass *p, const char *said)
{
    rule_pass_end(p);
    FAIL(a, ERR_BROKEN,
         SAY("A rule of this service does not work. Please tell the office."), STR(""),
         "rule: %s", said);
}

static const char *pass_start(struct arena *a, struct rule_pass *p)
{
    if (p->machine != NULL) {
        return NULL;
    }
    p->machine = machine_take(p->shelf);
    return p->machine == NULL
               ? "no memory"
               : machine_begin(a, p->machine, p->values, p->count, p->today);
}

err rule_pass_change(struct arena *a, struct rule_pass *p, size_t at)
{
    const char *said = NULL;

    if (p->machine != NULL) { /* else the first rule sees it anyway */
        said = machine_change(a, p->machine, &p->values[at]);
    }
    return said != NULL ? failed(a, p, said) : NULL;
}

static err check_length(struct arena *a, str rule)
{
    if (rule.len > RULE_SOURCE_MAX || !str_is_text(rule)) {
        FAIL(a, ERR_INPUT, SAY("This rule is too long. Divide it into several rules."),
             STR(""), "%zu bytes", rule.len);
    }
    return NULL;
}

err rule_pass_truth(struct arena *a, struct rule_pass *p, str source, bool *ret_truth)
{
    const char *said = check_length(a, source) != NULL ? "no rule" : pass_start(a, p);

    if (said == NULL) {
        said = machine_run(a, p->machine, source, ret_truth);
    }
    return said != NULL ? failed(a, p, said) : NULL;
}

err rule_pass_number(struct arena *a, struct rule_pass *p, str source, int64_t *ret_number)
{
    const char *said = check_length(a, source) != NULL ? "no rule" : pass_start(a, p);

    if (said == NULL) {
        said = machine_number(a, p->machine, source, ret_number);
    }
    return said != NULL ? failed(a, p, said) : NULL;
}

err rule_number(struct arena *a, str source, const struct rule_value *values, size_t count,
                day today, int64_t *ret_number)
{
    struct rule_pass *p = NULL;

    TRY(rule_pass_begin(a, NULL, values, count, today, &p));
    err e = rule_pass_number(a, p, source, ret_number);

    rule_pass_end(p);
    return e;
}

err rule_truth(struct arena *a, str source, const struct rule_value *values, size_t count,
               day today, bool *ret_truth)
{
    struct rule_pass *p = NULL;

    TRY(rule_pass_begin(a, NULL, values, count, today, &p));
    err e = rule_pass_truth(a, p, source, ret_truth);

    rule_pass_end(p);
    return e;
}

/* ---- looking at one ---- */

/* Lua's words without where in the rule: rules are one line. */
static str said_tidy(const char *said)
{
    str s = str_of(said);
    ptrdiff_t place = str_find(s, STR(": "));
    return str_starts(s, STR("rule:")) && place > 0 ? str_slice(s, (size_t)place + 2, s.len)
                                                    : s;
}

err rule_check(struct arena *a, str source, const str *names, size_t count)
{
    TRY(check_length(a, source));
    struct machine *m = machine_new();

    if (m == NULL) {
        return err_no_memory;
    }
    const char *said = machine_compile(a, m, source);

    machine_free(m);
    if (said != NULL) {
        FAIL(a, ERR_INPUT,
             SAY("This rule cannot be read: {problem}.",
                 SAY_TEXT("problem", said_tidy(said))),
             STR(""), "%s", said);
    }
    return rule_words_check(a, source, names, count);
}
