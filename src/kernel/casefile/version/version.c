/* version — what another version of its service makes of a running case: looked at, and
 * made ready for the act.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/version/case_version.h"

/* A longer term must not make in time what is late. */
err case_version_check(struct arena *a, const struct casefile *c, int version,
                       int64_t now_ms)
{
    if (version == c->service_version) {
        FAIL(a, ERR_INPUT, SAY("It is on that version already. Choose another one."),
             STR("version"), "version %d", version);
    }
    if (case_is_late(c, now_ms)) {
        FAIL(a, ERR_CONFLICT,
             SAY("It is past its term and stays on its version, so that what is late stays "
                 "late."), STR(""), "due %d", (int)c->due);
    }
    return NULL;
}

static err version_find(struct arena *a, const struct catalog *catalog, str service,
                        int version, const struct service **ret)
{
    *ret = catalog != NULL ? service_get_version(catalog, service, version) : NULL;
    if (*ret == NULL) {
        FAIL(a, ERR_INPUT, SAY("Choose a version of this service that was published."),
             STR("version"), "no version %d", version);
    }
    return NULL;
}

/* When the applicant had handed in the last of what was missing; 0: nothing was. */
static int64_t completed_ms(const struct case_clock *k)
{
    int64_t at_ms = 0;

    for (size_t i = 0; i < k->spans.pauses_count; i++) {
        if (k->spans.pauses[i].ground == CLOCK_PAUSE_SUPPLY) {
            at_ms = k->spans.pauses[i].until_ms;
        }
    }
    return at_ms;
}

/* A term that is counted from the same as before keeps its start, whatever set it. */
static int64_t start_of(const struct case_clock *was, const struct case_clock *will)
{
    if (was == NULL) {
        return will->started_ms;
    }
    if (was->rule.from == will->rule.from || will->rule.from == CLOCK_FROM_POSTMARK) {
        return was->started_ms;
    }
    if (will->rule.from == CLOCK_FROM_COMPLETE && completed_ms(was) != 0) {
        return completed_ms(was);
    }
    return will->started_ms;
}

static err clocks_make(struct arena *a, struct snap *snap, const struct catalog *catalog,
                       const struct casefile *c, const struct service *to,
                       const struct answers *answers, struct case_clock **ret)
{
    struct case_clock *clocks = ARENA_ARRAY(a, 2, struct case_clock), *list;
    size_t count;

    if (clocks == NULL) {
        return err_no_memory;
    }
    TRY(case_clock_rules(a, catalog, to, c->channel, answers, c->received_ms, clocks));
    TRY(casefile_clocks(a, snap, c->agency, c->id, &list, &count));
    for (size_t i = 0; i < 2; i++) {
        struct case_clock *was = case_clock_find(list, count, clocks[i].kind, 0);

        clocks[i].started_ms = start_of(was, &clocks[i]);
        if (was != NULL) {
            clocks[i].spans = was->spans;
            clocks[i].state = was->state;
        }
    }
    *ret = clocks;
    return NULL;
}

err case_version_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                         const struct catalog *catalog, const struct casefile *c,
                         int version, struct case_version_rules *ret)
{
    const struct service *to;
    struct answers answers;

    TRY(version_find(a, catalog, c->service, version, &to));
    TRY(casefile_given(a, snap, k, c, &to->form, &answers));
    TRY(clocks_make(a, snap, catalog, c, to, &answers, &ret->clocks));
    ret->proposes = authority_proposes(catalog, to->matter);
    return authority_level(catalog, to->matter, &ret->level);
}

/* Does the other rule or start make another term? */
static bool differs(struct arena *a, const struct case_clock *was,
                    const struct case_clock *will)
{
    return was->started_ms != will->started_ms ||
           !str_equal(clock_rule_json(a, &was->rule), clock_rule_json(a, &will->rule));
}

err case_version_corrected(struct arena *a, struct snap *snap, const struct keyring *k,
                           const struct catalog *catalog, const struct casefile *c,
                           int64_t now_ms, const struct sealed_answer *corrected,
                           size_t count, const struct case_clock **ret)
{
    const struct service *s =
        catalog != NULL ? service_get_version(catalog, c->service, c->service_version)
                        : NULL;
    struct answers before, after;
    struct case_clock *was, *will, *list;
    size_t list_count;
    bool moves = false;

    *ret = NULL;
    if (s == NULL || case_is_late(c, now_ms) || !case_state_is_undecided(c->state)) {
        return NULL;
    }
    TRY(casefile_given(a, snap, k, c, &s->form, &before));
    TRY(casefile_given_corrected(a, snap, k, c, &s->form, corrected, count, &after));
    TRY(clocks_make(a, snap, catalog, c, s, &before, &was));
    TRY(clocks_make(a, snap, catalog, c, s, &after, &will));
    TRY(casefile_clocks(a, snap, c->agency, c->id, &list, &list_count));
    for (size_t i = 0; i < 2; i++) {
        const struct case_clock *now = case_clock_find(list, list_count, will[i].kind, 0);

        /* What was set by hand since, the speed of a document, stays. */
        if (now == NULL || !differs(a, &was[i], &will[i]) || differs(a, now, &was[i])) {
            will[i] = now != NULL ? *now : will[i];
        } else {
            moves = true;
        }
    }
    *ret = moves ? will : NULL;
    return NULL;
}

static err look_at(struct arena *a, struct snap *snap, const struct keyring *k,
                   const struct catalog *catalog, const struct calendar *cal,
                   const struct casefile *c, int64_t now_ms,
                   struct case_version_look *look)
{
    struct answers given, carried;
    struct case_clock *clocks;
    const struct service_matter m = { .service = look->from, .answers = &given,
                                      .way = case_channel_way(c->channel),
                                      .today = day_at(c->received_ms) };

    TRY(casefile_given(a, snap, k, c, &look->from->form, &given));
    TRY(service_move(a, &m, look->to, &look->move));
    TRY(casefile_given(a, snap, k, c, &look->to->form, &carried));
    TRY(clocks_make(a, snap, catalog, c, look->to, &carried, &clocks));
    for (size_t i = 0; i < 2; i++) {
        case_clock_reckon(cal, &clocks[i], now_ms);
    }
    look->due_will = clocks[0].due;
    look->control_will = clocks[1].due;
    look->late_at_once = !c->paused && clocks[0].due_ms != 0 &&
                         now_ms >= clocks[0].due_ms;
    return NULL;
}

err casefile_version_look(struct arena *a, struct snap *snap, const struct keyring *k,
                          const struct catalog *catalog, const struct calendar *cal,
                          const struct casefile *c, int version, int64_t now_ms,
                          struct case_version_look *ret)
{
    struct case_version_look look = {
        .due_was = c->due, .control_was = c->control_due, .paused = c->paused,
        .level_was = c->level,
    };

    TRY(case_version_check(a, c, version, now_ms));
    TRY(version_find(a, catalog, c->service, version, &look.to));
    look.from = service_get_near(catalog, c->service, c->service_version);
    TRY(authority_level(catalog, look.to->matter, &look.level_will));
    TRY(look_at(a, snap, k, catalog, cal, c, now_ms, &look));
    *ret = look;
    return arena_failed(a) ? err_no_memory : NULL;
}
