/* upkeep_rules — counting and comparing.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/upkeep/upkeep_rules.h"

#include "base/arena.h"
#include "kernel/office/office.h"

#define LOOK_DAYS 365

err upkeep_count(const struct catalog *c, const struct service *s,
                 struct upkeep_counts *ret)
{
    struct upkeep_counts n = { 0 };
    enum level level = LEVEL_UNIT_HEAD;
    struct flow_plan plan;

    for (size_t i = 0; i < s->papers_count; i++) {
        n.papers += s->papers[i].looked_up ? 0 : 1;
        n.looked_up += s->papers[i].looked_up ? 1 : 0;
    }
    for (size_t i = 0; i < s->form.steps_count; i++) {
        n.questions += (int)s->form.steps[i].questions_count;
    }
    TRY(authority_level(c, s->matter, &level));
    plan = service_plan(c, s, level);
    n.seals = s->depth == DEPTH_FULL ? flow_seals(&plan) : 0;
    *ret = n;
    return NULL;
}

bool upkeep_is_online(const struct service *s)
{
    return (s->online && s->depth == DEPTH_FULL) || s->elsewhere.url.len > 0;
}

bool upkeep_is_due(const struct service *s, const struct upkeep_kept *last, day today)
{
    if (last != NULL) {
        return last->next_day < today;
    }
    return s->updated == DAY_NONE || s->updated + LOOK_DAYS < today;
}

static bool came_online(enum case_channel c)
{
    return c == CHANNEL_ONLINE || c == CHANNEL_API;
}

static struct upkeep_way_sum *sum_of(struct upkeep_way_sum *list, size_t *count,
                                     str service)
{
    size_t at = 0;

    while (at < *count && str_compare(list[at].service, service) < 0) {
        at++;
    }
    if (at == *count || !str_equal(list[at].service, service)) {
        for (size_t i = (*count)++; i > at; i--) {
            list[i] = list[i - 1];
        }
        list[at] = (struct upkeep_way_sum){ .service = service };
    }
    return &list[at];
}

err upkeep_ways_sum(struct arena *a, const struct upkeep_way_count *now, size_t now_count,
                    const struct upkeep_way_count *before, size_t before_count,
                    struct upkeep_way_sum **ret, size_t *ret_count)
{
    struct upkeep_way_sum *list = ARENA_ARRAY(a, now_count + before_count + 1,
                                              struct upkeep_way_sum);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < now_count; i++) {
        struct upkeep_way_sum *s = sum_of(list, &count, now[i].service);

        s->all += now[i].cases;
        s->online += came_online(now[i].channel) ? now[i].cases : 0;
        s->telephone += now[i].channel == CHANNEL_TELEPHONE ? now[i].cases : 0;
        s->over += now[i].over;
        s->late += now[i].late;
    }
    for (size_t i = 0; i < before_count; i++) {
        struct upkeep_way_sum *s = sum_of(list, &count, before[i].service);

        s->before += before[i].cases;
        s->online_before += came_online(before[i].channel) ? before[i].cases : 0;
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}

str upkeep_share(struct arena *a, int64_t part, int64_t whole)
{
    return whole == 0 ? STR("—")
                      : str_format(a, "%lld.%lld %%", (long long)(part * 100 / whole),
                                   (long long)(part * 1000 / whole % 10));
}
