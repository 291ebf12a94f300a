/* service, in words: how one applies, how long it takes, what it costs; one phrase each.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service.h"

static const char *const way_text[SERVICE_WAYS] = {
    MSG("Online"),   MSG("At the counter"), MSG("By post"),          MSG("By telephone"),
    MSG("At home"),  MSG("On a list"),      MSG("At another office")
};

const str service_audience_key[SERVICE_AUDIENCES] = {
    [FOR_ELDERS] = STR_INIT("elders"),       [FOR_DISABLED] = STR_INIT("disabled"),
    [FOR_FAMILIES] = STR_INIT("families"),   [FOR_IN_NEED] = STR_INIT("in_need"),
    [FOR_NEWCOMERS] = STR_INIT("newcomers"), [FOR_DRAFTEES] = STR_INIT("draftees"),
    [FOR_GROUPS] = STR_INIT("groups"),
};
const char *const service_audience_name[SERVICE_AUDIENCES] = {
    [FOR_ELDERS] = MSG("Older people"),
    [FOR_DISABLED] = MSG("People with disabilities"),
    [FOR_FAMILIES] = MSG("Families with children"),
    [FOR_IN_NEED] = MSG("People in need"),
    [FOR_NEWCOMERS] = MSG("New residents"),
    [FOR_DRAFTEES] = MSG("Men of military age"),
    [FOR_GROUPS] = MSG("Companies and associations"),
};

const char *service_way_text(enum service_way way)
{
    return way_text[way < SERVICE_WAYS ? way : WAY_COUNTER];
}

struct words service_ways_words(const struct service *s)
{
    static const char *const ways[8] = {
        NULL,
        MSG("Online"),
        MSG("At the counter"),
        MSG("Online or at the counter"),
        MSG("By post"),
        MSG("Online or by post"),
        MSG("At the counter or by post"),
        MSG("Online, at the counter or by post"),
    };
    unsigned which = (s->online ? 1U : 0U) + (s->counter ? 2U : 0U) + (s->post ? 4U : 0U);

    for (int way = WAY_TELEPHONE; which == 0 && way < SERVICE_WAYS; way++) {
        if ((s->ways & (1U << way)) != 0) {
            return words_of(way_text[way]);
        }
    }
    return which == 0 ? SAY("Ask the office") : words_of(ways[which]);
}

static int stages_sum(const struct service *s)
{
    int sum = 0;

    for (size_t i = 0; i < s->stages_count; i++) {
        if (s->stages[i].limit.unit != s->stages[0].limit.unit) {
            return 0;
        }
        sum += s->stages[i].limit.value;
    }
    return sum;
}

struct words service_term_words(const struct service *s)
{
    int64_t sum = stages_sum(s);
    enum limit_unit unit = s->stages_count > 0 ? s->stages[0].limit.unit : LIMIT_NONE;

    if (s->counted_from == FROM_EVENT && s->limit.unit == LIMIT_AT_ONCE) {
        return SAY("On the day you choose");
    }
    if (s->stages_count < 2) {
        return service_limit_words(&s->limit);
    }
    if (sum > 0 && unit == LIMIT_WORKING) {
        return SAY("{days} working days in {stages} stages", SAY_NUMBER("days", sum),
                   SAY_NUMBER("stages", (int64_t)s->stages_count));
    }
    if (sum > 0 && unit == LIMIT_CALENDAR) {
        return SAY("{days} days in {stages} stages", SAY_NUMBER("days", sum),
                   SAY_NUMBER("stages", (int64_t)s->stages_count));
    }
    return SAY("In {stages} stages", SAY_NUMBER("stages", (int64_t)s->stages_count));
}

struct words service_standing_words(const struct service_standing *t)
{
    switch (t->state) {
    case SERVICE_PAUSED:
        return t->until != DAY_NONE
                   ? SAY("Paused since {day}, expected until {until}",
                         SAY_DAY("day", t->since), SAY_DAY("until", t->until))
                   : SAY("Paused since {day}", SAY_DAY("day", t->since));
    case SERVICE_SEASONAL:
        return SAY("Opens again on {day}", SAY_DAY("day", t->opens_on));
    case SERVICE_CLOSED:
        return t->since != DAY_NONE ? SAY("Closed since {day}", SAY_DAY("day", t->since))
                                    : SAY("No longer offered");
    case SERVICE_OPEN:
        break;
    }
    return (struct words){ 0 };
}

struct words service_limit_words(const struct limit *l)
{
    switch (l->unit) {
    case LIMIT_WORKING:
        return l->value == 1 ? SAY("1 working day")
                             : SAY("{days} working days", SAY_NUMBER("days", l->value));
    case LIMIT_CALENDAR:
        return l->value == 1 ? SAY("1 day")
                             : SAY("{days} days", SAY_NUMBER("days", l->value));
    case LIMIT_HOUR:
        return l->value == 1 ? SAY("1 hour")
                             : SAY("{hours} hours", SAY_NUMBER("hours", l->value));
    case LIMIT_MONTH:
        return l->value == 1 ? SAY("1 month")
                             : SAY("{months} months", SAY_NUMBER("months", l->value));
    case LIMIT_AT_ONCE:
        return SAY("While you wait");
    case LIMIT_NONE:
        break;
    }
    return SAY("No fixed time");
}

struct words service_fee_words(const struct service *s)
{
    int64_t first = 0;

    for (size_t i = 0; i < s->fees_count && first == 0; i++) {
        first = s->fees[i].dollars;
    }
    if (first == 0) {
        return SAY("No fee");
    }
    if (s->fees[0].dollars == 0) {
        return SAY("Free, in some cases {fee}", SAY_MONEY("fee", first));
    }
    /* Several lines add up or exclude each other; the first is the usual one. */
    return s->fees_count == 1 ? SAY("{fee}", SAY_MONEY("fee", first))
                              : SAY("From {fee}", SAY_MONEY("fee", first));
}
