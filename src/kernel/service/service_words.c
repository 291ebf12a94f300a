/* service, in words: how one applies, how long it takes, what it costs; one phrase each.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service.h"

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

    if (which == 0) {
        return SAY("Ask the office");
    }
    return words_of(ways[which]);
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
    /* Several lines add up or exclude each other; the first is the usual one. */
    return s->fees_count == 1 ? SAY("{fee}", SAY_MONEY("fee", first))
                              : SAY("From {fee}", SAY_MONEY("fee", first));
}
